"""Looking at the beginnings alone tells as well whether events are held at once."""

from __future__ import annotations

from dataclasses import replace
from random import Random

from hypothesis import given

from solver.instants import beginnings
from solver.problem import Axis, Event, Grid, Option, Problem, Resource
from solver.rules.clashes import AvoidClashes
from solver.tables import Cells
from tests.solver.drawing import draw_assignment, draw_problem, seeds


@given(rng=seeds)
def test_events_that_meet_share_a_beginning(rng: Random) -> None:
    problem = draw_problem(rng)
    rule = AvoidClashes(resources=tuple(range(len(problem.resources))))
    problem = replace(problem, rules=(rule,))
    assignment = draw_assignment(rng, problem)
    rows = [row for _, row in rule.tables(problem) if isinstance(row, Cells)]
    for row in rows:
        everywhere = replace(row, ticks=None).count(problem, assignment)
        assert (row.count(problem, assignment) > 0) == (everywhere > 0)
    assert any(row.count(problem, assignment) for row in rows) == any(rule.check(problem, assignment))


def test_where_a_break_ends_counts_as_a_beginning() -> None:
    axis = Axis(tuple(range(6)), tuple(range(1, 7)))
    grid = Grid(6, tuple(range(6)), (0,), (0,))
    long, short = Event((Option((0, 1, 4, 5)),)), Event((Option((5,)), Option((3,))))
    problem = Problem(axis, (grid,), (long, short), (Resource(0),))
    assert beginnings(problem, (0,)) == frozenset({0, 4})
    assert beginnings(problem, (0, 1)) == frozenset({0, 3, 4, 5})


def test_nothing_is_left_out_where_each_tick_begins_something() -> None:
    axis = Axis((0, 1, 2), (1, 2, 3))
    problem = Problem(axis, (Grid(3, (0, 1, 2), (0,), (0,)),), (Event((Option((0,)), Option((1,)), Option((2,)))),), ())
    assert beginnings(problem, (0,)) is None
