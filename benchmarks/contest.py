"""Instances with published costs: the engine's answers, counted a second time by an evaluator that shares no code with it.

Each run goes in a process of its own. Where the engine's audit and the evaluator differ, everything stops: no further number
would be worth anything.
"""

from __future__ import annotations

import hashlib
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from benchmarks import records
from benchmarks.process import in_own_process

if TYPE_CHECKING:
    from argparse import Namespace
    from collections.abc import Callable, Sequence

    from benchmarks.records import Line


@dataclass(frozen=True)
class Judged:
    """What an evaluator counts.

    Attributes
    ----------
    violations : int
        Broken hard constraints.
    cost : int
        What the engine's audit must count, too.
    components : dict
        All counts by their names.
    """

    violations: int
    cost: int
    components: Line


@dataclass(frozen=True)
class Contest:
    """Instances of one kind.

    Attributes
    ----------
    benchmark : str
        What lines of results call it.
    folder : str
        Where its instances are, in the folder of all.
    suffix : str
        Of the files of its instances.
    instances : tuple of str
        Their names.
    judge : callable
        Takes an instance's path and the text of a solution; raises ValueError where it is unreadable.
    beside : tuple of str
        Suffixes of further files of each instance.
    """

    benchmark: str
    folder: str
    suffix: str
    instances: tuple[str, ...]
    judge: Callable[[Path, str], Judged]
    beside: tuple[str, ...] = ()

    def path(self, name: str) -> Path | None:
        """Find an instance by its name or its path; None where it is none of these."""
        if name in self.instances:
            return records.instances_folder() / self.folder / f"{name}{self.suffix}"
        return Path(name).resolve() if Path(name).suffix == self.suffix else None

    def digest(self, path: Path) -> str:
        """Tell an instance's files from others of their names."""
        files = [path, *(path.with_suffix(suffix) for suffix in self.beside)]
        return hashlib.sha256(b"".join(file.read_bytes() for file in files)).hexdigest()[:12]

    def run(self, function: str, path: Path, line: Line) -> Line:
        """Make one run and count its answer.

        Parameters
        ----------
        function : str
            ``module:function``, as `benchmarks.process` takes it; gives a `solution`, the text of a file; what the
            engine's audit says of it, `audit_cost` and `audit_kept`; a `log`, pairs of elapsed seconds and cost.
        path : Path
        line : dict
            `seconds`, `seed`, `workers`.

        Returns
        -------
        dict
            What came out, with `cost`, `components` and `first_feasible`; `agreed`, where there is a solution; `error`,
            where something is wrong.
        """
        request = {"path": str(path)} | {name: line[name] for name in ("seconds", "seed", "workers")}
        result = in_own_process(function, request, limit=1.5 * line["seconds"] + 120)
        solution = result.pop("solution", None)
        told: Line = {"cost": None, "components": None, "first_feasible": None, **result}
        if solution is None:
            return told if "error" in told else told | {"error": "no solution was found"}
        try:
            judged = self.judge(path, solution)
        except ValueError as error:
            return told | {"agreed": False, "error": f"the solution is unreadable: {error}"}
        told |= {"cost": judged.cost, "components": judged.components}
        kept = not judged.violations
        told["agreed"] = told["audit_kept"] == kept and not (kept and judged.cost != told["audit_cost"])
        if told["log"]:
            told["first_feasible"] = told["log"][0][0]
        if not kept:
            told["error"] = f"{judged.violations} hard constraints are broken"
        elif not told["audit_kept"]:
            told["error"] = "the audit finds required rules broken, the evaluator none"
        elif not told["agreed"]:
            told["error"] = f"the audit counts {told['audit_cost']}, the evaluator {judged.cost}"
        return told


def compete(contests: Sequence[Contest], names: Sequence[str], given: Namespace) -> int:
    """Run the named instances as far as the file of results does not hold them yet; return the exit code.

    Parameters
    ----------
    contests : sequence of Contest
        The first gives its name to the file of results.
    names : sequence of str
        Names or paths of their instances.
    given : Namespace
        What `records.parser` has read.
    """
    found: dict[str, tuple[Contest, Path]] = {}
    lines: list[Line] = []
    for name in names:
        contest, path = next(((one, path) for one in contests if (path := one.path(name))), (contests[0], Path(name)))
        if not path.is_file():
            print(f'There is no instance "{name}". Maybe set ZVONOK_INSTANCES.', file=sys.stderr)
            return 2
        found[path.stem] = (contest, path)
        lines.append({"benchmark": contest.benchmark, "instance": path.stem, "digest": contest.digest(path)})

    def perform(line: Line) -> tuple[Line, str]:
        contest, path = found[line["instance"]]
        result = contest.run(given.solve, path, line)
        return result, f"cost {result['cost']}, feasible after {result['first_feasible']} s"

    return records.fill(contests[0].benchmark, lines, given, perform)
