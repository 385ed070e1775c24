"""Strips of a session: a cell for each date of somebody's, and the list of the same below."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import groupby
from typing import Any, Final
from zoneinfo import ZoneInfo

from scheduler.domain.session_plan import Sitting
from scheduler.publish.participants import Participant
from scheduler.publish.session.appointments import Appointment, Cell, Day, Strip
from scheduler.publish.session.told import Told
from scheduler.publish.session.words import (
    ROLES,
    clear_days,
    clock,
    consultation_subject,
    own_place,
    sitting_title,
    span,
)

MOST_STRIPS: Final = 3000
"""So many people of a kind are shown; of the others only how many. The workbook has them all."""


def axis(told: Told, days: Sequence[Day]) -> dict[str, Any]:
    """The heading of the strips: months, and dates with their weekdays."""
    texts = told.texts
    months = [
        {"name": texts.month(month), "span": len(list(same))}
        for (_, month), same in groupby((day.date.year, day.date.month) for day in days)
    ]
    shown = [
        {
            "day": day.date.day,
            "weekday": texts.weekday(day.date.weekday(), "abbreviated"),
            "kind": day.kind,
            "told": ", ".join(filter(None, (texts.date(day.date, "full"), told.note(day)))),
        }
        for day in days
    ]
    return {"months": months, "days": shown}


def by_grades(told: Told, strips: Sequence[Strip]) -> Iterator[dict[str, Any]]:
    """The students' strips, which stand grade by grade."""
    for grade, same in groupby(strips, key=lambda strip: strip.who.grade):
        yield group(told, told.grade(grade), list(same), gaps)


def group(told: Told, name: str, strips: Sequence[Strip], about: Callable[[Told, Strip], list[str]]) -> dict[str, Any]:
    """Some strips under a name, each with what is said beside it; those beyond the most are counted."""
    shown = [_strip(told, strip, about(told, strip)) for strip in strips[:MOST_STRIPS]]
    return {"name": name, "strips": shown, "more": max(0, len(strips) - MOST_STRIPS)}


def gaps(told: Told, strip: Strip) -> list[str]:
    """How many exams a student has, and how close they are."""
    texts, least = told.texts, strip.least
    said = [texts.counted("{n} exam", "{n} exams", len(strip.exams))]
    if least is not None and least > 0:
        said.append(texts.counted("at least {n} clear day between", "at least {n} clear days between", least))
    elif least is not None:
        said.append(texts("two on consecutive days") if least == 0 else texts("two on one day"))
    return said


def load(told: Told, strip: Strip) -> list[str]:
    """How many exams an examiner has, on how many days, and how long they take."""
    texts, days = told.texts, {held.date for held in strip.exams}
    return [
        texts.counted("{n} exam", "{n} exams", len(strip.exams)),
        texts.counted("on {n} day", "on {n} days", len(days)),
        texts("hours: {hours}", hours=round(strip.minutes / 60, 1)),
    ]


def occupation(told: Told, strip: Strip) -> list[str]:
    """How many exams a room holds, and how many seats it has."""
    texts, seats = told.texts, told.views.document.room(strip.who.id).seats
    return [
        texts.counted("{n} exam", "{n} exams", len(strip.exams)),
        texts.counted("{n} seat", "{n} seats", seats),
    ]


def _strip(told: Told, strip: Strip, about: Iterable[str]) -> dict[str, Any]:
    who, clear = strip.who, {held.identity: clear for held, clear in strip.gaps}
    return {
        "id": f"{who.kind}/{strip.session}/{who.id}",
        "name": who.full_name if who.kind == "room" else who.name,
        "about": " · ".join([*about, *_own_clock(told, strip)]),
        "cells": [_cell(told, cell, who) for cell in strip.cells],
        "own": [
            _own(told, held, who, clear.get(held.identity))
            for cell in strip.cells
            for held in sorted((*cell.exams, *cell.consultations), key=lambda held: (held.start, held.identity))
        ],
    }


def _own_clock(told: Told, strip: Strip) -> Iterator[str]:
    """By which clock somebody's times are told, where that is not the session's."""
    for held in strip.exams[:1]:
        usual = ZoneInfo(told.views.session_zone(held.of.exam))
        if held.start.utcoffset() != held.start.astimezone(usual).utcoffset():
            yield clock(told.texts, strip.who.time_zone, held.start)


def _cell(told: Told, cell: Cell, who: Participant) -> dict[str, Any]:
    student = who.kind == "student"
    return {
        "kind": cell.day.kind,
        "between": cell.between and student,
        "double": student and len(cell.exams) > 1,
        "gap": cell.clear if student else None,
        "exams": [
            {**told.look(held.of.exam or ""), "told": _said(told, held), "start": f"{held.start:%H:%M}"}
            for held in cell.exams
        ],
        "consultations": [_said(told, held) for held in cell.consultations],
    }


def _said(told: Told, held: Appointment) -> str:
    """All of it in a line, for who points at a cell or has it read aloud."""
    return f"{told.texts.day(held.date)}, {span(held.start, held.end)}: {_title(told, held)}"


def _title(told: Told, held: Appointment) -> str:
    if isinstance(held.of, Sitting):
        return sitting_title(told.views, held.of, told.texts)
    subject = consultation_subject(told.views, held.of, told.texts)
    return told.texts("Consultation: {subject}", subject=subject)


def _own(told: Told, held: Appointment, who: Participant, clear: int | None) -> dict[str, Any]:
    """An exam or a consultation in somebody's own list."""
    texts = told.texts
    role = texts(ROLES[held.role]) if held.role is not None else texts("Assistant") if held.assists else ""
    return {
        **told.dated(held.date),
        **(told.look(held.of.exam) if isinstance(held.of, Sitting) else {"sign": "", "look": "consultation"}),
        "clock": span(held.start, held.end),
        "title": _title(told, held),
        "role": role,
        "place": own_place(told.views, held, who.site),
        "online": held.of.mode == "online",
        "gap": clear_days(clear, texts) if clear is not None and who.kind == "student" else "",
        "close": clear is not None and clear < 1,
        "number": told.numbers[held.of.key] if isinstance(held.of, Sitting) else None,
    }
