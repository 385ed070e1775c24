from dataclasses import replace

from solver.problem import Event, Option
from solver.rules.session import ConsultBefore, GiveNotice, HoldLessons, KeepReserve
from tests.solver.rules.school import at, timetable, told


def test_a_consultation_four_days_before_the_exam_is_a_day_too_early() -> None:
    given = timetable([at(0, 0)], [at(2, 0)], [at(4, 0)])
    assert told(ConsultBefore(consultations=(0, 1), exams=(2,), least=1, most=3), given) == [
        (1, "event 0 is held 4 days before event 2, not at most 3.")
    ]


def test_a_consultation_on_the_day_before_is_a_day_too_late_for_two() -> None:
    given = timetable([at(3, 0)], [at(2, 0)], [at(4, 0)])
    assert told(ConsultBefore(consultations=(0, 1), exams=(2,), least=2, most=3), given) == [
        (1, "event 0 is held 1 day before event 2, not at least 2.")
    ]


def test_on_the_day_of_the_exam_a_consultation_ends_before_it_begins() -> None:
    given = timetable([at(1, 0)], [at(1, 1), at(1, 2)], [at(1, 2)])
    assert told(ConsultBefore(consultations=(0, 1), exams=(2,), least=0, most=0), given) == [
        (1, "event 1 does not end before event 2 begins.")
    ]


def test_a_consultation_two_days_after_the_exam_is_three_days_too_late() -> None:
    given = timetable([at(3, 0)], [], [at(1, 0)])
    assert told(ConsultBefore(consultations=(0, 1), exams=(2,), least=1, most=3), given) == [
        (3, "event 0 does not end before event 2 begins.")
    ]


def test_one_exam_of_three_takes_a_reserve_day() -> None:
    given = timetable([at(0, 0)], [at(4, 0)], [at(2, 0)])
    assert told(KeepReserve(events=(0, 1, 2), days=(3, 4)), given) == [
        (1, "event 1 is held on day 4, kept in reserve.")
    ]


def test_an_exam_on_the_third_day_is_two_days_short_of_a_fortnight() -> None:
    given = timetable([at(2, 0)], [at(4, 0)], [])
    assert told(GiveNotice(events=(0, 1, 2), published=-10, least=14), given) == [
        (2, "event 0 is made known 12 days before it is held, not at least 14.")
    ]


def test_an_exam_before_its_plan_is_made_known_has_had_no_notice() -> None:
    assert told(GiveNotice(events=(0,), published=3, least=1), timetable([at(1, 0)])) == [
        (3, "event 0 is made known 0 days before it is held, not at least 1.")
    ]


def test_a_lesson_that_gives_way_to_an_exam_is_not_held() -> None:
    problem, assignment = timetable([at(0, 0)], [at(0, 1)], [at(0, 2)])
    events = tuple(Event((*event.options, Option(()))) for event in problem.events)
    given = replace(problem, events=events), replace(assignment, option=(0, 1, 0))
    assert told(HoldLessons(events=(0, 1, 2)), given) == [(1, "event 1 is not held.")]
