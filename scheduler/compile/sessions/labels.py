"""Names of the engine's things in sessions: sentences without a language."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scheduler.compile.clock import DAY, clock_of
from scheduler.compile.sessions.build import ROLES
from scheduler.domain.exam_students import site_of
from solver.sentence import Sentence, Thing, sentence

if TYPE_CHECKING:
    from scheduler.compile.sessions.compiled import CompiledSessions


class SessionLabels:
    """Names things: ``Algebra 9, part 2``, ``14.12.2026, 10:00``."""

    def __init__(self, compiled: CompiledSessions) -> None:
        self.compiled = compiled

    def __call__(self, thing: Thing) -> object:
        """Return the name of a thing."""
        compiled = self.compiled
        match thing.kind:
            case "event":
                return self.event(thing.index)
            case "resource":
                attendee = compiled.attendees[thing.index]
                return attendee.name or attendee.id
            case "tick":
                return self._tick(thing.index)
            case "day":
                return compiled.days[thing.index]
            case "unit":
                unit = compiled.things[thing.index]
                return unit.name or unit.id
            case "demand":
                return self._demand(thing.index)
            case "pool" | "pools":
                return self._pool(thing.index)
            case "choice":
                return self._choice(thing.index)
        return str(thing)

    def event(self, event: int) -> Sentence | str:
        """Name an exam's part, a consultation or a lesson."""
        held = self.compiled.events[event]
        if held.kind == "lesson":
            assert held.occurrence is not None
            return self._lesson(held.occurrence.event)
        assert held.exam is not None
        name = held.exam.name or held.exam.id
        if held.kind == "consultation":
            return sentence("the consultation before {exam}", exam=name)
        assert held.part is not None
        if len(self.compiled.wholes[held.exam.id]) > 1:
            return sentence("{exam}, part {number}", exam=name, number=held.part.number)
        return name

    def _lesson(self, event: str) -> Sentence:
        document, key = self.compiled.document, event.partition("/")[0]
        for kind in ("courses", "events"):
            if document.has(kind, key):
                item = document.course(key) if kind == "courses" else document.event(key)
                return sentence("the lesson {course}", course=item.name or item.id)
        if document.has("requests", key):
            return sentence("the consultation {request}", request=document.request(key).name or key)
        return sentence("the lesson {course}", course=event)

    def _tick(self, tick: int) -> Sentence:
        clock = self.compiled.clock
        minute = self.compiled.ticks.start[tick]
        moment = clock.moment(minute)
        return sentence("{date}, {time}", date=moment.date(), time=clock_of((moment.hour * 60 + moment.minute) % DAY))

    def _demand(self, index: int) -> Sentence | str:
        demand = self.compiled.problem.demands[index]
        if demand.attendance is None:
            return self.event(demand.event)
        attendee = self.compiled.attendees[self.compiled.problem.attendances[demand.attendance].resource]
        return sentence("{resource} at {event}", resource=attendee.name or attendee.id, event=self.event(demand.event))

    def _pool(self, demand: int) -> Sentence | str:
        """Name what would serve a demand."""
        compiled = self.compiled
        one = compiled.problem.demands[demand]
        units = [compiled.things[unit] for unit in one.units]
        if len(units) == 1:
            return units[0].name or units[0].id
        kind = sentence("a room") if compiled.claims[demand] == "room" else sentence("a workstation")
        sites = dict.fromkeys(unit.site for unit in units)
        exam = compiled.events[one.event].exam
        site = next(iter(sites)) if len(sites) == 1 else site_of(compiled.document, exam) if exam is not None else None
        if site is None:
            return kind
        place = compiled.document.site(site)
        return sentence("{kind} ({site})", kind=kind, site=place.name or place.id)

    def _choice(self, index: int) -> Sentence:
        seat = self.compiled.seats[index]
        event = self.event(seat.events[0])
        if seat.role == "teacher":
            return sentence("the teacher of {course}", course=event)
        if seat.student is not None:
            student = self.compiled.document.student(seat.student)
            return sentence("the helper of {student} at {event}", student=student.name or student.id, event=event)
        return sentence("the {role} of {event}", role=ROLES[seat.role], event=event)
