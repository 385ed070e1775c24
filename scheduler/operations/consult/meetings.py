"""Who and what is busy on which date, read off a timetable once: each person's, room's and workstation's meetings."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import timedelta
from functools import cached_property
from typing import TYPE_CHECKING, Final

from scheduler.domain.timetable import Placement
from scheduler.operations.consult.minutes import DAY

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from scheduler.domain.document import Document
    from scheduler.domain.timetable import Occurrence, Timetable
    from scheduler.operations.consult.minutes import Clocks, Span
    from scheduler.operations.consult.standing import Engagement, Standing

Key = tuple[str, str]
"""A kind and an id: a student, a teacher, a tutor, support staff, a group, a room, a workstation."""


ONE_DAY: Final = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Meeting:
    """A dated meeting that is held, on a date that it shares minutes with.

    Attributes
    ----------
    placement : Placement or Engagement
        With what the date changes; of a session's plan whom and what it takes.
    span : tuple of int
        Minutes after the date's midnight.
    """

    occurrence: Occurrence
    placement: Placement | Engagement
    day: date
    span: Span

    @property
    def lesson(self) -> Placement:
        """What a meeting of the timetable is."""
        assert isinstance(self.placement, Placement)
        return self.placement


class Meetings:
    """What is held, by who and what it takes: a timetable's meetings and plans' own; looked up when asked for."""

    def __init__(self, document: Document, standing: Standing, clocks: Clocks) -> None:
        self.document = document
        self.timetable: Timetable = standing.timetable
        self.engagements = standing.engagements
        self.clocks = clocks
        self._of: dict[tuple[Key, date], tuple[Meeting, ...]] = {}
        self._told: dict[tuple[str, date], Meeting] = {}

    def of(self, key: Key, day: date) -> tuple[Meeting, ...]:
        """Return somebody's meetings that share minutes with a date, by their starts."""
        if (key, day) not in self._of:
            plain, others = self._index
            events = self._events_of[key]
            # Elsewhere it may be the day before or after.
            near = [plain[local] for local in (day - ONE_DAY, day, day + ONE_DAY) if local in plain]
            held = [meetings[event] for meetings in near for event in meetings.keys() & events]
            told = [self._on(one, day) for one in (*held, *others.get(key, ()))]
            told += [
                Meeting(one.occurrence, one, day, self._span(one.occurrence, day))
                for one in self._engagements_of.get(key, ())
            ]
            found = [one for one in told if one.span[0] < DAY and one.span[1] > 0]
            self._of[key, day] = tuple(sorted(found, key=lambda one: (one.span, one.occurrence.id)))
        return self._of[key, day]

    def meeting(self, occurrence: Occurrence) -> Meeting:
        """Return an occurrence in minutes of the date on which it begins."""
        return self._on(occurrence, self.clocks.day(occurrence.start))

    def keys(self, placement: Placement | Engagement) -> Iterator[Key]:
        """Yield whom and what a placement takes: persons, groups with all their parts, rooms, workstations."""
        yield from self.people(placement)
        yield from (("room", room) for room in placement.rooms)
        yield from (("workstation", seat) for seat in placement.seats.values())

    def people(self, placement: Placement | Engagement) -> Iterator[Key]:
        """Yield who attends a placement: persons, and groups with all their parts."""
        yield from (("student", key) for key in placement.students)
        yield from (("teacher", key) for key in placement.teachers)
        yield from (("tutor", key) for key in placement.tutors)
        yield from (("support", key) for key in placement.support)
        yield from (("group", part) for group in placement.groups for part in self.document.within(group) or (group,))

    def _on(self, occurrence: Occurrence, day: date) -> Meeting:
        if (occurrence.id, day) not in self._told:
            span = self._span(occurrence, day)
            self._told[occurrence.id, day] = Meeting(occurrence, self.timetable.placed(occurrence), day, span)
        return self._told[occurrence.id, day]

    def _span(self, occurrence: Occurrence, day: date) -> Span:
        return self.clocks.minute(day, occurrence.start), self.clocks.minute(day, occurrence.end)

    @cached_property
    def _engagements_of(self) -> dict[Key, list[Engagement]]:
        found: dict[Key, list[Engagement]] = defaultdict(list)
        for engagement in self.engagements:
            for key in dict.fromkeys(self.keys(engagement)):
                found[key].append(engagement)
        return found

    @cached_property
    def _events_of(self) -> dict[Key, set[str]]:
        found: dict[Key, set[str]] = defaultdict(set)
        for placement in self.timetable.pattern:
            for key in self.keys(placement):
                found[key].add(placement.event)
        return found

    @cached_property
    def _index(self) -> tuple[dict[date, dict[str, Occurrence]], dict[Key, list[Occurrence]]]:
        """The meetings by the date of their own zone and by event; and by whom and what they take those that do not fit.

        These are few: a date changes their people or places, or the event meets twice on it.
        """
        plain: dict[date, dict[str, Occurrence]] = {}
        others: dict[Key, list[Occurrence]] = {}
        known = self.timetable.placements
        for one in self.timetable.occurrences:
            if one.status != "held" or one.event not in known:
                continue
            if _differs(one) or plain.setdefault(one.start.date(), {}).setdefault(one.event, one) is not one:
                for key in dict.fromkeys(self.keys(self.timetable.placed(one))):
                    others.setdefault(key, []).append(one)
        return plain, others


def _differs(occurrence: Occurrence) -> bool:
    """Whether a date changes who or what is taken."""
    return not (
        occurrence.teachers is None
        and occurrence.students is None
        and occurrence.tutors is None
        and occurrence.room is None
        and occurrence.seats is None
    )
