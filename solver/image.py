"""Laying out what `solver.flat` gathered as one array: every reference becomes a place in that array."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from solver import kernel as k

if TYPE_CHECKING:
    from solver.flat import Flat
    from solver.problem import Option

Numbers = NDArray[np.int64]


class _Image:
    """An array that grows block by block; its first words are the kernel's globals."""

    def __init__(self) -> None:
        self.globals = np.zeros(k.GLOBALS, np.int64)
        self._blocks: list[Numbers] = [self.globals]
        self._length = k.GLOBALS

    def place(self, numbers: Any) -> int:
        """Lay down a block and return where it begins."""
        block = np.array(numbers, np.int64).reshape(-1)
        begin = self._length
        self._blocks.append(block)
        self._length += len(block)
        return begin

    def records(self, count: int, width: int) -> tuple[int, Numbers]:
        """Lay down empty records; return where they begin, and the records, to be filled in."""
        block = np.zeros(count * width, np.int64)
        begin = self._length
        self._blocks.append(block)
        self._length += len(block)
        return begin, block.reshape(count, width)

    def block(self, begin: int) -> Numbers:
        """Return the block laid down last, which begins there."""
        assert begin + len(self._blocks[-1]) == self._length
        return self._blocks[-1]

    def spans(self, blocks: Sequence[Sequence[int]]) -> tuple[int, Numbers]:
        """Lay down blocks one after another; return where the first begins, and the bounds of all."""
        bounds = np.concatenate(([0], np.cumsum([len(block) for block in blocks], dtype=np.int64))).astype(np.int64)
        begin = self.place([number for block in blocks for number in block])
        return begin, begin + bounds

    def grouped(self, records: Numbers, owner: Numbers, owners: int) -> tuple[Numbers, Numbers]:
        """Lay down records by owner; return where each record stands, in the order given, and the bounds of each owner's."""
        order = np.argsort(owner, kind="stable")
        width = records.shape[1]
        begin = self.place(records[order])
        places = np.empty(len(records), np.int64)
        places[order] = begin + width * np.arange(len(records))
        counts = np.bincount(owner, minlength=owners)
        return places, begin + width * np.concatenate(([0], np.cumsum(counts))).astype(np.int64)

    def done(self) -> Numbers:
        """Return the array."""
        return np.concatenate(self._blocks)


