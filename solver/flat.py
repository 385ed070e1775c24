"""The rows of `solver.tables` as one array of whole numbers, for the compiled local search (see `solver.kernel`).

What many rows read is kept once: rows over one set of members and one grid share that subject's busy periods, events with one
options tuple share its ticks, cells and days. Events that required rows hold as one are one event of the images
(`solver.joined`), which belongs to a row by the ticks, cells and days of the part that is meant. Options that a required row
forbids whatever else happens are left out of an event's domain, and rows that can then no longer be broken are left out
altogether.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Sequence
from functools import cached_property, partial
from itertools import accumulate
from math import gcd
from typing import Any

import numpy as np
from numpy.typing import NDArray

from solver import kernel as k
from solver.crowding import crowding
from solver.image import assemble
from solver.measures import Measure, values
from solver.problem import Assignment, Given, Member, Option
from solver.seated import Seated
from solver.tables import Cells, Changes, Entry, Kinds, Options, Pair, Profile, Row, Spread, Sum, Tables

Numbers = NDArray[np.int64]


class Flat:
    """All rows of a problem, flattened.

    Parameters
    ----------
    tables : Tables

    Attributes
    ----------
    problem : Problem
        What the images are about: units of demands that may share them are picks of choices here (`solver.seated`).
    joined : Joined
        Which of the problem's events are one event of the images; `allowed` is told by the latter.
    entries : list of int
        For each row of the images the index of its entry in the tables.
    unit : array of int
        For each row the least step by which its excess changes in earnest, such as the minutes of a lesson.
    runs : list of sequence of int
        The ticks of options: of all lists, then of some once more, but those alone that count in some rows.
    price, required : array of int, of bool
        For each row what one unit of excess adds to what is reported, and whether to `broken` or to `cost`.
    """

    def __init__(self, tables: Tables) -> None:
        self._seated = Seated(tables)
        self.tables = self._seated.tables
        self.problem = self.tables.problem
        self.joined = self.tables.joined
        self._lists()
        self._domains()
        self._rows()
        self.unit = np.array(self._unit, np.int64)
        self.required = np.array(self._required, bool)
        self.price = np.array(self._price, np.int64)
        self._required_image = assemble(self, required_only=True)
        self._whole_image = assemble(self, required_only=False)

    @property
    def reckoning(self) -> bool:
        """Whether the local search knows what a move changes without making it, with wishes too (`solver.kernel.roam`)."""
        return bool(self._whole_image[k.RECKONS])

    def image(self, seed: int, weight: Numbers, *, required_only: bool) -> Numbers:
        """Return a new image in which no event stands anywhere and every choice picks its first alternative.

        Parameters
        ----------
        seed : int
        weight : array of int
            For each row its weight in the objective.
        required_only : bool
            Whether weighted rows are left out.
        """
        image = (self._required_image if required_only else self._whole_image).copy()
        image[k.RANDOM] = (seed * 0x9E3779B97F4A7C15 + 0xD1B54A32D192ED03) % (1 << 63) | 1
        image[k.BEST] = k.FAR
        self.rows(image)[:, k.WEIGHT] = weight
        k.begin(image)
        return image

    def numbers(self, assignment: Assignment) -> tuple[Numbers, Numbers]:
        """Return an assignment's options and picks as the kernel reads them."""
        folded = self._seated.fold(assignment)
        return np.array(self.joined.fold(folded.option), np.int64), np.array(folded.pick, np.int64)

    def assignment(self, option: Numbers, pick: Numbers) -> Assignment:
        """Return options and picks of an image as an assignment, without units but those that are picked."""
        units = (-1,) * len(self.problem.demands)
        return self._seated.unfold(Assignment(self.joined.unfold(option.tolist()), tuple(pick.tolist()), units))

    def rows(self, image: Numbers) -> Numbers:
        """Return the records of rows, in the order of `entries`."""
        return image[image[k.ROWS] : image[k.ROWS_END]].reshape(-1, k.ROW_WIDTH)

    def decisions(self, image: Numbers) -> tuple[Numbers, Numbers]:
        """Return the options and picks of an image as it stands."""
        events = image[image[k.EVENTS] : image[k.ROWS]].reshape(-1, k.EVENT_WIDTH)
        choices = image[image[k.CHOICES] : image[k.EVENTS]].reshape(-1, k.CHOICE_WIDTH)
        return events[:, k.OPTION].copy(), choices[:-1, k.PICK].copy()

    def best(self, image: Numbers) -> tuple[Numbers, Numbers]:
        """Return the best options and picks that the walk has kept."""
        at, picks = image[k.BEST_OPTION], image[k.BEST_PICK]
        return image[at : at + len(self.joined.parts)].copy(), image[picks : picks + len(self.problem.choices)].copy()

    def domain(self, event: int) -> Numbers:
        """Return the options that the search may give to the event."""
        return np.flatnonzero(self.allowed[self.joined.of[event]])

    def allows(self, event: int, option: int) -> bool:
        """Whether the option is in the event's domain."""
        return bool(self.allowed[self.joined.of[event]][option])

    def order(self, image: Numbers, rng: np.random.Generator) -> Numbers:
        """Return the events by how hard they are to place: few options and many rows first."""
        events = image[image[k.EVENTS] : image[k.ROWS]].reshape(-1, k.EVENT_WIDTH)
        freedom = events[:, k.DOMAIN_END] - events[:, k.DOMAIN]
        rows = (events[:, k.IN_CELLS_END] - events[:, k.IN_CELLS]) / k.IN_CELLS_WIDTH + 1
        rows += (events[:, k.LINKS_END] - events[:, k.LINKS]) / k.LINK_WIDTH
        return np.argsort(freedom / rows + 1e-3 * rng.random(len(events)), kind="stable")

    # --- options and domains ----------------------------------------------------------------------------------------

    def _lists(self) -> None:
        """Number the distinct tuples of options and the options of all of them; note which ticks each option covers."""
        known: dict[int, int] = {}
        self.list_of = [known.setdefault(id(event.options), len(known)) for event in self.problem.events]
        self.lists_of_options = list({id(event.options): event.options for event in self.problem.events}.values())
        self._firsts = [0, *accumulate(map(len, self.lists_of_options))]
        self.first_of = [self._firsts[number] for number in self.list_of]
        self.runs: list[Sequence[int]] = [option.ticks for options in self.lists_of_options for option in options]
        self._counted_runs: dict[tuple[int, frozenset[int]], int] = {}
        length = len(self.problem.axis)
        self._covers: list[NDArray[np.bool_]] = []
        for options in self.lists_of_options:
            covers = np.zeros((len(options), length), bool)
            for index, option in enumerate(options):
                covers[index, list(option.ticks)] = True
            self._covers.append(covers)
        self._held = [frozenset(np.flatnonzero(covers.any(axis=0)).tolist()) for covers in self._covers]

    def _domains(self) -> None:
        """Leave out of the domains what a required row forbids by itself or because of events with one option left."""
        self.allowed = [np.ones(len(self.problem.events[parts[0]].options), bool) for parts in self.joined.parts]
        self._single = {event for event, allowed in enumerate(self.allowed) if len(allowed) == 1}
        self._settled: set[int] = set()
        narrow: list[tuple[list[tuple[int, int]], Numbers]] = []
        capacities: dict[int, tuple[Numbers, int]] = {}
        for index, entry in enumerate(self.tables.entries):
            if self.tables.weight(entry) is not None:
                continue
            match entry.row:
                case Options() as row if self._condition(row.given) is None:
                    if self._forbid(self.joined.of[row.event], np.asarray(row.costs) > 0):
                        self._settled.add(index)
                case Pair() as row if row.ties and len({self.joined.of[member.event] for member in row.members}) == 1:
                    self._settled.add(index)
                case Cells() as row if row.members:
                    if id(row.capacity) not in capacities:
                        capacities[id(row.capacity)] = (np.array(row.capacity, np.int64), min(row.capacity))
                    capacity, least = capacities[id(row.capacity)]
                    always = [
                        (member.event, amount)
                        for member, amount in zip(row.members, row.amounts, strict=True)
                        if self._condition(member.given) is None
                    ]
                    if always and least < 2 * max(row.amounts):
                        narrow.append((always, capacity))
        seen = [-1] * len(narrow)
        again = True
        while again:
            again = False
            for index, (always, capacity) in enumerate(narrow):
                fixed = [(event, amount) for event, amount in always if self.joined.of[event] in self._single]
                if len(fixed) > seen[index]:
                    seen[index] = len(fixed)
                    left = capacity.copy()
                    for event, amount in fixed:
                        option = self.allowed[self.joined.of[event]].argmax()
                        left -= amount * self._covers[self.list_of[event]][option]
                    again |= self._narrow(always, left)

    def _narrow(self, always: list[tuple[int, int]], left: Numbers) -> bool:
        """Forbid every option that covers a tick where less is left than the event takes; say whether any was."""
        changed = False
        shut: dict[tuple[int, int], NDArray[np.bool_]] = {}
        for part, amount in always:
            event = self.joined.of[part]
            if event in self._single:
                continue
            key = (self.list_of[part], amount)
            if key not in shut:
                full = left < amount
                shut[key] = np.asarray(self._covers[key[0]][:, full].any(axis=1) if full.any() else [], bool)
            if shut[key].size and (self.allowed[event] & shut[key]).any():
                changed |= self._forbid(event, shut[key])
        return changed

    def _forbid(self, event: int, shut: NDArray[np.bool_]) -> bool:
        """Take options out of the domain, unless none would be left."""
        left = self.allowed[event] & ~shut
        if left.any():
            self.allowed[event] = left
            if left.sum() == 1:
                self._single.add(event)
            return True
        return False

    def _condition(self, given: Given | None) -> Given | None:
        """Return a condition, or None if it always holds; the unit of a demand is one even where there is no other."""
        if given is None or (given[0] < self._seated.first and self.problem.choices[given[0]].alternatives == 1):
            return None
        return given

    @cached_property
    def seats(self) -> list[list[int]]:
        """For each event the choices of units for its demands."""
        found: list[list[int]] = [[] for _ in self.joined.parts]
        for number, d in enumerate(self._seated.demands):
            found[self.joined.of[self.problem.demands[d].event]].append(self._seated.first + number)
        return found

    @cached_property
    def crowding(self) -> float:
        """How full the rows of cells are: see `solver.crowding`."""
        return crowding(self)

    def reckons(self, kept: NDArray[np.bool_]) -> bool:
        """Whether what a move of an event changes in these rows can be told without making it: all are pairs, options, units."""
        picked = self.problem.choices[: self._seated.first]
        return all(map(self._plain.__getitem__, np.flatnonzero(kept))) and all(c.alternatives == 1 for c in picked)

    # --- rows -------------------------------------------------------------------------------------------------------

    def _rows(self) -> None:
        """Gather memberships, subjects and limits from the entries; places are relative until an image is made."""
        self.entries: list[int] = []
        self._price: list[int] = []
        self._required: list[bool] = []
        self._unit: list[int] = []
        self._plain: list[bool] = []
        self.limits: list[tuple[int, int, int, int]] = []
        self.owners: list[tuple[int, int]] = []
        self.roster_of: list[int] = []
        self.rosters: list[tuple[tuple[int, ...], ...]] = []
        self._numbers_of_members: dict[int, int] = {}
        self._equal_members: dict[tuple[tuple[int, ...], ...], int] = {}
        self.in_cells: list[tuple[int, ...]] = []
        self.in_subject: list[tuple[int, ...]] = []
        self.in_sum: list[tuple[int, ...]] = []
        self.pairs: list[tuple[int, ...]] = []
        self.priced: list[tuple[int, ...]] = []
        self.day_parts: list[tuple[int, int, int]] = []
        self.sum_parts: list[tuple[int, int, int]] = []
        self.tours: list[tuple[int, list[int]]] = []
        self._subjects: dict[tuple[int, ...], tuple[int, int]] = {}
        self._changes: dict[tuple[int, ...], tuple[tuple[int, ...], int]] = {}
        self.cells = self.days = self.sum_days = self.buckets = 0
        self.owed = 1 + len(self.joined.parts)
        self.capacity: list[Sequence[int]] = []
        self.touches = Blocks()
        self.meets = Blocks()
        self.values = Blocks()
        self.classes = Blocks()
        self.pair_tables = Blocks()
        self.prices = Blocks()
        self._pair_tables: dict[int, tuple[int, int]] = {}
        for index, entry in enumerate(self.tables.entries):
            if index not in self._settled:
                self._add(index, entry)

    def _add(self, index: int, entry: Entry) -> None:
        row: Row = entry.row
        weight = self.tables.weight(entry)
        number = len(self.entries)
        self.entries.append(index)
        self._required.append(weight is None)
        self._price.append(row.scale * (1 if weight is None else weight))
        self.roster_of.append(self._number_of(row.members))
        unit = 1
        limits = (0, k.FAR, 0, 0)
        owners = (0, 0)
        match row:
            case Cells():
                unit = gcd(*row.amounts) or 1
                left = len(self.capacity) * len(self.problem.axis)
                limits = (0, max(row.capacity), left, k.CELLS)
                self.capacity.append(row.capacity)
                found = [(*self._member(member), self._runs(self.list_of[member.event], row)) for member in row.members]
                mixed = _mixed(found)
                for member, amount in zip(found, row.amounts, strict=True):
                    if amount:
                        self.in_cells.append((*member, number, left, amount, member[2] in mixed))
            case Kinds():
                days, owner = self._kinds_subject(row)
                owners = (owner, 0)
                limits = (0, 0, 0, 0)
                further = self.values.place(("kinds", 1 + max(row.kinds)), partial(_further, 1 + max(row.kinds)))
                self.day_parts += [(days + tick, number, further) for tick in range(len(self.problem.axis))]
            case Profile():
                days, owner = self._profile_subject(row.members, row.grid)
                owners = (owner, 0)
                limits = (row.least, k.FAR if row.most is None else row.most, 0, 0)
                periods = self.problem.grids[row.grid].periods
                for day, measure in row.measured:
                    self.day_parts.append((days + day, number, self._values(measure, periods)))
            case Changes():
                places, owner = self._changes_subject(row)
                owners = (owner, 0)
                limits = (0, row.most, 0, 0)
                for day in row.days:
                    self.day_parts += [(days + day, number, -1 - len(self.tours)) for days in places]
                    self.tours.append((self.problem.grids[row.grid].periods, [days + day for days in places]))
            case Sum():
                unit = gcd(*row.amounts) or 1
                days, owner = self._sum_subject(row.members, row.amounts, row.grid)
                owners = (owner, 0)
                limits = (row.least, k.FAR if row.most is None else row.most, 0, 0)
                self.sum_parts += [(days + day, number, -1) for day in dict.fromkeys(row.days)]
            case Spread():
                unit = gcd(*row.amounts) or 1
                days, owner = self._sum_subject(row.members, row.amounts, row.grid)
                owners = (owner, 0)
                limits = (0, row.most, self.buckets, len(row.buckets))
                for bucket, met in enumerate(row.buckets, start=self.buckets):
                    self.sum_parts += [(days + day, number, bucket) for day in dict.fromkeys(met)]
                self.buckets += len(row.buckets)
            case Pair() if self._is_of_one(row):
                a, b = row.members
                owners = (1 + self.joined.of[a.event], 0)
                costs = [row.table[one][other] for one, other in zip(*row.classes, strict=True)]
                key = (id(row.table), *map(id, row.classes))
                self.priced.append((*self._member(a), number, self.prices.place(key, lambda: costs)))
            case Pair():
                a, b = row.members
                owners = (1 + self.joined.of[a.event], 1 + self.joined.of[b.event])
                first, second = (self.classes.place(id(classes), partial(tuple, classes)) for classes in row.classes)
                table_at, unit = self._pair_table(row)
                width = len(row.table[0]) if row.table else 0
                self.pairs.append((*self._member(a), *self._member(b), number, first, second, table_at, width))
            case Options():
                unit = min((cost for cost in row.costs if cost), default=1)
                owners = (1 + self.joined.of[row.event], 0)
                prices = self.prices.place(id(row.costs), lambda: row.costs)
                self.priced.append((*self._member(row.members[0]), number, prices))
        self._unit.append(unit)
        self._plain.append(self._is_plain(row))
        self.limits.append(limits)
        self.owners.append(owners)

    def _member(self, member: Member) -> tuple[int, int, int]:
        """Return the choice (a last one, of one alternative, where there is no condition), the alternative, the event."""
        given = self._condition(member.given) or (len(self.problem.choices), 0)
        return (*given, self.joined.of[member.event])

    def _member_with_ticks(self, member: Member) -> tuple[int, int, int, int]:
        """Return the same and the number of the first of the options by which the member runs."""
        return (*self._member(member), self.first_of[member.event])

    def _runs(self, number: int, row: Cells) -> int:
        """Return the number of the first of the options of a list, told by those of their ticks that count in a row."""
        if row.ticks is None:
            return self._firsts[number]
        key = number, row.ticks & self._held[number]
        if key not in self._counted_runs:
            self._counted_runs[key] = len(self.runs)
            self.runs += [row.ticks_of(option) for option in self.lists_of_options[number]]
        return self._counted_runs[key]

    def _is_of_one(self, row: Pair) -> bool:
        """Whether the row is always about two parts of one event, and so about its options."""
        a, b = row.members
        always = self._condition(a.given) is None and self._condition(b.given) is None
        return always and self.joined.of[a.event] == self.joined.of[b.event]

    def _is_plain(self, row: Row) -> bool:
        """Whether the row is a pair or options of events, or speaks of a unit of their own demands."""
        if isinstance(row, Pair):
            return all(self._condition(member.given) is None for member in row.members)
        if isinstance(row, Cells | Kinds | Options):
            given = self._condition(row.members[0].given) if row.members else None
            return given[0] >= self._seated.first if given is not None else isinstance(row, Options)
        return False

    def _pair_table(self, row: Pair) -> tuple[int, int]:
        """Return where the row's table begins, and the least excess in it."""
        known = self._pair_tables.get(id(row.table))
        if known is None:
            costs = [cost for line in row.table for cost in line]
            known = self.pair_tables.place(row.table, lambda: costs), min(filter(None, costs), default=1)
            self._pair_tables[id(row.table)] = known
        return known

    def _number_of(self, members: tuple[Member, ...]) -> int:
        """Return one number for equal sets of members."""
        number = self._numbers_of_members.get(id(members))
        if number is None:
            roster = tuple(map(self._member_with_ticks, members))
            number = self._equal_members.setdefault(roster, len(self.rosters))
            if number == len(self.rosters):
                self.rosters.append(roster)
            self._numbers_of_members[id(members)] = number
        return number

    def _profile_subject(self, members: tuple[Member, ...], grid: int) -> tuple[int, int]:
        """Return the first of the days of the members' busy periods, and who owes what their rows cost."""
        key = (self._number_of(members), grid)
        known = self._subjects.get(key)
        if known is None:
            known = self._subjects[key] = (self._busy_days(members, grid), self.owed)
            self.owed += 1
        return known

    def _kinds_subject(self, row: Kinds) -> tuple[int, int]:
        """Return the first of the days, of which each tick is one and has a period for each kind, and who owes."""
        first, kinds = self.days, 1 + max(row.kinds)
        for member, kind in zip(row.members, row.kinds, strict=True):
            options = self.problem.events[member.event].options
            touch = self.touches.place(
                (self.list_of[member.event], "kinds", kinds, kind), partial(_begins, options, kinds, kind)
            )
            self.in_subject.append((*self._member(member), self.cells, first, touch, self.owed))
        self.cells += kinds * len(self.problem.axis)
        self.days += len(self.problem.axis)
        self.owed += 1
        return first, self.owed - 1

    def _changes_subject(self, row: Changes) -> tuple[tuple[int, ...], int]:
        """Return for each place the first of the days of what is held there, and who owes what changes cost."""
        key = (row.grid, *map(self._number_of, row.by_place))
        known = self._changes.get(key)
        if known is None:
            places = tuple(self._busy_days(members, row.grid) for members in row.by_place)
            known = self._changes[key] = (places, self.owed)
            self.owed += 1
        return known

    def _busy_days(self, members: tuple[Member, ...], grid: int) -> int:
        """Let the members' busy periods be kept, which the next to be numbered owes for; return the first of their days."""
        table, first = self.problem.grids[grid], self.days
        for member in members:
            list_ = self.list_of[member.event]
            touch = self.touches.place(
                (list_, grid),
                partial(_touches, self.problem.cells_of_options(member.event, grid), table.periods),
            )
            self.in_subject.append((*self._member(member), self.cells, first, touch, self.owed))
        self.cells += table.days * table.periods
        self.days += table.days
        return first

    def _values(self, measure: Measure, periods: int) -> int:
        """Return where the measure's values begin."""
        table = values(measure, periods)
        return self.values.place(id(table), lambda: table)

    def _sum_subject(self, members: tuple[Member, ...], amounts: tuple[int, ...], grid: int) -> tuple[int, int]:
        """Return the first of the days of the members' sums, and who owes what their rows cost."""
        key = (self._number_of(members), grid, *amounts)
        known = self._subjects.get(key)
        if known is None:
            known = self._subjects[key] = (self.sum_days, self.owed)
            for member, amount in zip(members, amounts, strict=True):
                list_ = self.list_of[member.event]
                meet = self.meets.place((list_, grid), partial(self.problem.days_of_options, member.event, grid))
                self.in_sum.append((*self._member(member), self.sum_days, meet, amount, self.owed))
            self.sum_days += self.problem.grids[grid].days
            self.owed += 1
        return known


