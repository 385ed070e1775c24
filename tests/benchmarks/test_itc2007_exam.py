"""The benchmark's own evaluator of exams: the published costs, and each component by hand."""

from __future__ import annotations

import os
import tomllib
from pathlib import Path

import pytest

from benchmarks.itc2007_exam import UnreadableFileError, evaluate, main, read_instance, read_solution

ROOT = Path(__file__).parents[2]
INSTANCES = Path(os.environ.get("ZVONOK_INSTANCES", ROOT.parent / "shared" / "instances")) / "exam_itc2007"

# Instances README: costs that the solutions' authors wrote into the files' names.
PUBLISHED = {1: 4740, 2: 395, 3: 9465, 4: 11802, 5: 2953, 6: 25790, 7: 4251, 8: 7284}

# Algebra, Botany and Chemistry: students 2 and 3 sit the first two, student 4 the last two.
# Three periods on one day, two on the next, the last of them short and dear. A hall, and an attic of three seats.
SCHOOL = """\
[Exams:3]
120, 1, 2, 3
90, 2, 3, 4
60, 4, 5, 6, 7
[Periods:5]
01:06:2026, 09:00:00, 120, 0
01:06:2026, 12:00:00, 120, 0
01:06:2026, 15:00:00, 120, 0
02:06:2026, 09:00:00, 120, 0
02:06:2026, 12:00:00, 60, 7
[Rooms:2]
10, 0
3, 4
[PeriodHardConstraints]
[RoomHardConstraints]
[InstitutionalWeightings]
TWOINAROW, 7
TWOINADAY, 5
PERIODSPREAD, 2
NONMIXEDDURATIONS, 10
FRONTLOAD, 1, 2, 30
"""

HALL, ATTIC = 0, 1
Place = tuple[int, int]


def components_of(
    *, algebra: Place, botany: Place, chemistry: Place, rule: str = "", room_rule: str = "", front: str = "1, 2, 30"
) -> dict[str, int]:
    """Each count of the three exams' periods and rooms, with a rule more in the instance."""
    instance = read_instance(
        SCHOOL.replace("[RoomHard", f"{rule}\n[RoomHard")
        .replace("[Institutional", f"{room_rule}\n[Institutional")
        .replace("FRONTLOAD, 1, 2, 30", f"FRONTLOAD, {front}")
    )
    lines = "\n".join(f"{period}, {room}" for period, room in (algebra, botany, chemistry))
    return vars(evaluate(instance, read_solution(lines, instance)))


@pytest.mark.skipif(not INSTANCES.is_dir(), reason="the instances folder is not beside the repository")
@pytest.mark.parametrize(("number", "cost"), PUBLISHED.items())
def test_published_solution_has_its_published_cost(number: int, cost: int) -> None:
    instance = read_instance((INSTANCES / f"exam_comp_set{number}.exam").read_text(encoding="utf-8"))
    solution = (INSTANCES / "solutions" / f"exam_comp_set{number}_FastTA_{cost}.sln").read_text(encoding="utf-8")

    components = evaluate(instance, read_solution(solution, instance))

    assert (components.violations, components.cost) == (0, cost)


def test_instances_are_there_wherever_checks_run_by_themselves() -> None:
    assert INSTANCES.is_dir() or "CI" not in os.environ


def test_best_known_cost_is_the_lowest_published_one() -> None:
    known = tomllib.loads((ROOT / "benchmarks" / "known" / "exam.toml").read_text(encoding="utf-8"))

    assert {name: published["best"] for name, published in known["instances"].items()} == {
        name: min(published[method] for method in known["methods"]) for name, published in known["instances"].items()
    }
    assert list(known["instances"]) == [f"exam_comp_set{number}" for number in PUBLISHED]


def test_conflicts_count_pairs_and_their_students() -> None:
    # Algebra with Botany (students 2 and 3), Botany with Chemistry (4); Algebra with Chemistry is fine.
    counted = components_of(algebra=(0, HALL), botany=(0, ATTIC), chemistry=(0, HALL))

    assert (counted["conflicts"], counted["conflicting_students"]) == (2, 3)


def test_conflict_is_one_violation_however_many_students_it_has() -> None:
    instance = read_instance(SCHOOL)

    assert evaluate(instance, read_solution("0, 0\n0, 1\n3, 0", instance)).violations == 1


