"""Times and shared rooms sought together: what the kernel reckons is what the rows count, and the answer is brute force's."""

from __future__ import annotations

from dataclasses import replace
from itertools import product
from random import Random

import numpy as np
import pytest
from hypothesis import assume, given, settings

from solver import kernel as k
from solver.anneal import anneal
from solver.audit import audit
from solver.flat import Flat
from solver.image import Numbers
from solver.problem import Assignment, Axis, Choice, Demand, Event, Option, Problem, Unit
from solver.rules import Rule
from solver.rules.clashes import AvoidClashes
from solver.rules.exams import AvoidTwoInDay, AvoidTwoInRow, FrontLoad, PricePeriods, SpreadExams
from solver.rules.order import After, DifferentTime, SameTime
from solver.rules.seats import KeepDurationsAlike, OwnRoom, PriceRooms, ShareRooms
from solver.solve import solve
from solver.tables import Pair, Tables
from tests.solver.drawing import draw_problem, draw_rule, seeds
from tests.solver.test_kernel import counted, events_of, recount

KINDS: tuple[type[Rule], ...] = (
    AvoidTwoInDay,
    AvoidTwoInRow,
    SpreadExams,
    FrontLoad,
    PricePeriods,
    After,
    DifferentTime,
    SameTime,
    OwnRoom,
    KeepDurationsAlike,
    PriceRooms,
)


def draw_session(rng: Random) -> Problem:
    """Draw exams that may share rooms, for people who attend whatever is picked, and rules that can be reckoned."""
    problem = draw_problem(rng)
    attendances = tuple(attendance for attendance in problem.attendances if attendance.given is None)
    units = tuple(range(len(problem.units)))
    demands = tuple(
        Demand(event, tuple(rng.sample(units, rng.randint(1, len(units)))), None, rng.randint(1, 2), rng.random() < 0.2)
        for event in range(len(problem.events))
        for _ in range(rng.choice([0, 1, 1, 1, 2]))
    )
    demands = tuple(replace(demand, units=tuple(sorted(demand.units))) for demand in demands)
    problem = replace(problem, attendances=attendances, choices=(), demands=demands)
    drawn = [
        draw_rule(rng, rng.choice(KINDS), problem, rng.choice([None, 1, 2, 5, 5])) for _ in range(rng.randint(1, 5))
    ]
    share = ShareRooms(demands=tuple(range(len(demands))), weight=rng.choice([None, 3]))
    clashes = AvoidClashes(resources=tuple(range(len(problem.resources))))
    pairs = tuple(draw_rule(rng, kind, problem, 2) for kind in (SpreadExams, AvoidTwoInRow))
    return replace(problem, rules=(share, *([clashes] if rng.random() < 0.2 else []), *pairs, *drawn))


def draw_image(rng: Random) -> tuple[Flat, Numbers, Numbers]:
    """Return the rows of a session, the weights of an image that reckons, and the image with all exams placed."""
    flat = Flat(Tables(draw_session(rng)))
    assume(flat.reckoning)
    weight = np.array([rng.randint(1, 9) for _ in flat.entries], np.int64)
    image = flat.image(rng.randrange(1000), weight, required_only=False)
    k.move_in(image, np.arange(len(flat.joined.parts)))
    return flat, weight, image


def worth(image: Numbers) -> list[list[int]]:
    places = [(int(image[event + k.WORTH]), int(image[event + k.SIZE])) for event in events_of(image)]
    return [image[place : place + size].tolist() for place, size in places]


@given(rng=seeds)
def test_roaming_keeps_the_counters_and_the_worth_of_options_right(rng: Random) -> None:
    flat, weight, image = draw_image(rng)
    k.roam(image, 200, 9.0, 1.0, np.array([0.2, 0.2, 0.3, 0.3, 5, 3]), 1)
    if rng.random() < 0.5:
        weight = np.array([rng.randint(1, 9) for _ in flat.entries], np.int64)
        k.reweigh(image, weight)
    assert counted(flat, image) == recount(flat, image, weight, required_only=False)
    told = worth(image)
    k._tell_worth(image)
    assert worth(image) == told


@given(rng=seeds)
def test_no_move_is_refused_that_the_limit_would_let_pass(rng: Random) -> None:
    flat, _, image = draw_image(rng)
    for _ in range(30):
        number = rng.randrange(len(flat.joined.parts))
        event = events_of(image)[number]
        option = int(rng.choice(np.flatnonzero(flat.allowed[number]).tolist()))
        limit = float(rng.randint(-3, 9))
        tried, before = image.copy(), int(image[k.OBJECTIVE])
        k.put(tried, event, option)  # with the units that it has
        image[k.CHANGED] = 0
        made = k._shift(image, event, option, limit, 0)
        assert made or tried[k.OBJECTIVE] - before > limit
        assert not made or tried[k.OBJECTIVE] == image[k.OBJECTIVE]


