"""Sets of minutes against the plain definition, minute by minute."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from hypothesis import given, settings
from hypothesis import strategies as st

from scheduler.domain.calendar import Term, cycle_week
from scheduler.domain.people import Availability, Dates, Hours
from scheduler.operations.consult.minutes import DAY, Clocks, between, listed, touching, within
from scheduler.operations.facts.presence import Person, is_away, is_open

TERM = Term(first_day=date(2026, 9, 1), last_day=date(2026, 12, 29), cycle=2, anchor=date(2026, 8, 31))
MINUTES = st.integers(-200, DAY + 200)
SPANS = st.tuples(MINUTES, st.integers(1, 300)).map(lambda pair: (pair[0], pair[0] + pair[1]))
CLOCKS = st.integers(0, DAY - 1).map(lambda minute: time(minute // 60, minute % 60))


def test_minutes_outside_a_date_are_left_out() -> None:
    assert list(listed(between(-5, 3))) == [0, 1, 2]
    assert list(listed(between(DAY - 2, DAY + 9))) == [DAY - 2, DAY - 1]
    assert between(5, 5) == between(-9, -3) == 0


@settings(deadline=None)
@given(span=SPANS, length=st.integers(1, 120), apart=st.integers(0, 30))
def test_what_starts_then_shares_a_minute_with_a_span_or_comes_too_near(
    span: tuple[int, int], length: int, apart: int
) -> None:
    near = {start for start in range(DAY) if start < span[1] + apart and span[0] < start + length + apart}

    assert set(listed(touching(span, length, apart))) == near


@settings(deadline=None)
@given(spans=st.lists(SPANS, max_size=4), length=st.integers(1, 120))
def test_what_lies_within_spans_lies_in_minutes_that_they_cover_together(
    spans: list[tuple[int, int]], length: int
) -> None:
    covered = {minute for first, end in spans for minute in range(first, end)}
    wholly = {start for start in range(DAY) if all(m in covered for m in range(start, start + length))}

    assert set(listed(within(spans, length))) == wholly


@st.composite
def _hours(draw: st.DrawFn) -> Hours:
    start, end = sorted(draw(st.tuples(CLOCKS, CLOCKS)))
    days = draw(st.sampled_from([(), ("mon",), ("tue", "wed")]))
    weeks = draw(st.sampled_from([(), (1,), (2,)]))
    timed = draw(st.booleans()) and start < end
    return Hours(
        days=days,
        weeks=weeks,
        start=start if timed else None,
        end=end if timed else None,
        available=draw(st.booleans()),
    )


@settings(deadline=None)
@given(
    hours=st.lists(_hours(), max_size=3),
    day=st.dates(date(2026, 9, 7), date(2026, 9, 17)),
    zone=st.sampled_from(["Europe/Moscow", "Asia/Yekaterinburg", "Europe/Kaliningrad"]),
    length=st.integers(5, 90),
)
def test_weekly_hours_by_the_clock_of_a_zone_are_read_as_the_facts_read_them(
    hours: list[Hours], day: date, zone: str, length: int
) -> None:
    """Where something would end after the zone's midnight, both of its days are looked at; the facts look at the first."""
    clocks = Clocks(TERM)
    free = clocks.open(day, hours, zone, length)
    for start in range(0, DAY, 7):
        first = clocks.instant(day, start, zone)
        last = first + timedelta(minutes=length)
        if last.date() == first.date():
            assert bool(free >> start & 1) == is_open(hours, first, last, cycle_week(TERM, first.date())), first


@settings(deadline=None)
@given(
    first=st.dates(date(2026, 9, 7), date(2026, 9, 9)),
    days=st.integers(0, 2),
    clocks=st.none() | st.tuples(CLOCKS, CLOCKS).filter(lambda pair: pair[0] < pair[1]),
    zone=st.sampled_from(["Europe/Moscow", "Asia/Yekaterinburg"]),
)
def test_an_absence_by_date_takes_the_same_starts_as_in_the_facts(
    first: date, days: int, clocks: tuple[time, time] | None, zone: str
) -> None:
    start, end = clocks or (None, None)
    absence = Dates(first=first, last=first + timedelta(days=days), start=start, end=end)
    day, length, told = date(2026, 9, 9), 40, Clocks(TERM)
    away = told.away(day, [absence], zone, length)
    person = Person("Anna", zone, None, Availability(dated=(absence,)))
    for minute in range(0, DAY, 11):
        at = told.instant(day, minute, zone)
        until = at + timedelta(minutes=length)
        if until.date() == at.date():
            assert bool(away >> minute & 1) == is_away(person, at, until), at


def test_a_day_on_which_clocks_are_put_back_is_counted_in_minutes_that_pass() -> None:
    term = Term(time_zone="Europe/Berlin", first_day=date(2026, 10, 1), last_day=date(2026, 11, 1))
    clocks, day = Clocks(term), date(2026, 10, 25)
    at_nine = datetime(2026, 10, 25, 9, tzinfo=ZoneInfo("Europe/Berlin"))

    assert clocks.minute(day, at_nine) == 10 * 60
    assert clocks.instant(day, 600) == at_nine
    assert clocks.clock(day, time(9), "Europe/Berlin") == 600
