"""The rows as the local search wants them: units given as a condition are picks of choices, and what can be one row is one.

A demand of shared units gets a choice of its own, of one alternative for each unit that serves it and, where it is optional, a
last one for none, so that times and rooms are sought together. Weighted rows over the same two events become one with the sum of
their tables.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, replace
from math import gcd
from typing import TYPE_CHECKING

import numpy as np

from solver.problem import Assignment, Choice, Given, Member
from solver.tables import Cells, Entry, Kinds, Options, Pair, Tables

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray

    from solver.problem import Problem
    from solver.tables import Row


class Seated:
    """The rows of a problem over choices among which are those of units for demands.

    Attributes
    ----------
    demands : tuple of int
        The demands that have such a choice, in the order of the choices: those that something serves.
    first : int
        The first of these choices; those of the given problem stand before it.
    tables : Tables
        Rows that always count nothing are left out.
    """

    def __init__(self, tables: Tables) -> None:
        self._given = tables
        problem = tables.problem
        named = (entry.row for entry in tables.entries if _is_by_name(entry.row))
        asked = {~m.given[0] for row in named for m in row.members if m.given is not None}
        self.demands = tuple(d for d in sorted(asked) if problem.demands[d].units)
        self.first = len(problem.choices)
        self._choice = {d: self.first + seat for seat, d in enumerate(self.demands)}
        self._members: dict[tuple[Member, ...], tuple[Member, ...]] = {}
        choices = tuple(Choice(len(self._alternatives(d))) for d in self.demands)
        entries = _Fusion(tables).entries(self._entries())
        self.tables = _Rewritten(replace(problem, choices=problem.choices + choices, rules=()), entries)

    def _entries(self) -> Iterator[_Weighed]:
        for entry in self._given.entries:
            row: Row | None = entry.row
            if _is_by_name(entry.row):
                row = self._row(entry.row)
            if row is not None:
                yield _Weighed(entry.rule, entry.where, row, self._given.weight(entry))

    def _row(self, row: Row) -> Row | None:
        """Tell a row by name by choices; None where its unit cannot be picked."""
        if isinstance(row, Options):
            given = self._pick(row.given)
            return None if given is None else replace(row, given=given)
        assert isinstance(row, Cells | Kinds)
        if row.members not in self._members:
            self._members[row.members] = tuple(Member(m.event, self._pick(m.given)) for m in row.members)
        return replace(row, members=self._members[row.members])

    def _pick(self, given: Given | None) -> Given | None:
        assert given is not None
        demand, unit = ~given[0], given[1]
        units = self._alternatives(demand)
        return (self._choice[demand], units.index(unit)) if unit in units else None

    def _alternatives(self, demand: int) -> tuple[int, ...]:
        """Return the units that may be picked for a demand, -1 for none."""
        told = self._given.problem.demands[demand]
        return (*told.units, -1) if told.optional else told.units

    def fold(self, assignment: Assignment) -> Assignment:
        """Tell units as picks; where one must not be missing, the smallest with seats enough, or else the largest, is picked."""
        problem = self._given.problem
        picks = list(assignment.pick)
        for d in self.demands:
            demand = problem.demands[d]
            unit = assignment.unit[d] if d < len(assignment.unit) else -1
            alternatives = self._alternatives(d)
            if unit not in alternatives:
                seats = {u: problem.units[u].seats for u in demand.units}
                unit = min(seats, key=lambda u: (seats[u] < demand.size, abs(seats[u] - demand.size)))
            picks.append(alternatives.index(unit))
        return replace(assignment, pick=tuple(picks))

    def unfold(self, assignment: Assignment) -> Assignment:
        """Tell picks as units."""
        units = list(assignment.unit)
        for d, pick in zip(self.demands, assignment.pick[self.first :], strict=True):
            units[d] = self._alternatives(d)[pick]
        return replace(assignment, pick=assignment.pick[: self.first], unit=tuple(units))


def _is_by_name(row: Row) -> bool:
    given = row.members[0].given if row.members else None
    return given is not None and given[0] < 0


@dataclass(frozen=True)
class _Weighed(Entry):
    """An entry with a weight of its own."""

    weight: int | None


class _Rewritten(Tables):
    def __init__(self, problem: Problem, entries: list[Entry]) -> None:
        super().__init__(problem)
        self.entries = entries

    def weight(self, entry: Entry) -> int | None:
        assert isinstance(entry, _Weighed)
        return entry.weight


class _Fusion:
    """Makes one row of weighted rows over the same two events; rows made of the same tables share what they are made of."""

    def __init__(self, tables: Tables) -> None:
        self._sizes = [len(event.options) for event in tables.problem.events]
        self._wide: dict[tuple[int, int, int], NDArray[np.int64]] = {}
        self._sums: dict[tuple[tuple[int, int, int, int], ...], tuple[tuple[int, ...], ...]] = {}
        self._classes: dict[int, tuple[int, ...]] = {}

    def entries(self, entries: Iterator[_Weighed]) -> list[Entry]:
        """Return all entries, the fused ones where the first of theirs stood."""
        found: list[Entry | None] = []
        alike: dict[tuple[Member, ...], list[tuple[int, _Weighed]]] = defaultdict(list)
        for entry in entries:
            if isinstance(entry.row, Pair) and entry.weight and all(m.given is None for m in entry.row.members):
                alike[entry.row.members].append((len(found), entry))
            found.append(entry)
        for together in alike.values():
            if len(together) > 1:
                for place, _ in together:
                    found[place] = None
                found[together[0][0]] = self._fused([entry for _, entry in together])
        return [entry for entry in found if entry is not None]

    def _fused(self, entries: list[_Weighed]) -> _Weighed:
        rows = [entry.row for entry in entries if isinstance(entry.row, Pair)]
        weights = [entry.row.scale * (entry.weight or 0) for entry in entries]
        scale = gcd(*weights)
        key = tuple(
            (id(row.table), id(row.classes[0]), id(row.classes[1]), weight // scale)
            for row, weight in zip(rows, weights, strict=True)
        )
        if key not in self._sums:
            total = sum(weight // scale * self._widened(row) for row, weight in zip(rows, weights, strict=True))
            self._sums[key] = tuple(map(tuple, total.tolist()))  # type: ignore[union-attr]
        a, b = (self._all_classes(self._sizes[member.event]) for member in rows[0].members)
        row = Pair(rows[0].members, (a, b), self._sums[key], scale)
        return _Weighed(entries[0].rule, entries[0].where, row, 1)

    def _widened(self, row: Pair) -> NDArray[np.int64]:
        """Return the row's table by options."""
        key = (id(row.table), id(row.classes[0]), id(row.classes[1]))
        if key not in self._wide:
            self._wide[key] = np.array(row.table, np.int64)[np.ix_(*row.classes)]
        return self._wide[key]

    def _all_classes(self, size: int) -> tuple[int, ...]:
        return self._classes.setdefault(size, tuple(range(size)))
