"""A session of exams: each gets its date, rooms, commission and consultation, and everybody what they are entitled to."""

from scheduler.domain.document import Document
from scheduler.operations.attest import attest

exam = {"session": "summer", "grade": 9, "room": {}, "commission": "board", "consultation": {"mode": "site"}}
document = Document.model_validate(
    {
        "term": {"name": "Spring", "first_day": "2027-01-11", "last_day": "2027-05-28"},
        "sites": [{"id": "school"}],
        "rooms": [{"id": "hall", "site": "school", "seats": 8}, {"id": "study", "site": "school", "seats": 2}],
        "subjects": [{"id": "algebra"}, {"id": "physics"}],
        "students": [{"id": name, "grade": 9, "site": "school"} for name in ("Anna", "Boris", "Vera")],
        "teachers": [{"id": name} for name in ("Ledovey", "Rosograd", "Snegovey")],
        "sessions": [
            {
                "id": "summer",
                "first_day": "2027-06-01",
                "last_day": "2027-06-04",
                "starts": [{"times": ["10:00"]}],
                "seats_per_student": 2,
            }
        ],
        "commissions": [{"id": "board", "seats": [{"role": "chair", "one_for_subject": True}, {"role": "examiner"}]}],
        "exams": [
            {"id": "Algebra", "subject": "algebra", "students": ["Anna", "Boris", "Vera"], "minutes": 235, **exam},
            {"id": "Physics", "subject": "physics", "students": ["Anna", "Vera"], "minutes": 180, **exam},
        ],
        "entitlements": [{"student": "Vera", "extra_minutes": 90, "own_room": True}],
    }
)

plan = attest(document, work=1, workers=1).plan
assert plan is not None
before = {one.exam: f"{one.start:%a %d %b}, {one.teacher}" for one in plan.consultations}
for held in sorted(plan.sittings, key=lambda held: held.start):
    commission = ", ".join(f"{one.role} {one.person}" for one in held.commission)
    print(f"{held.start:%a %d %b %H:%M} {held.exam}: {commission}; consultation {before[held.exam]}")
    for one in held.candidates:
        print(f"  {one.student} until {one.end:%H:%M} in the {one.room}")
