"""The weekly pattern on the dates of the term: holidays, moved and shortened days, other events that have dates.

Needs neither the engine nor what was compiled: a document and its placements are enough.
"""

from __future__ import annotations

from collections import Counter
from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from scheduler.domain.base import WEEKDAYS
from scheduler.domain.calendar import TermDay, bells_on, cycle_number, dates, lost_days, term_days
from scheduler.domain.timetable import Occurrence, Placement, event_id, occurrence_id

if TYPE_CHECKING:
    from collections.abc import Iterator

    from scheduler.domain.calendar import BellSchedule
    from scheduler.domain.document import Document
    from scheduler.domain.events import EventDates, OtherEvent

MIDNIGHT = time(0)
FIRST_DATED = 1001
"""The dated meetings of an event are numbered from here: no number is ever given to another meeting."""


def dated_placements(document: Document) -> tuple[Placement, ...]:
    """Tell the placements of other events that have dates: held in no week of the cycle, but on their dates."""
    return tuple(
        placement
        for event in document.events
        for number, when in enumerate(event.dated, start=FIRST_DATED)
        for placement in [_dated_placement(document, event, number, when)]
    )


def _dated_placement(document: Document, event: OtherEvent, number: int, when: EventDates) -> Placement:
    site = event.site
    own = document.site(site).time_zone if site is not None else None
    students = dict.fromkeys([*event.students, *(s for group in event.groups for s in document.members(group))])
    return Placement(
        event=event_id(event.id, 1, number),
        kind="event",
        course=event.id,
        number=number,
        weeks=(),
        weekday=WEEKDAYS[when.first.weekday()],
        start=when.start or MIDNIGHT,
        end=when.end or MIDNIGHT,
        time_zone=own or document.term.time_zone,
        mode=event.mode,
        site=site,
        teachers=event.teachers,
        students=tuple(students),
        groups=event.groups,
        tutors=event.tutors,
        support=event.support,
    )


def occurrences(document: Document, placements: tuple[Placement, ...]) -> tuple[Occurrence, ...]:
    """Tell every dated meeting of the term, by date and then as the placements stand."""
    dater = _Dater(document)
    by_day: dict[tuple[int, str], list[Placement]] = {}
    for placement in placements:
        for week in placement.weeks:
            by_day.setdefault((week, placement.weekday), []).append(placement)
    found: list[tuple[date, Occurrence]] = []
    for day in term_days(document.term):
        found += [(day.date, dater.held(p, day)) for p in by_day.get((day.week, day.weekday), ())]
    for day in lost_days(document.term):
        found += [(day.date, dater.lost(p, day)) for p in by_day.get((day.week, day.weekday), ())]
    found.sort(key=lambda pair: pair[0])
    lessons = [occurrence for _, occurrence in found]
    return dater.suspended(lessons, placements)


