from datetime import datetime

import pytest

from scheduler.domain.giving_way import beside
from scheduler.domain.session_plan import LessonChange, SessionPlan
from scheduler.domain.timetable import Timetable
from scheduler.errors import BadInput

NINE, TEN, NOON, ONE = (datetime.fromisoformat(f"2026-06-01T{hour:02}:00:00+03:00") for hour in (9, 10, 12, 13))
TIMETABLE = Timetable.model_validate({
    "pattern": [{"event": f"{course}/1/1", "course": course, "number": 1, "weeks": [1], "weekday": "mon",
                 "periods": [1], "start": "09:00", "end": "10:00", "time_zone": "Europe/Moscow", "mode": "site"}
                for course in ("algebra", "biology", "choir")],
    "occurrences": [{"id": f"{course}/1/1@1.1", "event": f"{course}/1/1", "start": NINE, "end": TEN, "room": "12"}
                    for course in ("algebra", "biology", "choir")],
})  # fmt: skip


def change(course: str, **more: object) -> LessonChange:
    told = {"occurrence": f"{course}/1/1@1.1", "start": NINE, "end": TEN, "change": "cancelled", **more}
    return LessonChange.model_validate(told)


def test_lessons_that_give_way_are_cancelled_or_stand_elsewhere_and_the_others_stay() -> None:
    moved = change("biology", change="moved", new_start=NOON, new_end=ONE, room="lab", because=["ege"])
    plan = SessionPlan(changes=(change("algebra"), moved))

    held = beside(TIMETABLE, plan, lambda one: ", ".join(one.because) or "suspended").occurrences

    assert [(o.status, o.start, o.end, o.room, o.periods, o.reason) for o in held] == [
        ("cancelled", NINE, TEN, "12", None, "suspended"),
        ("held", NOON, ONE, "lab", (), "ege"),
        ("held", NINE, TEN, "12", None, ""),
    ]
    assert [o.id for o in held] == [o.id for o in TIMETABLE.occurrences]


def test_a_lesson_that_is_moved_keeps_its_room_where_no_other_is_named() -> None:
    plan = SessionPlan(changes=(change("choir", change="moved", new_start=NOON, new_end=ONE),))
    assert [o.room for o in beside(TIMETABLE, plan, str).occurrences] == ["12", "12", "12"]


def test_a_plan_that_stands_beside_another_timetable_is_refused() -> None:
    plan = SessionPlan(changes=(change("drama"), change("algebra"), change("dance")))
    with pytest.raises(BadInput) as raised:
        beside(TIMETABLE, plan, str)
    assert str(raised.value) == (
        "field changes: The timetable must have the lesson dance/1/1@1.1 that gives way to an exam. "
        "Maybe name the timetable beside which the session's plan was made.\n"
        "field changes: The timetable must have the lesson drama/1/1@1.1 that gives way to an exam. "
        "Maybe name the timetable beside which the session's plan was made."
    )
