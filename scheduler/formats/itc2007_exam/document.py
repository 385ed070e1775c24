"""An instance as a document of one session."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scheduler.domain.calendar import Term
from scheduler.domain.courses import RoomNeed
from scheduler.domain.document import Document
from scheduler.domain.exams import Exam, Session
from scheduler.domain.people import Student
from scheduler.domain.places import Room, Site
from scheduler.domain.policy import Parameter, Policy, RuleSpec, Word
from scheduler.formats.itc2007_exam.instance import ORDERS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from scheduler.formats.itc2007_exam.instance import Instance

SESSION = "session"
SITE = "site"
ZONE = "UTC"
"""The format knows no time zones."""


def document_of(found: Instance) -> Document:
    """Return an instance as a document; what costs nothing is no rule of it."""
    first, last = found.periods[0].date, found.periods[-1].date
    students = sorted({student for _, of in found.exams for student in of})
    return Document(
        term=Term(time_zone=ZONE, first_day=first, last_day=last, week_days=7),
        sites=(Site(id=SITE),),
        rooms=tuple(Room(id=_room(index), site=SITE, seats=seats) for index, (seats, _) in enumerate(found.rooms)),
        students=tuple(Student(id=_student(student), site=SITE) for student in students),
        sessions=(
            Session(
                id=SESSION,
                kind="final",
                first_day=first,
                last_day=last,
                week_days=7,
                periods=tuple(found.periods),
                profiles=(),
                rules=tuple(_rules(found)),
            ),
        ),
        exams=tuple(_exams(found)),
        policy=Policy(profiles=()),
    )


def _exams(found: Instance) -> Iterator[Exam]:
    after, together, apart = _orders(found)
    for index, (minutes, students) in enumerate(found.exams):
        yield Exam(
            id=_exam(index),
            session=SESSION,
            students=tuple(map(_student, students)),
            size=None if students else 0,
            minutes=minutes,
            site=SITE,
            room=RoomNeed(),
            own_room=index in found.alone,
            after=tuple(map(_exam, after.get(index, ()))),
            together=tuple(map(_exam, together.get(index, ()))),
            apart=tuple(map(_exam, apart.get(index, ()))),
        )


Others = dict[int, list[int]]
"""For each exam others."""


def _orders(found: Instance) -> tuple[Others, Others, Others]:
    """Tell after which exams, together with which and apart from which each exam is held; a pair once, at the lower."""
    by_kind: dict[str, Others] = {kind: {} for kind in ORDERS}
    for one, kind, other in found.orders:
        a, b = (one, other) if kind == "AFTER" else (min(one, other), max(one, other))
        if kind == "EXAM_COINCIDENCE" and (a == b or set(found.exams[a][1]).intersection(found.exams[b][1])):
            continue
        others = by_kind[kind].setdefault(a, [])
        if b not in others:
            others.append(b)
    return by_kind["AFTER"], by_kind["EXAM_COINCIDENCE"], by_kind["EXCLUSION"]


def _rules(found: Instance) -> Iterator[RuleSpec]:
    """Tell the weightings as rules; what costs nothing is left out."""
    source = "ITC-2007 track 1"
    yield RuleSpec(id="Conflicts", rule="AvoidClashes", weight="required", source=source)
    yield RuleSpec(id="RoomOccupancy", rule="ShareRooms", weight="required", source=source)
    if found.alone:
        yield RuleSpec(id="RoomExclusive", rule="OwnRoom", weight="required", source=source)
    largest, last, late = found.weights["FRONTLOAD"]
    spread = min(found.weights["PERIODSPREAD"][0], len(found.periods))
    weighted: tuple[tuple[str, str, int, dict[str, Parameter]], ...] = (
        ("TwoInARow", "AvoidTwoInRow", found.weights["TWOINAROW"][0], {}),
        ("TwoInADay", "AvoidTwoInDay", found.weights["TWOINADAY"][0], {}),
        ("PeriodSpread", "SpreadExams", int(spread > 0), {"prices": [1] * spread}),
        ("NonMixedDurations", "KeepDurationsAlike", found.weights["NONMIXEDDURATIONS"][0], {}),
        ("FrontLoad", "FrontLoad", late if largest and last else 0, {"largest": largest, "last": last}),
    )
    for key, rule, weight, parameters in weighted:
        if weight:
            yield RuleSpec(id=key, rule=rule, parameters=parameters, weight=weight, source=source)
    rooms: dict[int, list[str]] = {}
    for index, (_, price) in enumerate(found.rooms):
        rooms.setdefault(price, []).append(_room(index))
    for price, priced in sorted(rooms.items()):
        if price:
            selected: list[Word] = [f"room={','.join(priced[at : at + 50])}" for at in range(0, len(priced), 50)]
            yield RuleSpec(
                id=f"RoomPenalty-{price}",
                rule="PriceRooms",
                parameters={"rooms": selected, "price": price},
                weight=1,
                source=source,
            )
    if any(period.penalty for period in found.periods):
        yield RuleSpec(id="PeriodPenalty", rule="PricePeriods", weight=1, source=source)


def _exam(index: int) -> str:
    return f"E{index}"


def _room(index: int) -> str:
    return f"R{index}"


def _student(number: int) -> str:
    return f"S{number}"
