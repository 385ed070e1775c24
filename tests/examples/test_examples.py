"""Every numbered example runs in a process of its own and says what it promises."""

import ast
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
EXAMPLES = sorted((ROOT / "examples").glob("[0-9][0-9]_*.py"))


def run(name: str) -> str:
    found = next(path for path in EXAMPLES if path.stem.startswith(name))
    done = subprocess.run(
        [sys.executable, found], capture_output=True, text=True, check=False, env={"PYTHONPATH": str(ROOT)}
    )
    assert (done.returncode, done.stderr) == (0, "")
    return done.stdout


def test_there_are_five() -> None:
    assert [path.stem[:2] for path in EXAMPLES] == ["01", "02", "03", "04", "05"]


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.stem)
def test_each_has_at_most_forty_lines(path: Path) -> None:
    assert len(path.read_text("utf-8").splitlines()) <= 40


def test_the_first_timetable_places_all_eight_lessons() -> None:
    first, *days = run("01").splitlines()
    assert first == "optimal at a cost of 0"
    assert sum(day.count("algebra-9") + day.count("physics-9") for day in days) == 8


def test_your_own_rule_fits_fifteen_lines_and_is_solved_audited_and_listed() -> None:
    tree = ast.parse(EXAMPLES[1].read_text("utf-8"))
    rule = next(node for node in tree.body if isinstance(node, ast.ClassDef))
    lines = [line for line in ast.unparse(rule).splitlines() if line.strip()]
    assert len(lines) <= 15
    assert run("02") == "No lesson begins before nine (every pupil's wish). ('SleepIn', 0)\n"


def test_the_impossible_is_told_in_numbers() -> None:
    told = run("03")
    assert "She comes on Mondays alone: impossible\n- 8 times Lada Ledoveeva is needed" in told
    assert "there is room for 4.\n" in told
    assert told.endswith("She comes on four days: optimal\n")


def test_a_timetable_made_by_hand_is_audited_without_the_solver() -> None:
    told = run("04")
    assert told.startswith("All that is required is kept. Cost: 7\n")
    assert "✗ Nobody has more than 0 free periods between lessons a day." in told
    assert "✓ Nobody attends two events at the same time.\n" in told


def test_who_is_entitled_to_it_writes_longer_and_alone() -> None:
    told = run("05").splitlines()
    exams = [line for line in told if not line.startswith(" ")]
    assert sorted(line.split()[4] for line in exams) == ["Algebra:", "Physics:"]
    assert [line.count("consultation") for line in exams] == [1, 1]
    algebra = told.index(next(line for line in exams if " Algebra: " in line))
    assert told[algebra + 1 : algebra + 4] == [
        "  Anna until 13:55 in the hall",
        "  Boris until 13:55 in the hall",
        "  Vera until 15:25 in the study",
    ]
