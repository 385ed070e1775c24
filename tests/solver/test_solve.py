"""The engine's answers against brute force, and what stopping, seeds and starts must keep."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from itertools import product
from random import Random

import pytest
from hypothesis import assume, given, settings

from solver.audit import audit
from solver.crew import Alone
from solver.neighbourhoods import View
from solver.outcome import Progress
from solver.placements import claimed
from solver.problem import Assignment, Attendance, Axis, Event, Grid, Option, Problem, Resource, ticks_of
from solver.rules import Rule
from solver.rules.clashes import AvoidClashes
from solver.rules.gaps import AvoidGaps
from solver.rules.order import Before
from solver.rules.parts import HoldAsOne
from solver.rules.pools import FitPools
from solver.rules.sit_in_room import SitInRoom
from solver.search import Budget, Search
from solver.solve import quiet, solve
from solver.stop import never
from solver.tables import Tables
from solver.work import Result, Work, perform
from tests.solver.drawing import draw_parts, draw_problem, draw_rule, seeds

TRIED = 4000
"""Most assignments that brute force tries."""


def brute_force(problem: Problem) -> int | None:
    """Return the least cost of any assignment that keeps the required rules, None where there is none."""
    ranges = [range(len(event.options)) for event in problem.events]
    ranges += [range(choice.alternatives) for choice in problem.choices]
    units = [(-1, *demand.units) for demand in problem.demands]
    events, choices = len(problem.events), len(problem.choices)
    best: int | None = None
    for decided in product(*ranges, *units):
        assignment = Assignment(decided[:events], decided[events : events + choices], decided[events + choices :])
        if not fit(problem, assignment):
            continue
        found = audit(problem, assignment)
        if found.feasible and (best is None or found.cost < best):
            best = found.cost
    return best


def fit(problem: Problem, assignment: Assignment) -> bool:
    """Whether every unit given is claimed, open and nobody else's: to go against that is no way to keep a wish."""
    taken: set[tuple[int, int]] = set()
    for d, unit in enumerate(assignment.unit):
        held = (
            {(unit, tick) for tick in ticks_of(problem, assignment, problem.demands[d].event)} if unit >= 0 else set()
        )
        closed = any(tick in problem.units[unit].closed for _, tick in held)
        if unit >= 0 and (closed or held & taken or not claimed(problem, assignment, d)):
            return False
        taken |= held
    return True


def size(problem: Problem) -> int:
    """Return how many assignments there are."""
    total = 1
    for count in (
        *(len(event.options) for event in problem.events),
        *(choice.alternatives for choice in problem.choices),
        *(1 + len(demand.units) for demand in problem.demands),
    ):
        total *= count
    return total


def draw_small(rng: Random) -> Problem:
    """Draw a problem of few assignments: clashes required, pools required or weighted, parts, and up to four other rules."""
    problem = draw_problem(rng)
    events = tuple(
        replace(event, options=tuple(rng.sample(event.options, min(len(event.options), 3)))) for event in problem.events
    )[:4]
    kept = [index for index, attendance in enumerate(problem.attendances) if attendance.event < len(events)]
    demands = tuple(
        replace(demand, attendance=None if demand.attendance is None else kept.index(demand.attendance), rooms=())
        for demand in problem.demands
        if demand.event < len(events)
    )[:3]
    problem = replace(
        problem, events=events, attendances=tuple(problem.attendances[index] for index in kept), demands=demands
    )
    problem, parts = draw_parts(rng, problem) if rng.random() < 0.4 else (problem, ())
    clashes = AvoidClashes(resources=tuple(range(len(problem.resources))))
    # Names in rooms are found where rooms may be shared: see test_sit_in_room.py.
    kinds = [kind for _, kind in sorted(Rule.registered.items()) if kind not in (FitPools, SitInRoom)]
    drawn = [draw_rule(rng, rng.choice(kinds), problem, rng.choice([None, 1, 2, 5])) for _ in range(rng.randint(1, 4))]
    fit = FitPools(demands=tuple(range(len(demands))), weight=rng.choice([None, 3]))
    return replace(problem, rules=(clashes, fit, HoldAsOne(events=parts), *drawn))


@given(seeds)
@settings(max_examples=40)
def test_the_optimum_equals_a_brute_force_search(rng: Random) -> None:
    problem = draw_small(rng)
    assume(size(problem) <= TRIED)
    expected = brute_force(problem)

    outcome = solve(problem, work=3.0, workers=1, seed=1)

    if expected is None:
        assert outcome.status == "impossible"
    else:
        assert outcome.audit is not None
        assert (outcome.audit.broken, outcome.cost) == (0, expected)
        assert outcome.bound <= expected


def day(events: int, *, weight: int | None = None) -> Problem:
    """Return one person's day of six periods with so many events and no gaps."""
    options = tuple(Option((tick,)) for tick in range(6))
    return Problem(
        axis=Axis(tuple(range(6)), tuple(range(1, 7))),
        grids=(Grid(6, tuple(range(6)), (0,), (0,)),),
        events=tuple(Event(options) for _ in range(events)),
        resources=(Resource(),),
        attendances=tuple(Attendance(event, 0) for event in range(events)),
        rules=(AvoidClashes(resources=(0,)), AvoidGaps(resources=(0,), most=0, weight=weight)),
    )


