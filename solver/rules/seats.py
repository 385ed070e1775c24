"""Rooms that several exams may share, as far as their seats reach (ITC-2007 track 1)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Container, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from solver.linear import Linear, Literal
from solver.placements import claimed, condition
from solver.problem import Assignment, Member, Problem, ticks_of
from solver.rules.rule import ALL, Demands, Deviation, Lengths, PricesOfUnits, Rule
from solver.sentence import Sentence, Thing, sentence
from solver.tables import Cells, Kinds, Options, Row

if TYPE_CHECKING:
    from solver.model import Model


class _ByName:
    """What rules have in common whose rows have a unit given as a condition: the demands must be sure to be claimed."""

    about_units: ClassVar[bool] = True
    by_name: ClassVar[bool] = True

    def has_tables(self, problem: Problem) -> bool:
        """Whether the local search sees it: a row's member has one condition, and here it is the unit."""
        return all(condition(problem, d) is None for d in self.seen(problem))

    def seen(self, problem: Problem) -> tuple[int, ...]:  # noqa: ARG002 - some look at all the demands there are
        """Return the demands of which it counts something."""
        demands: tuple[int, ...] = self.demands  # type: ignore[attr-defined]
        return demands


@dataclass(frozen=True, kw_only=True)
class ShareRooms(_ByName, Rule):
    """Exams that share a room have seats for all who sit them (ITC-2007 track 1 RoomCapacity).

    The deviation is the number of people for whom there is no seat: at each tick those beyond the seats of each unit, of
    which there are none while it is closed; and all people of a demand that has no unit, or one that does not serve it: 1
    where there are none, for an exam without people has its room too. Where it is required, an optional demand may go
    without a unit.
    """

    demands: Demands

    shared: ClassVar[bool] = True

    def say(self) -> Sentence:
        return sentence("Exams that share a room have seats for all who sit them.")

    def tables(self, problem: Problem) -> Iterator[tuple[Thing, Row]]:
        for unit, demands in _by_unit(problem, self.demands).items():
            members = tuple(_placed(problem, d, unit) for d in demands)
            capacity = tuple(_seats(problem, unit, tick) for tick in range(len(problem.axis)))
            yield Thing("unit", unit), Cells(members, tuple(problem.demands[d].size for d in demands), capacity)
        for d in self._not_without(problem):
            demand = problem.demands[d]
            people = max(1, demand.size)
            costs = tuple(people if option.ticks else 0 for option in problem.events[demand.event].options)
            yield Thing("demand", d), Options(demand.event, costs, (~d, -1))

    def encode(self, m: Model) -> Iterator[tuple[Thing, Linear]]:
        problem = m.problem
        people: dict[tuple[int, int], Linear] = defaultdict(Linear)
        for d in self.demands:
            for place, there in m.held_in(d).items():
                people[place].plus(there, problem.demands[d].size)
        for (unit, tick), load in people.items():
            load.const -= _seats(problem, unit, tick)
            yield Thing("unit", unit), load
        for d in self._not_without(problem):
            demand = problem.demands[d]
            without = Linear().plus(m.given(condition(problem, d))).plus_all((y for _, y in m.units(d)), -1)
            for literal, option in m.open_options(demand.event):
                if not option.ticks:
                    without.plus(literal, -1)
            yield Thing("demand", d), Linear().add(without, max(1, demand.size))

    def check(
        self,
        problem: Problem,
        assignment: Assignment,
        touching: Container[int] = ALL,  # noqa: ARG002 - who has a seat depends on all who are there
    ) -> Iterator[Deviation]:
        there: dict[tuple[int, int], list[int]] = defaultdict(list)
        for d in self.demands:
            demand, unit = problem.demands[d], assignment.unit[d]
            held = ticks_of(problem, assignment, demand.event)
            if not held or not claimed(problem, assignment, d) or (self.required and demand.optional and unit < 0):
                continue
            if unit in demand.units:
                for tick in held:
                    there[unit, tick].append(d)
            else:
                said = sentence("{event} has no room that serves it.", event=Thing("event", demand.event))
                yield Deviation(max(1, demand.size), said, Thing("demand", d))
        crowded: dict[tuple[int, int, tuple[int, ...]], list[int]] = {}
        for (unit, tick), within in sorted(there.items()):
            seats = 0 if tick in problem.units[unit].closed else problem.units[unit].seats
            if sum(problem.demands[d].size for d in within) > seats:
                crowded.setdefault((unit, seats, tuple(within)), []).append(tick)
        for (unit, seats, together), ticks in crowded.items():
            people = sum(problem.demands[d].size for d in together)
            said = sentence(
                "{unit} has {seats} seats at {tick}, not {people}: {events}.",
                unit=Thing("unit", unit),
                seats=seats,
                tick=Thing("tick", ticks[0]),
                people=people,
                events=tuple(Thing("event", problem.demands[d].event) for d in together),
            )
            yield Deviation((people - seats) * len(ticks), said, Thing("unit", unit))

    def _not_without(self, problem: Problem) -> Iterator[int]:
        """Yield the demands that count where they have no unit."""
        return (d for d in self.demands if not (self.required and problem.demands[d].optional))


