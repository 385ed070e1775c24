"""The runner, with solvers of four lines in the engine's place."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from benchmarks import engine, growth, records
from benchmarks.process import in_own_process
from benchmarks.run import main

if TYPE_CHECKING:
    from pathlib import Path

# One course of two lectures, one room: each answer costs 5 for the missing day or 4 for the two lonely lectures.
TINY = """
Name: Tiny
Courses: 1
Rooms: 1
Days: 2
Periods_per_day: 2
Curricula: 1
Constraints: 0
COURSES:
Choir Anna 2 2 10
ROOMS:
Hall 10
CURRICULA:
Arts 1 Choir
UNAVAILABILITY_CONSTRAINTS:
END.
"""

SOLVERS = """
import os, time

def lonely(request):
    assert request["seconds"] == 1 and request["workers"] == 1
    log = [[0.2, 5], [0.7, 4]]
    audit = {"audit_cost": 4, "audit_kept": True}
    return {"solution": "Choir Hall 0 0\\nChoir Hall 1 0", "bound": request["seed"], "log": log, **audit}

def boasting(request):
    return lonely(request) | {"audit_cost": 3}

def doubting(request):
    return lonely(request) | {"audit_kept": False}

def clashing(request):
    return lonely(request) | {"solution": "Choir Hall 0 0\\nChoir Hall 0 0", "audit_cost": 7}

def babbling(request):
    return lonely(request) | {"solution": "Choir"}

def falling(request):
    raise RuntimeError("no time today")

def lost(request):
    return {"audit_cost": None, "audit_kept": None, "bound": 0, "log": []}

def growing(request):
    half = request["lessons"] / 2
    return {"classes": 3, "teachers": 6, "first_feasible": half, "build": 1, "search": half}

def hungry(request):
    eaten = b"x" * 200_000_000
    time.sleep(0.6)
    return {"eaten": len(eaten)}

def sleeping(request):
    time.sleep(60)
"""


@pytest.fixture
def tiny(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Give the path of the tiny instance; the solvers can be imported from beside it."""
    (tmp_path / "solvers.py").write_text(SOLVERS, encoding="utf-8")
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))
    path = tmp_path / "tiny.ctt"
    path.write_text(TINY, encoding="utf-8")
    return path


def run(tiny: Path, solver: str, *more: str) -> tuple[int, list[records.Line]]:
    out = tiny.parent / "results.jsonl"
    common = [str(tiny), "--seconds", "1", "--workers", "1", "--out", str(out), "--solve", f"solvers:{solver}"]
    return main([*common, *more]), records.read(out)


def test_run_writes_a_line_for_each_seed(tiny: Path) -> None:
    code, lines = run(tiny, "lonely", "--seeds", "1", "2")

    assert code == 0
    assert [(line["instance"], line["seed"], line["cost"], line["bound"]) for line in lines] == [
        ("tiny", 1, 4, 1),
        ("tiny", 2, 4, 2),
    ]


def test_line_tells_everything_about_a_run(tiny: Path) -> None:
    _, [line] = run(tiny, "lonely")

    assert set(line) == {
        *("benchmark", "instance", "digest", "seconds", "seed", "workers", "started", "machine", "version"),
        *("cost", "components", "first_feasible", "audit_cost", "audit_kept", "agreed", "bound", "log"),
        *("elapsed", "peak_memory_mb"),
    }
    assert set(line["machine"]) == {"cpu", "cores", "memory_gb"}
    assert set(line["version"]) == {"python", "ortools", "zvonok", "commit"}
    assert line["components"]["curriculum_compactness"] == 4
    assert line["first_feasible"] == 0.2


def test_run_again_leaves_out_what_is_there(tiny: Path) -> None:
    run(tiny, "lonely", "--seeds", "1")

    _, lines = run(tiny, "lonely", "--seeds", "1", "2")

    assert [line["seed"] for line in lines] == [1, 2]


def test_another_version_runs_again_unless_any_will_do(tiny: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    run(tiny, "lonely")
    other = records.version() | {"commit": "another"}
    monkeypatch.setattr(records, "version", lambda: other)

    assert len(run(tiny, "lonely", "--any-version")[1]) == 1
    assert len(run(tiny, "lonely")[1]) == 2


@pytest.mark.parametrize(
    ("solver", "error"),
    [
        ("boasting", "the audit counts 3, the evaluator 4"),
        ("doubting", "the audit finds required rules broken, the evaluator none"),
        ("clashing", "2 hard constraints are broken"),
        (
            "babbling",
            'the solution is unreadable: Line 1: "Choir" must be a course, a room, a day, a period.',
        ),
        ("lost", "no solution was found"),
        ("falling", "exit code 1: RuntimeError: no time today"),
    ],
)
def test_wrong_answer_is_an_error_in_the_line_and_at_the_end(tiny: Path, solver: str, error: str) -> None:
    code, [line] = run(tiny, solver)

    assert (code, line["error"]) == (1, error)


@pytest.mark.parametrize(("solver", "runs"), [("boasting", 1), ("doubting", 1), ("babbling", 1), ("falling", 2)])
def test_nothing_is_run_after_judges_have_disagreed(tiny: Path, solver: str, runs: int) -> None:
    code, lines = run(tiny, solver, "--seeds", "1", "2")

    assert (code, len(lines)) == (1, runs)


def test_run_in_error_is_run_again(tiny: Path) -> None:
    run(tiny, "falling")

    assert len(run(tiny, "lonely")[1]) == 2


def test_unknown_instance_says_what_might_help(capsys: pytest.CaptureFixture[str]) -> None:
    code = main(["nowhere.ctt"])

    assert (code, capsys.readouterr().err) == (2, 'There is no instance "nowhere.ctt". Maybe set ZVONOK_INSTANCES.\n')


def test_line_that_was_cut_off_gives_way_to_the_next(tmp_path: Path) -> None:
    path = tmp_path / "results.jsonl"
    path.write_text('{"seed": 1}\n{"seed": 2, "co', encoding="utf-8")

    assert records.read(path) == [{"seed": 1}]
    records.append(path, {"seed": 3})
    assert [json.loads(line)["seed"] for line in path.read_text(encoding="utf-8").splitlines()] == [1, 3]


def test_growth_writes_a_line_for_each_size(tiny: Path, capsys: pytest.CaptureFixture[str]) -> None:
    out = tiny.parent / "growth.jsonl"

    code = growth.main(["--lessons", "100", "300", "--out", str(out), "--solve", "solvers:growing"])

    assert code == 0
    assert [(line["instance"], line["first_feasible"]) for line in records.read(out)] == [
        ("school-100", 50),
        ("school-300", 150),
    ]
    assert (
        capsys.readouterr().out
        == "school-100 seed 1: feasible after 50.0 s\nschool-300 seed 1: feasible after 150.0 s\n"
    )


@pytest.mark.usefixtures("tiny")
def test_memory_of_a_run_is_its_own() -> None:
    result = in_own_process("solvers:hungry", {}, limit=60)

    assert 200 < result["peak_memory_mb"] < 300


@pytest.mark.usefixtures("tiny")
def test_run_over_its_limit_is_ended() -> None:
    result = in_own_process("solvers:sleeping", {}, limit=0.5)

    assert result["error"] == "ended after 0.5 s"
    assert result["elapsed"] < 10


def test_a_session_is_brought_to_a_plan_that_its_audit_keeps() -> None:
    result = engine.session({"exams": 12, "seconds": 60, "seed": 1, "workers": 1})

    assert result["first_feasible"] is not None
    assert "error" not in result
    assert (result["students"], result["examiners"], result["workstations"]) == (40, 6, 12)
