"""Plans that do not fit are recalled as far as they can be; what cannot is told."""

from __future__ import annotations

from typing import Any

import pytest

from scheduler.compile.sessions import CompiledSessions, plan_of, recall
from scheduler.domain.session_plan import Consultation, LessonChange, SessionPlan
from solver.problem import Assignment
from tests.scheduler.compile.sessions.school import compiled, lesson, school, timetable

SEATS = [
    {"role": "chair", "candidates": ["orlova"]},
    {"role": "examiner", "candidates": ["orlova", "petrov"], "may_be_vacant": True},
    {"role": "examiner", "candidates": ["orlova", "petrov"]},
]
FOUND = compiled(
    school(
        (
            {"name": "Algebra 9", "commission": "board", "room": {}, "workstations": True},
            {"consultation": {"mode": "online", "least_days": 0}},
        ),
        {"last_day": "2027-06-02"},
        commissions=[{"id": "board", "seats": SEATS}],
        entitlements=[{"student": "anna", "exams": ["Algebra"], "own_room": True, "assistant": True}],
    ),
    timetable(
        lesson("ALG", "2027-06-01 10:00", students=("boris",)), lesson("PHY", "2027-06-01 14:00", students=("boris",))
    ),
)
"""Anna writes alone beside Lev or Mark, Boris in the hall; Physics has a consultation; one lesson may be cancelled."""


def told(found: CompiledSessions, pick: tuple[int, ...], unit: tuple[int, ...] = ()) -> dict[str, Any]:
    """Return the plan in which everything is held at its first time, as data."""
    sittings, consultations, changes = plan_of(found, Assignment((0,) * len(found.problem.events), pick, unit))
    return SessionPlan(sittings=sittings, consultations=consultations, changes=changes).model_dump(mode="json")


def whole() -> dict[str, Any]:
    """Return a plan in which Orlova presides over Petrov and examines, and in which nothing is missing."""
    names = {thing.id: unit for unit, thing in enumerate(FOUND.things)}
    given = ("PC1", "study", "PC2", "hall", "PC1", "PC2")
    return told(FOUND, (0, 0, 1, 0, 0), tuple(names[name] for name in given))


def missing(plan: dict[str, Any]) -> list[str]:
    return list(map(str, recall(FOUND, SessionPlan.model_validate(plan)).missing))


def test_nothing_is_missing_from_a_whole_plan() -> None:
    assert missing(whole()) == []


def test_an_empty_plan_lacks_each_exam_and_each_consultation() -> None:
    assert missing({}) == [
        "“Algebra 9”, part 1, has no place in the plan.",
        "“Physics”, part 1, has no place in the plan.",
        "The consultation before “Physics” has no place in the plan.",
    ]


BROKEN: dict[str, tuple[tuple[tuple[str | int, ...], Any], list[str]]] = {
    "a time": (
        (("sittings", 0, "start"), "2027-06-01T09:10:00+03:00"),
        ["“Algebra 9” begins on 2027-06-01 at 09:10:00, at which it cannot be held."],
    ),
    "a room that there is not": (
        (("sittings", 0, "rooms"), ["gym", "hall", "study"]),
        ["“gym” cannot serve exam “Algebra 9”."],
    ),
    "a workstation": (
        (("sittings", 0, "candidates", 1, "workstation"), "PC9"),
        ["“PC9” cannot serve exam “Algebra 9”."],
    ),
    "an assistant": (
        (("sittings", 0, "candidates", 0, "assistant"), "orlova"),
        ["Exam “Algebra 9” has nobody as helper who may be."],
    ),
    "no chair": (
        (("sittings", 0, "commission"), [{"role": "examiner", "person": "petrov"}]),
        ["Exam “Algebra 9” has nobody as chair who may be."],
    ),
    "a stranger": (
        (
            ("sittings", 0, "commission"),
            [
                {"role": "chair", "person": "orlova"},
                {"role": "examiner", "person": "sidorov"},
                {"role": "observer", "person": "petrov"},
            ],
        ),
        [
            "Exam “Algebra 9” has nobody as examiner who may be.",
            "sidorov must not sit in exam “Algebra 9” (examiner).",
            "petrov must not sit in exam “Algebra 9” (observer).",
        ],
    ),
    "an exam that there is not": (
        (("sittings", 1, "exam"), "Chemistry"),
        [
            "“Physics”, part 1, has no place in the plan.",
            "“Chemistry”, part 1, is no exam of the sessions.",
        ],
    ),
    "a part that there is not": (
        (("sittings", 1, "part"), 2),
        ["“Physics”, part 1, has no place in the plan.", "“Physics”, part 2, is no exam of the sessions."],
    ),
    "who consults": (
        (("consultations", 0, "teacher"), "orlova"),
        ["Exam “Physics” has nobody as teacher who may be."],
    ),
}


