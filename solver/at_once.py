"""A necessary condition of what is held at once: there are people and rooms enough, each for one seat or exam (Hall 1935)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import accumulate
from typing import Literal

from solver.bundles import Bundle, bundles
from solver.placements import condition
from solver.problem import Given, Member, Problem
from solver.rules.clashes import AvoidClashes
from solver.rules.seats import OwnRoom, ShareRooms
from solver.sentence import Sentence, Thing, sentence
from solver.tables import Cells, Options, Tables

SHOWN = 6
"""Events, rooms and ticks that a sentence lists at most."""

Seat = dict[Given, int]
"""Who may take a seat at an event: by the choice's alternatives the resources."""

Scene = Mapping[int, Collection[int]]
"""What is held at a tick: the events, each with the options that it may have."""


@dataclass(frozen=True)
class Shortage:
    """So much is needed at once by some events, and less is there.

    Attributes
    ----------
    what : str
        People for seats of commissions, rooms, seats in rooms, or so many times what a row of cells is about.
    alone : int
        How many of the rooms are needed for one exam or student alone.
    units : tuple of int
        The rooms that serve.
    where : Thing or None
        What the row is about.
    """

    what: Literal["people", "rooms", "seats", "times"]
    events: tuple[int, ...]
    needed: int
    alone: int = 0
    units: tuple[int, ...] = ()
    where: Thing | None = None


def short_at_once(
    tables: Tables,
    closed: Sequence[Collection[int]],
    certain: Callable[[Member], bool],
    told: Collection[Thing],
) -> Iterator[Sentence]:
    """Find events that need more at once, at each of their times, than there is then.

    At once are those that begin together, and those that are held at a tick whatever their options.

    Parameters
    ----------
    tables : Tables
    closed : sequence of collection of int
        For each event the options at which it cannot be held.
    certain : callable
        Whether somebody or something belongs to an event whatever is chosen and given.
    told : collection of Thing
        Who is told to be short already: commissions that need one of them are not looked at.
    """
    problem = tables.problem
    found = [bundle for bundle in bundles(problem, closed) if bundle.times]
    always = _always(problem, found)
    people, rooms = _People(tables, told), _Rooms(problem)
    together = {event for bundle in found if len(bundle.events) > 1 for event in bundle.events}
    rows = _Rows(tables, certain, together)
    for bundle in found:
        own = frozenset(bundle.events)
        missing: dict[Shortage, dict[int, int]] = defaultdict(dict)
        for time in bundle.times:
            for tick, held in bundle.ticks(problem, time).items():
                scene: dict[int, Collection[int]] = {
                    **always.get(tick, {}),
                    **{event: (time[event],) for event in held},
                }
                short = rows.short(scene, tick) or people.short(scene) or rooms.short(scene, tick)
                if short is not None and not own.isdisjoint(short[0].events):
                    missing[short[0]][tick] = short[1]
                    break
            else:
                break
        else:
            yield from (_told(shortage, ticks) for shortage, ticks in missing.items())


def _always(problem: Problem, found: Iterable[Bundle]) -> dict[int, dict[int, Collection[int]]]:
    """Return for each tick the events that are held then whatever their options, with these."""
    always: dict[int, dict[int, Collection[int]]] = defaultdict(dict)
    for bundle in found:
        for event in bundle.events:
            options = tuple(time[event] for time in bundle.times)
            ticks = (frozenset(problem.events[event].options[option].ticks) for option in options)
            for tick in frozenset.intersection(*ticks):
                always[tick][event] = options
    return always


