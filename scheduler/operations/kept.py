"""What of an earlier timetable a new one keeps beside its lessons: the consultations that were accepted."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scheduler.domain.strangers import strangers
from scheduler.domain.timetable import Timetable
from scheduler.operations.facts.added import added
from solver.sentence import Sentence, sentence

if TYPE_CHECKING:
    from scheduler.domain.document import Document
    from scheduler.domain.timetable import Occurrence, Placement


def with_consultations(
    document: Document, earlier: Timetable, made: Timetable
) -> tuple[Timetable, tuple[Sentence, ...]]:
    """Return a new timetable with the consultations of an earlier one that still can be held, and which cannot.

    They stay at their dates, one after another as they were accepted: what is in the way of one is told, and its request
    may be asked about anew. One of a request that is no longer in the document is left out without a word.
    """
    lost = []
    for placement in earlier.pattern:
        if placement.kind != "consultation" or not document.has("requests", placement.course):
            continue
        held = tuple(one for one in earlier.occurrences if one.event == placement.event)
        kept = made.model_copy(
            update={"pattern": (*made.pattern, placement), "occurrences": (*made.occurrences, *held)}
        )
        strange = [fault.must for fault in strangers(document, Timetable(pattern=(placement,), occurrences=held))]
        if wrong := strange or added(document, made, kept):
            lost.append(_lost(document, placement, held, wrong[0]))
        else:
            made = kept
    return made, tuple(lost)


def _lost(document: Document, placement: Placement, held: tuple[Occurrence, ...], why: Sentence) -> Sentence:
    name, dates = document.request(placement.course).name or placement.course, tuple(one.start.date() for one in held)
    return sentence("The consultation “{request}” ({dates}) is not kept: {why}", request=name, dates=dates, why=why)
