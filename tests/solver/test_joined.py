"""Events that required rows hold at one time are one: what is counted stays the same, and what is not so tied stays apart."""

from __future__ import annotations

from dataclasses import replace
from random import Random

from hypothesis import given, settings

from solver.anneal import anneal
from solver.flat import Flat
from solver.joined import Joined
from solver.problem import Assignment, Problem
from solver.rules.order import SameTime
from solver.tables import Tables
from tests.solver.drawing import seeds
from tests.solver.small import small_school
from tests.solver.test_solve import draw_small


def parallel(*events: int, weight: int | None = None, problem: Problem | None = None) -> Problem:
    """Return a school in which some lessons of its two classes are held at one time."""
    problem = problem or small_school()
    return replace(problem, rules=(*problem.rules, SameTime(events=events, of="start", weight=weight)))


def test_what_must_be_held_at_one_time_is_one_event() -> None:
    joined = Joined(Tables(parallel(1, 12, 13, problem=parallel(0, 11))))

    assert len(joined.tables.problem.events) == 17
    assert joined.of[0] == joined.of[11]
    assert joined.of[1] == joined.of[12] == joined.of[13]
    assert len(set(joined.of)) == 17
    assert [joined.of[event] for event in joined.stands_for] == list(range(17))


def test_wishes_and_other_ties_join_nothing() -> None:
    for problem in (
        parallel(0, 11, weight=5),
        replace(small_school(), rules=(SameTime(events=(0, 11), of="day"),)),
        replace(small_school(), rules=(SameTime(events=(0, 11), of="period"),)),
    ):
        tables = Tables(problem)
        assert Joined(tables).tables is tables


@given(seeds)
@settings(max_examples=60)
def test_what_is_counted_stays_the_same(rng: Random) -> None:
    problem = draw_small(rng)
    alike = [e for e, event in enumerate(problem.events) if event.options is problem.events[0].options]
    tables = Tables(parallel(*rng.sample(alike, min(len(alike), 3)), problem=problem))
    joined = Joined(tables)
    small = joined.tables.problem
    folded = Assignment(
        tuple(rng.randrange(len(event.options)) for event in small.events),
        tuple(rng.randrange(choice.alternatives) for choice in small.choices),
        (-1,) * len(small.demands),
    )

    assert joined.tables.count(folded) == tables.count(joined.unfold(folded))
    assert joined.fold(joined.unfold(folded)) == folded


def test_the_local_search_holds_parallel_lessons_at_one_time() -> None:
    problem = parallel(2, 14, problem=parallel(1, 12, problem=parallel(0, 11)))
    flat = Flat(Tables(problem))

    found = anneal(flat, seed=1, moves=200_000)

    option = found.assignment.option
    assert found.broken == 0
    assert (option[0], option[1], option[2]) == (option[11], option[12], option[14])
