"""How the load of a week is laid over its days: evenly, lighter on some, heaviest on others."""

from __future__ import annotations

from collections.abc import Container, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from solver.linear import Linear
from solver.placements import amounts_by_day, buckets, concerns
from solver.problem import Assignment, Problem
from solver.rules.load import Counting, subjects, told
from solver.rules.rule import ALL, Amounts, Days, Deviation, Rule
from solver.sentence import Sentence, Thing, sentence
from solver.tables import Row, Spread

if TYPE_CHECKING:
    from solver.model import Model


@dataclass(frozen=True, kw_only=True)
class BalanceDays(Rule):
    """The load of a week is laid well over its days (SP 2.4.3648-20 lighter day, SanPiN 1.2.3685-21 difficulty scale).

    The load of a day is the sum of the amounts of what a resource attends then. In each week of the cycle three things
    can be asked, and the deviation is the sum of what each lacks:

    - `most`: the heaviest day less the lightest is at most so much; what is beyond counts;
    - `light`: the lightest of these days is no heavier than any other day; by how much it is heavier counts;
    - `hard`: the heaviest of these days is no lighter than any other day; by how much it is lighter counts.

    Attributes
    ----------
    days : tuple of int
        The days that are compared; all of them unless told. Days without lessons by the calendar should be left out.
    """

    amounts: Amounts
    most: int | None = None
    light: Days = ()
    hard: Days = ()
    days: Days = ()
    what: Counting = "points"

    def say(self) -> Sentence:
        if self.light:
            return sentence(
                "The lightest of {days} is no heavier than any other day of its week.",
                days=tuple(Thing("day", day) for day in self.light),
            )
        if self.hard:
            return sentence(
                "The heaviest of {days} is no lighter than any other day of its week.",
                days=tuple(Thing("day", day) for day in self.hard),
            )
        return sentence(
            "The heaviest day of a week has at most {amount} more than the lightest.",
            amount=told(self.most or 0, self.what),
        )

    def has_tables(self, problem: Problem) -> bool:  # noqa: ARG002 - light and hard days have none of the shapes
        return not (self.light or self.hard)

    def tables(self, problem: Problem) -> Iterator[tuple[Thing, Row]]:
        if self.most is None:
            return
        for r, members, amounts in subjects(problem, self.amounts):
            grid = problem.resources[r].grid
            for days in buckets(problem.grids[grid], "week", self.days):
                each = tuple((day,) for day in days)
                yield Thing("resource", r), Spread(members, amounts, grid, each, self.most)

    def encode(self, m: Model) -> Iterator[tuple[Thing, Linear]]:
        yield from super().encode(m)
        for r, members, amounts in subjects(m.problem, self.amounts):
            if not m.free_subject(members):
                continue
            grid = m.problem.resources[r].grid
            for days in buckets(m.problem.grids[grid], "week", self.days):
                load = {day: m.bucket(members, amounts, grid, (day,)) for day in days}
                light, others = _split(days, self.light)
                if light and others:
                    lightest = m.smallest([load[day] for day in others])
                    yield Thing("resource", r), _least(m, [Linear().add(load[d]).add(lightest, -1) for d in light])
                hard, others = _split(days, self.hard)
                if hard and others:
                    heaviest = m.largest([load[day] for day in others])
                    yield Thing("resource", r), _least(m, [Linear().add(heaviest).add(load[d], -1) for d in hard])

    def check(self, problem: Problem, assignment: Assignment, touching: Container[int] = ALL) -> Iterator[Deviation]:
        for r, load in amounts_by_day(problem, assignment, self.amounts).items():
            if not concerns(problem, r, touching):
                continue
            for days in buckets(problem.grids[problem.resources[r].grid], "week", self.days):
                yield from self._check_week(r, {day: load[day] for day in days})

    def _check_week(self, resource: int, load: dict[int, int]) -> Iterator[Deviation]:
        heaviest = max(load, key=lambda day: load[day])
        lightest = min(load, key=lambda day: load[day])
        if self.most is not None and load[heaviest] - load[lightest] > self.most:
            yield Deviation(
                load[heaviest] - load[lightest] - self.most,
                sentence(
                    "{resource} has {heavy} on {day} and {light} on {other}, not at most {most} less.",
                    resource=Thing("resource", resource),
                    heavy=told(load[heaviest], self.what),
                    day=Thing("day", heaviest),
                    light=load[lightest],
                    other=Thing("day", lightest),
                    most=self.most,
                ),
                Thing("resource", resource),
            )
        light = [day for day in load if day in self.light]
        hard = [day for day in load if day in self.hard]
        others = [day for day in load if day not in self.light]
        if light and others:
            best = min(light, key=lambda day: load[day])
            other = min(others, key=lambda day: load[day])
            if load[best] > load[other]:
                yield Deviation(
                    load[best] - load[other],
                    sentence(
                        "{resource} has {amount} on {day}, which should be light, and only {less} on {other}.",
                        resource=Thing("resource", resource),
                        amount=told(load[best], self.what),
                        day=Thing("day", best),
                        less=load[other],
                        other=Thing("day", other),
                    ),
                    Thing("resource", resource),
                )
        others = [day for day in load if day not in self.hard]
        if hard and others:
            best = max(hard, key=lambda day: load[day])
            other = max(others, key=lambda day: load[day])
            if load[best] < load[other]:
                yield Deviation(
                    load[other] - load[best],
                    sentence(
                        "{resource} has {amount} on {day}, which should be hard, and {more} on {other}.",
                        resource=Thing("resource", resource),
                        amount=told(load[best], self.what),
                        day=Thing("day", best),
                        more=load[other],
                        other=Thing("day", other),
                    ),
                    Thing("resource", resource),
                )


def _split(days: tuple[int, ...], chosen: tuple[int, ...]) -> tuple[list[int], list[int]]:
    return [day for day in days if day in chosen], [day for day in days if day not in chosen]


def _least(m: Model, amounts: Sequence[Linear]) -> Linear:
    """Return an expression that is at least 0 and never less than the smallest of the amounts."""
    if len(amounts) == 1:
        return amounts[0]
    high = max(0, *(m.bounds(amount)[1] for amount in amounts))
    reached = Linear().plus(m.integer(0, high))
    any_of = Linear(1)
    for amount in amounts:
        this = m.boolean()
        any_of.plus(this, -1)
        slack = max(0, m.bounds(amount)[1])
        m.require(Linear(-slack).add(amount).plus(this, slack).add(reached, -1))
    m.require(any_of)
    return reached
