from solver.rules.days import EndBy, LimitDays, LimitSpan, StartEarly
from tests.solver.rules.school import at, everybody, timetable, told


def test_a_third_day_of_a_week_is_one_too_many() -> None:
    given = timetable([at(0, 0)], [at(2, 0)], [at(4, 0)], [at(5, 0)], attends=everybody(4), weeks=2)
    assert told(LimitDays(resources=(0,), most=2), given) == [
        (1, "resource 0 is busy on 3 days (day 0, day 2, day 4), not on at most 2.")
    ]


def test_only_days_with_late_lessons_are_counted() -> None:
    given = timetable([at(0, 0)], [at(1, 4)], [at(2, 3)], [at(3, 5)], attends=everybody(4))
    assert told(LimitDays(resources=(0,), most=0, first=3, last=4), given) == [
        (2, "resource 0 is busy on 2 days (day 1, day 2), not on at most 0.")
    ]
    assert told(LimitDays(resources=(0,), most=2, first=3), given) == [
        (1, "resource 0 is busy on 3 days (day 1, day 2, day 3), not on at most 2.")
    ]
    rule = LimitDays(resources=(0,), most=1, first=3, last=4)
    assert str(rule.say()) == "Nobody is busy on more than 1 day a week. Only periods 4 to 5 are counted."


def test_each_week_must_have_its_days() -> None:
    given = timetable([at(0, 0)], [at(1, 0)], [at(5, 0)], attends=everybody(3), weeks=2)
    assert told(LimitDays(resources=(0,), least=2), given) == [
        (1, "resource 0 is busy on 1 day of day 5, day 6, day 7, day 8, day 9, not on at least 2.")
    ]


def test_two_late_starts_a_week_are_one_more_than_allowed() -> None:
    given = timetable([at(0, 2)], [at(1, 1)], [at(1, 3)], [at(3, 0)], attends=everybody(4))
    assert told(StartEarly(resources=(0,), most=1), given) == [
        (1, "resource 0 starts after period 1 on 2 days (day 0, day 1), not at most 1.")
    ]


def test_periods_that_are_shut_are_not_counted_before_the_first_lesson() -> None:
    given = timetable([at(0, 2)], [at(1, 2)], [at(2, 1)], attends=everybody(3))
    shut = frozenset({at(0, 0), at(0, 1), at(1, 1), at(2, 3)})
    assert told(StartEarly(resources=(0,), shut=shut), given) == [
        (2, "resource 0 starts after period 1 on 2 days (day 1, day 2), not at most 0.")
    ]


def test_on_one_day_it_may_be_one_period_more() -> None:
    given = timetable(
        [at(0, 0)], [at(0, 3)], [at(1, 0)], [at(1, 2)], [at(2, 1), at(2, 2), at(2, 3)], attends=everybody(5)
    )
    assert told(LimitSpan(resources=(0,), most=2), given) == [
        (1, "resource 0 is there for 3 periods on day 1, not for at most 2."),
        (1, "resource 0 is there for 3 periods on day 2, not for at most 2."),
        (2, "resource 0 is there for 4 periods on day 0, not for at most 2."),
    ]
    assert told(LimitSpan(resources=(0,), most=2, longer=1), given) == [
        (1, "resource 0 is there for 3 periods on day 2, not for at most 2."),
        (2, "resource 0 is there for 4 periods on day 0, not for at most 2."),
    ]
    assert told(LimitSpan(resources=(0,), most=2, longer=3), given) == [
        (1, "resource 0 is there for 4 periods on day 0, not for at most 3."),
    ]


def test_a_lesson_that_runs_into_the_evening_is_too_late() -> None:
    given = timetable([at(0, 4), at(0, 5)], [at(1, 4)], attends=everybody(2))
    evenings = frozenset(at(day, 5) for day in range(5))
    assert told(EndBy(resources=(0,), ticks=evenings), given) == [
        (1, "event 0 goes on too late for resource 0: at tick 5.")
    ]
