"""Say what makes a timetable or a plan of exams impossible before any search: compile, and count."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from scheduler.errors import BadInput, Fault, refuse
from scheduler.operations import attest, generate

if TYPE_CHECKING:
    from collections.abc import Callable

    from scheduler.domain.document import Document
    from solver.sentence import Sentence


@dataclass(frozen=True)
class Checked:
    """What makes things impossible, of things by their names.

    Attributes
    ----------
    timetable : tuple of Sentence
        The term's timetable.
    plans : tuple of Sentence
        The plans of the sessions of exams.
    """

    timetable: tuple[Sentence, ...] = ()
    plans: tuple[Sentence, ...] = ()


def check(document: Document) -> Checked:
    """Look at the timetable, unless the document has exams only, and at its sessions, if it has exams.

    Raises
    ------
    BadInput
        If the document asks for what cannot be said to the engine: every such fault at once.
    """
    faults: list[Fault] = []

    def reasons(of: Callable[[Document], tuple[Sentence, ...]]) -> tuple[Sentence, ...]:
        try:
            return of(document)
        except BadInput as bad:
            faults.extend(bad.faults)
            return ()

    has_lessons = bool(document.courses or document.events or not document.exams)
    found = Checked(
        reasons(generate.precheck) if has_lessons else (), reasons(attest.precheck) if document.exams else ()
    )
    refuse(dict.fromkeys(faults))
    return found
