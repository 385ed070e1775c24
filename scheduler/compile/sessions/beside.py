"""The timetable's lessons beside a session: those that stay, those that an exam may drive away, those that are suspended."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import time, timedelta
from typing import TYPE_CHECKING

from scheduler.compile.sessions.build import Held
from scheduler.domain.calendar import bells_on, monday, term_days
from scheduler.domain.exam_students import open_days, students_of
from solver.problem import Demand

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from scheduler.compile.clock import Span
    from scheduler.compile.sessions.build import Build
    from scheduler.compile.sessions.dates import DatedClock
    from scheduler.compile.sessions.people import Key
    from scheduler.domain.exams import Exam, Session
    from scheduler.domain.timetable import Occurrence, Placement, Timetable

MOVES = 60
"""Other times that a lesson may be moved to, at most."""


@dataclass(frozen=True)
class Meeting:
    """One dated lesson: who is there, and what it has."""

    occurrence: Occurrence
    placement: Placement
    span: Span
    students: tuple[str, ...]
    groups: tuple[str, ...]
    others: tuple[Key, ...]
    rooms: tuple[str, ...]
    seats: dict[str, str]

    @property
    def learners(self) -> tuple[Key, ...]:
        """Students, and groups without named ones."""
        return (*(("student", key) for key in self.students), *(("group", key) for key in self.groups))

    @property
    def people(self) -> tuple[Key, ...]:
        """Everybody."""
        return (*self.learners, *self.others)


@dataclass
class Beside:
    """Sorts the lessons that lie in the window.

    Attributes
    ----------
    events : list of int
        Lessons that may be cancelled or moved.
    suspended : list of Occurrence
        Lessons that are not held because all who learn in them are examined in a session that suspends lessons.
    """

    build: Build
    clock: DatedClock
    events: list[int] = field(default_factory=list)
    suspended: list[Occurrence] = field(default_factory=list)

    def add(self, timetable: Timetable, exams: tuple[Exam, ...]) -> None:
        """Add the lessons of a timetable; call it when the exams are there."""
        self._exams(exams)
        meetings = tuple(self._meetings(timetable))
        # A tutor sits with several students, who may have several lessons at once: only what is no lesson is in the way.
        self._tutors: dict[Key, list[Span]] = {}
        for meeting in meetings:
            for key in meeting.others if meeting.placement.kind != "lesson" else ():
                if key[0] == "tutor":
                    self._tutors.setdefault(key, []).append(meeting.span)
        for meeting in meetings:
            self._meeting(meeting)

    def _exams(self, exams: tuple[Exam, ...]) -> None:
        """Note who is examined in which session, and when their exams may be."""
        document = self.build.document
        self._sessions: dict[Key, dict[str, Session]] = {}
        self._spans: dict[Key, list[Span]] = {}
        for exam in exams:
            session = document.session(exam.session)
            for student in students_of(document, exam):
                self._sessions.setdefault(("student", student), {})[session.id] = session
        for row in self.build.rows:
            held, key = self.build.events[row.event], self.build.attendees[row.resource].key
            if held.kind == "exam" and row.given is None:
                self._spans.setdefault(key, []).extend(span for span in held.spans if span is not None)
                if key[0] == "group" and held.exam is not None:
                    self._sessions.setdefault(key, {})[held.exam.session] = document.session(held.exam.session)
        self._spans = {key: _merged(spans) for key, spans in self._spans.items()}
        used = {session for sessions in self._sessions.values() for session in sessions}
        self._open = {key: {day.date for day in open_days(document, document.session(key))} for key in used}

    def _meetings(self, timetable: Timetable) -> Iterator[Meeting]:
        for occurrence in timetable.occurrences:
            placement = timetable.placements.get(occurrence.event)
            if placement is None or occurrence.status != "held":
                continue
            if not self.clock.first <= occurrence.start.date() <= self.clock.last:
                continue
            students = placement.students if occurrence.students is None else occurrence.students
            teachers = placement.teachers if occurrence.teachers is None else occurrence.teachers
            tutors = placement.tutors if occurrence.tutors is None else occurrence.tutors
            room = placement.room if occurrence.room is None else occurrence.room
            yield Meeting(
                occurrence=occurrence,
                placement=placement,
                span=(self.clock.of(occurrence.start), self.clock.of(occurrence.end)),
                students=students,
                groups=tuple(part for group in placement.groups for part in self._unnamed(group)),
                others=(
                    *(("teacher", key) for key in teachers),
                    *(("tutor", key) for key in tutors),
                    *(("support", key) for key in placement.support),
                ),
                rooms=tuple(key for key in (room, *placement.also) if key is not None),
                seats=placement.seats if occurrence.seats is None else occurrence.seats,
            )

    def _unnamed(self, group: str) -> list[str]:
        """Return a group and its parts, those without named students: the others' people are named themselves."""
        document = self.build.document
        return [part for part in document.within(group) if not document.members(part)]

    def _meeting(self, meeting: Meeting) -> None:
        day = meeting.occurrence.start.date()
        learners = [key for key in meeting.learners if not self._is_suspended(key, day)]
        if meeting.learners and not learners:
            self.suspended.append(meeting.occurrence)
            return
        gives_way = {
            session.lessons_give_way
            for key in learners
            if _overlaps(self._spans.get(key, []), meeting.span)
            for session in self._sessions.get(key, {}).values()
        }
        if gives_way and "no" not in gives_way and not meeting.occurrence.pinned and not meeting.placement.pinned:
            self._event(meeting, learners, may_move=gives_way == {"move"} and meeting.placement.kind == "lesson")
            return
        for key in (*learners, *meeting.others):
            self.build.busy.setdefault(key, []).append(meeting.span)
        for thing in (*meeting.rooms, *meeting.seats.values()):
            self.build.taken.setdefault(self.build.unit_of[thing], []).append(meeting.span)

    def _is_suspended(self, key: Key, day: date) -> bool:
        sessions = self._sessions.get(key, {}).values()
        return any(session.lessons == "suspended" and day in self._open[session.id] for session in sessions)

    def _event(self, meeting: Meeting, learners: list[Key], *, may_move: bool) -> None:
        build = self.build
        spans: list[Span | None] = [meeting.span, *(self._other_times(meeting) if may_move else ()), None]
        starts = tuple(None if span is None else span[0] for span in spans)
        event = build.event(Held("lesson", starts, tuple(spans), occurrence=meeting.occurrence))
        self.events.append(event)
        site = meeting.placement.site if meeting.placement.mode == "site" else None
        attendances = {}
        for key in (*learners, *(key for key in meeting.others if key[0] != "tutor")):
            attendances[key[1]] = build.attend(event, key, site)
        for room in meeting.rooms:
            unit = build.unit_of[room]
            build.demand(Demand(event, (unit,), None, max(1, build.document.rooms[unit].seats)), "lesson")
        for person, seat in meeting.seats.items():
            unit, attendance = build.unit_of[seat], attendances.get(person)
            if attendance is not None:
                build.demand(Demand(event, (unit,), attendance), "lesson")

    def _other_times(self, meeting: Meeting) -> list[Span]:
        """Return when else in the same week the lesson could be held: by its own bells, where no tutor of it is elsewhere."""
        placement, document = meeting.placement, self.build.document
        if placement.bells is None or not placement.periods:
            return []
        monday_ = monday(meeting.occurrence.start.date())
        days = [day.date for day in term_days(document.term) if monday_ <= day.date < monday_ + timedelta(days=7)]
        length = len(placement.periods)
        lasts = meeting.span[1] - meeting.span[0]
        tutored = _merged([span for key in meeting.others for span in self._tutors.get(key, ())])
        found = []
        for day in days:
            if not self.clock.first <= day <= self.clock.last:
                continue
            rung = bells_on(document.term, day, placement.site, placement.bells)
            periods = document.bell_schedule(rung or placement.bells).periods
            for first in range(len(periods) - length + 1):
                start = self.clock.minute(day, periods[first].start, placement.time_zone)
                end = self.clock.minute(day, periods[first + length - 1].end, placement.time_zone)
                span = (start, start + lasts)
                if span != meeting.span and span[1] <= end and not _overlaps(tutored, span):
                    found.append(span)
        own = self.clock.minute(meeting.occurrence.start.date(), time(12))
        return sorted(found, key=lambda span: abs(span[0] - own))[:MOVES]


def _merged(spans: list[Span]) -> list[Span]:
    merged: list[Span] = []
    for first, last in sorted(set(spans)):
        if merged and first <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(last, merged[-1][1]))
        else:
            merged.append((first, last))
    return merged


def _overlaps(merged: list[Span], span: Span) -> bool:
    return any(first < span[1] and span[0] < last for first, last in merged)
