"""Synthetic exam sessions of a school, hardly longer than they must be and feasible by construction.

A session is drawn around a hidden plan (`benchmarks.hidden_session`); from it comes what a school would say: who sits what and
who teaches it, how many rooms there are, how many exams are a fair share. The document does not hold the plan itself. With 120
exams and 400 students

- every student sits 4 to 8 exams, one a day at most, with two clear days or more between; some are entitled to more time, or
  to a room, a workstation or an assistant of their own;
- every exam has a commission of three, of whom two do not teach its students; examiners are qualified, hold two exams a day
  at most, none soon after another, and nobody more than a fair share;
- exams on paper and oral ones need rooms, tests a workstation for each student, some with a headset; before every exam a
  teacher of its students holds a consultation;
- the window is at most 1.3 times the shortest possible: no plan is shorter than the first days on which a student with 8
  exams can sit them.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, time, timedelta
from fractions import Fraction
from typing import TYPE_CHECKING

from benchmarks import hidden_session as hidden
from scheduler.domain.base import WEEKDAYS
from scheduler.domain.calendar import Bell, BellSchedule, Term, instant
from scheduler.domain.courses import Course, RoomNeed, Subject
from scheduler.domain.document import Document
from scheduler.domain.exams import Commission, ConsultationNeed, Entitlement, Exam, Seats, Session, Starts
from scheduler.domain.people import Availability, Hours, PlanItem, Qualification, Student, Teacher, Tutor
from scheduler.domain.places import Room, Site, Workstation
from scheduler.domain.policy import RuleSpec
from scheduler.domain.session_plan import Candidate, Consultation, Official, SessionPlan, Sitting

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import datetime

FIRST_DAY = date(2026, 6, 1)
"""A Monday."""
ZONE = "Europe/Moscow"
GRADES = (9, 11)
LATEST_END = time(20)
NOTICE = 14
"""Days before the session on which its plan is made known."""


@dataclass(frozen=True)
class ExamSession:
    """A session, and the plan that proves it feasible.

    Attributes
    ----------
    document : Document
        What the school says.
    proof : SessionPlan
        Keeps everything that is required. Never part of the document.
    shortest : int
        No plan needs fewer days, Sundays included.
    days : int
        Of the window.
    """

    document: Document
    proof: SessionPlan
    shortest: int
    days: int


def session(
    exams: int = 120, students: int = 400, *, teachers: int = 60, workstations: int = 40, seed: int = 1
) -> ExamSession:
    """Make a session; the same seed makes the same.

    Raises
    ------
    ValueError
        If there are too few exams for a student to sit many, or not a student for each of them.
    NoPlanError
        If no hidden plan is found.
    """
    if not hidden.MOST <= exams <= students:
        raise ValueError(f"The exams ({exams}) must be at least {hidden.MOST}, and no more than students ({students}).")
    plan = hidden.draw(hidden.Size(exams, students, teachers, workstations), seed)
    named = _Named(plan)
    name = f"Synthetic session of {exams} exams and {students} students, seed {seed}"
    return ExamSession(named.document(name), named.proof(), hidden.shortest_days(hidden.MOST), plan.days)


class _Named:
    """A plan in the school's words."""

    def __init__(self, plan: hidden.Plan) -> None:
        self.plan = plan
        self.ids = [f"{_line(exam.line)}-{exam.subject}" for exam in plan.exams]

    # --- what the school says --------------------------------------------------------------------------------------

    def document(self, name: str) -> Document:
        plan = self.plan
        return Document(
            term=Term(
                name=name,
                time_zone=ZONE,
                first_day=FIRST_DAY,
                last_day=_day(plan.days - 1),
                week_days=hidden.WEEK,
            ),
            bells=(BellSchedule(id="bells", periods=(Bell(number=1, start=time(8, 30), end=time(9, 10)),)),),
            sites=(Site(id="school", bells="bells"),),
            rooms=tuple(Room(id=_room(number), site="school", seats=seats) for number, seats in enumerate(plan.rooms)),
            workstations=tuple(
                Workstation(
                    id=_workstation(number),
                    site="school",
                    features=("headset",) if number < plan.headsets else (),
                )
                for number in range(plan.workstations)
            ),
            subjects=tuple(Subject(id=subject) for subject in hidden.SUBJECTS),
            students=tuple(self._students()),
            teachers=tuple(self._teachers()),
            tutors=tuple(Tutor(id=_tutor(number), site="school") for number in range(hidden.TUTORS)),
            courses=tuple(
                Course(
                    id=key,
                    subject=exam.subject,
                    grade=_grade(exam.line),
                    mode="site",
                    hours=Fraction(2),
                    teachers=(_teacher(exam.teacher),),
                    site="school",
                )
                for key, exam in zip(self.ids, plan.exams, strict=True)
            ),
            sessions=(self._session(),),
            exams=tuple(self._exam(number) for number in range(len(plan.exams))),
            commissions=(self._commission(),),
            entitlements=tuple(self._entitlements()),
        )

    def _session(self) -> Session:
        plan = self.plan
        return Session(
            id="summer",
            kind="final",
            first_day=FIRST_DAY,
            last_day=_day(plan.days - 1),
            reserve_days=(_day(plan.reserve),),
            starts=(Starts(times=tuple(map(_clock, hidden.STARTS))),),
            latest_end=LATEST_END,
            consultation_starts=tuple(map(_clock, hidden.CONSULTATIONS)),
            lessons="suspended",
            published=FIRST_DAY - timedelta(days=NOTICE),
            seats_per_student=hidden.DISTANCE,
            profiles=(),
            rules=(
                RuleSpec(id="one-a-day", rule="LimitInDays", parameters={"what": "exams", "most": 1, "days": 1}),
                RuleSpec(id="clear-days", rule="SpaceExams", parameters={"least": hidden.CLEAR}),
                RuleSpec(
                    id="examiners-a-day",
                    rule="LimitInDays",
                    parameters={"people": "teachers", "what": "exams", "most": hidden.A_DAY, "days": 1},
                ),
                RuleSpec(id="breaks", rule="RestBetween", parameters={"people": "teachers", "minutes": hidden.REST}),
                RuleSpec(id="fair-share", rule="ShareLoad", parameters={"most": plan.fair}),
                RuleSpec(id="reserve", rule="KeepReserve"),
                RuleSpec(id="notice", rule="GiveNotice", parameters={"least": NOTICE}),
            ),
        )

    def _students(self) -> Iterator[Student]:
        plans: list[list[PlanItem]] = [[] for _ in self.plan.students]
        for key, exam in zip(self.ids, self.plan.exams, strict=True):
            for number in exam.students:
                plans[number].append(PlanItem(course=key))
        for number, student in enumerate(self.plan.students):
            yield Student(id=_student(number), grade=_grade(student.line), site="school", plan=tuple(plans[number]))

    def _teachers(self) -> Iterator[Teacher]:
        for number, teacher in enumerate(self.plan.teachers):
            away = () if teacher.away is None else (Hours(days=(WEEKDAYS[teacher.away],), available=False),)
            yield Teacher(
                id=_teacher(number),
                site="school",
                qualifications=tuple(Qualification(subject=subject) for subject in sorted(teacher.subjects)),
                availability=Availability(weekly=away),
            )

    def _exam(self, number: int) -> Exam:
        exam = self.plan.exams[number]
        oral = exam.form == "oral"
        return Exam(
            id=self.ids[number],
            session="summer",
            courses=(self.ids[number],),
            minutes=exam.minutes,
            form=exam.form,
            turn_minutes=exam.minutes if oral else None,
            turns_at_once=exam.lanes,
            site="school",
            room=None if exam.form == "test" else RoomNeed(seats=hidden.ORAL_SEATS if oral else None),
            features=(exam.feature,) if exam.feature else (),
            commission="three",
            after=self._named(exam.after),
            together=self._named(exam.together),
            apart=self._named(exam.apart),
            consultation=ConsultationNeed(
                minutes=hidden.CONSULTATION, least_days=hidden.LEAST, most_days=hidden.LONG_BEFORE, mode="site"
            ),
        )

    def _named(self, numbers: Iterable[int]) -> tuple[str, ...]:
        return tuple(self.ids[number] for number in numbers)

    def _commission(self) -> Commission:
        chairs = tuple(map(_teacher, self.plan.chairs))
        return Commission(
            id="three",
            seats=(
                Seats(role="chair", candidates=chairs, qualified=False, independent=True, at_site=True),
                Seats(role="examiner", independent=True, at_site=True),
                Seats(role="assistant", qualified=False, at_site=True),
            ),
        )

    def _entitlements(self) -> Iterator[Entitlement]:
        for number, own in enumerate(self.plan.students):
            if own.extra or own.own_room or own.own_workstation or own.assistant:
                yield Entitlement(
                    student=_student(number),
                    forms=("written", "test"),
                    extra_minutes=own.extra,
                    own_room=own.own_room,
                    own_workstation=own.own_workstation,
                    assistant=own.assistant,
                )

    # --- the plan --------------------------------------------------------------------------------------------------

    def proof(self) -> SessionPlan:
        numbers = range(len(self.plan.exams))
        return SessionPlan(
            sessions=("summer",),
            sittings=tuple(map(self._sitting, numbers)),
            consultations=tuple(map(self._consultation, numbers)),
        )

    def _sitting(self, number: int) -> Sitting:
        plan, exam = self.plan, self.plan.exams[number]
        whole = plan.span(exam)
        room = None if exam.room < 0 else _room(exam.room)
        own_rooms = {student: _room(own) for student, own in exam.own_rooms.items()}
        candidates = (
            Candidate(
                student=_student(student),
                start=_moment(span.start),
                end=_moment(span.end),
                room=own_rooms.get(student, room),
                workstation=_workstation(exam.workstations[student]) if student in exam.workstations else None,
                assistant=_tutor(exam.assistants[student]) if student in exam.assistants else None,
            )
            for student, span in plan.spans(exam).items()
        )
        chair, examiner, assistant = map(_teacher, exam.commission)
        return Sitting(
            exam=self.ids[number],
            start=_moment(whole.start),
            end=_moment(whole.end),
            site="school",
            rooms=tuple(dict.fromkeys([*([] if room is None else [room]), *own_rooms.values()])),
            candidates=tuple(candidates),
            commission=(
                Official(role="chair", person=chair),
                Official(role="examiner", person=examiner),
                Official(role="assistant", person=assistant),
            ),
        )

    def _consultation(self, number: int) -> Consultation:
        exam = self.plan.exams[number]
        return Consultation(
            id=f"{self.ids[number]}/consultation",
            exam=self.ids[number],
            start=_moment(exam.consultation),
            end=_moment(exam.consultation + hidden.CONSULTATION),
            teacher=_teacher(exam.teacher),
            students=tuple(map(_student, exam.students)),
            mode="site",
            site="school",
        )


def _line(line: int) -> str:
    return f"{_grade(line)}{chr(ord('a') + line // len(GRADES))}"


def _grade(line: int) -> int:
    return GRADES[line % len(GRADES)]


def _day(day: int) -> date:
    return FIRST_DAY + timedelta(days=day)


def _clock(minute: int) -> time:
    return time(minute // 60, minute % 60)


def _moment(minute: int) -> datetime:
    day, clock = divmod(minute, hidden.DAY)
    return instant(_day(day), _clock(clock), ZONE)


def _student(number: int) -> str:
    return f"s{number + 1:03}"


def _teacher(number: int) -> str:
    return f"t{number + 1}"


def _tutor(number: int) -> str:
    return f"tutor{number + 1}"


def _room(number: int) -> str:
    return f"room{number + 1}"


def _workstation(number: int) -> str:
    return f"w{number + 1}"
