"""The consultations that are due before exams."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from scheduler.compile.sessions.build import Held, Seat
from scheduler.domain.exam_students import consultants_for, open_days, site_of, starts_on, students_of
from scheduler.errors import Fault, Place
from solver.sentence import sentence

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import date, time

    from scheduler.compile.sessions.build import Build
    from scheduler.compile.sessions.dates import DatedClock
    from scheduler.compile.sessions.exams import Examining
    from scheduler.compile.sessions.people import Key
    from scheduler.domain.document import Document
    from scheduler.domain.exams import ConsultationNeed, Exam, Session
    from solver.sentence import Sentence


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
        self._starts: dict[tuple[int, ...], tuple[tuple[int, ...], tuple[tuple[int, int], ...]]] = {}

    def add(self, exams: Sequence[Exam]) -> None:
        """Add the consultations of those exams that need one."""
        for exam in exams:
            if exam.consultation is not None and exam.id in self.examining.wholes:
                self._consultation(exam, exam.consultation)

    def _consultation(self, exam: Exam, need: ConsultationNeed) -> None:
        document, build = self.document, self.build
        found = tuple(self._possible(exam, need))
        if not found:
            must = sentence("The consultation before exam “{exam}” must have a day.", exam=exam.name or exam.id)
            self._fault(exam, must, sentence("Maybe let it be held earlier: most_days, consultation_starts."))
            return
        spans = tuple((start, start + need.minutes) for start in found)
        starts, spans = self._starts.setdefault((need.minutes, *found), (found, spans))
        zone = self.clock.zone(document.session(exam.session).time_zone)
        event = self.of[exam.id] = build.event(Held("consultation", starts, spans, zone, exam))
        where = site_of(document, exam) if need.mode == "site" else None
        for student in students_of(document, exam):
            attendance = build.attend(event, ("student", student), where)
            if need.mode == "online":
                build.workstation(event, attendance)
        for group in self.examining.groups[exam.id]:
            build.attend(event, ("group", group), where)
        self._teacher(exam, need, event, where)

    def _possible(self, exam: Exam, need: ConsultationNeed) -> Iterator[int]:
        """Yield the minutes at which it may start, ascending: so that it ends in time, on a day for consultations."""
        session = self.document.session(exam.session)
        for day in days_for_consultations(self.document, session, need.most_days):
            clocks = session.consultation_starts or starts_on(self.document, exam, day) or self._usual(exam, session)
            end = self.clock.midnight_after(day, session.time_zone)
            if session.latest_end is not None:
                end = self.clock.minute(day, session.latest_end, session.time_zone)
            for clock in sorted(clocks):
                start = self.clock.minute(day, clock, session.time_zone)
                if start + need.minutes <= end:
                    yield start

    def _usual(self, exam: Exam, session: Session) -> set[time]:
        """Return when the exam may start on any day: for a day before the session that has no starts of its own."""
        return {at for day in open_days(self.document, session) for at in starts_on(self.document, exam, day.date)}

    def _teacher(self, exam: Exam, need: ConsultationNeed, event: int, where: str | None) -> None:
        """Let a teacher of the students hold it, or an examiner of the exam's first part."""
        build = self.build
        if need.by == "examiner":
            choice = self.examining.examiners.get(exam.id)
            if choice is None:
                must = sentence(
                    "The commission of exam “{exam}” must have an examiner for the consultation, whose seat is never vacant.",
                    exam=exam.name or exam.id,
                )
                self._fault(exam, must)
                return
            for alternative, key in enumerate(build.seats[choice].people):
                build.attend(event, key, where, (choice, alternative))
        else:
            people: tuple[Key, ...] = tuple(("teacher", key) for key in consultants_for(self.document, exam))
            build.seat(Seat("teacher", (event,), people), (where,))

    def _fault(self, exam: Exam, must: Sentence, hint: Sentence | None = None) -> None:
        self.faults.append(Fault(Place(path=f"exams[{self.document.exams.index(exam)}].consultation"), must, hint))


def window_of(document: Document, exams: Sequence[Exam]) -> tuple[date, date]:
    """Return the first and the last date on which anything of the exams can be held, consultations before them included."""
    sessions = [document.session(key) for key in dict.fromkeys(exam.session for exam in exams)]
    days = [day.date for session in sessions for day in open_days(document, session)]
    for exam in exams:
        if exam.consultation is not None:
            days += days_for_consultations(document, document.session(exam.session), exam.consultation.most_days)[:1]
    return min(days), max(days)
