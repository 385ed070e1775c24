"""Which room or workstation: wishes, and keeping the same one."""

from __future__ import annotations

from collections.abc import Container, Iterator
from dataclasses import dataclass
from functools import partial
from itertools import combinations
from typing import TYPE_CHECKING, ClassVar

from solver.linear import FALSE, Linear
from solver.placements import busy_periods, claimed, concerns, condition
from solver.problem import Assignment, Member, Problem
from solver.rules.pools import housed
from solver.rules.rule import ALL, Demands, Deviation, Events, Resources, Rule, Units
from solver.sentence import Sentence, Thing, sentence
from solver.tables import Between, Row

if TYPE_CHECKING:
    from solver.model import Model


def encode_distinct_units(m: Model, demands: list[int]) -> Linear:
    """Return the number of distinct units given to the demands, less 1."""
    uses: dict[int, list[int]] = {}
    for d in demands:
        for unit, literal in m.units(d):
            if literal != FALSE:
                uses.setdefault(unit, []).append(literal)
    distinct = Linear(-1)
    for literals in uses.values():
        distinct.plus(m.any_of([Linear().plus(literal) for literal in literals], least=False))
    return distinct


@dataclass(frozen=True, kw_only=True)
class KeepRoom(Rule):
    """The events of a course meet in one room (ITC-2007 track 3 RoomStability, FET max different rooms).

    The deviation is the number of distinct rooms less `most`; events without a room are left to FitPools. Before rooms are
    named it is seen only that consecutive events with no room in common cannot share one.

    Attributes
    ----------
    consecutive : bool
        Only events that follow one another at once, by the first event's grid, are to share a room (FET same room if
        consecutive): the deviation is the number of pairs that follow so and have other rooms, and `most` means nothing.
    """

    events: Events
    most: int = 1
    consecutive: bool = False

    about_units: ClassVar[bool] = True

    def say(self) -> Sentence:
        if self.consecutive:
            return sentence("Those of these events that follow one another at once meet in one room.")
        if self.most != 1:
            return sentence(
                "The events of a course meet in at most {n} room.",
                plural="The events of a course meet in at most {n} rooms.",
                n=self.most,
            )
        return sentence("The events of a course meet in one room.")

    def has_tables(self, problem: Problem) -> bool:  # noqa: ARG002
        return self.consecutive

    def tables(self, problem: Problem) -> Iterator[tuple[Thing, Row]]:
        demands = {event: self._own(problem, event) for event in self.events}
        rooms = {event: {u for d in own for u in problem.demands[d].units} for event, own in demands.items()}
        sure = [event for event in self.events if not housed(problem).isdisjoint(demands[event])]
        apart = ((Member(a), Member(b)) for a, b in combinations(sure, 2) if rooms[a].isdisjoint(rooms[b]))
        for row in self._following(problem).rows(apart):
            yield Thing("event", row.members[0].event), row

    def _following(self, problem: Problem) -> Between[tuple[int, ...]]:
        grid = problem.events[self.events[0]].grid if self.events else 0
        cells = partial(problem.cells_of_options, grid=grid)
        return Between(problem, cells, partial(_follow, problem.grids[grid].periods), ("follow", grid))

    @staticmethod
    def _own(problem: Problem, event: int) -> list[int]:
        return [d for d in problem.demands_of_event[event] if problem.demands[d].attendance is None]

    def demands(self, problem: Problem) -> list[int]:
        """Return the events' own demands."""
        return [d for e in self.events for d in self._own(problem, e)]

    def encode(self, m: Model) -> Iterator[tuple[Thing, Linear]]:
        if self.consecutive:
            yield from self._encode_consecutive(m)
        else:
            distinct = encode_distinct_units(m, self.demands(m.problem))
            distinct.const += 1 - self.most
            yield Thing("event", min(self.events, default=0)), distinct

    def _encode_consecutive(self, m: Model) -> Iterator[tuple[Thing, Linear]]:
        rooms = {event: _Rooms(m, event) for event in self.events}
        following = self._following(m.problem)
        for a, b in combinations(self.events, 2):
            follow = following.any_of(m, a, b)
            if m.bounds(follow)[1] > 0:
                changes = [
                    Linear(-2).add(there).add(other.any).add(other.surely.get(unit, Linear()), -1).add(follow)
                    for one, other in ((rooms[a], rooms[b]), (rooms[b], rooms[a]))
                    for unit, there in one.maybe.items()
                ]
                yield Thing("event", a), m.largest([Linear(), *(each for each in changes if m.bounds(each)[1] > 0)])

    def check(self, problem: Problem, assignment: Assignment, touching: Container[int] = ALL) -> Iterator[Deviation]:
        if self.consecutive:
            yield from self._check_consecutive(problem, assignment, touching)
            return
        if not any(event in touching for event in self.events):
            return
        rooms = sorted({assignment.unit[d] for d in self.demands(problem)} - {-1})
        if len(rooms) > self.most:
            yield Deviation(
                len(rooms) - self.most,
                sentence(
                    "{event} and the course's other events meet in different rooms: {rooms}.",
                    event=Thing("event", min(self.events)),
                    rooms=tuple(Thing("unit", room) for room in rooms),
                ),
                Thing("event", min(self.events)),
            )

    def _check_consecutive(
        self, problem: Problem, assignment: Assignment, touching: Container[int]
    ) -> Iterator[Deviation]:
        grid = problem.events[self.events[0]].grid if self.events else 0
        for a, b in combinations(self.events, 2):
            if a not in touching and b not in touching:
                continue
            rooms = [{assignment.unit[d] for d in self._own(problem, e)} - {-1} for e in (a, b)]
            if not rooms[0] or not rooms[1] or rooms[0] == rooms[1]:
                continue
            ours, theirs = (busy_periods(problem, assignment, [event], grid) for event in (a, b))
            days = [
                day
                for day in ours
                if day in theirs and 1 in (theirs[day][0] - ours[day][-1], ours[day][0] - theirs[day][-1])
            ]
            if days:
                yield Deviation(
                    1,
                    sentence(
                        "{a} and {b} follow one another on {day} and meet in different rooms: {rooms}.",
                        a=Thing("event", a),
                        b=Thing("event", b),
                        day=Thing("day", days[0]),
                        rooms=tuple(Thing("unit", room) for room in sorted(rooms[0] | rooms[1])),
                    ),
                    Thing("event", a),
                )