@pytest.mark.parametrize("name", BROKEN)
def test_what_does_not_fit_is_told(name: str) -> None:
    (way, value), sentences = BROKEN[name]
    plan = whole()
    at: Any = plan
    for step in way[:-1]:
        at = at[step]
    at[way[-1]] = value

    assert missing(plan) == sentences


def test_the_seat_that_must_not_be_vacant_is_filled_before_one_that_may_be() -> None:
    plan = whole()
    plan["sittings"][0]["commission"] = [
        {"role": "chair", "person": "orlova"},
        {"role": "examiner", "person": "petrov"},
    ]

    recalled = recall(FOUND, SessionPlan.model_validate(plan))

    assert (recalled.missing, recalled.assignment.pick[:4]) == ((), (0, 0, 2, 1))


def test_the_room_of_who_sits_alone_is_not_that_of_the_others() -> None:
    plan = whole()
    plan["sittings"][0]["rooms"] = ["study", "hall"]

    recalled = recall(FOUND, SessionPlan.model_validate(plan))

    own = {
        FOUND.things[unit].id: FOUND.problem.demands[d].attendance is not None
        for d, unit in enumerate(recalled.assignment.unit)
        if FOUND.claims[d] == "room"
    }
    assert own == {"study": True, "hall": False}


def change(key: str, at: str, **fields: Any) -> LessonChange:
    start = f"2027-06-01T{at}:00+03:00"
    return LessonChange.model_validate(
        {"occurrence": f"{key}/1/1@1.1", "change": "cancelled", "start": start, "end": start} | fields
    )


def test_a_lesson_is_cancelled_where_it_may_be() -> None:
    plan = SessionPlan.model_validate(whole() | {"changes": [change("ALG", "10:00"), change("PHY", "14:00")]})

    recalled = recall(FOUND, plan)

    assert list(map(str, recalled.missing)) == ["The lesson PHY/1/1@1.1 must not give way."]
    assert [recalled.assignment.option[event] for event in FOUND.lessons] == [1, 0]


def test_a_lesson_is_moved_to_a_time_that_it_may_have() -> None:
    moved = change(
        "ALG", "10:00", change="moved", new_start="2027-06-01T11:00:00+03:00", new_end="2027-06-01T11:40:00+03:00"
    )

    assert missing(whole() | {"changes": [moved.model_dump(mode="json")]}) == [
        "“ALG/1/1@1.1” begins on 2027-06-01 at 11:00:00, at which it cannot be held."
    ]


def test_a_consultation_that_nobody_needs_is_told() -> None:
    extra = Consultation(
        id="Algebra/consultation",
        exam="Algebra",
        start="2027-06-01T09:00:00+03:00",
        end="2027-06-01T09:45:00+03:00",
        teacher="orlova",
    )
    plan = whole()
    plan["consultations"].append(extra.model_dump(mode="json"))

    assert missing(plan) == ["“Algebra” is no exam of the sessions that needs a consultation."]


def test_one_seat_in_all_exams_of_a_subject_is_one_persons() -> None:
    seats = [{"role": "chair", "one_for_subject": True}]
    exams = ({"commission": "board"}, {"commission": "board", "subject": "algebra", "students": ["vera"]})
    found = compiled(school(exams, commissions=[{"id": "board", "seats": seats}]))
    plan = told(found, (0,))
    plan["sittings"][1]["commission"][0]["person"] = "petrov"

    recalled = recall(found, SessionPlan.model_validate(plan))

    assert list(map(str, recalled.missing)) == ["Exam “Physics” has another chair than the other exams of its subject."]
    assert recalled.assignment.pick == (0,)
