"""Write the tables of `benchmarks/README.md` from the files of results, between their markers.

``python -m benchmarks.report`` reads `benchmarks/results/*.jsonl`; the same results always give the same text. A table
stands for one machine, limit and number of workers, and shows the version that was run last there.
"""

from __future__ import annotations

import argparse
import re
import sys
import tomllib
from collections import defaultdict
from pathlib import Path
from statistics import mean
from typing import TYPE_CHECKING

from benchmarks.records import ROOT, read

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from benchmarks.records import Line

HERE = ROOT / "benchmarks"
README = HERE / "README.md"
KNOWN = HERE / "known" / "course.toml"


def course(lines: Sequence[Line], known: Line) -> str:
    """Tell the costs of course timetabling beside the published ones.

    Parameters
    ----------
    lines : sequence of dict
        As `benchmarks.run` wrote them.
    known : dict
        As `benchmarks/known/course.toml` says.
    """
    return "\n\n".join([*(_course(group, known) for group in _groups(lines)), _legend(known)])


def _course(lines: Sequence[Line], known: Line) -> str:
    seeds: dict[str, list[Line]] = defaultdict(list)
    for line in lines:
        if "error" not in line:
            seeds[line["instance"]].append(line)
    methods = list(known["methods"])
    names = [name for name in known["instances"] if name in seeds]
    rows = []
    for name in names:
        published = known["instances"][name]
        ours = [line["cost"] for line in seeds[name]]
        feasible = [line["first_feasible"] for line in seeds[name] if line["first_feasible"] is not None]
        bounds = [line["bound"] for line in seeds[name] if line["bound"] is not None]
        rows.append(
            [
                name,
                f"{mean(ours):.1f}",
                f"{min(ours)}",
                f"{mean(feasible):.1f}" if feasible else "",
                f"{max(bounds)}" if bounds else "",
                f"{published['best']}{'*' if published['optimal'] else ''}",
                *(f"{published[method]:.1f}" for method in methods),
            ]
        )

    def total(column: str) -> float:
        return float(sum(known["instances"][name][column] for name in names))

    rows.append(
        [
            "sum" if len(names) == len(known["instances"]) else f"sum of {len(names)}",
            f"{sum(mean(line['cost'] for line in seeds[name]) for name in names):.1f}",
            f"{sum(min(line['cost'] for line in seeds[name]) for name in names)}",
            *("", ""),
            f"{total('best'):.0f}",
            *(f"{total(method):.1f}" for method in methods),
        ]
    )
    heading = ["instance", "mean", "best", "feasible after, s", "bound", "best known", *methods]
    return f"{_provenance(lines)}\n\n{_table(heading, rows)}{_errors(lines)}"


def _legend(known: Line) -> str:
    methods = "; ".join(f"{name}: {text}" for name, text in known["methods"].items())
    return (
        f"Mean and best are over the seeds; a bound is proved by us. "
        f"Published (\\* proved optimal): {known['source']}. Means under the competition's time limit: {methods}"
    )


def growth(lines: Sequence[Line]) -> str:
    """Tell how time and memory grow with a school; `lines` as `benchmarks.growth` wrote them."""
    return "\n\n".join(_growth(group) for group in _groups(lines))


def _growth(lines: Sequence[Line]) -> str:
    seeds: dict[int, list[Line]] = defaultdict(list)
    for line in lines:
        if "error" not in line:
            seeds[line["lessons"]].append(line)
    rows = []
    for lessons in sorted(seeds):
        group = seeds[lessons]
        feasible = [line["first_feasible"] for line in group if line["first_feasible"] is not None]
        building, searching = (sum(line[name] for line in group) for name in ("build", "search"))
        share = round(100 * building / (building + searching)) if building + searching else 0
        rows.append(
            [
                f"{lessons}",
                f"{group[0]['classes']}",
                f"{group[0]['teachers']}",
                f"{len(feasible)} of {len(group)}",
                f"{mean(feasible):.1f}" if feasible else "",
                f"{max(feasible):.1f}" if feasible else "",
                f"{share} %",
                f"{100 - share} %",
                f"{max(line['peak_memory_mb'] for line in group):.0f}",
            ]
        )
    heading = [
        *("lessons", "classes", "teachers", "feasible", "mean, s", "slowest, s"),
        *("building", "searching", "memory, MB"),
    ]
    return f"{_provenance(lines)}\n\n{_table(heading, rows)}{_errors(lines)}"


