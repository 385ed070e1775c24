from solver.rules.gaps import AvoidGaps, CompactCurricula, LunchBreak
from tests.solver.rules.school import at, everybody, timetable, told


def test_a_lesson_alone_on_its_day_is_isolated_and_two_in_a_row_are_not() -> None:
    given = timetable([at(0, 0)], [at(1, 2)], [at(1, 3)], [at(1, 5)], attends=everybody(4))
    assert told(CompactCurricula(resources=(0,)), given) == [
        (1, "resource 0 has 1 lesson on day 0 with nothing right before or after it."),
        (1, "resource 0 has 1 lesson on day 1 with nothing right before or after it."),
    ]


def test_three_gaps_a_week_are_one_more_than_two() -> None:
    given = timetable([at(0, 0)], [at(0, 3)], [at(2, 1)], [at(2, 3)], attends=everybody(4))
    assert told(AvoidGaps(resources=(0,), most=2, within="week"), given) == [
        (1, "resource 0 has 3 free periods between lessons (day 0, day 2), not at most 2.")
    ]
    assert told(AvoidGaps(resources=(0,), most=2), given) == []


def test_a_break_between_lessons_is_no_gap() -> None:
    given = timetable([at(0, 0)], [at(0, 3)], [at(1, 0)], [at(1, 2)], attends=everybody(4))
    breaks = frozenset(at(day, 2) for day in range(5)) | {at(1, 1)}
    assert told(AvoidGaps(resources=(0,), shut=breaks), given) == [
        (1, "resource 0 has 1 free period between lessons (day 0), not at most 0.")
    ]


def test_a_gap_of_a_weekly_event_counts_in_every_week() -> None:
    given = timetable([at(0, 0), at(5, 0)], [at(0, 2), at(5, 2)], attends=everybody(2), weeks=2)
    assert told(AvoidGaps(resources=(0,), within="cycle"), given) == [
        (2, "resource 0 has 2 free periods between lessons (day 0, day 5), not at most 0.")
    ]


def test_lessons_through_noon_leave_no_lunch() -> None:
    given = timetable([at(0, 2)], [at(0, 3)], [at(0, 4)], [at(1, 2)], [at(1, 3)], attends=everybody(5))
    assert told(LunchBreak(resources=(0,), first=2, last=4), given) == [
        (1, "resource 0 has 0 free periods for lunch on day 0, not at least 1.")
    ]
