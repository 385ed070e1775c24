from solver.problem import Attendance
from solver.rules.load import FillDays, LimitConsecutive, LimitPerDay, LimitPerWeek
from tests.solver.rules.school import at, everybody, timetable, told


def test_four_online_lessons_use_more_than_the_screen_minutes_of_a_day() -> None:
    given = timetable([at(0, 0)], [at(0, 1)], [at(0, 3)], [at(1, 0)], attends=everybody(4))
    rule = LimitPerDay(amounts=tuple((a, 30) for a in range(4)), most=60, what="screen minutes")
    assert told(rule, given) == [(30, "resource 0 has 90 minutes at a screen on day 0, not at most 60.")]


def test_only_the_limited_day_must_have_its_lessons() -> None:
    given = timetable([at(2, 0)], attends=everybody(1))
    rule = LimitPerDay(amounts=((0, 1),), least=2, days=(2,))
    assert told(rule, given) == [(1, "resource 0 has 1 lesson on day 2, not at least 2.")]


def test_weeks_are_limited_each_by_itself() -> None:
    every_week = [at(0, 0), at(5, 0)]
    given = timetable(every_week, [at(1, 0)], [at(2, 0)], attends=everybody(3), weeks=2)
    rule = LimitPerWeek(amounts=((0, 1), (1, 1), (2, 1)), most=2, least=2)
    assert told(rule, given) == [
        (1, "resource 0 has 3 lessons in week 1, not at most 2."),
        (1, "resource 0 has 1 lesson in week 2, not at least 2."),
    ]


def test_a_section_not_picked_is_no_load() -> None:
    given = timetable([at(0, 0)], [at(1, 0)], attends=[Attendance(0, 0, (0, 0)), Attendance(1, 0, (0, 1))], picks=[1])
    rule = LimitPerWeek(amounts=((0, 7), (1, 9)), most=8, what="points")
    assert told(rule, given) == [(1, "resource 0 has 9 points of difficulty in week 1, not at most 8.")]


def test_five_periods_in_a_row_are_two_more_than_three() -> None:
    given = timetable([at(0, p) for p in range(5)], [at(1, 0)], [at(1, 2)], attends=everybody(3))
    assert told(LimitConsecutive(resources=(0,), most=3), given) == [
        (2, "resource 0 is busy for 5 periods in a row on day 0, not at most 3.")
    ]


def test_only_the_events_named_make_a_run() -> None:
    given = timetable([at(0, 0), at(0, 1)], [at(0, 2)], [at(0, 3), at(0, 4)], attends=everybody(3))
    assert told(LimitConsecutive(resources=(0,), most=1, among=(0, 2)), given) == [
        (1, "resource 0 is busy for 2 periods in a row on day 0, not at most 1."),
        (1, "resource 0 is busy for 2 periods in a row on day 0, not at most 1."),
    ]


def test_nobody_comes_for_one_lesson() -> None:
    given = timetable([at(0, 0)], [at(1, 0)], [at(1, 3)], attends=everybody(3))
    assert told(FillDays(resources=(0,), least=2), given) == [
        (1, "resource 0 comes on day 0 for 1 period, not for at least 2.")
    ]
