"""Lessons of one course on one day."""

from __future__ import annotations

from collections.abc import Container, Iterator
from dataclasses import dataclass
from functools import partial

from solver.measures import Gaps
from solver.placements import busy_periods
from solver.problem import Assignment, Member, Problem
from solver.rules.rule import ALL, Deviation, Events, Rule
from solver.sentence import Sentence, Thing, sentence
from solver.tables import Between, Profile, Row


@dataclass(frozen=True, kw_only=True)
class KeepTogether(Rule):
    """The events of a course that fall on one day follow one another (FET grouped activities, double lessons).

    The deviation of a day, by the grid of the first of the events, is the number of periods between the course's first
    and last that day at which none of its events is held.
    """

    events: Events

    def say(self) -> Sentence:
        return sentence("The events of a course that fall on one day follow one another.")

    def tables(self, problem: Problem) -> Iterator[tuple[Thing, Row]]:
        if not self.events:
            return
        grid = problem.events[self.events[0]].grid
        members = tuple(Member(event) for event in self.events)
        if len(members) == 2:
            # Two events see no more of one another than their options' cells: a pair is cheaper than a profile for each day.
            periods = problem.grids[grid].periods
            cells = partial(problem.cells_of_options, grid=grid)
            for row in Between(problem, cells, partial(_between, periods)).rows([members]):
                yield Thing("event", min(self.events)), row
            return
        for day in range(problem.grids[grid].days):
            yield Thing("event", min(self.events)), Profile(members, grid, (day,), Gaps(), most=0)

    def check(self, problem: Problem, assignment: Assignment, touching: Container[int] = ALL) -> Iterator[Deviation]:
        if not any(event in touching for event in self.events):
            return
        where = Thing("event", min(self.events))
        for day, busy in busy_periods(problem, assignment, self.events, problem.events[self.events[0]].grid).items():
            between = busy[-1] - busy[0] + 1 - len(busy)
            if between:
                yield Deviation(
                    between,
                    sentence(
                        "{event} and the course's other events on {day} have {n} period between them.",
                        plural="{event} and the course's other events on {day} have {n} periods between them.",
                        n=between,
                        event=where,
                        day=Thing("day", day),
                    ),
                    where,
                )


def _between(periods: int, one: tuple[int, ...], other: tuple[int, ...]) -> int:
    """Return how many cells of a day are free between cells taken by one event or the other."""
    taken: dict[int, set[int]] = {}
    for cell in one + other:
        taken.setdefault(cell // periods, set()).add(cell)
    return sum(max(cells) - min(cells) + 1 - len(cells) for cells in taken.values())
