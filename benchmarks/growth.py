"""Measure how the time to a first feasible timetable and the memory grow with a school.

``python -m benchmarks.growth --lessons 100 300 1000 --seconds 600 --seeds 1 --workers 2``

The schools are those of `benchmarks.synthetic`. Interrupted and started again, it leaves out the runs that the file
already holds.
"""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from benchmarks import records
from benchmarks.process import in_own_process

if TYPE_CHECKING:
    from collections.abc import Sequence

    from benchmarks.records import Line

LESSONS = (100, 300, 1000, 3000, 5000)
MAKING = 300
"""Seconds that the largest school may take to be made, which do not count."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run what the file does not hold yet."""
    parser = records.parser("growth", main.__doc__, seconds=600, solve="benchmarks.engine:growth")
    parser.add_argument("--lessons", type=int, nargs="+", default=LESSONS, help="lessons a week of each school")
    given = parser.parse_args(arguments)

    def perform(line: Line) -> tuple[Line, str]:
        request = {name: line[name] for name in ("lessons", "seconds", "seed", "workers")}
        result = in_own_process(given.solve, request, limit=1.5 * given.seconds + MAKING)
        after = result.get("first_feasible")
        return result, "not feasible" if after is None else f"feasible after {after} s"

    lines = [{"instance": f"school-{lessons}", "digest": "", "lessons": lessons} for lessons in given.lessons]
    return records.fill("growth", lines, given, perform)


if __name__ == "__main__":
    sys.exit(main())
