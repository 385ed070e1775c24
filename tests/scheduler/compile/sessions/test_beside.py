"""Lessons beside a session: those that stay, give way, move or are suspended."""

from __future__ import annotations

from typing import Any

import pytest

from scheduler.compile.sessions import CompiledSessions, SessionLabels, plan_of
from scheduler.domain.timetable import Timetable
from solver.problem import Assignment
from solver.rules.availability import RespectAvailability
from tests.scheduler.compile.sessions.school import compiled, lesson, school, starts, timetable

TENTH = "2027-06-01 10:00"
"""While Algebra may be held, from 9:00 to 10:30, or Physics, from 9:00 to 10:00 or from 11:00 to 12:00."""


def beside(
    *lessons: Any, session: dict[str, Any] | None = None, exams: tuple[dict[str, Any], ...] = ({}, {}), **more: Any
) -> CompiledSessions:
    """Compile the school's exams beside some lessons."""
    return compiled(school(exams, session, **more), timetable(*lessons))


def ways(found: CompiledSessions) -> dict[str, list[str]]:
    """Tell for each lesson that is an event when it may be held."""
    lessons = ((found.events[event].occurrence, event) for event in found.lessons)
    return {one.event.partition("/")[0]: starts(found, event) for one, event in lessons if one is not None}


def shut(found: CompiledSessions, who: str) -> list[str]:
    """Tell at which ticks somebody is not there."""
    rules = [rule for rule in found.problem.rules if isinstance(rule, RespectAvailability)]
    resource = next(index for index, one in enumerate(found.attendees) if one.id == who and one.stands_in is None)
    ticks = next((rule.ticks for rule in rules if resource in rule.resources), frozenset[int]())
    return [f"{found.clock.moment(found.ticks.start[tick]):%d.%m %H:%M}" for tick in sorted(ticks)]


def test_a_lesson_may_be_cancelled_for_an_exam_that_may_be_at_its_time() -> None:
    found = beside(lesson("ALG", TENTH, students=("boris",), teachers=("orlova",)))

    assert ways(found) == {"ALG": ["01.06 10:00", "-"]}


@pytest.mark.parametrize("pinned", [{"pinned": True}, {"students": ("vera",)}])
def test_a_pinned_lesson_and_one_of_somebody_whose_exams_are_at_other_times_stay(pinned: dict[str, Any]) -> None:
    fields = {"students": ("boris",)} | pinned
    session = {"starts": [{"grades": [10], "times": ["11:00"]}, {"times": ["09:00"]}]}
    exams: tuple[dict[str, Any], ...] = ({}, {"grade": 10})

    found = beside(lesson("ALG", TENTH, **fields), session=session, exams=exams)

    assert ways(found) == {"ALG": ["01.06 10:00"]}


def test_a_lesson_of_people_who_are_not_examined_is_no_event_and_its_teacher_is_not_there() -> None:
    commissions = [{"id": "board", "seats": [{"role": "chair"}]}]
    held = lesson("ALG", TENTH, groups=("7A",), teachers=("orlova",), room="hall")

    found = beside(held, exams=({"commission": "board", "room": {}}, {}), commissions=commissions)

    assert ways(found) == {}
    assert shut(found, "orlova") == ["01.06 10:00"]
    assert {f"{found.clock.moment(found.ticks.start[tick]):%H:%M}" for tick in found.problem.units[0].closed} == {
        "10:00"
    }


def test_what_one_session_forbids_another_does_not_allow() -> None:
    sessions = [
        {"id": "summer", "starts": [{"times": ["10:00"]}]},
        {"id": "state", "starts": [{"times": ["10:00"]}], "lessons_give_way": "no"},
    ]
    common = {"first_day": "2027-06-01", "last_day": "2027-06-01", "profiles": []}
    held = [
        lesson("ALG", TENTH, students=("boris",)),
        lesson("PHY", TENTH, students=("vera",)),
        lesson("MUS", TENTH, students=("boris", "vera")),
    ]

    found = beside(
        *held,
        exams=({"students": ["boris"]}, {"session": "state", "students": ["vera"]}),
        sessions=[one | common for one in sessions],
    )

    assert ways(found) == {"ALG": ["01.06 10:00", "-"], "PHY": ["01.06 10:00"], "MUS": ["01.06 10:00"]}


def test_a_teacher_whom_a_commission_of_a_session_without_exceptions_may_need_keeps_the_lesson() -> None:
    sessions = [{"id": "summer"}, {"id": "state", "lessons_give_way": "no"}]
    common = {"first_day": "2027-06-01", "last_day": "2027-06-01", "profiles": [], "starts": [{"times": ["10:00"]}]}
    commissions = [{"id": "board", "seats": [{"role": "chair", "candidates": ["sidorov"]}]}]
    exams: tuple[dict[str, Any], ...] = ({}, {"session": "state", "students": ["vera"], "commission": "board"})

    found = beside(
        lesson("ALG", TENTH, students=("boris",), teachers=("sidorov",)),
        exams=exams,
        sessions=[one | common for one in sessions],
        commissions=commissions,
    )

    assert ways(found) == {"ALG": ["01.06 10:00"]}


