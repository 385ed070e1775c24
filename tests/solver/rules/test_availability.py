from solver.problem import Attendance
from solver.rules.availability import PreferTimes, RespectAvailability
from tests.solver.rules.school import at, everybody, timetable, told


def test_a_double_lesson_that_runs_into_an_absence_counts_once() -> None:
    given = timetable([at(2, 3), at(2, 4)], [at(3, 0)], attends=everybody(2))
    rule = RespectAvailability(resources=(0,), ticks=frozenset({at(2, 4), at(2, 5)}))
    assert told(rule, given) == [(1, "resource 0 is not available at tick 16, when event 0 is held.")]


def test_a_teacher_who_is_not_picked_may_be_away() -> None:
    rule = RespectAvailability(resources=(0,), ticks=frozenset({at(0, 0)}))
    attends = [Attendance(0, 0, given=(0, 1))]
    assert told(rule, timetable([at(0, 0)], attends=attends, picks=[0])) == []
    assert told(rule, timetable([at(0, 0)], attends=attends, picks=[1])) == [
        (1, "resource 0 is not available at tick 0, when event 0 is held.")
    ]


def test_an_event_with_one_foot_outside_the_preferred_times_counts() -> None:
    given = timetable([at(0, 1), at(0, 2)], [at(0, 1)], [])
    rule = PreferTimes(events=(0, 1, 2), ticks=frozenset({at(0, 0), at(0, 1)}))
    assert told(rule, given) == [(1, "event 0 is held at tick 2, not at a preferred time.")]


def test_a_weekly_event_that_meets_an_avoided_time_in_one_week_counts_once() -> None:
    given = timetable([at(4, 5), at(9, 5)], [at(4, 4)], weeks=2)
    rule = PreferTimes(events=(0, 1), ticks=frozenset({at(9, 5)}), avoided=True)
    assert told(rule, given) == [(1, "event 0 is held at tick 59, which is to be avoided.")]


def test_where_only_the_beginning_is_meant_the_rest_may_lie_outside() -> None:
    given = timetable([at(0, 1), at(0, 2)], [at(0, 0), at(0, 1)], [])
    ticks = frozenset({at(0, 1)})
    assert told(PreferTimes(events=(0, 1, 2), ticks=ticks, starts=True), given) == [
        (1, "event 1 begins at tick 0, not at a preferred time.")
    ]
    assert told(PreferTimes(events=(0, 1, 2), ticks=ticks, starts=True, avoided=True), given) == [
        (1, "event 0 begins at tick 1, which is to be avoided.")
    ]


def test_where_each_time_counts_a_double_lesson_outside_counts_twice() -> None:
    given = timetable([at(0, 1), at(0, 2)], [at(0, 0), at(0, 1)])
    assert told(PreferTimes(events=(0, 1), ticks=frozenset({at(0, 0)}), each=True), given) == [
        (2, "event 0 is held at tick 1, not at a preferred time."),
        (1, "event 1 is held at tick 1, not at a preferred time."),
    ]
