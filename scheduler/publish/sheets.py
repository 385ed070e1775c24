"""A workbook to filter and to print: a sheet of week grids for each kind of participant, and lists of everything.

The grids of a sheet stand below one another under one heading, each row with its participant's name: so a filter on the
name leaves one person's week, a filter on the week one week of everybody, and on paper each participant begins a page.
A name is written as text, whatever it looks like: no formula comes from somebody's data.
"""

import re
import zipfile
from collections.abc import Iterable, Sequence
from copy import copy
from datetime import UTC, date, datetime, time
from functools import cached_property
from io import BytesIO
from typing import Any, Final
from zoneinfo import ZoneInfo

from openpyxl import Workbook
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.pagebreak import Break
from openpyxl.worksheet.worksheet import Worksheet

from scheduler.domain.document import Document
from scheduler.domain.timetable import Placement, Timetable
from scheduler.left_out import each_told
from scheduler.publish.colours import looks
from scheduler.publish.participants import KINDS, Kind, Participant, label, participants
from scheduler.publish.views import Grid, Meeting, Row, Views
from scheduler.publish.words import (
    TITLES,
    WEIGHTS,
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
    weekday,
)
from scheduler.texts import Texts

_LONGEST: Final = 32_767
"""Characters of a cell, by the format's limits."""
_LINE: Final = 12.6
"""Points of a line of small print."""
_PAGE: Final = 500.0
"""Points of a page of A4 across, less its margins and headings."""
_WIDTH: Final = 112.0
"""Characters of a line of A4 across at full size, in the widest fonts that stand in for Calibri."""
_BESIDE: Final = (17.0, 12.0, 7.5, 4.0, 7.0)
"""The columns beside the days: name, about, week, number, time."""

_PLAIN: Final = PatternFill()
_GREY: Final = PatternFill("solid", fgColor="EEF1F5")
_THIN: Final = Side("thin", "C3CAD5")
_THICK: Final = Side("medium", "5B6678")
_AROUND: Final = Border(_THIN, _THIN, _THIN, _THIN)
_TOP: Final = Border(_THIN, _THIN, _THICK, _THIN)
_WRAP: Final = Alignment(vertical="top", wrap_text=True)
_LEFT: Final = Alignment(horizontal="left", vertical="top", wrap_text=True)
_MIDDLE: Final = Alignment(horizontal="center", vertical="top", wrap_text=True)
_HEAD: Final = Font(name="Calibri", size=11, bold=True)
_SMALL: Final = Font(name="Calibri", size=9)
_NAME: Final = Font(name="Calibri", size=10, bold=True)
_AGAIN: Final = Font(name="Calibri", size=9, color="7B8798")
_MARKS: Final = {
    sign: PatternFill("solid", fgColor=colour) for sign, colour in (("✓", "E3F4E9"), ("✗", "FBE4E2"), ("−", "FDF1DC"))
}


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
    made = stamp or datetime.combine(document.term.first_day, time(), UTC)
    return _settled(_Sheets(Views(document, timetable), Texts(lang)).written(), made)


