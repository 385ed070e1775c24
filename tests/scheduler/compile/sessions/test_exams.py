"""Exams as events: their parts and stretches, when they may start, who sits and holds them, what they need."""

from __future__ import annotations

from typing import Any

import pytest

from scheduler.compile.sessions.parts import Stretch, parts
from scheduler.errors import BadInput
from solver.problem import Assignment
from tests.scheduler.compile.sessions.school import compiled, missed, school, starts


def stretches(exam: dict[str, Any], **more: Any) -> list[list[Stretch]]:
    """Return the stretches of each part of the first exam."""
    document = school((exam, {}), **more)
    return [list(part.stretches) for part in parts(document, document.exams[0])]


def test_who_has_ninety_minutes_more_makes_the_exam_longer_and_the_others_end_before() -> None:
    own = [{"student": "boris", "extra_minutes": 90}]

    assert stretches({}, entitlements=own) == [[Stretch(0, 180, ("boris",)), Stretch(0, 90, ("anna",))]]


def test_people_without_names_end_when_nobody_has_more_time() -> None:
    own = [{"student": "anna", "extra_minutes": 30}]

    assert stretches({"students": ["anna"], "size": 2}, entitlements=own) == [
        [Stretch(0, 120, ("anna",)), Stretch(0, 90, ())]
    ]
    assert stretches({"students": [], "size": 2}) == [[Stretch(0, 90, ())]]


def test_turns_follow_one_another_the_longer_ones_last() -> None:
    oral = {"form": "oral", "turn_minutes": 20, "students": ["anna", "boris", "vera"]}
    own = [{"student": "anna", "extra_minutes": 10}]

    assert stretches(oral, entitlements=own) == [
        [
            Stretch(0, 70, ()),
            Stretch(0, 20, ("boris",)),
            Stretch(20, 20, ("vera",)),
            Stretch(40, 30, ("anna",)),
        ]
    ]


def test_of_three_turns_two_are_at_once_and_people_without_names_come_between() -> None:
    oral = {"form": "oral", "turn_minutes": 20, "turns_at_once": 2, "students": ["anna", "boris"], "size": 5}
    own = [{"student": "anna", "extra_minutes": 10}]

    assert stretches(oral, entitlements=own) == [
        [Stretch(0, 70, ()), Stretch(0, 20, ("boris",)), Stretch(40, 30, ("anna",))]
    ]


def test_the_only_turn_is_the_whole_exam() -> None:
    assert stretches({"form": "oral", "turn_minutes": 20, "students": ["anna"]}) == [[Stretch(0, 20, ("anna",))]]


def test_more_than_two_in_a_part_are_divided_evenly() -> None:
    found = stretches({"students": ["anna", "boris", "vera"], "most_in_part": 2, "size": 5})

    assert found == [[Stretch(0, 90, ("anna",))], [Stretch(0, 90, ("boris",))], [Stretch(0, 90, ("vera",))]]


# --- when -------------------------------------------------------------------------------------------------------------


def test_starts_of_a_grade_come_before_those_of_all() -> None:
    session = {"starts": [{"times": ["09:00"]}, {"grades": [9], "days": ["tue", "thu"], "times": ["14:00"]}]}

    found = compiled(school(session=session))

    assert starts(found, found.wholes["Algebra"][0]) == ["01.06 14:00", "03.06 14:00"]
    assert starts(found, found.wholes["Physics"][0]) == ["01.06 09:00", "02.06 09:00", "03.06 09:00", "04.06 09:00"]


def test_a_fixed_date_and_a_fixed_start_leave_one() -> None:
    found = compiled(school(({"date": "2027-06-02", "start": "11:00"}, {"not_before": "2027-06-04"})))

    assert starts(found, found.wholes["Algebra"][0]) == ["02.06 11:00"]
    assert starts(found, found.wholes["Physics"][0]) == ["04.06 09:00", "04.06 11:00"]


