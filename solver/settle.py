"""Names for times that the counts hold to be good, where giving units one after another breaks a required rule.

CP-SAT names the units of the times there are; courses that must keep to few rooms are given these in advance, and times are
found for them; what is broken by name only is repaired around it; and CP-SAT has the last word on times and names together.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from solver.audit import audit
from solver.construct import FIRST_MOVES, MOVES, STRICT, Race
from solver.crew import POLL
from solver.improve import SUB_SOLVE, Appetite, Candidate, Task, moved
from solver.neighbourhoods import where_names_break
from solver.problem import Assignment
from solver.rooming import courses, rooms_in_advance
from solver.work import Attempt, Found, Whole, named

if TYPE_CHECKING:
    from solver.search import Search

NAMING = 10.0
"""Seconds in which CP-SAT may name the units of given times."""

WHOLE = 10.0
"""Seconds for which CP-SAT first looks at times and names together; each later time for twice as long."""

REPAIRS = 60
"""Repairs by name that are tried before CP-SAT looks at times and names together; each later time twice as many."""

WALKS_ON = 0.5
"""How often times for rooms given in advance are sought from the times there are; else anew."""

OTHERS = 10
"""Other first assignments that are tried before times and names go into one model."""


class Settling:
    """The search for names, from a first assignment that has been named as well as may be."""

    def __init__(self, search: Search) -> None:
        self.search = search
        most = max(5, len(search.view.movable))
        self._tried: tuple[tuple[int, ...], tuple[int, ...]] | None = None
        self._appetites = {strict: Appetite(30.0, 5, most) for strict in (False, True)}

    def run(self) -> None:
        """Go on until every required rule holds, the search is over, or there can be no such names."""
        search = self.search
        if search.timed is not None:
            self._name_by_model(search.timed)
        self._give_rooms_in_advance()
        self._repair(REPAIRS)
        self._name_others()
        doubt, limit, repairs = False, WHOLE, REPAIRS
        while self._goes_on():
            self._give_rooms_in_advance()
            self._repair(repairs)
            if not self._goes_on():
                break
            effort = replace(search.effort(limit), first=True, linear=0 if doubt else 1, presolve=not doubt)
            for found in search.whole(Whole(effort, wishes=False, named=True, incumbent=search.best)):
                if found.status == "infeasible":
                    search.proved_impossible = search.named_impossible = doubt
                    doubt = True
                if found.assignment is not None:
                    search.timed = found.assignment
                    search.keep(found.assignment)
            limit, repairs = 2 * limit, 2 * repairs

    def _goes_on(self) -> bool:
        return not (self.search.over or (self.search.audit is not None and self.search.audit.feasible))

    def _name_by_model(self, timed: Assignment) -> None:
        """Let CP-SAT name the units of a timed assignment, unless it has just done so or times alone break a rule."""
        search = self.search
        if self._goes_on() and (timed.option, timed.pick) != self._tried and search.broken(timed) == 0:
            self._tried = timed.option, timed.pick
            effort = replace(search.effort(NAMING), first=True, linear=1)
            incumbent = named(search.view, timed)
            for found in search.whole(Whole(effort, wishes=False, named=True, incumbent=incumbent, timed=True)):
                if found.assignment is not None:
                    search.keep(found.assignment)

    def _give_rooms_in_advance(self) -> None:
        """Let the local search find times for courses that are given their rooms, where they must keep to few, and name these."""
        search = self.search
        tries = search.workers if courses(search.problem) else 0
        while tries > 0 and self._goes_on() and search.best is not None:
            while search.crew.idle:
                units = rooms_in_advance(search.problem, search.best, search.rng)
                start = search.timed if search.rng.random() < WALKS_ON else None
                search.crew.submit(replace(Race(search, None).attempt(MOVES, start), units=units))
            for work, result in search.crew.collect(POLL):
                if not isinstance(work, Attempt) or not isinstance(result, Found):
                    continue
                tries -= 1
                search.spent += max(result.work, 0.01)
                if result.assignment is not None and result.broken == 0 and search.keep(result.assignment):
                    search.timed = result.assignment
        search.crew.abandon()
        if search.best is not None:
            self._name_by_model(search.best)

    def _repair(self, tasks: int) -> None:
        """Set free some events and their units, again and again, around what is broken, until nothing is."""
        search = self.search
        if not search.view.movable or not self._goes_on():
            return
        while tasks > 0 and self._goes_on() and search.best is not None and search.audit is not None:
            while search.crew.idle:
                effort, seed = replace(search.effort(2 * SUB_SOLVE), linear=1), search.rng.randrange(1 << 30)
                strict = search.rng.random() < STRICT
                size, where = int(self._appetites[strict].size), where_names_break.__name__
                search.crew.submit(Task(search.best, where, size, seed, effort, named=True, repair=True, strict=strict))
            for work, result in search.crew.collect(POLL):
                if not isinstance(work, Task) or not isinstance(result, Candidate):
                    continue
                tasks -= 1
                search.spent += max(result.work, 0.01)
                self._appetites[work.strict].learn(result, result.gain > 0)
                for each in self._merged(work.incumbent, result.assignment, search.best):
                    found = audit(search.problem, each)
                    if found.broken <= search.audit.broken:
                        search.best, search.audit = each, found
                        break
        search.crew.abandon()
        if search.audit is not None and search.audit.feasible:
            search.timed = search.best
            search.tell(search.best)

    def _name_others(self) -> None:
        """Make other first assignments by the local search: where names fail for one of them they may do for the next."""
        search = self.search
        for _ in range(OTHERS):
            if not self._goes_on():
                break
            for found in search.alone(Race(search, None).attempt(FIRST_MOVES)):
                if isinstance(found, Found) and found.assignment is not None and search.broken(found.assignment) == 0:
                    before = search.audit
                    search.name_and_keep(found.assignment)
                    self._name_by_model(found.assignment)
                    if search.audit is not before:
                        search.timed = found.assignment

    def _merged(self, base: Assignment, found: Assignment | None, current: Assignment) -> list[Assignment]:
        """Return what a task found, and before it the same changes made to what is the best meanwhile, no unit given twice."""
        if found is None or current is base:
            return [] if found is None else [found]
        merged = moved(base, found, current)
        return [named(self.search.view, merged, merged), found]
