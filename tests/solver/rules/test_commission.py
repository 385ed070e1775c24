from dataclasses import replace

from solver.problem import Attendance
from solver.rules.commission import FillSeats, KeepChair, KeepIndependent, RestBetween, ShareLoad
from solver.tables import Tables
from tests.solver.rules.school import at, everybody, timetable, told

# Three seats of one exam with a candidate for each; the second alternative leaves a seat vacant.
SEATS = [Attendance(0, seat, (seat, 0)) for seat in range(3)]


def test_two_vacant_seats_are_two_too_many() -> None:
    given = timetable([at(0, 0)], attends=SEATS, picks=[0, 1, 1])
    assert told(FillSeats(picks=((0, 1), (1, 1), (2, 1))), given) == [
        (1, "choice 1 is vacant."),
        (1, "choice 2 is vacant."),
    ]


def test_one_of_three_examiners_lacks_to_a_quorum_of_two() -> None:
    given = timetable([at(0, 0)], attends=SEATS, picks=[1, 0, 1])
    rule = FillSeats(picks=((0, 1), (1, 1), (2, 1)), least=2)
    assert told(rule, given) == [
        (1, "1 seat of a commission is filled, not at least 2; these are vacant: choice 0, choice 2.")
    ]
    assert told(replace(rule, least=1), given) == []


def test_a_quorum_of_more_than_there_are_seats_is_all_of_them() -> None:
    given = timetable([at(0, 0)], attends=SEATS, picks=[1, 0, 0])
    assert told(FillSeats(picks=((0, 1), (1, 1), (2, 1)), least=5), given) == [
        (1, "2 seats of a commission are filled, not at least 3; these are vacant: choice 0.")
    ]


def test_the_local_search_sees_whether_there_is_a_quorum() -> None:
    problem, assignment = timetable([at(0, 0), at(0, 1)], attends=SEATS, picks=[1, 0, 1])
    problem = replace(problem, rules=(FillSeats(picks=((0, 1), (1, 1), (2, 1)), least=2),))
    assert Tables(problem).by_hand == []
    assert Tables(problem).count(assignment) == (1, 0)


def test_a_teacher_of_the_students_in_their_commission_counts_once() -> None:
    attends = [Attendance(0, 0, (0, 0)), Attendance(0, 1, (0, 1)), Attendance(1, 1, (0, 1)), Attendance(0, 2, (1, 0))]
    rule = KeepIndependent(picks=((0, 1), (1, 1)))
    assert told(rule, timetable([at(0, 0)], [at(1, 0)], attends=attends, picks=[1, 1])) == [
        (1, "resource 1 sits in the commission of event 0 and taught those who are examined.")
    ]
    assert told(rule, timetable([at(0, 0)], [at(1, 0)], attends=attends, picks=[0, 1])) == []


def test_two_chairs_of_three_exams_are_one_too_many() -> None:
    attends = [Attendance(exam, chair, (exam, chair)) for exam in range(3) for chair in range(2)]
    given = timetable([at(0, 0)], [at(1, 0)], [at(2, 0)], attends=attends, picks=[0, 1, 0])
    assert told(KeepChair(choices=(0, 1, 2)), given) == [
        (1, "2 people take choice 0 and the same seat in the other exams, not one alone: resource 0, resource 1.")
    ]
    assert told(KeepChair(choices=(0, 2)), given) == []


def test_a_vacant_chair_is_nobody_else() -> None:
    attends = [Attendance(0, 0, (0, 0)), Attendance(1, 0, (1, 0))]
    given = timetable([at(0, 0)], [at(1, 0)], attends=attends, picks=[0, 1])
    assert told(KeepChair(choices=(0, 1)), given) == []


def test_an_examiner_in_three_exams_has_one_more_than_a_fair_share_of_two() -> None:
    attends = [*everybody(3), Attendance(3, 0, (0, 1)), *everybody(2, 1), Attendance(3, 1, (0, 0))]
    given = timetable([at(0, 0)], [at(1, 0)], [at(2, 0)], [at(3, 0)], attends=attends, picks=[0])
    assert told(ShareLoad(resources=(0, 1), events=(0, 1, 2, 3), most=2), given) == [
        (1, "resource 0 is in 3 of the exams, not at most 2."),
        (1, "resource 1 is in 3 of the exams, not at most 2."),
    ]
    assert told(ShareLoad(resources=(0, 1), events=(0, 1, 3), most=2), given) == [
        (1, "resource 1 is in 3 of the exams, not at most 2.")
    ]


def test_a_quarter_of_an_hour_between_two_exams_is_no_break_of_twenty_minutes() -> None:
    given = timetable([at(0, 0), at(0, 1)], [at(0, 2)], [at(0, 4)], attends=everybody(3))
    assert told(RestBetween(resources=(0,), events=(0, 1, 2), minutes=20), given) == [
        (1, "resource 0 has 15 minutes between event 0 and event 1, not at least 20.")
    ]
    assert told(RestBetween(resources=(0,), events=(0, 1, 2), minutes=15), given) == []


def test_who_is_not_picked_needs_no_break() -> None:
    attends = [Attendance(0, 0), Attendance(1, 0, (0, 1))]
    rule = RestBetween(resources=(0,), events=(0, 1), minutes=20)
    assert told(rule, timetable([at(0, 0)], [at(0, 1)], attends=attends, picks=[0])) == []
    assert [amount for amount, _ in told(rule, timetable([at(0, 0)], [at(0, 1)], attends=attends, picks=[1]))] == [1]


def test_exams_at_one_time_are_a_clash_and_lack_no_break() -> None:
    given = timetable([at(0, 0), at(0, 1)], [at(0, 1), at(0, 2)], attends=everybody(2))
    assert told(RestBetween(resources=(0,), events=(0, 1), minutes=60), given) == []
