"""A workbook as it grows: sheets that print on A4, cells in a few looks, and bytes that do not depend on the clock.

A name is written as text, whatever it looks like: no formula comes from somebody's data.
"""

import re
import zipfile
from collections.abc import Iterable, Mapping, Sequence
from copy import copy
from datetime import UTC, date, datetime, time
from functools import cached_property
from io import BytesIO
from typing import Any, Final

from openpyxl import Workbook
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from scheduler.domain.document import Document
from scheduler.publish.colours import looks
from scheduler.publish.participants import label

LINE: Final = 12.6
"""Points of a line of small print."""
WIDTH: Final = 112.0
"""Characters of a line of A4 across at full size, in the widest fonts that stand in for Calibri."""
UPRIGHT: Final = 77.0
"""The same of A4 upright."""
_LONGEST: Final = 32_767
"""Characters of a cell, by the format's limits."""

PLAIN: Final = PatternFill()
GREY: Final = PatternFill("solid", fgColor="EEF1F5")
MARKS: Final = {
    sign: PatternFill("solid", fgColor=colour) for sign, colour in (("✓", "E3F4E9"), ("✗", "FBE4E2"), ("−", "FDF1DC"))
}
"""The backgrounds of what is kept, missed, and costs."""
_THIN: Final = Side("thin", "C3CAD5")
_THICK: Final = Side("medium", "5B6678")
BARE: Final = Border()
BELOW: Final = Border(bottom=_THIN)
AROUND: Final = Border(_THIN, _THIN, _THIN, _THIN)
TOP: Final = Border(_THIN, _THIN, _THICK, _THIN)
WRAP: Final = Alignment(vertical="top", wrap_text=True)
LEFT: Final = Alignment(horizontal="left", vertical="top", wrap_text=True)
BOTTOM: Final = Alignment(horizontal="left", vertical="bottom", wrap_text=True)
MIDDLE: Final = Alignment(horizontal="center", vertical="top", wrap_text=True)
HEAD: Final = Font(name="Calibri", size=11, bold=True)
SMALL: Final = Font(name="Calibri", size=9)
NAME: Final = Font(name="Calibri", size=10, bold=True)
AGAIN: Final = Font(name="Calibri", size=9, color="7B8798")


class Book:
    """The workbook of a document, sheet by sheet."""

    def __init__(self, document: Document, title: str) -> None:
        self.document, self.title = document, title
        self._styles: dict[tuple[object, ...], tuple[Any, object]] = {}  # with what the ids in the key are of
        self._book = Workbook()
        self._book.properties.creator = "Zvonok"
        self._book.properties.title = title
        first = self._book.active
        assert first is not None
        self._book.remove(first)

    def packed(self, stamp: datetime | None) -> bytes:
        """Return the file, as made at that moment; the term's first day where it is left out."""
        stream = BytesIO()
        self._book.save(stream)
        return _settled(stream.getvalue(), stamp or datetime.combine(self.document.term.first_day, time(), UTC))

    def sheet(self, title: str, columns: Sequence[tuple[str, float]], freeze: str = "A2") -> Worksheet:
        """Make a sheet with a heading that stays, a filter, and set up for A4 across."""
        sheet = self.paper(title, [width for _, width in columns], WIDTH)
        for at, (heading, _) in enumerate(columns, 1):
            self.put(sheet, 1, at, heading, font=HEAD, fill=GREY, align=MIDDLE)
        sheet.freeze_panes = freeze
        sheet.print_title_rows = "1:1"
        sheet.page_setup.orientation = "landscape"
        sheet.auto_filter.ref = f"A1:{get_column_letter(len(columns))}1"
        return sheet

    def paper(self, title: str, widths: Sequence[float], across: float = UPRIGHT) -> Worksheet:
        """Make an empty sheet with columns of some widths, set up for A4 upright, or so many characters across."""
        sheet: Worksheet = self._book.create_sheet(re.sub(r"[\[\]:*?/\\]", " ", title)[:31])
        for at, width in enumerate(widths, 1):
            sheet.column_dimensions[get_column_letter(at)].width = width
        sheet.page_setup.orientation = "portrait"
        sheet.page_setup.paperSize = 9  # A4
        sheet.page_setup.scale = min(100, max(35, int(100 * across / sum(widths))))
        margins = sheet.page_margins
        sheet.print_options.horizontalCentered = True
        margins.left = margins.right = 0.35
        margins.top, margins.bottom, margins.header, margins.footer = 0.6, 0.5, 0.25, 0.25
        header, footer = sheet.oddHeader, sheet.oddFooter
        assert header is not None
        assert footer is not None
        header.left.text, header.right.text = self.title.replace("&", "&&")[:150], "&A"
        footer.right.text = "&P / &N"
        return sheet

    def values(
        self, sheet: Worksheet, at: int, values: Sequence[Any], fills: Mapping[int, PatternFill] | None = None
    ) -> None:
        """Write a row of a list, some of its columns with a background, and let the filter reach to it."""
        for column, value in enumerate(values, 1):
            self.put(sheet, at, column, value, fill=(fills or {}).get(column, PLAIN))
        sheet.auto_filter.ref = f"A1:{get_column_letter(len(values))}{at}"

    def put(
        self,
        sheet: Worksheet,
        row: int,
        column: int,
        value: Any,
        font: Font = SMALL,
        fill: PatternFill = PLAIN,
        border: Border = AROUND,
        align: Alignment = WRAP,
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

    def fill(self, subject: str | None) -> PatternFill:
        """The background of a subject; none for what has no subject."""
        return self._fills.get(subject or "", PLAIN)

    def names(self, kind: str, keys: Iterable[str | None]) -> str:
        """What people call some things of a list of the document."""
        return ", ".join(label(self.document, kind, key) for key in keys if key is not None)

    @cached_property
    def _fills(self) -> dict[str, PatternFill]:
        found = looks(self.document.subjects)
        return {key: PatternFill("solid", fgColor=look.light[1:].upper()) for key, look in found.items()}


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
