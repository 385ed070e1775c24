"""`zvonok attest` as a program: what it says and how it ends, stopped in the middle, and repeated to the byte."""

from __future__ import annotations

import re
import signal
import subprocess
import sys
from pathlib import Path
from typing import Any

from scheduler.formats import native, workbook
from tests.scheduler.compile.sessions.school import school

ROOT = Path(__file__).parents[2]
PROGRAM = [sys.executable, "-c", "from scheduler.cli import main; main()"]
CENTRE = "examples/centre/centre.yaml"
COUNTED = ["--work", "3", "--workers", "1", "--seed", "5", "--lang", "en"]

EXAM = """[Exams:3]
120, 1, 2, 3
90, 2, 4
60, 4, 5
[Periods:3]
01:06:2026, 09:30:00, 120, 0
01:06:2026, 14:00:00, 120, 0
02:06:2026, 09:30:00, 180, 30
[Rooms:2]
3, 0
2, 20
[PeriodHardConstraints]
2, AFTER, 0
[RoomHardConstraints]
1, ROOM_EXCLUSIVE
[InstitutionalWeightings]
TWOINAROW, 7
TWOINADAY, 0
PERIODSPREAD, 5
NONMIXEDDURATIONS, 10
FRONTLOAD, 1, 1, 5
"""


def run(*arguments: str | Path) -> subprocess.CompletedProcess[str]:
    """Run the program to its end."""
    return subprocess.run(
        [*PROGRAM, *map(str, arguments)], cwd=ROOT, capture_output=True, text=True, check=False, timeout=300
    )


def written(folder: Path, *arguments: Any, **more: Any) -> Path:
    """Write the school with some changes to a file."""
    file = folder / "school.yaml"
    file.write_text(native.dumps(school(*arguments, **more)), "utf-8")
    return file


def test_exams_are_placed_told_and_written(tmp_path: Path) -> None:
    file, out = written(tmp_path), tmp_path / "plan.json"

    done = run("attest", file, "-o", out, *COUNTED)

    assert (done.returncode, done.stdout.splitlines()[:4]) == (
        0,
        [
            "The plan is the best there is.",
            "Cost 0, proven bound 0, gap 0%.",
            "2 sittings are placed. 0 consultations are placed. 0 lessons give way.",
            f"Written: {out}",
        ],
    )
    assert {sitting.exam for sitting in native.read_session_plan(out).sittings} == {"Algebra", "Physics"}
    assert run("audit", file, out, "--lang", "en").stdout.splitlines()[0] == "All required rules are kept."


def test_what_is_impossible_ends_with_1_its_reasons_and_no_plan(tmp_path: Path) -> None:
    session = {"last_day": "2027-06-01", "starts": [{"times": ["09:00"]}]}
    file, out = written(tmp_path, session=session), tmp_path / "plan.json"

    done = run("attest", file, "-o", out, *COUNTED)

    assert (done.returncode, done.stdout.splitlines()[:2], out.exists()) == (
        1,
        [
            "There is no plan that keeps all required rules:",
            "- 2 times Anna is needed by Algebra and Physics, at Jun 1, 2027, 09:00; there is room for 1.",
        ],
        False,
    )
    checked = run("check", file, "--lang", "en")
    assert (checked.returncode, checked.stdout) == (1, "\n".join(done.stdout.splitlines()[:2]) + "\n")


def test_what_is_wrong_ends_with_2_and_no_plan(tmp_path: Path) -> None:
    rules = [{"rule": "SpaceExams", "parameters": {"least": "two"}}]
    file, out = written(tmp_path, session={"rules": rules}), tmp_path / "plan.json"

    for done in (run("attest", file, "-o", out, *COUNTED), run("check", file, "--lang", "en")):
        assert (done.returncode, done.stdout, out.exists()) == (2, "", False)
        assert done.stderr == "field sessions[0].rules[0].parameters.least: The value (two) must be a whole number.\n"


def test_a_rule_of_a_workbook_is_told_with_its_sheet_and_cell(tmp_path: Path) -> None:
    rules = [{"id": "gap", "rule": "SpaceExams", "parameters": {"least": 2, "peple": "students"}}]
    file = tmp_path / "school.xlsx"
    workbook.write(school(session={"rules": rules}), file, "en")

    done = run("check", file, "--lang", "en")

    assert (done.returncode, done.stderr) == (
        2,
        f"{file}: sheet “Session rules”, cell D2: The rule SpaceExams has no parameter “peple”. Maybe “people” was meant.\n",
    )