def test_capacity_counts_students_without_a_seat() -> None:
    # Algebra's three and Chemistry's four share the attic's three seats.
    assert components_of(algebra=(0, ATTIC), botany=(2, ATTIC), chemistry=(0, ATTIC))["capacity"] == 4


def test_duration_counts_exams_longer_than_their_period() -> None:
    # 120 and 90 minutes do not fit into 60; Chemistry's 60 do.
    assert components_of(algebra=(4, HALL), botany=(4, ATTIC), chemistry=(4, HALL))["duration"] == 2


@pytest.mark.parametrize(("algebra", "count"), [(0, 1), (2, 1), (3, 0)])
def test_after_means_strictly_later(algebra: int, count: int) -> None:
    counted = components_of(algebra=(algebra, HALL), botany=(0, HALL), chemistry=(2, HALL), rule="0, AFTER, 2")

    assert counted["after"] == count


@pytest.mark.parametrize(("chemistry", "count"), [(0, 0), (1, 1)])
def test_coincidence_means_one_period_in_any_room(chemistry: int, count: int) -> None:
    rule = "0, EXAM_COINCIDENCE, 2"
    counted = components_of(algebra=(0, ATTIC), botany=(3, HALL), chemistry=(chemistry, HALL), rule=rule)

    assert counted["coincidence"] == count


@pytest.mark.parametrize("rule", ["0, EXAM_COINCIDENCE, 1", "1, EXAM_COINCIDENCE, 0"])
def test_coincidence_is_ignored_where_a_student_sits_both(rule: str) -> None:
    assert components_of(algebra=(0, HALL), botany=(3, HALL), chemistry=(0, HALL), rule=rule)["coincidence"] == 0


@pytest.mark.parametrize(("chemistry", "count"), [(0, 1), (1, 0)])
def test_exclusion_means_different_periods(chemistry: int, count: int) -> None:
    rule = "0, EXCLUSION, 2"
    counted = components_of(algebra=(0, ATTIC), botany=(3, HALL), chemistry=(chemistry, HALL), rule=rule)

    assert counted["exclusion"] == count


@pytest.mark.parametrize(("chemistry", "count"), [((0, HALL), 1), ((0, ATTIC), 0), ((1, HALL), 0)])
def test_room_exclusive_means_alone_in_room_and_period(chemistry: Place, count: int) -> None:
    rule = "0, ROOM_EXCLUSIVE"
    counted = components_of(algebra=(0, HALL), botany=(3, HALL), chemistry=chemistry, room_rule=rule)

    assert counted["room_exclusive"] == count


def test_violations_add_up_the_hard_components() -> None:
    # Conflicts 2, capacity 7, duration 2, and a broken line of each kind but coincidence.
    instance = read_instance(
        SCHOOL.replace("[RoomHard", "0, AFTER, 2\n0, EXCLUSION, 2\n[RoomHard").replace(
            "[Institutional", "0, ROOM_EXCLUSIVE\n[Institutional"
        )
    )

    assert evaluate(instance, read_solution("4, 1\n4, 1\n4, 1", instance)).violations == 2 + 7 + 2 + 1 + 1 + 1


@pytest.mark.parametrize(
    ("algebra", "botany", "cost"),
    [
        (0, 1, 14),  # two students, seven each
        (1, 0, 14),  # whichever comes first
        (3, 2, 0),  # a night between
        (0, 2, 0),  # a period between
    ],
)
def test_two_in_a_row_costs_each_student_of_adjacent_periods(algebra: int, botany: int, cost: int) -> None:
    counted = components_of(algebra=(algebra, HALL), botany=(botany, HALL), chemistry=(4, HALL))

    assert counted["two_in_a_row"] == cost


@pytest.mark.parametrize(
    ("algebra", "botany", "cost"),
    [
        (0, 2, 10),  # two students, five each
        (0, 1, 0),  # in a row, which is paid already
        (0, 3, 0),  # another day
        (0, 0, 0),  # a conflict
    ],
)
def test_two_in_a_day_costs_each_student_of_other_periods_of_a_day(algebra: int, botany: int, cost: int) -> None:
    counted = components_of(algebra=(algebra, HALL), botany=(botany, HALL), chemistry=(4, HALL))

    assert counted["two_in_a_day"] == cost


