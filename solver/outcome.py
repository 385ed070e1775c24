"""What a search came to, and what it tells on the way."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

from solver.audit import Audit
from solver.problem import Assignment
from solver.sentence import Sentence

Status = Literal["optimal", "feasible", "impossible", "unknown"]


@dataclass(frozen=True)
class Progress:
    """Where the search is.

    Attributes
    ----------
    elapsed : float
        Seconds since the search began; counted work where that is the limit, lest a clock make two equal runs differ.
    phase : str
        compile, precheck, construct, settle, cool, improve, polish, soften.
    cost : int or None
        Cost of the best assignment so far, by the audit; None before there is one.
    bound : int
        Proven lower bound of the cost.
    broken : int or None
        While constructing: deviations of required rules in the best attempt.
    """

    elapsed: float
    phase: str
    cost: int | None
    bound: int
    broken: int | None = None

    @property
    def gap(self) -> float | None:
        """Relative distance from bound to cost, 0 when proved optimal."""
        if self.cost is None:
            return None
        return (self.cost - self.bound) / max(1, self.cost)


Listener = Callable[[Progress, Assignment | None], None]
"""Told of every improvement, with the assignment, and of phases, without one."""


@dataclass(frozen=True)
class Outcome:
    """What a search came to.

    Attributes
    ----------
    status : str
        optimal: the cost equals the bound; feasible; impossible: proved, or found by precheck; unknown: stopped before
        a feasible assignment was found.
    assignment : Assignment or None
        The best; where the status is unknown or impossible, the one that breaks least, if any.
    audit : Audit or None
        The recount of that assignment.
    bound : int
        Proven lower bound of the cost.
    log : tuple of Progress
        The improvements.
    reasons : tuple of Sentence
        Why it is impossible.
    """

    status: Status
    assignment: Assignment | None
    audit: Audit | None
    bound: int
    log: tuple[Progress, ...] = ()
    reasons: tuple[Sentence, ...] = ()

    @property
    def cost(self) -> int | None:
        """The audited cost."""
        return None if self.audit is None else self.audit.cost
