"""Rows of data: what they count, whom they can be changed by, and when periods are sums of literals."""

from __future__ import annotations

from dataclasses import replace
from random import Random

import pytest
from hypothesis import given

from solver.measures import Busy, Used
from solver.model import Model
from solver.parameters import Effort
from solver.problem import Assignment, Attendance, Axis, Choice, Event, Grid, Member, Option, Problem, Resource
from solver.rules.blocks import KeepTogether
from solver.rules.clashes import AvoidClashes
from solver.rules.gaps import AvoidGaps
from solver.rules.rooms import KeepRoom
from solver.rules.sectioning import LimitSections
from solver.rules.stability import StayPut
from solver.sentence import Thing
from solver.tables import Between, Cells, Changes, Options, Pair, Profile, Row, Spread, Sum, Tables
from tests.solver.drawing import draw_assignment, draw_problem, draw_some, seeds

# Two days of two periods; the first event at every single period, the second a double lesson on either day, the third
# only by a choice.
SINGLE = tuple(Option((tick,)) for tick in range(4))
DOUBLE = (Option((0, 1)), Option((2, 3)))
PROBLEM = Problem(
    Axis((0, 10, 100, 110), (10, 20, 110, 120)),
    (Grid(2, (0, 1, 2, 3), (0, 0), (0, 1)),),
    (Event(SINGLE), Event(DOUBLE), Event(SINGLE)),
    (Resource(),),
    (Attendance(0, 0), Attendance(1, 0), Attendance(2, 0, (0, 1))),
    (Choice(2),),
)
MEMBERS = (Member(0), Member(1), Member(2, (0, 1)))
TOGETHER = Assignment((1, 0, 0), (1,))  # the first at the second period of the double lesson, the third at its first
APART = Assignment((2, 0, 0), (0,))  # the first on the other day; the third does not matter


@pytest.mark.parametrize(
    ("row", "together", "apart"),
    [
        (Cells(MEMBERS, (1, 1, 1), (1, 1, 1, 1)), 2, 0),
        (Cells(MEMBERS, (1, 2, 1), (2, 1, 1, 1), scale=3), 9, 3),
        (Profile(MEMBERS, 0, (0, 1), Used(), most=0), 1, 2),
        (Profile(MEMBERS, 0, (0, 1), Used(), most=0, least=2, scale=5), 10, 10),
        (Profile(MEMBERS, 0, (0,), Busy(), most=1), 1, 1),
        (Profile(MEMBERS, 0, (0, 1), (Busy(), Used()), most=0), 2, 3),
        (Changes((MEMBERS[::2], MEMBERS[1:2]), 0, (0, 1), most=0, scale=3), 3, 0),
        (Changes((MEMBERS[::2], MEMBERS[1:2]), 0, (1,), most=0), 0, 0),
        (Changes((MEMBERS,), 0, (0, 1), most=0), 0, 0),
        (Sum(MEMBERS, (10, 20, 40), 0, (0,), most=50), 20, 0),
        (Sum(MEMBERS, (10, 20, 40), 0, (1,), least=30, scale=2), 60, 40),
        (Spread(MEMBERS, (10, 20, 40), 0, ((0,), (1,)), most=5), 65, 5),
        (Pair((Member(0), Member(2, (0, 1))), ((0, 1, 2, 3), (0, 0, 1, 1)), ((0, 0), (7, 0), (0, 0), (0, 0))), 7, 0),
        (Options(2, (4, 0, 0, 0), (0, 1), scale=2), 8, 0),
    ],
)
def test_a_row_counts_its_excess(row: Row, together: int, apart: int) -> None:
    assert (row.count(PROBLEM, TOGETHER), row.count(PROBLEM, APART)) == (together, apart)


def test_a_clash_of_double_lessons_costs_both_its_periods() -> None:
    # The loads of the two periods are equal; merged into one, they cost half of what the audit counted.
    event = Event(DOUBLE[:1])
    attendances = (Attendance(0, 0), Attendance(1, 0))
    problem = replace(PROBLEM, events=(event, event), attendances=attendances, choices=())
    problem = replace(problem, rules=(AvoidClashes(resources=(0,), weight=10),))
    assert Model(Tables(problem)).solve(Effort()).cost == 20


def test_rows_are_found_by_the_events_and_choices_that_change_them() -> None:
    problem = replace(
        PROBLEM, rules=(AvoidClashes(resources=(0,)), StayPut(options=((1, 0),), picks=((0, 0),), weight=1))
    )
    tables = Tables(problem)
    assert [entry.where for entry in tables.entries] == [Thing("resource", 0), Thing("event", 1), Thing("choice", 0)]
    assert tables.of_event == [[0], [0, 1], [0, 2]]
    assert tables.of_choice == [[0, 2]]
    assert tables.touched(events=[1]) == {0, 1}
    assert tables.touched(events=[], choices=[0]) == {0, 2}
    assert tables.count(TOGETHER) == (2, 1)


