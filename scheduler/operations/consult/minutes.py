"""Dates in minutes: sets of a date's minutes as whole numbers, and the clocks of other places told by the term's.

Bit `m` of a set stands for minute `m` after the date's midnight in the term's time zone. So where a person's, a room's
and a policy's times leave a start free is found by `&`, `|` and `~`, a whole date at once and to the minute.
"""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from scheduler.domain.base import WEEKDAYS
from scheduler.domain.calendar import cycle_week

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from scheduler.domain.calendar import Term
    from scheduler.domain.people import Dates, Hours, Window

DAY = 24 * 60
MIDNIGHT = time(0)

Minutes = int
"""A set of a date's minutes."""

WHOLE: Minutes = (1 << DAY) - 1
"""All minutes of a date."""

Span = tuple[int, int]
"""From one minute of a date to another, the second not included; either may lie outside the date."""


def between(first: int, end: int) -> Minutes:
    """Return the minutes from one to another, the second not included, as far as they are of the date."""
    first, end = max(0, first), min(DAY, end)
    return ((1 << (end - first)) - 1) << first if first < end else 0


def touching(span: Span, length: int, apart: int = 0) -> Minutes:
    """Return the starts of what lasts so long and then shares a minute with a span, or comes nearer than so apart."""
    return between(span[0] - apart - length + 1, span[1] + apart)


def within(spans: Iterable[Span], length: int) -> Minutes:
    """Return the starts of what lasts so long and lies wholly in spans, those that meet taken together."""
    starts, reached, first = 0, None, 0
    for begin, end in sorted(spans):
        if reached is not None and begin <= reached:
            reached = max(reached, end)
        else:
            if reached is not None:
                starts |= between(first, reached - length + 1)
            first, reached = begin, end
    return starts if reached is None else starts | between(first, reached - length + 1)


def listed(minutes: Minutes) -> Iterator[int]:
    """Yield the minutes of a set, ascending."""
    while minutes:
        lowest = minutes & -minutes
        yield lowest.bit_length() - 1
        minutes ^= lowest


class Clocks:
    """Dates of a term, and the clocks of its places, in minutes after the midnight of a date in the term's zone."""

    def __init__(self, term: Term) -> None:
        self.term = term
        self._zones: dict[str, ZoneInfo] = {}
        self._minutes: dict[tuple[date, time, str], int] = {}
        self._weeks: dict[date, int] = {}

    def minute(self, day: date, instant: datetime) -> int:
        """Return an instant as minutes after the midnight of a date."""
        return int(instant.timestamp()) // 60 - self._since_1970(day, MIDNIGHT, self.term.time_zone)

    def day(self, instant: datetime) -> date:
        """Return the date of an instant in the term's zone."""
        return instant.astimezone(self._zone(self.term.time_zone)).date()

    def instant(self, day: date, minute: int, zone: str | None = None) -> datetime:
        """Return the instant so many minutes after the midnight of a date, by the clock of a zone."""
        seconds = (self._since_1970(day, MIDNIGHT, self.term.time_zone) + minute) * 60
        return datetime.fromtimestamp(seconds, self._zone(zone or self.term.time_zone))

    def clock(self, day: date, clock: time, zone: str) -> int:
        """Return a time of day of a date in a zone as minutes after the date's midnight in the term's zone."""
        return self._from(day, day, clock, zone)

    def open(self, day: date, hours: Iterable[Hours], zone: str, length: int) -> Minutes:
        """Return the starts at which weekly hours, told by the clock of a zone, let something last so long."""
        hours = tuple(hours)
        found = WHOLE
        for h in hours:
            if not h.available:
                for span in self.spans(day, h, zone):
                    found &= ~touching(span, length)
        if any(h.available for h in hours):
            found &= self._within_days(day, [h for h in hours if h.available], zone, length)
        return found

    def inside(self, day: date, windows: Iterable[Window], zone: str, length: int) -> Minutes:
        """Return the starts of what lasts so long and lies wholly in windows, told by the clock of a zone."""
        return self._within_days(day, windows, zone, length)

    def touched(self, day: date, windows: Iterable[Window], zone: str, length: int) -> Minutes:
        """Return the starts of what lasts so long and shares a minute with a window."""
        found = 0
        for window in windows:
            for span in self.spans(day, window, zone):
                found |= touching(span, length)
        return found

    def away(self, day: date, absences: Iterable[Dates], zone: str, length: int) -> Minutes:
        """Return the starts of what lasts so long and shares a minute with an absence by date."""
        found = 0
        for absence in absences:
            for local in self._locals(day):
                if absence.first <= local <= absence.last:
                    span = (self._from(day, local, absence.start, zone), self._until(day, local, absence.end, zone))
                    found |= touching(span, length)
        return found

    def by_clock(self, day: date, earliest: time | None, latest: time | None, zone: str, length: int) -> Minutes:
        """Return the starts of what lasts so long and lies, on one day of a zone, between two times of day."""
        found = 0
        for local in self._locals(day):
            end = self._until(day, local, latest, zone)
            found |= between(self._from(day, local, earliest, zone), end - length + 1)
        return found

    def spans(self, day: date, window: Window, zone: str) -> Iterator[Span]:
        """Yield when a window of the week is open, on a date and beside it."""
        for local in self._locals(day):
            yield from self._spans_of(day, local, window, zone)

    def _within_days(self, day: date, windows: Iterable[Window], zone: str, length: int) -> Minutes:
        """Windows that meet are taken together on each day of the zone, not across its midnight."""
        windows, found = tuple(windows), 0
        for local in self._locals(day):
            found |= within((span for w in windows for span in self._spans_of(day, local, w, zone)), length)
        return found

    def _spans_of(self, day: date, local: date, window: Window, zone: str) -> Iterator[Span]:
        if (window.days and WEEKDAYS[local.weekday()] not in window.days) or (
            window.weeks and self._week(local) not in window.weeks
        ):
            return
        yield self._from(day, local, window.start, zone), self._until(day, local, window.end, zone)

    def _locals(self, day: date) -> tuple[date, date, date]:
        """The days of other zones that share minutes with a date."""
        return day - timedelta(days=1), day, day + timedelta(days=1)

    def _from(self, day: date, local: date, clock: time | None, zone: str) -> int:
        """A time of a day of a zone, its midnight where none is told, as minutes after a date's midnight."""
        midnight = self._since_1970(day, MIDNIGHT, self.term.time_zone)
        return self._since_1970(local, clock or MIDNIGHT, zone) - midnight

    def _until(self, day: date, local: date, clock: time | None, zone: str) -> int:
        """A time of a day of a zone, its end where none is told, as minutes after a date's midnight."""
        return self._from(day, local + timedelta(days=1) if clock is None else local, clock, zone)

    def _since_1970(self, day: date, clock: time, zone: str) -> int:
        found = self._minutes.get((day, clock, zone))
        if found is None:
            found = int(datetime.combine(day, clock, self._zone(zone)).timestamp()) // 60
            self._minutes[day, clock, zone] = found
        return found

    def _week(self, day: date) -> int:
        if day not in self._weeks:
            self._weeks[day] = cycle_week(self.term, day)
        return self._weeks[day]

    def _zone(self, zone: str) -> ZoneInfo:
        if zone not in self._zones:
            self._zones[zone] = ZoneInfo(zone)
        return self._zones[zone]
