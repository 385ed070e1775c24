"""What a timetable or a session's plan names and the document does not have: it was made from another one."""

from collections.abc import Iterator
from typing import Final

from scheduler.domain.document import Document
from scheduler.domain.faults import field_path
from scheduler.domain.references import MUST, Way, values
from scheduler.domain.session_plan import SessionPlan
from scheduler.domain.timetable import Timetable
from scheduler.errors import Fault, Place
from solver.sentence import sentence

OF_TIMETABLES: Final[tuple[tuple[str, str], ...]] = (
    ("pattern.bells", "bells"),
    ("pattern.site", "sites"),
    ("pattern.room", "rooms"),
    ("pattern.also", "rooms"),
    ("pattern.teachers", "teachers"),
    ("pattern.students", "students"),
    ("pattern.groups", "groups"),
    ("pattern.tutors", "tutors"),
    ("pattern.support", "support"),
    ("pattern.seats", "workstations"),
    ("self_paced.course", "courses"),
    ("self_paced.students", "students"),
    ("self_paced.groups", "groups"),
    ("occurrences.bells", "bells"),
    ("occurrences.teachers", "teachers"),
    ("occurrences.students", "students"),
    ("occurrences.tutors", "tutors"),
    ("occurrences.room", "rooms"),
    ("occurrences.seats", "workstations"),
)
"""Every field of a timetable that holds ids, but for courses and events, and the list of the document that they are of."""

OF_PLANS: Final[tuple[tuple[str, str], ...]] = (
    ("sessions", "sessions"),
    ("sittings.exam", "exams"),
    ("sittings.site", "sites"),
    ("sittings.rooms", "rooms"),
    ("sittings.workstations", "workstations"),
    ("sittings.candidates.student", "students"),
    ("sittings.candidates.room", "rooms"),
    ("sittings.candidates.workstation", "workstations"),
    ("sittings.candidates.assistant", "tutors teachers support"),
    ("sittings.commission.person", "teachers"),
    ("consultations.exam", "exams"),
    ("consultations.teacher", "teachers"),
    ("consultations.students", "students"),
    ("consultations.groups", "groups"),
    ("consultations.tutors", "tutors"),
    ("consultations.site", "sites"),
    ("consultations.room", "rooms"),
    ("consultations.also", "rooms"),
    ("consultations.seats", "workstations"),
    ("changes.room", "rooms"),
    ("changes.seats", "workstations"),
    ("changes.because", "exams"),
)
"""Every field of a session's plan that holds ids, and the list of the document, or the lists, that they are of."""


def strangers(document: Document, result: Timetable | SessionPlan) -> Iterator[Fault]:
    """Find whom and what a timetable or a session's plan names and the document does not have, each once.

    A consultation whose request is no longer in the document is none: whoever asked for it has what was asked for.
    """
    told = set[tuple[str, str]]()
    for way, kinds, key in _named(result):
        if (kinds, key) not in told and not any(document.has(kind, key) for kind in kinds.split()):
            told.add((kinds, key))
            maybe = sentence("Maybe this file was made from another document.")
            yield Fault(Place(path=field_path(way)), MUST[kinds](key), maybe)


def _named(result: Timetable | SessionPlan) -> Iterator[tuple[Way, str, str]]:
    """Yield every id, with the way to it and the lists that it may be of."""
    if isinstance(result, Timetable):
        for index, placement in enumerate(result.pattern):
            if placement.kind != "consultation":
                kind = "courses" if placement.kind == "lesson" else "events"
                yield ("pattern", index, "course"), kind, placement.course
    for fields, kinds in OF_TIMETABLES if isinstance(result, Timetable) else OF_PLANS:
        yield from ((way, kinds, key) for way, key in values(result, fields))
