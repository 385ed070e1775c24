from solver.problem import Attendance
from solver.rules.order import After, Before, DifferentTime, HoldLast, LeaveGaps, SameTime
from tests.solver.rules.school import at, everybody, timetable, told


def test_a_single_lesson_within_a_double_one_is_at_the_same_time() -> None:
    given = timetable([at(0, 0), at(0, 1)], [at(0, 1)], [at(0, 2)], [])
    assert told(SameTime(events=(0, 1, 3)), given) == []
    assert told(SameTime(events=(0, 1, 2)), given) == [
        (1, "event 0 and event 2 are not held at the same time."),
        (1, "event 1 and event 2 are not held at the same time."),
    ]


def test_events_begin_together_or_on_one_day_or_in_one_period() -> None:
    given = timetable([at(0, 1), at(0, 2)], [at(0, 1)], [at(0, 2)], [at(2, 1)], [])
    assert told(SameTime(events=(0, 1, 4), of="start"), given) == []
    assert told(SameTime(events=(0, 2), of="start"), given) == [
        (1, "event 0 and event 2 do not begin at the same time.")
    ]
    assert told(SameTime(events=(0, 1, 2, 4), of="day"), given) == []
    assert told(SameTime(events=(2, 3), of="day"), given) == [(1, "event 2 and event 3 are not held on the same day.")]
    assert told(SameTime(events=(0, 1, 3, 4), of="period"), given) == []
    assert told(SameTime(events=(2, 3), of="period"), given) == [
        (1, "event 2 and event 3 do not begin in the same period of the day.")
    ]


def test_two_events_that_share_a_period_are_not_at_different_times() -> None:
    given = timetable([at(0, 0), at(0, 1)], [at(0, 1)], [at(0, 2)])
    assert told(DifferentTime(events=(0, 1, 2)), given) == [(1, "event 0 and event 1 are both held at tick 1.")]


def test_an_exam_is_held_after_its_consultation() -> None:
    given = timetable([at(2, 0)], [at(2, 0), at(2, 1)], [at(3, 0)])
    assert told(Before(events=(0,), others=(1, 2)), given) == [(1, "event 0 is not held before event 1.")]
    assert told(After(events=(1, 2), others=(0,)), given) == [(1, "event 0 is not held before event 1.")]


def test_weekly_events_are_compared_within_a_week() -> None:
    monday, tuesday = [at(0, 0), at(5, 0)], [at(1, 0), at(6, 0)]
    given = timetable(monday, tuesday, weeks=2)
    assert told(Before(events=(0,), others=(1,)), given) == []
    assert told(Before(events=(1,), others=(0,)), given) == [(1, "event 1 is not held before event 0.")]


def test_what_is_not_held_keeps_the_order() -> None:
    assert told(Before(events=(0,), others=(1,)), timetable([], [at(0, 0)])) == []
    assert told(Before(events=(1,), others=(0,)), timetable([], [at(0, 0)])) == []


def test_an_order_that_is_asked_only_for_one_day() -> None:
    given = timetable([at(1, 3)], [at(1, 1)], [at(0, 4)])
    assert told(Before(events=(0,), others=(1, 2), same_day=True), given) == [
        (1, "event 0 is not held before event 1.")
    ]
    assert told(After(events=(1, 2), others=(0,), same_day=True), given) == [(1, "event 0 is not held before event 1.")]


def test_two_events_of_a_day_begin_a_period_too_early_for_their_gap() -> None:
    given = timetable([at(0, 0), at(0, 1)], [at(0, 3)], [at(1, 2)], [at(0, 1)])
    assert told(LeaveGaps(events=(0, 1, 2), least=2), given) == [
        (1, "event 0 and event 1 have 1 period between them on day 0, not at least 2.")
    ]
    assert told(LeaveGaps(events=(0, 3), least=1), given) == [
        (2, "event 0 and event 3 have 0 periods between them on day 0, not at least 1.")
    ]


def test_nothing_comes_after_what_ends_the_day() -> None:
    attends = [*everybody(4), *everybody(4, 1), Attendance(4, 2)]
    given = timetable([at(0, 2)], [at(0, 4)], [at(0, 1)], [at(1, 5)], [at(0, 5)], attends=attends)
    assert told(HoldLast(events=(0, 3), resources=(0, 1, 2)), given) == [
        (1, "resource 0 attends event 1 on day 0 after event 0, which is to be the last.")
    ]


def test_nobody_is_kept_by_what_they_do_not_attend() -> None:
    attends = [Attendance(0, 0), Attendance(1, 0, given=(0, 1))]
    rule = HoldLast(events=(0,), resources=(0,))
    assert told(rule, timetable([at(0, 2)], [at(0, 4)], attends=attends, picks=[0])) == []
    assert [a for a, _ in told(rule, timetable([at(0, 2)], [at(0, 4)], attends=attends, picks=[1]))] == [1]
