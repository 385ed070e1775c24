"""Whether everybody who needs a workstation has one that serves: at their site, with all that they need, and open."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scheduler.domain.exam_students import site_of
from scheduler.operations.facts.exams.planned import Look
from scheduler.operations.facts.exams.rooms import Rooms
from scheduler.operations.facts.exams.taken import Taken
from solver.sentence import Sentence, sentence

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from scheduler.domain.exams import Exam
    from scheduler.domain.session_plan import Candidate, Consultation, Sitting
    from scheduler.operations.facts.exams.planned import Part, Planned
    from scheduler.operations.facts.exams.taken import Held


class Workstations(Look):
    """Looks at each student's workstation."""

    def __init__(self, planned: Planned) -> None:
        super().__init__(planned)
        self.rooms = Rooms(planned)

    def tell(self) -> Iterator[Sentence]:
        """Tell who lacks a workstation, and which workstations do not serve."""
        for exam, part, sitting in self.planned.held_parts:
            site = site_of(self.planned.document, exam)
            yield from self._without_names(exam, part, sitting, site)
            for candidate in sitting.candidates:
                if self.planned.document.has("students", candidate.student):
                    yield from self._in_exam(exam, sitting, candidate, site)
        for consultation in self.planned.plan.consultations:
            yield from self._in_consultation(consultation)

    def _without_names(self, exam: Exam, part: Part, sitting: Sitting, site: str | None) -> Iterator[Sentence]:
        """Each of those without names has one, or each of those whose turns are at the same time."""
        needed, name = part.nameless if exam.at_workstations and exam.mode == "site" else 0, self.planned.named(sitting)
        if exam.in_turns:
            needed = min(needed, exam.turns_at_once)
        for workstation in sitting.workstations:
            yield from self._serves(workstation, name, site, exam.features, self.planned.taken(sitting))
            yield from self._stands(exam, sitting, workstation, name, self.rooms.shared_rooms(exam, sitting))
        lacks = len(sitting.workstations) < needed
        if lacks and self.planned.requires(self.planned.document.session(exam.session), "FitPools"):
            yield sentence(
                "“{event}” has {n} of the {all} workstations that it needs for those without names.",
                event=name,
                n=len(sitting.workstations),
                all=needed,
            )

    def _in_exam(self, exam: Exam, sitting: Sitting, candidate: Candidate, site: str | None) -> Iterator[Sentence]:
        student, own = self.planned.document.student(candidate.student), self.planned.entitled(candidate.student, exam)
        where = site if exam.mode == "site" else student.site
        needs = exam.at_workstations or (own is not None and own.own_workstation)
        if candidate.workstation is not None:
            features = (*exam.features, *student.needs, *(own.workstation_features if own is not None else ()))
            taken = self.planned.taken(sitting, candidate)
            person = self.planned.who(("student", student.id))
            yield from self._serves(candidate.workstation, person, where, features if needs else (), taken)
            rooms = self.rooms.shared_rooms(exam, sitting) if candidate.room is None else (candidate.room,)
            yield from self._stands(exam, sitting, candidate.workstation, person, rooms)
        elif needs and where is not None:
            yield from self._without(student.id, sitting)

    def _in_consultation(self, consultation: Consultation) -> Iterator[Sentence]:
        """In an online consultation whoever sits at a site needs a workstation there."""
        online = consultation.mode == "online"
        for key in consultation.students:
            if not self.planned.document.has("students", key):
                continue
            student = self.planned.document.student(key)
            where = student.site if online else consultation.site
            if key in consultation.seats:
                features = student.needs if online else ()
                person, taken = self.planned.who(("student", key)), self.planned.taken(consultation)
                yield from self._serves(consultation.seats[key], person, where, features, taken)
            elif online and where is not None:
                yield from self._without(key, consultation)

    def _without(self, student: str, held: Held) -> Iterator[Sentence]:
        session = self.planned.session_of(held)
        if session is None or self.planned.requires(session, "FitPools"):
            yield sentence(
                "{person} has no workstation at “{event}”.",
                person=self.planned.who(("student", student)),
                event=self.planned.named(held),
            )

    def _stands(
        self, exam: Exam, sitting: Sitting, key: str, person: str | Sentence, rooms: Collection[str]
    ) -> Iterator[Sentence]:
        """Whoever sits in a room has a workstation there, or one that stands in none."""
        document = self.planned.document
        room = document.workstation(key).room if document.has("workstations", key) else None
        elsewhere = room is not None and bool(rooms) and room not in rooms
        if elsewhere and self.planned.requires(document.session(exam.session), "SitInRoom"):
            yield sentence(
                "Workstation {workstation} stands in {room}, and {person} sits in {rooms} at “{event}”.",
                workstation=self.planned.named_thing("workstations", key),
                room=self.planned.named_thing("rooms", str(room)),
                person=person,
                rooms=tuple(self.planned.named_thing("rooms", each) for each in rooms),
                event=self.planned.named(sitting),
            )

    def _serves(
        self, key: str, person: str | Sentence, site: str | None, features: tuple[str, ...], taken: Taken
    ) -> Iterator[Sentence]:
        if not self.planned.document.has("workstations", key):
            yield self.planned.unknown(key, taken.by)
            return
        workstation = self.planned.document.workstation(key)
        name, event = workstation.name or workstation.id, self.planned.named(taken.by)
        if workstation.site != site:
            yield sentence(
                "Workstation {workstation} is not where {person} is at “{event}”.",
                workstation=name,
                person=person,
                event=event,
            )
        missing = tuple(sorted(set(features) - set(workstation.features)))
        if missing:
            yield sentence(
                "Workstation {workstation} has no {features}, which {person} needs for “{event}”.",
                workstation=name,
                features=missing,
                person=person,
                event=event,
            )
        yield from self.planned.closed(workstation, taken)
