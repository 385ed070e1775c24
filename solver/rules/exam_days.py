"""How the exams of one person lie over the days of a session."""

from __future__ import annotations

from collections.abc import Container, Iterator
from dataclasses import dataclass
from functools import partial
from itertools import combinations, product
from typing import Literal

from solver.placements import amounts_by_day, concerns, days_of
from solver.problem import Assignment, Member, Problem, attended
from solver.rules import load
from solver.rules.rule import ALL, Amounts, Deviation, Events, Resources, Rule
from solver.sentence import Sentence, Thing, sentence
from solver.shared import shared_rows
from solver.tables import Between, Row, Sum

Counting = Literal["exams", "points", "minutes", "screen minutes"]
"""What amounts count, for the words only."""


def told(amount: int, what: Counting) -> Sentence:
    """Say an amount with its word."""
    if what == "exams":
        return sentence("{n} exam", plural="{n} exams", n=amount)
    return load.told(amount, what)


@dataclass(frozen=True, kw_only=True)
class LimitInDays(Rule):
    """Nobody has more exams in so many days in a row than allowed (a school's own order, SanPiN difficulty points).

    The days of a resource are those of its grid; in a session these are all its dates. The deviation is, summed over
    every so many days in a row, by how much the amounts of what a resource attends then exceed `most`. Where there are
    fewer days than `days`, all of them are looked at together. An event that meets on several days counts on each.

    Attributes
    ----------
    amounts : tuple of pair of int
        What an event counts for somebody: 1 for an exam, its minutes, or the difficulty of its subject.
    days : int
        1 limits each day by itself; 2 keeps hard subjects from days next to each other.
    """

    amounts: Amounts
    most: int
    days: int = 1
    what: Counting = "exams"

    def say(self) -> Sentence:
        if self.days == 1:
            return sentence("Nobody has more than {amount} a day.", amount=told(self.most, self.what))
        return sentence(
            "Nobody has more than {amount} on {n} day in a row.",
            plural="Nobody has more than {amount} on {n} days in a row.",
            n=self.days,
            amount=told(self.most, self.what),
        )

    def tables(self, problem: Problem) -> Iterator[tuple[Thing, Row]]:
        alike: dict[tuple[int, tuple[Member, ...], tuple[int, ...]], list[int]] = {}
        for r, members, amounts in load.subjects(problem, self.amounts):
            alike.setdefault((problem.resources[r].grid, members, amounts), []).append(r)
        most: dict[tuple[int, int, tuple[int, ...]], int] = {}
        for (grid, members, amounts), people in alike.items():
            for days in _in_a_row(problem.grids[grid].days, self.days):
                reached = 0
                for member, amount in zip(members, amounts, strict=True):
                    key = id(problem.events[member.event].options), grid, days
                    if key not in most:
                        most[key] = max(problem.meetings_of_options(member.event, grid, days))
                    reached += amount * most[key]
                if reached > self.most:
                    row = Sum(members, amounts, grid, days, self.most, scale=len(people))
                    yield Thing("resource", people[0]), row

    def check(self, problem: Problem, assignment: Assignment, touching: Container[int] = ALL) -> Iterator[Deviation]:
        for r, by_day in amounts_by_day(problem, assignment, self.amounts).items():
            if not concerns(problem, r, touching):
                continue
            for days in _in_a_row(len(by_day), self.days):
                amount = sum(by_day[day] for day in days)
                if amount > self.most:
                    yield Deviation(amount - self.most, self._too_much(r, amount, days), Thing("resource", r))

    def _too_much(self, resource: int, amount: int, days: tuple[int, ...]) -> Sentence:
        who, had = Thing("resource", resource), told(amount, self.what)
        if len(days) == 1:
            return sentence(
                "{resource} has {amount} on {day}, not at most {most}.",
                resource=who,
                amount=had,
                day=Thing("day", days[0]),
                most=self.most,
            )
        return sentence(
            "{resource} has {amount} from {first} to {last}, not at most {most}.",
            resource=who,
            amount=had,
            first=Thing("day", days[0]),
            last=Thing("day", days[-1]),
            most=self.most,
        )


