"""`zvonok generate` as a program: stopped in the middle, and repeated to the byte."""

from __future__ import annotations

import re
import signal
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]
PROGRAM = [sys.executable, "-c", "from scheduler.cli import main; main()"]
CENTRE = "examples/centre/centre.yaml"


def run(*arguments: str) -> subprocess.CompletedProcess[str]:
    """Run the program to its end."""
    return subprocess.run([*PROGRAM, *arguments], cwd=ROOT, capture_output=True, text=True, check=False, timeout=300)


def test_a_run_that_is_told_to_end_writes_an_audited_timetable(tmp_path: Path) -> None:
    out = tmp_path / "timetable.json"
    arguments = ["generate", CENTRE, "-o", str(out), "--seconds", "600", "--lang", "en"]

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
    assert told.startswith("The timetable keeps all required rules.\n")
    assert run("audit", CENTRE, str(out)).returncode == 0


def test_the_same_seed_and_counted_work_give_the_same_bytes(tmp_path: Path) -> None:
    outs = [tmp_path / "first.json", tmp_path / "second.json"]
    for out in outs:
        done = run("generate", "examples/small.yaml", "-o", str(out), "--work", "3", "--workers", "1", "--seed", "5")
        assert (done.returncode, done.stderr.count("Traceback")) == (0, 0)

    assert outs[0].read_bytes() == outs[1].read_bytes()
