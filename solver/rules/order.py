"""Which events are held at the same time, at different times, before and after others."""

from __future__ import annotations

from collections.abc import Callable, Container, Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations

from solver.problem import Assignment, Event, Member, Problem, ticks_of
from solver.rules.rule import ALL, Deviation, Events, Rule
from solver.sentence import Sentence, Thing, sentence
from solver.tables import Pair, Row


@dataclass(frozen=True, kw_only=True)
class SameTime(Rule):
    """These events are held at the same time (ITC-2019 SameTime, FET same starting time).

    The deviation is the number of pairs of them of which neither is held within the time of the other. An event that is
    not held agrees with any.
    """

    events: Events

    def say(self) -> Sentence:
        return sentence("These events are held at the same time.")

    def tables(self, problem: Problem) -> Iterator[tuple[Thing, Row]]:
        yield from _pairs(problem, combinations(self.events, 2), lambda a, b: not (a <= b or b <= a))

    def check(self, problem: Problem, assignment: Assignment, touching: Container[int] = ALL) -> Iterator[Deviation]:
        for a, b in combinations(self.events, 2):
            if a not in touching and b not in touching:
                continue
            shorter, longer = sorted((ticks_of(problem, assignment, a), ticks_of(problem, assignment, b)), key=len)
            if any(tick not in longer for tick in shorter):
                yield _missed(sentence("{a} and {b} are not held at the same time.", a=_event(a), b=_event(b)), a)


@dataclass(frozen=True, kw_only=True)
class DifferentTime(Rule):
    """No two of these events are held at the same time (ITC-2019 NotOverlap, FET not overlapping).

    The deviation is the number of pairs of them that share a tick.
    """

    events: Events

    def say(self) -> Sentence:
        return sentence("No two of these events are held at the same time.")

    def tables(self, problem: Problem) -> Iterator[tuple[Thing, Row]]:
        yield from _pairs(problem, combinations(self.events, 2), lambda a, b: not a.isdisjoint(b))

    def check(self, problem: Problem, assignment: Assignment, touching: Container[int] = ALL) -> Iterator[Deviation]:
        for a, b in combinations(self.events, 2):
            if a not in touching and b not in touching:
                continue
            others = ticks_of(problem, assignment, b)
            shared = [tick for tick in ticks_of(problem, assignment, a) if tick in others]
            if shared:
                yield _missed(
                    sentence(
                        "{a} and {b} are both held at {tick}.", tick=Thing("tick", shared[0]), a=_event(a), b=_event(b)
                    ),
                    a,
                )


@dataclass(frozen=True, kw_only=True)
class Before(Rule):
    """These events are held before those (ITC-2019 Precedence, XHSTT OrderEventsConstraint).

    The deviation is the number of pairs, one of `events` and one of `others`, where the first meeting of the one does
    not end before the first meeting of the other begins. The first meeting is all of an event on the first day on which
    it meets, by its own grid, so that weekly events are compared within the cycle's first week. What is not held keeps
    the order.
    """

    events: Events
    others: Events

    def say(self) -> Sentence:
        return sentence("These events are held before those.")

    def _sides(self) -> tuple[tuple[int, ...], tuple[int, ...]]:
        return self.events, self.others

    def tables(self, problem: Problem) -> Iterator[tuple[Thing, Row]]:
        first, then = self._sides()
        last_of = [_first_meetings(problem, problem.events[a]) for a in first]
        start_of = [tuple(min(o.ticks, default=-1) for o in problem.events[b].options) for b in then]
        for a, lasts in zip(first, last_of, strict=True):
            for b, starts in zip(then, start_of, strict=True):
                if a == b:
                    continue
                ends, begins = sorted(set(lasts)), sorted(set(starts))
                table = tuple(tuple(int(0 <= begin <= end) for begin in begins) for end in ends)
                if any(map(any, table)):
                    classes = (tuple(map(ends.index, lasts)), tuple(map(begins.index, starts)))
                    yield Thing("event", a), Pair((Member(a), Member(b)), classes, table)

    def check(self, problem: Problem, assignment: Assignment, touching: Container[int] = ALL) -> Iterator[Deviation]:
        first, then = self._sides()
        for a in first:
            for b in then:
                if a == b or (a not in touching and b not in touching):
                    continue
                ours, theirs = ticks_of(problem, assignment, a), ticks_of(problem, assignment, b)
                if not ours or not theirs:
                    continue
                if first_meeting(problem, problem.events[a].grid, ours)[-1] >= theirs[0]:
                    yield _missed(sentence("{a} is not held before {b}.", a=_event(a), b=_event(b)), a)


@dataclass(frozen=True, kw_only=True)
class After(Before):
    """These events are held after those (ITC-2019 Precedence with the sides changed).

    The deviation is that of Before with `events` and `others` changed about.
    """

    def say(self) -> Sentence:
        return sentence("These events are held after those.")

    def _sides(self) -> tuple[tuple[int, ...], tuple[int, ...]]:
        return self.others, self.events


def first_meeting(problem: Problem, grid: int, ticks: Sequence[int]) -> Sequence[int]:
    """Return the ticks up to the end of the first day; those outside every period go with the day before them."""
    cell, periods = problem.grids[grid].cell, problem.grids[grid].periods
    first = None
    for position, tick in enumerate(ticks):
        if cell[tick] < 0:
            continue
        day = cell[tick] // periods
        if first is None:
            first = day
        elif day != first:
            return ticks[:position]
    return ticks


def _first_meetings(problem: Problem, event: Event) -> tuple[int, ...]:
    """For each option the last tick of its first meeting; -1 where it has none."""
    return tuple(
        first_meeting(problem, event.grid, option.ticks)[-1] if option.ticks else -1 for option in event.options
    )


def _pairs(
    problem: Problem,
    pairs: Iterator[tuple[int, int]],
    missed: Callable[[frozenset[int], frozenset[int]], bool],
) -> Iterator[tuple[Thing, Pair]]:
    """Yield a row for each pair of events whose times can be in the relation; equal lists of options share a table."""
    known: dict[
        tuple[int, int], tuple[tuple[tuple[int, ...], tuple[int, ...]], tuple[tuple[int, ...], ...]] | None
    ] = {}
    for a, b in pairs:
        options = problem.events[a].options, problem.events[b].options
        key = id(options[0]), id(options[1])
        if key not in known:
            times = [list(dict.fromkeys(frozenset(option.ticks) for option in found)) for found in options]
            table = tuple(tuple(int(missed(one, other)) for other in times[1]) for one in times[0])
            numbers = [{time: index for index, time in enumerate(found)} for found in times]
            first, second = (
                tuple(number[frozenset(option.ticks)] for option in found)
                for number, found in zip(numbers, options, strict=True)
            )
            known[key] = ((first, second), table) if any(map(any, table)) else None
        found_row = known[key]
        if found_row is not None:
            yield Thing("event", a), Pair((Member(a), Member(b)), *found_row)


def _event(index: int) -> Thing:
    return Thing("event", index)


def _missed(said: Sentence, event: int) -> Deviation:
    return Deviation(1, said, Thing("event", event))
