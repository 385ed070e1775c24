"""Tables of a session's dates: exams by their start and by their grade."""

from collections.abc import Callable, Sequence
from datetime import date, datetime
from itertools import groupby
from typing import Any, Final
from zoneinfo import ZoneInfo

from scheduler.domain.exams import Exam, Session
from scheduler.domain.session_plan import Sitting
from scheduler.publish.participants import label
from scheduler.publish.session.appointments import Day
from scheduler.publish.session.told import Told
from scheduler.publish.session.words import consultation_subject, exam_title, part_of, person, rooms, span

_MOST_STARTS: Final = 6
"""With more starts than these, the columns of a day are its hours."""


def by_date(
    told: Told, session: Session, sittings: Sequence[Sitting], days: Sequence[Day], zone: ZoneInfo
) -> dict[str, Any]:
    """Dates down, starts across; consultations in a column of their own."""
    starts = sorted({sitting.start.astimezone(zone).time() for sitting in sittings})
    by_hour = len(starts) > _MOST_STARTS

    def column(sitting: Sitting) -> str:
        at = sitting.start.astimezone(zone)
        return f"{at:%H}:00" if by_hour else f"{at:%H:%M}"

    columns = sorted({column(sitting) for sitting in sittings})
    rows = _rows(told, sittings, days, zone, columns, lambda sitting: [column(sitting)])
    held = [c for c in told.views.consultations if told.views.of_session(c, session)]
    for row in rows:
        on = [c for c in held if c.start.astimezone(zone).date() == row["date"]]
        row["consultations"] = [
            {
                "clock": span(c.start.astimezone(zone), c.end.astimezone(zone)),
                "title": consultation_subject(told.views, c, told.texts),
                "teacher": label(told.views.document, "teachers", c.teacher),
            }
            for c in on
        ]
    return {"columns": columns, "rows": rows, "consultations": bool(held)}


def by_grade(told: Told, sittings: Sequence[Sitting], days: Sequence[Day], zone: ZoneInfo) -> dict[str, Any]:
    """Dates down, grades across."""
    known = sorted({g for s in sittings for g in told.views.grades(s)}, key=lambda g: (g is None, g or 0))
    columns = [told.grade(grade) for grade in known]
    rows = _rows(told, sittings, days, zone, columns, lambda s: [told.grade(g) for g in told.views.grades(s)])
    return {"columns": columns, "rows": [row for row in rows if any(row["cells"])], "consultations": False}


def _rows(
    told: Told,
    sittings: Sequence[Sitting],
    days: Sequence[Day],
    zone: ZoneInfo,
    columns: Sequence[str],
    of: Callable[[Sitting], list[str]],
) -> list[dict[str, Any]]:
    at: dict[tuple[date, str], list[dict[str, Any]]] = {}
    for sitting in sittings:
        for column in of(sitting):
            at.setdefault((sitting.start.astimezone(zone).date(), column), []).append(_card(told, sitting, zone))
    return [
        {
            **told.dated(day.date),
            "date": day.date,
            "kind": day.kind,
            "note": told.note(day),
            "cells": [at.get((day.date, column), []) for column in columns],
            "consultations": [],
        }
        for day in days
    ]


def _card(told: Told, sitting: Sitting, zone: ZoneInfo) -> dict[str, Any]:
    """A sitting in a table of dates."""
    views, texts = told.views, told.texts
    start, usual = sitting.start.astimezone(zone), _usual_end(views.exam(sitting.exam), sitting).astimezone(zone)
    longer = [c.end.astimezone(zone) for c in sitting.candidates if c.end > usual]
    commission = [person(views, official.person) for official in sitting.commission]
    return {
        **told.look(sitting.exam),
        "title": exam_title(views, sitting.exam, texts),
        "part": part_of(views, sitting, texts),
        "clock": span(start, usual),
        "longer": [
            texts.counted("until {time}: {n} student", "until {time}: {n} students", len(list(same)), time=end.time())
            for end, same in groupby(sorted(longer))
        ],
        "place": rooms(views, sitting) or label(views.document, "sites", sitting.site),
        "online": sitting.mode == "online",
        "students": texts("Students: {n}", n=views.size(sitting)),
        "commission": ", ".join(commission),
        "number": told.numbers[sitting.key],
    }


def _usual_end(exam: Exam, sitting: Sitting) -> datetime:
    """When those end who have no time of their own; the last of all where students come one after another."""
    if exam.in_turns or not sitting.candidates:
        return sitting.end
    return min(c.end for c in sitting.candidates)
