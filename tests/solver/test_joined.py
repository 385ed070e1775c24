"""Events that required rows hold as one are one: what is counted stays the same, and what is not so tied stays apart."""

from __future__ import annotations

from dataclasses import replace
from random import Random

import numpy as np
from hypothesis import given, settings

from solver import kernel as k
from solver.anneal import anneal
from solver.audit import audit
from solver.flat import Flat
from solver.model import Model
from solver.problem import Assignment, Attendance, Event, Member, Option, Problem, Resource
from solver.rules.clashes import AvoidClashes
from solver.rules.order import SameTime
from solver.rules.parts import HoldAsOne
from solver.solve import solve
from solver.tables import Cells, Tables
from tests.solver.drawing import draw_parts, seeds
from tests.solver.rules.test_voices import solved_at
from tests.solver.small import small_school
from tests.solver.test_solve import draw_small


def parallel(*events: int, weight: int | None = None, problem: Problem | None = None) -> Problem:
    """Return a school in which some lessons of its two classes are held at one time."""
    problem = problem or small_school()
    return replace(problem, rules=(*problem.rules, SameTime(events=events, of="start", weight=weight)))


def orals(exams: int) -> Problem:
    """Return a day on which a commission hears each exam in turns of one pupil, three after one another.

    An exam has a part for each turn; the commission sits through all of them, one pupil takes the second turn of each exam.
    """
    problem = small_school(rooms=0)
    ticks = len(problem.axis)
    begins = range(ticks - 2)
    turns = [tuple(Option((begin + turn,)) for begin in begins) for turn in range(3)]
    events = tuple(Event(turns[turn]) for _ in range(exams) for turn in range(3))
    attendances = [Attendance(event, 0) for event in range(len(events))]
    attendances += [Attendance(event, 1) for event in range(1, len(events), 3)]
    return replace(
        problem,
        events=events,
        resources=(Resource(), Resource()),
        attendances=tuple(attendances),
        demands=(),
        rules=(
            AvoidClashes(resources=(0, 1)),
            *(HoldAsOne(events=(first, first + 1, first + 2)) for first in range(0, len(events), 3)),
        ),
    )


def test_what_must_be_held_at_one_time_is_one_event() -> None:
    joined = Tables(parallel(1, 12, 13, problem=parallel(0, 11))).joined

    assert joined.parts[:3] == [(0, 11), (1, 12, 13), (2,)]
    assert len(joined.parts) == 17
    assert [joined.of[event] for event in (0, 11, 1, 12, 13, 2)] == [0, 0, 1, 1, 1, 2]
    assert joined.fold(joined.unfold(range(17))) == tuple(range(17))


def test_parts_of_different_length_are_one_event() -> None:
    assert Tables(orals(2)).joined.parts == [(0, 1, 2), (3, 4, 5)]


def test_wishes_and_other_ties_join_nothing() -> None:
    for problem in (
        parallel(0, 11, weight=5),
        replace(small_school(), rules=(SameTime(events=(0, 11), of="day"),)),
        replace(small_school(), rules=(SameTime(events=(0, 11), of="period"),)),
        replace(small_school(), rules=(HoldAsOne(events=(0, 11), weight=5),)),
    ):
        assert len(Tables(problem).joined.parts) == 20


@given(seeds)
@settings(max_examples=60)
def test_the_local_search_counts_what_the_parts_count(rng: Random) -> None:
    problem = draw_small(rng)
    flat = Flat(Tables(problem))
    domains = [np.flatnonzero(allowed).tolist() for allowed in flat.allowed]
    options = flat.joined.unfold([rng.choice(domain) for domain in domains])
    picks = tuple(rng.randrange(choice.alternatives) for choice in problem.choices)
    assignment = Assignment(options, picks, (-1,) * len(problem.demands))
    assignment = flat.assignment(*flat.numbers(assignment))  # with units for those that may share them
    image = flat.image(1, flat.price, required_only=False)

    k.load(image, *flat.numbers(assignment))

    assert (assignment.option, assignment.pick) == (options, picks)
    assert (image[k.BROKEN], image[k.COST]) == Tables(problem).count(assignment)
    assert flat.assignment(*flat.decisions(image)) == assignment


@given(seeds)
@settings(max_examples=60)
def test_the_model_counts_what_the_parts_count(rng: Random) -> None:
    problem = draw_small(rng)
    weighted = tuple(rule if isinstance(rule, HoldAsOne) else replace(rule, weight=2) for rule in problem.rules)
    tables = Tables(replace(problem, rules=weighted))
    options = tables.joined.unfold([rng.randrange(len(problem.events[p[0]].options)) for p in tables.joined.parts])
    picks = tuple(rng.randrange(choice.alternatives) for choice in problem.choices)
    assignment = Assignment(options, picks, (-1,) * len(problem.demands))

    recount = audit(tables.problem, assignment)
    answer = solved_at(Model(tables, named=True), assignment)

    assert (answer.status, answer.cost) == (("optimal", recount.cost) if recount.feasible else ("infeasible", None))


def test_the_local_search_holds_parallel_lessons_at_one_time() -> None:
    problem = parallel(2, 14, problem=parallel(1, 12, problem=parallel(0, 11)))
    flat = Flat(Tables(problem))

    found = anneal(flat, seed=1, moves=200_000)

    option = found.assignment.option
    assert found.broken == 0
    assert (option[0], option[1], option[2]) == (option[11], option[12], option[14])


def test_a_day_full_of_exams_in_turns_is_filled() -> None:
    # Twenty periods hold six exams of three turns and no seventh.
    found = anneal(Flat(Tables(orals(6))), seed=1, moves=300_000)
    assert found.broken == 0
    assert audit(orals(6), found.assignment).feasible
    assert solve(orals(7), work=5.0, workers=1).status == "impossible"


def test_a_part_has_the_literals_of_the_whole_unless_it_may_leave_it() -> None:
    tables = Tables(orals(1))
    incumbent = Assignment((4, 4, 4))

    for model in (Model(tables), Model(tables, incumbent, events=[1])):
        assert model.options(0) is model.options(1) is model.options(2)
        assert model.size == 18

    repairing = Model(tables, incumbent, events=[1], penalty=1)
    assert repairing.free_events == {0, 1, 2}
    assert repairing.options(0) is not repairing.options(1)


def test_a_required_row_narrows_the_whole_by_each_of_its_parts() -> None:
    problem = orals(1)
    closed = Cells((Member(2),), (1,), tuple(int(tick != 7) for tick in range(20)))
    tables = Tables(problem)
    tables.entries.append(replace(tables.entries[0], row=closed))

    assert sorted(set(range(18)) - set(Flat(tables).domain(0).tolist())) == [5]


@given(seeds)
def test_parts_drawn_are_joined_where_they_are_required(rng: Random) -> None:
    problem, parts = draw_parts(rng, small_school())
    problem = replace(problem, rules=(HoldAsOne(events=parts),))
    assert tuple(sorted(parts)) in Tables(problem).joined.parts
