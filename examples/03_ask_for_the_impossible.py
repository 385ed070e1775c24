"""Ask for the impossible, and read what stands against it: first the numbers, then the rules that had to give."""

from pathlib import Path

from scheduler.domain.document import Document
from scheduler.domain.people import Availability, Hours, Limits
from scheduler.formats import native
from scheduler.operations.generate import generate

document = native.read(Path(__file__).with_name("small.yaml"))


def with_algebra_teacher(document: Document, hours: Hours, limits: Limits) -> Document:
    ledoveeva, *others = document.teachers
    changed = ledoveeva.model_copy(update={"availability": Availability(weekly=(hours,)), "limits": limits})
    return document.model_copy(update={"teachers": (changed, *others)})


wishes = {
    "She comes on Mondays alone": (Hours(days=("mon",)), Limits()),
    "She comes on two days, and teaches three lessons a day": (Hours(days=("mon", "thu")), Limits(lessons_per_day=3)),
    "She comes on four days": (Hours(days=("mon", "tue", "thu", "fri")), Limits(lessons_per_day=3)),
}
for title, (hours, limits) in wishes.items():
    found = generate(with_algebra_teacher(document, hours, limits), seconds=10, workers=2)
    print(f"{title}: {found.status}")
    for reason in found.reasons:
        print("-", reason)
