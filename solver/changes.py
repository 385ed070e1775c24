"""Changing from one place to another, in the model's verbs."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from solver.linear import FALSE, Linear, Literal

if TYPE_CHECKING:
    from solver.model import Model

Where = dict[int, Literal]
"""For each place a literal that is never too low for "it is there"."""


def changes(m: Model, held: Iterable[Where]) -> Linear:
    """Return an expression that is never less than the number of changes of one day.

    A change is a time at a place where the time before, of those spent at any place, was at another.

    Parameters
    ----------
    held : iterable of Where
        Where one is at each time of the day, in order.
    """
    total = Linear()
    last: Where = {}
    for now in held:
        total.plus(m.any_of(elsewhere(now, last), least=False))
        last = _known(m, now, last)
    return total


def elsewhere(now: Where, then: Where) -> list[Linear]:
    """Return for any two places by how much one is now at the one and was then at the other."""
    return [
        Linear(-1).plus(here).plus(there)
        for place, here in now.items()
        for other, there in then.items()
        if place != other and FALSE not in (here, there)
    ]


def _known(m: Model, now: Where, last: Where) -> Where:
    """Return for each place a literal that is never too low for "there it was last"."""
    known = {}
    for place in {**last, **now}:
        stays = Linear().plus(last.get(place, FALSE))
        stays.plus_all((there for other, there in now.items() if other != place), -1)
        cells = [Linear().plus(now.get(place, FALSE)), stays]
        known[place] = m.any_of([cell for cell in cells if m.bounds(cell)[1] > 0], least=False)
    return known
