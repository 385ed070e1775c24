"""The dated lessons of a timetable in the window of sessions: who is there, and what they have."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from scheduler.errors import Fault, Place
from solver.sentence import sentence

if TYPE_CHECKING:
    from collections.abc import Iterator
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
        """Whether it must not move."""
        return self.occurrence.pinned or self.placement.pinned


def meetings(build: Build, clock: DatedClock, timetable: Timetable, faults: list[Fault]) -> tuple[Meeting, ...]:
    """Return the lessons that are held in the window; who and what the document does not have is added to the faults."""
    document = build.document
    found = []
    unknown: dict[str, None] = {}
    for occurrence in timetable.occurrences:
        if occurrence.event not in timetable.placements or occurrence.status != "held":
            continue
        if not clock.first <= occurrence.start.date() <= clock.last:
            continue
        placement = timetable.placed(occurrence)
        missing = dict.fromkeys(_missing(build, placement))
        if missing:
            unknown |= missing
            continue
        groups = dict.fromkeys(part for group in placement.groups for part in document.within(group))
        unnamed = tuple(part for part in groups if not document.members(part))
        usual, span = timetable.placements[occurrence.event], (clock.of(occurrence.start), clock.of(occurrence.end))
        found.append(Meeting(occurrence, placement, usual, span, unnamed))
    faults.extend(_stranger(key) for key in unknown)
    return tuple(found)


def _missing(build: Build, placement: Placement) -> Iterator[str]:
    """Yield those whom, and what, the document does not have."""
    document = build.document
    for kind in ("students", "groups", "teachers", "tutors", "support"):
        yield from (key for key in getattr(placement, kind) if not document.has(kind, key))
    yield from (key for key in (*placement.rooms, *placement.seats.values()) if key not in build.unit_of)


def _stranger(key: str) -> Fault:
    return Fault(
        Place(path="timetable"),
        sentence("“{key}”, of the timetable, must be in the document.", key=key),
        sentence("Maybe name the timetable that was made from this document."),
    )
