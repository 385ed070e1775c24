"""The benchmark of consultations: its schools, its requests, its results and their table."""

from __future__ import annotations

import random
from typing import TYPE_CHECKING

from benchmarks import consult, proved
from benchmarks.records import read
from benchmarks.report import consult as table
from benchmarks.synthetic import school
from scheduler.domain.check import check
from scheduler.operations.audit import audit
from scheduler.operations.facts import Facts
from tests.benchmarks.test_report import line

if TYPE_CHECKING:
    from pathlib import Path

    import pytest


def test_the_hidden_timetable_keeps_all_that_the_school_requires() -> None:
    made = school(100)
    timetable = proved.timetable(made)
    found = audit(made.document, timetable)

    assert (found.kept, found.facts, found.dated) == (True, (), ())
    assert len(timetable.pattern) == sum(len(times) for times in made.proof.values())


def test_with_names_for_its_students_the_school_is_the_same_and_nobody_is_in_two_places() -> None:
    made = consult.named(school(100))
    facts = Facts(made.document, proved.timetable(made))

    assert check(made.document) == ()
    assert len(made.document.students) == sum(
        group.size or 0 for group in school(100).document.groups if not group.part_of
    )
    assert (facts.of_dates(), facts.of_pattern(), facts.of_meetings()) == ((), (), ())


def test_the_requests_are_without_faults_and_of_every_kind() -> None:
    document = consult.named(school(100)).document
    requests = tuple(consult.requests(document, 12, random.Random(1)))

    assert check(document.model_copy(update={"requests": requests})) == ()
    assert [bool(r.groups) for r in requests] == [False, True, False, False, False, False] * 2
    assert [r.count for r in requests] == [1, 1, 1, 3, 1, 1] * 2
    assert [r.may_move for r in requests] == [False, False, False, False, False, True] * 2


def test_every_request_of_a_small_school_is_answered() -> None:
    result = consult.answers({"lessons": 100, "requests": 6, "seconds": 60, "seed": 1})

    assert (result["lessons"], result["meetings"]) == (100, 1634)
    assert result["answered"] + result["relaxed"] == 6
    assert "error" not in result


def test_a_request_that_waits_too_long_is_an_error(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    out = tmp_path / "consult.jsonl"

    assert consult.main(["--lessons", "100", "--requests", "1", "--seconds", "0.0001", "--out", str(out)]) == 1
    (run,) = read(out)
    assert (run["benchmark"], run["instance"], run["workers"]) == ("consult", "school-100", 1)
    assert capsys.readouterr().out.startswith("school-100 seed 1: a request waits ")


def test_the_table_tells_the_largest_school_last_and_leaves_out_errors() -> None:
    common = {"requests": 6, "mean": 0.25, "peak_memory_mb": 180.4, "moved": 2}
    lines = [
        line(
            "consult",
            instance="school-300",
            lessons=296,
            students=260,
            meetings=4968,
            answered=6,
            proposals=30,
            slowest=0.5,
            **common,
        ),
        line(
            "consult",
            instance="school-100",
            lessons=97,
            students=73,
            meetings=1634,
            answered=5,
            proposals=21,
            slowest=0.3,
            **common,
        ),
        line("consult", instance="school-1000", lessons=1000, error="a request waits 1.20 s"),
    ]
    _, _, heading, _, *rows, _, errors = table(lines).splitlines()

    assert heading.startswith("| lessons a week | students | dated meetings | with proposals |")
    assert rows == [
        "| 97 | 73 | 1634 | 5 of 6 | 21 | 2 | 0.25 | 0.30 | 180 |",
        "| 296 | 260 | 4968 | 6 of 6 | 30 | 2 | 0.25 | 0.50 | 180 |",
    ]
    assert errors == "In error and left out: school-1000 seed 1 (a request waits 1.20 s)."
