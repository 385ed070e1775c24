"""A small summer session placed by hand: six exams, a consultation, a lesson that is moved; and how one thing is spoilt."""

from copy import deepcopy
from typing import Any

from scheduler.domain.document import Document
from scheduler.domain.session_plan import SessionPlan
from scheduler.domain.timetable import Timetable
from scheduler.operations.facts.exams import SessionFacts
from scheduler.texts import Texts

Raw = dict[str, Any]
Changes = list[tuple[str, Any]]
"""Fields to change, by their paths."""

SCHOOL: Raw = {
    "term": {"first_day": "2027-05-03", "last_day": "2027-06-30"},
    "bells": [
        {
            "id": "usual",
            "periods": [
                {"number": 1, "start": "09:00", "end": "09:40"},
                {"number": 2, "start": "09:50", "end": "10:30"},
            ],
        }
    ],
    "sites": [{"id": "main", "name": "Main"}, {"id": "east", "name": "East"}],
    "rooms": [
        {"id": "A1", "site": "main", "seats": 4},
        {"id": "A2", "site": "main", "seats": 1, "features": ["quiet"]},
        {"id": "A3", "site": "main", "seats": 4},
        {"id": "E1", "site": "east", "seats": 4},
    ],
    "workstations": [
        {"id": "PC1", "site": "main", "features": ["camera"]},
        {"id": "PC2", "site": "main"},
        {"id": "PC3", "site": "east", "features": ["camera"]},
    ],
    "subjects": [{"id": "algebra", "name": "Algebra"}, {"id": "physics", "name": "Physics"}],
    "groups": [{"id": "9B", "site": "east", "size": 2}],
    "students": [
        {"id": "anna", "name": "Anna", "site": "main", "plan": [{"course": "alg"}]},
        {"id": "boris", "name": "Boris", "site": "main", "plan": [{"course": "alg"}]},
        {"id": "vera", "name": "Vera", "plan": [{"course": "alg"}]},
        {"id": "gleb", "name": "Gleb", "site": "east"},
        {"id": "dina", "name": "Dina", "site": "main"},
    ],
    "teachers": [
        {"id": "orlova", "name": "Orlova", "qualifications": [{"subject": "algebra"}]},
        {"id": "petrov", "name": "Petrov", "qualifications": [{"subject": "algebra"}]},
        {"id": "sidorov", "name": "Sidorov", "site": "east", "qualifications": [{"subject": "physics"}]},
        {"id": "titova", "name": "Titova"},
    ],
    "tutors": [{"id": "lev", "name": "Lev", "site": "main"}, {"id": "nina", "name": "Nina"}],
    "courses": [
        {"id": "alg", "name": "Algebra 9", "subject": "algebra", "hours": 1, "mode": "site", "teachers": ["orlova"]},
        {"id": "phy", "name": "Physics 9", "subject": "physics", "hours": 1, "mode": "site", "groups": ["9B"]},
    ],
    "sessions": [
        {
            "id": "summer",
            "name": "Summer",
            "first_day": "2027-05-31",
            "last_day": "2027-06-11",
            "starts": [{"times": ["09:00", "14:00"]}],
            "latest_end": "18:00",
            "consultation_starts": ["15:00"],
            "lessons_give_way": "move",
            "seats_per_student": 2,
            "profiles": [],
        }
    ],
    "commissions": [
        {"id": "board", "seats": [{"role": "chair", "independent": True}, {"role": "assistant", "qualified": False}]},
        {"id": "physics", "seats": [{"role": "chair", "one_for_subject": True, "candidates": ["sidorov", "titova"]}]},
        {"id": "watch", "seats": [{"role": "observer", "qualified": False, "at_site": True}]},
    ],
    "entitlements": [
        {"student": "vera", "exams": ["alg-e"], "extra_minutes": 30, "own_room": True, "features": ["quiet"]},
        {"student": "anna", "exams": ["test"], "assistant": True, "assistants": ["lev"]},
    ],
    "exams": [
        {
            "id": "alg-e",
            "name": "Algebra exam",
            "session": "summer",
            "courses": ["alg"],
            "minutes": 120,
            "room": {},
            "commission": "board",
            "consultation": {"mode": "site"},
        },
        {
            "id": "test",
            "name": "Online test",
            "session": "summer",
            "students": ["anna", "gleb"],
            "minutes": 60,
            "mode": "online",
            "features": ["camera"],
        },
        {
            "id": "oral",
            "name": "Physics talk",
            "session": "summer",
            "subject": "physics",
            "students": ["boris", "gleb", "dina"],
            "minutes": 20,
            "form": "oral",
            "turn_minutes": 20,
            "turns_at_once": 2,
            "site": "main",
            "room": {},
            "commission": "physics",
            "after": ["alg-e"],
        },
        {
            "id": "essay",
            "name": "Essay",
            "session": "summer",
            "students": ["boris", "dina"],
            "minutes": 60,
            "most_in_part": 1,
            "room": {},
            "commission": "watch",
            "apart": ["test"],
        },
        {
            "id": "lab",
            "name": "Laboratory",
            "session": "summer",
            "subject": "physics",
            "students": ["dina"],
            "minutes": 60,
            "commission": "physics",
            "not_before": "2027-06-07",
        },
        {
            "id": "sum",
            "name": "Summary",
            "session": "summer",
            "groups": ["9B"],
            "site": "east",
            "minutes": 60,
            "room": {},
            "own_room": True,
            "together": ["lab"],
        },
    ],
}

