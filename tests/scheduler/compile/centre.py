"""A small centre for the tests: two sites two hours apart, a cycle of two weeks, one of everything."""

from __future__ import annotations

from datetime import date
from typing import Any

from scheduler.domain.document import Document

BELLS = [
    {"number": 1, "start": "09:00", "end": "09:40"},
    {"number": 2, "start": "09:50", "end": "10:30"},
    {"number": 3, "start": "11:00", "end": "11:40"},
    {"number": 4, "start": "11:50", "end": "12:30"},
]
SHORT = [
    {"number": 1, "start": "09:00", "end": "09:30"},
    {"number": 2, "start": "09:40", "end": "10:10"},
]

CENTRE: dict[str, Any] = {
    "term": {
        "time_zone": "Europe/Moscow",
        "first_day": date(2026, 9, 1),
        "last_day": date(2026, 9, 30),
        "week_days": 5,
        "cycle": 2,
        "anchor": date(2026, 8, 31),
    },
    "bells": [{"id": "usual", "periods": BELLS}, {"id": "short", "periods": SHORT}],
    "schools": [{"id": "west"}, {"id": "east"}],
    "sites": [
        {"id": "W", "school": "west", "bells": "usual"},
        {"id": "E", "school": "east", "bells": "usual", "time_zone": "Asia/Yekaterinburg"},
    ],
    "rooms": [{"id": "R1", "site": "W", "seats": 10}, {"id": "R2", "site": "W", "seats": 30, "features": ["lab"]}],
    "workstations": [
        {"id": "W1", "site": "W", "features": ["camera"]},
        {"id": "W2", "site": "W", "features": ["camera", "headset"]},
        {"id": "E1", "site": "E", "features": ["camera"]},
    ],
    "subjects": [{"id": "algebra", "difficulty": [{"points": 7}]}, {"id": "music"}],
    "students": [
        {"id": "anna", "name": "Anna", "grade": 9, "school": "west", "site": "W", "plan": [{"course": "alg"}]},
        {"id": "boris", "name": "Boris", "grade": 9, "school": "east", "site": "E", "plan": [{"course": "alg"}]},
        {"id": "vera", "name": "Vera", "grade": 5, "school": "west", "plan": [{"course": "alg"}, {"course": "mus"}]},
    ],
    "teachers": [
        {"id": "petrova", "name": "Petrova", "kind": "network", "qualifications": [{"subject": "algebra"}]},
        {"id": "ivanov", "name": "Ivanov", "site": "W", "qualifications": [{"subject": "music"}]},
    ],
    "courses": [
        {"id": "alg", "name": "Algebra 9", "subject": "algebra", "hours": 2},
        {"id": "mus", "name": "Music", "subject": "music", "hours": "1/2"},
    ],
    "policy": {"profiles": []},
}


def centre(**changes: Any) -> Document:
    """The centre with some fields of its document changed."""
    return Document.model_validate({**CENTRE, **changes})


def changed(kind: str, key: str, **fields: Any) -> dict[str, Any]:
    """One list of the centre with one item's fields changed."""
    return {kind: [{**item, **fields} if item["id"] == key else item for item in CENTRE[kind]]}


def with_rules(*rules: dict[str, Any], **changes: Any) -> Document:
    """The centre with a policy of these rules alone."""
    return centre(policy={"profiles": [], "rules": list(rules)}, **changes)
