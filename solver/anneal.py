"""A compiled local search: finds a first assignment that keeps every required row, and can go on to make the cost small.

Simulated annealing in runs of growing length. What a run leaves broken weighs more in the next ones (breakout, Morris 1993):
the landscape bends until it has no valley there. Weighted wishes stay out of the objective until every required row holds;
then a second, longer annealing makes their cost small, and keeps only what breaks nothing.

Rules without rows are not seen here; CP-SAT has the last word on them.

``python -m solver.anneal`` compiles the kernel and leaves it in numba's cache.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from time import monotonic
from typing import Literal

import numpy as np

from solver import kernel as k
from solver.flat import Flat
from solver.image import Numbers
from solver.measures import Gaps
from solver.problem import Assignment, Axis, Choice, Event, Grid, Member, Option, Problem
from solver.sentence import Thing
from solver.tables import Cells, Entry, Options, Pair, Profile, Row, Spread, Sum, Tables

CHUNK = 20_000
"""Moves between two looks at the clock: some hundredths of a second."""

UNIT = 100
"""Weight of one step of a required row's excess while wishes are out of the objective."""

HOT, COLD = 0.4, 0.12
"""First and last temperature of a run for feasibility, in steps of a required row's excess."""

FIRST_RUN = 200_000
"""Moves of the first run; each later one is `GROWTH` times as long."""

GROWTH = 1.1

HEAVIER, HEAVIEST = 0.5, 8.0
"""What a row broken at a run's end gains in weight, and the most it can weigh, in its first weights."""

COST_HOT, COST_COLD = 2.5, 0.3
"""First temperature for cost, in median changes of cost; the last, in the least price of a wish."""

COST_RUN = 1_000_000
"""Moves of the first run for cost where there is no limit that tells how long to cool."""

BARRIER = 7.5
"""What breaking a required row costs in a search for cost, in median changes of cost."""

Target = Literal["feasible", "cost"]

Progress = Callable[[int, int, int], None]
"""Called with moves evaluated, excess of required rows, cost (0 while it is not looked at) at each improvement."""


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
    """How much of the effort is spent: counted work, seconds, or stopped on request."""

    moves: int | None
    seconds: float | None
    stop: Callable[[], bool]
    begun: float = field(default_factory=monotonic)
    done: int = 0

    def over(self) -> bool:
        return self.part() >= 1 or self.stop()

    def part(self) -> float:
        """Return the part of the effort that is spent; 0 where there is no limit."""
        spent = 0.0
        if self.moves is not None:
            spent = self.done / self.moves if self.moves > 0 else 1.0
        if self.seconds is not None:
            spent = max(spent, (monotonic() - self.begun) / self.seconds if self.seconds > 0 else 1.0)
        return spent

    def walk(self, image: Numbers, most: int, hot: float, cold: float, mix: tuple[float, ...], goal: int) -> int:
        """Walk a chunk and return the moves that it took."""
        if self.moves is not None:
            most = min(most, self.moves - self.done)
        begun = int(image[k.WORK])
        k.walk(image, max(1, min(CHUNK, most)), hot, cold, np.array(mix), goal)
        walked = int(image[k.WORK]) - begun
        self.done += walked
        return walked


def anneal(
    tables: Tables | Flat,
    *,
    seed: int,
    moves: int | None = None,
    seconds: float | None = None,
    stop: Callable[[], bool] = lambda: False,
    start: Assignment | None = None,
    target: Target = "feasible",
    progress: Progress | None = None,
) -> Annealed:
    """Search until every required row holds and, for target "cost", on until the effort is spent.

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
        Where to begin; the result is no worse.
    target : {"feasible", "cost"}
    progress : callable, optional

    Returns
    -------
    Annealed
        The best that was found.
    """
    flat = tables if isinstance(tables, Flat) else Flat(tables)
    clock = _Clock(moves, seconds, stop)
    tell = progress or (lambda moves, broken, cost: None)  # noqa: ARG005
    option, pick, broken = _make_feasible(flat, seed, clock, start, tell)
    if target == "cost" and broken == 0:
        option, pick = _make_cheap(flat, seed, clock, option, pick, tell)
    image = flat.image(0, np.zeros_like(flat.price), required_only=False)
    k.load(image, option, pick)
    assignment = Assignment(tuple(option.tolist()), tuple(pick.tolist()), (-1,) * len(flat.problem.demands))
    return Annealed(assignment, int(image[k.BROKEN]), int(image[k.COST]), clock.done)


