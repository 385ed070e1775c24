"""Real dates as minutes of one clock."""

from __future__ import annotations

from bisect import bisect_right
from datetime import UTC, date, datetime, time, timedelta
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from scheduler.domain.base import WEEKDAYS
from scheduler.domain.calendar import cycle_week, dates, instant
from solver.problem import Grid

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from scheduler.compile.clock import Span, Ticks
    from scheduler.domain.calendar import Term
    from scheduler.domain.people import Availability, Dates, Hours, Window

MIDNIGHT = time(0)


class DatedClock:
    """Minutes since the midnight before the first date, by the term's zone; those of other zones by their offsets on a date.

    Attributes
    ----------
    first, last : date
        The dates on which something may be held, by the clock of whoever holds it.
    """

    def __init__(self, term: Term, first: date, last: date) -> None:
        self.term = term
        self.first, self.last = first, last
        self._reached = first - timedelta(days=1), last + timedelta(days=1)
        """With the two dates around, which other zones may reach."""
        self._base = instant(first, MIDNIGHT, term.time_zone).astimezone(UTC)
        self._known: dict[tuple[date, time, str], int] = {}

    def zone(self, zone: str | None) -> str:
        """Return a zone; the term's where there is none."""
        return zone or self.term.time_zone

    def minute(self, day: date, clock: time, zone: str | None = None) -> int:
        """Return the minute of a time of day on a date in a zone; the term's unless told."""
        key = day, clock, self.zone(zone)
        if key not in self._known:
            self._known[key] = self.of(instant(*key))
        return self._known[key]

    def midnight_after(self, day: date, zone: str | None = None) -> int:
        """Return the minute at which a date ends in a zone; the term's unless told."""
        return self.minute(day + timedelta(days=1), MIDNIGHT, zone)

    def of(self, moment: datetime) -> int:
        """Return the minute of an instant."""
        return (moment.astimezone(UTC) - self._base) // timedelta(minutes=1)

    def moment(self, minute: int, zone: str | None = None) -> datetime:
        """Return the instant of a minute, told in a zone; the term's unless told."""
        return (self._base + timedelta(minutes=minute)).astimezone(ZoneInfo(self.zone(zone)))

    def dates(self, ticks: Ticks, zones: Iterable[str]) -> tuple[date, ...]:
        """Return every date from the first to the last, also those that only some of the zones have at some tick."""
        reached = {self.first, self.last}
        for zone in zones:
            reached |= {self.moment(minute, zone).date() for minute in (*ticks.start[:1], *ticks.start[-1:])}
        return tuple(dates(min(reached), max(reached)))

    def spans(self, window: Window, zone: str) -> Iterator[Span]:
        """Yield when a window of the week is open."""
        for day in dates(*self._reached):
            if window.days and WEEKDAYS[day.weekday()] not in window.days:
                continue
            if window.weeks and cycle_week(self.term, day) not in window.weeks:
                continue
            yield self._hours(day, window, zone)

    def away(self, availability: Availability, zone: str) -> Iterator[Span]:
        """Yield when somebody is away by date."""
        first, last = self._reached
        for absence in availability.dated:
            for day in dates(max(absence.first, first), min(absence.last, last)):
                yield self._hours(day, absence, zone)

    def closed(self, ticks: Ticks, hours: Sequence[Hours], zone: str) -> frozenset[int]:
        """Return the ticks at which somebody with such hours is not there, or something cannot be used."""
        there = [h for h in hours if h.available]
        shut = ticks.of(span for h in hours if not h.available for span in self.spans(h, zone))
        if not there:
            return shut
        return shut | (frozenset(range(len(ticks.start))) - ticks.within(s for h in there for s in self.spans(h, zone)))

    def _hours(self, day: date, within: Window | Dates, zone: str) -> Span:
        end = self.midnight_after(day, zone) if within.end is None else self.minute(day, within.end, zone)
        return self.minute(day, within.start or MIDNIGHT, zone), end


def grid_of(clock: DatedClock, days: Sequence[date], ticks: Ticks, starts: Iterable[int], zone: str) -> Grid:
    """Return the days and periods of a zone: every date a day, and a period from each start of the day to the next.

    The periods of all days are alike: by the times of day, in the zone, at which anything may start.

    Parameters
    ----------
    days
        Every date on which a tick begins in the zone, ascending and without gaps.
    starts
        The minutes at which something may start.
    """
    clocks = sorted({clock.moment(start, zone).time() for start in starts})
    periods = max(1, len(clocks))
    cell = []
    for start in ticks.start:
        moment = clock.moment(start, zone)
        cell.append((moment.date() - days[0]).days * periods + max(0, bisect_right(clocks, moment.time()) - 1))
    monday = days[0].weekday()
    return Grid(
        periods=periods,
        cell=tuple(cell),
        week=tuple((monday + day) // 7 for day in range(len(days))),
        weekday=tuple(day.weekday() for day in days),
    )
