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
        Decides where rooms are alike.
    """
    units = [demand.units for demand in problem.demands]
    lengths = [min((len(o.ticks) for o in problem.events[d.event].options), default=0) for d in problem.demands]
    left = Counter({u: len(problem.axis) - len(unit.closed) for u, unit in enumerate(problem.units)})
    for served, length in zip(units, lengths, strict=True):
        if len(served) == 1:
            left[served[0]] -= length
    order = sorted(courses(problem), key=lambda course: -sum(lengths[d] for d in course[1]) / course[0])
    for most, demands in order:
        need = -(-sum(lengths[d] for d in demands if len(units[d]) > 1) // most)
        held = Counter(assignment.unit[d] for d in demands)
        rooms = sorted(
            {unit for d in demands for unit in units[d]},
            key=lambda unit: (left[unit] < need, -held[unit] - rng.random()),
        )
        chosen = _that_serve(rooms, [units[d] for d in demands], most)
        for unit in chosen:
            left[unit] -= need
        for d in demands if chosen else ():
            units[d] = tuple(unit for unit in units[d] if unit in chosen)
    return tuple(units)


def _that_serve(rooms: list[int], served: Sequence[Sequence[int]], most: int) -> set[int]:
    """Return the first rooms, at most so many, of which everyone is served by one; none where that fails."""
    chosen: set[int] = set()
    for room in rooms:
        waiting = [units for units in served if chosen.isdisjoint(units)]
        if len(chosen) < most and (not waiting or any(room in units for units in waiting)):
            chosen.add(room)
    return chosen if all(not chosen.isdisjoint(units) for units in served) else set()
