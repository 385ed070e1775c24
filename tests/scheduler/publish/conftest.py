"""A small network of two schools two hours apart, with a timetable that was made by hand."""

from datetime import date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from scheduler.domain.base import WEEKDAYS
from scheduler.domain.document import Document
from scheduler.domain.timetable import Timetable

MOSCOW, YEKATERINBURG = "Europe/Moscow", "Asia/Yekaterinburg"


def _bells(identity: str, first: str, minutes: int, count: int, name: str = "") -> dict[str, Any]:
    start = datetime.combine(date(2026, 9, 1), time.fromisoformat(first))
    periods = []
    for number in range(1, count + 1):
        end = start + timedelta(minutes=minutes)
        periods.append({"number": number, "start": f"{start:%H:%M}", "end": f"{end:%H:%M}"})
        start = end + timedelta(minutes=20 if number == 2 else 10)
    return {"id": identity, "name": name, "periods": periods}


RAW: dict[str, Any] = {
    "term": {
        "name": "Первое полугодие 2026/27",
        "time_zone": MOSCOW,
        "first_day": "2026-09-01",
        "last_day": "2026-09-30",
        "week_days": 5,
        "cycle": 2,
        "anchor": "2026-08-31",
        "holidays": [{"first": "2026-09-14", "last": "2026-09-15", "name": "Дни здоровья"}],
        "moved_days": [{"date": "2026-09-19", "as_date": "2026-09-14"}],
        "shortened_days": [{"date": "2026-09-25", "bells": "short", "sites": ["msk"]}],
    },
    "bells": [
        _bells("main", "08:30", 40, 7, "Основные звонки"),
        _bells("short", "08:30", 30, 7, "Сокращённый день"),
        _bells("east", "08:00", 40, 7, "Звонки школы 2"),
    ],
    "schools": [{"id": "s1", "name": "Школа № 1"}, {"id": "s2", "name": "Школа № 2"}],
    "sites": [
        {"id": "msk", "name": "Школа № 1, Москва", "school": "s1", "bells": "main"},
        {"id": "ekb", "name": "Школа № 2, Ревда", "school": "s2", "time_zone": YEKATERINBURG, "bells": "east"},
    ],
    "rooms": [
        {"id": "12", "name": "каб. 12", "site": "msk", "seats": 12},
        {"id": "lab", "name": "Лаборатория", "site": "msk", "seats": 16, "features": ["lab"]},
        {"id": "e3", "name": "каб. 3", "site": "ekb", "seats": 8},
    ],
    "workstations": [
        {"id": "m1", "name": "АРМ-1", "site": "msk", "room": "12", "features": ["camera", "headset"]},
        {"id": "m2", "name": "АРМ-2", "site": "msk", "room": "12", "features": ["camera"]},
        {"id": "m3", "name": "АРМ-3", "site": "msk", "room": "12"},
        {"id": "e1", "name": "АРМ-1", "site": "ekb", "room": "e3", "features": ["screen-reader"]},
        {"id": "e2", "name": "АРМ-2", "site": "ekb", "room": "e3"},
    ],
    "subjects": [
        {"id": "alg", "name": "Алгебра"},
        {"id": "rus", "name": "Русский язык"},
        {"id": "eng", "name": "Английский язык", "colour": "#1565C0"},
        {"id": "phy", "name": "Физика"},
        {"id": "bio", "name": "Биология"},
        {"id": "his", "name": "История"},
    ],
    "groups": [{"id": "9А", "name": "9А", "grade": 9, "site": "msk", "students": ["anna", "boris"]}],
    "students": [
        {"id": "anna", "name": "Иванова Анна", "grade": 9, "school": "s1", "site": "msk"},
        {"id": "boris", "name": "Петров Борис", "grade": 9, "school": "s1", "site": "msk"},
        {"id": "vera", "name": "Сидорова Вера", "grade": 8, "school": "s1", "device": "computer"},
        {"id": "gleb", "name": "Кузнецов Глеб", "grade": 9, "school": "s2", "site": "ekb"},
    ],
    "teachers": [
        {"id": "alg-t", "name": "Орлова Мария Петровна", "kind": "network", "schools": ["s1", "s2"]},
        {"id": "rus-t", "name": "Белова Ольга Ивановна", "kind": "staff", "schools": ["s1"], "site": "msk"},
        {"id": "phy-t", "name": "Громов Илья Львович", "kind": "staff", "schools": ["s2"], "site": "ekb"},
    ],
    "tutors": [{"id": "tut", "name": "Зайцева Нина", "site": "msk", "groups": ["9А"]}],
    "support": [{"id": "psy", "name": "Лебедева Юлия", "role": "психолог", "site": "msk"}],
    "parents": [{"id": "mum", "name": "Иванова Елена", "students": ["anna", "vera"]}],
    "coordinators": [{"id": "mun", "name": "Управление образования", "schools": ["s2"]}],
    "courses": [
        {
            "id": "alg9",
            "name": "Алгебра, 9 класс",
            "subject": "alg",
            "hours": 2,
            "link": "https://meet.example/alg9?a=1,2;b",
        },
        {"id": "rus9", "subject": "rus", "hours": 1, "mode": "site", "groups": ["9А"]},
        {"id": "phy9", "name": "Физика", "subject": "phy", "hours": "0.5", "link": "кабинет «Сферум» 17"},
        {"id": "eng8", "name": "Английский язык", "subject": "eng", "hours": 1, "link": "https://meet.example/eng8"},
        {"id": "bio8", "name": "Биология (самостоятельно)", "subject": "bio", "hours": 1, "mode": "self_paced"},
    ],
    "events": [
        {
            "id": "sem",
            "name": "Семинар тьюторов",
            "kind": "seminar",
            "tutors": ["tut"],
            "support": ["psy"],
            "site": "msk",
        }
    ],
}


