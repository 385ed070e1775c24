"""Whose busy periods are plain sums of literals, because required rules keep them out of one period together."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable

from solver.problem import Member, Option, Problem


class Exclusive:
    """Knows which members can never share a cell of a grid.

    Parameters
    ----------
    problem : Problem
    crowds : iterable of tuple of Member
        Members of whom at most one may run at any tick.
    """

    def __init__(self, problem: Problem, crowds: Iterable[tuple[Member, ...]]) -> None:
        self._problem = problem
        self._crowds: dict[Member, list[frozenset[Member]]] = defaultdict(list)
        for crowd in crowds:
            together = frozenset(crowd)
            for member in together:
                self._crowds[member].append(together)
        # Keyed by identity, which is quick; what was asked about is kept beside the answer, lest another take its place.
        self._known: dict[tuple[int, int], tuple[tuple[Member, ...], bool]] = {}
        self._filled: dict[tuple[int, int], tuple[tuple[Option, ...], bool]] = {}

    def __call__(self, members: tuple[Member, ...], grid: int) -> bool:
        """Whether any two of the members are kept out of one cell of the grid, so that sums are 0 or 1."""
        key = (id(members), grid)
        known = self._known.get(key)
        if known is None or known[0] is not members:
            apart = len(members) <= 1 or any(set(members) <= crowd for crowd in self._crowds.get(members[0], ()))
            fills = all(self._fills_cells(event, grid) for event in {member.event for member in members})
            known = self._known[key] = members, apart and fills
        return known[1]

    def _fills_cells(self, event: int, grid: int) -> bool:
        """Whether two options that touch one cell always share a tick, because each fills the cells that it touches."""
        options = self._problem.events[event].options
        key = (id(options), grid)
        known = self._filled.get(key)
        if known is None or known[0] is not options:
            cell = self._problem.grids[grid].cell
            size = Counter(cell)
            fills = True
            for option in options:
                filled = Counter(cell[tick] for tick in option.ticks)
                if any(c >= 0 and count < size[c] for c, count in filled.items()):
                    fills = False
                    break
            known = self._filled[key] = options, fills
        return known[1]
