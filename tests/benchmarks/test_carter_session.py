"""The Toronto instances as sessions: every exam, everybody and every period, and a plan as its evaluator reads it."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

from benchmarks.carter import evaluate, load, read_solution
from benchmarks.carter_session import read, write
from scheduler.domain.check import check
from scheduler.domain.session_plan import SessionPlan, Sitting

if TYPE_CHECKING:
    from pathlib import Path


def instance(folder: Path) -> Path:
    """Three exams and four students; the name gives it ten periods."""
    path = folder / "ute-s-92.crs"
    path.write_text("0001 2\n0002 3\n0003 2\n", encoding="utf-8")
    path.with_suffix(".stu").write_text("0001 0002\n0002 0001\n0002 0003\n0003\n", encoding="utf-8")
    return path


def test_session_has_every_exam_with_its_students_and_a_day_for_every_period(tmp_path: Path) -> None:
    document = read(instance(tmp_path))
    [session] = document.sessions

    assert check(document) == ()
    assert [(exam.id, exam.students) for exam in document.exams] == [
        ("0001", ("S1", "S2")),
        ("0002", ("S1", "S2", "S3")),
        ("0003", ("S3", "S4")),
    ]
    assert [period.date.day for period in session.periods] == list(range(1, 11))


def test_distance_of_periods_is_priced(tmp_path: Path) -> None:
    [session] = read(instance(tmp_path)).sessions

    assert [(rule.rule, rule.weight, rule.parameters) for rule in session.rules] == [
        ("AvoidClashes", "required", {}),
        ("SpreadExams", 1, {"prices": [16, 8, 4, 2, 1]}),
    ]


def test_plan_is_written_for_the_evaluator(tmp_path: Path) -> None:
    path = instance(tmp_path)
    held = {"0001": 1, "0002": 2, "0003": 6}

    def sitting(exam: str, day: int) -> Sitting:
        start = datetime(2026, 6, day, 9, tzinfo=UTC)
        return Sitting(exam=exam, start=start, end=start.replace(hour=12))

    text = write(SessionPlan(sittings=tuple(sitting(exam, day) for exam, day in held.items())))

    assert text == "0001 0\n0002 1\n0003 5\n"
    assert evaluate(load(path), read_solution(text, load(path))).proximity == 2 * 16 + 2
