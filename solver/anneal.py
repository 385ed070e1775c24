"""A compiled local search: finds a first assignment that keeps every required row, and can go on to make the cost small.

One simulated annealing, then a cold walk until it breaks out. While it is cool, what is still broken weighs more and more,
and less again once it holds (breakout, Morris 1993; smoothing, Schuurmans and Southey 2001): the landscape bends until it has
no valley there. Weighted wishes stay out of the objective until every required row holds; then a second annealing makes their
cost small, and keeps only what breaks nothing.

Rules without rows are not seen here; CP-SAT has the last word on them.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from time import monotonic
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from solver import kernel as k
from solver.flat import Flat
from solver.image import Numbers
from solver.problem import Assignment
from solver.tables import Tables

CHUNK = 20_000
"""Moves between two looks at the clock: some hundredths of a second."""

UNIT = 100
"""Weight of one step of a required row's excess while wishes are out of the objective."""


@dataclass(frozen=True)
class Bend:
    """What a broken row gains at each step, what is left of that once it holds, the most it can weigh: in first weights."""

    heavier: float
    lighter: float
    heaviest: float


HOT, COLD = 0.45, 0.2
"""First and last temperature of a new assignment, in steps of a required row's excess.

Measured on a school of 1,000 lessons: above 0.45 nearly everything melts, below 0.2 hardly anything moves any more.
"""

COOLING = 0.5
"""Part of the effort in which a new assignment cools; the rest, and all of it from a given one, goes into breaking out."""

CHAINS = 0.0025
"""Part of the moves that are chains: they reach what single moves cannot, at many times the price."""

CROWDED = 0.25
"""Crowding (`solver.crowding`) from which on events must change places to get anywhere: 0.5-1.0 in schools, 0.1 in sessions.

Where it is less, events drive away what they cannot stand with, such as an exam the consultation before it, and none change
places. Measured on sessions of 120 exams with commissions, twelve seeds of 590,000 moves: nothing broken with two, 28 steps on
the average; so with five, 4 steps, in two thirds of the time. On the sample centre's sessions, cost after 1.5 million moves
with six seeds: 21 to 64 and 338 to 468; so 21 and 268 to 353.
"""

THOROUGH_HOT, THOROUGH_COOLING, THOROUGH_CHAINS = 1.0, 0.8, 0.02
"""The same of a thorough annealing.

Measured on two schools that the quick one seldom settles, broken steps left after 30 and 40 s with three seeds: 17 11 14
(580 lessons at two sites) and 1 3 (blocks of parallel lessons); 6 6 8 and 1 1 1 with these. On easier ones it takes
twice as long.
"""

STEPS = 100
"""Temperatures of an annealing for feasibility."""

BENT = 0.4
"""Temperature below which what is broken gets heavier."""

COOLING_BENDS, BREAKING_OUT = Bend(0.1, 0.98, 8.0), Bend(1.0, 0.9, 16.0)
"""How rows bend at each step while it cools, and when it is cold.

Measured: a cold walk with the second settles in seconds the last one or two broken steps of schools of 1,000 to 5,000
lessons, at which annealings of a part or of the whole came to a stop.
"""

RUN = 1_000_000
"""Moves of the first annealing where there is no limit that tells how long to cool; each later one is twice as long."""

COST_HOT, COST_COLD = 2.5, 0.3
"""First temperature for cost, in median changes of cost; the last, in the least price of a wish."""

BARRIER = 7.5
"""What breaking a required row costs in a search for cost, in median changes of cost."""

RECKONED_HOT, RECKONED_COLD, RECKONED_BARRIER = 4.0, 0.3, 50.0
"""The same where moves are reckoned; required rows are hardly ever broken, for chains find the way round."""

Target = Literal["feasible", "cost"]

Progress = Callable[[int, int, int], None]
"""Called with moves evaluated, excess of required rows, cost (0 while it is not looked at) at each improvement."""


