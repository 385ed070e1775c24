from solver.rules.slots import LimitSlots, LimitTogether
from tests.solver.rules.school import at, timetable, told


def test_two_events_at_once_take_one_time() -> None:
    given = timetable([at(0, 0)], [at(0, 0), at(0, 1)], [at(2, 5)], [at(3, 3)])
    ticks = frozenset({at(0, 0), at(0, 1), at(2, 5)})
    assert told(LimitSlots(events=(0, 1, 2, 3), ticks=ticks, most=3), given) == []
    assert told(LimitSlots(events=(0, 1, 2, 3), ticks=ticks, most=1), given) == [
        (2, "event 0 and the others with it take 3 of the times, not at most 1.")
    ]


def test_only_at_the_times_named_so_few_run_at_once() -> None:
    given = timetable([at(0, 0)], [at(0, 0), at(0, 1)], [at(0, 1)], [at(0, 1)])
    assert told(LimitTogether(events=(0, 1, 2, 3), ticks=frozenset({at(0, 1)}), most=1), given) == [
        (2, "3 of the events run at tick 1, not at most 1: event 1, event 2, event 3.")
    ]
