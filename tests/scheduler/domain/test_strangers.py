"""Timetables and plans of another document: whom and what they name that the document does not have."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest
from typer.testing import CliRunner

from scheduler.cli import app
from scheduler.domain.session_plan import SessionPlan
from scheduler.domain.strangers import strangers
from scheduler.formats import native
from tests.scheduler.compile.sessions.school import lesson, school, timetable

if TYPE_CHECKING:
    from pathlib import Path

    from scheduler.domain.timetable import Timetable

NINE, TEN = "2027-06-01T09:00:00+03:00", "2027-06-01T10:00:00+03:00"
MAYBE = "Maybe this file was made from another document."

STRANGE = timetable(
    lesson("ALG", "2027-06-01 10:00", students=("gleb", "anna"), room="gym", teachers=("orlova",)),
    lesson("CHE", "2027-06-02 10:00", teachers=("gleb",), students=("gleb",), seats={"gleb": "PC9"}),
    lesson("R1", "2027-06-03 10:00", kind="consultation", students=("anna",)),
)
"""The request R1 was answered and is no longer in the document: that makes nobody a stranger."""

PLAN: dict[str, Any] = {
    "sessions": ["summer", "winter"],
    "sittings": [
        {
            "exam": "Chemistry", "start": NINE, "end": TEN, "site": "west", "rooms": ["hall", "gym"],
            "candidates": [{"student": "anna", "start": NINE, "end": TEN, "assistant": "nobody", "workstation": "PC9"}],
            "commission": [{"role": "chair", "person": "gleb"}],
        },
    ],
    "consultations": [{"id": "Chemistry/consultation", "exam": "Chemistry", "start": NINE, "end": TEN, "teacher": "gleb"}],
}  # fmt: skip


def test_each_stranger_of_a_timetable_is_told_once_where_it_stands_first() -> None:
    assert [str(fault) for fault in strangers(school(), STRANGE)] == [
        f"field pattern[1].course: The course “CHE” must be in the document. {MAYBE}",
        f"field pattern[0].room: The room “gym” must be in the document. {MAYBE}",
        f"field pattern[1].teachers[0]: The teacher “gleb” must be in the document. {MAYBE}",
        f"field pattern[0].students[0]: The student “gleb” must be in the document. {MAYBE}",
        f"field pattern[1].seats.gleb: The workstation “PC9” must be in the document. {MAYBE}",
    ]


def test_each_stranger_of_a_plan_is_told_once_where_it_stands_first() -> None:
    assist = "The assistant “nobody” must be in the document: a tutor, a teacher or a member of the support staff."
    assert [str(fault) for fault in strangers(school(), SessionPlan.model_validate(PLAN))] == [
        f"field sessions[1]: The session “winter” must be in the document. {MAYBE}",
        f"field sittings[0].exam: The exam “Chemistry” must be in the document. {MAYBE}",
        f"field sittings[0].rooms[1]: The room “gym” must be in the document. {MAYBE}",
        f"field sittings[0].candidates[0].workstation: The workstation “PC9” must be in the document. {MAYBE}",
        f"field sittings[0].candidates[0].assistant: {assist} {MAYBE}",
        f"field sittings[0].commission[0].person: The teacher “gleb” must be in the document. {MAYBE}",
    ]


@pytest.mark.parametrize(
    "arguments",
    [
        ("audit", "plan.json", "--timetable", "made.json"),
        ("audit", "made.json"),
        ("compare", "made.json", "made.json"),
        ("consult", "made.json"),
        ("attest", "--timetable", "made.json", "-o", "new.json"),
        ("export", "made.json", "--to", "html", "-o", "new.html"),
        ("export", "plan.json", "--timetable", "made.json", "--to", "ics", "-o", "new"),
    ],
)
def test_every_command_refuses_what_was_made_from_another_document_all_of_it_at_once(
    arguments: tuple[str, ...], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    native.write(school(), tmp_path / "school.json")
    native.write(STRANGE, tmp_path / "made.json")
    (tmp_path / "plan.json").write_text(json.dumps({"format": "zvonok-session/1", **PLAN}), "utf-8")

    command, *rest = arguments
    done = CliRunner().invoke(app, (command, "school.json", *rest, "--lang", "en"), env={"LC_ALL": "C"})

    read: dict[str, Timetable | SessionPlan] = {"plan.json": SessionPlan.model_validate(PLAN), "made.json": STRANGE}
    told = [
        f"{name}: {fault}" for name in dict.fromkeys(rest) if name in read for fault in strangers(school(), read[name])
    ]
    assert (done.exit_code, done.stdout, done.stderr.splitlines()) == (2, "", told)
    assert not {path.name for path in tmp_path.iterdir()} & {"new.json", "new.html", "new"}
