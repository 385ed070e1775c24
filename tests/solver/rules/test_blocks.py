from solver.rules.blocks import KeepTogether
from solver.tables import Pair
from tests.solver.rules.school import at, timetable, told


def test_a_double_lesson_torn_apart_has_two_periods_between() -> None:
    given = timetable([at(0, 0)], [at(0, 3)], [at(1, 1)], [at(1, 2)])
    assert told(KeepTogether(events=(0, 1, 2, 3)), given) == [
        (2, "event 0 and the course's other events on day 0 have 2 periods between them.")
    ]


def test_two_events_alone_are_told_as_a_pair_and_counted_as_more() -> None:
    given = timetable([at(0, 0), at(5, 0)], [at(0, 3), at(5, 2)], weeks=2)
    rule = KeepTogether(events=(0, 1), weight=1)
    assert [amount for amount, _ in told(rule, given)] == [2, 1]
    problem, assignment = given
    rows = [row for _, row in rule.tables(problem)]
    assert [type(row) for row in rows] == [Pair]
    assert [row.count(problem, assignment) for row in rows] == [3]
