"""What a selector selects from a document."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import time
from typing import Any, Literal

from scheduler.domain.document import Document
from scheduler.domain.exam_students import grade_of, site_of, subject_of
from scheduler.domain.faults import maybe
from scheduler.domain.references import MUST
from scheduler.domain.selectors import Part, Selector, Term, days_of
from scheduler.errors import BadInput, Fault, Place
from scheduler.policies.figures import difficulty, row_of
from solver.sentence import Sentence, sentence

Kind = Literal[
    "students", "teachers", "tutors", "support", "groups", "courses", "events", "exams", "rooms", "workstations"
]

PEOPLE: tuple[Kind, ...] = ("students", "teachers", "tutors", "support")
"""The lists of people who attend something."""


@dataclass(frozen=True, slots=True, order=True)
class Ref:
    """Something of a document: the list that it is in, and its id."""

    kind: Kind
    id: str


@dataclass(frozen=True, slots=True)
class Times:
    """Times of a cycle; what is None is not asked.

    Attributes
    ----------
    days : frozenset of int or None
        Weekdays, Monday 0.
    periods, weeks : frozenset of int or None
        Numbers of periods; weeks of the cycle, counted from 1.
    after, before : time or None
        Not earlier than; not later than.
    bells : frozenset of str or None
        Only periods of these bell schedules.
    """

    days: frozenset[int] | None = None
    periods: frozenset[int] | None = None
    weeks: frozenset[int] | None = None
    after: time | None = None
    before: time | None = None
    bells: frozenset[str] | None = None

    def holds(self, *, weekday: int, week: int, start: time, end: time, period: int | None, bells: str | None) -> bool:
        """Whether a time lies wholly within these."""
        return (
            (self.days is None or weekday in self.days)
            and (self.weeks is None or week in self.weeks)
            and (self.periods is None or period in self.periods)
            and (self.bells is None or bells in self.bells)
            and (self.after is None or start >= self.after)
            and (self.before is None or end <= self.before)
        )


def resolve(
    selector: Selector, document: Document, place: Place | None = None, *, lenient: bool = False
) -> tuple[Ref, ...]:
    """Find what a selector selects: each once, part by part, in the order of the document.

    Parameters
    ----------
    selector
        One without times.
    document
        Where to look.
    place
        Where the selector was written, for the faults.
    lenient
        Whether names that the document does not hold select nothing instead of being faults: a profile does not know
        the school.

    Raises
    ------
    BadInput
        With a fault for every name that is not in the document, and for times.
    """
    faults = [] if lenient else [Fault(place or Place(), *wrong) for wrong in _unknown(selector, document)]
    if any(part.kind == "times" for part in selector.parts):
        faults.append(
            Fault(place or Place(), sentence("Times must not stand here: “{selector}”.", selector=str(selector)))
        )
    if faults:
        raise BadInput(faults)
    return tuple(dict.fromkeys(ref for part in selector.parts for ref in _refs(part, document)))


def times(selector: Selector, document: Document, place: Place | None = None) -> tuple[Times, ...]:
    """Find the times that a selector selects: a time must lie in one of them.

    Raises
    ------
    BadInput
        If it selects something else, or names bells that are not in the document.
    """
    faults = [Fault(place or Place(), *wrong) for wrong in _unknown(selector, document)]
    if any(part.kind != "times" for part in selector.parts):
        faults.append(
            Fault(place or Place(), sentence("Only times must stand here, not “{selector}”.", selector=str(selector)))
        )
    for part in selector.parts:
        for term in part.terms:
            if term.excluded and term.key in {"after", "before"}:
                must = sentence("“{word}” must be written with = alone.", word=str(term))
                faults.append(Fault(place or Place(), must))
    if faults:
        raise BadInput(faults)
    return tuple(_times(part, document) for part in selector.parts)


def _times(part: Part, document: Document) -> Times:
    asked: dict[str, Any] = {}
    everything: dict[str, frozenset[Any]] = {
        "days": frozenset(range(7)),
        "weeks": frozenset(range(1, document.term.cycle + 1)),
        "periods": frozenset(bell.number for schedule in document.bells for bell in schedule.periods),
        "bells": frozenset(document.ids("bells")),
    }
    for term in part.terms:
        match term.key:
            case "after":
                asked["after"] = max(term.clock, asked.get("after", term.clock))
            case "before":
                asked["before"] = min(term.clock, asked.get("before", term.clock))
            case key:
                values: frozenset[Any] = (
                    days_of(term) if key == "days" else frozenset(term.values) if key == "bells" else term.numbers
                )
                values = everything[key] - values if term.excluded else values
                asked[key] = values & asked.get(key, values)
    return Times(**asked)


_KINDS: dict[str, Kind] = {
    "students": "students",
    "teachers": "teachers",
    "tutors": "tutors",
    "support": "support",
    "groups": "groups",
    "lessons": "courses",
    "events": "events",
    "exams": "exams",
    "rooms": "rooms",
    "workstations": "workstations",
}

_LISTS = {
    "student": "students",
    "teacher": "teachers",
    "tutor": "tutors",
    "supporter": "support",
    "group": "groups",
    "course": "courses",
    "event": "events",
    "exam": "exams",
    "session": "sessions",
    "room": "rooms",
    "workstation": "workstations",
    "school": "schools",
    "site": "sites",
    "bells": "bells",
    "subject": "subjects",
}


def _unknown(selector: Selector, document: Document) -> Iterator[tuple[Sentence, Sentence | None]]:
    for part in selector.parts:
        for term in part.terms:
            kind = _LISTS.get(term.key)
            for value in term.values if kind is not None else ():
                if kind is not None and not document.has(kind, value) and value not in _named(document, kind):
                    yield MUST[kind](value), maybe(value, document.ids(kind))


def _named(document: Document, kind: str) -> tuple[str, ...]:
    """Subjects may be called by their names, too, a space written as an underscore."""
    return tuple(_as_word(subject.name) for subject in document.subjects) if kind == "subjects" else ()


def _as_word(name: str) -> str:
    return name.replace(" ", "_")


def _refs(part: Part, document: Document) -> Iterator[Ref]:
    kinds: tuple[Kind, ...] = PEOPLE if part.kind == "people" else (_KINDS[part.kind],)
    for kind in kinds:
        for item in _named_only(part, kind, document) or getattr(document, kind):
            if all(_holds(term, kind, item, document) != term.excluded for term in part.terms):
                yield Ref(kind, item.id)


def _named_only(part: Part, kind: Kind, document: Document) -> list[Any]:
    """Return the things that a part names; nothing where it does not begin with their names."""
    first = part.terms[0] if part.terms else None
    if first is None or first.excluded or _LISTS.get(first.key) != kind:
        return []
    return document.items(kind, first.values)


def _holds(term: Term, kind: Kind, item: Any, document: Document) -> bool:
    """Whether a term holds of something; whether the term is an exclusion is the caller's matter."""
    values = term.values
    match kind, term.key:
        case "exams", "grade":
            return grade_of(document, item) in term.numbers
        case "exams", "subject":
            return subject_of(document, item) in _subjects(document, values)
        case "exams", "site":
            return site_of(document, item) in values
        case _, "grade":
            return item.grade in term.numbers
        case _, "at":
            return ("home" if item.site is None else "site") in values
        case _, "kind" | "mode" | "device" | "role" | "form":
            return getattr(item, term.key) in values
        case _, "features":
            return set(values) <= set(item.features)
        case "exams", "session":
            return item.session in values
        case "rooms", "seats":
            return item.seats in term.numbers
        case "students", "school":
            return item.school in values
        case "teachers", "school":
            return not item.schools or not set(values).isdisjoint(item.schools)
        case "students", "group":
            return any(item.id in document.members(key) for key in values)
        case "students", "course":
            return any(_attends(document, item.id, key) for key in values)
        case "teachers", "subject":
            return any(item.may_teach(subject, None) for subject in _subjects(document, values))
        case "teachers", "course":
            return any(item.id in _candidates(document, key) for key in values)
        case "tutors" | "courses", "group":
            return not set(values).isdisjoint(item.groups)
        case "courses", "subject":
            return item.subject in _subjects(document, values)
        case "courses", "counts_as":
            row = row_of(document, document.subject(item.subject)) if document.has("subjects", item.subject) else None
            return row is not None and row.id in values
        case "courses", "difficulty":
            return difficulty(document, item) in term.numbers
        case "courses", "student":
            return any(_attends(document, key, item.id) for key in values)
        case "courses", "teacher":
            return not set(values).isdisjoint(_candidates(document, item.id))
        case "courses", "site":
            groups = (document.group(key).site for key in item.groups if document.has("groups", key))
            return item.site in values or (item.site is None and any(site in values for site in groups))
        case "workstations", "room":
            return item.room in values
        case _, "site":
            return item.site in values
    return item.id in values


def _subjects(document: Document, values: tuple[str, ...]) -> frozenset[str]:
    return frozenset(s.id for s in document.subjects if s.id in values or _as_word(s.name) in values)


def _attends(document: Document, student: str, course: str) -> bool:
    if not (document.has("students", student) and document.has("courses", course)):
        return False
    planned = any(item.course == course for item in document.student(student).plan)
    return planned or any(student in document.members(group) for group in document.course(course).groups)


def _candidates(document: Document, course: str) -> tuple[str, ...]:
    if not document.has("courses", course):
        return ()
    found = document.course(course)
    able = (teacher.id for teacher in document.teachers if teacher.may_teach(found.subject, found.grade))
    return found.teachers or tuple(able)
