"""Answer requests for consultations: by priority, then in the document's order."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scheduler.domain.faults import maybe
from scheduler.domain.people import Availability
from scheduler.domain.references import MUST
from scheduler.errors import Fault, Place, refuse
from scheduler.operations.consult.accept import with_proposal
from scheduler.operations.consult.answer import Answer, Proposal
from scheduler.operations.consult.moves import Moves
from scheduler.operations.consult.reasons import Reasons
from scheduler.operations.consult.relaxations import Relaxations
from scheduler.operations.consult.search import Search
from scheduler.operations.consult.setting import Setting
from scheduler.operations.facts.added import added

if TYPE_CHECKING:
    from scheduler.domain.base import Record
    from scheduler.domain.document import Document
    from scheduler.domain.exams import Request
    from scheduler.domain.people import Student, Teacher, Tutor
    from scheduler.domain.session_plan import SessionPlan
    from scheduler.domain.timetable import Timetable
    from scheduler.operations.consult.meetings import Key


def consult(
    document: Document, timetable: Timetable, requests: tuple[str, ...] = (), plans: tuple[SessionPlan, ...] = ()
) -> tuple[Answer, ...]:
    """Answer a document's requests beside a timetable, as it stands: each as if it were the only one.

    Parameters
    ----------
    document
        One without faults (`scheduler.domain.check`).
    requests
        Those to answer; all where none is named.
    plans
        Of sessions, made beside that timetable: their exams and consultations take people and places, and lessons that
        give way to them are not held, or elsewhere.

    Raises
    ------
    BadInput
        If a request is not in the document.
    """
    refuse(
        Fault(Place(), MUST["requests"](key), maybe(key, document.ids("requests")))
        for key in requests
        if not document.has("requests", key)
    )
    asked = [request for request in document.requests if not requests or request.id in requests]
    answering = _Answering(Setting(document, timetable, plans), timetable, plans)
    return tuple(answering.answer(request) for request in sorted(asked, key=lambda request: request.priority))


class _Answering:
    """Answers requests; what they look up is shared among them."""

    def __init__(self, setting: Setting, timetable: Timetable, plans: tuple[SessionPlan, ...]) -> None:
        self.setting = setting
        self.timetable = timetable
        self.plans = plans
        self.moves = Moves(setting)

    def answer(self, request: Request) -> Answer:
        search = Search(self.setting, request, self.moves)
        held = tuple(meeting.lesson.event for meeting in search.held)
        if not search.wanted:
            return Answer(request.id, held=held)
        proposals = self._audited(search, search.proposals())
        if proposals:
            return Answer(request.id, proposals, held=held)
        relaxations = Relaxations(self.setting, search, self._find).told()
        return Answer(request.id, (), Reasons(search).told(), relaxations, held)

    def _find(self, request: Request, anyway: frozenset[Key]) -> Proposal | None:
        """Return the best proposal for a request, if there is one."""
        search = Search(self.setting, request, self.moves, anyway)
        return next(iter(self._audited(search, search.proposals()[:1])), None)

    def _audited(self, search: Search, proposals: tuple[Proposal, ...]) -> tuple[Proposal, ...]:
        """Recount by the plain facts what is proposed; what they find fault with was found by a fault of ours."""
        document, timetable = _asked(self.setting.document, search), self.timetable
        for proposal in proposals:
            wrong = added(document, timetable, with_proposal(document, timetable, proposal), self.plans)
            if wrong:
                raise AssertionError(f"{search.request.id}: {'; '.join(map(str, wrong))}")
        return proposals


def _asked(document: Document, search: Search) -> Document:
    """Return the document as a search takes it: its request, and whoever comes at any time."""
    changes: dict[str, tuple[Record, ...]] = {}
    requests = tuple(search.request if one.id == search.request.id else one for one in document.requests)
    if requests != document.requests:
        changes["requests"] = requests
    for kind in {key[0] for key in search.gathering.anyway}:
        changes[_LISTS[kind]] = tuple(
            _available(one) if (kind, one.id) in search.gathering.anyway else one
            for one in getattr(document, _LISTS[kind])
        )
    return document.model_copy(update=changes) if changes else document


def _available(person: Student | Teacher | Tutor) -> Student | Teacher | Tutor:
    """Return somebody who is available at any time."""
    limits = person.limits.model_copy(update={"earliest": None, "latest": None})
    return person.model_copy(update={"availability": Availability(), "limits": limits})


_LISTS = {"student": "students", "teacher": "teachers", "tutor": "tutors"}
"""The document's list of each kind of people who may be asked to come at any time."""
