"""A session's plan as an assignment: where to start, what is audited."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from scheduler.compile.sessions.build import ROLES
from solver.problem import Assignment
from solver.sentence import Sentence, sentence

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import datetime

    from scheduler.compile.sessions.build import Seat
    from scheduler.compile.sessions.compiled import CompiledSessions
    from scheduler.domain.session_plan import Candidate, Consultation, LessonChange, SessionPlan, Sitting


@dataclass(frozen=True)
class Recalled:
    """An assignment, and what of the plan it cannot say.

    Attributes
    ----------
    assignment : Assignment
        Whole: what the plan does not decide is the first option, the first alternative, no unit.
    missing : tuple of Sentence
        Exams that the plan does not hold, or at a time at which they cannot be; people and places that cannot serve.
    """

    assignment: Assignment
    missing: tuple[Sentence, ...] = ()


def recall(compiled: CompiledSessions, plan: SessionPlan) -> Recalled:
    """Read a plan as an assignment of the compiled sessions."""
    return _Recalling(compiled, plan).read()


class _Recalling:
    def __init__(self, compiled: CompiledSessions, plan: SessionPlan) -> None:
        self.compiled = compiled
        self.problem = compiled.problem
        self.sittings: dict[tuple[str, int], Sitting] = {(one.exam, one.part): one for one in plan.sittings}
        self.consultations: dict[str, Consultation] = {
            one.exam: one for one in plan.consultations if one.exam is not None
        }
        self.changes: dict[str, LessonChange] = {change.occurrence: change for change in plan.changes}
        self.option = [0] * len(self.problem.events)
        self.pick = [0] * len(self.problem.choices)
        self.unit = [-1] * len(self.problem.demands)
        self.missing: list[Sentence] = []

    def read(self) -> Recalled:
        for (exam, number), events in self.compiled.stretches.items():
            self._sitting(exam, number, events)
        for exam, event in self.compiled.consultations.items():
            self._consultation(exam, event)
        for event in self.compiled.lessons:
            self._lesson(event)
        known = set(self.compiled.stretches)
        for exam, number in self.sittings.keys() - known:
            self.missing.append(
                sentence("“{exam}”, part {number}, is no exam of the document.", exam=exam, number=number)
            )
        return Recalled(Assignment(tuple(self.option), tuple(self.pick), tuple(self.unit)), tuple(self.missing))

    def _place(self, event: int, start: datetime, name: str) -> None:
        """Find the option that begins then."""
        minute = self.compiled.clock.of(start)
        starts = self.compiled.events[event].starts
        if minute in starts:
            self.option[event] = starts.index(minute)
        else:
            self.missing.append(
                sentence(
                    "“{exam}” begins on {date} at {time}, at which it cannot be held.",
                    exam=name,
                    date=start.date(),
                    time=start.timetz().replace(tzinfo=None),
                )
            )

    def _sitting(self, exam: str, number: int, events: tuple[int, ...]) -> None:
        sitting = self.sittings.get((exam, number))
        if sitting is None:
            self.missing.append(
                sentence("“{exam}”, part {number}, has no place in the plan.", exam=exam, number=number)
            )
            return
        candidates = {candidate.student: candidate for candidate in sitting.candidates}
        self._place(events[0], sitting.start, exam)
        for event in events:
            self.option[event] = self.option[events[0]]
            if event in self.compiled.breaks:
                self.option[self.compiled.breaks[event]] = self.option[event]
            self._seats(event, sitting, candidates)
            self._units(event, sitting, candidates)

    def _seats(self, event: int, sitting: Sitting, candidates: dict[str, Candidate]) -> None:
        left: dict[str, list[str]] = {}
        for official in sitting.commission:
            left.setdefault(official.role, []).append(official.person)
        for choice in self.compiled.seats_of_event.get(event, ()):
            seat = self.compiled.seats[choice]
            if seat.student is not None:
                candidate = candidates.get(seat.student)
                self._take(choice, seat, None if candidate is None else candidate.assistant, sitting.exam)
            elif seat.seats is not None:
                able = {key for _, key in seat.people}
                held = left.get(seat.seats.role, [])
                person = next((person for person in held if person in able), None)
                if person is not None:
                    held.remove(person)
                self._take(choice, seat, person, sitting.exam)
        for role, rest in left.items():
            if event == self.compiled.stretches[sitting.exam, sitting.part][0]:
                for person in rest:
                    self.missing.append(
                        sentence(
                            "{person} must not sit in exam “{exam}” ({role}).",
                            person=person,
                            exam=sitting.exam,
                            role=role,
                        )
                    )

    def _take(self, choice: int, seat: Seat, person: str | None, exam: str) -> None:
        people = [key for _, key in seat.people]
        if person in people:
            self.pick[choice] = people.index(person)
        elif person is None and seat.may_be_vacant:
            self.pick[choice] = len(people)
        else:
            self.missing.append(
                sentence("Exam “{exam}” has nobody as {role} who may be.", exam=exam, role=ROLES[seat.role])
            )

    def _units(self, event: int, sitting: Sitting, candidates: dict[str, Candidate]) -> None:
        rooms: Iterator[str] = iter(sitting.rooms)
        for d in self.problem.demands_of_event[event]:
            attendance = self.problem.demands[d].attendance
            if attendance is None:
                self._give(d, [next(rooms, None)], sitting.exam)
                continue
            resource = self.problem.attendances[attendance].resource
            candidate = candidates.get(self.compiled.attendees[resource].id)
            if candidate is not None:
                is_room = self.compiled.claims[d] == "seats"
                self._give(d, [candidate.room if is_room else candidate.workstation], sitting.exam)

    def _give(self, demand: int, names: Iterable[str | None], exam: str) -> None:
        units = {self.compiled.things[unit].id: unit for unit in self.problem.demands[demand].units}
        for name in names:
            if name in units:
                self.unit[demand] = units[name]
            elif name is not None:
                self.missing.append(sentence("“{place}” cannot serve exam “{exam}”.", place=name, exam=exam))

    def _consultation(self, exam: str, event: int) -> None:
        held = self.consultations.get(exam)
        if held is None:
            self.missing.append(sentence("The consultation before “{exam}” has no place in the plan.", exam=exam))
            return
        self._place(event, held.start, exam)
        for choice in self.compiled.seats_of_event.get(event, ()):
            self._take(choice, self.compiled.seats[choice], held.teacher, exam)
        for d in self.problem.demands_of_event[event]:
            attendance = self.problem.demands[d].attendance
            if attendance is not None:
                person = self.compiled.attendees[self.problem.attendances[attendance].resource].id
                self._give(d, [held.seats.get(person)], exam)

    def _lesson(self, event: int) -> None:
        held = self.compiled.events[event]
        assert held.occurrence is not None
        change = self.changes.get(held.occurrence.id)
        if change is None:
            self.option[event] = 0
        elif change.new_start is None:
            self.option[event] = held.starts.index(None)
        else:
            self._place(event, change.new_start, held.occurrence.event)
        for d in self.problem.demands_of_event[event]:
            if self.option[event] != held.starts.index(None):
                self.unit[d] = self.problem.demands[d].units[0]
