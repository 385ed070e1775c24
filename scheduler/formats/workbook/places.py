"""Which cell a field of the document came from, so that what is wrong with the field is told of the cell."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from typing import Final

from scheduler.errors import Fault, Place
from scheduler.formats.workbook.cells import cell_name
from scheduler.formats.workbook.layout import CHOICE, OWNER, Column, Sheet, way
from solver.sentence import Sentence

Way = tuple[int | str, ...]


@dataclass(frozen=True, slots=True)
class Row:
    """A row of a sheet that holds a record, or a part of one.

    Attributes
    ----------
    sheet : Sheet
    title : str
        As it stands on the tab.
    number : int
    columns : dict of str to int
        Where the fields' columns are in that file.
    """

    sheet: Sheet
    title: str
    number: int
    columns: dict[str, int]

    def place(self, column: str | None = None) -> Place:
        """Return the cell of a field, or the first of the row."""
        at = self.columns.get(column or "", min(self.columns.values(), default=1))
        return Place(sheet=self.title, cell=cell_name(self.number, at))


@dataclass(slots=True)
class Source:
    """The rows that the records of a document came from, by their ways."""

    rows: dict[Way, list[Row]] = field(default_factory=dict)
    titles: dict[str, str] = field(default_factory=dict)
    """The titles of the sheets that were read, by the lists that they hold."""

    def add(self, record: Way, row: Row) -> None:
        """Note where a record came from."""
        self.rows.setdefault(record, []).append(row)

    def find(self, loc: Way) -> tuple[Way, Row, Column | None] | None:
        """Find the record, row and column that a field came from; the column is None where the whole row is meant."""
        for length in range(len(loc), -1, -1):
            rows = self.rows.get(loc[:length], ())
            rest = loc[length:]
            for row in rows:
                column = _column(row.sheet, rest) if rest else None
                if column is not None:
                    return loc[:length], row, column
            if rows and (length or len(loc) == 0):
                return loc[:length], rows[0], None
        return None

    def place(self, path: str) -> Place | None:
        """Return the cell that a field's path leads to, or at least its sheet."""
        loc = parse(path)
        found = self.find(loc)
        if found is not None:
            _, row, column = found
            return row.place(column.field if column else None)
        title = self.titles.get(".".join(str(part) for part in loc if isinstance(part, str)))
        return None if title is None else Place(sheet=title)

    def translated(self, fault: Fault) -> Fault:
        """Tell a fault of a field as one of its cell, and what else it mentions, too."""
        place = self.place(fault.place.path) if fault.place.path is not None else None
        must = self._told(fault.must)
        maybe = fault.help and self._told(fault.help)
        return Fault(replace(place, file=fault.place.file) if place else fault.place, must, maybe)

    def _told(self, said: Sentence) -> Sentence:
        things = tuple((name, self._thing(thing)) for name, thing in said.things)
        return said if things == said.things else replace(said, things=things)

    def _thing(self, thing: object) -> object:
        if isinstance(thing, str) and _PATH.fullmatch(thing):
            place = self.place(thing)
            if place is not None and place.cell is not None:
                return f"{place.sheet}!{place.cell}"
        return thing


def in_order(faults: Iterable[Fault], titles: list[str]) -> list[Fault]:
    """Sort faults as a reader of the workbook comes upon them: by sheet, row and column."""
    order = {title: number for number, title in enumerate(titles)}

    def key(fault: Fault) -> tuple[int, int, int, str]:
        found = _CELL.fullmatch(fault.place.cell or "A0")
        letters, digits = found.groups() if found else ("", "0")
        return order.get(fault.place.sheet or "", -1), int(digits), len(letters), letters

    return sorted(faults, key=key)


def parse(path: str) -> Way:
    """Take a field's path apart: `students[3].plan[0].hours`."""
    return tuple(int(part[1:-1]) if part.startswith("[") else part for part in _PART.findall(path))


def _column(sheet: Sheet, rest: Way) -> Column | None:
    """Find the column of a field: its own, or that of what it is a part of, or that of its first part."""
    columns = [(way(column.field), column) for column in sheet.columns if column.field not in {OWNER, CHOICE}]
    around = [(len(own), column) for own, column in columns if own == rest[: len(own)]]
    if around:
        return max(around, key=lambda item: item[0])[1]
    return next((column for own, column in columns if rest == own[: len(rest)]), None)


_PART: Final = re.compile(r"\[[0-9]+\]|[^.\[\]]+")
_PATH: Final = re.compile(r"[a-z_]+(\.[a-z_]+)*\[[0-9]+\](\.[a-z_]+|\[[0-9]+\])*")
_CELL: Final = re.compile(r"([A-Z]+)([0-9]+)")
