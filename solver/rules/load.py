"""How much somebody has a day, a week and at a stretch."""

from __future__ import annotations

from collections.abc import Container, Iterator
from dataclasses import dataclass
from typing import Literal

from solver.measures import Runs, Under
from solver.placements import amounts_by_day, buckets, busy_periods, concerns, own_periods
from solver.problem import Assignment, Member, Problem, attended
from solver.rules.rule import ALL, Amounts, Days, Deviation, Events, Resources, Rule
from solver.sentence import Sentence, Thing, sentence
from solver.tables import Profile, Row, Sum

Counting = Literal["lessons", "minutes", "screen minutes", "points"]
"""What amounts count, for the words only."""


def told(amount: int, what: Counting) -> Sentence:
    """Say an amount with its word."""
    match what:
        case "lessons":
            return sentence("{n} lesson", plural="{n} lessons", n=amount)
        case "minutes":
            return sentence("{n} minute", plural="{n} minutes", n=amount)
        case "screen minutes":
            return sentence("{n} minute at a screen", plural="{n} minutes at a screen", n=amount)
        case "points":
            return sentence("{n} point of difficulty", plural="{n} points of difficulty", n=amount)


def subjects(problem: Problem, amounts: Amounts) -> Iterator[tuple[int, tuple[Member, ...], tuple[int, ...]]]:
    """Yield for each resource of the amounts what it attends and how much that counts."""
    found: dict[int, list[tuple[Member, int]]] = {}
    for index, amount in amounts:
        attendance = problem.attendances[index]
        found.setdefault(attendance.resource, []).append((Member(attendance.event, attendance.given), amount))
    for resource, rows in sorted(found.items()):
        yield resource, tuple(member for member, _ in rows), tuple(amount for _, amount in rows)


@dataclass(frozen=True, kw_only=True)
class LimitPerDay(Rule):
    """Nobody has more or less a day than allowed (SP 2.4.3648-20 lessons a day, SanPiN 1.2.3685-21 screen minutes).

    The deviation of a resource on a day is by how much the amounts of what it attends then exceed `most`, or lack to
    `least`. An event that meets on several days counts its amount on each of them.

    Attributes
    ----------
    days : tuple of int
        The days that are limited; all of them unless told.
    """

    amounts: Amounts
    most: int | None = None
    least: int = 0
    days: Days = ()
    what: Counting = "lessons"

    def say(self) -> Sentence:
        if self.most is None:
            return sentence("Everybody has at least {amount} a day.", amount=told(self.least, self.what))
        if self.least == 0:
            return sentence("Nobody has more than {amount} a day.", amount=told(self.most, self.what))
        return sentence(
            "Everybody has from {least} to {amount} a day.", least=self.least, amount=told(self.most, self.what)
        )

    def tables(self, problem: Problem) -> Iterator[tuple[Thing, Row]]:
        for r, members, amounts in subjects(problem, self.amounts):
            grid = problem.resources[r].grid
            for days in buckets(problem.grids[grid], "day", self.days):
                yield Thing("resource", r), Sum(members, amounts, grid, days, self.most, self.least)

    def check(self, problem: Problem, assignment: Assignment, touching: Container[int] = ALL) -> Iterator[Deviation]:
        for r, by_day in amounts_by_day(problem, assignment, self.amounts).items():
            if not concerns(problem, r, touching):
                continue
            for day, amount in by_day.items():
                if self.days and day not in self.days:
                    continue
                if self.most is not None and amount > self.most:
                    yield Deviation(
                        amount - self.most,
                        sentence(
                            "{resource} has {amount} on {day}, not at most {most}.",
                            resource=Thing("resource", r),
                            amount=told(amount, self.what),
                            day=Thing("day", day),
                            most=self.most,
                        ),
                        Thing("resource", r),
                    )
                if amount < self.least:
                    yield Deviation(
                        self.least - amount,
                        sentence(
                            "{resource} has {amount} on {day}, not at least {least}.",
                            resource=Thing("resource", r),
                            amount=told(amount, self.what),
                            day=Thing("day", day),
                            least=self.least,
                        ),
                        Thing("resource", r),
                    )


