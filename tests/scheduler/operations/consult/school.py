"""A small school for the tests of consultations: two weeks, four bells a day, a timetable that was made by hand."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from scheduler.compile.dates import occurrences
from scheduler.domain.document import Document
from scheduler.domain.timetable import Placement, Timetable, event_id
from scheduler.operations.consult import Answer, consult
from scheduler.texts import Texts

MOSCOW = ZoneInfo("Europe/Moscow")

BELLS = [
    {"number": 1, "start": "09:00", "end": "09:40"},
    {"number": 2, "start": "09:50", "end": "10:30"},
    {"number": 3, "start": "10:50", "end": "11:30"},
    {"number": 4, "start": "11:40", "end": "12:20"},
]

SCHOOL: dict[str, Any] = {
    "term": {"first_day": "2026-09-07", "last_day": "2026-09-18", "week_days": 5},
    "bells": [{"id": "usual", "periods": BELLS}],
    "schools": [{"id": "school"}],
    "sites": [{"id": "S", "name": "School", "school": "school", "bells": "usual"}],
    "rooms": [{"id": "R1", "site": "S", "seats": 3}, {"id": "R2", "site": "S", "seats": 20, "features": ["lab"]}],
    "workstations": [
        {"id": "W1", "site": "S", "features": ["camera"]},
        {"id": "W2", "site": "S"},
    ],
    "subjects": [{"id": "algebra"}, {"id": "music"}],
    "students": [
        {"id": "anna", "name": "Anna", "grade": 9, "school": "school", "site": "S", "plan": [{"course": "alg"}]},
        {"id": "boris", "name": "Boris", "grade": 9, "school": "school", "plan": [{"course": "alg"}]},
        {"id": "vera", "name": "Vera", "grade": 9, "school": "school", "plan": [{"course": "mus"}]},
    ],
    "teachers": [
        {"id": "petrova", "name": "Petrova", "qualifications": [{"subject": "algebra"}]},
        {"id": "ivanov", "name": "Ivanov", "site": "S", "qualifications": [{"subject": "music"}]},
        {"id": "orlov", "name": "Orlov", "qualifications": [{"subject": "algebra"}]},
    ],
    "tutors": [{"id": "tutor", "name": "Tutor", "site": "S", "students": ["anna"]}],
    "courses": [
        {"id": "alg", "name": "Algebra 9", "subject": "algebra", "hours": 2, "teachers": ["petrova"]},
        {"id": "mus", "name": "Music", "subject": "music", "hours": 1, "teachers": ["ivanov"]},
    ],
}

LESSONS = (("alg", "tue", 1), ("alg", "thu", 3), ("mus", "wed", 2))
"""Course, weekday and period of each lesson of the week."""

WHO = {
    "alg": {"teachers": ("petrova",), "students": ("anna", "boris"), "tutors": ("tutor",), "seats": {"anna": "W1"}},
    "mus": {"teachers": ("ivanov",), "students": ("vera",), "seats": {"ivanov": "W2"}},
}


def request(key: str = "R", **fields: Any) -> dict[str, Any]:
    """A request of Anna's for algebra in the first week, some of its fields changed."""
    week = {"first_day": "2026-09-07", "last_day": "2026-09-11"}
    return {"id": key, "course": "alg", "students": ["anna"], "minutes": 40, **week, **fields}


def school(*requests: dict[str, Any], **changes: Any) -> Document:
    """The school with some requests and some lists of its document changed."""
    return Document.model_validate({**SCHOOL, "requests": list(requests), **changes})


def changed(kind: str, key: str, **fields: Any) -> dict[str, Any]:
    """One list of the school with one item's fields changed."""
    return {kind: [{**item, **fields} if item["id"] == key else item for item in SCHOOL[kind]]}


def timetable(document: Document, lessons: tuple[tuple[str, str, int], ...] = LESSONS) -> Timetable:
    """A timetable of these lessons, made by hand."""
    numbers: dict[str, int] = {}
    pattern = []
    for course, weekday, period in lessons:
        numbers[course] = numbers.get(course, 0) + 1
        bell = BELLS[period - 1]
        told = {
            "event": event_id(course, 1, numbers[course]),
            "course": course,
            "number": numbers[course],
            "weeks": (1,),
            "weekday": weekday,
            "periods": (period,),
            "bells": "usual",
            "start": bell["start"],
            "end": bell["end"],
            "time_zone": "Europe/Moscow",
            "mode": "online",
        }
        pattern.append(Placement.model_validate({**told, **WHO[course]}))
    return Timetable(pattern=tuple(pattern), occurrences=occurrences(document, tuple(pattern)))


def at(day: int, clock: str) -> datetime:
    """A time of day in September in Moscow."""
    hour, minute = map(int, clock.split(":"))
    return datetime(2026, 9, day, hour, minute, tzinfo=MOSCOW)


def day(number: int) -> date:
    """A day of September."""
    return date(2026, 9, number)


def answer(document: Document, made: Timetable | None = None, key: str = "R") -> Answer:
    """The answer to one request."""
    found = consult(document, timetable(document) if made is None else made, (key,))
    return found[0]


def starts(found: Answer) -> list[str]:
    """When the first consultation of each proposal begins."""
    return [f"{p.consultations[0].start:%a %d %H:%M}" for p in found.proposals]


def told(found: Answer) -> tuple[list[str], list[str]]:
    """Why there is no proposal, and what would help, in English."""
    texts = Texts("en")
    return [texts.tell(one) for one in found.reasons], [texts.tell(one) for one in found.relaxations]
