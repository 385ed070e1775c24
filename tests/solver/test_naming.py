"""Counted pools become named units."""

from __future__ import annotations

from dataclasses import replace

from solver.audit import audit
from solver.naming import name
from solver.neighbourhoods import View
from solver.problem import Assignment, Attendance, Axis, Choice, Demand, Event, Grid, Option, Problem, Resource, Unit
from solver.rules.pools import FitPools
from solver.rules.seats import ShareRooms
from solver.tables import Tables
from tests.solver.small import small_school, spread_out


def together(*serving: tuple[int, ...], units: int) -> Problem:
    """Return events all at one tick, each served by these units."""
    return Problem(
        axis=Axis((0,), (1,)),
        grids=(Grid(1, (0,), (0,), (0,)),),
        events=tuple(Event((Option((0,)),)) for _ in serving),
        units=tuple(Unit() for _ in range(units)),
        demands=tuple(Demand(event, served) for event, served in enumerate(serving)),
        rules=(FitPools(demands=tuple(range(len(serving)))),),
    )


def test_a_class_keeps_one_room_for_all_its_lessons() -> None:
    problem = small_school()

    complete = name(View(Tables(problem)), spread_out())

    assert len(set(complete.unit[:10])) == 1
    assert len(set(complete.unit[10:])) == 1
    assert audit(problem, complete).broken == 0


def test_whoever_can_go_elsewhere_makes_room() -> None:
    problem = together((0, 1), (0,), (1, 2), units=3)

    complete = name(View(Tables(problem)), Assignment((0, 0, 0), (), (-1, -1, -1)))

    assert complete.unit == (1, 0, 2)


def test_the_earlier_unit_is_kept_where_it_is_free() -> None:
    problem = together((0, 1, 2), (0, 1, 2), units=3)
    earlier = Assignment((0, 0), (), (2, 1))

    assert name(View(Tables(problem)), replace(earlier, unit=(-1, -1)), earlier).unit == (2, 1)


def test_one_of_three_goes_without_where_there_are_two() -> None:
    problem = together((0, 1), (0, 1), (0, 1), units=2)

    complete = name(View(Tables(problem)), Assignment((0, 0, 0), (), (-1, -1, -1)))

    assert sorted(complete.unit) == [-1, 0, 1]


def test_a_closed_unit_is_given_to_nobody() -> None:
    problem = together((0,), units=1)
    problem = replace(problem, units=(Unit(closed=frozenset({0})),))

    assert name(View(Tables(problem)), Assignment((0,), (), (-1,))).unit == (-1,)


def test_an_optional_room_without_seats_enough_is_left_out() -> None:
    options = (Option((0,)),)
    problem = Problem(
        Axis((0,), (1,)),
        (Grid(1, (0,), (0,), (0,)),),
        (Event(options), Event(options)),
        (Resource(),),
        (Attendance(1, 0, (0, 0)),),
        (Choice(1),),
        (Unit(1),),
        (Demand(0, (0,)), Demand(1, (0,), 0, 1, optional=True)),
        rules=(ShareRooms(demands=(0, 1)),),
    )
    view = View(Tables(problem))
    assert not view.tables.by_name

    assert name(view, Assignment((0, 0), (0,), (-1, -1))).unit == (0, -1)
