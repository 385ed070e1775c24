"""Run the engine on the course timetabling instances and write a line of results for each run.

``python -m benchmarks.run comp01 comp02 --seconds 300 --seeds 1 2 3 --workers 2 --out benchmarks/results/course.jsonl``

Interrupted and started again, it leaves out the runs that the file already holds. Every answer is counted twice, by the
engine's audit and by `benchmarks.itc2007_course`; where the two differ, the line has an `error`, and it is the last.
"""

from __future__ import annotations

import sys
from dataclasses import asdict
from typing import TYPE_CHECKING

from benchmarks import records
from benchmarks.contest import Contest, Judged, compete
from benchmarks.itc2007_course import evaluate, read_instance, read_solution

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

INSTANCES = tuple(f"comp{number:02}" for number in range(1, 15))


def judge(path: Path, solution: str) -> Judged:
    """Count a solution by the official rules."""
    instance = read_instance(path.read_text(encoding="utf-8"))
    components = evaluate(instance, read_solution(solution, instance))
    return Judged(components.violations, components.cost, asdict(components))


def main(arguments: Sequence[str] | None = None) -> int:
    """Run what the file does not hold yet."""
    parser = records.parser("run", main.__doc__, seconds=300, solve="benchmarks.engine:course")
    parser.add_argument("instances", nargs="*", default=INSTANCES, help="names (comp01) or paths; all 14 by default")
    given = parser.parse_args(arguments)
    return compete([Contest("course", "cbctt", ".ctt", INSTANCES, judge)], given.instances, given)


if __name__ == "__main__":
    sys.exit(main())
