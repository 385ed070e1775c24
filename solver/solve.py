"""The whole strategy on one page: precheck, construct, settle names, cool, improve until stop, polish, audit."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from random import Random
from time import monotonic

from solver.crew import Alone, Crew, Processes
from solver.neighbourhoods import View
from solver.outcome import Listener, Outcome, Progress
from solver.problem import Assignment, Problem
from solver.search import NAMED_AT, Budget, Search
from solver.stop import Stop, never
from solver.tables import Tables
from solver.warm import compile_kernel
from solver.work import Result, Work, perform


def quiet(progress: Progress, assignment: Assignment | None) -> None:
    """Tell nobody."""


def solve(
    problem: Problem,
    *,
    seconds: float = 60.0,
    work: float | None = None,
    seed: int = 0,
    workers: int = 2,
    start: Assignment | None = None,
    stop: Stop = never,
    listener: Listener = quiet,
    now: Callable[[], float] = monotonic,
) -> Outcome:
    """Place everything, as cheaply as can be found.

    Parameters
    ----------
    problem : Problem
    seconds : float
        Wall-clock limit, from when the local search is compiled. Where the search proves that there is no answer, to find
        which rules have to give takes what is left of it, 20 seconds at most; at least a quarter of it, though it ends then.
    work : float, optional
        Counted limit in CP-SAT's deterministic units; with one worker it replaces the clock, and the same input gives
        the same answer.
    seed : int
    workers : int
        Processes that search; 1 searches in this one, the engines taking turns.
    start : Assignment, optional
        Where to begin; also what is kept where nothing better is found.
    stop : callable
        Asked again and again; True ends the search, and the best so far is the answer.
    listener : callable
        Told of phases and of every improvement.
    now : callable
        The clock, in seconds.

    Returns
    -------
    Outcome
        Audited. "Impossible" is an answer, not an error.
    """
    compile_kernel(lambda: listener(Progress(0.0, "compile", None, 0), None))
    view = View(Tables(problem))
    crew: Crew[Work, Result]
    crew = Alone(partial(perform, view, stop=stop)) if workers == 1 else Processes(partial(perform, view), workers)
    with crew:
        search = Search(problem, view, crew, workers, Random(seed), Budget(seconds, work), stop, listener, now, now())
        if reasons := search.precheck():
            return search.outcome(reasons)
        search.construct(start)
        search.settle()
        if search.proved_impossible:
            return search.outcome(search.soften())
        search.cool(until=search.cooled_at)
        search.improve(until=NAMED_AT if wishes_units(problem) else 1.0)
        search.polish()
    return search.outcome()


def wishes_units(problem: Problem) -> bool:
    """Whether a weighted rule speaks of named rooms and workstations."""
    return any(rule.about_units and not rule.required for rule in problem.rules)
