"""Large neighbourhood search (Shaw 1998): free a part, solve it with CP-SAT, keep what is no worse.

`improve` is a pure function of its task, so that it runs here, in a crew of processes, or elsewhere.
"""

from __future__ import annotations

from dataclasses import dataclass
from random import Random

from solver.audit import audit
from solver.model import Model
from solver.neighbourhoods import NEIGHBOURHOODS, View
from solver.parameters import Effort
from solver.problem import Assignment
from solver.tables import Tables

SUB_SOLVE = 2.0
"""Seconds, or units of CP-SAT's work, that one sub-solve may take."""


@dataclass(frozen=True)
class Task:
    """One sub-problem to try.

    Attributes
    ----------
    incumbent : Assignment
    neighbourhood : str
        Name of one of `NEIGHBOURHOODS`.
    size : int
        About how many decisions to set free.
    seed : int
    effort : Effort
    named : bool
        Whether rooms and workstations are decided too, by name.
    repair : bool
        Whether the incumbent breaks required rules, and fewer of them are all that is looked for; else all are kept.
    strict : bool
        In a repair: whether rows that the incumbent keeps must be kept (see `Model`).
    """

    incumbent: Assignment
    neighbourhood: str
    size: int
    seed: int
    effort: Effort
    named: bool = False
    repair: bool = False
    strict: bool = False


@dataclass(frozen=True)
class Candidate:
    """What a task came to: `gain` is by how much the cost falls, or, in a repair, what is broken."""

    assignment: Assignment | None
    gain: int
    closed: bool
    work: float


def improve(view: View, task: Task) -> Candidate:
    """Free what the task's neighbourhood chooses and solve it."""
    rng = Random(task.seed)
    part = NEIGHBOURHOODS[task.neighbourhood](view, task.incumbent, rng, task.size)
    model = Model(
        view.tables,
        task.incumbent,
        part.events,
        part.choices,
        demands=part.demands,
        named=task.named,
        penalty=1 if task.repair else None,
        strict=task.strict,
        wishes=not task.repair,
    )
    answer = model.solve(task.effort)
    if answer.assignment is None:
        return Candidate(None, 0, answer.closed, answer.work)
    broken, cost = change(view.tables, task.incumbent, answer.assignment, named=task.named)
    gain = -broken if task.repair else -cost if broken <= 0 else -1 - abs(cost)
    return Candidate(answer.assignment, gain, answer.closed, answer.work)


def change(tables: Tables, old: Assignment, new: Assignment, *, named: bool) -> tuple[int, int]:
    """Return by how much `new` exceeds `old`: in deviations of required rules, and in cost; units count where named."""
    if not named:
        return tables.difference(old, new)
    before, after = audit(tables.problem, old), audit(tables.problem, new)
    return after.broken - before.broken, after.cost - before.cost


def moved(old: Assignment, new: Assignment, base: Assignment) -> Assignment:
    """Return `base` with every decision changed that differs between `old` and `new`."""
    if base is old:
        return new

    def merge(a: tuple[int, ...], b: tuple[int, ...], c: tuple[int, ...]) -> tuple[int, ...]:
        return tuple(z if x == y else y for x, y, z in zip(a, b, c, strict=True))

    return Assignment(
        merge(old.option, new.option, base.option),
        merge(old.pick, new.pick, base.pick),
        merge(old.unit, new.unit, base.unit),
    )


@dataclass
class Appetite:
    """How large a neighbourhood may be, and how often it is tried: learnt from how its sub-solves end.

    A sub-solve that is closed lets the next be larger, one that is not makes it smaller. The weight follows the gains
    (Ropke and Pisinger 2006, adaptive large neighbourhood search).
    """

    size: float
    least: int
    most: int
    weight: float = 1.0
    tries: int = 0
    easy: float = 0.5

    def learn(self, candidate: Candidate, improved: bool) -> None:
        """Adjust to what a task came to."""
        self.tries += 1
        factor = 0.9 if not candidate.closed else 1.06 if candidate.work < self.easy else 1.0
        self.size = min(float(self.most), max(float(self.least), self.size * factor))
        reward = 3.0 / max(0.3, candidate.work) if improved else 0.0
        self.weight = min(4.0, max(0.3, 0.95 * self.weight + 0.05 * reward))
