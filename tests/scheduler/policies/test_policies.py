from datetime import date
from typing import Any

import pytest

from scheduler.domain.document import Document
from scheduler.domain.policy import grades_of
from scheduler.domain.select import resolve, times
from scheduler.domain.selectors import parse
from scheduler.errors import BadInput
from scheduler.policies import faults, figures_of, names, profile, profiles_of_session, rules_of, rules_of_session
from scheduler.policies.figures import difficulty, notices, screen_minutes

RULES = {
    "AvoidClashes", "RespectAvailability", "FitPools", "FitSeats", "PreferTimes", "PreferRooms", "KeepRoom",
    "KeepWorkstation", "SpreadOverDays", "LimitPerDay", "LimitPerWeek", "LimitConsecutive", "AvoidGaps", "LimitDays",
    "StartEarly", "EndBy", "LunchBreak", "KeepTogether", "SameTime", "DifferentTime", "Before", "After",
    "CompactCurricula", "RestOvernight", "AllowTravel", "BalanceDays", "LimitSections", "StayPut", "Pin",
}  # fmt: skip

RULES_OF_SESSIONS = {
    "LimitInDays", "SpaceExams", "ConsultBefore", "GiveNotice", "KeepReserve", "FillSeats", "KeepChair",
    "KeepIndependent", "ShareLoad", "RestBetween", "FreeExamDays",
}  # fmt: skip


def document(**fields: Any) -> Document:
    data: dict[str, Any] = {
        "term": {"first_day": "2026-09-01", "last_day": "2026-12-30"},
        "policy": {"profiles": ["ru-sanpin-2021"]},
    }
    return Document.model_validate({**data, **fields})


@pytest.mark.parametrize("name", names())
def test_the_profiles_that_are_shipped_can_be_read(name: str) -> None:
    shipped = profile(name)

    assert shipped.id == name
    assert {rule.rule for rule in shipped.rules} <= (RULES_OF_SESSIONS if shipped.about == "session" else RULES)
    for rule in shipped.rules:
        for word in ("people", "lessons"):
            resolve(parse(str(rule.parameters.get(word, "people"))), document(), lenient=True)
        if rule.parameters.get("times", "own") != "own":
            times(parse(str(rule.parameters["times"])), document())


def test_what_every_timetable_needs_is_there_whatever_profile_is_named() -> None:
    plain = document(policy={})
    named = document(policy={"profiles": ["ru-sanpin-2021"]})
    both = document(policy={"profiles": ["default", "ru-sanpin-2021"]})
    none = document(policy={"profiles": []})

    assert rules_of(named) == rules_of(both)
    assert {rule.id for rule in rules_of(plain)} < {rule.id for rule in rules_of(named)}
    assert rules_of(none) == ()


def test_a_profile_that_is_not_shipped_is_a_fault() -> None:
    with pytest.raises(BadInput) as bad:
        profile("ru-sanpin")

    assert str(bad.value) == (
        "The profile (ru-sanpin) must be one of attestation, default, ru-sanpin-2021. Maybe “ru-sanpin-2021” was meant."
    )


def test_figures_that_were_not_verified_bind_nobody() -> None:
    sanpin = profile("ru-sanpin-2021")

    assert [rule.id for rule in sanpin.rules if not rule.verified and rule.weight == "required"] == []
    assert [figure.id for figure in sanpin.figures if not figure.verified and figure.weight == "required"] == []
    assert all(rule.source for rule in sanpin.rules)
    assert (sanpin.valid_from, sanpin.valid_to) == (date(2021, 1, 1), date(2027, 1, 1))


@pytest.mark.parametrize(
    ("week_days", "weekly"),
    [
        (5, {"1": 21, "2-4": 23, "5": 29, "6": 30, "7": 32, "8-9": 33, "10-11": 34}),
        (6, {"2-4": 26, "5": 32, "6": 33, "7": 35, "8-9": 36, "10-11": 37}),
    ],
)
def test_lessons_a_week_depend_on_the_week(week_days: int, weekly: dict[str, int]) -> None:
    """The figures of the regulation: SanPiN 1.2.3685-21, as in design/regulations-ru.md."""
    rules = rules_of(document(term={"first_day": "2026-09-01", "last_day": "2026-12-30", "week_days": week_days}))

    assert {
        (rule.id or "").removeprefix("lessons-a-week-"): rule.parameters["most"]
        for rule in rules
        if rule.rule == "LimitPerWeek"
    } == weekly


def test_screen_minutes_of_a_day_are_those_of_the_regulation() -> None:
    rules = {rule.id: rule.parameters["most"] for rule in rules_of(document()) if (rule.id or "").startswith("screen-")}

    found = {
        device: [
            (rules[f"screen-{device}-school-{grades}"], rules[f"screen-{device}-home-{grades}"])
            for grades in ("1-2", "3-4", "5-9", "10-11")
        ]
        for device in ("computer", "tablet")
    }
    assert found == {
        "computer": [(40, 80), (50, 90), (60, 120), (70, 170)],
        "tablet": [(30, 80), (45, 90), (60, 120), (80, 150)],
    }
    assert len(rules) == 16


