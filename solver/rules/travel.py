"""Rest between days, and time on the way between places."""

from __future__ import annotations

from collections.abc import Container, Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations

from solver.placements import concerns, days_of_ticks
from solver.problem import Assignment, Axis, Event, Member, Problem, holds, ticks_of
from solver.rules.rule import ALL, Deviation, Resources, Rule
from solver.sentence import Sentence, Thing, sentence
from solver.tables import Pair, Row


@dataclass(frozen=True, kw_only=True)
class RestOvernight(Rule):
    """Nobody who ends late begins early the next day (FET min resting hours between days).

    The deviation of a resource is the number of pairs of events attended that meet on different days of its grid with
    less than `minutes` between the end of the one and the beginning of the other.
    """

    resources: Resources
    minutes: int

    def say(self) -> Sentence:
        return sentence(
            "Everybody rests for at least {n} minute from one day to the next.",
            plural="Everybody rests for at least {n} minutes from one day to the next.",
            n=self.minutes,
        )

    def tables(self, problem: Problem) -> Iterator[tuple[Thing, Row]]:
        for grid in sorted({problem.resources[r].grid for r in self.resources}):
            soon = _soon(problem.axis, self.minutes, days_of_ticks(problem, grid))
            if not any(soon):
                continue
            for r in self.resources:
                if problem.resources[r].grid != grid:
                    continue
                for a, b in combinations(problem.members_of_resource[r], 2):
                    if a.event != b.event:
                        yield from _row(problem, r, (a, b), (soon, soon))

    def check(self, problem: Problem, assignment: Assignment, touching: Container[int] = ALL) -> Iterator[Deviation]:
        for r in self.resources:
            if not concerns(problem, r, touching):
                continue
            day = days_of_ticks(problem, problem.resources[r].grid)
            held = [m.event for m in problem.members_of_resource[r] if holds(m.given, assignment)]
            for a, b in combinations(held, 2):
                rests = [
                    rest
                    for s in ticks_of(problem, assignment, a)
                    for t in ticks_of(problem, assignment, b)
                    if a != b and min(day[s], day[t]) >= 0 and day[s] != day[t]
                    for rest in [_minutes_between(problem.axis, s, t)]
                    if rest < self.minutes
                ]
                if rests:
                    yield Deviation(
                        1,
                        sentence(
                            "{resource} has {n} minute overnight between {a} and {b}, not at least {least}.",
                            plural="{resource} has {n} minutes overnight between {a} and {b}, not at least {least}.",
                            n=min(rests),
                            resource=Thing("resource", r),
                            a=Thing("event", a),
                            b=Thing("event", b),
                            least=self.minutes,
                        ),
                        Thing("resource", r),
                    )


@dataclass(frozen=True, kw_only=True)
class AllowTravel(Rule):
    """Everybody has the time to get from one place to the next (ITC-2019 SameAttendees, FET min travel gaps).

    The deviation of a resource is the number of pairs of events attended at different places that have less between the
    end of a tick of the one and the beginning of a tick of the other than the way takes.
    """

    resources: Resources

    def say(self) -> Sentence:
        return sentence("Everybody has the time to get from one place to the next.")

    def tables(self, problem: Problem) -> Iterator[tuple[Thing, Row]]:
        soon: dict[int, list[frozenset[int]]] = {}
        for r in self.resources:
            for i, j in combinations(problem.attendances_of_resource[r], 2):
                a, b = problem.attendances[i], problem.attendances[j]
                if a.event == b.event or a.place == b.place or min(a.place, b.place) < 0:
                    continue
                there, back = problem.travel[a.place][b.place], problem.travel[b.place][a.place]
                for minutes in (there, back):
                    if minutes not in soon:
                        soon[minutes] = _soon(problem.axis, minutes)
                members = Member(a.event, a.given), Member(b.event, b.given)
                yield from _row(problem, r, members, (soon[there], soon[back]))

    def check(self, problem: Problem, assignment: Assignment, touching: Container[int] = ALL) -> Iterator[Deviation]:
        start, end = problem.axis.start, problem.axis.end
        for r in self.resources:
            if not concerns(problem, r, touching):
                continue
            present = [problem.attendances[i] for i in problem.attendances_of_resource[r]]
            present = [attendance for attendance in present if holds(attendance.given, assignment)]
            for one, other in combinations(present, 2):
                if one.event == other.event or one.place == other.place or min(one.place, other.place) < 0:
                    continue
                short: list[tuple[int, int]] = []
                for s in ticks_of(problem, assignment, one.event):
                    for t in ticks_of(problem, assignment, other.event):
                        if s < t:
                            short.append((start[t] - end[s], problem.travel[one.place][other.place]))
                        elif t < s:
                            short.append((start[s] - end[t], problem.travel[other.place][one.place]))
                short = [(minutes, needed) for minutes, needed in short if minutes < needed]
                if short:
                    minutes, needed = min(short)
                    yield Deviation(
                        1,
                        sentence(
                            "{resource} has {n} minute to get from {a} to {b} or back, and needs {needed}.",
                            plural="{resource} has {n} minutes to get from {a} to {b} or back, and needs {needed}.",
                            n=minutes,
                            resource=Thing("resource", r),
                            a=Thing("event", one.event),
                            b=Thing("event", other.event),
                            needed=needed,
                        ),
                        Thing("resource", r),
                    )


def _minutes_between(axis: Axis, s: int, t: int) -> int:
    return axis.start[t] - axis.end[s] if s < t else axis.start[s] - axis.end[t]


def _soon(axis: Axis, minutes: int, day: Sequence[int] | None = None) -> list[frozenset[int]]:
    """For each tick the later ones that begin less than so many minutes after it; given days, on another day only."""
    found = []
    for s in range(len(axis)):
        later = []
        for t in range(s + 1, len(axis)):
            if axis.start[t] - axis.end[s] >= minutes:
                break
            if day is None or (min(day[s], day[t]) >= 0 and day[s] != day[t]):
                later.append(t)
        found.append(frozenset(later))
    return found


def _row(
    problem: Problem,
    resource: int,
    members: tuple[Member, Member],
    soon: tuple[list[frozenset[int]], list[frozenset[int]]],
) -> Iterator[tuple[Thing, Pair]]:
    """Yield a row where an option of one member can come too soon after one of the other."""
    one, other = (problem.events[member.event] for member in members)
    reach = [_reach(event, ticks) for event, ticks in zip((one, other), soon, strict=True)]
    table = tuple(
        tuple(
            int(not (reach[0][i].isdisjoint(b.ticks) and reach[1][j].isdisjoint(a.ticks)))
            for j, b in enumerate(other.options)
        )
        for i, a in enumerate(one.options)
    )
    if any(map(any, table)):
        classes = tuple(range(len(one.options))), tuple(range(len(other.options)))
        yield Thing("resource", resource), Pair(members, classes, table)


def _reach(event: Event, soon: list[frozenset[int]]) -> list[frozenset[int]]:
    return [frozenset[int]().union(*(soon[tick] for tick in option.ticks)) for option in event.options]
