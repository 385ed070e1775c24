"""What a profile row measures on one day: a number read off the mask of a subject's busy periods.

Each measure tells it twice: `value` of a mask (the local search looks it up in a table of all masks) and `express` in
the model's verbs. A test compares the two over every mask.
"""

from __future__ import annotations

from collections.abc import Hashable
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any, Protocol

import numpy as np

from solver.linear import Linear

if TYPE_CHECKING:
    from collections.abc import Sequence

    from solver.model import Model

Number = Any
"""A whole number, or an array of whole numbers of which each is meant."""


class Measure(Hashable, Protocol):
    """A number for one day of a subject.

    `express` may be too high or too low where nothing pulls it to the true value: it is right from below (`most`: never
    less than the true value) unless `least` is asked for, then right from above.
    """

    def value(self, mask: Number, periods: int) -> Number:
        """Return the measure of a day on which the periods whose bits are set are busy.

        It is written in operators that do the same to an array: of many masks at once the measures are told fast.
        """

    def express(self, m: Model, cells: Sequence[Linear], least: bool) -> Linear:
        """Return the measure over the day's cells, each an expression of value 0 or 1."""


@cache
def values(measure: Measure, periods: int) -> tuple[int, ...]:
    """Return the measure of every mask of so many periods; equal measures share them."""
    return tuple(measure.value(np.arange(1 << periods), periods).tolist())


def _bits(mask: Number, first: int, end: int) -> Number:
    """Return how many of the periods from `first` up to before `end` are busy."""
    return sum((mask >> p & 1 for p in range(first, end)), start=0 * mask)


def _end(last: int | None, periods: int) -> int:
    """Return the period after the last one; None is the day's last."""
    return periods if last is None else min(last + 1, periods)


def _positive(amount: Number) -> Number:
    return amount * (amount > 0)


def _only_most(measure: Measure, least: bool) -> None:
    if least:
        raise ValueError(f"{type(measure).__name__} can be limited from above only.")


@dataclass(frozen=True)
class Busy:
    """The number of busy periods from `first` to `last`, both included, less `free` but at least 0."""

    first: int = 0
    last: int | None = None
    free: int = 0

    def value(self, mask: Number, periods: int) -> Number:
        return _positive(_bits(mask, self.first, _end(self.last, periods)) - self.free)

    def express(self, m: Model, cells: Sequence[Linear], least: bool) -> Linear:
        total = Linear(-self.free)
        for cell in cells[self.first : _end(self.last, len(cells))]:
            total.add(cell)
        if self.free == 0:
            return total
        _only_most(self, least)
        return m.positive(total)


@dataclass(frozen=True)
class Among:
    """The number of busy periods among those whose bits are set in `meant`."""

    meant: int

    def value(self, mask: Number, periods: int) -> Number:
        return _bits(mask & self.meant, 0, periods)

    def express(self, m: Model, cells: Sequence[Linear], least: bool) -> Linear:  # noqa: ARG002 - it is right both ways
        total = Linear()
        for p, cell in enumerate(cells):
            if self.meant >> p & 1:
                total.add(cell)
        return total


@dataclass(frozen=True)
class Used:
    """1 if any period from `first` to `last`, both included, is busy."""

    first: int = 0
    last: int | None = None

    def value(self, mask: Number, periods: int) -> Number:
        return 1 * (mask >> self.first & (1 << max(0, _end(self.last, periods) - self.first)) - 1 != 0)

    def express(self, m: Model, cells: Sequence[Linear], least: bool) -> Linear:
        return Linear().plus(m.any_of(cells[self.first : _end(self.last, len(cells))], least=least))


@dataclass(frozen=True)
class Gaps:
    """The number of free periods between busy ones, without those whose bits are set in `shut`."""

    shut: int = 0

    def value(self, mask: Number, periods: int) -> Number:
        found = 0 * mask
        for p in self._open(periods):
            found += (mask >> p & 1 == 0) & (mask & (1 << p) - 1 != 0) & (mask >> p + 1 != 0)
        return found

    def express(self, m: Model, cells: Sequence[Linear], least: bool) -> Linear:
        _only_most(self, least)
        before = m.prefixes(cells)
        after = m.prefixes(cells[::-1])[::-1]
        total = Linear()
        for p in self._open(len(cells)):
            total.add(m.positive(Linear(-1).plus(before[p - 1]).plus(after[p + 1]).add(cells[p], -1)))
        return total

    def _open(self, periods: int) -> list[int]:
        return [p for p in range(1, periods - 1) if not self.shut >> p & 1]


