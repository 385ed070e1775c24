"""The engine beside FET, on a school of four activities."""

from __future__ import annotations

import json
import shutil
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from benchmarks import fet, records
from benchmarks.report import fet as table
from benchmarks.report import fet_impossible
from scheduler.formats import read
from scheduler.formats.fet.write import locked
from scheduler.operations.generate import generate

if TYPE_CHECKING:
    from benchmarks.records import Line
    from scheduler.domain.timetable import Timetable

needs_fet = pytest.mark.skipif(shutil.which(fet.PROGRAM) is None, reason="fet-cl is not installed")

# Two days of three hours. Ann has three hours, Bob two in a row; he would rather begin at the third, which cannot be:
# one conflict of weight 50 is the least.
TINY = """<?xml version="1.0" encoding="UTF-8"?>
<fet version="6.8.5">
<Mode>Official</Mode>
<Institution_Name>Tiny</Institution_Name>
<Comments></Comments>
<Days_List><Number_of_Days>2</Number_of_Days><Day><Name>Mon</Name></Day><Day><Name>Tue</Name></Day></Days_List>
<Hours_List><Number_of_Hours>3</Number_of_Hours>
<Hour><Name>one</Name></Hour><Hour><Name>two</Name></Hour><Hour><Name>three</Name></Hour></Hours_List>
<Subjects_List><Subject><Name>Art</Name></Subject><Subject><Name>Maths</Name></Subject></Subjects_List>
<Activity_Tags_List></Activity_Tags_List>
<Teachers_List><Teacher><Name>Ann</Name></Teacher><Teacher><Name>Bob</Name></Teacher></Teachers_List>
<Students_List>
<Year><Name>1A</Name><Number_of_Students>20</Number_of_Students></Year>
<Year><Name>1B</Name><Number_of_Students>20</Number_of_Students></Year>
</Students_List>
<Activities_List>
{activities}
</Activities_List>
<Buildings_List></Buildings_List>
<Rooms_List><Room><Name>Studio</Name><Building></Building><Capacity>30</Capacity><Virtual>false</Virtual></Room></Rooms_List>
<Time_Constraints_List>
<ConstraintBasicCompulsoryTime><Weight_Percentage>100</Weight_Percentage><Active>true</Active></ConstraintBasicCompulsoryTime>
<ConstraintMinDaysBetweenActivities><Weight_Percentage>95</Weight_Percentage>
<Consecutive_If_Same_Day>true</Consecutive_If_Same_Day><Number_of_Activities>2</Number_of_Activities>
<Activity_Id>1</Activity_Id><Activity_Id>2</Activity_Id><MinDays>1</MinDays><Active>true</Active>
</ConstraintMinDaysBetweenActivities>
<ConstraintActivityPreferredStartingTime><Weight_Percentage>100</Weight_Percentage><Activity_Id>4</Activity_Id>
<Preferred_Day>Mon</Preferred_Day><Preferred_Hour>one</Preferred_Hour><Permanently_Locked>true</Permanently_Locked>
<Active>true</Active></ConstraintActivityPreferredStartingTime>
<ConstraintActivityPreferredStartingTime><Weight_Percentage>50</Weight_Percentage><Activity_Id>3</Activity_Id>
<Preferred_Day>Mon</Preferred_Day><Preferred_Hour>one</Preferred_Hour><Permanently_Locked>false</Permanently_Locked>
<Active>true</Active></ConstraintActivityPreferredStartingTime>
</Time_Constraints_List>
<Space_Constraints_List>
<ConstraintBasicCompulsorySpace><Weight_Percentage>100</Weight_Percentage><Active>true</Active></ConstraintBasicCompulsorySpace>
<ConstraintSubjectPreferredRoom><Weight_Percentage>100</Weight_Percentage><Subject>Art</Subject><Room>Studio</Room>
<Active>true</Active></ConstraintSubjectPreferredRoom>
</Space_Constraints_List>
</fet>
"""

ACTIVITY = """<Activity><Teacher>{}</Teacher><Subject>{}</Subject><Students>{}</Students><Duration>{}</Duration>
<Total_Duration>{}</Total_Duration><Id>{}</Id><Activity_Group_Id>{}</Activity_Group_Id><Active>true</Active></Activity>"""

ACTIVITIES = (
    ("Ann", "Art", "1A", 1, 2, 1, 1),
    ("Ann", "Art", "1A", 1, 2, 2, 1),
    ("Bob", "Maths", "1B", 2, 2, 3, 0),
    ("Ann", "Art", "1B", 1, 1, 4, 0),
)
CROWDED = fet.Impossible(
    "hours", "tiny.fet", "a teacher of 3 hours has 2", ("Ann",), partial(fet._available, teacher="Ann", hours=2)
)

