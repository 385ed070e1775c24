"""The runner of exams, with solvers of two lines in the engine's place."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from benchmarks import records
from benchmarks.exam import main

if TYPE_CHECKING:
    from pathlib import Path

# Algebra and Botany share student 2: in two periods of one day they cost 7, and 1 for lying within 3 periods.
SET = """[Exams:2]
60, 1, 2
60, 2, 3
[Periods:3]
01:06:2026, 09:00:00, 120, 0
01:06:2026, 14:00:00, 120, 0
02:06:2026, 09:00:00, 120, 0
[Rooms:1]
3, 0
[PeriodHardConstraints]
[RoomHardConstraints]
[InstitutionalWeightings]
TWOINAROW, 7
TWOINADAY, 5
PERIODSPREAD, 3
NONMIXEDDURATIONS, 10
FRONTLOAD, 1, 1, 30
"""

SOLVERS = """
ANSWERS = {".exam": ("0, 0\\r\\n1, 0\\r\\n", 8), ".crs": ("Algebra 0\\nBotany 2\\n", 8)}

def neat(request):
    solution, cost = ANSWERS[request["path"][request["path"].rindex("."):]]
    return {"solution": solution, "audit_cost": cost, "audit_kept": True, "bound": 0, "log": [[0.5, 30], [0.7, cost]]}

def boasting(request):
    return neat(request) | {"audit_cost": 0}

def clashing(request):
    clash = {".exam": "0, 0\\n0, 0\\n", ".crs": "Algebra 0\\nBotany 0\\n"}
    return neat(request) | {"solution": clash[request["path"][request["path"].rindex("."):]], "audit_kept": False}
"""


@pytest.fixture
def tiny(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Give the folder of two instances, one of each kind; the solvers can be imported from it."""
    (tmp_path / "solvers.py").write_text(SOLVERS, encoding="utf-8")
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))
    (tmp_path / "school.exam").write_text(SET, encoding="utf-8")
    # Three students: two periods apart cost 8 for the one who sits both. Its name gives it ten periods.
    (tmp_path / "ute-s-92.crs").write_text("Algebra 2\nBotany 2\n", encoding="utf-8")
    (tmp_path / "ute-s-92.stu").write_text("Algebra\nAlgebra Botany\nBotany\n", encoding="utf-8")
    return tmp_path


def run(tiny: Path, solver: str) -> tuple[int, list[records.Line]]:
    out = tiny / "results.jsonl"
    both = [str(tiny / name) for name in ("school.exam", "ute-s-92.crs")]
    return main(["--on", *both, "--seconds", "1", "--out", str(out), "--solve", f"solvers:{solver}"]), records.read(out)


def test_both_kinds_are_counted_by_their_own_evaluators(tiny: Path) -> None:
    code, [school, carter] = run(tiny, "neat")

    assert code == 0
    assert [school[name] for name in ("benchmark", "instance", "cost", "agreed")] == ["exam", "school", 8, True]
    assert (school["components"]["two_in_a_row"], school["components"]["period_spread"]) == (7, 1)
    assert [carter[name] for name in ("benchmark", "instance", "cost", "agreed")] == ["carter", "ute-s-92", 8, True]
    assert (carter["components"]["proximity"], carter["components"]["students"]) == (8, 3)
    assert (school["first_feasible"], carter["log"]) == (0.5, [[0.5, 30], [0.7, 8]])


def test_run_again_leaves_out_what_is_there_unless_a_file_has_changed(tiny: Path) -> None:
    run(tiny, "neat")
    (tiny / "ute-s-92.stu").write_text("Algebra Botany\nAlgebra\nBotany\n", encoding="utf-8")

    _, lines = run(tiny, "neat")

    assert [line["instance"] for line in lines] == ["school", "ute-s-92", "ute-s-92"]


def test_disagreement_ends_everything(tiny: Path) -> None:
    code, [line] = run(tiny, "boasting")

    assert (code, line["error"], line["agreed"]) == (1, "the audit counts 0, the evaluator 8", False)


def test_answers_that_all_call_broken_are_errors_and_no_disagreement(tiny: Path) -> None:
    code, lines = run(tiny, "clashing")

    # Four students, a seat short, and a clash; of the others one clash.
    assert (code, [line["error"] for line in lines]) == (
        1,
        ["2 hard constraints are broken", "1 hard constraints are broken"],
    )
    assert [line["agreed"] for line in lines] == [True, True]