def _make_feasible(
    flat: Flat, seed: int, clock: _Clock, start: Assignment | None, tell: Progress
) -> tuple[Numbers, Numbers, int]:
    """Return options and picks with the least excess of required rows that was found, and that excess."""
    first = np.maximum(1, UNIT // flat.unit)
    image = flat.image(seed, first, required_only=True)
    _begin(flat, image, seed, start)
    k.walk(image, 0, 1.0, 1.0, np.zeros(4), 0)  # keeps the start as the best so far
    weight = first.astype(float)
    length, runs, best = float(FIRST_RUN), 0, k.FAR
    picks = _share_of_picks(image)
    while True:
        if image[k.BEST] < best:
            best = int(image[k.BEST])
            tell(clock.done, best, 0)
        if best == 0 or not _can_move(image) or clock.over():
            return *flat.best(image), best
        # Chains reach what single moves cannot, at many times the price: every other run has a few.
        mix = (0.5, picks, 0.005 * (runs % 2), 0.5)
        walked = 0
        while walked < length and image[k.BEST] > 0 and not clock.over():
            chunk = min(CHUNK, int(length) - walked + 1)
            hot, cold = (UNIT * HOT * (COLD / HOT) ** min(1.0, at / length) for at in (walked, walked + chunk))
            walked += clock.walk(image, chunk, hot, cold, mix, 0)
        still = flat.rows(image)[:, k.EXCESS] > 0
        weight[still] = np.minimum(weight[still] + HEAVIER * first[still], HEAVIEST * first[still])
        k.reweigh(image, np.maximum(1, weight).astype(np.int64))
        length *= GROWTH
        runs += 1


def _begin(flat: Flat, image: Numbers, seed: int, start: Assignment | None) -> None:
    """Take over the start as far as the domains allow it, or build one: the hardest events first, each at its best place."""
    rng = np.random.default_rng(seed)
    if start is not None:
        allowed = [o if flat.allows(e, o) else int(rng.choice(flat.domain(e))) for e, o in enumerate(start.option)]
        k.load(image, np.array(allowed, np.int64), np.array(start.pick, np.int64))
    else:
        picks = [int(rng.integers(choice.alternatives)) for choice in flat.problem.choices]
        k.load(image, np.zeros(0, np.int64), np.array(picks, np.int64))
        k.build(image, flat.order(image, rng))


def _make_cheap(
    flat: Flat, seed: int, clock: _Clock, option: Numbers, pick: Numbers, tell: Progress
) -> tuple[Numbers, Numbers]:
    """Return options and picks of least cost among those found that break nothing; the ones given break nothing."""
    step, least = _steps_of_cost(flat, seed, option, pick)
    weight = np.where(flat.required, max(1, round(BARRIER * step)), flat.price)
    image = flat.image(seed, weight, required_only=False)
    k.load(image, option, pick)
    hot = COST_HOT * step
    cold = min(COST_COLD * least, hot)
    mix = (0.0, _share_of_picks(image), 0.0, 0.5)
    begun, best = clock.part(), k.FAR
    free = clock.moves is None and clock.seconds is None
    walked, length = 0, COST_RUN
    while True:
        if image[k.BEST] < best and image[k.BROKEN] == 0:
            best = int(image[k.BEST])
            tell(clock.done, 0, best)
        if image[k.BEST] == 0 or not _can_move(image) or clock.over():
            return flat.best(image) if image[k.BEST] < k.FAR else (option, pick)
        part = walked / length if free else (clock.part() - begun) / (1 - begun)
        temperature = hot * (cold / hot) ** min(1.0, part)
        walked += clock.walk(image, CHUNK, temperature, temperature, mix, 1)
        if free and walked >= length:
            walked, length = 0, 2 * length


def _steps_of_cost(flat: Flat, seed: int, option: Numbers, pick: Numbers) -> tuple[float, float]:
    """Return by how much one move changes the cost, the median of many; and the least price of a wish."""
    image = flat.image(seed, np.where(flat.required, 0, flat.price), required_only=False)
    k.load(image, option, pick)
    changes = np.zeros(1000, np.int64)
    found = k.sample(image, 20 * len(changes), changes)
    wishes = (flat.price * flat.unit)[~flat.required]
    least = float(wishes[wishes > 0].min(initial=k.FAR)) if wishes.any() else 1.0
    return float(np.median(np.abs(changes[:found]))) if found else least, least


def _can_move(image: Numbers) -> bool:
    return bool(image[k.MOVABLES] + image[k.CHANGEABLES] > 0)


def _share_of_picks(image: Numbers) -> float:
    """Return how often a move should change a pick, by how many decisions of either kind there are."""
    picks, events = int(image[k.CHANGEABLES]), int(image[k.MOVABLES])
    return min(0.7, max(0.1, picks / (picks + events))) if picks else 0.0


class _Toy(Tables):
    """A row of each shape over two lessons, to compile the kernel on."""

    def __init__(self, capacity: int) -> None:
        options = tuple(Option((tick,)) for tick in range(4))
        grid = Grid(2, (0, 1, 2, 3), (0, 0), (0, 1))
        events = (Event(options), Event(options))
        super().__init__(Problem(Axis((0, 1, 2, 3), (1, 2, 3, 4)), (grid,), events, choices=(Choice(2),)))
        members = (Member(0), Member(1, (0, 1)))
        line = (0, 1, 2, 3)
        rows: list[Row] = [
            Cells(members, (1, 1), (capacity,) * 4),
            Profile(members, 0, (0, 1), Gaps(), most=0),
            Sum(members, (1, 1), 0, (0,), most=1),
            Spread(members, (1, 1), 0, ((0,), (1,)), most=0),
            Pair((members[0], members[1]), (line, line), ((1, 0, 1, 1),) * 4),
            Options(1, (1, 0, 1, 1), (0, 1)),
        ]
        self.entries = [Entry(number, Thing("row", number), row) for number, row in enumerate(rows)]

    def weight(self, entry: Entry) -> int | None:
        return None if isinstance(entry.row, Cells) else 1


if __name__ == "__main__":
    anneal(_Toy(capacity=0), seed=0, moves=FIRST_RUN + CHUNK)
    anneal(_Toy(capacity=1), seed=0, moves=CHUNK, target="cost")
