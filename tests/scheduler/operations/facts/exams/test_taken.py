"""Which of many times overlap."""

from datetime import UTC, datetime, timedelta
from itertools import combinations

from hypothesis import given
from hypothesis import strategies as st

from scheduler.domain.session_plan import Sitting
from scheduler.operations.facts.exams.taken import Taken, overlapping

MORNING = datetime(2027, 6, 1, 9, tzinfo=UTC)


def taken(start: int, minutes: int) -> Taken:
    begins, ends = MORNING + timedelta(minutes=start), MORNING + timedelta(minutes=start + minutes)
    return Taken(begins, ends, Sitting(exam="exam", start=begins, end=ends))


@given(st.lists(st.tuples(st.integers(0, 30), st.integers(0, 15)), max_size=12))
def test_exactly_those_pairs_overlap_that_share_a_time(spans: list[tuple[int, int]]) -> None:
    times = [taken(*span) for span in spans]
    shared = [{id(a), id(b)} for a, b in combinations(times, 2) if a.start < b.end and b.start < a.end]
    found = [(earlier, later) for earlier, later in overlapping(times)]

    assert all(earlier.start <= later.start for earlier, later in found)
    assert sorted(sorted({id(a), id(b)}) for a, b in found) == sorted(map(sorted, shared))
