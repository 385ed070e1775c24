"""Linear expressions over literals and integer variables, with constants folded as they are added."""

from __future__ import annotations

from collections.abc import Iterable
from math import gcd

Literal = int
"""A Boolean: a variable's index, `~index` for its negation, or one of the constants `TRUE` and `FALSE`."""

TRUE: Literal = 1 << 40
FALSE: Literal = ~TRUE


class Linear:
    """A constant and a sum of coefficient x variable; grows in place.

    Attributes
    ----------
    const : int
    vars, coefs : list of int
        Indices of variables and their coefficients, in the order in which they were added.
    """

    __slots__ = ("coefs", "const", "vars")

    def __init__(self, const: int = 0) -> None:
        self.const = const
        self.vars: list[int] = []
        self.coefs: list[int] = []

    def plus(self, literal: Literal, coef: int = 1) -> Linear:
        """Add coef x literal."""
        if literal == TRUE:
            self.const += coef
        elif literal != FALSE:
            if literal < 0:
                self.const += coef
                literal, coef = ~literal, -coef
            self.vars.append(literal)
            self.coefs.append(coef)
        return self

    def plus_all(self, literals: Iterable[Literal], coef: int = 1) -> Linear:
        """Add coef x each of the literals."""
        for literal in literals:
            self.plus(literal, coef)
        return self

    def add(self, other: Linear, coef: int = 1) -> Linear:
        """Add coef x another expression."""
        self.const += coef * other.const
        self.vars += other.vars
        self.coefs += other.coefs if coef == 1 else [coef * c for c in other.coefs]
        return self

    def reduced(self) -> Linear:
        """Return an expression without common factor that is at most 0 for the same values of the variables."""
        common = gcd(*self.coefs) if self.coefs and abs(self.coefs[0]) > 1 else 1
        if common == 1:
            return self
        smaller = Linear(-(-self.const // common))
        smaller.vars, smaller.coefs = self.vars, [coef // common for coef in self.coefs]
        return smaller

    @property
    def fixed(self) -> bool:
        """Whether it is a mere constant."""
        return not self.vars
