"""The timetable's lessons beside a session: those that stay, those that may give way to exams, those that are suspended."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import timedelta
from typing import TYPE_CHECKING

from scheduler.compile.sessions.build import Held
from scheduler.compile.sessions.meetings import meetings
from scheduler.domain.calendar import bells_on, monday, term_days
from scheduler.domain.exam_students import open_days, students_of
from scheduler.policies import rules_of_session
from solver.problem import Demand

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import date

    from scheduler.compile.clock import Span
    from scheduler.compile.sessions.build import Build
    from scheduler.compile.sessions.dates import DatedClock
    from scheduler.compile.sessions.meetings import Meeting
    from scheduler.compile.sessions.people import Key
    from scheduler.domain.exams import Exam, Session
    from scheduler.domain.timetable import Occurrence, Timetable

    Needed = Key | int
    """Somebody, or a unit, that exams and lessons need."""

MOVES = 60
"""Other times that a lesson may be moved to, at most."""


@dataclass
class Beside:
    """Sorts the lessons that lie in the window.

    A lesson may give way where one who learns in it is examined, at a time at which an exam of theirs may be held, or on
    any day of the session if it keeps exam days free of lessons; and where no session that may need anything of it forbids.
    A consultation that was accepted stays.

    Attributes
    ----------
    events : list of int
        Lessons of those who are examined: they may be cancelled or moved, or stay and are counted only.
    suspended : list of Occurrence
        Lessons that are not held because all who learn in them are examined in a session that suspends lessons.
    """

    build: Build
    clock: DatedClock
    events: list[int] = field(default_factory=list)
    suspended: list[Occurrence] = field(default_factory=list)

    def add(self, timetable: Timetable, exams: Sequence[Exam]) -> None:
        """Add the lessons of a timetable; call it when the exams are there."""
        self._sessions_of(exams)
        self._times_of_exams()
        self._accompanied: list[tuple[int, Key]] = []
        staying = []
        for meeting in meetings(self.build, self.clock, timetable):
            suspending = not meeting.is_consultation
            learners = [key for key in meeting.learners if not (suspending and self._is_suspended(key, meeting.day))]
            if meeting.learners and not learners:
                self.suspended.append(meeting.occurrence)
            elif ways := self._ways(meeting, learners):
                may_move = ways == {"move"} and meeting.placement.kind == "lesson"
                self._giving_way(meeting, learners, may_move=may_move)
            else:
                staying.append((meeting, learners))
        self._staying(staying)
        self.build.accompany(self._accompanied)
        if self._travel_is_required:
            self.build.travel()

    # --- exams that lessons may stand in the way of ------------------------------------------------------------------

    def _sessions_of(self, exams: Sequence[Exam]) -> None:
        """Note who is examined in which sessions, and on which days."""
        document = self.build.document
        self._sessions: dict[Key, dict[str, Session]] = {}
        for exam in exams:
            session = document.session(exam.session)
            for student in students_of(document, exam):
                self._sessions.setdefault(("student", student), {})[session.id] = session
        for row in self.build.rows:
            exam_, key = self.build.events[row.event].exam, self.build.attendees[row.resource].key
            if key[0] == "group" and exam_ is not None:
                self._sessions.setdefault(key, {})[exam_.session] = document.session(exam_.session)
        self._used = {exam.session: document.session(exam.session) for exam in exams}
        self._open = {key: {day.date for day in open_days(document, one)} for key, one in self._used.items()}
        self._free_days = {
            key
            for key, one in self._used.items()
            if any(spec.rule == "FreeExamDays" and spec.weight != "off" for spec in rules_of_session(document, one))
        }

    def _times_of_exams(self) -> None:
        """Note when each session may need whom and what: for exams that are sure to, and for all that may."""
        build = self.build
        sure: dict[tuple[str, Needed], dict[int, tuple[Span | None, ...]]] = {}
        any_: dict[tuple[str, Needed], dict[int, tuple[Span | None, ...]]] = {}
        for row in build.rows:
            held, key = build.events[row.event], build.attendees[row.resource].key
            assert held.exam is not None
            any_.setdefault((held.exam.session, key), {})[id(held.spans)] = held.spans
            if held.kind == "exam" and row.given is None:
                sure.setdefault((held.exam.session, key), {})[id(held.spans)] = held.spans
        for demand in build.demands:
            held = build.events[demand.event]
            assert held.exam is not None
            for unit in demand.units:
                any_.setdefault((held.exam.session, unit), {})[id(held.spans)] = held.spans
        self._sure = {key: _merged(span for spans in found.values() for span in spans) for key, found in sure.items()}
        self._any = {key: _merged(span for spans in found.values() for span in spans) for key, found in any_.items()}

    @property
    def _travel_is_required(self) -> bool:
        """Whether no session says that there need not be the time for the way."""
        rules = (spec for one in self._used.values() for spec in rules_of_session(self.build.document, one))
        return all(spec.weight == "required" for spec in rules if spec.rule == "AllowTravel")

    def _is_suspended(self, key: Key, day: date) -> bool:
        sessions = self._sessions.get(key, {}).values()
        return any(session.lessons == "suspended" and day in self._open[session.id] for session in sessions)

    def _ways(self, meeting: Meeting, learners: Sequence[Key]) -> set[str]:
        """Return what the sessions let happen to a lesson that stands in the way of exams; nothing if it must stay."""
        day, span = meeting.day, meeting.span
        examining = {
            session: key for key in learners for session in self._sessions.get(key, ()) if day in self._open[session]
        }
        in_the_way = {
            session
            for key in learners
            for session in self._sessions.get(key, ())
            if _overlaps(self._sure.get((session, key), ()), span)
        } | (examining.keys() & self._free_days)
        if meeting.pinned or not in_the_way:
            return set()
        needed: list[Needed] = [*learners, *meeting.others, *(self.build.unit_of[thing] for thing in meeting.things)]
        asked = {
            session
            for session in self._used
            if session in examining
            or session in in_the_way
            or any(_overlaps(self._any.get((session, one), ()), span) for one in needed)
        }
        ways = {self._used[session].lessons_give_way for session in asked}
        return set() if "no" in ways else set(ways)

    # --- what becomes of lessons -------------------------------------------------------------------------------------

    def _giving_way(self, meeting: Meeting, learners: Sequence[Key], *, may_move: bool) -> None:
        build, held = self.build, meeting.placement
        event = self._event(meeting, [meeting.span, *(self._other_times(meeting) if may_move else ()), None])
        attendances = {}
        for key in (*learners, *meeting.others):
            if self._sits_with_several(key, meeting):
                self._accompanied.append((event, key))
            else:
                attendances[key[1]] = build.attend(event, key, meeting.site)
        for room in held.rooms:
            unit = build.unit_of[room]
            build.demand(Demand(event, (unit,), None, build.document.rooms[unit].seats), "room")
        suspended = {key[1] for key in meeting.learners} - {key[1] for key in learners}
        for seat_of, seat in held.seats.items():
            person, _, _ = seat_of.partition("#")  # a group has several
            if person not in suspended:
                build.demand(Demand(event, (build.unit_of[seat],), attendances.get(person)), "workstation")

    def _staying(self, staying: Sequence[tuple[Meeting, Sequence[Key]]]) -> None:
        """Let people be busy; those who are examined attend an event, of several lessons at once the first."""
        build = self.build
        until: dict[Key, int] = {}
        for meeting, learners in sorted(staying, key=lambda pair: pair[0].span):
            counted = [
                key for key in learners if key in self._sessions and until.get(key, meeting.span[0]) <= meeting.span[0]
            ]
            if counted:
                event = self._event(meeting, [meeting.span])
                for key in counted:
                    build.attend(event, key, None, travels=False)
                    build.counted.setdefault(key, []).append(meeting.span)
                    until[key] = meeting.span[1]
            for key in (*learners, *meeting.others):
                busy = build.accompanying if self._sits_with_several(key, meeting) else build.busy
                busy.setdefault(key, []).append(meeting.span)
                if (site := meeting.site or build.known[key].site) is not None:
                    build.stays.setdefault(key, []).append((meeting.span, build.place[site]))
            for thing in meeting.things:
                build.taken.setdefault(build.unit_of[thing], []).append(meeting.span)

    def _event(self, meeting: Meeting, spans: list[Span | None]) -> int:
        starts = tuple(None if span is None else span[0] for span in spans)
        held = Held("lesson", starts, tuple(spans), meeting.placement.time_zone, occurrence=meeting.occurrence)
        self.events.append(self.build.event(held))
        return self.events[-1]

    def _sits_with_several(self, key: Key, meeting: Meeting) -> bool:
        """Whether a tutor at a site sits with students, who may have several lessons at once."""
        return key[0] == "tutor" and meeting.placement.kind == "lesson" and self.build.known[key].site is not None

    def _other_times(self, meeting: Meeting) -> list[Span]:
        """Return when else in the same week the lesson could be held by its own bells, the nearest first.

        Whether its people and places are free then is for the rules.
        """
        usual, document, clock = meeting.usual, self.build.document, self.clock
        if usual.bells is None or not usual.periods:
            return []
        first = monday(meeting.day)
        days = [day.date for day in term_days(document.term) if first <= day.date < first + timedelta(days=7)]
        length, lasts = len(usual.periods), meeting.span[1] - meeting.span[0]
        found = []
        for day in days:
            if not clock.first <= day <= clock.last or any(self._is_suspended(key, day) for key in meeting.learners):
                continue
            rung = bells_on(document.term, day, usual.site, usual.bells)
            periods = document.bell_schedule(rung or usual.bells).periods
            for begins, ends in zip(periods, periods[length - 1 :], strict=False):
                start = clock.minute(day, begins.start, usual.time_zone)
                if start != meeting.span[0] and start + lasts <= clock.minute(day, ends.end, usual.time_zone):
                    found.append((start, start + lasts))
        return sorted(found, key=lambda span: abs(span[0] - meeting.span[0]))[:MOVES]


def _merged(spans: Iterable[Span | None]) -> tuple[Span, ...]:
    """Return the times that some spans cover, ascending."""
    merged: list[Span] = []
    for first, last in sorted({span for span in spans if span is not None}):
        if merged and first <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(last, merged[-1][1]))
        else:
            merged.append((first, last))
    return tuple(merged)


def _overlaps(merged: Iterable[Span], span: Span) -> bool:
    return any(first < span[1] and span[0] < last for first, last in merged)
