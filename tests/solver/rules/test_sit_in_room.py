"""Whoever has a room and a workstation sits at one that stands in the room."""

from __future__ import annotations

from dataclasses import replace
from itertools import product
from random import Random

from hypothesis import given, settings

from solver.audit import audit
from solver.naming import name
from solver.neighbourhoods import View
from solver.problem import Assignment, Attendance, Demand, Problem, Unit
from solver.rules.pools import FitPools
from solver.rules.seats import ShareRooms
from solver.rules.sit_in_room import SitInRoom
from solver.solve import solve
from solver.tables import Tables
from tests.solver.drawing import draw_assignment, draw_problem, seeds
from tests.solver.rules.school import at, timetable, told

HALL, STUDY, IN_HALL, IN_STUDY, LAPTOP = range(5)
UNITS = (Unit(30), Unit(30), Unit(room=HALL), Unit(room=STUDY), Unit())
"""A hall, a study, a workstation in each, and a laptop."""

STATIONS = (IN_HALL, IN_STUDY, LAPTOP)


def exam(*rooms: int, students: int = 1, given_units: list[int]) -> tuple[Problem, Assignment]:
    """Make an exam that may be in some rooms, each student of which needs a workstation there."""
    demands = [Demand(0, rooms, None, students)]
    demands += [Demand(0, STATIONS, attendance, rooms=(0,)) for attendance in range(students)]
    attends = [Attendance(0, resource) for resource in range(students)]
    problem, made = timetable([at(0, 0)], attends=attends, demands=demands, given=given_units)
    return replace(problem, units=UNITS), made


def test_a_workstation_in_another_room_counts() -> None:
    rule = SitInRoom(demands=(1,))
    assert told(rule, exam(HALL, STUDY, given_units=[HALL, IN_STUDY])) == [
        (1, "demand 1 has unit 3, which stands in unit 1 and not in unit 0.")
    ]
    assert told(rule, exam(HALL, STUDY, given_units=[HALL, IN_HALL])) == []
    assert told(rule, exam(HALL, STUDY, given_units=[HALL, LAPTOP])) == []
    assert told(rule, exam(HALL, STUDY, given_units=[-1, IN_STUDY])) == []


def test_one_of_several_rooms_will_do() -> None:
    problem, made = exam(HALL, STUDY, given_units=[HALL, IN_STUDY])
    further = replace(problem.demands[1], rooms=(0, 2))
    problem = replace(problem, demands=(problem.demands[0], further, problem.demands[0]))
    assert told(SitInRoom(demands=(1,)), (problem, replace(made, unit=(HALL, IN_STUDY, STUDY)))) == []
    assert told(SitInRoom(demands=(1,)), (problem, replace(made, unit=(HALL, IN_STUDY, -1)))) == [
        (1, "demand 1 has unit 3, which stands in unit 1 and not in unit 0.")
    ]


def test_three_students_are_one_too_many_for_the_workstations_of_a_room() -> None:
    """One in the hall and a laptop: all three workstations of the site once counted."""
    problem, made = exam(HALL, students=3, given_units=[HALL, -1, -1, -1])
    rules = (ShareRooms(demands=(0,)), FitPools(demands=(1, 2, 3)), SitInRoom(demands=(1, 2, 3)))
    assert Tables(replace(problem, rules=rules[:2])).count(made) == (0, 0)
    assert Tables(replace(problem, rules=rules)).count(made) == (1, 0)


def test_workstations_are_named_in_the_room_that_is_given() -> None:
    problem, made = exam(STUDY, students=2, given_units=[STUDY, -1, -1])
    rules = (ShareRooms(demands=(0,)), FitPools(demands=(1, 2)), SitInRoom(demands=(1, 2)))
    view = View(Tables(replace(problem, rules=rules)))
    assert name(view, made).unit == (STUDY, IN_STUDY, LAPTOP)


@settings(max_examples=60)
@given(rng=seeds)
def test_rows_hold_wherever_names_can_be_found_and_the_search_finds_them(rng: Random) -> None:
    """Some events are in rooms that they may share, and some of who attends them needs a workstation there."""
    problem = draw_problem(rng)
    units = (Unit(2), Unit(3), *(replace(unit, room=rng.choice([-1, 0, 1])) for unit in problem.units[:3]))
    stations = tuple(range(2, len(units)))
    rooms = tuple(Demand(event, rng.choice([(0,), (0, 1)]), None, 1) for event in range(2))
    needs = tuple(
        Demand(
            event,
            tuple(rng.sample(stations, rng.randint(1, len(stations)))),
            None,
            rooms=rng.choice([(0,), (0, 1), ()]),
        )
        for event in (rng.randrange(2) for _ in range(3))
    )
    needs = tuple(replace(demand, units=tuple(sorted(demand.units))) for demand in needs)
    own = tuple(range(2, 5))
    rules = (ShareRooms(demands=(0, 1)), FitPools(demands=own), SitInRoom(demands=own))
    problem = replace(problem, units=units, demands=(*rooms, *needs), rules=rules)
    drawn = draw_assignment(rng, problem)
    named = (replace(drawn, unit=unit) for unit in product(*([-1, *demand.units] for demand in problem.demands)))
    good = [each for each in named if audit(problem, each).feasible]
    assert all(Tables(problem).count(each)[0] == 0 for each in good)
    if good:
        assert solve(problem, work=2.0, workers=1, seed=1).status == "optimal"
