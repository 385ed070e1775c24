"""Several events that are the parts of one thing, such as an exam that lasts longer for some than for others."""

from __future__ import annotations

from collections.abc import Container, Iterator
from dataclasses import dataclass
from typing import ClassVar

from solver.problem import Assignment, Member, Problem
from solver.rules.rule import ALL, Deviation, Events, Rule
from solver.sentence import Sentence, Thing, sentence
from solver.tables import Pair, Row


@dataclass(frozen=True, kw_only=True)
class HoldAsOne(Rule):
    """These parts are held as one: each takes the option of the same number.

    Their options are told in parallel, so that those of one number belong to one beginning, whatever ticks each takes then.
    The deviation is the number of events whose option has another number than the first event's.
    """

    events: Events

    gives_way_last: ClassVar[bool] = True

    def say(self) -> Sentence:
        return sentence("These parts are held as one.")

    def tables(self, problem: Problem) -> Iterator[tuple[Thing, Row]]:
        for event in self.events[1:]:
            classes, table = _numbers(problem, self.events[0], event)
            yield Thing("event", event), Pair((Member(self.events[0]), Member(event)), classes, table)

    def check(
        self,
        problem: Problem,  # noqa: ARG002 - the rules share one signature
        assignment: Assignment,
        touching: Container[int] = ALL,
    ) -> Iterator[Deviation]:
        for event in self.events[1:]:
            first = self.events[0]
            if (first in touching or event in touching) and assignment.option[event] != assignment.option[first]:
                yield Deviation(
                    1,
                    sentence(
                        "{event} is not held as one with {other}.",
                        event=Thing("event", event),
                        other=Thing("event", first),
                    ),
                    Thing("event", event),
                )


def _numbers(
    problem: Problem, one: int, other: int
) -> tuple[tuple[tuple[int, ...], tuple[int, ...]], tuple[tuple[int, ...], ...]]:
    """Return the numbers of two events' options as classes, and a table by which different ones cost 1."""
    ours, theirs = (len(problem.events[event].options) for event in (one, other))
    known = problem.derived.setdefault(HoldAsOne, {})
    if (ours, theirs) not in known:
        table = tuple(tuple(int(a != b) for b in range(theirs)) for a in range(ours))
        known[ours, theirs] = (tuple(range(ours)), tuple(range(theirs))), table
    return known[ours, theirs]  # type: ignore[no-any-return]
