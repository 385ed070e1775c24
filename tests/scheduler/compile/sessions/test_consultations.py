"""When consultations before exams may be held, who is there and who holds them."""

from __future__ import annotations

from typing import Any

import pytest

from scheduler.errors import BadInput
from tests.scheduler.compile.sessions.school import compiled, school, starts

EXAM: dict[str, Any] = {"students": ["anna"], "consultation": {"minutes": 45, "most_days": 3}}


def consulted(exam: dict[str, Any], session: dict[str, Any], **more: Any) -> list[str]:
    """Tell when the consultation before the first exam may start."""
    found = compiled(school((EXAM | exam, {}), session, **more))
    return starts(found, found.consultations["Algebra"])


def test_school_days_before_the_session_are_among_them_by_the_usual_times_and_reserve_days_are_not() -> None:
    """The session begins on a Tuesday: three days before are Saturday, Sunday and Monday."""
    session = {"last_day": "2027-06-02", "reserve_days": ["2027-06-02"], "starts": [{"times": ["09:00"]}]}

    assert consulted({}, session) == ["31.05 09:00", "01.06 09:00"]


def test_holidays_before_the_session_are_not_among_them() -> None:
    session = {"first_day": "2027-06-15", "last_day": "2027-06-15", "consultation_starts": ["15:00", "14:00"]}
    need = {"minutes": 45, "most_days": 4}

    assert consulted({"consultation": need}, session) == ["11.06 14:00", "11.06 15:00", "15.06 14:00", "15.06 15:00"]


def test_it_ends_before_the_latest_end() -> None:
    session = {"last_day": "2027-06-01", "consultation_starts": ["14:00", "14:30"], "latest_end": "15:00"}

    assert consulted({}, session) == ["31.05 14:00", "01.06 14:00"]


def test_one_for_which_no_day_is_left_is_a_fault() -> None:
    session = {"starts": [{"times": ["09:00"]}], "consultation_starts": ["14:30"], "latest_end": "15:00"}

    with pytest.raises(BadInput) as refused:
        consulted({}, session)

    assert str(refused.value) == (
        "field exams[0].consultation: The consultation before exam “Algebra” must have a day. Maybe let it be held earlier: "
        "most_days, consultation_starts."
    )


def test_groups_without_names_and_students_come_to_it_and_one_of_two_teachers_holds_it() -> None:
    exam = {"groups": ["7A-1"], "size": 11}

    found = compiled(school((EXAM | exam, {}), courses=[]))

    event = found.consultations["Algebra"]
    rows = [row for row in found.problem.attendances if row.event == event]
    assert [(found.attendees[row.resource].id, row.given) for row in rows] == [
        ("anna", None),
        ("7A-1", None),
        ("orlova", (0, 0)),
        ("petrov", (0, 1)),
    ]
    assert found.seats_of_event[event] == (0,)


def test_an_examiner_holds_it_whose_seat_is_never_vacant() -> None:
    seats = [
        {"role": "examiner", "may_be_vacant": True},
        {"role": "examiner", "candidates": ["petrov"]},
        {"role": "chair"},
    ]
    exam = {"commission": "board", "consultation": {"by": "examiner"}}

    found = compiled(school((EXAM | exam, {}), commissions=[{"id": "board", "seats": seats}]))

    event = found.consultations["Algebra"]
    holders = [row for row in found.problem.attendances if row.event == event and row.given is not None]
    assert [(found.attendees[row.resource].id, row.given) for row in holders] == [("petrov", (1, 0))]


def test_where_every_examiner_may_be_missing_nobody_can_hold_it() -> None:
    exam = {"commission": "board", "consultation": {"by": "examiner"}}
    seats = [{"role": "examiner", "may_be_vacant": True}]

    with pytest.raises(BadInput) as refused:
        compiled(school((EXAM | exam, {}), commissions=[{"id": "board", "seats": seats}]))

    assert str(refused.value) == (
        "field exams[0].consultation: The commission of exam “Algebra” must have an examiner for the consultation, whose "
        "seat is never vacant."
    )


def test_who_sits_at_a_site_needs_a_workstation_for_it_online_and_none_there() -> None:
    online, there = (compiled(school((EXAM | {"consultation": {"mode": mode}}, {}))) for mode in ("online", "site"))

    assert [[online.things[unit].id for unit in demand.units] for demand in online.problem.demands] == [["PC1", "PC2"]]
    assert there.problem.demands == ()