class _People:
    """The seats of commissions that nobody may leave vacant, and who of their people can come."""

    def __init__(self, tables: Tables, told: Collection[Thing]) -> None:
        problem = self.problem = tables.problem
        self.told = {thing.index for thing in told if thing.kind == "resource"}
        self.alone = {
            r for rule in problem.rules if isinstance(rule, AvoidClashes) and rule.required for r in rule.resources
        }
        self.away: dict[tuple[int, Given], set[int]] = defaultdict(set)
        for entry in tables.entries:
            row = entry.row
            if (
                isinstance(row, Options)
                and row.given is not None
                and row.given[0] >= 0
                and tables.weight(entry) is None
            ):
                self.away[row.event, row.given].update(option for option, cost in enumerate(row.costs) if cost)
        self._seats: dict[int, list[Seat]] = {}

    def short(self, scene: Scene) -> tuple[Shortage, int] | None:
        """Return how many people are needed at once, and how many of those who may can come, if these are too few."""
        events = tuple(sorted(event for event in scene if self.seats(event)))
        seats = [(event, seat) for event in events for seat in self.seats(event)]
        if len(seats) < 2 or any(not self.told.isdisjoint(seat.values()) for _, seat in seats):
            return None
        people = [
            [r for given, r in seat.items() if not self.away.get((event, given), set()).issuperset(scene[event])]
            for event, seat in seats
        ]
        filled = _filled(people)
        return None if filled == len(people) else (Shortage("people", events, len(people)), filled)

    def seats(self, event: int) -> list[Seat]:
        """Return the seats of an event that nobody may leave vacant and whose people are at one place at a time."""
        if event not in self._seats:
            by_choice: dict[int, Seat] = defaultdict(dict)
            for row in (self.problem.attendances[a] for a in self.problem.attendances_of_event[event]):
                if row.given is not None and row.resource in self.alone:
                    by_choice[row.given[0]][row.given] = row.resource
            alternatives = {choice: self.problem.choices[choice].alternatives for choice in by_choice}
            self._seats[event] = [seat for choice, seat in by_choice.items() if len(seat) == alternatives[choice]]
        return self._seats[event]


def _filled(seats: Sequence[Sequence[int]]) -> int:
    """Tell how many of some seats can be filled, nobody in two."""
    holder: dict[int, int] = {}

    def fill(number: int, tried: set[int]) -> bool:
        for person in seats[number]:
            if person not in tried:
                tried.add(person)
                if person not in holder or fill(holder[person], tried):
                    holder[person] = number
                    return True
        return False

    return sum(fill(number, set()) for number in range(len(seats)))


class _Rooms:
    """The demands of rooms that exams share as far as the seats reach, unless one is to be alone in its room."""

    def __init__(self, problem: Problem) -> None:
        self.problem = problem
        self.alone = {d for rule in problem.rules if isinstance(rule, OwnRoom) and rule.required for d in rule.demands}
        shared = {d for rule in problem.rules if isinstance(rule, ShareRooms) and rule.required for d in rule.demands}
        self._of_event: dict[int, list[int]] = defaultdict(list)
        for d in sorted(shared):
            demand = problem.demands[d]
            if demand.units and demand.size and not demand.optional and condition(problem, d) is None:
                self._of_event[demand.event].append(d)

    def short(self, scene: Scene, tick: int) -> tuple[Shortage, int] | None:
        """Return how many rooms, or seats, are needed at once of some, and how many there are, if these are too few.

        Whoever is alone has a room; the others have as many as they fill, were they to sit in the largest.
        """
        units, demands = self.problem.units, self.problem.demands
        needs = [d for event in scene for d in self._of_event.get(event, ())]
        served = {frozenset(demands[d].units) for d in needs}
        for union in sorted({*served, frozenset[int]().union(*served)}, key=lambda union: (len(union), sorted(union))):
            within = [d for d in needs if union.issuperset(demands[d].units)]
            events = tuple(sorted({demands[d].event for d in within}))
            usable = sorted((units[u].seats for u in union if tick not in units[u].closed), reverse=True)
            people = sum(demands[d].size for d in within if d not in self.alone)
            alone, rooms = sum(d in self.alone for d in within), tuple(sorted(union))
            if people > sum(usable):
                return Shortage("seats", events, people, units=rooms), sum(usable)
            shared = 1 + sum(seats < people for seats in accumulate(usable)) if alone < len(within) else 0
            if alone + shared > len(usable):
                return Shortage("rooms", events, alone + shared, alone, rooms), len(usable)
        return None


