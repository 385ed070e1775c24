"""What a session of exams owes to those who prepare for it: consultations, notice, reserve days, and the lessons beside it."""

from __future__ import annotations

from collections.abc import Container, Iterator
from dataclasses import dataclass
from functools import partial

from solver.placements import days_of
from solver.problem import Assignment, Member, Problem, ticks_of
from solver.rules.rule import ALL, Days, Deviation, Events, Rule
from solver.sentence import Sentence, Thing, sentence
from solver.tables import Between, Options, Row

_Span = tuple[int, int, int, int]
"""First and last tick, first and last day of an event."""


@dataclass(frozen=True, kw_only=True)
class ConsultBefore(Rule):
    """The consultation is held shortly before the exam (a school's own order, consultation before each exam).

    The deviation of each of the consultations and each of the exams is by how many days the one comes too early or too
    late for the other, at least 1 where it does not end before the exam begins. Days are those of the first
    consultation's grid, from the last on which the consultation is held to the first of the exam. What is not held, or on
    no day of that grid, is at no wrong time.

    Attributes
    ----------
    least, most : int
        Days before the exam; 0 is the same day.
    """

    consultations: Events
    exams: Events
    least: int
    most: int

    def say(self) -> Sentence:
        return sentence(
            "The consultation is held from {least} to {n} day before the exam.",
            plural="The consultation is held from {least} to {n} days before the exam.",
            n=self.most,
            least=self.least,
        )

    def tables(self, problem: Problem) -> Iterator[tuple[Thing, Row]]:
        if not self.consultations:
            return
        grid = problem.events[self.consultations[0]].grid
        name = type(self), grid, self.least, self.most
        between = Between(problem, partial(_spans, problem, grid), self._wrong, name)
        pairs = ((Member(a), Member(b)) for a in self.consultations for b in self.exams if a != b)
        for row in between.rows(pairs):
            yield Thing("event", row.members[0].event), row

    def _wrong(self, consultation: _Span | None, exam: _Span | None) -> int:
        if consultation is None or exam is None:
            return 0
        before = exam[2] - consultation[3]
        late = int(consultation[1] >= exam[0])
        return max(late, max(0, self.least - before) + max(0, before - self.most))

    def check(self, problem: Problem, assignment: Assignment, touching: Container[int] = ALL) -> Iterator[Deviation]:
        for a in self.consultations:
            for b in self.exams:
                if a == b or (a not in touching and b not in touching):
                    continue
                grid = problem.events[self.consultations[0]].grid
                ours, theirs = days_of(problem, assignment, a, grid), days_of(problem, assignment, b, grid)
                if not ours or not theirs:
                    continue
                before = theirs[0] - ours[-1]
                missing = max(0, self.least - before) + max(0, before - self.most)
                late = max(ticks_of(problem, assignment, a)) >= min(ticks_of(problem, assignment, b))
                if missing or late:
                    yield Deviation(max(missing, 1), self._told(a, b, before), Thing("event", a))

    def _told(self, consultation: int, exam: int, before: int) -> Sentence:
        what, when = Thing("event", consultation), Thing("event", exam)
        if before > self.most:
            return sentence(
                "{consultation} is held {n} day before {exam}, not at most {most}.",
                plural="{consultation} is held {n} days before {exam}, not at most {most}.",
                n=before,
                consultation=what,
                exam=when,
                most=self.most,
            )
        if 0 <= before < self.least:
            return sentence(
                "{consultation} is held {n} day before {exam}, not at least {least}.",
                plural="{consultation} is held {n} days before {exam}, not at least {least}.",
                n=before,
                consultation=what,
                exam=when,
                least=self.least,
            )
        return sentence("{consultation} does not end before {exam} begins.", consultation=what, exam=when)


