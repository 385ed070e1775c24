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
from functools import partial
from pathlib import Path
from statistics import geometric_mean, mean
from typing import TYPE_CHECKING

from benchmarks.records import ROOT, read

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from benchmarks.records import Line

HERE = ROOT / "benchmarks"
README = HERE / "README.md"
KNOWN = HERE / "known"


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


def exam(lines: Sequence[Line], known: Line) -> str:
    """Tell the costs of examination timetabling beside the published ones; `known` is `benchmarks/known/exam.toml`."""
    shown = ("M10", "BP13", "B17")
    tables = [_exams(group, known, shown, "M10", lambda line: float(line["cost"]), 0) for group in _groups(lines)]
    methods = "; ".join(f"{name}: {known['methods'][name]}" for name in shown)
    return "\n\n".join(
        [*tables, f"Mean and best are over the seeds. Published: {known['source']}. Costs of others: {methods}"]
    )


def carter(lines: Sequence[Line], known: Line) -> str:
    """Tell the proximity per student beside the published one; `known` is `benchmarks/known/carter.toml`."""

    def cost(line: Line) -> float:
        return float(line["components"]["proximity"] / line["components"]["students"])

    tables = [_exams(group, known, ("best",), "best", cost, 2) for group in _groups(lines)]
    return "\n\n".join(
        [*tables, f"Mean and best are over the seeds. Published: the lowest of the methods in {known['source']}"]
    )


def _exams(
    lines: Sequence[Line],
    known: Line,
    shown: Sequence[str],
    base: str,
    cost: Callable[[Line], float],
    digits: int,
) -> str:
    """Make a table of costs beside those of the shown methods, each divided by the base's in the last row."""
    seeds: dict[str, list[Line]] = defaultdict(list)
    for line in lines:
        if "error" not in line:
            seeds[line["instance"]].append(line)
    called = {"best": "published"}
    rows, ratios = [], []
    for name in (name for name in known["instances"] if name in seeds):
        published = known["instances"][name]
        ours = [cost(line) for line in seeds[name]]
        feasible = [line["first_feasible"] for line in seeds[name] if line["first_feasible"] is not None]
        costs = [mean(ours), min(ours), *(published[method] for method in shown)]
        ratios.append([value / published[base] for value in costs])
        rows.append(
            [
                name,
                f"{costs[0]:.{max(digits, 1)}f}",
                f"{costs[1]:.{digits}f}",
                f"{mean(feasible):.1f}" if feasible else "",
                *(f"{published[method]}" for method in shown),
                f"{ratios[-1][0]:.3f}",
            ]
        )
    label = called.get(base, base)
    if ratios:
        ours_mean, ours_best, *others = (f"{mean(column):.3f}" for column in zip(*ratios, strict=True))
        rows.append([f"mean of cost / {label}", ours_mean, ours_best, "", *others, ours_mean])
    heading = [
        *("instance", "mean", "best", "feasible after, s"),
        *(called.get(method, method) for method in shown),
        f"mean / {label}",
    ]
    return f"{_provenance(lines)}\n\n{_table(heading, rows)}{_errors(lines)}"


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


def session(lines: Sequence[Line]) -> str:
    """Tell how long sessions of exams take to a first feasible plan; `lines` as `benchmarks.sessions` wrote them."""
    return "\n\n".join(_session(group) for group in _groups(lines))


def _session(lines: Sequence[Line]) -> str:
    sizes: dict[int, list[Line]] = defaultdict(list)
    for line in lines:
        if "error" not in line:
            sizes[line["exams"]].append(line)
    rows = []
    for exams, group in sorted(sizes.items()):
        first, found = group[0], [line["first_feasible"] for line in group if line["first_feasible"] is not None]
        rows.append(
            [
                f"{exams}",
                *(f"{first[name]}" for name in ("students", "examiners", "workstations")),
                f"{first['days']} ({first['days'] / first['shortest']:.2f} x shortest)",
                f"{len(found)} of {len(group)}",
                f"{mean(found):.1f}" if found else "",
                f"{max(found):.1f}" if found else "",
                f"{max(line['peak_memory_mb'] for line in group):.0f}",
            ]
        )
    heading = [
        *("exams", "students", "examiners", "workstations", "days", "feasible", "mean, s", "slowest, s"),
        "memory, MB",
    ]
    return f"{_provenance(lines)}\n\n{_table(heading, rows)}{_errors(lines)}"


def consult(lines: Sequence[Line]) -> str:
    """Tell how long requests for consultations wait; `lines` as `benchmarks.consult` wrote them."""
    return "\n\n".join(_consult(group) for group in _groups(lines))


