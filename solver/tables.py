"""The seven shapes of rules as rows of data: cells, kinds, profiles, changes, sums, pairs, options.

A row belongs to one application of one rule. The local search flattens rows into arrays; the model encodes them; both
count the same excess, which `count` recounts slowly for tests and for steering the search.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import repeat
from typing import TYPE_CHECKING, Any, Generic, TypeVar

from solver.changes import changes
from solver.exclusive import Exclusive
from solver.joined import Joined
from solver.linear import FALSE, Linear
from solver.measures import Measure
from solver.problem import Assignment, Given, Member, Option, Problem, holds

if TYPE_CHECKING:
    from solver.model import Model
    from solver.rules.rule import Rule
    from solver.sentence import Thing


WIDEST = 16
"""Periods of a day whose masks the local search can look up in a table; rules over longer days are left to the model."""

LONGEST = 62
"""Periods of a day that fit in one mask of the local search."""


@dataclass(frozen=True)
class Cells:
    """At each tick the amounts of the members that run stay within the capacity; the excess over all ticks counts.

    Attributes
    ----------
    members : tuple of Member
    amounts : tuple of int
        For each member.
    capacity : tuple of int
        For each tick.
    ticks : frozenset of int or None
        Only there the excess counts: where it is 0 at these, it is so at all.
    """

    members: tuple[Member, ...]
    amounts: tuple[int, ...]
    capacity: tuple[int, ...]
    scale: int = 1
    ticks: frozenset[int] | None = None

    def count(self, problem: Problem, assignment: Assignment) -> int:
        load: dict[int, int] = defaultdict(int)
        for member, amount in zip(self.members, self.amounts, strict=True):
            if holds(member.given, assignment):
                for tick in self.ticks_of(problem.events[member.event].options[assignment.option[member.event]]):
                    load[tick] += amount
        return self.scale * sum(max(0, used - self.capacity[tick]) for tick, used in load.items())

    def ticks_of(self, option: Option) -> Sequence[int]:
        """Return the ticks of an option at which the excess counts."""
        return option.ticks if self.ticks is None else [tick for tick in option.ticks if tick in self.ticks]

    def encode(self, m: Model) -> Iterator[Linear]:
        used: dict[int, Linear] = {}
        for member, amount in zip(self.members, self.amounts, strict=True):
            given = m.given(member.given)
            if given == FALSE:
                continue
            for literal, option in m.open_options(member.event):
                together = m.both(literal, given)
                for tick in self.ticks_of(option):
                    if tick not in used:
                        used[tick] = Linear()
                    used[tick].plus(together, amount)
        alike: dict[tuple[int, tuple[int, ...], tuple[int, ...]], list[Linear]] = defaultdict(list)
        for tick, load in used.items():
            load.const -= self.capacity[tick]
            alike[load.const, tuple(load.vars), tuple(load.coefs)].append(load)
        for loads in alike.values():
            times = self.scale * len(loads)
            yield loads[0] if times == 1 else Linear().add(loads[0], times)


@dataclass(frozen=True)
class Kinds:
    """At each tick the members that start then are of one kind; every further kind counts.

    Attributes
    ----------
    kinds : tuple of int
        For each member, from 0.
    """

    members: tuple[Member, ...]
    kinds: tuple[int, ...]
    scale: int = 1

    def count(self, problem: Problem, assignment: Assignment) -> int:
        found: dict[int, set[int]] = defaultdict(set)
        for member, kind in zip(self.members, self.kinds, strict=True):
            if holds(member.given, assignment):
                for tick in problem.events[member.event].options[assignment.option[member.event]].ticks[:1]:
                    found[tick].add(kind)
        return self.scale * sum(len(kinds) - 1 for kinds in found.values())

    def encode(self, m: Model) -> Iterator[Linear]:
        starts: dict[int, dict[int, list[Linear]]] = defaultdict(lambda: defaultdict(list))
        for member, kind in zip(self.members, self.kinds, strict=True):
            begins: dict[int, Linear] = defaultdict(Linear)
            for literal, option in m.open_options(member.event):
                for tick in option.ticks[:1]:
                    begins[tick].plus(m.both(literal, m.given(member.given)))
            for tick, literals in begins.items():
                starts[tick][kind].append(literals)
        for kinds in starts.values():
            further = Linear(-1)
            further.plus_all(m.any_of(literals, least=False) for literals in kinds.values())
            yield Linear().add(further, self.scale)


@dataclass(frozen=True)
class Profile:
    """A measure of the members' busy periods, summed over days, stays between `least` and `most`.

    Attributes
    ----------
    days : tuple of int
        The days of the grid that are summed.
    measures : Measure or tuple of Measure
        The same for all of these days, or one for each.
    """

    members: tuple[Member, ...]
    grid: int
    days: tuple[int, ...]
    measures: Measure | tuple[Measure, ...]
    most: int | None = None
    least: int = 0
    scale: int = 1

    @property
    def measured(self) -> Iterator[tuple[int, Measure]]:
        """Each of the days with its measure."""
        measures = self.measures if isinstance(self.measures, tuple) else repeat(self.measures, len(self.days))
        return zip(self.days, measures, strict=True)

    def count(self, problem: Problem, assignment: Assignment) -> int:
        periods = problem.grids[self.grid].periods
        masks: dict[int, int] = defaultdict(int)
        for member in self.members:
            if holds(member.given, assignment):
                for cell in problem.cells_of_options(member.event, self.grid)[assignment.option[member.event]]:
                    masks[cell // periods] |= 1 << cell % periods
        total = sum(measure.value(masks[day], periods) for day, measure in self.measured)
        return self.scale * _outside(total, self.least, self.most)

    def encode(self, m: Model) -> Iterator[Linear]:
        if not m.free_subject(self.members):
            return
        periods = m.problem.grids[self.grid].periods
        cells = m.cells(self.members, self.grid)
        for least in (False, True):
            limit = self.least if least else self.most
            if limit is None or (least and limit == 0):
                continue
            total = Linear()
            for day, measure in self.measured:
                total.add(measure.express(m, cells[day * periods : (day + 1) * periods], least))
            yield _excess(total, limit, self.scale, least)


@dataclass(frozen=True)
class Changes:
    """How often the members' busy periods change from one place to another, summed over days, stays within `most`.

    A change is a busy period at a place where the busy period before it on that day was at another; from one day to the
    next none is counted.

    Attributes
    ----------
    by_place : tuple of tuple of Member
        For each place who is held there; share these tuples among rows.
    """

    by_place: tuple[tuple[Member, ...], ...]
    grid: int
    days: tuple[int, ...]
    most: int
    scale: int = 1

    @cached_property
    def members(self) -> tuple[Member, ...]:
        """Those of all places."""
        return tuple(member for members in self.by_place for member in members)

    def count(self, problem: Problem, assignment: Assignment) -> int:
        where: dict[int, set[int]] = defaultdict(set)
        for place, members in enumerate(self.by_place):
            for member in members:
                if holds(member.given, assignment):
                    for cell in problem.cells_of_options(member.event, self.grid)[assignment.option[member.event]]:
                        where[cell].add(place)
        found, last = 0, (-1, set[int]())
        for cell in sorted(where):
            day = cell // problem.grids[self.grid].periods
            if day in self.days:
                found += last[0] == day and len(where[cell] | last[1]) > 1
                last = day, where[cell]
        return self.scale * max(0, found - self.most)

    def encode(self, m: Model) -> Iterator[Linear]:
        if not m.free_subject(self.members):
            return
        periods = m.problem.grids[self.grid].periods
        cells = [m.cells(members, self.grid) for members in self.by_place]
        total = Linear(-self.most * self.scale)
        for day in self.days:
            held = (
                {place: m.any_of([found[cell]], least=False) for place, found in enumerate(cells)}
                for cell in range(day * periods, (day + 1) * periods)
            )
            total.add(changes(m, held), self.scale)
        yield total


@dataclass(frozen=True)
class Sum:
    """The members' amounts, an amount for each day of the bucket on which a member meets, stay between two limits."""

    members: tuple[Member, ...]
    amounts: tuple[int, ...]
    grid: int
    days: tuple[int, ...]
    most: int | None = None
    least: int = 0
    scale: int = 1

    def count(self, problem: Problem, assignment: Assignment) -> int:
        total = bucket_sum(problem, assignment, self.members, self.amounts, self.grid, self.days)
        return self.scale * _outside(total, self.least, self.most)

    def encode(self, m: Model) -> Iterator[Linear]:
        if not m.free_subject(self.members):
            return
        total = m.bucket(self.members, self.amounts, self.grid, self.days)
        if self.most is not None:
            yield _excess(total, self.most, self.scale, least=False)
        if self.least > 0:
            yield _excess(total, self.least, self.scale, least=True)


