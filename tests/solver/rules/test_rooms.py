from dataclasses import replace

from solver.problem import Attendance, Demand
from solver.rules.pools import FitPools
from solver.rules.rooms import KeepRoom, KeepWorkstation, PreferRooms
from solver.tables import Tables
from tests.solver.rules.school import at, everybody, timetable, told

HELD = [[at(day, 0)] for day in range(3)]


def test_a_course_in_three_rooms_has_two_too_many() -> None:
    given = timetable(*HELD, demands=[Demand(event, (0, 1, 2)) for event in range(3)], given=[2, 0, 1])
    assert told(KeepRoom(events=(0, 1, 2)), given) == [
        (2, "event 0 and the course's other events meet in different rooms: unit 0, unit 1, unit 2.")
    ]


def test_two_of_three_rooms_may_be_used() -> None:
    given = timetable(*HELD, demands=[Demand(event, (0, 1, 2)) for event in range(3)], given=[2, 0, 1])
    assert told(KeepRoom(events=(0, 1, 2), most=2), given) == [
        (1, "event 0 and the course's other events meet in different rooms: unit 0, unit 1, unit 2.")
    ]


def test_only_what_follows_at_once_must_stay_in_its_room() -> None:
    held = [[at(0, 0), at(0, 1)], [at(0, 2)], [at(0, 4)], [at(1, 0)], [at(0, 3)]]
    given = timetable(*held, demands=[Demand(event, (0, 1, 2)) for event in range(5)], given=[0, 1, 2, 0, -1])
    assert told(KeepRoom(events=tuple(range(5)), consecutive=True), given) == [
        (1, "event 0 and event 1 follow one another on day 0 and meet in different rooms: unit 0, unit 1.")
    ]


def test_events_that_cannot_share_a_room_are_known_not_to_follow_one_another() -> None:
    held = [[at(0, 0)], [at(0, 1)], [at(0, 2)], [at(0, 3)]]
    demands = [Demand(0, (0,)), Demand(1, (1, 2)), Demand(2, (0, 1)), Demand(3, (0,), optional=True)]
    problem, assignment = timetable(*held, demands=demands, given=[0, 1, 1, 0])
    rule = KeepRoom(events=(0, 1, 2, 3), consecutive=True)
    promised = replace(problem, rules=(rule, FitPools(demands=(0, 1, 2, 3))))
    rows = [entry.row for entry in Tables(promised).entries if entry.rule == 0]
    assert [[member.event for member in row.members] for row in rows] == [[0, 1]]
    assert [row.count(promised, assignment) for row in rows] == [1]
    assert Tables(replace(problem, rules=(rule,))).entries == []


def test_a_course_that_has_no_room_keeps_it() -> None:
    given = timetable(*HELD, demands=[Demand(event, (0, 1, 2)) for event in range(3)], given=[-1, -1, -1])
    assert told(KeepRoom(events=(0, 1, 2)), given) == []


def test_a_room_that_is_not_preferred_counts_and_no_room_does_not() -> None:
    given = timetable(*HELD, demands=[Demand(event, (0, 1, 2)) for event in range(3)], given=[0, 2, -1])
    assert told(PreferRooms(demands=(0, 1, 2), units=(0, 1)), given) == [
        (1, "event 1 is given unit 2, which is not among those preferred.")
    ]


def test_a_student_who_changes_the_computer_counts_only_where_they_attend() -> None:
    attends = [*everybody(2), Attendance(2, 0, given=(0, 1))]
    demands = [Demand(event, (0, 1, 2), attendance=event) for event in range(3)]
    rule = KeepWorkstation(resources=(0,))
    assert told(rule, timetable(*HELD, attends=attends, demands=demands, given=[0, 1, 2], picks=[1])) == [
        (2, "resource 0 sits at 3 workstations: unit 0, unit 1, unit 2.")
    ]
    assert told(rule, timetable(*HELD, attends=attends, demands=demands, given=[0, 1, 2], picks=[0])) == [
        (1, "resource 0 sits at 2 workstations: unit 0, unit 1.")
    ]
