from dataclasses import replace

from solver.pairs import shared_pairs
from solver.problem import Attendance, Event, Member, Option
from solver.rules.exams import AvoidTwoInDay, AvoidTwoInRow, FrontLoad, PricePeriods, SpreadExams
from tests.solver.rules.school import at, everybody, timetable, told

DAY = [[at(0, 0)], [at(0, 1)], [at(0, 3)]]


def test_two_people_who_go_from_one_exam_into_the_next_count_two() -> None:
    given = timetable(*DAY, attends=[*everybody(2), *everybody(3, resource=1)])
    assert told(AvoidTwoInRow(resources=(0, 1)), given) == [
        (2, "2 people have event 0 and event 1 one straight after the other.")
    ]


def test_two_exams_of_a_day_with_a_period_between_count_only_as_two_in_a_day() -> None:
    given = timetable(*DAY, attends=everybody(3))
    assert told(AvoidTwoInDay(resources=(0,)), given) == [
        (1, "1 person has event 0 and event 2 on one day."),
        (1, "1 person has event 1 and event 2 on one day."),
    ]
    assert told(AvoidTwoInRow(resources=(0,)), given) == [
        (1, "1 person has event 0 and event 1 one straight after the other.")
    ]


def test_the_last_exam_of_a_day_and_the_first_of_the_next_are_no_two_in_a_row_but_near() -> None:
    given = timetable([at(0, 5)], [at(1, 0)], attends=everybody(2))
    assert told(AvoidTwoInRow(resources=(0,)), given) == []
    assert told(SpreadExams(resources=(0,), prices=(16, 8)), given) == [
        (16, "1 person has event 0 and event 1 at most 2 periods apart, which counts 16 for each.")
    ]


def test_distance_is_counted_from_the_end_of_the_longer_exam() -> None:
    given = timetable([at(0, 0), at(0, 1)], [at(0, 3)], attends=[*everybody(2), *everybody(2, resource=1)])
    assert told(SpreadExams(resources=(0, 1), prices=(16, 8, 4)), given) == [
        (16, "2 people have event 0 and event 1 at most 3 periods apart, which counts 8 for each.")
    ]


def test_who_attends_under_a_condition_counts_only_where_it_holds() -> None:
    attends = [Attendance(0, 0), Attendance(1, 0, given=(0, 1))]
    rule = AvoidTwoInRow(resources=(0,))
    sentence = "1 person has event 0 and event 1 one straight after the other."
    assert told(rule, timetable(*DAY[:2], attends=attends, picks=[1])) == [(1, sentence)]
    assert told(rule, timetable(*DAY[:2], attends=attends, picks=[0])) == []


def test_of_four_exams_the_two_largest_must_not_begin_in_the_last_two_periods() -> None:
    held = [[at(4, 5)], [at(4, 4)], [at(4, 3)], [at(4, 5)]]
    attends = [*everybody(3), *everybody(2, resource=1), Attendance(1, 2)]
    given = timetable(*held, attends=attends)
    assert told(FrontLoad(events=(0, 1, 2, 3), largest=2, last=2), given) == [
        (1, "event 1 is one of the largest exams and begins late, at tick 28."),
        (1, "event 0 is one of the largest exams and begins late, at tick 29."),
    ]


def test_an_exam_pays_for_the_period_in_which_it_begins() -> None:
    given = timetable([at(0, 4), at(0, 5)], [at(0, 5)], [at(1, 0)])
    rule = PricePeriods(events=(0, 1, 2), prices=((at(0, 4), 3), (at(0, 5), 7)))
    assert told(rule, given) == [
        (3, "event 0 begins at tick 4, which counts 3."),
        (7, "event 1 begins at tick 5, which counts 7."),
    ]


def test_two_students_of_the_same_three_exams_make_three_pairs_of_two() -> None:
    problem, _ = timetable(*DAY, attends=[*everybody(3), *everybody(3, resource=1)])
    problem = replace(problem, events=(*problem.events, Event((Option((0,)),))))
    pairs = [(Member(a), Member(b)) for a, b in ((0, 1), (0, 2), (1, 2))]
    assert shared_pairs(problem, (0, 1)) == {0: dict.fromkeys(pairs, 2)}
