"""The consultations that are due before exams."""

from __future__ import annotations

from datetime import time, timedelta
from typing import TYPE_CHECKING

from scheduler.compile.sessions.build import Held, Seat
from scheduler.domain.exam_students import consultants_for, open_days, site_of, starts_on, students_of
from scheduler.errors import Fault, Place
from solver.sentence import sentence

if TYPE_CHECKING:
    from datetime import date

    from scheduler.compile.sessions.build import Build
    from scheduler.compile.sessions.dates import DatedClock
    from scheduler.compile.sessions.exams import Examining
    from scheduler.compile.sessions.people import Key
    from scheduler.domain.document import Document
    from scheduler.domain.exams import Exam, Session


def days_for_consultations(document: Document, session: Session, most_before: int) -> list[date]:
    """List the days on which consultations may be held: the session's own, reserve days left out, and school days before it."""
    own = [day.date for day in open_days(document, session) if not day.reserve]
    if not own:
        return []
    before = session.model_copy(
        update={
            "first_day": own[0] - timedelta(days=most_before),
            "last_day": own[0] - timedelta(days=1),
            "periods": (),
            "closed_days": (),
            "reserve_days": (),
        }
    )
    return [*(day.date for day in open_days(document, before)), *own]


class Consulting:
    """Adds consultations before exams to what is built.

    Attributes
    ----------
    of : dict of str to int
        For each exam the event of its consultation.
    """

    def __init__(self, build: Build, clock: DatedClock, examining: Examining, faults: list[Fault]) -> None:
        self.build = build
        self.document = build.document
        self.clock = clock
        self.examining = examining
        self.faults = faults
        self.of: dict[str, int] = {}

    def add(self, exams: tuple[Exam, ...]) -> None:
        """Add the consultations of those exams that need one."""
        for exam in exams:
            if exam.consultation is not None and exam.id in self.examining.wholes:
                self._add(exam)

    def _add(self, exam: Exam) -> None:
        need = exam.consultation
        assert need is not None
        document, build = self.document, self.build
        session = document.session(exam.session)
        starts = tuple(
            minute
            for day in days_for_consultations(document, session, need.most_days)
            for at in session.consultation_starts or starts_on(document, exam, day) or self._usual(exam)
            if (minute := self.clock.minute(day, at, session.time_zone)) + need.minutes <= self._end(session, day)
        )
        if not starts:
            must = sentence("The consultation before exam “{exam}” must have a day.", exam=exam.name or exam.id)
            self.faults.append(Fault(Place(path=f"{self._path(exam)}.consultation"), must))
            return
        event = build.event(
            Held("consultation", starts, tuple((start, start + need.minutes) for start in starts), exam=exam)
        )
        self.of[exam.id] = event
        where = site_of(document, exam) if need.mode == "site" else None
        for student in students_of(document, exam):
            attendance = build.attend(event, ("student", student), where)
            if need.mode == "online":
                build.workstation(event, attendance, (), "students")
        self._teacher(exam, event, where)

    def _usual(self, exam: Exam) -> tuple[time, ...]:
        """Return when exams of the session start on any day: for a day before the session without starts of its own."""
        session = self.document.session(exam.session)
        clocks = {at for day in open_days(self.document, session) for at in starts_on(self.document, exam, day.date)}
        return tuple(sorted(clocks))

    def _end(self, session: Session, day: date) -> int:
        if session.latest_end is not None:
            return self.clock.minute(day, session.latest_end, session.time_zone)
        return self.clock.minute(day, time(23, 59), session.time_zone)

    def _teacher(self, exam: Exam, event: int, where: str | None) -> None:
        """Let a teacher of the students hold it, or the first examiner of the exam's first part."""
        build = self.build
        if exam.consultation is not None and exam.consultation.by == "examiner":
            held = self.examining.examiners.get((exam.id, 1))
            if held is None:
                must = sentence(
                    "The commission of exam “{exam}” must have an examiner, who holds the consultation.", exam=exam.id
                )
                self.faults.append(Fault(Place(path=f"{self._path(exam)}.consultation.by"), must))
                return
            choice, people = held
            for alternative, key in enumerate(people):
                build.attend(event, key, where, (choice, alternative))
            return
        able: tuple[Key, ...] = tuple(("teacher", key) for key in consultants_for(self.document, exam))
        if able:
            build.seat(Seat("teacher", (event,), able), where)
        else:
            must = sentence("There must be a teacher who may hold the consultation before exam “{exam}”.", exam=exam.id)
            self.faults.append(Fault(Place(path=f"{self._path(exam)}.consultation"), must))

    def _path(self, exam: Exam) -> str:
        return f"exams[{[one.id for one in self.document.exams].index(exam.id)}]"


def window_of(document: Document, exams: tuple[Exam, ...]) -> tuple[date, date]:
    """Return the first and the last date on which anything of the exams can be held, consultations before them included."""
    sessions = [document.session(key) for key in dict.fromkeys(exam.session for exam in exams)]
    days = [day.date for session in sessions for day in open_days(document, session)]
    for exam in exams:
        if exam.consultation is not None:
            days += days_for_consultations(document, document.session(exam.session), exam.consultation.most_days)[:1]
    if not days:
        days = [session.first_day for session in sessions]
    return min(days), max(days)
