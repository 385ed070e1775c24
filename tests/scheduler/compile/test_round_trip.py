"""What is told of an assignment is read back as that assignment, whatever the document."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given, reject, settings
from hypothesis import strategies as st

from scheduler.compile import compile_document, pattern, recall
from scheduler.compile.compiled import Compiled
from scheduler.compile.dates import occurrences
from scheduler.domain.document import Document
from scheduler.domain.timetable import Timetable
from scheduler.errors import BadInput
from solver.audit import audit
from solver.problem import Assignment, holds
from tests.strategies import documents


@st.composite
def assignments(draw: st.DrawFn, compiled: Compiled) -> Assignment:
    """Any assignment; a demand whose condition does not hold gets nothing."""
    problem = compiled.problem
    whole = Assignment(
        option=tuple(draw(st.integers(0, len(event.options) - 1)) for event in problem.events),
        pick=tuple(draw(st.integers(0, choice.alternatives - 1)) for choice in problem.choices),
    )
    units = []
    for demand in problem.demands:
        given = None if demand.attendance is None else problem.attendances[demand.attendance].given
        units.append(draw(st.sampled_from((-1, *demand.units))) if holds(given, whole) else -1)
    return replace(whole, unit=tuple(units))


def compiled_or_skipped(document: Document) -> Compiled:
    """The document compiled; one that asks for what cannot be told to the engine is passed over."""
    try:
        return compile_document(document)
    except BadInput:
        reject()


@settings(max_examples=25, deadline=None)
@given(st.data())
def test_a_timetable_is_read_back_as_the_assignment_it_tells(data: st.DataObject) -> None:
    compiled = compiled_or_skipped(data.draw(documents()))
    assignment = data.draw(assignments(compiled))
    placements = pattern(compiled, assignment)
    recalled = recall(compiled, Timetable(pattern=placements))

    assert (recalled.assignment, recalled.missing) == (assignment, ())
    assert pattern(compiled, recalled.assignment) == placements


@settings(max_examples=15, deadline=None)
@given(st.data())
def test_whatever_is_compiled_can_be_audited_and_dated(data: st.DataObject) -> None:
    document = data.draw(documents())
    compiled = compiled_or_skipped(document)
    assignment = data.draw(assignments(compiled))
    found = audit(compiled.problem, assignment)
    dated = occurrences(document, pattern(compiled, assignment))

    assert len(found.deviations) == len(compiled.problem.rules) == len(compiled.specs)
    assert len({occurrence.id for occurrence in dated}) == len(dated)
