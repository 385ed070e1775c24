"""The workbook of a session's plan: lists to filter, a strip of dates for each student and examiner, protocols to print."""

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Any, Final
from zoneinfo import ZoneInfo

from openpyxl.styles import Border, Font
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.pagebreak import Break
from openpyxl.worksheet.worksheet import Worksheet

from scheduler.domain.document import Document
from scheduler.domain.session_plan import Consultation, SessionPlan, Sitting
from scheduler.publish.costs import gap
from scheduler.publish.participants import Kind, label
from scheduler.publish.session.appointments import Appointment, Cell, Strip
from scheduler.publish.session.protocols import Protocol, protocol
from scheduler.publish.session.told import Told
from scheduler.publish.session.views import SessionViews
from scheduler.publish.session.words import (
    FORMS,
    ROLES,
    consultation_subject,
    exam_title,
    lesson_title,
    person,
    reason,
    rooms,
    sitting_title,
)
from scheduler.publish.sheets.book import (
    AGAIN,
    BARE,
    BELOW,
    BOTTOM,
    GREY,
    HEAD,
    LINE,
    MIDDLE,
    NAME,
    PLAIN,
    SMALL,
    Book,
)
from scheduler.publish.sheets.lists import rules, summary
from scheduler.publish.words import status, weekday
from scheduler.texts import Texts

_Columns = tuple[list[tuple[str, float]], Callable[[Strip, Appointment, Sitting], list[Any]]]
"""Further columns of a list, and what stands in them for somebody's exam."""

_PROTOCOL: Final = (5.0, 28.0, 7.0, 8.0, 8.0, 15.0, 15.0, 15.0, 15.0, 15.0)
"""The widths of a protocol's columns, of as many as it can have."""


def workbook(document: Document, plan: SessionPlan, *, lang: str | None = None, stamp: datetime | None = None) -> bytes:
    """Write the workbook.

    Parameters
    ----------
    lang
        The language of what is not a name.
    stamp
        When it is said to be made; the term's first day where it is left out. Equal arguments give equal bytes.
    """
    return _Sheets(SessionViews(document, plan), Texts(lang)).written(stamp)