SOLVERS = """
def refusing(request):
    return {"refused": ["line 7: Five constraints are not supported yet."]}

def lost(request):
    return {"status": "unknown", "stopped": 1.0, "impossible": None, "reasons": [], "log": []}

def falling(request):
    raise RuntimeError("no time today")
"""


@pytest.fixture
def tiny(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Give the path of the tiny school, where the benchmark looks for it; the solvers can be imported."""
    (tmp_path / "solvers.py").write_text(SOLVERS, encoding="utf-8")
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))
    path = tmp_path / fet.OFFICIAL / "Denmark" / "tiny.fet"
    path.parent.mkdir(parents=True)
    path.write_text(TINY.format(activities="\n".join(ACTIVITY.format(*one) for one in ACTIVITIES)), encoding="utf-8")
    return path


def request(path: Path) -> Line:
    return {"path": str(path), "seconds": 5.0, "seed": 1, "workers": 1}


def clashing(timetable: Timetable) -> Timetable:
    """The same with Ann's activities 1 and 4 at one time."""
    placed = {one.course: one for one in timetable.pattern}
    when = {name: getattr(placed["A4"], name) for name in ("weeks", "weekday", "periods", "start", "end")}
    pattern = tuple(one.model_copy(update=when) if one.course == "A1" else one for one in timetable.pattern)
    return timetable.model_copy(update={"pattern": pattern})


def run(tiny: Path, *more: str) -> tuple[int, list[Line]]:
    out = tiny.parents[2] / "results.jsonl"
    common = ["--data", str(tiny.parents[2]), "--seconds", "2", "--workers", "1", "--out", str(out)]
    return fet.main([*common, *more]), records.read(out)


def test_our_answers_are_kept_by_the_audit_and_by_the_judge(tiny: Path, tmp_path: Path) -> None:
    found = fet.ours(request(tiny))

    assert found["status"] == "optimal"
    assert found["log"][0][0] == found["first"]["seconds"] < 5
    assert found["log"][-1] == (found["last"]["seconds"], found["last"]["cost"])
    for which in ("first", "last"):
        fet.judged(tiny, found[which], tmp_path)
        assert (found[which]["kept"], found[which]["hard"], found[which]["unknown"]) == (True, 0, ())
        assert found[which]["soft"] * fet.SCALE == found[which]["cost"]
    assert found["last"]["soft"] == 0.5


def test_broken_timetable_is_found_by_the_audit_and_by_the_judge(tiny: Path, tmp_path: Path) -> None:
    document = read(tiny)
    timetable = generate(document, seconds=5, workers=1).timetable
    assert timetable is not None

    answer = fet._told(document, clashing(timetable))
    fet.judged(tiny, answer, tmp_path)

    assert not answer["kept"]
    assert answer["hard"]
    assert any("Ann" in told for told in answer["broken"])
    assert any("Ann" in told for told in answer["hard_told"])


def test_copy_for_fet_holds_nothing_that_is_only_weighted(tiny: Path) -> None:
    copy = fet.ours(request(tiny))["last"]["copy"]

    assert copy.count("<ConstraintActivityPreferredStartingTime>") == 4
    assert copy.count("<ConstraintActivityPreferredRoom>") == 3
    assert "ConstraintMinDays" not in copy
    assert "<Weight_Percentage>50" not in copy


def test_impossible_file_is_found_out_and_the_culprit_named(tiny: Path) -> None:
    source = fet.spoilt(tiny, CROWDED)

    found = fet.find_out(source, CROWDED, request(tiny), "benchmarks.fet:ours")

    assert found["status"] == "impossible"
    assert found["after"] <= found["told"] < 10
    assert found["named"]
    assert "error" not in found


def test_file_made_impossible_that_is_not_is_an_error(tiny: Path) -> None:
    found = fet.find_out(tiny.read_bytes(), CROWDED, request(tiny), "benchmarks.fet:ours")

    assert found["error"] == "a timetable was found, which cannot be"


@pytest.mark.parametrize(
    ("first", "last", "goal", "after"),
    [
        pytest.param(2.0, 1.0, 2.0, 1.5, id="the first answer"),
        pytest.param(9.0, 1.0, 3.0, 4.0, id="by our cost in between"),
        pytest.param(9.0, 1.0, 1.0, 8.0, id="the last, whatever our cost says"),
        pytest.param(9.0, 1.0, 0.5, None, id="never"),
        pytest.param(9.0, 1.0, None, None, id="FET has no answer"),
    ],
)
def test_overtaking_is_decided_by_the_judge(first: float, last: float, goal: float | None, after: float | None) -> None:
    mine: Line = {
        "first": {"seconds": 1.5, "hard": 0, "soft": first},
        "last": {"seconds": 8.0, "hard": 0, "soft": last},
        "log": [[1.5, 90_000], [4.0, 30_000], [8.0, 10_100]],
    }

    assert fet.overtakes(mine, {} if goal is None else {"soft": goal}) == after


def test_every_disagreement_is_told() -> None:
    right: Line = {"kept": True, "hard": 0, "broken": [], "hard_told": []}
    wrong = {
        "first": right | {"kept": False, "broken": ["Ann is away."]},
        "last": right | {"hard": 2, "hard_told": ["Bob is away."], "taken": {"yes": False, "outcome": "refused"}},
    }
    theirs = {"hard": 1, "hard_told": ["1A is away."], "soft": 2.0, "reported": 1.0}

    assert fet.disagreements({"first": right, "last": right | {"taken": {"yes": True}}}, {"outcome": "refused"}) == []
    assert fet.disagreements(wrong, theirs) == [
        "the audit finds our first answer broken: Ann is away.",
        "the judge finds our last answer broken: Bob is away.",
        "FET does not take our last answer (refused)",
        "the judge finds FET's answer broken: 1A is away.",
        "FET counts 1.0 soft conflicts of its answer, the judge 2.0",
    ]


def test_what_is_missing_is_told(
    tiny: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    nowhere = tmp_path / "nowhere"
    monkeypatch.setenv("PATH", str(nowhere))

    codes = fet.main(["--data", str(nowhere)]), fet.main(["--data", str(tiny.parents[2])])

    assert codes == (2, 2)
    assert capsys.readouterr().err == (
        f"No FET files in {nowhere / fet.OFFICIAL}: apt-get install fet-data, or use --data.\n"
        "There is no fet-cl: apt-get install fet.\n"
    )


@needs_fet
def test_fet_solves_the_file_and_counts_as_the_judge_does(tiny: Path, tmp_path: Path) -> None:
    (tmp_path / "fet").mkdir()

    found = fet.fets(tiny, tmp_path / "fet", 5, 1)
    fet.judged(tiny, found, tmp_path)

    assert (found["outcome"], found["hard"]) == ("solved", 0)
    assert found["soft"] == found["reported"]
    assert [path.name for path in (tmp_path / "fet").rglob("*.html")] == ["tiny_index.html"]


@needs_fet
def test_fet_takes_our_answer_and_not_a_broken_one(tiny: Path, tmp_path: Path) -> None:
    document = read(tiny)
    timetable = generate(document, seconds=5, workers=1).timetable
    assert timetable is not None

    outcomes = []
    for number, answer in enumerate((timetable, clashing(timetable))):
        copy, out = tmp_path / f"{number}.fet", tmp_path / f"out{number}"
        copy.write_bytes(fet.without_soft(locked(tiny.read_bytes(), document, answer)))
        out.mkdir()
        outcomes.append(fet.fets(copy, out, 1, 1)["outcome"])

    assert outcomes[0] == "solved"
    assert outcomes[1] != "solved"


@needs_fet
def test_line_tells_everything_and_is_not_run_again(tiny: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code, [line] = run(tiny)

    assert code == 0
    assert line["instance"] == "Denmark/tiny.fet"
    assert (line["activities"], line["resources"], line["constraints"]) == (4, 5, 6)
    assert line["disagreements"] == []
    assert line["ours"]["last"]["taken"]["yes"]
    assert line["fet"]["outcome"] == "solved"

    assert len(run(tiny, "--seed", "1")[1]) == 1
    assert capsys.readouterr().out.splitlines()[-1] == "Denmark/tiny.fet seed 1: already run"
    assert len(run(tiny, "--again")[1]) == 2
    assert len(run(tiny, "--only", "Lom", "--again")[1]) == 2


@needs_fet
@pytest.mark.parametrize(
    ("solver", "code", "told"),
    [
        ("refusing", 0, "ours refused: line 7: Five constraints are not supported yet.; FET solved in "),
        ("lost", 0, "ours unknown; FET solved in "),
        ("falling", 1, "exit code 1: RuntimeError: no time today"),
    ],
)
def test_run_without_an_answer_is_told(
    tiny: Path, capsys: pytest.CaptureFixture[str], solver: str, code: int, told: str
) -> None:
    got, [line] = run(tiny, "--solve", f"solvers:{solver}")

    assert got == code
    assert told in capsys.readouterr().out
    assert json.loads(json.dumps(line)) == line
    assert "Denmark/tiny.fet" in table([line])


def line(benchmark: str, instance: str, **more: object) -> Line:
    return {
        "benchmark": benchmark,
        "instance": instance,
        "machine": {"cpu": "Abacus 2", "cores": 2, "memory_gb": 4},
        "version": {"python": "3.11.7", "ortools": "9.15", "zvonok": "0.1.0", "commit": "0123456789"},
        "seconds": 60.0,
        "workers": 2,
        "seed": 1,
        "started": "2026-11-23T20:00:00+00:00",
        **more,
    }


def compared(instance: str, ours: Line, theirs: Line, **more: object) -> Line:
    size = {"activities": 100, "resources": 30, "constraints": 20, "disagreements": []}
    return line("fet", instance, **size, ours=ours, fet={"version": "6.8.5", **theirs}, **more)


def test_table_stands_both_side_by_side() -> None:
    first = {"seconds": 0.4, "soft": 9.5, "hard": 0, "kept": True}
    last = first | {"seconds": 50.0, "soft": 1.0, "taken": {"yes": True, "outcome": "solved"}}
    broken = last | {"hard": 2, "taken": {"yes": False, "outcome": "refused"}}
    theirs = {"outcome": "solved", "seconds": 0.05, "soft": 2.0, "hard": 0}
    hung = {"outcome": "ended", "seconds": 65.0}
    doubt = ["the judge finds our last answer broken: Ann is away."]

    told = table(
        [
            compared("Denmark/a.fet", {"first": first, "last": last, "overtakes": 12.34}, theirs),
            compared("Denmark/b.fet", {"refused": ["line 7: No."]}, theirs | {"seconds": 3.0}),
            compared("Denmark/c.fet", {"first": first, "last": last, "overtakes": None}, hung),
            compared("Denmark/d.fet", {"first": first, "last": broken, "overtakes": None}, theirs)
            | {"disagreements": doubt},
            line("fet", "Denmark/e.fet", error="exit code 1"),
        ]
    )

    assert told.splitlines()[0].endswith("; 60 s a run, 2 workers, seed 1; 2026-11-23; FET 6.8.5.")
    heading, rule, *rows, _, summary, _, doubts, _, errors = told.splitlines()[2:]
    assert heading == (
        "| file | activities | resources | constraints | ours: first, s | soft | soft at the end | ≤ FET's after, s "
        "| FET: first, s | soft | judge | audit | FET |"
    )
    assert rule == f"| --- |{' ---: |' * 12}"
    assert rows == [
        "| Denmark/a.fet | 100 | 30 | 20 | 0.40 | 9.50 | 1.00 | 12.3 | 0.05 | 2.00 | kept | kept | taken |",
        "| Denmark/b.fet | 100 | 30 | 20 | refused |  |  |  | 3.00 | 2.00 |  |  |  |",
        "| Denmark/c.fet | 100 | 30 | 20 | 0.40 | 9.50 | 1.00 |  | ended |  | kept | kept | taken |",
        "| Denmark/d.fet | 100 | 30 | 20 | 0.40 | 9.50 | 1.00 |  | 0.05 | 2.00 | **2 broken** | kept | **refused** |",
    ]
    assert summary == (
        "Solved of 4: 2 by us, 3 by FET; of these we missed 2: Denmark/b.fet, Denmark/d.fet. Where both solved (1), our time "
        "to the first answer is 4.00 times FET's (geometric mean; times below 0.1 s count as 0.1), and our soft conflicts at "
        "the end are not more than FET's on 1."
    )
    assert doubts == "**The judges disagree: Denmark/d.fet: the judge finds our last answer broken: Ann is away.**"
    assert errors == "In error and left out: Denmark/e.fet seed 1 (exit code 1)."


def test_table_of_impossible_files_tells_whether_the_culprit_is_named() -> None:
    hours = {"says": "a teacher of 3 hours has 2", "file": "Denmark/tiny.fet", "status": "impossible", "after": 0.42}
    days = {"says": "a teacher may not come", "file": "Denmark/tiny.fet", "status": "unknown", "after": None}

    told = fet_impossible(
        [
            line("fet-impossible", "impossible: hours", **hours, reasons=["Ann | Bob."], named=True),
            line("fet-impossible", "impossible: days", **days, reasons=[], named=False),
        ]
    )

    assert told.splitlines()[4:] == [
        "| a teacher of 3 hours has 2 | tiny.fet | impossible | 0.4 | yes | Ann \\| Bob. |",
        "| a teacher may not come | tiny.fet | unknown |  | no |  |",
        "",
        "Found out: 1 of 2; the culprit named: 1.",
    ]
