"""What a sheet and a column are; the table of them all is in `scheduler.formats.workbook.sheets`."""

from dataclasses import dataclass
from functools import cached_property
from typing import Any, Final, NamedTuple

from scheduler.formats.workbook.kinds import Kind
from scheduler.formats.workbook.words import Both, plain

OWNER: Final = "@owner"
"""The field of a column that holds the id of the record that a row belongs to."""

CHOICE: Final = "@list"
"""The field of a column that says which of the sheet's lists a row belongs to."""

RULES: Final = "@rules"
"""What a column names that names rules of the engine, not records of the document."""


class Column(NamedTuple):
    """A column: one field of a row's record.

    Attributes
    ----------
    field : str
        The way from the record to the field: ``"room.seats"``; or `OWNER`, or `CHOICE`.
    kind : Kind
        What its cells hold.
    heading, note : Both
        What stands above it, and what to write into it.
    example : object
        What the example row holds, as the document would; `Both` where the languages differ.
    required : bool
        Whether every row must fill it.
    names : tuple of str
        The lists of the document whose ids it names, for drop-downs.
    """

    field: str
    kind: Kind
    heading: Both
    note: Both
    example: Any = None
    required: bool = False
    names: tuple[str, ...] = ()


@dataclass(frozen=True)
class Sheet:
    """A sheet: one list of the document, or the same list of several sorts of records.

    Attributes
    ----------
    title, note : Both
        What stands on its tab, and what it is for.
    lists : dict of str to str
        What the column `CHOICE` says, to where the rows go: ``{"": "students"}``, ``{"rooms": "rooms[].hours"}``.
    columns : tuple of Column
    single : bool
        Whether there is one record, not a list: the whole term, one teacher's limits.
    needed : bool
        Whether a workbook must have it.
    each : bool
        Whether every record that its rows may belong to must have one.
    """

    title: Both
    note: Both
    lists: dict[str, str]
    columns: tuple[Column, ...]
    single: bool = False
    needed: bool = False
    each: bool = False

    @cached_property
    def owned(self) -> bool:
        """Whether its rows belong to records of other sheets."""
        return any(column.field == OWNER for column in self.columns)

    @cached_property
    def headings(self) -> dict[str, tuple[Column, str]]:
        """Every heading that is read, and the column and the language that it is of."""
        return {
            plain(heading): (column, lang)
            for column in self.columns
            for lang, heading in zip(("ru", "en"), (column.heading.ru, column.heading.en), strict=True)
        }


EXAMPLE: Final = Both("example: ", "пример: ")
"""What the first cell of a row begins with that is only there to show how."""


def col(
    field: str,
    kind: Kind,
    heading: tuple[str, str],
    note: tuple[str, str],
    example: Any = None,
    *,
    required: bool = False,
    names: tuple[str, ...] = (),
) -> Column:
    """Write a column down; pairs are English and Russian."""
    return Column(field, kind, Both(*heading), Both(*note), example, required, names)


def way(path: str) -> tuple[str, ...]:
    """Take a dotted path apart."""
    return tuple(path.split(".")) if path else ()
