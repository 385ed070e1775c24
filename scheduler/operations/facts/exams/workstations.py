"""Whether everybody who needs a workstation has one that serves: at their site, with all that they need, and open."""

from __future__ import annotations

from datetime import UTC
from typing import TYPE_CHECKING

from scheduler.domain.exam_students import site_of
from scheduler.operations.facts.exams.planned import Look
from scheduler.operations.facts.exams.taken import Taken, taken_by
from solver.sentence import Sentence, sentence

if TYPE_CHECKING:
    from collections.abc import Iterator

    from scheduler.domain.exams import Exam
    from scheduler.domain.session_plan import Candidate, Consultation, Sitting


class Workstations(Look):
    """Looks at each student's workstation."""

    def tell(self) -> Iterator[Sentence]:
        """Tell who lacks a workstation, and which workstations do not serve."""
        for exam, _, sitting in self.planned.held_parts:
            for candidate in sitting.candidates:
                if self.planned.document.has("students", candidate.student):
                    yield from self._in_exam(exam, sitting, candidate)
        for consultation in self.planned.plan.consultations:
            yield from self._in_consultation(consultation)

    def _in_exam(self, exam: Exam, sitting: Sitting, candidate: Candidate) -> Iterator[Sentence]:
        student, own = self.planned.document.student(candidate.student), self.planned.entitled(candidate.student, exam)
        site = site_of(self.planned.document, exam) if exam.mode == "site" else student.site
        needs = exam.at_workstations or (own is not None and own.own_workstation)
        features = (*exam.features, *student.needs, *(own.workstation_features if own is not None else ()))
        taken = Taken(candidate.start.astimezone(UTC), candidate.end.astimezone(UTC), sitting)
        yield from self._serves(student.id, candidate.workstation, site, taken, features if needs else (), needs=needs)

    def _in_consultation(self, consultation: Consultation) -> Iterator[Sentence]:
        """In an online consultation whoever sits at a site needs a workstation there."""
        taken = taken_by(consultation)
        for key in consultation.students:
            if self.planned.document.has("students", key):
                student = self.planned.document.student(key)
                online = consultation.mode == "online"
                site = student.site if online else consultation.site
                yield from self._serves(
                    key, consultation.seats.get(key), site, taken, student.needs if online else (), needs=online
                )

    def _serves(
        self, student: str, key: str | None, site: str | None, taken: Taken, features: tuple[str, ...], *, needs: bool
    ) -> Iterator[Sentence]:
        person, event = self.planned.who(("student", student)), self.planned.named(taken.by)
        if key is None:
            session = self.planned.session_of(taken.by)
            if needs and site is not None and (session is None or self.planned.requires(session, "FitPools")):
                yield sentence("{person} has no workstation at “{event}”.", person=person, event=event)
            return
        if not self.planned.document.has("workstations", key):
            yield self.planned.unknown(key, taken.by)
            return
        workstation = self.planned.document.workstation(key)
        name = workstation.name or workstation.id
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