class Blocks:
    """Blocks of numbers laid one after another, equal blocks once."""

    def __init__(self) -> None:
        self.numbers: list[Any] = []
        self._places: dict[Hashable, int] = {}

    def place(self, key: Hashable, block: Callable[[], Iterable[Any]]) -> int:
        """Return where the block of this key begins; it is made if the key is new."""
        at = self._places.get(key)
        if at is None:
            at = self._places[key] = len(self.numbers)
            self.numbers.extend(block())
        return at


def _mixed(members: Iterable[tuple[int, int, int, int]]) -> set[int]:
    """Return the events that belong to a row by several lists of ticks."""
    firsts: dict[int, int] = {}
    return {event for _, _, event, first in members if firsts.setdefault(event, first) != first}


def _begins(options: Iterable[Option], kinds: int, kind: int) -> list[list[int]]:
    """Return for each option (cell, day, bit) of the tick at which it begins."""
    return [
        [number for tick in option.ticks[:1] for number in (tick * kinds + kind, tick * k.DAY_WIDTH, 1 << kind)]
        for option in options
    ]


def _further(kinds: int) -> list[int]:
    """Return for each set of kinds how many there are beyond one."""
    return [max(0, mask.bit_count() - 1) for mask in range(1 << kinds)]


def _touches(cells_of_options: Iterable[Iterable[int]], periods: int) -> list[list[int]]:
    """Return for each option (cell, day, bit) of every cell that it touches, one after another."""
    return [
        [number for cell in cells for number in (cell, cell // periods * k.DAY_WIDTH, 1 << cell % periods)]
        for cells in cells_of_options
    ]
