from solver.rules.spread import SpreadOverDays
from tests.solver.rules.school import at, timetable, told


def test_three_lessons_on_two_days_miss_one_day() -> None:
    given = timetable([at(0, 0)], [at(0, 1)], [at(3, 0)])
    assert told(SpreadOverDays(events=(0, 1, 2), days=3), given) == [
        (1, "event 0 and the course's other events fall on 2 days of day 0, day 1, day 2, day 3, day 4, not on 3.")
    ]


def test_two_weekly_lessons_on_one_weekday_miss_a_day_in_every_week() -> None:
    weekly = [at(1, 0), at(6, 0)], [at(1, 1), at(6, 1)]
    given = timetable(*weekly, weeks=2)
    assert [amount for amount, _ in told(SpreadOverDays(events=(0, 1), days=2), given)] == [1, 1]
    assert told(SpreadOverDays(events=(0, 1), days=2, within="cycle"), given) == []


def test_neighbouring_days_are_not_two_days_apart() -> None:
    given = timetable([at(0, 0)], [at(1, 0)], [at(3, 0)])
    assert told(SpreadOverDays(events=(0, 1, 2), apart=2), given) == [
        (1, "event 0 and event 1 lie 1 day apart, not at least 2.")
    ]


def test_a_weekend_counts_among_the_days_apart() -> None:
    friday, monday = [at(4, 0)], [at(5, 0)]
    given = timetable(friday, monday, weeks=2)
    assert told(SpreadOverDays(events=(0, 1), apart=3), given) == []
    assert told(SpreadOverDays(events=(0, 1), apart=4), given) == [
        (1, "event 0 and event 1 lie 3 days apart, not at least 4.")
    ]


def test_three_lessons_on_a_day_are_one_more_than_two() -> None:
    given = timetable([at(0, 0), at(0, 1)], [at(0, 2)], [at(0, 3)])
    assert told(SpreadOverDays(events=(0, 1, 2), most=2), given) == [
        (1, "3 events of a course fall on day 0, not at most 2: event 0, event 1, event 2.")
    ]


def test_events_four_days_apart_are_two_beyond_the_reach_of_two() -> None:
    given = timetable([at(0, 0)], [at(4, 0)], [at(2, 0)])
    assert told(SpreadOverDays(events=(0, 1, 2), reach=2), given) == [
        (2, "event 0 and event 1 lie 4 days apart, not at most 2.")
    ]


def test_what_meets_every_week_lies_as_near_as_its_nearest_meetings() -> None:
    given = timetable([at(0, 0), at(5, 0)], [at(1, 0), at(6, 0)], weeks=2)
    assert told(SpreadOverDays(events=(0, 1), reach=1), given) == []
    assert [amount for amount, _ in told(SpreadOverDays(events=(0, 1), reach=0), given)] == [1]
