"""Which events are held at the same time, at different times, before and after others."""

from __future__ import annotations

from collections.abc import Callable, Container, Hashable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import combinations, product
from typing import ClassVar, Literal, TypeVar

from solver.placements import busy_periods
from solver.problem import Assignment, Event, Member, Problem, holds, ticks_of
from solver.rules.rule import ALL, Deviation, Events, Resources, Rule
from solver.sentence import Sentence, Thing, sentence
from solver.tables import Between, Pair, Row

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

    gives_way_last: ClassVar[bool] = True

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
        pairs = combinations(map(Member, self.events), 2)
        grid = problem.events[self.events[0]].grid if self.events else 0
        match self.of:
            case "time":
                yield from _rows(problem, pairs, partial(_times, problem), _apart, type(self), self.of)
            case "start":
                yield from _rows(problem, pairs, partial(_starts, problem), _differ, type(self), self.of)
            case "day":
                yield from _rows(problem, pairs, partial(_days, problem, grid), _differ, type(self), self.of, grid)
            case "period":
                yield from _rows(problem, pairs, partial(_periods, problem, grid), _differ, type(self), self.of, grid)

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
        pairs = combinations(map(Member, self.events), 2)
        yield from _rows(problem, pairs, partial(_times, problem), _meet, type(self))

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

    Attributes
    ----------
    same_day : bool
        Only pairs count whose first meetings fall on one day of the earlier one's grid (FET two activities ordered if on
        the same day).
    """

    events: Events
    others: Events
    same_day: bool = False

    def say(self) -> Sentence:
        if self.same_day:
            return sentence("These events are held before those where they fall on one day.")
        return sentence("These events are held before those.")

    def _sides(self) -> tuple[tuple[int, ...], tuple[int, ...]]:
        return self.events, self.others

    def tables(self, problem: Problem) -> Iterator[tuple[Thing, Row]]:
        first, then = self._sides()
        starts_of: dict[tuple[int, int], list[tuple[int, int]]] = {}
        for a in first:
            grid = problem.events[a].grid
            lasts = list(zip(_first_meetings(problem, problem.events[a]), self._days(problem, grid, a), strict=True))
            for b in then:
                if a == b:
                    continue
                if (b, grid) not in starts_of:
                    begins = (min(option.ticks, default=-1) for option in problem.events[b].options)
                    starts_of[b, grid] = list(zip(begins, self._days(problem, grid, b), strict=True))
                starts = starts_of[b, grid]
                ends, kinds = sorted(set(lasts)), sorted(set(starts))
                table = tuple(
                    tuple(int(0 <= begin <= end and day == other >= 0) for begin, other in kinds) for end, day in ends
                )
                if any(map(any, table)):
                    classes = (tuple(map(ends.index, lasts)), tuple(map(kinds.index, starts)))
                    yield Thing("event", a), Pair((Member(a), Member(b)), classes, table)

    def _days(self, problem: Problem, grid: int, event: int) -> list[int]:
        """For each option the first day on which it meets, -1 where there is none; 0 for all where no day is asked for."""
        if not self.same_day:
            return [0] * len(problem.events[event].options)
        return [days[0] if days else -1 for days in problem.days_of_options(event, grid)]

    def check(self, problem: Problem, assignment: Assignment, touching: Container[int] = ALL) -> Iterator[Deviation]:
        first, then = self._sides()
        for a in first:
            for b in then:
                if a == b or (a not in touching and b not in touching):
                    continue
                ours, theirs = ticks_of(problem, assignment, a), ticks_of(problem, assignment, b)
                if not ours or not theirs or (self.same_day and not self._on_one_day(problem, a, ours, theirs)):
                    continue
                if first_meeting(problem, problem.events[a].grid, ours)[-1] >= theirs[0]:
                    yield _missed(sentence("{a} is not held before {b}.", a=_event(a), b=_event(b)), a)

    @staticmethod
    def _on_one_day(problem: Problem, event: int, ours: Sequence[int], theirs: Sequence[int]) -> bool:
        grid = problem.grids[problem.events[event].grid]
        days = [[grid.cell[tick] // grid.periods for tick in held if grid.cell[tick] >= 0] for held in (ours, theirs)]
        return days[0][:1] == days[1][:1] != []


@dataclass(frozen=True, kw_only=True)
class After(Before):
    """These events are held after those (ITC-2019 Precedence with the sides changed).

    The deviation is that of Before with `events` and `others` changed about.
    """

    def say(self) -> Sentence:
        if self.same_day:
            return sentence("These events are held after those where they fall on one day.")
        return sentence("These events are held after those.")

    def _sides(self) -> tuple[tuple[int, ...], tuple[int, ...]]:
        return self.others, self.events


@dataclass(frozen=True, kw_only=True)
class LeaveGaps(Rule):
    """Those of these events that fall on one day have some periods between them (FET min gaps between activities).

    Days and periods are those of the first event's grid. The deviation of a pair of events is, summed over the days on
    which both meet, by how many periods the one that begins later would have to begin later still, so that `least`
    periods lie between it and the end of the other.
    """

    events: Events
    least: int

    def say(self) -> Sentence:
        return sentence(
            "Those of these events that fall on one day have at least {n} period between them.",
            plural="Those of these events that fall on one day have at least {n} periods between them.",
            n=self.least,
        )

    def tables(self, problem: Problem) -> Iterator[tuple[Thing, Row]]:
        if self.events:
            grid = problem.events[self.events[0]].grid
            cells = partial(problem.cells_of_options, grid=grid)
            missing = partial(self._missing, problem.grids[grid].periods)
            yield from _rows(
                problem, combinations(map(Member, self.events), 2), cells, missing, type(self), grid, self.least
            )

    def _missing(self, periods: int, one: tuple[int, ...], other: tuple[int, ...]) -> int:
        missing = 0
        for day in {cell // periods for cell in one} & {cell // periods for cell in other}:
            spans = ([cell for cell in cells if cell // periods == day] for cells in (one, other))
            earlier, later = sorted((cells[0], cells[-1]) for cells in spans)
            missing += max(0, earlier[1] + 1 + self.least - later[0])
        return missing

    def check(self, problem: Problem, assignment: Assignment, touching: Container[int] = ALL) -> Iterator[Deviation]:
        for a, b in combinations(self.events, 2):
            if a not in touching and b not in touching:
                continue
            grid = problem.events[self.events[0]].grid
            ours, theirs = (busy_periods(problem, assignment, [event], grid) for event in (a, b))
            for day, busy in ours.items():
                if day not in theirs:
                    continue
                first, then = sorted((busy, theirs[day]), key=lambda periods: (periods[0], periods[-1]))
                between = then[0] - first[-1] - 1
                if between < self.least:
                    yield Deviation(
                        self.least - between,
                        sentence(
                            "{a} and {b} have {n} period between them on {day}, not at least {least}.",
                            plural="{a} and {b} have {n} periods between them on {day}, not at least {least}.",
                            n=max(0, between),
                            a=_event(a),
                            b=_event(b),
                            day=Thing("day", day),
                            least=self.least,
                        ),
                        _event(a),
                    )


@dataclass(frozen=True, kw_only=True)
class HoldLast(Rule):
    """These events are the last of the day of those who attend them (FET activity ends students day).

    The deviation is the number of pairs of one of these events and another that one of `resources` attends too, and that
    goes on after it on one day of the grid by which they live. A pair counts once, however many attend both; where they
    do so under a condition, once for each.
    """

    events: Events
    resources: Resources

    def say(self) -> Sentence:
        return sentence("These events are the last of the day of those who attend them.")

    def tables(self, problem: Problem) -> Iterator[tuple[Thing, Row]]:
        last = frozenset(self.events)
        pairs: dict[int, dict[tuple[Member, Member], None]] = {}
        for r in self.resources:
            members = problem.members_of_resource[r]
            both = ((a, b) for a in members if a.event in last for b in members if a.event != b.event)
            pairs.setdefault(problem.resources[r].grid, {}).update(dict.fromkeys(both))
        for grid, found in pairs.items():
            yield from _rows(problem, found, partial(_ends, problem, grid), _goes_on, type(self), grid)

    def check(self, problem: Problem, assignment: Assignment, touching: Container[int] = ALL) -> Iterator[Deviation]:
        counted: set[tuple[int, Member, Member]] = set()
        for r in self.resources:
            grid = problem.resources[r].grid
            held = [member for member in problem.members_of_resource[r] if holds(member.given, assignment)]
            last = [member for member in held if member.event in self.events]
            for a, b in product(last, held):
                touched = a.event in touching or b.event in touching
                if a.event == b.event or not touched or (grid, a, b) in counted:
                    continue
                counted.add((grid, a, b))
                ours, theirs = (busy_periods(problem, assignment, [member.event], grid) for member in (a, b))
                after = [day for day, busy in ours.items() if day in theirs and theirs[day][-1] > busy[-1]]
                if after:
                    said = sentence(
                        "{resource} attends {other} on {day} after {event}, which is to be the last.",
                        resource=Thing("resource", r),
                        other=_event(b.event),
                        day=Thing("day", after[0]),
                        event=_event(a.event),
                    )
                    yield _missed(said, a.event)


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
    pairs: Iterable[tuple[Member, Member]],
    kinds: Callable[[int], Sequence[Kind]],
    cost: Callable[[Kind, Kind], int],
    *name: Hashable,
) -> Iterator[tuple[Thing, Pair]]:
    """Yield a row for each pair; rules that give the same name share what is counted."""
    for row in Between(problem, kinds, cost, name).rows(pairs):
        yield Thing("event", row.members[0].event), row


def _apart(one: frozenset[int], other: frozenset[int]) -> int:
    return int(not (one <= other or other <= one))


def _meet(one: frozenset[int], other: frozenset[int]) -> int:
    return int(not one.isdisjoint(other))


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


def _ends(problem: Problem, grid: int, event: int) -> list[tuple[tuple[int, int], ...]]:
    """For each option the days on which it meets, each with its last period."""
    periods = problem.grids[grid].periods
    met = problem.cells_of_options(event, grid)
    return [tuple({cell // periods: cell % periods for cell in cells}.items()) for cells in met]


def _goes_on(one: tuple[tuple[int, int], ...], other: tuple[tuple[int, int], ...]) -> int:
    """Return 1 if the other goes on after the one on one of their days."""
    ends = dict(one)
    return int(any(day in ends and last > ends[day] for day, last in other))


def _event(index: int) -> Thing:
    return Thing("event", index)


def _missed(said: Sentence, event: int) -> Deviation:
    return Deviation(1, said, Thing("event", event))
