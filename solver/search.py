"""The state of one search and its phases: construct, settle, cool, improve, polish."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from random import Random

from solver.anneal import Heat
from solver.audit import Audit, audit
from solver.construct import PLACES, Race
from solver.crew import POLL, Crew
from solver.improve import SUB_SOLVE, Appetite, Candidate, Task, change, moved
from solver.neighbourhoods import OF_CHOICES, OF_EXAMS, OF_TIME, OF_UNITS, View
from solver.outcome import Listener, Outcome, Progress
from solver.parameters import Effort
from solver.placements import shared_demands
from solver.precheck import precheck
from solver.problem import Assignment, Problem
from solver.sentence import Sentence
from solver.settle import Settling
from solver.stop import Stop
from solver.work import Attempt, Found, Result, Whole, Work, named

STAGNANT = 0.2
"""Part of the budget without a gain after which polishing begins early, once `PATIENT` sub-solves were in vain."""

PATIENT = 50
"""Sub-solves without a gain before polishing may begin early."""

PIECES = 20
"""Into how many pieces at least an annealing for cost is cut: after each the best so far is known."""

LEAST_PIECE, LONGEST_PIECE = 1.0, 10.0
"""Seconds, or millions of moves, of the shortest piece and of the longest."""

COOLED_AT, COOLED_RECKONED_AT = 0.45, 0.93
"""Part of the budget after which CP-SAT takes over from the local search: in general, and where moves are reckoned."""

SOFTENED, SOFTENED_BEYOND = 20.0, 0.25
"""Seconds, or units of work, for the least-cost answer that lets required rules give: what is left of the budget, no more than
the first; and at least this part of the budget, which it may take beyond its end."""

WHOLE_BY_NAME, WHOLE_BY_NAME_ALONE = 0.5, 0.2
"""Part of the polishing in which CP-SAT looks for a bound of the whole by name, where rules are by name: in a crew, and alone.