@pytest.mark.parametrize(
    ("algebra", "cost"),
    [
        (4, 2),  # the next period
        (1, 2),  # two before, and a night between
        (0, 0),  # three before
        (3, 0),  # a conflict
    ],
)
def test_period_spread_costs_each_student_of_near_periods(algebra: int, cost: int) -> None:
    # Chemistry's student 4 is three periods away from Botany.
    assert components_of(algebra=(algebra, HALL), botany=(3, HALL), chemistry=(0, HALL))["period_spread"] == cost


def test_adjacent_periods_of_a_day_pay_for_row_and_spread() -> None:
    counted = components_of(algebra=(0, HALL), botany=(1, HALL), chemistry=(4, HALL))

    assert (counted["two_in_a_row"], counted["period_spread"]) == (14, 2)


@pytest.mark.parametrize(
    ("chemistry", "cost"),
    [
        ((0, HALL), 20),  # 120, 90 and 60 minutes in one room
        ((0, ATTIC), 10),  # 60 in another
        ((1, HALL), 10),  # 60 at another time
    ],
)
def test_non_mixed_durations_cost_each_length_after_the_first(chemistry: Place, cost: int) -> None:
    counted = components_of(algebra=(0, HALL), botany=(0, HALL), chemistry=chemistry)

    assert counted["non_mixed_durations"] == cost


@pytest.mark.parametrize(("chemistry", "cost"), [(2, 0), (3, 30), (4, 30)])
def test_front_load_costs_the_largest_exams_in_the_last_periods(chemistry: int, cost: int) -> None:
    counted = components_of(algebra=(3, HALL), botany=(0, HALL), chemistry=(chemistry, HALL))

    assert counted["front_load"] == cost


@pytest.mark.parametrize(("algebra", "botany", "cost"), [(3, 0, 30), (0, 3, 0)])
def test_front_load_takes_the_first_of_equally_large_exams(algebra: int, botany: int, cost: int) -> None:
    # The two largest: Chemistry, and of Algebra and Botany, three students each, the one that stands first.
    counted = components_of(algebra=(algebra, HALL), botany=(botany, HALL), chemistry=(0, HALL), front="2, 2, 30")

    assert counted["front_load"] == cost


def test_room_penalty_is_paid_by_each_exam() -> None:
    assert components_of(algebra=(0, ATTIC), botany=(2, HALL), chemistry=(0, ATTIC))["room_penalty"] == 8


def test_period_penalty_is_paid_by_each_exam() -> None:
    assert components_of(algebra=(4, HALL), botany=(0, HALL), chemistry=(4, HALL))["period_penalty"] == 14


def test_cost_adds_up_the_soft_components() -> None:
    instance = read_instance(SCHOOL)

    # Row 14 and day 5 (student 4); spread 2 + 0; two lengths in the hall at 0; Botany in the attic.
    assert evaluate(instance, read_solution("0, 0\n1, 1\n0, 0", instance)).cost == (14 + 7) + 0 + 3 + 10 + 0 + 4 + 0


def test_exam_may_have_no_students() -> None:
    instance = read_instance(SCHOOL.replace("120, 1, 2, 3", "120"))

    assert evaluate(instance, read_solution("0, 0\n0, 0\n3, 0", instance)).conflicts == 0