@dataclass(frozen=True)
class Heat:
    """How an annealing for cost cools, so that it can be done in pieces.

    Attributes
    ----------
    hot, cold : float
        First and last temperature, in cost; geometric in between.
    barrier : int
        What a unit of a required row's excess costs meanwhile.
    """

    hot: float
    cold: float
    barrier: int

    @classmethod
    def around(cls, flat: Flat, assignment: Assignment, seed: int) -> Heat:
        """Return what suits the changes of cost that single moves make around an assignment."""
        step, least = _steps_of_cost(flat, seed, *flat.numbers(assignment))
        if flat.reckoning:
            hot = RECKONED_HOT * step
            return cls(hot, min(RECKONED_COLD * least, hot), max(1, round(RECKONED_BARRIER * step)))
        hot = COST_HOT * step
        return cls(hot, min(COST_COLD * least, hot), max(1, round(BARRIER * step)))

    def piece(self, begun: float, ended: float) -> Heat:
        """Return the piece between two parts of the whole."""
        fall = self.cold / self.hot
        return Heat(self.hot * fall**begun, self.hot * fall**ended, self.barrier)


@dataclass(frozen=True)
class Annealed:
    """What the local search found.

    Attributes
    ----------
    assignment : Assignment
        The best, without named units.
    broken : int
        Excess of required rows.
    cost : int
        Cost of weighted rows.
    moves : int
        Moves evaluated.
    last : Assignment
        Where it stood at the end, broken or not, for the next piece of an annealing.
    """

    assignment: Assignment
    broken: int
    cost: int
    moves: int
    last: Assignment


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

    def walk(self, image: Numbers, temperature: float, mix: _Mix, goal: int) -> None:
        """Walk for a moment."""
        most = CHUNK if self.moves is None else max(1, min(CHUNK, self.moves // STEPS, self.moves - self.done))
        begun = int(image[k.WORK])
        if image[k.RECKONS]:
            k.roam(image, most, temperature, temperature, mix.reckoned(), goal)
        else:
            k.walk(image, most, temperature, temperature, mix.shares(), goal)
        self.done += int(image[k.WORK]) - begun


@dataclass
class _Cooling:
    """How far an annealing is: over a share of what is left of the effort, or in ever longer runs where it has no limit."""

    clock: _Clock
    hot: float
    cold: float
    share: float = 1.0

    def __post_init__(self) -> None:
        self._endless = self.clock.moves is None and self.clock.seconds is None
        self._begun, self._done, self._length = self.clock.part(), self.clock.done, RUN

    def part(self) -> float:
        """Return which part of the annealing is done."""
        span = self.share * (1 - self._begun)
        if span <= 0:
            return 1.0
        if not self._endless:
            return min(1.0, (self.clock.part() - self._begun) / span)
        if self.clock.done - self._done >= self._length:
            self._done, self._length = self.clock.done, 2 * self._length
        return (self.clock.done - self._done) / self._length

    def temperature(self) -> float:
        """Return how hot it is now; geometric from hot to cold."""
        return self.hot * float((self.cold / self.hot) ** self.part())


@dataclass(frozen=True)
class _Mix:
    """How often a move is of a kind; what is left of the moves of events gives one another option.

    Attributes
    ----------
    culprit : float
        That what moves is sought in a row with an excess.
    pick : float
        That a choice changes.
    chain, swap, exchange : float
        Of the moves of events: drive away and place best; two change places; two times change places.
    longest : int
        Most events that an exchange moves.
    """

    pick: float
    culprit: float = 0.0
    chain: float = 0.0
    swap: float = 0.5
    exchange: float = 0.25
    longest: int = 12

    def shares(self) -> NDArray[np.float64]:
        return np.array([self.culprit, self.pick, self.chain, self.swap, self.exchange, self.longest])

    def reckoned(self) -> NDArray[np.float64]:
        """Return the shares where moves are reckoned before they are made."""
        return np.array([self.culprit, 0.1, 0.2, 0.1, self.longest, 4])


def anneal(
    tables: Tables | Flat,
    *,
    seed: int,
    moves: int | None = None,
    seconds: float | None = None,
    stop: Callable[[], bool] = lambda: False,
    start: Assignment | None = None,
    target: Target = "feasible",
    thorough: bool = False,
    heat: Heat | None = None,
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
        Where to begin; the result is no worse, unless a required row forbids an option of it in any case, or it takes
        apart what is held as one.
    target : {"feasible", "cost"}
    thorough : bool
        Whether to take longer on the way to a first assignment, and get stuck less often.
    heat : Heat, optional
        With target "cost": this piece of a longer annealing, which begins at a start that may break something.
    progress : callable, optional

    Returns
    -------
    Annealed
        The best that was found.
    """
    flat = tables if isinstance(tables, Flat) else Flat(tables)
    clock = _Clock(moves, seconds, stop)
    tell = progress or (lambda moves, broken, cost: None)  # noqa: ARG005
    if heat is not None and start is not None:
        best, last = _make_cheap(flat, seed, clock, start, heat, tell)
    else:
        best, broken = _make_feasible(flat, seed, clock, start, thorough, tell)
        last = best
        if target == "cost" and broken == 0:
            best, last = _make_cheap(flat, seed, clock, best, Heat.around(flat, best, seed), tell)
    image = flat.image(0, np.zeros_like(flat.price), required_only=False)
    k.load(image, *flat.numbers(best))
    return Annealed(best, int(image[k.BROKEN]), int(image[k.COST]), clock.done, last)


def _make_feasible(
    flat: Flat, seed: int, clock: _Clock, start: Assignment | None, thorough: bool, tell: Progress
) -> tuple[Assignment, int]:
    """Return an assignment with the least excess of required rows that was found, and that excess."""
    first = np.maximum(1, UNIT // flat.unit)
    image = flat.image(seed, first, required_only=True)
    _begin(flat, image, seed, start)
    k.walk(image, 0, 1.0, 1.0, _Mix(0.0).shares(), 0)  # keeps the start as the best so far
    weight = first.astype(float)
    best = k.FAR
    hot, share, chain = (THOROUGH_HOT, THOROUGH_COOLING, THOROUGH_CHAINS) if thorough else (HOT, COOLING, CHAINS)
    cooling = _Cooling(clock, hot, COLD, share if start is None else 0.0)
    steps = 0
    if image[k.RECKONS] or flat.crowding >= CROWDED:
        mix = _Mix(_share_of_picks(image), culprit=0.5, chain=chain, swap=0.3, exchange=0.6, longest=18)
    else:
        mix = _Mix(min(0.4, _share_of_picks(image)), culprit=0.7, chain=0.02, swap=0.0, exchange=0.0)
    while True:
        if image[k.BEST] < best:
            best = int(image[k.BEST])
            tell(clock.done, best, 0)
        if best == 0 or not _can_move(image) or clock.over():
            return flat.assignment(*flat.best(image)), best
        temperature = cooling.temperature()
        clock.walk(image, UNIT * temperature, mix, 0)
        step = int(STEPS * cooling.part())
        if step == STEPS or (step != steps and temperature < BENT):
            bend = BREAKING_OUT if step == STEPS else COOLING_BENDS
            still = flat.rows(image)[:, k.EXCESS] > 0
            weight[still] = np.minimum(weight[still] + bend.heavier * first[still], bend.heaviest * first[still])
            weight[~still] = first[~still] + bend.lighter * (weight[~still] - first[~still])
            k.reweigh(image, np.maximum(1, np.rint(weight)).astype(np.int64))
        steps = step


def _begin(flat: Flat, image: Numbers, seed: int, start: Assignment | None) -> None:
    """Take over the start as far as the domains allow it, or build one: the hardest events first, each at its best place."""
    rng = np.random.default_rng(seed)
    if start is not None:
        option, pick = flat.numbers(start)
        k.load(
            image, np.where([allowed[at] for allowed, at in zip(flat.allowed, option, strict=True)], option, -1), pick
        )
    else:
        picks = [int(rng.integers(choice.alternatives)) for choice in flat.problem.choices]
        k.load(image, np.zeros(0, np.int64), np.array(picks, np.int64))
    (k.move_in if image[k.RECKONS] else k.build)(image, flat.order(image, rng))


def _make_cheap(
    flat: Flat,
    seed: int,
    clock: _Clock,
    start: Assignment,
    heat: Heat,
    tell: Progress,
) -> tuple[Assignment, Assignment]:
    """Return an assignment of least cost among those found that break nothing, or else the start; and the last one."""
    image = flat.image(seed, np.where(flat.required, heat.barrier, 1) * flat.price, required_only=False)
    k.load(image, *flat.numbers(start))
    cooling = _Cooling(clock, heat.hot, heat.cold)
    mix = _Mix(_share_of_picks(image))
    if not image[k.RECKONS] and flat.crowding < CROWDED:
        mix = _Mix(mix.pick, culprit=0.2, chain=0.05, swap=0.0, exchange=0.0)
    best = k.FAR
    while True:
        if image[k.BEST] < best:
            best = int(image[k.BEST])
            tell(clock.done, 0, best)
        if image[k.BEST] == 0 or not _can_move(image) or clock.over():
            found = start if image[k.BEST] == k.FAR else flat.assignment(*flat.best(image))
            return found, flat.assignment(*flat.decisions(image))
        clock.walk(image, cooling.temperature(), mix, 1)


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