@dataclass(frozen=True)
class Lone:
    """The number of busy periods with a free one (or the day's edge) on either side."""

    def value(self, mask: Number, periods: int) -> Number:
        return _bits(mask & ~(mask << 1) & ~(mask >> 1), 0, periods)

    def express(self, m: Model, cells: Sequence[Linear], least: bool) -> Linear:
        _only_most(self, least)
        total = Linear()
        for p, cell in enumerate(cells):
            alone = Linear().add(cell)
            for q in (p - 1, p + 1):
                if 0 <= q < len(cells):
                    alone.add(cells[q], -1)
            total.add(m.positive(alone))
        return total


@dataclass(frozen=True)
class Runs:
    """For every run of busy periods by how many it is longer than `most`."""

    most: int

    def value(self, mask: Number, periods: int) -> Number:
        window = (1 << self.most + 1) - 1
        return sum((1 * (mask >> p & window == window) for p in range(periods - self.most)), start=0 * mask)

    def express(self, m: Model, cells: Sequence[Linear], least: bool) -> Linear:
        _only_most(self, least)
        total = Linear()
        for p in range(len(cells) - self.most):
            full = Linear(-self.most)
            for cell in cells[p : p + self.most + 1]:
                full.add(cell)
            total.add(m.positive(full))
        return total


@dataclass(frozen=True)
class Under:
    """By how much a day that is used at all has fewer than `least` busy periods."""

    least: int

    def value(self, mask: Number, periods: int) -> Number:
        return _positive(self.least - _bits(mask, 0, periods)) * (mask != 0)

    def express(self, m: Model, cells: Sequence[Linear], least: bool) -> Linear:
        _only_most(self, least)
        missing = Linear().plus(m.any_of(cells, least=False), self.least)
        for cell in cells:
            missing.add(cell, -1)
        return m.positive(missing)


@dataclass(frozen=True)
class Late:
    """1 if the day is used and its first busy period comes after period `first`, counted from 0."""

    first: int

    def value(self, mask: Number, periods: int) -> Number:  # noqa: ARG002 - the measures share one signature
        return 1 * ((mask != 0) & (mask & (1 << self.first + 1) - 1 == 0))

    def express(self, m: Model, cells: Sequence[Linear], least: bool) -> Linear:
        _only_most(self, least)
        late = Linear().plus(m.any_of(cells[self.first + 1 :], least=False))
        for cell in cells[: self.first + 1]:
            late.add(cell, -1)
        return m.positive(late)


@dataclass(frozen=True)
class Span:
    """The number of periods from the first busy one to the last, less `free` but at least 0."""

    free: int = 0

    def value(self, mask: Number, periods: int) -> Number:
        span = sum(((mask & (2 << p) - 1 != 0) & (mask >> p != 0) for p in range(periods)), start=0 * mask)
        return _positive(span - self.free)

    def express(self, m: Model, cells: Sequence[Linear], least: bool) -> Linear:
        _only_most(self, least)
        before = m.prefixes(cells)
        after = m.prefixes(cells[::-1])[::-1]
        total = Linear(-self.free)
        for p in range(len(cells)):
            total.add(m.positive(Linear(-1).plus(before[p]).plus(after[p])))
        return m.positive(total)


@dataclass(frozen=True)
class Long:
    """1 if there are more than `most` periods from the first busy one to the last."""

    most: int

    def value(self, mask: Number, periods: int) -> Number:
        found = mask < 0
        for p in range(periods - self.most):
            found |= (mask & (2 << p) - 1 != 0) & (mask >> p + self.most != 0)
        return 1 * found

    def express(self, m: Model, cells: Sequence[Linear], least: bool) -> Linear:
        _only_most(self, least)
        before = m.prefixes(cells)
        after = m.prefixes(cells[::-1])[::-1]
        reaches = (Linear(-1).plus(start).plus(end) for start, end in zip(before, after[self.most :], strict=False))
        return m.largest([Linear(), *reaches])
