"""Workstations stand in rooms: who has both sits at one that stands in the room."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Container, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from solver.linear import Linear
from solver.placements import claimed, condition
from solver.problem import Assignment, Given, Member, Problem
from solver.rules.pools import capacity_of, closed_unions, disjoint
from solver.rules.rule import ALL, Demands, Deviation, Rule
from solver.sentence import Sentence, Thing, sentence
from solver.tables import Cells, Row

if TYPE_CHECKING:
    from solver.model import Model


@dataclass(frozen=True, kw_only=True)
class SitInRoom(Rule):
    """Whoever has a room and a workstation sits at one that stands in the room (a school's own order, places of exams).

    The deviation is the number of demands that have a unit which stands in a room, though other rooms are given to the
    demands named as theirs. Nothing counts where none of these has a room, or where it is not told where a unit stands.

    The local search sees what cannot be named, where it is required: at each tick, for every union of what stands in one
    room or in none, those whose room leaves them nothing else stay within it (Hall's condition). Of demands with several
    rooms naming sees more.
    """

    demands: Demands

    about_units: ClassVar[bool] = True
    by_name: ClassVar[bool] = True

    def say(self) -> Sentence:
        return sentence("Whoever has a room and a workstation sits at one that stands in the room.")

    def has_tables(self, problem: Problem) -> bool:
        return self.required and all(
            condition(problem, each) is None
            for d in self._with_one_room(problem)
            for each in (d, *self._rooms(problem, d))
        )

    def _with_one_room(self, problem: Problem) -> Iterator[int]:
        return (d for d in self.demands if len(self._rooms(problem, d)) == 1)

    @staticmethod
    def _rooms(problem: Problem, d: int) -> tuple[int, ...]:
        return problem.demands[d].rooms

    def tables(self, problem: Problem) -> Iterator[tuple[Thing, Row]]:
        left: dict[frozenset[int], list[tuple[int, Given]]] = defaultdict(list)
        for d in self._with_one_room(problem):
            (room,) = self._rooms(problem, d)
            for unit in problem.demands[room].units:
                if not problem.demands[d].optional:
                    left[frozenset(within(problem, d, {unit}))].append((d, (~room, unit)))
        for sets in disjoint(list(left)):
            for union in closed_unions(sets):
                inside = [each for units, found in left.items() if units <= union for each in found]
                needs = Counter((problem.demands[d].event, given) for d, given in inside)
                demands = dict.fromkeys(d for d, _ in inside)
                capacity = capacity_of(problem, union, demands)
                if sum(needs.values()) > min(capacity):
                    members = tuple(Member(event, given) for event, given in needs)
                    yield Thing("pool", next(iter(demands))), Cells(members, tuple(needs.values()), capacity)

    def encode(self, m: Model) -> Iterator[tuple[Thing, Linear]]:
        units = m.problem.units
        for d in self.demands:
            rooms = self._rooms(m.problem, d)
            given: dict[int, list[Linear]] = defaultdict(list)
            for unit, literal in (pair for room in rooms for pair in m.units(room)):
                given[unit].append(Linear().plus(literal))
            has_one = m.any_of([each for found in given.values() for each in found], least=False)
            stands: dict[int, Linear] = defaultdict(Linear)
            for unit, literal in m.units(d):
                if units[unit].room >= 0 and rooms:
                    stands[units[unit].room].plus(literal)
            for room, sits in stands.items():
                elsewhere = Linear(-1).add(sits).plus(has_one)
                for there in given.get(room, ()):
                    elsewhere.add(there, -1)
                yield Thing("demand", d), elsewhere

    def check(self, problem: Problem, assignment: Assignment, touching: Container[int] = ALL) -> Iterator[Deviation]:
        for d in self.demands:
            demand, unit = problem.demands[d], assignment.unit[d]
            rooms = [each for each in demand.rooms if claimed(problem, assignment, each) and assignment.unit[each] >= 0]
            if not any(problem.demands[each].event in touching for each in (d, *rooms)):
                continue
            if unit < 0 or not rooms or not claimed(problem, assignment, d):
                continue
            stands = problem.units[unit].room
            if stands >= 0 and stands not in {assignment.unit[each] for each in rooms}:
                said = sentence(
                    "{demand} has {unit}, which stands in {room} and not in {given}.",
                    demand=Thing("demand", d),
                    unit=Thing("unit", unit),
                    room=Thing("unit", stands),
                    given=Thing("unit", assignment.unit[rooms[0]]),
                )
                yield Deviation(1, said, Thing("demand", d))


def within(problem: Problem, demand: int, rooms: Container[int]) -> tuple[int, ...]:
    """Return the units that serve a demand and stand in one of these rooms, or in none that is told."""
    units = problem.units
    return tuple(u for u in problem.demands[demand].units if units[u].room < 0 or units[u].room in rooms)
