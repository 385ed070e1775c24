from solver.rules.balance import BalanceDays
from tests.solver.rules.school import at, everybody, timetable, told

AMOUNTS = ((0, 8), (1, 5), (2, 11))
GIVEN = timetable(
    [at(0, 0)], [at(2, 0)], [at(1, 0)], attends=everybody(3)
)  # 8 on Monday, 11 on Tuesday, 5 on Wednesday


def test_the_heaviest_day_has_six_points_more_than_the_lightest() -> None:
    rule = BalanceDays(amounts=AMOUNTS, most=4, days=(0, 1, 2))
    assert told(rule, GIVEN) == [
        (2, "resource 0 has 11 points of difficulty on day 1 and 5 on day 2, not at most 4 less.")
    ]


def test_one_of_the_light_days_is_enough() -> None:
    assert told(BalanceDays(amounts=AMOUNTS, light=(1, 2), days=(0, 1, 2)), GIVEN) == []
    assert told(BalanceDays(amounts=AMOUNTS, light=(1,), days=(0, 1, 2)), GIVEN) == [
        (6, "resource 0 has 11 points of difficulty on day 1, which should be light, and only 5 on day 2.")
    ]


def test_the_hardest_day_must_be_a_hard_one() -> None:
    assert told(BalanceDays(amounts=AMOUNTS, hard=(1, 2), days=(0, 1, 2)), GIVEN) == []
    assert told(BalanceDays(amounts=AMOUNTS, hard=(0, 2), days=(0, 1, 2)), GIVEN) == [
        (3, "resource 0 has 8 points of difficulty on day 0, which should be hard, and 11 on day 1.")
    ]
