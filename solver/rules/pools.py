"""Rooms and workstations are enough, and everyone who needs one gets one that serves."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Container, Iterable, Iterator
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, ClassVar

from solver.linear import Linear
from solver.placements import claimed, condition
from solver.problem import Assignment, Given, Member, Option, Problem, ticks_of
from solver.rules.rule import ALL, Claims, Demands, Deviation, Rule
from solver.sentence import Sentence, Thing, sentence
from solver.tables import Cells, Row

if TYPE_CHECKING:
    from solver.model import Model

UNIONS = 4096
"""Unions of serving sets that are looked at in one pool."""

COUNTED = 64
"""Unions of one pool that are counted beside the serving sets themselves: on all the others naming has the last word.

Measured on a school of 18 overlapping sets of rooms: with 4,096 unions the local search made 5,000 moves a second.
"""


@dataclass(frozen=True, kw_only=True)
class FitPools(Rule):
    """Everyone who needs a room or a workstation gets one that serves, and nobody else has it then (ITC-2007 Rooms).

    The deviation of a demand that is not served is its claim (1 unless told): the larger the claim, the earlier served.
    It is not served where it has no unit, or one that does not serve it, is closed during the event, or is held then by
    a demand listed before it. What is not held needs nothing, and an optional demand may go without.

    In the counted model pools keep Hall's condition: at each tick, for every union of serving sets, what needs one of
    them stays within the units there are. A unit counts at a tick where something can be held that it is open for from
    beginning to end: an exam of an hour finds no place in the half hours between the lessons of two rooms.
    """

    demands: Demands
    claims: Claims = ()

    about_units: ClassVar[bool] = True
    counted: ClassVar[bool] = True

    def say(self) -> Sentence:
        return sentence("Everyone who needs a room or a workstation gets one that serves.")

    def has_tables(self, problem: Problem) -> bool:  # noqa: ARG002
        return self.required

    def tables(self, problem: Problem) -> Iterator[tuple[Thing, Row]]:
        for where, members, amounts, capacity in self._unions(problem):
            yield where, Cells(members, amounts, capacity)

    def _claim(self, position: int) -> int:
        return self.claims[position] if self.claims else 1

    def _unions(self, problem: Problem) -> Iterator[tuple[Thing, tuple[Member, ...], tuple[int, ...], tuple[int, ...]]]:
        """Yield Hall's conditions: what needs a unit of the union, and how many are open at each tick.

        Each is told of the pool of the demand that most units of the union serve; of "pools" where others serve beside these.
        """
        needed = tuple(d for d in self.demands if not problem.demands[d].optional)
        for serving in pools(problem, needed):
            for union in self._tightest(problem, closed_unions(serving)):
                needs: dict[tuple[int, Given | None], int] = defaultdict(int)
                within = [d for d in needed if union.issuperset(problem.demands[d].units)]
                for d in within:
                    needs[problem.demands[d].event, condition(problem, d)] += 1
                capacity = capacity_of(problem, union, within)
                if sum(needs.values()) > min(capacity):
                    members = tuple(Member(event, given) for event, given in needs)
                    easiest = max(within, key=lambda d: len(problem.demands[d].units))
                    whole = union.issubset(problem.demands[easiest].units)
                    yield Thing("pool" if whole else "pools", easiest), members, tuple(needs.values()), capacity

    def _tightest(self, problem: Problem, unions: list[frozenset[int]]) -> list[frozenset[int]]:
        """Return the unions of which most of the time there is has to be taken, where there are too many to count them all."""
        if len(unions) <= COUNTED:
            return unions
        wanted: dict[frozenset[int], int] = defaultdict(int)
        for d in self.demands:
            if not problem.demands[d].optional:
                lengths = (len(option.ticks) for option in problem.events[problem.demands[d].event].options)
                wanted[frozenset(problem.demands[d].units)] += min(lengths, default=0)
        open_ticks = [len(problem.axis) - len(unit.closed) for unit in problem.units]

        def taken(union: frozenset[int]) -> float:
            need = sum(length for units, length in wanted.items() if units <= union)
            return need / max(1, sum(open_ticks[unit] for unit in union))

        kept = set(sorted(unions, key=taken, reverse=True)[:COUNTED])
        return [union for union in unions if union in kept or union in wanted]

    def encode(self, m: Model) -> Iterator[tuple[Thing, Linear]]:
        if m.named:
            for position, d in enumerate(self.demands):
                if m.problem.demands[d].optional:
                    continue
                without = Linear().plus(m.given(condition(m.problem, d))).plus_all((y for _, y in m.units(d)), -1)
                for literal, option in m.open_options(m.problem.demands[d].event):
                    if not option.ticks:
                        without.plus(literal, -1)
                yield Thing("demand", d), Linear().add(without, self._claim(position))
        elif self.required:
            yield from super().encode(m)
        else:
            yield from self._encode_without(m)

    def _encode_without(self, m: Model) -> Iterator[tuple[Thing, Linear]]:
        """Counted and weighted: so many of each kind of demand go without, the others keep Hall's condition."""
        kinds: dict[tuple[int, Given | None, tuple[int, ...], int], int] = defaultdict(int)
        needed = [d for d in self.demands if not m.problem.demands[d].optional]
        for position, d in enumerate(self.demands):
            demand = m.problem.demands[d]
            if demand.optional:
                continue
            kinds[demand.event, condition(m.problem, d), demand.units, self._claim(position)] += 1
        without = {kind: m.integer(0, number) for kind, number in kinds.items()}
        for serving in pools(m.problem, self.demands):
            for union in closed_unions(serving):
                within = [d for d in needed if union.issuperset(m.problem.demands[d].units)]
                capacity = capacity_of(m.problem, union, within)
                load: dict[int, Linear] = defaultdict(Linear)
                for kind, number in kinds.items():
                    event, given, units, _ = kind
                    if not union.issuperset(units):
                        continue
                    running: dict[int, Linear] = defaultdict(Linear)
                    for literal, option in m.open_options(event):
                        for tick in option.ticks:
                            running[tick].plus(m.both(literal, m.given(given)), number)
                    for tick, amount in running.items():
                        load[tick].add(m.positive(amount.plus(without[kind], -1)))
                for tick, amount in load.items():
                    amount.const -= capacity[tick]
                    m.require(amount)
        for (event, _, _, claim), number in without.items():
            yield Thing("event", event), Linear().plus(number, claim)

    def check(
        self,
        problem: Problem,
        assignment: Assignment,
        touching: Container[int] = ALL,  # noqa: ARG002 - whom a unit serves depends on all who are given it
    ) -> Iterator[Deviation]:
        holder: dict[tuple[int, int], int] = {}
        for position, d in enumerate(self.demands):
            unit, demand = assignment.unit[d], problem.demands[d]
            ticks = ticks_of(problem, assignment, demand.event)
            if not ticks or not claimed(problem, assignment, d):
                continue
            shared = [tick for tick in ticks if (unit, tick) in holder]
            if unit < 0 and demand.optional:
                continue
            if unit < 0:
                said = self._goes_without(problem, d)
            elif unit not in demand.units or not problem.units[unit].closed.isdisjoint(ticks):
                said = sentence(
                    "{event} is given {unit}, which does not serve it or is closed then.",
                    event=Thing("event", demand.event),
                    unit=Thing("unit", unit),
                )
            elif shared:
                said = sentence(
                    "{event} is given {unit}, which {other} has at {tick}.",
                    event=Thing("event", demand.event),
                    unit=Thing("unit", unit),
                    other=Thing("event", problem.demands[holder[unit, shared[0]]].event),
                    tick=Thing("tick", shared[0]),
                )
            else:
                holder.update(((unit, tick), d) for tick in ticks)
                continue
            yield Deviation(self._claim(position), said, Thing("demand", d))

    @staticmethod
    def _goes_without(problem: Problem, d: int) -> Sentence:
        demand = problem.demands[d]
        if demand.attendance is None:
            return sentence("{event} has no room.", event=Thing("event", demand.event))
        return sentence(
            "{resource} has no workstation at {event}.",
            resource=Thing("resource", problem.attendances[demand.attendance].resource),
            event=Thing("event", demand.event),
        )