@dataclass(frozen=True, kw_only=True)
class OwnRoom(_ByName, Rule):
    """These exams are alone in their room (ITC-2007 track 1 RoomExclusive).

    The deviation of a demand is the number of others in its unit, summed over its ticks. Where it is required, the local
    search counts otherwise as soon as several of these demands are in one unit, but never nothing where there is one.
    """

    demands: Demands

    shared: ClassVar[bool] = True

    def say(self) -> Sentence:
        return sentence("These exams are alone in their room.")

    def seen(self, problem: Problem) -> tuple[int, ...]:
        return tuple(range(len(problem.demands))) if self.demands else ()

    def tables(self, problem: Problem) -> Iterator[tuple[Thing, Row]]:
        alone = frozenset(self.demands)
        capacity: dict[int, tuple[int, ...]] = {}
        for unit, demands in _by_unit(problem, self.seen(problem)).items():
            own = [d for d in demands if d in alone]
            for meant in [own] if self.required else [[d] for d in own]:
                others = len(demands) - len(meant)
                if meant and len(demands) > 1:
                    most = max(1, others)
                    amounts = tuple(most if d in meant else 1 for d in demands)
                    row_capacity = capacity.setdefault(most, (most,) * len(problem.axis))
                    members = tuple(_placed(problem, d, unit) for d in demands)
                    yield Thing("unit", unit), Cells(members, amounts, row_capacity)

    def encode(self, m: Model) -> Iterator[tuple[Thing, Linear]]:
        there: dict[tuple[int, int], dict[int, Literal]] = defaultdict(dict)
        for d in range(len(m.problem.demands)):
            for place, literal in m.held_in(d).items():
                there[place][d] = literal
        for (unit, _), literals in there.items():
            for d in self.demands:
                others = [literal for other, literal in literals.items() if other != d]
                if d in literals and others:
                    beside = Linear(-len(others)).plus(literals[d], len(others)).plus_all(others)
                    yield Thing("unit", unit), beside

    def check(
        self,
        problem: Problem,
        assignment: Assignment,
        touching: Container[int] = ALL,  # noqa: ARG002 - who is alone depends on all others
    ) -> Iterator[Deviation]:
        there: dict[tuple[int, int], list[int]] = defaultdict(list)
        for d, demand in enumerate(problem.demands):
            if claimed(problem, assignment, d) and assignment.unit[d] >= 0:
                for tick in ticks_of(problem, assignment, demand.event):
                    there[assignment.unit[d], tick].append(d)
        for d in self.demands:
            event, unit = problem.demands[d].event, assignment.unit[d]
            if unit < 0 or not claimed(problem, assignment, d):
                continue
            ticks = ticks_of(problem, assignment, event)
            found = sum(len(there[unit, tick]) - 1 for tick in ticks)
            if found:
                others = dict.fromkeys(other for tick in ticks for other in there[unit, tick] if other != d)
                said = sentence(
                    "{event} is not alone in {unit}: {others}.",
                    event=Thing("event", event),
                    unit=Thing("unit", unit),
                    others=tuple(Thing("event", problem.demands[other].event) for other in others),
                )
                yield Deviation(found, said, Thing("unit", unit))


