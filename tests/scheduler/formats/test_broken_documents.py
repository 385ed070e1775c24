"""Broken YAML and JSON: `zvonok check` tells every fault in whole sentences and exits with 2."""

from pathlib import Path

import pytest
from typer.testing import CliRunner

from scheduler.cli import app

TERM = "term: {first_day: 2026-09-01, last_day: 2026-12-29}\n"

BROKEN = {
    "a field twice": ("yaml", TERM + "rooms: []\nrooms: []\n", ["line 3: The field “rooms” must be given once only."]),
    "an unknown field": (
        "yaml",
        TERM + "subjcts: [{id: algebra}]\n",
        ["field subjcts: There is no field “subjcts” here. Maybe “subjects” was meant."],
    ),
    "a word for a number": (
        "yaml",
        TERM + "sites: [{id: s}]\nrooms: [{id: r, site: s, seats: many}]\n",
        ["field rooms[0].seats: The value (many) must be a whole number."],
    ),
    "a negative size and a cycle of 7 weeks": (
        "json",
        (
            '{"term": {"first_day": "2026-09-01", "last_day": "2026-12-29", "cycle": 7}, '
            '"rooms": [{"id": "r", "site": "s", "seats": -5}]}'
        ),
        [
            "field term.cycle: The value (7) must be at most 5.",
            "field rooms[0].seats: The value (-5) must be at least 0.",
        ],
    ),
    "a truncated file": (
        "json",
        '{"term": {"first_day": "2026-09-01",',
        ["line 1: The file must not end here: something is left open."],
    ),
    "a plan for a missing course": (
        "yaml",
        TERM + "students: [{id: s1, plan: [{course: algebra9}]}]\n",
        ["field students[0].plan[0].course: The course “algebra9” must be in the document."],
    ),
    "overlapping bells": (
        "yaml",
        TERM + "bells: [{id: b, periods: [{number: 1, start: '08:30', end: '09:10'}, "
        "{number: 2, start: '09:00', end: '09:40'}]}]\n",
        ["field bells[0].periods[1].start: Period 2 (09:00) must not begin before period 1 ends (09:10)."],
    ),
}


@pytest.mark.parametrize("name", BROKEN)
def test_what_is_wrong_is_told_with_its_field_or_line(name: str, tmp_path: Path) -> None:
    suffix, content, faults = BROKEN[name]
    path = tmp_path / f"term.{suffix}"
    path.write_text(content, "utf-8")

    done = CliRunner().invoke(app, ["check", str(path), "--lang", "en"], env={"COLUMNS": "80"})

    assert isinstance(done.exception, SystemExit), done.exception
    assert (done.exit_code, done.stdout) == (2, "")
    assert done.stderr.splitlines() == [f"{path}: {fault}" for fault in faults]
