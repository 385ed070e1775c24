"""Exams placed: entitlements, gaps, quorum and consultations kept; the optimum of tiny sessions; what cannot be, in words."""

from __future__ import annotations

from copy import deepcopy
from itertools import product
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from scheduler.compile.sessions import CompiledSessions, compile_sessions
from scheduler.domain.check import check
from scheduler.domain.document import Document
from scheduler.errors import BadInput
from scheduler.operations.attest import attest
from scheduler.operations.audit import audit_session
from scheduler.texts import Texts
from solver.audit import audit
from solver.problem import Assignment
from solver.solve import solve

if TYPE_CHECKING:
    from scheduler.domain.session_plan import Sitting

SCHOOL: dict[str, Any] = {
    "term": {"first_day": "2027-01-11", "last_day": "2027-05-28", "week_days": 6},
    "sites": [{"id": "school"}],
    "rooms": [{"id": "hall", "site": "school", "seats": 4}, {"id": "study", "site": "school", "seats": 1}],
    "subjects": [{"id": "algebra"}, {"id": "physics"}],
    "students": [{"id": name, "grade": 9, "site": "school"} for name in ("Anna", "Boris", "Vera")],
    "teachers": [{"id": name} for name in ("Ledovey", "Rosograd", "Snegovey")],
    "sessions": [
        {
            "id": "summer",
            "first_day": "2027-06-01",
            "last_day": "2027-06-05",
            "starts": [{"times": ["10:00"]}],
            "latest_end": "18:00",
            "profiles": [],
        }
    ],
    "exams": [
        {"id": "Algebra", "session": "summer", "subject": "algebra", "students": ["Anna", "Boris"], "minutes": 235},
        {"id": "Physics", "session": "summer", "subject": "physics", "students": ["Anna", "Vera"], "minutes": 180},
    ],
}


def school(
    exams: tuple[dict[str, Any], ...] = ({}, {}), session: dict[str, Any] | None = None, **more: Any
) -> Document:
    """Return the school with changes of its exams and its session, and with more lists."""
    data = deepcopy(SCHOOL) | more
    data["sessions"][0] |= session or {}
    data["exams"] = [exam | changed for exam, changed in zip(data["exams"], exams, strict=True)]
    document = Document.model_validate(data)
    assert check(document) == ()
    return document


def placed(document: Document) -> dict[str, Sitting]:
    """Place the exams and return the sittings of the first parts; the plan is audited."""
    found = attest(document, work=2, workers=1)
    assert found.plan is not None
    assert audit_session(document, found.plan).kept
    return {sitting.exam: sitting for sitting in found.plan.sittings if sitting.part == 1}


def reasons(document: Document) -> list[str]:
    """Return why the exams cannot be placed."""
    found = attest(document, work=2, workers=1)
    assert (found.status, found.plan) == ("impossible", None)
    return [Texts("en").tell(reason) for reason in found.reasons]


def test_who_is_entitled_ends_ninety_minutes_later_in_a_room_of_their_own() -> None:
    more: dict[str, Any] = {"entitlements": [{"student": "Boris", "extra_minutes": 90, "own_room": True}]}

    sitting = placed(school(({"room": {}}, {}), **more))["Algebra"]

    ends = {one.student: (f"{one.end:%H:%M}", one.room) for one in sitting.candidates}
    assert ends == {"Anna": ("13:55", "hall"), "Boris": ("15:25", "study")}
    assert f"{sitting.end:%H:%M}" == "15:25"


def test_turns_of_an_oral_exam_follow_one_another() -> None:
    oral = {"form": "oral", "turn_minutes": 20, "minutes": 20, "students": ["Anna", "Boris", "Vera"]}
    more: dict[str, Any] = {"entitlements": [{"student": "Anna", "extra_minutes": 10}]}

    sitting = placed(school((oral, {}), **more))["Algebra"]

    turns = {one.student: (f"{one.start:%H:%M}", f"{one.end:%H:%M}") for one in sitting.candidates}
    assert turns == {"Boris": ("10:00", "10:20"), "Vera": ("10:20", "10:40"), "Anna": ("10:40", "11:10")}


