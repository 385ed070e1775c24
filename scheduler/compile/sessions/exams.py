"""The exams of sessions: when each may start, who sits it and who holds it, and what they need."""

from __future__ import annotations

from fractions import Fraction
from math import ceil
from typing import TYPE_CHECKING

from scheduler.compile.sessions.build import ROLES, Held, Seat
from scheduler.compile.sessions.parts import parts
from scheduler.domain.exam_students import candidates_for, own_teachers, site_of, starts_of, subject_of
from scheduler.errors import Fault, Place
from solver.problem import Demand
from solver.sentence import sentence

if TYPE_CHECKING:
    from scheduler.compile.clock import Span
    from scheduler.compile.sessions.build import Build
    from scheduler.compile.sessions.dates import DatedClock
    from scheduler.compile.sessions.parts import Part, Stretch
    from scheduler.compile.sessions.people import Key
    from scheduler.domain.document import Document
    from scheduler.domain.exams import Exam, Seats, Session


def possible_starts(document: Document, clock: DatedClock, exam: Exam, minutes: int) -> tuple[int, ...]:
    """Return the minutes at which an exam that lasts so long may start, ascending, reserve days among them."""
    zone = document.session(exam.session).time_zone
    return tuple(
        clock.minute(start.date, start.start, zone) for start in starts_of(document, exam) if minutes <= start.minutes
    )


