"""The rules of sessions: what always holds, what a session's own rules say, and what they must not say."""

from __future__ import annotations

from typing import Any

import pytest

from scheduler.errors import BadInput
from solver.problem import Assignment
from tests.scheduler.compile.sessions.school import compiled, lesson, missed, school, starts, timetable

BOARD: dict[str, Any] = {
    "commissions": [
        {
            "id": "board",
            "seats": [
                {"role": "chair", "qualified": False},
                {"role": "examiner", "count": 2, "qualified": False, "may_be_vacant": True},
            ],
        }
    ]
}
WITH_BOARD: tuple[dict[str, Any], ...] = ({"commission": "board"}, {"commission": "board"})


def made(
    *rules: dict[str, Any],
    exams: tuple[dict[str, Any], ...] = ({}, {}),
    session: dict[str, Any] | None = None,
    **more: Any,
) -> list[Any]:
    """Return the engine's rules that come from rules of the session."""
    found = compiled(school(exams, {"rules": list(rules)} | (session or {}), **more))
    named = {rule.get("id", rule.get("rule")) for rule in rules}
    pairs = [*zip(found.specs, found.problem.rules, strict=True), *found.kept]
    return [rule for spec, rule in pairs if spec.id in named]


def faults(*rules: dict[str, Any], session: dict[str, Any] | None = None, **more: Any) -> list[str]:
    """Return what is told of rules that cannot be read."""
    with pytest.raises(BadInput) as refused:
        made(*rules, session=session, **more)
    return [str(fault) for fault in refused.value.faults]


def broken(
    *rules: dict[str, Any],
    option: tuple[int, ...],
    pick: tuple[int, ...] = (),
    exams: tuple[dict[str, Any], ...] = ({}, {}),
    session: dict[str, Any] | None = None,
    **more: Any,
) -> list[str]:
    """Tell by what the rules are missed where exams begin at these of their starts."""
    found = compiled(school(exams, {"rules": list(rules)} | (session or {}), **more))
    held = list(option)
    for event in range(len(option), len(found.events)):
        held.append(next(held[whole] for whole, longer in found.breaks.items() if longer == event))
    return missed(found, Assignment(tuple(held), pick, (-1,) * len(found.problem.demands)))


# --- each rule --------------------------------------------------------------------------------------------------------


def test_clear_days_are_missing_between_two_exams_of_one_student() -> None:
    rule = {"rule": "SpaceExams", "parameters": {"people": "students grade=9", "least": 2}, "weight": 5}

    assert broken(rule, option=(0, 4)) == ["Anna has 1 clear day between Algebra and Physics, not at least 2."]


def test_three_exams_in_two_days_are_too_many_and_only_those_that_are_named_count() -> None:
    rule = {"rule": "LimitInDays", "parameters": {"most": 1, "days": 2}}
    only = {"rule": "LimitInDays", "parameters": {"most": 1, "days": 2, "exams": "exams grade=9"}}

    assert broken(rule, option=(0, 2)) == ["Anna has 2 exams from 2027-06-01 to 2027-06-02, not at most 1."]
    assert broken(only, option=(0, 2)) == []


def test_minutes_of_a_day_are_those_of_exams_lessons_that_stay_and_consultations() -> None:
    """Anna has a consultation of 30 minutes at nine, an exam of 90 at eleven and then a lesson of 40."""
    rule = {"id": "minutes", "rule": "LimitInDays", "parameters": {"what": "minutes", "most": 100}, "weight": 1}
    exam = {"students": ["anna"], "consultation": {"minutes": 30, "least_days": 0, "mode": "site"}}
    beside = timetable(lesson("ALG", "2027-06-01 14:00", students=("anna",)))

    found = compiled(school((exam, {"students": ["vera"]}), {"rules": [rule]}), beside)
    nine = [starts(found, event)[option] for event, option in ((2, 2), (0, 1))]

    assert nine == ["01.06 09:00", "01.06 11:00"]
    assert missed(found, Assignment((1, 0, 2, 0), (0,))) == ["Anna has 160 minutes on 2027-06-01, not at most 100."]


