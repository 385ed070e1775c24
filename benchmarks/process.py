"""Runs in processes of their own, so that nothing is warm from the run before and memory is a run's own.

A run is a function named as ``module:function`` that takes a request and gives a result, both of them JSON objects.
"""

from __future__ import annotations

import json
import os
import resource
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from pkgutil import resolve_name
from typing import TYPE_CHECKING

from benchmarks.records import ROOT

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from benchmarks.records import Line

SAMPLE = 0.25
"""Seconds between two looks at the memory of a run."""


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
                [sys.executable, "-m", "benchmarks.process", function, str(asked), str(answered)],
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


def _own_peak() -> float:
    """MB that this process held at most; what `getrusage` tells may be its parent's, kept through fork and exec."""
    try:
        lines = Path("/proc/self/status").read_text(encoding="utf-8").splitlines()
    except OSError:
        unit = 2**20 if sys.platform == "darwin" else 2**10
        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / unit
    return next(int(line.split()[1]) / 1024 for line in lines if line.startswith("VmHWM:"))


def main(arguments: Sequence[str]) -> None:
    """Be the process of a run: a function's name, the file of its request, the file for its result."""
    function, asked, answered = arguments
    result = resolve_name(function)(json.loads(Path(asked).read_text(encoding="utf-8")))
    result["own_memory_mb"] = round(_own_peak(), 1)
    # Renamed into place, so that half a result is never taken for one.
    half = Path(answered).with_suffix(".half")
    half.write_text(json.dumps(result), encoding="utf-8")
    half.rename(answered)


if __name__ == "__main__":
    main(sys.argv[1:])
