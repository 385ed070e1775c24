"""Files of results: a JSON object a line, with where it comes from, that survive interruption."""

from __future__ import annotations

import fcntl
import json
import os
import platform
import signal
import subprocess
import sys
from argparse import ArgumentParser
from contextlib import contextmanager
from datetime import UTC, datetime
from importlib import metadata
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from argparse import Namespace
    from collections.abc import Callable, Iterable, Iterator

Line = dict[str, Any]
"""One JSON object."""

ROOT = Path(__file__).parents[1]
MEASURED = ("solver", "scheduler", "pyproject.toml", "requirements.lock")
"""What decides an answer: a commit that leaves these alone makes no new version."""


def instances_folder() -> Path:
    """Where public instances are: the environment's ZVONOK_INSTANCES, else `shared/instances` beside the repository."""
    return Path(os.environ.get("ZVONOK_INSTANCES", ROOT.parent / "shared" / "instances"))


def machine() -> Line:
    """On what this runs: the processor's name, its cores as far as we may use them, memory in whole GB."""
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count()
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")
    return {"cpu": _processor(), "cores": cores, "memory_gb": round(memory / 2**30)}


def _processor() -> str:
    try:
        for line in Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines():
            if line.startswith("model name"):
                return " ".join(line.partition(":")[2].split())
    except OSError:
        pass
    return platform.processor() or platform.machine()


def version() -> Line:
    """Of what this runs: Python, OR-Tools, Zvonok and the last commit that could change an answer."""
    return {
        "python": platform.python_version(),
        "ortools": _installed("ortools"),
        "zvonok": _installed("zvonok"),
        "commit": _commit(),
    }


def _installed(package: str) -> str:
    try:
        return metadata.version(package)
    except metadata.PackageNotFoundError:
        return "unknown"


def _commit() -> str:
    def git(*words: str) -> str:
        return subprocess.run(["git", *words], cwd=ROOT, capture_output=True, text=True, check=True).stdout.strip()  # noqa: S607

    try:
        commit = git("log", "-1", "--format=%h", "--abbrev=10", "--", *MEASURED)
        return commit + ("-changed" if git("status", "--porcelain", "--", *MEASURED) else "")
    except (OSError, subprocess.CalledProcessError):
        return "unknown"


def read(path: Path) -> list[Line]:
    """Read the lines of a file of results; a last line that was cut off by an interruption is passed over."""
    return list(_whole_lines(path.read_bytes())) if path.exists() else []


def _whole_lines(content: bytes) -> Iterator[Line]:
    for line in content[: content.rfind(b"\n") + 1].splitlines():
        if line.strip():
            yield json.loads(line)


def append(path: Path, line: Line) -> None:
    """Add a line in one piece, after whatever another process added, in place of a last line that was cut off."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("a+b") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        file.seek(0)
        file.truncate(file.read().rfind(b"\n") + 1)
        file.write(json.dumps(line, ensure_ascii=False).encode() + b"\n")
        file.flush()
        os.fsync(file.fileno())


def key(line: Line, *, any_version: bool) -> tuple[object, ...]:
    """Tell what makes two runs the same."""
    same = (line["instance"], line["digest"], line["seconds"], line["seed"], line["workers"])
    return same if any_version else (*same, line["version"]["zvonok"], line["version"]["commit"])


def parser(name: str, description: str | None, *, seconds: float, solve: str) -> ArgumentParser:
    """Offer the arguments that every benchmark has."""
    made = ArgumentParser(prog=f"python -m benchmarks.{name}", description=description)
    made.add_argument("--seconds", type=float, default=seconds, help=f"limit of each run (default: {seconds:g})")
    made.add_argument("--seeds", type=int, nargs="+", default=[1], help="a run for each (default: 1)")
    made.add_argument("--workers", type=int, default=2, help="processes (default: 2)")
    made.add_argument("--out", type=Path, help="file of results, one JSON object a line")
    made.add_argument("--any-version", action="store_true", help="leave out what another version has run, too")
    made.add_argument("--solve", default=solve, metavar="MODULE:FUNCTION", help=f"what is run (default: {solve})")
    return made


@contextmanager
def ending_in_order() -> Iterator[None]:
    """Let SIGTERM end the process as an exception does, so that the run under way is ended too and folders are taken away."""
    before = signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, before)


@ending_in_order()
def fill(
    benchmark: str, instances: Iterable[Line], given: Namespace, perform: Callable[[Line], tuple[Line, str]]
) -> int:
    """Run what a file of results does not hold yet, and append each line as soon as it is known.

    Parameters
    ----------
    benchmark : str
        Its name.
    instances : iterable of dict
        What is known of each instance before it is run: `instance`, its name, and `digest` at least.
    given : Namespace
        What `parser` has read.
    perform : callable
        Takes a line, gives what came out, to be added to it, and the words for it. Where that has an `error` the run
        failed, and is made again the next time; where its judges have not `agreed`, no further run is made.

    Returns
    -------
    int
        The exit code: 1 where a run failed.
    """
    out = given.out or ROOT / "benchmarks" / "results" / f"{benchmark}.jsonl"
    provenance = {"machine": machine(), "version": version()}
    done = {key(line, any_version=given.any_version) for line in read(out) if "error" not in line}
    failed = False
    for instance in instances:
        for seed in given.seeds:
            line = {
                "benchmark": benchmark,
                **instance,
                "seconds": given.seconds,
                "seed": seed,
                "workers": given.workers,
            }
            line |= {"started": datetime.now(UTC).isoformat(timespec="seconds"), **provenance}
            told = f"{line['instance']} seed {seed}"
            if key(line, any_version=given.any_version) in done:
                print(f"{told}: already run")
                continue
            result, words = perform(line)
            append(out, line | result)
            failed |= "error" in result
            print(f"{told}: {result.get('error', words)}", flush=True)
            if not result.get("agreed", True):
                return 1
    return 1 if failed else 0
