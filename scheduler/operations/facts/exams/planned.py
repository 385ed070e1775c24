"""What a session's plan holds, beside the timetable's lessons: the people and the places of each thing, and when."""

from __future__ import annotations

from abc import ABC, abstractmethod
from bisect import bisect_right
from collections import defaultdict
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from functools import cached_property
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from scheduler.domain.calendar import cycle_week, instant
from scheduler.domain.exam_students import entitlement_of, open_days, parts_of, sizes_of_parts, students_of
from scheduler.domain.giving_way import beside
from scheduler.domain.session_plan import Consultation, Sitting
from scheduler.domain.timetable import Occurrence, Timetable
from scheduler.operations.facts.exams.taken import Taken
from scheduler.operations.facts.presence import Presence, is_open
from scheduler.policies import rules_of_session
from solver.sentence import Sentence, sentence

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from scheduler.domain.document import Document
    from scheduler.domain.exams import Entitlement, Exam, Session
    from scheduler.domain.places import Room, Workstation
    from scheduler.domain.session_plan import Candidate, LessonChange, SessionPlan
    from scheduler.operations.facts.exams.taken import Held
    from scheduler.operations.facts.presence import Key


@dataclass(frozen=True)
class Part:
    """One part of an exam, as the document has it.

    Attributes
    ----------
    students : tuple of str
        Those who sit it, by name.
    size : int
        How many sit it, those without names included.
    """

    students: tuple[str, ...]
    size: int

    @property
    def nameless(self) -> int:
        """How many sit it without being named."""
        return self.size - len(self.students)


