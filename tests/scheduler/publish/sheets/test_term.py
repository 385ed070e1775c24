"""The workbook: what a deputy head filters and prints, and nothing that a name could make it do."""

import zipfile
from datetime import UTC, datetime, time
from io import BytesIO

import pytest
from openpyxl import Workbook, load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from scheduler.domain.document import Document, LeftOut
from scheduler.domain.timetable import Timetable
from scheduler.publish.sheets.term import workbook
from tests.scheduler.publish.conftest import with_names, with_rooms


def opened(document: Document, timetable: Timetable, lang: str = "ru") -> Workbook:
    return load_workbook(BytesIO(workbook(document, timetable, lang=lang)))


def rows(sheet: Worksheet) -> list[tuple[object, ...]]:
    return list(sheet.iter_rows(values_only=True))


def test_there_is_a_sheet_for_each_kind_of_participant_and_each_list(document: Document, timetable: Timetable) -> None:
    assert opened(document, timetable).sheetnames == [
        "Сводка", "Ученики", "Учителя", "Тьюторы", "Сотрудники", "Классы и группы", "Площадки", "Кабинеты", "АРМ",
        "Уроки", "По датам", "Правила", "Сбои по датам", "Курсы в своём темпе",
    ]  # fmt: skip


def test_the_week_of_a_student_stands_under_their_name_week_by_week(document: Document, timetable: Timetable) -> None:
    sheet = opened(document, timetable)["Ученики"]
    vera = [row for row in rows(sheet) if row[0] == "Сидорова Вера"]
    assert [(row[2], row[3], row[4]) for row in vera] == [
        (1, 3, "10:20\n11:00"), (1, 4, "11:10\n11:50"), (2, 3, "10:20\n11:00"), (2, 4, "11:10\n11:50"),
    ]  # fmt: skip
    algebra = "Алгебра, 9 класс\nОрлова Мария Петровна\nонлайн"
    assert vera[0][5:] == (algebra, None, algebra, None, None)
    assert vera[2][5:8] == (algebra, "Английский язык, подгруппа 1\nОрлова Мария Петровна\nонлайн", algebra)


def test_weeks_that_are_alike_are_shown_once(document: Document, timetable: Timetable) -> None:
    sheet = opened(document, timetable)["Ученики"]
    assert {row[2] for row in rows(sheet) if row[0] == "Петров Борис"} == {"все"}


def test_each_participant_begins_a_page_of_a4_across(document: Document, timetable: Timetable) -> None:
    sheet = opened(document, timetable)["Ученики"]
    names = [row[0] for row in rows(sheet)]
    first = {name: names.index(name) for name in names[1:]}
    assert {brk.id for brk in sheet.row_breaks.brk} == set(list(first.values())[1:])
    assert (sheet.page_setup.orientation, sheet.page_setup.paperSize, sheet.print_title_rows) == (
        "landscape",
        9,
        "$1:$1",
    )
    assert (sheet.freeze_panes, sheet.auto_filter.ref) == ("F2", f"A1:J{len(names)}")


def test_a_lesson_has_its_subjects_colour_and_always_its_name(document: Document, timetable: Timetable) -> None:
    sheet = opened(document, timetable)["Классы и группы"]
    coloured = [cell for row in sheet.iter_rows(min_row=2, min_col=6) for cell in row if cell.fill.fill_type == "solid"]
    filled = [cell for row in sheet.iter_rows(min_row=2, min_col=6) for cell in row if cell.value]
    assert coloured == filled


def test_lists_hold_real_dates_times_and_numbers(document: Document, timetable: Timetable) -> None:
    book = opened(document, timetable)
    lessons = {row[0]: row for row in rows(book["Уроки"])}
    assert (lessons["alg9/1/2"][8:10], lessons["alg9/1/2"][15]) == ((time(10, 20), time(11, 50)), 4)
    dated = {row[14]: row for row in rows(book["По датам"])}
    assert dated["phy9/1/1@2.1"][0] == datetime.fromisoformat("2026-09-15")
    assert dated["phy9/1/1@2.1"][7:9] == ("потеряно", "Дни здоровья")
    assert len(rows(book["По датам"])) == 1 + len(timetable.occurrences)
    assert len(rows(book["Уроки"])) == 1 + len(timetable.pattern)


def test_rules_are_ticked_or_counted_and_say_where(document: Document, timetable: Timetable) -> None:
    told = rows(opened(document, timetable)["Правила"])[1:]
    assert [(row[0], row[2], row[4], row[5]) for row in told] == [
        ("✓", "AvoidClashes", 0, 0), ("−", "spread", 1, 15), ("−", "gaps", 4, 12), ("−", "gaps", 4, 12),
    ]  # fmt: skip


