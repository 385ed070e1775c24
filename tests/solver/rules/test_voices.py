"""A rule's voices agree: what `encode` makes CP-SAT count, what its rows count, and what `check` counts by hand."""

from __future__ import annotations

from dataclasses import replace
from random import Random

import pytest
from hypothesis import assume, given

from solver.audit import audit
from solver.flat import Flat
from solver.kernel import BROKEN, COST, load
from solver.linear import Linear
from solver.model import LAST, Answer, Model
from solver.parameters import Effort
from solver.problem import Assignment, Problem
from solver.rules import Rule
from solver.rules.clashes import AvoidClashes
from solver.rules.pools import FitPools, FitSeats
from solver.rules.rooms import KeepRoom
from solver.rules.sit_in_room import SitInRoom
from solver.rules.stability import StayPut
from solver.sentence import Thing
from solver.tables import Tables
from tests.solver.drawing import draw_assignment, draw_problem, draw_rule, draw_some, seeds

KINDS = {name: kind for name, kind in Rule.registered.items() if kind.__module__.startswith("solver.rules")}
EFFORT = Effort(seconds=20, linear=1)

# Rows about units count what can be known before units are named: see test_pools.py, test_rooms.py, test_travel.py and
# test_sit_in_room.py.
BEFORE_NAMES = (FitPools, FitSeats, KeepRoom, SitInRoom)
WITH_ROWS = {n: k for n, k in KINDS.items() if k.tables is not Rule.tables and k not in BEFORE_NAMES}

every_rule = pytest.mark.parametrize("kind", KINDS.values(), ids=KINDS.keys())


def solved_at(model: Model, assignment: Assignment) -> Answer:
    """Solve the model with every decision fixed."""
    decisions = [(model.options(event), chosen) for event, chosen in enumerate(assignment.option)]
    for choice, chosen in enumerate(assignment.pick):
        count = model.problem.choices[choice].alternatives
        decisions.append(([(k, model.pick(choice, k)) for k in range(count)], chosen))
    if model.named:
        decisions += [(model.units(demand), chosen) for demand, chosen in enumerate(assignment.unit)]
    for literals, chosen in decisions:
        if chosen >= 0 and chosen not in [value for value, _ in literals]:
            model.require(Linear(1))
        for value, literal in literals:
            wanted = Linear(1).plus(literal, -1) if value == chosen else Linear().plus(literal)
            model.require(wanted)
    return model.solve(EFFORT)


def names_units(kind: type[Rule], rng: Random) -> bool:
    """Whether to decide units too: always for rules that speak of them."""
    return kind.about_units or rng.random() < 0.5


@every_rule
@given(rng=seeds)
def test_a_weighted_rule_costs_what_it_counts(kind: type[Rule], rng: Random) -> None:
    problem = draw_problem(rng)
    rule = draw_rule(rng, kind, problem, rng.randint(1, 3))
    # Where nobody may be in two places at once, busy periods are sums of literals instead of variables of their own.
    clashes = AvoidClashes(resources=tuple(range(len(problem.resources))))
    problem = replace(problem, rules=rng.choice([(rule,), (rule, clashes)]))
    assignment = draw_assignment(rng, problem)
    answer = solved_at(Model(Tables(problem), named=names_units(kind, rng)), assignment)
    recount = audit(problem, assignment)
    expected = ("optimal", recount.cost) if recount.feasible else ("infeasible", None)
    assert (answer.status, answer.cost) == expected


@every_rule
@given(rng=seeds)
def test_a_required_rule_holds_where_it_counts_nothing(kind: type[Rule], rng: Random) -> None:
    problem = draw_problem(rng)
    problem = replace(problem, rules=(draw_rule(rng, kind, problem),))
    assignment = draw_assignment(rng, problem)
    named = names_units(kind, rng)
    recount = audit(problem, assignment)
    answer = solved_at(Model(Tables(problem), named=named), assignment)
    assert answer.status == ("optimal" if recount.feasible else "infeasible")
    # Required, AvoidClashes leaves out who clashes only where others do, so it counts less softened.
    if kind is not AvoidClashes:
        softened = solved_at(Model(Tables(problem), named=named, penalty=5), assignment)
        price = 5 * LAST if kind.gives_way_last else 5
        assert (softened.status, softened.cost) == ("optimal", price * recount.broken)


