"""Sub-problems: what is fixed stays, what is claimed is true."""

from __future__ import annotations

from dataclasses import replace
from random import Random

import pytest

from solver.audit import audit
from solver.improve import Appetite, Candidate, Task, change, improve, moved
from solver.naming import name
from solver.neighbourhoods import NEIGHBOURHOODS, OF_EXAMS, OF_TIME, OF_UNITS, View
from solver.parameters import Effort
from solver.problem import Assignment, Attendance, Axis, Demand, Event, Grid, Option, Problem, Resource, Unit
from solver.rules.clashes import AvoidClashes
from solver.rules.exams import PricePeriods
from solver.rules.pools import FitPools
from solver.rules.rooms import KeepRoom
from solver.rules.seats import ShareRooms
from solver.solve import solve
from solver.tables import Tables
from tests.solver.small import small_school, spread_out

EFFORT = Effort(seconds=60, deterministic=1.0, seed=1)


@pytest.mark.parametrize("neighbourhood", OF_TIME)
def test_a_neighbourhood_of_time_moves_only_what_it_frees(neighbourhood: str) -> None:
    view = View(Tables(small_school()))
    start = spread_out()
    part = NEIGHBOURHOODS[neighbourhood](view, start, Random(3), 8)

    candidate = improve(view, Task(start, neighbourhood, 8, 3, EFFORT))

    assert candidate.assignment is not None
    changed = {e for e in range(20) if candidate.assignment.option[e] != start.option[e]}
    assert changed <= part.events
    assert 0 < len(part.events) <= 20
    assert change(view.tables, start, candidate.assignment, named=False) == (0, -candidate.gain)
    assert candidate.gain >= 0


@pytest.mark.parametrize("neighbourhood", OF_UNITS)
def test_a_neighbourhood_of_units_gains_what_the_audit_counts(neighbourhood: str) -> None:
    problem = small_school(rooms=3)
    view = View(Tables(problem))
    start = name(view, spread_out())
    mixed = Assignment(start.option, (), tuple((event % 2) if event < 10 else 2 for event in range(20)))
    assert audit(problem, mixed).broken == 0

    candidate = improve(view, Task(mixed, neighbourhood, 20, 1, EFFORT, named=True))

    assert candidate.assignment is not None
    assert audit(problem, mixed).cost - audit(problem, candidate.assignment).cost == candidate.gain
    assert candidate.gain >= 1


def test_an_incumbent_that_breaks_a_rule_is_repaired_at_a_penalty() -> None:
    problem = small_school()
    view = View(Tables(problem))
    broken = Assignment((0, 0, *spread_out().option[2:]), (), (-1,) * 20)
    assert view.tables.count(broken)[0] == 1

    candidate = improve(view, Task(broken, "where_it_breaks", 8, 1, EFFORT, repair=True))

    assert candidate.assignment is not None
    assert view.tables.count(candidate.assignment)[0] == 0


@pytest.mark.parametrize(("strict", "gain"), [(False, 1), (True, 0)])
def test_a_strict_repair_breaks_nothing_else_instead(strict: bool, gain: int) -> None:
    # At the first period event 0 clashes for two people, at the other for a third.
    both = tuple(Option((tick,)) for tick in range(2))
    pairs = [(0, 1), (0, 2), (0, 3)]
    problem = Problem(
        Axis((0, 1), (1, 2)),
        (Grid(2, (0, 1), (0,), (0,)),),
        (Event(both), Event(both[:1]), Event(both[:1]), Event(both[1:])),
        tuple(Resource() for _ in pairs),
        tuple(Attendance(event, resource) for resource, pair in enumerate(pairs) for event in pair),
        rules=(AvoidClashes(resources=(0, 1, 2)),),
    )
    broken = Assignment((0, 0, 0, 0))
    assert audit(problem, broken).broken == 2
    view = View(Tables(problem))
    candidate = improve(view, Task(broken, "where_it_breaks", 1, 1, EFFORT, repair=True, strict=strict))
    assert candidate.assignment == Assignment((gain, 0, 0, 0))
    assert candidate.gain == gain