def assemble(flat: Flat, *, required_only: bool) -> Numbers:
    """Return the image of all rows, or of the required ones; row weights and the seed are not set yet."""
    problem = flat.problem
    kept = flat.required if required_only else np.ones(len(flat.entries), bool)
    image = _Image()
    words = image.globals
    # The last choice has one alternative: the condition of what has none.
    words[k.CHOICES], choices = image.records(len(problem.choices) + 1, k.CHOICE_WIDTH)
    words[k.EVENTS], events = image.records(len(flat.joined.parts), k.EVENT_WIDTH)
    words[k.ROWS], rows = image.records(len(flat.entries), k.ROW_WIDTH)
    words[k.ROWS_END] = words[k.ROWS] + rows.size

    def references(
        gathered: Sequence[tuple[int, ...]] | Numbers, width: int, where: dict[int, tuple[int, int]]
    ) -> Numbers:
        """Turn numbers of things into places: (where the first stands, width) by column."""
        found = np.array(gathered, np.int64).reshape(-1, width)
        for column, (begin, step) in where.items():
            found[:, column] = begin + step * found[:, column]
        return found

    choice = (int(words[k.CHOICES]), k.CHOICE_WIDTH)
    event = (int(words[k.EVENTS]), k.EVENT_WIDTH)
    row = (int(words[k.ROWS]), k.ROW_WIDTH)
    owed = image.place(np.zeros(flat.owed))
    left = image.place(flat.capacity)
    words[k.OCCUPANTS] = image.place(np.zeros(len(flat.capacity) * len(problem.axis))) - left
    busy = image.place(np.zeros(flat.cells))
    buckets = image.place(np.zeros(flat.buckets))
    days_begin, days = image.records(flat.days, k.DAY_WIDTH)
    sum_days_begin, sum_days = image.records(flat.sum_days, k.SUM_DAY_WIDTH)

    ticks = _place_options(image, flat, events)
    touch_begin = image.place(image.spans(flat.touches.numbers)[1])
    kinds: dict[tuple[int, ...], int] = {}
    meets = [tuple(day * k.SUM_DAY_WIDTH for day in met) for met in flat.meets.numbers]
    meet_bounds = image.spans(meets)[1]
    meet_kinds = [kinds.setdefault(met, len(kinds)) for met in meets]
    meet_begin = image.place(np.stack((meet_bounds, [*meet_kinds, 0]), axis=1))
    measures = image.place(flat.values.numbers)
    classes, tables = image.place(flat.classes.numbers), image.place(flat.pair_tables.numbers)
    prices = image.place(flat.prices.numbers)

    tours_at, tours = image.spans([(0, periods, len(met), *met) for periods, met in flat.tours])
    for tour in (image.block(tours_at)[begin - tours_at : end - tours_at] for begin, end in pairwise(tours)):
        tour[k.TOUR_WIDTH :] = days_begin + k.DAY_WIDTH * tour[k.TOUR_WIDTH :]

    for gathered, table, column in ((flat.day_parts, days, k.DAY_ROWS), (flat.sum_parts, sum_days, k.PARTS)):
        parts = np.array(gathered, np.int64).reshape(-1, 3)
        parts = parts[kept[parts[:, 1]]]
        base, others = (measures, -tours) if table is days else (buckets, np.zeros(1, np.int64))
        at = np.where(parts[:, 2] < 0, others[-1 - np.minimum(parts[:, 2], -1)], base + parts[:, 2])
        bounds = image.grouped(np.stack((row[0] + row[1] * parts[:, 1], at), axis=1), parts[:, 0], len(table))[1]
        table[:, column], table[:, column + 1] = bounds[:-1], bounds[1:]

    owners = np.array(flat.owners, np.int64).reshape(-1, 2)
    member = {k.CHOICE: choice, k.EVENT: event}
    member_with_ticks = {**member, k.RUNS: (ticks, 1)}
    used = np.unique(owners[kept, 0])
    alternative_at = np.concatenate(([0], np.cumsum([c.alternatives for c in problem.choices]))).astype(np.int64)
    given: list[Numbers] = []

    def depends(kind: int, gathered: Numbers, places: Numbers, column: int = k.CHOICE) -> None:
        """Note which alternative each record depends on."""
        under = gathered[:, column] < len(problem.choices)
        which = alternative_at[gathered[under, column]] + gathered[under, column + 1]
        given.append(np.stack((which, np.full(len(which), kind), places[under]), axis=1))

    for kind, memberships, width, where, column in (
        (k.OF_CELLS, flat.in_cells, k.IN_CELLS_WIDTH, {k.RUNS: (ticks, 1), k.ROW: row, k.LEFT: (left, 1)}, k.IN_CELLS),
        (
            k.OF_SUBJECT,
            flat.in_subject,
            k.IN_SUBJECT_WIDTH,
            {
                k.BUSY: (busy, 1),
                k.DAYS: (days_begin, k.DAY_WIDTH),
                k.TOUCH: (touch_begin, 1),
                k.SUBJECT_OWED: (owed, 1),
            },
            k.IN_SUBJECT,
        ),
        (
            k.OF_SUM,
            flat.in_sum,
            k.IN_SUM_WIDTH,
            {k.SUM_DAYS: (sum_days_begin, k.SUM_DAY_WIDTH), k.MEET: (meet_begin, 2), k.SUM_OWED: (owed, 1)},
            k.IN_SUM,
        ),
        (k.OF_OPTIONS, flat.priced, k.PRICED_WIDTH, {k.PRICED_ROW: row, k.PRICES: (prices, 1)}, k.PRICED),
    ):
        numbers = references(memberships, width, {})
        if kind == k.OF_CELLS:
            numbers = numbers[kept[numbers[:, k.ROW]]]
            numbers = numbers[np.argsort(numbers[:, k.RUNS], kind="stable")]
        elif kind == k.OF_OPTIONS:
            numbers = numbers[kept[numbers[:, k.PRICED_ROW]]]
        else:
            numbers = numbers[np.isin(numbers[:, k.SUBJECT_OWED], used)]
        places, bounds = image.grouped(references(numbers, width, member | where), numbers[:, k.EVENT], len(events))
        events[:, column], events[:, column + 1] = bounds[:-1], bounds[1:]
        depends(kind, numbers, places)

    pairs = references(flat.pairs, k.PAIR_WIDTH, {})
    pairs = pairs[kept[pairs[:, k.PAIR_ROW]]]
    where = {
        **member,
        k.CHOICE_B: choice,
        k.EVENT_B: event,
        k.PAIR_ROW: row,
        k.CLASSES: (classes, 1),
        k.CLASSES_B: (classes, 1),
        k.TABLE: (tables, 1),
    }
    places = image.grouped(references(pairs, k.PAIR_WIDTH, where), np.zeros(len(pairs), np.int64), 1)[0]
    depends(k.OF_PAIR, pairs, places)
    depends(k.OF_PAIR, pairs, places, k.CHOICE_B)
    twice = pairs[:, k.EVENT] == pairs[:, k.EVENT_B]
    either = np.concatenate((pairs[:, k.EVENT], pairs[~twice, k.EVENT_B]))
    bounds = image.grouped(np.concatenate((places, places[~twice]))[:, None], either, len(events))[1]
    events[:, k.PAIRS], events[:, k.PAIRS_END] = bounds[:-1], bounds[1:]

    words[k.RECKONS] = flat.reckons(kept)
    if words[k.RECKONS]:
        _place_links(image, flat, events, kept, row, event, choice)

    dependent = np.concatenate(given)
    bounds = image.grouped(dependent[:, 1:], dependent[:, 0], int(alternative_at[-1]))[1]
    choices[:, k.GIVEN] = image.place(bounds) + alternative_at
    choices[:, k.ALTERNATIVES] = [*(c.alternatives for c in problem.choices), 1]

    limits = np.array(flat.limits, np.int64).reshape(-1, 4)
    rows[:, k.PRICE], rows[:, k.REQUIRED] = flat.price, flat.required
    rows[:, k.LEAST] = np.where(kept, limits[:, 0], 0)
    rows[:, k.MOST] = limits[:, 1]
    rows[:, k.BUCKETS] = limits[:, 3]
    rows[:, k.BASE] = np.where(limits[:, 3] == k.CELLS, left, buckets) + limits[:, 2]
    rows[:, k.OWED], rows[:, k.ALSO_OWED] = owed + owners[:, 0], owed + owners[:, 1]
    events[:, k.OWN] = owed + 1 + np.arange(len(events))
    roster_at, bounds = image.spans([[number for member in roster for number in member] for roster in flat.rosters])
    rosters = image.block(roster_at).reshape(-1, k.MEMBER_WIDTH)
    rosters[:] = references(rosters, k.MEMBER_WIDTH, member_with_ticks)
    roster_of = np.array(flat.roster_of, np.int64)
    rows[:, k.ROSTER], rows[:, k.ROSTER_END] = bounds[roster_of], bounds[roster_of + 1]

    parts = np.array(flat.day_parts, np.int64).reshape(-1, 3)
    parts = parts[parts[:, 2] >= 0]
    np.add.at(rows[:, k.TOTAL], parts[:, 1], np.array(flat.values.numbers, np.int64)[parts[:, 2]])
    events[:, k.OPTION] = -1
    movable = np.flatnonzero([allowed.sum() > 1 for allowed in flat.allowed])
    changeable = np.flatnonzero(choices[:, k.ALTERNATIVES] > 1)
    words[k.MOVABLES], words[k.CHANGEABLES] = len(movable), len(changeable)
    words[k.MOVABLE] = image.place(event[0] + event[1] * movable)
    words[k.CHANGEABLE] = image.place(choice[0] + choice[1] * changeable)
    words[k.AXIS] = len(problem.axis)
    longest = max((grid.days for grid in problem.grids), default=0)
    for word, size in (
        (k.LIST, len(rows)),
        (k.CHANGES, 2 * k.CHAIN),
        (k.STAMP, len(problem.axis)),
        (k.LEAVING, len(problem.axis)),
        (k.ENTERING, len(problem.axis)),
        (k.PLAN, 2 * k.CHAIN),
        (k.NOTED, 2 * max(longest, len(problem.axis))),
        (k.BEST_OPTION, len(events)),
        (k.BEST_PICK, len(choices)),
    ):
        words[word] = image.place(np.zeros(size))
    return image.done()


