"""Run the engine and FET side by side on real schools' files, and the engine on files of theirs made impossible.

``python -m benchmarks.fet --seconds 120 --workers 2 --seed 1``, of some files only with ``--only Denmark Lom``;
``python -m benchmarks.fet --impossible``. Needs ``apt-get install fet fet-data``.

For each file FET goes first, then the engine, each in processes of its own; nothing else should run beside them. FET stops at
its first answer; the engine goes on until it has no more soft conflicts than that (any answer will do where FET has none), its
seconds are over, or nothing can be better (`--on` lets it go on all the same). Both are then judged by
`benchmarks.fet_judge`, which shares no code with either, and the engine's last answer by its own audit and by FET too: a copy
of the file that locks the answer's times and rooms, without what is only weighted, must be one that FET takes. Interrupted
and started again, it leaves out the runs that the file of results already holds.
"""

from __future__ import annotations

import hashlib
import math
import os
import re
import shutil
import signal
import subprocess
import sys
import time
from argparse import Namespace
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from importlib.metadata import version
from pathlib import Path
from tempfile import TemporaryDirectory
from threading import Timer
from typing import TYPE_CHECKING

from defusedxml import ElementTree

from benchmarks import records
from benchmarks.fet_file import UnreadableFileError, read_school
from benchmarks.fet_judge import judge
from benchmarks.process import in_own_process
from scheduler.compile import compile_document
from scheduler.errors import BadInput
from scheduler.formats import read
from scheduler.formats.fet.write import locked, timetable_xml
from scheduler.operations.audit import audit
from scheduler.operations.generate import generate
from scheduler.operations.told import timetable_of
from solver.audit import audit as recount
from solver.outcome import Outcome

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

    from benchmarks.records import Line
    from scheduler.domain.document import Document
    from scheduler.domain.timetable import Timetable
    from solver.outcome import Progress
    from solver.problem import Assignment

DATA = Path("/usr/share/doc/fet-data/examples")
OFFICIAL = "FET-5-official"
COUNTRIES = (
    *("Algeria", "Argentina", "Belize", "Brazil", "Bulgaria", "Denmark"),
    *("Egypt", "Germany", "Greece", "Hong-Kong", "Hungary"),
)
PROGRAM = "fet-cl"

GRACE = 5.0
"""Seconds beyond its limit after which FET is ended: there are files on which it does not look at its clock."""
LOCKED = 60.0
"""Seconds that FET has to take an answer of ours."""
IMPOSSIBLE = 60.0
"""Seconds in which an impossible file is to be found out, unless told."""
SCALE = 10_000
"""Our cost of one of FET's soft conflicts."""
CLOSE = 0.006
"""How far apart two totals of soft conflicts may be and still be one: FET writes few decimals."""

QUIET = (
    "--htmllevel=0",
    *(
        f"--writetimetables{what}=false"
        # Not activities and activity tags: 6.8.5 writes the activities' XML only where both are on.
        for what in (
            *("statistics", "dayshorizontal", "daysvertical", "timehorizontal", "timevertical", "subgroups", "groups"),
            *("years", "teachers", "teachersfreeperiods", "rooms", "subjects"),
        )
    ),
    *(
        f"--warn{what}=false"
        for what in (
            "ifusingnotperfectconstraints",
            "ifusingstudentsminhoursdailywithallowemptydays",
            "ifusinggroupactivitiesininitialorder",
            "subgroupswiththesameactivities",
            "ifusingactivitiesnotfixedtimefixedspacevirtualroomsrealrooms",
            "ifusingmaxhoursdailywithlessthan100percentweight",
        )
    ),
)
"""FET's options for no more output than is looked at, and no questions."""


# --- ours ----------------------------------------------------------------------------------------------------------