@every_rule
@given(rng=seeds)
def test_a_part_left_free_changes_the_cost_as_the_count_does(kind: type[Rule], rng: Random) -> None:
    problem = draw_problem(rng)
    problem = replace(problem, rules=(draw_rule(rng, kind, problem, 1),))
    before = draw_assignment(rng, problem)
    events = draw_some(rng, len(problem.events))
    choices = frozenset() if kind.about_units else draw_some(rng, len(problem.choices))
    after = draw_assignment(rng, problem, before, events, choices)
    if not kind.about_units:
        after = replace(after, unit=before.unit)
    answers = []
    for assignment in (before, after):
        demands = range(len(problem.demands))
        model = Model(Tables(problem), before, events, choices, demands=demands, named=kind.about_units)
        answers.append(solved_at(model, assignment))
    costs = [answer.cost for answer in answers if answer.cost is not None]
    assert [answer.status for answer in answers] == ["optimal", "optimal"]
    assert costs[1] - costs[0] == audit(problem, after).cost - audit(problem, before).cost


@every_rule
@given(rng=seeds)
def test_a_part_left_free_keeps_a_required_rule(kind: type[Rule], rng: Random) -> None:
    problem = draw_problem(rng)
    problem = replace(problem, rules=(draw_rule(rng, kind, problem),))
    before = Model(Tables(problem), named=kind.about_units).solve(EFFORT).assignment
    assume(before is not None)
    events = draw_some(rng, len(problem.events))
    after = draw_assignment(rng, problem, before, events)
    demands = range(len(problem.demands))
    model = Model(Tables(problem), before, events, (), demands=demands, named=kind.about_units)
    answer = solved_at(model, after)
    assert answer.status == ("optimal" if audit(problem, after).feasible else "infeasible")


@pytest.mark.parametrize("kind", WITH_ROWS.values(), ids=WITH_ROWS.keys())
@given(rng=seeds)
def test_rows_count_what_check_counts(kind: type[Rule], rng: Random) -> None:
    problem = draw_problem(rng)
    rule = draw_rule(rng, kind, problem, 1)
    if isinstance(rule, StayPut):
        rule = replace(rule, units=())
    nowhere = tuple(replace(unit, place=-1) for unit in problem.units)
    problem = replace(problem, rules=(rule,), units=nowhere if kind.about_units else problem.units)
    assignment = draw_assignment(rng, problem)
    cost = audit(problem, assignment).cost if rule.has_tables(problem) else 0
    tables = Tables(problem)
    assert tables.count(assignment) == (0, cost)
    flat = Flat(tables)
    image = flat.image(1, flat.price, required_only=False)
    load(image, *flat.numbers(assignment))
    if kind.by_name:  # the local search gives units to all
        cost = audit(problem, flat.assignment(*flat.numbers(assignment))).cost if rule.has_tables(problem) else 0
    assert (image[BROKEN], image[COST]) == (0, cost)


@every_rule
@given(rng=seeds)
def test_a_recount_of_what_was_touched_tells_the_change(kind: type[Rule], rng: Random) -> None:
    problem = draw_problem(rng)
    rule = draw_rule(rng, kind, problem, 1)
    problem = replace(problem, rules=(rule,))
    before = draw_assignment(rng, problem)
    events, choices = draw_some(rng, len(problem.events)), draw_some(rng, len(problem.choices))
    after = draw_assignment(rng, problem, before, events, choices)
    moved = {
        demand.event for d, demand in enumerate(problem.demands) if before.unit[d] != after.unit[d]
    }  # names may change for others too
    attended = {problem.attendances[a].event for c in choices for a in problem.attendances_of_choice[c]}
    touching = events | moved | attended
    change = audit(problem, after).cost - audit(problem, before).cost
    assert audit(problem, after, touching).cost - audit(problem, before, touching).cost == change
    if not choices and not moved and events.isdisjoint(rule.events_touched(problem)):
        assert change == 0
    told = list(rule.check(problem, after))
    assert min((deviation.amount for deviation in told), default=1) >= 1
    assert {str(said)[-1] for said in (rule.say(), *(deviation.sentence for deviation in told))} == {"."}
    assert {deviation.where for deviation in told} <= _things(problem)


def _things(problem: Problem) -> set[Thing]:
    counts = {
        "event": len(problem.events),
        "resource": len(problem.resources),
        "choice": len(problem.choices),
        "demand": len(problem.demands),
        "unit": len(problem.units),
        "pool": len(problem.demands),
        "pools": len(problem.demands),
    }
    return {Thing(kind, index) for kind, count in counts.items() for index in range(count)}
