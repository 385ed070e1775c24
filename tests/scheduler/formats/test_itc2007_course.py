"""Course timetabling files: published costs, a tiny one by hand, and every fault at its line."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from scheduler.compile import compile_document, pattern, recall
from scheduler.compile.compiled import Compiled
from scheduler.domain.check import check
from scheduler.domain.document import Document
from scheduler.domain.timetable import Timetable
from scheduler.errors import BadInput
from scheduler.formats import itc2007_course
from solver.audit import audit
from solver.problem import Assignment

INSTANCES = Path(os.environ.get("ZVONOK_INSTANCES", Path(__file__).parents[4] / "shared" / "instances")) / "cbctt"
needs_instances = pytest.mark.skipif(not INSTANCES.is_dir(), reason=f"the public instances are not in {INSTANCES}")

# Instances README: costs that the solutions' authors published.
PUBLISHED = {"comp01": 5, "comp02": 36, "comp03": 66, "comp04": 37, "comp05": 305, "comp06": 40, "comp07": 14}

# Two days of three periods. Pottery and Glass share a curriculum, Glass and Cloth a teacher; Cloth is in none.
CRAFTS = """Name: Crafts
Courses: 3
Rooms: 2
Days: 2
Periods_per_day: 3
Curricula: 1
Constraints: 2

COURSES:
Pottery Anna 2 2 30
Glass Boris 2 1 10
Cloth Boris 1 1 20

ROOMS:
Attic 12
Cellar 25

CURRICULA:
Arts 2 Pottery Glass

UNAVAILABILITY_CONSTRAINTS:
Cloth 1 2
Cloth 0 0

