"""Sessions as the engine is told them, with what is needed to tell the answer back."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import date

    from scheduler.compile.clock import Ticks
    from scheduler.compile.sessions.build import Claim, Held, Seat
    from scheduler.compile.sessions.dates import DatedClock
    from scheduler.compile.sessions.people import Attendee, Key
    from scheduler.domain.document import Document
    from scheduler.domain.exams import Exam
    from scheduler.domain.places import Room, Workstation
    from scheduler.domain.policy import RuleSpec
    from scheduler.domain.timetable import Occurrence
    from solver.problem import Problem
    from solver.rules.rule import Rule


@dataclass(frozen=True)
class CompiledSessions:
    """The problem, and in the order of its parts what they are in the document.

    Attributes
    ----------
    problem : Problem
    exams : tuple of Exam
        Those that are placed.
    events : tuple of Held
        For each event.
    days : tuple of date
        For each day of the grids.
    attendees : tuple of Attendee
        For each resource.
    seats : tuple of Seat
        For each choice.
    things : tuple of Room or Workstation
        For each unit.
    claims : tuple of str
        For each demand.
    wholes : dict of str to tuple of int
        For each exam the events of its whole parts.
    stretches : dict of (str, int) to tuple of int
        For each part of an exam the events of its stretches, the whole one first.
    consultations : dict of str to int
        For each exam that has one the event of its consultation.
    alone : tuple of int
        The demands whose unit nothing else may have: exams that are alone in their room, students who sit alone.
    lessons : tuple of int
        The events that are lessons of the timetable: of those who are examined, whether they may give way or not.
    suspended : tuple of Occurrence
        Lessons that are not held whatever happens.
    breaks : dict of int to int
        For each whole part after which there must be a break the event that is longer by it.
    specs : tuple of RuleSpec
        For each rule what it comes from; several rules may come from one.
    kept : tuple of (RuleSpec, Rule)
        Rules that the events' own lengths keep: they are recounted, and the search need not see them.
    """

    document: Document
    problem: Problem
    clock: DatedClock
    ticks: Ticks
    days: tuple[date, ...]
    exams: tuple[Exam, ...]
    events: tuple[Held, ...]
    attendees: tuple[Attendee, ...]
    seats: tuple[Seat, ...]
    things: tuple[Room | Workstation, ...]
    claims: tuple[Claim, ...]
    wholes: dict[str, tuple[int, ...]]
    stretches: dict[tuple[str, int], tuple[int, ...]]
    consultations: dict[str, int]
    alone: tuple[int, ...]
    lessons: tuple[int, ...]
    suspended: tuple[Occurrence, ...]
    breaks: dict[int, int]
    specs: tuple[RuleSpec, ...] = ()
    kept: tuple[tuple[RuleSpec, Rule], ...] = ()

    @cached_property
    def resource_of(self) -> dict[Key, int]:
        """The engine's resource of each person or group, by kind and id."""
        return {attendee.key: index for index, attendee in enumerate(self.attendees) if attendee.stands_in is None}

    @cached_property
    def recounted(self) -> Problem:
        """The problem with every rule, also those that the search need not see."""
        return replace(self.problem, rules=(*self.problem.rules, *(rule for _, rule in self.kept)))

    @property
    def specs_recounted(self) -> tuple[RuleSpec, ...]:
        """For each rule of the recounted problem what it comes from."""
        return (*self.specs, *(spec for spec, _ in self.kept))

    @cached_property
    def seats_of_event(self) -> dict[int, tuple[int, ...]]:
        """For each event the choices of those who take seats at it."""
        found: dict[int, list[int]] = {}
        for choice, seat in enumerate(self.seats):
            for event in seat.events:
                found.setdefault(event, []).append(choice)
        return {event: tuple(choices) for event, choices in found.items()}
