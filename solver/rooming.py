"""Rooms in advance: courses that must keep to few rooms are given these before their events are given times.

A counted pool sees how many rooms are taken at a time, not that a course asks for the same one all week. With its room
chosen, the pool of that one room is counted too, and the local search finds times that can be named.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from random import Random

from solver.problem import Assignment, Problem
from solver.rules.rooms import KeepRoom


def courses(problem: Problem) -> list[tuple[int, tuple[int, ...]]]:
    """Return (most rooms, demands) of each course that is required to keep to few rooms and has more to choose from."""
    found = []
    for rule in problem.rules:
        if isinstance(rule, KeepRoom) and rule.required and not rule.consecutive:
            demands = tuple(rule.demands(problem))
            if len({unit for d in demands for unit in problem.demands[d].units}) > rule.most:
                found.append((rule.most, demands))
    return found


def rooms_in_advance(problem: Problem, assignment: Assignment, rng: Random) -> tuple[tuple[int, ...], ...]:
    """Return for each demand the units left when courses are given rooms.

    The longest course chooses first: rooms that have enough time left, and of these the ones where most of its events are.

    Parameters
    ----------
    assignment : Assignment
        Named, though it may break what it likes.
    rng : Random
        Decides where rooms are nearly alike, so that another try may come to others.
    """
    units = [demand.units for demand in problem.demands]
    lengths = [min((len(o.ticks) for o in problem.events[d.event].options), default=0) for d in problem.demands]
    left = _open_times(problem)
    for served, length in zip(units, lengths, strict=True):
        if len(served) == 1:
            left[served[0]] -= length
    order = sorted(courses(problem), key=lambda course: -sum(lengths[d] for d in course[1]) / course[0])
    for most, demands in order:
        need = -(-sum(lengths[d] for d in demands if len(units[d]) > 1) // most)
        held = Counter(assignment.unit[d] for d in demands)
        rooms = sorted(
            {unit for d in demands for unit in units[d]},
            key=lambda unit: (left[unit] < need, -(1 + held[unit]) * (0.5 + rng.random())),
        )
        chosen = _that_serve(rooms, [units[d] for d in demands], most)
        for unit in chosen:
            left[unit] -= need
        for d in demands if chosen else ():
            units[d] = tuple(unit for unit in units[d] if unit in chosen)
    return tuple(units)


def _open_times(problem: Problem) -> Counter[int]:
    """Return for each unit how many ticks it is open at which something that it serves may be held."""
    used: dict[int, set[int]] = {unit: set() for unit in range(len(problem.units))}
    covered: dict[int, frozenset[int]] = {}
    for demand in problem.demands:
        options = problem.events[demand.event].options
        if id(options) not in covered:
            covered[id(options)] = frozenset(tick for option in options for tick in option.ticks)
        for unit in demand.units:
            used[unit] |= covered[id(options)]
    return Counter({unit: len(ticks - problem.units[unit].closed) for unit, ticks in used.items()})


def _that_serve(rooms: Sequence[int], served: Sequence[Sequence[int]], most: int) -> set[int]:
    """Return rooms, at most so many, of which everyone is served by one; none where that fails.

    Whichever serves the most of those who wait is next, among equals the first.
    """
    chosen: set[int] = set()
    while len(chosen) < min(most, len(rooms)):
        waiting = [units for units in served if chosen.isdisjoint(units)]
        chosen.add(max((r for r in rooms if r not in chosen), key=lambda r: sum(r in units for units in waiting)))
    return chosen if all(not chosen.isdisjoint(units) for units in served) else set()
