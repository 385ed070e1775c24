"""The kernel's counters equal a slow recount of the rows after any sequence of changes."""

from __future__ import annotations

from collections.abc import Callable
from random import Random

import numpy as np
import pytest
from hypothesis import given

from solver import kernel as k
from solver.flat import Flat
from solver.image import Numbers
from solver.measures import Busy, Gaps, Lone, Measure, Runs, Under, Used
from solver.problem import Assignment, Axis, Event, Grid, Member, Option, Problem
from solver.rules.parts import HoldAsOne
from solver.sentence import Thing
from solver.tables import Cells, Changes, Entry, Options, Pair, Profile, Row, Spread, Sum, Tables
from tests.solver.drawing import draw_parts, draw_problem, seeds


class DrawnTables(Tables):
    """Rows that come from no rule, with a weight for each."""

    def __init__(self, problem: Problem, rows: list[Row], weights: list[int | None]) -> None:
        super().__init__(problem)
        self.weights = weights
        self.entries = [Entry(number, Thing("row", number), row) for number, row in enumerate(rows)]

    def weight(self, entry: Entry) -> int | None:
        return self.weights[entry.rule]


def draw_members(rng: Random, problem: Problem) -> tuple[Member, ...]:
    given = [(c, a) for c, choice in enumerate(problem.choices) for a in range(choice.alternatives)]
    events = [rng.randrange(len(problem.events)) for _ in range(rng.randint(1, 6))]
    return tuple(Member(event, rng.choice([None, *given])) for event in events)


def draw_cells(rng: Random, problem: Problem, members: tuple[Member, ...]) -> Row:
    capacity = tuple(rng.randint(0, 3) for _ in range(len(problem.axis)))
    return Cells(members, tuple(rng.randint(1, 3) for _ in members), capacity, rng.randint(1, 2))


def _draw_days(rng: Random, problem: Problem, grid: int) -> tuple[int, ...]:
    days = range(problem.grids[grid].days)
    return tuple(rng.sample(days, rng.randint(1, len(days))))


def _draw_limits(rng: Random) -> tuple[int | None, int]:
    return rng.choice([None, 0, 1, 2]), rng.randint(0, 3)


def draw_profile(rng: Random, problem: Problem, members: tuple[Member, ...]) -> Row:
    grid = rng.randrange(len(problem.grids))
    measures: list[Measure] = [Busy(), Used(), Gaps(), Lone(), Runs(1), Under(2)]
    days = _draw_days(rng, problem, grid)
    each = tuple(rng.choice(measures) for _ in days)
    drawn = each if rng.random() < 0.5 else each[0]
    return Profile(members, grid, days, drawn, *_draw_limits(rng), rng.randint(1, 2))


def draw_changes(rng: Random, problem: Problem, members: tuple[Member, ...]) -> Row:
    grid = rng.randrange(len(problem.grids))
    places = [rng.randrange(3) for _ in members]
    by_place = tuple(tuple(m for m, p in zip(members, places, strict=True) if p == place) for place in range(3))
    return Changes(by_place, grid, _draw_days(rng, problem, grid), rng.randint(0, 1), rng.randint(1, 2))


def draw_sum(rng: Random, problem: Problem, members: tuple[Member, ...]) -> Row:
    grid = rng.randrange(len(problem.grids))
    amounts = tuple(rng.randint(0, 3) for _ in members)
    return Sum(members, amounts, grid, _draw_days(rng, problem, grid), *_draw_limits(rng), rng.randint(1, 2))


def draw_spread(rng: Random, problem: Problem, members: tuple[Member, ...]) -> Row:
    grid = rng.randrange(len(problem.grids))
    amounts = tuple(rng.randint(0, 3) for _ in members)
    buckets = tuple(_draw_days(rng, problem, grid) for _ in range(rng.randint(1, 3)))
    return Spread(members, amounts, grid, buckets, rng.randint(0, 2), rng.randint(1, 2))


def draw_pair(rng: Random, problem: Problem, members: tuple[Member, ...]) -> Row:
    a, b = members[0], members[-1]
    classes = [tuple(rng.randint(0, 2) for _ in problem.events[m.event].options) for m in (a, b)]
    table = tuple(tuple(rng.randint(0, 2) for _ in range(3)) for _ in range(3))
    return Pair((a, b), (classes[0], classes[1]), table, rng.randint(1, 2))


