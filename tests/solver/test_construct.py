"""The race for a first assignment takes over what comes near, from whichever worker and in whichever order."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from random import Random

import pytest

from solver.construct import FIRST_MOVES, MOVES, SECOND_MOVES, Race
from solver.crew import Alone
from solver.neighbourhoods import View
from solver.problem import Assignment
from solver.search import Budget, Search
from solver.solve import quiet
from solver.stop import never
from solver.tables import Tables
from solver.work import Attempt, perform
from tests.solver.small import small_school, spread_out


def search(seed: int = 1) -> Search:
    problem = small_school()
    view = View(Tables(problem))
    crew = Alone(partial(perform, view))
    return Search(problem, view, crew, 1, Random(seed), Budget(60.0, 20.0), never, quiet, lambda: 0.0, 0.0)


def moved_to(start: Assignment, places: dict[int, int]) -> Assignment:
    return replace(start, option=tuple(places.get(event, option) for event, option in enumerate(start.option)))


def test_two_workers_who_mend_different_parts_are_both_heard() -> None:
    # The first lesson of either class clashes with the second; each worker mends one from the same start.
    sound = spread_out()
    start = moved_to(sound, {0: 2, 10: 3})
    one, other = moved_to(start, {0: 0}), moved_to(start, {10: 1})
    race = Race(search(), start)
    assert (race.broken, race.search.broken(one), race.search.broken(other)) == (2, 1, 1)

    race._hear(one, start)
    assert (race.nearest, race.broken) == (one, 1)
    race._hear(other, start)

    assert race.search.timed == sound


def test_what_is_worse_is_not_taken_over() -> None:
    start = moved_to(spread_out(), {0: 2})
    race = Race(search(), start)

    race._hear(moved_to(start, {10: 3}), start)

    assert (race.nearest, race.broken, race.search.timed) == (start, 1, None)


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_a_crew_of_one_finds_a_first_assignment_by_counted_work(seed: int) -> None:
    found = search(seed)

    found.construct(None)

    assert found.audit is not None
    assert found.audit.feasible


@pytest.mark.parametrize("better", [False, True])
def test_the_kind_of_annealing_that_comes_nearer_is_done_more_often(better: bool) -> None:
    race = Race(search(), None)
    race.reached = {better: 3, not better: 9}
    kinds = [race.attempt(MOVES).thorough for _ in range(200)]
    assert 130 < kinds.count(better) < 190
    assert not any(race.attempt(FIRST_MOVES).thorough for _ in range(20))


def test_new_annealings_get_longer() -> None:
    race = Race(search(), None)
    race.search.view.movable = frozenset(range(200))
    lengths = [work.moves for work in (race._next() for _ in range(5)) if isinstance(work, Attempt)]
    assert lengths[:3] == [race._moves(each) for each in (FIRST_MOVES, SECOND_MOVES, MOVES)]