@dataclass(frozen=True, kw_only=True)
class FitSeats(Rule):
    """Everyone who attends has a seat in the event's room (ITC-2007 track 3 RoomCapacity).

    The deviation of an event is the number of people for whom its room has no seat.

    The counted model sees those who must have a room, by a required FitPools, where every option is one tick: the events
    larger than a size, beyond the rooms larger than it, sit in smaller ones.
    """

    demands: Demands

    about_units: ClassVar[bool] = True
    counted: ClassVar[bool] = True

    def say(self) -> Sentence:
        return sentence("Everyone who attends has a seat in the event's room.")

    def tables(self, problem: Problem) -> Iterator[tuple[Thing, Row]]:
        seated = sorted(housed(problem).intersection(self.demands))
        demands = [problem.demands[d] for d in seated]
        seats = sorted({problem.units[u].seats for demand in demands for u in demand.units})
        sizes = sorted({demand.size for demand in demands})
        edges = sorted({0, *seats, *sizes})
        units = sorted({u for demand in demands for u in demand.units})
        longest = max((len(o.ticks) for demand in demands for o in problem.events[demand.event].options), default=1)
        for low, high in pairwise(edges):
            larger = [d for d in seated if problem.demands[d].size > low]
            rooms = [u for u in units if problem.units[u].seats > low]
            capacity = tuple(sum(t not in problem.units[u].closed for u in rooms) for t in range(len(problem.axis)))
            if longest == 1 and len(larger) > min(capacity):
                members = tuple(Member(problem.demands[d].event, condition(problem, d)) for d in larger)
                yield Thing("unit", units[0]), Cells(members, (1,) * len(members), capacity, high - low)

    def encode(self, m: Model) -> Iterator[tuple[Thing, Linear]]:
        if not m.named:
            yield from super().encode(m)
            return
        for d in self.demands:
            missing = Linear()
            for unit, literal in m.units(d):
                missing.plus(literal, max(0, m.problem.demands[d].size - m.problem.units[unit].seats))
            yield Thing("demand", d), missing

    def check(self, problem: Problem, assignment: Assignment, touching: Container[int] = ALL) -> Iterator[Deviation]:
        for d in self.demands:
            demand = problem.demands[d]
            unit = assignment.unit[d]
            if demand.event not in touching or unit < 0 or not claimed(problem, assignment, d):
                continue
            missing = demand.size - problem.units[unit].seats
            if missing > 0:
                yield Deviation(
                    missing,
                    sentence(
                        "{event} has {size} people, {unit} has {seats} seats.",
                        event=Thing("event", demand.event),
                        size=demand.size,
                        unit=Thing("unit", unit),
                        seats=problem.units[unit].seats,
                    ),
                    Thing("demand", d),
                )