def test_extra_time_counts_before_the_latest_end() -> None:
    session = {"last_day": "2027-06-01", "latest_end": "13:00"}
    own = [{"student": "anna", "exams": ["Algebra"], "extra_minutes": 90}]

    found = compiled(school(session=session, entitlements=own))

    assert starts(found, found.wholes["Algebra"][0]) == ["01.06 09:00"]
    assert starts(found, found.wholes["Physics"][0]) == ["01.06 09:00", "01.06 11:00"]


def test_turns_that_nobody_can_fit_before_the_latest_end_are_a_fault() -> None:
    """Three turns of 20, 20 and 50 minutes, two at once, last 70 minutes: the check counts 45 as the least that they may."""
    oral = {"form": "oral", "turn_minutes": 20, "turns_at_once": 2, "students": ["anna", "boris", "vera"]}
    own = [{"student": "anna", "exams": ["Algebra"], "extra_minutes": 30}]
    session = {"starts": [{"times": ["09:00"]}], "latest_end": "10:05"}

    with pytest.raises(BadInput) as refused:
        compiled(school((oral, {}), session, entitlements=own))

    assert str(refused.value) == (
        "field exams[0]: Exam “Algebra” (70 minutes) must be able to start at some time of its session. Maybe extra time or "
        "turns make it too long: see the starts and the latest end of the session."
    )


def test_a_fixed_period_is_taken_as_a_whole_and_only_until_the_next_begins() -> None:
    periods = [
        {"date": "2027-06-01", "start": "09:00", "minutes": 240},
        {"date": "2027-06-01", "start": "12:00", "minutes": 120},
    ]
    own = [{"student": "anna", "exams": ["Algebra"], "extra_minutes": 20}]

    found = compiled(school(session={"starts": [], "periods": periods}, entitlements=own))

    whole, usual = found.stretches["Algebra", 1]
    assert found.events[whole].spans == ((540, 720), (720, 840))
    assert found.events[usual].spans == ((540, 630), (720, 810))
    assert (found.events[whole].minutes, found.events[usual].minutes) == (110, 90)


def test_exams_of_two_sessions_with_equal_starts_keep_the_periods_of_their_own() -> None:
    at = {"date": "2027-06-01", "start": "09:00"}
    common = {"first_day": "2027-06-01", "last_day": "2027-06-04", "profiles": []}
    sessions = [
        {"id": key, "periods": [at | {"minutes": minutes}], **common}
        for key, minutes in (("long", 240), ("short", 120))
    ]

    found = compiled(school(({"session": "long"}, {"session": "short"}), sessions=[*sessions]))

    assert [found.events[found.wholes[exam][0]].spans for exam in ("Algebra", "Physics")] == [
        ((540, 780),),
        ((540, 660),),
    ]


def test_days_are_told_by_the_clocks_of_the_session_and_of_each_person() -> None:
    """Two exams at 8 and at 14 o'clock in Kamchatka fall on two dates by the clocks of Moscow."""
    session = {
        "time_zone": "Asia/Kamchatka",
        "starts": [{"times": ["08:00", "14:00"]}],
        "rules": [{"id": "one-a-day", "rule": "LimitInDays", "parameters": {"most": 1}}],
    }
    students = [{"id": "anna", "name": "Anna", "grade": 9, "site": "east"}]
    exam = {"students": ["anna"], "site": "east", "date": "2027-06-02"}

    found = compiled(school((exam, exam), session, students=students))

    assert starts(found, 0) == ["01.06 23:00", "02.06 05:00"]
    assert missed(found, Assignment((0, 1))) == ["Anna has 2 exams on 2027-06-02, not at most 1."]


# --- who and where ----------------------------------------------------------------------------------------------------


def test_a_group_without_names_attends_with_its_parts_once_where_the_parts_are_at_one_time() -> None:
    exam = {"students": [], "groups": ["7A"], "most_in_part": 10}

    together, apart = (compiled(school((exam | {"same_time": at_once}, {}))) for at_once in (True, False))

    def attended(found: Any) -> list[tuple[str, int]]:
        rows = ((found.attendees[row.resource], row.event) for row in found.problem.attendances)
        return [(attendee.id, event) for attendee, event in rows if attendee.kind == "group"]

    assert attended(together) == [("7A", 0), ("7A-1", 0)]
    assert attended(apart) == [("7A", 0), ("7A", 1), ("7A-1", 0), ("7A-1", 1)]


