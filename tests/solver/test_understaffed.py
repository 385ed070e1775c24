"""Commissions that need more people at once than can come, told in numbers, and nothing else."""

from __future__ import annotations

from dataclasses import replace
from itertools import product
from random import Random

from hypothesis import given, settings

from solver.audit import audit
from solver.precheck import precheck
from solver.problem import Assignment, Attendance, Axis, Choice, Event, Grid, Option, Problem, Resource
from solver.rules.availability import RespectAvailability
from solver.rules.clashes import AvoidClashes
from solver.rules.parts import HoldAsOne
from solver.tables import Tables
from tests.solver.drawing import seeds

HOURS = 2


def parts(*seats: int, people: int = 4, vacant: bool = False) -> Problem:
    """Parts of one exam, held as one at the first hour or the second, each with so many seats that everybody may take."""
    event_of = [event for event, number in enumerate(seats) for _ in range(number)]
    return Problem(
        axis=Axis(tuple(range(HOURS)), tuple(range(1, HOURS + 1))),
        grids=(Grid(HOURS, tuple(range(HOURS)), (0,), (0,)),),
        events=tuple(Event(tuple(Option((hour,)) for hour in range(HOURS))) for _ in seats),
        resources=(Resource(),) * people,
        attendances=tuple(
            Attendance(event, person, (choice, person))
            for choice, event in enumerate(event_of)
            for person in range(people)
        ),
        choices=(Choice(people + vacant),) * len(event_of),
        rules=(AvoidClashes(resources=tuple(range(people))), HoldAsOne(events=tuple(range(len(seats))))),
    )


def away(problem: Problem, *people: int, hours: frozenset[int] = frozenset(range(HOURS))) -> Problem:
    return replace(problem, rules=(*problem.rules, RespectAvailability(resources=people, ticks=hours)))


def reasons(problem: Problem) -> list[str]:
    return [str(reason) for reason in precheck(Tables(problem))]


def test_a_commission_of_three_is_not_filled_by_two_who_are_there() -> None:
    """It was once told by which of the two would have to take two of the seats."""
    assert reasons(away(parts(3), 1, 3)) == [
        "event 0: 3 people are needed at once; of those who may, no more than 2 can come at any of the 2 times."
    ]


def test_two_parts_at_the_same_time_need_five_people_of_four() -> None:
    assert reasons(parts(3, 2)) == [
        "event 0, event 1: 5 people are needed at once; of those who may, no more than 4 can come at any of the 2 times."
    ]


def test_seats_that_may_be_vacant_need_nobody() -> None:
    assert reasons(away(parts(3, vacant=True), 1, 3)) == []


def test_an_hour_at_which_enough_can_come_is_enough() -> None:
    assert reasons(away(parts(3), 1, 3, hours=frozenset({0}))) == []


@settings(max_examples=200, deadline=None)
@given(seeds)
def test_what_is_held_as_one_is_understaffed_where_no_assignment_keeps_all_rules(rng: Random) -> None:
    people = rng.randint(1, 3)
    problem = parts(*(rng.randint(1, 2) for _ in range(rng.randint(1, 2))), people=people, vacant=rng.random() < 0.2)
    for person in range(people):
        problem = away(problem, person, hours=frozenset(hour for hour in range(HOURS) if rng.random() < 0.4))
    options = product(range(HOURS), repeat=len(problem.events))
    picks = list(product(*(range(choice.alternatives) for choice in problem.choices)))
    can_be = any(audit(problem, Assignment(option, pick, ())).feasible for option in options for pick in picks)

    assert bool(reasons(problem)) == (not can_be)