END.
"""


def solution(compiled: Compiled, text: str) -> Assignment:
    """The assignment that a `.sol` text tells: lectures of a course by their order in the text."""
    problem = compiled.problem
    option, unit = [-1] * len(problem.events), [-1] * len(problem.demands)
    rooms = {thing.id: index for index, thing in enumerate(compiled.things)}
    seen: dict[str, int] = {}
    for line in filter(None, map(str.split, text.splitlines())):
        course, room, day, period = line
        seen[course] = seen.get(course, 0) + 1
        event = compiled.event_of[f"{course}/1/{seen[course]}"]
        option[event] = int(day) * problem.grids[0].periods + int(period)
        unit[problem.demands_of_event[event][0]] = rooms[room]
    return Assignment(tuple(option), (), tuple(unit))


def crafts(text: str) -> tuple[int, int]:
    """What a solution of the tiny instance breaks and costs."""
    compiled = compile_document(itc2007_course.read_text(CRAFTS))
    found = audit(compiled.problem, solution(compiled, text))
    return found.broken, found.cost


@needs_instances
@pytest.mark.parametrize("name", PUBLISHED)
def test_published_solutions_cost_what_was_published(name: str) -> None:
    compiled = compile_document(itc2007_course.read(INSTANCES / f"{name}.ctt"))
    found = audit(compiled.problem, solution(compiled, (INSTANCES / "solutions" / f"{name}.sol").read_text()))

    assert (found.broken, found.cost) == (0, PUBLISHED[name])


@needs_instances
@pytest.mark.parametrize("number", range(1, 15))
def test_every_instance_is_whole_and_its_lessons_share_one_tuple_of_one_tick_options(number: int) -> None:
    path = INSTANCES / f"comp{number:02}.ctt"
    with path.open("rb") as stream:
        assert itc2007_course.recognise(stream.read(4096), path.name)
    document = itc2007_course.read(path)
    events = compile_document(document).problem.events

    assert check(document) == ()
    assert len({id(event.options) for event in events}) == 1
    assert {len(option.ticks) for option in events[0].options} == {1}


def test_each_cost_of_a_tiny_instance_by_hand() -> None:
    # Pottery is over by 5 in the Cellar twice; both its lectures on one day: 5 for the day; Glass changes rooms: 1;
    # Pottery 0 0 has Glass after it, Pottery 0 2 has it before, Glass on day 1 stands alone: 2.
    text = "Pottery Cellar 0 0\nGlass Attic 0 1\nPottery Cellar 0 2\nGlass Cellar 1 0\nCloth Cellar 1 1\n"

    assert crafts(text) == (0, 5 + 5 + 5 + 1 + 2)


def test_each_required_rule_of_a_tiny_instance_by_hand() -> None:
    kept = "Pottery Cellar 0 0\nPottery Cellar 1 0\nGlass Attic 0 1\nGlass Attic 1 1\nCloth Cellar 0 2\n"

    assert crafts(kept) == (0, 10)
    assert crafts(kept.replace("Cloth Cellar 0 2", "Cloth Cellar 1 2")) == (1, 10)  # not available
    assert crafts(kept.replace("Cloth Cellar 0 2", "Cloth Cellar 0 1")) == (1, 10)  # Boris teaches Glass then
    # Arts has Pottery and Glass at once, in one room; 13 more stand, Pottery has two rooms, Arts a lone period.
    assert crafts(kept.replace("Pottery Cellar 0 0", "Pottery Attic 0 1")) == (2, 10 + 13 + 1 + 2)


def test_a_solution_is_written_as_it_is_read() -> None:
    document = itc2007_course.read_text(CRAFTS)
    compiled = compile_document(document)
    text = "Pottery Cellar 0 0\nPottery Cellar 1 0\nGlass Attic 0 1\nGlass Attic 1 1\nCloth Cellar 0 2\n"
    assignment = solution(compiled, text)
    timetable = Timetable(pattern=pattern(compiled, assignment))

    assert itc2007_course.write(document, timetable) == text
    assert recall(compiled, timetable).assignment == assignment


def test_recognition_goes_by_the_header() -> None:
    assert itc2007_course.recognise(CRAFTS.encode(), "")
    assert itc2007_course.recognise(b"\xef\xbb\xbf" + CRAFTS.replace("\n", "\r\n").encode(), "x.txt")
    assert not itc2007_course.recognise(b"Name: Crafts\nPupils: 3\n", "x.ctt")


def faults(text: str) -> str:
    """All that is wrong with a text."""
    with pytest.raises(BadInput) as bad:
        itc2007_course.read_text(text)
    return str(bad.value)


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        (
            "Days: 2",
            "Days: 8",
            "line 4: Days (8) must be 1 to 7.",
        ),
        (
            "Rooms: 2",
            "Room: 2",
            "line 3: The header's line must be “Name: value”, not “Room: 2”. Maybe “Rooms” was meant.",
        ),
        ("Anna 2 2 30", "Anna two 2 30", "line 10: “two” must be a whole number from 0 to 1000000."),
        ("Anna 2 2 30", "Anna 2 2", "line 10: A line of COURSES must have 5 words, not 4."),
        ("Anna 2 2 30", "Anna 99 2 30", "line 10: The lectures (99) must be at most 60."),
        ("Attic 12", "Cellar 12", "line 16: The name “Cellar” must be given once only."),
        ("Attic 12", "At,tic 12", "line 15: The name “At,tic” must have at most 48 signs, and no commas or the like."),
        ("Arts 2", "Arts 3", "line 19: The curriculum “Arts” must list 3 courses."),
        ("Cloth 1 2", "Clot 1 2", "line 22: The course “Clot” must be among the courses. Maybe “Cloth” was meant."),
        (
            "Cloth 1 2",
            "Cloth 1 3",
            "line 22: Day 1, period 3 must lie within 2 days of 3 periods, counted from 0.",
        ),
        (
            "Cloth 0 0\n",
            "",
            "line 24: The section UNAVAILABILITY_CONSTRAINTS (1 lines) must have as many lines as the header says (2).",
        ),
        ("END.\n", "", "line 23: The file must end with “END.”. Maybe it was cut off."),
        ("END.\n", "END.\nmore\n", "line 26: Nothing must follow “END.”."),
    ],
)
def test_a_fault_names_its_line(old: str, new: str, told: str) -> None:
    assert told in faults(CRAFTS.replace(old, new, 1)).splitlines()


def test_two_faults_are_told_in_one_run() -> None:
    text = CRAFTS.replace("Anna 2", "Anna x").replace("Attic 12", "Attic y")

    assert faults(text) == (
        "line 10: “x” must be a whole number from 0 to 1000000.\nline 15: “y” must be a whole number from 0 to 1000000."
    )


def test_a_file_that_is_not_there_is_a_fault(tmp_path: Path) -> None:
    with pytest.raises(BadInput) as bad:
        itc2007_course.read(tmp_path / "none.ctt")

    assert str(bad.value) == f"{tmp_path / 'none.ctt'}: There must be a file of this name."


def test_a_course_in_no_curriculum_has_students_of_its_own() -> None:
    document: Document = itc2007_course.read_text(CRAFTS)

    assert document.course("Cloth").groups == ("students-of-Cloth",)
    assert [rule.parameters for rule in document.policy.rules if rule.id == "CurriculumCompactness"] == [
        {"people": "groups group!=students-of-Cloth"}
    ]