class _Rows:
    """The required rows of cells, such as that nobody is in two places, and how much some events are sure to take of each."""

    def __init__(self, tables: Tables, certain: Callable[[Member], bool], events: Collection[int]) -> None:
        self.entries = tables.entries
        self._of_event: dict[int, list[tuple[int, int]]] = defaultdict(list)
        for index, entry in enumerate(tables.entries):
            row = entry.row
            if not events or not isinstance(row, Cells) or tables.weight(entry) is not None:
                continue
            if not tables.problem.rules[entry.rule].shared:
                for member, amount in zip(row.members, row.amounts, strict=True):
                    if member.event in events and certain(member):
                        self._of_event[member.event].append((index, amount))

    def short(self, scene: Scene, tick: int) -> tuple[Shortage, int] | None:
        """Return of which row more is needed at once than there is, how much, and how much there is."""
        taken: dict[int, dict[int, int]] = defaultdict(lambda: defaultdict(int))
        for event in scene:
            for index, amount in self._of_event.get(event, ()):
                taken[index][event] += amount
        for index, by_event in taken.items():
            row, needed = self.entries[index].row, sum(by_event.values())
            assert isinstance(row, Cells)
            if len(by_event) > 1 and needed > row.capacity[tick]:
                where = self.entries[index].where
                return Shortage("times", tuple(sorted(by_event)), needed, where=where), row.capacity[tick]
        return None


def _told(short: Shortage, there: Mapping[int, int]) -> Sentence:
    """Tell a shortage: at which ticks, and how much there is at most at one of them."""
    events, at, most = _listed("event", short.events), _listed("tick", sorted(there)), max(there.values())
    if short.what == "people":
        return sentence(
            "{events}: {n} people are needed at once; of those who may, no more than {most} can come at {ticks}.",
            events=events,
            n=short.needed,
            most=most,
            ticks=at,
        )
    if short.what == "times":
        return sentence(
            "{need} times {who} is needed by {events}, at {ticks}; there is room for {room}.",
            need=short.needed,
            who=short.where,
            events=events,
            ticks=at,
            room=most,
        )
    rooms = _listed("unit", short.units)
    if short.what == "seats":
        return sentence(
            "{events}: {n} seat is needed at once; to be had at {ticks}: {most} ({rooms}).",
            plural="{events}: {n} seats are needed at once; to be had at {ticks}: {most} ({rooms}).",
            events=events,
            n=short.needed,
            ticks=at,
            most=most,
            rooms=rooms,
        )
    if not short.alone:
        return sentence(
            "{events}: {n} room is needed at once; to be had at {ticks}: {most} ({rooms}).",
            plural="{events}: {n} rooms are needed at once; to be had at {ticks}: {most} ({rooms}).",
            events=events,
            n=short.needed,
            ticks=at,
            most=most,
            rooms=rooms,
        )
    return sentence(
        "{events}: {n} room is needed at once, {alone} of them for one exam or student alone; to be had at {ticks}: {most} "
        "({rooms}).",
        plural=(
            "{events}: {n} rooms are needed at once, {alone} of them for one exam or student alone; to be had at {ticks}: "
            "{most} ({rooms})."
        ),
        events=events,
        n=short.needed,
        alone=short.alone,
        ticks=at,
        most=most,
        rooms=rooms,
    )


def _listed(kind: str, indices: Sequence[int]) -> tuple[object, ...]:
    shown: tuple[object, ...] = tuple(Thing(kind, index) for index in indices[:SHOWN])
    return shown if len(indices) <= SHOWN else (*shown, "…")
