"""Where names fail that the counts hold to be good."""

from __future__ import annotations

from random import Random

from hypothesis import given

from solver.model import Model
from solver.parameters import Effort
from solver.problem import Assignment, Axis, Demand, Event, Grid, Option, Problem, Unit
from solver.rules.pools import FitPools, closed_unions
from solver.rules.rooms import KeepRoom
from solver.solve import solve
from solver.tables import Tables
from tests.solver.drawing import seeds

OPTIONS = tuple(Option((tick,)) for tick in range(3))
AXIS, GRIDS = Axis((0, 1, 2), (1, 2, 3)), (Grid(3, (0, 1, 2), (0,), (0,)),)


def test_what_cannot_be_named_and_cannot_be_moved_is_impossible() -> None:
    """Two lessons that must share a room are held while the one room is closed, and while the other is."""
    problem = Problem(
        AXIS,
        GRIDS,
        (Event(OPTIONS[:1]), Event(OPTIONS[1:2])),
        units=(Unit(closed=frozenset({1})), Unit(closed=frozenset({0}))),
        demands=(Demand(0, (0, 1)), Demand(1, (0, 1))),
        rules=(FitPools(demands=(0, 1)), KeepRoom(events=(0, 1))),
    )
    assert solve(problem, work=2.0, workers=1, seed=1).status == "impossible"


def test_a_room_that_is_given_twice_does_not_keep_others_from_being_repaired() -> None:
    problem = Problem(
        AXIS,
        GRIDS,
        (Event(OPTIONS[:1]), Event(OPTIONS[:1]), Event(OPTIONS)),
        units=(Unit(),),
        demands=tuple(Demand(event, (0,)) for event in range(3)),
        rules=(FitPools(demands=(0, 1, 2)),),
    )
    twice = Assignment((0, 0, 0), (), (0, 0, -1))
    for strict in (False, True):
        model = Model(Tables(problem), twice, {2}, (), named=True, penalty=1, strict=strict)
        answer = model.solve(Effort(seconds=20, linear=1))
        assert (answer.status, answer.cost) == ("optimal", 0)


@given(seeds)
def test_unions_are_of_sets_that_overlap_and_imply_all_others(rng: Random) -> None:
    sets = list({frozenset(rng.sample(range(6), rng.randint(1, 3))) for _ in range(rng.randint(1, 6))})
    whole = frozenset().union(*sets)
    unions = closed_unions(sets)
    assert len(set(unions)) == len(unions)
    expected = set(sets)
    for _ in sets:
        expected |= {one | other for one in expected for other in sets if one & other}
    assert set(unions) == expected | {whole}
