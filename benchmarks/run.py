"""Run the engine on the course timetabling instances and write a line of results for each run.

``python -m benchmarks.run comp01 comp02 --seconds 300 --seeds 1 2 3 --workers 2 --out benchmarks/results/course.jsonl``

Interrupted and started again, it leaves out the runs that the file already holds. Every answer is counted twice, by the
engine's audit and by `benchmarks.itc2007_course`; where the two differ, the line has an `error` and the exit code is 1.
"""

from __future__ import annotations

import argparse
import hashlib
import signal
import sys
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from benchmarks import runs
from benchmarks.itc2007_course import UnreadableFileError, evaluate, read_instance, read_solution

if TYPE_CHECKING:
    from collections.abc import Sequence

    from benchmarks.runs import Line

INSTANCES = tuple(f"comp{number:02}" for number in range(1, 15))
SOLVE = "benchmarks.engine:solve"
OUT = runs.ROOT / "benchmarks" / "results" / "course.jsonl"


def key(line: Line, *, any_version: bool) -> tuple[object, ...]:
    """What makes two runs the same."""
    same = (line["instance"], line["digest"], line["seconds"], line["seed"], line["workers"])
    return same if any_version else (*same, line["version"]["zvonok"], line["version"]["commit"])


def run(function: str, path: Path, line: Line) -> Line:
    """Make one run and count its answer; the line comes back with what came out."""
    request = {"path": str(path)} | {name: line[name] for name in ("seconds", "seed", "workers")}
    result = runs.in_own_process(function, request, limit=1.5 * line["seconds"] + 120)
    solution = result.pop("solution", None)
    line = line | {"cost": None, "components": None, "first_feasible": None} | result
    if solution is None:
        return line
    try:
        instance = read_instance(path.read_text(encoding="utf-8"))
        components = evaluate(instance, read_solution(solution, instance))
    except UnreadableFileError as error:
        return line | {"error": f"the solution is unreadable: {error}"}
    line |= {"cost": components.cost, "components": asdict(components)}
    if line["log"]:
        line["first_feasible"] = line["log"][0][0]
    if components.violations:
        line["error"] = f"{components.violations} hard constraints are broken"
    elif components.cost != line["audit_cost"]:
        line["error"] = f"the audit counts {line['audit_cost']}, the evaluator {components.cost}"
    return line


def main(arguments: Sequence[str] | None = None) -> int:
    """Run what the file does not hold yet."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.run", description=main.__doc__)
    parser.add_argument("instances", nargs="*", default=INSTANCES, help="names (comp01) or paths; all 14 by default")
    parser.add_argument("--seconds", type=float, default=300, help="for each run (default: 300)")
    parser.add_argument("--seeds", type=int, nargs="+", default=[1], help="a run for each (default: 1)")
    parser.add_argument("--workers", type=int, default=2, help="processes (default: 2)")
    parser.add_argument("--out", type=Path, default=OUT, help="file of results, one JSON object a line")
    parser.add_argument("--any-version", action="store_true", help="leave out what another version has run, too")
    parser.add_argument("--solve", default=SOLVE, metavar="MODULE:FUNCTION", help="what is run")
    given = parser.parse_args(arguments)
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))  # so that the run under way is ended too

    folder = runs.instances_folder() / "cbctt"
    paths = [folder / f"{name}.ctt" if name in INSTANCES else Path(name) for name in given.instances]
    if missing := [path for path in paths if not path.is_file()]:
        print(f'There is no "{missing[0]}". Maybe set ZVONOK_INSTANCES.', file=sys.stderr)
        return 2

    provenance = {"machine": runs.machine(), "version": runs.version()}
    done = {key(line, any_version=given.any_version) for line in runs.read(given.out) if "error" not in line}
    failed = False
    for path in paths:
        digest = hashlib.sha256(path.read_bytes()).hexdigest()[:12]
        for seed in given.seeds:
            line: Line = {
                "benchmark": "course",
                "instance": path.stem,
                "digest": digest,
                "seconds": given.seconds,
                "seed": seed,
                "workers": given.workers,
                "started": datetime.now(UTC).isoformat(timespec="seconds"),
                **provenance,
            }
            if key(line, any_version=given.any_version) in done:
                print(f"{path.stem} seed {seed}: already run")
                continue
            line = run(given.solve, path.resolve(), line)
            runs.append(given.out, line)
            failed |= "error" in line
            print(f"{path.stem} seed {seed}: {line.get('error') or line['cost']}", flush=True)
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
