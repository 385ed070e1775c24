"""Who does the work: results in order, errors told, the dead replaced."""

from __future__ import annotations

import os
import time

import pytest

from solver.crew import Alone, Processes


def double(number: int) -> int:
    """Return twice the number; fail for 13, die for 0, dawdle for negatives."""
    if number == 13:
        raise ValueError("13 is not to be doubled")
    if number == 0:
        os._exit(3)
    if number < 0:
        time.sleep(60)
    return 2 * number


def test_a_crew_of_one_does_tasks_in_turn() -> None:
    with Alone(double) as crew:
        crew.submit(4)
        assert crew.idle == 0
        assert crew.collect(0) == [(4, 8)]
        assert crew.idle == 1


def test_processes_share_the_tasks() -> None:
    found: list[tuple[int, int]] = []
    with Processes(double, 2) as crew:
        crew.submit(1)
        crew.submit(2)
        assert crew.idle == 0
        while len(found) < 2:
            found += crew.collect(5)

    assert sorted(found) == [(1, 2), (2, 4)]


def test_an_error_in_a_process_is_raised_here() -> None:
    with Processes(double, 1) as crew:
        crew.submit(13)
        with pytest.raises(ValueError, match="13 is not to be doubled"):
            crew.collect(60)


def test_a_process_that_dies_is_an_error() -> None:
    with Processes(double, 1) as crew:
        crew.submit(0)
        with pytest.raises(RuntimeError) as caught:
            crew.collect(60)

    assert str(caught.value) == "A search process ended with exit code 3; memory may have run out."


def test_work_that_is_abandoned_leaves_a_crew_that_works() -> None:
    with Processes(double, 1) as crew:
        crew.submit(-1)
        assert crew.collect(0) == []
        crew.abandon()
        crew.submit(5)
        found: list[tuple[int, int]] = []
        while not found:
            found = crew.collect(5)

    assert found == [(5, 10)]
