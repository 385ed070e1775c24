"""Nobody is needed twice at once, or while they are not there."""

import pytest

from tests.scheduler.operations.facts.exams.summer import Changes, candidate, sitting, wrong

LESSON = {"id": "phy/1/1@5.2", "event": "phy/1/1", "start": "2027-06-04T10:00+03:00", "end": "2027-06-04T10:40+03:00"}


def test_students_are_in_no_lesson_and_no_other_exam_at_that_time() -> None:
    assert wrong(plan=[("changes", [])]) == [
        f"{name} is in two places at once: “the lesson Algebra 9” and “Algebra exam” (Jun 1, 2027, 09:00)."
        for name in ("Anna", "Boris", "Vera")
    ]


def test_students_are_in_no_two_exams_at_once() -> None:
    lab = sitting(
        "lab",
        "2027-06-04T09:00",
        "10:00",
        site="main",
        candidates=[candidate("dina", "2027-06-04T09:00", "10:00")],
        commission=[{"role": "chair", "person": "sidorov"}],
    )

    assert wrong(plan=[("sittings.5", lab)], school=[("exams.4.not_before", None), ("exams.5.together", [])]) == [
        "Dina is in two places at once: “Essay, part 2” and “Laboratory” (Jun 4, 2027, 09:00)."
    ]


def test_who_holds_an_exam_is_there_all_the_time() -> None:
    """Vera has until half past eleven, and so has the commission; the lesson is at eleven."""
    teaches = [("pattern.1.teachers", ["petrov"]), ("occurrences.1.start", "2027-06-01T11:00+03:00")]
    lesson = [*teaches, ("occurrences.1.end", "2027-06-01T11:40+03:00")]

    assert wrong(timetable=lesson) == [
        "Petrov is in two places at once: “Algebra exam” and “the lesson Physics 9” (Jun 1, 2027, 11:00)."
    ]


def test_a_student_in_turns_is_there_for_their_own_turn_only() -> None:
    """Gleb's turn is over at twenty past nine."""
    lesson = [("pattern.1.students", ["gleb"]), ("occurrences.1.start", "2027-06-03T09:20+03:00")]
    earlier = [("pattern.1.students", ["gleb"]), ("occurrences.1.start", "2027-06-03T09:19+03:00")]
    told = [one for one in wrong(timetable=earlier) if one.startswith("Gleb")]

    assert [one for one in wrong(timetable=lesson) if one.startswith("Gleb")] == []
    assert told == ["Gleb is in two places at once: “Physics talk” and “the lesson Physics 9” (Jun 3, 2027, 09:19)."]


def test_an_assistant_sits_with_one_student_at_a_time() -> None:
    assert wrong(plan=[("sittings.1.candidates.1.assistant", "lev")]) == [
        "Lev is needed twice at once in “Online test” (Jun 2, 2027, 14:00)."
    ]


def test_a_group_without_names_is_in_one_place() -> None:
    thursday = sitting("sum", "2027-06-03T09:00", "10:00", site="east", rooms=["E1"])

    assert wrong(plan=[("sittings.6", thursday)], school=[("exams.5.together", []), ("exams.5.own_room", False)]) == [
        "E1 is taken by “Summary” and “the lesson Physics 9” at once (Jun 3, 2027, 09:50).",
        "9B is in two places at once: “Summary” and “the lesson Physics 9” (Jun 3, 2027, 09:50).",
    ]


def test_a_moved_lesson_is_where_its_people_are_free() -> None:
    moved = [("changes.0.new_start", "2027-06-02T14:00+03:00"), ("changes.0.new_end", "2027-06-02T14:40+03:00")]

    assert wrong(plan=moved) == [
        "Anna is in two places at once: “the lesson Algebra 9” and “Online test” (Jun 2, 2027, 14:00)."
    ]


def test_clashes_of_the_timetable_alone_are_none_of_the_plan() -> None:
    double = [("pattern.1.students", ["anna"]), ("occurrences.0.status", "cancelled"), ("occurrences.2", LESSON)]

    assert wrong(timetable=[*double, ("occurrences.3", LESSON | {"id": "phy/1/1@5.3"})], plan=[("changes", [])]) == []


@pytest.mark.parametrize(
    ("school", "told"),
    [
        (
            [("teachers.1.availability", {"weekly": [{"days": ["tue"], "start": "11:00", "available": False}]})],
            "Petrov is not available for “Algebra exam” at Jun 1, 2027, 09:00.",
        ),
        (
            [("students.4.availability", {"dated": [{"first": "2027-06-03", "last": "2027-06-03"}]})],
            "Dina is not available for “Physics talk” at Jun 3, 2027, 09:20.",
        ),
        (
            [("teachers.0.limits", {"latest": "15:30"})],
            "Orlova is not available for “the consultation before Algebra exam” at May 31, 2027, 15:00.",
        ),
        (
            [("groups.0.availability", {"weekly": [{"days": ["mon"], "available": False}]})],
            "9B is not available for “Summary” at Jun 7, 2027, 14:00.",
        ),
    ],
    ids=["by the week", "by date", "by their own limits", "a group"],
)
def test_everybody_is_available(school: Changes, told: str) -> None:
    assert wrong(school=school) == [told]


def test_somebody_whom_the_document_does_not_have_is_told() -> None:
    assert wrong(plan=[("consultations.0.teacher", "nobody")]) == [
        "nobody must not hold the consultation before “Algebra exam”.",
        "“nobody” of “the consultation before Algebra exam” is not in the document.",
    ]
