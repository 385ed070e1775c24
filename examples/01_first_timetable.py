"""A first timetable: say what is to be learnt, and read who meets when."""

from scheduler.domain.document import Document
from scheduler.operations.generate import generate

document = Document.model_validate(
    {
        "term": {"name": "Autumn", "first_day": "2026-09-01", "last_day": "2026-10-23"},
        "bells": [
            {
                "id": "morning",
                "periods": [{"number": n, "start": f"{8 + n:02}:00", "end": f"{8 + n:02}:40"} for n in range(1, 5)],
            }
        ],
        "subjects": [{"id": "algebra"}, {"id": "physics"}],
        "groups": [{"id": "9a", "size": 12, "grade": 9}, {"id": "9b", "size": 10, "grade": 9}],
        "teachers": [{"id": "Ledovey"}, {"id": "Rosograd"}],
        "courses": [
            {"id": "algebra-9a", "subject": "algebra", "hours": 3, "groups": ["9a"], "teachers": ["Ledovey"]},
            {"id": "algebra-9b", "subject": "algebra", "hours": 3, "groups": ["9b"], "teachers": ["Ledovey"]},
            {"id": "physics-9", "subject": "physics", "hours": 2, "groups": ["9a", "9b"], "teachers": ["Rosograd"]},
        ],
    }
)

found = generate(document, work=2, workers=1)
assert found.timetable is not None
print(found.status, "at a cost of", found.timetable.cost)
for day in ("mon", "tue", "wed", "thu", "fri"):
    held = sorted((p.start, p.course) for p in found.timetable.pattern if p.weekday == day)
    print(day, *(f"{start:%H:%M} {course}" for start, course in held), sep="  ")
