"""How crowded a problem is: where rows of cells are nearly full, events must change places; else there is room to move."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from solver.tables import Cells

if TYPE_CHECKING:
    from solver.flat import Flat


def crowding(flat: Flat) -> float:
    """Return what part of its fullest row an event's fellows and itself take, the median of the events; 0 without such rows.

    A row is as full as what its unconditional members take at least, by all that is held where they may be.
    """
    problem = flat.problem
    fullest = np.zeros(len(problem.events))
    for index in flat.entries:
        row = flat.tables.entries[index].row
        if not isinstance(row, Cells):
            continue
        always = [(m.event, n) for m, n in zip(row.members, row.amounts, strict=True) if m.given is None]
        events = [event for event, _ in always]
        lists = {id(options): options for options in (problem.events[event].options for event in events)}
        taken = {key: [row.ticks_of(option) for option in options] for key, options in lists.items()}
        fewest = {key: min(map(len, ticks)) for key, ticks in taken.items()}
        held = {tick for ticks in taken.values() for option in ticks for tick in option}
        needs = sum(n * fewest[id(problem.events[event].options)] for event, n in always)
        holds = sum(row.capacity[tick] for tick in held)
        fullest[events] = np.maximum(fullest[events], needs / max(1, holds))
    return float(np.median(fullest)) if fullest.size else 0.0