class _Sheets:
    """The workbook as it grows."""

    def __init__(self, views: SessionViews, texts: Texts) -> None:
        self.views, self.texts, self.told = views, texts, Told(views, texts)
        title = ", ".join(session.name or session.id for session in views.sessions)
        self.book = Book(views.document, title or views.plan.name)

    def written(self, stamp: datetime | None) -> bytes:
        texts = self.texts
        self.summary()
        self.sittings()
        self.everybody("student", texts("Students by dates"), texts("Exams of students"), self._of_student())
        self.everybody("teacher", texts("Examiners by dates"), texts("Exams of examiners"), self._of_examiner())
        self.everybody("room", texts("Rooms by dates"), texts("Exams in rooms"), self._of_room())
        self.consultations()
        self.changes()
        self.protocols()
        rules(self.book, texts, self.views.plan.rules)
        return self.book.packed(stamp)

    def everybody(self, kind: Kind, by_dates: str, listed: str, own: _Columns) -> None:
        """Two sheets of a kind: a strip for each of them by their names, students grade by grade, and a list."""
        strips = [strip for session in self.views.sessions for strip in self.told.strips(kind, session)]
        if strips:
            self.grid(kind, by_dates, strips)
            self.own(listed, strips, own)

    def summary(self) -> None:
        texts, plan = self.texts, self.views.plan
        rows: list[tuple[str, Any]] = []
        for session in self.views.sessions:
            rows += [
                (texts("Session"), session.name or session.id),
                (texts("First day"), session.first_day),
                (texts("Last day"), session.last_day),
            ]
        rows += [
            (texts("Plan"), plan.name or plan.id),
            (texts("Status"), texts(status(plan))),
            (texts("Cost"), plan.cost),
            (texts("Proven bound"), plan.bound),
            (texts("Gap"), gap(plan)),
            (texts("Exams"), len({sitting.exam for sitting in plan.sittings})),
            (texts("Students"), len({c.student for sitting in plan.sittings for c in sitting.candidates})),
            (texts("Consultations"), len(plan.consultations)),
            (texts("Lessons that give way"), len(plan.changes)),
            *((texts("Note"), note) for note in plan.notes),
        ]
        summary(self.book, texts, rows, ())

    def sittings(self) -> None:
        """One row for each sitting, by date."""
        texts, views = self.texts, self.views
        sheet = self.book.sheet(texts("By dates"), [
            (texts("Date"), 12), (texts("Day"), 13), (texts("Start"), 8), (texts("End"), 8), (texts("Time zone"), 16),
            (texts("Exam"), 30), (texts("Part"), 7), (texts("Subject"), 20), (texts("Grade"), 8), (texts("Form"), 16),
            (texts("Mode"), 12), (texts("Site"), 20), (texts("Room"), 16), (texts("Number of students"), 10),
            *((texts(role), 24) for role in ROLES.values()), (texts("Session"), 20),
        ], freeze="B2")  # fmt: skip
        for at, sitting in enumerate(views.sittings, 2):
            exam, zone = views.exam(sitting.exam), views.zone(sitting)
            subject = views.subject(sitting.exam)
            grades = ", ".join(str(grade) for grade in views.grades(sitting) if grade is not None)
            commission = [
                ", ".join(person(views, one.person) for one in sitting.commission if one.role == role) for role in ROLES
            ]
            values: list[Any] = [
                *self._when(sitting.start, sitting.end, zone), zone, exam_title(views, sitting.exam, texts),
                sitting.part, label(views.document, "subjects", subject), grades, texts(FORMS[exam.form]),
                self._mode(sitting), label(views.document, "sites", sitting.site), rooms(views, sitting),
                views.size(sitting), *commission,
                label(views.document, "sessions", exam.session),
            ]  # fmt: skip
            self.book.values(sheet, at, values, {6: self.book.fill(subject)})

    def grid(self, kind: Kind, title: str, strips: Sequence[Strip]) -> None:
        """A strip for each participant: a column for each date, with the clear days between a student's exams."""
        texts, student = self.texts, kind == "student"
        beside = [(texts("Name"), 26.0), (texts("Exams"), 8.0), (texts("Hours"), 8.0)]
        if student:
            beside = [*beside, (texts("Grade"), 7.0), (texts("Least clear days"), 10.0)]
        days = sorted({cell.day.date for strip in strips for cell in strip.cells})
        column = {day: at for at, day in enumerate(days, len(beside) + 1)}
        named = ((f"{day:%d.%m}\n{texts.weekday(day.weekday(), 'abbreviated')}", 6.2) for day in days)
        freeze = f"{get_column_letter(len(beside) + 1)}2"
        sheet = self.book.sheet(title, [*beside, *named], freeze=freeze)
        for at, strip in enumerate(strips, 2):
            told: list[Any] = [strip.who.full_name, len(strip.exams), round(strip.minutes / 60, 1)]
            self.book.values(sheet, at, [*told, strip.who.grade, strip.least] if student else told)
            for cell in strip.cells:
                self._cell(sheet, at, column[cell.day.date], cell, student=student)

    def _cell(self, sheet: Worksheet, at: int, column: int, cell: Cell, *, student: bool) -> None:
        """A date of a strip; the clear days before an exam stand in brackets where they have no cell of their own."""
        told = [self.views.look(held.of.exam or "").sign for held in cell.exams] + ["○"] * len(cell.consultations)
        if student and cell.clear is not None:
            told.append(f"({cell.clear})" if cell.exams else str(cell.clear))
        subjects = {self.views.subject(held.of.exam or "") for held in cell.exams}
        fill = self.book.fill(subjects.pop()) if len(subjects) == 1 else PLAIN if cell.day.kind == "open" else GREY
        self.book.put(sheet, at, column, "\n".join(told) or None, font=NAME, fill=fill, align=MIDDLE)

    def own(self, title: str, strips: Sequence[Strip], columns: _Columns) -> None:
        """One row for each exam of each participant, by their own clock."""
        texts = self.texts
        headings, more = columns
        sheet = self.book.sheet(title, [
            (texts("Name"), 26), (texts("Date"), 12), (texts("Day"), 13), (texts("Start"), 8), (texts("End"), 8),
            (texts("Time zone"), 16), (texts("Exam"), 30), (texts("Mode"), 12), *headings,
        ], freeze="B2")  # fmt: skip
        told = ((strip, held, held.of) for strip in strips for held in strip.exams if isinstance(held.of, Sitting))
        for at, (strip, held, sitting) in enumerate(told, 2):
            values = [
                strip.who.full_name, *self._when(held.start, held.end, strip.who.time_zone), strip.who.time_zone,
                sitting_title(self.views, sitting, texts), self._mode(sitting), *more(strip, held, sitting),
            ]  # fmt: skip
            self.book.values(sheet, at, values, {7: self.book.fill(self.views.subject(sitting.exam))})

    def _of_student(self) -> _Columns:
        texts, document = self.texts, self.views.document

        def more(strip: Strip, held: Appointment, sitting: Sitting) -> list[Any]:
            own = next(candidate for candidate in sitting.candidates if candidate.student == strip.who.id)
            return [
                strip.who.grade, label(document, "rooms", held.room),
                label(document, "workstations", held.workstation),
                person(self.views, own.assistant) if own.assistant else "",
                next((clear for after, clear in strip.gaps if after.identity == held.identity), None),
            ]  # fmt: skip

        headings = [
            (texts("Grade"), 8.0), (texts("Room"), 16.0), (texts("Workstation"), 16.0), (texts("Assistant"), 22.0),
            (texts("Clear days before"), 12.0),
        ]  # fmt: skip
        return headings, more

    def _of_examiner(self) -> _Columns:
        texts = self.texts

        def more(strip: Strip, held: Appointment, sitting: Sitting) -> list[Any]:
            role = texts(ROLES[held.role]) if held.role is not None else texts("Assistant")
            return [role, rooms(self.views, sitting), self.views.size(sitting), len(strip.exams)]

        headings = [
            (texts("Role"), 16.0), (texts("Room"), 16.0), (texts("Number of students"), 10.0),
            (texts("Exams in all"), 10.0),
        ]  # fmt: skip
        return headings, more

    def _of_room(self) -> _Columns:
        texts, document = self.texts, self.views.document

        def more(strip: Strip, _: Appointment, sitting: Sitting) -> list[Any]:
            return [self.views.size(sitting, strip.who.id), document.room(strip.who.id).seats]

        return [(texts("Number of students"), 10.0), (texts("Seats"), 8.0)], more

    def consultations(self) -> None:
        texts, views, document = self.texts, self.views, self.views.document
        sheet = self.book.sheet(texts("Consultations"), [
            (texts("Date"), 12), (texts("Day"), 13), (texts("Start"), 8), (texts("End"), 8), (texts("Time zone"), 16),
            (texts("Consultation"), 30), (texts("Before the exam"), 12), (texts("Teacher"), 28), (texts("Mode"), 12),
            (texts("Room"), 16), (texts("Groups"), 16), (texts("Number of students"), 10), (texts("Students"), 40),
        ], freeze="B2")  # fmt: skip
        for at, held in enumerate(views.consultations, 2):
            zone = views.zone(held)
            values: list[Any] = [
                *self._when(held.start, held.end, zone), zone, consultation_subject(views, held, texts),
                texts("yes") if held.exam is not None else "", label(document, "teachers", held.teacher),
                self._mode(held), rooms(views, held), self.book.names("groups", held.groups),
                len(held.students), self.book.names("students", held.students),
            ]  # fmt: skip
            fill = self.book.fill(views.subject(held.exam)) if held.exam is not None else PLAIN
            self.book.values(sheet, at, values, {6: fill})

    def changes(self) -> None:
        texts, views = self.texts, self.views
        sheet = self.book.sheet(texts("Lessons that give way"), [
            (texts("Date"), 12), (texts("Day"), 13), (texts("Start"), 8), (texts("End"), 8), (texts("Lesson"), 30),
            (texts("What becomes of it"), 16), (texts("New date"), 12), (texts("New start"), 10),
            (texts("New end"), 10), (texts("Room"), 16), (texts("Reason"), 50), (texts("Occurrence"), 20),
        ], freeze="B2")  # fmt: skip
        zone = views.document.term.time_zone
        for at, change in enumerate(views.changes, 2):
            new: list[Any] = [None, None, None]
            if change.new_start is not None and change.new_end is not None:
                day, _, *times = self._when(change.new_start, change.new_end, zone)
                new = [day, *times]
            told = texts("moved") if change.change == "moved" else texts("cancelled")
            values: list[Any] = [
                *self._when(change.start, change.end, zone), lesson_title(views, change), told, *new,
                label(views.document, "rooms", change.room), reason(views, change, texts), change.occurrence,
            ]  # fmt: skip
            self.book.values(sheet, at, values)

    def protocols(self) -> None:
        """The protocols below one another, each on a page of its own."""
        sheet = self.book.paper(self.texts("Protocols"), _PROTOCOL)
        at = 1
        for number, sitting in enumerate(self.views.sittings, 1):
            if number > 1:
                sheet.row_breaks.append(Break(at - 1))
            at = self._protocol(sheet, at, number, protocol(self.views, sitting, self.texts))

    def _protocol(self, sheet: Worksheet, at: int, number: int, made: Protocol) -> int:
        """Write a protocol, and return the row after it."""
        last, put = len(made.headings), self.book.put
        exam = ", ".join(filter(None, (made.title, made.part)))
        for text in (self.texts("Protocol of the exam No. {n}", n=number), exam):
            self._across(sheet, at, (1, last), text, font=HEAD)
            at += 1
        for what, value in made.facts:
            self._across(sheet, at, (1, 2), what, font=AGAIN)
            self._across(sheet, at, (3, last), value, font=NAME)
            at += 1
        for row in (made.headings, *made.rows):
            head = row is made.headings
            for column, value in enumerate(row, 1):
                put(sheet, at, column, value or None, font=NAME if head else SMALL, fill=GREY if head else PLAIN)
            lines = max(-(-len(value) // int(width)) for value, width in zip(row, _PROTOCOL, strict=False))
            sheet.row_dimensions[at].height = 8 + LINE * max(1, lines)
            at += 1
        at += 1
        self._across(sheet, at, (1, last), self.texts("Commission"), font=HEAD)
        for role, name in made.commission:
            at += 1
            sheet.row_dimensions[at].height = 2.2 * LINE
            self._across(sheet, at, (1, 2), role, font=SMALL)
            self._across(sheet, at, (3, 5), None, font=SMALL, border=BELOW)
            self._across(sheet, at, (6, last), name, font=NAME)
        return at + 2

    def _across(
        self, sheet: Worksheet, at: int, columns: tuple[int, int], value: Any, font: Font, border: Border = BARE
    ) -> None:
        """Write over several columns at once."""
        first, last = columns
        for column in range(first, last + 1):
            text = value if column == first else None
            self.book.put(sheet, at, column, text, font=font, border=border, align=BOTTOM)
        sheet.merge_cells(start_row=at, start_column=first, end_row=at, end_column=last)

    def _when(self, start: datetime, end: datetime, zone: str) -> list[Any]:
        """Date, day of the week, start and end by a clock."""
        first, last = start.astimezone(ZoneInfo(zone)), end.astimezone(ZoneInfo(zone))
        return [first.date(), weekday(self.texts, first.weekday()), first.time(), last.time()]

    def _mode(self, held: Sitting | Consultation) -> str:
        return self.texts("online") if held.mode == "online" else self.texts("at the site")