def _place_links(
    image: _Image,
    flat: Flat,
    events: Numbers,
    kept: NDArray[np.bool_],
    row: tuple[int, int],
    event: tuple[int, int],
    choice: tuple[int, int],
) -> None:
    """Lay down what a move's change is reckoned by: for each event its seats, its worth by option, its pairs as links.

    A link tells another event, the row, and where for each option of the event the excess is told by options of the other: the
    first option of the other that has any, the end of these, and the excess of each.
    """
    _, bounds = image.spans([[choice[0] + choice[1] * c for c in seats] for seats in flat.seats])
    events[:, k.SEATS], events[:, k.SEATS_END] = bounds[:-1], bounds[1:]
    sizes = [len(allowed) for allowed in flat.allowed]
    worth = np.concatenate(([0], np.cumsum(sizes))).astype(np.int64)
    events[:, k.SIZE] = sizes
    events[:, k.WORTH] = image.place(np.zeros(worth[-1])) + worth[:-1]
    numbers, tables = np.array(flat.classes.numbers, np.int64), np.array(flat.pair_tables.numbers, np.int64)
    lines: dict[tuple[int, ...], int] = {}
    links: list[tuple[int, ...]] = []
    owners: list[int] = []
    for pair in flat.pairs:
        a, b, number = pair[k.EVENT], pair[k.EVENT_B], pair[k.PAIR_ROW]
        if not kept[number]:
            continue
        for one, other, place, other_place, turned in (
            (a, b, pair[k.CLASSES], pair[k.CLASSES_B], False),
            (b, a, pair[k.CLASSES_B], pair[k.CLASSES], True),
        ):
            key = (place, other_place, sizes[one], sizes[other], pair[k.TABLE], pair[k.TABLE_WIDTH], turned)
            if key not in lines:
                mine, theirs = (
                    numbers[at : at + size] for at, size in ((place, sizes[one]), (other_place, sizes[other]))
                )
                first, second = (theirs[None, :], mine[:, None]) if turned else (mine[:, None], theirs[None, :])
                lines[key] = image.place(_lines(tables[pair[k.TABLE] + first * pair[k.TABLE_WIDTH] + second]))
            required = int(flat.required[number])
            links.append(
                (event[0] + event[1] * other, row[0] + row[1] * number, required, lines[key], 2 + sizes[other])
            )
            owners.append(one)
    records, owner = np.array(links, np.int64).reshape(-1, k.LINK_WIDTH), np.array(owners, np.int64)
    order = np.argsort(records[:, k.LINK_EVENT], kind="stable")
    bounds = image.grouped(records[order], owner[order], len(events))[1]
    events[:, k.LINKS], events[:, k.LINKS_END] = bounds[:-1], bounds[1:]


