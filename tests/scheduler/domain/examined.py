"""A small school with a summer session: two classes, three exams at a site and online, a commission, two requests."""

from typing import Any

SCHOOL: dict[str, Any] = {
    "term": {
        "first_day": "2026-09-01",
        "last_day": "2027-06-30",
        "holidays": [{"first": "2027-06-12", "last": "2027-06-14"}],
        "moved_days": [{"date": "2027-02-20", "as_date": "2027-02-22"}],
    },
    "bells": [{"id": "usual", "periods": [{"number": 1, "start": "08:30", "end": "09:10"}]}],
    "sites": [{"id": "Main"}, {"id": "East"}],
    "rooms": [
        {"id": "A1", "site": "Main", "seats": 6},
        {"id": "A2", "site": "Main", "seats": 3, "features": ["quiet"]},
        {"id": "E1", "site": "East", "seats": 2},
    ],
    "workstations": [
        {"id": "PC1", "site": "Main", "room": "A1", "features": ["camera"]},
        {"id": "PC2", "site": "Main", "room": "A1"},
        {"id": "PC3", "site": "East", "features": ["camera"]},
    ],
    "subjects": [{"id": "algebra"}, {"id": "physics"}],
    "groups": [
        {"id": "9A", "grade": 9, "site": "Main"},
        {"id": "9A-1", "grade": 9, "students": ["Anna", "Boris"], "part_of": ["9A"]},
        {"id": "9A-2", "grade": 9, "students": ["Vera"], "part_of": ["9A"]},
        {"id": "9B", "grade": 9, "site": "East", "size": 2},
    ],
    "students": [
        {"id": "Anna", "grade": 9, "site": "Main"},
        {"id": "Boris", "grade": 9, "site": "Main", "plan": [{"course": "PHY-9"}]},
        {"id": "Vera", "grade": 9, "site": "Main"},
        {"id": "Gleb", "grade": 9, "site": "East", "plan": [{"course": "PHY-9"}]},
        {"id": "Dina", "grade": 10, "plan": [{"course": "PHY-9"}]},
    ],
    "teachers": [
        {"id": "Orlova", "qualifications": [{"subject": "algebra"}, {"subject": "physics", "grades": [10]}]},
        {"id": "Petrov", "qualifications": [{"subject": "algebra", "grades": [9]}]},
        {"id": "Sidorov", "qualifications": [{"subject": "physics"}]},
    ],
    "tutors": [{"id": "Lev"}],
    "courses": [
        {"id": "ALG-9", "subject": "algebra", "grade": 9, "hours": 2, "groups": ["9A"], "teachers": ["Orlova"]},
        {"id": "PHY-9", "subject": "physics", "grade": 9, "hours": 1, "sections": {}},
    ],
    "sessions": [
        {
            "id": "summer",
            "first_day": "2027-05-31",
            "last_day": "2027-06-18",
            "reserve_days": ["2027-06-17", "2027-06-18"],
            "published": "2027-05-14",
            "starts": [{"times": ["09:00"]}, {"grades": [9], "days": ["mon", "wed"], "times": ["14:00", "10:00"]}],
            "latest_end": "18:00",
            "profiles": [],
        }
    ],
    "exams": [
        {
            "id": "EX-ALG",
            "session": "summer",
            "courses": ["ALG-9"],
            "minutes": 235,
            "room": {},
            "commission": "board",
            "consultation": {},
        },
        {
            "id": "EX-PHY",
            "session": "summer",
            "subject": "physics",
            "grade": 9,
            "students": ["Gleb", "Boris"],
            "site": "Main",
            "minutes": 15,
            "form": "oral",
            "turn_minutes": 15,
            "after": ["EX-ALG"],
        },
        {"id": "EX-TEST", "session": "summer", "courses": ["PHY-9"], "minutes": 60, "mode": "online"},
    ],
    "commissions": [{"id": "board", "seats": [{"role": "chair"}, {"role": "assistant", "qualified": False}]}],
    "entitlements": [
        {"student": "Vera", "extra_minutes": 60},
        {"student": "Vera", "exams": ["EX-ALG"], "own_room": True, "features": ["quiet"]},
    ],
    "requests": [
        {
            "id": "R1",
            "course": "ALG-9",
            "students": ["Anna"],
            "first_day": "2026-10-05",
            "last_day": "2026-10-09",
            "count": 2,
        },
        {"id": "R2", "teachers": ["Petrov"], "groups": ["9B"], "first_day": "2026-10-05", "last_day": "2026-10-06"},
    ],
}
