"""A growing program of literals, integer variables and linear constraints: the verbs that know nothing of timetables.

Constraints are written straight into CP-SAT's proto, which is several times faster than through its modelling layer.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from solver.linear import FALSE, TRUE, Linear, Literal

FAR = 1 << 50
"""Further than any expression reaches."""


class Program:
    """Variables with bounds, constraints, and an objective to be made small.

    Parameters
    ----------
    proto
        CP-SAT's model, to be written.
    """

    def __init__(self, proto: Any) -> None:
        self.constant = 0
        self._proto = proto
        self._lower: list[int] = []
        self._upper: list[int] = []
        self._objective: dict[int, int] = {}
        self._both: dict[tuple[int, int], int] = {}
        self._any: dict[tuple[object, ...], Literal] = {}
        self._prefixes: dict[tuple[int, ...], list[Literal]] = {}
        self._alive: list[object] = []
        self._positive: dict[tuple[int, tuple[int, ...], tuple[int, ...]], int] = {}

    @property
    def size(self) -> int:
        """Variables of the model."""
        return len(self._upper)

    def boolean(self) -> Literal:
        """Return a new literal."""
        return self.integer(0, 1)

    def integer(self, low: int, high: int) -> int:
        """Return a new integer variable."""
        self._proto.variables.add().domain.extend((low, high))
        self._lower.append(low)
        self._upper.append(high)
        return len(self._upper) - 1

    def bounds(self, amount: Linear) -> tuple[int, int]:
        """Return the least and the largest value that the variables' own bounds allow."""
        low = high = amount.const
        for var, coef in zip(amount.vars, amount.coefs, strict=True):
            if coef > 0:
                low += coef * self._lower[var]
                high += coef * self._upper[var]
            else:
                low += coef * self._upper[var]
                high += coef * self._lower[var]
        return low, high

    def _all_boolean(self, amount: Linear) -> bool:
        return all(self._lower[v] == 0 and self._upper[v] == 1 for v in amount.vars) and len(set(amount.vars)) == len(
            amount.vars
        )

    def exactly_one(self, literals: Iterable[Literal]) -> None:
        """Require exactly one of these literals, none of them a constant."""
        self._proto.constraints.add().exactly_one.literals.extend(list(literals))

    def write(self, amount: Linear, low: int, high: int) -> None:
        """Require an amount between two bounds; `-FAR` is no lower one."""
        row = self._proto.constraints.add().linear
        row.vars.extend(amount.vars)
        row.coeffs.extend(amount.coefs)
        row.domain.extend((low if low == -FAR else low - amount.const, high - amount.const))

    def require(self, excess: Linear) -> None:
        """Require that an excess is not positive, as a clique of literals where it is one."""
        if self.bounds(excess)[1] <= 0:
            return
        excess = excess.reduced()
        if excess.const == -1 and all(coef == 1 for coef in excess.coefs) and self._all_boolean(excess):
            self._proto.constraints.add().at_most_one.literals.extend(excess.vars)
        else:
            self.write(excess, -FAR, 0)

    def pay(self, amount: Linear, weight: int | None) -> None:
        """Add weight x amount to the objective."""
        assert weight is not None
        self.constant += weight * amount.const
        for var, coef in zip(amount.vars, amount.coefs, strict=True):
            self._objective[var] = self._objective.get(var, 0) + weight * coef

    def both(self, a: Literal, b: Literal) -> Literal:
        """Return a literal that is true where both are."""
        if FALSE in (a, b):
            return FALSE
        if a in (TRUE, b):
            return b
        if b == TRUE:
            return a
        key = (a, b) if a < b else (b, a)
        known = self._both.get(key)
        if known is None:
            known = self._both[key] = self.boolean()
            self.write(Linear(-1).plus(a).plus(b).plus(known, -1), -FAR, 0)
            self.write(Linear().plus(known).plus(a, -1), -FAR, 0)
            self.write(Linear().plus(known).plus(b, -1), -FAR, 0)
        return known

    def any_of(self, cells: Sequence[Linear], *, least: bool) -> Literal:
        """Return a literal for "one of these is 1": never too low, or with `least` never too high."""
        open_cells = [cell for cell in cells if not cell.fixed]
        if any(cell.fixed and cell.const > 0 for cell in cells):
            return TRUE
        if not open_cells:
            return FALSE
        if len(open_cells) == 1 and open_cells[0].coefs == [1] and open_cells[0].const == 0:
            return open_cells[0].vars[0]
        key = (least, *map(id, open_cells))
        known = self._any.get(key)
        if known is not None:
            return known
        self._alive += open_cells
        literal = self._any[key] = self.boolean()
        if least:
            total = Linear().plus(literal)
            for cell in open_cells:
                total.add(cell, -1)
            self.write(total, -FAR, 0)
        else:
            for cell in open_cells:
                self.write(Linear().add(cell).plus(literal, -1), -FAR, 0)
        return literal

    def prefixes(self, cells: Sequence[Linear]) -> list[Literal]:
        """Return for each position a literal that is never too low for "this cell or one before is 1"."""
        key = tuple(map(id, cells))
        known = self._prefixes.get(key)
        if known is not None:
            return known
        found: list[Literal] = []
        last: Literal = FALSE
        for cell in cells:
            if last != TRUE:
                if cell.fixed:
                    last = TRUE if cell.const > 0 else last
                elif last == FALSE and len(cell.vars) == 1 and cell.coefs[0] == 1 and cell.const == 0:
                    last = cell.vars[0]
                else:
                    reached = self.boolean()
                    self.write(Linear().add(cell).plus(reached, -1), -FAR, 0)
                    if last != FALSE:
                        self.write(Linear().plus(last).plus(reached, -1), -FAR, 0)
                    last = reached
            found.append(last)
        self._alive += cells
        self._prefixes[key] = found
        return found

    def positive(self, amount: Linear) -> Linear:
        """Return an expression that is at least the amount and at least 0, and no more where that costs."""
        low, high = self.bounds(amount)
        if low >= 0:
            return amount
        if high <= 0:
            return Linear()
        key = (amount.const, tuple(amount.vars), tuple(amount.coefs))
        var = self._positive.get(key)
        if var is None:
            var = self._positive[key] = self.integer(0, high)
            self.write(Linear().add(amount).plus(var, -1), -FAR, 0)
        return Linear().plus(var)

    def largest(self, amounts: Sequence[Linear]) -> Linear:
        """Return an expression that is never less than any of the amounts."""
        spans = [self.bounds(amount) for amount in amounts]
        low, high = max(span[0] for span in spans), max(span[1] for span in spans)
        if low == high:
            return Linear(high)
        var = self.integer(low, high)
        for amount in amounts:
            self.write(Linear().add(amount).plus(var, -1), -FAR, 0)
        return Linear().plus(var)

    def smallest(self, amounts: Sequence[Linear]) -> Linear:
        """Return an expression that is never more than any of the amounts."""
        return Linear().add(self.largest([Linear().add(amount, -1) for amount in amounts]), -1)