def housed(problem: Problem) -> frozenset[int]:
    """Return the demands that cannot go without a unit: a required FitPools serves them."""
    known: dict[str, frozenset[int]] = problem.derived.setdefault("housed", {})
    if "demands" not in known:
        served = (rule.demands for rule in problem.rules if isinstance(rule, FitPools) and rule.required)
        known["demands"] = frozenset(d for demands in served for d in demands if not problem.demands[d].optional)
    return known["demands"]


def known_place(problem: Problem, attendance: int) -> int:
    """Return the site where the attendance takes place whatever units are given, or -1 where that depends on them."""
    event, place = problem.attendances[attendance].event, problem.attendances[attendance].place
    own = [d for d in problem.demands_of_event[event] if problem.demands[d].attendance is None]
    if place >= 0 or housed(problem).isdisjoint(own):
        return place
    places = {problem.units[u].place for d in own for u in problem.demands[d].units}
    return places.pop() if len(places) == 1 else -1


def pools(problem: Problem, demands: tuple[int, ...]) -> list[list[frozenset[int]]]:
    """Return the serving sets of the demands, each once, in groups that share no unit."""
    return disjoint(sorted({frozenset(problem.demands[d].units) for d in demands}, key=sorted))


def disjoint(sets: Iterable[frozenset[int]]) -> list[list[frozenset[int]]]:
    """Return sets in groups that share nothing."""
    groups: list[tuple[set[int], list[frozenset[int]]]] = []
    for serving in sets:
        united, together = set(serving), [serving]
        rest = []
        for units, found in groups:
            if units & serving:
                united |= units
                together += found
            else:
                rest.append((units, found))
        groups = [*rest, (united, together)]
    return [found for _, found in groups]


def capacity_of(problem: Problem, union: frozenset[int], demands: Iterable[int]) -> tuple[int, ...]:
    """Return how many units of the union can be of use to one of the demands at each tick at which one may be held."""
    capacity = [len(union)] * len(problem.axis)
    shut = [unit for unit in sorted(union) if problem.units[unit].closed]
    kinds: dict[tuple[int, tuple[int, ...]], tuple[Option, ...]] = {}
    for demand in (problem.demands[d] for d in demands if shut):
        options = problem.events[demand.event].options
        kinds[id(options), demand.units] = options
    reached = {tick for options in kinds.values() for option in options for tick in option.ticks}
    for unit in shut:
        closed = problem.units[unit].closed
        served = {key: options for (key, units), options in kinds.items() if unit in units}
        whole = (o.ticks for options in served.values() for o in options if closed.isdisjoint(o.ticks))
        for tick in reached.difference(*whole):
            capacity[tick] -= 1
    return tuple(capacity)


def closed_unions(sets: list[frozenset[int]]) -> list[frozenset[int]]:
    """Return the sets and the unions of those that overlap, the smallest first, at most `UNIONS` of them, and of all.

    What holds for sets that share nothing holds for their union.
    """
    unions: dict[frozenset[int], None] = dict.fromkeys(sets)
    waiting = list(unions)
    for union in waiting:
        for other in sets:
            both = union | other
            if len(unions) < UNIONS and both not in unions and not union.isdisjoint(other):
                unions[both] = None
                waiting.append(both)
    whole = frozenset().union(*sets)
    return sorted({*unions, whole}, key=lambda union: (len(union), sorted(union)))