def test_a_lesson_may_move_within_its_week_by_its_bells_the_nearest_time_first() -> None:
    """The session begins on Tuesday, June 1: Monday is out of it, and Thursday has no lessons in this term."""
    session = {"lessons_give_way": "move", "last_day": "2027-06-07"}
    term = {
        "time_zone": "Europe/Moscow",
        "first_day": "2027-01-11",
        "last_day": "2027-06-30",
        "holidays": [{"first": "2027-06-03", "last": "2027-06-04"}],
    }

    found = beside(lesson("ALG", TENTH, students=("boris",)), session=session, term=term)

    assert ways(found) == {
        "ALG": ["01.06 10:00", "01.06 09:00", "01.06 11:00", "02.06 09:00", "02.06 10:00", "02.06 11:00", "-"]
    }


def test_a_lesson_is_not_moved_to_a_day_on_which_its_own_length_does_not_fit() -> None:
    session = {"lessons_give_way": "move", "last_day": "2027-06-02"}
    short = {"id": "short", "periods": [{"number": 1, "start": "09:00", "end": "09:30"}]}
    usual = {"id": "usual", "periods": [{"number": 2, "start": "10:00", "end": "10:40"}]}
    term = {
        "time_zone": "Europe/Moscow",
        "first_day": "2027-01-11",
        "last_day": "2027-06-30",
        "shortened_days": [{"date": "2027-06-02", "bells": "short"}],
    }

    found = beside(lesson("ALG", TENTH, students=("boris",)), session=session, term=term, bells=[usual, short])

    assert ways(found) == {"ALG": ["01.06 10:00", "-"]}


def test_a_lesson_keeps_its_room_and_the_workstations_of_those_who_are_there() -> None:
    seats = {"anna": "PC1", "7A-1": "PC2"}
    held = lesson("ALG", TENTH, students=("anna",), groups=("7A-1",), room="hall", seats=seats)

    found = beside(held)

    demands = [
        (found.claims[d], [found.things[unit].id for unit in demand.units], demand.size, demand.attendance is not None)
        for d, demand in enumerate(found.problem.demands)
    ]
    assert demands == [
        ("room", ["hall"], 30, False),
        ("workstation", ["PC1"], 1, True),
        ("workstation", ["PC2"], 1, True),
    ]


def test_lessons_of_those_who_are_examined_are_suspended_and_held_for_the_others() -> None:
    session = {"lessons": "suspended"}
    held = [
        lesson("ALG", TENTH, students=("anna", "boris"), teachers=("orlova",), seats={"anna": "PC1"}),
        lesson("PHY", TENTH, students=("anna", "gleb"), teachers=("sidorov",), seats={"anna": "PC2"}),
    ]
    students = [{"id": name, "site": "west"} for name in ("anna", "boris", "vera", "gleb")]
    commissions = [{"id": "board", "seats": [{"role": "chair", "qualified": False}]}]

    found = beside(
        *held, session=session, students=students, commissions=commissions, exams=({"commission": "board"}, {})
    )

    assert [lesson.event for lesson in found.suspended] == ["ALG/1/1"]
    assert (ways(found), shut(found, "anna"), shut(found, "orlova")) == ({}, [], [])
    assert shut(found, "sidorov") == ["01.06 10:00"]


@pytest.mark.parametrize("session", [{"lessons": "suspended"}, {"lessons_give_way": "move"}])
def test_a_consultation_that_was_agreed_stays_where_lessons_give_way_or_are_suspended(session: dict[str, Any]) -> None:
    who: dict[str, Any] = {"students": ("anna",), "teachers": ("orlova",), "seats": {"anna": "PC1"}}
    board = [{"id": "board", "seats": [{"role": "chair", "qualified": False}]}]
    week = {"first_day": "2027-05-31", "last_day": "2027-06-04"}

    found = beside(
        lesson("R", TENTH, kind="consultation", weeks=(), periods=(), **who),
        session=session,
        commissions=board,
        requests=[{"id": "R", "name": "Before the test", **week}],
        exams=({"commission": "board"}, {}),
    )

    assert str(SessionLabels(found).event(found.lessons[0])) == "the consultation Before the test"
    assert (ways(found), found.suspended, shut(found, "orlova")) == (
        {"R": ["01.06 10:00"]},
        (),
        ["01.06 10:00", "01.06 10:30"],
    )
    assert len(found.problem.units[2].closed) == 2


def test_a_lesson_that_stays_counts_for_those_who_are_examined_and_takes_their_time() -> None:
    """Vera's lesson and one that clashes with it stay: the first is counted, and the other makes her busy."""
    session = {"lessons_give_way": "no"}

    found = beside(
        lesson("ALG", TENTH, students=("vera",)), lesson("PHY", "2027-06-01 10:30", students=("vera",)), session=session
    )

    assert ways(found) == {"ALG": ["01.06 10:00"]}
    assert shut(found, "vera") == ["01.06 11:00"]