@dataclass(frozen=True)
class Spread:
    """The members' sums over several buckets: the largest less the smallest stays within `most`."""

    members: tuple[Member, ...]
    amounts: tuple[int, ...]
    grid: int
    buckets: tuple[tuple[int, ...], ...]
    most: int
    scale: int = 1

    def count(self, problem: Problem, assignment: Assignment) -> int:
        totals = [bucket_sum(problem, assignment, self.members, self.amounts, self.grid, days) for days in self.buckets]
        return self.scale * max(0, max(totals) - min(totals) - self.most)

    def encode(self, m: Model) -> Iterator[Linear]:
        if not m.free_subject(self.members):
            return
        totals = [m.bucket(self.members, self.amounts, self.grid, days) for days in self.buckets]
        span = Linear(-self.most * self.scale)
        yield span.add(m.largest(totals), self.scale).add(m.smallest(totals), -self.scale)


@dataclass(frozen=True)
class Pair:
    """A cost for each pair of classes into which two events' options fall.

    Attributes
    ----------
    classes : pair of tuples of int
        For each option of either event its class; share these tuples among rows.
    table : tuple of tuple of int
        Excess by class of the first event and class of the second.
    """

    members: tuple[Member, Member]
    classes: tuple[tuple[int, ...], tuple[int, ...]]
    table: tuple[tuple[int, ...], ...]
    scale: int = 1

    @property
    def ties(self) -> bool:
        """Whether it costs nothing only where the two events take the option of the same number."""
        (a, b), (first, second) = self.members, self.classes
        return (
            a.given is None
            and b.given is None
            and first == second
            and len(set(first)) == len(first)
            and all(self.table[kind][kind] == 0 and self.table[kind].count(0) == 1 for kind in first)
        )

    def count(self, problem: Problem, assignment: Assignment) -> int:  # noqa: ARG002 - the rows share one signature
        a, b = self.members
        if not (holds(a.given, assignment) and holds(b.given, assignment)):
            return 0
        option = assignment.option
        return self.scale * self.table[self.classes[0][option[a.event]]][self.classes[1][option[b.event]]]

    def encode(self, m: Model) -> Iterator[Linear]:
        a, b = self.members
        given = m.both(m.given(a.given), m.given(b.given))
        if not (m.is_free(a) or m.is_free(b)) or (m.options(a.event) is m.options(b.event) and self.ties):
            return
        by_class = m.by_class(a.event, self.classes[0]), m.by_class(b.event, self.classes[1])
        condition = Linear(-1).plus(given)
        for first, literals in by_class[0].items():
            costs: dict[int, Linear] = {}
            for second, others in by_class[1].items():
                if cost := self.table[first][second]:
                    costs.setdefault(cost, Linear()).add(others)
            for cost, others in costs.items():
                both = Linear(-1).add(literals).add(others).add(condition)
                yield Linear().add(both, cost * self.scale)