@dataclass(frozen=True, kw_only=True)
class KeepReserve(Rule):
    """Reserve days are kept free (a school's own order, reserve days).

    The deviation of each event is the number of these days on which it is held. Days are those of its own grid.
    """

    events: Events
    days: Days

    def say(self) -> Sentence:
        return sentence("Reserve days are kept free.")

    def tables(self, problem: Problem) -> Iterator[tuple[Thing, Row]]:
        reserve = frozenset(self.days)
        for event in self.events:
            met = problem.days_of_options(event, problem.events[event].grid)
            costs = tuple(len(reserve.intersection(days)) for days in met)
            if any(costs):
                yield Thing("event", event), Options(event, costs)

    def check(self, problem: Problem, assignment: Assignment, touching: Container[int] = ALL) -> Iterator[Deviation]:
        for event in self.events:
            held = days_of(problem, assignment, event, problem.events[event].grid)
            reserved = [day for day in held if day in self.days]
            if event in touching and reserved:
                where = Thing("event", event)
                said = sentence(
                    "{event} is held on {days}, kept in reserve.",
                    event=where,
                    days=tuple(Thing("day", day) for day in reserved),
                )
                yield Deviation(len(reserved), said, where)


@dataclass(frozen=True, kw_only=True)
class GiveNotice(Rule):
    """Exams are made known early enough before they are held (a school's own order, notice of exams).

    The deviation of each event is the number of days by which it is held too early. Days are those of its own grid.

    Attributes
    ----------
    published : int
        The day on which the plan is made known; before the first day of the grid it is negative.
    least : int
        Days from then to the exam.
    """

    events: Events
    published: int
    least: int

    def say(self) -> Sentence:
        return sentence(
            "Exams are made known at least {n} day before they are held.",
            plural="Exams are made known at least {n} days before they are held.",
            n=self.least,
        )

    def tables(self, problem: Problem) -> Iterator[tuple[Thing, Row]]:
        for event in self.events:
            met = problem.days_of_options(event, problem.events[event].grid)
            costs = tuple(max(0, self.published + self.least - days[0]) if days else 0 for days in met)
            if any(costs):
                yield Thing("event", event), Options(event, costs)

    def check(self, problem: Problem, assignment: Assignment, touching: Container[int] = ALL) -> Iterator[Deviation]:
        for event in self.events:
            held = days_of(problem, assignment, event, problem.events[event].grid)
            if event not in touching or not held:
                continue
            notice = held[0] - self.published
            if notice < self.least:
                where = Thing("event", event)
                said = sentence(
                    "{event} is made known {n} day before it is held, not at least {least}.",
                    plural="{event} is made known {n} days before it is held, not at least {least}.",
                    n=max(0, notice),
                    event=where,
                    least=self.least,
                )
                yield Deviation(self.least - notice, said, where)


@dataclass(frozen=True, kw_only=True)
class HoldLessons(Rule):
    """Lessons are held, whatever else goes on (a school's own order, lessons beside exams).

    The deviation is the number of these events that are not held.
    """

    events: Events

    def say(self) -> Sentence:
        return sentence("These lessons are held.")

    def tables(self, problem: Problem) -> Iterator[tuple[Thing, Row]]:
        for event in self.events:
            costs = tuple(int(not option.ticks) for option in problem.events[event].options)
            if any(costs):
                yield Thing("event", event), Options(event, costs)

    def check(self, problem: Problem, assignment: Assignment, touching: Container[int] = ALL) -> Iterator[Deviation]:
        for event in self.events:
            if event in touching and not ticks_of(problem, assignment, event):
                where = Thing("event", event)
                yield Deviation(1, sentence("{event} is not held.", event=where), where)


def _spans(problem: Problem, grid: int, event: int) -> list[_Span | None]:
    """For each option its first and last tick and day; None where it is on no day of the grid."""
    days_of_options = problem.days_of_options(event, grid)
    return [
        (min(option.ticks), max(option.ticks), days[0], days[-1]) if days else None
        for option, days in zip(problem.events[event].options, days_of_options, strict=True)
    ]