def _consult(lines: Sequence[Line]) -> str:
    rows = [
        [
            f"{line['lessons']}",
            f"{line['students']}",
            f"{line['meetings']}",
            f"{line['answered']} of {line['requests']}",
            f"{line['proposals']}",
            f"{line['moved']}",
            f"{line['mean']:.2f}",
            f"{line['slowest']:.2f}",
            f"{line['peak_memory_mb']:.0f}",
        ]
        for line in sorted(lines, key=lambda line: (line["lessons"], line["seed"]))
        if "error" not in line
    ]
    heading = [
        *("lessons a week", "students", "dated meetings", "with proposals", "proposals", "a lesson moved"),
        *("mean, s", "slowest, s", "memory, MB"),
    ]
    return f"{_provenance(lines)}\n\n{_table(heading, rows)}{_errors(lines)}"


def fet(lines: Sequence[Line]) -> str:
    """Tell how the engine and FET did on real schools' files; `lines` as `benchmarks.fet` wrote them."""
    return "\n\n".join(_fet(group) for group in _groups(lines))


def _fet(lines: Sequence[Line]) -> str:
    runs = {(line["instance"], line["seed"]): line for line in lines if "error" not in line}
    several = len({seed for _, seed in runs}) > 1
    rows = [
        [
            f"{name} (seed {seed})" if several else name,
            *(f"{run[what]}" for what in ("activities", "resources", "constraints")),
            *_ours(run),
            *_theirs(run["fet"]),
            *_verdicts(run["ours"].get("last")),
        ]
        for (name, seed), run in sorted(runs.items())
    ]
    heading = [
        *("file", "activities", "resources", "constraints", "ours: first, s", "soft", "soft at the end"),
        *("≤ FET's after, s", "FET: first, s", "soft", "judge", "audit", "FET"),
    ]
    versions = ", ".join(sorted({run["fet"]["version"] for run in runs.values()})) or "unknown"
    provenance = f"{_provenance(lines).removesuffix('.')}; FET {versions}."
    parts = [provenance, _table(heading, rows), _summary(list(runs.values()))]
    doubts = [f"{run['instance']}: {text}" for run in runs.values() for text in run["disagreements"]]
    if doubts:
        parts.append(f"**The judges disagree: {'; '.join(doubts)}**")
    return "\n\n".join(parts) + _errors(lines)


def _ours(run: Line) -> list[str]:
    mine = run["ours"]
    if "first" not in mine:
        return [
            "refused" if "refused" in mine else "none" if mine["status"] == "unknown" else mine["status"],
            "",
            "",
            "",
        ]
    overtakes = mine["overtakes"]
    after = "" if overtakes is None else f"{overtakes:.1f}"
    return [f"{mine['first']['seconds']:.2f}", *(_soft(mine[which]) for which in ("first", "last")), after]


def _theirs(theirs: Line) -> list[str]:
    return [f"{theirs['seconds']:.2f}", _soft(theirs)] if theirs["outcome"] == "solved" else [theirs["outcome"], ""]


def _soft(answer: Line) -> str:
    return "unreadable" if answer["soft"] is None else f"{answer['soft']:.2f}"


def _verdicts(last: Line | None) -> list[str]:
    if last is None:
        return ["", "", ""]
    taken = last["taken"]
    return [
        f"**{last['hard']} broken**" if last["hard"] else "kept",
        "kept" if last["kept"] else "**broken**",
        "not asked" if taken is None else "taken" if taken["yes"] else f"**{taken['outcome']}**",
    ]


def _summary(runs: Sequence[Line]) -> str:
    solved = [run for run in runs if _solved(run)]
    by_fet = [run for run in runs if run["fet"]["outcome"] == "solved" and not run["fet"]["hard"]]
    missed = [run["instance"] for run in by_fet if not _solved(run)]
    both = [run for run in by_fet if _solved(run)]
    told = [f"Solved of {len(runs)}: {len(solved)} by us, {len(by_fet)} by FET; of these we missed {len(missed)}"]
    told[0] += f": {', '.join(missed)}." if missed else "."
    if both:
        ratio = geometric_mean(max(0.1, r["ours"]["first"]["seconds"]) / max(0.1, r["fet"]["seconds"]) for r in both)
        least = sum(run["ours"]["overtakes"] is not None for run in both)
        told.append(
            f"Where both solved ({len(both)}), our time to the first answer is {ratio:.2f} times FET's (geometric mean; times "
            f"below 0.1 s count as 0.1), and our soft conflicts at the end are not more than FET's on {least}."
        )
    return " ".join(told)