def test_only_the_sessions_that_are_named_are_placed(tmp_path: Path) -> None:
    state = {"id": "state", "first_day": "2027-06-07", "last_day": "2027-06-08", "starts": [{"times": ["10:00"]}]}
    summer = {"id": "summer", "first_day": "2027-06-01", "last_day": "2027-06-04", "starts": [{"times": ["09:00"]}]}
    file, out = written(tmp_path, ({}, {"session": "state"}), sessions=[summer, state]), tmp_path / "plan.json"

    done = run("attest", file, "--session", "state", "-o", out, *COUNTED)
    wrong = run("attest", file, "--session", "stat", "-o", out, *COUNTED)

    plan = native.read_session_plan(out)
    assert (done.returncode, plan.sessions, [sitting.exam for sitting in plan.sittings]) == (0, ("state",), ["Physics"])
    assert (wrong.returncode, wrong.stderr) == (
        2,
        "The session “stat” must be in the document. Maybe “state” was meant.\n",
    )


def test_a_plan_to_start_from_is_kept_where_nothing_is_better(tmp_path: Path) -> None:
    file, first, second = written(tmp_path), tmp_path / "first.json", tmp_path / "second.json"
    run("attest", file, "-o", first, *COUNTED)

    done = run("attest", file, "--start", first, "-o", second, "--work", "3", "--workers", "1", "--seed", "9")

    before, after = native.read_session_plan(first), native.read_session_plan(second)
    assert (done.returncode, after.sittings) == (0, before.sittings)


def test_the_same_seed_and_counted_work_give_the_same_bytes(tmp_path: Path) -> None:
    outs = [tmp_path / "first.json", tmp_path / "second.json"]
    for out in outs:
        done = run("attest", CENTRE, "--session", "summer", "-o", out, "--work", "0.5", "--workers", "1", "--seed", "1")
        assert (done.returncode, done.stderr.count("Traceback")) == (0, 0)

    assert outs[0].read_bytes() == outs[1].read_bytes()


def test_a_run_that_is_told_to_end_writes_an_audited_plan(tmp_path: Path) -> None:
    out = tmp_path / "plan.json"
    arguments = ["attest", CENTRE, "--session", "summer", "-o", str(out), "--seconds", "600", "--lang", "en"]

    with subprocess.Popen(
        [*PROGRAM, *arguments], cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    ) as process:
        assert process.stderr is not None
        for line in process.stderr:
            if re.search(r"cost [\d,]+", line):
                break
        process.send_signal(signal.SIGTERM)
        told, notes = process.communicate(timeout=120)

    assert process.returncode == 0
    assert "Stopping; the best so far is kept." in notes
    assert told.startswith("The plan keeps all required rules.\n")
    assert run("audit", CENTRE, out).returncode == 0


def test_an_examination_file_is_solved_and_its_solution_written(tmp_path: Path) -> None:
    """E0 and E1 share student 2, and E1 and E2 student 4; E1 is alone in its room, and E2 comes after E0."""
    file, plan, solution = tmp_path / "tiny.exam", tmp_path / "plan.json", tmp_path / "tiny.sln"
    file.write_bytes(EXAM.replace("\n", "\r\n").encode())

    placed = run("attest", file, "-o", plan, *COUNTED)
    exported = run("export", file, plan, "--to", "itc2007-exam", "-o", solution)

    assert (placed.returncode, exported.returncode, placed.stdout.splitlines()[0]) == (
        0,
        0,
        "The plan is the best there is.",
    )
    assert solution.read_text().splitlines() == ["0, 0", "2, 0", "1, 0"]
    assert run("audit", file, plan, "--lang", "en").returncode == 0


def test_a_file_without_exams_has_nothing_to_attest_and_is_checked_all_the_same(tmp_path: Path) -> None:
    file = "examples/small.yaml"

    attested, checked = run("attest", file, "-o", tmp_path / "plan.json", *COUNTED), run("check", file, "--lang", "en")

    assert (attested.returncode, attested.stderr) == (2, "field exams: There must be an exam to place.\n")
    assert (checked.returncode, checked.stderr) == (0, "")
