"""How a course's events are spread over the days."""

from __future__ import annotations

from collections.abc import Container, Iterator
from dataclasses import dataclass

from solver.measures import Used
from solver.problem import Assignment, Member, Problem
from solver.rules.rule import ALL, Deviation, Events, Rule
from solver.sentence import Sentence, Thing, sentence
from solver.tables import Pair, Profile, Row


def days_of(problem: Problem, assignment: Assignment, event: int) -> set[int]:
    """Return the days on which the event meets."""
    return set(problem.days_of_options(event, problem.events[event].grid)[assignment.option[event]])


@dataclass(frozen=True, kw_only=True)
class SpreadOverDays(Rule):
    """The events of a course fall on different days, with enough days between (ITC-2007 MinimumWorkingDays, FET min days).

    Attributes
    ----------
    days : int
        Least number of distinct days; each day missing counts 1.
    apart : int
        Least number of days from one event to another, 1 for "not on the same day"; each day missing for each pair
        counts 1.
    """

    events: Events
    days: int = 0
    apart: int = 0

    def say(self) -> Sentence:
        if self.apart:
            return sentence(
                "The events of a course lie at least {n} day apart.",
                plural="The events of a course lie at least {n} days apart.",
                n=self.apart,
            )
        return sentence(
            "The events of a course fall on at least {n} day.",
            plural="The events of a course fall on at least {n} days.",
            n=self.days,
        )

    def tables(self, problem: Problem) -> Iterator[tuple[Thing, Row]]:
        if not self.events:
            return
        where = Thing("event", min(self.events))
        grid = problem.events[self.events[0]].grid
        if self.days:
            members = tuple(Member(event) for event in self.events)
            days = tuple(range(problem.grids[grid].days))
            yield where, Profile(members, grid, days, Used(), least=self.days)
        if self.apart:
            for position, a in enumerate(self.events):
                for b in self.events[position + 1 :]:
                    yield where, _days_apart(problem, a, b, self.apart)

    def check(
        self, problem: Problem, assignment: Assignment, touching: Container[int] = ALL
    ) -> Iterator[Deviation]:
        if not self.events or not any(event in touching for event in self.events):
            return
        where = Thing("event", min(self.events))
        held = {event: days_of(problem, assignment, event) for event in self.events}
        distinct = len(set().union(*held.values()))
        if distinct < self.days:
            yield Deviation(
                self.days - distinct,
                sentence(
                    "{event} and the course's other events fall on {n} day, not on {least}.",
                    plural="{event} and the course's other events fall on {n} days, not on {least}.",
                    n=distinct,
                    event=where,
                    least=self.days,
                ),
                where,
            )
        for position, a in enumerate(self.events):
            for b in self.events[position + 1 :]:
                between = min((abs(x - y) for x in held[a] for y in held[b]), default=self.apart)
                if between < self.apart:
                    yield Deviation(
                        self.apart - between,
                        sentence(
                            "{a} and {b} lie {n} day apart, not {least}.",
                            plural="{a} and {b} lie {n} days apart, not {least}.",
                            n=between,
                            a=Thing("event", a),
                            b=Thing("event", b),
                            least=self.apart,
                        ),
                        where,
                    )


def _days_apart(problem: Problem, a: int, b: int, apart: int) -> Pair:
    classes, found = [], []
    for event in (a, b):
        met = problem.days_of_options(event, problem.events[event].grid)
        kinds = sorted(set(met))
        number = {days: index for index, days in enumerate(kinds)}
        classes.append(tuple(number[days] for days in met))
        found.append(kinds)
    table = tuple(
        tuple(max(0, apart - min((abs(x - y) for x in first for y in second), default=apart)) for second in found[1])
        for first in found[0]
    )
    return Pair((Member(a), Member(b)), (classes[0], classes[1]), table)
