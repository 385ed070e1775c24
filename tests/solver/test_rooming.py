"""Courses that must keep to few rooms are given rooms that have the time, and times are found for these."""

from __future__ import annotations

from dataclasses import replace
from random import Random

import pytest
from hypothesis import given

from solver.audit import audit
from solver.neighbourhoods import View
from solver.problem import Assignment, Axis, Demand, Event, Grid, Option, Problem, Unit
from solver.rooming import courses, rooms_in_advance
from solver.rules.pools import FitPools
from solver.rules.rooms import KeepRoom
from solver.solve import solve
from solver.tables import Tables
from solver.work import Attempt, Found, perform
from tests.solver.drawing import seeds

LENGTHS = (5, 5, 3, 3)
EVENTS = tuple(course for course, length in enumerate(LENGTHS) for _ in range(length))


def courses_of_sixteen_lessons(ticks: int = 8, **change: object) -> Problem:
    """Return four courses of single lessons that keep to one of two rooms each, which together are open for as long."""
    options = tuple(Option((tick,)) for tick in range(ticks))
    lessons = tuple(range(len(EVENTS)))
    return Problem(
        Axis(tuple(range(ticks)), tuple(range(1, ticks + 1))),
        (Grid(ticks, tuple(range(ticks)), (0,), (0,)),),
        tuple(Event(options) for _ in lessons),
        units=(Unit(), Unit()),
        demands=tuple(Demand(event, (0, 1)) for event in lessons),
        rules=(
            FitPools(demands=lessons),
            *(
                replace(KeepRoom(events=tuple(e for e in lessons if EVENTS[e] == course)), **change)  # type: ignore[arg-type]
                for course in range(len(LENGTHS))
            ),
        ),
    )


def unnamed(problem: Problem) -> Assignment:
    return Assignment((0,) * len(problem.events), (), (-1,) * len(problem.demands))


def test_only_courses_that_must_keep_to_fewer_rooms_than_they_may_have_choose() -> None:
    assert [most for most, _ in courses(courses_of_sixteen_lessons())] == [1, 1, 1, 1]
    for change in ({"weight": 1}, {"most": 2}, {"consecutive": True}):
        assert courses(courses_of_sixteen_lessons(**change)) == []


@given(seeds)
def test_rooms_given_in_advance_have_the_time(rng: Random) -> None:
    problem = courses_of_sixteen_lessons()
    units = rooms_in_advance(problem, unnamed(problem), rng)
    assert all(len(served) == 1 for served in units)
    assert sorted(served[0] for served in units) == [0] * 8 + [1] * 8
    assert all(len({units[e] for e in range(16) if EVENTS[e] == course}) == 1 for course in range(4))


def test_a_course_is_given_the_room_where_most_of_it_is() -> None:
    problem = courses_of_sixteen_lessons(ticks=16)
    held = replace(unnamed(problem), unit=tuple(1 if course in (0, 3) else 0 for course in EVENTS))
    units = rooms_in_advance(problem, held, Random(1))
    assert [served[0] for served in units] == list(held.unit)


def test_what_has_one_room_anyway_takes_its_time_first() -> None:
    problem = courses_of_sixteen_lessons()
    fixed = replace(problem, demands=tuple(replace(d, units=(0,)) if d.event < 5 else d for d in problem.demands))
    held = replace(unnamed(fixed), unit=(0,) * 16)
    units = rooms_in_advance(fixed, held, Random(1))
    assert {units[e] for e in range(5, 10)} == {(1,)}


def test_a_course_goes_where_all_of_it_can_go_though_most_of_it_is_elsewhere() -> None:
    problem = courses_of_sixteen_lessons()
    demands = (replace(problem.demands[0], units=(1,)), *problem.demands[1:])
    held = replace(unnamed(problem), unit=(0,) * 16)
    units = rooms_in_advance(replace(problem, demands=demands), held, Random(1))
    assert units[:5] == ((1,),) * 5


def test_time_at_which_nothing_may_be_held_is_no_time_to_give() -> None:
    problem = courses_of_sixteen_lessons()
    longer = Axis(tuple(range(100)), tuple(range(1, 101)))
    grid = Grid(100, tuple(range(100)), (0,), (0,))
    wider = replace(problem, axis=longer, grids=(grid,))
    held = replace(unnamed(problem), unit=(0,) * 16)
    units = rooms_in_advance(wider, held, Random(1))
    assert sorted(served[0] for served in units) == [0] * 8 + [1] * 8


def test_a_course_that_no_choice_of_rooms_serves_keeps_all_of_them() -> None:
    problem = courses_of_sixteen_lessons()
    demands = (replace(problem.demands[0], units=(0,)), replace(problem.demands[1], units=(1,)), *problem.demands[2:])
    units = rooms_in_advance(replace(problem, demands=demands), unnamed(problem), Random(1))
    assert units[:5] == ((0,), (1,), (0, 1), (0, 1), (0, 1))


@pytest.mark.parametrize("thorough", [False, True])
def test_the_local_search_finds_times_for_rooms_given_in_advance(thorough: bool) -> None:
    problem = courses_of_sixteen_lessons()
    units = rooms_in_advance(problem, unnamed(problem), Random(1))
    found = perform(View(Tables(problem)), Attempt(1, moves=200_000, thorough=thorough, units=units))
    assert isinstance(found, Found)
    assert found.broken == 0
    assert found.assignment is not None
    assert found.assignment.unit == tuple(served[0] for served in units)
    assert audit(problem, found.assignment).feasible


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_rooms_that_are_full_all_week_can_be_named(seed: int) -> None:
    problem = courses_of_sixteen_lessons()
    outcome = solve(problem, work=20.0, workers=1, seed=seed)
    assert outcome.status == "optimal"
    assert outcome.assignment is not None
    assert audit(problem, outcome.assignment).feasible
