"""Run the engine on the course timetabling instances and write a line of results for each run.

``python -m benchmarks.run comp01 comp02 --seconds 300 --seeds 1 2 3 --workers 2 --out benchmarks/results/course.jsonl``

Interrupted and started again, it leaves out the runs that the file already holds. Every answer is counted twice, by the
engine's audit and by `benchmarks.itc2007_course`; where the two differ, the line has an `error` and the exit code is 1.
"""

from __future__ import annotations

import hashlib
import sys
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

from benchmarks import records
from benchmarks.itc2007_course import UnreadableFileError, evaluate, read_instance, read_solution
from benchmarks.process import in_own_process

if TYPE_CHECKING:
    from collections.abc import Sequence

    from benchmarks.records import Line

INSTANCES = tuple(f"comp{number:02}" for number in range(1, 15))


def run(function: str, path: Path, line: Line) -> Line:
    """Make one run and count its answer."""
    request = {"path": str(path)} | {name: line[name] for name in ("seconds", "seed", "workers")}
    result = in_own_process(function, request, limit=1.5 * line["seconds"] + 120)
    solution = result.pop("solution", None)
    told: Line = {"cost": None, "components": None, "first_feasible": None, **result}
    if solution is None:
        return told if "error" in told else told | {"error": "no solution was found"}
    try:
        instance = read_instance(path.read_text(encoding="utf-8"))
        components = evaluate(instance, read_solution(solution, instance))
    except UnreadableFileError as error:
        return told | {"error": f"the solution is unreadable: {error}"}
    told |= {"cost": components.cost, "components": asdict(components)}
    if told["log"]:
        told["first_feasible"] = told["log"][0][0]
    if components.violations:
        told["error"] = f"{components.violations} hard constraints are broken"
    elif components.cost != told["audit_cost"]:
        told["error"] = f"the audit counts {told['audit_cost']}, the evaluator {components.cost}"
    return told


def main(arguments: Sequence[str] | None = None) -> int:
    """Run what the file does not hold yet."""
    parser = records.parser("run", main.__doc__, seconds=300, solve="benchmarks.engine:course")
    parser.add_argument("instances", nargs="*", default=INSTANCES, help="names (comp01) or paths; all 14 by default")
    given = parser.parse_args(arguments)

    folder = records.instances_folder() / "cbctt"
    paths = [folder / f"{name}.ctt" if name in INSTANCES else Path(name).resolve() for name in given.instances]
    if missing := [name for name, path in zip(given.instances, paths, strict=True) if not path.is_file()]:
        print(f'There is no instance "{missing[0]}". Maybe set ZVONOK_INSTANCES.', file=sys.stderr)
        return 2
    instances = {path.stem: (path, hashlib.sha256(path.read_bytes()).hexdigest()[:12]) for path in paths}

    def perform(line: Line) -> tuple[Line, str]:
        result = run(given.solve, instances[line["instance"]][0], line)
        return result, f"cost {result['cost']}, feasible after {result['first_feasible']} s"

    lines = [{"instance": name, "digest": digest} for name, (_, digest) in instances.items()]
    return records.fill("course", lines, given, perform)


if __name__ == "__main__":
    sys.exit(main())
