"""Real dates as minutes of one clock."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from functools import cached_property
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from scheduler.compile.clock import DAY, Span
from scheduler.domain.base import WEEKDAYS
from scheduler.domain.calendar import cycle_week, dates
from solver.problem import Grid

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from scheduler.compile.clock import Ticks
    from scheduler.domain.calendar import Term
    from scheduler.domain.people import Availability, Hours, Window


class DatedClock:
    """Minutes since the midnight before the first date, by the term's zone; times of other zones by their offsets on the date."""

    def __init__(self, term: Term, first: date, last: date) -> None:
        self.term = term
        self.first, self.last = first, last
        self._base = datetime.combine(first, time(0), ZoneInfo(term.time_zone)).astimezone(UTC)
        self._midnights: dict[tuple[date, str], int] = {}

    @cached_property
    def dates(self) -> tuple[date, ...]:
        """Every date, also those on which nothing can be held."""
        return tuple(dates(self.first, self.last))

    def minute(self, day: date, clock: time, zone: str | None = None) -> int:
        """Return the minute of a time of day on a date in a zone; the term's unless told."""
        return self._midnight(day, zone or self.term.time_zone) + clock.hour * 60 + clock.minute

    def _midnight(self, day: date, zone: str) -> int:
        found = self._midnights.get((day, zone))
        if found is None:
            # Counted from noon, lest a night in which clocks are put forward or back move the whole day.
            noon = datetime.combine(day, time(12), ZoneInfo(zone)).astimezone(UTC)
            found = self._midnights[day, zone] = (noon - self._base) // timedelta(minutes=1) - 12 * 60
        return found

    def of(self, moment: datetime) -> int:
        """Return the minute of an instant."""
        return (moment.astimezone(UTC) - self._base) // timedelta(minutes=1)

    def moment(self, minute: int, zone: str | None = None) -> datetime:
        """Return the instant of a minute, told in a zone."""
        return (self._base + timedelta(minutes=minute)).astimezone(ZoneInfo(zone or self.term.time_zone))

    def date_of(self, minute: int) -> date:
        """Return the date of a minute in the term's zone."""
        return self.moment(minute).date()

    def day_of(self, minute: int) -> int:
        """Return the number of the date, counted from 0 at the first."""
        return (self.date_of(minute) - self.first).days

    def spans(self, window: Window, zone: str) -> Iterator[Span]:
        """Yield when a window of the week is open, on all dates and the two around them, which other zones may reach."""
        first = window.start or time(0)
        for day in dates(self.first - timedelta(days=1), self.last + timedelta(days=1)):
            if window.days and WEEKDAYS[day.weekday()] not in window.days:
                continue
            if window.weeks and cycle_week(self.term, day) not in window.weeks:
                continue
            end = self._midnight(day, zone) + DAY if window.end is None else self.minute(day, window.end, zone)
            yield self.minute(day, first, zone), end

    def away(self, availability: Availability, zone: str) -> Iterator[Span]:
        """Yield when somebody is away by date."""
        for absence in availability.dated:
            for day in dates(max(absence.first, self.first), min(absence.last, self.last)):
                end = self._midnight(day, zone) + DAY if absence.end is None else self.minute(day, absence.end, zone)
                yield self.minute(day, absence.start or time(0), zone), end

    def closed(self, ticks: Ticks, hours: Iterable[Hours], zone: str) -> frozenset[int]:
        """Return the ticks at which somebody with such hours is not there, or something cannot be used."""
        there = [h for h in hours if h.available]
        shut = ticks.of(span for h in hours if not h.available for span in self.spans(h, zone))
        if not there:
            return shut
        return shut | (frozenset(range(len(ticks.start))) - ticks.within(s for h in there for s in self.spans(h, zone)))


def grid_of(clock: DatedClock, ticks: Ticks, starts: Iterable[int]) -> Grid:
    """Return the days and periods of sessions: every date a day, and a period from each start of the day to the next.

    The periods of all days are alike: by the times of day, in the term's zone, at which anything may start.
    """
    midnights = [clock.minute(day, time(0)) for day in clock.dates]
    day_of = [clock.day_of(tick) for tick in ticks.start]
    clocks = sorted({start - midnights[day] for start in starts if 0 <= (day := clock.day_of(start)) < len(midnights)})
    periods = max(1, len(clocks))
    cell = []
    for tick, day in enumerate(day_of):
        inside = 0 <= day < len(midnights)
        passed = sum(at <= ticks.start[tick] - midnights[day] for at in clocks) if inside else 0
        cell.append(day * periods + max(0, passed - 1) if inside else -1)
    monday = clock.first.weekday()
    return Grid(
        periods=periods,
        cell=tuple(cell),
        week=tuple((monday + day) // 7 for day in range(len(midnights))),
        weekday=tuple(day.weekday() for day in clock.dates),
    )
