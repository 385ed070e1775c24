"""The exams of sessions: when each may start, who sits it and who holds it, and what they need."""

from __future__ import annotations

from dataclasses import dataclass
from math import ceil
from typing import TYPE_CHECKING

from scheduler.compile.sessions.build import ROLES, Held, Seat
from scheduler.compile.sessions.parts import parts
from scheduler.domain.exam_students import (
    candidates_for,
    nameless_groups_of,
    own_teachers,
    site_of,
    starts_of,
    subject_of,
)
from scheduler.errors import Fault, Place
from solver.problem import Demand
from solver.sentence import sentence

if TYPE_CHECKING:
    from collections.abc import Sequence

    from scheduler.compile.clock import Span
    from scheduler.compile.sessions.build import Build
    from scheduler.compile.sessions.dates import DatedClock
    from scheduler.compile.sessions.parts import Part, Stretch
    from scheduler.domain.document import Document
    from scheduler.domain.exams import Exam, Seats, Session
    from solver.sentence import Sentence


def possible_starts(document: Document, clock: DatedClock, exam: Exam, minutes: int) -> tuple[int, ...]:
    """Return the minutes at which an exam that lasts so long may start, ascending, reserve days among them."""
    zone = document.session(exam.session).time_zone
    return tuple(
        clock.minute(start.date, start.start, zone) for start in starts_of(document, exam) if minutes <= start.minutes
    )


@dataclass(frozen=True)
class _Seated:
    """A seat that one person holds in all exams of a subject, in one of them."""

    exam: Exam
    event: int
    seats: Seats


