"""What people see of a sheet: headings with notes, widths, formats, drop-downs, and the page of instructions."""

from typing import Any, Final

from openpyxl import Workbook
from openpyxl.cell.cell import Cell, MergedCell
from openpyxl.comments import Comment
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter, quote_sheetname
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from scheduler.formats.workbook.cells import Value
from scheduler.formats.workbook.kinds import Day, Kind, Several
from scheduler.formats.workbook.layout import EXAMPLE, RULES, Column, Sheet
from scheduler.formats.workbook.package import escape
from scheduler.formats.workbook.sheets import GUIDE, NOTES, SHEETS
from scheduler.formats.workbook.words import Both
from solver.rules import Rule

LONGEST: Final = 32_767
"""Characters of a cell, by Excel's own limit."""

LISTS: Final = f"{NOTES}lists"
"""The hidden sheet of words for drop-downs; being notes, it is not read."""

_LAST_ROW: Final = 5_000
_HEAD: Final = PatternFill("solid", fgColor="DDE8F4")
_MUST: Final = PatternFill("solid", fgColor="F9E2C8")
_BOLD: Final = Font(name="Calibri", size=11, bold=True)
_EXAMPLE: Final = Font(name="Calibri", size=11, italic=True, color="808080")
_WRAP: Final = Alignment(wrap_text=True, vertical="top")

GUIDE_LINES: Final = (
    Both("How to fill in this workbook", "Как заполнять эту книгу"),
    Both(
        "Each sheet is a list, one row for each thing. Hold the pointer over a heading: a note says what to write.",
        "Каждый лист — это список, по строке на каждую запись. "
        "Наведите указатель на заголовок: подсказка скажет, что писать.",
    ),
    Both(
        "Columns marked with * (orange) must be filled in; the others may be left empty. Empty rows are skipped.",
        "Столбцы со знаком * (оранжевые) обязательны, остальные можно не заполнять. Пустые строки пропускаются.",
    ),
    Both(
        "A row that begins with “example:” only shows how, and is not read. Write your own rows below it.",
        "Строка, которая начинается со слова «пример:», только показывает, как писать, и не читается. "
        "Свои строки пишите под ней.",
    ),
    Both(
        "Things are named by their ids: short names without spaces, such as those of the examples. "
        "Several go by commas.",
        "Записи называют друг друга кодами: это короткие имена без пробелов, как в примерах. "
        "Несколько кодов пишут через запятую.",
    ),
    Both(
        "Write plain values: no formulas, no merged cells. Dates as 2026-09-01 or 01.09.2026, times as 08:30.",
        "Пишите простые значения, без формул и объединённых ячеек. Даты: 2026-09-01 или 01.09.2026, время: 08:30.",
    ),
    Both(
        "Sheets may stand in any order, and those that are not needed may be deleted, but for “Term”.",
        "Листы могут стоять в любом порядке, ненужные можно удалить, кроме листа «Учебный период».",
    ),
    Both(
        "Your own notes: begin the name of a sheet or the heading of a column with #, and it is not read.",
        "Для своих заметок начните имя листа или заголовок столбца со знака #: он не читается.",
    ),
    Both(
        "Begin with: Term, Bell schedules, Periods, Sites, Subjects, Teachers, Courses, Students, Plans.",
        "Начните с листов: Учебный период, Расписания звонков, Звонки, Площадки, Предметы, Учителя, Курсы, Ученики, "
        "Учебные планы.",
    ),
    Both(
        "For exams go on with: Sessions, Exam starts, Commissions, Commission seats, Exams. "
        "For consultations in the term: Consultation requests. Without either, leave these sheets empty.",
        "Для экзаменов дальше: Сессии, Начало экзаменов, Комиссии, Состав комиссий, Экзамены. "
        "Для консультаций в учебном периоде: Заявки на консультации. Если ничего этого нет, оставьте листы пустыми.",
    ),
    Both(
        "Then check it: zvonok check FILE.xlsx. All that is wrong is told at once, with sheet and cell.",
        "Затем проверьте: zvonok check ФАЙЛ.xlsx. Все ошибки будут названы сразу, с листом и ячейкой.",
    ),
    Both("The sheets:", "Листы:"),
)


