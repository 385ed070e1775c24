"""What differs between two timetables of one document: for each lesson, for each person, and in cost by rule."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from scheduler.compile.labels import WEEKDAYS as NAMES
from scheduler.compile.labels import day_name, period_name
from scheduler.domain.base import WEEKDAYS
from scheduler.operations.audit import Audit, audit
from scheduler.operations.facts.presence import Presence
from solver.sentence import Sentence, sentence

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from scheduler.domain.calendar import Bell
    from scheduler.domain.document import Document
    from scheduler.domain.timetable import Placement, Timetable
    from scheduler.operations.facts.presence import Key


@dataclass(frozen=True)
class Compared:
    """What differs.

    Attributes
    ----------
    first, second : Audit
        Of the same rules in the same order.
    changes : tuple of Sentence
        What stands elsewhere in the second, in the order of the first.
    people : dict of (str, str) to tuple of Sentence
        For each person or group that is touched, by kind and id, the changes that are theirs.
    """

    first: Audit
    second: Audit
    changes: tuple[Sentence, ...]
    people: dict[Key, tuple[Sentence, ...]]


def compare(document: Document, first: Timetable, second: Timetable) -> Compared:
    """Say what differs between two timetables, and what each costs.

    Raises
    ------
    BadInput
        If the document asks for what cannot be.
    """
    found = list(_changes(document, first, second))
    people: dict[Key, list[Sentence]] = {}
    for told, touched in found:
        for key in touched:
            people.setdefault(key, []).append(told)
    return Compared(
        audit(document, first),
        audit(document, second),
        tuple(told for told, _ in found),
        {key: tuple(changes) for key, changes in sorted(people.items())},
    )


def _changes(document: Document, first: Timetable, second: Timetable) -> Iterator[tuple[Sentence, tuple[Key, ...]]]:
    before, after = Presence(document, first), Presence(document, second)
    for event, old in first.placements.items():
        new = second.placements.get(event)
        if new is None:
            yield sentence("“{event}” is not held.", event=event), tuple(before.keys(old))
        else:
            yield from _of_event(before, after, old, new)
    for event, new in second.placements.items():
        if event not in first.placements:
            yield (
                sentence("“{event}” is held at {time}.", event=event, time=_time(document, new, second)),
                tuple(after.keys(new)),
            )
    yield from _moved(before, after)


def _moved(before: Presence, after: Presence) -> Iterator[tuple[Sentence, tuple[Key, ...]]]:
    """Tell single meetings that are held at another time, where the pattern is the same."""
    old, new = before.timetable, after.timetable
    known = {occurrence.id: occurrence for occurrence in old.occurrences if occurrence.status == "held"}
    for occurrence in new.occurrences:
        earlier, placement = known.get(occurrence.id), new.placements.get(occurrence.event)
        if earlier is None or placement is None or earlier.start == occurrence.start or occurrence.status != "held":
            continue
        if old.placements.get(occurrence.event) == placement:
            told = sentence(
                "“{event}” moves from {old} to {new}.",
                event=occurrence.event,
                old=earlier.start,
                new=occurrence.start,
            )
            yield told, tuple(dict.fromkeys(after.keys(placement, occurrence)))


def _of_event(
    before: Presence, after: Presence, old: Placement, new: Placement
) -> Iterator[tuple[Sentence, tuple[Key, ...]]]:
    document, event = before.document, old.event
    old_keys, new_keys = dict.fromkeys(before.keys(old)), dict.fromkeys(after.keys(new))
    everybody = tuple({**old_keys, **new_keys})
    if (old.weeks, old.weekday, old.start, old.end) != (new.weeks, new.weekday, new.start, new.end):
        told = sentence(
            "“{event}” moves from {old} to {new}.",
            event=event,
            old=_time(document, old, before.timetable),
            new=_time(document, new, after.timetable),
        )
        yield told, everybody
    left = tuple(key for key in old_keys if key not in new_keys)
    come = tuple(key for key in new_keys if key not in old_keys)
    if left:
        yield sentence("“{event}” goes on without {people}.", event=event, people=_names(before, left)), left
    if come:
        yield sentence("“{event}” is joined by {people}.", event=event, people=_names(after, come)), come
    if set(old.rooms) != set(new.rooms):
        rooms = [", ".join(document.room(room).name or room for room in one.rooms) or "-" for one in (old, new)]
        yield sentence("“{event}” changes from {old} to {new}.", event=event, old=rooms[0], new=rooms[1]), everybody
    for person in sorted(old.seats.keys() | new.seats.keys()):
        kept = [key for key in everybody if key[1] == person and key in old_keys and key in new_keys]
        seats = [seat or "-" for seat in (old.seats.get(person), new.seats.get(person))]
        if kept and seats[0] != seats[1]:
            told = sentence(
                "{person} changes from {old} to {new} at “{event}”.",
                person=before.who(kept[0]),
                old=seats[0],
                new=seats[1],
                event=event,
            )
            yield told, tuple(kept)


def _names(presence: Presence, keys: tuple[Key, ...]) -> tuple[str, ...]:
    return tuple(presence.who(key) for key in keys)


def _time(document: Document, placement: Placement, timetable: Timetable) -> Sentence | datetime:
    """Tell when a placement is held: by the week, or on its date where it has dates of its own."""
    if not placement.weeks:
        dates = [one.start for one in timetable.occurrences if one.event == placement.event]
        if dates:
            return min(dates)
    term, weekday = document.term, WEEKDAYS.index(placement.weekday)
    if term.day_names and weekday < term.week_days:
        days = tuple(day_name(term, (week - 1) * term.week_days + weekday) for week in placement.weeks)
        bell = _bell(document, placement)
        if bell is not None and bell.name:
            return period_name(days, bell)
        return sentence("{day}, {time}", day=days, time=placement.start)
    day, weeks = NAMES[weekday], tuple(map(str, placement.weeks))
    return sentence("{day}, {time} (weeks {weeks})", day=day, time=placement.start, weeks=weeks)


def _bell(document: Document, placement: Placement) -> Bell | None:
    if not placement.periods or not document.has("bells", placement.bells or ""):
        return None
    return document.bell_schedule(placement.bells or "").period(placement.periods[0])
