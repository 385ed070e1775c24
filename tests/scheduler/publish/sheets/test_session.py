"""The workbook of a session's plan: lists to filter, strips of dates, protocols to print."""

import zipfile
from datetime import UTC, datetime, time
from io import BytesIO

import pytest
from openpyxl import Workbook, load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from scheduler.domain.document import Document
from scheduler.domain.session_plan import SessionPlan
from scheduler.publish.sheets.session import workbook
from tests.scheduler.publish.session.examined import EXAMINED, PLAN


def opened(document: Document = EXAMINED, plan: SessionPlan = PLAN, lang: str = "en") -> Workbook:
    return load_workbook(BytesIO(workbook(document, plan, lang=lang)))


def rows(sheet: Worksheet) -> list[tuple[object, ...]]:
    return list(sheet.iter_rows(values_only=True))


def day(date: int) -> datetime:
    return datetime.fromisoformat(f"2026-09-{date}")


BOOK = opened()


def test_there_is_a_sheet_for_each_view_and_each_list() -> None:
    assert BOOK.sheetnames == [
        "Summary", "By dates", "Students by dates", "Exams of students", "Examiners by dates", "Exams of examiners",
        "Rooms by dates", "Exams in rooms", "Consultations", "Lessons that give way", "Protocols", "Rules",
    ]  # fmt: skip


def test_the_plan_stands_by_date_with_its_commission_by_role() -> None:
    listed = rows(BOOK["By dates"])
    assert listed[0][14:18] == ("Chair", "Examiner", "Assistant", "Observer")
    assert [(row[0], row[2], row[5], row[6], row[13], row[14], row[15]) for row in listed[1:]] == [
        (day(22), time(9), "Русский язык, grade 9", 1, 2, "Белова Ольга Ивановна", "Орлова Мария Петровна"),
        (day(24), time(11), "Физика, grade 9", 1, 1, None, "Громов Илья Львович"),
        (day(25), time(12), "Алгебра: тест", 1, 4, "Орлова Мария Петровна", None),
        (day(28), time(9), "История, grade 9", 1, 1, "Белова Ольга Ивановна", None),
        (day(28), time(9), "История, grade 9", 2, 1, "Орлова Мария Петровна", None),
        (day(29), time(12), "Защита проекта", 1, 1, "Белова Ольга Ивановна", None),
    ]


def test_a_strip_shows_exams_consultations_and_the_clear_days_between() -> None:
    listed = rows(BOOK["Students by dates"])
    assert listed[0][:7] == ("Name", "Exams", "Hours", "Grade", "Least clear days", "21.09\nMon", "22.09\nTue")
    assert listed[2] == (
        "Иванова Анна", 4, 5.2, 9, 0, "○", "Ру", "2", None, "Ал", "2", None, "Ис", "За\n(0)", None,
    )  # fmt: skip
    examiners = rows(BOOK["Examiners by dates"])
    assert examiners[3] == ("Орлова Мария Петровна", 3, 5, None, "Ру", None, None, "Ал", None, None, "Ис", None, None)


def test_closed_dates_and_reserve_days_are_grey_and_exams_have_their_subjects_colour() -> None:
    sheet = BOOK["Students by dates"]
    anna = [cell.fill.fgColor.rgb if cell.fill.fill_type else None for cell in sheet[3][5:]]
    grey = "00EEF1F5"
    assert [at for at, colour in enumerate(anna) if colour == grey] == [5, 6, 9]
    assert [at for at, colour in enumerate(anna) if colour not in {None, grey}] == [1, 4, 7]


def test_each_student_has_their_own_time_place_and_assistant() -> None:
    listed = [row for row in rows(BOOK["Exams of students"]) if row[0] == "Иванова Анна"]
    assert [(row[1], row[3], row[4], row[9], row[10], row[11], row[12]) for row in listed] == [
        (day(22), time(9), time(11, 30), "Лаборатория", None, "Зайцева Нина", None),
        (day(25), time(12), time(13, 30), "каб. 12", "АРМ-1", None, 2),
        (day(28), time(9), time(10), "каб. 12", None, None, 2),
        (day(29), time(12), time(12, 15), "Лаборатория", None, None, 0),
    ]


