"""An assignment told in the institution's words: sittings, consultations, and the lessons that give way."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scheduler.domain.exam_students import site_of
from scheduler.domain.session_plan import Candidate, Consultation, LessonChange, Official, Sitting
from solver.problem import holds

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from scheduler.compile.clock import Span
    from scheduler.compile.sessions.compiled import CompiledSessions
    from scheduler.compile.sessions.people import Key
    from scheduler.domain.exams import Exam
    from solver.problem import Assignment

ORDER = ("chair", "examiner", "assistant", "observer")
"""In which a commission is listed."""


class Teller:
    """Tells an assignment."""

    def __init__(self, compiled: CompiledSessions, assignment: Assignment) -> None:
        self.compiled = compiled
        self.document = compiled.document
        self.problem = compiled.problem
        self.assignment = assignment
        self.clock = compiled.clock
        self._known: dict[int, tuple[frozenset[Key], frozenset[int]]] = {}

    # --- what is common -------------------------------------------------------------------------------------------

    def _start(self, event: int) -> int | None:
        return self.compiled.events[event].starts[self.assignment.option[event]]

    def _span(self, event: int) -> Span:
        span = self.compiled.events[event].spans[self.assignment.option[event]]
        assert span is not None
        return span

    def _present(self, event: int) -> list[tuple[int, Key]]:
        """Return who attends an event, each with the attendance."""
        rows = self.problem.attendances
        held = (a for a in self.problem.attendances_of_event[event] if holds(rows[a].given, self.assignment))
        there = ((a, self.compiled.attendees[rows[a].resource]) for a in held)
        return [(a, attendee.key) for a, attendee in there if attendee.stands_in is None]

    def _units(self, event: int) -> dict[int | None, list[str]]:
        """Return for each attendance of an event, and for the event itself, the names of the units that it is given."""
        found: dict[int | None, list[str]] = {}
        for d in self.problem.demands_of_event[event]:
            unit, attendance = self.assignment.unit[d], self.problem.demands[d].attendance
            if unit >= 0 and (attendance is None or holds(self.problem.attendances[attendance].given, self.assignment)):
                found.setdefault(attendance, []).append(self.compiled.things[unit].id)
        return found

    def _is_room(self, thing: str) -> bool:
        return self.document.has("rooms", thing)

    def _zone(self, exam: Exam) -> str | None:
        return self.document.session(exam.session).time_zone

    # --- exams ----------------------------------------------------------------------------------------------------

    def sittings(self) -> Iterator[Sitting]:
        """Yield every part of every exam, in the order of the document."""
        for exam in self.compiled.exams:
            for number in range(1, len(self.compiled.wholes[exam.id]) + 1):
                yield self._sitting(exam, number)

    def _sitting(self, exam: Exam, number: int) -> Sitting:
        compiled, zone = self.compiled, self._zone(exam)
        events = compiled.stretches[exam.id, number]
        part = compiled.events[events[0]].part
        assert part is not None
        start = self._start(events[0])
        assert start is not None
        shared = self._units(events[0]).get(None, ())
        rooms = dict.fromkeys(thing for thing in shared if self._is_room(thing))
        theirs = tuple(rooms)
        found: dict[str, Candidate] = {}
        for event, stretch in zip(events, part.stretches, strict=True):
            units, present = self._units(event), self._present(event)
            helpers = self._helpers(event)
            for attendance, (kind, key) in present:
                if kind != "student":
                    continue
                own = units.get(attendance, [])
                room = next((thing for thing in own if self._is_room(thing)), None)
                workstation = next((thing for thing in own if not self._is_room(thing)), None)
                stands = None if workstation is None else self.document.workstation(workstation).room
                main = stands if stands in theirs else next(iter(theirs), None)
                rooms.update({} if room is None else {room: None})
                found[key] = Candidate(
                    student=key,
                    start=self.clock.moment(start + stretch.offset, zone),
                    end=self.clock.moment(start + stretch.end, zone),
                    room=room or main,
                    workstation=workstation,
                    assistant=helpers.get(key),
                )
        return Sitting(
            exam=exam.id,
            part=number,
            start=self.clock.moment(start, zone),
            end=self.clock.moment(start + part.minutes, zone),
            mode=exam.mode,
            site=site_of(self.document, exam),
            rooms=tuple(rooms),
            workstations=tuple(thing for thing in shared if not self._is_room(thing)),
            candidates=tuple(found[student] for student in part.students),
            commission=self._commission(events[0]),
        )

    def _helpers(self, event: int) -> dict[str, str]:
        """Return who sits with which student."""
        seats = ((self.compiled.seats[choice], choice) for choice in self.compiled.seats_of_event.get(event, ()))
        return {
            seat.student: seat.people[self.assignment.pick[choice]][1]
            for seat, choice in seats
            if seat.student is not None
        }

    def _commission(self, event: int) -> tuple[Official, ...]:
        found = []
        for choice in self.compiled.seats_of_event.get(event, ()):
            seat, pick = self.compiled.seats[choice], self.assignment.pick[choice]
            if seat.seats is not None and pick < len(seat.people):
                found.append(Official(role=seat.seats.role, person=seat.people[pick][1]))
        return tuple(sorted(found, key=lambda one: ORDER.index(one.role)))

    # --- consultations --------------------------------------------------------------------------------------------

    def consultations(self) -> Iterator[Consultation]:
        """Yield the consultations before exams, in the order of the exams."""
        for exam in self.compiled.exams:
            event = self.compiled.consultations.get(exam.id)
            if event is not None:
                yield self._consultation(exam, event)

    def _consultation(self, exam: Exam, event: int) -> Consultation:
        zone, need = self._zone(exam), exam.consultation
        assert need is not None
        (first, last), present, units = self._span(event), self._present(event), self._units(event)
        seats = {key[1]: units[a][0] for a, key in present if a in units}
        return Consultation(
            id=f"{exam.id}/consultation",
            exam=exam.id,
            start=self.clock.moment(first, zone),
            end=self.clock.moment(last, zone),
            teacher=next(key for _, (kind, key) in present if kind == "teacher"),
            students=tuple(key for _, (kind, key) in present if kind == "student"),
            groups=tuple(key for _, (kind, key) in present if kind == "group"),
            mode=need.mode,
            site=site_of(self.document, exam) if need.mode == "site" else None,
            seats=seats,
        )

    # --- lessons --------------------------------------------------------------------------------------------------

    def changes(self) -> Iterator[LessonChange]:
        """Yield what happens to lessons, by the time at which they would be held."""
        suspended = [
            LessonChange(occurrence=lesson.id, change="suspended", start=lesson.start, end=lesson.end)
            for lesson in self.compiled.suspended
        ]
        changed = [change for event in self.compiled.lessons for change in self._change(event)]
        yield from sorted([*suspended, *changed], key=lambda change: (change.start, change.occurrence))

    def _change(self, event: int) -> Iterator[LessonChange]:
        held = self.compiled.events[event]
        lesson = held.occurrence
        assert lesson is not None
        assert held.spans[0] is not None
        option = self.assignment.option[event]
        if option == 0:
            return
        because, instead = self._in_the_way(event, held.spans[0])
        span = held.spans[option]
        yield LessonChange(
            occurrence=lesson.id,
            change="cancelled" if span is None else "moved",
            start=lesson.start,
            end=lesson.end,
            new_start=None if span is None else self.clock.moment(span[0], held.zone),
            new_end=None if span is None else self.clock.moment(span[1], held.zone),
            because=because,
            instead=instead,
        )

    def _in_the_way(self, event: int, span: Span) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """Return the exams, and where there is none the lessons, that a lesson gives way to at its own time.

        They need somebody or something of it: exams or the consultations before them, lessons that are moved there. Where
        none does: the exams that its learners have on that day, or else its other people.
        """
        people, things = self._needed(event)
        learners = {key for key in people if key[0] in ("student", "group")}
        at_once, moved, of_learners, of_others = (dict[str, None]() for _ in range(4))
        for other, held in enumerate(self.compiled.events):
            when = held.spans[self.assignment.option[other]]
            if other == event or when is None or held.kind == "break":
                continue
            theirs, taken = self._needed(other)
            if when[0] < span[1] and span[0] < when[1] and not (people.isdisjoint(theirs) and things.isdisjoint(taken)):
                if held.exam is not None:
                    at_once[held.exam.id] = None
                elif held.occurrence is not None and self.assignment.option[other] > 0:
                    moved[held.occurrence.id] = None
            if held.kind == "exam" and self._date(when[0], held.zone) == self._date(span[0], held.zone):
                assert held.exam is not None
                if not learners.isdisjoint(theirs):
                    of_learners[held.exam.id] = None
                elif not people.isdisjoint(theirs):
                    of_others[held.exam.id] = None
        instead = () if at_once else tuple(moved)
        return tuple(at_once or (() if instead else of_learners or of_others)), instead

    def _date(self, minute: int, zone: str) -> date:
        return self.clock.moment(minute, zone).date()

    def _needed(self, event: int) -> tuple[frozenset[Key], frozenset[int]]:
        """Return who attends an event, and which units it has or, as a lesson, would have."""
        if event not in self._known:
            units = (self.assignment.unit[d] for d in self.problem.demands_of_event[event])
            if self.compiled.events[event].kind == "lesson":
                units = (self.problem.demands[d].units[0] for d in self.problem.demands_of_event[event])
            keys = frozenset(key for _, key in self._present(event))
            self._known[event] = keys, frozenset(unit for unit in units if unit >= 0)
        return self._known[event]


def plan_of(
    compiled: CompiledSessions, assignment: Assignment
) -> tuple[tuple[Sitting, ...], tuple[Consultation, ...], tuple[LessonChange, ...]]:
    """Tell the sittings, the consultations and the lessons that give way."""
    teller = Teller(compiled, assignment)
    return tuple(teller.sittings()), tuple(teller.consultations()), tuple(teller.changes())
