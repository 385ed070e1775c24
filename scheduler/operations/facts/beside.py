"""The plain facts of a timetable that stands beside sessions' plans."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scheduler.operations.facts import Facts
from scheduler.operations.facts.exams import SessionFacts

if TYPE_CHECKING:
    from scheduler.domain.document import Document
    from scheduler.domain.session_plan import SessionPlan
    from scheduler.domain.timetable import Timetable
    from solver.sentence import Sentence


def facts_beside(
    document: Document, timetable: Timetable, plans: tuple[SessionPlan, ...]
) -> tuple[Facts, tuple[Sentence, ...]]:
    """Return the facts of the timetable as it is held then, and what is wrong between it and each of the plans."""
    held = timetable
    told: dict[Sentence, None] = {}
    for plan in plans:
        told |= dict.fromkeys(SessionFacts(document, plan, timetable).beside())
        held = SessionFacts(document, plan, held).planned.attended
    return Facts(document, held), tuple(told)