def test_a_rule_of_a_profile_is_amended_replaced_and_added_to() -> None:
    own = [
        {"id": "lessons-a-day-5-6", "parameters": {"most": 5}, "remarks": "our own"},
        {"id": "lighter-day", "weight": "off"},
        {"id": "heaviest-day", "rule": "AvoidGaps", "weight": 3, "parameters": {"people": "students"}},
        {"rule": "AvoidGaps"},
        {"rule": "AvoidGaps", "weight": 7},
    ]

    rules = {rule.id: rule for rule in rules_of(document(policy={"profiles": ["ru-sanpin-2021"], "rules": own}))}

    amended = rules["lessons-a-day-5-6"]
    assert amended.parameters == {"people": "students grade=5-6; groups grade=5-6", "what": "lessons", "most": 5}
    assert (amended.weight, amended.remarks, amended.valid_to) == ("required", "our own", date(2027, 1, 1))
    assert (rules["lighter-day"].rule, rules["lighter-day"].weight) == ("BalanceDays", "off")
    assert (rules["heaviest-day"].rule, rules["heaviest-day"].parameters) == ("AvoidGaps", {"people": "students"})
    assert [(key, rules[key].weight) for key in ("AvoidGaps", "AvoidGaps-2")] == [
        ("AvoidGaps", "required"),
        ("AvoidGaps-2", 7),
    ]


def test_a_figure_is_amended() -> None:
    own = [{"id": "break", "parameters": {"least": 5}}, {"id": "long-break", "weight": "off"}]
    figures = {f.id: f for f in figures_of(document(policy={"profiles": ["ru-sanpin-2021"], "rules": own}))}

    assert (figures["break"].least, figures["break"].source) == (5, "SP 2.4.3648-20")
    assert figures["long-break"].weight == "off"


def session(**fields: Any) -> dict[str, Any]:
    data: dict[str, Any] = {"id": "summer", "first_day": "2026-12-21", "last_day": "2026-12-30"}
    return {**data, "starts": [{"times": ["10:00"]}], **fields}


def test_a_session_has_the_usual_order_unless_it_says_otherwise() -> None:
    own = [
        {"id": "clear-days", "parameters": {"least": 1}, "weight": "required"},
        {"id": "fair-share", "weight": "off"},
        {"rule": "SpaceExams", "parameters": {"least": 3}, "weight": 4},
    ]
    found = document(sessions=[session(rules=own), session(id="retake", profiles=[])], policy={"profiles": []})

    rules = {rule.id: rule for rule in rules_of_session(found, found.session("summer"))}

    assert rules["exams-a-day"].parameters == {"people": "students; groups", "what": "exams", "most": 1, "days": 1}
    assert (rules["exams-a-day"].weight, rules["exams-a-day"].verified) == ("required", False)
    assert rules["clear-days"].parameters == {"people": "students; groups", "least": 1}
    assert [rules[key].weight for key in ("clear-days", "fair-share", "SpaceExams")] == ["required", "off", 4]
    assert rules.keys() - {"SpaceExams"} == {rule.id for rule in profile("attestation").rules}
    assert rules_of_session(found, found.session("retake")) == ()
    assert rules_of(found) == ()


def test_a_term_and_a_session_name_profiles_of_their_own() -> None:
    found = document(
        policy={"profiles": ["attestation"], "rules": [{"id": "clear-days", "weight": 1}]},
        sessions=[
            session(profiles=["ru-sanpin-2021", "attestaton"]),
            session(rules=[{"id": "clear-day", "weight": 1}, {"weight": 2}]),
        ],
    )

    assert profiles_of_session(found.sessions[0]) == ()
    assert [str(fault) for fault in faults(found)] == [
        "field policy.profiles[0]: The profile (attestation) must be one of default, ru-sanpin-2021.",
        (
            "field policy.rules[0].id: “clear-days” must be the id of a rule of the profiles, or a rule be named. "
            "Maybe “one-a-day” was meant."
        ),
        "field sessions[0].profiles[0]: The profile (ru-sanpin-2021) must be one of attestation.",
        (
            "field sessions[0].profiles[1]: The profile (attestaton) must be one of attestation. "
            "Maybe “attestation” was meant."
        ),
        (
            "field sessions[1].rules[0].id: “clear-day” must be the id of a rule of the profiles, or a rule be named. "
            "Maybe “clear-days” was meant."
        ),
        "field sessions[1].rules[1]: A rule must be named, or the id of a profile's rule be given.",
    ]


def courses(**fields: Any) -> Document:
    return document(
        subjects=[
            {"id": "алг", "name": "Алгебра"},
            {"id": "физ", "counts_as": "physics"},
            {"id": "own", "difficulty": [{"grades": [9], "points": 6}]},
        ],
        courses=[{"id": "C", "subject": "алг", "hours": 1, **fields}],
    )