def test_points_of_difficulty_are_those_of_the_subjects() -> None:
    rule = {"rule": "LimitInDays", "parameters": {"what": "difficulty", "most": 10}, "weight": 1}
    subjects = [
        {"id": "algebra", "difficulty": [{"points": 8}]},
        {"id": "physics", "difficulty": [{"points": 7}]},
    ]

    assert broken(rule, option=(0, 1), subjects=subjects) == [
        "Anna has 15 points of difficulty on 2027-06-01, not at most 10."
    ]


def test_exams_on_a_reserve_day_and_without_notice() -> None:
    rules = ({"rule": "KeepReserve", "weight": 1}, {"rule": "GiveNotice", "parameters": {"least": 14}, "weight": 1})
    session = {"reserve_days": ["2027-06-02"], "published": "2027-05-19"}

    assert broken(*rules, option=(0, 2), session=session) == [
        "Physics is held on 2027-06-02, kept in reserve.",
        "Algebra is made known 13 days before it is held, not at least 14.",
    ]


def test_notice_is_not_counted_where_nobody_says_when_the_plan_is_made_known() -> None:
    assert made({"rule": "GiveNotice", "parameters": {"least": 14}}) == []


def test_nobody_has_a_lesson_on_the_day_of_an_exam() -> None:
    rule = {"id": "free", "rule": "FreeExamDays", "weight": 1}
    beside = timetable(lesson("ALG", "2027-06-01 14:00", students=("boris",)))

    found = compiled(school(session={"rules": [rule]}), beside)

    assert missed(found, Assignment((0, 2, 0))) == [
        "Boris has the lesson ALG on 2027-06-01, the day of Algebra.",
    ]


def test_prices_of_periods_and_of_rooms() -> None:
    rules = (
        {"rule": "PricePeriods", "weight": 1},
        {"rule": "PriceRooms", "parameters": {"rooms": "rooms room=study", "price": 3}, "weight": 1},
    )
    periods = [
        {"date": "2027-06-01", "start": "09:00", "minutes": 120},
        {"date": "2027-06-01", "start": "11:00", "minutes": 120, "penalty": 7},
    ]

    (dear, study) = made(
        *rules,
        exams=({"room": {}}, {"size": 1, "students": ["vera"], "room": {}}),
        session={"starts": [], "periods": periods},
    )

    assert (dear.prices, study.prices, study.demands) == (
        ((1, 7),),
        ((1, 3),),
        (0, 1),
    )


# --- commissions ------------------------------------------------------------------------------------------------------


def test_a_quorum_of_two_counts_the_seats_that_are_never_vacant() -> None:
    """Anna's commission has a chair and two examiners, who may be missing: with one of them it is a quorum."""
    rule = {"rule": "FillSeats", "parameters": {"least": 2}, "weight": 1}
    exams = ({"commission": "board"}, {"students": ["vera"]})

    assert broken(rule, option=(0, 2), pick=(0, 1, 3), exams=exams, **BOARD) == []
    assert broken(rule, option=(0, 2), pick=(0, 3, 3), exams=exams, **BOARD) == [
        "0 seats of a commission are filled, not at least 1; these are vacant: the examiner of Algebra."
    ]


def test_a_quorum_of_examiners_does_not_count_the_chair() -> None:
    rule = {"rule": "FillSeats", "parameters": {"least": 2, "role": "examiner"}}

    (quorum, _) = made(rule, exams=WITH_BOARD, **BOARD)

    assert (quorum.picks, quorum.least) == (((1, 3), (2, 3)), 2)


def test_seats_that_may_be_vacant_are_missed_each() -> None:
    (filled,) = made({"rule": "FillSeats", "weight": 20}, exams=WITH_BOARD, **BOARD)

    assert filled.picks == ((1, 3), (2, 3), (4, 3), (5, 3))


def test_one_chair_for_the_exams_of_a_subject() -> None:
    rule = {"rule": "KeepChair", "weight": 1}
    exams = ({"commission": "board"}, {"commission": "board", "subject": "algebra", "students": ["vera"]})

    assert broken(rule, option=(0, 2), pick=(0, 3, 3, 1, 3, 3), exams=exams, **BOARD) == [
        "2 people take the chair of Algebra and the same seat in the other exams, not one alone: Orlova, Petrov."
    ]


