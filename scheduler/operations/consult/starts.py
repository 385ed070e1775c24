"""On which dates and at which times of day a request's consultations may begin, before anybody's time is looked at."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import time
from functools import cached_property
from typing import TYPE_CHECKING, Final

from scheduler.domain.base import WEEKDAYS
from scheduler.domain.calendar import bells_on, dates
from scheduler.operations.consult.minutes import DAY, WHOLE

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from scheduler.domain.exams import Request
    from scheduler.operations.consult.gathering import Gathering
    from scheduler.operations.consult.minutes import Minutes
    from scheduler.operations.consult.setting import Setting

EARLIEST: Final = time(8)
LATEST: Final = time(19)
"""The day of those who learn, by their clocks, where a request says nothing and no bell is rung earlier or later
(SP 2.4.3648-20: lessons are held from 8:00 to 19:00)."""

STEP: Final = 5
"""Minutes from one start to the next, where no bell is rung."""


@dataclass(frozen=True, slots=True)
class Bells:
    """When bells are rung on a date for those who learn.

    Attributes
    ----------
    starts : frozenset of int
        The minutes at which a period begins.
    first, end : int
        When the first period begins and the last one ends.
    """

    starts: frozenset[int]
    first: int
    end: int


class Starts:
    """The starts that a request leaves: every five minutes, and with every bell.

    The dates are the school days of its window; a day off is one only where the request's preferred times name its
    weekday, and a holiday never is. The times of day are the request's own, by the term's clock; where it says nothing,
    the day of those who learn, by their own clocks.
    """

    def __init__(self, setting: Setting, request: Request, gathering: Gathering) -> None:
        self.setting = setting
        self.request = request
        self.gathering = gathering
        self._allowed: dict[date, Minutes] = {}
        self._bells: dict[date, Bells] = {}

    @cached_property
    def days(self) -> tuple[date, ...]:
        """The dates of the window on which it may be held, ascending."""
        request, term = self.request, self.setting.document.term
        school = set(self.setting.school_days)
        named = {day for window in request.preferred for day in window.days}
        first, last = max(request.first_day, term.first_day), min(request.last_day, term.last_day)
        return tuple(
            day
            for day in dates(first, last)
            if day in school or (WEEKDAYS[day.weekday()] in named and not self._is_holiday(day))
        )

    @cached_property
    def zone(self) -> str:
        """The clock by which it is told: that of most who learn."""
        zones = Counter(self.setting.people[key].bells.zone for key in self.gathering.learners)
        return zones.most_common(1)[0][0] if zones else self.setting.document.term.time_zone

    def on(self, day: date) -> Minutes:
        """Return the starts of a date."""
        if day not in self._allowed:
            self._allowed[day] = self._on(day)
        return self._allowed[day]

    def bells(self, day: date) -> Bells:
        """Return the bells of a date: those by which most who learn live."""
        if day not in self._bells:
            people = self.setting.people
            usual = Counter(people[key].bells for key in self.gathering.learners).most_common(1)
            lived = usual[0][0] if usual else next(iter(people.values())).bells
            sites = Counter(self.setting.gatherings.sits_at(key) for key in self.gathering.learners).most_common(1)
            document, clocks = self.setting.document, self.setting.clocks
            rung = bells_on(document.term, day, sites[0][0] if sites else None, lived.schedule.id)
            periods = document.bell_schedule(rung or lived.schedule.id).periods
            starts = [clocks.clock(day, bell.start, lived.zone) for bell in periods]
            end = clocks.clock(day, periods[-1].end, lived.zone)
            self._bells[day] = Bells(frozenset(starts), starts[0], end)
        return self._bells[day]

    def _on(self, day: date) -> Minutes:
        clocks, request, length = self.setting.clocks, self.request, self.gathering.minutes
        found = _GRID
        for start in self.bells(day).starts:
            if 0 <= start < DAY:
                found |= 1 << start
        found &= clocks.by_clock(day, request.earliest, request.latest, self.setting.document.term.time_zone, length)
        for zone, first, last in self._lived():
            earliest = None if request.earliest is not None else first
            latest = None if request.latest is not None else last
            found &= clocks.by_clock(day, earliest, latest, zone, length)
        return found

    def _lived(self) -> Iterable[tuple[str, time, time]]:
        """By which clocks those who learn live, and from when until when."""
        bells = {self.setting.people[key].bells for key in self.gathering.learners}
        for one in sorted(bells, key=lambda one: (one.zone, one.schedule.id)):
            periods = one.schedule.periods
            yield one.zone, min(EARLIEST, periods[0].start), max(LATEST, periods[-1].end)

    def _is_holiday(self, day: date) -> bool:
        return any(holiday.first <= day <= holiday.last for holiday in self.setting.document.term.holidays)


_GRID: Minutes = sum(1 << start for start in range(0, DAY, STEP)) & WHOLE
