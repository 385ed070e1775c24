"""What a change of a timetable's dates breaks: the facts that are wrong after it and were not before."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scheduler.operations.facts import Dated, Facts

if TYPE_CHECKING:
    from datetime import date

    from scheduler.domain.document import Document
    from scheduler.domain.timetable import Occurrence, Timetable
    from solver.sentence import Sentence


def added(document: Document, before: Timetable, after: Timetable) -> tuple[Sentence, ...]:
    """Tell what is wrong with the meetings of a timetable that was not wrong with those of an earlier one.

    Only the dates are looked at on which something differs, with all that is held on them.
    """
    known = {occurrence.id: occurrence for occurrence in before.occurrences}
    changed = [one for one in after.occurrences if known.get(one.id) is not one and known.get(one.id) != one]
    gone = known.keys() - {one.id for one in after.occurrences}
    touched = [*changed, *(known[key] for key in [*gone, *(one.id for one in changed)] if key in known)]
    days = {at.date() for one in touched for at in (one.start, one.end)}
    wrong = set(_wrong(document, before, days))
    return tuple(fact.sentence for fact in _wrong(document, after, days) if fact not in wrong) + tuple(
        told for told in Facts(document, after).of_requests() if told not in Facts(document, before).of_requests()
    )


def _wrong(document: Document, timetable: Timetable, days: set[date]) -> tuple[Dated, ...]:
    def is_held(one: Occurrence) -> bool:
        return one.start.date() in days or one.end.date() in days

    held = tuple(filter(is_held, timetable.occurrences))
    facts = Facts(document, timetable.model_copy(update={"occurrences": held}))
    return (*facts.of_dates(), *facts.of_meetings())
