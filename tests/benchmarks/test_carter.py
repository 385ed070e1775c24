"""The benchmark's own evaluator of uncapacitated exams: the published sizes, and each cost by hand."""

from __future__ import annotations

import os
import tomllib
from pathlib import Path

import pytest

from benchmarks.carter import PERIODS, UnreadableFileError, evaluate, load, main, read_instance, read_solution

ROOT = Path(__file__).parents[2]
INSTANCES = Path(os.environ.get("ZVONOK_INSTANCES", ROOT.parent / "shared" / "instances")) / "carter"

# Instances README: periods, exams and students; no solution of a known cost comes with them.
SIZES = {
    "ear-f-83": (24, 190, 1125),
    "hec-s-92": (18, 81, 2823),
    "lse-f-91": (18, 381, 2726),
    "sta-f-83": (13, 139, 611),
    "tre-s-92": (23, 261, 4360),
    "ute-s-92": (10, 184, 2749),
    "yor-f-83": (21, 181, 941),
}

# Four students: two sit Algebra and Botany, one Botany and Chemistry, one Chemistry alone.
COURSES = "Algebra 2\nBotany 3\nChemistry 2\n"
STUDENTS = "Algebra Botany\nBotany Algebra\nBotany Chemistry\nChemistry\n"
SCHOOL = read_instance("school", COURSES, STUDENTS, periods=8)


@pytest.mark.skipif(not INSTANCES.is_dir(), reason="the instances folder is not beside the repository")
@pytest.mark.parametrize(("name", "size"), SIZES.items())
def test_published_instance_has_its_published_size(name: str, size: tuple[int, int, int]) -> None:
    instance = load(INSTANCES / f"{name}.crs")

    assert (instance.periods, len(instance.exams), len(instance.students)) == size


@pytest.mark.skipif(not INSTANCES.is_dir(), reason="the instances folder is not beside the repository")
def test_all_exams_at_once_are_in_conflict_and_cost_nothing() -> None:
    instance = load(INSTANCES / "hec-s-92.crs")

    components = evaluate(instance, dict.fromkeys(instance.exams, 0))

    # Each student's pairs of exams, counted student by student.
    assert components.conflicting_students == sum(len(exams) * (len(exams) - 1) // 2 for exams in instance.students)
    assert components.cost == 0.0


def test_instances_are_there_wherever_checks_run_by_themselves() -> None:
    assert INSTANCES.is_dir() or "CI" not in os.environ


def test_known_costs_are_of_the_instances_whose_periods_are_known() -> None:
    known = tomllib.loads((ROOT / "benchmarks" / "known" / "carter.toml").read_text(encoding="utf-8"))

    assert list(known["instances"]) == list(PERIODS)


def test_conflicts_count_pairs_and_their_students() -> None:
    components = evaluate(SCHOOL, {"Algebra": 0, "Botany": 0, "Chemistry": 0})

    assert (components.conflicts, components.conflicting_students, components.violations) == (2, 3, 2)


@pytest.mark.parametrize(("gap", "proximity"), [(0, 0), (1, 32), (2, 16), (3, 8), (4, 4), (5, 2), (6, 0)])
def test_proximity_halves_with_each_period_further(gap: int, proximity: int) -> None:
    # Two students sit Algebra and Botany; Chemistry is six periods or more from Botany.
    components = evaluate(SCHOOL, {"Algebra": gap, "Botany": 0, "Chemistry": 6})

    assert components.proximity == proximity


def test_proximity_does_not_ask_which_exam_comes_first() -> None:
    assert evaluate(SCHOOL, {"Algebra": 0, "Botany": 1, "Chemistry": 7}).proximity == 32


def test_cost_is_proximity_per_student() -> None:
    # Algebra and Botany 2 x 16, Botany and Chemistry 4; the student of Chemistry alone counts as a student.
    components = evaluate(SCHOOL, {"Algebra": 0, "Botany": 1, "Chemistry": 4})

    assert (components.proximity, components.students, components.cost) == (36, 4, 9.0)


def test_carriage_returns_and_blank_lines_do_not_matter() -> None:
    courses, students = (text.replace("\n", " \r\n \r\n") for text in (COURSES, STUDENTS))

    assert read_instance("school", courses, students, periods=8) == SCHOOL


@pytest.mark.parametrize(
    ("courses", "students", "message"),
    [
        (
            "Algebra 2\nBotany",
            STUDENTS,
            'school.crs, line 2: "Botany" must be an exam, given once, and its enrolment.',
        ),
        (
            "Algebra 2\nAlgebra 2",
            STUDENTS,
            'school.crs, line 2: "Algebra 2" must be an exam, given once, and its enrolment.',
        ),
        ("Algebra two", STUDENTS, 'school.crs, line 1: "two" must be a whole number, not below 0.'),
        (COURSES, "Algebra\n\nSewing", 'school.stu, line 3: there is no exam "Sewing".'),
        (COURSES, "\n", "school.stu must have a student."),
        (
            COURSES,
            "Algebra\nBotany",
            'school.stu: exam "Algebra" must have 2 students, as school.crs says, not 1.',
        ),
    ],
)
def test_broken_instance_says_where(courses: str, students: str, message: str) -> None:
    with pytest.raises(UnreadableFileError) as caught:
        read_instance("school", courses, students, periods=8)

    assert str(caught.value) == message


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("Algebra", 'school.sol, line 1: "Algebra" must be an exam and a period.'),
        ("Algebra one", 'school.sol, line 1: "one" must be a whole number, not below 0.'),
        ("\nSewing 1", 'school.sol, line 2: there is no exam "Sewing".'),
        ("Algebra 1\nAlgebra 2", 'school.sol, line 2: exam "Algebra" must be given once.'),
        ("Algebra 8", "school.sol, line 1: period 8 must be one of 0 to 7."),
        ("Algebra 1\nChemistry 2", 'school.sol must also give the period of exam "Botany".'),
    ],
)
def test_broken_solution_says_where(text: str, message: str) -> None:
    with pytest.raises(UnreadableFileError) as caught:
        read_solution(text, SCHOOL, "school.sol")

    assert str(caught.value) == message


def test_command_prints_the_components(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "school.crs").write_text(COURSES, encoding="utf-8")
    (tmp_path / "school.stu").write_text(STUDENTS, encoding="utf-8")
    (tmp_path / "school.sol").write_text("Algebra 0\nBotany 1\nChemistry 4\n", encoding="utf-8")

    code = main([str(tmp_path / "school.crs"), str(tmp_path / "school.sol"), "--periods", "8"])

    assert code == 0
    assert capsys.readouterr().out.splitlines() == [
        "conflicts                      0",
        "conflicting_students           0",
        "proximity                     36",
        "students                       4",
        "violations                     0",
        "cost                        9.00",
    ]


def test_command_asks_for_periods_that_nobody_knows(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code = main([str(tmp_path / "school.crs"), str(tmp_path / "school.sol")])

    assert code == 2
    assert capsys.readouterr().err == (
        'The periods of "school" must be given, as no file says how many there are.\nMaybe add --periods.\n'
    )
