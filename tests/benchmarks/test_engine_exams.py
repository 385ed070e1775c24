"""The engine on exams by the path that everybody takes: feasible, and counted alike by its audit and by the evaluators."""

from __future__ import annotations

import os
import random
from itertools import product
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from benchmarks import carter, carter_session
from benchmarks.exam import judge_carter, judge_set
from benchmarks.itc2007_exam import Place, evaluate, read_instance
from scheduler.compile.sessions import compile_sessions, recall
from scheduler.formats import itc2007_exam, read
from scheduler.operations.attest import attest
from solver.audit import audit

if TYPE_CHECKING:
    from collections.abc import Iterator

    from scheduler.compile.sessions import CompiledSessions
    from scheduler.domain.document import Document
    from scheduler.domain.session_plan import SessionPlan

INSTANCES = Path(os.environ.get("ZVONOK_INSTANCES", Path(__file__).parents[3] / "shared" / "instances"))
needs_instances = pytest.mark.skipif(not INSTANCES.is_dir(), reason=f"the public instances are not in {INSTANCES}")

# Instances README: costs that the solutions' authors wrote into the files' names.
PUBLISHED = {1: 4740, 2: 395, 3: 9465, 4: 11802, 5: 2953, 6: 25790, 7: 4251, 8: 7284}

# Student 1 sits the first and the fourth exam, student 2 the first two, students 3 and 4 the second and the third. By the clock
# the second period begins before the first one ends; the last is short, and dear. The attic is small, and dear too.
CRAFTS = """[Exams:5]
120, 1, 2
90, 2, 3, 4
60, 3, 4, 5
60, 1, 6
90
[Periods:4]
01:06:2026, 09:30:00, 180, 0
01:06:2026, 12:00:00, 120, 0
02:06:2026, 09:30:00, 120, 0
02:06:2026, 14:00:00, 60, 30
[Rooms:2]
4, 0
2, 20
[PeriodHardConstraints]
2, AFTER, 0
1, EXCLUSION, 4
3, EXAM_COINCIDENCE, 4
0, EXAM_COINCIDENCE, 1
[RoomHardConstraints]
3, ROOM_EXCLUSIVE
[InstitutionalWeightings]
TWOINAROW, 7
TWOINADAY, 5
PERIODSPREAD, 2
NONMIXEDDURATIONS, 10
FRONTLOAD, 2, 2, 15
"""


def crafts() -> Iterator[tuple[Place, ...]]:
    """Every solution of the tiny instance in which each exam is short enough for its period."""
    instance = read_instance(CRAFTS)
    yield from product(
        *(
            [
                Place(period, room)
                for period, own in enumerate(instance.periods)
                for room in range(len(instance.rooms))
                if own.duration >= exam.duration
            ]
            for exam in instance.exams
        )
    )


def plan_of(document: Document, solution: tuple[Place, ...]) -> SessionPlan:
    return itc2007_exam.read_solution("".join(f"{place.period}, {place.room}\n" for place in solution), document)


def recounted(compiled: CompiledSessions, plan: SessionPlan) -> tuple[bool, int]:
    """Whether a plan keeps what is required, and what it costs, by the engine's rules."""
    recalled = recall(compiled, plan)
    found = audit(compiled.problem, recalled.assignment)
    return not recalled.missing and not found.broken, found.cost


@needs_instances
@pytest.mark.parametrize(("number", "cost"), PUBLISHED.items())
def test_published_solution_costs_what_was_published(number: int, cost: int) -> None:
    folder = INSTANCES / "exam_itc2007"
    document = read(folder / f"exam_comp_set{number}.exam")
    text = (folder / "solutions" / f"exam_comp_set{number}_FastTA_{cost}.sln").read_text(encoding="utf-8")

    assert recounted(compile_sessions(document), itc2007_exam.read_solution(text, document)) == (True, cost)


def test_solutions_of_a_tiny_instance_are_counted_alike() -> None:
    instance, document = read_instance(CRAFTS), itc2007_exam.read_text(CRAFTS)
    compiled = compile_sessions(document)
    counted = [(solution, evaluate(instance, solution)) for solution in crafts()]
    kept = [each for each in counted if not each[1].violations]
    broken = [each for each in counted if each[1].violations]

    assert (len(kept), len(broken)) == (30, 13794)
    for solution, official in kept:
        assert recounted(compiled, plan_of(document, solution)) == (True, official.cost)
    for solution, _ in random.Random(1).sample(broken, 300):
        assert recounted(compiled, plan_of(document, solution))[0] is False


def test_tiny_instance_is_solved_to_its_optimum_by_counted_work(tmp_path: Path) -> None:
    instance = read_instance(CRAFTS)
    counted = (evaluate(instance, solution) for solution in crafts())
    optimum = min(components.cost for components in counted if not components.violations)
    path = tmp_path / "crafts.exam"
    path.write_text(CRAFTS, encoding="utf-8")
    document = read(path)

    plan = attest(document, seconds=600, work=10, seed=1, workers=1).plan

    assert plan is not None
    judged = judge_set(path, itc2007_exam.write(document, plan))
    assert (judged.violations, judged.cost, plan.cost) == (0, optimum, optimum)


@needs_instances
def test_set_is_feasible_by_counted_work_and_counted_alike() -> None:
    path = INSTANCES / "exam_itc2007" / "exam_comp_set6.exam"
    document = read(path)

    plan = attest(document, seconds=600, work=1, seed=1, workers=1).plan

    assert plan is not None
    judged = judge_set(path, itc2007_exam.write(document, plan))
    assert (judged.violations, judged.cost) == (0, recounted(compile_sessions(document), plan)[1])


@needs_instances
def test_toronto_instance_is_feasible_by_counted_work_and_counted_alike() -> None:
    path = INSTANCES / "carter" / "hec-s-92.crs"
    document = carter_session.read(path)

    plan = attest(document, seconds=600, work=1, seed=1, workers=1).plan

    assert plan is not None
    judged = judge_carter(path, carter_session.write(plan))
    assert (judged.violations, judged.cost) == (0, recounted(compile_sessions(document), plan)[1])
    assert judged.components["students"] == len(carter.load(path).students)
