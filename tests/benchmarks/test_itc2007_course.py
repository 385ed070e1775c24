"""The benchmark's own evaluator: the published costs, and each component by hand."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from benchmarks.itc2007_course import UnreadableFileError, evaluate, main, read_instance, read_solution

INSTANCES = Path(os.environ.get("ZVONOK_INSTANCES", Path(__file__).parents[3] / "shared" / "instances")) / "cbctt"

# Instances README: costs that the solutions' authors published.
PUBLISHED = {"comp01": 5, "comp02": 36, "comp03": 66, "comp04": 37, "comp05": 305, "comp06": 40, "comp07": 14}

# Two days of four periods. Painting and Etching share a curriculum, Etching and Weaving a teacher.
CRAFTS = """
Name: Crafts
Courses: 3
Rooms: 2
Days: 2
Periods_per_day: 4
Curricula: 2
Constraints: 1

COURSES:
Painting  Anna   3 2 30
Etching   Boris  2 1 10
Weaving   Boris  1 1 20

ROOMS:
Attic   12
Cellar  25

CURRICULA:
Arts     2 Painting Etching
Textile  1 Weaving

UNAVAILABILITY_CONSTRAINTS:
Weaving 1 3

END.
"""

# Every hard constraint kept. Painting: day 0 at 0 and 1, day 1 at 0; Etching: day 1 at 1 and 2; Weaving: day 0 at 3.
KEPT = """
Painting Cellar 0 0
Painting Cellar 0 1
Painting Cellar 1 0
Etching  Attic  1 1
Etching  Attic  1 2
Weaving  Cellar 0 3
"""


def components_of(*, without: str = "", plus: str = "") -> dict[str, int]:
    """Each count of `KEPT`, one line taken out and others put in."""
    instance = read_instance(CRAFTS)
    assert without in KEPT
    return vars(evaluate(instance, read_solution(KEPT.replace(without, "", 1) + plus, instance)))


@pytest.mark.skipif(not INSTANCES.is_dir(), reason="the instances folder is not beside the repository")
@pytest.mark.parametrize(("name", "cost"), PUBLISHED.items())
def test_published_solution_has_its_published_cost(name: str, cost: int) -> None:
    instance = read_instance((INSTANCES / f"{name}.ctt").read_text(encoding="utf-8"))
    solution = (INSTANCES / "solutions" / f"{name}.sol").read_text(encoding="utf-8")

    components = evaluate(instance, read_solution(solution, instance))

    assert (components.violations, components.cost) == (0, cost)


def test_instances_are_there_wherever_checks_run_by_themselves() -> None:
    assert INSTANCES.is_dir() or "CI" not in os.environ


def test_kept_solution_breaks_nothing() -> None:
    counted = components_of()

    assert [counted[name] for name in ("lectures", "room_occupancy", "conflicts", "availability")] == [0, 0, 0, 0]


def test_missing_lecture_counts_once() -> None:
    assert components_of(without="Weaving  Cellar 0 3")["lectures"] == 1


def test_two_lectures_of_a_course_in_one_period_count_once() -> None:
    assert components_of(without="Painting Cellar 0 1", plus="Painting Attic 0 0")["lectures"] == 1


def test_lecture_too_many_counts_once() -> None:
    assert components_of(plus="Weaving Attic 0 2")["lectures"] == 1


def test_room_occupancy_counts_each_extra_lecture() -> None:
    # Three lectures in the cellar at day 0, period 0.
    moved = "Etching Cellar 0 0\nWeaving Cellar 0 0"

    assert components_of(without="Weaving  Cellar 0 3", plus=moved)["room_occupancy"] == 2


def test_conflicts_count_pairs_that_share_a_teacher_or_a_curriculum() -> None:
    # At day 0, period 0: Painting with Etching (Arts), Etching with Weaving (Boris); Painting with Weaving is fine.
    moved = "Etching Attic 0 0\nWeaving Attic 0 0"

    assert components_of(without="Weaving  Cellar 0 3", plus=moved)["conflicts"] == 2


def test_availability_counts_lectures_in_unavailable_periods() -> None:
    assert components_of(without="Weaving  Cellar 0 3", plus="Weaving Cellar 1 3")["availability"] == 1


def test_room_capacity_costs_each_student_without_a_seat() -> None:
    # Painting's 30 students sit three times in the cellar's 25 seats.
    assert components_of()["room_capacity"] == 15


def test_minimum_working_days_cost_five_a_day() -> None:
    # All of Painting on day 0, where it wants two days.
    assert components_of(without="Painting Cellar 1 0", plus="Painting Cellar 0 2")["minimum_working_days"] == 5


def test_curriculum_compactness_costs_two_a_lonely_cell() -> None:
    # Weaving alone in Textile; in Arts each lecture has a neighbour.
    assert components_of()["curriculum_compactness"] == 2


def test_room_stability_costs_each_room_after_the_first() -> None:
    assert components_of(without="Painting Cellar 0 1", plus="Painting Attic 0 1")["room_stability"] == 1


def test_cost_adds_up_the_soft_components() -> None:
    instance = read_instance(CRAFTS)

    assert evaluate(instance, read_solution(KEPT, instance)).cost == 15 + 0 + 2 + 0


def test_carriage_returns_and_blank_lines_do_not_matter() -> None:
    assert read_instance(CRAFTS.replace("\n", " \r\n\r\n")) == read_instance(CRAFTS)


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("Days: 2", "Days: two", 'Line 5: "two" must be a whole number, not below 0.'),
        ("Days: 2", "", "The header must also give Days."),
        ("Etching   Boris  2", "Etching   2", 'Line 12: "Etching 2 1 10" must have 5 words.'),
        ("Rooms: 2", "Rooms: 3", 'Line 19: "CURRICULA:" must have 2 words.'),
        ("Rooms: 2", "Rooms: 1", 'Line 17: "CURRICULA:" must stand where "Cellar 25" does.'),
        ("1 Weaving", "1 Sewing", 'Line 21: curriculum "Textile" must give its size and known courses.'),
        ("Weaving 1 3", "Sewing 1 3", 'Line 24: there is no course "Sewing".'),
        ("END.", "", 'The file ends before "END.".'),
    ],
)
def test_broken_instance_says_where(old: str, new: str, message: str) -> None:
    with pytest.raises(UnreadableFileError) as caught:
        read_instance(CRAFTS.replace(old, new, 1))

    assert str(caught.value) == message


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ("Sewing Attic 0 0", 'Line 1: there is no course "Sewing".'),
        ("Weaving Barn 0 0", 'Line 1: there is no room "Barn".'),
        ("Weaving Attic 0", 'Line 1: "Weaving Attic 0" must be a course, a room, a day, a period.'),
        ("Weaving Attic 2 0", "Line 1: day 2, period 0 lies outside the week of 2 days of 4 periods."),
    ],
)
def test_broken_solution_says_where(line: str, message: str) -> None:
    with pytest.raises(UnreadableFileError) as caught:
        read_solution(line, read_instance(CRAFTS))

    assert str(caught.value) == message


def test_command_prints_the_components(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "crafts.ctt").write_text(CRAFTS, encoding="utf-8")
    (tmp_path / "crafts.sol").write_text(KEPT, encoding="utf-8")

    code = main([str(tmp_path / "crafts.ctt"), str(tmp_path / "crafts.sol")])

    assert code == 0
    assert capsys.readouterr().out.splitlines() == [
        "lectures                       0",
        "room_occupancy                 0",
        "conflicts                      0",
        "availability                   0",
        "room_capacity                 15",
        "minimum_working_days           0",
        "curriculum_compactness         2",
        "room_stability                 0",
        "violations                     0",
        "cost                          17",
    ]
