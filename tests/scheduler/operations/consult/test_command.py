"""`zvonok consult`: tables and sentences for people, JSON for programs, exit codes, and no file half-written."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
from typer.testing import CliRunner

from scheduler.cli import app
from scheduler.formats import native
from tests.scheduler.operations.consult.school import request, school, timetable

if TYPE_CHECKING:
    from pathlib import Path

TUESDAY = {"first_day": "2026-09-08", "last_day": "2026-09-08"}
DOCUMENT = school(
    request("R1", name="Before the test", **TUESDAY, latest="10:30"),
    request("R2", **TUESDAY, earliest="09:00", latest="10:00", priority=2),
    request("R3", count=2, last_day="2026-09-08", latest="10:30", mode="site", room={"features": ["lab"]}, priority=3),
)


def run(*arguments: str) -> tuple[int, list[str], list[str]]:
    """Exit code, and the lines of standard output and of standard error."""
    done = CliRunner().invoke(app, ("consult", *arguments), env={"LC_ALL": "C", "COLUMNS": "160"})
    assert done.exception is None or isinstance(done.exception, SystemExit), done.exception
    return done.exit_code, [line.rstrip() for line in done.stdout.splitlines()], done.stderr.splitlines()


@pytest.fixture
def files(tmp_path: Path) -> tuple[str, str]:
    """The school and its timetable as files."""
    document, made = tmp_path / "school.json", tmp_path / "made.json"
    native.write(DOCUMENT, document)
    native.write(timetable(DOCUMENT), made)
    return str(document), str(made)


def test_proposals_are_a_table_and_what_is_impossible_is_told_in_sentences(files: tuple[str, str]) -> None:
    assert run(*files, "--request", "R1", "--request", "R3") == (
        0,
        [
            "R1 “Before the test”: 1 proposal.",
            "R3 “Algebra 9”: 1 proposal.",
            "R1 “Before the test”",
            "№  Cost  Date              Time         Who holds it  Where     What it costs whom",
            "1     0  Tue, Sep 8, 2026  09:50–10:30  Petrova       Anna: W1",
            "R3 “Algebra 9”",
            "№  Cost  Date              Time         Who holds it  Where  What it costs whom",
            "1    20  Mon, Sep 7, 2026  09:00–09:40  Petrova       R2     20: A way to school for this alone: Anna and Petrova.",
            "         Tue, Sep 8, 2026  09:50–10:30  Petrova       R2",
        ],
        [],
    )
    assert run(*files, "--request", "R2") == (
        1,
        [
            "R2 “Algebra 9”: no proposal.",
            "- There are 5 starts from Sep 8, 2026 to Sep 8, 2026, and none of them is free.",
            "- 5 fall on meetings of Anna.",
            "+ It is free if it may end after 10:00: Sep 8, 2026, 09:50, Petrova.",
            "+ It is free if it may begin before 09:00: Sep 8, 2026, 08:00, Petrova.",
            "+ It is free if it may be later than Sep 8, 2026: Sep 10, 2026, 09:20, Petrova.",
            (
                "+ It is free if a lesson may be moved: Sep 8, 2026, 09:00, Petrova; "
                "“Algebra 9” moves from Sep 8, 2026, 09:00 to Sep 8, 2026, 09:50."
            ),
        ],
        [],
    )


def test_programs_read_the_same_as_json(files: tuple[str, str]) -> None:
    code, out, _ = run(*files, "--json")
    answers = {found["request"]: found for found in json.loads("\n".join(out))["answers"]}

    assert (code, list(answers)) == (1, ["R1", "R2", "R3"])
    assert answers["R1"]["proposals"] == [
        {
            "number": 1,
            "cost": 0,
            "costs": [],
            "consultations": [
                {
                    "id": "R1/1/1",
                    "request": "R1",
                    "start": "2026-09-08T09:50:00+03:00",
                    "end": "2026-09-08T10:30:00+03:00",
                    "teacher": "petrova",
                    "students": ["anna"],
                    "seats": {"anna": "W1"},
                }
            ],
            "move": None,
        }
    ]
    assert answers["R2"]["reasons"][1] == "5 fall on meetings of Anna."
    assert len(answers["R2"]["relaxations"]) == 4


def test_what_is_accepted_is_written_as_a_new_timetable(files: tuple[str, str], tmp_path: Path) -> None:
    new = tmp_path / "new.json"

    assert run(*files, "--accept", "R1=1", "-o", str(new)) == (
        0,
        ["R1 “Before the test”: Tue, Sep 8, 2026, 09:50–10:30, Petrova, Anna: W1", f"Written: {new}"],
        [],
    )
    assert native.read_timetable(new).placements["R1/1/1"].teachers == ("petrova",)
    assert run(files[0], str(new), "--request", "R1") == (0, ["R1 “Before the test”: it is in the timetable."], [])


def test_nothing_is_written_where_two_proposals_want_the_same_hour(files: tuple[str, str], tmp_path: Path) -> None:
    new = tmp_path / "new.json"
    code, out, _ = run(*files, "--accept", "R1=1", "--accept", "R3=1", "-o", str(new))

    assert (code, new.exists()) == (1, False)
    assert out == [
        "Nothing was changed, for this would be wrong:",
        "- Anna is in two places at once: “R1/1/1” and “R3/1/2” (09:50).",
        "- Petrova is in two places at once: “R1/1/1” and “R3/1/2” (09:50).",
    ]


def test_a_wrong_call_is_refused_and_writes_nothing(files: tuple[str, str], tmp_path: Path) -> None:
    new = str(tmp_path / "new.json")

    assert run(*files, "--accept", "R1=1") == (2, [], ["The file for the new timetable must be named with -o."])
    assert run(*files, "--accept", "R1=1", "-o", files[1]) == (
        2,
        [],
        [f"{files[1]}: The new timetable must not replace the one that it is made from."],
    )
    assert run(*files, "--request", "R1", "--accept", "3", "-o", new) == (
        2,
        [],
        ["“R1” has 1 proposal, so 3 is none."],
    )
    assert run(*files, "--request", "R5") == (2, [], ["The request “R5” must be in the document."])
    assert not (tmp_path / "new.json").exists()


def test_a_school_without_requests_is_told_so(tmp_path: Path) -> None:
    document, made = tmp_path / "school.json", tmp_path / "made.json"
    native.write(school(), document)
    native.write(timetable(school()), made)

    assert run(str(document), str(made)) == (0, ["Nobody asks for a consultation."], [])
