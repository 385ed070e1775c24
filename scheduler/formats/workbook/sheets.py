"""The layout of a workbook: every sheet and column, as data, in the order in which people fill them in.

Reading, writing, headings, notes, examples and drop-downs all come from this one table. It stands in several
modules, by what it speaks of.
"""

from typing import Final

from scheduler.formats.workbook.layout import Sheet
from scheduler.formats.workbook.sheets_courses import COURSES
from scheduler.formats.workbook.sheets_exams import EXAMS
from scheduler.formats.workbook.sheets_people import PEOPLE
from scheduler.formats.workbook.sheets_places import PLACES
from scheduler.formats.workbook.sheets_requests import REQUESTS
from scheduler.formats.workbook.sheets_rules import RULES
from scheduler.formats.workbook.sheets_sessions import SESSIONS
from scheduler.formats.workbook.sheets_times import TIMES
from scheduler.formats.workbook.words import Both, plain

SHEETS: Final[tuple[Sheet, ...]] = (*PLACES, *PEOPLE, *TIMES, *COURSES, *RULES, *SESSIONS, *EXAMS, *REQUESTS)

GUIDE: Final = Both("Read me", "Как заполнять")
"""The sheet of instructions, which is not read."""

NOTES: Final = "#"
"""What the name of a sheet or a heading begins with that is somebody's own notes, and is not read."""

TITLES: Final[dict[str, tuple[Sheet, str]]] = {
    plain(title): (sheet, lang) for sheet in SHEETS for lang, title in (("ru", sheet.title.ru), ("en", sheet.title.en))
}
"""Every sheet title that is read, and the sheet and the language that it is of."""
