"""A small school in two time zones, with a session in June: what the tests of its exams have in common."""

from __future__ import annotations

from copy import deepcopy
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from scheduler.compile.sessions import SessionLabels, compile_sessions
from scheduler.domain.document import Document
from scheduler.domain.timetable import Occurrence, Placement, Timetable
from solver.audit import audit

if TYPE_CHECKING:
    from scheduler.compile.sessions import CompiledSessions
    from solver.problem import Assignment

SCHOOL: dict[str, Any] = {
    "term": {
        "time_zone": "Europe/Moscow",
        "first_day": "2027-01-11",
        "last_day": "2027-06-30",
        "holidays": [{"first": "2027-06-12", "last": "2027-06-14"}],
    },
    "bells": [
        {
            "id": "usual",
            "periods": [
                {"number": 1, "start": "09:00", "end": "09:40"},
                {"number": 2, "start": "10:00", "end": "10:40"},
                {"number": 3, "start": "11:00", "end": "11:40"},
            ],
        }
    ],
    "sites": [
        {"id": "west", "bells": "usual"},
        {"id": "east", "bells": "usual", "time_zone": "Asia/Kamchatka"},
    ],
    "rooms": [{"id": "hall", "site": "west", "seats": 30}, {"id": "study", "site": "west", "seats": 1}],
    "workstations": [{"id": "PC1", "site": "west"}, {"id": "PC2", "site": "west", "features": ["camera"]}],
    "subjects": [{"id": "algebra"}, {"id": "physics"}],
    "groups": [
        {"id": "7A", "grade": 7, "site": "west", "size": 20},
        {"id": "7A-1", "grade": 7, "site": "west", "size": 10, "part_of": ["7A"]},
    ],
    "students": [
        {"id": "anna", "name": "Anna", "grade": 9, "site": "west"},
        {"id": "boris", "name": "Boris", "grade": 9, "site": "west"},
        {"id": "vera", "name": "Vera", "grade": 10, "site": "west"},
    ],
    "teachers": [
        {"id": "orlova", "name": "Orlova", "qualifications": [{"subject": "algebra"}]},
        {"id": "petrov", "name": "Petrov", "qualifications": [{"subject": "algebra"}]},
        {"id": "sidorov", "name": "Sidorov", "qualifications": [{"subject": "physics"}]},
    ],
    "tutors": [{"id": "lev", "name": "Lev", "site": "west"}, {"id": "mark", "name": "Mark", "site": "west"}],
    "courses": [
        {"id": "ALG", "subject": "algebra", "hours": 1, "students": [], "teachers": ["orlova"], "site": "west"},
    ],
    "sessions": [
        {
            "id": "summer",
            "first_day": "2027-06-01",
            "last_day": "2027-06-04",
            "starts": [{"times": ["09:00", "11:00"]}],
            "profiles": [],
        }
    ],
    "exams": [
        {
            "id": "Algebra",
            "session": "summer",
            "subject": "algebra",
            "site": "west",
            "students": ["anna", "boris"],
            "minutes": 90,
        },
        {
            "id": "Physics",
            "session": "summer",
            "subject": "physics",
            "site": "west",
            "students": ["anna", "vera"],
            "minutes": 60,
        },
    ],
}
"""Anna sits both exams, Boris the one, Vera the other."""

SCHOOL["courses"][0].pop("students")


def school(
    exams: tuple[dict[str, Any], ...] = ({}, {}), session: dict[str, Any] | None = None, **more: Any
) -> Document:
    """Return the school with changes of its exams and its session, and with other lists."""
    data = deepcopy(SCHOOL) | more
    data["sessions"][0] |= session or {}
    data["exams"] = [exam | changed for exam, changed in zip(data["exams"], exams, strict=True)]
    return Document.model_validate(data)


def compiled(document: Document, timetable: Timetable | None = None) -> CompiledSessions:
    """Compile all its sessions."""
    return compile_sessions(document, timetable)


def starts(found: CompiledSessions, event: int) -> list[str]:
    """Tell when an event may start, by the term's clock."""
    return [
        "-" if start is None else f"{found.clock.moment(start):%d.%m %H:%M}" for start in found.events[event].starts
    ]


def missed(found: CompiledSessions, assignment: Assignment) -> list[str]:
    """Tell by what an assignment misses the rules, weighted ones too."""
    labels, deviations = SessionLabels(found), audit(found.recounted, assignment).deviations
    return [str(one.sentence.named(labels)) for ones in deviations for one in ones]


def lesson(key: str, at: str, **fields: Any) -> tuple[Placement, Occurrence]:
    """Return a lesson of 40 minutes in Moscow that is held once, such as at ``2027-06-01 10:00``."""
    start = datetime.fromisoformat(at).replace(tzinfo=ZoneInfo("Europe/Moscow"))
    end = start + timedelta(minutes=40)
    whole = {
        "event": f"{key}/1/1",
        "course": key,
        "weeks": (1,),
        "weekday": f"{start:%a}".lower(),
        "periods": (start.hour - 8,),
        "bells": "usual",
        "start": start.time(),
        "end": end.time(),
        "time_zone": "Europe/Moscow",
        "mode": "site",
        "site": "west",
    }
    placement = Placement.model_validate(whole | fields)
    return placement, Occurrence(id=f"{key}/1/1@1.1", event=placement.event, start=start, end=end)


def timetable(*lessons: tuple[Placement, Occurrence]) -> Timetable:
    """Return a timetable of some lessons."""
    return Timetable(pattern=tuple(one for one, _ in lessons), occurrences=tuple(one for _, one in lessons))