def ours(request: Line) -> Line:
    """Solve a file as any user would, in a process of its own.

    Parameters
    ----------
    request : dict
        `path` of the file, `seconds` from its reading on, `seed`, `workers`, and the cost that is `enough`, or None.

    Returns
    -------
    dict
        `refused`, why the file cannot be read; or `status`, `reasons`, `log` of pairs of elapsed seconds and cost, and for
        the `first` and the `last` answer its `seconds`, `xml` as FET would write it and whether the audit finds
        everything required `kept`; the last also as the file's `copy` with all locked.
    """
    watch = _Watch()
    path, seconds, enough = Path(request["path"]), float(request["seconds"]), request.get("enough")
    try:
        document = read(path)
        found = generate(
            document,
            seconds=max(0.1, seconds - watch.elapsed),
            seed=request["seed"],
            workers=request["workers"],
            stop=lambda: watch.elapsed >= seconds or (enough is not None and watch.cost <= enough),
            progress=watch.listen,
        )
    except BadInput as bad:
        return {"refused": [str(fault) for fault in bad.faults]}
    stopped = round(watch.elapsed, 3)
    known = stopped if found.status == "impossible" and watch.impossible is None else watch.impossible
    result: Line = {
        "status": found.status,
        "stopped": stopped,
        "impossible": known,
        "reasons": [str(reason) for reason in found.reasons],
        "log": watch.log,
    }
    if found.timetable is not None:
        assert watch.first is not None, "an answer is told of before it is given"
        first = _timetable(document, watch.first, request)
        result["first"] = {"seconds": watch.log[0][0], **_told(document, first)}
        result["last"] = {"seconds": watch.log[-1][0], **_told(document, found.timetable)}
        copy = without_soft(locked(path.read_bytes(), document, found.timetable))
        result["last"]["copy"] = copy.decode("utf-8")
    return result


class _Watch:
    """Notes the first answer and when each had which cost, or when the search, not the counting before, knew of none."""

    def __init__(self) -> None:
        self.begun = time.monotonic()
        self.first: Assignment | None = None
        self.impossible: float | None = None
        self.log: list[tuple[float, int]] = []

    @property
    def elapsed(self) -> float:
        return time.monotonic() - self.begun

    @property
    def cost(self) -> float:
        return self.log[-1][1] if self.log else math.inf

    def listen(self, progress: Progress, assignment: Assignment | None) -> None:
        if progress.phase == "soften" and self.impossible is None:
            self.impossible = round(self.elapsed, 3)
        if assignment is None or progress.cost is None:
            return
        self.log.append((round(self.elapsed, 3), progress.cost))
        if self.first is None:
            self.first = assignment


def _timetable(document: Document, assignment: Assignment, request: Line) -> Timetable:
    compiled = compile_document(document)
    outcome = Outcome("feasible", assignment, recount(compiled.problem, assignment), 0)
    return timetable_of(compiled, outcome, seed=request["seed"], workers=request["workers"], version=version("zvonok"))


def _told(document: Document, timetable: Timetable) -> Line:
    found = audit(document, timetable)
    broken = [str(told) for rule in found.rules if rule.weight is None for told in rule.sentences]
    return {
        "xml": timetable_xml(document, timetable),
        "kept": found.kept,
        "broken": [*map(str, found.facts), *broken][:3],
        "cost": found.cost,
    }


def without_soft(source: bytes) -> bytes:
    """Leave out of a `.fet` file the constraints that are only weighted."""
    root = ElementTree.fromstring(source)
    for constraints in _lists(root):
        for c in list(constraints):
            if float(c.findtext("Weight_Percentage") or c.findtext("Weight") or 100) < 100:
                constraints.remove(c)
    return _written(root)


def _lists(root: Element) -> list[Element]:
    return [constraints for constraints in root if constraints.tag.endswith("_Constraints_List")]


def _written(root: Element) -> bytes:
    text: bytes = ElementTree.tostring(root, encoding="utf-8", xml_declaration=True)
    return text


# --- FET's ---------------------------------------------------------------------------------------------------------


