"""Workbooks as people fill them in, to break in tests, and what `zvonok check` says of them."""

from collections.abc import Callable
from datetime import date, time
from pathlib import Path
from typing import Any

from openpyxl import Workbook
from typer.testing import CliRunner

from scheduler.cli import app

Sheets = dict[str, list[list[Any]]]

WHOLE: Sheets = {
    "Term": [["First day", "Last day", "Weeks in the cycle"], [date(2026, 9, 1), date(2026, 12, 29), 2]],
    "Bell schedules": [["Id", "Name"], ["main", "First shift"]],
    "Periods": [
        ["Bells", "Lesson", "Start", "End"],
        ["main", 1, time(8, 30), time(9, 10)],
        ["main", 2, time(9, 20), time(10, 0)],
    ],
    "Sites": [["Id", "Bells"], ["centre", "main"]],
    "Rooms": [["Id", "Site", "Seats"], ["room12", "centre", 12]],
    "Subjects": [["Id", "Name"], ["algebra", "Algebra"]],
    "Teachers": [["Id", "Name", "Site"], ["t1", "Anna Ivanova", "centre"]],
    "Courses": [
        ["Id", "Subject", "Hours a week", "Form sections", "Teachers"],
        ["algebra9", "algebra", 2, "yes", "t1"],
    ],
    "Students": [["Id", "Name", "Grade", "Site"], ["s1", "Pyotr Petrov", 9, "centre"], ["s2", "Olga", 9, "centre"]],
    "Plans": [["Student", "Course", "Hours a week"], ["s1", "algebra9", 2], ["s2", "algebra9", 2]],
}


def saved(sheets: Sheets, path: Path, then: Callable[[Workbook], None] | None = None) -> Path:
    """Save the rows of sheets as a workbook, after a change."""
    book = Workbook()
    book.remove(book.worksheets[0])
    for title, rows in sheets.items():
        page = book.create_sheet(title)
        for row in rows:
            page.append(row)
    if then is not None:
        then(book)
    book.save(path)
    return path


def changed(sheet: str, cell: str, value: Any) -> Callable[[Workbook], None]:
    """Return a change of a cell."""

    def change(book: Workbook) -> None:
        book[sheet][cell] = value

    return change


def added(sheet: str, column: int, heading: str, value: str) -> Callable[[Workbook], None]:
    """Return a change that adds a column with a value in its first row."""

    def change(book: Workbook) -> None:
        book[sheet].cell(1, column, heading)
        book[sheet].cell(2, column, value)

    return change


def told(path: Path, lang: str = "en") -> list[str]:
    """What `zvonok check` says of a file, with exit code 2 and without a traceback."""
    done = CliRunner().invoke(app, ["check", str(path), "--lang", lang], env={"COLUMNS": "80"})
    assert isinstance(done.exception, SystemExit), done.exception
    assert (done.exit_code, done.stdout) == (2, "")
    return [line.removeprefix(f"{path}: ") for line in done.stderr.splitlines()]
