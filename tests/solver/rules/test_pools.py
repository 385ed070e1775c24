"""Rooms and workstations: counted before they are named, and named."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from itertools import product
from random import Random

from hypothesis import given, settings

from solver.audit import audit
from solver.model import Model
from solver.problem import Assignment, Attendance, Demand, Option, Problem
from solver.rules.pools import FitPools, FitSeats
from solver.tables import Tables
from tests.solver.drawing import draw_assignment, draw_problem, draw_rule, seeds
from tests.solver.rules.school import at, timetable, told
from tests.solver.rules.test_voices import solved_at


def test_who_goes_without_counts_their_claim() -> None:
    attends = [Attendance(0, 0), Attendance(0, 1)]
    demands = [Demand(0, (0,)), Demand(0, (1, 2), attendance=0), Demand(0, (1, 2), attendance=1)]
    made = timetable([at(0, 0)], attends=attends, demands=demands, given=[-1, 1, -1])
    assert told(FitPools(demands=(0, 1, 2), claims=(5, 3, 2)), made) == [
        (5, "event 0 has no room."),
        (2, "resource 1 has no workstation at event 0."),
    ]


def test_a_room_given_twice_or_closed_or_unfit_serves_nobody_but_the_first() -> None:
    double = [at(0, 0), at(0, 1)]
    demands = [Demand(0, (0, 1)), Demand(1, (0, 1)), Demand(2, (0, 1)), Demand(3, (2,))]
    problem, made = timetable(double, double, double, [at(0, 1)], demands=demands, given=[0, 0, 2, 2])
    closed = replace(problem.units[2], closed=frozenset({at(0, 1)}))
    problem = replace(problem, units=(*problem.units[:2], closed))
    assert told(FitPools(demands=(0, 1, 2, 3), claims=(1, 2, 3, 4)), (problem, made)) == [
        (2, "event 1 is given unit 0, which event 0 has at tick 0."),
        (3, "event 2 is given unit 2, which does not serve it or is closed then."),
        (4, "event 3 is given unit 2, which does not serve it or is closed then."),
    ]


def test_what_is_not_held_needs_no_room() -> None:
    assert told(FitPools(demands=(0,)), timetable([], demands=[Demand(0, (0,))], given=[-1])) == []


def test_forty_people_in_a_room_of_thirty_are_ten_too_many() -> None:
    demands = [Demand(0, (0, 1), size=40), Demand(1, (0, 1), size=20)]
    made = timetable([at(0, 0)], [at(0, 0)], demands=demands, given=[0, 1])
    assert told(FitSeats(demands=(0, 1)), made) == [(10, "event 0 has 40 people, unit 0 has 30 seats.")]


def test_seats_do_not_forbid_to_go_without_a_room() -> None:
    # Counted as if everybody had a room, the required seats once left no place for the second large event.
    demands = [Demand(0, (0, 1), size=25), Demand(1, (0, 1), size=25)]
    problem, made = timetable([at(0, 0)], [at(0, 0)], demands=demands, given=[0, -1], seats=(30, 20))
    wish, seats = FitPools(demands=(0, 1), weight=7), FitSeats(demands=(0, 1))
    problem = replace(problem, rules=(wish, seats))
    assert (audit(problem, made).feasible, audit(problem, made).cost) == (True, 7)
    assert solved_at(Model(Tables(problem), named=True), made).cost == 7
    assert solved_at(Model(Tables(problem)), made).status == "optimal"
    assert (
        solved_at(Model(Tables(replace(problem, rules=(FitPools(demands=(0, 1)), seats)))), made).status == "infeasible"
    )


def test_two_workstations_that_are_shut_in_the_middle_of_an_exam_serve_nobody() -> None:
    """An hour's exam once counted on two workstations, each of them free in one half of it, and could not be named."""
    double = [at(0, 0), at(0, 1)]
    problem, made = timetable(double, demands=[Demand(0, (0, 1))], given=[-1])
    shut = (frozenset({double[0]}), frozenset({double[1]}))
    units = tuple(replace(unit, closed=closed) for unit, closed in zip(problem.units, shut, strict=False))
    problem = replace(problem, units=units, rules=(FitPools(demands=(0,)),))
    assert Tables(problem).count(made) == (2, 0)
    weighted = replace(problem, rules=(FitPools(demands=(0,), weight=7),))
    assert solved_at(Model(Tables(weighted)), made).cost == 7


