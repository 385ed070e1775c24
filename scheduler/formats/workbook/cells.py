"""The sheets of a workbook as rows of plain values; what no plain value is, a formula say, is named for what it is."""

import posixpath
import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import Final

from openpyxl.styles.numbers import BUILTIN_FORMATS, is_date_format, is_timedelta_format
from openpyxl.utils import get_column_letter, range_boundaries
from openpyxl.utils.datetime import MAC_EPOCH, WINDOWS_EPOCH, from_excel

from scheduler.formats.workbook.package import Handler, Package, Unusable, unescape
from solver.sentence import sentence

MOST_CELLS: Final = 3_000_000
MOST_COLUMNS: Final = 16_384


@dataclass(frozen=True, slots=True)
class Formula:
    """A formula where a value should be."""

    text: str


@dataclass(frozen=True, slots=True)
class Broken:
    """What a spreadsheet shows when it cannot tell a value: ``#REF!``."""

    text: str


Value = bool | int | float | str | date | datetime | time | timedelta
Cell = Value | Formula | Broken


@dataclass(frozen=True, slots=True)
class RawSheet:
    """A sheet as it is in the file.

    Attributes
    ----------
    title : str
    rows : dict of int to dict of int to Cell
        Row number, column number, both counted from 1, to what is there; nothing empty.
    merged : list of str
        Ranges such as ``"B2:C3"``.
    """

    title: str
    rows: dict[int, dict[int, Cell]] = field(default_factory=dict)
    merged: list[str] = field(default_factory=list)


def cell_name(row: int, column: int) -> str:
    """Name a cell as spreadsheets do: ``D7``."""
    return f"{get_column_letter(column)}{row}"


def merged_corners(ranges: Iterable[str]) -> dict[tuple[int, int], str]:
    """Find the first cell (row, column) of each merged range; a range that is none is left out."""
    corners = {}
    for merged in ranges:
        try:
            left, top, _, _ = range_boundaries(merged)
        except (ValueError, TypeError):
            continue
        if isinstance(top, int) and isinstance(left, int):
            corners[top, left] = merged
    return corners


def read_sheets(package: Package) -> list[RawSheet]:
    """Read every sheet, in the order of the tabs.

    Raises
    ------
    Unusable
        When parts are missing, damaged or beyond all measure.
    """
    book = _Book()
    package.parse("xl/workbook.xml", book)
    targets = _Relations()
    package.parse("xl/_rels/workbook.xml.rels", targets)
    strings, styles = _Strings(), _Styles()
    for part, reader in (("xl/sharedStrings.xml", strings), ("xl/styles.xml", styles)):
        if package.has(part):
            package.parse(part, reader)
    sheets, left = [], MOST_CELLS
    for title, relation in book.sheets:
        if relation in targets.sheets:
            rows = _Rows(RawSheet(title), strings.items, styles, MAC_EPOCH if book.mac else WINDOWS_EPOCH, left)
            package.parse(targets.sheets[relation], rows)
            left = rows.left
            sheets.append(rows.sheet)
    return sheets


class _Book(Handler):
    def __init__(self) -> None:
        super().__init__()
        self.mac = False
        self.sheets: list[tuple[str, str]] = []

    def begin(self, name: str, attributes: dict[str, str]) -> None:
        if name == "workbookPr":
            self.mac = attributes.get("date1904", "0") in {"1", "true"}
        if name == "sheet" and self.path[-2:-1] == ["sheets"]:
            self.sheets.append((attributes.get("name", "?"), attributes.get("id", "")))


class _Relations(Handler):
    def __init__(self) -> None:
        super().__init__()
        self.sheets: dict[str, str] = {}

    def begin(self, name: str, attributes: dict[str, str]) -> None:
        inside = attributes.get("TargetMode", "Internal") == "Internal"
        if name == "Relationship" and inside and attributes.get("Type", "").endswith("/worksheet"):
            target = posixpath.normpath(posixpath.join("/xl", attributes.get("Target", "")))
            self.sheets[attributes.get("Id", "")] = target.lstrip("/")


class _Strings(Handler):
    """The texts that cells refer to by number; readings in small print above a word are no part of it."""

    def __init__(self) -> None:
        super().__init__()
        self.items: list[str] = []
        self._parts: list[str] = []

    def begin(self, name: str, attributes: dict[str, str]) -> None:  # noqa: ARG002 - as of every handler
        if name == "t" and "rPh" not in self.path:
            self.text = []

    def end(self, name: str) -> None:
        if name == "t" and self.text is not None:
            self._parts.append(self.taken())
        elif name == "si":
            self.items.append(unescape("".join(self._parts)))
            self._parts = []