def test_seven_events_in_six_periods_are_impossible_and_the_numbers_say_so() -> None:
    outcome = solve(day(7), work=2.0, workers=1)

    assert outcome.status == "impossible"
    assert str(outcome.reasons[0]) == (
        "7 times resource 0 is needed by event 0, event 1, event 2, event 3, event 4, event 5, …, "
        "at tick 0, tick 1, tick 2, tick 3, tick 4, tick 5; there is room for 6."
    )


def test_the_same_seed_and_counted_work_give_the_same_assignment() -> None:
    first, second = (solve(day(4, weight=3), work=1.0, workers=1, seed=7) for _ in range(2))

    assert first.assignment == second.assignment


def test_a_stop_keeps_the_start() -> None:
    start = Assignment((0, 1, 2, 5))

    outcome = solve(day(4, weight=3), seconds=60, workers=1, start=start, stop=lambda: True)

    assert (outcome.status, outcome.assignment, outcome.cost) == ("feasible", start, 6)


def test_an_answer_as_cheap_as_its_bound_is_optimal() -> None:
    outcome = solve(day(4, weight=3), work=3.0, workers=1)

    assert (outcome.status, outcome.cost, outcome.bound) == ("optimal", 0, 0)


def test_a_crew_of_two_processes_tells_its_improvements() -> None:
    told: list[int] = []

    def listen(progress: Progress, assignment: Assignment | None) -> None:
        if assignment is not None and progress.cost is not None:
            told.append(progress.cost)

    outcome = solve(day(5, weight=2), seconds=20, workers=2, listener=listen)

    assert outcome.cost == 0
    assert told == sorted(told, reverse=True)
    assert told[-1] == 0


def test_an_assignment_that_does_not_fit_is_refused() -> None:
    with pytest.raises(ValueError, match="decides 2 events, the problem has 4") as caught:
        audit(day(4), Assignment((0, 1)))

    assert str(caught.value) == "The assignment decides 2 events, the problem has 4."


def test_the_clock_starts_when_the_kernel_is_at_hand(monkeypatch: pytest.MonkeyPatch) -> None:
    happened: list[str] = []

    def compile_kernel(compiling: Callable[[], None]) -> None:
        happened.append("compiled")
        compiling()

    def now() -> float:
        happened.append("asked")
        return 0.0

    monkeypatch.setattr("solver.solve.compile_kernel", compile_kernel)
    phases: list[str] = []
    solve(day(4), seconds=60, workers=1, now=now, stop=lambda: True, listener=lambda news, _: phases.append(news.phase))

    assert (happened[:2], phases[:2]) == (["compiled", "asked"], ["compile", "precheck"])


def test_what_counting_shows_to_be_impossible_is_not_looked_into_further() -> None:
    phases: list[str] = []

    outcome = solve(day(7), work=2.0, workers=1, listener=lambda news, _: phases.append(news.phase))

    assert (outcome.status, len(outcome.reasons), phases[-1]) == ("impossible", 1, "precheck")


def test_the_order_that_has_to_give_is_found_within_what_is_left() -> None:
    """Two lessons are each to be before the other, which counting does not see."""
    problem = day(2)
    rules = (*problem.rules, Before(events=(0,), others=(1,)), Before(events=(1,), others=(0,)))
    spent: list[float] = []

    outcome = solve(
        replace(problem, rules=rules), work=2.0, workers=1, listener=lambda news, _: spent.append(news.elapsed)
    )

    assert outcome.status == "impossible"
    assert [str(reason) for reason in outcome.reasons] == ["event 0 is not held before event 1."]
    assert spent[-1] < 2.0


@pytest.mark.parametrize(
    ("seconds", "work", "spent", "expected"),
    [
        pytest.param(60.0, None, 1.0, 20.0, id="no more than twenty seconds"),
        pytest.param(10.0, None, 1.0, 9.0, id="what is left"),
        pytest.param(10.0, None, 9.5, 2.5, id="a quarter of the whole at least"),
        pytest.param(1000.0, None, 999.0, 20.0, id="a quarter of much is too much"),
        pytest.param(60.0, 4.0, 3.0, 1.0, id="counted work"),
        pytest.param(60.0, 4.0, 4.0, 1.0, id="a quarter of counted work"),
    ],
)
def test_how_long_it_looks_which_rules_have_to_give(
    seconds: float, work: float | None, spent: float, expected: float
) -> None:
    problem = day(2)
    view = View(Tables(problem))
    crew: Alone[Work, Result] = Alone(partial(perform, view))
    search = Search(problem, view, crew, 1, Random(1), Budget(seconds, work), never, quiet, lambda: spent, 0.0, spent)

    assert search.softening == expected