class Examining:
    """Adds exams to what is built.

    Attributes
    ----------
    wholes : dict of str to list of int
        For each exam the events of its whole parts.
    stretches : dict of (str, int) to list of int
        For each part of an exam the events of its stretches, the whole one first.
    examiners : dict of (str, int) to (choice, people)
        For each part of an exam the first examiner's seat.
    """

    def __init__(self, build: Build, clock: DatedClock, faults: list[Fault]) -> None:
        self.build = build
        self.document = build.document
        self.clock = clock
        self.faults = faults
        self.wholes: dict[str, list[int]] = {}
        self.stretches: dict[tuple[str, int], list[int]] = {}
        self.examiners: dict[tuple[str, int], tuple[int, tuple[Key, ...]]] = {}
        self.exclusive: list[int] = []
        self.shared_seats: dict[tuple[str, str | None, str, int], list[tuple[Exam, int, Seats]]] = {}
        self._starts: dict[tuple[object, ...], tuple[int, ...]] = {}
        self._periods: dict[str, dict[int, int]] = {}
        self._known_spans: dict[tuple[int, int, int], tuple[Span, ...]] = {}

    def add(self, exams: tuple[Exam, ...]) -> None:
        """Add exams, their students, rooms, workstations and commissions."""
        for exam in exams:
            divided = parts(self.document, exam)
            longest = max(part.minutes for part in divided)
            starts = self._possible(exam, longest)
            if not starts:
                self._never(exam, longest)
                continue
            for part in divided:
                self._part(exam, part, starts)
        self._seats_of_subjects()

    def _possible(self, exam: Exam, minutes: int) -> tuple[int, ...]:
        """Return the possible starts, those of exams of which the same holds by the same tuple."""
        found = possible_starts(self.document, self.clock, exam, minutes)
        return self._starts.setdefault(found, found)

    def _never(self, exam: Exam, minutes: int) -> None:
        index = [one.id for one in self.document.exams].index(exam.id)
        must = sentence(
            "Exam “{exam}” ({n} minute) must be able to start at some time of its session.",
            plural="Exam “{exam}” ({n} minutes) must be able to start at some time of its session.",
            n=minutes,
            exam=exam.name or exam.id,
        )
        self.faults.append(
            Fault(
                Place(path=f"exams[{index}]"),
                must,
                sentence(
                    "Maybe extra time or turns make it too long: see the starts and the latest end of the session."
                ),
            )
        )

    def _part(self, exam: Exam, part: Part, starts: tuple[int, ...]) -> None:
        build, site = self.build, site_of(self.document, exam)
        events = []
        for number, stretch in enumerate(part.stretches):
            spans = self._spans(exam, starts, stretch, whole=number == 0)
            event = build.event(Held("exam", starts, spans, exam, part, number))
            events.append(event)
            for student in stretch.students:
                self._student(exam, part, event, student, site)
        if part.number == 1 or (not exam.same_time and part.size > len(part.students)):
            for group in self._unnamed_groups(exam):
                build.attend(events[0], ("group", group), site)
        self.wholes.setdefault(exam.id, []).append(events[0])
        self.stretches[exam.id, part.number] = events
        if exam.room is not None and exam.mode == "site":
            self._room(exam, part, events[0], site)
        if exam.commission is not None:
            self._commission(exam, events[0], site)

    def _spans(self, exam: Exam, starts: tuple[int, ...], stretch: Stretch, *, whole: bool) -> tuple[Span, ...]:
        """Return when the people of a stretch are busy for each start; a whole part takes all of a fixed period."""
        session = self.document.session(exam.session)
        lengths = self._periods.get(session.id)
        if lengths is None:
            lengths = self._periods[session.id] = self._lengths(session)
        key = (id(starts), stretch.offset, stretch.minutes if not (whole and lengths) else 0)
        if key not in self._known_spans:
            self._known_spans[key] = tuple(
                (start + stretch.offset, start + (lengths[start] if whole and lengths else stretch.end))
                for start in starts
            )
        return self._known_spans[key]

    def _lengths(self, session: Session) -> dict[int, int]:
        """Return for the start of each fixed period how long it is: until the next one begins, at the latest."""
        minutes = {self.clock.minute(p.date, p.start, session.time_zone): p.minutes for p in session.periods}
        order = sorted(minutes)
        return {
            start: min(minutes[start], after - start)
            for start, after in zip(order, [*order[1:], order[-1] + minutes[order[-1]]] if order else [], strict=True)
        }

    def _unnamed_groups(self, exam: Exam) -> list[str]:
        groups = dict.fromkeys(
            (*exam.groups, *(g for course in exam.courses for g in self.document.course(course).groups))
        )
        return [group for group in groups if not self.document.members(group)]

    def _student(self, exam: Exam, part: Part, event: int, student: str, site: str | None) -> None:
        build, own = self.build, part.entitled.get(student)
        where = site if exam.mode == "site" else None
        attendance = build.attend(event, ("student", student), where)
        if exam.at_workstations or (own is not None and own.own_workstation):
            own_features = own.workstation_features if own is not None else ()
            build.workstation(event, attendance, exam.features + own_features, "students")
        if own is None:
            return
        if own.own_room and exam.mode == "site":
            units = build.rooms(site, own.room_features, (), 1)
            self.exclusive.append(build.demand(Demand(event, units, attendance, 1), "seats"))
        if own.assistant:
            people = [key for one in own.assistants or self.document.ids("tutors") if (key := self._key(one))[1]]
            if people:
                build.seat(Seat("helper", (event,), tuple(people), student=student), where)
            else:
                self._nobody(exam, sentence("an assistant for {student}", student=student))

    def _key(self, person: str) -> Key:
        kinds = (("tutors", "tutor"), ("teachers", "teacher"), ("support", "support"))
        return next((kind, person) for list_, kind in kinds if self.document.has(list_, person))  # type: ignore[return-value]

    def _room(self, exam: Exam, part: Part, event: int, site: str | None) -> None:
        assert exam.room is not None
        build = self.build
        share: Fraction = self.document.session(exam.session).seats_per_student
        people = part.size - len(part.alone)
        if exam.in_turns:
            people = min(people, exam.turns_at_once)
        for need in (exam.room, *exam.room.also):
            seats = need.seats if need.seats is not None else ceil(people * share)
            units = build.rooms(site, need.features, need.candidates, seats)
            demand = build.demand(Demand(event, units, None, seats, exam.room.optional), "seats")
            if exam.own_room:
                self.exclusive.append(demand)

    # --- commissions -----------------------------------------------------------------------------------------------

    def _commission(self, exam: Exam, event: int, site: str | None) -> None:
        assert exam.commission is not None
        for number, seats in enumerate(self.document.commission(exam.commission).seats):
            if seats.one_for_subject:
                key = (exam.session, subject_of(self.document, exam), seats.role, number)
                self.shared_seats.setdefault(key, []).append((exam, event, seats))
                continue
            people = candidates_for(self.document, exam, seats)
            for _ in range(seats.count):
                self._seat(exam, (event,), seats, people, site)

    def _seats_of_subjects(self) -> None:
        """Give seats that one person is to hold in all exams of a subject to those who may hold it in each."""
        for held in self.shared_seats.values():
            exam, _, seats = held[0]
            able = [set(candidates_for(self.document, each, own)) for each, _, own in held]
            people = tuple(key for key in self.document.ids("teachers") if all(key in some for some in able))
            events = tuple(event for _, event, _ in held)
            for _ in range(seats.count):
                self._seat(exam, events, seats, people, site_of(self.document, exam))

    def _seat(
        self, exam: Exam, events: tuple[int, ...], seats: Seats, people: tuple[str, ...], site: str | None
    ) -> None:
        at_site = site if exam.mode == "site" and seats.at_site else None
        if not people and not seats.may_be_vacant:
            self._nobody(exam, sentence("a seat of the commission ({role})", role=ROLES[seats.role]))
            return
        own = own_teachers(self.document, exam)
        seat = Seat(
            role=seats.role,
            events=events,
            people=tuple(("teacher", person) for person in people),
            seats=seats,
            may_be_vacant=seats.may_be_vacant,
            own=frozenset(index for index, person in enumerate(people) if person in own),
        )
        choice = self.build.seat(seat, at_site)
        if seats.role == "examiner":
            for event in events:
                held = self.build.events[event]
                assert held.part is not None
                assert held.exam is not None
                self.examiners.setdefault((held.exam.id, held.part.number), (choice, seat.people))

    def _nobody(self, exam: Exam, what: object) -> None:
        index = [one.id for one in self.document.exams].index(exam.id)
        must = sentence(
            "There must be somebody who may take {seat} in exam “{exam}”.", seat=what, exam=exam.name or exam.id
        )
        self.faults.append(Fault(Place(path=f"exams[{index}]"), must))