def test_two_exams_of_one_student_have_three_clear_days_between() -> None:
    rules = [{"rule": "SpaceExams", "parameters": {"least": 3}, "weight": "required"}]

    held = placed(school(session={"rules": rules}))

    assert sorted(sitting.start.day for sitting in held.values()) == [1, 5]


def test_a_commission_of_three_has_a_quorum_of_two() -> None:
    seats = [{"role": "chair"}, {"role": "examiner", "count": 2, "may_be_vacant": True}]
    rules = [{"rule": "FillSeats", "parameters": {"least": 2}, "weight": "required"}]
    away = {"dated": [{"first": "2027-06-01", "last": "2027-06-05"}]}
    teachers = [{"id": "Ledovey"}, {"id": "Rosograd"}, {"id": "Snegovey", "availability": away}]
    commissions = [{"id": "board", "seats": seats}]

    held = placed(school(({"commission": "board"}, {}), {"rules": rules}, commissions=commissions, teachers=teachers))

    assert sorted(one.person for one in held["Algebra"].commission) == ["Ledovey", "Rosograd"]


def test_one_person_takes_the_chair_in_both_exams_of_a_subject() -> None:
    commissions = [{"id": "board", "seats": [{"role": "chair", "one_for_subject": True}]}]
    exams = ({"commission": "board"}, {"commission": "board", "subject": "algebra"})

    held = placed(school(exams, commissions=commissions))

    assert held["Algebra"].commission == held["Physics"].commission


def test_the_consultation_is_two_days_before_the_exam() -> None:
    need = {"least_days": 2, "most_days": 2, "minutes": 45, "mode": "site"}

    document = school(({"consultation": need, "date": "2027-06-03"}, {}))
    plan = attest(document, work=2, workers=1).plan

    assert plan is not None
    (consultation,) = plan.consultations
    assert (consultation.exam, f"{consultation.start:%d}", consultation.students) == (
        "Algebra",
        "01",
        ("Anna", "Boris"),
    )


# --- brute force ------------------------------------------------------------------------------------------------------


@st.composite
def tiny(draw: st.DrawFn) -> Document:
    """Draw two or three exams on two or three days, with a room, a commission and somebody who is entitled to more time."""
    names = ("Anna", "Boris", "Vera")
    last = draw(st.sampled_from(["2027-06-02", "2027-06-03"]))
    rules: list[dict[str, Any]] = [
        {"rule": "SpaceExams", "parameters": {"least": draw(st.integers(0, 2))}, "weight": draw(st.integers(1, 9))},
        {"rule": "ShareLoad", "parameters": {"most": 1}, "weight": draw(st.integers(1, 3))},
        {"rule": "KeepReserve", "weight": draw(st.integers(1, 5))},
    ]
    exams: list[dict[str, Any]] = [
        {
            "id": f"E{number}",
            "session": "summer",
            "students": draw(st.lists(st.sampled_from(names), min_size=1, unique=True)),
            "minutes": draw(st.sampled_from([60, 120])),
            **({"room": {}} if draw(st.booleans()) else {}),
            **({"commission": "board"} if draw(st.booleans()) else {}),
        }
        for number in range(draw(st.integers(2, 3)))
    ]
    data: dict[str, Any] = deepcopy(SCHOOL) | {
        "exams": exams,
        "commissions": [{"id": "board", "seats": [{"role": "chair", "candidates": ["Ledovey", "Rosograd"]}]}],
        "rooms": [{"id": "hall", "site": "school", "seats": 3}, {"id": "study", "site": "school", "seats": 2}],
        "entitlements": [{"student": exams[0]["students"][0], "extra_minutes": 30}],
    }
    starts = draw(st.sampled_from([["10:00"], ["10:00", "11:00"]]))
    session = {"last_day": last, "reserve_days": [last], "starts": [{"times": starts}], "rules": rules}
    data["sessions"][0] |= session
    return Document.model_validate(data)


def least(compiled: CompiledSessions) -> int | None:
    """Return the least cost of any plan that keeps the required rules: all starts, people and rooms are tried."""
    problem = compiled.recounted
    parts = list(compiled.stretches.values())
    starts = product(*(range(len(problem.events[events[0]].options)) for events in parts))
    best: int | None = None
    for chosen in starts:
        option = [0] * len(problem.events)
        for events, start in zip(parts, chosen, strict=True):
            for event in events:
                option[event] = start
        for pick in product(*(range(choice.alternatives) for choice in problem.choices)):
            for unit in product(*(demand.units for demand in problem.demands)):
                found = audit(problem, Assignment(tuple(option), pick, unit))
                if found.feasible and (best is None or found.cost < best):
                    best = found.cost
    return best


