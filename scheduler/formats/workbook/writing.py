"""A document becomes a workbook."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from openpyxl import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from scheduler import files
from scheduler.domain.document import Document
from scheduler.errors import BadInput, Fault, Place
from scheduler.formats.workbook.layout import CHOICE, OWNER, Sheet, way
from scheduler.formats.workbook.paper import LONGEST, add_sheet, add_validations, fill, write_guide
from scheduler.formats.workbook.sheets import SHEETS
from scheduler.texts import preferred
from solver.sentence import sentence


def write(document: Document, path: Path, lang: str | None = None) -> None:
    """Write a term's document as a workbook.

    Parameters
    ----------
    document
        Whatever it holds is written, and read back as it was.
    path
        The file.
    lang
        The language of sheets, headings and words: ``"en"`` or ``"ru"``; by default what the locale asks for.

    Raises
    ------
    BadInput
        When a text is longer than a cell can be, or the file cannot be written.
    """
    lang = lang or preferred()
    book = Workbook()
    book.remove(book.worksheets[0])
    write_guide(book, lang)
    faults: list[Fault] = []
    for sheet in SHEETS:
        page = add_sheet(book, sheet, lang)
        for number, (values, path_of) in enumerate(_rows(document, sheet), 2):
            _write_row(page, sheet, number, values, lang, path_of, faults)
    add_validations(book, lang, first_row=2)
    if faults:
        raise BadInput(fault.within(str(path)) for fault in faults)
    with files.write(path) as stream:
        book.save(stream)


def _write_row(
    page: Worksheet, sheet: Sheet, number: int, values: dict[str, Any], lang: str, record: str, faults: list[Fault]
) -> None:
    for position, column in enumerate(sheet.columns, 1):
        value = values.get(column.field)
        if value is None:
            continue
        cell = column.kind.write(value, lang)
        if isinstance(cell, str) and not fill(page.cell(number, position), column, cell):
            must = sentence("A cell of a workbook must hold at most {most} characters.", most=LONGEST)
            faults.append(Fault(Place(path=f"{record}.{column.field}"), must))
        elif not isinstance(cell, str):
            fill(page.cell(number, position), column, cell)


def _rows(document: Document, sheet: Sheet) -> Iterator[tuple[dict[str, Any], str]]:
    """Tell the rows of a sheet: the values of the fields that are not as they are by default where that is empty."""
    for choice, path in sheet.lists.items():
        for owner, record, name in _records(document, path):
            values = {
                column.field: _get(record, column.field)
                for column in sheet.columns
                if column.field not in {OWNER, CHOICE}
            }
            if sheet.single and sheet.owned and all(value is None for value in values.values()):
                continue
            yield {**values, OWNER: owner, CHOICE: choice}, name


def _records(document: Document, path: str) -> Iterator[tuple[str | None, Any, str]]:
    """Walk a list of the document: each record's owner's id, the record, and its path."""
    top, owned, rest = path.partition("[]")
    if not owned:
        found = _get(document, top)
        if found is document:
            yield None, document, ""
        else:
            yield from ((None, item, f"{top}[{number}]") for number, item in enumerate(found))
        return
    rest = rest.lstrip(".")
    for number, owner in enumerate(_get(document, top)):
        name = f"{top}[{number}]"
        if not rest:
            yield owner.id, owner, name
        else:
            for index, item in enumerate(_get(owner, rest)):
                yield owner.id, item, f"{name}.{rest}[{index}]"


def _get(record: Any, field: str) -> Any:
    """Return a field of a record, or of a part of it; None where that part is not there."""
    for name in way(field):
        if record is None:
            return None
        record = getattr(record, name)
    return record
