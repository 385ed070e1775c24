"""Recount every rule on an assignment, without OR-Tools, tables or search: what the engine says is believed only after this."""

from __future__ import annotations

from collections.abc import Container
from dataclasses import dataclass

from solver.problem import Assignment, Problem
from solver.rules.rule import ALL, Deviation


@dataclass(frozen=True)
class Audit:
    """What a recount found.

    Attributes
    ----------
    deviations : tuple of tuple of Deviation
        For each rule of the problem where and by how much it is missed.
    broken : int
        Sum of the deviations of required rules.
    cost : int
        Sum of weight x deviation of weighted rules.
    """

    deviations: tuple[tuple[Deviation, ...], ...]
    broken: int
    cost: int

    @property
    def feasible(self) -> bool:
        """Whether every required rule holds."""
        return self.broken == 0


def audit(problem: Problem, assignment: Assignment, touching: Container[int] = ALL) -> Audit:
    """Recount every rule by its own `check`; with `touching` only what those events can change.

    Raises
    ------
    ValueError
        If the assignment does not fit the problem: a decision missing, or an index that does not exist.
    """
    _fits(problem, assignment)
    found = tuple(tuple(rule.check(problem, assignment, touching)) for rule in problem.rules)
    broken = cost = 0
    for rule, deviations in zip(problem.rules, found, strict=True):
        total = sum(deviation.amount for deviation in deviations)
        if rule.weight is None:
            broken += total
        else:
            cost += rule.weight * total
    return Audit(found, broken, cost)


def _fits(problem: Problem, assignment: Assignment) -> None:
    for what, chosen, sizes, least in (
        ("event", assignment.option, [len(e.options) for e in problem.events], 0),
        ("choice", assignment.pick, [c.alternatives for c in problem.choices], 0),
        ("demand", assignment.unit, [len(problem.units)] * len(problem.demands), -1),
    ):
        if len(chosen) != len(sizes):
            raise ValueError(f"The assignment decides {len(chosen)} {what}s, the problem has {len(sizes)}.")
        for index, (value, size) in enumerate(zip(chosen, sizes, strict=True)):
            if not least <= value < size:
                raise ValueError(
                    f"The assignment gives {what} {index} the value {value}; it must be {least}..{size - 1}."
                )
