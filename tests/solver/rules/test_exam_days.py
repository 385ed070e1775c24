from dataclasses import replace

from solver.problem import Attendance, Event, Option
from solver.rules.exam_days import FreeExamDays, LimitInDays, SpaceExams
from solver.tables import Pair, Sum
from tests.solver.rules.school import at, everybody, timetable, told


def test_three_exams_in_five_days_are_one_more_than_two() -> None:
    given = timetable([at(0, 0)], [at(2, 0)], [at(4, 0)], [at(9, 0)], attends=everybody(4), weeks=2)
    rule = LimitInDays(amounts=tuple((a, 1) for a in range(4)), most=2, days=5)
    assert told(rule, given) == [(1, "resource 0 has 3 exams from day 0 to day 4, not at most 2.")]


def test_two_hard_subjects_on_days_next_to_each_other_are_too_many_points() -> None:
    given = timetable([at(1, 0)], [at(2, 0)], [at(4, 0)], attends=everybody(3))
    rule = LimitInDays(amounts=((0, 13), (1, 12), (2, 10)), most=20, days=2, what="points")
    assert told(rule, given) == [
        (5, "resource 0 has 25 points of difficulty from day 1 to day 2, not at most 20."),
    ]


def test_two_exams_on_one_day_are_one_too_many() -> None:
    given = timetable([at(3, 0)], [at(3, 5)], [at(4, 0)], attends=everybody(3))
    rule = LimitInDays(amounts=((0, 1), (1, 1), (2, 1)), most=1)
    assert told(rule, given) == [(1, "resource 0 has 2 exams on day 3, not at most 1.")]


def test_a_session_shorter_than_the_days_is_looked_at_as_a_whole() -> None:
    given = timetable([at(0, 0)], [at(2, 0)], [at(4, 0)], attends=everybody(3))
    rule = LimitInDays(amounts=((0, 235), (1, 180), (2, 120)), most=480, days=14, what="minutes")
    assert told(rule, given) == [(55, "resource 0 has 535 minutes from day 0 to day 4, not at most 480.")]


def test_those_with_the_same_exams_are_limited_together() -> None:
    attends = [*everybody(2), *everybody(2, 1), Attendance(0, 2)]
    problem, _ = timetable([at(0, 0)], [at(0, 2)], attends=attends)
    rule = LimitInDays(amounts=tuple((a, 1) for a in range(5)), most=1)
    rows = [row for _, row in rule.tables(problem)]
    assert [(type(row), row.scale, len(row.members)) for row in rows] == [(Sum, 2, 2)]


def test_exams_on_neighbouring_days_lack_two_clear_days() -> None:
    given = timetable([at(0, 0)], [at(1, 0)], [at(4, 0)], attends=everybody(3))
    assert told(SpaceExams(resources=(0,), events=(0, 1, 2), least=2), given) == [
        (2, "resource 0 has 0 clear days between event 0 and event 1, not at least 2.")
    ]


def test_two_exams_of_a_day_lack_that_day_as_well() -> None:
    given = timetable([at(2, 0)], [at(2, 3)], [at(3, 0)], attends=everybody(2))
    assert told(SpaceExams(resources=(0,), events=(0, 1, 2), least=1), given) == [
        (2, "resource 0 has both event 0 and event 1 on day 2.")
    ]
    assert told(SpaceExams(resources=(0,), events=(0, 1, 2), least=0), given) == [
        (1, "resource 0 has both event 0 and event 1 on day 2.")
    ]


def test_a_consultation_among_the_exams_needs_no_clear_days() -> None:
    given = timetable([at(0, 0)], [at(1, 0)], [at(2, 0)], attends=everybody(3))
    assert told(SpaceExams(resources=(0,), events=(0, 2), least=1), given) == []


def test_a_pair_of_exams_counts_once_for_each_student_of_both() -> None:
    attends = [*everybody(2), *everybody(2, 1), Attendance(0, 2), Attendance(0, 3, (0, 0)), Attendance(1, 3, (0, 1))]
    given = timetable([at(0, 0)], [at(1, 0)], attends=attends, picks=[0])
    rule = SpaceExams(resources=(0, 1, 2, 3), events=(0, 1), least=1)
    rows = [row for _, row in rule.tables(given[0])]
    assert [(type(row), row.scale, row.count(*given)) for row in rows] == [(Pair, 2, 2)]
    assert [amount for amount, _ in told(rule, given)] == [1, 1]


def test_a_lesson_on_the_day_of_an_exam_is_one_too_many() -> None:
    attends = [*everybody(4), Attendance(1, 1)]
    given = timetable([at(1, 0)], [at(1, 4)], [at(2, 0)], [], attends=attends)
    assert told(FreeExamDays(resources=(0, 1), exams=(0,), lessons=(1, 2, 3)), given) == [
        (1, "resource 0 has event 1 on day 1, the day of event 0.")
    ]


def test_a_lesson_that_is_not_held_leaves_the_day_free() -> None:
    problem, assignment = timetable([at(1, 0)], [at(1, 4)], attends=everybody(2))
    lesson = Event((*problem.events[1].options, Option(())))
    given = replace(problem, events=(problem.events[0], lesson)), replace(assignment, option=(0, 1))
    assert told(FreeExamDays(resources=(0,), exams=(0,), lessons=(1,)), given) == []