@given(rng=seeds)
def test_a_chain_changes_what_is_reckoned_before_it_moves(rng: Random) -> None:
    problem = draw_session(rng)
    rules = tuple(rule for rule in problem.rules if not rule.about_units)
    flat = Flat(Tables(replace(problem, demands=(), rules=rules)))
    assume(flat.reckoning)
    image = flat.image(1, np.array([rng.randint(1, 9) for _ in flat.entries], np.int64), required_only=False)
    k.move_in(image, np.arange(len(flat.joined.parts)))
    for _ in range(30):
        number = rng.randrange(len(flat.joined.parts))
        event, other = events_of(image)[number], rng.choice(events_of(image))
        option = int(rng.choice(np.flatnonzero(flat.allowed[number]).tolist()))
        image[k.CHANGED] = 0
        planned = k._plan_swap(image, event, other) if rng.random() < 0.5 else k._plan_chain(image, event, option, 5)
        change, before = int(k._planned_change(image, planned)), int(image[k.OBJECTIVE])
        assert k._move_planned(image, planned, float(k.FAR), 0)
        assert image[k.OBJECTIVE] - before == change


@given(rng=seeds)
def test_rows_made_one_count_what_they_counted_apart(rng: Random) -> None:
    tables = Tables(draw_session(rng))
    flat = Flat(tables)
    options = [rng.randrange(len(event.options)) for event in tables.problem.events]
    units = [rng.choice((*demand.units, -1) if demand.optional else demand.units) for demand in tables.problem.demands]
    assignment = Assignment(tuple(options), (), tuple(units))
    folded = flat._seated.fold(assignment)
    assert flat.tables.count(folded) == tables.count(assignment)
    assert flat._seated.unfold(replace(folded, unit=(-1,) * len(units))).unit == tuple(
        unit if d in flat._seated.demands else -1 for d, unit in enumerate(units)
    )
    weighted = [e.row.members for e in flat.tables.entries if isinstance(e.row, Pair) and flat.tables.weight(e)]
    assert len(weighted) == len(set(weighted))


@given(rng=seeds)
@settings(max_examples=25)
def test_times_and_shared_rooms_are_as_good_as_brute_force_finds(rng: Random) -> None:
    problem = draw_session(rng)
    ranges = [range(len(event.options)) for event in problem.events]
    units = [(-1, *demand.units) for demand in problem.demands]
    assume(np.prod([len(each) for each in (*ranges, *units)], dtype=float) <= 3000)
    costs = []
    for decided in product(*ranges, *units):
        found = audit(problem, Assignment(decided[: len(ranges)], (), decided[len(ranges) :]))
        costs += [found.cost] if found.feasible else []

    outcome = solve(problem, work=3.0, workers=1, seed=1)

    if not costs:
        assert outcome.status == "impossible"
    else:
        assert outcome.audit is not None
        assert (outcome.audit.feasible, outcome.audit.cost) == (True, min(costs))


def one_seat_for_two(*, choices: int) -> Problem:
    """Return two exams at one time that may both have the only room, of one seat, so that one is to go without."""
    events = (Event((Option((0,)),)), Event((Option((0,)), Option((0,)))))
    demands = tuple(Demand(event, (0,), None, 1, optional=True) for event in range(2))
    share = ShareRooms(demands=(0, 1))
    return Problem(
        Axis((0,), (1,)),
        (),
        events,
        units=(Unit(1),),
        demands=demands,
        choices=(Choice(2),) * choices,
        rules=(share, ShareRooms(demands=(0, 1), weight=1)),
    )


@pytest.mark.parametrize("choices", [0, 1])
def test_one_of_two_exams_leaves_the_only_seat_to_the_other(choices: int) -> None:
    flat = Flat(Tables(one_seat_for_two(choices=choices)))
    assert flat.reckoning == (choices == 0)

    found = anneal(flat, seed=1, moves=2000, target="cost")

    assert (found.broken, found.cost, sorted(found.assignment.unit)) == (0, 1, [-1, 0])


@given(rng=seeds)
@settings(max_examples=25)
def test_the_local_search_leaves_out_what_brute_force_leaves_out(rng: Random) -> None:
    problem = draw_session(rng)
    demands = tuple(replace(demand, optional=True) for demand in problem.demands)
    rules = (*problem.rules[:1], ShareRooms(demands=tuple(range(len(demands))), weight=1), *problem.rules[1:])
    problem = replace(problem, demands=demands, rules=rules)
    tables = Tables(problem)
    ranges = [range(len(event.options)) for event in problem.events]
    units = [(-1, *demand.units) for demand in problem.demands]
    assume(np.prod([len(each) for each in (*ranges, *units)], dtype=float) <= 3000)
    decided = (Assignment(d[: len(ranges)], (), d[len(ranges) :]) for d in product(*ranges, *units))
    counted_ = (tables.count(assignment) for assignment in decided)
    costs = [cost for broken, cost in counted_ if broken == 0]
    assume(costs)

    found = anneal(tables, seed=1, moves=60_000, target="cost")

    assert (found.broken, found.cost) == (0, min(costs))
