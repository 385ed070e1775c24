"""A plan told and recalled is the same plan; a broken one is recalled as far as it can be, and the rest is told."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from scheduler.compile.sessions import compile_sessions, plan_of, recall
from scheduler.domain.document import Document
from scheduler.domain.session_plan import SessionPlan
from solver.problem import Assignment
from tests.exam_strategies import attested_documents

if TYPE_CHECKING:
    from scheduler.compile.sessions import CompiledSessions


def planned(compiled: CompiledSessions, assignment: Assignment) -> SessionPlan:
    sittings, consultations, changes = plan_of(compiled, assignment)
    return SessionPlan(sittings=sittings, consultations=consultations, changes=changes)


@st.composite
def assignments(draw: Any, compiled: CompiledSessions) -> Assignment:
    """Any assignment whose parts are held as one and whose people and rooms are told apart."""
    problem = compiled.problem
    option = [draw(st.integers(0, len(event.options) - 1)) for event in problem.events]
    for events in compiled.stretches.values():
        for event in events:
            option[event] = option[events[0]]
    pick = [draw(st.integers(0, choice.alternatives - 1)) for choice in problem.choices]
    unit = [draw(st.sampled_from(demand.units)) if demand.units else -1 for demand in problem.demands]
    return Assignment(tuple(option), tuple(pick), tuple(unit))


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
@given(st.data())
def test_what_is_told_is_recalled(data: st.DataObject) -> None:
    compiled = compile_sessions(data.draw(attested_documents()))
    told = planned(compiled, data.draw(assignments(compiled)))

    recalled = recall(compiled, told)

    assert recalled.missing == ()
    assert planned(compiled, recalled.assignment) == told


def test_the_examiner_who_consults_is_recalled_in_the_seat_that_consults() -> None:
    document = Document.model_validate(
        {
            "term": {"first_day": "2027-01-11", "last_day": "2027-05-28"},
            "sites": [{"id": "Main"}],
            "students": [{"id": "Anna", "site": "Main"}],
            "teachers": [{"id": "Orlova"}, {"id": "Petrov"}],
            "sessions": [
                {
                    "id": "summer",
                    "first_day": "2027-06-01",
                    "last_day": "2027-06-04",
                    "starts": [{"times": ["10:00"]}],
                }
            ],
            "commissions": [{"id": "board", "seats": [{"role": "examiner", "count": 2}]}],
            "exams": [
                {
                    "id": "projects",
                    "session": "summer",
                    "students": ["Anna"],
                    "minutes": 90,
                    "commission": "board",
                    "consultation": {"by": "examiner", "mode": "site"},
                }
            ],
        }
    )
    compiled = compile_sessions(document)
    whole = Assignment((1,) * len(compiled.problem.events), (0, 1), (-1,) * len(compiled.problem.demands))
    told = planned(compiled, whole)
    (sitting,) = told.sittings
    assert [one.person for one in sitting.commission] == ["Orlova", "Petrov"]
    assert told.consultations[0].teacher == "Orlova"

    listed_otherwise = sitting.model_copy(update={"commission": sitting.commission[::-1]})
    recalled = recall(compiled, told.model_copy(update={"sittings": (listed_otherwise,)}))

    assert (recalled.assignment.pick, recalled.missing) == ((0, 1), ())