def test_a_room_has_seats_at_exam_distance_for_all_who_do_not_sit_alone() -> None:
    own = [{"student": "anna", "exams": ["Algebra"], "own_room": True}]

    found = compiled(school(({"room": {}, "size": 9}, {}), {"seats_per_student": "3/2"}, entitlements=own))

    demands = [
        ([found.things[unit].id for unit in demand.units], demand.size, demand.attendance is None)
        for demand in found.problem.demands
    ]
    assert demands == [(["hall", "study"], 1, False), (["hall"], 12, True)]
    assert found.alone == (0,)


def test_a_student_with_a_workstation_of_their_own_has_one_with_all_that_it_must_offer() -> None:
    own = [{"student": "anna", "exams": ["Algebra"], "own_workstation": True, "features": ["camera"]}]

    found = compiled(school(entitlements=own))

    (demand,) = found.problem.demands
    assert [found.things[unit].id for unit in demand.units] == ["PC2"]
    assert found.claims == ("workstation",)


def test_whoever_assists_sits_where_the_student_sits_also_online() -> None:
    own = [{"student": "anna", "exams": ["Algebra"], "assistant": True, "assistants": ["orlova", "mark"]}]

    found = compiled(school(({"mode": "online", "site": None}, {}), entitlements=own))

    (seat,) = found.seats
    assert (seat.student, seat.people) == ("anna", (("teacher", "orlova"), ("tutor", "mark")))
    helpers = [row for row in found.problem.attendances if row.given is not None]
    assert [(row.given, row.place) for row in helpers] == [((0, 0), 0), ((0, 1), 0)]


def test_one_person_has_a_seat_in_all_exams_of_a_subject_each_at_its_site() -> None:
    seats = [{"role": "chair", "one_for_subject": True, "at_site": True, "qualified": False}]
    teachers = [{"id": "orlova"}, {"id": "petrov", "site": "west"}]
    exams = ({"commission": "board"}, {"commission": "board", "subject": "algebra", "site": "east"})

    found = compiled(school(exams, commissions=[{"id": "board", "seats": seats}], teachers=teachers))

    (seat,) = found.seats
    assert (seat.people, len(seat.events)) == ((("teacher", "orlova"),), 2)
    assert [row.place for row in found.problem.attendances if row.given == (0, 0)] == [0, 1]


def test_exams_without_a_subject_are_not_of_one_subject() -> None:
    seats = [{"role": "chair", "one_for_subject": True}]
    exams = ({"commission": "board", "subject": None}, {"commission": "board", "subject": None})

    found = compiled(school(exams, commissions=[{"id": "board", "seats": seats}]))

    assert [seat.events for seat in found.seats] == [(0,), (1,)]


def test_one_chair_for_two_parts_at_the_same_time_is_a_fault() -> None:
    seats = [{"role": "chair", "one_for_subject": True}]

    with pytest.raises(BadInput) as refused:
        compiled(
            school(({"commission": "board", "most_in_part": 1}, {}), commissions=[{"id": "board", "seats": seats}])
        )

    assert str(refused.value) == (
        "field exams[0]: Exam “Algebra” has 2 parts at the same time and must not have one chair for all of them. Maybe let "
        "its parts follow one another: same_time."
    )


def test_a_chair_for_whom_nobody_is_able_in_both_exams_is_a_fault() -> None:
    seats = [{"role": "chair", "one_for_subject": True, "at_site": True, "qualified": False}]
    teachers = [{"id": "orlova", "site": "west"}, {"id": "petrov", "site": "east"}]
    exams = ({"commission": "board"}, {"commission": "board", "subject": "algebra", "site": "east"})

    with pytest.raises(BadInput) as refused:
        compiled(school(exams, commissions=[{"id": "board", "seats": seats}], teachers=teachers))

    assert str(refused.value) == (
        "field exams[0]: One person must be able to be chair in all exams of algebra: Algebra, Physics; nobody is."
    )
