"""Everybody's exams and consultations, told by their own clock: what a session's page, sheets and calendars are made from.

Pure functions of a document and a session's plan; what depends on both is worked out once, by a `SessionViews`.
"""

from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property
from zoneinfo import ZoneInfo

from scheduler.domain.calendar import dates
from scheduler.domain.document import Document
from scheduler.domain.exam_students import grade_of, open_days, subject_of
from scheduler.domain.exams import Exam, Session
from scheduler.domain.session_plan import Candidate, Consultation, LessonChange, SessionPlan, Sitting
from scheduler.publish.colours import Look, looks, sign
from scheduler.publish.participants import Kind, Participant, site_zone
from scheduler.publish.session.appointments import Appointment, Cell, Day, Strip, written

_Key = tuple[Kind, str]


@dataclass(frozen=True)
class SessionViews:
    """What a document and a session's plan show to each participant."""

    document: Document
    plan: SessionPlan

    @cached_property
    def sessions(self) -> tuple[Session, ...]:
        """The sessions that the plan is of, or that one of its exams is of, in the document's order."""
        named = (*self.plan.sessions, *(self.exam(sitting.exam).session for sitting in self.plan.sittings))
        return tuple(self.document.session(key) for key in self.document.ordered("sessions", named))

    @cached_property
    def sittings(self) -> tuple[Sitting, ...]:
        """All sittings by their start, those of one start in the document's order of exams."""
        order = {key: at for at, key in enumerate(self.document.ids("exams"))}
        return tuple(sorted(self.plan.sittings, key=lambda s: (s.start, order[s.exam], s.part)))

    @cached_property
    def consultations(self) -> tuple[Consultation, ...]:
        """All consultations by their start."""
        return tuple(sorted(self.plan.consultations, key=lambda held: (held.start, held.id)))

    @cached_property
    def changes(self) -> tuple[LessonChange, ...]:
        """The lessons that give way, by the time that they had."""
        return tuple(sorted(self.plan.changes, key=lambda change: (change.start, change.occurrence)))

    def of_session(self, held: Sitting | Consultation, session: Session) -> bool:
        """Whether a sitting, or a consultation before an exam, is of a session."""
        return held.exam is not None and self.exam(held.exam).session == session.id

    def exam(self, key: str) -> Exam:
        """The exam of that id."""
        return self.document.exam(key)

    def look(self, exam: str) -> Look:
        """How an exam looks: as its subject does; grey with a sign of its own where it has none."""
        return self._looks[exam]

    def subject(self, exam: str) -> str | None:
        """The id of an exam's subject, if it has one that is in the document."""
        subject = subject_of(self.document, self.exam(exam))
        return subject if subject is not None and self.document.has("subjects", subject) else None

    def parts(self, exam: str) -> int:
        """How many parts an exam is held in."""
        return self._parts[exam]

    def size(self, sitting: Sitting, room: str | None = None) -> int:
        """How many sit there, or in one of its rooms; the exam's number where the students are not named."""
        inside = sum(1 for c in sitting.candidates if room is None or self.room_of(sitting, c) == room)
        return inside if sitting.candidates else self.exam(sitting.exam).size or 0

    def room_of(self, sitting: Sitting, candidate: Candidate) -> str | None:
        """Where a student sits: in a room of their own, in the sitting's, or in that of their workstation."""
        return candidate.room or next(iter(sitting.rooms), None) or self._room_at(candidate.workstation)

    def zone(self, sitting: Sitting | Consultation) -> str:
        """The clock by which a sitting or a consultation is told: its site's; its session's where it is at none."""
        return site_zone(self.document, sitting.site) if sitting.site else self.session_zone(sitting.exam)

    def session_zone(self, exam: str | None) -> str:
        """The clock of an exam's session; the term's where there is none."""
        own = self.document.session(self.exam(exam).session).time_zone if exam is not None else None
        return own or self.document.term.time_zone

    def grades(self, sitting: Sitting) -> tuple[int | None, ...]:
        """The grades that sit there: the exam's, or its students'; None where nobody knows."""
        own = grade_of(self.document, self.exam(sitting.exam))
        if own is not None:
            return (own,)
        known = {self.document.student(c.student).grade for c in sitting.candidates if self._is_student(c.student)}
        return tuple(sorted(grade for grade in known if grade is not None)) or (None,)

    def days(self, session: Session) -> tuple[Day, ...]:
        """The dates of a session, and those beside it on which, by somebody's clock, something of it is held."""
        zones = self._zones | {ZoneInfo(session.time_zone or self.document.term.time_zone)}
        held = {
            one.start.astimezone(zone).date() for one in self._events if self.of_session(one, session) for zone in zones
        }
        first, last = min({session.first_day, *held}), max({session.last_day, *held})
        kinds = {day.date: day.reserve for day in open_days(self.document, session)}
        names = {
            day: holiday.name
            for holiday in self.document.term.holidays
            for day in dates(max(first, holiday.first), min(last, holiday.last))
        }
        return tuple(
            Day(day, "closed" if day not in kinds else "reserve" if kinds[day] else "open", names.get(day, ""))
            for day in dates(first, last)
        )

    def of(self, who: Participant) -> tuple[Appointment, ...]:
        """Everything of a participant in order of time, by the participant's clock."""
        zone = ZoneInfo(who.time_zone)
        found = {held.identity: held for key in self._keys(who) for held in self._held.get(key, ())}
        local = (replace(h, start=h.start.astimezone(zone), end=h.end.astimezone(zone)) for h in found.values())
        return tuple(sorted(local, key=lambda held: (held.start, held.identity)))

    def strip(self, who: Participant, session: Session) -> Strip:
        """A participant's session, date by date."""
        exams, consultations = defaultdict[date, list[Appointment]](list), defaultdict[date, list[Appointment]](list)
        for held in self.of(who):
            if self.of_session(held.of, session):
                (consultations if held.sitting is None else exams)[held.date].append(held)
        clear, between = written(sorted(exams))
        cells = [
            Cell(
                day,
                tuple(exams[day.date]),
                tuple(consultations[day.date]),
                clear.get(day.date),
                day.date in between,
            )
            for day in self._days[session.id]
        ]
        return Strip(who, session.id, tuple(cells))

    def people(self, kind: Kind, session: Session) -> tuple[str, ...]:
        """The ids of those of a kind who have an exam in a session, in the document's order."""
        lists = {"student": "students", "teacher": "teachers", "tutor": "tutors", "support": "support", "room": "rooms"}
        busy = [
            key
            for (sort, key), held in self._held.items()
            if sort == kind and any(h.sitting is not None and self.of_session(h.of, session) for h in held)
        ]
        return self.document.ordered(lists[kind], busy)

    @cached_property
    def _events(self) -> tuple[Sitting | Consultation, ...]:
        return (*self.plan.sittings, *self.plan.consultations)

    @cached_property
    def _days(self) -> dict[str, tuple[Day, ...]]:
        return {session.id: self.days(session) for session in self.sessions}

    @cached_property
    def _zones(self) -> frozenset[ZoneInfo]:
        """The clocks of all sites and of all who learn or teach at home."""
        document = self.document
        homes = [
            *(site.time_zone for site in document.sites),
            *(student.time_zone for student in document.students),
            *(teacher.time_zone for teacher in document.teachers),
        ]
        return frozenset(ZoneInfo(zone) for zone in homes if zone is not None)

    @cached_property
    def _looks(self) -> dict[str, Look]:
        subjects = looks(self.document.subjects)
        taken = {look.sign.casefold() for look in subjects.values()}
        found = {}
        for exam in self.document.exams:
            look = subjects.get(self.subject(exam.id) or "")
            if look is None:
                look = Look(sign(exam.name or exam.id, taken), "#8994a5", "#f3f5f8", "#323a46", 0)
                taken.add(look.sign.casefold())
            found[exam.id] = look
        return found

    @cached_property
    def _parts(self) -> Counter[str]:
        return Counter(sitting.exam for sitting in self.plan.sittings)

    def _room_at(self, station: str | None) -> str | None:
        """The room of a workstation."""
        known = station is not None and self.document.has("workstations", station)
        return self.document.workstation(station or "").room if known else None

    def _is_student(self, key: str) -> bool:
        return self.document.has("students", key)

    def _keys(self, who: Participant) -> list[_Key]:
        document = self.document
        if who.kind == "parent":
            return [("student", child) for child in document.parent(who.id).students]
        if who.kind == "coordinator":
            schools = document.coordinator(who.id).schools or document.ids("schools")
            return [("site", site.id) for site in document.sites if site.school in schools]
        return [(who.kind, who.id)]

    @cached_property
    def _held(self) -> dict[_Key, list[Appointment]]:
        index: dict[_Key, list[Appointment]] = defaultdict(list)
        for sitting in self.sittings:
            for key, held in self._of_sitting(sitting):
                index[key].append(held)
        for consultation in self.consultations:
            for key, held in self._of_consultation(consultation):
                index[key].append(held)
        return index

    def _of_sitting(self, sitting: Sitting) -> Iterator[tuple[_Key, Appointment]]:
        """What a sitting is to everybody and every place that has to do with it."""
        whole = Appointment(f"sitting/{sitting.key}", sitting, sitting.start, sitting.end)
        main = next(iter(sitting.rooms), None)
        officials = {self.kind_of(official.person): official for official in reversed(sitting.commission)}
        for key, official in officials.items():
            yield key, replace(whole, role=official.role, room=main)
        shared: dict[_Key, list[Candidate]] = defaultdict(list)
        for candidate in sitting.candidates:
            yield ("student", candidate.student), self._of_candidate(sitting, candidate)
            if candidate.assistant is not None and self.kind_of(candidate.assistant) not in officials:
                shared[self.kind_of(candidate.assistant)].append(candidate)
            if candidate.workstation is not None:
                shared["workstation", candidate.workstation].append(candidate)
            room = self.room_of(sitting, candidate)
            if room is not None and room != main:
                shared["room", room].append(candidate)
            for group in self._groups.get(candidate.student, ()):
                shared["group", group].append(candidate)
        if main is not None:
            yield ("room", main), replace(whole, room=main)
        for site in self._sites(sitting):
            yield ("site", site), whole
        for who, candidates in shared.items():
            first, last = min(c.start for c in candidates), max(c.end for c in candidates)
            kind, name = who
            assists = kind in {"teacher", "tutor", "support"}
            room = name if kind == "room" else (candidates[0].room or main) if assists else None
            yield who, replace(whole, start=first, end=last, room=room, assists=assists)

    def _of_candidate(self, sitting: Sitting, candidate: Candidate) -> Appointment:
        identity = f"candidate/{sitting.exam}/{candidate.student}"
        room = self.room_of(sitting, candidate)
        return Appointment(
            identity,
            sitting,
            candidate.start,
            candidate.end,
            student=candidate.student,
            room=room,
            workstation=candidate.workstation,
        )

    def _of_consultation(self, held: Consultation) -> Iterator[tuple[_Key, Appointment]]:
        whole = Appointment(f"consultation/{held.id}", held, held.start, held.end, room=held.room)
        members = [student for group in held.groups for student in self.document.members(group)]
        students = dict.fromkeys((*held.students, *members))
        people: list[_Key] = [
            *(("student", key) for key in students),
            ("teacher", held.teacher),
            *(("tutor", key) for key in held.tutors),
        ]
        for kind, key in people:
            station = held.seats.get(key)
            yield (kind, key), replace(whole, workstation=station, room=held.room or self._room_at(station))
        stations = dict.fromkeys(held.seats.values())
        for station in stations:
            yield ("workstation", station), whole
        for room in dict.fromkeys((held.room, *held.also, *(self._room_at(station) for station in stations))):
            if room is not None:
                yield ("room", room), whole
        for group in dict.fromkeys((*held.groups, *(g for key in students for g in self._groups.get(key, ())))):
            yield ("group", group), whole
        for site in self._sites(held):
            yield ("site", site), whole

    def kind_of(self, person: str) -> _Key:
        """Of which kind somebody is who sits in a commission, or with a student."""
        if self.document.has("teachers", person):
            return "teacher", person
        return ("tutor" if self.document.has("tutors", person) else "support"), person

    def _sites(self, held: Sitting | Consultation) -> set[str]:
        """Where it takes place: its own site, those of its rooms and workstations, and where its students sit."""
        document = self.document
        rooms: set[str | None]
        if isinstance(held, Sitting):
            rooms, stations = set(held.rooms), {c.workstation for c in held.candidates}
            students = [c.student for c in held.candidates]
        else:
            rooms, stations, students = {held.room, *held.also}, set(held.seats.values()), list(held.students)
        sites = {held.site}
        sites |= {document.room(room).site for room in rooms if room is not None and document.has("rooms", room)}
        sites |= {document.workstation(s).site for s in stations if s is not None and document.has("workstations", s)}
        if held.mode == "online":
            sites |= {document.student(key).site for key in students if self._is_student(key)}
        return {site for site in sites if site is not None}

    @cached_property
    def _groups(self) -> dict[str, list[str]]:
        """The groups of each student, those that these are parts of too."""
        index: dict[str, list[str]] = defaultdict(list)
        for group in self.document.groups:
            for student in self.document.members(group.id):
                index[student].append(group.id)
        return index
