"""Rooms and workstations that are better left free at some times."""

from __future__ import annotations

from collections.abc import Container, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from solver.linear import Linear
from solver.placements import claimed
from solver.problem import Assignment, Problem, ticks_of
from solver.rules.rule import ALL, Demands, Deviation, Rule, Ticks, Units
from solver.sentence import Sentence, Thing, sentence

if TYPE_CHECKING:
    from solver.model import Model


@dataclass(frozen=True, kw_only=True)
class SpareUnits(Rule):
    """Rooms are left free at some times (FET room not available times below 100 per cent).

    The deviation is, summed over the demands that get one of the units, the number of these ticks that their events take.
    """

    demands: Demands
    units: Units
    ticks: Ticks

    about_units: ClassVar[bool] = True

    def say(self) -> Sentence:
        return sentence("These rooms are left free at these times.")

    def encode(self, m: Model) -> Iterator[tuple[Thing, Linear]]:
        for d in self.demands:
            found = Linear()
            for literal, option in m.open_options(m.problem.demands[d].event):
                if taken := len(self.ticks.intersection(option.ticks)):
                    for unit, placed in m.units(d):
                        if unit in self.units:
                            found.plus(m.both(literal, placed), taken)
            yield Thing("demand", d), found

    def check(self, problem: Problem, assignment: Assignment, touching: Container[int] = ALL) -> Iterator[Deviation]:
        for d in self.demands:
            event, unit = problem.demands[d].event, assignment.unit[d]
            if event not in touching or unit not in self.units or not claimed(problem, assignment, d):
                continue
            taken = [tick for tick in ticks_of(problem, assignment, event) if tick in self.ticks]
            if taken:
                yield Deviation(
                    len(taken),
                    sentence(
                        "{event} is in {unit} at {tick}, when it is better left free.",
                        event=Thing("event", event),
                        unit=Thing("unit", unit),
                        tick=Thing("tick", taken[0]),
                    ),
                    Thing("demand", d),
                )
