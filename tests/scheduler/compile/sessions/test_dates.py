"""Real dates as minutes of one clock: zones, nights in which clocks are changed, weeks of the cycle, days and periods."""

from __future__ import annotations

from datetime import date, time

from hypothesis import given
from hypothesis import strategies as st

from scheduler.compile.clock import DAY, Ticks
from scheduler.compile.sessions.dates import DatedClock, grid_of
from scheduler.domain.calendar import Term, dates
from scheduler.domain.people import Availability, Dates, Hours, Window
from solver.problem import Grid

MOSCOW, KAMCHATKA, BERLIN = "Europe/Moscow", "Asia/Kamchatka", "Europe/Berlin"
FIRST, LAST = date(2027, 6, 1), date(2027, 6, 4)
TERM = Term(time_zone=MOSCOW, first_day=date(2027, 1, 11), last_day=date(2027, 6, 30), cycle=2)
CLOCK = DatedClock(TERM, FIRST, LAST)


def berlin(first: date, last: date) -> DatedClock:
    return DatedClock(Term(time_zone=BERLIN, first_day=first, last_day=last), first, last)


def test_a_time_of_day_elsewhere_is_told_by_the_clock_of_the_term() -> None:
    assert CLOCK.minute(FIRST, time(9)) == 9 * 60
    assert CLOCK.minute(FIRST, time(9), KAMCHATKA) == 0
    assert CLOCK.minute(FIRST, time(8), KAMCHATKA) == -60
    assert f"{CLOCK.moment(-60, KAMCHATKA):%d.%m %H:%M %z}" == "01.06 08:00 +1200"
    assert f"{CLOCK.moment(-60):%d.%m %H:%M %z}" == "31.05 23:00 +0300"


def test_a_night_in_which_clocks_are_put_forward_is_an_hour_shorter() -> None:
    clock = berlin(date(2027, 3, 27), date(2027, 3, 29))

    assert clock.minute(date(2027, 3, 28), time(1, 30)) == DAY + 90
    assert clock.minute(date(2027, 3, 28), time(9)) == DAY + 8 * 60
    assert clock.midnight_after(date(2027, 3, 28)) == 2 * DAY - 60
    assert f"{clock.moment(DAY + 8 * 60):%d.%m %H:%M}" == "28.03 09:00"


def test_whoever_is_away_for_a_day_with_changed_clocks_is_so_for_25_hours() -> None:
    clock = berlin(date(2027, 10, 30), date(2027, 11, 1))
    away = Availability(dated=(Dates(first=date(2027, 10, 31), last=date(2027, 10, 31)),))

    assert list(clock.away(away, BERLIN)) == [(DAY, DAY + 25 * 60)]


@given(
    st.sampled_from([MOSCOW, KAMCHATKA, BERLIN]),
    st.sampled_from(list(dates(date(2027, 3, 26), date(2027, 3, 30)))),
    st.integers(4 * 60, DAY - 1),
)
def test_a_time_by_day_is_told_back_as_it_was(zone: str, day: date, minute: int) -> None:
    clock = berlin(date(2027, 3, 26), date(2027, 3, 30))
    at = time(*divmod(minute, 60))

    told = clock.moment(clock.minute(day, at, zone), zone)

    assert (told.date(), told.time()) == (day, at)


def test_a_window_of_one_week_of_the_cycle_is_open_in_that_week_only() -> None:
    clock = DatedClock(TERM, date(2027, 1, 11), date(2027, 1, 31))
    window = Window(days=("tue",), weeks=(2,), start=time(10), end=time(12))

    opened = [
        f"{clock.moment(start):%d.%m %H:%M}-{clock.moment(end):%H:%M}" for start, end in clock.spans(window, MOSCOW)
    ]

    assert opened == ["19.01 10:00-12:00"]


def test_who_is_there_in_the_morning_but_on_wednesdays_is_not_there_at_any_other_time() -> None:
    ticks = Ticks([(day * DAY + 60 * hour, day * DAY + 60 * hour + 60) for day in range(4) for hour in (9, 11, 13)], ())
    hours = (Hours(start=time(9), end=time(12)), Hours(available=False, days=("wed",)))

    closed = [f"{CLOCK.moment(ticks.start[tick]):%a %H}" for tick in sorted(CLOCK.closed(ticks, hours, MOSCOW))]

    assert closed == ["Tue 13", "Wed 09", "Wed 11", "Wed 13", "Thu 13", "Fri 13"]


def test_an_absence_is_told_by_the_clock_of_whoever_is_away() -> None:
    away = Availability(dated=(Dates(first=date(2027, 6, 2), last=date(2027, 6, 9), start=time(9), end=time(10)),))

    told = [f"{CLOCK.moment(start):%d.%m %H:%M}" for start, _ in CLOCK.away(away, KAMCHATKA)]

    assert told == ["02.06 00:00", "03.06 00:00", "04.06 00:00", "05.06 00:00"]


def test_dates_that_only_another_zone_has_are_among_the_days() -> None:
    ticks = Ticks([(60, 120), (3 * DAY + 21 * 60, 4 * DAY - 60)], ())

    assert CLOCK.dates(ticks, [MOSCOW]) == tuple(dates(FIRST, LAST))
    assert CLOCK.dates(ticks, [MOSCOW, KAMCHATKA]) == tuple(dates(FIRST, date(2027, 6, 5)))


def test_each_zone_has_its_own_days_and_a_period_from_each_start_to_the_next() -> None:
    spans = [(DAY - 60, DAY + 60), (DAY + 5 * 60, DAY + 7 * 60)]  # at 8 and 14 o'clock of Wednesday in Kamchatka
    ticks = Ticks(spans, ())
    days = tuple(dates(FIRST, LAST))

    here, there = (grid_of(CLOCK, days, ticks, [start for start, _ in spans], zone) for zone in (MOSCOW, KAMCHATKA))

    assert (here.cell, here.days) == ((1, 2), 4)
    assert there == Grid(2, (2, 3), week=(0, 0, 0, 0), weekday=(1, 2, 3, 4))