def _lesson(course: str, number: int, weekday: str, periods: list[int], **more: Any) -> dict[str, Any]:
    section = more.pop("section", 1)
    bells = more.pop("bells", "main")
    schedule = {bell["id"]: bell["periods"] for bell in RAW["bells"]}[bells]
    return {
        "event": f"{course}/{section}/{number}",
        "course": course,
        "section": section,
        "number": number,
        "weeks": [1, 2],
        "weekday": weekday,
        "periods": periods,
        "bells": bells,
        "start": schedule[periods[0] - 1]["start"],
        "end": schedule[periods[-1] - 1]["end"],
        "time_zone": YEKATERINBURG if bells == "east" else MOSCOW,
        "mode": "online",
        **more,
    }


_ALGEBRA: dict[str, Any] = {
    "teachers": ["alg-t"],
    "students": ["anna", "boris", "vera", "gleb"],
    "tutors": ["tut"],
    "seats": {"anna": "m1", "boris": "m2", "gleb": "e1"},
}

PATTERN: list[dict[str, Any]] = [
    _lesson("alg9", 1, "mon", [3], **_ALGEBRA),
    _lesson("alg9", 2, "wed", [3, 4], **_ALGEBRA),
    _lesson("rus9", 1, "mon", [1], mode="site", site="msk", room="12", teachers=["rus-t"],
            students=["anna", "boris"], groups=["9А"]),
    _lesson("phy9", 1, "tue", [5], bells="east", weeks=[1], teachers=["phy-t"], students=["anna", "gleb"],
            seats={"anna": "m3", "phy-t": "e2", "gleb": "e1"}),
    _lesson("eng8", 1, "tue", [3], weeks=[2], teachers=["alg-t"], students=["vera"]),
    _lesson("eng8", 1, "fri", [2], section=2, teachers=["alg-t"], students=["boris"], seats={"boris": "m2"}),
    {
        "event": "sem/1/1", "kind": "event", "course": "sem", "weeks": [2], "weekday": "thu", "start": "15:00",
        "end": "16:30", "time_zone": MOSCOW, "mode": "site", "site": "msk", "room": "lab", "tutors": ["tut"],
        "support": ["psy"],
    },
]  # fmt: skip