@dataclass(frozen=True, kw_only=True)
class LimitPerWeek(Rule):
    """Nobody has more or less a week than allowed (SanPiN 1.2.3685-21 lessons a week, XHSTT LimitWorkloadConstraint).

    The deviation of a resource in a week of the cycle is by how much the amounts of what it attends then exceed
    `most`, or lack to `least`. An event that meets on several days counts its amount on each of them.
    """

    amounts: Amounts
    most: int | None = None
    least: int = 0
    what: Counting = "lessons"

    def say(self) -> Sentence:
        if self.most is None:
            return sentence("Everybody has at least {amount} a week.", amount=told(self.least, self.what))
        if self.least == 0:
            return sentence("Nobody has more than {amount} a week.", amount=told(self.most, self.what))
        return sentence(
            "Everybody has from {least} to {amount} a week.", least=self.least, amount=told(self.most, self.what)
        )

    def tables(self, problem: Problem) -> Iterator[tuple[Thing, Row]]:
        for r, members, amounts in subjects(problem, self.amounts):
            grid = problem.resources[r].grid
            for days in buckets(problem.grids[grid], "week"):
                yield Thing("resource", r), Sum(members, amounts, grid, days, self.most, self.least)

    def check(self, problem: Problem, assignment: Assignment, touching: Container[int] = ALL) -> Iterator[Deviation]:
        for r, by_day in amounts_by_day(problem, assignment, self.amounts).items():
            if not concerns(problem, r, touching):
                continue
            week = problem.grids[problem.resources[r].grid].week
            by_week = dict.fromkeys(week, 0)
            for day, amount in by_day.items():
                by_week[week[day]] += amount
            for number, amount in by_week.items():
                if self.most is not None and amount > self.most:
                    yield Deviation(
                        amount - self.most,
                        sentence(
                            "{resource} has {amount} in week {week}, not at most {most}.",
                            resource=Thing("resource", r),
                            amount=told(amount, self.what),
                            week=number + 1,
                            most=self.most,
                        ),
                        Thing("resource", r),
                    )
                if amount < self.least:
                    yield Deviation(
                        self.least - amount,
                        sentence(
                            "{resource} has {amount} in week {week}, not at least {least}.",
                            resource=Thing("resource", r),
                            amount=told(amount, self.what),
                            week=number + 1,
                            least=self.least,
                        ),
                        Thing("resource", r),
                    )


@dataclass(frozen=True, kw_only=True)
class LimitConsecutive(Rule):
    """Nobody is busy for too many periods in a row (FET max hours continuously, ITC-2019 MaxBlock).

    The deviation of a day is, summed over its runs of busy periods, by how many periods a run is longer than `most`.

    Attributes
    ----------
    among : tuple of int
        Only these events are looked at (FET max hours continuously with an activity tag); all where none is named.
    """

    resources: Resources
    most: int
    among: Events = ()

    def say(self) -> Sentence:
        if self.among:
            return sentence(
                "Nobody attends these events for more than {n} period in a row.",
                plural="Nobody attends these events for more than {n} periods in a row.",
                n=self.most,
            )
        return sentence(
            "Nobody is busy for more than {n} period in a row.",
            plural="Nobody is busy for more than {n} periods in a row.",
            n=self.most,
        )

    def tables(self, problem: Problem) -> Iterator[tuple[Thing, Row]]:
        among = frozenset(self.among)
        for r in self.resources:
            grid, members = problem.resources[r].grid, problem.members_of_resource[r]
            if self.among:
                members = tuple(member for member in members if member.event in among)
            if members:
                for day in range(problem.grids[grid].days):
                    yield Thing("resource", r), Profile(members, grid, (day,), Runs(self.most), most=0)

    def check(self, problem: Problem, assignment: Assignment, touching: Container[int] = ALL) -> Iterator[Deviation]:
        for r in self.resources:
            if not concerns(problem, r, touching):
                continue
            events = [e for e in attended(problem, assignment, r) if not self.among or e in self.among]
            for day, busy in busy_periods(problem, assignment, events, problem.resources[r].grid).items():
                for length in _run_lengths(busy):
                    if length > self.most:
                        yield Deviation(
                            length - self.most,
                            sentence(
                                "{resource} is busy for {n} period in a row on {day}, not at most {most}.",
                                plural="{resource} is busy for {n} periods in a row on {day}, not at most {most}.",
                                n=length,
                                resource=Thing("resource", r),
                                day=Thing("day", day),
                                most=self.most,
                            ),
                            Thing("resource", r),
                        )


@dataclass(frozen=True, kw_only=True)
class FillDays(Rule):
    """Who comes on a day comes for some periods at least (FET min hours daily with empty days allowed).

    The deviation of a day that has a busy period is the number of busy periods lacking to `least`.
    """

    resources: Resources
    least: int

    def say(self) -> Sentence:
        return sentence(
            "Who comes on a day comes for at least {n} period.",
            plural="Who comes on a day comes for at least {n} periods.",
            n=self.least,
        )

    def tables(self, problem: Problem) -> Iterator[tuple[Thing, Row]]:
        for r in self.resources:
            grid = problem.resources[r].grid
            for day in range(problem.grids[grid].days):
                members = problem.members_of_resource[r]
                yield Thing("resource", r), Profile(members, grid, (day,), Under(self.least), most=0)

    def check(self, problem: Problem, assignment: Assignment, touching: Container[int] = ALL) -> Iterator[Deviation]:
        for r in self.resources:
            if not concerns(problem, r, touching):
                continue
            for day, busy in own_periods(problem, assignment, r).items():
                if len(busy) < self.least:
                    yield Deviation(
                        self.least - len(busy),
                        sentence(
                            "{resource} comes on {day} for {n} period, not for at least {least}.",
                            plural="{resource} comes on {day} for {n} periods, not for at least {least}.",
                            n=len(busy),
                            resource=Thing("resource", r),
                            day=Thing("day", day),
                            least=self.least,
                        ),
                        Thing("resource", r),
                    )


def _run_lengths(busy: list[int]) -> list[int]:
    lengths: list[int] = []
    last = None
    for period in busy:
        if last is not None and period == last + 1:
            lengths[-1] += 1
        else:
            lengths.append(1)
        last = period
    return lengths
