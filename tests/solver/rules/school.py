"""A small timetable to point at: days of one-hour periods from 8:00, events that are held just where they are put."""

from __future__ import annotations

from collections.abc import Sequence

from solver.problem import Assignment, Attendance, Axis, Choice, Demand, Event, Grid, Option, Problem, Resource, Unit
from solver.rules import Rule

DAYS = 5
PERIODS = 6


def at(day: int, period: int) -> int:
    """Return the tick of a day and a period, both counted from 0."""
    return day * PERIODS + period


def timetable(
    *held: Sequence[int],
    attends: Sequence[Attendance] = (),
    picks: Sequence[int] = (),
    demands: Sequence[Demand] = (),
    given: Sequence[int] = (),
    seats: Sequence[int] = (30, 20, 10),
    weeks: int = 1,
    travel: int = 0,
) -> tuple[Problem, Assignment]:
    """Return a problem whose events are held at these ticks, and the assignment that says so.

    Each choice has two alternatives; `given` are the units of the demands. Between places it takes `travel` minutes.
    """
    days = range(DAYS * weeks)
    start = tuple(
        1440 * (day // DAYS * 7 + day % DAYS) + 480 + 60 * period for day in days for period in range(PERIODS)
    )
    grid = Grid(
        PERIODS,
        tuple(range(len(start))),
        tuple(day // DAYS for day in days),
        tuple(day % DAYS for day in days),
    )
    problem = Problem(
        Axis(start, tuple(minute + 45 for minute in start)),
        (grid,),
        tuple(Event((Option(tuple(ticks)),)) for ticks in held),
        tuple(Resource() for _ in range(1 + max((a.resource for a in attends), default=0))),
        tuple(attends),
        tuple(Choice(2) for _ in picks),
        tuple(Unit(size) for size in seats),
        tuple(demands),
        ((0, travel), (travel, 0)),
    )
    return problem, Assignment((0,) * len(held), tuple(picks), tuple(given))


def everybody(events: int, resource: int = 0) -> list[Attendance]:
    """Return attendances of the resource at so many events."""
    return [Attendance(event, resource) for event in range(events)]


def told(rule: Rule, given: tuple[Problem, Assignment]) -> list[tuple[int, str]]:
    """Return every deviation with its sentence."""
    return [(deviation.amount, str(deviation.sentence)) for deviation in rule.check(*given)]