def _named(problem: Problem, assignment: Assignment) -> Iterator[Assignment]:
    """Every way to give units that serve, or none."""
    for unit in product(*([-1, *demand.units] for demand in problem.demands)):
        yield replace(assignment, unit=unit)


def _draw_few(rng: Random) -> Problem:
    """Draw a problem with so few demands that every way to give units can be tried."""
    problem = draw_problem(rng)
    demands = tuple(
        replace(demand, units=tuple(sorted({unit % len(problem.units[:3]) for unit in demand.units})), rooms=())
        for demand in problem.demands[:3]
    )
    return replace(problem, demands=demands, units=problem.units[:3])


def _single_lessons(problem: Problem) -> Problem:
    """Shorten every option to one tick; events that shared their options still do."""
    events = {
        event: replace(event, options=tuple(Option(o.ticks[:1]) for o in event.options)) for event in problem.events
    }
    return replace(problem, events=tuple(events[event] for event in problem.events))


@settings(max_examples=40)
@given(rng=seeds)
def test_counted_pools_cost_what_the_best_names_would(rng: Random) -> None:
    problem = _single_lessons(_draw_few(rng))
    problem = replace(problem, rules=(draw_rule(rng, FitPools, problem, 1),))
    assignment = draw_assignment(rng, problem)
    best = min(audit(problem, named).cost for named in _named(problem, assignment))
    assert solved_at(Model(Tables(problem)), assignment).cost == best


@settings(max_examples=40)
@given(rng=seeds)
def test_required_pools_hold_counted_where_names_can_be_found(rng: Random) -> None:
    problem = _single_lessons(_draw_few(rng))
    problem = replace(problem, rules=(draw_rule(rng, FitPools, problem),))
    assignment = draw_assignment(rng, problem)
    can_be = any(audit(problem, named).feasible for named in _named(problem, assignment))
    assert solved_at(Model(Tables(problem)), assignment).status == ("optimal" if can_be else "infeasible")
    assert (Tables(problem).count(assignment)[0] == 0) == can_be


@settings(max_examples=40)
@given(rng=seeds)
def test_longer_lessons_may_cost_more_once_named_but_never_less(rng: Random) -> None:
    problem = _draw_few(rng)
    problem = replace(problem, rules=(draw_rule(rng, FitPools, problem, 1),))
    assignment = draw_assignment(rng, problem)
    best = min(audit(problem, named).cost for named in _named(problem, assignment))
    counted = solved_at(Model(Tables(problem)), assignment).cost
    assert counted is not None
    assert counted <= best


@settings(max_examples=40)
@given(rng=seeds)
def test_counted_seats_lack_what_the_best_rooms_would(rng: Random) -> None:
    problem = _single_lessons(_draw_few(rng))
    units = tuple(range(len(problem.units)))
    problem = replace(problem, demands=tuple(replace(demand, units=units) for demand in problem.demands))
    everyone = tuple(range(len(problem.demands)))
    problem = replace(problem, rules=(FitPools(demands=everyone), FitSeats(demands=everyone, weight=1)))
    assignment = draw_assignment(rng, problem)
    recounts = [audit(problem, named) for named in _named(problem, assignment)]
    best = min((recount.cost for recount in recounts if recount.feasible), default=None)
    assert solved_at(Model(Tables(problem)), assignment).cost == best


@settings(max_examples=40)
@given(rng=seeds)
def test_shared_closed_or_unfit_units_have_no_place_in_a_named_model(rng: Random) -> None:
    problem = draw_problem(rng)
    demands = tuple(range(len(problem.demands)))
    problem = replace(problem, rules=(FitPools(demands=demands, weight=1),))
    assignment = draw_assignment(rng, problem)
    given_units = tuple(rng.randrange(-1, len(problem.units)) for _ in demands)
    wrong = replace(assignment, unit=given_units)
    misused = [d for d in problem.rules[0].check(problem, wrong) if "is given" in str(d.sentence)]
    if misused:
        assert solved_at(Model(Tables(problem), named=True), wrong).status == "infeasible"
