"""What an exam is made of: its parts, and in each who is busy from when to when."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from scheduler.domain.exam_students import entitlement_of, parts_of, sizes_of_parts
from scheduler.domain.exams import Entitlement

if TYPE_CHECKING:
    from scheduler.domain.document import Document
    from scheduler.domain.exams import Exam


@dataclass(frozen=True, slots=True)
class Stretch:
    """A time within an exam, and who is busy for just that time.

    Attributes
    ----------
    offset, minutes : int
        From so many minutes after the exam's start, for so many.
    students : tuple of str
    """

    offset: int
    minutes: int
    students: tuple[str, ...] = ()

    @property
    def end(self) -> int:
        """Minutes after the exam's start at which it ends."""
        return self.offset + self.minutes


@dataclass(frozen=True)
class Part:
    """One part of an exam: all of it where it is not divided.

    Attributes
    ----------
    number : int
        Counted from 1.
    stretches : tuple of Stretch
        The whole part first, for which the commission and the room are taken; then those of other students.
    """

    exam: Exam
    number: int
    students: tuple[str, ...]
    size: int
    stretches: tuple[Stretch, ...]
    entitled: dict[str, Entitlement]

    @property
    def minutes(self) -> int:
        """How long it lasts until the last student ends."""
        return self.stretches[0].minutes

    @property
    def nameless(self) -> int:
        """How many sit it without being named."""
        return self.size - len(self.students)

    @property
    def alone(self) -> tuple[str, ...]:
        """Those who are entitled to a room of their own."""
        return tuple(student for student, own in self.entitled.items() if own.own_room)


def parts(document: Document, exam: Exam) -> tuple[Part, ...]:
    """Divide an exam, each part with its students' own times."""
    found = []
    named, sizes = parts_of(document, exam), sizes_of_parts(document, exam)
    for number, (students, size) in enumerate(zip(named, sizes, strict=True), start=1):
        entitled = {
            student: own
            for student in students
            if document.entitlements_of(student)
            and (own := entitlement_of(document, student, exam)) != Entitlement(student=student, exams=(exam.id,))
        }
        stretches = (
            _turns(exam, students, size, entitled) if exam.in_turns else _together(exam, students, size, entitled)
        )
        found.append(Part(exam, number, students, size, stretches, entitled))
    return tuple(found)


def _together(
    exam: Exam, students: tuple[str, ...], size: int, entitled: dict[str, Entitlement]
) -> tuple[Stretch, ...]:
    """All begin at once; who is entitled to more time ends later."""
    by_length: dict[int, list[str]] = {}
    for student in students:
        extra = entitled[student].extra_minutes if student in entitled else 0
        by_length.setdefault(exam.minutes + extra, []).append(student)
    if size > len(students) or not students:
        by_length.setdefault(exam.minutes, [])
    return tuple(Stretch(0, length, tuple(by_length[length])) for length in sorted(by_length, reverse=True))


def _turns(exam: Exam, students: tuple[str, ...], size: int, entitled: dict[str, Entitlement]) -> tuple[Stretch, ...]:
    """One after another, so many at once: each begins where a place is free first; who has more time comes last.

    People without names come between.
    """
    assert exam.turn_minutes is not None
    usual = [student for student in students if student not in entitled or not entitled[student].extra_minutes]
    longer = sorted(
        (student for student in students if student not in usual), key=lambda student: entitled[student].extra_minutes
    )
    order = [*usual, *([None] * (size - len(students))), *longer]
    free = [0] * exam.turns_at_once
    turns: dict[tuple[int, int], list[str]] = {}
    for student in order:
        lane = free.index(min(free))
        length = exam.turn_minutes + (entitled[student].extra_minutes if student in entitled else 0)
        held = turns.setdefault((free[lane], length), [])
        if student is not None:
            held.append(student)
        free[lane] += length
    whole = (0, max(free) or exam.turn_minutes)
    own = [Stretch(*turn, tuple(held)) for turn, held in turns.items() if turn != whole and held]
    return (Stretch(*whole, tuple(turns.get(whole, ()))), *own)
