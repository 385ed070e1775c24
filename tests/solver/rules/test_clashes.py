from solver.problem import Attendance
from solver.rules.clashes import AvoidClashes
from tests.solver.rules.school import at, everybody, timetable, told


def test_three_events_at_once_are_two_too_many() -> None:
    given = timetable([at(1, 2)], [at(1, 2)], [at(1, 2)], [at(1, 3)], attends=everybody(4))
    assert told(AvoidClashes(resources=(0,)), given) == [
        (2, "resource 0 attends several events at once at tick 8: event 0, event 1, event 2.")
    ]


def test_a_double_lesson_clashes_in_both_its_periods() -> None:
    given = timetable([at(0, 0), at(0, 1)], [at(0, 0), at(0, 1)], attends=everybody(2))
    assert told(AvoidClashes(resources=(0,)), given) == [
        (2, "resource 0 attends several events at once at tick 0: event 0, event 1.")
    ]


def test_a_section_not_picked_clashes_with_nothing() -> None:
    attends = [Attendance(0, 0), Attendance(1, 0, given=(0, 1))]
    rule = AvoidClashes(resources=(0,))
    assert told(rule, timetable([at(0, 0)], [at(0, 0)], attends=attends, picks=[0])) == []
    assert told(rule, timetable([at(0, 0)], [at(0, 0)], attends=attends, picks=[1])) == [
        (1, "resource 0 attends several events at once at tick 0: event 0, event 1.")
    ]


def test_required_clashes_of_a_part_of_anothers_events_are_not_forbidden_twice() -> None:
    problem, _ = timetable([0], [1], [2], attends=[*everybody(3), *everybody(2, resource=1)])
    assert [where.index for where, _ in AvoidClashes(resources=(0, 1)).tables(problem)] == [0]
    assert [where.index for where, _ in AvoidClashes(resources=(0, 1), weight=1).tables(problem)] == [0, 1]
