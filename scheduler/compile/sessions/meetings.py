"""The dated lessons of a timetable in the window of sessions: who is there, and what they have."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import date

    from scheduler.compile.clock import Span
    from scheduler.compile.sessions.build import Build
    from scheduler.compile.sessions.dates import DatedClock
    from scheduler.compile.sessions.people import Key
    from scheduler.domain.timetable import Occurrence, Placement, Timetable


@dataclass(frozen=True)
class Meeting:
    """One dated lesson.

    Attributes
    ----------
    placement : Placement
        With what its date changes.
    usual : Placement
        Without that.
    groups : tuple of str
        Those without named students, parts of others among them.
    """

    occurrence: Occurrence
    placement: Placement
    usual: Placement
    span: Span
    groups: tuple[str, ...]

    @property
    def day(self) -> date:
        """Its date, by its own clock."""
        return self.occurrence.start.date()

    @property
    def site(self) -> str | None:
        """Where it is held; None where everybody is where they sit themselves."""
        return self.placement.site if self.placement.mode == "site" else None

    @property
    def learners(self) -> tuple[Key, ...]:
        """Students, and groups without named ones."""
        return (*(("student", key) for key in self.placement.students), *(("group", key) for key in self.groups))

    @property
    def others(self) -> tuple[Key, ...]:
        """Everybody else."""
        held = self.placement
        return (
            *(("teacher", key) for key in held.teachers),
            *(("tutor", key) for key in held.tutors),
            *(("support", key) for key in held.support),
        )

    @property
    def things(self) -> tuple[str, ...]:
        """Its rooms and workstations."""
        return (*self.placement.rooms, *self.placement.seats.values())

    @property
    def pinned(self) -> bool:
        """Whether it must stay: it is pinned, or a consultation, which was asked for and agreed."""
        return self.occurrence.pinned or self.placement.pinned or self.is_consultation

    @property
    def is_consultation(self) -> bool:
        """Whether it is no lesson: where lessons are suspended it is held."""
        return self.placement.kind == "consultation"


def meetings(build: Build, clock: DatedClock, timetable: Timetable) -> tuple[Meeting, ...]:
    """Return the lessons that are held in the window."""
    document = build.document
    found = []
    for occurrence in timetable.occurrences:
        if occurrence.event not in timetable.placements or occurrence.status != "held":
            continue
        if not clock.first <= occurrence.start.date() <= clock.last:
            continue
        placement = timetable.placed(occurrence)
        groups = dict.fromkeys(part for group in placement.groups for part in document.within(group))
        unnamed = tuple(part for part in groups if not document.members(part))
        usual, span = timetable.placements[occurrence.event], (clock.of(occurrence.start), clock.of(occurrence.end))
        found.append(Meeting(occurrence, placement, usual, span, unnamed))
    return tuple(found)