def test_carriage_returns_and_blank_lines_do_not_matter() -> None:
    assert read_instance(SCHOOL.replace("\n", " \r\n \r\n")) == read_instance(SCHOOL)


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("[Exams:3]", "", 'school.exam, line 2: "[Exams:...]" must stand where "120, 1, 2, 3" does.'),
        ("[Exams:3]", "[Exams]", 'school.exam, line 1: "[Exams:...]" must stand where "[Exams]" does.'),
        ("[Exams:3]", "[Exams:4]", 'school.exam, line 1: "[Exams:4]" must have 4 lines, not 3.'),
        ("[Rooms:2]", "[Halls:2]", 'school.exam, line 11: "[Rooms:...]" must stand where "[Halls:2]" does.'),
        ("120, 1, 2", "120, 1, two", 'school.exam, line 2: "two" must be a whole number, not below 0.'),
        (
            "09:00:00, 120, 0",
            "09:00, 120, 0",
            (
                'school.exam, line 6: "01:06:2026, 09:00, 120, 0" must be a date dd:mm:yyyy, a time hh:mm:ss, '
                "a duration, a penalty."
            ),
        ),
        ("3, 4\n[", "3\n[", 'school.exam, line 13: "3" must be a capacity and a penalty.'),
        (
            "[RoomHard",
            "0, BEFORE, 1\n[RoomHard",
            'school.exam, line 15: "0, BEFORE, 1" must be an exam, AFTER, EXAM_COINCIDENCE, EXCLUSION, and an exam.',
        ),
        ("[RoomHard", "0, AFTER, 3\n[RoomHard", "school.exam, line 15: exam 3 must be one of 0 to 2."),
        (
            "[Institutional",
            "0, ALONE\n[Institutional",
            'school.exam, line 16: "0, ALONE" must be an exam and ROOM_EXCLUSIVE.',
        ),
        (
            "FRONTLOAD, 1, 2, 30",
            "FRONTLOAD, 1, 2",
            (
                'school.exam, line 21: "FRONTLOAD, 1, 2" must be a weighting, given once: '
                "TWOINAROW, TWOINADAY, PERIODSPREAD, NONMIXEDDURATIONS, FRONTLOAD."
            ),
        ),
        ("TWOINADAY, 5\n", "", "school.exam must also give TWOINADAY."),
        ("FRONTLOAD, 1, 2, 30", "[End]", 'school.exam, line 21: "[End]" must not follow the last section.'),
        (
            SCHOOL[SCHOOL.index("[Institutional") :],
            "",
            'school.exam ends before "[InstitutionalWeightings]".',
        ),
    ],
)
def test_broken_instance_says_where(old: str, new: str, message: str) -> None:
    assert old in SCHOOL

    with pytest.raises(UnreadableFileError) as caught:
        read_instance(SCHOOL.replace(old, new, 1), "school.exam")

    assert str(caught.value) == message


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("0, 0\n0\n0, 0", 'school.sln, line 2: "0" must be a period and a room.'),
        ("0, 0\n-1, 0\n0, 0", 'school.sln, line 2: "-1" must be a whole number, not below 0.'),
        ("0, 0\n\n5, 0\n0, 0", "school.sln, line 3: period 5 must be one of 0 to 4."),
        ("0, 0\n0, 2\n0, 0", "school.sln, line 2: room 2 must be one of 0 to 1."),
        ("0, 0\n0, 0", "school.sln must have a line for each of the 3 exams, not 2."),
    ],
)
def test_broken_solution_says_where(text: str, message: str) -> None:
    with pytest.raises(UnreadableFileError) as caught:
        read_solution(text, read_instance(SCHOOL), "school.sln")

    assert str(caught.value) == message


def test_command_prints_the_components(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "school.exam").write_text(SCHOOL, encoding="utf-8")
    (tmp_path / "school.sln").write_text("0, 0\n2, 1\n0, 0\n", encoding="utf-8")

    code = main([str(tmp_path / "school.exam"), str(tmp_path / "school.sln")])

    assert code == 0
    assert capsys.readouterr().out.splitlines() == [
        "conflicts                      0",
        "conflicting_students           0",
        "capacity                       0",
        "duration                       0",
        "after                          0",
        "coincidence                    0",
        "exclusion                      0",
        "room_exclusive                 0",
        "two_in_a_row                   0",
        "two_in_a_day                  15",
        "period_spread                  3",
        "non_mixed_durations           10",
        "front_load                     0",
        "room_penalty                   4",
        "period_penalty                 0",
        "violations                     0",
        "cost                          32",
    ]


def test_command_tells_a_broken_solution_from_an_unreadable_one(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "school.exam").write_text(SCHOOL, encoding="utf-8")
    (tmp_path / "clash.sln").write_text("0, 0\n0, 0\n3, 0\n", encoding="utf-8")
    (tmp_path / "short.sln").write_text("0\n", encoding="utf-8")

    codes = [main([str(tmp_path / "school.exam"), str(tmp_path / name)]) for name in ("clash.sln", "short.sln")]

    assert codes == [1, 2]
    assert capsys.readouterr().err == f'{tmp_path / "short.sln"}, line 1: "0" must be a period and a room.\n'
