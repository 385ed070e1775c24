"""Whether each exam that needs a consultation has one: shortly before it, by the right teacher, for all its students."""

from __future__ import annotations

from collections import defaultdict
from datetime import timedelta
from typing import TYPE_CHECKING

from scheduler.domain.exam_students import consultants_for, site_of, students_of
from scheduler.operations.facts.exams.planned import Look
from solver.sentence import Sentence, sentence

if TYPE_CHECKING:
    from collections.abc import Iterator

    from scheduler.domain.exams import ConsultationNeed, Exam, Session
    from scheduler.domain.session_plan import Consultation


class Consultations(Look):
    """Looks at the consultations before exams."""

    def tell(self) -> Iterator[Sentence]:
        """Tell which consultations are missing, and what is wrong with the others."""
        held: dict[str, list[Consultation]] = defaultdict(list)
        for consultation in self.planned.plan.consultations:
            if consultation.exam is not None:
                held[consultation.exam].append(consultation)
        for exam in self.planned.exams:
            found = held.pop(exam.id, [])
            session = self.planned.document.session(exam.session)
            if exam.consultation is None or not self.planned.requires(session, "ConsultBefore"):
                continue
            if not found:
                yield sentence(
                    "The consultation before “{exam}” has no place in the plan.", exam=self.planned.named_exam(exam.id)
                )
            elif len(found) > 1:
                yield sentence(
                    "There is {n} consultation before “{exam}”, not 1.",
                    plural="There are {n} consultations before “{exam}”, not 1.",
                    n=len(found),
                    exam=self.planned.named_exam(exam.id),
                )
            for consultation in found:
                yield from self._time(exam, exam.consultation, session, consultation)
                yield from self._people(exam, exam.consultation, consultation)
        for key in held:
            yield sentence("“{exam}” has a consultation and is no exam of the plan.", exam=self.planned.named_exam(key))

    def _time(
        self, exam: Exam, need: ConsultationNeed, session: Session, consultation: Consultation
    ) -> Iterator[Sentence]:
        """It is as long as it must be, begins when it may, and ends some days before each part of the exam."""
        start, end = (self.planned.moment(at, consultation) for at in (consultation.start, consultation.end))
        minutes = (end - start) // timedelta(minutes=1)
        if minutes != need.minutes:
            yield sentence(
                "The consultation before “{exam}” lasts {found} min, not {minutes}.",
                exam=self.planned.named_exam(exam.id),
                found=minutes,
                minutes=need.minutes,
            )
        if session.consultation_starts and start.timetz().replace(tzinfo=None) not in session.consultation_starts:
            yield sentence(
                "The consultation before “{exam}” begins at {time}, at which it cannot be held.",
                exam=self.planned.named_exam(exam.id),
                time=start,
            )
        for sitting in self.planned.sittings[exam.id].values():
            begins = self.planned.moment(sitting.start, sitting)
            days = (begins.date() - end.date()).days
            if not need.least_days <= days <= need.most_days or end > begins:
                yield sentence(
                    "The consultation before “{exam}” ({time}) is not from {least} to {n} day before it ({begins}).",
                    plural="The consultation before “{exam}” ({time}) is not from {least} to {n} days before it ({begins}).",
                    n=need.most_days,
                    exam=self.planned.named(sitting),
                    time=start,
                    least=need.least_days,
                    begins=begins,
                )

    def _people(self, exam: Exam, need: ConsultationNeed, consultation: Consultation) -> Iterator[Sentence]:
        """It is held by who may hold it, where it is to be, for all who sit the exam."""
        if consultation.teacher not in self._holders(exam, need):
            yield sentence(
                "{person} must not hold the consultation before “{exam}”.",
                person=self.planned.who(("teacher", consultation.teacher)),
                exam=self.planned.named_exam(exam.id),
            )
        site = site_of(self.planned.document, exam) if need.mode == "site" else None
        yield from self.planned.elsewhere(consultation, need.mode, site)
        there = set(consultation.students)
        missing = tuple(
            self.planned.who(("student", key)) for key in students_of(self.planned.document, exam) if key not in there
        )
        if missing:
            yield sentence("“{exam}” is without {people}.", exam=self.planned.named(consultation), people=missing)

    def _holders(self, exam: Exam, need: ConsultationNeed) -> set[str]:
        """Return who may hold it: the examiners of the exam, or teachers."""
        if need.by == "teacher":
            return set(consultants_for(self.planned.document, exam))
        sittings = self.planned.sittings[exam.id].values()
        return {one.person for sitting in sittings for one in sitting.commission if one.role == "examiner"}
