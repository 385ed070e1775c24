from dataclasses import replace

from solver.problem import Demand, Unit
from solver.rules.seats import KeepDurationsAlike, OwnRoom, PriceRooms, ShareRooms
from tests.solver.rules.school import at, timetable, told

TOGETHER = [[at(0, 0)], [at(0, 0)], [at(0, 0)]]


def demands(*sizes: int) -> list[Demand]:
    return [Demand(event, (0, 1), None, size) for event, size in enumerate(sizes)]


def test_three_exams_of_twelve_have_six_people_too_many_for_a_room_of_thirty() -> None:
    given = timetable(*TOGETHER, demands=demands(12, 12, 12), given=[0, 0, 0])
    assert told(ShareRooms(demands=(0, 1, 2)), given) == [
        (6, "unit 0 has 30 seats at tick 0, not 36: event 0, event 1, event 2.")
    ]


def test_a_longer_exam_meets_another_only_where_both_are_held() -> None:
    held = [[at(0, 0), at(0, 1), at(0, 2)], [at(0, 1), at(0, 2)]]
    given = timetable(*held, demands=demands(12, 20), given=[0, 0])
    assert told(ShareRooms(demands=(0, 1)), given) == [(4, "unit 0 has 30 seats at tick 1, not 32: event 0, event 1.")]


def test_all_people_of_an_exam_without_a_room_or_in_one_that_does_not_serve_count() -> None:
    given = timetable(*TOGETHER[:2], demands=demands(12, 5), given=[-1, 2])
    assert told(ShareRooms(demands=(0, 1)), given) == [
        (12, "event 0 has no room that serves it."),
        (5, "event 1 has no room that serves it."),
    ]


def test_an_exam_that_nobody_sits_needs_a_room_too() -> None:
    """The solver once left exams without students without a room: nobody was missing a seat."""
    given = timetable(*TOGETHER[:2], demands=demands(0, 0), given=[-1, 0])
    assert told(ShareRooms(demands=(0, 1)), given) == [(1, "event 0 has no room that serves it.")]


def test_a_demand_that_may_go_without_counts_only_where_the_rule_is_a_wish() -> None:
    problem, assignment = timetable(*TOGETHER[:1], demands=demands(12), given=[-1])
    problem = replace(problem, demands=(replace(problem.demands[0], optional=True),))

    assert told(ShareRooms(demands=(0,)), (problem, assignment)) == []
    assert told(ShareRooms(demands=(0,), weight=1), (problem, assignment)) == [
        (12, "event 0 has no room that serves it.")
    ]


def test_a_closed_room_has_no_seats() -> None:
    problem, assignment = timetable(*TOGETHER[:1], demands=demands(12), given=[1])
    problem = replace(problem, units=(Unit(30), Unit(20, frozenset({0}))))
    assert told(ShareRooms(demands=(0,)), (problem, assignment)) == [
        (12, "unit 1 has 0 seats at tick 0, not 12: event 0.")
    ]


def test_an_exam_of_its_own_has_two_others_in_its_room() -> None:
    given = timetable(*TOGETHER, demands=demands(1, 1, 1), given=[0, 0, 0])
    assert told(OwnRoom(demands=(1,)), given) == [(2, "event 1 is not alone in unit 0: event 0, event 2.")]
    assert told(OwnRoom(demands=(1,)), timetable(*TOGETHER, demands=demands(1, 1, 1), given=[0, 1, 0])) == []


def test_exams_of_three_lengths_that_begin_together_are_two_too_many() -> None:
    rule = KeepDurationsAlike(demands=(0, 1, 2), lengths=(60, 90, 120))
    assert told(rule, timetable(*TOGETHER, demands=demands(1, 1, 1), given=[0, 0, 0])) == [
        (2, "Exams of different lengths begin in unit 0 at tick 0: 60, 90, 120.")
    ]
    assert told(rule, timetable(*TOGETHER, demands=demands(1, 1, 1), given=[0, 1, -1])) == []


def test_each_of_two_exams_pays_for_its_room() -> None:
    given = timetable(*TOGETHER, demands=demands(1, 1, 1), given=[0, 1, 0])
    assert told(PriceRooms(demands=(0, 1, 2), prices=((0, 7),)), given) == [
        (7, "event 0 is in unit 0, which counts 7."),
        (7, "event 2 is in unit 0, which counts 7."),
    ]
