"""How often one changes between sites, and what is seen of it before rooms are named."""

from dataclasses import replace
from random import Random

import pytest
from hypothesis import assume
from hypothesis import given as drawn

from solver.audit import audit
from solver.model import Model
from solver.problem import Assignment, Attendance, Demand, Problem
from solver.rules import Rule
from solver.rules.pools import FitPools, known_place
from solver.rules.sites import LimitSiteChanges, RestBetweenSites
from solver.tables import Changes, Pair, Tables
from tests.solver.drawing import draw_assignment, draw_problem, draw_rule, seeds
from tests.solver.rules.school import at, timetable, told
from tests.solver.rules.test_voices import solved_at


def between_sites() -> tuple[Problem, Assignment]:
    """Return a day at site 0, in a room at site 1, nowhere, in a room at site 1 and at site 0; and a morning at site 1."""
    attends = [Attendance(0, 0, place=0), *(Attendance(event, 0) for event in (1, 2, 3)), Attendance(4, 0, place=0)]
    demands = [Demand(1, (1,)), Demand(2, (2,)), Demand(3, (0, 1)), Demand(5, (1,))]
    problem, assignment = timetable(
        [at(0, 0)],
        [at(0, 1)],
        [at(0, 2)],
        [at(0, 3)],
        [at(0, 5)],
        [at(1, 0)],
        attends=[*attends, Attendance(5, 0)],
        demands=demands,
        given=[1, 2, 1, 1],
    )
    units = tuple(replace(unit, place=place) for unit, place in zip(problem.units, (0, 1, -1), strict=True))
    return replace(problem, units=units), assignment


def test_one_changes_between_sites_there_and_back_on_a_day_but_not_overnight() -> None:
    given = between_sites()
    assert told(LimitSiteChanges(resources=(0,), most=1), given) == [
        (1, "resource 0 changes between sites 2 times (day 0), not at most 1.")
    ]
    assert told(LimitSiteChanges(resources=(0,), most=1, within="week"), given) == [
        (1, "resource 0 changes between sites 2 times (day 0), not at most 1.")
    ]
    assert told(LimitSiteChanges(resources=(0,), most=2, within="cycle"), given) == []


def test_two_events_at_different_sites_have_too_few_periods_between_them() -> None:
    given = between_sites()
    assert told(RestBetweenSites(resources=(0,), least=1), given) == [
        (1, "resource 0 has 0 free periods between event 0 and event 1 at another site, not at least 1.")
    ]
    assert [amount for amount, _ in told(RestBetweenSites(resources=(0,), least=2), given)] == [1, 1]


@pytest.mark.parametrize(
    ("rule", "shape", "cost"),
    [
        (RestBetweenSites(resources=(0,), least=1, weight=1), Pair, 2),
        (LimitSiteChanges(resources=(0,), most=1, weight=1), Changes, 1),
    ],
)
def test_the_local_search_sees_what_is_held_at_a_known_place(rule: Rule, shape: type, cost: int) -> None:
    problem, assignment = between_sites()
    problem = replace(problem, rules=(rule,))
    # Both sites are known of nothing: the events of site 1 have rooms, which nobody promises to them.
    assert Tables(problem).entries == []
    assert Tables(problem).by_hand == []
    attendances = tuple(replace(attendance, place=int(attendance.event == 1)) for attendance in problem.attendances)
    fixed = replace(problem, attendances=attendances)
    assert {type(entry.row) for entry in Tables(fixed).entries} == {shape}
    assert Tables(fixed).count(assignment) == (0, audit(fixed, assignment).cost) == (0, cost)


def test_a_place_is_known_where_all_the_rooms_are_that_an_event_can_have() -> None:
    problem, _ = between_sites()
    assert [known_place(problem, a) for a in range(6)] == [0, -1, -1, -1, 0, -1]
    # Demand 2, of event 3, can have a room at either site; demand 1 a room that is nowhere.
    pools = FitPools(demands=(0, 1, 2, 3))
    assert [known_place(replace(problem, rules=(pools,)), a) for a in range(6)] == [0, 1, -1, -1, 0, 1]
    weighted = replace(pools, weight=1)
    assert [known_place(replace(problem, rules=(weighted,)), a) for a in range(6)] == [0, -1, -1, -1, 0, -1]
    optional = replace(problem, rules=(pools,), demands=tuple(replace(d, optional=True) for d in problem.demands))
    assert [known_place(optional, a) for a in range(6)] == [0, -1, -1, -1, 0, -1]


@pytest.mark.parametrize("kind", [LimitSiteChanges, RestBetweenSites])
@drawn(rng=seeds)
def test_before_units_are_named_no_more_is_counted_than_after(kind: type[Rule], rng: Random) -> None:
    problem = draw_problem(rng)
    pools = FitPools(demands=tuple(range(len(problem.demands))))
    problem = replace(problem, rules=(draw_rule(rng, kind, problem, 1), pools))
    assignment = draw_assignment(rng, problem)
    served = not any(True for _ in pools.check(problem, assignment))
    counted = sum(entry.row.count(problem, assignment) for entry in Tables(problem).entries if entry.rule == 0)
    assume(served)
    assert counted <= audit(problem, assignment).cost


def test_ticks_that_share_a_period_are_left_to_the_model() -> None:
    problem, _ = between_sites()
    halves = replace(problem.grids[0], cell=tuple(cell // 2 for cell in problem.grids[0].cell))
    rule = LimitSiteChanges(resources=(0,), most=1)
    tables = Tables(replace(problem, grids=(halves,), rules=(rule,)))
    assert (tables.entries, tables.by_hand) == ([], [0])


@pytest.mark.parametrize("kind", [LimitSiteChanges, RestBetweenSites])
@drawn(rng=seeds)
def test_the_counted_model_sees_the_places_of_attendances(kind: type[Rule], rng: Random) -> None:
    problem = draw_problem(rng)
    problem = replace(problem, rules=(draw_rule(rng, kind, problem, 1),))
    nowhere = replace(problem, units=tuple(replace(unit, place=-1) for unit in problem.units))
    assignment = draw_assignment(rng, problem)
    counted = [solved_at(Model(Tables(each)), assignment).cost for each in (problem, nowhere)]
    assert counted == [audit(nowhere, assignment).cost] * 2