class _Dater:
    """Dates meetings; times of day at one place and the bells of a date are looked up once."""

    def __init__(self, document: Document) -> None:
        self.document = document
        self.term = document.term
        self.zones: dict[str, ZoneInfo] = {}
        self.shortened = {day.date for day in document.term.shortened_days}
        self.sites = {
            **{("student", s.id): s.site for s in document.students},
            **{("group", g.id): g.site for g in document.groups},
        }

    def _at(self, day: date, clock: time, zone: str) -> datetime:
        found = self.zones.get(zone)
        if found is None:
            found = self.zones[zone] = ZoneInfo(zone)
        return datetime.combine(day, clock, found)

    def _span(self, placement: Placement, day: date) -> tuple[datetime, datetime]:
        start, end = (self._at(day, clock, placement.time_zone) for clock in (placement.start, placement.end))
        return start, end if end > start else end + timedelta(days=1)

    def held(self, placement: Placement, day: TermDay) -> Occurrence:
        """Tell a meeting on a date on which it is held, by that date's bells."""
        key = self._key(placement, day)
        start, end = self._span(placement, day.date)
        bells = self._bells(placement, day.date)
        if bells is None:
            return Occurrence(id=key, event=placement.event, start=start, end=end)
        schedule = self.document.bell_schedule(bells)
        shortened = _by_bells(self.document.bell_schedule(placement.bells or ""), schedule, placement)
        if shortened is None:
            return Occurrence(
                id=key,
                event=placement.event,
                start=start,
                end=end,
                status="lost",
                reason=schedule.name or bells,
                bells=bells,
            )
        start, end = (self._at(day.date, clock, placement.time_zone) for clock in shortened)
        return Occurrence(id=key, event=placement.event, start=start, end=end, bells=bells)

    def lost(self, placement: Placement, day: TermDay) -> Occurrence:
        """Tell a meeting that no date holds."""
        start, end = self._span(placement, day.date)
        names = [h.name for h in self.term.holidays if h.first <= day.date <= h.last]
        reason = names[0] if names else ""
        return Occurrence(
            id=self._key(placement, day), event=placement.event, start=start, end=end, status="lost", reason=reason
        )

    @staticmethod
    def _key(placement: Placement, day: TermDay) -> str:
        return occurrence_id(placement.event, day.cycle, placement.weeks.index(day.week) + 1)

    def _bells(self, placement: Placement, day: date) -> str | None:
        """Return other bells than the placement's, if these are rung at its place on the date."""
        if day not in self.shortened or placement.bells is None or not placement.periods:
            return None
        bells = bells_on(self.term, day, self._site(placement), placement.bells)
        return None if bells == placement.bells else bells

    def _site(self, placement: Placement) -> str | None:
        """Return where a lesson is held; an online one where most of those who learn sit."""
        if placement.site is not None:
            return placement.site
        seated = [("student", s) for s in placement.students] or [("group", g) for g in placement.groups]
        most = Counter(self.sites.get(key) for key in seated).most_common(1)
        return most[0][0] if most else None

    def suspended(self, lessons: list[Occurrence], placements: tuple[Placement, ...]) -> tuple[Occurrence, ...]:
        """Add the dated events, and take from lessons those people whom an event suspends them for."""
        by_event = {placement.event: placement for placement in placements}
        extra: list[Occurrence] = []
        for event in self.document.events:
            for number, when in enumerate(event.dated, start=FIRST_DATED):
                placement = by_event.get(event_id(event.id, 1, number))
                if placement is None:
                    continue
                meetings = list(self._meetings(placement, when))
                extra += meetings
                if when.suspends_lessons:
                    lessons = [self._without(lesson, by_event, placement, meetings, event) for lesson in lessons]
        return (*lessons, *extra)

    def _meetings(self, placement: Placement, when: EventDates) -> Iterator[Occurrence]:
        counted: Counter[int] = Counter()
        for day in dates(when.first, when.last):
            cycle = cycle_number(self.term, day)
            counted[cycle] += 1
            start, end = self._span(placement, day)
            key = occurrence_id(placement.event, cycle, counted[cycle])
            yield Occurrence(id=key, event=placement.event, start=start, end=end)

    def _without(
        self,
        lesson: Occurrence,
        placements: dict[str, Placement],
        event: Placement,
        meetings: list[Occurrence],
        item: OtherEvent,
    ) -> Occurrence:
        if lesson.status != "held" or not any(m.start < lesson.end and lesson.start < m.end for m in meetings):
            return lesson
        placement = placements[lesson.event]
        students = placement.students if lesson.students is None else lesson.students
        teachers = placement.teachers if lesson.teachers is None else lesson.teachers
        away = set(event.students)
        left = tuple(student for student in students if student not in away)
        groups = set(placement.groups) & set(event.groups)
        nobody = (bool(students) and not left) or (bool(groups) and not left)
        if nobody or set(teachers) & set(event.teachers):
            return lesson.model_copy(update={"status": "cancelled", "reason": item.name or item.id})
        return lesson if left == students else lesson.model_copy(update={"students": left})


def _by_bells(usual: BellSchedule, rung: BellSchedule, placement: Placement) -> tuple[time, time] | None:
    """Return a lesson's times by other bells; None where they do not have its periods."""
    first, last = rung.period(placement.periods[0]), rung.period(placement.periods[-1])
    own = usual.period(placement.periods[-1])
    if first is None or last is None or own is None:
        return None
    day = date(2000, 1, 1)
    lasts = datetime.combine(day, placement.end) - datetime.combine(day, own.start)
    told = datetime.combine(day, last.start) + lasts
    return first.start, min(told.time(), last.end)
