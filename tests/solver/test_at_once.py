"""What needs more people or rooms at once than there are, told in numbers, and nothing else."""

from __future__ import annotations

from dataclasses import replace
from itertools import product
from random import Random

from hypothesis import given, settings

from solver.audit import audit
from solver.precheck import precheck
from solver.problem import Assignment, Attendance, Axis, Choice, Demand, Event, Grid, Option, Problem, Resource, Unit
from solver.rules.availability import RespectAvailability
from solver.rules.clashes import AvoidClashes
from solver.rules.order import SameTime
from solver.rules.parts import HoldAsOne
from solver.rules.seats import OwnRoom, ShareRooms
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
        "event 0: 3 people are needed at once; of those who may, no more than 2 can come at tick 0, tick 1."
    ]


def test_two_parts_at_the_same_time_need_five_people_of_four() -> None:
    assert reasons(parts(3, 2)) == [
        "event 0, event 1: 5 people are needed at once; of those who may, no more than 4 can come at tick 0, tick 1."
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


def rooms(seats: tuple[int, ...], sizes: tuple[int, ...], alone: tuple[int, ...], *, together: bool = True) -> Problem:
    """Exams that any of some rooms may hold, each at the first hour or the second; some are alone, all begin together."""
    demands = tuple(range(len(sizes)))
    rules = (ShareRooms(demands=demands), OwnRoom(demands=alone), SameTime(events=demands, of="start"))
    return Problem(
        axis=Axis(tuple(range(HOURS)), tuple(range(1, HOURS + 1))),
        grids=(Grid(HOURS, tuple(range(HOURS)), (0,), (0,)),),
        events=tuple(Event(tuple(Option((hour,)) for hour in range(HOURS))) for _ in sizes),
        units=tuple(map(Unit, seats)),
        demands=tuple(Demand(event, tuple(range(len(seats))), None, size) for event, size in enumerate(sizes)),
        rules=rules if together else rules[:2],
    )


def test_two_exams_alone_and_one_that_fills_a_room_need_three_rooms_of_two() -> None:
    assert reasons(rooms((10, 10), (1, 1, 8), alone=(0, 1))) == [
        (
            "event 0, event 1, event 2: 3 rooms are needed at once, 2 of them for one exam or student alone; to be had at "
            "tick 0, tick 1: 2 (unit 0, unit 1)."
        )
    ]


def test_thirty_who_sit_beside_one_another_do_not_fit_in_the_largest_room() -> None:
    assert reasons(rooms((25, 10), (20, 10, 3), alone=(2,))) == [
        (
            "event 0, event 1, event 2: 3 rooms are needed at once, 1 of them for one exam or student alone; to be had at "
            "tick 0, tick 1: 2 (unit 0, unit 1)."
        )
    ]


def test_exams_that_may_be_held_one_after_another_need_a_room_each_time() -> None:
    assert reasons(rooms((10,), (8, 8), alone=(0,), together=False)) == []


@settings(max_examples=200, deadline=None)
@given(seeds)
def test_what_is_told_to_lack_rooms_has_no_assignment(rng: Random) -> None:
    number = rng.randint(1, 3)
    problem = rooms(
        tuple(rng.randint(1, 3) for _ in range(rng.randint(1, 3))),
        tuple(rng.randint(0, 3) for _ in range(number)),
        alone=tuple(d for d in range(number) if rng.random() < 0.4),
        together=rng.random() < 0.7,
    )
    closed = tuple(
        replace(unit, closed=frozenset(t for t in range(HOURS) if rng.random() < 0.2)) for unit in problem.units
    )
    events = tuple(Event(event.options[: rng.randint(1, HOURS)]) for event in problem.events)
    problem = replace(problem, units=closed, events=events)
    options = product(*(range(len(event.options)) for event in problem.events))
    units = list(product(*(demand.units for demand in problem.demands)))
    can_be = any(audit(problem, Assignment(option, (), unit)).feasible for option in options for unit in units)

    assert not (reasons(problem) and can_be)
