from dataclasses import replace

from solver.problem import Demand, Event, Option
from solver.rules.stability import Pin, StayPut
from tests.solver.rules.school import at, timetable, told

PROBLEM, ASSIGNMENT = timetable(
    [at(0, 0)], [at(1, 0)], picks=[1], demands=[Demand(0, (0, 1)), Demand(1, (0, 1))], given=[0, 1]
)
EVENTS = tuple(Event((*event.options, Option((at(2, 0),)), Option((at(3, 0),)))) for event in PROBLEM.events)
GIVEN = replace(PROBLEM, events=EVENTS), replace(ASSIGNMENT, option=(0, 2))


def test_a_moved_event_another_teacher_and_another_room_are_three_changes() -> None:
    rule = StayPut(options=((0, 0), (1, 1)), picks=((0, 0),), units=((0, 0), (1, 0)))
    assert told(rule, GIVEN) == [
        (1, "event 1 is held at another time than before."),
        (1, "choice 0 is made otherwise than before."),
        (1, "event 1 no longer has unit 0."),
    ]


def test_a_pin_may_leave_several_ways_open() -> None:
    assert told(Pin(options=((1, 1), (1, 2)), picks=((0, 1),), units=((1, 0), (1, 1))), GIVEN) == []
    assert told(Pin(options=((1, 0), (1, 1)), picks=((0, 0),), units=((1, 0), (1, 2))), GIVEN) == [
        (1, "event 1 is pinned and held at another time."),
        (1, "choice 0 is pinned and made otherwise."),
        (1, "event 1 is pinned and has none of these: unit 0, unit 2."),
    ]
