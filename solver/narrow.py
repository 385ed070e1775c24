"""Options of free events that required rows forbid, given what is fixed: they need no literal."""

from __future__ import annotations

from typing import TYPE_CHECKING

from solver.linear import TRUE
from solver.tables import Cells, Options, Pair

if TYPE_CHECKING:
    from collections.abc import Iterable

    from solver.model import Model
    from solver.problem import Assignment


def shut_options(model: Model, incumbent: Assignment, touched: Iterable[int]) -> dict[int, set[int]]:
    """Return for each free event the indices of options that one of the touched rows rules out."""
    tables = model.tables
    shut: dict[int, set[int]] = {event: set() for event in model.free_events}
    for index in touched:
        entry = tables.entries[index]
        if tables.weight(entry) is not None:
            continue
        match entry.row:
            case Cells() as row:
                _shut_by_cells(model, incumbent, row, shut)
            case Options() as row if row.event in model.free_events and model.given(row.given) == TRUE:
                shut[row.event].update(number for number, cost in enumerate(row.costs) if cost)
            case Pair() as row:
                _shut_by_pair(model, incumbent, row, shut)
    return shut


def _shut_by_cells(model: Model, incumbent: Assignment, row: Cells, shut: dict[int, set[int]]) -> None:
    events = model.problem.events
    left = list(row.capacity)
    free = []
    for member, amount in zip(row.members, row.amounts, strict=True):
        if model.given(member.given) != TRUE:
            continue
        if member.event in model.free_events:
            free.append((member.event, amount))
        else:
            for tick in events[member.event].options[incumbent.option[member.event]].ticks:
                left[tick] -= amount
    for event, amount in free:
        shut[event].update(
            number
            for number, option in enumerate(events[event].options)
            if any(left[tick] < amount for tick in option.ticks)
        )


def _shut_by_pair(model: Model, incumbent: Assignment, row: Pair, shut: dict[int, set[int]]) -> None:
    a, b = row.members
    if model.given(a.given) != TRUE or model.given(b.given) != TRUE:
        return
    if a.event in model.free_events and b.event not in model.free_events:
        other = row.classes[1][incumbent.option[b.event]]
        shut[a.event].update(i for i, c in enumerate(row.classes[0]) if row.table[c][other])
    elif b.event in model.free_events and a.event not in model.free_events:
        costs = row.table[row.classes[0][incumbent.option[a.event]]]
        shut[b.event].update(i for i, c in enumerate(row.classes[1]) if costs[c])
