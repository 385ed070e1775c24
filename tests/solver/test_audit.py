"""The recount of every rule, and what it refuses to count."""

from __future__ import annotations

from dataclasses import replace

import pytest

from solver.audit import audit
from solver.problem import Assignment, Demand
from solver.rules.clashes import AvoidClashes
from solver.rules.gaps import AvoidGaps
from solver.rules.rooms import PreferRooms
from tests.solver.rules.school import at, everybody, timetable

RULES = (
    AvoidClashes(resources=(0,)),
    AvoidGaps(resources=(0,), weight=3),
    PreferRooms(demands=(0,), units=(1,), weight=10),
)
PROBLEM, ASSIGNMENT = timetable(
    [at(0, 0)],
    [at(0, 0)],
    [at(0, 3)],
    attends=everybody(3),
    picks=[0],
    demands=[Demand(0, (0, 1))],
    given=[0],
)
PROBLEM = replace(PROBLEM, rules=RULES)


def test_required_rules_are_broken_and_weighted_ones_cost() -> None:
    found = audit(PROBLEM, ASSIGNMENT)
    assert [[deviation.amount for deviation in told] for told in found.deviations] == [[1], [2], [1]]
    assert (found.broken, found.cost, found.feasible) == (1, 2 * 3 + 1 * 10, False)


def test_rules_that_the_touched_events_cannot_change_are_left_out() -> None:
    found = audit(PROBLEM, ASSIGNMENT, touching={2})
    assert [[deviation.amount for deviation in told] for told in found.deviations] == [[1], [2], []]


@pytest.mark.parametrize(
    ("assignment", "message"),
    [
        (replace(ASSIGNMENT, option=(0, 0)), "The assignment decides 2 events, the problem has 3."),
        (replace(ASSIGNMENT, pick=()), "The assignment decides 0 choices, the problem has 1."),
        (replace(ASSIGNMENT, option=(0, 1, 0)), "The assignment gives event 1 the value 1; it must be 0..0."),
        (replace(ASSIGNMENT, pick=(-1,)), "The assignment gives choice 0 the value -1; it must be 0..1."),
        (replace(ASSIGNMENT, unit=(3,)), "The assignment gives demand 0 the value 3; it must be -1..2."),
    ],
)
def test_an_assignment_of_another_problem_is_refused(assignment: Assignment, message: str) -> None:
    with pytest.raises(ValueError) as refused:
        audit(PROBLEM, assignment)
    assert str(refused.value) == message
