"""Accept proposals: a new version of a timetable, in which everything else stays as it is."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from scheduler.domain.base import WEEKDAYS
from scheduler.domain.calendar import cycle_number
from scheduler.domain.timetable import Occurrence, Placement, occurrence_id
from scheduler.formats.native import digest
from scheduler.operations.facts.added import added
from solver.sentence import Sentence

if TYPE_CHECKING:
    from collections.abc import Iterable

    from scheduler.domain.document import Document
    from scheduler.domain.session_plan import Consultation, SessionPlan
    from scheduler.domain.timetable import Timetable
    from scheduler.operations.consult.answer import Move, Proposal


@dataclass(frozen=True, slots=True)
class Accepted:
    """What accepting came to.

    Attributes
    ----------
    timetable : Timetable or None
        The new version; None where something is taken meanwhile, and then nothing is changed.
    reasons : tuple of Sentence
        Why there is none.
    """

    timetable: Timetable | None
    reasons: tuple[Sentence, ...] = ()


def accept(
    document: Document, timetable: Timetable, proposals: Iterable[Proposal], plans: tuple[SessionPlan, ...] = ()
) -> Accepted:
    """Make a new version of a timetable that holds what was proposed, one proposal after another.

    Each is recounted by the plain facts beside those before it: proposals are made for a timetable as it stands, and two
    of them may want the same hour.

    Parameters
    ----------
    plans
        The sessions' plans beside which they were proposed.
    """
    made = timetable
    for proposal in proposals:
        before, made = made, with_proposal(document, made, proposal)
        wrong = added(document, before, made, plans)
        if wrong:
            return Accepted(None, wrong)
    parent = timetable.id or digest(timetable)
    return Accepted(made.model_copy(update={"id": "", "parent": parent, "input": digest(document)}))


def with_proposal(document: Document, timetable: Timetable, proposal: Proposal) -> Timetable:
    """Return a timetable that holds what is proposed; what it breaks is not looked at."""
    placed = [_placement(one) for one in proposal.consultations]
    dated = [_occurrence(document, one) for one in proposal.consultations]
    occurrences, faults = timetable.occurrences, timetable.faults
    if proposal.move is not None:
        move = proposal.move
        occurrences = tuple(_moved(timetable, one, move) if one.id == move.occurrence else one for one in occurrences)
        # Where it stands now is free of faults, or it would not have been proposed.
        faults = tuple(fault for fault in faults if move.occurrence not in fault.occurrences)
    return timetable.model_copy(
        update={
            "pattern": (*timetable.pattern, *placed),
            "occurrences": (*occurrences, *dated),
            "faults": faults,
        }
    )


def _placement(one: Consultation) -> Placement:
    request, _, number = one.id.split("/")
    zone = str(one.start.tzinfo)
    return Placement(
        event=one.id,
        kind="consultation",
        course=request,
        number=int(number),
        weeks=(),
        weekday=WEEKDAYS[one.start.weekday()],
        start=one.start.time(),
        end=one.end.time(),
        time_zone=zone,
        mode=one.mode,
        site=one.site,
        room=one.room,
        also=one.also,
        teachers=(one.teacher,),
        students=one.students,
        groups=one.groups,
        tutors=one.tutors,
        seats=one.seats,
    )


def _occurrence(document: Document, one: Consultation) -> Occurrence:
    key = occurrence_id(one.id, cycle_number(document.term, one.start.date()), 1)
    return Occurrence(id=key, event=one.id, start=one.start, end=one.end)


def _moved(timetable: Timetable, occurrence: Occurrence, move: Move) -> Occurrence:
    """Change when an occurrence is held, and where; what is as in the pattern is not written down."""
    placement = timetable.placements[occurrence.event]
    return occurrence.model_copy(
        update={
            "start": move.new_start,
            "end": move.new_end,
            "periods": None if move.periods == placement.periods else move.periods,
            "bells": move.bells,
            "room": None if move.room == placement.room else move.room,
            "seats": None if move.seats == placement.seats else move.seats,
        }
    )