def _occurrences() -> list[dict[str, Any]]:
    """The dated meetings, by a calendar that is simpler than the product's own."""
    first, last, anchor = date(2026, 9, 1), date(2026, 9, 30), date(2026, 8, 31)
    short = {bell["number"]: bell for bell in RAW["bells"][1]["periods"]}
    found = []
    for placement in PATTERN:
        for offset in range((last - first).days + 1):
            day = first + timedelta(offset)
            held = date(2026, 9, 14) if day == date(2026, 9, 19) else day
            week = (held - anchor).days // 7
            if day in {date(2026, 9, 14), date(2026, 9, 15)} or WEEKDAYS[held.weekday()] != placement["weekday"]:
                continue
            if week % 2 + 1 not in placement["weeks"]:
                continue
            start, end, more = placement["start"], placement["end"], {}
            if day == date(2026, 9, 25) and placement.get("bells") == "main":
                start, end = short[placement["periods"][0]]["start"], short[placement["periods"][-1]]["end"]
                more = {"bells": "short"}
            zone = ZoneInfo(placement["time_zone"])
            found.append({
                "id": f"{placement['event']}@{week // 2 + 1}.{week % 2 + 1}",
                "event": placement["event"],
                "start": datetime.combine(day, time.fromisoformat(start), zone).isoformat(),
                "end": datetime.combine(day, time.fromisoformat(end), zone).isoformat(),
                **more,
            })  # fmt: skip
    by_id = {occurrence["id"]: occurrence for occurrence in found}
    by_id["alg9/1/1@1.2"] |= {"status": "cancelled", "reason": "болезнь учителя"}
    by_id["alg9/1/2@2.1"] |= {"teachers": ["rus-t"], "seats": {"anna": "m3", "boris": "m2", "gleb": "e1"}}
    lost = {"start": "2026-09-15T10:00:00+05:00", "end": "2026-09-15T10:40:00+05:00", "status": "lost"}
    return [*found, {"id": "phy9/1/1@2.1", "event": "phy9/1/1", "reason": "Дни здоровья", **lost}]


def with_rooms(timetable: Timetable, room: str, *also: str) -> Timetable:
    """The timetable with its only lesson in a room held in other rooms."""
    pattern = tuple(
        placement.model_copy(update={"room": room, "also": also}) if placement.event == "rus9/1/1" else placement
        for placement in timetable.pattern
    )
    return timetable.model_copy(update={"pattern": pattern})


def with_names(document: Document, *days: str) -> Document:
    """The network with names of its own for the first days of the cycle and for the periods of the first school."""
    bells = [
        {**schedule, "periods": [{**bell, "name": f"{bell['number']}-й урок, пара"} for bell in schedule["periods"]]}
        if schedule["id"] == "main"
        else schedule
        for schedule in RAW["bells"]
    ]
    return Document.model_validate({**RAW, "bells": bells, "term": {**RAW["term"], "day_names": days}})


@pytest.fixture
def document() -> Document:
    return Document.model_validate(RAW)


@pytest.fixture
def timetable() -> Timetable:
    return Timetable.model_validate({
        "id": "demo", "name": "Проект расписания", "version": "0.1.0", "seed": 1, "status": "feasible",
        "cost": 27, "bound": 21,
        "rules": [
            {"rule": "AvoidClashes", "name": "Nobody is in two places at once.", "weight": "required", "deviation": 0,
             "cost": 0},
            {"rule": "gaps", "name": "Students have no gaps.", "weight": 3, "deviation": 4, "cost": 12,
             "sentences": ["У ученика «Иванова Анна» 2 окна в понедельник.", "У ученика «Петров Борис» 2 окна."]},
            {"rule": "spread", "name": "Lessons of a course are spread over days.", "weight": 15, "deviation": 1,
             "cost": 15, "sentences": ["«Алгебра, 9 класс» стоит два дня подряд."]},
        ],
        "pattern": PATTERN,
        "self_paced": [{"course": "bio8", "students": ["vera"], "deadline": "2026-09-28", "hours": 1}],
        "occurrences": _occurrences(),
        "faults": [{"date": "2026-09-15", "occurrences": ["phy9/1/1@2.1"],
                    "sentence": "«Физика» теряет один час: Дни здоровья."}],
    })  # fmt: skip