def test_an_examiner_is_listed_with_role_and_load_and_a_room_with_its_seats() -> None:
    examiners = [(row[0], row[8], row[10], row[11]) for row in rows(BOOK["Exams of examiners"])[1:]]
    assert examiners[-3:] == [
        ("Орлова Мария Петровна", "Examiner", 2, 3), ("Орлова Мария Петровна", "Chair", 4, 3),
        ("Орлова Мария Петровна", "Chair", 1, 3),
    ]  # fmt: skip
    in_rooms = [(row[0], row[6], row[8], row[9]) for row in rows(BOOK["Exams in rooms"])[1:3]]
    assert in_rooms == [
        ("каб. 3, Школа № 2, Ревда", "Физика, grade 9", 1, 8), ("каб. 3, Школа № 2, Ревда", "Алгебра: тест", 1, 8),
    ]  # fmt: skip


def test_consultations_and_lessons_that_give_way_are_lists_of_real_dates_and_times() -> None:
    assert [(row[0], row[2], row[5], row[6], row[7]) for row in rows(BOOK["Consultations"])[1:]] == [
        (day(21), time(15), "Русский язык, grade 9", "yes", "Белова Ольга Ивановна"),
        (day(23), time(14), "Алгебра, 9 класс", None, "Орлова Мария Петровна"),
    ]
    assert [(row[0], row[4], row[5], row[6], row[7], row[11]) for row in rows(BOOK["Lessons that give way"])[1:]] == [
        (day(25), "Английский язык", "cancelled", None, None, "eng8/2/1@2.2"),
        (day(28), "Русский язык", "moved", day(29), time(8, 30), "rus9/1/1@3.1"),
    ]


def test_each_protocol_is_a_page_of_its_own() -> None:
    sheet = BOOK["Protocols"]
    listed = rows(sheet)
    starts = [at for at, row in enumerate(listed, 1) if str(row[0]).startswith("Protocol of the exam")]
    assert (len(starts), [brk.id for brk in sheet.row_breaks.brk]) == (6, [at - 1 for at in starts[1:]])
    assert (sheet.page_setup.orientation, sheet.page_setup.paperSize) == ("portrait", 9)
    assert listed[8:11] == [
        ("No.", "Student", "Grade", "Start", "End", "Room", "Assistant", "Mark", "Signature"),
        ("1", "Иванова Анна", "9", "09:00", "11:30", "Лаборатория", "Зайцева Нина", None, None),
        ("2", "Петров Борис", "9", "09:00", "11:00", "каб. 12", None, None, None),
    ]
    assert [(row[0], row[5]) for row in listed[12:16]] == [
        ("Commission", None), ("Chair", "Белова Ольга Ивановна"), ("Examiner", "Орлова Мария Петровна"),
        ("Observer", None),
    ]  # fmt: skip


@pytest.mark.parametrize("name", ["=1+1", "+cmd|' /C calc'!A0", "@SUM(A1)", "\t=1"])
def test_no_name_becomes_a_formula(name: str) -> None:
    kinds = ("students", "teachers", "exams", "rooms")
    parts = {kind: tuple(item.model_copy(update={"name": name}) for item in getattr(EXAMINED, kind)) for kind in kinds}
    book = opened(Document.model_construct(**{**dict(EXAMINED), **parts}))
    cells = [cell for sheet in book.worksheets for row in sheet.iter_rows() for cell in row if cell.value is not None]
    assert {cell.data_type for cell in cells} == {"s", "n", "d"}
    assert {cell.quotePrefix or False for cell in cells if cell.value == name} == {name[0] in "=+-@\t"}


def test_equal_plans_give_equal_workbooks() -> None:
    stamp = datetime(2026, 8, 28, tzinfo=UTC)
    one, two = (workbook(EXAMINED, PLAN, lang="ru", stamp=stamp) for _ in range(2))
    assert one == two
    with zipfile.ZipFile(BytesIO(one)) as packed:
        assert packed.read("docProps/core.xml").count(b">2026-08-28T00:00:00Z<") == 2


def test_a_plan_of_nothing_has_its_lists() -> None:
    book = opened(plan=SessionPlan(sessions=("autumn",), status="unknown"))
    assert book.sheetnames == ["Summary", "By dates", "Consultations", "Lessons that give way", "Protocols", "Rules"]
