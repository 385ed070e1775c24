"""A workbook becomes a document, or every one of its faults with its cell."""

import re
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from scheduler.domain.check import check
from scheduler.domain.document import Document
from scheduler.domain.faults import faults_of
from scheduler.errors import BadInput, Fault
from scheduler.formats import unreadable
from scheduler.formats.workbook.cells import read_sheets
from scheduler.formats.workbook.package import Package, Unusable, looks_like_workbook
from scheduler.formats.workbook.places import in_order, parse
from scheduler.formats.workbook.rows import Draft, take_away

ROUNDS = 5
"""Times that faults are taken out to look for others behind them."""


def recognise(head: bytes, name: str) -> bool:
    """Tell from the beginning of a file, and from its name where that leaves a doubt, whether it is in this format."""
    return looks_like_workbook(head, name)


def read(path: Path, *, checked: bool = True) -> Document:
    """Read a term's document from a workbook and check it.

    Parameters
    ----------
    path
        The file.
    checked
        Whether what contradicts itself is refused, too; else only what cannot be read.

    Raises
    ------
    BadInput
        With every fault, each with its sheet and cell.
    """
    draft, titles = _draft(path)
    document, faults = _judged(draft, checked=checked)
    if faults or document is None:
        raise BadInput(fault.within(str(path)) for fault in in_order(faults, titles))
    return document


def placed(path: Path, faults: Iterable[Fault]) -> tuple[Fault, ...]:
    """Tell faults of a document's fields, found after it was read, as ones of the cells of its workbook."""
    draft, titles = _draft(path)
    return tuple(fault.within(str(path)) for fault in in_order(map(draft.source.translated, faults), titles))


def _draft(path: Path) -> tuple[Draft, list[str]]:
    """Read the cells of a workbook; return what they make and the titles of the sheets."""
    try:
        sheets = read_sheets(Package(path.read_bytes()))
    except OSError as error:
        raise unreadable(path, error) from None
    except Unusable as unusable:
        raise unusable.told(str(path)) from unusable
    draft = Draft()
    draft.take(sheets)
    return draft, [sheet.title for sheet in sheets]


def _judged(draft: Draft, *, checked: bool) -> tuple[Document | None, list[Fault]]:
    """Make a document of a draft, with all faults of the cells, of the fields and of the whole."""
    faults = list(draft.faults)
    document, errors = _validated(draft)
    told = {fault.place for fault in faults}
    for error in errors:
        fault = draft.source.translated(error)
        if fault.place not in told and (fault.place.cell is not None or not faults):
            faults.append(fault)
    if document is not None and checked and not _term_is_unsure(draft):
        told = {fault.place for fault in faults}
        for found in check(document):
            fault = draft.source.translated(found)
            unsure = _is_unsure(draft, fault) or _names_unknown(draft, found) or _misses_rows(draft, found)
            if fault.place not in told and not unsure:
                faults.append(fault)
    return document, faults


def _validated(draft: Draft) -> tuple[Document | None, list[Fault]]:
    """Validate, with whatever is wrong taken out or stood in for until the rest can be looked at."""
    faults: list[Fault] = []
    for _ in range(ROUNDS):
        try:
            return Document.model_validate(draft.raw), faults
        except ValidationError as error:
            faults += faults_of(error, Document)
            mended = [_mended(draft, details["loc"]) for details in error.errors(include_url=False)]
            if not all(mended):
                break
    return None, faults


def _mended(draft: Draft, loc: tuple[int | str, ...]) -> bool:
    found = draft.source.find(loc)
    if found is None:
        return False
    way, row, column = found
    if column is None:
        return False
    record: Any = draft.raw
    for part in way:
        record = record[part]
    if column.required:
        draft.stand_in(record, row, column)
    else:
        take_away(record, column.field)
    return True


def _term_is_unsure(draft: Draft) -> bool:
    """Whether the days of the term are not known, without which nothing can be told of any date."""
    rows = draft.source.rows.get((), ())
    return not rows or any({(row.title, None), (row.title, row.number)} & draft.unsure for row in rows)


def _names_unknown(draft: Draft, fault: Fault) -> bool:
    """Whether a field names something of a list of which an id could not be read."""
    found = draft.source.find(parse(fault.place.path or ""))
    return found is not None and found[2] is not None and not draft.nameless.isdisjoint(found[2].names)


def _misses_rows(draft: Draft, fault: Fault) -> bool:
    """Whether a field is a list of which a row could not be told whose it is."""
    return re.sub(r"\[[0-9]+\]", "[]", fault.place.path or "") in draft.astray


def _is_unsure(draft: Draft, fault: Fault) -> bool:
    title, cell = fault.place.sheet, fault.place.cell
    if title is None:
        return bool(draft.unsure)
    row = int("".join(filter(str.isdecimal, cell))) if cell else None
    return (title, None) in draft.unsure or (title, row) in draft.unsure
