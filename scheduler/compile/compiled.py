"""A document as the engine is told it, with what is needed to tell the answer back."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from scheduler.compile.shapes import When

if TYPE_CHECKING:
    from scheduler.compile.attend import Pick
    from scheduler.compile.clock import Bells, Clock, Ticks
    from scheduler.compile.needs import Claim, Want
    from scheduler.compile.people import Participant, People
    from scheduler.compile.recall import Kept
    from scheduler.compile.series import Lesson, Series
    from scheduler.compile.shapes import Shape
    from scheduler.domain.document import Document
    from scheduler.domain.places import Room, Workstation
    from scheduler.domain.policy import RuleSpec
    from solver.problem import Problem


@dataclass(frozen=True)
class Compiled:
    """The problem, and in the order of its parts what they are in the document.

    Attributes
    ----------
    problem : Problem
    bells : tuple of Bells
        For each grid.
    series : tuple of Series
    lessons : tuple of Lesson
        For each event.
    participants : tuple of Participant
        For each resource.
    picks : tuple of Pick
        For each choice.
    things : tuple of Room or Workstation
        For each unit.
    claims : tuple of str
        For each demand.
    wants : tuple of Want
        For each demand.
    specs : tuple of RuleSpec
        For each rule the one of the policy that it comes from; several rules may come from one.
    kept : Kept or None
        What of an earlier timetable stands and is pinned.
    """

    document: Document
    problem: Problem
    people: People
    clock: Clock
    ticks: Ticks
    bells: tuple[Bells, ...]
    series: tuple[Series, ...]
    lessons: tuple[Lesson, ...]
    participants: tuple[Participant, ...]
    picks: tuple[Pick, ...]
    things: tuple[Room | Workstation, ...]
    claims: tuple[Claim, ...]
    wants: tuple[Want, ...]
    specs: tuple[RuleSpec, ...] = ()
    kept: Kept | None = None

    @cached_property
    def first(self) -> tuple[int, ...]:
        """For each series its first event."""
        first, total = [], 0
        for one in self.series:
            first.append(total)
            total += len(one.lessons)
        return tuple(first)

    @cached_property
    def _times(self) -> dict[Shape, tuple[When, ...]]:
        return {shape: shape.times(self.clock) for shape in dict.fromkeys(lesson.shape for lesson in self.lessons)}

    def times(self, event: int) -> tuple[When, ...]:
        """Return for each option of the event when it is held."""
        return self._times[self.lessons[event].shape]

    def series_of(self, event: int) -> Series:
        """Return the series that the event is of."""
        return self.series[self.lessons[event].series]

    def events_of(self, series: int) -> range:
        """Return the events of a series."""
        return range(self.first[series], self.first[series] + len(self.series[series].lessons))

    @cached_property
    def event_of(self) -> dict[str, int]:
        """The engine's event of each name of an event."""
        return {lesson.id: event for event, lesson in enumerate(self.lessons)}

    @cached_property
    def resource_of(self) -> dict[tuple[str, str], int]:
        """The engine's resource of each person or group, by kind and id."""
        return {(p.kind, p.id): index for index, p in enumerate(self.participants) if not p.stand_in}
