"""Which room or workstation: wishes, and keeping the same one."""

from __future__ import annotations

from collections.abc import Container, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from solver.linear import FALSE, Linear
from solver.problem import Assignment, Problem, holds
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

    The deviation is the number of distinct rooms less 1.
    """

    events: Events

    about_units: ClassVar[bool] = True

    def say(self) -> Sentence:
        return sentence("The events of a course meet in one room.")

    def _demands(self, problem: Problem) -> list[int]:
        return [d for e in self.events for d in problem.demands_of_event[e] if problem.demands[d].attendance is None]

    def encode(self, m: Model) -> Iterator[tuple[Thing, Linear]]:
        yield Thing("event", min(self.events, default=0)), encode_distinct_units(m, self._demands(m.problem))

    def check(
        self, problem: Problem, assignment: Assignment, touching: Container[int] = ALL
    ) -> Iterator[Deviation]:
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
