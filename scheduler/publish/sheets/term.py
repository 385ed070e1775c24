"""The workbook of a timetable: a sheet of week grids for each kind of participant, and lists of everything.

The grids of a sheet stand below one another under one heading, each row with its participant's name: so a filter on the
name leaves one person's week, a filter on the week one week of everybody, and on paper each participant begins a page.
"""

from collections.abc import Sequence
from datetime import datetime
from functools import cached_property
from typing import Any, Final
from zoneinfo import ZoneInfo

from openpyxl.utils import get_column_letter
from openpyxl.worksheet.pagebreak import Break
from openpyxl.worksheet.worksheet import Worksheet

from scheduler.domain.document import Document
from scheduler.domain.timetable import Placement, Timetable
from scheduler.left_out import each_told
from scheduler.publish.costs import gap
from scheduler.publish.participants import KINDS, Kind, Participant, label, participants
from scheduler.publish.sheets.book import (
    AGAIN,
    AROUND,
    GREY,
    LINE,
    MIDDLE,
    NAME,
    PLAIN,
    SMALL,
    TOP,
    WIDTH,
    Book,
)
from scheduler.publish.sheets.lists import rules, summary
from scheduler.publish.views import Grid, Meeting, Row, Views
from scheduler.publish.words import (
    TITLES,
    course_line,
    day_of_cycle,
    detail,
    mode,
    occurrence_status,
    own_names,
    people_lines,
    periods,
    place_line,
    status,
    title_of,
    weekday,
)
from scheduler.texts import Texts

_PAGE: Final = 500.0
"""Points of a page of A4 across, less its margins and headings."""
_BESIDE: Final = (17.0, 12.0, 7.5, 4.0, 7.0)
"""The columns beside the days: name, about, week, number, time."""


def workbook(
    document: Document, timetable: Timetable, *, lang: str | None = None, stamp: datetime | None = None
) -> bytes:
    """Write the workbook.

    Parameters
    ----------
    lang
        The language of what is not a name.
    stamp
        When it is said to be made; the term's first day where it is left out. Equal arguments give equal bytes.
    """
    return _Sheets(Views(document, timetable), Texts(lang)).written(stamp)