@dataclass(frozen=True)
class Options:
    """An excess for each option of an event, under a condition or always."""

    event: int
    costs: tuple[int, ...]
    given: Given | None = None
    scale: int = 1

    @cached_property
    def members(self) -> tuple[Member, ...]:
        """The event alone."""
        return (Member(self.event, self.given),)

    def count(self, problem: Problem, assignment: Assignment) -> int:  # noqa: ARG002
        return self.scale * self.costs[assignment.option[self.event]] if holds(self.given, assignment) else 0

    def encode(self, m: Model) -> Iterator[Linear]:
        if not m.is_free(self.members[0]):
            return
        given = m.given(self.given)
        if len(set(self.costs)) == 1:
            yield Linear().plus(given, self.costs[0] * self.scale)
            return
        cost = Linear()
        for index, literal in m.options(self.event):
            if self.costs[index]:
                cost.plus(m.both(literal, given), self.costs[index] * self.scale)
        yield cost


Row = Cells | Kinds | Profile | Changes | Sum | Spread | Pair | Options


Kind = TypeVar("Kind", bound=Hashable)


class Between(Generic[Kind]):
    """What the options of two events cost together, told by their kinds; events whose options are of the same kinds share it.

    Parameters
    ----------
    kinds : callable
        For an event the kind of each of its options, which depends on nothing but these options.
    cost : callable
        The excess by the kinds of two options.
    name : hashable, optional
        What `kinds` and `cost` come from: rules that name the same share the numbers.
    """

    def __init__(
        self,
        problem: Problem,
        kinds: Callable[[int], Sequence[Kind]],
        cost: Callable[[Kind, Kind], int],
        name: Hashable = None,
    ) -> None:
        self._problem = problem
        self._kinds = kinds
        self._cost = cost
        own: dict[Any, Any] = {}
        shared = own if name is None else problem.derived.setdefault(name, own)
        self._known: dict[int, tuple[tuple[int, ...], tuple[Kind, ...]]] = shared.setdefault("known", {})
        self._alike: dict[tuple[Kind, ...], tuple[Kind, ...]] = shared.setdefault("alike", {})
        self._tables: dict[tuple[int, int], tuple[tuple[int, ...], ...]] = shared.setdefault("tables", {})
        self._costs: dict[int, bool] = shared.setdefault("costs", {})

    def row(self, a: Member, b: Member) -> Pair:
        """Return the row of two members."""
        (first, ones), (second, others) = self._numbered(a.event), self._numbered(b.event)
        table = self._tables.get((id(ones), id(others)))
        if table is None:
            table = tuple(tuple(self._cost(one, other) for other in others) for one in ones)
            self._tables[id(ones), id(others)] = table
        return Pair((a, b), (first, second), table)

    def rows(self, pairs: Iterable[tuple[Member, Member]]) -> Iterator[Pair]:
        """Yield a row for each pair of which some options cost something."""
        for a, b in pairs:
            row = self.row(a, b)
            if id(row.table) not in self._costs:
                self._costs[id(row.table)] = any(map(any, row.table))
            if self._costs[id(row.table)]:
                yield row

    def any_of(self, m: Model, a: int, b: int) -> Linear:
        """Return an expression that is never too low for "the options that two events take cost something together"."""
        row = self.row(Member(a), Member(b))
        ours, theirs = m.by_class(a, row.classes[0]), m.by_class(b, row.classes[1])
        found = [Linear()]
        for one, held in ours.items():
            both = Linear(-1).add(held)
            for other, also_held in theirs.items():
                if row.table[one][other]:
                    both.add(also_held)
            if m.bounds(both)[1] > 0:
                found.append(both)
        return m.largest(found)

    def _numbered(self, event: int) -> tuple[tuple[int, ...], tuple[Kind, ...]]:
        """Return for each option the number of its kind, and the kinds; equal kinds in one order are one tuple."""
        key = id(self._problem.events[event].options)
        if key not in self._known:
            kinds = self._kinds(event)
            number = {kind: index for index, kind in enumerate(dict.fromkeys(kinds))}
            distinct = tuple(number)
            self._known[key] = tuple(number[kind] for kind in kinds), self._alike.setdefault(distinct, distinct)
        return self._known[key]


