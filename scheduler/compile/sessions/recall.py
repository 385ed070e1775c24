"""A session's plan as an assignment: where to start, what is audited."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from scheduler.compile.sessions.build import ROLES
from scheduler.domain.seating import seating
from solver.problem import Assignment
from solver.sentence import Sentence, sentence

if TYPE_CHECKING:
    from collections.abc import Sequence
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
        self.taken: dict[int, str | None] = {}
        """For each choice that the plan has made who is picked."""
        self.missing: list[Sentence] = []

    def read(self) -> Recalled:
        for (exam, number), events in self.compiled.stretches.items():
            self._sitting(exam, number, events)
        for exam, event in self.compiled.consultations.items():
            self._consultation(exam, event)
        for event in self.compiled.lessons:
            self._lesson(event)
        for exam, number in self.sittings:
            if (exam, number) not in self.compiled.stretches:
                self._miss(sentence("“{exam}”, part {number}, is no exam of the sessions.", exam=exam, number=number))
        for exam in self.consultations:
            if exam not in self.compiled.consultations:
                self._miss(sentence("“{exam}” is no exam of the sessions that needs a consultation.", exam=exam))
        return Recalled(Assignment(tuple(self.option), tuple(self.pick), tuple(self.unit)), tuple(self.missing))

    def _miss(self, told: Sentence) -> None:
        self.missing.append(told)

    def _name(self, exam: str) -> str:
        return self.compiled.document.exam(exam).name or exam

    def _place(self, event: int, start: datetime, name: str) -> None:
        """Find the option that begins then."""
        minute = self.compiled.clock.of(start)
        starts = self.compiled.events[event].starts
        if minute in starts:
            self.option[event] = starts.index(minute)
        else:
            self._miss(
                sentence(
                    "“{exam}” begins on {date} at {time}, at which it cannot be held.",
                    exam=name,
                    date=start.date(),
                    time=start.timetz().replace(tzinfo=None),
                )
            )

    # --- exams -----------------------------------------------------------------------------------------------------

    def _sitting(self, exam: str, number: int, events: tuple[int, ...]) -> None:
        sitting = self.sittings.get((exam, number))
        if sitting is None:
            self._miss(
                sentence("“{exam}”, part {number}, has no place in the plan.", exam=self._name(exam), number=number)
            )
            return
        candidates = {candidate.student: candidate for candidate in sitting.candidates}
        self._place(events[0], sitting.start, self._name(exam))
        for event in events:
            self.option[event] = self.option[events[0]]
            if event in self.compiled.breaks:
                self.option[self.compiled.breaks[event]] = self.option[event]
            self._helpers(event, sitting, candidates)
        self._commission(events[0], sitting)
        self._rooms(events, sitting, candidates)

    def _helpers(self, event: int, sitting: Sitting, candidates: dict[str, Candidate]) -> None:
        for choice in self.compiled.seats_of_event.get(event, ()):
            seat = self.compiled.seats[choice]
            if seat.student is not None:
                candidate = candidates.get(seat.student)
                self._take(choice, seat, None if candidate is None else candidate.assistant, sitting.exam)

    def _commission(self, event: int, sitting: Sitting) -> None:
        """Seat as many as can be in seats of their role, in those that must not be vacant first."""
        seats, people, bound = self.compiled.seats, dict[str, list[str]](), self._consultant(sitting.exam)
        for official in sitting.commission:
            people.setdefault(official.role, []).append(official.person)
        of_role: dict[str, list[int]] = {}
        for choice in self.compiled.seats_of_event.get(event, ()):
            if seats[choice].seats is not None:
                of_role.setdefault(seats[choice].role, []).append(choice)
        for role in dict.fromkeys((*of_role, *people)):
            choices = sorted(of_role.get(role, ()), key=lambda choice: seats[choice].may_be_vacant)
            there = people.get(role, [])
            able = [{key for _, key in seats[c].people} & {bound.get(c, key) for key in there} for c in choices]
            taken = seating([[key for key in there if key in some] for some in able])
            for number, choice in enumerate(choices):
                self._take(choice, seats[choice], taken.get(number), sitting.exam)
            for person in there:
                if person not in taken.values():
                    self._miss(
                        sentence(
                            "{person} must not sit in exam “{exam}” ({role}).",
                            person=person,
                            exam=self._name(sitting.exam),
                            role=ROLES[role],
                        )
                    )

    def _consultant(self, exam: str) -> dict[int, str]:
        """Return who must have which seat because they hold the consultation before an exam."""
        event, held = self.compiled.consultations.get(exam), self.consultations.get(exam)
        if event is None or held is None:
            return {}
        rows = (self.problem.attendances[a] for a in self.problem.attendances_of_event[event])
        return {row.given[0]: held.teacher for row in rows if row.given is not None}

    def _take(self, choice: int, seat: Seat, person: str | None, exam: str) -> None:
        people = [key for _, key in seat.people]
        if person not in people and not (person is None and seat.may_be_vacant):
            self._miss(
                sentence("Exam “{exam}” has nobody as {role} who may be.", exam=self._name(exam), role=ROLES[seat.role])
            )
        elif self.taken.setdefault(choice, person) != person:
            self._miss(
                sentence(
                    "Exam “{exam}” has another {role} than the other exams of its subject.",
                    exam=self._name(exam),
                    role=ROLES[seat.role],
                )
            )
        else:
            self.pick[choice] = len(people) if person is None else people.index(person)

    def _rooms(self, events: tuple[int, ...], sitting: Sitting, candidates: dict[str, Candidate]) -> None:
        """Give students what they have for themselves, and the exam as many of the other rooms as can serve."""
        own: set[str | None] = set()
        for event in events:
            for d, student in self._own_demands(event):
                candidate = candidates.get(student)
                if candidate is None:
                    continue
                if self.compiled.claims[d] == "room":
                    own.add(candidate.room)
                    self._give(d, candidate.room, sitting.exam)
                else:
                    self._give(d, candidate.workstation, sitting.exam)
        shared = [d for d in self.problem.demands_of_event[events[0]] if self.problem.demands[d].attendance is None]
        of_rooms = [d for d in shared if self.compiled.claims[d] == "room"]
        self._share([d for d in shared if d not in of_rooms], sitting.workstations, sitting.exam)
        self._share(of_rooms, [room for room in sitting.rooms if room not in own], sitting.exam)

    def _share(self, demands: Sequence[int], things: Sequence[str], exam: str) -> None:
        """Give as many of some rooms or workstations as can serve."""
        given = seating([[thing for thing in things if thing in self._units(d)] for d in demands])
        for number, thing in given.items():
            self._give(demands[number], thing, exam)
        for thing in things:
            if thing not in given.values():
                self._cannot_serve(thing, exam)

    def _own_demands(self, event: int) -> list[tuple[int, str]]:
        """Return the demands of those who attend an event, each with the person."""
        return [
            (d, self.compiled.attendees[self.problem.attendances[attendance].resource].id)
            for d in self.problem.demands_of_event[event]
            if (attendance := self.problem.demands[d].attendance) is not None
        ]

    def _units(self, demand: int) -> dict[str, int]:
        return {self.compiled.things[unit].id: unit for unit in self.problem.demands[demand].units}

    def _give(self, demand: int, name: str | None, exam: str) -> None:
        units = self._units(demand)
        if name in units:
            self.unit[demand] = units[name]
        elif name is not None:
            self._cannot_serve(name, exam)

    def _cannot_serve(self, place: str, exam: str) -> None:
        self._miss(sentence("“{place}” cannot serve exam “{exam}”.", place=place, exam=self._name(exam)))

    # --- consultations and lessons ---------------------------------------------------------------------------------

    def _consultation(self, exam: str, event: int) -> None:
        held = self.consultations.get(exam)
        if held is None:
            self._miss(sentence("The consultation before “{exam}” has no place in the plan.", exam=self._name(exam)))
            return
        self._place(event, held.start, self._name(exam))
        for choice in self.compiled.seats_of_event.get(event, ()):
            self._take(choice, self.compiled.seats[choice], held.teacher, exam)
        for d, person in self._own_demands(event):
            self._give(d, held.seats.get(person), exam)

    def _lesson(self, event: int) -> None:
        """Let a lesson stay, unless the plan changes it; it keeps its room and its workstations."""
        held = self.compiled.events[event]
        assert held.occurrence is not None
        change = self.changes.get(held.occurrence.id)
        if change is not None:
            self._change(event, held.starts, change)
        if held.spans[self.option[event]] is not None:
            for d in self.problem.demands_of_event[event]:
                self.unit[d] = self.problem.demands[d].units[0]

    def _change(self, event: int, starts: Sequence[int | None], change: LessonChange) -> None:
        if change.new_start is not None:
            self._place(event, change.new_start, change.occurrence)
        elif None in starts:
            self.option[event] = starts.index(None)
        else:
            self._miss(sentence("The lesson {lesson} must not give way.", lesson=change.occurrence))
