"""The kinds of work that a crew does, each a pure function of the problem and its task."""

from __future__ import annotations

from dataclasses import dataclass, replace

from solver.anneal import Heat, anneal
from solver.improve import Candidate, Task, improve
from solver.model import Model
from solver.naming import name
from solver.neighbourhoods import View
from solver.parameters import Effort
from solver.problem import Assignment
from solver.stop import Stop, never
from solver.tables import Tables


@dataclass(frozen=True)
class Attempt:
    """Let the local search run for so many moves or seconds: to a first assignment, or with heat on to a cheap one.

    To a first one it goes quickly, or `thorough`. With `units`, for each demand those that it may be given, what comes of it
    is named.
    """

    seed: int
    moves: int | None = None
    seconds: float | None = None
    start: Assignment | None = None
    heat: Heat | None = None
    thorough: bool = False
    units: tuple[tuple[int, ...], ...] | None = None


@dataclass(frozen=True)
class Whole:
    """Solve the whole problem by CP-SAT: its required rules only, or with the wishes, for a bound or an optimum.

    With a penalty required rules may be broken at that price, to see which have to give. Where the times of the incumbent
    are `timed`, only units are decided.
    """

    effort: Effort
    wishes: bool
    named: bool = False
    incumbent: Assignment | None = None
    penalty: int | None = None
    timed: bool = False


@dataclass(frozen=True)
class Found:
    """What looking at the whole problem came to.

    Attributes
    ----------
    status : str
        CP-SAT's last word; "annealed" where the local search spoke.
    assignment : Assignment or None
    broken : int
        Excess of required rows of the assignment.
    bound : int
        Proven lower bound of the cost; 0 from the local search.
    work : float
        Work done, in CP-SAT's units; a million moves of the local search count as one.
    last : Assignment or None
        Where the local search stood at the end.
    """

    status: str
    assignment: Assignment | None
    broken: int
    bound: int
    work: float
    last: Assignment | None = None


Work = Task | Attempt | Whole
Result = Candidate | Found


def perform(view: View, work: Work, stop: Stop = never) -> Result:
    """Do one piece of work; the local search asks whether to stop."""
    match work:
        case Task():
            return improve(view, work)
        case Attempt():
            if work.units is not None:
                demands = zip(view.problem.demands, work.units, strict=True)
                narrowed = replace(view.problem, demands=tuple(replace(d, units=units) for d, units in demands))
                view = View(Tables(narrowed))
            annealed = anneal(
                view.flat,
                seed=work.seed,
                moves=work.moves,
                seconds=work.seconds,
                stop=stop,
                start=work.start,
                target="feasible" if work.heat is None else "cost",
                thorough=work.thorough,
                heat=work.heat,
            )
            found = annealed.assignment if work.units is None else named(view, annealed.assignment)
            return Found("annealed", found, annealed.broken, 0, annealed.moves / 1e6, annealed.last)
        case Whole():
            return _solve_whole(view, work)


def _solve_whole(view: View, work: Whole) -> Found:
    if work.timed:
        demands = range(len(view.problem.demands))
        model = Model(view.tables, work.incumbent, (), (), demands=demands, named=True, wishes=work.wishes)
    else:
        model = Model(view.tables, named=work.named, wishes=work.wishes, penalty=work.penalty)
    if work.incumbent is not None:
        model.hint(work.incumbent)
    answer = model.solve(work.effort)
    bound = answer.bound if work.wishes else 0
    return Found(answer.status, answer.assignment, 0, max(0, bound), answer.work)


def named(view: View, assignment: Assignment, previous: Assignment | None = None) -> Assignment:
    """Return the assignment with units, where the problem has any."""
    return name(view, assignment, previous) if view.problem.demands else assignment