@given(tiny())
@settings(max_examples=25, suppress_health_check=[HealthCheck.too_slow], deadline=None)
def test_the_optimum_of_a_tiny_session_equals_brute_force(document: Document) -> None:
    compiled = compile_sessions(document)
    outcome = solve(compiled.problem, work=3, workers=1, seed=1)

    expected = least(compiled)

    if expected is None:
        assert outcome.status in ("impossible", "unknown")
    else:
        assert (outcome.audit is not None, outcome.cost) == (True, expected)
        assert outcome.status in ("optimal", "feasible")


# --- what cannot be -----------------------------------------------------------------------------------------------


def test_too_many_exams_with_clear_days_between_are_told_in_numbers() -> None:
    rules = [{"rule": "SpaceExams", "parameters": {"least": 4}, "weight": "required"}]

    assert reasons(school(session={"rules": rules}))[0] == (
        "Anna: 2 exams with 4 clear days between need 6 days; the window has 5, enough for 1 of them."
    )


def test_two_exams_of_a_student_do_not_fit_one_start() -> None:
    told = reasons(school(({"date": "2027-06-01"}, {"date": "2027-06-01"})))

    assert told[0] == ("2 times Anna is needed by Algebra and Physics, at Jun 1, 2027, 10:00; there is room for 1.")


def test_a_commission_whose_people_are_away() -> None:
    away = {"dated": [{"first": "2027-06-01", "last": "2027-06-05"}]}
    teachers = [{"id": name, "availability": away} for name in ("Ledovey", "Rosograd")]
    commissions = [{"id": "board", "seats": [{"role": "chair", "candidates": ["Ledovey"]}]}]

    told = reasons(school(({"commission": "board"}, {}), teachers=teachers, commissions=commissions))

    assert told[0] == "Nobody can take the chair of Algebra: at all times of Algebra these are away: Ledovey."


def test_two_exams_that_want_the_hall_for_themselves_on_one_day() -> None:
    alone = {"date": "2027-06-01", "own_room": True, "room": {"candidates": ["hall"]}}

    told = reasons(school((alone | {"students": ["Anna"]}, alone | {"students": ["Vera"]})))

    assert told[0] == (
        "Algebra and Physics: 2 rooms are needed at once, 2 of them for one exam or student alone; to be had at Jun 1, 2027, "
        "10:00: 1 (hall)."
    )


def test_a_session_that_is_not_in_the_document() -> None:
    with pytest.raises(BadInput) as refused:
        attest(school(), sessions=("sumer",), work=1, workers=1)

    assert str(refused.value) == "The session “sumer” must be in the document. Maybe “summer” was meant."


def test_of_a_plan_to_start_from_what_fits_is_taken_and_the_rest_is_told() -> None:
    """The plan is of another document: chemistry is nothing here, and Algebra has other rooms and starts."""
    first = attest(school(), work=1, workers=1).plan
    assert first is not None
    of_algebra = next(sitting for sitting in first.sittings if sitting.exam == "Algebra")
    physics = next(sitting for sitting in first.sittings if sitting.exam == "Physics")
    chemistry = physics.model_copy(update={"exam": "Chemistry", "rooms": ("laboratory",)})
    late = of_algebra.model_copy(update={"start": of_algebra.start.replace(hour=23), "rooms": ("gym",)})

    found = attest(school(), start=first.model_copy(update={"sittings": (late, chemistry)}), work=1, workers=1)

    assert found.plan is not None
    assert audit_session(school(), found.plan).kept
    assert [Texts("en").tell(one) for one in found.unused] == [
        f"“Algebra” begins on {late.start:%b} {late.start.day}, 2027 at 23:00, at which it cannot be held.",
        "“gym” cannot serve exam “Algebra”.",
        "“Physics”, part 1, has no place in the plan.",
        "“Chemistry”, part 1, is no exam of the sessions.",
    ]
    assert attest(school(), start=first, work=1, workers=1).unused == ()
