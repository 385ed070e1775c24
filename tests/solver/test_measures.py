"""A measure tells one number twice: off the mask, and in the model's verbs."""

from __future__ import annotations

import pytest

from solver.linear import Linear
from solver.measures import Among, Busy, Gaps, Late, Lone, Long, Measure, Runs, Span, Under, Used, values
from solver.model import Model
from solver.parameters import Effort
from solver.problem import Axis, Event, Grid, Option, Problem
from solver.tables import Tables

MEASURES: list[Measure] = [
    *(Busy(first, last, free) for first, last in ((0, None), (0, 15), (1, 3), (2, 1)) for free in (0, 2)),
    *(Among(meant) for meant in (0, 0b0101)),
    *(Used(first, last) for first, last in ((0, None), (1, 3), (2, 1))),
    *(Gaps(shut) for shut in (0, 0b0110)),
    Lone(),
    *(Runs(most) for most in (0, 1, 3)),
    *(Under(least) for least in (0, 2, 4)),
    *(Late(first) for first in (0, 2)),
    *(Span(free) for free in (0, 2)),
    *(Long(most) for most in (0, 2)),
]
BOTH_WAYS: list[Measure] = [
    *(measure for measure in MEASURES if isinstance(measure, Busy) and not measure.free),
    *(measure for measure in MEASURES if isinstance(measure, Among | Used)),
]


def least_or_most(measure: Measure, periods: int, mask: int, *, least: bool) -> int:
    """Return what the measure's expression can be at most (`least`) or must be at least when this mask is busy."""
    problem = Problem(Axis((0,), (1,)), (Grid(1, (0,), (0,), (0,)),), (Event((Option((0,)),)),))
    model = Model(Tables(problem))
    # The cells are decisions first, so that nothing is folded into constants, and are fixed afterwards.
    cells = [Linear().plus(model.boolean()) for _ in range(periods)]
    model.pay(measure.express(model, cells, least), -1 if least else 1)
    for period, cell in enumerate(cells):
        busy = mask >> period & 1
        model.require(Linear(-busy).add(cell))
        model.require(Linear(busy).add(cell, -1))
    model._finish()
    answer = model.solve(Effort(seconds=10))
    assert answer.cost is not None
    return -answer.cost if least else answer.cost


@pytest.mark.parametrize("measure", MEASURES, ids=str)
@pytest.mark.parametrize("periods", [1, 2, 3, 6])
def test_what_must_be_paid_at_least_is_the_value_of_every_mask(measure: Measure, periods: int) -> None:
    told = [least_or_most(measure, periods, mask, least=False) for mask in range(1 << periods)]
    assert told == list(values(measure, periods))


@pytest.mark.parametrize("measure", MEASURES, ids=str)
def test_many_masks_at_once_are_told_as_each_by_itself(measure: Measure) -> None:
    for periods in (1, 3, 6):
        assert list(values(measure, periods)) == [measure.value(mask, periods) for mask in range(1 << periods)]


@pytest.mark.parametrize("measure", BOTH_WAYS, ids=str)
@pytest.mark.parametrize("periods", [1, 2, 3, 6])
def test_what_can_be_reached_at_most_is_the_value_of_every_mask(measure: Measure, periods: int) -> None:
    told = [least_or_most(measure, periods, mask, least=True) for mask in range(1 << periods)]
    assert told == list(values(measure, periods))


@pytest.mark.parametrize("measure", [m for m in MEASURES if m not in BOTH_WAYS], ids=str)
def test_other_measures_refuse_a_limit_from_below(measure: Measure) -> None:
    with pytest.raises(ValueError) as refused:
        least_or_most(measure, 4, 0b0101, least=True)
    assert str(refused.value) == f"{type(measure).__name__} can be limited from above only."


@pytest.mark.parametrize(
    ("measure", "day", "value"),
    [
        (Busy(), ".xx.x", 3),
        (Busy(1, 3), "xxx.x", 2),
        (Busy(1, 3, 1), "xxx.x", 1),
        (Among(0b11010), "xx.x.", 2),
        (Used(), ".....", 0),
        (Used(), "...x.", 1),
        (Used(1, 2), "x..x.", 0),
        (Used(3), "x..x.", 1),
        (Gaps(), "x..x.x", 3),
        (Gaps(), "..xx..", 0),
        (Gaps(0b10010), "x..x.x", 1),
        (Lone(), "x.xx.x", 2),
        (Runs(2), "xxxx.xxx", 3),
        (Under(3), "x.x..", 1),
        (Under(3), ".....", 0),
        (Late(1), "..x..", 1),
        (Late(1), ".x...", 0),
        (Late(1), ".....", 0),
        (Span(), ".x..x.", 4),
        (Span(3), ".x..x.", 1),
        (Long(3), ".x..x.", 1),
        (Long(4), ".x..x.", 0),
    ],
)
def test_a_day_is_measured(measure: Measure, day: str, value: int) -> None:
    assert measure.value(sum(1 << p for p, busy in enumerate(day) if busy == "x"), len(day)) == value
