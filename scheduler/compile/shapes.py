"""When a lesson may be held: its shape, and the options that the shape has in the weeks of the cycle."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

from scheduler.compile.clock import Bells, Clock, Span, clock_of, minutes_of
from solver.problem import Option

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import time

    from scheduler.compile.clock import Ticks

LUNCH = 30
"""Minutes of a break from which on a lesson of several periods does not run across it."""


@dataclass(frozen=True, slots=True)
class When:
    """One time of the week: weeks from 1, weekday from 0, by the clock of the bells' zone.

    Attributes
    ----------
    ends : int
        Minutes after midnight until which people are taken: the last period's end, even where the lesson is shorter,
        for its people have to be in place for the next one.
    """

    weeks: tuple[int, ...]
    weekday: int
    periods: tuple[int, ...]
    start: time
    end: time
    ends: int

    def spans(self, clock: Clock, zone: str) -> list[Span]:
        """Return the minutes of the cycle that it takes."""
        return [
            (
                clock.minute(week - 1, self.weekday, minutes_of(self.start), zone),
                clock.minute(week - 1, self.weekday, self.ends, zone),
            )
            for week in self.weeks
        ]


@dataclass(frozen=True, slots=True)
class Shape:
    """What decides the options of an event; events of one shape share their options.

    Attributes
    ----------
    periods : int
        How many periods it lasts.
    minutes : int or None
        How long its last period's lesson lasts from its bell, if not the whole period.
    weeks : tuple of tuple of int
        The ways to choose its weeks.
    fixed : When or None
        Its only time, where it has one; the other fields but the bells mean nothing then.
    """

    bells: Bells
    periods: int = 1
    minutes: int | None = None
    weeks: tuple[tuple[int, ...], ...] = ((1,),)
    fixed: When | None = None

    def times(self, clock: Clock) -> tuple[When, ...]:
        """Return for each option when it is held: by the way to choose its weeks, by weekday, by period."""
        if self.fixed is not None:
            return (self.fixed,)
        runs = list(self._runs())
        return tuple(When(weeks, day, *run) for weeks in self.weeks for day in range(clock.week_days) for run in runs)

    def _runs(self) -> Iterator[tuple[tuple[int, ...], time, time, int]]:
        bells = self.bells.schedule.periods
        for first in range(len(bells) - self.periods + 1):
            run = bells[first : first + self.periods]
            breaks = (minutes_of(b.start) - minutes_of(a.end) for a, b in pairwise(run))
            if any(minutes >= LUNCH for minutes in breaks):
                continue
            end = minutes_of(run[-1].end)
            told = end if self.minutes is None else minutes_of(run[-1].start) + self.minutes
            yield tuple(bell.number for bell in run), run[0].start, clock_of(told), max(end, told)

    def spans(self, clock: Clock) -> Iterator[Span]:
        """Yield the minutes that any of the options takes."""
        for when in self.times(clock):
            yield from when.spans(clock, self.bells.zone)


def options_of(shape: Shape, clock: Clock, ticks: Ticks) -> tuple[Option, ...]:
    """Return the options of a shape, in the order of its times."""
    zone = shape.bells.zone
    return tuple(
        Option(tuple(sorted({tick for span in when.spans(clock, zone) for tick in ticks.touched(span)})))
        for when in shape.times(clock)
    )