Not where moves are reckoned: of thousands of pairs of a university's exams no bound worth having is known.
"""

NAMED_AT = 0.8
"""Part of the budget after which rooms and workstations are polished by name, where rules wish something of them."""


@dataclass(frozen=True)
class Budget:
    """How much a search may spend.

    Attributes
    ----------
    seconds : float
        Wall-clock.
    work : float or None
        Counted work, in CP-SAT's units (about a second each); where given the clock is not asked, so that with one
        worker the same input gives the same answer.
    """

    seconds: float
    work: float | None = None


@dataclass
class Search:
    """What is known so far, and the means to know more.

    `timed` is the best assignment by the counted rules, the basis of the time phase; `best` is the best named one, by
    the audit.
    """

    problem: Problem
    view: View
    crew: Crew[Work, Result]
    workers: int
    rng: Random
    budget: Budget
    stop: Stop
    listener: Listener
    now: Callable[[], float]
    begun: float
    spent: float = 0.0
    timed: Assignment | None = None
    best: Assignment | None = None
    audit: Audit | None = None
    bound: int = 0
    proved_impossible: bool = False
    named_impossible: bool = False
    log: list[Progress] = field(default_factory=list)
    phase: str = "construct"

    # --- budget ----------------------------------------------------------------------------------------------------

    @property
    def elapsed(self) -> float:
        """Seconds since the search began."""
        return self.now() - self.begun

    @property
    def part(self) -> float:
        """The part of the budget that is used up."""
        if self.budget.work is not None:
            return self.spent / self.budget.work
        return self.elapsed / self.budget.seconds

    @property
    def over(self) -> bool:
        """Whether to stop now: asked to, the budget is used up, or nothing better can exist."""
        return self.stop() or self.part >= 1 or self.proved_impossible or self.optimal

    @property
    def optimal(self) -> bool:
        """Whether the best is proved best."""
        return self.audit is not None and self.audit.feasible and self.audit.cost <= self.bound

    @property
    def left(self) -> float:
        """Seconds, or units of work, that are left of the budget."""
        return self.budget.seconds - self.elapsed if self.budget.work is None else self.budget.work - self.spent

    @property
    def softening(self) -> float:
        """Seconds, or units of work, in which to find which required rules have to give."""
        whole = self.budget.work or self.budget.seconds
        return min(SOFTENED, max(self.left, SOFTENED_BEYOND * whole))

    def effort(self, limit: float) -> Effort:
        """Return an effort of at most so many seconds, or units of work, and no more than is left."""
        return self.effort_of(min(limit, self.left))

    def effort_of(self, limit: float) -> Effort:
        """Return an effort of so many seconds, or units of work."""
        seed = self.rng.randrange(1 << 30)
        if self.budget.work is not None:
            return Effort(seconds=1e6, deterministic=max(0.01, limit), seed=seed)
        return Effort(seconds=max(0.05, limit), seed=seed)

    def tell(self, assignment: Assignment | None = None, broken: int | None = None) -> None:
        """Tell the listener where the search is."""
        cost = None if self.audit is None or not self.audit.feasible else self.audit.cost
        elapsed = self.elapsed if self.budget.work is None else round(self.spent, 6)
        progress = Progress(elapsed, self.phase, cost, self.bound, broken)
        if assignment is not None:
            self.log.append(progress)
        self.listener(progress, assignment)

    # --- incumbents ------------------------------------------------------------------------------------------------

    def keep(self, assignment: Assignment) -> bool:
        """Audit a named assignment and keep it if it is the best so far."""
        found = audit(self.problem, assignment)
        rank = (found.broken, found.cost)
        if self.audit is not None and rank >= (self.audit.broken, self.audit.cost):
            return False
        self.best, self.audit = assignment, found
        if found.feasible:
            self.tell(assignment)
        return True

    def name_and_keep(self, assignment: Assignment) -> None:
        """Give units to a counted assignment and keep it if it is the best so far."""
        complete = named(self.view, assignment, self.best)
        if not self.keep(complete) and self.best is not None:
            self.keep(named(self.view, assignment))

    def broken(self, assignment: Assignment) -> int:
        """Return the deviations of required rules that do not speak of units, and those of counted pools."""
        broken, _ = self.view.tables.count(assignment)
        for index in self.view.tables.by_hand:
            rule = self.problem.rules[index]
            if rule.required and not rule.about_units:
                broken += sum(deviation.amount for deviation in rule.check(self.problem, assignment))
        return broken

    @property
    def by_name(self) -> bool:
        """Whether the local search gives units too, so that times without them mean nothing."""
        return self.view.tables.by_name

    @property
    def cooled_at(self) -> float:
        """The part of the budget after which CP-SAT takes over from the local search."""
        return COOLED_RECKONED_AT if self.view.flat.reckoning else COOLED_AT

    # --- phases ----------------------------------------------------------------------------------------------------

    def precheck(self) -> tuple[Sentence, ...]:
        """Return what counting alone shows to be impossible, in words."""
        self.phase = "precheck"
        self.tell()
        reasons = precheck(self.view.tables)
        self.proved_impossible = bool(reasons)
        return reasons

    def construct(self, start: Assignment | None) -> None:
        """Find a first assignment that keeps every required rule: the local search and CP-SAT race, then repair."""
        self.phase = "construct"
        self.tell()
        if start is not None and self.broken(start) == 0:
            self.timed = start
            self.keep(start if len(start.unit) == len(self.problem.demands) else named(self.view, start))
            self.name_and_keep(start)
            return
        race = Race(self, start)
        while self.timed is None and not self.over:
            race.step()
        self.crew.abandon()
        if self.timed is not None:
            self.name_and_keep(self.timed)
        elif race.nearest is not None:
            self.keep(named(self.view, race.nearest))

    def settle(self) -> None:
        """Name what the counts did not see, and other times with it, where naming the first assignment fails."""
        if self.timed is not None and not (self.audit is not None and self.audit.feasible):
            self.phase = "settle"
            self.tell()
            Settling(self).run()

    def whole(self, work: Whole) -> list[Found]:
        """Solve the whole problem and hear what came of it."""
        return [answer for answer in self.alone(work) if isinstance(answer, Found)]

    def alone(self, work: Work) -> list[Result]:
        """Do one piece of work alone; nothing comes of it where the search is stopped meanwhile."""
        self.crew.submit(work)
        answers: list[Result] = []
        while not answers and not self.stop():
            answers = [result for _, result in self.crew.collect(POLL)]
            self.spent += sum(max(answer.work, 0.01) for answer in answers)
        self.crew.abandon()
        return answers

    def cool(self, until: float) -> None:
        """Lower the counted cost by the local search: one annealing in each process, handed over piece by piece."""
        if self.timed is None or not self.view.movable or self.part >= until:
            return
        self.phase = "cool"
        self.tell()
        begun = self.part
        heat = Heat.around(self.view.flat, self.timed, self.rng.randrange(1 << 30))
        for _ in range(self.crew.idle):
            self.crew.submit(self._piece(heat, self.timed, begun, until))
        walking = True
        while walking and not self.over:
            walking = self.crew.idle < self.workers
            gain = 0
            for _, result in self.crew.collect(POLL):
                if not isinstance(result, Found):
                    continue
                self.spent += max(result.work, 0.01)
                if self.part < until and result.last is not None and result.work > 0:
                    self.crew.submit(self._piece(heat, result.last, begun, until))
                gain += self._take(result.assignment)
            if gain:
                self.name_and_keep(self.timed)
        self.crew.abandon()

    def _piece(self, heat: Heat, start: Assignment, begun: float, until: float) -> Attempt:
        """Return the next piece of an annealing that lasts from one part of the budget to another."""
        whole = (until - begun) * (self.budget.work or self.budget.seconds)
        at = (self.part - begun) / (until - begun)
        length = min(max(LEAST_PIECE / whole, 1 / PIECES), LONGEST_PIECE / whole, 1 - at)
        piece = heat.piece(at, at + length)
        seed, effort = self.rng.randrange(1 << 30), length * whole
        if self.budget.work is not None:
            return Attempt(seed, moves=int(1e6 * effort / self.workers), start=start, heat=piece)
        return Attempt(seed, seconds=effort, start=start, heat=piece)

    def _take(self, assignment: Assignment | None) -> int:
        """Take an assignment of times if it is cheaper and breaks nothing; return by how much the cost fell."""
        if assignment is None or self.timed is None:
            return 0
        broken, cost = self.view.tables.difference(self.timed, assignment)
        if broken > 0 or cost >= 0:
            return 0
        self.timed = assignment
        return -cost

    def improve(self, until: float) -> None:
        """Lower the counted cost by neighbourhoods of time, until so much of the budget is used."""
        names = [*(OF_TIME if self.view.movable else ()), *(OF_CHOICES if self.problem.choices else ())]
        if self.timed is None or not names or self.by_name:
            return
        self.phase = "improve"
        most = len(self.view.movable)
        effort = self.effort(0.06 * (self.budget.work or self.budget.seconds))
        self.crew.submit(Whole(effort, wishes=True, incumbent=self.timed))
        told = gained = self.part
        unnamed, idle = False, 0
        for old, gain in self._neighbourhoods(names, max(8, min(40, most // 4)), most, until, named=False):
            idle += 1
            if gain > 0:
                unnamed, gained, idle = True, self.part, 0
            if until < 1 and idle > PATIENT and self.part - gained > STAGNANT:
                break
            if unnamed and (self.part - told > 0.02 or old is None):
                self.name_and_keep(self.timed)
                told, unnamed = self.part, False
        if unnamed:
            self.name_and_keep(self.timed)

    def soften(self) -> tuple[Sentence, ...]:
        """Let required rules give at a price and return, in their own sentences, which had to."""
        self.phase = "soften"
        self.tell()
        effort = replace(self.effort_of(self.softening), linear=1)
        by_name = self.named_impossible or self.by_name
        for found in self.whole(Whole(effort, wishes=False, named=by_name, penalty=1)):
            if found.assignment is not None:
                complete = found.assignment if by_name else named(self.view, found.assignment)
                softened = audit(self.problem, complete)
                if self.audit is None or self._given_up(softened) < self._given_up(self.audit):
                    self.best, self.audit = complete, softened
        if self.audit is None:
            return ()
        rules = zip(self.problem.rules, self.audit.deviations, strict=True)
        return tuple(deviation.sentence for rule, found in rules if rule.required for deviation in found)

    def _given_up(self, found: Audit) -> tuple[int, int]:
        """Return by how much the required rules are missed that give way last, and by how much all are."""
        rules = zip(self.problem.rules, found.deviations, strict=True)
        last = (one.amount for rule, ones in rules if rule.required and rule.gives_way_last for one in ones)
        return sum(last), found.broken

    def polish(self) -> None:
        """Lower the whole cost with rooms and workstations by name."""
        if self.best is None or not self.problem.demands:
            return
        self.phase = "polish"
        names = [
            *OF_UNITS,
            *(OF_TIME if self.view.movable else ()),
            *(OF_EXAMS if shared_demands(self.problem) else ()),
        ]
        if self.by_name and not self.view.flat.reckoning and self.view.places <= PLACES:
            effort = self.effort((WHOLE_BY_NAME_ALONE if self.workers == 1 else WHOLE_BY_NAME) * self.left)
            self.crew.submit(Whole(effort, wishes=True, named=True, incumbent=self.best))
        for _ in self._neighbourhoods(names, 24, len(self.problem.demands), 1.0, named=True):
            pass

    def _neighbourhoods(
        self, names: Iterable[str], size: int, most: int, until: float, *, named: bool
    ) -> Iterable[tuple[Assignment | None, int]]:
        """Keep the crew busy with neighbourhoods of the incumbent; yield what each came to."""
        appetites = {
            name: Appetite(float(min(size if name in OF_UNITS or not named else 10, most)), min(5, most), most)
            for name in names
        }
        while not self.over and self.part < until:
            while self.crew.idle:
                incumbent = self.best if named else self.timed
                assert incumbent is not None
                chosen = self.rng.choices(list(appetites), [a.weight for a in appetites.values()])[0]
                effort = self.effort(SUB_SOLVE)
                self.crew.submit(
                    Task(incumbent, chosen, int(appetites[chosen].size), self.rng.randrange(1 << 30), effort, named)
                )
            for work, result in self.crew.collect(POLL):
                match work, result:
                    case Task(), Candidate():
                        self.spent += max(result.work, 0.01)
                        gain = self._accept(work, result)
                        appetites[work.neighbourhood].learn(result, gain > 0)
                        yield work.incumbent, gain
                    case Whole(), Found():
                        self.spent += result.work
                        yield None, self._hear_whole(result, named=named)
        self.crew.abandon()

    def _accept(self, task: Task, candidate: Candidate) -> int:
        """Take a candidate that is no worse over as the incumbent; return by how much the cost fell."""
        current = self.best if task.named else self.timed
        if candidate.assignment is None or current is None:
            return 0
        gain = candidate.gain
        merged = candidate.assignment
        if current is not task.incumbent:
            for merged in (moved(task.incumbent, candidate.assignment, current), candidate.assignment):
                broken, cost = change(self.view.tables, current, merged, named=task.named)
                gain = -cost if broken <= 0 else -1
                if gain >= 0:
                    break
        if gain < 0:
            return gain
        if not task.named:
            self.timed = merged
        elif gain > 0:
            self.keep(merged)
        else:
            self.best = merged
        return gain

    def _hear_whole(self, found: Found, *, named: bool) -> int:
        """Take the bound, and the assignment if it is better; return by how much the cost fell."""
        if found.status == "infeasible":
            return 0
        self.bound = max(self.bound, found.bound)
        self.tell()
        if not named:
            return self._take(found.assignment)
        return int(found.assignment is not None and self.keep(found.assignment))

    # --- outcome ---------------------------------------------------------------------------------------------------

    def outcome(self, reasons: tuple[Sentence, ...] = ()) -> Outcome:
        """Return what the search came to."""
        if self.audit is not None and self.audit.feasible:
            status = "optimal" if self.optimal else "feasible"
        else:
            status = "impossible" if self.proved_impossible else "unknown"
        return Outcome(status, self.best, self.audit, self.bound, tuple(self.log), reasons)  # type: ignore[arg-type]
