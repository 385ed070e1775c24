"""How many of some times are taken, and by how many at once."""

from __future__ import annotations

from collections.abc import Container, Iterator
from dataclasses import dataclass

from solver.measures import Among
from solver.placements import busy_periods
from solver.problem import Assignment, Member, Problem, ticks_of
from solver.rules.rule import ALL, Deviation, Events, Rule, Ticks
from solver.sentence import Sentence, Thing, sentence
from solver.tables import Cells, Profile, Row, day_masks


@dataclass(frozen=True, kw_only=True)
class LimitSlots(Rule):
    """These events take at most so many of some times (FET activities occupy max time slots from selection).

    The deviation is the number of periods beyond `most`, by the grid of the first of the events, that one of `ticks`
    touches and in which any of the events is held.
    """

    events: Events
    ticks: Ticks
    most: int

    def say(self) -> Sentence:
        return sentence(
            "These events take at most {n} of some times.",
            plural="These events take at most {n} of some times.",
            n=self.most,
        )

    def tables(self, problem: Problem) -> Iterator[tuple[Thing, Row]]:
        if not self.events:
            return
        grid = problem.events[self.events[0]].grid
        masks = day_masks(problem, grid, self.ticks)
        days = tuple(day for day, mask in enumerate(masks) if mask)
        if days:
            members = tuple(Member(event) for event in self.events)
            measures = tuple(Among(masks[day]) for day in days)
            yield Thing("event", min(self.events)), Profile(members, grid, days, measures, most=self.most)

    def check(self, problem: Problem, assignment: Assignment, touching: Container[int] = ALL) -> Iterator[Deviation]:
        if not any(event in touching for event in self.events):
            return
        index = problem.events[self.events[0]].grid
        grid = problem.grids[index]
        meant = {divmod(grid.cell[tick], grid.periods) for tick in self.ticks if grid.cell[tick] >= 0}
        busy = busy_periods(problem, assignment, self.events, index)
        taken = sum((day, period) in meant for day, periods in busy.items() for period in periods)
        if taken > self.most:
            yield Deviation(
                taken - self.most,
                sentence(
                    "{event} and the others with it take {n} of the times, not at most {most}.",
                    plural="{event} and the others with it take {n} of the times, not at most {most}.",
                    n=taken,
                    event=Thing("event", min(self.events)),
                    most=self.most,
                ),
                Thing("event", min(self.events)),
            )


@dataclass(frozen=True, kw_only=True)
class LimitTogether(Rule):
    """At each of some times at most so many of these events run at once (FET max simultaneous in selected time slots).

    The deviation is, summed over `ticks`, the number of the events beyond `most` that run then.
    """

    events: Events
    ticks: Ticks
    most: int

    def say(self) -> Sentence:
        return sentence(
            "At each of some times at most {n} of these events runs.",
            plural="At each of some times at most {n} of these events run at once.",
            n=self.most,
        )

    def tables(self, problem: Problem) -> Iterator[tuple[Thing, Row]]:
        members = tuple(Member(event) for event in self.events)
        if self.ticks and len(members) > self.most:
            capacity = tuple(self.most if tick in self.ticks else len(members) for tick in range(len(problem.axis)))
            yield Thing("event", min(self.events)), Cells(members, (1,) * len(members), capacity)

    def check(self, problem: Problem, assignment: Assignment, touching: Container[int] = ALL) -> Iterator[Deviation]:
        if not any(event in touching for event in self.events):
            return
        for tick in sorted(self.ticks):
            running = [event for event in self.events if tick in ticks_of(problem, assignment, event)]
            if len(running) > self.most:
                yield Deviation(
                    len(running) - self.most,
                    sentence(
                        "{n} of the events runs at {tick}, not at most {most}: {events}.",
                        plural="{n} of the events run at {tick}, not at most {most}: {events}.",
                        n=len(running),
                        tick=Thing("tick", tick),
                        most=self.most,
                        events=tuple(Thing("event", event) for event in running),
                    ),
                    Thing("event", min(self.events)),
                )
