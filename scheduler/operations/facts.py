"""The plain facts of a timetable, recounted in dates and minutes: by no rule, no compiled problem and no solver.

A second opinion, so it shares nothing with the engine's side: who is where at which minute is read off the placements.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from fractions import Fraction
from functools import cached_property
from itertools import pairwise
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from scheduler.domain.base import WEEKDAYS
from scheduler.domain.calendar import lost_days
from scheduler.domain.people import Availability, Limits
from solver.sentence import Sentence, sentence

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from scheduler.domain.courses import Course
    from scheduler.domain.document import Document
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


@dataclass(frozen=True, slots=True)
class Dated:
    """A fact of a date: which meetings it concerns, and what is wrong."""

    date: date
    occurrences: tuple[str, ...]
    sentence: Sentence


class Facts:
    """Looks at a timetable with the eyes of those who live by it."""

    def __init__(self, document: Document, timetable: Timetable) -> None:
        self.document = document
        self.timetable = timetable

    # --- who is where ----------------------------------------------------------------------------------------------

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
            found["group", g.id] = Person(g.name or g.id, zones[g.site] if g.site is not None else usual, g.site)
        return found

    @cached_property
    def _within(self) -> dict[str, tuple[str, ...]]:
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

    def _keys(self, placement: Placement, occurrence: Occurrence | None = None) -> Iterator[Key]:
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
        yield from (("group", part) for group in placement.groups for part in self._within.get(group, (group,)))

    def _name(self, placement: Placement) -> str:
        kind = "courses" if placement.kind == "lesson" else "events"
        if not self.document.has(kind, placement.course):
            return placement.course
        item = self.document.course(placement.course) if kind == "courses" else self.document.event(placement.course)
        return item.name or item.id

    def _who(self, key: Key) -> str:
        person = self.people.get(key)
        return person.name if person is not None else key[1]

    # --- the pattern -----------------------------------------------------------------------------------------------

    def of_pattern(self) -> tuple[Sentence, ...]:
        """Tell what is wrong with the weekly pattern: hours not delivered, people not there, too few seats."""
        return tuple(dict.fromkeys([*self._hours(), *self._away(), *self._places()]))

    def _hours(self) -> Iterator[Sentence]:
        """Every plan's hours are delivered: periods times weeks, for each student and each group."""
        got: Counter[tuple[str, Key]] = Counter()
        for placement in self.timetable.pattern:
            if placement.kind == "lesson":
                amount = max(1, len(placement.periods)) * len(placement.weeks)
                for key in dict.fromkeys(self._keys(placement)):
                    if key[0] in ("student", "group"):
                        got[placement.course, key] += amount
        for (course, key), hours in self._wanted().items():
            found = Fraction(got.pop((course.id, key), 0), self.document.term.cycle)
            if found != hours:
                yield sentence(
                    "{person} has {found} hours a week of “{course}”, not {hours}.",
                    person=self._who(key),
                    found=found,
                    course=course.name or course.id,
                    hours=hours,
                )

    def _wanted(self) -> dict[tuple[Course, Key], Fraction]:
        document = self.document
        wanted: dict[tuple[Course, Key], Fraction] = {}
        courses = {course.id: course for course in document.courses if course.mode != "self_paced"}
        for student in document.students:
            for line in student.plan:
                if line.course in courses:
                    course = courses[line.course]
                    wanted[course, ("student", student.id)] = course.hours if line.hours is None else line.hours
        members = {group.id: group.students for group in document.groups}
        for course in courses.values():
            for group in course.groups:
                for part in self._within.get(group, ()):
                    wanted[course, ("group", part)] = course.hours
                    for student_id in members[part]:
                        wanted[course, ("student", student_id)] = course.hours
        return wanted

    def _away(self) -> Iterator[Sentence]:
        """Everybody is available, by the week."""
        first = self.timetable_monday
        for placement in self.timetable.pattern:
            for week in placement.weeks:
                day = first + timedelta(days=7 * (week - 1) + WEEKDAYS.index(placement.weekday))
                start, end = _span(placement, day)
                for key in self._keys(placement):
                    person = self.people.get(key)
                    if person is not None and not self._there(person, start, end, week):
                        yield sentence(
                            "{person} is not available for “{course}” ({event}) at {time}.",
                            person=person.name,
                            course=self._name(placement),
                            event=placement.event,
                            time=placement.start,
                        )

    @cached_property
    def timetable_monday(self) -> date:
        """A Monday of the term's beginning, on which the pattern is looked at."""
        first = self.document.term.first_day
        return first - timedelta(days=first.weekday())

    def _there(self, person: Person, start: datetime, end: datetime, week: int) -> bool:
        zone = ZoneInfo(person.zone)
        here, until = start.astimezone(zone), end.astimezone(zone)
        limits = person.limits
        if limits.earliest is not None and here.time() < limits.earliest:
            return False
        if limits.latest is not None and (until.time() > limits.latest or until.date() > here.date()):
            return False
        return _open(person.availability.weekly, here, until, week)

    def _places(self) -> Iterator[Sentence]:
        """Rooms and workstations are at their site, have what is needed and enough seats, and are open."""
        document = self.document
        rooms = {room.id: room for room in document.rooms}
        workstations = {workstation.id: workstation for workstation in document.workstations}
        zones = {site.id: site.time_zone or document.term.time_zone for site in document.sites}
        for placement in self.timetable.pattern:
            things = [("room", placement.room)] if placement.room is not None else []
            things += [("workstation", key) for key in placement.seats.values()]
            for kind, key in things:
                thing = rooms.get(key or "") if kind == "room" else workstations.get(key or "")
                if thing is None:
                    yield sentence("“{thing}” of “{event}” is not in the document.", thing=key, event=placement.event)
                    continue
                for week in placement.weeks:
                    day = self.timetable_monday + timedelta(days=7 * (week - 1) + WEEKDAYS.index(placement.weekday))
                    start, end = (at.astimezone(ZoneInfo(zones[thing.site])) for at in _span(placement, day))
                    if not _open(thing.hours, start, end, week):
                        yield sentence(
                            "{thing} is closed when “{event}” is held in it.",
                            thing=thing.name or thing.id,
                            event=placement.event,
                        )
            yield from self._room(placement)
            yield from self._workstations(placement)

    def _room(self, placement: Placement) -> Iterator[Sentence]:
        if placement.room is None or not self.document.has("rooms", placement.room):
            return
        room = self.document.room(placement.room)
        if placement.site is not None and room.site != placement.site:
            yield sentence("{room} is not at the site of “{event}”.", room=room.name or room.id, event=placement.event)
        item = (
            self.document.course(placement.course)
            if placement.kind == "lesson"
            else self.document.event(placement.course)
        )
        missing = sorted(set(item.room.features if item.room is not None else ()) - set(room.features))
        if missing:
            yield sentence(
                "{room} has no {features}, which “{event}” needs.",
                room=room.name or room.id,
                features=", ".join(missing),
                event=placement.event,
            )

    def _workstations(self, placement: Placement) -> Iterator[Sentence]:
        if placement.kind != "lesson" or not self.document.has("courses", placement.course):
            return
        course, document = self.document.course(placement.course), self.document
        needs = {s: document.student(s).needs for s in placement.students if document.has("students", s)}
        for person, key in placement.seats.items():
            if not document.has("workstations", key):
                continue
            workstation = document.workstation(key)
            teaches = person in placement.teachers
            own = document.teacher(person).needs if teaches else needs.get(person, ())
            wanted = {*own, *(course.teacher_features if teaches else course.student_features)}
            missing = sorted(wanted - set(workstation.features))
            if missing:
                yield sentence(
                    "Workstation {workstation} has no {features}, which {person} needs for “{event}”.",
                    workstation=workstation.name or workstation.id,
                    features=", ".join(missing),
                    person=self._who(("teacher" if teaches else "student", person)),
                    event=placement.event,
                )

    # --- the dates -------------------------------------------------------------------------------------------------

    def of_dates(self) -> tuple[Dated, ...]:
        """Tell what the calendar breaks: clashes, absences, lessons that a date has no place for."""
        found = [*self._clashes(), *self._absences(), *self._lost()]
        return tuple(sorted(dict.fromkeys(found), key=lambda fact: (fact.date, fact.occurrences)))

    @cached_property
    def _by_date(self) -> dict[date, list[Occurrence]]:
        found: dict[date, list[Occurrence]] = defaultdict(list)
        for occurrence in self.timetable.occurrences:
            if occurrence.status == "held":
                found[occurrence.start.date()].append(occurrence)
        return found

    def _clashes(self) -> Iterator[Dated]:
        """Nobody is in two places at once; dates on which all is held alike are looked at once."""
        known: dict[object, list[tuple[tuple[int, int], Sentence]]] = {}
        for day, held in self._by_date.items():
            alike = tuple(
                (o.event, o.start.timetz(), o.end.timetz(), o.students, o.teachers, o.tutors, o.room) for o in held
            )
            if alike not in known:
                known[alike] = list(self._clashes_of(held))
            for (a, b), told in known[alike]:
                yield Dated(day, (held[a].id, held[b].id), told)

    def _clashes_of(self, held: list[Occurrence]) -> Iterator[tuple[tuple[int, int], Sentence]]:
        spans: dict[Key, list[tuple[datetime, datetime, int]]] = defaultdict(list)
        placements = [self.timetable.placements.get(occurrence.event) for occurrence in held]
        for index, (occurrence, placement) in enumerate(zip(held, placements, strict=True)):
            if placement is None:
                continue
            start, end = occurrence.start.astimezone(UTC), occurrence.end.astimezone(UTC)
            room = placement.room if occurrence.room is None else occurrence.room
            seats = placement.seats if occurrence.seats is None else occurrence.seats
            keys = [*self._keys(placement, occurrence), *(("workstation", seat) for seat in seats.values())]
            for key in dict.fromkeys([*keys, *([("room", room)] if room is not None else [])]):
                spans[key].append((start, end, index))
        for key, taken in spans.items():
            taken.sort()
            for (_, end, a), (start, _, b) in pairwise(taken):
                one, other = placements[a], placements[b]
                if start >= end or one is None or other is None:
                    continue
                if key[0] == "tutor" and one.kind == other.kind == "lesson" and self.people[key].site is not None:
                    continue  # a tutor sits with several students, who may have several lessons at once
                yield (
                    (a, b),
                    sentence(
                        "{person} is in two places at once: “{first}” and “{second}” ({time}).",
                        person=self._who(key),
                        first=one.event,
                        second=other.event,
                        time=held[b].start.timetz().replace(tzinfo=None),
                    ),
                )

    def _absences(self) -> Iterator[Dated]:
        """Nobody who is away on a date has a lesson then."""
        away = {key: p for key, p in self.people.items() if p.availability.dated}
        for placement in self.timetable.pattern if away else ():
            if not any(key in away for key in self._keys(placement)):
                continue
            for occurrence in self._of_event[placement.event]:
                for key in self._keys(placement, occurrence):
                    if key in away and _is_away(away[key], occurrence):
                        yield Dated(
                            occurrence.start.date(),
                            (occurrence.id,),
                            sentence(
                                "{person} is away when “{event}” is held.", person=away[key].name, event=placement.event
                            ),
                        )

    @cached_property
    def _of_event(self) -> dict[str, list[Occurrence]]:
        found: dict[str, list[Occurrence]] = defaultdict(list)
        for occurrence in self.timetable.occurrences:
            if occurrence.status == "held":
                found[occurrence.event].append(occurrence)
        return found

    def _lost(self) -> Iterator[Dated]:
        """Tell lessons for which a shortened day has no period, and those of a day that gave way to another's."""
        gave_way = {day.date for day in lost_days(self.document.term)}
        gave_way -= {day for day in gave_way if any(h.first <= day <= h.last for h in self.document.term.holidays)}
        by_day: dict[tuple[date, bool], list[Occurrence]] = defaultdict(list)
        for occurrence in self.timetable.occurrences:
            day = occurrence.start.date()
            if occurrence.status == "lost" and (occurrence.bells is not None or day in gave_way):
                by_day[day, occurrence.bells is not None].append(occurrence)
        for (day, shortened), lost in by_day.items():
            ids = tuple(occurrence.id for occurrence in lost)
            if shortened:
                told = sentence(
                    "The bells of {date} have no place for {n} lesson.",
                    plural="The bells of {date} have no place for {n} lessons.",
                    n=len(lost),
                    date=day,
                )
            else:
                told = sentence(
                    "{n} lesson of {date} is held on no day.",
                    plural="{n} lessons of {date} are held on no day.",
                    n=len(lost),
                    date=day,
                )
            yield Dated(day, ids, told)


def _span(placement: Placement, day: date) -> tuple[datetime, datetime]:
    zone = ZoneInfo(placement.time_zone)
    start, end = datetime.combine(day, placement.start, zone), datetime.combine(day, placement.end, zone)
    return start, end if end > start else end + timedelta(days=1)


def _open(hours: Iterable[Hours], start: datetime, end: datetime, week: int) -> bool:
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


def _is_away(person: Person, occurrence: Occurrence) -> bool:
    zone = ZoneInfo(person.zone)
    for absence in person.availability.dated:
        first = datetime.combine(absence.first, absence.start or MIDNIGHT, zone)
        last = datetime.combine(absence.last, absence.end or MIDNIGHT, zone)
        if absence.end is None:
            last += timedelta(days=1)
        if absence.start is None and absence.end is None:
            if first < occurrence.end and occurrence.start < last:
                return True
            continue
        day = occurrence.start.astimezone(zone).date()
        if absence.first <= day <= absence.last:
            start = datetime.combine(day, absence.start or MIDNIGHT, zone)
            end = datetime.combine(day, absence.end, zone) if absence.end is not None else start + timedelta(days=1)
            if start < occurrence.end and occurrence.start < end:
                return True
    return False
