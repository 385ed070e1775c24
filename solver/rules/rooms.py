"""Which room or workstation: wishes, and keeping the same one."""

from __future__ import annotations

from collections.abc import Container, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from solver.linear import FALSE, Linear
from solver.placements import claimed, concerns
from solver.problem import Assignment, Problem
from solver.rules.rule import ALL, Demands, Deviation, Events, Resources, Rule, Units
from solver.sentence import Sentence, Thing, sentence

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
    """The events of a course meet in one room (ITC-2007 track 3 RoomStability).

    The deviation is the number of distinct rooms less 1; events without a room are left to FitPools.
    """

    events: Events

    about_units: ClassVar[bool] = True

    def say(self) -> Sentence:
        return sentence("The events of a course meet in one room.")

    def _demands(self, problem: Problem) -> list[int]:
        return [d for e in self.events for d in problem.demands_of_event[e] if problem.demands[d].attendance is None]

    def encode(self, m: Model) -> Iterator[tuple[Thing, Linear]]:
        yield Thing("event", min(self.events, default=0)), encode_distinct_units(m, self._demands(m.problem))

    def check(self, problem: Problem, assignment: Assignment, touching: Container[int] = ALL) -> Iterator[Deviation]:
        if not any(event in touching for event in self.events):
            return
        rooms = sorted({assignment.unit[d] for d in self._demands(problem)} - {-1})
        if len(rooms) > 1:
            yield Deviation(
                len(rooms) - 1,
                sentence(
                    "{event} and the course's other events meet in different rooms: {rooms}.",
                    event=Thing("event", min(self.events)),
                    rooms=tuple(Thing("unit", room) for room in rooms),
                ),
                Thing("event", min(self.events)),
            )


@dataclass(frozen=True, kw_only=True)
class PreferRooms(Rule):
    """Whoever needs a room or a workstation gets one of those preferred (XHSTT PreferResourcesConstraint).

    The deviation is the number of demands that get another unit; those that get none are left to FitPools.
    """

    demands: Demands
    units: Units

    about_units: ClassVar[bool] = True

    def say(self) -> Sentence:
        return sentence("Whoever needs a room or a workstation gets one of those preferred.")

    def encode(self, m: Model) -> Iterator[tuple[Thing, Linear]]:
        for d in self.demands:
            other = Linear().plus_all(literal for unit, literal in m.units(d) if unit not in self.units)
            yield Thing("demand", d), other

    def check(self, problem: Problem, assignment: Assignment, touching: Container[int] = ALL) -> Iterator[Deviation]:
        for d in self.demands:
            event, unit = problem.demands[d].event, assignment.unit[d]
            if event in touching and unit >= 0 and unit not in self.units and claimed(problem, assignment, d):
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
