"""The Toronto instances as a document of one session, and its plan as a solution that `benchmarks.carter` reads."""

from __future__ import annotations

from datetime import date, time, timedelta
from typing import TYPE_CHECKING

from benchmarks.carter import PROXIMITY, load
from scheduler.domain.calendar import Term
from scheduler.domain.document import Document
from scheduler.domain.exams import Exam, ExamPeriod, Session
from scheduler.domain.people import Student
from scheduler.domain.places import Site
from scheduler.domain.policy import Policy, RuleSpec

if TYPE_CHECKING:
    from pathlib import Path

    from scheduler.domain.session_plan import SessionPlan

FIRST_DAY = date(2026, 6, 1)
MINUTES = 180


def read(path: Path) -> Document:
    """Read the instance of a ``.crs`` file: each of its periods is on a day of its own, for there is no night between them."""
    instance = load(path)
    days = [FIRST_DAY + timedelta(days=period) for period in range(instance.periods)]
    students_of: dict[str, list[str]] = {exam: [] for exam in instance.exams}
    for number, exams in enumerate(instance.students, start=1):
        for exam in exams:
            students_of[exam].append(f"S{number}")
    return Document(
        term=Term(name=instance.name, time_zone="UTC", first_day=days[0], last_day=days[-1], week_days=7),
        sites=(Site(id="site"),),
        students=tuple(Student(id=f"S{number}", site="site") for number in range(1, len(instance.students) + 1)),
        sessions=(
            Session(
                id="session",
                kind="final",
                first_day=days[0],
                last_day=days[-1],
                week_days=7,
                periods=tuple(ExamPeriod(date=day, start=time(9), minutes=MINUTES) for day in days),
                profiles=(),
                rules=(
                    RuleSpec(id="Conflicts", rule="AvoidClashes", weight="required"),
                    RuleSpec(
                        id="Proximity", rule="SpreadExams", parameters={"prices": list(PROXIMITY.values())}, weight=1
                    ),
                ),
            ),
        ),
        exams=tuple(
            Exam(
                id=exam,
                session="session",
                students=tuple(students),
                size=None if students else 0,
                minutes=MINUTES,
                site="site",
            )
            for exam, students in students_of.items()
        ),
        policy=Policy(profiles=()),
    )


def write(plan: SessionPlan) -> str:
    """Write a plan of such a document as the text of a solution: an exam and its period a line."""
    return "".join(f"{sitting.exam} {(sitting.start.date() - FIRST_DAY).days}\n" for sitting in plan.sittings)