def fets(path: Path, folder: Path, seconds: float, seed: int) -> Line:
    """Let FET solve a file.

    Parameters
    ----------
    path : Path
        The file.
    folder : Path
        An empty one, for what it writes.
    seconds, seed
        Its limit, and where its random numbers begin.

    Returns
    -------
    dict
        `outcome`: solved, refused (it finds the data wrong), time exceeded, ended (it did not stop by itself); `seconds`
        until its process was over; `said`, its last words where it did not solve the file; and where it did `xml`, its
        timetable, and `reported`, its own total of soft conflicts.
    """
    command = [
        PROGRAM,
        f"--inputfile={path}",
        f"--outputdir={folder}",
        f"--timelimitseconds={math.ceil(seconds)}",
        *QUIET,
    ]
    command += [f"--randomseeds{part}={seed}" for part in (10, 11, 12, 20, 21, 22)]
    said = folder / "said"
    start = time.monotonic()
    with said.open("wb") as log:
        process = subprocess.Popen(
            command,
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=log,
            start_new_session=True,
            env={**os.environ, "QT_QPA_PLATFORM": "offscreen"},
        )
        # Not by the timeout of `wait`, which looks only twenty times a second.
        late = Timer(seconds + GRACE, os.killpg, (process.pid, signal.SIGKILL))
        late.start()
        try:
            code = process.wait()
        finally:
            late.cancel()
            if process.poll() is None:
                os.killpg(process.pid, signal.SIGKILL)
                process.wait()
    result: Line = {"seconds": round(time.monotonic() - start, 3)}
    written = folder / "timetables" / path.stem
    timetable = written / f"{path.stem}_activities.xml"
    if code == 0 and timetable.exists():
        conflicts = (written / f"{path.stem}_soft_conflicts.txt").read_text(encoding="utf-8-sig")
        total = re.search(r"^Total soft conflicts: ([\d.]+)", conflicts, re.MULTILINE)
        result |= {"outcome": "solved", "reported": float(total[1]) if total is not None else None}
        return result | {"xml": timetable.read_text(encoding="utf-8-sig")}
    outcome = "ended" if code < 0 else "refused" if code else "time exceeded"
    return result | {"outcome": outcome, "said": said.read_text(encoding="utf-8", errors="replace").strip()[-600:]}


def fet_version() -> str:
    """Return FET's version."""
    told = subprocess.run([PROGRAM, "--version"], capture_output=True, text=True, check=False).stdout
    found = re.search(r"version (\S+)", told)
    return found[1] if found is not None else "unknown"


# --- side by side --------------------------------------------------------------------------------------------------


def compare(path: Path, line: Line, solve: str) -> Line:
    """Let both solve a file, and judge what they found.

    Parameters
    ----------
    path : Path
        The file.
    line : dict
        `seconds`, `seed`, `workers`, and whether ours goes `on` when it has no more soft conflicts than FET.
    solve : str
        What is run for ours, as ``module:function``.

    Returns
    -------
    dict
        How large the file is, `ours`, `fet`, and what the judges disagree about.
    """
    seconds, seed = line["seconds"], line["seed"]
    with TemporaryDirectory() as made:
        folder = Path(made)
        (folder / "fet").mkdir()
        request = {"path": str(path), **{name: line[name] for name in ("seconds", "seed", "workers")}}
        theirs = fets(path, folder / "fet", seconds, seed) | {"version": fet_version()}
        judged(path, theirs, folder)
        if not line["on"]:
            request["enough"] = math.floor(SCALE * theirs["soft"]) if theirs.get("soft") is not None else sys.maxsize
        mine = in_own_process(solve, request, limit=1.5 * seconds + 120)
        for answer in (mine.get(which) for which in ("first", "last")):
            if answer is not None:
                judged(path, answer, folder)
        if "last" in mine:
            mine["last"]["taken"] = taken(mine["last"].pop("copy"), folder, seed)
    if "first" in mine:
        mine["overtakes"] = overtakes(mine, theirs)
    result = {**size(path), "ours": mine, "fet": theirs, "disagreements": disagreements(mine, theirs)}
    return result | ({"error": mine["error"]} if "error" in mine else {})


def judged(path: Path, answer: Line, folder: Path) -> None:
    """Put in place of an answer's timetable what the judge says: of what is required, and its soft total."""
    xml = answer.pop("xml", None)
    if xml is None:
        return
    timetable = folder / "timetable.xml"
    timetable.write_text(xml, encoding="utf-8")
    try:
        verdict = judge(path, timetable)
    except UnreadableFileError as error:
        answer |= {"hard": 1, "hard_told": [f"The timetable is unreadable: {error}"], "soft": None, "unknown": []}
        return
    answer |= {"hard": len(verdict.hard), "hard_told": verdict.hard[:3], "soft": round(float(verdict.total), 4)}
    answer["unknown"] = verdict.unknown


