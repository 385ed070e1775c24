"""Counted pools become named rooms and workstations, with the times kept.

First whole courses and persons get one unit for all their events (first fit, the hardest to serve first), then what is left
is matched by augmenting paths (Kuhn 1955): Hall's condition, kept by the counted model, says that at one tick a matching
exists. What the rules wish of units is improved afterwards (`solve`, phase polish). Demands that may share a unit keep that of
the assignment, for the local search gives them theirs; one without gets the fullest in which there are seats enough, but
for an optional one that the local search leaves without, or for which there are no seats.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace

from solver.neighbourhoods import View
from solver.placements import shared_demands
from solver.problem import Assignment, holds, ticks_of
from solver.rules.sit_in_room import SitInRoom, within

DEPTH = 12
"""Longest augmenting path that is tried."""


def name(view: View, assignment: Assignment, previous: Assignment | None = None) -> Assignment:
    """Give every demand a unit, the previous one where it is still free.

    Parameters
    ----------
    assignment : Assignment
        Its options and picks count, and the units of demands that may share them; other units are ignored.
    previous : Assignment, optional
        Whose units are kept where possible.

    Returns
    -------
    Assignment
        Demands for which no unit is found keep -1.
    """
    return replace(assignment, unit=_Naming(view, assignment).run(previous))


class _Naming:
    def __init__(self, view: View, assignment: Assignment) -> None:
        problem = view.problem
        self.view = view
        self.problem = problem
        self.ticks: list[tuple[int, ...]] = []
        for demand in problem.demands:
            given = None if demand.attendance is None else problem.attendances[demand.attendance].given
            self.ticks.append(ticks_of(problem, assignment, demand.event) if holds(given, assignment) else ())
        self.shared = shared_demands(problem)
        self.user: dict[tuple[int, int], int] = {}
        self.unit = [-1] * len(problem.demands)
        self._share(assignment)
        self.units = self._serving()

    def run(self, previous: Assignment | None) -> tuple[int, ...]:
        if previous is not None:
            for d, unit in enumerate(previous.unit):
                if d not in self.shared and unit in self.units[d] and self._free(d, unit):
                    self._take(d, unit)
        groups = sorted(
            self.view.demand_groups,
            key=lambda g: (
                min(len(self.units[d]) for d in g),
                -self.problem.demands[g[0]].size,
                -len(g),
            ),
        )
        for optional in (False, True):
            for group in groups:
                self._serve_group([d for d in group if self._waits(d, optional)])
            for d in range(len(self.unit)):
                if self._waits(d, optional):
                    self._augment(d, DEPTH, set())
        return tuple(self.unit)

    def _share(self, assignment: Assignment) -> None:
        """Give units to the demands that may share them: those that the assignment tells first, then the largest."""
        demands = self.problem.demands
        people: dict[tuple[int, int], int] = defaultdict(int)
        kept = {d: assignment.unit[d] for d in self.shared if assignment.unit[d] in demands[d].units}
        left_out = {d for d in self.shared - kept.keys() if demands[d].optional and self.view.tables.by_name}
        for d in sorted(self.shared - left_out, key=lambda d: (d not in kept, -demands[d].size, d)):
            if self.ticks[d] and demands[d].units:
                unit = kept[d] if d in kept else min(demands[d].units, key=lambda u: self._seats_left(d, u, people))
                if d not in kept and demands[d].optional and self._seats_left(d, unit, people)[0]:
                    continue
                self.unit[d] = unit
                for tick in self.ticks[d]:
                    people[unit, tick] += demands[d].size

    def _serving(self) -> list[tuple[int, ...]]:
        """Return the units that serve each demand: of those that must stand in a room already given, what stands there."""
        units = [demand.units for demand in self.problem.demands]
        rules = (rule for rule in self.problem.rules if isinstance(rule, SitInRoom) and rule.required)
        for d in (d for rule in rules for d in rule.demands):
            rooms = {self.unit[room] for room in self.problem.demands[d].rooms} - {-1}
            units[d] = within(self.problem, d, rooms) if rooms else units[d]
        return units

    def _seats_left(self, d: int, unit: int, people: dict[tuple[int, int], int]) -> tuple[int, int]:
        """Return for how many people of a demand a unit lacks seats, then how many are left."""
        seats = self.problem.units[unit].seats
        closed = self.problem.units[unit].closed
        left = [(0 if t in closed else seats) - people[unit, t] - self.problem.demands[d].size for t in self.ticks[d]]
        return sum(max(0, -each) for each in left), max(0, min(left))

    def _waits(self, d: int, optional: bool) -> bool:
        return (
            d not in self.shared
            and bool(self.ticks[d])
            and self.unit[d] < 0
            and self.problem.demands[d].optional == optional
        )

    def _free(self, d: int, unit: int) -> bool:
        closed = self.problem.units[unit].closed
        return bool(self.ticks[d]) and all(t not in closed and (unit, t) not in self.user for t in self.ticks[d])

    def _take(self, d: int, unit: int) -> None:
        self.unit[d] = unit
        for tick in self.ticks[d]:
            self.user[unit, tick] = d

    def _leave(self, d: int) -> None:
        for tick in self.ticks[d]:
            del self.user[self.unit[d], tick]
        self.unit[d] = -1

    def _waste(self, d: int, unit: int) -> tuple[int, int]:
        demand = self.problem.demands[d]
        seats = self.problem.units[unit].seats
        return max(0, demand.size - seats), seats

    def _serve_group(self, group: list[int]) -> None:
        """Give the group units, each time the one that serves the most of those left."""
        while group:
            serves: dict[int, list[int]] = defaultdict(list)
            for d in group:
                for unit in self.units[d]:
                    if self._free(d, unit):
                        serves[unit].append(d)
            if not serves:
                return
            best = min(
                serves,
                key=lambda unit: (
                    self._waste(serves[unit][0], unit)[0],
                    -len(serves[unit]),
                    self._waste(group[0], unit),
                    unit,
                ),
            )
            for d in serves[best]:
                if self._free(d, best):
                    self._take(d, best)
            group = [d for d in group if self.unit[d] < 0]

    def _augment(self, d: int, depth: int, tried: set[tuple[int, int]]) -> bool:
        """Find a unit for the demand, moving at most one other at each step."""
        units = sorted(self.units[d], key=lambda unit: self._waste(d, unit))
        for unit in units:
            if self._free(d, unit):
                self._take(d, unit)
                return True
        if depth == 0:
            return False
        for unit in units:
            if (d, unit) in tried or not self.problem.units[unit].closed.isdisjoint(self.ticks[d]):
                continue
            tried.add((d, unit))
            rivals = {self.user[unit, t] for t in self.ticks[d] if (unit, t) in self.user}
            if len(rivals) != 1:
                continue
            (rival,) = rivals
            self._leave(rival)
            self._take(d, unit)
            if self._augment(rival, depth - 1, tried):
                return True
            self._leave(d)
            self._take(rival, unit)
        return False
