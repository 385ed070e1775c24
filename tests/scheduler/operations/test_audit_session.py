"""A session's plan recounted twice: by the rules of what is compiled, and by the plain facts."""

from pathlib import Path

import pytest
from typer.testing import CliRunner

from benchmarks.synthetic_session import session
from scheduler.cli import app
from scheduler.domain.document import Document
from scheduler.domain.session_plan import SessionPlan
from scheduler.domain.timetable import Timetable
from scheduler.errors import BadInput
from scheduler.formats.native import dumps, write
from scheduler.operations.audit import audit_result, audit_session
from scheduler.texts import Texts
from tests.scheduler.operations.facts.exams.summer import PLAN, SCHOOL, TIMETABLE, Changes, spoilt


def school(*changes: tuple[str, object]) -> Document:
    return Document.model_validate(spoilt(SCHOOL, list(changes)))


def plan(*changes: tuple[str, object]) -> SessionPlan:
    return SessionPlan.model_validate(spoilt(PLAN, list(changes)))


@pytest.fixture(scope="module")
def timetable() -> Timetable:
    return Timetable.model_validate(TIMETABLE)


def test_a_plan_in_its_place_keeps_all_and_costs_what_lessons_cost_that_give_way(timetable: Timetable) -> None:
    found = audit_session(school(), plan(), timetable)

    assert (found.kept, found.facts, found.dated, found.cost) == (True, (), (), 20)
    assert [rule.rule for rule in found.rules if rule.deviation] == ["lessons-in-place"]


def test_both_opinions_tell_of_a_student_in_two_places(timetable: Timetable) -> None:
    """The lesson stays on Tuesday at nine, when Anna, Boris and Vera sit their exam."""
    found = audit_session(school(), plan(("changes", [])), timetable)
    [clashes] = [rule for rule in found.rules if rule.deviation and rule.rule == "clashes"]

    assert found.kept is False
    assert sorted(Texts("en").tell(one) for one in clashes.sentences) == [
        f"{name} attends several events at once at Jun 1, 2027, 09:00: Algebra exam and the lesson Algebra 9."
        for name in ("Anna", "Boris", "Vera")
    ]
    assert [Texts("en").tell(one) for one in found.facts] == [
        f"{name} is in two places at once: “the lesson Algebra 9” and “Algebra exam” (Jun 1, 2027, 09:00)."
        for name in ("Anna", "Boris", "Vera")
    ]


def test_a_plan_that_stands_alone_is_audited_without_lessons() -> None:
    found = audit_session(school(), plan(("changes", [])))

    assert (found.kept, found.cost) == (True, 0)


def test_a_plan_by_which_a_session_was_made_keeps_every_rule() -> None:
    made = session(30, 100, teachers=25, workstations=20, seed=1)
    found = audit_session(made.document, made.proof)

    assert ([rule.rule for rule in found.rules if rule.deviation], found.facts) == ([], ())


@pytest.mark.parametrize(
    ("changes", "sessions", "told"),
    [
        ([], ["sumer"], "The session “sumer” must be in the document. Maybe “summer” was meant."),
        ([("exams", [])], [], "There must be an exam to place."),
    ],
)
def test_a_plan_of_what_the_document_does_not_have_is_refused(changes: Changes, sessions: list[str], told: str) -> None:
    with pytest.raises(BadInput) as bad:
        audit_session(school(*changes), plan(("sessions", sessions)))

    assert [line.rpartition(": ")[2] for line in str(bad.value).splitlines()] == [told]


def test_a_timetable_is_audited_by_itself(timetable: Timetable) -> None:
    with pytest.raises(BadInput) as bad:
        audit_result(school(), timetable, timetable)

    assert str(bad.value) == "Only a session's plan can stand beside a timetable."
    assert audit_result(school(), plan(), timetable) == audit_session(school(), plan(), timetable)


def test_the_command_audits_plans_as_timetables(tmp_path: Path) -> None:
    file, good, bad, beside = (tmp_path / name for name in ("school.json", "good.json", "bad.json", "timetable.json"))
    write(school(), file)
    write(plan(), good)
    write(plan(("sittings.0.candidates.1", None)), bad)
    beside.write_text(dumps(Timetable.model_validate(TIMETABLE), as_json=True), "utf-8")

    def run(told: Path) -> tuple[int, list[str]]:
        arguments = ["audit", str(file), str(told), "--timetable", str(beside), "--lang", "en"]
        done = CliRunner().invoke(app, arguments, env={"COLUMNS": "120"})
        return done.exit_code, done.stdout.splitlines()

    code, lines = run(good)
    assert (code, lines[:2]) == (0, ["All required rules are kept.", "Cost 20."])
    code, lines = run(bad)
    assert (code, lines[0], lines[2]) == (1, "Required rules are broken.", "- “Algebra exam” is without Boris.")