class _Sheets:
    """The workbook as it grows."""

    def __init__(self, views: Views, texts: Texts) -> None:
        self.views, self.texts = views, texts
        self.book = Workbook()
        self._styles: dict[tuple[object, ...], tuple[Any, object]] = {}  # with what the ids in the key are of
        self.book.properties.creator = "Zvonok"
        self.book.properties.title = views.document.term.name

    def written(self) -> bytes:
        first = self.book.active
        assert first is not None
        self.book.remove(first)
        self.summary()
        for kind in KINDS:
            everybody = sorted(
                participants(self.views.document, kind), key=lambda who: self.texts.sort_key(who.full_name)
            )
            if everybody:
                self.grids(kind, everybody)
        self.lessons()
        self.occurrences()
        self.rules()
        self.faults()
        if self.views.timetable.self_paced:
            self.self_paced()
        stream = BytesIO()
        self.book.save(stream)
        return stream.getvalue()

    @cached_property
    def fills(self) -> dict[str, PatternFill]:
        """The background of each subject."""
        found = looks(self.views.document.subjects)
        return {key: PatternFill("solid", fgColor=look.light[1:].upper()) for key, look in found.items()}

    @cached_property
    def beside(self) -> tuple[float, ...]:
        """The widths of the columns beside the days; periods with names take more than those with numbers."""
        names = [bell.name.strip() for bells in self.views.document.bells for bell in bells.periods]
        longest = max(map(len, names), default=0)
        return (*_BESIDE[:3], max(_BESIDE[3], min(12.0, longest + 1.0)), *_BESIDE[4:])

    def summary(self) -> None:
        texts, timetable, term = self.texts, self.views.timetable, self.views.document.term
        gap = None
        if timetable.cost is not None and timetable.bound is not None:
            gap = (timetable.cost - timetable.bound) / timetable.cost if timetable.cost else 0.0
        rows: list[tuple[str, Any]] = [
            (texts("Term"), term.name),
            (texts("First day"), term.first_day),
            (texts("Last day"), term.last_day),
            (texts("Timetable"), timetable.name or timetable.id),
            (texts("Status"), texts(status(timetable))),
            (texts("Cost"), timetable.cost),
            (texts("Proven bound"), timetable.bound),
            (texts("Gap"), gap),
            (texts("Lessons of the pattern"), sum(placement.kind == "lesson" for placement in timetable.pattern)),
            (texts("What the calendar breaks"), len(timetable.faults)),
        ]
        sheet = self._sheet(texts("Summary"), [(texts("What"), 34), (texts("Value"), 60)])
        for at, (what, value) in enumerate(rows, 2):
            self._put(sheet, at, 1, what, font=_NAME)
            form = "0.0%" if isinstance(value, float) else "General"
            self._put(sheet, at, 2, value, font=_HEAD, align=_LEFT, form=form)
        left_out = each_told(texts, timetable.left_out or self.views.document.left_out)
        for at, thing in enumerate(left_out, 2 + len(rows)):
            self._put(sheet, at, 1, texts("Not looked at"), font=_NAME, fill=_MARKS["−"])
            self._put(sheet, at, 2, thing, font=_HEAD, align=_LEFT, fill=_MARKS["−"])

    def grids(self, kind: Kind, everybody: Sequence[Participant]) -> None:
        """One sheet of week grids, below one another."""
        texts = self.texts
        grids = [self.views.grid(who) for who in everybody]
        days = max(grid.days for grid in grids)
        width = max(13.0, (_WIDTH - sum(self.beside)) / days)
        beside = (texts("Name"), texts("About"), texts("Week"), texts("No."), texts("Time"))
        headings = zip(beside, self.beside, strict=True)
        every = range(1, self.views.document.term.cycle + 1)
        named = ((day_of_cycle(self.views.document.term, texts, every, day), width) for day in range(days))
        sheet = self._sheet(texts(TITLES[kind]), [*headings, *named], freeze="F2")
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
        border = _TOP if number == 0 else _AROUND
        told = detail(self.views, who, texts)
        self._put(sheet, at, 1, who.name, font=_AGAIN if number else _NAME, border=border)
        self._put(sheet, at, 2, told, font=_AGAIN if number else _SMALL, border=border)
        week = texts("all weeks") if every else weeks[0]
        self._put(sheet, at, 3, week, border=border, align=_MIDDLE)
        self._put(sheet, at, 4, row.name or row.number, font=_NAME, border=border, align=_MIDDLE, fill=_GREY)
        self._put(sheet, at, 5, f"{row.start:%H:%M}\n{row.end:%H:%M}", border=border, align=_MIDDLE, fill=_GREY)
        lines = max(2, -(-len(who.name) // 16), -(-len(told) // 14), -(-len(row.name) // int(self.beside[3])))
        term = self.views.document.term
        for day in range(grid.days):
            meetings = grid.cell(weeks[0], day, number)
            text = "\n".join(self._told(who, meeting, row) for meeting in meetings)
            subjects = {self.views.subject(meeting.placement) for meeting in meetings}
            fill = self._fill(subjects.pop()) if len(subjects) == 1 else _PLAIN
            if term.day_names and not meetings and not own_names(term, weeks, day):
                fill = _GREY  # no day of that week of the cycle
            self._put(sheet, at, 6 + day, text or None, border=border, fill=fill)
            lines = max(lines, sum(-(-len(line) // max(1, int(width * 1.25))) for line in text.split("\n")))
        height = min(409.0, 4 + _LINE * lines)
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
        sheet = self._sheet(texts("Lessons"), [
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
                placement.event, self.views.title(placement), label(self.views.document, "subjects", subject),
                placement.section, mode(placement, texts), ", ".join(map(str, placement.weeks)),
                day_of_cycle(term, texts, placement.weeks, weekdays.index(placement.weekday)),
                periods(self.views, placement),
                placement.start, placement.end, placement.time_zone, self._names("sites", [placement.site]),
                self._names("rooms", placement.rooms), self._names("teachers", placement.teachers),
                self._names("groups", placement.groups), len(placement.students),
                self._names("students", placement.students), self._staff(placement), self._seats(placement),
                texts("yes") if placement.pinned else "",
            ]  # fmt: skip
            self._values(sheet, at, values, {2: self._fill(subject)})

    def occurrences(self) -> None:
        """One row for each dated meeting, lost ones too."""
        texts = self.texts
        sheet = self._sheet(texts("By dates"), [
            (texts("Date"), 12), (texts("Day"), 13), (texts("Start"), 8), (texts("End"), 8), (texts("Time zone"), 16),
            (texts("Course"), 28), (texts("Section"), 9), (texts("Status"), 12), (texts("Reason"), 24),
            (texts("Mode"), 9), (texts("Teachers"), 28), (texts("Groups"), 12), (texts("Room"), 14),
            (texts("Workstations"), 40), (texts("Occurrence"), 20),
        ], freeze="B2")  # fmt: skip
        told = sorted(self.views.timetable.occurrences, key=lambda occurrence: (occurrence.start, occurrence.id))
        for at, occurrence in enumerate(told, 2):
            placement = self.views.effective(occurrence)
            zone = ZoneInfo(placement.time_zone)
            start, end = occurrence.start.astimezone(zone), occurrence.end.astimezone(zone)
            values: list[Any] = [
                start.date(), weekday(texts, start.weekday()), start.time(), end.time(), placement.time_zone,
                self.views.title(placement), placement.section, texts(occurrence_status(occurrence)),
                occurrence.reason, mode(placement, texts), self._names("teachers", placement.teachers),
                self._names("groups", placement.groups), self._names("rooms", placement.rooms),
                self._seats(placement), occurrence.id,
            ]  # fmt: skip
            self._values(sheet, at, values, {6: self._fill(self.views.subject(placement))})

    def rules(self) -> None:
        texts = self.texts
        sheet = self._sheet(texts("Rules"), [
            ("", 5), (texts("Rule"), 50), (texts("Name in the policy"), 20), (texts("Weight"), 13),
            (texts("Deviation"), 12), (texts("Cost"), 10), (texts("Where it is missed"), 70),
        ])  # fmt: skip
        at = 2
        for rule in sorted(self.views.timetable.rules, key=lambda rule: (rule.weight != "required", -rule.cost)):
            weight = texts(WEIGHTS[rule.weight]) if isinstance(rule.weight, str) else rule.weight
            sign = "✓" if not rule.deviation else "✗" if rule.weight == "required" else "−"
            for sentence in rule.sentences or ("",):
                told = [sign, texts(rule.name), rule.rule, weight, rule.deviation, rule.cost, sentence]
                self._values(sheet, at, told, {1: _MARKS[sign]})
                at += 1

    def faults(self) -> None:
        texts = self.texts
        headings = [(texts("Date"), 12), (texts("What the calendar breaks"), 90), (texts("Occurrences"), 40)]
        sheet = self._sheet(texts("Faults by date"), headings)
        for at, fault in enumerate(self.views.timetable.faults, 2):
            self._values(sheet, at, [fault.date, fault.sentence, ", ".join(fault.occurrences)], {})

    def self_paced(self) -> None:
        texts = self.texts
        sheet = self._sheet(texts("Self-paced courses"), [
            (texts("Deadline"), 12), (texts("Course"), 34), (texts("Hours a week"), 10), (texts("Groups"), 16),
            (texts("Students"), 60),
        ])  # fmt: skip
        told = sorted(self.views.timetable.self_paced, key=lambda item: (item.deadline, item.course))
        for at, item in enumerate(told, 2):
            who = self._names("students", item.students)
            groups = self._names("groups", item.groups)
            title = self.views.course_title(item.course)
            self._values(sheet, at, [item.deadline, title, float(item.hours), groups, who], {})

    def _sheet(self, title: str, columns: Sequence[tuple[str, float]], freeze: str = "A2") -> Worksheet:
        """Make a sheet with a heading that stays, a filter, and set up for A4 across."""
        sheet: Worksheet = self.book.create_sheet(re.sub(r"[\[\]:*?/\\]", " ", title)[:31])
        for at, (heading, width) in enumerate(columns, 1):
            self._put(sheet, 1, at, heading, font=_HEAD, fill=_GREY, align=_MIDDLE)
            sheet.column_dimensions[get_column_letter(at)].width = width
        sheet.freeze_panes = freeze
        sheet.print_title_rows = "1:1"
        sheet.page_setup.orientation = "landscape"
        sheet.page_setup.paperSize = 9  # A4
        sheet.page_setup.scale = min(100, max(35, int(100 * _WIDTH / sum(width for _, width in columns))))
        margins = sheet.page_margins
        sheet.print_options.horizontalCentered = True
        margins.left = margins.right = 0.35
        margins.top, margins.bottom, margins.header, margins.footer = 0.6, 0.5, 0.25, 0.25
        name = self.views.document.term.name.replace("&", "&&")[:150]
        header, footer = sheet.oddHeader, sheet.oddFooter
        assert header is not None
        assert footer is not None
        header.left.text, header.right.text, footer.right.text = name, "&A", "&P / &N"
        sheet.auto_filter.ref = f"A1:{get_column_letter(len(columns))}1"
        return sheet

    def _values(self, sheet: Worksheet, at: int, values: Sequence[Any], fills: dict[int, PatternFill]) -> None:
        for column, value in enumerate(values, 1):
            self._put(sheet, at, column, value, fill=fills.get(column, _PLAIN))
        sheet.auto_filter.ref = f"A1:{get_column_letter(len(values))}{at}"

    def _put(
        self,
        sheet: Worksheet,
        row: int,
        column: int,
        value: Any,
        font: Font = _SMALL,
        fill: PatternFill = _PLAIN,
        border: Border = _AROUND,
        align: Alignment = _WRAP,
        form: str = "General",
    ) -> None:
        """Write a cell; text is text, even where it begins like a formula, and stays text when somebody edits it."""
        cell: Any = sheet.cell(row, column)
        cell.value = value = ILLEGAL_CHARACTERS_RE.sub("", value)[:_LONGEST] if isinstance(value, str) else value
        if isinstance(value, str):
            cell.data_type = "s"
        elif isinstance(value, date):
            form = "dd.mm.yyyy"
        elif isinstance(value, time):
            form = "hh:mm"
        formula = isinstance(value, str) and value.startswith(("=", "+", "-", "@", "\t"))
        look = (font, fill, border, align, form, formula)
        key = (*map(id, look[:4]), form, formula)
        if key not in self._styles:
            cell.font, cell.fill, cell.border, cell.alignment, cell.number_format = look[:5]
            cell.quotePrefix = formula
            self._styles[key] = cell._style, look  # noqa: SLF001 - setting styles one by one is fifty times slower
        else:
            cell._style = copy(self._styles[key][0])  # noqa: SLF001

    def _fill(self, subject: str | None) -> PatternFill:
        return self.fills.get(subject or "", _PLAIN)

    def _names(self, kind: str, keys: Iterable[str | None]) -> str:
        return ", ".join(label(self.views.document, kind, key) for key in keys if key is not None)

    def _staff(self, placement: Placement) -> str:
        parts = [self._names("tutors", placement.tutors), self._names("support", placement.support)]
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


def _settled(body: bytes, stamp: datetime) -> bytes:
    """Pack the workbook anew without the clock, which openpyxl writes into it."""
    moment = f"{stamp.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}".encode()
    packed = BytesIO()
    with zipfile.ZipFile(BytesIO(body)) as source, zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as target:
        for entry in source.infolist():
            content = source.read(entry)
            if entry.filename == "docProps/core.xml":
                content = re.sub(rb"(<dcterms:(created|modified)[^>]*>)[^<]*", rb"\g<1>" + moment, content)
            settled = zipfile.ZipInfo(entry.filename, (1980, 1, 1, 0, 0, 0))
            settled.compress_type = zipfile.ZIP_DEFLATED
            target.writestr(settled, content)
    return packed.getvalue()