TIMETABLE: Raw = {
    "pattern": [
        {
            "event": "alg/1/1",
            "course": "alg",
            "weeks": [1],
            "weekday": "tue",
            "periods": [1],
            "bells": "usual",
            "start": "09:00",
            "end": "09:40",
            "time_zone": "Europe/Moscow",
            "mode": "site",
            "site": "main",
            "room": "A3",
            "teachers": ["orlova"],
            "students": ["anna", "boris", "vera"],
        },
        {
            "event": "phy/1/1",
            "course": "phy",
            "weeks": [1],
            "weekday": "thu",
            "periods": [2],
            "bells": "usual",
            "start": "09:50",
            "end": "10:30",
            "time_zone": "Europe/Moscow",
            "mode": "site",
            "site": "east",
            "room": "E1",
            "teachers": ["sidorov"],
            "groups": ["9B"],
        },
    ],
    "occurrences": [
        {"id": "alg/1/1@5.1", "event": "alg/1/1", "start": "2027-06-01T09:00+03:00", "end": "2027-06-01T09:40+03:00"},
        {"id": "phy/1/1@5.1", "event": "phy/1/1", "start": "2027-06-03T09:50+03:00", "end": "2027-06-03T10:30+03:00"},
    ],
}


def candidate(student: str, start: str, end: str, **more: str) -> Raw:
    """A student in an exam: ``candidate("anna", "2027-06-01T09:00", "11:00", room="A1")``, by Moscow's clock."""
    return {"student": student, "start": f"{start}+03:00", "end": f"{start[:10]}T{end}+03:00", **more}


def sitting(exam: str, start: str, end: str, **more: Any) -> Raw:
    """A part of an exam, its times told as a candidate's."""
    return {"exam": exam, "start": f"{start}+03:00", "end": f"{start[:10]}T{end}+03:00", **more}


PLAN: Raw = {
    "sessions": ["summer"],
    "sittings": [
        sitting(
            "alg-e",
            "2027-06-01T09:00",
            "11:30",
            site="main",
            rooms=["A1", "A2"],
            candidates=[
                candidate("anna", "2027-06-01T09:00", "11:00", room="A1"),
                candidate("boris", "2027-06-01T09:00", "11:00", room="A1"),
                candidate("vera", "2027-06-01T09:00", "11:30", room="A2"),
            ],
            commission=[{"role": "chair", "person": "petrov"}, {"role": "assistant", "person": "titova"}],
        ),
        sitting(
            "test",
            "2027-06-02T14:00",
            "15:00",
            mode="online",
            candidates=[
                candidate("anna", "2027-06-02T14:00", "15:00", workstation="PC1", assistant="lev"),
                candidate("gleb", "2027-06-02T14:00", "15:00", workstation="PC3"),
            ],
        ),
        sitting(
            "oral",
            "2027-06-03T09:00",
            "09:40",
            site="main",
            rooms=["A1"],
            candidates=[
                candidate("boris", "2027-06-03T09:00", "09:20"),
                candidate("gleb", "2027-06-03T09:00", "09:20"),
                candidate("dina", "2027-06-03T09:20", "09:40"),
            ],
            commission=[{"role": "chair", "person": "sidorov"}],
        ),
        sitting(
            "essay",
            "2027-06-04T09:00",
            "10:00",
            site="main",
            rooms=["A1"],
            candidates=[candidate("boris", "2027-06-04T09:00", "10:00")],
            commission=[{"role": "observer", "person": "petrov"}],
        ),
        sitting(
            "essay",
            "2027-06-04T09:00",
            "10:00",
            part=2,
            site="main",
            rooms=["A3"],
            candidates=[candidate("dina", "2027-06-04T09:00", "10:00")],
            commission=[{"role": "observer", "person": "titova"}],
        ),
        sitting(
            "lab",
            "2027-06-07T14:00",
            "15:00",
            site="main",
            candidates=[candidate("dina", "2027-06-07T14:00", "15:00")],
            commission=[{"role": "chair", "person": "sidorov"}],
        ),
        sitting("sum", "2027-06-07T14:00", "15:00", site="east", rooms=["E1"]),
    ],
    "consultations": [
        {
            "id": "alg-e/consultation",
            "exam": "alg-e",
            "start": "2027-05-31T15:00+03:00",
            "end": "2027-05-31T15:45+03:00",
            "teacher": "orlova",
            "students": ["anna", "boris", "vera"],
            "mode": "site",
            "site": "main",
        }
    ],
    "changes": [
        {
            "occurrence": "alg/1/1@5.1",
            "change": "moved",
            "start": "2027-06-01T09:00+03:00",
            "end": "2027-06-01T09:40+03:00",
            "new_start": "2027-06-02T09:50+03:00",
            "new_end": "2027-06-02T10:30+03:00",
            "because": ["alg-e"],
        }
    ],
}


def spoilt(raw: Raw, changes: Changes) -> Raw:
    """The raw data with some fields changed: ``("sittings.0.rooms", [])``; one that is None is left out, a new number added."""
    made = deepcopy(raw)
    for path, value in changes:
        *way, last = (int(step) if step.isdigit() else step for step in path.split("."))
        at: Any = made
        for step in way:
            at = at[step]
        if value is None:
            del at[last]
        elif last == len(at) and isinstance(at, list):
            at.append(value)
        else:
            at[last] = value
    return made


def wrong(*, plan: Changes | None = None, school: Changes | None = None, timetable: Changes | None = None) -> list[str]:
    """What the facts tell, in English, of the session with some fields of its plan, school or timetable changed."""
    facts = SessionFacts(
        Document.model_validate(spoilt(SCHOOL, school or [])),
        SessionPlan.model_validate(spoilt(PLAN, plan or [])),
        Timetable.model_validate(spoilt(TIMETABLE, timetable or [])),
    )
    return [Texts("en").tell(told) for told in facts.tell()]
