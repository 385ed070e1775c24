"""One page of a session that needs neither a network nor a script: who is examined when, and the protocols to print.

Each view is a section of its own; the style shows the one whose name stands in the address, and all of them where a
browser does not know how. Names are data: the template escapes them.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from itertools import groupby
from typing import Any, Final
from zoneinfo import ZoneInfo

from scheduler.domain.document import Document
from scheduler.domain.exams import Exam, Session
from scheduler.domain.session_plan import SessionPlan, Sitting
from scheduler.publish import costs
from scheduler.publish.colours import looks
from scheduler.publish.costs import card
from scheduler.publish.html import ours, styles, whole
from scheduler.publish.participants import Kind, Participant, label, participant
from scheduler.publish.protocols import Protocol, protocol
from scheduler.publish.session_views import Appointment, Cell, Day, SessionViews, Strip
from scheduler.publish.session_words import (
    ROLES,
    clear_days,
    clock,
    consultation_subject,
    exam_title,
    lesson_title,
    own_place,
    part_of,
    person,
    reason,
    rooms,
    sitting_title,
    span,
)
from scheduler.publish.words import weekday
from scheduler.texts import Texts

MOST_STRIPS: Final = 3000
"""So many people of a kind are shown; of the others only how many. The workbook has them all."""

_MOST_STARTS: Final = 6
"""With more starts than these, the columns of a day are its hours."""


def page(document: Document, plan: SessionPlan, *, lang: str | None = None) -> bytes:
    """Write the page, in a language for what is not a name."""
    texts = Texts(lang)
    views = SessionViews(document, plan)
    shown = _Page(views, texts)
    title = ", ".join(session.name or session.id for session in views.sessions) or plan.name or texts("Exam session")
    return whole(
        "session.html.jinja",
        texts,
        style=ours("page.css") + ours("session.css") + styles(looks(document.subjects).values()),
        title=title,
        dates=" · ".join(_range(session, texts) for session in views.sessions),
        facts=list(shown.facts()),
        sessions=[shown.session(session) for session in views.sessions],
        asked=[shown.consultation(held) for held in views.consultations if held.exam is None],
        changes=list(shown.changes()),
        rules=[costs.told(rule, texts) for rule in costs.by_weight(plan.rules)],
        broken=sum(1 for rule in plan.rules if rule.weight == "required" and rule.deviation),
        notes=plan.notes,
        subjects=[
            {"name": s.name or s.id, "sign": look.sign, "pattern": look.pattern}
            for s, look in zip(document.subjects, looks(document.subjects).values(), strict=True)
        ],
        source=_source(plan, texts),
    )


@dataclass(frozen=True)
class _Page:
    """What the page tells, in the words of its template."""

    views: SessionViews
    texts: Texts

    @cached_property
    def numbers(self) -> dict[str, int]:
        """The protocols' numbers by their sittings."""
        return {sitting.key: number for number, sitting in enumerate(self.views.sittings, 1)}

    def facts(self) -> Iterator[dict[str, str]]:
        """How good the plan is, and how much there is of it."""
        texts, plan = self.texts, self.views.plan
        yield from costs.quality(plan, texts)
        exams = len({sitting.exam for sitting in plan.sittings})
        parts = texts.counted("{n} part", "{n} parts", len(plan.sittings))
        yield card(texts("Exams"), texts.number(exams), parts)
        students = len({c.student for sitting in plan.sittings for c in sitting.candidates})
        officials = len({official.person for sitting in plan.sittings for official in sitting.commission})
        note = texts.counted("{n} member of commissions", "{n} members of commissions", officials)
        yield card(texts("Students"), texts.number(students), note)
        least = [strip.least for strips in self.strips["student"].values() for strip in strips]
        known = [clear for clear in least if clear is not None]
        if known:
            fewest = min(known)
            note = texts.counted("{n} student has it so", "{n} students have it so", known.count(fewest))
            yield card(texts("Least between two exams"), clear_days(fewest, texts), note)
        yield card(texts("Consultations"), texts.number(len(plan.consultations)))
        yield card(texts("Lessons that give way"), texts.number(len(plan.changes)))

    @cached_property
    def strips(self) -> dict[Kind, dict[str, list[Strip]]]:
        """The strips of students, examiners and rooms by their session, each kind by its names."""
        kinds: tuple[Kind, ...] = ("student", "teacher", "room")
        return {kind: {one.id: list(self._strips(kind, one)) for one in self.views.sessions} for kind in kinds}

    def session(self, session: Session) -> dict[str, Any]:
        """Tell one session."""
        views, texts = self.views, self.texts
        zone = session.time_zone or views.document.term.time_zone
        sittings = [sitting for sitting in views.sittings if views.of_session(sitting, session)]
        days = views.days(session)
        strips = {kind: by_session[session.id] for kind, by_session in self.strips.items()}
        return {
            "id": session.id,
            "name": session.name or session.id,
            "dates": _range(session, texts),
            "clock": clock(texts, zone, sittings[0].start) if sittings else "",
            "by_date": self._by_date(session, sittings, days, ZoneInfo(zone)),
            "by_grade": self._by_grade(sittings, days, ZoneInfo(zone)),
            "axis": self._axis(days),
            "students": list(self._by_grades(strips["student"])),
            "examiners": self._group("", strips["teacher"], self._load),
            "rooms": self._group("", strips["room"], self._occupation),
            "consultations": [self.consultation(c) for c in views.consultations if views.of_session(c, session)],
            "protocols": [self._protocol(sitting) for sitting in sittings],
        }

    def consultation(self, held: Any) -> dict[str, Any]:
        """Tell a consultation for the list."""
        views, texts = self.views, self.texts
        zone = ZoneInfo(views.zone(held))
        start, end = held.start.astimezone(zone), held.end.astimezone(zone)
        return {
            **self._dated(start.date()),
            "clock": span(start, end),
            "title": consultation_subject(views, held, texts),
            "teacher": label(views.document, "teachers", held.teacher),
            "who": self._who(held.students, held.groups),
            "place": ", ".join(
                filter(
                    None, (label(views.document, "rooms", held.room), texts("online") if held.mode == "online" else "")
                )
            ),
        }

    def changes(self) -> Iterator[dict[str, Any]]:
        """The lessons that give way."""
        views, texts = self.views, self.texts
        zone = ZoneInfo(views.document.term.time_zone)
        for change in views.changes:
            start, end = change.start.astimezone(zone), change.end.astimezone(zone)
            told = texts("cancelled")
            if change.new_start is not None and change.new_end is not None:
                at = change.new_start.astimezone(zone)
                told = texts(
                    "moved to {date}", date=f"{texts.day(at.date())}, {span(at, change.new_end.astimezone(zone))}"
                )
            room = label(views.document, "rooms", change.room)
            yield {
                **self._dated(start.date()),
                "clock": span(start, end),
                "title": lesson_title(views, change),
                "change": ", ".join(filter(None, (told, room))),
                "moved": change.change == "moved",
                "reason": reason(views, change, texts),
            }

    def _strips(self, kind: Kind, session: Session) -> Iterator[Strip]:
        people = [participant(self.views.document, kind, key) for key in self.views.people(kind, session)]
        people.sort(key=lambda who: self.texts.sort_key(who.full_name))
        return (self.views.strip(who, session) for who in people)

    def _by_date(
        self, session: Session, sittings: Sequence[Sitting], days: Sequence[Day], zone: ZoneInfo
    ) -> dict[str, Any]:
        """Dates down, starts across; consultations in a column of their own."""
        starts = sorted({sitting.start.astimezone(zone).time() for sitting in sittings})
        by_hour = len(starts) > _MOST_STARTS

        def column(sitting: Sitting) -> str:
            at = sitting.start.astimezone(zone)
            return f"{at:%H}:00" if by_hour else f"{at:%H:%M}"

        columns = sorted({column(sitting) for sitting in sittings})
        rows = self._rows(sittings, days, zone, columns, lambda sitting: [column(sitting)])
        held = [c for c in self.views.consultations if self.views.of_session(c, session)]
        for row in rows:
            on = [c for c in held if c.start.astimezone(zone).date() == row["date"]]
            row["consultations"] = [
                {
                    "clock": span(c.start.astimezone(zone), c.end.astimezone(zone)),
                    "title": consultation_subject(self.views, c, self.texts),
                    "teacher": label(self.views.document, "teachers", c.teacher),
                }
                for c in on
            ]
        return {"columns": columns, "rows": rows, "consultations": bool(held)}

    def _by_grade(self, sittings: Sequence[Sitting], days: Sequence[Day], zone: ZoneInfo) -> dict[str, Any]:
        """Dates down, grades across."""
        known = sorted({g for s in sittings for g in self.views.grades(s)}, key=lambda g: (g is None, g or 0))
        columns = [self._grade(grade) for grade in known]
        rows = self._rows(sittings, days, zone, columns, lambda s: [self._grade(g) for g in self.views.grades(s)])
        return {"columns": columns, "rows": [row for row in rows if any(row["cells"])], "consultations": False}

    def _rows(
        self,
        sittings: Sequence[Sitting],
        days: Sequence[Day],
        zone: ZoneInfo,
        columns: Sequence[str],
        of: Callable[[Sitting], list[str]],
    ) -> list[dict[str, Any]]:
        at: dict[tuple[date, str], list[dict[str, Any]]] = {}
        for sitting in sittings:
            for column in of(sitting):
                at.setdefault((sitting.start.astimezone(zone).date(), column), []).append(self._card(sitting, zone))
        return [
            {
                **self._dated(day.date),
                "date": day.date,
                "kind": day.kind,
                "note": self._note(day),
                "cells": [at.get((day.date, column), []) for column in columns],
                "consultations": [],
            }
            for day in days
        ]

    def _card(self, sitting: Sitting, zone: ZoneInfo) -> dict[str, Any]:
        """A sitting in a table of dates."""
        views, texts = self.views, self.texts
        start, usual = sitting.start.astimezone(zone), _usual_end(views.exam(sitting.exam), sitting).astimezone(zone)
        longer = [c.end.astimezone(zone) for c in sitting.candidates if c.end > usual]
        commission = [person(views, official.person) for official in sitting.commission]
        return {
            **self._look(sitting.exam),
            "title": exam_title(views, sitting.exam, texts),
            "part": part_of(views, sitting, texts),
            "clock": span(start, usual),
            "longer": [
                texts.counted(
                    "until {time}: {n} student", "until {time}: {n} students", len(list(same)), time=end.time()
                )
                for end, same in groupby(sorted(longer))
            ],
            "place": rooms(views, sitting) or label(views.document, "sites", sitting.site),
            "online": sitting.mode == "online",
            "students": texts("Students: {n}", n=views.size(sitting)),
            "commission": ", ".join(commission),
            "number": self.numbers[sitting.key],
        }

    def _look(self, exam: str) -> dict[str, Any]:
        look, subject = self.views.look(exam), self.views.subject(exam)
        place = None if subject is None else self.views.document.ids("subjects").index(subject)
        return {"sign": look.sign, "look": "plain" if place is None else f"s{place} p{look.pattern}"}

    def _axis(self, days: Sequence[Day]) -> dict[str, Any]:
        """The heading of the strips: months, and dates with their weekdays."""
        texts = self.texts
        months = [
            {"name": texts.month(month), "span": len(list(same))}
            for (_, month), same in groupby((day.date.year, day.date.month) for day in days)
        ]
        told = [
            {
                "day": day.date.day,
                "weekday": texts.weekday(day.date.weekday(), "abbreviated"),
                "kind": day.kind,
                "told": ", ".join(filter(None, (texts.date(day.date, "full"), self._note(day)))),
            }
            for day in days
        ]
        return {"months": months, "days": told}

    def _by_grades(self, strips: Sequence[Strip]) -> Iterator[dict[str, Any]]:
        """The students' strips, grade by grade; those beyond the most are counted."""
        ordered = sorted(strips, key=lambda strip: (strip.who.grade is None, strip.who.grade or 0))
        for grade, same in groupby(ordered, key=lambda strip: strip.who.grade):
            yield self._group(self._grade(grade), list(same), self._gaps)

    def _group(self, name: str, strips: Sequence[Strip], about: Callable[[Strip], list[str]]) -> dict[str, Any]:
        shown = [self._strip(strip, about(strip)) for strip in strips[:MOST_STRIPS]]
        return {"name": name, "strips": shown, "more": max(0, len(strips) - MOST_STRIPS)}

    def _strip(self, strip: Strip, about: Iterable[str]) -> dict[str, Any]:
        who = strip.who
        gaps = {held.identity: clear for held, clear in strip.gaps}
        return {
            "id": f"{who.kind}-{who.id}",
            "name": who.full_name if who.kind == "room" else who.name,
            "about": " · ".join([*about, *self._own_clock(strip)]),
            "cells": [self._cell(cell, who) for cell in strip.cells],
            "own": [
                self._own(held, who, gaps)
                for cell in strip.cells
                for held in sorted((*cell.exams, *cell.consultations), key=lambda held: (held.start, held.identity))
            ],
        }

    def _own_clock(self, strip: Strip) -> Iterator[str]:
        """By which clock somebody's times are told, where that is not the session's."""
        for held in strip.exams[:1]:
            usual = ZoneInfo(self.views.session_zone(held.of.exam))
            if held.start.utcoffset() != held.start.astimezone(usual).utcoffset():
                yield clock(self.texts, strip.who.time_zone, held.start)

    def _gaps(self, strip: Strip) -> list[str]:
        texts = self.texts
        told = [texts.counted("{n} exam", "{n} exams", len(strip.exams))]
        if strip.least is not None and strip.least > 0:
            told.append(
                texts.counted(
                    "between them at least {n} clear day", "between them at least {n} clear days", strip.least
                )
            )
        elif strip.least is not None:
            told.append(texts("two on one day") if strip.least else texts("two on consecutive days"))
        return told

    def _load(self, strip: Strip) -> list[str]:
        texts = self.texts
        days = len({held.date for held in strip.exams})
        return [
            texts.counted("{n} exam", "{n} exams", len(strip.exams)),
            texts.counted("on {n} day", "on {n} days", days),
            texts("hours: {hours}", hours=round(strip.minutes / 60, 1)),
        ]

    def _occupation(self, strip: Strip) -> list[str]:
        texts, document = self.texts, self.views.document
        seats = document.room(strip.who.id).seats
        return [
            texts.counted("{n} exam", "{n} exams", len(strip.exams)),
            texts.counted("{n} seat", "{n} seats", seats),
        ]

    def _cell(self, cell: Cell, who: Participant) -> dict[str, Any]:
        texts, views = self.texts, self.views
        return {
            "kind": cell.day.kind,
            "between": cell.between and who.kind == "student",
            "gap": cell.clear if who.kind == "student" else None,
            "exams": [
                {
                    **self._look(held.of.exam or ""),
                    "told": f"{texts.day(held.date)}, {span(held.start, held.end)}: "
                    f"{exam_title(views, held.of.exam or '', texts)}",
                    "start": f"{held.start:%H:%M}",
                }
                for held in cell.exams
            ],
            "consultations": [
                {
                    "told": f"{texts.day(held.date)}, {span(held.start, held.end)}: "
                    f"{texts('Consultation: {subject}', subject=consultation_subject(views, held.of, texts))}",
                }
                for held in cell.consultations
                if not isinstance(held.of, Sitting)
            ],
        }

    def _own(self, held: Appointment, who: Participant, gaps: dict[str, int]) -> dict[str, Any]:
        """An exam or a consultation in somebody's own list."""
        views, texts = self.views, self.texts
        told: dict[str, Any] = {
            **self._dated(held.date),
            "clock": span(held.start, held.end),
            "place": own_place(views, held, who.site),
            "online": held.of.mode == "online",
        }
        if isinstance(held.of, Sitting):
            clear = gaps.get(held.identity)
            role = texts(ROLES[held.role]) if held.role is not None else texts("Assistant") if held.assists else ""
            return told | {
                **self._look(held.of.exam),
                "title": sitting_title(views, held.of, texts),
                "role": role,
                "gap": clear_days(clear, texts) if clear is not None and who.kind == "student" else "",
                "close": clear is not None and clear < 1,
                "number": self.numbers[held.of.key],
            }
        title = texts("Consultation: {subject}", subject=consultation_subject(views, held.of, texts))
        return told | {
            "sign": "",
            "look": "consultation",
            "title": title,
            "role": "",
            "gap": "",
            "close": False,
            "number": 0,
        }

    def _protocol(self, sitting: Sitting) -> dict[str, Any]:
        made: Protocol = protocol(self.views, sitting, self.texts)
        return {"number": self.numbers[sitting.key], "made": made}

    def _grade(self, grade: int | None) -> str:
        return self.texts("without a grade") if grade is None else self.texts("grade {grade}", grade=grade)

    def _note(self, day: Day) -> str:
        return day.name or (self.texts("reserve day") if day.kind == "reserve" else "")

    def _dated(self, day: date) -> dict[str, str]:
        return {
            "iso": day.isoformat(),
            "day": self.texts.day(day),
            "weekday": weekday(self.texts, day.weekday()),
            "short": self.texts.weekday(day.weekday(), "abbreviated"),
        }

    def _who(self, students: Sequence[str], groups: Sequence[str]) -> str:
        document = self.views.document
        if groups:
            return ", ".join(label(document, "groups", key) for key in groups)
        if len(students) <= 3:
            return ", ".join(label(document, "students", key) for key in students)
        return self.texts("Students: {n}", n=len(students))


def _usual_end(exam: Exam, sitting: Sitting) -> Any:
    """When those end who have no time of their own; the last of all where students come one after another."""
    if exam.in_turns or not sitting.candidates:
        return sitting.end
    return min(c.end for c in sitting.candidates)


def _range(session: Session, texts: Texts) -> str:
    return f"{texts.date(session.first_day)} – {texts.date(session.last_day)}"


def _source(plan: SessionPlan, texts: Texts) -> str:
    parts = (
        plan.name,
        plan.id,
        plan.version and f"Zvonok {plan.version}",
        texts("seed {seed}", seed=str(plan.seed)),
        plan.input and texts("input {digest}", digest=plan.input[:12]),
    )
    return " · ".join(part for part in parts if part)
