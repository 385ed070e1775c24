"""A small school in whole numbers, for tests of the search."""

from __future__ import annotations

from solver.problem import Assignment, Attendance, Axis, Demand, Event, Grid, Option, Problem, Resource, Unit
from solver.rules.clashes import AvoidClashes
from solver.rules.gaps import AvoidGaps
from solver.rules.pools import FitPools
from solver.rules.rooms import KeepRoom

DAYS, PERIODS = 5, 4


def small_school(*, rooms: int = 2, weight: int = 1) -> Problem:
    """Return two classes of ten lessons each, five teachers of four lessons, and so many rooms."""
    ticks = DAYS * PERIODS
    options = tuple(Option((tick,)) for tick in range(ticks))
    events = tuple(Event(options) for _ in range(20))
    attendances = tuple(
        attendance
        for event in range(20)
        for attendance in (Attendance(event, event // 10), Attendance(event, 2 + event % 5))
    )
    return Problem(
        axis=Axis(tuple(range(ticks)), tuple(range(1, ticks + 1))),
        grids=(Grid(PERIODS, tuple(range(ticks)), (0,) * DAYS, tuple(range(DAYS))),),
        events=events,
        resources=tuple(Resource() for _ in range(7)),
        attendances=attendances,
        units=tuple(Unit(30) for _ in range(rooms)),
        demands=tuple(Demand(event, tuple(range(rooms)), None, 25) for event in range(20)),
        rules=(
            AvoidClashes(resources=tuple(range(7))),
            AvoidGaps(resources=(0, 1), most=0, weight=weight),
            FitPools(demands=tuple(range(20))),
            KeepRoom(events=tuple(range(10)), weight=weight),
            KeepRoom(events=tuple(range(10, 20)), weight=weight),
        ),
    )


def spread_out() -> Assignment:
    """Return times that keep every required rule: one class in the even periods, the other in the odd."""
    return Assignment(tuple(2 * (event % 10) + event // 10 for event in range(20)), (), (-1,) * 20)
