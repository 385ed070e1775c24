"""Ways that take longer than there is between two things, at whichever times."""

from __future__ import annotations

from dataclasses import replace
from itertools import product
from random import Random

from hypothesis import given, settings

from solver.audit import audit
from solver.precheck import precheck
from solver.problem import Assignment, Attendance, Axis, Event, Grid, Option, Problem, Resource
from solver.rules.clashes import AvoidClashes
from solver.rules.travel import AllowTravel
from solver.tables import Tables
from tests.solver.drawing import seeds

HOURS = 5


def visits(*times: tuple[tuple[int, ...], ...], way: int) -> Problem:
    """Somebody's events at places of their own, each for the hours of one of its times, with a way between all of these."""
    places = range(len(times))
    return Problem(
        axis=Axis(tuple(range(0, 60 * HOURS, 60)), tuple(range(60, 60 * HOURS + 60, 60))),
        grids=(Grid(HOURS, tuple(range(HOURS)), (0,), (0,)),),
        events=tuple(Event(tuple(map(Option, own))) for own in times),
        resources=(Resource(),),
        attendances=tuple(Attendance(event, 0, None, event) for event in places),
        rules=(AllowTravel(resources=(0,)), AvoidClashes(resources=(0,))),
        travel=tuple(tuple(way * (a != b) for b in places) for a in places),
    )


def reasons(problem: Problem) -> list[str]:
    return [str(reason) for reason in precheck(Tables(problem))]


def test_at_the_best_of_their_times_an_hour_is_left_for_a_way_of_ninety_minutes() -> None:
    assert reasons(visits(((0,), (1,)), ((1,), (2,)), way=90)) == [
        "resource 0 has at most 60 minutes to get from event 0 to event 1 or back, and needs 90."
    ]


def test_an_hour_is_enough_for_a_way_of_an_hour() -> None:
    assert reasons(visits(((0,), (1,)), ((1,), (2,)), way=60)) == []


def test_what_is_held_every_week_is_left_time_for_in_each_week() -> None:
    """The second hour of the one comes after the other, which was once taken for no time between the two."""
    assert reasons(visits(((0, 3),), ((1, 4),), way=0)) == []


@settings(max_examples=100, deadline=None)
@given(seeds)
def test_two_events_are_told_to_be_too_far_apart_where_no_assignment_keeps_the_way(rng: Random) -> None:
    times = [
        tuple(tuple(sorted(rng.sample(range(HOURS), rng.randint(1, 2)))) for _ in range(rng.randint(1, 2)))
        for _ in range(2)
    ]
    problem = visits(*times, way=rng.choice((0, 30, 60, 90, 120, 180)))
    if rng.random() < 0.3:
        problem = replace(problem, rules=(AllowTravel(resources=(0,), weight=1), problem.rules[1]))
    options = product(*(range(len(own)) for own in times))

    assert bool(reasons(problem)) == (not any(audit(problem, Assignment(option)).feasible for option in options))
