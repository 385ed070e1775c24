"""Times at which somebody can, and times at which something should be."""

from __future__ import annotations

from collections.abc import Container, Iterator
from dataclasses import dataclass

from solver.problem import Assignment, Problem, attended, ticks_of
from solver.rules.rule import ALL, Deviation, Events, Resources, Rule, Ticks
from solver.sentence import Sentence, Thing, sentence
from solver.tables import Options, Row


@dataclass(frozen=True, kw_only=True)
class RespectAvailability(Rule):
    """Nobody attends anything at a time when they are not available (XHSTT AvoidUnavailableTimesConstraint).

    The deviation is the number of events attended that touch one of the ticks.
    """

    resources: Resources
    ticks: Ticks

    def say(self) -> Sentence:
        return sentence("Nobody attends anything at a time when they are not available.")

    def tables(self, problem: Problem) -> Iterator[tuple[Thing, Row]]:
        for r in self.resources:
            for member in problem.members_of_resource[r]:
                costs = tuple(
                    int(not self.ticks.isdisjoint(option.ticks)) for option in problem.events[member.event].options
                )
                if any(costs):
                    yield Thing("resource", r), Options(member.event, costs, member.given)

    def check(
        self, problem: Problem, assignment: Assignment, touching: Container[int] = ALL
    ) -> Iterator[Deviation]:
        for r in self.resources:
            for event in attended(problem, assignment, r):
                if event not in touching:
                    continue
                shut = sorted(self.ticks.intersection(ticks_of(problem, assignment, event)))
                if shut:
                    yield Deviation(
                        1,
                        sentence(
                            "{resource} is not available at {tick}, when {event} is held.",
                            resource=Thing("resource", r),
                            tick=Thing("tick", shut[0]),
                            event=Thing("event", event),
                        ),
                        Thing("resource", r),
                    )