def draw_options(rng: Random, problem: Problem, members: tuple[Member, ...]) -> Row:
    event, condition = members[0].event, members[0].given
    return Options(event, tuple(rng.randint(0, 2) for _ in problem.events[event].options), condition, rng.randint(1, 2))


DRAW = (draw_cells, draw_profile, draw_changes, draw_sum, draw_spread, draw_pair, draw_options)


def draw_tables(rng: Random, kinds: tuple[Callable[..., Row], ...] = DRAW) -> DrawnTables:
    problem, parts = draw_parts(rng, draw_problem(rng))
    shared = [draw_members(rng, problem) for _ in range(3)]
    rows = [rng.choice(kinds)(rng, problem, rng.choice(shared)) for _ in range(rng.randint(1, 8))]
    tied = [row for _, row in HoldAsOne(events=parts).tables(problem)]
    return DrawnTables(
        problem, rows + tied, [rng.choice([None, 1, 3]) for _ in rows] + [rng.choice([None, 1])] * len(tied)
    )


def recount(flat: Flat, image: Numbers, weight: Numbers, *, required_only: bool) -> dict[str, object]:
    option, pick = flat.decisions(image)
    assignment = Assignment(flat.joined.unfold(option.tolist()), tuple(pick.tolist()))
    excess = np.array(
        [
            0 if required_only and not required else flat.tables.entries[entry].row.count(flat.problem, assignment)
            for entry, required in zip(flat.entries, flat.required, strict=True)
        ],
        np.int64,
    )
    scale = np.array([flat.tables.entries[entry].row.scale for entry in flat.entries], np.int64)
    weighted = excess // scale * flat.price
    return {
        "excess": (excess // scale).tolist(),
        "objective": int((excess // scale * weight).sum()),
        "broken": int(weighted[flat.required].sum()),
        "cost": int(weighted[~flat.required].sum()),
        "listed": sorted(np.flatnonzero(excess).tolist()),
    }


def counted(flat: Flat, image: Numbers) -> dict[str, object]:
    listed = image[image[k.LIST] : image[k.LIST] + image[k.LISTED]]
    return {
        "excess": flat.rows(image)[:, k.EXCESS].tolist(),
        "objective": int(image[k.OBJECTIVE]),
        "broken": int(image[k.BROKEN]),
        "cost": int(image[k.COST]),
        "listed": sorted(((listed - image[k.ROWS]) // k.ROW_WIDTH).tolist()),
    }


def events_of(image: Numbers) -> list[int]:
    return list(range(image[k.EVENTS], image[k.ROWS], k.EVENT_WIDTH))


def change_at_random(rng: Random, flat: Flat, image: Numbers) -> None:
    problem = flat.problem
    if problem.choices and rng.random() < 0.3:
        choice = rng.randrange(len(problem.choices))
        alternative = rng.randrange(problem.choices[choice].alternatives)
        k.choose(image, int(image[k.CHOICES]) + choice * k.CHOICE_WIDTH, alternative)
    else:
        event = rng.randrange(len(flat.joined.parts))
        k.put(image, events_of(image)[event], draw_option(rng, flat, event))


def draw_option(rng: Random, flat: Flat, event: int) -> int:
    return int(rng.choice(np.flatnonzero(flat.allowed[event]).tolist()))


@pytest.mark.parametrize("kinds", [*((kind,) for kind in DRAW), DRAW], ids=[*(d.__name__[5:] for d in DRAW), "all"])
@pytest.mark.parametrize("required_only", [True, False], ids=["required", "whole"])
@given(rng=seeds)
def test_counters_follow_every_change(kinds: tuple[Callable[..., Row], ...], required_only: bool, rng: Random) -> None:
    flat = Flat(draw_tables(rng, kinds))
    weight = np.array([rng.randint(1, 9) for _ in flat.entries], np.int64)
    image = flat.image(1, weight, required_only=required_only)
    for event in events_of(image):
        k.put(image, event, 0)
    for _ in range(60):
        change_at_random(rng, flat, image)
        if rng.random() < 0.2:
            weight = np.array([rng.randint(1, 9) for _ in flat.entries], np.int64)
            k.reweigh(image, weight)
        if rng.random() < 0.3:
            assert counted(flat, image) == recount(flat, image, weight, required_only=required_only)


@given(rng=seeds)
def test_walking_keeps_the_counters_right(rng: Random) -> None:
    flat = Flat(draw_tables(rng))
    weight = np.array([rng.randint(1, 9) for _ in flat.entries], np.int64)
    image = flat.image(rng.randrange(1000), weight, required_only=False)
    k.build(image, np.arange(len(flat.joined.parts)))
    k.walk(image, 300, 9.0, 1.0, np.array([0.3, 0.2, 0.2, 0.3, 0.3]), 0)
    assert counted(flat, image) == recount(flat, image, weight, required_only=False)
    assert sum(owed_elsewhere(flat, image)) == image[k.ELSEWHERE]


def owed_elsewhere(flat: Flat, image: Numbers) -> list[int]:
    rows = flat.rows(image)
    return [int(row[k.EXCESS] * row[k.WEIGHT]) for row in rows if row[k.BUCKETS] != k.CELLS]


@given(rng=seeds)
def test_an_image_emptied_again_is_as_at_first(rng: Random) -> None:
    flat = Flat(draw_tables(rng))
    image = flat.image(1, np.ones(len(flat.entries), np.int64), required_only=False)
    fresh = flat.rows(image)[:, [k.EXCESS, k.TOTAL]].copy()
    k.build(image, np.arange(len(flat.joined.parts)))
    for event in events_of(image):
        k.put(image, event, -1)
    assert np.array_equal(flat.rows(image)[:, [k.EXCESS, k.TOTAL]], fresh)


@given(rng=seeds)
def test_no_move_is_hopeless_that_the_limit_would_let_pass(rng: Random) -> None:
    flat = Flat(draw_tables(rng))
    image = flat.image(1, np.array([rng.randint(1, 9) for _ in flat.entries], np.int64), required_only=False)
    k.build(image, np.arange(len(flat.joined.parts)))
    for _ in range(40):
        change_at_random(rng, flat, image)
        number = rng.randrange(len(flat.joined.parts))
        event, option = events_of(image)[number], draw_option(rng, flat, number)
        limit = rng.randint(0, 9)
        hopeless = k._hopeless(image, event, option, float(limit))
        before = int(image[k.OBJECTIVE])
        k.put(image, event, option)
        assert not (hopeless and image[k.OBJECTIVE] - before <= limit)


@given(rng=seeds)
def test_no_swap_is_hopeless_that_the_limit_would_let_pass(rng: Random) -> None:
    flat = Flat(draw_tables(rng))
    image = flat.image(1, np.array([rng.randint(1, 9) for _ in flat.entries], np.int64), required_only=False)
    k.build(image, np.arange(len(flat.joined.parts)))
    for _ in range(40):
        change_at_random(rng, flat, image)
        one, other = rng.choice(events_of(image)), rng.choice(events_of(image))
        options = int(image[one + k.OPTION]), int(image[other + k.OPTION])
        if one == other or min(options) < 0 or image[one + k.TICKS] != image[other + k.TICKS]:
            continue
        limit = rng.randint(0, 9)
        hopeless = k._hopeless_swap(image, one, other, float(limit))
        before = int(image[k.OBJECTIVE])
        k.put(image, one, options[1])
        k.put(image, other, options[0])
        assert not (hopeless and image[k.OBJECTIVE] - before <= limit)


def week(rows: list[list[int]], lengths: list[int], periods: int = 4) -> Flat:
    """Return lessons of so many periods on one day, of which those of a row must not overlap."""
    ticks = range(periods)
    events = [
        Event(tuple(Option(tuple(range(first, first + length))) for first in range(periods - length + 1)))
        for length in lengths
    ]
    problem = Problem(
        Axis(tuple(ticks), tuple(t + 1 for t in ticks)), (Grid(periods, tuple(ticks), (0,), (0,)),), tuple(events)
    )
    cells: list[Row] = [Cells(tuple(map(Member, row)), (1,) * len(row), (1,) * periods) for row in rows]
    return Flat(DrawnTables(problem, cells, [None] * len(cells)))


def exchanged(flat: Flat, stand: list[int], event: int, option: int, most: int = 12) -> tuple[bool, list[int]]:
    """Return whether the exchange was made, and where all stand afterwards; what is undone again must change nothing."""
    image = flat.image(1, np.ones(len(flat.entries), np.int64), required_only=True)
    k.load(image, np.array(stand, np.int64), np.zeros(0, np.int64))
    made = bool(k._exchange(image, events_of(image)[event], option, most))
    found = flat.decisions(image)[0].tolist()
    k._undo(image)
    assert flat.decisions(image)[0].tolist() == stand
    return made, found


def test_two_times_change_places_through_classes_and_teachers() -> None:
    # Two classes and two teachers: whoever moves first drives all the others the other way.
    flat = week([[0, 1], [2, 3], [0, 3], [1, 2]], [1, 1, 1, 1])
    assert exchanged(flat, [0, 1, 0, 1], 0, 1) == (True, [1, 0, 1, 0])


def test_a_double_lesson_changes_places_with_two_single_ones() -> None:
    assert exchanged(week([[0, 1, 2]], [2, 1, 1]), [0, 2, 3], 0, 2) == (True, [2, 0, 1])


def test_a_double_lesson_and_the_single_one_behind_it_pass_on_by_one_period() -> None:
    # The single one goes back by what the double goes on, and so they clash still: only the objective tells.
    assert exchanged(week([[0, 1]], [2, 1]), [0, 2], 0, 1) == (True, [1, 1])


def test_nobody_goes_where_the_week_ends() -> None:
    assert exchanged(week([[0, 1]], [1, 2]), [0, 2], 0, 3) == (False, [0, 2])


def test_nothing_moves_where_somebody_in_the_way_may_not_move() -> None:
    flat = week([[0, 1]], [1, 1])
    image = flat.image(1, np.ones(len(flat.entries), np.int64), required_only=True)
    k.load(image, np.array([0, 1], np.int64), np.zeros(0, np.int64))
    event, other = events_of(image)
    image[other + k.DOMAIN_END] = image[other + k.DOMAIN] + 1
    assert not k._exchange(image, event, 1, 12)
    assert flat.decisions(image)[0].tolist() == [0, 1]


def test_a_chain_longer_than_asked_for_is_not_begun() -> None:
    flat = week([[0, 1], [2, 3], [0, 3], [1, 2]], [1, 1, 1, 1])
    assert exchanged(flat, [0, 1, 0, 1], 0, 1, most=3) == (False, [0, 1, 0, 1])


@given(rng=seeds)
def test_an_exchange_of_single_lessons_makes_no_cell_fuller_than_it_was(rng: Random) -> None:
    rows = [rng.sample(range(8), rng.randint(2, 4)) for _ in range(4)]
    flat = week(rows, [1] * 8)
    image = flat.image(1, np.ones(len(flat.entries), np.int64), required_only=True)
    k.build(image, np.arange(8))
    before = int(image[k.BROKEN])
    k._exchange(image, events_of(image)[rng.randrange(8)], rng.randrange(4), 12)
    assert before > 0 or image[k.BROKEN] == 0
    assert counted(flat, image) == recount(flat, image, np.ones(len(flat.entries), np.int64), required_only=True)


EXAM, FIRST, SECOND = 0, 1, 2
"""Of the images of an exam and two lessons."""

FREE = (1, 1, 1, 1, 1)


def an_exam(*rows: tuple[tuple[int, ...], tuple[int, ...]]) -> Flat:
    """Return an exam of two turns (0 and 1, one after the other) and two lessons of one period (2 and 3).

    Their options are four beginnings. At each of five ticks so many of those who are in a row may be held.
    """
    ticks = tuple(range(5))
    turns = [tuple(Option((begin + turn,)) for begin in range(4)) for turn in range(2)]
    grid = Grid(5, ticks, (0,), (0,))
    problem = Problem(
        Axis(ticks, tuple(t + 1 for t in ticks)), (grid,), tuple(Event(turns[turn]) for turn in (0, 1, 0, 0))
    )
    drawn: list[Row] = [Cells(tuple(map(Member, members)), (1,) * len(members), most) for members, most in rows]
    drawn += [row for _, row in HoldAsOne(events=(0, 1)).tables(problem)]
    return Flat(DrawnTables(problem, drawn, [None] * len(drawn)))


def standing(flat: Flat, *stand: int) -> tuple[Numbers, list[int]]:
    """Return an image in which all stand so, and its events; a step of any row weighs 1."""
    image = flat.image(1, np.ones(len(flat.entries), np.int64), required_only=True)
    k.load(image, np.array(stand, np.int64), np.zeros(0, np.int64))
    return image, events_of(image)


def test_who_sits_through_all_turns_may_enter_the_tick_that_he_leaves() -> None:
    # The first turn goes where the second stood: not fuller, though a turn by itself would be one too many there.
    image, events = standing(an_exam(((0, 1), FREE)), 0, 0, 0)
    assert not k._hopeless(image, events[EXAM], 1, 0.0)


def test_an_early_refusal_looks_at_the_ticks_of_the_turn() -> None:
    image, events = standing(an_exam(((1,), (1, 1, 1, 0, 1))), 0, 0, 0)
    assert [k._hopeless(image, events[EXAM], begin, 0.0) for begin in (1, 2, 3)] == [False, True, False]


def test_two_that_change_places_leave_a_common_row_as_full_only_where_they_take_the_same_ticks() -> None:
    # The second turn leaves a tick that is full, the lesson goes where it may not: as much is gained as lost.
    image, events = standing(an_exam(((1, 2), (1, 0, 1, 1, 1)), ((2,), (0, 1, 1, 1, 1))), 0, 2, 0)
    assert not k._hopeless_swap(image, events[EXAM], events[FIRST], 0.0)


def test_two_that_change_places_leave_a_common_row_as_full_only_where_they_take_the_same_amount() -> None:
    image, events = standing(an_exam(((2, 2, 3), (1, 2, 1, 1, 1)), ((3,), (0, 1, 1, 1, 1))), 0, 0, 1)
    assert not k._hopeless_swap(image, events[FIRST], events[SECOND], 0.0)


def test_two_that_change_places_are_refused_by_the_ticks_of_the_turn() -> None:
    for shut, hopeless in ((2, False), (3, True)):
        image, events = standing(an_exam(((1,), tuple(int(tick != shut) for tick in range(5)))), 0, 2, 0)
        assert k._hopeless_swap(image, events[EXAM], events[FIRST], 0.0) == hopeless


def test_a_turn_changes_places_with_a_lesson_in_its_way() -> None:
    assert exchanged(an_exam(((1, 2), FREE)), [0, 3, 0], 0, 2) == (True, [2, 1, 0])


def test_nobody_is_in_the_way_where_two_lessons_are_and_the_turn_is_not() -> None:
    # The exam's other turn stands at their tick, but it is in no row with them.
    assert exchanged(an_exam(((1, 2, 3), FREE)), [3, 3, 3], 0, 2) == (True, [2, 3, 3])


def test_a_chain_drives_away_the_lesson_that_a_turn_meets() -> None:
    image, events = standing(an_exam(((1, 2), FREE)), 0, 3, 0)
    k._chain(image, events[EXAM], 2, 6)
    assert (image[events[EXAM] + k.OPTION], image[k.BROKEN]) == (2, 0)


def test_a_chain_drives_away_the_exam_whose_turn_a_lesson_meets() -> None:
    image, events = standing(an_exam(((1, 2), FREE)), 0, 3, 0)
    k._chain(image, events[FIRST], 1, 6)
    assert (image[events[FIRST] + k.OPTION], image[k.BROKEN]) == (1, 0)


def test_who_is_to_blame_is_found_by_the_ticks_of_the_turn() -> None:
    # Only the second turn is where too many are: the lesson stands at the first turn's tick.
    flat = an_exam(((1, 2), (1, 0, 1, 1, 1)))
    image, events = standing(flat, 0, 0, 0)
    assert {int(image[k._culprit(image) + k.EVENT]) for _ in range(20)} == {events[EXAM]}