def _lines(costs: Numbers) -> Numbers:
    """Return costs with the first and the end of those of each line that are not 0 before them."""
    some = costs != 0
    any_ = some.any(axis=1)
    low = np.where(any_, some.argmax(axis=1), 0)
    high = np.where(any_, costs.shape[1] - some[:, ::-1].argmax(axis=1), 0)
    return np.column_stack((low, high, costs))


def _place_options(image: _Image, flat: Flat, events: Numbers) -> int:
    """Lay down what belongs to options: their ticks, the domains, which option starts when; return where ticks are told."""
    length = len(flat.problem.axis)
    list_of = [flat.list_of[parts[0]] for parts in flat.joined.parts]
    bounds = image.spans(flat.runs)[1]
    ticks = image.place(bounds)
    events[:, k.TICKS] = [ticks + flat.first_of[parts[0]] for parts in flat.joined.parts]
    starts = image.place([_starts(options, length) for options in flat.lists_of_options])
    events[:, k.START] = starts + length * np.array(list_of, np.int64)
    domains: dict[tuple[int, bytes], int] = {}
    domain_of = [domains.setdefault((n, flat.allowed[e].tobytes()), len(domains)) for e, n in enumerate(list_of)]
    flags = [np.frombuffer(allowed, np.uint8) for _, allowed in domains]
    events[:, k.ALLOWED] = image.spans(flags)[1][domain_of]  # type: ignore[arg-type]
    bounds = image.spans([np.flatnonzero(flag) for flag in flags])[1]  # type: ignore[misc]
    events[:, k.DOMAIN], events[:, k.DOMAIN_END] = bounds[domain_of], bounds[1:][domain_of]
    return ticks


def _starts(options: Sequence[Option], length: int) -> Numbers:
    """Return for each tick the first option that starts then, or -1."""
    found = np.full(length, -1, np.int64)
    for index in range(len(options) - 1, -1, -1):
        if options[index].ticks:
            found[options[index].ticks[0]] = index
    return found
