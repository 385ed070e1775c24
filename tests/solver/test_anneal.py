"""The local search finds what it should, repeats itself, and stops when told."""

from __future__ import annotations

from dataclasses import replace
from random import Random

import pytest
from hypothesis import given

from solver.anneal import Heat, anneal
from solver.flat import Flat
from solver.measures import Gaps, Lone, Used
from solver.problem import Assignment, Axis, Choice, Event, Grid, Member, Option, Problem
from solver.tables import Cells, Options, Profile, Row, Sum
from tests.solver.drawing import seeds
from tests.solver.test_kernel import DrawnTables, draw_tables

DAYS, PERIODS = 5, 5


def school(classes: int, seed: int) -> DrawnTables:
    """Return a school whose classes' weeks are full and without gaps, and whose teachers have at most two gaps a week."""
    rng = Random(seed)
    ticks = DAYS * PERIODS
    options = tuple(Option((tick,)) for tick in range(ticks))
    grid = Grid(PERIODS, tuple(range(ticks)), (0,) * DAYS, tuple(range(DAYS)))
    teachers: list[list[int]] = [[] for _ in range(2 * classes)]
    of_class: list[list[int]] = [[] for _ in range(classes)]
    events: list[Event] = []
    for members in of_class:
        free = [t for t in range(len(teachers)) if len(teachers[t]) <= 10]
        for teacher in rng.sample(free, min(8, len(free))):
            for _ in range(3):
                teachers[teacher].append(len(events))
                members.append(len(events))
                events.append(Event(options))
    rows: list[Row] = []
    weights: list[int | None] = []
    whole = tuple(range(DAYS))
    for group, gaps in [(members, 0) for members in of_class] + [(members, 2) for members in teachers if members]:
        together = tuple(map(Member, group))
        rows += [Cells(together, (1,) * len(group), (1,) * ticks), Profile(together, 0, whole, Gaps(), gaps)]
        weights += [None, None]
    for members in of_class:
        for first in range(0, len(members), 3):
            course = tuple(map(Member, members[first : first + 3]))
            rows.append(Profile(course, 0, whole, Used(), None, 3))
            weights.append(2)
    problem = Problem(Axis(tuple(range(ticks)), tuple(range(1, ticks + 1))), (grid,), tuple(events))
    return DrawnTables(problem, rows, weights)


def test_a_tight_school_becomes_feasible() -> None:
    tables = school(classes=12, seed=1)
    found = anneal(tables, seed=1, moves=3_000_000)
    assert (found.broken, tables.count(found.assignment)) == (0, (0, found.cost))


def test_the_same_seed_and_work_give_the_same_result() -> None:
    tables = school(classes=12, seed=1)
    for target in ("feasible", "cost"):
        first, second = (anneal(tables, seed=7, moves=150_000, target=target) for _ in range(2))
        assert first == second


def test_another_seed_gives_another_result() -> None:
    flat = Flat(school(classes=6, seed=2))
    first, second = (anneal(flat, seed=seed, moves=50_000) for seed in (1, 2))
    assert first.assignment != second.assignment


def test_it_stops_when_told() -> None:
    asked = []

    def stop() -> bool:
        asked.append(True)
        return len(asked) > 3

    found = anneal(school(classes=12, seed=1), seed=1, stop=stop, target="cost")
    assert found.moves < 200_000


def test_no_time_gives_the_first_assignment_built() -> None:
    found = anneal(school(classes=6, seed=2), seed=1, seconds=0)
    assert found.moves == 0


def test_cost_falls_and_nothing_is_broken_for_it() -> None:
    tables = school(classes=6, seed=2)
    first = anneal(tables, seed=1, moves=1_000_000)
    told: list[tuple[int, int, int]] = []
    best = anneal(
        tables,
        seed=1,
        moves=300_000,
        start=first.assignment,
        target="cost",
        progress=lambda moves, broken, cost: told.append((moves, broken, cost)),
    )
    assert first.broken == best.broken == 0
    assert best.cost < first.cost
    assert told[-1][1:] == (0, best.cost)
    assert tables.count(best.assignment) == (0, best.cost)


