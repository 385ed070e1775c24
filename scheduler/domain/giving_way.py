"""The timetable beside a session's plan: the lessons that give way to exams are cancelled or stand elsewhere."""

from collections.abc import Callable, Iterator

from scheduler.domain.session_plan import LessonChange, SessionPlan
from scheduler.domain.timetable import Occurrence, Timetable
from scheduler.errors import BadInput, Fault, Place
from solver.sentence import sentence


def beside(timetable: Timetable, plan: SessionPlan, reason: Callable[[LessonChange], str]) -> Timetable:
    """Return the timetable as it is held beside the plan.

    Parameters
    ----------
    reason
        Tells for what a lesson gives way.

    Raises
    ------
    BadInput
        Where the plan changes a lesson that the timetable does not have: it was made beside another one.
    """
    changes = {change.occurrence: change for change in plan.changes}
    missing = changes.keys() - {occurrence.id for occurrence in timetable.occurrences}
    if missing:
        raise BadInput([_unknown(key) for key in sorted(missing)])
    held = tuple(
        _changed(occurrence, change, reason(change)) if (change := changes.get(occurrence.id)) else occurrence
        for occurrence in timetable.occurrences
    )
    return timetable.model_copy(update={"occurrences": held})


def misfits(timetable: Timetable, plan: SessionPlan) -> Iterator[Fault]:
    """Find the lessons that a plan changes and the timetable does not hold, or not then: it is another one's."""
    held = {occurrence.id: occurrence for occurrence in timetable.occurrences if occurrence.status == "held"}
    for change in plan.changes:
        occurrence = held.get(change.occurrence)
        if occurrence is None:
            yield _unknown(change.occurrence)
        elif (occurrence.start, occurrence.end) != (change.start, change.end):
            yield Fault(
                Place(path="changes"),
                sentence(
                    "The timetable must hold the lesson {lesson} at {time}, from which it gives way to an exam.",
                    lesson=change.occurrence,
                    time=change.start,
                ),
                _MAYBE,
            )


def _changed(occurrence: Occurrence, change: LessonChange, reason: str) -> Occurrence:
    if change.change != "moved":
        return occurrence.model_copy(update={"status": "cancelled", "reason": reason})
    return occurrence.model_copy(
        update={
            "start": change.new_start,
            "end": change.new_end,
            "periods": (),  # whatever the bells ring then, it is no period of the pattern
            "room": change.room or occurrence.room,
            "seats": change.seats or occurrence.seats,
            "reason": reason,
        }
    )


def _unknown(key: str) -> Fault:
    return Fault(
        Place(path="changes"),
        sentence("The timetable must have the lesson {lesson} that gives way to an exam.", lesson=key),
        _MAYBE,
    )


_MAYBE = sentence("Maybe name the timetable beside which the session's plan was made.")
