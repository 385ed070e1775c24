from solver.problem import Attendance
from solver.rules.travel import AllowTravel, RestOvernight
from tests.solver.rules.school import at, everybody, timetable, told


def test_eighteen_hours_and_a_quarter_are_no_nineteen() -> None:
    given = timetable([at(0, 5)], [at(1, 0)], [at(3, 0)], attends=everybody(3))  # ends at 13:45, begins at 8:00
    assert told(RestOvernight(resources=(0,), minutes=19 * 60), given) == [
        (1, "resource 0 has 1095 minutes overnight between event 0 and event 1, not at least 1140.")
    ]
    assert told(RestOvernight(resources=(0,), minutes=1095), given) == []


def test_a_break_of_a_quarter_of_an_hour_is_too_short_for_the_way() -> None:
    attends = [Attendance(0, 0, place=0), Attendance(1, 0, place=1), Attendance(2, 0, place=1), Attendance(3, 0)]
    given = timetable([at(0, 0)], [at(0, 1)], [at(0, 2)], [at(0, 3)], attends=attends, travel=20)
    assert told(AllowTravel(resources=(0,)), given) == [
        (1, "resource 0 has 15 minutes to get from event 0 to event 1 or back, and needs 20.")
    ]


def test_a_break_as_long_as_the_way_is_enough() -> None:
    attends = [Attendance(0, 0, place=0), Attendance(1, 0, place=1)]
    assert told(AllowTravel(resources=(0,)), timetable([at(0, 0)], [at(0, 1)], attends=attends, travel=15)) == []
