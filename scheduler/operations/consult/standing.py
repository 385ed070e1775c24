"""What stands beside sessions' plans: the timetable as it is held then, and whom and what the plans take themselves."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

from scheduler.domain.exam_students import nameless_groups_of, open_days, students_of
from scheduler.domain.giving_way import beside
from scheduler.domain.timetable import Occurrence
from scheduler.policies import rules_of_session

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import date

    from scheduler.domain.document import Document
    from scheduler.domain.exams import Exam
    from scheduler.domain.session_plan import Candidate, Consultation, SessionPlan, Sitting
    from scheduler.domain.timetable import Timetable
    from scheduler.operations.consult.meetings import Key


@dataclass(frozen=True, slots=True)
class Engagement:
    """Some people and places that a session's plan takes from one time to another.

    Attributes
    ----------
    occurrence : Occurrence
        When; its id is the part of the exam, or the consultation before it.
    exam : str or None
        The exam that it is, or is before.
    screen : bool
        Whether they sit before a screen.
    travels : bool
        Whether the session holds to there being the time for the way.
    """

    occurrence: Occurrence
    kind: Literal["exam", "consultation"]
    mode: Literal["online", "site"] = "online"
    site: str | None = None
    teachers: tuple[str, ...] = ()
    students: tuple[str, ...] = ()
    groups: tuple[str, ...] = ()
    tutors: tuple[str, ...] = ()
    support: tuple[str, ...] = ()
    rooms: tuple[str, ...] = ()
    seats: dict[str, str] = field(default_factory=dict)
    exam: str | None = None
    screen: bool = False
    travels: bool = True


class Standing:
    """A timetable beside plans.

    Attributes
    ----------
    timetable : Timetable
        Lessons that give way are cancelled or stand elsewhere, and students whose lessons are suspended are in none.
    engagements : tuple of Engagement
        The plans' own.
    fixed : frozenset of str
        The occurrences that plans change.
    """

    def __init__(self, document: Document, timetable: Timetable, plans: Iterable[SessionPlan]) -> None:
        self.document = document
        self._suspended: dict[date, set[Key]] = defaultdict(set)
        given = timetable
        engagements: list[Engagement] = []
        for plan in plans:
            timetable = beside(timetable, plan, lambda _: "")
            engagements += self._of_plan(plan)
            self._suspend(plan)
        attended = {one.id: self._attended(timetable, one) for one in timetable.occurrences} if self._suspended else {}
        if attended:
            timetable = timetable.model_copy(update={"occurrences": tuple(attended.values())})
        self.timetable = timetable
        self.engagements = tuple(engagements)
        ours = {id(one) for one in given.occurrences}
        self.fixed = frozenset(one.id for one in timetable.occurrences if id(one) not in ours)

    def is_suspended(self, key: Key, day: date) -> bool:
        """Whether somebody has no lessons on a date, for they are examined."""
        return key in self._suspended.get(day, ())

    def _suspend(self, plan: SessionPlan) -> None:
        """Note whose lessons are suspended when: on the dates of a session, of those who sit its exams."""
        document = self.document
        for exam in document.exams:
            session = document.session(exam.session)
            if session.lessons == "suspended" and (not plan.sessions or exam.session in plan.sessions):
                keys: list[Key] = [("student", key) for key in students_of(document, exam)]
                keys += (("group", key) for key in nameless_groups_of(document, exam))
                for day in open_days(document, session):
                    self._suspended[day.date].update(keys)

    def _attended(self, timetable: Timetable, occurrence: Occurrence) -> Occurrence:
        """Leave those students out of a lesson whose lessons are suspended, with their workstations."""
        placement = timetable.placements.get(occurrence.event)
        absent = self._suspended.get(occurrence.start.date())
        if placement is None or not absent or placement.kind == "consultation":
            return occurrence
        held = timetable.placed(occurrence)
        students = tuple(key for key in held.students if ("student", key) not in absent)
        if students == held.students:
            return occurrence
        left = set(held.students).difference(students)
        seats = {person: seat for person, seat in held.seats.items() if person not in left}
        return occurrence.model_copy(update={"students": students, "seats": seats})

    # --- what plans take themselves ----------------------------------------------------------------------------------

    def _of_plan(self, plan: SessionPlan) -> Iterator[Engagement]:
        for sitting in plan.sittings:
            yield from self._of_sitting(sitting, self.document.exam(sitting.exam))
        for consultation in plan.consultations:
            yield self._of_consultation(consultation)

    def _of_sitting(self, sitting: Sitting, exam: Exam) -> Iterator[Engagement]:
        """Who holds it stays where they sit; the others, and who assists them, are at its site, or where they sit."""
        travels = self._holds_to_ways(exam)
        whole = Occurrence(id=sitting.key, event=sitting.key, start=sitting.start, end=sitting.end)
        yield Engagement(
            whole, "exam", teachers=tuple(official.person for official in sitting.commission), travels=travels
        )
        yield Engagement(
            whole,
            "exam",
            sitting.mode,
            sitting.site,
            groups=nameless_groups_of(self.document, exam),
            rooms=sitting.rooms,
            seats={f"{sitting.key}#{number}": seat for number, seat in enumerate(sitting.workstations, start=1)},
            exam=exam.id,
            screen=exam.at_workstations,
            travels=travels,
        )
        for candidate in sitting.candidates:
            yield from self._of_candidate(sitting, candidate, screen=exam.at_workstations, travels=travels)

    def _of_candidate(
        self, sitting: Sitting, candidate: Candidate, *, screen: bool, travels: bool
    ) -> Iterator[Engagement]:
        own = Occurrence(id=sitting.key, event=sitting.key, start=candidate.start, end=candidate.end)
        student = candidate.student
        yield Engagement(
            own,
            "exam",
            sitting.mode,
            sitting.site,
            students=(student,),
            rooms=() if candidate.room is None else (candidate.room,),
            seats={} if candidate.workstation is None else {student: candidate.workstation},
            exam=sitting.exam,
            screen=screen,
            travels=travels,
        )
        helper = candidate.assistant
        if helper is not None:
            site = sitting.site if sitting.mode == "site" else self.document.student(student).site
            kind = next(kind for kind in ("tutors", "teachers", "support") if self.document.has(kind, helper))
            yield Engagement(own, "exam", "site", site, travels=travels, **{kind: (helper,)})  # type: ignore[arg-type]

    def _of_consultation(self, consultation: Consultation) -> Engagement:
        key, exam = consultation.id, consultation.exam
        return Engagement(
            Occurrence(id=key, event=key, start=consultation.start, end=consultation.end),
            "consultation",
            consultation.mode,
            consultation.site,
            teachers=(consultation.teacher,),
            students=consultation.students,
            groups=consultation.groups,
            tutors=consultation.tutors,
            rooms=consultation.rooms,
            seats=consultation.seats,
            exam=exam,
            screen=consultation.mode == "online",
            travels=exam is None or self._holds_to_ways(self.document.exam(exam)),
        )

    def _holds_to_ways(self, exam: Exam) -> bool:
        specs = rules_of_session(self.document, self.document.session(exam.session))
        return all(spec.weight == "required" for spec in specs if spec.rule == "AllowTravel")
