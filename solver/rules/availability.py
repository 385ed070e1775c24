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

    def check(self, problem: Problem, assignment: Assignment, touching: Container[int] = ALL) -> Iterator[Deviation]:
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


@dataclass(frozen=True, kw_only=True)
class PreferTimes(Rule):
    """Events are held at the times preferred for them, or away from those avoided (XHSTT PreferTimesConstraint).

    The deviation is the number of events with a tick outside `ticks`, or, where these are `avoided`, inside them.

    Attributes
    ----------
    starts : bool
        Only the first tick of an event is looked at (FET preferred starting times).
    each : bool
        Each such tick of an event counts 1, not the event (FET preferred time slots).
    """

    events: Events
    ticks: Ticks
    avoided: bool = False
    starts: bool = False
    each: bool = False

    def say(self) -> Sentence:
        if self.starts:
            if self.avoided:
                return sentence("These events do not begin at the times to be avoided.")
            return sentence("These events begin at the times preferred for them.")
        if self.avoided:
            return sentence("These events are held away from the times to be avoided.")
        return sentence("These events are held at the times preferred for them.")

    def tables(self, problem: Problem) -> Iterator[tuple[Thing, Row]]:
        for event in self.events:
            costs = tuple(
                wrong if self.each else min(1, wrong)
                for option in problem.events[event].options
                for meant in (set(option.ticks[:1] if self.starts else option.ticks),)
                for wrong in (len(meant & self.ticks if self.avoided else meant - self.ticks),)
            )
            if any(costs):
                yield Thing("event", event), Options(event, costs)

    def check(self, problem: Problem, assignment: Assignment, touching: Container[int] = ALL) -> Iterator[Deviation]:
        for event in self.events:
            if event not in touching:
                continue
            held = ticks_of(problem, assignment, event)
            wrong = [t for t in held if (t in self.ticks) == self.avoided and not (self.starts and t > min(held))]
            if wrong:
                where, tick = Thing("event", event), Thing("tick", wrong[0])
                if self.starts and self.avoided:
                    said = sentence("{event} begins at {tick}, which is to be avoided.", event=where, tick=tick)
                elif self.starts:
                    said = sentence("{event} begins at {tick}, not at a preferred time.", event=where, tick=tick)
                elif self.avoided:
                    said = sentence("{event} is held at {tick}, which is to be avoided.", event=where, tick=tick)
                else:
                    said = sentence("{event} is held at {tick}, not at a preferred time.", event=where, tick=tick)
                yield Deviation(len(wrong) if self.each else 1, said, where)