@pytest.mark.parametrize("name", ["=1+1", "+cmd|' /C calc'!A0", "-2+3", "@SUM(A1)", "\t=1", "#N/A", '=HYPERLINK("x")'])
def test_no_name_becomes_a_formula(document: Document, timetable: Timetable, name: str) -> None:
    student = document.students[0].model_copy(update={"name": name})
    course = document.courses[0].model_copy(update={"name": name})
    parts = {"students": (student, *document.students[1:]), "courses": (course, *document.courses[1:])}
    evil = Document.model_construct(**{**dict(document), **parts})
    book = opened(evil, timetable)
    cells = [cell for sheet in book.worksheets for row in sheet.iter_rows() for cell in row if cell.value is not None]
    assert {cell.data_type for cell in cells} <= {"s", "n", "d"}
    own = [cell for cell in cells if cell.value == name]
    assert len(own) > 4
    assert {cell.quotePrefix or False for cell in own} == {name[0] in "=+-@\t"}


def test_equal_timetables_give_equal_workbooks(document: Document, timetable: Timetable) -> None:
    stamp = datetime(2026, 8, 28, tzinfo=UTC)
    one, two = (workbook(document, timetable, lang="ru", stamp=stamp) for _ in range(2))
    assert one == two
    with zipfile.ZipFile(BytesIO(one)) as packed:
        assert packed.read("docProps/core.xml").count(b">2026-08-28T00:00:00Z<") == 2


def test_an_english_reader_has_english_sheets(document: Document, timetable: Timetable) -> None:
    assert opened(document, timetable, "en").sheetnames[:2] == ["Summary", "Students"]


def test_the_summary_says_how_good_it_is(document: Document, timetable: Timetable) -> None:
    told = {row[0]: row[1] for row in rows(opened(document, timetable)["Сводка"])}
    assert (told["Первый день"], told["Штраф"], told["Доказанная граница"]) == (
        datetime.fromisoformat("2026-09-01"),
        27,
        21,
    )
    assert told["Разрыв"] == pytest.approx(6 / 27)


def test_a_lesson_is_told_with_all_its_rooms_but_in_their_own_weeks_with_the_others(
    document: Document, timetable: Timetable
) -> None:
    book = opened(document, with_rooms(timetable, "12", "e3"))
    told = {
        title: {str(cell).rpartition(" · ")[2] for row in rows(book[title]) for cell in row if "Русский" in str(cell)}
        for title in ("Ученики", "Кабинеты")
    }

    assert told == {"Ученики": {"каб. 12, каб. 3"}, "Кабинеты": {"каб. 3", "каб. 12"}}
    assert [row[12] for row in rows(book["Уроки"]) if row[0] == "rus9/1/1"] == ["каб. 12, каб. 3"]


def test_days_and_periods_are_told_by_their_own_names_and_what_is_no_day_is_grey(
    document: Document, timetable: Timetable
) -> None:
    """Eight days are told as two weeks of five, of which the second has three."""
    book = opened(with_names(document, *"ABCDEFGH"), timetable)
    sheet = book["Ученики"]
    anna = [row for row in sheet.iter_rows() if row[0].value == "Иванова Анна"]

    assert [cell.value for cell in sheet[1]][5:] == ["A / F", "B / G", "C / H", "D", "E"]
    assert {row[3].value for row in anna} >= {"1-й урок, пара", "3-й урок, пара"}
    assert sheet.column_dimensions["D"].width == 12
    assert {(row[2].value, row[9].fill.fgColor.rgb) for row in anna} == {(1, "00000000"), (2, "00EEF1F5")}
    assert [row[6:8] for row in rows(book["Уроки"]) if row[0] in {"alg9/1/2", "eng8/1/1"}] == [
        ("C / H", "3-й урок, пара, 4-й урок, пара"),
        ("G", "3-й урок, пара"),
    ]


def test_days_for_which_there_is_no_name_are_not_shown(document: Document, timetable: Timetable) -> None:
    empty = timetable.model_copy(update={"pattern": (), "occurrences": ()})
    sheet = opened(with_names(document, "A", "B", "C"), empty)["Ученики"]

    assert [cell.value for cell in sheet[1]][5:] == ["A", "B", "C"]


def test_the_summary_tells_what_was_not_looked_at(document: Document, timetable: Timetable) -> None:
    left_out = (LeftOut(what="ConstraintFoo", count=3), LeftOut(what="=ConstraintBar", count=1))
    told = timetable.model_copy(update={"left_out": left_out})

    assert [row[:2] for row in rows(opened(document, told, "en")["Summary"])][-2:] == [
        ("Not looked at", "3 × ConstraintFoo"),
        ("Not looked at", "1 × =ConstraintBar"),
    ]


def test_a_workstation_names_who_sits_at_it_and_a_teacher_once(document: Document, timetable: Timetable) -> None:
    sheet = opened(document, timetable)["АРМ"]
    physics = {cell for row in rows(sheet) for cell in row if isinstance(cell, str) and cell.startswith("Физика")}
    assert physics == {
        "Физика\n09:30–10:10\nИванова Анна\nГромов Илья Львович\nонлайн",
        "Физика\nКузнецов Глеб\nГромов Илья Львович\nонлайн",
        "Физика\nГромов Илья Львович\nонлайн",
    }
