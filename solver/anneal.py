"""A compiled local search: finds a first assignment that keeps every required row, and can go on to make the cost small.

Simulated annealing with restarts of doubling length. Required rows that stay broken from run to run weigh more and more
(breakout, Morris 1993). Weighted wishes stay out of the objective until every required row holds.

Rules without rows are not seen here; CP-SAT has the last word on them.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from time import monotonic

import numpy as np

from solver import kernel as k
from solver.flat import Flat
from solver.image import Numbers
from solver.problem import Assignment
from solver.tables import Tables

CHUNK = 50_000
"""Moves between two looks at the clock."""

UNIT = 100
"""Weight of one step of a required row's excess while wishes are out of the objective."""

HOT, COLD = 0.6, 0.12
"""First and last temperature of a run, in steps of a required row's excess."""


@dataclass(frozen=True)
class Annealed:
    """What the local search found.

    Attributes
    ----------
    assignment : Assignment
        Without named units.
    broken : int
        Excess of required rows.
    cost : int
        Cost of weighted rows.
    moves : int
        Moves evaluated.
    """

    assignment: Assignment
    broken: int
    cost: int
    moves: int


@dataclass
class _Clock:
    """When to stop: counted work, seconds, or on request."""

    moves: int | None
    seconds: float | None
    stop: Callable[[], bool]

    def __post_init__(self) -> None:
        self.begun = monotonic()
        self.done = 0

    @property
    def over(self) -> bool:
        return self.part >= 1 or self.stop()

    @property
    def part(self) -> float:
        """The part of the effort that is spent, 0 where there is no limit."""
        spent = 0.0
        if self.moves is not None:
            spent = self.done / self.moves if self.moves > 0 else 1.0
        if self.seconds is not None:
            spent = max(spent, (monotonic() - self.begun) / self.seconds if self.seconds > 0 else 1.0)
        return spent

    def next_chunk(self, most: int) -> int:
        left = most if self.moves is None else min(most, self.moves - self.done)
        return max(1, min(CHUNK, left))


Progress = Callable[[int, int, int], None]
"""Called with moves evaluated, excess of required rows, cost."""


def anneal(
    tables: Tables | Flat,
    *,
    seed: int,
    moves: int | None = None,
    seconds: float | None = None,
    stop: Callable[[], bool] = lambda: False,
    start: Assignment | None = None,
    target: str = "feasible",
    progress: Progress | None = None,
) -> Annealed:
    """Search until every required row holds (and, for target "cost", on until the effort is spent).

    Parameters
    ----------
    tables : Tables or Flat
    seed : int
        The same seed and the same `moves`, with no limit of time, give the same result.
    moves : int, optional
        Moves to evaluate.
    seconds : float, optional
        Wall-clock limit.
    stop : callable
        Asked every few hundredths of a second.
    start : Assignment, optional
        Where to begin.
    target : {"feasible", "cost"}
    progress : callable, optional
    """
    flat = tables if isinstance(tables, Flat) else Flat(tables)
    clock = _Clock(moves, seconds, stop)
    option, pick, broken = _find_feasible(flat, seed, clock, start, progress)
    if target == "cost" and broken == 0:
        option, pick = _make_cheap(flat, seed, clock, option, pick, progress)
    return _result(flat, option, pick, clock.done)


def _result(flat: Flat, option: Numbers, pick: Numbers, moves: int) -> Annealed:
    image = flat.image(0, np.zeros_like(flat.price), required_only=False)
    k.load(image, option, pick)
    assignment = Assignment(tuple(option.tolist()), tuple(pick.tolist()), (-1,) * len(flat.problem.demands))
    return Annealed(assignment, int(image[k.BROKEN]), int(image[k.COST]), moves)


def _find_feasible(
    flat: Flat, seed: int, clock: _Clock, start: Assignment | None, progress: Progress | None
) -> tuple[Numbers, Numbers, int]:
    rng = np.random.default_rng(seed)
    base = np.maximum(1, UNIT // flat.unit)
    image = flat.image(seed, base, required_only=True)
    if start is not None:
        option = np.array([o if flat.allows(e, o) else flat.domain(e)[0] for e, o in enumerate(start.option)], np.int64)
        k.load(image, option, np.array(start.pick, np.int64))
    else:
        k.build(image, flat.order(image, rng))
    mix = np.array([0.3, 0.1 if image[k.CHANGEABLES] else 0.0, 0.0, 0.3])
    k.walk(image, 0, 1.0, 1.0, mix, 0)
    length = max(CHUNK, 20 * len(flat.problem.events))
    while image[k.BEST] > 0 and not clock.over:
        done = 0
        while done < length and image[k.BEST] > 0 and not clock.over:
            chunk = clock.next_chunk(length - done)
            hot = UNIT * HOT * (COLD / HOT) ** (done / length)
            cold = UNIT * HOT * (COLD / HOT) ** (min(length, done + chunk) / length)
            begun = int(image[k.WORK])
            k.walk(image, chunk, hot, cold, mix, 0)
            spent = int(image[k.WORK]) - begun
            done += spent
            clock.done += spent
        if progress is not None:
            progress(clock.done, int(image[k.BEST]), 0)
        length *= 2
    return *flat.best(image), int(image[k.BEST])


def _make_cheap(
    flat: Flat, seed: int, clock: _Clock, option: Numbers, pick: Numbers, progress: Progress | None
) -> tuple[Numbers, Numbers]:
    return option, pick


def _toy() -> None:
    """Compile the kernel and fill numba's cache."""


if __name__ == "__main__":
    _toy()
