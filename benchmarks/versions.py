"""Run two versions of the engine in turns on the same instances, and write a line of results for each run.

``python -m benchmarks.versions 5c5fe4a HEAD --seconds 20 --seeds 1 2 3``

Each version is checked out in a folder of its own and asked by its own command line, as a user would, to generate and then to
audit. Interrupted and started again, it leaves out the runs that the file already holds.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import os
import subprocess
import sys
from contextlib import ExitStack
from datetime import UTC, datetime
from itertools import product
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Self

from benchmarks import records
from benchmarks.run import INSTANCES

if TYPE_CHECKING:
    from collections.abc import Sequence

    from benchmarks.records import Line

CENTRE, SAMPLE = "centre", records.ROOT / "examples" / "centre" / "centre.yaml"
"""The sample in the state in which it is here."""

RESULTS = records.ROOT / "benchmarks" / "results" / "versions.jsonl"


class Version:
    """A version checked out in a folder of its own, which is taken away at the end.

    Raises
    ------
    subprocess.CalledProcessError
        If git knows no such commit.
    """

    def __init__(self, commit: str, folder: Path) -> None:
        # The last commit that could change an answer: results are still those of this version when they are committed.
        self.commit = _git("log", "-1", "--format=%h", "--abbrev=10", commit, "--", *records.MEASURED)
        self.folder = folder / self.commit
        _git("worktree", "add", "--detach", "--force", str(self.folder), self.commit)

    def __enter__(self) -> Self:
        """Compile the kernel, so that no run waits for it."""
        door = "warm" if (self.folder / "solver" / "warm.py").exists() else "anneal"  # an older version has the latter
        self.ask("-m", f"solver.{door}").check_returncode()
        return self

    def __exit__(self, *_: object) -> None:
        _git("worktree", "remove", "--force", str(self.folder))

    def ask(self, *words: str) -> subprocess.CompletedProcess[str]:
        """Run Python in the version's folder."""
        environment = os.environ | {"PYTHONPATH": str(self.folder)}
        return subprocess.run(
            [sys.executable, *words], cwd=self.folder, env=environment, capture_output=True, text=True, check=False
        )

    def run(self, path: Path, line: Line) -> Line:
        """Generate a timetable and audit it; return its cost, or an error."""
        timetable = self.folder / "build" / "timetable.json"
        timetable.parent.mkdir(exist_ok=True)
        timetable.unlink(missing_ok=True)
        options = [word for name in ("seconds", "seed", "workers") for word in (f"--{name}", f"{line[name]}")]
        command = ("-c", "from scheduler.cli import main; main()")
        made = self.ask(*command, "generate", str(path), "-o", str(timetable), *options)
        if made.returncode:
            return {"error": f"generate ended with {made.returncode}: {made.stderr[-300:]}"}
        audited = self.ask(*command, "audit", str(path), str(timetable))
        if audited.returncode:
            return {"error": f"audit ended with {audited.returncode}: {audited.stderr[-300:]}"}
        return {"cost": json.loads(timetable.read_text(encoding="utf-8"))["cost"]}


def _git(*words: str) -> str:
    return subprocess.run(
        ["git", *words],  # noqa: S607 - git is looked for as everywhere
        cwd=records.ROOT,
        capture_output=True,
        text=True,
        check=True,
    ).stdout.strip()


def main(arguments: Sequence[str] | None = None) -> int:
    """Run what the file does not hold yet."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.versions", description=main.__doc__)
    parser.add_argument("before", help="the earlier commit")
    parser.add_argument("after", help="the later commit")
    parser.add_argument(
        "--on", nargs="+", default=[*INSTANCES, CENTRE], help="instances (comp01, centre); all by default"
    )
    parser.add_argument("--seconds", type=float, default=20, help="limit of each run (default: 20)")
    parser.add_argument("--seeds", type=int, nargs="+", default=[1], help="a run for each (default: 1)")
    parser.add_argument("--workers", type=int, default=2, help="processes (default: 2)")
    parser.add_argument("--out", type=Path, default=RESULTS, help="file of results, one JSON object a line")
    given = parser.parse_args(arguments)
    folder = records.instances_folder().resolve() / "cbctt"
    places = {name: SAMPLE if name == CENTRE else folder / f"{name}.ctt" for name in given.on}
    if missing := [name for name, path in places.items() if not path.is_file()]:
        print(f'There is no instance "{missing[0]}". Maybe set ZVONOK_INSTANCES.', file=sys.stderr)
        return 2
    done = {records.key(line, any_version=False) for line in records.read(given.out) if "error" not in line}
    failed = False
    with ExitStack() as stack:
        stack.enter_context(records.ending_in_order())
        place = Path(stack.enter_context(TemporaryDirectory()))
        versions = [stack.enter_context(Version(commit, place)) for commit in (given.before, given.after)]
        for turn, (seed, name) in enumerate(product(given.seeds, places)):
            for version in versions[:: -1 if turn % 2 else 1]:
                line: Line = {
                    "benchmark": "versions",
                    "instance": name,
                    "digest": hashlib.sha256(places[name].read_bytes()).hexdigest()[:12],
                    "seconds": given.seconds,
                    "seed": seed,
                    "workers": given.workers,
                    "started": datetime.now(UTC).isoformat(timespec="seconds"),
                    "machine": records.machine(),
                    "version": records.version() | {"commit": version.commit},
                }
                if records.key(line, any_version=False) in done:
                    continue
                line |= version.run(places[name], line)
                records.append(given.out, line)
                failed |= "error" in line
                print(f"{name} seed {seed} {version.commit}: {line.get('error', line.get('cost'))}", flush=True)
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