def test_whoever_teaches_the_students_is_not_independent() -> None:
    rule = {"rule": "KeepIndependent", "parameters": {"role": "chair"}, "weight": 1}
    students = [{"id": "anna", "name": "Anna", "site": "west", "plan": [{"course": "ALG"}]}]
    exams = ({"commission": "board", "students": ["anna"]}, {"students": ["anna"]})

    assert broken(rule, option=(0, 2), pick=(0, 1, 2), exams=exams, students=students, **BOARD) == [
        "Orlova sits in the commission of Algebra and taught those who are examined."
    ]


def test_an_even_share_of_six_seats_for_three_people_is_two() -> None:
    even, told = (
        made({"rule": "ShareLoad", "parameters": parameters, "weight": 1}, exams=WITH_BOARD, **BOARD)
        for parameters in ({}, {"most": 1})
    )

    assert [rule.most for rule in (*even, *told)] == [2, 1]


def test_breaks_of_teachers_are_kept_by_the_lengths_of_exams() -> None:
    rule = {"rule": "RestBetween", "parameters": {"minutes": 31}}
    exams = ({"commission": "board", "students": ["boris"]}, {"commission": "board"})

    told = broken(rule, option=(0, 1), pick=(0, 3, 3, 0, 3, 3), exams=exams, **BOARD)

    assert told[-1] == "Orlova has 30 minutes between Algebra and Physics, not at least 31."
    assert told[0] == "Orlova attends several events at once at 2027-06-01, 11:00:00: Algebra, Physics."


# --- several sessions -------------------------------------------------------------------------------------------------

TWO: dict[str, Any] = {
    "sessions": [
        {
            "id": key,
            "first_day": "2027-06-01",
            "last_day": "2027-06-04",
            "starts": [{"times": ["09:00"]}],
            "profiles": [],
        }
        | {"rules": [{"id": "gap", "rule": "SpaceExams", "parameters": {"least": least}, "weight": weight}]}
        for key, least, weight in (("summer", 1, 5), ("state", 2, 7))
    ]
}


def test_rules_of_one_id_in_two_sessions_are_told_apart() -> None:
    found = compiled(school(({}, {"session": "state"}), **TWO))

    own = {
        spec.id: rule.weight
        for spec, rule in zip(found.specs, found.problem.rules, strict=True)
        if spec.rule == "SpaceExams"
    }
    assert own == {"summer:gap": 5, "state:gap": 7}


def test_what_always_holds_is_as_the_session_says_that_asks_for_the_most() -> None:
    """One session lets students sit without workstations, and the other does not: they share the workstations."""
    sessions = [
        TWO["sessions"][0] | {"rules": [{"rule": "FitPools", "weight": 3}]},
        TWO["sessions"][1] | {"rules": []},
    ]
    exams = ({"workstations": True}, {"session": "state", "workstations": True})

    both = compiled(school(exams, sessions=sessions))
    one = compiled(school((exams[0], {"workstations": True}), sessions=sessions[:1]))

    weights = [
        [rule.weight for rule in found.problem.rules if type(rule).__name__ == "FitPools"] for found in (both, one)
    ]
    assert weights == [[None], [3]]


def test_lessons_may_be_cancelled_at_a_price_of_the_session_or_for_nothing() -> None:
    beside = timetable(lesson("ALG", "2027-06-01 10:00", students=("boris",)))
    rules = [{"rule": "HoldLessons", "weight": 9}, {"rule": "StayPut", "weight": "off"}]

    usual, own = (compiled(school(session={"rules": some}), beside) for some in ([], rules))

    prices = [
        [
            (spec.rule, rule.weight)
            for spec, rule in zip(found.specs, found.problem.rules, strict=True)
            if spec.rule in ("HoldLessons", "StayPut")
        ]
        for found in (usual, own)
    ]
    assert prices == [[("HoldLessons", 50), ("StayPut", 20)], [("HoldLessons", 9)]]


# --- faults -----------------------------------------------------------------------------------------------------------