class _Styles(Handler):
    """Which styles show a number as a date or a time."""

    def __init__(self) -> None:
        super().__init__()
        self._formats: dict[str, str] = {str(number): code for number, code in BUILTIN_FORMATS.items()}
        self._cells: list[str] = []

    def begin(self, name: str, attributes: dict[str, str]) -> None:
        if name == "numFmt":
            self._formats[attributes.get("numFmtId", "")] = attributes.get("formatCode", "")
        elif name == "xf" and self.path[-2:-1] == ["cellXfs"]:
            self._cells.append(attributes.get("numFmtId", "0"))

    def format(self, style: str) -> str:
        return (
            self._formats.get(self._cells[int(style)], "")
            if style.isdecimal() and int(style) < len(self._cells)
            else ""
        )


class _Rows(Handler):
    def __init__(self, sheet: RawSheet, strings: list[str], styles: _Styles, epoch: datetime, left: int) -> None:
        super().__init__()
        self.sheet, self.left = sheet, left
        self._strings, self._styles, self._epoch = strings, styles, epoch
        self._row = self._column = 0
        self._attributes: dict[str, str] = {}
        self._inline: list[str] = []
        self._content: str | None = None
        self._formula: str | None = None
        self._dates: dict[str, tuple[bool, bool]] = {}

    def begin(self, name: str, attributes: dict[str, str]) -> None:
        if name == "row":
            told = attributes.get("r", "")
            self._row = int(told) if _ROW.fullmatch(told) else self._row + 1
            self._column = 0
        elif name == "c":
            self._begin_cell(attributes)
        elif name in {"v", "f"} or (name == "t" and "rPh" not in self.path):
            self.text = []
        elif name == "mergeCell":
            self.sheet.merged.append(attributes.get("ref", ""))

    def end(self, name: str) -> None:
        if name == "c":
            self._end_cell()
        elif self.text is None:
            return
        elif name == "v":
            self._content = self.taken()
        elif name == "f":
            self._formula = self.taken()
        elif name == "t":
            self._inline.append(self.taken())

    def _begin_cell(self, attributes: dict[str, str]) -> None:
        self.left -= 1
        if self.left < 0:
            raise Unusable(sentence("The workbook must have at most {most} cells.", most=MOST_CELLS))
        self._attributes, self._content, self._formula, self._inline = attributes, None, None, []
        if named := _CELL.fullmatch(attributes.get("r", "")):
            self._column = 0
            for letter in named[1]:
                self._column = self._column * 26 + ord(letter) - 64
            self._row = int(named[2])
        else:
            self._column += 1
        if self._column > MOST_COLUMNS:
            raise Unusable(sentence("A sheet must have at most {most} columns.", most=MOST_COLUMNS))

    def _end_cell(self) -> None:
        value = self._value()
        if value is not None and value != "":
            self.sheet.rows.setdefault(self._row, {})[self._column] = value

    def _value(self) -> Cell | None:
        if self._formula is not None:
            return Formula("=" + self._formula)
        kind, content = self._attributes.get("t", "n"), self._content
        if kind == "inlineStr":
            return unescape("".join(self._inline))
        if content is None or content == "":
            return None
        match kind:
            case "s":
                known = content.isdecimal() and int(content) < len(self._strings)
                return self._strings[int(content)] if known else Broken(f"#{content}")
            case "str":
                return unescape(content)
            case "b":
                return content.strip() in {"1", "true"}
            case "e":
                return Broken(content)
            case "d":
                return _moment(content)
            case _:
                return self._number(content.strip())

    def _number(self, content: str) -> Cell:
        if not _NUMBER.fullmatch(content):
            return Broken(content)
        number = int(content) if content.lstrip("+-").isdigit() else float(content)
        style = self._attributes.get("s", "0")
        if style not in self._dates:
            code = self._styles.format(style)
            self._dates[style] = is_date_format(code), is_timedelta_format(code)
        is_date, is_length = self._dates[style]
        if not is_date and not is_length:
            return number
        try:
            found = from_excel(number, self._epoch, timedelta=is_length and not 0 <= number < 1)
        except (OverflowError, ValueError):
            return number
        return found if isinstance(found, (datetime, date, time, timedelta)) else Broken(content)


def _moment(content: str) -> Cell:
    for kind in (date, datetime, time):
        try:
            return kind.fromisoformat(content)
        except ValueError:
            continue
    return Broken(content)


_ROW: Final = re.compile(r"[1-9][0-9]{0,6}")
_CELL: Final = re.compile(r"([A-Z]{1,3})([1-9][0-9]{0,6})")
_NUMBER: Final = re.compile(r"[+-]?([0-9]{1,400}(\.[0-9]{0,400})?|\.[0-9]{1,400})([eE][+-]?[0-9]{1,3})?", re.ASCII)