class _Rooms:
    """What rooms an event has in a named model.

    Attributes
    ----------
    maybe, surely : dict of int to Linear
        For each unit whether the event has it: never too low, and never too high.
    any : Linear
        Whether it has any: never too low.
    """

    def __init__(self, m: Model, event: int) -> None:
        own = [d for d in m.problem.demands_of_event[event] if m.problem.demands[d].attendance is None]
        placed: dict[int, list[Linear]] = {}
        for d in own:
            for unit, literal in m.units(d):
                placed.setdefault(unit, []).append(Linear().plus(literal))
        if len(own) == 1:
            self.maybe = self.surely = {unit: found[0] for unit, found in placed.items()}
            self.any = Linear().plus_all(literal for _, literal in m.units(own[0]))
        else:
            self.maybe = {unit: Linear().plus(m.any_of(found, least=False)) for unit, found in placed.items()}
            self.surely = {unit: Linear().plus(m.any_of(found, least=True)) for unit, found in placed.items()}
            self.any = Linear().plus(m.any_of([each for found in placed.values() for each in found], least=False))


def _follow(periods: int, one: tuple[int, ...], other: tuple[int, ...]) -> int:
    """Return 1 if on some day the cells of one event follow those of the other at once."""
    for day in {cell // periods for cell in one} & {cell // periods for cell in other}:
        first, second = ([cell for cell in cells if cell // periods == day] for cells in (one, other))
        if 1 in (second[0] - first[-1], first[0] - second[-1]):
            return 1
    return 0


@dataclass(frozen=True, kw_only=True)
class PreferRooms(Rule):
    """Whoever needs a room or a workstation gets one of those preferred (XHSTT PreferResourcesConstraint).

    The deviation is the number of demands that get another unit; those that get none are left to FitPools unless to go
    `without` one counts too.
    """

    demands: Demands
    units: Units
    without: bool = False

    about_units: ClassVar[bool] = True

    def say(self) -> Sentence:
        return sentence("Whoever needs a room or a workstation gets one of those preferred.")

    def encode(self, m: Model) -> Iterator[tuple[Thing, Linear]]:
        for d in self.demands:
            if self.without:
                other = Linear().plus(m.given(condition(m.problem, d)))
                other.plus_all((literal for unit, literal in m.units(d) if unit in self.units), -1)
            else:
                other = Linear().plus_all(literal for unit, literal in m.units(d) if unit not in self.units)
            yield Thing("demand", d), other

    def check(self, problem: Problem, assignment: Assignment, touching: Container[int] = ALL) -> Iterator[Deviation]:
        for d in self.demands:
            event, unit = problem.demands[d].event, assignment.unit[d]
            if event not in touching or unit in self.units or not claimed(problem, assignment, d):
                continue
            if unit < 0 and self.without:
                where = Thing("demand", d)
                yield Deviation(1, sentence("{event} has none of its rooms.", event=Thing("event", event)), where)
            elif unit >= 0:
                yield Deviation(
                    1,
                    sentence(
                        "{event} is given {unit}, which is not among those preferred.",
                        event=Thing("event", event),
                        unit=Thing("unit", unit),
                    ),
                    Thing("demand", d),
                )


@dataclass(frozen=True, kw_only=True)
class KeepWorkstation(Rule):
    """A person keeps one workstation (after ITC-2007 track 3 RoomStability).

    The deviation of a person is the number of distinct units that their demands get, less 1.
    """

    resources: Resources

    about_units: ClassVar[bool] = True

    def say(self) -> Sentence:
        return sentence("A person keeps one workstation.")

    def _demands(self, problem: Problem, resource: int) -> list[int]:
        own = set(problem.attendances_of_resource[resource])
        return [d for d, demand in enumerate(problem.demands) if demand.attendance in own]

    def encode(self, m: Model) -> Iterator[tuple[Thing, Linear]]:
        for r in self.resources:
            yield Thing("resource", r), encode_distinct_units(m, self._demands(m.problem, r))

    def check(self, problem: Problem, assignment: Assignment, touching: Container[int] = ALL) -> Iterator[Deviation]:
        for r in self.resources:
            if not concerns(problem, r, touching):
                continue
            held = [d for d in self._demands(problem, r) if claimed(problem, assignment, d)]
            units = sorted({assignment.unit[d] for d in held} - {-1})
            if len(units) > 1:
                yield Deviation(
                    len(units) - 1,
                    sentence(
                        "{resource} sits at {n} workstation: {units}.",
                        plural="{resource} sits at {n} workstations: {units}.",
                        n=len(units),
                        resource=Thing("resource", r),
                        units=tuple(Thing("unit", unit) for unit in units),
                    ),
                    Thing("resource", r),
                )
