"""The rooms of exams: as many as they need, the right ones, and who may be in them together."""

import pytest

from tests.scheduler.operations.facts.exams.summer import Changes, candidate, sitting, wrong

LAB_IN_E1 = sitting(
    "lab",
    "2027-06-07T14:00",
    "15:00",
    site="main",
    rooms=["E1"],
    candidates=[candidate("dina", "2027-06-07T14:00", "15:00")],
    commission=[{"role": "chair", "person": "sidorov"}],
)


@pytest.mark.parametrize(
    ("plan", "school", "told"),
    [
        ([("sittings.3.rooms", [])], [], "“Essay, part 1” has no room."),
        ([], [("exams.0.room", {"also": [{}]})], "“Algebra exam” has 1 of its 2 rooms."),
        ([("sittings.5.rooms", ["A1"])], [], "“Laboratory” has A1, a room that it does not need."),
        (
            [("sittings.0.candidates.2.room", None), ("sittings.0.rooms", ["A1"])],
            [],
            "Vera has no room of their own at “Algebra exam”.",
        ),
    ],
    ids=["none", "too few", "one too many", "none of their own"],
)
def test_an_exam_has_as_many_rooms_as_it_needs(plan: Changes, school: Changes, told: str) -> None:
    assert wrong(plan=plan, school=school) == [told]


def test_an_exam_may_do_without_an_optional_room_or_where_the_session_takes_rooms_for_a_wish() -> None:
    plan: Changes = [("sittings.3.rooms", [])]

    assert wrong(plan=plan, school=[("exams.3.room", {"optional": True})]) == []
    assert wrong(plan=plan, school=[("sessions.0.rules", [{"id": "rooms", "rule": "ShareRooms", "weight": 9}])]) == []


@pytest.mark.parametrize(
    ("plan", "school", "told"),
    [
        ([("sittings.3.rooms", ["E1"])], [], "E1 is not at the site of “Essay, part 1”."),
        ([("sittings.3.rooms", ["B9"])], [], "“B9” of “Essay, part 1” is not in the document."),
        ([], [("exams.0.room", {"candidates": ["A3"]})], "A1 is no room in which “Algebra exam” may be."),
        ([], [("exams.0.room", {"features": ["beamer"]})], "A1 has no beamer, which “Algebra exam” needs."),
        ([], [("rooms.1.features", [])], "A2 has no quiet, which “Algebra exam” needs."),
        ([], [("rooms.0.hours", [{"days": ["thu", "fri"]}])], "A1 is closed when “Algebra exam” is held in it."),
        ([], [("rooms.1.hours", [{"end": "11:15"}])], "A2 is closed when “Algebra exam” is held in it."),
        ([("sittings.0.candidates.1.room", "A3")], [], "Boris sits in A3, which is no room of “Algebra exam”."),
    ],
)
def test_a_room_is_one_that_serves(plan: Changes, school: Changes, told: str) -> None:
    assert wrong(plan=plan, school=school) == [told]


def test_all_exams_in_a_room_have_seats_enough_at_every_moment() -> None:
    """Two seats for each student: Anna and Boris need four, and so do two parts of one student each."""
    both, small = [("sittings.4.rooms", ["A1"])], [("rooms.0.seats", 3)]

    assert wrong(plan=both) == []
    assert wrong(plan=both, school=small) == [
        "A1 has 3 seats, and 4 are needed at Jun 1, 2027, 09:00: Algebra exam.",
        "A1 has 3 seats, and 4 are needed at Jun 3, 2027, 09:00: Physics talk.",
        "A1 has 3 seats, and 4 are needed at Jun 4, 2027, 09:00: Essay, part 1 and Essay, part 2.",
    ]


def test_seats_are_counted_by_what_the_exam_says_and_for_people_without_names_too() -> None:
    assert wrong(school=[("exams.3.room", {"seats": 5})]) == [
        "A1 has 4 seats, and 5 are needed at Jun 4, 2027, 09:00: Essay, part 1.",
        "A3 has 4 seats, and 5 are needed at Jun 4, 2027, 09:00: Essay, part 2.",
    ]
    assert wrong(school=[("groups.0.size", 3)]) == ["E1 has 4 seats, and 6 are needed at Jun 7, 2027, 14:00: Summary."]


def test_a_student_with_a_room_of_their_own_is_alone_in_it() -> None:
    plan = [("sittings.0.candidates.2.room", "A1"), ("sittings.0.rooms", ["A1"])]

    assert wrong(plan=plan, school=[("rooms.0.features", ["quiet"]), ("rooms.0.seats", 5)]) == [
        "Vera is not alone in A1 at “Algebra exam” (Jun 1, 2027, 09:00)."
    ]


def test_no_other_exam_is_in_the_room_of_one_that_wants_its_own() -> None:
    school = [("exams.4.room", {"candidates": ["E1"]}), ("sessions.0.seats_per_student", 1)]

    assert wrong(plan=[("sittings.5", LAB_IN_E1)], school=school) == [
        "“Summary” is not alone in E1: “Laboratory” is there too (Jun 7, 2027, 14:00)."
    ]


def test_no_lesson_is_in_the_room_of_an_exam() -> None:
    thursday = sitting("sum", "2027-06-03T09:00", "10:00", site="east", rooms=["E1"])
    school = [("exams.5.together", []), ("exams.5.groups", []), ("exams.5.size", 2)]

    assert wrong(plan=[("sittings.6", thursday)], school=school) == [
        "E1 is taken by “Summary” and “the lesson Physics 9” at once (Jun 3, 2027, 09:50)."
    ]