def taken(copy: str, folder: Path, seed: int) -> Line | None:
    """Ask FET whether it takes a copy of the file in which an answer is locked; None where there is no FET."""
    if shutil.which(PROGRAM) is None:
        return None
    path = folder / "locked.fet"
    path.write_text(copy, encoding="utf-8")
    (folder / "locked").mkdir()
    found = fets(path, folder / "locked", LOCKED, seed)
    return {"yes": found["outcome"] == "solved", **{k: found[k] for k in ("seconds", "outcome", "said") if k in found}}


def overtakes(mine: Line, theirs: Line) -> float | None:
    """Tell after how many seconds our soft total was first not more than FET's; None where it never was, or FET has none.

    The judge's totals decide for the first answer and the last, our own cost when it came about between them.
    """
    goal = theirs.get("soft")
    first, last = mine["first"], mine["last"]
    if goal is None or not reaches(last, goal):
        return None
    if reaches(first, goal):
        return float(first["seconds"])
    limit = SCALE * (goal + CLOSE)
    return float(next((seconds for seconds, cost in mine["log"] if cost <= limit), last["seconds"]))


def reaches(answer: Line, goal: float) -> bool:
    """Whether an answer breaks nothing required and has no more soft conflicts than the goal."""
    return not answer["hard"] and answer["soft"] <= goal + CLOSE


def disagreements(mine: Line, theirs: Line) -> list[str]:
    """Say where two judges do not say the same."""
    told = []
    for which in ("first", "last"):
        answer = mine.get(which)
        if answer is None:
            continue
        if not answer["kept"]:
            told.append(f"the audit finds our {which} answer broken: {answer['broken'][0]}")
        if answer["hard"]:
            told.append(f"the judge finds our {which} answer broken: {answer['hard_told'][0]}")
        if (taken := answer.get("taken")) is not None and not taken["yes"]:
            told.append(f"FET does not take our {which} answer ({taken['outcome']})")
    if theirs.get("hard"):
        told.append(f"the judge finds FET's answer broken: {theirs['hard_told'][0]}")
    if theirs.get("soft") is not None and abs(theirs["soft"] - (theirs["reported"] or 0)) > CLOSE:
        told.append(f"FET counts {theirs['reported']} soft conflicts of its answer, the judge {theirs['soft']}")
    return told


def size(path: Path) -> Line:
    """Tell how large a file is: its activities, its teachers, subgroups and rooms, and its constraints."""
    school = read_school(path)
    resources = len(school.teachers) + len(school.subgroups) + len(school.rooms)
    return {"activities": len(school.activities), "resources": resources, "constraints": len(school.constraints)}


def words(result: Line) -> str:
    """Tell in a line how a file went."""
    mine, theirs = result["ours"], result["fet"]
    if "first" in mine:
        first, last = mine["first"], mine["last"]
        told = f"ours {first['seconds']:.1f} s, soft {first['soft']} to {last['soft']}"
    else:
        told = f"ours {mine['status']}" if "status" in mine else f"ours refused: {mine.get('refused', ['?'])[0]}"
    told += f"; FET {theirs['outcome']} in {theirs['seconds']:.1f} s"
    if "soft" in theirs:
        told += f", soft {theirs['soft']}"
    return told + "".join(f"\n  !!! DISAGREEMENT: {text}" for text in result["disagreements"])


def files(data: Path, only: Sequence[str] = ()) -> dict[str, Path]:
    """Return the files of the list that are there, by their paths below the folder of examples."""
    base = data / OFFICIAL
    found = (path for country in COUNTRIES for path in sorted((base / country).rglob("*.fet")))
    named = {path.relative_to(base).as_posix(): path for path in found}
    return {name: path for name, path in named.items() if not only or any(text in name for text in only)}


# --- made impossible -----------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Impossible:
    """A real file made impossible.

    Attributes
    ----------
    name : str
    file : str
        The end of the real file's path.
    says : str
        What was done to it.
    culprits : tuple of str
        Names of which a good reason gives one.
    spoil : callable
        Does it to the file's tree.
    """

    name: str
    file: str
    says: str
    culprits: tuple[str, ...]
    spoil: Callable[[Element], None]


def _spread_by_all_means(root: Element) -> None:
    for c in root.iter("ConstraintMinDaysBetweenActivities"):
        _set(c, "Weight_Percentage", "100")


