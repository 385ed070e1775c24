"""The race for a first assignment: the compiled local search, CP-SAT on the whole problem, and repairs of what comes near."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from solver.crew import POLL
from solver.improve import SUB_SOLVE, Appetite, Candidate, Task
from solver.neighbourhoods import where_it_breaks
from solver.problem import Assignment
from solver.work import Attempt, Found, Whole, Work

if TYPE_CHECKING:
    from solver.search import Search

PENALTY = 1000
"""Cost of one step of excess of a required rule while an assignment is repaired."""

FIRST_ATTEMPT = 2.0
"""Seconds that every process gives to the local search before CP-SAT joins the race."""

NEAR = 40
"""Broken steps below which an assignment is worth repairing."""

REPAIRS = 0.8
"""How often a process then repairs rather than walks anew."""

AGAIN = 0.5
"""How often a walk begins at the nearest assignment rather than at a new one."""


class Race:
    """The engines race for a first assignment; with a crew of one they take turns by counted work."""

    def __init__(self, search: Search, start: Assignment | None) -> None:
        self.search = search
        self.nearest = start
        self.broken = search.broken(start) if start is not None else 1 << 60
        self.whole_under_way = False
        self.doubt = False
        self.turn = self.wholes = self.rest = 0
        self.appetite = Appetite(100.0, 10, max(10, len(search.view.movable)))

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
                    if result.status == "infeasible":
                        search.proved_impossible = self.doubt
                        self.doubt = True
                    self._hear(result.assignment)
                case Attempt(), Found():
                    search.spent += max(result.work, 0.01)
                    self._hear(result.assignment)
                case Task(), Candidate():
                    search.spent += max(result.work, 0.01)
                    self.appetite.learn(result, result.gain > 0)
                    if result.gain >= 0:
                        self._hear(result.assignment, at_equal=True)
            if search.timed is not None:
                return

    def _next(self) -> Work:
        search = self.search
        self.turn += 1
        if search.workers == 1 and self.turn % 2 == 0:
            return self._whole()
        if search.workers > 1 and self.turn > search.workers and not self.whole_under_way and self.turn >= self.rest:
            return self._whole()
        if self.nearest is not None and self.broken < NEAR and search.rng.random() < REPAIRS:
            size, seed = int(self.appetite.size), search.rng.randrange(1 << 30)
            effort = replace(search.effort(2 * SUB_SOLVE), linear=1)
            return Task(self.nearest, where_it_breaks.__name__, size, seed, effort, penalty=PENALTY)
        start = self.nearest if search.rng.random() < AGAIN else None
        seed = search.rng.randrange(1 << 30)
        if search.budget.work is not None:
            return Attempt(seed, moves=500_000 * 2 ** min(6, self.turn // 2), start=start)
        left = max(0.1, search.budget.seconds - search.elapsed)
        long = FIRST_ATTEMPT if self.turn <= search.workers else min(5.0 * 2 ** (self.turn // 8), 40.0)
        return Attempt(seed, seconds=min(long, left), start=start)

    def _whole(self) -> Whole:
        self.whole_under_way = True
        limit = min(15.0 * 2**self.wholes, 120.0)
        self.wholes += 1
        self.rest = self.turn + 4 * self.wholes
        if self.doubt:  # a false INFEASIBLE from presolve is known (or-tools issue 5274): ask again without it
            return Whole(replace(self.search.effort(4 * limit), first=True, linear=1, presolve=False), wishes=False)
        if self.search.workers > 1:
            effort = replace(self.search.effort(limit), first=True, linear=1, workers=2, packing=True)
            return Whole(effort, wishes=False)
        return Whole(replace(self.search.effort(limit), first=True, linear=1), wishes=False)

    def _hear(self, assignment: Assignment | None, *, at_equal: bool = False) -> None:
        if assignment is None:
            return
        broken = self.search.broken(assignment)
        if broken == 0:
            self.search.timed = assignment
        elif broken < self.broken or (at_equal and broken == self.broken):
            if broken < self.broken:
                self.search.tell(broken=broken)
            self.nearest, self.broken = assignment, broken
