"""An empty workbook to fill in: headings, notes, drop-downs, and an example row on each sheet."""

from pathlib import Path

from openpyxl import Workbook

from scheduler import files
from scheduler.errors import BadInput, Fault, Place
from scheduler.formats.workbook.paper import add_example, add_sheet, add_validations, write_guide
from scheduler.formats.workbook.sheets import SHEETS
from scheduler.texts import preferred
from solver.sentence import sentence


def init(path: Path, lang: str | None = None) -> None:
    """Write an empty workbook.

    Parameters
    ----------
    path
        The file.
    lang
        ``"en"`` or ``"ru"``; by default what the locale asks for.

    Raises
    ------
    BadInput
        When the file cannot be written, or stands there already.
    """
    if path.exists():
        must = sentence("There must be no file of this name yet, lest what it holds be lost.")
        raise BadInput([Fault(Place(file=str(path)), must, sentence("Maybe give another name."))])
    lang = lang or preferred()
    book = Workbook()
    book.remove(book.worksheets[0])
    write_guide(book, lang)
    for sheet in SHEETS:
        add_example(add_sheet(book, sheet, lang), sheet, lang)
    add_validations(book, lang, first_row=3)
    with files.write(path) as stream:
        book.save(stream)
