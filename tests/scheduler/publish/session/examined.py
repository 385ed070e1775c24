"""The small network's session of exams, placed by hand: two clocks, two parts, a student with more time, free lessons."""

from scheduler.domain.document import Document
from scheduler.domain.session_plan import SessionPlan
from tests.scheduler.publish.conftest import RAW

EXAMINED = Document.model_validate({
    **RAW,
    "students": [
        {**student, "plan": [{"course": "alg9"}] if student["id"] == "gleb" else []} for student in RAW["students"]
    ],
    "sessions": [
        {
            "id": "autumn",
            "name": "Осенняя аттестация",
            "first_day": "2026-09-21",
            "last_day": "2026-09-30",
            "reserve_days": ["2026-09-30"],
            "starts": [{"times": ["09:00", "12:00"]}],
        }
    ],
    "commissions": [
        {"id": "two", "seats": [{"role": "chair"}, {"role": "examiner"}, {"role": "observer", "may_be_vacant": True}]}
    ],
    "exams": [
        {"id": "rus-e", "session": "autumn", "subject": "rus", "grade": 9, "students": ["anna", "boris"],
         "minutes": 120, "room": {}, "commission": "two"},
        {"id": "alg-e", "name": "Алгебра: тест", "session": "autumn", "subject": "alg", "minutes": 90, "form": "test",
         "mode": "online", "students": ["anna", "boris", "vera", "gleb"]},
        {"id": "phy-e", "session": "autumn", "subject": "phy", "students": ["gleb"], "minutes": 20, "form": "oral",
         "turn_minutes": 20, "grade": 9},
        {"id": "his-e", "session": "autumn", "subject": "his", "grade": 9, "groups": ["9А"], "minutes": 60,
         "most_in_part": 1},
        {"id": "proj", "name": "Защита проекта", "session": "autumn", "students": ["anna"], "minutes": 15,
         "form": "presentation", "turn_minutes": 15},
    ],
    "entitlements": [{"student": "anna", "exams": ["rus-e"], "extra_minutes": 30, "own_room": True, "assistant": True}],
    "requests": [
        {"id": "ask", "course": "alg9", "students": ["gleb"], "first_day": "2026-09-21", "last_day": "2026-09-25"}
    ],
})  # fmt: skip

PLAN = SessionPlan.model_validate({
    "name": "Проект плана", "version": "0.1.0", "seed": 1, "status": "feasible", "cost": 14, "bound": 14,
    "sessions": ["autumn"],
    "rules": [
        {"rule": "clashes", "name": "Nobody attends two events at the same time.", "weight": "required",
         "deviation": 0, "cost": 0},
        {"rule": "spread", "name": "Lessons of a course are spread over days.", "weight": 7, "deviation": 2, "cost": 14,
         "sentences": ["У ученика «Иванова Анна» между экзаменами нет свободного дня."]},
    ],
    "notes": ["Резервный день свободен."],
    "sittings": [
        {
            "exam": "rus-e", "start": "2026-09-22T09:00:00+03:00", "end": "2026-09-22T11:30:00+03:00", "site": "msk",
            "rooms": ["12", "lab"],
            "candidates": [
                {"student": "anna", "start": "2026-09-22T09:00:00+03:00", "end": "2026-09-22T11:30:00+03:00",
                 "room": "lab", "assistant": "tut"},
                {"student": "boris", "start": "2026-09-22T09:00:00+03:00", "end": "2026-09-22T11:00:00+03:00",
                 "room": "12"},
            ],
            "commission": [{"role": "chair", "person": "rus-t"}, {"role": "examiner", "person": "alg-t"}],
        },
        {
            "exam": "alg-e", "start": "2026-09-25T12:00:00+03:00", "end": "2026-09-25T13:30:00+03:00", "mode": "online",
            "candidates": [
                {"student": student, "start": "2026-09-25T12:00:00+03:00", "end": "2026-09-25T13:30:00+03:00",
                 **({"workstation": station} if station else {})}
                for student, station in (("anna", "m1"), ("boris", "m2"), ("vera", None), ("gleb", "e1"))
            ],
            "commission": [{"role": "chair", "person": "alg-t"}],
        },
        {
            "exam": "phy-e", "start": "2026-09-24T09:00:00+03:00", "end": "2026-09-24T09:20:00+03:00", "site": "ekb",
            "rooms": ["e3"],
            "candidates": [{"student": "gleb", "start": "2026-09-24T09:00:00+03:00",
                            "end": "2026-09-24T09:20:00+03:00"}],
            "commission": [{"role": "examiner", "person": "phy-t"}],
        },
        *(
            {
                "exam": "his-e", "part": part, "start": "2026-09-28T09:00:00+03:00",
                "end": "2026-09-28T10:00:00+03:00", "site": "msk", "rooms": [room],
                "candidates": [{"student": student, "start": "2026-09-28T09:00:00+03:00",
                                "end": "2026-09-28T10:00:00+03:00"}],
                "commission": [{"role": "chair", "person": chair}],
            }
            for part, room, student, chair in ((1, "12", "anna", "rus-t"), (2, "lab", "boris", "alg-t"))
        ),
        {
            "exam": "proj", "start": "2026-09-29T12:00:00+03:00", "end": "2026-09-29T12:15:00+03:00", "site": "msk",
            "rooms": ["lab"],
            "candidates": [{"student": "anna", "start": "2026-09-29T12:00:00+03:00",
                            "end": "2026-09-29T12:15:00+03:00"}],
            "commission": [{"role": "chair", "person": "rus-t"}],
        },
    ],
    "consultations": [
        {"id": "rus-e/1/consultation", "exam": "rus-e", "start": "2026-09-21T15:00:00+03:00",
         "end": "2026-09-21T15:45:00+03:00", "teacher": "rus-t", "students": ["anna", "boris"], "groups": ["9А"],
         "seats": {"anna": "m1", "boris": "m2"}},
        {"id": "ask/1/1", "request": "ask", "start": "2026-09-23T14:00:00+03:00", "end": "2026-09-23T14:45:00+03:00",
         "teacher": "alg-t", "students": ["gleb"], "seats": {"gleb": "e2"}},
    ],
    "changes": [
        {"occurrence": "rus9/1/1@3.1", "change": "moved", "start": "2026-09-28T08:30:00+03:00",
         "end": "2026-09-28T09:10:00+03:00", "new_start": "2026-09-29T08:30:00+03:00",
         "new_end": "2026-09-29T09:10:00+03:00", "room": "lab", "because": ["his-e"]},
        {"occurrence": "eng8/2/1@2.2", "change": "suspended", "start": "2026-09-25T09:10:00+03:00",
         "end": "2026-09-25T09:40:00+03:00"},
    ],
})  # fmt: skip
