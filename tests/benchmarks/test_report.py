"""The report's tables, as text."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from benchmarks.report import carter, course, exam, growth, main, put, session, versions

if TYPE_CHECKING:
    from pathlib import Path

    from benchmarks.records import Line

KNOWN: Line = {
    "source": "Nobody, Nowhere 2001",
    "methods": {"A01": "Adam", "E02": "Eve et al."},
    "instances": {
        "comp01": {"best": 5, "optimal": True, "A01": 5.0, "E02": 5.3},
        "comp02": {"best": 24, "optimal": False, "A01": 61.3, "E02": 54.7},
        "comp03": {"best": 62, "optimal": False, "A01": 94.8, "E02": 80.7},
    },
}


def line(benchmark: str, **more: object) -> Line:
    return {
        "benchmark": benchmark,
        "machine": {"cpu": "Abacus 2", "cores": 2, "memory_gb": 4},
        "version": {"python": "3.11.7", "ortools": "9.15", "zvonok": "0.1.0", "commit": "0123456789"},
        "seconds": 60.0,
        "workers": 1,
        "seed": 1,
        "started": "2026-11-23T20:00:00+00:00",
        **more,
    }


def test_course_table_stands_beside_published_costs() -> None:
    lines = [
        line("course", instance="comp02", seed=2, cost=41, bound=3, first_feasible=0.5),
        line("course", instance="comp02", seed=1, cost=50, bound=None, first_feasible=1.0),
        line("course", instance="comp01", seed=1, cost=5, bound=5, first_feasible=0.2),
        line("course", instance="comp03", seed=1, cost=None, bound=None, first_feasible=None, error="exit code 1"),
    ]

    provenance, _, *rows, _, legend = course(lines, KNOWN).splitlines()

    assert provenance == (
        "Zvonok 0.1.0 (0123456789), OR-Tools 9.15, Python 3.11.7; Abacus 2, 2 cores, 4 GB; "
        "60 s a run, 1 worker, seeds 1, 2; 2026-11-23."
    )
    assert rows == [
        "| instance | mean | best | feasible after, s | bound | best known | A01 | E02 |",
        "| --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: |",
        "| comp01 | 5.0 | 5 | 0.2 | 5 | 5* | 5.0 | 5.3 |",
        "| comp02 | 45.5 | 41 | 0.8 | 3 | 24 | 61.3 | 54.7 |",
        "| sum of 2 | 50.5 | 46 |  |  | 29 | 66.3 | 60.0 |",
        "",
        "In error and left out: comp03 seed 1 (exit code 1).",
    ]
    assert legend == (
        "Mean and best are over the seeds; a bound is proved by us. Published (\\* proved optimal): "
        "Nobody, Nowhere 2001. Means under the competition's time limit: A01: Adam; E02: Eve et al."
    )


def test_exam_table_stands_beside_the_winner_and_later_solvers() -> None:
    known: Line = {
        "source": "Nobody, Nowhere 2001",
        "methods": {"M10": "the winner", "BP13": "Bykov", "B17": "Battistutta", "L19": "not shown"},
        "instances": {
            "exam_comp_set1": {"best": 3927, "M10": 4000, "BP13": 3000, "B17": 5000, "L19": 1},
            "exam_comp_set2": {"best": 390, "M10": 400, "BP13": 400, "B17": 410, "L19": 1},
            "exam_comp_set3": {"best": 8012, "M10": 10049, "BP13": 8012, "B17": 8850, "L19": 1},
        },
    }
    lines = [
        line("exam", instance="exam_comp_set2", seed=1, cost=404, first_feasible=2.0),
        line("exam", instance="exam_comp_set2", seed=2, cost=396, first_feasible=1.0),
        line("exam", instance="exam_comp_set1", seed=1, cost=3600, first_feasible=0.5),
        line("exam", instance="exam_comp_set3", seed=1, cost=None, first_feasible=None, error="exit code 1"),
    ]

    _, _, *rows, _, legend = exam(lines, known).splitlines()

    assert rows == [
        "| instance | mean | best | feasible after, s | M10 | BP13 | B17 | mean / M10 |",
        "| --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: |",
        "| exam_comp_set1 | 3600.0 | 3600 | 0.5 | 4000 | 3000 | 5000 | 0.900 |",
        "| exam_comp_set2 | 400.0 | 396 | 1.5 | 400 | 400 | 410 | 1.000 |",
        "| mean of cost / M10 | 0.950 | 0.945 |  | 1.000 | 0.875 | 1.137 | 0.950 |",
        "",
        "In error and left out: exam_comp_set3 seed 1 (exit code 1).",
    ]
    assert legend == (
        "Mean and best are over the seeds. Published: Nobody, Nowhere 2001. "
        "Costs of others: M10: the winner; BP13: Bykov; B17: Battistutta"
    )


def test_carter_table_tells_proximity_per_student() -> None:
    known: Line = {"source": "Nobody 2009", "instances": {"ear-f-83": {"best": 32.0}, "hec-s-92": {"best": 10.0}}}
    lines = [
        line("carter", instance="hec-s-92", cost=2200, first_feasible=0.2)
        | {"components": {"proximity": 2200, "students": 200}},
        line("carter", instance="ear-f-83", cost=3200, first_feasible=0.4)
        | {"components": {"proximity": 3200, "students": 100}},
    ]

    _, _, *rows, _, legend = carter(lines, known).splitlines()

    assert rows == [
        "| instance | mean | best | feasible after, s | published | mean / published |",
        "| --- | ---: | ---: | ---: | ---: | ---: |",
        "| ear-f-83 | 32.00 | 32.00 | 0.4 | 32.0 | 1.000 |",
        "| hec-s-92 | 11.00 | 11.00 | 0.2 | 10.0 | 1.100 |",
        "| mean of cost / published | 1.050 | 1.050 |  | 1.000 | 1.050 |",
    ]
    assert legend == "Mean and best are over the seeds. Published: the lowest of the methods in Nobody 2009"


def test_growth_table_has_a_row_for_each_size() -> None:
    lines = [
        line("growth", instance="school-300", lessons=300, classes=10, teachers=18, seed=2)
        | {"first_feasible": 4.0, "build": 1.0, "search": 3.0, "peak_memory_mb": 250.4},
        line("growth", instance="school-300", lessons=300, classes=10, teachers=18, seed=1)
        | {"first_feasible": 2.0, "build": 0.5, "search": 1.5, "peak_memory_mb": 240.0},
        line("growth", instance="school-100", lessons=100, classes=3, teachers=6)
        | {"first_feasible": None, "build": 0.1, "search": 59.9, "peak_memory_mb": 200.0},
    ]

    assert growth(lines).splitlines()[2:] == [
        "| lessons | classes | teachers | feasible | mean, s | slowest, s | building | searching | memory, MB |",
        "| --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: |",
        "| 100 | 3 | 6 | 0 of 1 |  |  | 0 % | 100 % | 200 |",
        "| 300 | 10 | 18 | 2 of 2 | 3.0 | 4.0 | 25 % | 75 % | 250 |",
    ]


def test_sessions_have_a_row_for_each_size() -> None:
    size = {"exams": 120, "students": 400, "examiners": 60, "workstations": 40, "days": 32, "shortest": 25}
    lines = [
        line("session", instance="session-120", seed=1, **size) | {"first_feasible": 4.0, "peak_memory_mb": 400.4},
        line("session", instance="session-120", seed=2, **size) | {"first_feasible": 6.0, "peak_memory_mb": 390.0},
    ]

    assert session(lines).splitlines()[2:] == [
        "| exams | students | examiners | workstations | days | feasible | mean, s | slowest, s | memory, MB |",
        "| --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: |",
        "| 120 | 400 | 60 | 40 | 32 (1.28 x shortest) | 2 of 2 | 5.0 | 6.0 | 400 |",
    ]


def test_versions_stand_side_by_side() -> None:
    def run(commit: str, name: str, seed: int, **more: object) -> Line:
        return line("versions", instance=name, seed=seed, version={**line("")["version"], "commit": commit}, **more)

    lines = [
        run("old", "comp01", 1, cost=7),
        run("new", "comp01", 1, cost=5),
        run("old", "centre", 1, cost=900),
        run("new", "centre", 1, error="exit code 1"),
        run("old", "comp01", 2, cost=6),
        run("new", "comp01", 2, cost=5),
        run("new", "centre", 1, cost=850),
        run("old", "centre", 3, cost=950),
        run("new", "centre", 3, error="exit code 2"),
    ]
    assert versions(lines).splitlines()[2:] == [
        "| instance | seeds | old | new |",
        "| --- | ---: | ---: | ---: |",
        "| comp01 | 2 | 6.5 (6 - 7) | 5.0 (5 - 5) |",
        "| centre | 1 | 900.0 (900 - 900) | 850.0 (850 - 850) |",
        "| sum of 1 courses |  | 6.5 | 5.0 |",
        "",
        "In error and left out: centre seed 3 (exit code 2).",
    ]


def test_table_shows_the_version_run_last_on_each_machine() -> None:
    older = line("course", instance="comp01", cost=9, bound=0, first_feasible=1.0)
    newer = older | {"cost": 5, "version": older["version"] | {"commit": "9876543210"}}
    elsewhere = older | {"cost": 7, "machine": {"cpu": "Abacus 3", "cores": 1, "memory_gb": 2}}

    rows = [row for row in course([older, elsewhere, newer], KNOWN).splitlines() if row.startswith("| comp01")]

    assert rows == [
        "| comp01 | 5.0 | 5 | 1.0 | 0 | 5* | 5.0 | 5.3 |",
        "| comp01 | 7.0 | 7 | 1.0 | 0 | 5* | 5.0 | 5.3 |",
    ]


def test_prose_around_the_markers_is_kept(tmp_path: Path) -> None:
    readme, results = tmp_path / "README.md", tmp_path / "results.jsonl"
    course_marks = "<!-- course: written by benchmarks/report.py -->\nold\n<!-- end of course -->"
    growth_marks = "<!-- growth: written by benchmarks/report.py -->\nold\n<!-- end of growth -->"
    readme.write_text(f"Before.\n{course_marks}\nBetween.\n{growth_marks}\nAfter.\n", encoding="utf-8")
    results.write_text(
        json.dumps(line("course", instance="comp01", cost=5, bound=5, first_feasible=0.2)) + "\n", encoding="utf-8"
    )

    code = main([str(results), "--readme", str(readme)])
    once = readme.read_text(encoding="utf-8")
    main([str(results), "--readme", str(readme)])

    assert code == 0
    assert readme.read_text(encoding="utf-8") == once
    kept = [row for row in once.splitlines() if not row.startswith(("|", "<", "Zvonok", "Mean")) and row]
    assert kept == ["Before.", "Between.", "After."]
    assert "| comp01 | 5.0 |" in once


def test_missing_marker_is_named() -> None:
    with pytest.raises(ValueError) as caught:
        put("No marks.", "course", "table")

    assert str(caught.value) == (
        'The text must have "<!-- course: written by benchmarks/report.py -->" and "<!-- end of course -->" once, '
        "and has them 0 times."
    )
