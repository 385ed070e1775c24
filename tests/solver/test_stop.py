"""When to stop."""

from __future__ import annotations

from solver.stop import AnyOf, MaxSeconds, never


def test_a_limit_of_seconds_is_kept_by_the_clock_it_is_given() -> None:
    times = iter([10.0, 14.9, 15.0])
    stop = MaxSeconds(5, now=lambda: next(times))

    assert [stop(), stop()] == [False, True]


def test_any_of_several_stops() -> None:
    assert AnyOf((never, lambda: True))() is True
    assert AnyOf((never, never))() is False