class Planned(Presence):
    """A document, a session's plan, and the timetable as it is held beside that plan.

    Parameters
    ----------
    timetable
        The term's, before anything gives way; none where the plan stands alone.
    """

    def __init__(self, document: Document, plan: SessionPlan, timetable: Timetable | None = None) -> None:
        self.plan = plan
        self.before = Timetable() if timetable is None else timetable
        self.lessons = {occurrence.id: occurrence for occurrence in self.before.occurrences}
        told = tuple(change for change in plan.changes if change.occurrence in self.lessons and _says_when(change))
        self.moved = frozenset(change.occurrence for change in told if change.change == "moved")
        super().__init__(document, beside(self.before, plan.model_copy(update={"changes": told}), lambda _: ""))

    # --- exams -----------------------------------------------------------------------------------------------------

    @cached_property
    def exams(self) -> tuple[Exam, ...]:
        """The exams that the plan must hold: those of its sessions, or all where it names none."""
        sessions = self.plan.sessions
        return tuple(exam for exam in self.document.exams if not sessions or exam.session in sessions)

    @cached_property
    def parts(self) -> dict[str, tuple[Part, ...]]:
        """For each of these exams its parts."""
        document = self.document
        return {
            exam.id: tuple(map(Part, parts_of(document, exam), sizes_of_parts(document, exam))) for exam in self.exams
        }

    @cached_property
    def sittings(self) -> dict[str, dict[int, Sitting]]:
        """For each of these exams the sittings of its parts, as far as the plan holds them; the first where there are two."""
        found: dict[str, dict[int, Sitting]] = {exam.id: {} for exam in self.exams}
        for sitting in self.plan.sittings:
            if sitting.part <= len(self.parts.get(sitting.exam, ())):
                found[sitting.exam].setdefault(sitting.part, sitting)
        return found

    @cached_property
    def held_parts(self) -> tuple[tuple[Exam, Part, Sitting], ...]:
        """Each part of these exams that the plan holds."""
        return tuple(
            (exam, self.parts[exam.id][number - 1], sitting)
            for exam in self.exams
            for number, sitting in sorted(self.sittings[exam.id].items())
        )

    def entitled(self, student: str, exam: Exam) -> Entitlement | None:
        """What a student is entitled to in an exam, if to anything in any."""
        return entitlement_of(self.document, student, exam) if self.document.entitlements_of(student) else None

    def requires(self, session: Session, rule: str) -> bool:
        """Whether a session holds to what is always so, or says in a rule of its own that it is a mere wish."""
        return rule not in self._wishes[session.id]

    @cached_property
    def _wishes(self) -> dict[str, frozenset[str | None]]:
        return {
            session.id: frozenset(
                spec.rule for spec in rules_of_session(self.document, session) if spec.weight != "required"
            )
            for session in self.document.sessions
        }

    def session_of(self, held: Held) -> Session | None:
        """The session of an exam, or of the consultation before one; None of anything else."""
        exam = None if isinstance(held, Occurrence) else held.exam
        if exam is None or not self.document.has("exams", exam):
            return None
        return self.document.session(self.document.exam(exam).session)

    def is_of_plan(self, one: Held, other: Held) -> bool:
        """Whether the plan has to do with two meetings that overlap: they are not lessons that stand as they stood."""
        return not all(isinstance(held, Occurrence) and held.id not in self.moved for held in (one, other))

    # --- who is where ----------------------------------------------------------------------------------------------

    @cached_property
    def people_taken(self) -> dict[Key, list[Taken]]:
        """For each person, group without names and workstation when it is taken, by exams, consultations and lessons."""
        found: dict[Key, list[Taken]] = defaultdict(list)
        for key, taken in (*self._of_sittings(), *self._of_consultations(), *self._of_lessons()):
            found[key].append(taken)
        return found

    def taken(self, held: Held, student: Candidate | None = None) -> Taken:
        """Return for how long something takes whoever is at all of it, or one of an exam's students and what is theirs.

        Fixed periods come one after another: where they overlap by the clock, an exam has its own until the next begins.
        """
        whole = held if student is None else student
        start, end = whole.start.astimezone(UTC), whole.end.astimezone(UTC)
        if isinstance(held, Sitting) and (session := self.session_of(held)) is not None and session.periods:
            periods = self._periods[session.id]
            following = bisect_right(periods, held.start)
            end = min((end, *periods[following : following + 1]))
        return Taken(start, end, held)

    @cached_property
    def _periods(self) -> dict[str, list[datetime]]:
        """For each session when its fixed periods begin, in UTC, ascending."""
        return {
            session.id: sorted(
                instant(period.date, period.start, session.time_zone or self.document.term.time_zone).astimezone(UTC)
                for period in session.periods
            )
            for session in self.document.sessions
        }

    def _of_sittings(self) -> Iterator[tuple[Key, Taken]]:
        for exam, part, sitting in self.held_parts:
            whole = self.taken(sitting)
            for candidate in sitting.candidates:
                own = self.taken(sitting, candidate)
                yield ("student", candidate.student), own
                if candidate.assistant is not None:
                    yield self.helper(candidate.assistant), own
                if candidate.workstation is not None:
                    person = self.who(("student", candidate.student))
                    yield ("workstation", candidate.workstation), replace(own, person=person)
            for workstation in sitting.workstations:
                yield ("workstation", workstation), replace(whole, person=self.named(sitting))
            for official in sitting.commission:
                yield ("teacher", official.person), whole
            if part.nameless:
                for group in self.unnamed_of(exam):
                    yield ("group", group), whole

    def _of_consultations(self) -> Iterator[tuple[Key, Taken]]:
        for consultation in self.plan.consultations:
            whole = self.taken(consultation)
            yield ("teacher", consultation.teacher), whole
            yield from ((("student", key), whole) for key in consultation.students)
            yield from ((("tutor", key), whole) for key in consultation.tutors)
            yield from ((("group", part), whole) for group in consultation.groups for part in self.unnamed(group))
            for person, seat in consultation.seats.items():
                yield ("workstation", seat), replace(whole, person=self.who(("student", person)))

    def _of_lessons(self) -> Iterator[tuple[Key, Taken]]:
        for occurrence in self.lessons_beside:
            placement, whole = self.timetable.placed(occurrence), self.taken(occurrence)
            absent = self.suspended(occurrence)
            for key in dict.fromkeys(self.keys(placement)):
                if key not in absent:
                    yield key, whole
            for person, seat in placement.seats.items():
                kind = "teacher" if person in placement.teachers else "student"
                if (kind, person) not in absent:
                    yield ("workstation", seat), replace(whole, person=self.who((kind, person)))

    @cached_property
    def lessons_beside(self) -> tuple[Occurrence, ...]:
        """The lessons that are held, the moved ones at their new times, from the plan's first meeting to its last.

        Those are among them from which the longest way leads to the first, or to which it leads from the last.
        """
        dates: list[Held] = [*self.plan.sittings, *self.plan.consultations]
        dates += (one for one in self.timetable.occurrences if one.id in self.moved)
        if not dates:
            return ()
        way = timedelta(minutes=max((travel.minutes for travel in self.document.travel), default=0))
        first, last = min(one.start for one in dates) - way, max(one.end for one in dates) + way
        return tuple(
            occurrence
            for occurrence in self.timetable.occurrences
            if occurrence.status == "held" and occurrence.event in self.timetable.placements
            if occurrence.start < last and first < occurrence.end
        )

    def helper(self, person: str) -> Key:
        """Tell what kind of person assists: a tutor, a teacher or one of the support staff."""
        kinds = (("tutors", "tutor"), ("teachers", "teacher"), ("support", "support"))
        return next(((kind, person) for kinds_, kind in kinds if self.document.has(kinds_, person)), ("tutor", person))

    def unnamed(self, group: str) -> list[str]:
        """A group and its parts, as far as they have no named students: the others' people are named themselves."""
        return [part for part in self.within.get(group, ()) if not self.document.members(part)]

    def unnamed_of(self, exam: Exam) -> list[str]:
        """Return the groups without named students who sit an exam: its own, and those of its courses."""
        document = self.document
        courses = [document.course(key) for key in exam.courses if document.has("courses", key)]
        groups = dict.fromkeys((*exam.groups, *(group for course in courses for group in course.groups)))
        return list(dict.fromkeys(part for group in groups for part in self.unnamed(group)))

    # --- who has lessons -------------------------------------------------------------------------------------------

    def learners(self, occurrence: Occurrence) -> list[Key]:
        """Who learns in a lesson: students, and groups without named ones."""
        placement = self.timetable.placed(occurrence)
        groups = [part for group in placement.groups for part in self.unnamed(group)]
        return [*(("student", key) for key in placement.students), *(("group", key) for key in dict.fromkeys(groups))]

    def suspended(self, occurrence: Occurrence) -> set[Key]:
        """Return those learners of a lesson whose lessons a session suspends on its date; a consultation is no lesson."""
        if self.is_consultation(occurrence):
            return set()
        sessions = {key: self.sessions_on(key, occurrence.start.date()) for key in self.learners(occurrence)}
        return {key for key, on in sessions.items() if any(session.lessons == "suspended" for session in on)}

    def is_consultation(self, occurrence: Occurrence) -> bool:
        """Whether a meeting of the timetable was asked for and agreed."""
        return self.timetable.placements[occurrence.event].kind == "consultation"

    @cached_property
    def attended(self) -> Timetable:
        """The timetable as it is held, without the students whose lessons are suspended."""
        return self.timetable.model_copy(update={"occurrences": tuple(map(self._attended, self.timetable.occurrences))})

    def _attended(self, occurrence: Occurrence) -> Occurrence:
        if occurrence.event not in self.timetable.placements or not (absent := self.suspended(occurrence)):
            return occurrence
        placement = self.timetable.placed(occurrence)
        there = tuple(key for key in placement.students if ("student", key) not in absent)
        seats = {key: seat for key, seat in placement.seats.items() if ("student", key) not in absent}
        return occurrence.model_copy(update={"students": there, "seats": seats})

    def sessions_on(self, key: Key, day: date) -> list[Session]:
        """Return the sessions in which a learner is examined and that may hold exams on a date."""
        return [session for session in self.examined.get(key, {}).values() if day in self.open_dates[session.id]]

    @cached_property
    def examined(self) -> dict[Key, dict[str, Session]]:
        """For each learner who sits an exam the sessions of their exams, by their ids."""
        found: dict[Key, dict[str, Session]] = defaultdict(dict)
        for exam in self.exams:
            session = self.document.session(exam.session)
            for student in students_of(self.document, exam):
                found["student", student][session.id] = session
            for group in self.unnamed_of(exam):
                found["group", group][session.id] = session
        return found

    @cached_property
    def open_dates(self) -> dict[str, frozenset[date]]:
        """For each session the dates on which its exams may be held."""
        return {
            session.id: frozenset(day.date for day in open_days(self.document, session))
            for session in self.document.sessions
        }

    # --- how it is told --------------------------------------------------------------------------------------------

    def named_exam(self, key: str) -> str:
        """What people call an exam; its id where the document does not have it."""
        if not self.document.has("exams", key):
            return key
        exam = self.document.exam(key)
        return exam.name or exam.id

    def named(self, held: Held) -> Sentence | str:
        """What people call a part of an exam, a consultation or a lesson."""
        match held:
            case Sitting() if len(self.parts.get(held.exam, ())) > 1:
                return sentence("{exam}, part {number}", exam=self.named_exam(held.exam), number=held.part)
            case Sitting():
                return self.named_exam(held.exam)
            case Consultation(exam=str(exam)):
                return sentence("the consultation before {exam}", exam=self.named_exam(exam))
            case Consultation():
                return sentence("the consultation {request}", request=held.request or held.id)
            case Occurrence() if self.is_consultation(held):
                return sentence(
                    "the consultation {request}", request=self.name_of(self.timetable.placements[held.event])
                )
            case Occurrence():
                return sentence("the lesson {course}", course=self.name_of(self.timetable.placements[held.event]))

    def moment(self, at: datetime, held: Held) -> datetime:
        """Tell an instant by the clock of the session that something is of; of the term where it is of none."""
        session = self.session_of(held)
        zone = None if session is None else session.time_zone
        return at.astimezone(ZoneInfo(zone or self.document.term.time_zone))

    def moment_of_both(self, earlier: Taken, later: Taken) -> datetime:
        """Tell when two meetings that overlap begin to, by the clock of the exam if one is a lesson."""
        return self.moment(later.start, earlier.by if isinstance(later.by, Occurrence) else later.by)

    def named_thing(self, kind: str, key: str) -> str:
        """What people call a room, a workstation or a site; its id where it has no name or the document does not have it."""
        for thing in self.document.items(kind, [key]):
            return str(getattr(thing, "name", "") or key)
        return key

    # --- places ----------------------------------------------------------------------------------------------------

    def elsewhere(self, held: Sitting | Consultation, mode: str, site: str | None) -> Iterator[Sentence]:
        """Tell that something is not held online, or at the site, as it must be."""
        if (held.mode, held.site) != (mode, site):
            online = held.mode == "online"
            yield sentence(
                "“{event}” is held in another place than it must be: {place}.",
                event=self.named(held),
                place=sentence("online") if online else self.named_thing("sites", held.site or "-"),
            )

    def closed(self, thing: Room | Workstation, taken: Taken) -> Iterator[Sentence]:
        """Tell that a room or a workstation cannot be used at a time."""
        zone = ZoneInfo(self.document.site(thing.site).time_zone or self.document.term.time_zone)
        start, end = taken.start.astimezone(zone), taken.end.astimezone(zone)
        if not is_open(thing.hours, start, end, cycle_week(self.document.term, start.date())):
            yield sentence(
                "{thing} is closed when “{event}” is held in it.",
                thing=thing.name or thing.id,
                event=self.named(taken.by),
            )

    def unknown(self, thing: str, held: Held) -> Sentence:
        """Tell that the document does not have somebody or something."""
        return sentence("“{thing}” of “{event}” is not in the document.", thing=thing, event=self.named(held))


class Look(ABC):
    """One way to look at a plan: what is wrong in its eyes."""

    def __init__(self, planned: Planned) -> None:
        self.planned = planned

    @abstractmethod
    def tell(self) -> Iterator[Sentence]:
        """Tell what is wrong."""


def _says_when(change: LessonChange) -> bool:
    """Whether a change says when the lesson is held, if it is to be."""
    return change.change != "moved" or (change.new_start is not None and change.new_end is not None)