def _groups(lines: Iterable[Line]) -> list[list[Line]]:
    """The lines of each machine, limit and number of workers, as far as they are of the version run last there."""
    groups: dict[tuple[object, ...], list[Line]] = defaultdict(list)
    for line in lines:
        groups[(*line["machine"].values(), line["seconds"], line["workers"])].append(line)
    return [[line for line in group if line["version"] == group[-1]["version"]] for group in groups.values()]


def _provenance(lines: Sequence[Line]) -> str:
    last = lines[-1]
    machine, version = last["machine"], last["version"]
    seeds = sorted({line["seed"] for line in lines})
    return (
        f"Zvonok {version['zvonok']} ({version['commit']}), OR-Tools {version['ortools']}, Python {version['python']}; "
        f"{machine['cpu']}, {_counted(machine['cores'], 'core')}, {machine['memory_gb']} GB; "
        f"{last['seconds']:g} s a run, {_counted(last['workers'], 'worker')}, "
        f"{'seed' if len(seeds) == 1 else 'seeds'} {', '.join(map(str, seeds))}; "
        f"{max(line['started'] for line in lines)[:10]}."
    )


def _counted(count: int, noun: str) -> str:
    return f"{count} {noun}" if count == 1 else f"{count} {noun}s"


def _errors(lines: Sequence[Line]) -> str:
    """Runs that went wrong, where no later run of the same went right."""
    right = {(line["instance"], line["seed"]) for line in lines if "error" not in line}
    wrong = {(line["instance"], line["seed"]): line["error"] for line in lines if "error" in line}
    told = [f"{name} seed {seed} ({wrong[name, seed]})" for name, seed in sorted(wrong.keys() - right)]
    return f"\n\nIn error and left out: {'; '.join(told)}." if told else ""


def _table(heading: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """Markdown; the first column to the left, numbers to the right."""
    rule = ["---", *["---:"] * (len(heading) - 1)]
    return "\n".join(f"| {' | '.join(row)} |" for row in (heading, rule, *rows))


def put(text: str, marker: str, content: str) -> str:
    """Put content between a text's markers, in place of what stands there.

    Raises
    ------
    ValueError
        If the text has not exactly one pair of these markers.
    """
    first, last = f"<!-- {marker}: written by benchmarks/report.py -->", f"<!-- end of {marker} -->"
    new, count = re.subn(
        re.escape(first) + ".*?" + re.escape(last),
        lambda _: f"{first}\n{content}\n{last}" if content else f"{first}\n{last}",
        text,
        flags=re.DOTALL,
    )
    if count != 1:
        raise ValueError(f'The text must have "{first}" and "{last}" once, and has them {count} times.')
    return new


def main(arguments: Sequence[str] | None = None) -> int:
    """Write the tables."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.report", description=main.__doc__)
    parser.add_argument("results", nargs="*", type=Path, help="files of results; all of benchmarks/results by default")
    parser.add_argument("--readme", type=Path, default=README, help="the text with the markers")
    given = parser.parse_args(arguments)

    lines: dict[str, list[Line]] = defaultdict(list)
    for path in given.results or sorted((HERE / "results").glob("*.jsonl")):
        for line in read(path):
            lines[line["benchmark"]].append(line)
    known = tomllib.loads(KNOWN.read_text(encoding="utf-8"))
    tables: dict[str, Callable[[list[Line]], str]] = {"course": lambda group: course(group, known), "growth": growth}
    text = given.readme.read_text(encoding="utf-8")
    for marker, table in tables.items():
        text = put(text, marker, table(lines[marker]) if lines[marker] else "")
    given.readme.write_text(text, encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
