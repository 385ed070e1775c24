"""The race for a first assignment: the compiled local search, CP-SAT on the whole problem, and repairs of what comes near."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from solver.crew import POLL
from solver.improve import SUB_SOLVE, Appetite, Candidate, Task, moved
from solver.neighbourhoods import where_it_breaks
from solver.problem import Assignment
from solver.work import Attempt, Found, Whole, Work

if TYPE_CHECKING:
    from solver.search import Search

FIRST_MOVES, SECOND_MOVES, MOVES, AGAIN_MOVES = 1000, 2000, 8000, 3000
"""Moves for each event: of a process's first annealing, which easy schools need no more of; of its second; of every later one;
of a walk on from the nearest assignment."""

LEAST_MOVES = 100_000
"""Moves of the shortest annealing."""

NEAR = 40
"""Broken steps below which CP-SAT may repair an assignment."""

STRICT = 0.8
"""How often a repair may break nothing else instead.

Measured on names in two schools, in 60 s of one process with 60 events free at first: such repairs take a tenth of the time, so
that more can be set free; 9 broken came to 2 and 12 to 3, without it 9 to 3 and 12 to 12.
"""

AFRESH, REPAIR = 0.25, 0.1
"""How often a process begins a new assignment, or lets CP-SAT repair the nearest; else it walks on from that."""

BETTER = 0.8
"""How often a later annealing is of the kind, quick or thorough, that has come nearer so far."""

PLACES = 300_000
"""Ways to give an event a time and its demand a unit, up to which CP-SAT looks at the whole where units are sought too."""

WHOLE, WHOLE_ALONE = 0.15, 0.5
"""Part of the time in which CP-SAT is at work on the whole problem: in a crew, and where the engines take turns."""


class Race:
    """The engines race for a first assignment; with a crew of one they take turns by counted work."""

    def __init__(self, search: Search, start: Assignment | None) -> None:
        self.search = search
        self.nearest: Assignment | None = None
        self.broken, self.rows_hold = 1 << 60, False
        self.whole_under_way = False
        self.doubt = self.asked_again = False
        self.turn = self.wholes = 0
        self.reached: dict[bool, int] = {}
        """For quick and for thorough annealings what the nearest new assignment has broken, the short ones left out."""
        self.anew = 0 if start is not None else 3 * search.workers
        """New assignments to make before walking on from one: three for each worker, none where one is given to begin with."""
        self.made = 0
        self.whole_part = self.whole_begun = 0.0
        most = max(10, len(search.view.movable))
        self.appetites = {strict: Appetite(100.0, 10, most) for strict in (False, True)}
        if start is not None:
            told = search.by_name and len(start.unit) == len(search.problem.demands)
            self._hear(start if told else replace(start, unit=(-1,) * len(search.problem.demands)))

    def step(self) -> None:
        """Give every idle worker something to do and hear what ended."""
        search = self.search
        while search.crew.idle:
            search.crew.submit(self._next())
        for work, result in search.crew.collect(POLL):
            match work, result:
                case Whole(), Found():
                    search.spent += max(result.work, 0.01)
                    self.whole_under_way = False
                    self.whole_part += search.part - self.whole_begun
                    if result.status == "infeasible":
                        search.proved_impossible = self.doubt
                        self.doubt = True
                    self._hear(result.assignment)
                case Attempt(), Found():
                    search.spent += max(result.work, 0.01)
                    if work.start is None and (work.moves or 0) > self._moves(SECOND_MOVES):
                        self.reached[work.thorough] = min(result.broken, self.reached.get(work.thorough, result.broken))
                    self._hear(result.assignment, work.start)
                case Task(), Candidate():
                    search.spent += max(result.work, 0.01)
                    self.appetites[work.strict].learn(result, result.gain > 0)
                    if result.gain >= 0:
                        self._hear(result.assignment, work.incumbent)
            if search.timed is not None:
                return

    def _next(self) -> Work:
        search = self.search
        self.turn += 1
        if self.turn > search.workers and not self.whole_under_way and self._whole_is_due():
            return self._whole()
        draw = search.rng.random()
        if self.nearest is None or self.made < self.anew or draw < AFRESH:
            self.made += 1
            return self.attempt((FIRST_MOVES, SECOND_MOVES, MOVES)[min(2, (self.made - 1) // search.workers)])
        if search.view.movable and (self.rows_hold or (self.broken < NEAR and draw < AFRESH + REPAIR)):
            effort, seed = replace(search.effort(2 * SUB_SOLVE), linear=1), search.rng.randrange(1 << 30)
            strict = search.rng.random() < STRICT
            size, where = int(self.appetites[strict].size), where_it_breaks.__name__
            return Task(self.nearest, where, size, seed, effort, named=search.by_name, repair=True, strict=strict)
        return self.attempt(AGAIN_MOVES, self.nearest)

    def attempt(self, each: int, start: Assignment | None = None) -> Attempt:
        """Let the local search make a new assignment, or walk on from a given one, with so many moves for each event.

        A short annealing is never thorough.
        """
        search, seed = self.search, self.search.rng.randrange(1 << 30)
        thorough = each > SECOND_MOVES and self._thorough()
        moves = self._moves(each)
        if search.budget.work is not None:
            left = max(0.01, search.budget.work - search.spent)
            return Attempt(seed, moves=min(moves, int(1e6 * left)), start=start, thorough=thorough)
        left = max(0.1, search.budget.seconds - search.elapsed)
        return Attempt(seed, moves=moves, seconds=left, start=start, thorough=thorough)

    def _moves(self, each: int) -> int:
        return max(LEAST_MOVES, each * len(self.search.view.movable))

    def _thorough(self) -> bool:
        """Whether a later annealing is to be thorough: what has come nearer is done more often."""
        if True not in self.reached:
            return self.search.rng.random() < 0.5
        better = self.reached[True] < self.reached.get(False, self.reached[True])
        return better if self.search.rng.random() < BETTER else not better

    def _whole_is_due(self) -> bool:
        if self.search.by_name and self.search.view.places > PLACES:
            return False
        if self.doubt and not self.asked_again:
            return True
        share = WHOLE_ALONE if self.search.workers == 1 else WHOLE
        return self.whole_part <= share * self.search.part

    def _whole(self) -> Whole:
        self.whole_under_way = True
        limit = min(8.0 * 3**self.wholes, 120.0)
        self.wholes += 1
        self.whole_begun = self.search.part
        self.asked_again = self.doubt
        if self.doubt:  # a false INFEASIBLE from presolve is known (or-tools issue 5274): ask again without it
            effort = replace(self.search.effort(4 * limit), first=True, linear=0, presolve=False)
            return Whole(effort, wishes=False, named=self.search.by_name)
        if self.search.workers > 1:
            effort = replace(self.search.effort(limit), first=True, linear=1, workers=2, packing=True)
            return Whole(effort, wishes=False, named=self.search.by_name)
        effort = replace(self.search.effort(limit), first=True, linear=1)
        return Whole(effort, wishes=False, named=self.search.by_name)

    def _hear(self, assignment: Assignment | None, base: Assignment | None = None) -> None:
        """Take over what is no worse than the nearest; where that has changed since, only what differs from the base."""
        if assignment is None:
            return
        found = [assignment]
        if base is not None and self.nearest is not None and base is not self.nearest:
            found.insert(0, moved(base, assignment, self.nearest))
        for each in found:
            broken = self.search.broken(each)
            if broken == 0:
                self.search.timed = each
            if broken > self.broken or (broken == self.broken and base is None):
                continue
            if broken < self.broken:
                self.search.tell(broken=broken)
            self.nearest, self.broken = each, broken
            self.rows_hold = self.search.view.tables.count(each)[0] == 0
            return
