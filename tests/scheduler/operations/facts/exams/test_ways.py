"""Nobody is at two places too soon after one another."""

from tests.scheduler.operations.facts.exams.summer import Changes, wrong

WAY: Changes = [("travel", [{"a": "main", "b": "east", "minutes": 45}])]

# On June 7 Dina has her laboratory at Main until three.
LESSON_AT_EAST: Changes = [
    ("pattern.1.students", ["dina"]),
    ("pattern.1.groups", []),
    ("pattern.1.teachers", []),
    ("occurrences.1.start", "2027-06-07T15:44+03:00"),
    ("occurrences.1.end", "2027-06-07T16:24+03:00"),
]


def test_a_lesson_elsewhere_begins_when_the_way_there_is_done() -> None:
    later = [*LESSON_AT_EAST, ("occurrences.1.start", "2027-06-07T15:45+03:00")]

    assert wrong(school=WAY, timetable=later) == []
    assert wrong(school=WAY, timetable=LESSON_AT_EAST) == [
        "Dina has 44 minutes between “Laboratory” and “the lesson Physics 9” (Jun 7, 2027, 15:44), and the way takes 45."
    ]


def test_a_session_may_take_the_way_for_a_wish() -> None:
    wish = ("sessions.0.rules", [{"id": "travel", "rule": "AllowTravel", "weight": 1}])

    assert wrong(school=[*WAY, wish], timetable=LESSON_AT_EAST) == []
