"""Lessons that give way to exams, and those that are suspended."""

import pytest

from tests.scheduler.operations.facts.exams.summer import PLAN, TIMETABLE, Changes, wrong

[MOVED] = PLAN["changes"]
CANCELLED = {"occurrence": "alg/1/1@5.1", "change": "cancelled", "start": MOVED["start"], "end": MOVED["end"]}
PHYSICS = CANCELLED | {"occurrence": "phy/1/1@5.1", **{at: TIMETABLE["occurrences"][1][at] for at in ("start", "end")}}
SUSPENDED = {"change": "suspended"}
LESSON = "“the lesson Algebra 9” (Jun 1, 2027, 09:00)"


@pytest.mark.parametrize(
    ("changes", "lets", "told"),
    [
        ([MOVED], "move", []),
        ([MOVED], "cancel", [f"{LESSON} is moved, which “Summer” does not let happen."]),
        ([MOVED], "no", [f"{LESSON} is moved, which “Summer” does not let happen."]),
        ([CANCELLED], "move", []),
        ([CANCELLED], "cancel", []),
        ([CANCELLED], "no", [f"{LESSON} is cancelled, which “Summer” does not let happen."]),
    ],
)
def test_a_lesson_gives_way_as_the_session_lets_it(changes: list[dict[str, str]], lets: str, told: list[str]) -> None:
    assert wrong(plan=[("changes", changes)], school=[("sessions.0.lessons_give_way", lets)]) == told


@pytest.mark.parametrize(
    ("plan", "told"),
    [
        (
            [("changes.0.new_start", "2027-06-08T09:50+03:00"), ("changes.0.new_end", "2027-06-08T10:30+03:00")],
            f"{LESSON} is moved out of its week, to Jun 8, 2027, 09:50.",
        ),
        (
            [("changes.0.new_end", "2027-06-02T10:20+03:00")],
            f"{LESSON} lasts 30 min where it is moved, not 40.",
        ),
        ([("changes.1", MOVED)], "The lesson alg/1/1@5.1 gives way more than once."),
        (
            [("changes.0.end", "2027-06-01T09:30+03:00")],
            "“the lesson Algebra 9” is not held at Jun 1, 2027, 09:00, when it is to give way.",
        ),
    ],
)
def test_a_moved_lesson_keeps_its_length_and_its_week(plan: Changes, told: str) -> None:
    assert wrong(plan=plan) == [told]


def test_a_lesson_that_is_moved_to_no_time_is_where_it_was() -> None:
    assert wrong(plan=[("changes.0.new_start", None)])[3:] == [f"{LESSON} is moved to no time."]


def test_a_pinned_lesson_stays() -> None:
    assert wrong(timetable=[("pattern.0.pinned", True)]) == [f"{LESSON} is pinned and must not give way."]


def test_only_lessons_of_the_timetable_give_way() -> None:
    assert wrong(plan=[("changes.1", PHYSICS | {"occurrence": "his/1/1@5.1"})]) == [
        "The timetable must have the lesson his/1/1@5.1 that gives way to an exam."
    ]


def test_a_lesson_in_no_exam_s_way_stays() -> None:
    nobody = [("exams.5.groups", []), ("exams.5.size", 2)]

    assert wrong(plan=[("changes.1", PHYSICS)], school=nobody) == [
        "“the lesson Physics 9” (Jun 3, 2027, 09:50) gives way, and no exam is in its way."
    ]


def test_lessons_of_those_who_are_examined_are_not_held_where_they_are_suspended() -> None:
    suspended = [("sessions.0.lessons", "suspended"), ("sessions.0.lessons_give_way", "no")]

    assert wrong(plan=[("changes", [CANCELLED, PHYSICS])], school=suspended) == []
    assert wrong(plan=[("changes", [CANCELLED | SUSPENDED, PHYSICS | SUSPENDED])], school=suspended) == []
    assert wrong(plan=[("changes", [CANCELLED])], school=suspended) == [
        (
            "“the lesson Physics 9” (Jun 3, 2027, 09:50) is held, "
            "though all who learn in it are examined and their lessons suspended."
        )
    ]


def test_a_lesson_is_told_as_suspended_only_where_it_is() -> None:
    assert wrong(plan=[("changes", [CANCELLED | SUSPENDED])]) == [
        f"{LESSON} is not held as suspended, though not all who learn in it have their lessons suspended."
    ]


def test_who_is_examined_is_absent_from_a_lesson_that_others_still_have() -> None:
    """Egor sits no exam, so that the lesson is held; the others are at their exam, which is no clash."""
    suspended = [("sessions.0.lessons", "suspended"), ("students.5", {"id": "egor", "name": "Egor"})]
    lesson = [("pattern.0.students", ["anna", "boris", "vera", "egor"]), ("pattern.1.groups", [])]

    assert wrong(plan=[("changes", [])], school=suspended, timetable=lesson) == []


CONSULTATION = [("pattern.0.kind", "consultation"), ("pattern.0.weeks", [])]


def test_a_consultation_that_was_agreed_does_not_give_way() -> None:
    told = "“the consultation alg” (Jun 1, 2027, 09:00) is a consultation that was agreed and must not give way."
    assert wrong(timetable=CONSULTATION, plan=[("changes", [CANCELLED])]) == [told]


def test_a_consultation_that_was_agreed_is_held_where_lessons_are_suspended() -> None:
    suspended: Changes = [("sessions.0.lessons", "suspended")]
    found = wrong(plan=[("changes", [])], school=suspended, timetable=CONSULTATION)

    clashes = [
        f"{name} is in two places at once: “the consultation alg” and “Algebra exam” (Jun 1, 2027, 09:00)."
        for name in ("Anna", "Boris", "Vera")
    ]
    assert [told for told in found if "consultation alg" in told] == clashes