def _available(root: Element, *, teacher: str, hours: int) -> None:
    """Leave a teacher only the first so many hours of the week."""
    tag, times = (
        "ConstraintTeacherNotAvailableTimes",
        [(d, h) for d in _names(root, "Day") for h in _names(root, "Hour")],
    )
    _remove(root, tag, "Teacher", teacher)
    c = _add(root, tag, [("Teacher", teacher), ("Number_of_Not_Available_Times", str(len(times) - hours))])
    for day, hour in times[hours:]:
        _part(c, "Not_Available_Time", [("Day", day), ("Hour", hour)])


def _lock_together(root: Element, *, students: str, length: int) -> None:
    """Lock two activities of a class, of other teachers, at the same time."""
    first, second = _differing(root, "Teacher", Students=students, Duration=str(length))
    for activity in (first, second):
        _remove(root, "ConstraintActivityPreferredStartingTime", "Activity_Id", activity)
        when = [("Preferred_Day", _names(root, "Day")[0]), ("Preferred_Hour", _names(root, "Hour")[0])]
        lock = [("Activity_Id", activity), *when, ("Permanently_Locked", "true")]
        _add(root, "ConstraintActivityPreferredStartingTime", lock)


def _one_room(root: Element, *, subject: str, room: str) -> None:
    """Send a subject to one room and no other."""
    _add(root, "ConstraintSubjectPreferredRoom", [("Subject", subject), ("Room", room)], "Space")


def _break(root: Element) -> None:
    """Make the first hour of the second day a break."""
    c = _add(root, "ConstraintBreakTimes", [("Number_of_Break_Times", "1")])
    _part(c, "Break_Time", [("Day", _names(root, "Day")[1]), ("Hour", _names(root, "Hour")[0])])


def _teacher_limit(root: Element, *, teacher: str, what: str, figure: str, most: int) -> None:
    _remove(root, f"ConstraintTeacher{what}", "Teacher_Name", teacher)
    _add(root, f"ConstraintTeacher{what}", [("Teacher_Name", teacher), (figure, str(most))])


def _apart(root: Element, *, subject: str, students: str, days: int) -> None:
    """Keep a class's activities of a subject further apart than the week is long."""
    activities = _activities(root, Subject=subject, Students=students)
    ids = [("Activity_Id", activity) for activity in activities]
    head = [("Consecutive_If_Same_Day", "true"), ("Number_of_Activities", str(len(ids)))]
    _add(root, "ConstraintMinDaysBetweenActivities", [*head, *ids, ("MinDays", str(days))])


def _each_before_the_other(root: Element, *, students: str) -> None:
    first, second = _differing(root, "Subject", Students=students)
    for a, b in ((first, second), (second, first)):
        _add(root, "ConstraintTwoActivitiesOrdered", [("First_Activity_Id", a), ("Second_Activity_Id", b)])


def _two_at_once(root: Element, *, teacher: str) -> None:
    """Begin two activities of a teacher, of other classes, at the same time."""
    ids = [("Activity_Id", activity) for activity in _differing(root, "Students", Teacher=teacher)]
    _add(root, "ConstraintActivitiesSameStartingTime", [("Number_of_Activities", "2"), *ids])


def _names(root: Element, what: str) -> list[str]:
    return [name.text or "" for name in root.findall(f"{what}s_List/{what}/Name")]


def _activities(root: Element, **asked: str) -> list[str]:
    """Return the numbers of the active activities that have what is asked for."""
    return [a.findtext("Id") or "" for a in _matching(root, asked)]


def _matching(root: Element, asked: dict[str, str]) -> Iterator[Element]:
    for a in root.findall("Activities_List/Activity"):
        if a.findtext("Active") != "false" and all(
            text in [part.text for part in a.findall(tag)] for tag, text in asked.items()
        ):
            yield a


def _differing(root: Element, tag: str, **asked: str) -> tuple[str, str]:
    """Return the first activity that has what is asked for, and the next that differs from it in one thing."""
    first, *others = _matching(root, asked)
    second = next(a for a in others if a.findtext(tag) != first.findtext(tag))
    return first.findtext("Id") or "", second.findtext("Id") or ""


def _add(root: Element, tag: str, parts: list[tuple[str, str]], kind: str = "Time") -> Element:
    """Add a required constraint."""
    constraints = root.find(f"{kind}_Constraints_List")
    assert constraints is not None
    return _part(constraints, tag, [("Weight_Percentage", "100"), *parts, ("Active", "true")])


