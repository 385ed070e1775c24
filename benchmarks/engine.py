"""What the benchmarks run: the engine by its public path. `benchmarks.fet` calls it itself."""

from __future__ import annotations

import time
from pathlib import Path
from typing import TYPE_CHECKING

from benchmarks import carter_session, synthetic_session
from benchmarks.synthetic import school
from scheduler.formats import itc2007_course, itc2007_exam, read
from scheduler.operations.attest import attest
from scheduler.operations.audit import audit, audit_session
from scheduler.operations.generate import generate

if TYPE_CHECKING:
    from benchmarks.records import Line
    from scheduler.domain.session_plan import SessionPlan
    from scheduler.domain.timetable import Timetable
    from scheduler.operations.audit import Audit
    from solver.outcome import Progress
    from solver.problem import Assignment


def course(request: Line) -> Line:
    """Solve an instance of course timetabling as any user would.

    Parameters
    ----------
    request : dict
        `path` of the instance, `seconds`, `seed`, `workers`.

    Returns
    -------
    dict
        `solution`, the text of a ``.sol`` file; `audit_cost` and `audit_kept`, the audit's recount; `bound`; `log`, pairs
        of elapsed seconds and cost; or an `error`.
    """
    document = read(Path(request["path"]))
    found = generate(document, seconds=request["seconds"], seed=request["seed"], workers=request["workers"])
    timetable = found.timetable
    if timetable is None:
        return {"error": f"no timetable was found: {found.status}"}
    return _answer(itc2007_course.write(document, timetable), timetable, audit(document, timetable))


def exam(request: Line) -> Line:
    """Solve an instance of examination timetabling, ITC-2007's or Toronto's, as any user would.

    Takes and gives what `course` does; the solution is the text of a ``.sln`` file, or what `benchmarks.carter` reads.
    """
    path = Path(request["path"])
    toronto = path.suffix == ".crs"
    document = carter_session.read(path) if toronto else read(path)
    found = attest(document, seconds=request["seconds"], seed=request["seed"], workers=request["workers"])
    plan = found.plan
    if plan is None:
        return {"error": f"no plan was found: {found.status}"}
    solution = carter_session.write(plan) if toronto else itc2007_exam.write(document, plan)
    return _answer(solution, plan, audit_session(document, plan))


def _answer(solution: str, found: Timetable | SessionPlan, recount: Audit) -> Line:
    return {
        "solution": solution,
        "audit_cost": recount.cost,
        "audit_kept": recount.kept,
        "bound": found.bound,
        "log": [[step.seconds, step.cost] for step in found.search.steps],
    }


def growth(request: Line) -> Line:
    """Bring a synthetic school to its first feasible timetable.

    Parameters
    ----------
    request : dict
        `lessons`, `seconds`, `seed` (of the search; the school of a size is always the same), `workers`.

    Returns
    -------
    dict
        `lessons` as there really are, `classes`, `teachers`; `first_feasible`, seconds from the document to a feasible
        timetable, or None; of these `build`, until the search begins, and `search`, the rest.
    """
    document = school(request["lessons"]).document
    watch = _Watch()
    timetable = generate(
        document,
        seconds=request["seconds"],
        seed=request["seed"],
        workers=request["workers"],
        stop=watch.is_feasible,
        progress=watch.listen,
    ).timetable
    result: Line = {
        "lessons": sum(int(course.hours) for course in document.courses),
        "classes": sum(not group.part_of for group in document.groups),
        "teachers": len(document.teachers),
        **watch.told(found=timetable is not None),
    }
    if timetable is not None and not audit(document, timetable).kept:
        result["error"] = "the audit finds the timetable broken"
    return result


def session(request: Line) -> Line:
    """Bring a synthetic session of exams to its first feasible plan.

    Parameters
    ----------
    request : dict
        `exams`, `seconds`, `seed` (of the search; the session of a size is always the same), `workers`. There are ten
        students for three exams, an examiner for two and a workstation for three.

    Returns
    -------
    dict
        `students`, `examiners`, `workstations`, `days` of the window and `shortest`, the least that it could have;
        `first_feasible`, `build` and `search` as of `growth`.
    """
    exams: int = request["exams"]
    made = synthetic_session.session(exams, 10 * exams // 3, teachers=exams // 2, workstations=max(12, exams // 3))
    document = made.document
    watch = _Watch()
    plan = attest(
        document,
        seconds=request["seconds"],
        seed=request["seed"],
        workers=request["workers"],
        stop=watch.is_feasible,
        progress=watch.listen,
    ).plan
    result: Line = {
        "students": len(document.students),
        "examiners": len(document.teachers),
        "workstations": len(document.workstations),
        "days": made.days,
        "shortest": made.shortest,
        **watch.told(found=plan is not None),
    }
    if plan is not None and not audit_session(document, plan).kept:
        result["error"] = "the audit finds the plan broken"
    return result


class _Watch:
    """Notes when the search began and when it first found a feasible timetable."""

    def __init__(self) -> None:
        self.begun = time.monotonic()
        self.searching: float | None = None
        self.feasible: float | None = None

    @property
    def elapsed(self) -> float:
        return time.monotonic() - self.begun

    def listen(self, progress: Progress, assignment: Assignment | None) -> None:
        if self.searching is None and progress.phase == "construct":
            self.searching = self.elapsed
        if self.feasible is None and assignment is not None and progress.cost is not None:
            self.feasible = self.elapsed

    def is_feasible(self) -> bool:
        return self.feasible is not None

    def told(self, *, found: bool) -> Line:
        """Tell how long all took, where a timetable or a plan was found, and of that what came before the search."""
        spent = self.elapsed if self.feasible is None else self.feasible
        build = spent if self.searching is None else self.searching
        return {
            "first_feasible": round(spent, 3) if found else None,
            "build": round(build, 3),
            "search": round(spent - build, 3),
        }
