"""Rooms and workstations of placed exams: each what it asks for, nothing twice, also for those without names."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from scheduler.domain.timetable import Occurrence, Placement, Timetable
from scheduler.operations.attest import attest
from scheduler.operations.audit import audit_session
from tests.scheduler.operations.test_attest import placed, reasons, school

ONE_DAY = {"last_day": "2027-06-01"}
"""With it both exams begin on June 1 at 10:00."""

STATIONS = {"workstations": [{"id": f"PC{number}", "site": "school"} for number in (1, 2, 3)]}

BOTH_IN_THE_HALL: dict[str, Any] = {"room": {"candidates": ["hall"], "optional": True}, "own_room": True}


IN_ROOMS: dict[str, Any] = {
    "workstations": [
        {"id": "PC1", "site": "school", "room": "hall"},
        {"id": "PC2", "site": "school", "room": "hall"},
        {"id": "PC3", "site": "school", "room": "study"},
    ]
}
"""Two workstations stand in the hall and one in the study."""


def test_the_two_rooms_of_an_exam_are_not_one() -> None:
    """A hall with seats for both needs once passed for the two rooms, and the audit refused what was found."""
    found = placed(school(({"room": {"also": [{"seats": 1}]}}, {})))

    assert found["Algebra"].rooms == ("hall", "study")


def test_who_sits_alone_leaves_nobody_for_another_room() -> None:
    alone = [{"student": student, "own_room": True} for student in ("Anna", "Boris")]
    found = placed(school(({"room": {}}, {}), entitlements=alone))

    assert sorted(found["Algebra"].rooms) == ["hall", "study"]
    assert sorted(one.room or "" for one in found["Algebra"].candidates) == ["hall", "study"]


def test_an_exam_does_without_an_optional_room_where_another_has_it() -> None:
    exams = ({"students": ["Anna"], **BOTH_IN_THE_HALL}, {"students": ["Vera"], **BOTH_IN_THE_HALL})
    found = attest(document := school(exams, ONE_DAY), work=2, workers=1)

    assert found.plan is not None
    assert audit_session(document, found.plan).kept
    assert sorted(sitting.rooms for sitting in found.plan.sittings) == [(), ("hall",)]
    assert [(rule.rule, rule.cost) for rule in found.plan.rules if rule.cost] == [("optional-rooms", 1)]


def test_an_optional_room_that_there_is_not_is_done_without() -> None:
    found = placed(school(({"room": {"features": ["stage"], "optional": True}}, {})))

    assert found["Algebra"].rooms == ()


@pytest.mark.parametrize("who", [{"students": [], "size": 2}, {"students": [], "groups": ["9B"]}])
def test_those_without_names_sit_at_workstations_that_nobody_else_has(who: dict[str, Any]) -> None:
    exams = ({"form": "test", "site": "school", **who}, {"form": "test", "students": ["Vera"]})
    more = STATIONS | {"groups": [{"id": "9B", "grade": 9, "site": "school", "size": 2}]}
    found = placed(school(exams, ONE_DAY, **more))
    taken = [*found["Algebra"].workstations, *(one.workstation for one in found["Physics"].candidates)]

    assert sorted(one or "" for one in taken) == ["PC1", "PC2", "PC3"]


def test_three_without_names_and_one_student_need_four_workstations() -> None:
    """They were once counted when the document was checked, and nowhere else."""
    test = {"form": "test", "minutes": 60}
    exams = (test | {"students": [], "site": "school", "size": 3}, test | {"students": ["Vera"]})

    assert reasons(school(exams, ONE_DAY, **STATIONS))[0] == (
        "4 times a workstation (school) is needed by Algebra and Physics, at Jun 1, 2027, 10:00; there is room for 3."
    )


def test_those_without_names_are_divided_into_parts_at_the_same_time() -> None:
    """Some of a group sit each part; the audit once took them for people in two places at once."""
    more = {"groups": [{"id": "9B", "grade": 9, "site": "school", "size": 3}]}
    exams: tuple[dict[str, Any], ...] = ({"students": [], "groups": ["9B"], "most_in_part": 1}, {})
    found = attest(document := school(exams, {"last_day": "2027-06-02"}, **more), work=2, workers=1)

    assert found.plan is not None
    assert audit_session(document, found.plan).kept
    assert len({sitting.start for sitting in found.plan.sittings if sitting.exam == "Algebra"}) == 1
    assert [sitting.part for sitting in found.plan.sittings] == [1, 2, 3, 1]


@pytest.mark.parametrize("hour", [10, 14])
@pytest.mark.parametrize("lets", [{"lessons_give_way": "move"}, {"lessons": "suspended"}])
@pytest.mark.parametrize(
    "taken", [{"students": ("Boris",)}, {"teachers": ("Ledovey",)}, {"room": "hall"}, {"seats": {"Boris": "PC1"}}]
)
def test_exams_keep_off_the_consultations_that_were_agreed(
    taken: dict[str, Any], lets: dict[str, Any], hour: int
) -> None:
    """Algebra begins at ten or at two; at one of these somebody or something of it has a consultation, which stays."""
    board = [{"id": "board", "seats": [{"role": "chair", "qualified": False, "candidates": ["Ledovey"]}]}]
    algebra = {"form": "test", "room": {"candidates": ["hall"]}, "commission": "board", "minutes": 60}
    document = school(
        (algebra, {"students": ["Vera"]}),
        {"starts": [{"times": ["10:00", "14:00"]}], **ONE_DAY, **lets},
        workstations=[{"id": "PC1", "site": "school"}, {"id": "PC2", "site": "school"}],
        commissions=board,
    )
    start = datetime(2027, 6, 1, hour, 30, tzinfo=ZoneInfo("Europe/Moscow"))
    end = start + timedelta(minutes=40)
    told = {"event": "R/1/1", "kind": "consultation", "course": "R", "weeks": (), "weekday": "tue", "mode": "online"}
    placement = Placement.model_validate(
        {**told, "start": start.time(), "end": end.time(), "time_zone": "Europe/Moscow", **taken}
    )
    held = Occurrence(id="R/1/1@1.1", event="R/1/1", start=start, end=end)
    timetable = Timetable(pattern=(placement,), occurrences=(held,))

    found = attest(document, timetable, work=1, workers=1).plan

    assert found is not None
    assert (audit_session(document, found, timetable).kept, found.changes) == (True, ())
    [begins] = [sitting.start.hour for sitting in found.sittings if sitting.exam == "Algebra"]
    assert begins == 24 - hour


def test_a_workstation_is_one_of_the_room() -> None:
    """Vera was once given a workstation in the hall, and her room was the study."""
    found = placed(school(({}, {"students": ["Vera"], "form": "test", "room": {"candidates": ["study"]}}), **IN_ROOMS))

    assert [(one.room, one.workstation) for one in found["Physics"].candidates] == [("study", "PC3")]


def test_a_workstation_that_names_no_room_is_brought() -> None:
    brought: dict[str, Any] = {"workstations": [*IN_ROOMS["workstations"][:2], {"id": "laptop", "site": "school"}]}
    found = placed(school(({}, {"students": ["Vera"], "form": "test", "room": {"candidates": ["study"]}}), **brought))

    assert [(one.room, one.workstation) for one in found["Physics"].candidates] == [("study", "laptop")]


def test_who_sits_alone_has_a_workstation_in_the_room_of_their_own() -> None:
    own = [{"student": "Anna", "own_room": True, "own_workstation": True}]
    found = placed(school(({"room": {"candidates": ["hall"]}}, {}), entitlements=own, **IN_ROOMS))

    assert [(one.room, one.workstation) for one in found["Algebra"].candidates] == [("study", "PC3"), ("hall", None)]


def test_three_students_sit_in_the_two_rooms_in_which_their_workstations_stand() -> None:
    rooms = {"candidates": ["hall"], "also": [{"candidates": ["study"], "seats": 1}]}
    everybody: dict[str, Any] = {"students": ["Anna", "Boris", "Vera"], "workstations": True, "room": rooms}
    found = placed(school((everybody, {}), **IN_ROOMS))

    sits = [(one.workstation, one.room) for one in found["Algebra"].candidates]
    assert sorted(sits) == [("PC1", "hall"), ("PC2", "hall"), ("PC3", "study")]


def test_those_without_names_sit_at_the_workstations_of_the_room() -> None:
    nameless: dict[str, Any] = {"students": [], "size": 2, "site": "school", "form": "test", "room": {}}
    found = placed(school((nameless, {}), **IN_ROOMS))

    assert (found["Algebra"].rooms, sorted(found["Algebra"].workstations)) == (("hall",), ["PC1", "PC2"])


def test_two_exams_in_one_room_are_too_many_for_its_workstations() -> None:
    """All three workstations of the site were once counted."""
    hall: dict[str, Any] = {"form": "test", "room": {"candidates": ["hall"]}}

    assert reasons(school((hall, hall | {"students": ["Vera"]}), ONE_DAY, **IN_ROOMS))[0] == (
        "3 times a workstation (school) is needed by Algebra and Physics, at Jun 1, 2027, 10:00; there is room for 2."
    )


def test_a_session_may_take_it_for_a_wish_where_workstations_stand() -> None:
    wish: dict[str, Any] = {"rules": [{"rule": "SitInRoom", "weight": 3}]} | ONE_DAY
    hall: dict[str, Any] = {"form": "test", "room": {"candidates": ["hall"]}}
    found = attest(
        document := school((hall, hall | {"students": ["Vera"]}), wish, **IN_ROOMS), work=2, workers=1, seed=1
    )

    assert found.plan is not None
    assert audit_session(document, found.plan).kept
    assert [(rule.rule, rule.cost) for rule in found.plan.rules if rule.cost] == [("SitInRoom", 3)]