UNREADABLE: dict[str, tuple[dict[str, Any], list[str]]] = {
    "no rule": (
        {"rule": "SpaceExam", "parameters": {"least": 2}},
        [".rule: The rule “SpaceExam” must be one of the engine's rules. Maybe “SpaceExams” was meant."],
    ),
    "no parameter": (
        {"rule": "SpaceExams", "parameters": {"leest": 2}},
        [
            ".parameters.leest: The rule SpaceExams has no parameter “leest”. Maybe “least” was meant.",
            ".parameters: The rule SpaceExams must have the parameter “least”.",
        ],
    ),
    "of a wrong type": (
        {"rule": "SpaceExams", "parameters": {"least": "two", "people": "exams"}},
        [
            ".parameters.least: The value (two) must be a whole number.",
            ".parameters.people: The selector “exams” must be of another kind here.",
        ],
    ),
    "what there is not": (
        {"rule": "LimitInDays", "parameters": {"what": "lessons", "most": 1, "exams": "exams exam=Algebre"}},
        [
            ".parameters.what: The value (lessons) must be exams, difficulty, minutes, screen_minutes.",
            ".parameters.exams: The exam “Algebre” must be in the document. Maybe “Algebra” was meant.",
        ],
    ),
    "of a term": (
        {"rule": "PreferTimes", "parameters": {"times": "times after=12:00"}},
        [
            ".parameters: The rule PreferTimes must not stand in a session.",
            ".parameters.times: The rule PreferTimes has no parameter “times” in a session.",
        ],
    ),
    "a word of a term": (
        {"rule": "LimitInDays", "parameters": {"most": 1, "lessons": "lessons"}},
        [".parameters.lessons: The rule LimitInDays has no parameter “lessons” in a session."],
    ),
    "always so": (
        {"rule": "AvoidClashes", "parameters": {"people": "teachers"}, "weight": 5},
        [
            ".parameters.people: The rule AvoidClashes has no parameter “people” in a session.",
            ".weight: The rule AvoidClashes must be required in a session.",
        ],
    ),
    "said by the session": (
        {"rule": "GiveNotice", "parameters": {"least": 1, "published": 3}},
        [".parameters.published: The rule GiveNotice has no parameter “published” in a session."],
    ),
    "no role": (
        {"rule": "KeepChair", "parameters": {"role": "boss"}},
        [".parameters.role: The value (boss) must be chair, examiner, assistant, observer."],
    ),
    "one side of two": (
        {"rule": "After", "parameters": {"events": "exams exam=Physics"}},
        [".parameters: The rule After must have the parameter “others”."],
    ),
    "no price": (
        {"rule": "PriceRooms", "parameters": {"price": -1}},
        [".parameters.price: The price (-1) must be a whole number, 0 or more."],
    ),
    "no prices": (
        {"rule": "SpreadExams", "parameters": {"prices": [16, "eight"]}},
        [".parameters.prices: The prices ([16, 'eight']) must be whole numbers, by distance."],
    ),
}


@pytest.mark.parametrize("name", UNREADABLE)
def test_what_no_rule_can_read_is_told_with_its_field(name: str) -> None:
    rule, told = UNREADABLE[name]

    assert faults(rule, exams=WITH_BOARD, **BOARD) == [f"field sessions[0].rules[0]{fault}" for fault in told]


def test_a_rule_of_a_profile_that_a_session_amends_is_told_where_it_does() -> None:
    own: list[dict[str, Any]] = [{"id": "one-chair", "weight": 3}, {"id": "clear-days", "parameters": {"least": "two"}}]

    assert faults(*own, session={"profiles": ["attestation"]}) == [
        "field sessions[0].rules[1].parameters.least: The value (two) must be a whole number."
    ]


def test_a_profile_may_be_about_those_whom_a_school_does_not_have() -> None:
    found = compiled(
        school(session={"profiles": ["attestation"]}, students=[{"id": "anna"}, {"id": "boris"}, {"id": "vera"}])
    )

    named = [spec.id for spec in found.specs]
    assert [key for key in named if key not in ("clashes", "parts")] == ["exams-a-day", "clear-days"]