def day_masks(problem: Problem, grid: int, ticks: Iterable[int]) -> list[int]:
    """Return for each day of the grid the mask of the periods that these ticks touch."""
    table = problem.grids[grid]
    masks = [0] * table.days
    for tick in ticks:
        if table.cell[tick] >= 0:
            masks[table.cell[tick] // table.periods] |= 1 << table.cell[tick] % table.periods
    return masks


def shut_masks(problem: Problem, grid: int, shut: frozenset[int]) -> list[int]:
    """Return for each day of the grid the mask of the periods that have ticks, all of them shut."""
    if not shut:
        return [0] * problem.grids[grid].days
    ticks = range(len(problem.axis))
    every, left = day_masks(problem, grid, ticks), day_masks(problem, grid, (t for t in ticks if t not in shut))
    return [mask & ~open_ for mask, open_ in zip(every, left, strict=True)]


def bucket_sum(
    problem: Problem,
    assignment: Assignment,
    members: tuple[Member, ...],
    amounts: tuple[int, ...],
    grid: int,
    days: tuple[int, ...],
) -> int:
    """Return the members' amounts, one for each day of `days` on which a member meets."""
    return sum(
        amount * problem.meetings_of_options(member.event, grid, days)[assignment.option[member.event]]
        for member, amount in zip(members, amounts, strict=True)
        if holds(member.given, assignment)
    )


def _outside(total: int, least: int, most: int | None) -> int:
    return max(0, least - total) + (max(0, total - most) if most is not None else 0)


def _excess(total: Linear, limit: int, scale: int, least: bool) -> Linear:
    sign = -scale if least else scale
    return Linear(-sign * limit).add(total, sign)


@dataclass(frozen=True)
class Entry:
    """A row with the rule and the application that it belongs to."""

    rule: int
    where: Thing
    row: Row


class Tables:
    """Every row of a problem, and which rows an event can change.

    Rules that have no rows, or rows over days of too many periods to be looked up in a table, are listed in `by_hand`;
    those about named units in `about_units`.
    """

    def __init__(self, problem: Problem) -> None:
        self.problem = problem
        self.entries: list[Entry] = []
        self.by_hand: list[int] = []
        self.about_units: list[int] = []
        self._rows: dict[int, tuple[Rule, list[tuple[Thing, Row]]]] = {}
        for index, rule in enumerate(problem.rules):
            rows = list(rule.tables(problem)) if rule.has_tables(problem) else []
            if rule.has_tables(problem) and not any(self._is_wide(row) for _, row in rows):
                self.entries += [Entry(index, where, row) for where, row in rows]
            elif rule.counted or not rule.about_units:
                self.by_hand.append(index)
            if rule.about_units:
                self.about_units.append(index)

    def rows(self, rule: Rule) -> list[tuple[Thing, Row]]:
        """Return the rows of a rule that is listed by hand, made once: a model knows members by their identity."""
        known = self._rows.get(id(rule))
        if known is None or known[0] is not rule:
            known = self._rows[id(rule)] = rule, list(rule.tables(self.problem))
        return known[1]

    def _is_wide(self, row: Row) -> bool:
        """Whether the local search would need a larger table of masks, or a longer mask, than it can hold."""
        if isinstance(row, Changes):
            return max(self.problem.grids[row.grid].periods, len(row.by_place)) > LONGEST
        if isinstance(row, Kinds):
            return max(row.kinds, default=0) >= WIDEST
        return isinstance(row, Profile) and self.problem.grids[row.grid].periods > WIDEST

    @cached_property
    def of_event(self) -> list[list[int]]:
        """For each event the indices of the entries that its option can change."""
        rows: list[list[int]] = [[] for _ in self.problem.events]
        for index, entry in enumerate(self.entries):
            for event in {member.event for member in entry.row.members}:
                rows[event].append(index)
        return rows

    @cached_property
    def of_choice(self) -> list[list[int]]:
        """For each choice the indices of the entries that its pick can change."""
        rows: list[list[int]] = [[] for _ in self.problem.choices]
        for index, entry in enumerate(self.entries):
            for decided in {member.given[0] for member in entry.row.members if member.given is not None}:
                if decided >= 0:
                    rows[decided].append(index)
        return rows

    @cached_property
    def hand_events(self) -> dict[int, frozenset[int]]:
        """For each rule encoded by hand the events that can change what it counts."""
        return {index: self.problem.rules[index].events_touched(self.problem) for index in self.by_hand}

    @cached_property
    def by_name(self) -> bool:
        """Whether rows have units given as a condition, so that the local search gives units too."""
        return any(rule.by_name and rule.has_tables(self.problem) for rule in self.problem.rules)

    @cached_property
    def exclusive(self) -> Exclusive:
        """Whether required rows keep members out of one cell of a grid, so that sums are 0 or 1."""
        rows = (entry.row for entry in self.entries if self.weight(entry) is None)
        crowds = (
            row.members
            for row in rows
            if isinstance(row, Cells) and min(row.amounts, default=1) >= 1 and max(row.capacity) <= 1
        )
        return Exclusive(self.problem, crowds)

    @cached_property
    def joined(self) -> Joined:
        """Which events required rows hold as one."""
        rows = (entry.row for entry in self.entries if self.weight(entry) is None)
        pairs = ((row.members[0].event, row.members[1].event) for row in rows if isinstance(row, Pair) and row.ties)
        return Joined(len(self.problem.events), pairs)

    def weight(self, entry: Entry) -> int | None:
        """Weight of the entry's rule; None where it is required."""
        rule: Rule = self.problem.rules[entry.rule]
        return rule.weight

    def touched(self, events: Iterable[int], choices: Iterable[int] = ()) -> set[int]:
        """Return the indices of the entries that these events and choices can change."""
        found: set[int] = set()
        for event in events:
            found.update(self.of_event[event])
        for choice in choices:
            found.update(self.of_choice[choice])
        return found

    def difference(self, old: Assignment, new: Assignment) -> tuple[int, int]:
        """Return by how much `new` exceeds `old`: in excess of required rules, and in cost; of units, what has rows by name."""
        events = {e for e, (a, b) in enumerate(zip(old.option, new.option, strict=True)) if a != b}
        if self.by_name:
            units = enumerate(zip(old.unit, new.unit, strict=True))
            events.update(self.problem.demands[d].event for d, (a, b) in units if a != b)
        choices = [c for c, (a, b) in enumerate(zip(old.pick, new.pick, strict=True)) if a != b]
        broken = cost = 0
        for index in self.touched(events, choices):
            entry = self.entries[index]
            change = entry.row.count(self.problem, new) - entry.row.count(self.problem, old)
            weight = self.weight(entry)
            if weight is None:
                broken += change
            else:
                cost += weight * change
        for index in self.by_hand:
            rule = self.problem.rules[index]
            if rule.about_units or (not choices and self.hand_events[index].isdisjoint(events)):
                continue
            change = sum(d.amount for d in rule.check(self.problem, new)) - sum(
                d.amount for d in rule.check(self.problem, old)
            )
            if rule.weight is None:
                broken += change
            else:
                cost += rule.weight * change
        return broken, cost

    def count(self, assignment: Assignment) -> tuple[int, int]:
        """Return the excess of required rows and the cost of weighted ones, recounted from the rows."""
        broken = cost = 0
        for entry in self.entries:
            amount = entry.row.count(self.problem, assignment)
            weight = self.weight(entry)
            if weight is None:
                broken += amount
            else:
                cost += weight * amount
        return broken, cost
