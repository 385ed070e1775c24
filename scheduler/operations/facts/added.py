"""What a change of a timetable's dates breaks: the facts that are wrong after it and were not before."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scheduler.operations.facts import Dated, Facts
from scheduler.operations.facts.beside import facts_beside

if TYPE_CHECKING:
    from datetime import date

    from scheduler.domain.document import Document
    from scheduler.domain.session_plan import SessionPlan
    from scheduler.domain.timetable import Timetable
    from solver.sentence import Sentence


def added(
    document: Document, before: Timetable, after: Timetable, plans: tuple[SessionPlan, ...] = ()
) -> tuple[Sentence, ...]:
    """Tell what is wrong with the meetings of a timetable that was not wrong with those of an earlier one.

    Only the dates are looked at on which something is not the very same, with all that is held on them.

    Parameters
    ----------
    plans
        Of sessions, beside which both stand.
    """
    old, new = set(map(id, before.occurrences)), set(map(id, after.occurrences))
    touched = [one for one in before.occurrences if id(one) not in new]
    touched += [one for one in after.occurrences if id(one) not in old]
    days = {at.date() for one in touched for at in (one.start, one.end)}
    wrong, requests = _wrong(document, after, days, plans), Facts(document, after).of_requests()
    if wrong:
        known_wrong = set(_wrong(document, before, days, plans))
        wrong = tuple(told for told in wrong if told not in known_wrong)
    if requests:
        known_requests = set(Facts(document, before).of_requests())
        requests = tuple(told for told in requests if told not in known_requests)
    return (*(told.sentence if isinstance(told, Dated) else told for told in wrong), *requests)


def _wrong(
    document: Document, timetable: Timetable, days: set[date], plans: tuple[SessionPlan, ...]
) -> tuple[Dated | Sentence, ...]:
    changed = {change.occurrence for plan in plans for change in plan.changes}
    held = tuple(
        one for one in timetable.occurrences if one.start.date() in days or one.end.date() in days or one.id in changed
    )
    timetable = timetable.model_copy(update={"occurrences": held})
    facts, told = facts_beside(document, timetable, plans)
    return (*facts.of_dates(), *facts.of_meetings(), *told)