def _part(whole: Element, tag: str, texts: list[tuple[str, str]]) -> Element:
    part = whole.makeelement(tag, {})
    whole.append(part)
    for name, text in texts:
        child = part.makeelement(name, {})
        child.text = text
        part.append(child)
    return part


def _remove(root: Element, tag: str, part: str, text: str) -> None:
    """Take away the constraints of a kind that are about somebody."""
    for constraints in _lists(root):
        for c in constraints.findall(tag):
            if any(child.tag.startswith(part) and child.text == text for child in c):
                constraints.remove(c)


def _set(whole: Element, tag: str, text: str) -> None:
    part = whole.find(tag)
    assert part is not None
    part.text = text


IMPOSSIBLES = (
    Impossible(
        "spread",
        "Bulgaria/Lom_high_school_2007-2008.fet",
        "activities spread over days by all means (weight 100); a teacher of daily ones is away on Fridays",
        ("Найденова",),
        _spread_by_all_means,
    ),
    Impossible(
        "hours",
        "Brazil/1/Brazil.fet",
        "a teacher of 20 hours is available for 19",
        ("Luzia",),
        partial(_available, teacher="Luzia", hours=19),
    ),
    Impossible(
        "locked",
        "Argentina/Horario_ISJ.fet",
        "two double lessons of a class are locked at one time",
        ("1º A",),
        partial(_lock_together, students="1º A", length=2),
    ),
    Impossible(
        "room",
        "Greece/Gymnasio/Gymnasio.fet",
        "a subject of 40 hours is sent to one room, open for 35",
        ("αυλή",),
        partial(_one_room, subject="Μαθημ", room="αυλή"),
    ),
    Impossible(
        "break",
        "Brazil/2/EEBLJ-Noturno.fet",
        "a break leaves 24 hours to classes of 25",
        ("1 em 4", "2 em 3", "3 em 3"),
        _break,
    ),
    Impossible(
        "days",
        "Argentina/Horario_ISJ.fet",
        "a teacher of 27 hours may come on 3 days of 7 hours",
        ("Ana María Lezcano",),
        partial(_teacher_limit, teacher="Ana María Lezcano", what="MaxDaysPerWeek", figure="Max_Days_Per_Week", most=3),
    ),
    Impossible(
        "daily",
        "Brazil/1/Brazil.fet",
        "a teacher of 20 hours may teach 3 a day",
        ("Luzia",),
        partial(_teacher_limit, teacher="Luzia", what="MaxHoursDaily", figure="Maximum_Hours_Daily", most=3),
    ),
    Impossible(
        "apart",
        "Brazil/1/Brazil.fet",
        "a subject's 4 activities are to be 2 days apart in a week of 5",
        ("Lingua Portuguesa",),
        partial(_apart, subject="Lingua Portuguesa", students="301", days=2),
    ),
    Impossible(
        "order",
        "Brazil/2/EEBLJ-Noturno.fet",
        "of two activities each is to be before the other",
        ("LPL", "HIS"),
        partial(_each_before_the_other, students="1 em 4"),
    ),
    Impossible(
        "together",
        "Greece/Gymnasio/Gymnasio.fet",
        "two activities of a teacher begin at the same time",
        ("pe02-c",),
        partial(_two_at_once, teacher="pe02-c"),
    ),
)


def spoilt(path: Path, one: Impossible) -> bytes:
    """Return a file made impossible."""
    root: Element = ElementTree.fromstring(path.read_bytes())
    one.spoil(root)
    return _written(root)


def find_out(source: bytes, one: Impossible, line: Line, solve: str) -> Line:
    """Let the engine find out that a file is impossible, and look whether it says why.

    Returns
    -------
    dict
        `status`; `after`, seconds until it was known, or None; `told`, seconds until the `reasons` were; and whether the
        culprit is `named` in one of them.
    """
    with TemporaryDirectory() as folder:
        path = Path(folder) / f"{one.name}.fet"
        path.write_bytes(source)
        request = {"path": str(path), **{name: line[name] for name in ("seconds", "seed", "workers")}}
        found = in_own_process(solve, request, limit=1.5 * line["seconds"] + 120)
    reasons = found.get("reasons") or found.get("refused") or []
    result = {
        "status": "refused" if "refused" in found else found.get("status"),
        "after": found.get("impossible"),
        "told": found.get("stopped"),
        "reasons": reasons,
        "named": any(culprit in reason for culprit in one.culprits for reason in reasons),
        "peak_memory_mb": found["peak_memory_mb"],
    }
    if "last" in found:
        result["error"] = "a timetable was found, which cannot be"
    return result | {name: found[name] for name in ("error",) if name in found}


