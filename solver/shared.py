"""Which events people attend both, and how many people: one row stands for them all."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Container, Hashable, Iterable, Iterator
from dataclasses import replace
from itertools import combinations, product
from typing import TypeVar

from solver.problem import Member, Problem
from solver.sentence import Thing
from solver.tables import Between, Pair

Kind = TypeVar("Kind", bound=Hashable)


def shared_rows(
    problem: Problem,
    resources: Iterable[int],
    ours: Container[int],
    theirs: Container[int] | None,
    between: Callable[[int], Between[Kind]],
) -> Iterator[tuple[Thing, Pair]]:
    """Yield a row for each pair of events that somebody attends both, which counts once for each of those who do.

    Parameters
    ----------
    resources : iterable of int
    ours, theirs : container of int
        The events of which the first, and of which the second of a pair is one; None for both the same.
    between : callable
        For the grid by which people live what the options of two events cost together.
    """
    members: list[Member] = []
    number: dict[Member, int] = {}
    people: dict[int, Counter[tuple[int, int]]] = {}
    for r in resources:
        first: list[int] = []
        second: list[int] = []
        for member in problem.members_of_resource[r]:
            sides = member.event in ours, theirs is not None and member.event in theirs
            if any(sides):
                index = number.setdefault(member, len(members))
                if index == len(members):
                    members.append(member)
                first += [index] * sides[0]
                second += [index] * sides[1]
        pairs: Iterator[tuple[int, int]] = product(first, second)
        if theirs is None:
            pairs = combinations(sorted(first), 2)
        people.setdefault(problem.resources[r].grid, Counter()).update(pairs)
    for grid, counted in people.items():
        both = {(members[a], members[b]): count for (a, b), count in counted.items()}
        for row in between(grid).rows(pair for pair in both if _meet(*pair)):
            yield Thing("event", row.members[0].event), replace(row, scale=both[row.members])


def _meet(a: Member, b: Member) -> bool:
    """Whether they are two events, under conditions that can hold together."""
    if a.event == b.event:
        return False
    return a.given is None or b.given is None or a.given[0] != b.given[0] or a.given == b.given
