"""Whoever and whatever has a week of its own, under which clock it lives, and who may look at it."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Final, Literal, Protocol

from scheduler.domain.document import Document
from scheduler.domain.people import Student

Kind = Literal[
    "student", "teacher", "tutor", "support", "group", "site", "room", "workstation", "parent", "coordinator"
]

KINDS: Final[tuple[Kind, ...]] = ("student", "teacher", "tutor", "support", "group", "site", "room", "workstation")
"""Those with a week of their own; parents and coordinators read the weeks of others."""

LISTS: Final[dict[Kind, str]] = {
    "student": "students",
    "teacher": "teachers",
    "tutor": "tutors",
    "support": "support",
    "group": "groups",
    "site": "sites",
    "room": "rooms",
    "workstation": "workstations",
    "parent": "parents",
    "coordinator": "coordinators",
}
"""The document's list of each kind."""


class _Named(Protocol):
    @property
    def name(self) -> str: ...


_FINDERS: Final[dict[str, Callable[[Document, str], _Named]]] = {
    "bells": Document.bell_schedule,
    "schools": Document.school,
    "sites": Document.site,
    "rooms": Document.room,
    "workstations": Document.workstation,
    "subjects": Document.subject,
    "groups": Document.group,
    "students": Document.student,
    "teachers": Document.teacher,
    "tutors": Document.tutor,
    "support": Document.supporter,
    "parents": Document.parent,
    "coordinators": Document.coordinator,
    "courses": Document.course,
    "events": Document.event,
    "sessions": Document.session,
    "exams": Document.exam,
    "requests": Document.request,
}


@dataclass(frozen=True, slots=True)
class Participant:
    """Somebody, or some place, with a timetable to look at.

    Parameters
    ----------
    kind, id, name
        What it is, its id in the document, and what people call it: the id where it has no name.
    time_zone
        The clock by which it lives: that of its site or its home.
    site
        Where it is; None at home, or at no one place.
    bells
        Its bell schedule, where it has one of its own.
    grade
        The year of school, of a student or a group.
    place
        What people call the site; empty at home.
    """

    kind: Kind
    id: str
    name: str
    time_zone: str
    site: str | None = None
    bells: str | None = None
    grade: int | None = None
    place: str = ""

    @property
    def full_name(self) -> str:
        """The name, with the site for what every site has: a room 12, a workstation 1."""
        return f"{self.name}, {self.place}" if self.kind in {"room", "workstation"} else self.name


def participants(document: Document, kind: Kind) -> tuple[Participant, ...]:
    """Everybody of a kind, in the document's order."""
    return tuple(participant(document, kind, key) for key in document.ids(LISTS[kind]))


def participant(document: Document, kind: Kind, key: str) -> Participant:
    """One participant, by kind and id."""
    site, zone, bells, grade = _home(document, kind, key)
    if bells is None and site is not None and document.has("sites", site):
        bells = document.site(site).bells or (document.bells[0].id if document.bells else None)
    zone = zone or site_zone(document, site)
    return Participant(
        kind, key, label(document, LISTS[kind], key), zone, site, bells, grade, label(document, "sites", site)
    )


def readable(document: Document, reader: Participant) -> tuple[Participant, ...]:
    """Whose weeks somebody may look at: parents their children's, coordinators their schools', others their own."""
    if reader.kind == "parent":
        return tuple(participant(document, "student", key) for key in document.parent(reader.id).students)
    if reader.kind == "coordinator":
        schools = set(document.coordinator(reader.id).schools) or set(document.ids("schools"))
        return tuple(
            someone
            for kind in KINDS
            for someone in participants(document, kind)
            if _schools(document, someone) & schools
        )
    return (reader,)


def label(document: Document, kind: str, key: str | None) -> str:
    """What people call something of a list of the document; its id where it has no name or nobody knows it."""
    if key is None:
        return ""
    name = _FINDERS[kind](document, key).name if document.has(kind, key) else ""
    return name or key


def site_zone(document: Document, site: str | None) -> str:
    """The time zone of a site; the term's where it has none."""
    own = document.site(site).time_zone if site is not None and document.has("sites", site) else None
    return own or document.term.time_zone


def _home(document: Document, kind: Kind, key: str) -> tuple[str | None, str | None, str | None, int | None]:
    """Site, own time zone, own bells and grade."""
    match kind:
        case "student":
            student = document.student(key)
            return student.site, _student_zone(document, student), student.bells, student.grade
        case "teacher":
            teacher = document.teacher(key)
            return teacher.site, None if teacher.site else teacher.time_zone, None, None
        case "tutor":
            return document.tutor(key).site, None, None, None
        case "support":
            return document.supporter(key).site, None, None, None
        case "group":
            group = document.group(key)
            return group.site, None if group.site else _common_zone(document, group.students), None, group.grade
        case "site":
            return key, None, None, None
        case "room":
            return document.room(key).site, None, None, None
        case "workstation":
            return document.workstation(key).site, None, None, None
        case "parent":
            return None, _common_zone(document, document.parent(key).students), None, None
        case "coordinator":
            schools = document.coordinator(key).schools
            sites = [site.id for site in document.sites if site.school in schools]
            return None, site_zone(document, sites[0]) if sites else None, None, None


def _student_zone(document: Document, student: Student) -> str | None:
    if student.site is not None:
        return None
    sites = (site.id for site in document.sites if site.school is not None and site.school == student.school)
    return student.time_zone or site_zone(document, next(sites, None))


def _common_zone(document: Document, students: tuple[str, ...]) -> str | None:
    """The zone of the first of the students whom the document knows."""
    known = (participant(document, "student", key).time_zone for key in students if document.has("students", key))
    return next(known, None)


def _schools(document: Document, someone: Participant) -> set[str]:
    """The schools that somebody or something belongs to or serves."""
    return {school for school in _named_schools(document, someone) if school is not None}


def _named_schools(document: Document, someone: Participant) -> Iterator[str | None]:
    if someone.site is not None and document.has("sites", someone.site):
        yield document.site(someone.site).school
    if someone.kind == "student":
        yield document.student(someone.id).school
    elif someone.kind == "teacher":
        yield from document.teacher(someone.id).schools or document.ids("schools")
    elif someone.kind == "group":
        for key in document.group(someone.id).students:
            if document.has("students", key):
                yield document.student(key).school
    elif someone.kind in {"tutor", "support"} and someone.site is None:
        yield from document.ids("schools")