# --- the command ---------------------------------------------------------------------------------------------------


def main(arguments: Sequence[str] | None = None) -> int:
    """Run what the file of results does not hold yet."""
    parser = records.parser("fet", main.__doc__, seconds=120, solve="benchmarks.fet:ours")
    parser.add_argument("--only", nargs="+", default=(), metavar="TEXT", help="files whose path has one of these texts")
    parser.add_argument("--data", type=Path, default=DATA, help=f"FET's examples (default: {DATA})")
    parser.add_argument("--on", action="store_true", help="go on when there are no more soft conflicts than FET has")
    parser.add_argument("--again", action="store_true", help="run also what is there with the same settings")
    parser.add_argument(
        "--impossible", action="store_true", help=f"run the files made impossible ({IMPOSSIBLE:g} s each unless told)"
    )
    parser.set_defaults(seconds=None, out=records.ROOT / "benchmarks" / "results" / "fet.jsonl")
    given = parser.parse_args(arguments)
    given.seconds = given.seconds or (IMPOSSIBLE if given.impossible else 120.0)

    if not files(given.data):
        print(f"No FET files in {given.data / OFFICIAL}: apt-get install fet-data, or use --data.", file=sys.stderr)
        return 2
    if shutil.which(PROGRAM) is None and not given.impossible:
        print(f"There is no {PROGRAM}: apt-get install fet.", file=sys.stderr)
        return 2
    doubts: list[str] = []
    run = _impossible(given) if given.impossible else _side_by_side(given, doubts)
    code = records.fill(*run) if not given.again else _again(*run)
    return code or bool(doubts)


Perform = Callable[[records.Line], tuple[records.Line, str]]
Run = tuple[str, list[records.Line], Namespace, Perform]
"""What `records.fill` takes."""


def _side_by_side(given: Namespace, doubts: list[str]) -> Run:
    """Prepare the files; the judges' disagreements will be added to the doubts."""
    paths = files(given.data, given.only)

    def perform(line: Line) -> tuple[Line, str]:
        result = compare(paths[line["instance"]], line, given.solve)
        doubts.extend(result["disagreements"])
        return result, words(result)

    lines = [{"instance": name, "digest": _digest(path.read_bytes()), "on": given.on} for name, path in paths.items()]
    return "fet", lines, given, perform


def _impossible(given: Namespace) -> Run:
    spoilers = {f"impossible: {one.name}": one for one in IMPOSSIBLES}
    paths = {name: given.data / OFFICIAL / one.file for name, one in spoilers.items()}
    asked = [
        name
        for name, one in spoilers.items()
        if paths[name].exists() and (not given.only or any(text in f"{one.name} {one.file}" for text in given.only))
    ]
    sources = {name: spoilt(paths[name], spoilers[name]) for name in asked}

    def perform(line: Line) -> tuple[Line, str]:
        result = find_out(sources[line["instance"]], spoilers[line["instance"]], line, given.solve)
        told = "the culprit is named" if result["named"] else "THE CULPRIT IS NOT NAMED"
        return result, f"{result['status']} after {result['after'] or result['told']} s, {told}"

    lines = [
        {"instance": name, "digest": _digest(sources[name]), "file": spoilers[name].file, "says": spoilers[name].says}
        for name in asked
    ]
    return "fet-impossible", lines, given, perform


def _again(benchmark: str, lines: list[Line], given: Namespace, perform: Perform) -> int:
    """Run everything, whatever the file of results holds."""
    out = given.out

    def kept(line: Line) -> tuple[Line, str]:
        result, told = perform(line)
        records.append(out, line | result)
        return result, told

    with TemporaryDirectory() as folder:
        given.out = Path(folder) / "results.jsonl"
        return records.fill(benchmark, lines, given, kept)


def _digest(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()[:12]


if __name__ == "__main__":
    sys.exit(main())
