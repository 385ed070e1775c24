"""Small schools in FET's format, all the way: read, solve, judge, export, read again, equal."""

from __future__ import annotations

from pathlib import Path

import pytest

from benchmarks.fet_judge import judge
from scheduler.formats import native, read
from scheduler.formats.fet.write import locked, timetable_xml
from scheduler.operations.audit import audit
from scheduler.operations.generate import generate
from tests.scheduler.formats.test_fet import (
    DAYS,
    FOUR,
    HOURS,
    ROOMS,
    TWO,
    activity,
    constraint,
    ids,
    named,
    school,
    slot,
)

GAPS = constraint("StudentsMaxGapsPerWeek", Max_Gaps=0) + constraint(
    "StudentsEarlyMaxBeginningsAtSecondHour", Max_Beginnings_At_Second_Hour=0
)
APART = constraint("MinDaysBetweenActivities", ids(1, 2), weight=95, MinDays=1, Consecutive_If_Same_Day="true")
BUILDINGS = ROOMS.replace("<Name>R1</Name><Building></Building>", "<Name>R1</Name><Building>Old &amp; new</Building>")

RUSSIAN = {
    "5a-boys": "5«А», мальчики",
    "5a-girls": "5«А», девочки",
    "5a": "5«А»",
    "5b": "5«Б» <сад>",
    "Ada": "Ада Ивановна",
    "Bob": " Боб ",
    "Maths": "Математика/алгебра",
    "Mon": "Пн",
    "Tue": "Вт",
    "Wed": "Ср",
    "R1": "Каб. 1; левый",
    "R2": "Каб. 2",
}


def russian(text: str) -> str:
    for name, other in RUSSIAN.items():
        escaped = other.replace("&", "&amp;").replace("<", "&lt;")
        text = text.replace(f">{name}</", f">{escaped}</")
    return text


SCHOOLS = {
    "gaps and early beginnings": school(GAPS + APART),
    "breaks and consecutive lessons": school(
        constraint("BreakTimes", slot("Break_Time", "Mon", "2nd")) + constraint("TwoActivitiesConsecutive", TWO)
    ),
    "ten days": school(APART + constraint("TeacherMaxDaysPerWeek", Teacher_Name="Ada", Max_Days_Per_Week=2)).replace(
        named("Days_List", "Day", DAYS), named("Days_List", "Day", (*DAYS, *(f"D{n}" for n in range(7))))
    ),
    "rooms": school(
        space=constraint("ActivityPreferredRoom", ids(1), Room="Both")
        + constraint("SubjectPreferredRooms", "<Preferred_Room>R1</Preferred_Room>", weight=80, Subject="Maths")
        + constraint("ActivityPreferredRoom", ids(3), Room="R2")
        + constraint("RoomNotAvailableTimes", slot("Not_Available_Time", "Mon", "1st"), Room="R2"),
    ),
    "buildings": school(
        space=constraint("ActivityPreferredRoom", ids(1), Room="R1")
        + constraint("ActivityPreferredRoom", ids(2), Room="R2")
        + constraint("TeachersMaxBuildingChangesPerDay", Max_Building_Changes_Per_Day=0),
        rooms=BUILDINGS.replace("<Name>R2</Name><Building></Building>", "<Name>R2</Name><Building>Far</Building>"),
    ).replace("<Buildings_List></Buildings_List>", named("Buildings_List", "Building", ("Old &amp; new", "Far"))),
    "teachers alone and nobody": school(activities=FOUR + activity(5, "", "Bob") + activity(6, "", "", 2)),
    "Russian names": russian(school(GAPS + APART, constraint("StudentsSetHomeRoom", Students="5a", Room="R1"))),
    "an activity as long as the day": school(activities=FOUR + activity(7, "5b", "Ada", len(HOURS))),
}


@pytest.mark.parametrize("name", SCHOOLS)
def test_a_school_goes_all_the_way_round(name: str, tmp_path: Path) -> None:
    source = tmp_path / "school.fet"
    source.write_text(SCHOOLS[name], encoding="utf-8")
    document = read(source)

    made = generate(document, work=2, workers=1, seed=1)

    assert made.timetable is not None
    (tmp_path / "timetable.xml").write_text(timetable_xml(document, made.timetable), encoding="utf-8")
    verdict = judge(source, tmp_path / "timetable.xml")
    assert (verdict.hard, verdict.unknown) == ((), ())
    assert made.timetable.cost == round(10_000 * verdict.total)
    found = audit(document, made.timetable)
    assert (found.kept, found.cost, found.facts) == (True, made.timetable.cost, ())

    native.write(document, tmp_path / "school.yaml")
    assert read(tmp_path / "school.yaml") == document
    assert timetable_xml(read(tmp_path / "school.yaml"), made.timetable) == timetable_xml(document, made.timetable)

    (tmp_path / "locked.fet").write_bytes(locked(source.read_bytes(), document, made.timetable))
    again = generate(read(tmp_path / "locked.fet"), work=2, workers=1, seed=2)
    assert again.timetable is not None
    assert [(p.event, p.weeks, p.weekday, p.periods, p.room, p.also) for p in again.timetable.pattern] == [
        (p.event, p.weeks, p.weekday, p.periods, p.room, p.also) for p in made.timetable.pattern
    ]


def test_a_spoilt_timetable_is_refused_by_judge_and_audit_alike(tmp_path: Path) -> None:
    source = tmp_path / "school.fet"
    source.write_text(SCHOOLS["gaps and early beginnings"], encoding="utf-8")
    document = read(source)
    made = generate(document, work=2, workers=1, seed=1)
    assert made.timetable is not None
    first, second, *others = made.timetable.pattern
    moved = first.model_copy(update={name: getattr(second, name) for name in ("weekday", "periods", "start", "end")})
    spoilt = made.timetable.model_copy(update={"pattern": (moved, second, *others)})

    (tmp_path / "timetable.xml").write_text(timetable_xml(document, spoilt), encoding="utf-8")

    assert judge(source, tmp_path / "timetable.xml").hard
    assert not audit(document, spoilt).kept
