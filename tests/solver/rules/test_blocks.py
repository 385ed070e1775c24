from solver.rules.blocks import KeepTogether
from tests.solver.rules.school import at, timetable, told


def test_a_double_lesson_torn_apart_has_two_periods_between() -> None:
    given = timetable([at(0, 0)], [at(0, 3)], [at(1, 1)], [at(1, 2)])
    assert told(KeepTogether(events=(0, 1, 2, 3)), given) == [
        (2, "event 0 and the course's other events on day 0 have 2 periods between them.")
    ]
