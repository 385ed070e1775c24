"""Rows that count what is picked: rows speak of events, so each stands on one that the choice changes."""

from __future__ import annotations

from collections.abc import Container, Iterator
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from solver.linear import Linear
from solver.problem import Given, Problem
from solver.tables import Options, Sum

if TYPE_CHECKING:
    from solver.model import Model


@dataclass(frozen=True)
class Picked(Sum):
    """A sum over events that meet once in its days, whenever they are held: it counts the picks that are its conditions."""

    def encode(self, m: Model) -> Iterator[Linear]:
        if not m.free_subject(self.members):
            return
        picked = Linear().plus_all(m.given(member.given) for member in self.members)
        if self.most is not None:
            yield Linear(-self.most).add(picked)
        if self.least:
            yield Linear(self.least).add(picked, -1)


def taken(problem: Problem, pick: Given) -> Options:
    """Return the row that counts 1 where an alternative is picked: on an event that the choice changes, or on any."""
    attendances = problem.attendances_of_choice[pick[0]]
    event = problem.attendances[attendances[0]].event if attendances else 0
    return Options(event, _ones(len(problem.events[event].options)), pick)


@cache
def _ones(length: int) -> tuple[int, ...]:
    """Return as many ones, in one tuple that rows share."""
    return (1,) * length


def meets_once(problem: Problem, event: int, grid: int, days: Container[int]) -> bool:
    """Whether the event meets on just one of these days of the grid, however it is placed."""
    return all(sum(day in days for day in met) == 1 for met in problem.days_of_options(event, grid))
