"""Run the engine on the examination timetabling instances and write a line of results for each run.

``python -m benchmarks.exam --seconds 300 --workers 2 --seed 1``, on some of them only with ``--on exam_comp_set1 ear-f-83``

Interrupted and started again, it leaves out the runs that the file already holds. Every answer is counted twice, by the
engine's audit and by `benchmarks.itc2007_exam` or `benchmarks.carter`; where the two differ, the line has an `error`, and it is
the last.
"""

from __future__ import annotations

import sys
from dataclasses import asdict
from typing import TYPE_CHECKING

from benchmarks import carter, itc2007_exam, records
from benchmarks.contest import Contest, Judged, compete

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

SETS = tuple(f"exam_comp_set{number}" for number in range(1, 9))


def judge_set(path: Path, solution: str) -> Judged:
    """Count a solution by the official rules."""
    instance = itc2007_exam.read_instance(path.read_text(encoding="utf-8"))
    components = itc2007_exam.evaluate(instance, itc2007_exam.read_solution(solution, instance))
    return Judged(components.violations, components.cost, asdict(components))


def judge_carter(path: Path, solution: str) -> Judged:
    """Count a solution's proximity, of all students together."""
    instance = carter.load(path)
    components = carter.evaluate(instance, carter.read_solution(solution, instance))
    return Judged(components.violations, components.proximity, asdict(components))


CONTESTS = (
    Contest("exam", "exam_itc2007", ".exam", SETS, judge_set),
    Contest("carter", "carter", ".crs", tuple(carter.PERIODS), judge_carter, beside=(".stu",)),
)


def main(arguments: Sequence[str] | None = None) -> int:
    """Run what the file does not hold yet."""
    parser = records.parser("exam", main.__doc__, seconds=300, solve="benchmarks.engine:exam")
    names = [name for contest in CONTESTS for name in contest.instances]
    parser.add_argument(
        "--on", nargs="+", default=names, help="names (exam_comp_set1, ear-f-83) or paths; all by default"
    )
    given = parser.parse_args(arguments)
    return compete(CONTESTS, given.on, given)


if __name__ == "__main__":
    sys.exit(main())