def test_where_exam_days_are_free_of_lessons_every_lesson_on_them_may_give_way() -> None:
    free = {"id": "free", "rule": "FreeExamDays", "weight": 100}

    found = beside(lesson("ALG", "2027-06-01 14:00", students=("boris",)), session={"rules": [free]})

    assert ways(found) == {"ALG": ["01.06 14:00", "-"]}


def test_a_tutor_may_sit_with_several_who_have_lessons_and_not_assist_in_an_exam_meanwhile() -> None:
    own = [{"student": "anna", "exams": ["Algebra"], "assistant": True, "assistants": ["lev"]}]
    held = [lesson(key, TENTH, mode="online", students=("boris",), tutors=("lev",)) for key in ("ALG", "PHY")]

    found = beside(*held, entitlements=own)

    resources = [index for index, one in enumerate(found.attendees) if one.id == "lev"]
    attended = [
        [found.problem.attendances[a].event for a in found.problem.attendances_of_resource[r]] for r in resources
    ]
    exam = found.stretches["Algebra", 1][0]
    assert attended == [[exam], [found.lessons[0], exam], [found.lessons[1], exam]]
    assert found.resource_of["tutor", "lev"] == resources[0]


def test_changes_are_told_with_the_exams_that_are_in_the_way() -> None:
    """Boris's lesson at ten makes room for Algebra; Vera's at nine for Physics, which is at that time, too."""
    session = {"lessons_give_way": "move", "last_day": "2027-06-01"}
    held = (lesson("ALG", TENTH, students=("boris",)), lesson("PHY", "2027-06-01 09:00", students=("vera",)))

    found = beside(*held, session=session)
    moved, cancelled = found.lessons
    option = [0] * len(found.events)
    option[moved] = 2
    option[cancelled] = found.events[cancelled].starts.index(None)
    changes = plan_of(found, Assignment(tuple(option)))[2]

    assert [(change.occurrence, change.change, change.because) for change in changes] == [
        ("PHY/1/1@1.1", "cancelled", ("Physics",)),
        ("ALG/1/1@1.1", "moved", ("Algebra",)),
    ]
    assert [f"{change.new_start:%H:%M %z}" for change in changes if change.new_start] == ["11:00 +0300"]


def test_a_lesson_that_loses_its_room_to_a_moved_one_is_told_with_that_lesson() -> None:
    """Boris's lesson leaves Algebra's time for Vera's, whose room it takes; the program once said that hers was suspended."""
    session = {"lessons_give_way": "move", "last_day": "2027-06-01"}
    held = (
        lesson("ALG", TENTH, students=("boris",), room="hall"),
        lesson("PHY", "2027-06-01 11:00", students=("vera",), room="hall"),
    )

    found = beside(*held, session=session, exams=({}, {"students": ["vera"]}))
    moved, cancelled = found.lessons
    option = [0] * len(found.events)
    option[moved] = starts(found, moved).index("01.06 11:00")
    option[cancelled] = found.events[cancelled].starts.index(None)
    unit = tuple(-1 if found.claims[d] != "room" else 0 for d in range(len(found.problem.demands)))
    changes = plan_of(found, Assignment(tuple(option), (), unit))[2]

    assert [(change.occurrence, change.change, change.because, change.instead) for change in changes] == [
        ("ALG/1/1@1.1", "moved", ("Algebra",), ()),
        ("PHY/1/1@1.1", "cancelled", (), ("ALG/1/1@1.1",)),
    ]


def test_a_lesson_that_is_not_held_though_nothing_needs_its_time_is_cancelled_for_its_teachers_exam_of_that_day() -> (
    None
):
    board = {"id": "board", "seats": [{"role": "chair", "candidates": ["sidorov"], "qualified": False}]}

    found = beside(
        lesson("PHY", "2027-06-01 09:00", students=("vera",), teachers=("sidorov",)),
        exams=({"students": ["anna"], "commission": "board"}, {"students": ["vera"]}),
        session={"last_day": "2027-06-02"},
        commissions=[board],
    )
    [cancelled] = found.lessons
    option = [0] * len(found.events)
    option[cancelled] = found.events[cancelled].starts.index(None)
    option[found.stretches["Algebra", 1][0]] = 1
    option[found.stretches["Physics", 1][0]] = starts(found, found.stretches["Physics", 1][0]).index("02.06 09:00")
    changes = plan_of(found, Assignment(tuple(option), (0,) * len(found.problem.choices)))[2]

    assert [(change.change, change.because) for change in changes] == [("cancelled", ("Algebra",))]


def test_without_a_timetable_there_are_no_lessons() -> None:
    assert compiled(school(), Timetable()).lessons == compiled(school()).lessons == ()
