"""What every benchmark needs: runs in processes of their own, and a file of results that survives interruption.

A run is a function named as ``module:function`` that takes a request and gives a result, both of them JSON objects. It
goes in a new interpreter, so that nothing is warm from the run before and its memory is its own.
"""

from __future__ import annotations

import fcntl
import json
import os
import platform
import resource
import signal
import subprocess
import sys
import tempfile
import time
from importlib import metadata
from pathlib import Path
from pkgutil import resolve_name
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

Line = dict[str, Any]
"""One JSON object."""

ROOT = Path(__file__).parents[1]
MEASURED = ("solver", "scheduler", "pyproject.toml", "requirements.lock")
"""What decides an answer: a commit that leaves these alone makes no new version."""

SAMPLE = 0.25
"""Seconds between two looks at the memory of a run."""


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


def in_own_process(function: str, request: Line, limit: float) -> Line:
    """Run a function in a process of its own.

    Parameters
    ----------
    function : str
        ``module:function``.
    request : dict
        What it is given.
    limit : float
        Seconds after which it is ended.

    Returns
    -------
    dict
        What it gave, with `elapsed` seconds and `peak_memory_mb`, of the process and all that it started; or with the
        `error` that ended it.
    """
    with tempfile.TemporaryDirectory() as folder:
        asked, answered, said = (Path(folder) / name for name in ("request", "result", "said"))
        asked.write_text(json.dumps(request), encoding="utf-8")
        start = time.monotonic()
        with said.open("wb") as log:
            process = subprocess.Popen(
                [sys.executable, "-m", "benchmarks.runs", function, str(asked), str(answered)],
                cwd=ROOT,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                start_new_session=True,
            )
        try:
            peak = _watch(process, start + limit)
        finally:
            _end(process)
        line: Line = {"elapsed": round(time.monotonic() - start, 3), "peak_memory_mb": round(peak, 1)}
        if process.returncode or not answered.exists():
            last = said.read_text(encoding="utf-8", errors="replace").strip().rpartition("\n")[2]
            over = (
                f"ended after {limit:g} s" if time.monotonic() >= start + limit else f"exit code {process.returncode}"
            )
            return line | {"error": f"{over}: {last}" if last else over}
        result: Line = json.loads(answered.read_text(encoding="utf-8"))
        line["peak_memory_mb"] = max(line["peak_memory_mb"], result.pop("own_memory_mb"))
        return result | line


def _watch(process: subprocess.Popen[bytes], deadline: float) -> float:
    """Wait for the end or the deadline; return the largest memory seen, in MB."""
    peak = 0.0
    while process.poll() is None and time.monotonic() < deadline:
        peak = max(peak, sum(_memory(pid) for pid in _family(process.pid)))
        try:
            process.wait(SAMPLE)
        except subprocess.TimeoutExpired:
            continue
    return peak


def _end(process: subprocess.Popen[bytes]) -> None:
    """End the process and all that it started, whatever has happened."""
    for number in (signal.SIGTERM, signal.SIGKILL):
        try:
            os.killpg(process.pid, number)
        except ProcessLookupError:
            break
        try:
            process.wait(5)
        except subprocess.TimeoutExpired:
            continue
    process.wait()


def _family(session: int) -> Iterator[int]:
    """All processes of the session, where the system tells."""
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            # After the name in brackets, which may hold anything: state, parent, group, session.
            told = stat.read_text(encoding="utf-8", errors="replace").rpartition(")")[2].split()
        except OSError:
            continue
        if int(told[3]) == session:
            yield int(stat.parent.name)


def _memory(pid: int) -> float:
    """MB held by a process, memory that is shared divided among those who share it."""
    try:
        lines = Path(f"/proc/{pid}/smaps_rollup").read_text(encoding="ascii").splitlines()
    except OSError:
        return 0.0
    return sum(int(line.split()[1]) / 1024 for line in lines if line.startswith("Pss:"))


def main(arguments: Sequence[str]) -> None:
    """Be the process of a run: a function's name, the file of its request, the file for its result."""
    function, asked, answered = arguments
    result = resolve_name(function)(json.loads(Path(asked).read_text(encoding="utf-8")))
    unit = 2**20 if sys.platform == "darwin" else 2**10
    result["own_memory_mb"] = round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / unit, 1)
    # Renamed into place, so that half a result is never taken for one.
    half = Path(answered).with_suffix(".half")
    half.write_text(json.dumps(result), encoding="utf-8")
    half.rename(answered)


if __name__ == "__main__":
    main(sys.argv[1:])
