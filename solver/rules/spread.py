"""How a course's events are spread over the days."""

from __future__ import annotations

from collections.abc import Container, Iterator
from dataclasses import dataclass
from itertools import combinations

from solver.measures import Used
from solver.placements import Within, buckets, days_of, often
from solver.problem import Assignment, Grid, Member, Problem
from solver.rules.rule import ALL, Deviation, Events, Rule
from solver.sentence import Sentence, Thing, sentence
from solver.tables import Between, Profile, Row, Sum


@dataclass(frozen=True, kw_only=True)
class SpreadOverDays(Rule):
    """The events of a course fall on different days, enough days apart (ITC-2007 MinimumWorkingDays, FET min, max days).

    All is counted by the days of the first event's grid.

    Attributes
    ----------
    days : int
        Least number of distinct days of each week (or of the cycle, `within`); each day missing counts 1.
    apart : int
        Least number of calendar days from one event to another, 1 for "not on the same day"; each day missing for each
        pair counts 1.
    reach : int or None
        Most calendar days from one event to another; each day beyond for each pair counts 1. Where they meet several
        times, this and `apart` mean the meetings that lie closest.
    most : int or None
        Most events of a day; each event beyond counts 1.
    """

    events: Events
    days: int = 0
    apart: int = 0
    most: int | None = None
    within: Within = "week"
    reach: int | None = None

    def say(self) -> Sentence:
        if self.apart:
            return sentence(
                "The events of a course lie at least {n} day apart.",
                plural="The events of a course lie at least {n} days apart.",
                n=self.apart,
            )
        if self.reach is not None:
            return sentence(
                "The events of a course lie at most {n} day apart.",
                plural="The events of a course lie at most {n} days apart.",
                n=self.reach,
            )
        if self.most is not None:
            return sentence(
                "At most {n} event of a course falls on one day.",
                plural="At most {n} events of a course fall on one day.",
                n=self.most,
            )
        return sentence(
            "The events of a course fall on at least {n} day {often}.",
            plural="The events of a course fall on at least {n} days {often}.",
            n=self.days,
            often=often(self.within),
        )

    def tables(self, problem: Problem) -> Iterator[tuple[Thing, Row]]:
        if not self.events:
            return
        where = Thing("event", min(self.events))
        grid = problem.events[self.events[0]].grid
        members = tuple(Member(event) for event in self.events)
        if self.days:
            for days in buckets(problem.grids[grid], self.within):
                yield where, Profile(members, grid, days, Used(), least=self.days)
        if self.apart or self.reach is not None:
            date = _date(problem.grids[grid])

            def dates(event: int) -> list[tuple[int, ...]]:
                return [tuple(date[day] for day in days) for days in problem.days_of_options(event, grid)]

            name = type(self), grid, self.apart, self.reach
            for row in Between(problem, dates, self._wrong, name).rows(combinations(members, 2)):
                yield where, row
        if self.most is not None:
            for days in buckets(problem.grids[grid], "day"):
                yield where, Sum(members, (1,) * len(members), grid, days, self.most)

    def _wrong(self, one: tuple[int, ...], other: tuple[int, ...]) -> int:
        between = _between(one, other)
        if between is None:
            return 0
        return max(0, self.apart - between) + (0 if self.reach is None else max(0, between - self.reach))

    def check(self, problem: Problem, assignment: Assignment, touching: Container[int] = ALL) -> Iterator[Deviation]:
        if not any(event in touching for event in self.events):
            return
        grid = problem.events[self.events[0]].grid
        held = {event: days_of(problem, assignment, event, grid) for event in self.events}
        yield from self._check_days(problem.grids[grid], held)
        yield from self._check_apart(problem.grids[grid], held)
        yield from self._check_most(problem.grids[grid], held)

    def _check_days(self, grid: Grid, held: dict[int, tuple[int, ...]]) -> Iterator[Deviation]:
        used = {day for days in held.values() for day in days}
        for days in buckets(grid, self.within):
            distinct = [day for day in days if day in used]
            if len(distinct) < self.days:
                yield self._missed(
                    self.days - len(distinct),
                    sentence(
                        "{event} and the course's other events fall on {n} day of {days}, not on {least}.",
                        plural="{event} and the course's other events fall on {n} days of {days}, not on {least}.",
                        n=len(distinct),
                        event=Thing("event", min(self.events)),
                        days=tuple(Thing("day", day) for day in days),
                        least=self.days,
                    ),
                )

    def _check_apart(self, grid: Grid, held: dict[int, tuple[int, ...]]) -> Iterator[Deviation]:
        date = _date(grid)
        for a, b in combinations(self.events, 2):
            distances = [abs(date[x] - date[y]) for x in held[a] for y in held[b]]
            if not distances:
                continue
            between = min(distances)
            if self.reach is not None and between > self.reach:
                yield self._missed(
                    between - self.reach,
                    sentence(
                        "{a} and {b} lie {n} day apart, not at most {most}.",
                        plural="{a} and {b} lie {n} days apart, not at most {most}.",
                        n=between,
                        a=Thing("event", a),
                        b=Thing("event", b),
                        most=self.reach,
                    ),
                )
            if between < self.apart:
                yield self._missed(
                    self.apart - between,
                    sentence(
                        "{a} and {b} lie {n} day apart, not at least {least}.",
                        plural="{a} and {b} lie {n} days apart, not at least {least}.",
                        n=between,
                        a=Thing("event", a),
                        b=Thing("event", b),
                        least=self.apart,
                    ),
                )

    def _check_most(self, grid: Grid, held: dict[int, tuple[int, ...]]) -> Iterator[Deviation]:
        if self.most is None:
            return
        for day in range(grid.days):
            together = [event for event in self.events if day in held[event]]
            if len(together) > self.most:
                yield self._missed(
                    len(together) - self.most,
                    sentence(
                        "{n} event of a course falls on {day}, not at most {most}: {events}.",
                        plural="{n} events of a course fall on {day}, not at most {most}: {events}.",
                        n=len(together),
                        day=Thing("day", day),
                        most=self.most,
                        events=tuple(Thing("event", event) for event in together),
                    ),
                )

    def _missed(self, amount: int, said: Sentence) -> Deviation:
        return Deviation(amount, said, Thing("event", min(self.events)))


def _date(grid: Grid) -> list[int]:
    """For each day its calendar day, counted from the beginning of the cycle."""
    return [7 * week + weekday for week, weekday in zip(grid.week, grid.weekday, strict=True)]


def _between(one: tuple[int, ...], other: tuple[int, ...]) -> int | None:
    """Return the least number of days from one of the dates to one of the others."""
    return min((abs(x - y) for x in one for y in other), default=None)
