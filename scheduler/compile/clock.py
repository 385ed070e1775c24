"""The weeks of the cycle as minutes of one clock, and the ticks into which bells cut them."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from functools import cached_property
from itertools import accumulate, pairwise
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from scheduler.domain.base import WEEKDAYS
from scheduler.domain.calendar import cycle_number, monday
from solver.problem import Axis, Grid

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from scheduler.domain.calendar import BellSchedule, Term
    from scheduler.domain.people import Hours, Window

DAY = 24 * 60

Span = tuple[int, int]
"""From a minute of the cycle to another, the second not included."""


@dataclass(frozen=True, slots=True)
class Bells:
    """A bell schedule as it is rung in a time zone: what people live by."""

    schedule: BellSchedule
    zone: str

    def __hash__(self) -> int:
        return hash((self.schedule.id, self.zone))


def minutes_of(clock: time) -> int:
    """Minutes since midnight."""
    return clock.hour * 60 + clock.minute


def clock_of(minutes: int) -> time:
    """The time of day so many minutes after midnight, around the clock."""
    return time(minutes // 60 % 24, minutes % 60)


class Clock:
    """Minutes from the first Monday's midnight of the cycle in the term's zone; other zones are shifted.

    The offsets between zones are those at the term's beginning: where they change within a term, the term is to be cut
    there (`scheduler.domain.check` says so).
    """

    def __init__(self, term: Term) -> None:
        self.term = term
        self.weeks = term.cycle
        self.week_days = term.week_days
        self._noon = datetime.combine(term.first_day, time(12))
        self._shift: dict[str, int] = {}

    def shift(self, zone: str) -> int:
        """Minutes to add to a zone's own clock to get the cycle's."""
        if zone not in self._shift:
            here, there = (self._noon.replace(tzinfo=ZoneInfo(z)).utcoffset() for z in (self.term.time_zone, zone))
            self._shift[zone] = int(((here or timedelta()) - (there or timedelta())).total_seconds()) // 60
        return self._shift[zone]

    def minute(self, week: int, weekday: int, minutes: int, zone: str) -> int:
        """Return the minute of the cycle: week counted from 0, minutes since the zone's midnight."""
        return (week * 7 + weekday) * DAY + minutes + self.shift(zone)

    def spans(self, window: Window, zone: str) -> list[Span]:
        """Return when a window is open, through the whole cycle."""
        weekdays = [WEEKDAYS.index(day) for day in window.days] or range(7)
        weeks = [week - 1 for week in window.weeks if week <= self.weeks] if window.weeks else range(self.weeks)
        first = minutes_of(window.start) if window.start is not None else 0
        last = minutes_of(window.end) if window.end is not None else DAY
        return [
            (self.minute(week, weekday, first, zone), self.minute(week, weekday, last, zone))
            for week in weeks
            for weekday in weekdays
        ]


class Ticks:
    """The ticks: what lies between neighbouring cuts and is covered by something that may be held.

    Parameters
    ----------
    held
        When something may be held.
    cuts
        More minutes at which to cut: the beginnings and ends of periods by which people live.
    """

    def __init__(self, held: Iterable[Span], cuts: Iterable[int]) -> None:
        spans = set(held)
        points = sorted({*cuts, *(point for span in spans for point in span)})
        index = {point: position for position, point in enumerate(points)}
        change = [0] * (len(points) + 1)
        for first, last in spans:
            change[index[first]] += 1
            change[index[last]] -= 1
        covered = list(accumulate(change))
        kept = [pair for position, pair in enumerate(pairwise(points)) if covered[position]]
        self.start = [first for first, _ in kept]
        self.end = [last for _, last in kept]

    @cached_property
    def axis(self) -> Axis:
        """The engine's axis."""
        return Axis(tuple(self.start), tuple(self.end))

    def touched(self, span: Span) -> range:
        """Ticks that share a minute with the span."""
        return range(bisect_right(self.end, span[0]), bisect_left(self.start, span[1]))

    def of(self, spans: Iterable[Span]) -> frozenset[int]:
        """Ticks that share a minute with any of the spans."""
        return frozenset(tick for span in spans for tick in self.touched(span))

    def within(self, spans: Iterable[Span]) -> frozenset[int]:
        """Ticks that the spans together cover wholly."""
        merged: list[Span] = []
        for first, last in sorted(spans):
            if merged and first <= merged[-1][1]:
                merged[-1] = (merged[-1][0], max(last, merged[-1][1]))
            else:
                merged.append((first, last))
        return frozenset(
            tick
            for span in merged
            for tick in self.touched(span)
            if span[0] <= self.start[tick] and self.end[tick] <= span[1]
        )

    def closed(self, clock: Clock, hours: Sequence[Hours], zone: str) -> frozenset[int]:
        """Ticks at which somebody with such hours is not there, or something cannot be used."""
        there = [h for h in hours if h.available]
        shut = self.of(span for h in hours if not h.available for span in clock.spans(h, zone))
        if not there:
            return shut
        return shut | (frozenset(range(len(self.start))) - self.within(s for h in there for s in clock.spans(h, zone)))


def period_spans(clock: Clock, bells: Bells) -> list[list[Span]]:
    """Return for each day of the cycle when each period begins and ends."""
    return [
        [
            (
                clock.minute(week, weekday, minutes_of(bell.start), bells.zone),
                clock.minute(week, weekday, minutes_of(bell.end), bells.zone),
            )
            for bell in bells.schedule.periods
        ]
        for week in range(clock.weeks)
        for weekday in range(clock.week_days)
    ]


def grid_of(clock: Clock, ticks: Ticks, bells: Bells) -> Grid:
    """Return the days and periods of those who live by these bells."""
    periods = len(bells.schedule.periods)
    cell = [-1] * len(ticks.start)
    for day, spans in enumerate(period_spans(clock, bells)):
        for period, span in enumerate(spans):
            for tick in ticks.touched(span):
                cell[tick] = day * periods + period
    days = range(clock.weeks * clock.week_days)
    return Grid(
        periods=periods,
        cell=tuple(cell),
        week=tuple(day // clock.week_days for day in days),
        weekday=tuple(day % clock.week_days for day in days),
    )


def first_cycle(term: Term) -> datetime:
    """Return the midnight of the Monday on which the term's first cycle begins."""
    start = monday(term.first_day)
    while cycle_number(term, start - timedelta(days=7)) == 1:
        start -= timedelta(days=7)
    return datetime.combine(start, time(0))