@dataclass(frozen=True, kw_only=True)
class SpaceExams(Rule):
    """Everybody has enough clear days between two exams (a school's own order, clear days).

    Days are those of the grid by which a resource lives; in a session these are all its dates. The deviation is, summed
    over the people and the pairs of these events that they attend, by how many days one would have to be held farther
    from the other. What is not held is far from everything.

    Attributes
    ----------
    least : int
        Clear days between two exams; with 0 they only fall on different days.
    """

    resources: Resources
    events: Events
    least: int

    def say(self) -> Sentence:
        if self.least == 0:
            return sentence("Nobody has two of these exams on one day.")
        return sentence(
            "Everybody has at least {n} clear day between two of these exams.",
            plural="Everybody has at least {n} clear days between two of these exams.",
            n=self.least,
        )

    def tables(self, problem: Problem) -> Iterator[tuple[Thing, Row]]:
        def between(grid: int) -> Between[tuple[int, ...]]:
            days = partial(problem.days_of_options, grid=grid)
            return Between(problem, days, self._missing, (type(self), grid, self.least))

        yield from shared_rows(problem, self.resources, frozenset(self.events), None, between)

    def _missing(self, one: tuple[int, ...], other: tuple[int, ...]) -> int:
        apart = min((abs(x - y) for x in one for y in other), default=self.least + 1)
        return max(0, self.least + 1 - apart)

    def check(self, problem: Problem, assignment: Assignment, touching: Container[int] = ALL) -> Iterator[Deviation]:
        exams = frozenset(self.events)
        for r in self.resources:
            if not concerns(problem, r, touching):
                continue
            grid = problem.resources[r].grid
            held = [event for event in attended(problem, assignment, r) if event in exams]
            dates = [(event, days_of(problem, assignment, event, grid)) for event in held]
            for (a, ours), (b, theirs) in combinations(dates, 2):
                if a == b or not ours or not theirs:
                    continue
                apart, day = min((abs(x - y), x) for x in ours for y in theirs)
                if apart <= self.least:
                    yield Deviation(self.least + 1 - apart, self._too_near(r, a, b, apart, day), Thing("resource", r))

    def _too_near(self, resource: int, a: int, b: int, apart: int, day: int) -> Sentence:
        who, one, other = Thing("resource", resource), Thing("event", a), Thing("event", b)
        if apart == 0:
            return sentence(
                "{resource} has both {a} and {b} on {day}.", resource=who, a=one, b=other, day=Thing("day", day)
            )
        return sentence(
            "{resource} has {n} clear day between {a} and {b}, not at least {least}.",
            plural="{resource} has {n} clear days between {a} and {b}, not at least {least}.",
            n=apart - 1,
            resource=who,
            a=one,
            b=other,
            least=self.least,
        )


@dataclass(frozen=True, kw_only=True)
class FreeExamDays(Rule):
    """Nobody has a lesson on the day of an exam (a school's own order).

    Days are those of the grid by which a resource lives. The deviation is, summed over the people, the number of pairs of
    an exam and a lesson that they attend on one day.
    """

    resources: Resources
    exams: Events
    lessons: Events

    def say(self) -> Sentence:
        return sentence("Nobody has a lesson on the day of an exam.")

    def tables(self, problem: Problem) -> Iterator[tuple[Thing, Row]]:
        def between(grid: int) -> Between[tuple[int, ...]]:
            return Between(problem, partial(problem.days_of_options, grid=grid), _on_one_day, (type(self), grid))

        yield from shared_rows(problem, self.resources, frozenset(self.exams), frozenset(self.lessons), between)

    def check(self, problem: Problem, assignment: Assignment, touching: Container[int] = ALL) -> Iterator[Deviation]:
        exams, lessons = frozenset(self.exams), frozenset(self.lessons)
        for r in self.resources:
            if not concerns(problem, r, touching):
                continue
            grid = problem.resources[r].grid
            held = [(event, days_of(problem, assignment, event, grid)) for event in attended(problem, assignment, r)]
            examined = [(event, days) for event, days in held if event in exams]
            taught = [(event, days) for event, days in held if event in lessons]
            for (exam, ours), (lesson, theirs) in product(examined, taught):
                shared = [day for day in ours if day in theirs]
                if exam != lesson and shared:
                    yield Deviation(
                        1,
                        sentence(
                            "{resource} has {lesson} on {day}, the day of {exam}.",
                            resource=Thing("resource", r),
                            lesson=Thing("event", lesson),
                            day=Thing("day", shared[0]),
                            exam=Thing("event", exam),
                        ),
                        Thing("resource", r),
                    )


def _in_a_row(days: int, length: int) -> list[tuple[int, ...]]:
    """Return every so many days in a row; all of them where there are fewer."""
    return [tuple(range(first, min(first + length, days))) for first in range(max(1, days - length + 1))]


def _on_one_day(one: tuple[int, ...], other: tuple[int, ...]) -> int:
    return int(any(day in other for day in one))
