"""Measure how the time to a first feasible plan grows with a session of exams in a tight window.

``python -m benchmarks.sessions --exams 30 60 120 240 --seconds 30 --seeds 1 --workers 2``

The sessions are those of `benchmarks.synthetic_session`: windows of at most 1.3 times the shortest possible, everything
required. Interrupted and started again, it leaves out the runs that the file already holds.
"""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from benchmarks import records
from benchmarks.process import in_own_process

if TYPE_CHECKING:
    from collections.abc import Sequence

    from benchmarks.records import Line

EXAMS = (30, 60, 120, 240)
MAKING = 300
"""Seconds that the largest session may take to be made, which do not count."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run what the file does not hold yet."""
    parser = records.parser("session", main.__doc__, seconds=30, solve="benchmarks.engine:session")
    parser.add_argument("--exams", type=int, nargs="+", default=EXAMS, help="exams of each session")
    given = parser.parse_args(arguments)

    def perform(line: Line) -> tuple[Line, str]:
        request = {name: line[name] for name in ("exams", "seconds", "seed", "workers")}
        result = in_own_process(given.solve, request, limit=3 * given.seconds + MAKING)
        after = result.get("first_feasible")
        return result, "not feasible" if after is None else f"feasible after {after} s"

    lines = [{"instance": f"session-{exams}", "digest": "", "exams": exams} for exams in given.exams]
    return records.fill("session", lines, given, perform)


if __name__ == "__main__":
    sys.exit(main())
