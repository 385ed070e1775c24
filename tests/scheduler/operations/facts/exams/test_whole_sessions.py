"""Whole sessions: the plans by which synthetic ones were made break no fact."""

import pytest

from benchmarks.synthetic_session import session
from scheduler.operations.facts.exams import SessionFacts


@pytest.mark.parametrize("seed", [1, 2])
def test_a_plan_by_which_a_session_was_made_breaks_no_fact(seed: int) -> None:
    made = session(30, 100, teachers=25, workstations=20, seed=seed)

    assert SessionFacts(made.document, made.proof).tell() == ()