def test_rules_without_rows_are_kept_apart_from_those_about_units() -> None:
    problem = replace(PROBLEM, rules=(LimitSections(choices=(0,), most=1), KeepRoom(events=(0, 1))))
    tables = Tables(problem)
    assert (tables.by_hand, tables.about_units) == ([0], [1])
    assert tables.hand_events == {0: frozenset({2})}


@pytest.mark.parametrize("periods", [16, 17])
def test_days_of_too_many_periods_to_be_looked_up_are_left_to_the_model(periods: int) -> None:
    # The second event at the day's end leaves a hole; at the next day's beginning, none.
    ticks = tuple(range(2 * periods))
    problem = Problem(
        Axis(ticks, tuple(tick + 1 for tick in ticks)),
        (Grid(periods, ticks, (0, 0), (0, 1)),),
        tuple(
            Event(tuple(Option(held) for held in options)) for options in ([(0,)], [(periods - 1,), (periods,)], [()])
        ),
        (Resource(),),
        (Attendance(0, 0), Attendance(1, 0)),
        rules=(AvoidGaps(resources=(0,)), KeepTogether(events=(0, 1, 2)), AvoidClashes(resources=(0,))),
    )
    tables = Tables(problem)
    assert tables.by_hand == ([] if periods == 16 else [0, 1])
    assert {entry.rule for entry in tables.entries} == ({0, 1, 2} if periods == 16 else {2})
    holed, whole = Assignment((0, 0, 0)), Assignment((0, 1, 0))
    assert tables.difference(whole, holed) == (2 * (periods - 2), 0)
    assert Model(tables).solve(Effort()).assignment == whole
    freed = Model(tables, holed, events=[1], penalty=1)
    assert freed.solve(Effort()).assignment == whole


def test_members_who_may_not_meet_fill_a_period_one_at_a_time() -> None:
    required = Tables(replace(PROBLEM, rules=(AvoidClashes(resources=(0,)),)))
    weighted = Tables(replace(PROBLEM, rules=(AvoidClashes(resources=(0,), weight=1),)))
    assert required.exclusive(MEMBERS, 0)
    assert required.exclusive(MEMBERS[:2], 0)
    assert not weighted.exclusive(MEMBERS, 0)
    assert weighted.exclusive(MEMBERS[:1], 0)


def test_lessons_of_half_a_period_can_share_it() -> None:
    halves = Grid(1, (0, 0, 1, 1), (0, 0), (0, 1))
    tables = Tables(replace(PROBLEM, grids=(halves,), rules=(AvoidClashes(resources=(0,)),)))
    assert not tables.exclusive(MEMBERS, 0)


@given(rng=seeds)
def test_exclusive_members_never_share_a_period(rng: Random) -> None:
    problem = draw_problem(rng)
    everybody = tuple(range(len(problem.resources)))
    problem = replace(problem, rules=(AvoidClashes(resources=everybody),))
    tables = Tables(problem)
    assignment = draw_assignment(rng, problem)
    if tables.count(assignment)[0]:
        return
    for resource, members in enumerate(problem.members_of_resource):
        for grid in range(len(problem.grids)):
            if not tables.exclusive(members, grid):
                continue
            cells = [
                cell
                for member in members
                if member.given is None or assignment.pick[member.given[0]] == member.given[1]
                for cell in problem.cells_of_options(member.event, grid)[assignment.option[member.event]]
            ]
            assert len(cells) == len(set(cells)), resource


@given(rng=seeds)
def test_a_difference_is_told_from_the_rows_that_were_touched(rng: Random) -> None:
    problem = draw_problem(rng)
    rules = (
        AvoidClashes(resources=tuple(range(len(problem.resources)))),
        LimitSections(choices=tuple(range(len(problem.choices))), most=1, weight=3),
    )
    problem = replace(problem, rules=rules)
    tables = Tables(problem)
    old = draw_assignment(rng, problem)
    new = draw_assignment(rng, problem, old, draw_some(rng, len(problem.events)), draw_some(rng, len(problem.choices)))
    sections = [sum(deviation.amount for deviation in rules[1].check(problem, each)) for each in (old, new)]
    broken = tables.count(new)[0] - tables.count(old)[0]
    assert tables.difference(old, new) == (broken, 3 * (sections[1] - sections[0]))


def test_events_of_the_same_days_share_what_these_cost() -> None:
    between = Between(PROBLEM, lambda event: PROBLEM.days_of_options(event, 0), lambda one, other: int(one == other))
    row, other = between.row(Member(0), Member(1)), between.row(Member(1), Member(2))
    assert (row.classes, row.table) == (((0, 0, 1, 1), (0, 1)), ((1, 0), (0, 1)))
    assert other.table is row.table