def test_what_breaks_by_name_only_is_repaired_by_other_times() -> None:
    """Two lessons must share a room; one is fixed while the first room is open, the other is held while the second is."""
    options = tuple(Option((tick,)) for tick in range(4))
    problem = Problem(
        axis=Axis((0, 1, 2, 3), (1, 2, 3, 4)),
        grids=(Grid(4, (0, 1, 2, 3), (0,), (0,)),),
        events=(Event(options[:1]), Event(options)),
        units=(Unit(closed=frozenset({2, 3})), Unit(closed=frozenset({0, 1}))),
        demands=(Demand(0, (0, 1)), Demand(1, (0, 1))),
        rules=(FitPools(demands=(0, 1)), KeepRoom(events=(0, 1))),
    )
    view = View(Tables(problem))
    broken = name(view, Assignment((0, 3), (), (-1, -1)))
    assert (view.tables.count(broken)[0], audit(problem, broken).broken) == (0, 1)
    assert view.broken_by_name(broken) == [(1,)]

    candidate = improve(view, Task(broken, "where_names_break", 8, 1, EFFORT, named=True, repair=True))

    assert candidate.assignment is not None
    assert candidate.gain == 1
    assert audit(problem, candidate.assignment).broken == 0
    assert candidate.assignment.option[1] in (0, 1)
    assert solve(problem, work=5, workers=1, start=broken).status == "optimal"


def test_a_change_is_carried_over_to_a_newer_incumbent() -> None:
    old, new, base = Assignment((0, 1, 2)), Assignment((0, 9, 2)), Assignment((5, 1, 2))

    assert moved(old, new, base) == Assignment((5, 9, 2))


def test_appetite_grows_on_what_is_easily_closed_and_shrinks_on_what_is_not() -> None:
    appetite = Appetite(100.0, 5, 104)

    appetite.learn(Candidate(None, 0, closed=True, work=0.1), improved=False)
    assert appetite.size == 104.0
    appetite.learn(Candidate(None, 0, closed=False, work=2.0), improved=False)
    assert appetite.size == pytest.approx(93.6)


def shared_room() -> Problem:
    """Return four exams of 10, 5, 5 and 5 people at two times, and a room of 20 seats; the first time costs 1, the other 3."""
    both = tuple(Option((tick,)) for tick in range(2))
    return Problem(
        Axis((0, 1), (1, 2)),
        (Grid(2, (0, 1), (0,), (0,)),),
        tuple(Event(both) for _ in range(4)),
        units=(Unit(20),),
        demands=tuple(Demand(event, (0,), None, size) for event, size in enumerate((10, 5, 5, 5))),
        rules=(
            ShareRooms(demands=(0, 1, 2, 3)),
            PricePeriods(events=(0, 1, 2, 3), prices=((0, 1), (1, 3)), weight=1),
        ),
    )


@pytest.mark.parametrize("neighbourhood", OF_EXAMS)
def test_a_neighbourhood_of_exams_moves_what_shares_rooms(neighbourhood: str) -> None:
    problem = shared_room()
    view = View(Tables(problem))
    dear = Assignment((1, 0, 0, 1), (), (0, 0, 0, 0))
    assert audit(problem, dear).cost == 8

    part = NEIGHBOURHOODS[neighbourhood](view, dear, Random(1), 2)
    assert len(part.demands) == 2
    assert part.events == {problem.demands[d].event for d in part.demands}
    if neighbourhood == "the_largest":
        assert NEIGHBOURHOODS[neighbourhood](view, dear, Random(1), 1).events <= {0, 1}
    candidate = improve(view, Task(dear, neighbourhood, 4, 1, EFFORT, named=True))

    assert candidate.assignment is not None
    assert (candidate.gain, audit(problem, candidate.assignment).cost) == (2, 6)


def test_what_is_best_by_name_is_proved_so() -> None:
    # Somebody sits the exam of 10 and one of 5: three of the others, at most, are at the cheap time.
    problem = shared_room()
    sat = tuple(Attendance(event, 0) for event in (0, 1))
    clashes = AvoidClashes(resources=(0,))
    problem = replace(problem, resources=(Resource(),), attendances=sat, rules=(*problem.rules, clashes))
    found = solve(problem, work=4, workers=1, seed=1)
    assert (found.status, found.cost, found.bound) == ("optimal", 6, 6)
