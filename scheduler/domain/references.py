"""What refers to what, as a table, and the faults of references that lead nowhere."""

from collections.abc import Callable, Iterator
from typing import Any

from scheduler.domain.base import Record
from scheduler.domain.document import Document
from scheduler.domain.faults import field_path, maybe
from scheduler.errors import Fault, Place
from solver.sentence import Sentence, sentence

REFERENCES: tuple[tuple[str, str], ...] = (
    ("term.shortened_days.bells", "bells"),
    ("term.shortened_days.sites", "sites"),
    ("sites.school", "schools"),
    ("sites.bells", "bells"),
    ("rooms.site", "sites"),
    ("workstations.site", "sites"),
    ("workstations.room", "rooms"),
    ("travel.a", "sites"),
    ("travel.b", "sites"),
    ("groups.site", "sites"),
    ("groups.students", "students"),
    ("groups.part_of", "groups"),
    ("students.school", "schools"),
    ("students.site", "sites"),
    ("students.bells", "bells"),
    ("students.plan.course", "courses"),
    ("teachers.schools", "schools"),
    ("teachers.site", "sites"),
    ("teachers.qualifications.subject", "subjects"),
    ("tutors.site", "sites"),
    ("tutors.groups", "groups"),
    ("tutors.courses", "courses"),
    ("tutors.students", "students"),
    ("support.site", "sites"),
    ("parents.students", "students"),
    ("coordinators.schools", "schools"),
    ("courses.subject", "subjects"),
    ("courses.groups", "groups"),
    ("courses.teachers", "teachers"),
    ("courses.room.candidates", "rooms"),
    ("courses.room.also.candidates", "rooms"),
    ("courses.site", "sites"),
    ("courses.bells", "bells"),
    ("events.teachers", "teachers"),
    ("events.tutors", "tutors"),
    ("events.support", "support"),
    ("events.students", "students"),
    ("events.groups", "groups"),
    ("events.site", "sites"),
    ("events.room.candidates", "rooms"),
    ("events.room.also.candidates", "rooms"),
    ("exams.session", "sessions"),
    ("exams.subject", "subjects"),
    ("exams.courses", "courses"),
    ("exams.groups", "groups"),
    ("exams.students", "students"),
    ("exams.site", "sites"),
    ("exams.room.candidates", "rooms"),
    ("exams.room.also.candidates", "rooms"),
    ("exams.commission", "commissions"),
    ("exams.after", "exams"),
    ("exams.together", "exams"),
    ("exams.apart", "exams"),
    ("commissions.seats.candidates", "teachers"),
    ("entitlements.student", "students"),
    ("entitlements.exams", "exams"),
    ("entitlements.assistants", "tutors teachers support"),
    ("requests.course", "courses"),
    ("requests.teachers", "teachers"),
    ("requests.students", "students"),
    ("requests.groups", "groups"),
    ("requests.site", "sites"),
    ("requests.room.candidates", "rooms"),
    ("requests.room.also.candidates", "rooms"),
    ("requests.agree", "tutors"),
)
"""Every field that holds ids, and the list of the document that they are of, or the lists."""

MUST: dict[str, Callable[[str], Sentence]] = {
    "bells": lambda key: sentence("The bell schedule “{key}” must be in the document.", key=key),
    "schools": lambda key: sentence("The school “{key}” must be in the document.", key=key),
    "sites": lambda key: sentence("The site “{key}” must be in the document.", key=key),
    "rooms": lambda key: sentence("The room “{key}” must be in the document.", key=key),
    "workstations": lambda key: sentence("The workstation “{key}” must be in the document.", key=key),
    "subjects": lambda key: sentence("The subject “{key}” must be in the document.", key=key),
    "groups": lambda key: sentence("The group “{key}” must be in the document.", key=key),
    "students": lambda key: sentence("The student “{key}” must be in the document.", key=key),
    "teachers": lambda key: sentence("The teacher “{key}” must be in the document.", key=key),
    "tutors": lambda key: sentence("The tutor “{key}” must be in the document.", key=key),
    "support": lambda key: sentence("The member of the support staff “{key}” must be in the document.", key=key),
    "courses": lambda key: sentence("The course “{key}” must be in the document.", key=key),
    "events": lambda key: sentence("The event “{key}” must be in the document.", key=key),
    "sessions": lambda key: sentence("The session “{key}” must be in the document.", key=key),
    "exams": lambda key: sentence("The exam “{key}” must be in the document.", key=key),
    "commissions": lambda key: sentence("The commission “{key}” must be in the document.", key=key),
    "requests": lambda key: sentence("The request “{key}” must be in the document.", key=key),
    "tutors teachers support": lambda key: sentence(
        "The assistant “{key}” must be in the document: a tutor, a teacher or a member of the support staff.", key=key
    ),
}
"""What is said of an id that leads nowhere, by the list, or lists, that it should be in."""

Way = tuple[int | str, ...]

PEOPLE = ("students", "teachers", "tutors", "support", "parents", "coordinators")


def dangling(document: Document) -> Iterator[Fault]:
    """Find every reference to what is not in the document."""
    for fields, kinds in REFERENCES:
        for way, key in values(document, fields):
            if not any(document.has(kind, key) for kind in kinds.split()):
                known = [one for kind in kinds.split() for one in document.ids(kind)]
                yield Fault(Place(path=field_path(way)), MUST[kinds](key), maybe(key, known))


def repeated(document: Document) -> Iterator[Fault]:
    """Find every id that is given twice: in a list, among all people or places, in what is held in a term, in what is dated."""
    alone = ("bells", "schools", "sites", "subjects", "groups", "sessions", "commissions")
    together = (PEOPLE, ("rooms", "workstations"), ("courses", "events", "requests"), ("exams", "requests"))
    for kinds in (*((kind,) for kind in alone), *together):
        first: dict[str, str] = {}
        for kind in kinds:
            for index, item in enumerate(getattr(document, kind)):
                path = field_path((kind, index, "id"))
                earlier = first.setdefault(item.id, path)
                if earlier != path:
                    must = sentence(
                        "The id “{key}” must be given once only; {earlier} has it.", key=item.id, earlier=earlier
                    )
                    yield Fault(Place(path=path), must)


def listed_twice(document: Document) -> Iterator[Fault]:
    """Find every list of references that names one thing twice."""
    for fields, _ in REFERENCES:
        seen: set[tuple[Way, str]] = set()
        for way, key in values(document, fields):
            if isinstance(way[-1], int):
                if (way[:-1], key) in seen:
                    yield Fault(Place(path=field_path(way)), sentence("“{key}” must be listed once only.", key=key))
                seen.add((way[:-1], key))


def values(record: Record, fields: str) -> Iterator[tuple[Way, str]]:
    """Yield the ids that some fields lead to (`students.plan.course`), each with the way to it."""
    return _values(record, tuple(fields.split(".")), ())


def _values(at: Any, fields: tuple[str, ...], way: Way) -> Iterator[tuple[Way, str]]:
    """Walk down the fields, through lists and tables, to the ids at their end."""
    if isinstance(at, dict):
        for name, item in at.items():
            yield from _values(item, fields, (*way, name))
    elif isinstance(at, tuple):
        for index, item in enumerate(at):
            yield from _values(item, fields, (*way, index))
    elif at is None:
        return
    elif fields:
        yield from _values(getattr(at, fields[0]), fields[1:], (*way, fields[0]))
    else:
        yield way, at