@pytest.mark.parametrize(
    ("fields", "points"),
    [
        ({"grade": 7}, 10),
        ({"grade": 9}, 7),
        ({"grade": 11}, 10),
        ({"grade": 5}, 0),
        ({}, 0),
        ({"subject": "физ", "grade": 9}, 13),
        ({"subject": "own", "grade": 9}, 6),
        ({"subject": "own", "grade": 8}, 0),
        ({"subject": "gone", "grade": 8}, 0),
    ],
)
def test_points_are_the_schools_own_or_the_tables(fields: dict[str, Any], points: int) -> None:
    found = courses(**fields)

    assert difficulty(found, found.course("C")) == points


@pytest.mark.parametrize(
    ("fields", "minutes"),
    [
        ({"grade": 1}, 20),
        ({"grade": 9}, 30),
        ({"grade": 11}, 35),
        ({"grade": 0}, 40),
        ({"grade": 9, "screen_minutes": 12}, 12),
        ({"grade": 9, "mode": "site"}, 0),
    ],
)
def test_screen_minutes_of_an_online_lesson_are_what_the_grade_may_have(fields: dict[str, Any], minutes: int) -> None:
    found = courses(**fields)

    assert screen_minutes(found, found.course("C"), 40) == minutes


def bells(*periods: tuple[int, str, str]) -> list[dict[str, Any]]:
    return [{"id": "b", "periods": [{"number": n, "start": start, "end": end} for n, start, end in periods]}]


GOOD = ((1, "08:00", "08:45"), (2, "08:55", "09:40"), (3, "10:00", "10:45"), (4, "10:55", "11:40"))


@pytest.mark.parametrize(
    ("fields", "told"),
    [
        ({"bells": bells(*GOOD)}, []),
        (
            {
                "bells": bells(
                    (0, "07:30", "08:15"), (1, "08:20", "09:05"), (2, "09:15", "10:00"), (3, "10:10", "19:05")
                )
            },
            [
                "field bells[0].periods[1]: The break (5 min) must be at least 10 min long. So says SP 2.4.3648-20.",
                (
                    "field bells[0]: "
                    "There must be a break of 20 to 30 min after lesson 2, 3, or two of 20 min. So says SP 2.4.3648-20."
                ),
                (
                    "field bells[0].periods[0]: "
                    "The first bell (07:30:00) must not be before 08:00:00. So says SP 2.4.3648-20."
                ),
                (
                    "field bells[0].periods[3]: "
                    "The last bell (19:05:00) must not be after 19:00:00. So says SP 2.4.3648-20."
                ),
                "field bells[0].periods[0]: The first lesson's number (0) must be at least 1. So says SP 2.4.3648-20.",
            ],
        ),
        (
            {
                "subjects": [{"id": "s"}],
                "courses": [
                    {"id": "LONG", "subject": "s", "hours": 1, "mode": "site", "lesson_minutes": 50},
                    {
                        "id": "ONLINE",
                        "subject": "s",
                        "hours": 1,
                        "grade": 9,
                        "lesson_minutes": 45,
                        "screen_minutes": 31,
                    },
                ],
            },
            [
                (
                    "field courses[0].lesson_minutes: "
                    "A lesson of the course “LONG” (50 min) must be at most 45 min long. "
                    "So says SP 2.4.3648-20."
                ),
                (
                    "field courses[1].lesson_minutes: "
                    "A lesson of the course “ONLINE” (45 min) must be at most 40 min long. "
                    "So says SP 2.4.3648-20, a figure that is not verified."
                ),
                (
                    "field courses[1].screen_minutes: "
                    "A lesson of the course “ONLINE” must have at most 30 min before a screen (31 min). "
                    "So says SanPiN 1.2.3685-21, a figure that is not verified."
                ),
            ],
        ),
        (
            {
                "bells": bells((1, "14:00", "14:45")),
                "students": [{"id": "S1", "grade": 9, "bells": "b"}, {"id": "S2", "grade": 8, "bells": "b"}],
            },
            [
                (
                    "field students[0].bells: Grade 9 must learn in the first shift; “S1” begins at 14:00:00. "
                    "So says SP 2.4.3648-20."
                ),
            ],
        ),
        (
            {"term": {"first_day": "2020-12-01", "last_day": "2020-12-30"}},
            ["field policy.profiles[0]: The profile ru-sanpin-2021 is in force from 2021-01-01 only."],
        ),
        (
            {"term": {"first_day": "2026-12-01", "last_day": "2027-02-01"}},
            [
                (
                    "field policy.profiles[0]: The profile ru-sanpin-2021 is in force until 2027-01-01 only; "
                    "its figures may have changed since. Maybe look for its successor."
                )
            ],
        ),
    ],
)
def test_what_a_policy_would_not_have_is_noticed(fields: dict[str, Any], told: list[str]) -> None:
    assert [str(notice) for notice in notices(document(**fields), date(2026, 9, 1))] == told


def test_a_profile_that_ran_out_is_noticed_by_the_day_it_is_looked_at() -> None:
    assert len(notices(document(), date(2027, 1, 1))) == 1
    assert notices(document(), date(2026, 12, 31)) == ()


def test_grades_are_read_as_people_write_them() -> None:
    assert sorted(grades_of("1,5,9-11")) == [1, 5, 9, 10, 11]
    assert grades_of("") == frozenset(range(14))
