"""Times at which people, rooms and workstations are taken."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING, TypeVar

from scheduler.domain.session_plan import Consultation, Sitting
from scheduler.domain.timetable import Occurrence

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from solver.sentence import Sentence

Held = Sitting | Consultation | Occurrence
"""What is held on a date: a part of an exam, a consultation or a lesson."""


@dataclass(frozen=True)
class Taken:
    """Somebody or something is taken for a time.

    Attributes
    ----------
    start, end : datetime
        In UTC.
    by : Sitting, Consultation or Occurrence
    person : str or Sentence
        Of a workstation: whose it is then; the exam of those without names.
    """

    start: datetime
    end: datetime
    by: Held
    person: str | Sentence = field(default="", kw_only=True)


AnyTaken = TypeVar("AnyTaken", bound=Taken)


def overlapping(taken: Iterable[AnyTaken]) -> Iterator[tuple[AnyTaken, AnyTaken]]:
    """Yield the pairs that share a time, the one that begins first before the other."""
    going_on: list[AnyTaken] = []
    for later in sorted(taken, key=lambda one: (one.start, one.end)):
        going_on = [earlier for earlier in going_on if later.start < earlier.end]
        for earlier in going_on:
            if earlier.start < later.end:
                yield earlier, later
        going_on.append(later)
