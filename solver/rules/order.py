"""Which events are held at the same time, at different times, before and after others."""

from __future__ import annotations

from collections.abc import Callable, Container, Hashable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import combinations
from typing import Literal, TypeVar

from solver.problem import Assignment, Event, Member, Problem, ticks_of
from solver.rules.rule import ALL, Deviation, Events, Rule
from solver.sentence import Sentence, Thing, sentence
from solver.tables import Pair, Row, pair_rows

Kind = TypeVar("Kind", bound=Hashable)


@dataclass(frozen=True, kw_only=True)
class SameTime(Rule):
    """These events are held at the same time (ITC-2019 SameTime, SameStart, SameDays, FET same starting time, day, hour).

    The deviation is the number of pairs of them that differ. An event that is not held agrees with any.

    Attributes
    ----------
    of : str
        What is the same: the `time`, where one event of a pair is held within the time of the other; the `start`, their
        first tick; the `day`, all the days on which they meet; or the `period` in which they begin, on whatever day.
        Days and periods are those of the first event's grid, by which an event without any is not held.
    """

    events: Events
    of: Literal["time", "start", "day", "period"] = "time"

    def say(self) -> Sentence:
        match self.of:
            case "time":
                return sentence("These events are held at the same time.")
            case "start":
                return sentence("These events begin at the same time.")
            case "day":
                return sentence("These events are held on the same day.")
            case "period":
                return sentence("These events begin in the same period of the day.")

    def tables(self, problem: Problem) -> Iterator[tuple[Thing, Row]]:
        pairs = combinations(self.events, 2)
        grid = problem.events[self.events[0]].grid if self.events else 0
        match self.of:
            case "time":
                yield from _rows(problem, pairs, partial(_times, problem), lambda a, b: int(not (a <= b or b <= a)))
            case "start":
                yield from _rows(problem, pairs, partial(_starts, problem), _differ)
            case "day":
                yield from _rows(problem, pairs, partial(_days, problem, grid), _differ)
            case "period":
                yield from _rows(problem, pairs, partial(_periods, problem, grid), _differ)

    def check(self, problem: Problem, assignment: Assignment, touching: Container[int] = ALL) -> Iterator[Deviation]:
        for a, b in combinations(self.events, 2):
            if a not in touching and b not in touching:
                continue
            if self._differ(problem, ticks_of(problem, assignment, a), ticks_of(problem, assignment, b)):
                yield _missed(self._told(a, b), a)

    def _differ(self, problem: Problem, one: Sequence[int], other: Sequence[int]) -> bool:
        if self.of == "time":
            shorter, longer = sorted((one, other), key=len)
            return any(tick not in longer for tick in shorter)
        if self.of == "start":
            return bool(one) and bool(other) and one[0] != other[0]
        grid = problem.grids[problem.events[self.events[0]].grid]
        at, others = ([divmod(grid.cell[t], grid.periods) for t in held if grid.cell[t] >= 0] for held in (one, other))
        if not at or not others:
            return False
        if self.of == "day":
            return {day for day, _ in at} != {day for day, _ in others}
        return at[0][1] != others[0][1]

    def _told(self, a: int, b: int) -> Sentence:
        match self.of:
            case "time":
                return sentence("{a} and {b} are not held at the same time.", a=_event(a), b=_event(b))
            case "start":
                return sentence("{a} and {b} do not begin at the same time.", a=_event(a), b=_event(b))
            case "day":
                return sentence("{a} and {b} are not held on the same day.", a=_event(a), b=_event(b))
            case "period":
                return sentence("{a} and {b} do not begin in the same period of the day.", a=_event(a), b=_event(b))


@dataclass(frozen=True, kw_only=True)
class DifferentTime(Rule):
    """No two of these events are held at the same time (ITC-2019 NotOverlap, FET not overlapping).

    The deviation is the number of pairs of them that share a tick.
    """

    events: Events

    def say(self) -> Sentence:
        return sentence("No two of these events are held at the same time.")

    def tables(self, problem: Problem) -> Iterator[tuple[Thing, Row]]:
        pairs = combinations(self.events, 2)
        yield from _rows(problem, pairs, partial(_times, problem), lambda a, b: int(not a.isdisjoint(b)))

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


def _rows(
    problem: Problem,
    pairs: Iterable[tuple[int, int]],
    kinds: Callable[[int], Sequence[Kind]],
    cost: Callable[[Kind, Kind], int],
) -> Iterator[tuple[Thing, Pair]]:
    for row in pair_rows(problem, pairs, kinds, cost):
        yield Thing("event", row.members[0].event), row


def _differ(one: object, other: object) -> int:
    return int(one is not None and other is not None and one != other)


def _times(problem: Problem, event: int) -> list[frozenset[int]]:
    """For each option its ticks."""
    return [frozenset(option.ticks) for option in problem.events[event].options]


def _starts(problem: Problem, event: int) -> list[int | None]:
    """For each option its first tick."""
    return [min(option.ticks, default=None) for option in problem.events[event].options]


def _days(problem: Problem, grid: int, event: int) -> list[tuple[int, ...] | None]:
    """For each option the days on which it meets."""
    return [days or None for days in problem.days_of_options(event, grid)]


def _periods(problem: Problem, grid: int, event: int) -> list[int | None]:
    """For each option the period of the day in which it begins."""
    return [
        cells[0] % problem.grids[grid].periods if cells else None for cells in problem.cells_of_options(event, grid)
    ]


def _event(index: int) -> Thing:
    return Thing("event", index)


def _missed(said: Sentence, event: int) -> Deviation:
    return Deviation(1, said, Thing("event", event))