def _solved(run: Line) -> bool:
    """Whether our first and last answers keep what is required, by the audit and by the judge."""
    answers = [run["ours"].get(which) for which in ("first", "last")]
    return all(answer is not None and answer["kept"] and not answer["hard"] for answer in answers)


def fet_impossible(lines: Sequence[Line]) -> str:
    """Tell of which impossible files the engine found out why; `lines` as `benchmarks.fet --impossible` wrote them."""
    return "\n\n".join(_impossible(group) for group in _groups(lines))


def _impossible(lines: Sequence[Line]) -> str:
    runs = {(line["instance"], line["seed"]): line for line in lines if "error" not in line}
    rows = [
        [
            run["says"],
            run["file"].rpartition("/")[2],
            run["status"],
            "" if run["after"] is None else f"{run['after']:.1f}",
            "yes" if run["named"] else "no",
            next(iter(run["reasons"]), "").replace("|", "\\|"),
        ]
        for run in runs.values()
    ]
    found = [run for run in runs.values() if run["status"] == "impossible"]
    named = sum(run["named"] for run in found)
    told = f"Found out: {len(found)} of {len(runs)}; the culprit named: {named}."
    heading = ["made impossible", "file", "status", "known after, s", "culprit named", "first reason"]
    return f"{_provenance(lines)}\n\n{_table(heading, rows)}\n\n{told}{_errors(lines)}"


def versions(lines: Sequence[Line]) -> str:
    """Tell what two versions of the engine came to on the same instances; `lines` as `benchmarks.versions` wrote them."""
    return "\n\n".join(_versions(group) for group in _alike(lines))


def _versions(lines: Sequence[Line]) -> str:
    commits = list(dict.fromkeys(line["version"]["commit"] for line in lines))
    runs: dict[tuple[str, int], dict[str, int]] = defaultdict(dict)
    for line in lines:
        if "error" not in line:
            runs[line["instance"], line["seed"]][line["version"]["commit"]] = line["cost"]
    costs: dict[str, list[list[int]]] = defaultdict(list)
    for (name, _), run in runs.items():
        if len(run) == len(commits):  # a seed counts where all the versions have run it
            costs[name].append([run[commit] for commit in commits])
    rows = [
        [name, f"{len(found)}", *(f"{mean(of):.1f} ({min(of)} - {max(of)})" for of in zip(*found, strict=True))]
        for name, found in costs.items()
    ]
    courses = [found for name, found in costs.items() if name.startswith("comp")]
    if courses:
        sums = (sum(mean(run[number] for run in found) for found in courses) for number in range(len(commits)))
        rows.append([f"sum of {len(courses)} courses", "", *(f"{total:.1f}" for total in sums)])
    heading = ["instance", "seeds", *commits]
    provenance = _provenance(lines).replace(f" ({lines[-1]['version']['commit']})", "", 1)
    return f"{provenance}\n\n{_table(heading, rows)}{_errors(lines)}"


def _alike(lines: Iterable[Line]) -> list[list[Line]]:
    """The lines of each machine, limit and number of workers."""
    groups: dict[tuple[object, ...], list[Line]] = defaultdict(list)
    for line in lines:
        groups[(*line["machine"].values(), line["seconds"], line["workers"])].append(line)
    return list(groups.values())


def _groups(lines: Iterable[Line]) -> list[list[Line]]:
    """The lines of each machine, limit and number of workers, as far as they are of the version run last there."""
    return [[line for line in group if line["version"] == group[-1]["version"]] for group in _alike(lines)]


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
    """Runs that went wrong, where no later run of the same version went right."""

    def run(line: Line) -> tuple[str, int, str]:
        return line["instance"], line["seed"], line["version"]["commit"]

    wrong = {run(line): line["error"] for line in lines if "error" in line}
    left = wrong.keys() - {run(line) for line in lines if "error" not in line}
    told = [f"{name} seed {seed} ({wrong[name, seed, commit]})" for name, seed, commit in sorted(left)]
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


def _known(contest: str) -> Line:
    """Published costs."""
    return tomllib.loads((KNOWN / f"{contest}.toml").read_text(encoding="utf-8"))


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
    tables: dict[str, Callable[[list[Line]], str]] = {
        "course": partial(course, known=_known("course")),
        "exam": partial(exam, known=_known("exam")),
        "carter": partial(carter, known=_known("carter")),
        "growth": growth,
        "session": session,
        "consult": consult,
        "fet": fet,
        "fet-impossible": fet_impossible,
        "versions": versions,
    }
    text = given.readme.read_text(encoding="utf-8")
    for marker, table in tables.items():
        if not lines[marker] and f"<!-- {marker}:" not in text:
            continue
        text = put(text, marker, table(lines[marker]) if lines[marker] else "")
    given.readme.write_text(text, encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
