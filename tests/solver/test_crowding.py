"""How crowded a problem is: counted by hand."""

from __future__ import annotations

from solver.crowding import crowding
from solver.flat import Flat
from solver.problem import Attendance, Axis, Choice, Event, Given, Grid, Option, Problem, Resource
from solver.rules.clashes import AvoidClashes
from solver.tables import Tables


def problem(events: int, periods: int, given: Given | None = None) -> Problem:
    """Return one in which somebody attends so many events of two ticks, each at any of so many times."""
    axis = Axis(tuple(range(2 * periods)), tuple(range(1, 2 * periods + 1)))
    grid = Grid(periods, tuple(tick // 2 for tick in range(2 * periods)), (0,), (0,))
    options = tuple(Option((2 * period, 2 * period + 1)) for period in range(periods))
    return Problem(
        axis,
        (grid,),
        tuple(Event(options) for _ in range(events)),
        (Resource(0),),
        tuple(Attendance(event, 0, given) for event in range(events)),
        (Choice(2),),
        rules=(AvoidClashes(resources=(0,)),),
    )


def test_a_row_is_as_full_as_what_its_members_take_of_what_it_holds() -> None:
    assert crowding(Flat(Tables(problem(events=3, periods=4)))) == 0.75
    assert crowding(Flat(Tables(problem(events=3, periods=30)))) == 0.1


def test_who_may_come_or_not_fills_nothing_and_nothing_is_not_crowded() -> None:
    assert crowding(Flat(Tables(problem(events=3, periods=4, given=(0, 1))))) == 0.0
    assert crowding(Flat(Tables(problem(events=0, periods=4)))) == 0.0