class Examining:
    """Adds exams to what is built.

    Attributes
    ----------
    wholes : dict of str to list of int
        For each exam the events of its whole parts.
    stretches : dict of (str, int) to list of int
        For each part of an exam the events of its stretches, the whole one first.
    groups : dict of str to tuple of str
        For each exam the groups without named students that sit it.
    examiners : dict of str to int
        For each exam the seat of an examiner of its first part, one that is never vacant.
    alone : list of int
        The demands whose room nothing else may have.
    """

    def __init__(self, build: Build, clock: DatedClock, faults: list[Fault]) -> None:
        self.build = build
        self.document = build.document
        self.clock = clock
        self.faults = faults
        self.wholes: dict[str, list[int]] = {}
        self.stretches: dict[tuple[str, int], list[int]] = {}
        self.groups: dict[str, tuple[str, ...]] = {}
        self.examiners: dict[str, int] = {}
        self.alone: list[int] = []
        self._of_subjects: dict[tuple[str, str, str, int], list[_Seated]] = {}
        self._starts: dict[tuple[int, ...], tuple[int, ...]] = {}
        self._spans: dict[tuple[Span, ...], tuple[Span, ...]] = {}
        self._lengths: dict[str, dict[int, int]] = {}

    def add(self, exams: Sequence[Exam]) -> None:
        """Add exams, their students, rooms, workstations and commissions."""
        for exam in exams:
            self._exam(exam)
        for held in self._of_subjects.values():
            self._seats_of_subject(held)

    def _exam(self, exam: Exam) -> None:
        divided = parts(self.document, exam)
        longest = max(part.minutes for part in divided)
        found = possible_starts(self.document, self.clock, exam, longest)
        if not found:
            self._never(exam, longest)
            return
        starts, site = self._starts.setdefault(found, found), site_of(self.document, exam)
        for part in divided:
            self._part(exam, part, starts, site)
        self._groups(exam, divided, site)

    def _never(self, exam: Exam, minutes: int) -> None:
        must = sentence(
            "Exam “{exam}” ({n} minute) must be able to start at some time of its session.",
            plural="Exam “{exam}” ({n} minutes) must be able to start at some time of its session.",
            n=minutes,
            exam=exam.name or exam.id,
        )
        hint = sentence("Maybe extra time or turns make it too long: see the starts and the latest end of the session.")
        self._fault(exam, must, hint)

    def _part(self, exam: Exam, part: Part, starts: tuple[int, ...], site: str | None) -> None:
        build = self.build
        events = self.stretches[exam.id, part.number] = [
            build.event(
                Held(
                    "exam",
                    starts,
                    self._spans_of(exam, starts, stretch, whole=number == 0),
                    self.clock.zone(self.document.session(exam.session).time_zone),
                    exam,
                    part,
                    number,
                )
            )
            for number, stretch in enumerate(part.stretches)
        ]
        self.wholes.setdefault(exam.id, []).append(events[0])
        first = len(build.demands)
        for event, stretch in zip(events, part.stretches, strict=True):
            for student in stretch.students:
                self._student(exam, part, event, student, site)
        if exam.at_workstations and exam.mode == "site":
            self._workstations(exam, part, events[0], site)
        if exam.room is not None and exam.mode == "site":
            self._room(exam, part, events[0], site)
        build.stand_in_rooms(range(first, len(build.demands)))
        if exam.commission is not None:
            self._commission(exam, events[0])

    # --- when ------------------------------------------------------------------------------------------------------

    def _spans_of(self, exam: Exam, starts: tuple[int, ...], stretch: Stretch, *, whole: bool) -> tuple[Span, ...]:
        """Return when the people of a stretch are busy for each start, equal ones by the same tuple.

        A whole part takes all of a fixed period, and nothing reaches beyond one.
        """
        lengths = self._lengths_of(self.document.session(exam.session))
        found = []
        for start in starts:
            first, last = stretch.offset, stretch.end
            if start in lengths:
                last = lengths[start] if whole else min(last, lengths[start])
                first = min(first, last - 1)
            found.append((start + first, start + last))
        spans = tuple(found)
        return self._spans.setdefault(spans, spans)

    def _lengths_of(self, session: Session) -> dict[int, int]:
        """Return for the start of each fixed period how long it is: until the next one begins, at the latest."""
        if session.id not in self._lengths:
            minutes = {self.clock.minute(p.date, p.start, session.time_zone): p.minutes for p in session.periods}
            order = sorted(minutes)
            self._lengths[session.id] = {
                start: min([minutes[start], *(after - start for after in order[number + 1 : number + 2])])
                for number, start in enumerate(order)
            }
        return self._lengths[session.id]

    # --- who sits it -----------------------------------------------------------------------------------------------

    def _student(self, exam: Exam, part: Part, event: int, student: str, site: str | None) -> None:
        build, own = self.build, part.entitled.get(student)
        where = site if exam.mode == "site" else None
        attendance = build.attend(event, ("student", student), where)
        if exam.at_workstations or (own is not None and own.own_workstation):
            own_features = own.workstation_features if own is not None else ()
            build.workstation(event, attendance, exam.features + own_features)
        if own is None:
            return
        if own.own_room and exam.mode == "site":
            units = build.rooms(site, own.room_features, (), 1)
            self.alone.append(build.demand(Demand(event, units, attendance), "room"))
        if own.assistant:
            helpers = tuple(build.known.helper(key) for key in own.assistants or self.document.ids("tutors"))
            beside = where if where is not None else build.known["student", student].site
            build.seat(Seat("helper", (event,), helpers, student=student), (beside,))

    def _groups(self, exam: Exam, divided: tuple[Part, ...], site: str | None) -> None:
        """Let groups without named students attend the parts in which somebody has no name; of those at one time the longest."""
        self.groups[exam.id] = nameless_groups_of(self.document, exam)
        there = [part for part in divided if part.nameless] or list(divided[:1])
        if exam.same_time:
            there = [max(there, key=lambda part: part.minutes)]
        where = site if exam.mode == "site" else None
        for group in self.groups[exam.id]:
            for part in there:
                self.build.attend(self.wholes[exam.id][part.number - 1], ("group", group), where)

    def _workstations(self, exam: Exam, part: Part, event: int, site: str | None) -> None:
        """Let those without names need workstations: all of them, or those who have their turns at the same time."""
        build, at_once = self.build, part.nameless
        if exam.in_turns:
            at_once = min(at_once, exam.turns_at_once)
        for _ in range(at_once):
            build.demand(Demand(event, build.workstations(site, frozenset(exam.features)), None), "workstation")

    def _room(self, exam: Exam, part: Part, event: int, site: str | None) -> None:
        assert exam.room is not None
        build = self.build
        people = part.size - len(part.alone)
        if part.alone and not people:
            return
        if exam.in_turns:
            people = min(people, exam.turns_at_once)
        for number, need in enumerate((exam.room, *exam.room.also)):
            share = self.document.session(exam.session).seats_per_student
            seats = need.seats if need.seats is not None else ceil(people * share)
            units = build.rooms(site, need.features, need.candidates, seats)
            if exam.room.optional and not units:
                continue
            demand = build.demand(Demand(event, units, None, seats, exam.room.optional), "room")
            if exam.own_room or number > 0:
                self.alone.append(demand)

    # --- who holds it ----------------------------------------------------------------------------------------------

    def _commission(self, exam: Exam, event: int) -> None:
        assert exam.commission is not None
        for number, seats in enumerate(self.document.commission(exam.commission).seats):
            subject = subject_of(self.document, exam)
            if seats.one_for_subject and subject is not None:
                key = (exam.session, subject, seats.role, number)
                self._of_subjects.setdefault(key, []).append(_Seated(exam, event, seats))
                continue
            self._seats([_Seated(exam, event, seats)], candidates_for(self.document, exam, seats))

    def _seats_of_subject(self, held: list[_Seated]) -> None:
        """Give seats that one person is to hold in all exams of a subject to those who may hold it in each."""
        for exam in dict.fromkeys(one.exam.id for one in held):
            self._at_once(self.document.exam(exam), held)
        able = [frozenset(candidates_for(self.document, one.exam, one.seats)) for one in held]
        people = tuple(key for key in self.document.ids("teachers") if all(key in some for some in able))
        first = held[0]
        if len(people) < first.seats.count and not all(one.seats.may_be_vacant for one in held):
            must = sentence(
                "One person must be able to be {role} in all exams of {subject}: {exams}; nobody is.",
                role=ROLES[first.seats.role],
                subject=subject_of(self.document, first.exam),
                exams=tuple(dict.fromkeys(one.exam.name or one.exam.id for one in held)),
            )
            self._fault(first.exam, must)
        else:
            self._seats(held, people)

    def _at_once(self, exam: Exam, held: list[_Seated]) -> None:
        """Refuse a seat that one person is to hold in several parts at the same time."""
        parts_ = sum(one.exam.id == exam.id for one in held)
        if exam.same_time and parts_ > 1:
            must = sentence(
                "Exam “{exam}” has {n} parts at the same time and must not have one {role} for all of them.",
                exam=exam.name or exam.id,
                n=parts_,
                role=ROLES[held[0].seats.role],
            )
            self._fault(exam, must, sentence("Maybe let its parts follow one another: same_time."))

    def _seats(self, held: list[_Seated], people: tuple[str, ...]) -> None:
        """Add seats of one role, each taken by one person in all of these exams."""
        first, own = held[0], frozenset(key for one in held for key in own_teachers(self.document, one.exam))
        seat = Seat(
            role=first.seats.role,
            events=tuple(one.event for one in held),
            people=tuple(("teacher", person) for person in people),
            seats=first.seats,
            may_be_vacant=all(one.seats.may_be_vacant for one in held),
            own=frozenset(index for index, person in enumerate(people) if person in own),
        )
        sites = tuple(site_of(self.document, one.exam) if one.seats.at_site else None for one in held)
        for _ in range(first.seats.count):
            choice = self.build.seat(seat, sites)
            if seat.role == "examiner" and not seat.may_be_vacant:
                for one in held:
                    if one.event == self.wholes[one.exam.id][0]:
                        self.examiners.setdefault(one.exam.id, choice)

    def _fault(self, exam: Exam, must: Sentence, hint: Sentence | None = None) -> None:
        self.faults.append(Fault(Place(path=f"exams[{self.document.exams.index(exam)}]"), must, hint))
