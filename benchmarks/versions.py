"""Run two versions of the engine in turns on the same instances, and write a line of results for each run.

``python -m benchmarks.versions 5c5fe4a HEAD --seconds 20 --seeds 1 2 3``

Each version is checked out beside this one and asked by its own command line, as a user would, first to generate and then to
audit. Interrupted and started again, it leaves out the runs that the file already holds.
"""

from __future__ import annotations

import hashlib
import json
import os
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from benchmarks import records
from benchmarks.run import INSTANCES

if TYPE_CHECKING:
    from collections.abc import Sequence

    from benchmarks.records import Line

CENTRE = "centre"
"""The sample in `examples/`, in the state in which it is here."""


class Version:
    """A version checked out in a folder of its own, its kernel compiled."""

    def __init__(self, commit: str, folder: Path) -> None:
        self.commit = _git("rev-parse", "--short=10", commit)
        self.folder = folder / self.commit
        _git("worktree", "add", "--detach", "--force", str(self.folder), self.commit)
        self.ask("-m", "solver.anneal").check_returncode()

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
        options = [word for name in ("seconds", "seed", "workers") for word in (f"--{name}", f"{line[name]:g}")]
        command = ("-c", "from scheduler.cli import main; main()")
        made = self.ask(*command, "generate", str(path), "-o", str(timetable), *options)
        if made.returncode:
            return {"error": f"generate ended with {made.returncode}: {made.stderr[-300:]}"}
        audited = self.ask(*command, "audit", str(path), str(timetable))
        if audited.returncode:
            return {"error": f"audit ended with {audited.returncode}: {audited.stderr[-300:]}"}
        return {"cost": json.loads(timetable.read_text(encoding="utf-8"))["cost"]}

    def remove(self) -> None:
        """Take the folder away."""
        _git("worktree", "remove", "--force", str(self.folder))


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
    parser = records.parser("versions", main.__doc__, seconds=20, solve="")
    parser.add_argument("before", help="the earlier commit")
    parser.add_argument("after", help="the later commit")
    parser.add_argument(
        "--on", nargs="+", default=[*INSTANCES, CENTRE], help="instances (comp01, centre); all by default"
    )
    given = parser.parse_args(arguments)
    places = {name: records.instances_folder() / "cbctt" / f"{name}.ctt" for name in given.on if name != CENTRE}
    if CENTRE in given.on:
        places[CENTRE] = records.ROOT / "examples" / "centre" / "centre.yaml"
    if missing := [name for name, path in places.items() if not path.is_file()]:
        print(f'There is no instance "{missing[0]}". Maybe set ZVONOK_INSTANCES.', file=sys.stderr)
        return 2
    out = given.out or records.ROOT / "benchmarks" / "results" / "versions.jsonl"
    done = {records.key(line, any_version=False) for line in records.read(out) if "error" not in line}
    failed = False
    with TemporaryDirectory() as folder:
        versions = [Version(commit, Path(folder)) for commit in (given.before, given.after)]
        for seed in given.seeds:
            for name, path in places.items():
                for version in versions:
                    line: Line = {
                        "benchmark": "versions",
                        "instance": name,
                        "digest": hashlib.sha256(path.read_bytes()).hexdigest()[:12],
                        "seconds": given.seconds,
                        "seed": seed,
                        "workers": given.workers,
                        "started": datetime.now(UTC).isoformat(timespec="seconds"),
                        "machine": records.machine(),
                        "version": records.version() | {"commit": version.commit},
                    }
                    if records.key(line, any_version=False) in done:
                        continue
                    line |= version.run(path, line)
                    records.append(out, line)
                    failed |= "error" in line
                    print(f"{name} seed {seed} {version.commit}: {line.get('error', line.get('cost'))}", flush=True)
        for version in versions:
            version.remove()
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
