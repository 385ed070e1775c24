"""What is wrong with the weekly pattern: hours not delivered, people not there, too few seats."""

from __future__ import annotations

from collections import Counter
from datetime import date, timedelta
from fractions import Fraction
from functools import cached_property
from itertools import zip_longest
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from scheduler.domain.base import WEEKDAYS
from scheduler.domain.courses import Course
from scheduler.domain.exams import Request
from scheduler.domain.request_people import needs_workstation
from scheduler.operations.facts.presence import Key, Presence, is_open, is_there, span_of
from scheduler.policies import rules_of
from solver.sentence import Sentence, sentence

if TYPE_CHECKING:
    from collections.abc import Iterator

    from scheduler.domain.courses import Claimant, RoomNeed
    from scheduler.domain.timetable import Placement


class Week(Presence):
    """Looks at the weekly pattern."""

    def of_pattern(self) -> tuple[Sentence, ...]:
        """Tell what is wrong with the weekly pattern: hours not delivered, people not there, too few seats."""
        found = [*self._hours(), *self._teachers(), *self._away(), *self._places(), *self._enough()]
        return tuple(dict.fromkeys(found))

    def _hours(self) -> Iterator[Sentence]:
        """Every plan's hours are delivered: periods times weeks, for each student and each group."""
        got: Counter[tuple[str, Key]] = Counter()
        for placement in self.timetable.pattern:
            if placement.kind == "lesson":
                amount = max(1, len(placement.periods)) * len(placement.weeks)
                for key in dict.fromkeys(self.keys(placement)):
                    if key[0] in ("student", "group"):
                        got[placement.course, key] += amount
        for (course, key), hours in self._wanted().items():
            found = Fraction(got.pop((course.id, key), 0), self.document.term.cycle)
            if found != hours:
                yield sentence(
                    "{person} has {found} hours a week of “{course}”, not {hours}.",
                    person=self.who(key),
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
                for part in self.within.get(group, ()):
                    wanted[course, ("group", part)] = course.hours
                    for student_id in members[part]:
                        wanted[course, ("student", student_id)] = course.hours
        return wanted

    def _teachers(self) -> Iterator[Sentence]:
        """Every lesson has as many teachers as it needs, who may teach it, and a section always the same ones."""
        known: dict[tuple[str, int], tuple[str, ...]] = {}
        for placement in self.timetable.pattern:
            if placement.kind != "lesson" or not self.document.has("courses", placement.course):
                continue
            course, teachers = self.document.course(placement.course), placement.teachers
            same = known.setdefault((placement.course, placement.section), teachers)
            strangers = [t for t in teachers if not self._may_teach(t, course)]
            if strangers or len(teachers) != course.teachers_needed or set(same) != set(teachers):
                yield sentence(
                    "“{event}” has other teachers than it needs: {teachers}.",
                    event=placement.event,
                    teachers=", ".join(self.who(("teacher", teacher)) for teacher in teachers) or "-",
                )

    def _may_teach(self, teacher: str, course: Course) -> bool:
        if course.teachers:
            return teacher in course.teachers
        return self.document.has("teachers", teacher) and self.document.teacher(teacher).may_teach(
            course.subject, course.grade
        )

    def _away(self) -> Iterator[Sentence]:
        """Everybody is available, by the week."""
        first = self.monday
        for placement in self.timetable.pattern:
            for week in placement.weeks:
                day = first + timedelta(days=7 * (week - 1) + WEEKDAYS.index(placement.weekday))
                start, end = span_of(placement, day)
                for key in self.keys(placement):
                    person = self.people.get(key)
                    if person is not None and not is_there(person, start, end, week):
                        yield sentence(
                            "{person} is not available for “{course}” ({event}) at {time}.",
                            person=person.name,
                            course=self.name_of(placement),
                            event=placement.event,
                            time=placement.start,
                        )

    @cached_property
    def monday(self) -> date:
        """A Monday of the term's beginning, on which the pattern is looked at."""
        first = self.document.term.first_day
        return first - timedelta(days=first.weekday())

    def _places(self) -> Iterator[Sentence]:
        """Rooms and workstations are at their site, have what is needed and enough seats, and are open."""
        document = self.document
        rooms = {room.id: room for room in document.rooms}
        workstations = {workstation.id: workstation for workstation in document.workstations}
        zones = {site.id: site.time_zone or document.term.time_zone for site in document.sites}
        for placement in self.timetable.pattern:
            things = [("room", key) for key in placement.rooms]
            things += [("workstation", key) for key in placement.seats.values()]
            for kind, key in things:
                thing = rooms.get(key) if kind == "room" else workstations.get(key)
                if thing is None:
                    yield sentence("“{thing}” of “{event}” is not in the document.", thing=key, event=placement.event)
                    continue
                for week in placement.weeks:
                    day = self.monday + timedelta(days=7 * (week - 1) + WEEKDAYS.index(placement.weekday))
                    start, end = (at.astimezone(ZoneInfo(zones[thing.site])) for at in span_of(placement, day))
                    if not is_open(thing.hours, start, end, week):
                        yield sentence(
                            "{thing} is closed when “{event}” is held in it.",
                            thing=thing.name or thing.id,
                            event=placement.event,
                        )
            yield from self._rooms(placement)
            yield from self._workstations(placement)

    def _rooms(self, placement: Placement) -> Iterator[Sentence]:
        need = self._need(placement)
        needs = (need, *need.also) if need is not None else ()
        for key, wanted in zip_longest(placement.rooms, needs):
            if key is None or not self.document.has("rooms", key):
                continue
            room = self.document.room(key)
            named = wanted is not None and key in wanted.candidates
            if placement.site is not None and room.site != placement.site and not named:
                yield sentence(
                    "{room} is not at the site of “{event}”.", room=room.name or room.id, event=placement.event
                )
            missing = sorted(set(wanted.features if wanted is not None else ()) - set(room.features))
            if missing:
                yield sentence(
                    "{room} has no {features}, which “{event}” needs.",
                    room=room.name or room.id,
                    features=", ".join(missing),
                    event=placement.event,
                )

    def _need(self, placement: Placement) -> RoomNeed | None:
        """Return the rooms that a placement's course, event or request needs, if it needs any."""
        item = self.item(placement)
        return None if item is None else item.room

    def _workstations(self, placement: Placement) -> Iterator[Sentence]:
        course, document = self.course(placement), self.document
        if course is None:
            return
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
                    person=self.who(("teacher" if teaches else "student", person)),
                    event=placement.event,
                )

    def _enough(self) -> Iterator[Sentence]:
        """Everybody who needs a seat, a room or a workstation has one, where the policy requires it."""
        for placement in self.timetable.pattern:
            if placement.weeks:
                yield from self._enough_for(placement)

    def _enough_for(self, placement: Placement) -> Iterator[Sentence]:
        if self.item(placement) is None:
            return
        need = self._need(placement)
        if "FitPools" in self._required:
            yield from self._without(placement)
            if need is not None:
                yield from self._too_few_rooms(placement, need)
        if need is not None and "FitSeats" in self._required and self.document.has("rooms", placement.room or ""):
            room, people = self.document.room(placement.room or ""), self._people(placement)
            needed = people if need.seats is None else need.seats
            if room.seats < needed:
                yield sentence(
                    "“{event}” has {size} people, {room} has {seats} seats.",
                    event=placement.event,
                    size=needed,
                    room=room.name or room.id,
                    seats=room.seats,
                )

    @cached_property
    def _required(self) -> frozenset[str | None]:
        return frozenset(spec.rule for spec in rules_of(self.document) if spec.weight == "required")

    def _too_few_rooms(self, placement: Placement, need: RoomNeed) -> Iterator[Sentence]:
        found, needed = len(placement.rooms), 1 + len(need.also)
        if not found and not need.optional:
            yield sentence("“{event}” has no room.", event=placement.event)
        elif 0 < found < needed:
            yield sentence("“{event}” has {n} of its {all} rooms.", event=placement.event, n=found, all=needed)

    def _claims(self, placement: Placement, who: Claimant) -> bool:
        match self.item(placement):
            case Course() as course:
                return course.needs_workstation(who)
            case Request() as request:
                return needs_workstation(self.document, request, who)
            case _:
                return False

    def _people(self, placement: Placement) -> int:
        named = {s for g in placement.groups for part in self.within[g] for s in self.document.group(part).students}
        unnamed = (g for g in placement.groups if not named & self._named(g))
        return len(placement.students) + sum(self.document.group(g).size or 1 for g in unnamed)

    def _named(self, group: str) -> set[str]:
        return {student for part in self.within[group] for student in self.document.group(part).students}

    def _without(self, placement: Placement) -> Iterator[Sentence]:
        """Tell who sits at a site and has no workstation, and needs one."""
        for kind, people in (("student", placement.students), ("teacher", placement.teachers)):
            if not self._claims(placement, "students" if kind == "student" else "teachers"):
                continue
            for person in people:
                at = placement.site if placement.mode == "site" else self.people[kind, person].site
                if at is not None and person not in placement.seats:
                    yield sentence(
                        "{person} has no workstation at “{event}”.",
                        person=self.who((kind, person)),
                        event=placement.event,
                    )
