"""A timetable in FET's words: its own XML, and a copy of a school's file in which times and rooms are locked."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import TYPE_CHECKING
from xml.sax.saxutils import escape

from scheduler.domain.base import WEEKDAYS
from scheduler.errors import BadInput, Fault, Place, refuse
from scheduler.formats.fet.markup import parse
from scheduler.formats.fet.names import Names, activity_of, clean
from scheduler.formats.fet.school import School
from solver.sentence import sentence

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from scheduler.domain.document import Document
    from scheduler.domain.timetable import Placement, Timetable
    from scheduler.formats.fet.markup import Node
    from solver.sentence import Sentence

Lines = list[tuple[str, str]]
"""Elements that hold text only: tags and texts, in order."""

QUOTES = {'"': "&quot;", "'": "&apos;"}

TIME = "ConstraintActivityPreferredStartingTime"
ROOM = "ConstraintActivityPreferredRoom"
ASIDE = ("Weight_Percentage", "Permanently_Locked", "Active", "Comments")
"""Elements of these that do not tell one from another."""


@dataclass(frozen=True, slots=True)
class _Held:
    """An activity at its time: the day of the cycle and the hour counted from 0, rooms by their ids.

    `virtual` is what the rooms are called together, where they are real rooms of a virtual one.
    """

    activity: int
    day: int
    hour: int
    rooms: tuple[str, ...]
    virtual: str


def timetable_xml(document: Document, timetable: Timetable) -> str:
    """Write a timetable as FET writes out its own: when and where each activity is held.

    Raises
    ------
    BadInput
        If the term does not come from a FET file, or the timetable is another term's.
    """
    days = document.term.day_names
    hours = [bell.name or str(bell.number) for bell in document.bells[0].periods]
    names = {room.id: room.name or room.id for room in document.rooms}
    lines = ['<?xml version="1.0" encoding="UTF-8"?>', "<Activities_Timetable>"]
    for held in _all_held(document, timetable):
        rooms = [names[room] for room in held.rooms]
        told = [("Id", str(held.activity)), ("Day", days[held.day]), ("Hour", hours[held.hour])]
        told.append(("Room", held.virtual or "".join(rooms)))
        told += [("Real_Room", room) for room in rooms if held.virtual]
        lines.append(_element("Activity", told))
    return "\n".join([*lines, "</Activities_Timetable>", ""])


def locked(source: bytes, document: Document, timetable: Timetable) -> bytes:
    """Copy a `.fet` file, with the time and the rooms of every activity locked as FET's own timetables have them.

    All else stays byte for byte; what is locked in the same way already is not locked twice.

    Raises
    ------
    BadInput
        If the document or the timetable does not come from this file.
    """
    root = parse(source)
    school = School(root)
    rooms = {key: name for name, key in Names(school).rooms.items()}
    virtual = {clean(name): name for name, room in school.rooms.items() if room.virtual}
    times: list[Lines] = []
    places: list[Lines] = []
    for held in _all_held(document, timetable):
        if held.activity not in school.activities or not {*held.rooms} <= rooms.keys():
            raise BadInput([Fault(Place(), _foreign(f"A{held.activity}"))])
        activity = ("Activity_Id", str(held.activity))
        day, hour = school.days[held.day], school.hours[held.hour]
        times.append([activity, ("Preferred_Day", day), ("Preferred_Hour", hour)])
        names = [rooms[room] for room in held.rooms]
        if held.virtual and names:
            real = [("Number_of_Real_Rooms", str(len(names))), *(("Real_Room", name) for name in names)]
            places.append([activity, ("Room", virtual.get(held.virtual, held.virtual)), *real])
        elif names:
            places.append([activity, ("Room", names[0])])
    locks = _new(root, "Time_Constraints_List", TIME, times), _new(root, "Space_Constraints_List", ROOM, places)
    copy = _inserted(source, "Time_Constraints_List", _constraints(TIME, locks[0]))
    return _inserted(copy, "Space_Constraints_List", _constraints(ROOM, locks[1]))


# --- activities ----------------------------------------------------------------------------------------------------


def _all_held(document: Document, timetable: Timetable) -> list[_Held]:
    """Return what is held by the activities' numbers."""
    faults: list[Fault] = []
    found = {}
    for placement in timetable.pattern:
        one = _held(document, placement)
        if one is None or one.activity in found:
            faults.append(Fault(Place(), _foreign(placement.event)))
        else:
            found[one.activity] = one
    refuse(faults)
    return [found[number] for number in sorted(found)]


def _held(document: Document, placement: Placement) -> _Held | None:
    number, term, rooms = activity_of(placement.course), document.term, (placement.room, *placement.also)
    kind = "courses" if placement.kind == "lesson" else "events"
    given = tuple(room for room in rooms if room is not None)
    known = number is not None and document.has(kind, placement.course)
    known = known and all(document.has("rooms", room) for room in given)
    if number is None or not known or len(placement.weeks) != 1 or not placement.periods:
        return None
    day = (placement.weeks[0] - 1) * term.week_days + WEEKDAYS.index(placement.weekday)
    hours = [bell.number for bell in document.bells[0].periods]
    if day >= len(term.day_names) or placement.periods[0] not in hours:
        return None
    item = document.course(placement.course) if kind == "courses" else document.event(placement.course)
    virtual = item.room.name if item.room is not None and given else ""
    return _Held(number, day, hours.index(placement.periods[0]), given, virtual)


def _foreign(event: str) -> Sentence:
    return sentence("“{event}” must be an activity of the FET file that the term was read from.", event=event)


# --- a copy with locks ---------------------------------------------------------------------------------------------


def _new(root: Node, listed: str, tag: str, wanted: Iterable[Lines]) -> Iterator[Lines]:
    """Yield the locks that the file does not hold yet."""
    found = root.find(listed)
    present = {
        tuple((child.tag, child.text) for child in node.children if child.tag not in ASIDE)
        for node in (found.all(tag) if found is not None else ())
        if _certain(node)
    }
    return (lines for lines in wanted if tuple(lines) not in present)


def _certain(node: Node) -> bool:
    try:
        return node.say("Active") != "false" and Decimal(node.say("Weight_Percentage").strip()) == 100
    except InvalidOperation:
        return False


def _constraints(tag: str, locks: Iterable[Lines]) -> str:
    """Write locks as FET does: not for good, so that it can unlock them again."""
    ends: Lines = [("Permanently_Locked", "false"), ("Active", "true"), ("Comments", "")]
    return "".join(f"{_element(tag, [('Weight_Percentage', '100'), *lock, *ends])}\n" for lock in locks)


def _inserted(source: bytes, listed: str, text: str) -> bytes:
    """Put a text before the end of a list."""
    head, end, tail = source.rpartition(f"</{listed}>".encode())
    if not end:
        raise BadInput([Fault(Place(), sentence("The FET file must have a list <{list}> to add to.", list=listed))])
    if b"\r\n" in source:
        text = text.replace("\n", "\r\n")
    declared = re.match(rb"""[^<]*<\?xml[^>]*encoding=["']([\w.-]+)""", source)
    encoding = declared[1].decode() if declared is not None else "utf-8"
    return head + text.encode(encoding, "xmlcharrefreplace") + end + tail


def _element(tag: str, lines: Lines) -> str:
    inner = (f"\t<{name}>{escape(text, QUOTES)}</{name}>" for name, text in lines)
    return "\n".join([f"<{tag}>", *inner, f"</{tag}>"])