@dataclass(frozen=True, kw_only=True)
class KeepDurationsAlike(_ByName, Rule):
    """Exams that begin in one room at one time are of one length (ITC-2007 track 1 NonMixedDurations).

    The deviation of a unit is the number of different lengths less 1, summed over the ticks at which exams begin in it.

    Attributes
    ----------
    lengths : tuple of int
        Of each demand.
    """

    demands: Demands
    lengths: Lengths

    shared: ClassVar[bool] = True

    def say(self) -> Sentence:
        return sentence("Exams that begin in one room at one time are of one length.")

    def tables(self, problem: Problem) -> Iterator[tuple[Thing, Row]]:
        length = dict(zip(self.demands, self.lengths, strict=True))
        number = {each: kind for kind, each in enumerate(sorted(set(self.lengths)))}
        for unit, demands in _by_unit(problem, self.demands).items():
            kinds = tuple(number[length[d]] for d in demands)
            if len(set(kinds)) > 1:
                yield Thing("unit", unit), Kinds(tuple(_placed(problem, d, unit) for d in demands), kinds)

    def encode(self, m: Model) -> Iterator[tuple[Thing, Linear]]:
        begin: dict[tuple[int, int], dict[int, list[Linear]]] = defaultdict(lambda: defaultdict(list))
        for d, length in zip(self.demands, self.lengths, strict=True):
            for place, there in m.held_in(d, start=True).items():
                begin[place][length].append(Linear().plus(there))
        for (unit, _), lengths in begin.items():
            if len(lengths) > 1:
                further = Linear(-1).plus_all(m.any_of(there, least=False) for there in lengths.values())
                yield Thing("unit", unit), further

    def check(
        self,
        problem: Problem,
        assignment: Assignment,
        touching: Container[int] = ALL,  # noqa: ARG002 - what is mixed depends on all who are there
    ) -> Iterator[Deviation]:
        found: dict[tuple[int, int], set[int]] = defaultdict(set)
        for d, length in zip(self.demands, self.lengths, strict=True):
            ticks = ticks_of(problem, assignment, problem.demands[d].event)
            if ticks and assignment.unit[d] >= 0 and claimed(problem, assignment, d):
                found[assignment.unit[d], ticks[0]].add(length)
        for (unit, tick), lengths in sorted(found.items()):
            if len(lengths) > 1:
                said = sentence(
                    "Exams of different lengths begin in {unit} at {tick}: {lengths}.",
                    unit=Thing("unit", unit),
                    tick=Thing("tick", tick),
                    lengths=tuple(sorted(lengths)),
                )
                yield Deviation(len(lengths) - 1, said, Thing("unit", unit))


@dataclass(frozen=True, kw_only=True)
class PriceRooms(_ByName, Rule):
    """Each exam pays the price of its room (ITC-2007 track 1 RoomPenalty).

    The deviation of a demand is the price of its unit, 0 where none is told.
    """

    demands: Demands
    prices: PricesOfUnits

    def say(self) -> Sentence:
        return sentence("Each exam pays the price of its room.")

    def tables(self, problem: Problem) -> Iterator[tuple[Thing, Row]]:
        price = dict(self.prices)
        known: dict[tuple[int, int], tuple[int, ...]] = {}
        for d in self.demands:
            demand = problem.demands[d]
            options = problem.events[demand.event].options
            for unit in demand.units:
                if price.get(unit, 0):
                    key = (id(options), price[unit])
                    costs = known.setdefault(key, tuple(price[unit] if option.ticks else 0 for option in options))
                    yield Thing("demand", d), Options(demand.event, costs, (~d, unit))

    def encode(self, m: Model) -> Iterator[tuple[Thing, Linear]]:
        price = dict(self.prices)
        for d in self.demands:
            runs = Linear()
            for literal, option in m.open_options(m.problem.demands[d].event):
                if option.ticks:
                    runs.plus(literal)
            for unit, placed in m.units(d):
                if price.get(unit, 0):
                    both = Linear(-1).plus(placed).add(runs)
                    yield Thing("demand", d), Linear().add(both, price[unit])

    def check(self, problem: Problem, assignment: Assignment, touching: Container[int] = ALL) -> Iterator[Deviation]:
        price = dict(self.prices)
        for d in self.demands:
            event, unit = problem.demands[d].event, assignment.unit[d]
            if event not in touching or not price.get(unit, 0) or not claimed(problem, assignment, d):
                continue
            if ticks_of(problem, assignment, event):
                said = sentence(
                    "{event} is in {unit}, which counts {price}.",
                    event=Thing("event", event),
                    unit=Thing("unit", unit),
                    price=price[unit],
                )
                yield Deviation(price[unit], said, Thing("demand", d))


def _by_unit(problem: Problem, demands: Demands) -> dict[int, list[int]]:
    """Return for each unit, ascending, the demands that it serves."""
    found: dict[int, list[int]] = defaultdict(list)
    for d in demands:
        for unit in problem.demands[d].units:
            found[unit].append(d)
    return dict(sorted(found.items()))


def _placed(problem: Problem, demand: int, unit: int) -> Member:
    return Member(problem.demands[demand].event, (~demand, unit))


def _seats(problem: Problem, unit: int, tick: int) -> int:
    return 0 if tick in problem.units[unit].closed else problem.units[unit].seats
