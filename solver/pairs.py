"""Pairs of events that people attend, counted once for all who attend both: there are fewer of these than people."""

from __future__ import annotations

from collections import Counter, defaultdict
from itertools import combinations

from solver.problem import Member, Problem

Pairs = dict[tuple[Member, Member], int]
"""For two members, the one of the lower event first, how many resources have both."""


def shared_pairs(problem: Problem, resources: tuple[int, ...]) -> dict[int, Pairs]:
    """Return for each grid the pairs of different events that resources living by it attend; made once for the same resources."""
    known: dict[tuple[int, ...], dict[int, Pairs]] = problem.derived.setdefault("shared pairs", {})
    if resources not in known:
        alike: dict[int, Counter[tuple[Member, ...]]] = defaultdict(Counter)
        for r in resources:
            alike[problem.resources[r].grid][problem.members_of_resource[r]] += 1
        known[resources] = {grid: _pairs(crowds) for grid, crowds in sorted(alike.items())}
    return known[resources]


def _pairs(crowds: Counter[tuple[Member, ...]]) -> Pairs:
    found: Counter[tuple[tuple[int, ...], tuple[int, ...]]] = Counter()
    for members, people in crowds.items():
        for pair in combinations(sorted((m.event, *(m.given or ())) for m in members), 2):
            found[pair] += people
    return {(_member(a), _member(b)): people for (a, b), people in sorted(found.items()) if a[0] != b[0]}


def _member(told: tuple[int, ...]) -> Member:
    return Member(told[0], (told[1], told[2]) if len(told) > 1 else None)