@given(rng=seeds)
def test_the_result_is_counted_right_and_never_worse_than_the_start(rng: Random) -> None:
    tables = draw_tables(rng)
    flat = Flat(tables)
    options = flat.joined.unfold([rng.choice(flat.domain(parts[0]).tolist()) for parts in flat.joined.parts])
    picks = tuple(rng.randrange(choice.alternatives) for choice in tables.problem.choices)
    start = Assignment(options, picks, (-1,) * len(tables.problem.demands))
    found = anneal(flat, seed=rng.randrange(100), moves=500, start=start, target="cost")
    assert tables.count(found.assignment) == (found.broken, found.cost)
    assert (found.broken, found.cost if found.broken == 0 else 0) <= tables.count(start)


def test_a_pick_is_changed_where_only_that_helps() -> None:
    # Two lessons stand at one time, and the student may leave either for its parallel section.
    axis = Axis((0, 1), (1, 2))
    first, second = Option((0,)), Option((1,))
    events = (Event((first,)), Event((first,)), Event((second,)))
    problem = Problem(axis, (Grid(2, (0, 1), (0,), (0,)),), events, choices=(Choice(2),))
    student = (Member(0), Member(1, (0, 0)), Member(2, (0, 1)))
    tables = DrawnTables(problem, [Cells(student, (1, 1, 1), (1, 1))], [None])
    start = Assignment((0, 0, 0), (0,))
    assert anneal(tables, seed=1, moves=1000, start=start).assignment.pick == (1,)


def test_options_that_a_required_row_forbids_are_never_taken() -> None:
    axis = Axis((0, 1, 2), (1, 2, 3))
    options = tuple(Option((tick,)) for tick in range(3))
    problem = Problem(axis, (Grid(3, (0, 1, 2), (0,), (0,)),), (Event(options), Event(options)))
    rows: list[Row] = [Options(0, (1, 1, 0)), Cells((Member(0), Member(1)), (1, 1), (1, 1, 1))]
    flat = Flat(DrawnTables(problem, rows, [None, None]))
    # The first lesson has one place left, and the second may not stand there.
    assert [flat.domain(0).tolist(), flat.domain(1).tolist()] == [[2], [0, 1]]


def test_nothing_to_decide_is_no_trouble() -> None:
    problem = Problem(Axis((0,), (1,)), (Grid(1, (0,), (0,), (0,)),), (Event((Option((0,)),)),))
    rows: list[Row] = [Sum((Member(0),), (2,), 0, (0,), most=1), Profile((Member(0),), 0, (0,), Lone(), most=0)]
    found = anneal(DrawnTables(problem, rows, [None, 3]), seed=1, moves=100, target="cost")
    assert (found.broken, found.cost) == (1, 3)


@pytest.mark.parametrize("target", ["feasible", "cost"])
def test_an_empty_problem_is_solved(target: str) -> None:
    problem = Problem(Axis((0,), (1,)), (Grid(1, (0,), (0,), (0,)),), ())
    tables = DrawnTables(replace(problem), [], [])
    found = anneal(tables, seed=1, moves=10, target=target)  # type: ignore[arg-type]
    assert (found.assignment, found.broken, found.cost) == (Assignment((), (), ()), 0, 0)


def test_an_annealing_in_pieces_ends_cheap_whatever_it_breaks_on_the_way() -> None:
    tables = school(classes=6, seed=2)
    flat = Flat(tables)
    start = anneal(flat, seed=1, moves=1_000_000).assignment
    heat = Heat.around(flat, start, seed=1)
    last, costs, broken = start, [], []
    for piece in range(10):
        found = anneal(
            flat,
            seed=piece,
            moves=40_000,
            start=last,
            target="cost",
            heat=heat.piece(piece / 10, (piece + 1) / 10),
        )
        last = found.last
        costs.append(found.cost)
        broken.append(tables.count(last)[0])
    assert max(broken) > 0
    assert (found.broken, broken[-1]) == (0, 0)
    assert costs[-1] < min(costs[0], tables.count(start)[1])


def test_pieces_of_heat_follow_one_another_without_a_jump() -> None:
    heat = Heat(hot=8.0, cold=0.5, barrier=10)
    assert heat.piece(0.25, 0.5) == Heat(hot=4.0, cold=2.0, barrier=10)
    assert heat.piece(0.0, 1.0) == heat
