"""The plain facts of a session's plan, recounted in dates and minutes: by no rule, no compiled problem and no solver.

A second opinion, so it shares nothing with the engine's side.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from scheduler.operations.facts.exams.clashes import Clashes
from scheduler.operations.facts.exams.commissions import Commissions
from scheduler.operations.facts.exams.consultations import Consultations
from scheduler.operations.facts.exams.exam_days import ExamDays
from scheduler.operations.facts.exams.lessons import Lessons
from scheduler.operations.facts.exams.order import Order
from scheduler.operations.facts.exams.planned import Planned
from scheduler.operations.facts.exams.rooms import Rooms
from scheduler.operations.facts.exams.sharing import Sharing
from scheduler.operations.facts.exams.sittings import Sittings
from scheduler.operations.facts.exams.ways import Ways
from scheduler.operations.facts.exams.workstations import Workstations

if TYPE_CHECKING:
    from collections.abc import Iterable

    from scheduler.domain.document import Document
    from scheduler.domain.session_plan import SessionPlan
    from scheduler.domain.timetable import Timetable
    from scheduler.operations.facts.exams.planned import Look
    from solver.sentence import Sentence

__all__ = ["SessionFacts"]

LOOKS: Final[tuple[type[Look], ...]] = (
    Sittings,
    Order,
    Consultations,
    Commissions,
    Rooms,
    Sharing,
    Workstations,
    Clashes,
    Ways,
    Lessons,
)
"""All ways to look at a plan, in the order in which they are told."""

BESIDE: Final[tuple[type[Look], ...]] = (Sharing, Clashes, Ways, Lessons, ExamDays)
"""Those that look at the timetable too; where a plan is looked at by itself, its rules tell of the days of exams."""


class SessionFacts:
    """Looks at a session's plan with the eyes of those who live by it.

    Parameters
    ----------
    timetable
        The term's, beside which the plan stands, before anything gives way; none where it stands alone.
    """

    def __init__(self, document: Document, plan: SessionPlan, timetable: Timetable | None = None) -> None:
        self.planned = Planned(document, plan, timetable)

    def tell(self) -> tuple[Sentence, ...]:
        """Tell everything that is wrong, each thing once."""
        return self._told(LOOKS)

    def beside(self) -> tuple[Sentence, ...]:
        """Tell what is wrong between the plan and the timetable, and what is within the plan in the same eyes."""
        return self._told(BESIDE)

    def _told(self, looks: Iterable[type[Look]]) -> tuple[Sentence, ...]:
        return tuple(dict.fromkeys(told for look in looks for told in look(self.planned).tell()))
