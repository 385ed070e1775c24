"""Who and what is busy on which date, read off a timetable once: each person's, room's and workstation's meetings."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from scheduler.domain.document import Document
    from scheduler.domain.timetable import Occurrence, Placement, Timetable
    from scheduler.operations.consult.minutes import Clocks, Span

Key = tuple[str, str]
"""A kind and an id: a student, a teacher, a tutor, support staff, a group, a room, a workstation."""


@dataclass(frozen=True, slots=True)
class Meeting:
    """A dated meeting that is held, on a date that it shares minutes with.

    Attributes
    ----------
    placement : Placement
        With what the date changes.
    span : tuple of int
        Minutes after the date's midnight.
    """

    occurrence: Occurrence
    placement: Placement
    day: date
    span: Span


class Meetings:
    """The dated meetings of a timetable by who and what they take; those of somebody are looked up when asked for."""

    def __init__(self, document: Document, timetable: Timetable, clocks: Clocks) -> None:
        self.document = document
        self.timetable = timetable
        self.clocks = clocks
        self._of: dict[Key, dict[date, tuple[Meeting, ...]]] = {}
        self._told: dict[str, Meeting] = {}

    def of(self, key: Key, day: date) -> tuple[Meeting, ...]:
        """Return somebody's meetings on a date, by their starts."""
        if key not in self._of:
            self._of[key] = self._by_date(key)
        return self._of[key].get(day, ())

    def days(self, key: Key) -> frozenset[date]:
        """Return the dates on which somebody has a meeting."""
        self.of(key, self.document.term.first_day)
        return frozenset(self._of[key])

    def keys(self, placement: Placement) -> Iterator[Key]:
        """Yield whom and what a placement takes: persons, groups with all their parts, rooms, workstations."""
        yield from self.people(placement)
        yield from (("room", room) for room in placement.rooms)
        yield from (("workstation", seat) for seat in placement.seats.values())

    def people(self, placement: Placement) -> Iterator[Key]:
        """Yield who attends a placement: persons, and groups with all their parts."""
        yield from (("student", key) for key in placement.students)
        yield from (("teacher", key) for key in placement.teachers)
        yield from (("tutor", key) for key in placement.tutors)
        yield from (("support", key) for key in placement.support)
        yield from (("group", part) for group in placement.groups for part in self.document.within(group) or (group,))

    def _by_date(self, key: Key) -> dict[date, tuple[Meeting, ...]]:
        usual = [one for event in self._events_of.get(key, ()) for one in self._plain.get(event, ())]
        found: dict[date, list[Meeting]] = defaultdict(list)
        for occurrence in [*usual, *self._changed.get(key, ())]:
            meeting = self.meeting(occurrence)
            found[meeting.day].append(meeting)
            if meeting.span[1] > (whole := 24 * 60):
                after = self.clocks.day(occurrence.end)
                span = (meeting.span[0] - whole, meeting.span[1] - whole)
                found[after].append(Meeting(occurrence, meeting.placement, after, span))
        return {day: tuple(sorted(held, key=lambda one: one.span)) for day, held in found.items()}

    def meeting(self, occurrence: Occurrence) -> Meeting:
        """Return an occurrence with its placement, in minutes of the date on which it begins."""
        if occurrence.id not in self._told:
            day = self.clocks.day(occurrence.start)
            span = (self.clocks.minute(day, occurrence.start), self.clocks.minute(day, occurrence.end))
            self._told[occurrence.id] = Meeting(occurrence, self.timetable.placed(occurrence), day, span)
        return self._told[occurrence.id]

    @cached_property
    def _events_of(self) -> dict[Key, list[str]]:
        found: dict[Key, list[str]] = defaultdict(list)
        for placement in self.timetable.pattern:
            for key in dict.fromkeys(self.keys(placement)):
                found[key].append(placement.event)
        return found

    @cached_property
    def _plain(self) -> dict[str, list[Occurrence]]:
        """By event the meetings whose people and places are those of the pattern."""
        found: dict[str, list[Occurrence]] = defaultdict(list)
        for occurrence in self._held:
            if not _differs(occurrence):
                found[occurrence.event].append(occurrence)
        return found

    @cached_property
    def _changed(self) -> dict[Key, list[Occurrence]]:
        """By whom and what they take, the meetings whose people or places are others than the pattern's."""
        found: dict[Key, list[Occurrence]] = defaultdict(list)
        for occurrence in self._held:
            if _differs(occurrence):
                for key in dict.fromkeys(self.keys(self.timetable.placed(occurrence))):
                    found[key].append(occurrence)
        return found

    @cached_property
    def _held(self) -> tuple[Occurrence, ...]:
        known = self.timetable.placements
        return tuple(one for one in self.timetable.occurrences if one.status == "held" and one.event in known)


def _differs(occurrence: Occurrence) -> bool:
    """Whether a date changes who or what is taken."""
    return not (
        occurrence.teachers is None
        and occurrence.students is None
        and occurrence.tutors is None
        and occurrence.room is None
        and occurrence.seats is None
    )