class _Sheets:
    """The workbook as it grows."""

    def __init__(self, views: Views, texts: Texts) -> None:
        self.views, self.texts = views, texts
        self.book = Book(views.document, views.document.term.name)

    def written(self, stamp: datetime | None) -> bytes:
        timetable = self.views.timetable
        self.summary()
        for kind in KINDS:
            everybody = sorted(
                participants(self.views.document, kind), key=lambda who: self.texts.sort_key(who.full_name)
            )
            if everybody:
                self.grids(kind, everybody)
        self.lessons()
        self.occurrences()
        rules(self.book, self.texts, timetable.rules)
        self.faults()
        if timetable.self_paced:
            self.self_paced()
        return self.book.packed(stamp)

    @cached_property
    def beside(self) -> tuple[float, ...]:
        """The widths of the columns beside the days; periods with names take more than those with numbers."""
        names = [bell.name.strip() for bells in self.views.document.bells for bell in bells.periods]
        longest = max(map(len, names), default=0)
        return (*_BESIDE[:3], max(_BESIDE[3], min(12.0, longest + 1.0)), *_BESIDE[4:])

    def summary(self) -> None:
        texts, timetable, term = self.texts, self.views.timetable, self.views.document.term
        rows: list[tuple[str, Any]] = [
            (texts("Term"), term.name),
            (texts("First day"), term.first_day),
            (texts("Last day"), term.last_day),
            (texts("Timetable"), timetable.name or timetable.id),
            (texts("Status"), texts(status(timetable))),
            (texts("Cost"), timetable.cost),
            (texts("Proven bound"), timetable.bound),
            (texts("Gap"), gap(timetable)),
            (texts("Lessons of the pattern"), sum(placement.kind == "lesson" for placement in timetable.pattern)),
            (texts("What the calendar breaks"), len(timetable.faults)),
        ]
        summary(self.book, texts, rows, each_told(texts, timetable.left_out or self.views.document.left_out))

    def grids(self, kind: Kind, everybody: Sequence[Participant]) -> None:
        """One sheet of week grids, below one another."""
        texts = self.texts
        grids = [self.views.grid(who) for who in everybody]
        days = max(grid.days for grid in grids)
        width = max(13.0, (WIDTH - sum(self.beside)) / days)
        beside = (texts("Name"), texts("About"), texts("Week"), texts("No."), texts("Time"))
        headings = zip(beside, self.beside, strict=True)
        every = range(1, self.views.document.term.cycle + 1)
        named = ((day_of_cycle(self.views.document.term, texts, every, day), width) for day in range(days))
        sheet = self.book.sheet(texts(TITLES[kind]), [*headings, *named], freeze="F2")
        at, used = 2, 0.0
        for grid in grids:
            if at > 2:
                sheet.row_breaks.append(Break(at - 1))
                used = 0.0
            for weeks in _weeks(grid, self.views.document.term.cycle):
                heights = [
                    self._row(sheet, at + number, grid, weeks, number, width) for number in range(len(grid.rows))
                ]
                if used and used + sum(heights) > _PAGE:
                    sheet.row_breaks.append(Break(at - 1))
                    used = 0.0
                used += sum(heights)
                at += len(heights)
        sheet.auto_filter.ref = f"A1:{get_column_letter(len(self.beside) + days)}{at - 1}"

    def _row(self, sheet: Worksheet, at: int, grid: Grid, weeks: tuple[int, ...], number: int, width: float) -> float:
        """Write a row of a grid, and return its height."""
        row, who, texts = grid.rows[number], grid.participant, self.texts
        every = len(weeks) == self.views.document.term.cycle
        border = TOP if number == 0 else AROUND
        told = detail(self.views, who, texts)
        self.book.put(sheet, at, 1, who.name, font=AGAIN if number else NAME, border=border)
        self.book.put(sheet, at, 2, told, font=AGAIN if number else SMALL, border=border)
        week = texts("all weeks") if every else weeks[0]
        self.book.put(sheet, at, 3, week, border=border, align=MIDDLE)
        self.book.put(sheet, at, 4, row.name or row.number, font=NAME, border=border, align=MIDDLE, fill=GREY)
        self.book.put(sheet, at, 5, f"{row.start:%H:%M}\n{row.end:%H:%M}", border=border, align=MIDDLE, fill=GREY)
        lines = max(2, -(-len(who.name) // 16), -(-len(told) // 14), -(-len(row.name) // int(self.beside[3])))
        term = self.views.document.term
        for day in range(grid.days):
            meetings = grid.cell(weeks[0], day, number)
            text = "\n".join(self._told(who, meeting, row) for meeting in meetings)
            subjects = {self.views.subject(meeting.placement) for meeting in meetings}
            fill = self.book.fill(subjects.pop()) if len(subjects) == 1 else PLAIN
            if term.day_names and not meetings and not own_names(term, weeks, day):
                fill = GREY  # no day of that week of the cycle
            self.book.put(sheet, at, 6 + day, text or None, border=border, fill=fill)
            lines = max(lines, sum(-(-len(line) // max(1, int(width * 1.25))) for line in text.split("\n")))
        height = min(409.0, 4 + LINE * lines)
        sheet.row_dimensions[at].height = height
        return height

    def _told(self, who: Participant, meeting: Meeting, row: Row) -> str:
        """The course, with whom, how and where, and when, if not when the row says."""
        placement, views, texts = meeting.placement, self.views, self.texts
        title = course_line(views, placement, texts)
        subject = label(views.document, "subjects", views.subject(placement))
        if subject and subject.casefold() not in title.casefold():
            title = f"{title} ({subject})"
        how = " · ".join(part for part in (mode(placement, texts), place_line(views, who, placement)) if part)
        other = len(meeting.rows) == 1 and (meeting.start, meeting.end) != (row.start, row.end)
        clock = f"{meeting.start:%H:%M}–{meeting.end:%H:%M}" if other else ""
        people = people_lines(views, who, placement, texts)
        if who.kind == "site":
            return "; ".join(part for part in (title, clock, *people, how) if part)
        return "\n".join(part for part in (title, clock, *people, how) if part)

    def lessons(self) -> None:
        """One row for each placement of the pattern."""
        texts = self.texts
        sheet = self.book.sheet(texts("Lessons"), [
            (texts("Event"), 16), (texts("Course"), 26), (texts("Subject"), 20), (texts("Section"), 9),
            (texts("Mode"), 9), (texts("Weeks"), 8), (texts("Day"), 13), (texts("Periods"), 9), (texts("Start"), 8),
            (texts("End"), 8), (texts("Time zone"), 16), (texts("Site"), 20), (texts("Room"), 14),
            (texts("Teachers"), 28), (texts("Groups"), 12), (texts("Number of students"), 10),
            (texts("Students"), 40), (texts("Tutors and support staff"), 24), (texts("Workstations"), 40),
            (texts("Pinned"), 10),
        ], freeze="C2")  # fmt: skip
        term = self.views.document.term
        for at, placement in enumerate(self.views.timetable.pattern, 2):
            subject = self.views.subject(placement)
            weekdays = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
            values: list[Any] = [
                placement.event, title_of(self.views, placement, texts), label(self.views.document, "subjects", subject),
                placement.section, mode(placement, texts), ", ".join(map(str, placement.weeks)),
                day_of_cycle(term, texts, placement.weeks, weekdays.index(placement.weekday)),
                periods(self.views, placement),
                placement.start, placement.end, placement.time_zone, self.book.names("sites", [placement.site]),
                self.book.names("rooms", placement.rooms), self.book.names("teachers", placement.teachers),
                self.book.names("groups", placement.groups), len(placement.students),
                self.book.names("students", placement.students), self._staff(placement), self._seats(placement),
                texts("yes") if placement.pinned else "",
            ]  # fmt: skip
            self.book.values(sheet, at, values, {2: self.book.fill(subject)})

    def occurrences(self) -> None:
        """One row for each dated meeting, lost ones too."""
        texts = self.texts
        sheet = self.book.sheet(texts("By dates"), [
            (texts("Date"), 12), (texts("Day"), 13), (texts("Start"), 8), (texts("End"), 8), (texts("Time zone"), 16),
            (texts("Course"), 28), (texts("Section"), 9), (texts("Status"), 12), (texts("Reason"), 24),
            (texts("Mode"), 9), (texts("Teachers"), 28), (texts("Groups"), 12), (texts("Room"), 14),
            (texts("Workstations"), 40), (texts("Occurrence"), 20),
        ], freeze="B2")  # fmt: skip
        told = sorted(self.views.timetable.occurrences, key=lambda occurrence: (occurrence.start, occurrence.id))
        for at, occurrence in enumerate(told, 2):
            placement = self.views.timetable.placed(occurrence)
            zone = ZoneInfo(placement.time_zone)
            start, end = occurrence.start.astimezone(zone), occurrence.end.astimezone(zone)
            values: list[Any] = [
                start.date(), weekday(texts, start.weekday()), start.time(), end.time(), placement.time_zone,
                title_of(self.views, placement, texts), placement.section, texts(occurrence_status(occurrence)),
                occurrence.reason, mode(placement, texts), self.book.names("teachers", placement.teachers),
                self.book.names("groups", placement.groups), self.book.names("rooms", placement.rooms),
                self._seats(placement), occurrence.id,
            ]  # fmt: skip
            self.book.values(sheet, at, values, {6: self.book.fill(self.views.subject(placement))})

    def faults(self) -> None:
        texts = self.texts
        headings = [(texts("Date"), 12), (texts("What the calendar breaks"), 90), (texts("Occurrences"), 40)]
        sheet = self.book.sheet(texts("Faults by date"), headings)
        for at, fault in enumerate(self.views.timetable.faults, 2):
            self.book.values(sheet, at, [fault.date, fault.sentence, ", ".join(fault.occurrences)])

    def self_paced(self) -> None:
        texts = self.texts
        sheet = self.book.sheet(texts("Self-paced courses"), [
            (texts("Deadline"), 12), (texts("Course"), 34), (texts("Hours a week"), 10), (texts("Groups"), 16),
            (texts("Students"), 60),
        ])  # fmt: skip
        told = sorted(self.views.timetable.self_paced, key=lambda item: (item.deadline, item.course))
        for at, item in enumerate(told, 2):
            who = self.book.names("students", item.students)
            groups = self.book.names("groups", item.groups)
            title = self.views.course_title(item.course)
            self.book.values(sheet, at, [item.deadline, title, float(item.hours), groups, who])

    def _staff(self, placement: Placement) -> str:
        parts = [self.book.names("tutors", placement.tutors), self.book.names("support", placement.support)]
        return ", ".join(part for part in parts if part)

    def _seats(self, placement: Placement) -> str:
        kinds = (("students", placement.students), ("teachers", placement.teachers), ("tutors", placement.tutors))
        of = {key: kind for kind, people in kinds for key in people}
        document = self.views.document
        return "; ".join(
            f"{label(document, of.get(key, 'support'), key)} — {label(document, 'workstations', seat)}"
            for key, seat in placement.seats.items()
        )


def _weeks(grid: Grid, cycle: int) -> list[tuple[int, ...]]:
    """The weeks to show, those together that are alike: all in one, or each for itself."""
    everywhere = tuple(range(1, cycle + 1))
    if all(meeting.weeks == everywhere for meeting in grid.meetings):
        return [everywhere]
    return [(week,) for week in everywhere]
