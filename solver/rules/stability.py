"""Keeping what stands: pins, and as few changes to an earlier timetable as can be."""

from __future__ import annotations

from collections.abc import Container, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from solver.linear import Linear
from solver.picked import taken
from solver.placements import claimed, condition
from solver.problem import Assignment, Problem
from solver.rules.rule import ALL, Deviation, OptionsOfEvents, Picks, Rule, UnitsOfDemands
from solver.sentence import Sentence, Thing, sentence
from solver.tables import Options, Row

if TYPE_CHECKING:
    from solver.model import Model


@dataclass(frozen=True, kw_only=True)
class StayPut(Rule):
    """What stands in the earlier timetable stays where it is (Mueller, Rudova, Bartak 2004, minimal perturbation).

    The deviation is the number of events held otherwise than by the option kept for them, of choices picked otherwise,
    and of demands that are claimed and get no unit or another than the one kept.
    """

    options: OptionsOfEvents = ()
    picks: Picks = ()
    units: UnitsOfDemands = ()

    about_units: ClassVar[bool] = True
    counted: ClassVar[bool] = True

    def say(self) -> Sentence:
        return sentence("What stands in the earlier timetable stays where it is.")

    def tables(self, problem: Problem) -> Iterator[tuple[Thing, Row]]:
        for event, kept in _grouped(self.options).items():
            costs = tuple(int(index not in kept) for index in range(len(problem.events[event].options)))
            if any(costs):
                yield Thing("event", event), Options(event, costs)
        for choice, kept in _grouped(self.picks).items():
            for alternative in range(problem.choices[choice].alternatives):
                if alternative not in kept:
                    yield Thing("choice", choice), taken(problem, (choice, alternative))

    def encode(self, m: Model) -> Iterator[tuple[Thing, Linear]]:
        yield from super().encode(m)
        if not m.named:
            return
        for demand, kept in _grouped(self.units).items():
            moved = Linear().plus(m.given(condition(m.problem, demand)))
            for unit, literal in m.units(demand):
                if unit in kept:
                    moved.plus(literal, -1)
            yield Thing("demand", demand), moved

    def check(self, problem: Problem, assignment: Assignment, touching: Container[int] = ALL) -> Iterator[Deviation]:
        for event, kept in _grouped(self.options).items():
            if event in touching and assignment.option[event] not in kept:
                yield Deviation(1, self._event_moved(event), Thing("event", event))
        for choice, kept in _grouped(self.picks).items():
            if assignment.pick[choice] not in kept:
                yield Deviation(1, self._choice_moved(choice), Thing("choice", choice))
        for demand, kept in _grouped(self.units).items():
            event = problem.demands[demand].event
            if event in touching and claimed(problem, assignment, demand) and assignment.unit[demand] not in kept:
                yield Deviation(1, self._unit_moved(event, kept), Thing("demand", demand))

    def _event_moved(self, event: int) -> Sentence:
        return sentence("{event} is held at another time than before.", event=Thing("event", event))

    def _choice_moved(self, choice: int) -> Sentence:
        return sentence("{choice} is made otherwise than before.", choice=Thing("choice", choice))

    def _unit_moved(self, event: int, kept: list[int]) -> Sentence:
        return sentence(
            "{event} no longer has {unit}.", event=Thing("event", event), unit=tuple(Thing("unit", u) for u in kept)
        )


@dataclass(frozen=True, kw_only=True)
class Pin(StayPut):
    """What is pinned is held as it is pinned (XHSTT PreferTimesConstraint, Timefold pinning).

    Several options may be listed for an event, several alternatives for a choice and several units for a demand: any of
    them will do. The deviation is the number of events, choices and claimed demands that take none of those listed.
    """

    def say(self) -> Sentence:
        return sentence("What is pinned is held as it is pinned.")

    def _event_moved(self, event: int) -> Sentence:
        return sentence("{event} is pinned and held at another time.", event=Thing("event", event))

    def _choice_moved(self, choice: int) -> Sentence:
        return sentence("{choice} is pinned and made otherwise.", choice=Thing("choice", choice))

    def _unit_moved(self, event: int, kept: list[int]) -> Sentence:
        return sentence(
            "{event} is pinned and has none of these: {units}.",
            event=Thing("event", event),
            units=tuple(Thing("unit", u) for u in kept),
        )


def _grouped(pairs: tuple[tuple[int, int], ...]) -> dict[int, list[int]]:
    found: dict[int, list[int]] = {}
    for key, value in pairs:
        found.setdefault(key, []).append(value)
    return found
