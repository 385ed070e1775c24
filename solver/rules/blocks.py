"""Lessons of one course on one day."""

from __future__ import annotations

from collections.abc import Container, Iterator
from dataclasses import dataclass
from functools import partial

from solver.measures import Gaps
from solver.placements import busy_periods, shut_periods
from solver.problem import Assignment, Member, Problem
from solver.rules.rule import ALL, Deviation, Events, Rule, Ticks
from solver.sentence import Sentence, Thing, sentence
from solver.tables import Between, Profile, Row, shut_masks


@dataclass(frozen=True, kw_only=True)
class KeepTogether(Rule):
    """The events of a course that fall on one day follow one another (FET grouped activities, double lessons).

    The deviation of a day, by the grid of the first of the events, is the number of periods between the course's first
    and last that day at which none of its events is held and that are not shut.

    Attributes
    ----------
    shut : frozenset of int
        Periods all of whose ticks are among these may lie between: breaks.
    """

    events: Events
    shut: Ticks = frozenset()

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
            breaks = frozenset(day * periods + p for day, p in shut_periods(problem, grid, self.shut))
            between = Between(problem, cells, partial(_between, periods, breaks), (type(self), grid, breaks))
            for row in between.rows([members]):
                yield Thing("event", min(self.events)), row
            return
        for day, mask in enumerate(shut_masks(problem, grid, self.shut)):
            yield Thing("event", min(self.events)), Profile(members, grid, (day,), Gaps(mask), most=0)

    def check(self, problem: Problem, assignment: Assignment, touching: Container[int] = ALL) -> Iterator[Deviation]:
        if not any(event in touching for event in self.events):
            return
        where, grid = Thing("event", min(self.events)), problem.events[self.events[0]].grid
        breaks = shut_periods(problem, grid, self.shut)
        for day, busy in busy_periods(problem, assignment, self.events, grid).items():
            between = sum(p not in busy and (day, p) not in breaks for p in range(busy[0], busy[-1]))
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


def _between(periods: int, breaks: frozenset[int], one: tuple[int, ...], other: tuple[int, ...]) -> int:
    """Return how many cells of a day are free, and in no break, between cells taken by one event or the other."""
    taken: dict[int, set[int]] = {}
    for cell in one + other:
        taken.setdefault(cell // periods, set()).add(cell)
    return sum(
        cell not in cells and cell not in breaks for cells in taken.values() for cell in range(min(cells), max(cells))
    )
