"""Who is where at which minute, read off the placements."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import cached_property
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from scheduler.domain.base import WEEKDAYS
from scheduler.domain.courses import Course
from scheduler.domain.exams import Request
from scheduler.domain.people import Availability, Limits

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from scheduler.domain.courses import Group
    from scheduler.domain.document import Document
    from scheduler.domain.events import OtherEvent
    from scheduler.domain.people import Hours
    from scheduler.domain.timetable import Occurrence, Placement, Timetable

Key = tuple[str, str]
"""A kind and an id: a person, a group, a room, a workstation."""

MIDNIGHT = time(0)
NOTHING = Availability()
NO_LIMITS = Limits()


@dataclass(frozen=True, slots=True)
class Person:
    """Whoever attends something, as far as the facts need them."""

    name: str
    zone: str
    site: str | None
    availability: Availability = NOTHING
    limits: Limits = NO_LIMITS


class Presence:
    """Who is where, read off a document and a timetable."""

    def __init__(self, document: Document, timetable: Timetable) -> None:
        self.document = document
        self.timetable = timetable

    @cached_property
    def people(self) -> dict[Key, Person]:
        """Everybody by kind and id."""
        document = self.document
        usual = document.term.time_zone
        zones = {site.id: site.time_zone or usual for site in document.sites}
        school = {site.school: zones[site.id] for site in reversed(document.sites)}
        found: dict[Key, Person] = {}
        for s in document.students:
            zone = zones[s.site] if s.site is not None else s.time_zone or school.get(s.school, usual)
            found["student", s.id] = Person(s.name or s.id, zone, s.site, s.availability, s.limits)
        for t in document.teachers:
            zone = zones[t.site] if t.site is not None else t.time_zone or usual
            found["teacher", t.id] = Person(t.name or t.id, zone, t.site, t.availability, t.limits)
        for kind, staff in (("tutor", document.tutors), ("support", document.support)):
            for one in staff:
                zone = zones[one.site] if one.site is not None else usual
                found[kind, one.id] = Person(one.name or one.id, zone, one.site, one.availability, one.limits)
        for g in document.groups:
            zone = zones[g.site] if g.site is not None else usual
            found["group", g.id] = Person(g.name or g.id, zone, g.site, self._availability(g))
        return found

    def _availability(self, group: Group) -> Availability:
        """Return when a group can be asked for: when it and all that it is a part of can."""
        wholes = [self.document.group(whole).availability for whole in self._wholes[group.id]]
        return Availability(
            weekly=tuple(hours for whole in wholes for hours in whole.weekly),
            dated=tuple(dates for whole in wholes for dates in whole.dated),
        )

    @cached_property
    def _wholes(self) -> dict[str, list[str]]:
        """The group itself, those that it is a part of, and theirs."""
        found: dict[str, list[str]] = defaultdict(list)
        for whole, parts in self.within.items():
            for part in parts:
                found[part].append(whole)
        return found

    @cached_property
    def within(self) -> dict[str, tuple[str, ...]]:
        parts: dict[str, list[str]] = defaultdict(list)
        for group in self.document.groups:
            for whole in group.part_of:
                parts[whole].append(group.id)
        found = {}
        for group in self.document.groups:
            reached, ahead = {group.id: None}, [group.id]
            while ahead:
                new = [part for part in parts[ahead.pop()] if part not in reached]
                reached.update(dict.fromkeys(new))
                ahead += new
            found[group.id] = tuple(reached)
        return found

    def keys(self, placement: Placement, occurrence: Occurrence | None = None) -> Iterator[Key]:
        """Yield who attends: persons, and groups with all their parts."""
        students, teachers, tutors = placement.students, placement.teachers, placement.tutors
        if occurrence is not None:
            students = students if occurrence.students is None else occurrence.students
            teachers = teachers if occurrence.teachers is None else occurrence.teachers
            tutors = tutors if occurrence.tutors is None else occurrence.tutors
        yield from (("student", key) for key in students)
        yield from (("teacher", key) for key in teachers)
        yield from (("tutor", key) for key in tutors)
        yield from (("support", key) for key in placement.support)
        yield from (("group", part) for group in placement.groups for part in self.within.get(group, (group,)))

    def item(self, placement: Placement) -> Course | OtherEvent | Request | None:
        """What a placement is of; None where the document does not have it."""
        document, key = self.document, placement.course
        match placement.kind:
            case "lesson":
                return document.course(key) if document.has("courses", key) else None
            case "event":
                return document.event(key) if document.has("events", key) else None
            case "consultation":
                return document.request(key) if document.has("requests", key) else None

    def course(self, placement: Placement) -> Course | None:
        """The course of a lesson or of a consultation, if it has one."""
        item = self.item(placement)
        if isinstance(item, Request):
            return None if item.course is None else self.document.course(item.course)
        return item if isinstance(item, Course) else None

    def name_of(self, placement: Placement) -> str:
        item = self.item(placement)
        return placement.course if item is None else item.name or item.id

    def who(self, key: Key) -> str:
        person = self.people.get(key)
        return person.name if person is not None else key[1]


def span_of(placement: Placement, day: date) -> tuple[datetime, datetime]:
    """Return when a placement begins and ends on a date."""
    zone = ZoneInfo(placement.time_zone)
    start, end = datetime.combine(day, placement.start, zone), datetime.combine(day, placement.end, zone)
    return start, end if end > start else end + timedelta(days=1)


def is_open(hours: Iterable[Hours], start: datetime, end: datetime, week: int) -> bool:
    """Whether windows of the week let something be held from start to end, which are told by their owner's clock."""
    weekday, last = WEEKDAYS[start.weekday()], (start.replace(hour=0, minute=0) + timedelta(days=1))
    today = [h for h in hours if (not h.days or weekday in h.days) and (not h.weeks or week in h.weeks)]

    def clock(at: time | None, otherwise: datetime) -> datetime:
        return otherwise if at is None else start.replace(hour=at.hour, minute=at.minute)

    spans = [(h.available, clock(h.start, start.replace(hour=0, minute=0)), clock(h.end, last)) for h in today]
    if any(not available and first < end and start < until for available, first, until in spans):
        return False
    if not any(h.available for h in hours):
        return True
    at = start
    for first, until in sorted((first, until) for available, first, until in spans if available):
        if first <= at < until:
            at = until
    return at >= end


def is_there(person: Person, start: datetime, end: datetime, week: int) -> bool:
    """Whether somebody is available from start to end, by the week and by their own limits."""
    zone = ZoneInfo(person.zone)
    here, until = start.astimezone(zone), end.astimezone(zone)
    limits = person.limits
    if limits.earliest is not None and here.time() < limits.earliest:
        return False
    if limits.latest is not None and (until.time() > limits.latest or until.date() > here.date()):
        return False
    return is_open(person.availability.weekly, here, until, week)


def is_away(person: Person, start: datetime, end: datetime) -> bool:
    """Whether somebody is away, by date, at some time from start to end."""
    zone = ZoneInfo(person.zone)
    day = start.astimezone(zone).date()
    for absence in person.availability.dated:
        if absence.start is None and absence.end is None:
            first = datetime.combine(absence.first, MIDNIGHT, zone)
            last = datetime.combine(absence.last, MIDNIGHT, zone) + timedelta(days=1)
        elif absence.first <= day <= absence.last:
            first = datetime.combine(day, absence.start or MIDNIGHT, zone)
            last = datetime.combine(day, absence.end or MIDNIGHT, zone)
            if absence.end is None:
                last += timedelta(days=1)
        else:
            continue
        if first < end and start < last:
            return True
    return False