def write_guide(book: Workbook, lang: str) -> None:
    """Write the first sheet: what to know, and what each sheet is for."""
    page = book.create_sheet(GUIDE.tell(lang))
    lines = [line.tell(lang) for line in GUIDE_LINES]
    lines += [f"{sheet.title.tell(lang)}: {sheet.note.tell(lang)}" for sheet in SHEETS]
    for number, line in enumerate(lines, 1):
        cell = page.cell(number, 1, line)
        cell.alignment = _WRAP
        page.row_dimensions[number].height = 15 * (1 + len(line) // 115)
    page.cell(1, 1).font = Font(name="Calibri", bold=True, size=14)
    page.row_dimensions[1].height = 22
    page.column_dimensions["A"].width = 120


def add_sheet(book: Workbook, sheet: Sheet, lang: str) -> Worksheet:
    """Add a sheet with its headings, notes, widths and formats."""
    page: Worksheet = book.create_sheet(sheet.title.tell(lang))
    for position, column in enumerate(sheet.columns, 1):
        heading = column.heading.tell(lang) + ("*" if column.required else "")
        cell = page.cell(1, position, heading)
        cell.font, cell.fill = _BOLD, _MUST if column.required else _HEAD
        cell.alignment = _WRAP
        cell.comment = Comment(column.note.tell(lang), "Zvonok", height=90, width=260)
        letter = get_column_letter(position)
        page.column_dimensions[letter].width = max(_width(column, heading), 22 if position == 1 else 0)
        page.column_dimensions[letter].number_format = column.kind.number_format
    page.freeze_panes = "A2"
    return page


def add_example(page: Worksheet, sheet: Sheet, lang: str) -> None:
    """Write the example row, marked in its first cell."""
    for position, column in enumerate(sheet.columns, 1):
        value = _told(column.example, lang)
        if value is None:
            continue
        written = column.kind.write(value, lang)
        if position == 1:
            told = f"{written:%Y-%m-%d}" if isinstance(column.kind, Day) else str(written)
            written = EXAMPLE.tell(lang) + told
        fill(page.cell(2, position), column, written)
        page.cell(2, position).font = _EXAMPLE


def fill(cell: Cell | MergedCell, column: Column, value: Value) -> bool:
    """Put a value into a cell as it is: no text becomes a formula or an error; False where it does not fit."""
    assert isinstance(cell, Cell), "no cells are merged here"
    if isinstance(value, str):
        text = escape(value)
        if len(text) > LONGEST:
            return False
        cell.value = text
        cell.data_type = "s"
        if text[:1] in set("=+-@'"):
            cell.quotePrefix = True
        if column.kind.wraps or "\n" in text:
            cell.alignment = _WRAP
    else:
        cell.value = value
    cell.number_format = column.kind.number_format
    return True


def add_validations(book: Workbook, lang: str, first_row: int) -> None:
    """Add drop-downs: the words of a column, or the ids of another sheet."""
    pages = {sheet.title.tell(lang): sheet for sheet in SHEETS}
    lists: dict[str, tuple[str, ...]] = {}
    for page in book.worksheets:
        if page.title not in pages:
            continue
        for position, column in enumerate(pages[page.title].columns, 1):
            source = _source(column, lang, first_row, lists)
            if source is not None:
                letter = get_column_letter(position)
                offered = DataValidation(type="list", formula1=source, allow_blank=True, errorStyle="warning")
                offered.showErrorMessage = not column.names
                offered.add(f"{letter}{first_row}:{letter}{_LAST_ROW}")
                page.add_data_validation(offered)
    page = book.create_sheet(LISTS)
    page.sheet_state = "hidden"
    for position, words in enumerate(lists.values(), 1):
        for number, word in enumerate(words, 1):
            page.cell(number, position, word)


def _source(column: Column, lang: str, first_row: int, lists: dict[str, tuple[str, ...]]) -> str | None:
    words = column.kind.choices(lang) or (tuple(sorted(Rule.registered)) if column.names == (RULES,) else ())
    if words:
        key = "\n".join(words)
        lists.setdefault(key, words)
        letter = get_column_letter(list(lists).index(key) + 1)
        return f"{quote_sheetname(LISTS)}!${letter}$1:${letter}${len(words)}"
    if len(column.names) != 1 or isinstance(column.kind, Several):
        return None
    sheet = next((sheet for sheet in SHEETS if list(sheet.lists.values()) == list(column.names)), None)
    if sheet is None:
        return None
    letter = get_column_letter(1 + [part.field for part in sheet.columns].index("id"))
    return f"{quote_sheetname(sheet.title.tell(lang))}!${letter}${first_row}:${letter}${_LAST_ROW}"


def _width(column: Column, heading: str) -> float:
    kind: Kind = column.kind
    roomy = kind.wraps or isinstance(kind, Several) or column.field.rpartition(".")[2] in {"name", "remarks", "link"}
    return max(len(heading) + 3, 28 if roomy else 12)


def _told(example: Any, lang: str) -> Any:
    if isinstance(example, Both):
        return example.tell(lang)
    if isinstance(example, tuple):
        return tuple(_told(part, lang) for part in example)
    return None if example == "" else example
