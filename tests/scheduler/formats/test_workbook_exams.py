"""The sheets of sessions, exams and consultations: filled in as people do, and broken, with sheet and cell."""

from collections.abc import Callable
from copy import deepcopy
from datetime import date, datetime, time
from fractions import Fraction
from pathlib import Path

import pytest
from openpyxl import Workbook, load_workbook

from scheduler.domain.exams import ConsultationNeed, Seats, Starts
from scheduler.domain.people import Window
from scheduler.formats import read, workbook
from tests.scheduler.formats.books import WHOLE, Sheets, added, changed, saved, told

ATTESTED: Sheets = {
    **WHOLE,
    "Tutors": [["Id", "Name"], ["tutor1", "Maria Orlova"]],
    "Sessions": [
        ["Id", "First day", "Last day", "Reserve days", "Lessons give way", "Seats per student"],
        ["winter", date(2026, 12, 14), date(2026, 12, 29), "28.12.2026, 2026-12-29", "move", "3/2"],
    ],
    "Exam starts": [["Session", "Grades", "Times"], ["winter", 9, "9:00; 13:30"]],
    "Session rules": [["Session", "Rule", "Parameters", "Weight"], ["winter", "SpaceExams", "least = 2", 20]],
    "Commissions": [["Id", "Name"], ["panel", "Mathematics"]],
    "Commission seats": [["Commission", "Role", "Independent"], ["panel", "examiner", "no"]],
    "Exams": [
        [
            "Id",
            "Name",
            "Session",
            "Courses",
            "Minutes",
            "Form",
            "Commission",
            "Consultation",
            "Days before, least",
            "Grade",
        ],
        ["exam9", "Algebra", "winter", "algebra9", 180, "written", "panel", "yes", 2, 9],
        ["talk9", "Algebra aloud", "winter", "algebra9", 60, None, None, None, None, 9],
    ],
    "Entitlements": [["Student", "Exams", "Forms", "Extra minutes"], ["s1", "exam9", "written, oral", 90]],
    "Consultation requests": [
        ["Id", "Course", "Students", "First day", "Last day", "Must agree", "Priority"],
        ["ask1", "algebra9", "s1, s2", date(2026, 10, 5), date(2026, 10, 16), "tutor1", 2],
    ],
    "Request wishes": [["Request", "Wish", "Days", "From time"], ["ask1", "would like", "Mon-Wed", time(14, 0)]],
}


def test_sessions_exams_and_requests_as_people_fill_them_in(tmp_path: Path) -> None:
    document = read(saved(ATTESTED, tmp_path / "centre.xlsx"))

    session, exam, request = document.session("winter"), document.exam("exam9"), document.request("ask1")
    assert session.reserve_days == (date(2026, 12, 28), date(2026, 12, 29))
    assert session.lessons_give_way == "move"
    assert session.seats_per_student == Fraction(3, 2)
    assert session.starts == (Starts(grades=(9,), times=(time(9), time(13, 30))),)
    assert [(rule.rule, rule.parameters, rule.weight) for rule in session.rules] == [("SpaceExams", {"least": 2}, 20)]
    assert document.commission("panel").seats == (Seats(role="examiner"),)
    assert exam.consultation == ConsultationNeed(least_days=2)
    assert document.exam("talk9").consultation is None
    assert document.entitlements[0].forms == ("written", "oral")
    assert (request.students, request.agree, request.priority) == (("s1", "s2"), ("tutor1",), 2)
    assert request.preferred == (Window(days=("mon", "tue", "wed"), start=time(14)),)


BROKEN: dict[str, tuple[Callable[[Workbook], None], list[str]]] = {
    "a date in the other order": (
        changed("Sessions", "B2", "14/12/2026"),
        ["sheet “Sessions”, cell B2: The value (14/12/2026) must be a date such as 2026-09-01."],
    ),
    "one date of several without a year": (
        changed("Sessions", "D2", "28.12.2026, 29.12"),
        ["sheet “Sessions”, cell D2: The value (29.12) must be a date such as 2026-09-01."],
    ),
    "a session that ends before it begins": (
        changed("Sessions", "C2", date(2026, 12, 1)),
        ["sheet “Sessions”, cell C2: The last day (Dec 1, 2026) must not come before the first (Dec 14, 2026)."],
    ),
    "no way to give way": (
        changed("Sessions", "E2", "moved"),
        ["sheet “Sessions”, cell E2: The value (moved) must be one of: no; cancel; move. Maybe “move” was meant."],
    ),
    "half a seat for each": (
        changed("Sessions", "F2", "1/2"),
        ["sheet “Sessions”, cell F2: The value (0.5) must be at least 1."],
    ),
    "a start that is no time": (
        changed("Exam starts", "C2", "9:00, 25:00"),
        ["sheet “Exam starts”, cell C2: The value (25:00) must be a time of day to the minute, such as 08:30."],
    ),
    "starts of an unknown session": (
        changed("Exam starts", "A2", "wintr"),
        ["sheet “Exam starts”, cell A2: “wintr” must stand on the sheet “Sessions”. Maybe “winter” was meant."],
    ),
    "a session without starts": (
        lambda book: book["Exam starts"].delete_rows(2),
        [
            (
                "sheet “Sessions”, cell A2: The session “winter” must have times at which exams may start. "
                "Maybe give starts, or periods."
            )
        ],
    ),
    "an unknown profile": (
        added("Sessions", 7, "Rule profiles", "atestation"),
        [
            (
                "sheet “Sessions”, cell G2: The profile (atestation) must be one of attestation. "
                "Maybe “attestation” was meant."
            )
        ],
    ),
    "an unknown role": (
        changed("Commission seats", "B2", "examinator"),
        [
            (
                "sheet “Commission seats”, cell B2: "
                "The value (examinator) must be one of: chair; examiner; assistant; observer. "
                "Maybe “examiner” was meant."
            )
        ],
    ),
    "a commission without seats": (
        lambda book: book["Commission seats"].delete_rows(2),
        ["sheet “Commissions”, cell A2: “panel” must have a row on the sheet “Commission seats”."],
    ),
    "no sheet of seats": (
        lambda book: book.remove(book["Commission seats"]),
        ["sheet “Commissions”, cell A2: “panel” must have a row on the sheet “Commission seats”."],
    ),
    "seats of an unknown commission": (
        changed("Commission seats", "A2", "panl"),
        ["sheet “Commission seats”, cell A2: “panl” must stand on the sheet “Commissions”. Maybe “panel” was meant."],
    ),
    "minutes in words": (
        changed("Exams", "E2", "three hours"),
        ["sheet “Exams”, cell E2: The value (three hours) must be a whole number."],
    ),
    "minutes that became a time": (
        changed("Exams", "E2", time(3, 0)),
        [
            (
                "sheet “Exams”, cell E2: The value (03:00:00) must be a whole number. "
                "Maybe the spreadsheet made a date or a time of it: format the cell as text and write it anew."
            )
        ],
    ),
    "an exam of an unknown session": (
        changed("Exams", "C2", "summer"),
        ["sheet “Exams”, cell C2: The session “summer” must be in the document."],
    ),
    "an exam twice": (
        changed("Exams", "A3", "exam9"),
        ["sheet “Exams”, cell A3: The id “exam9” must be given once only; Exams!A2 has it."],
    ),
    "days before no consultation": (
        changed("Exams", "H2", "no"),
        ["sheet “Exams”, cell I2: “Consultation” says no, so “Days before, least” must be empty."],
    ),
    "an entitlement in an unknown exam": (
        changed("Entitlements", "B2", "exam8"),
        ["sheet “Entitlements”, cell B2: The exam “exam8” must be in the document. Maybe “exam9” was meant."],
    ),
    "an unknown form among several": (
        changed("Entitlements", "C2", "written, spoken"),
        ["sheet “Entitlements”, cell C2: The value (spoken) must be one of: written; oral; test; presentation."],
    ),
    "a request after the term": (
        changed("Consultation requests", "E2", date(2027, 1, 20)),
        [
            (
                "sheet “Consultation requests”, cell E2: "
                "The date (Jan 20, 2027) must lie in the term, Sep 1, 2026 to Dec 29, 2026."
            )
        ],
    ),
    "a teacher for a tutor": (
        changed("Consultation requests", "F2", "t1"),
        ["sheet “Consultation requests”, cell F2: The tutor “t1” must be in the document."],
    ),
    "a priority of none": (
        changed("Consultation requests", "G2", 0),
        ["sheet “Consultation requests”, cell G2: The value (0) must be at least 1."],
    ),
    "wishes of an unknown request": (
        changed("Request wishes", "A2", "ask2"),
        [
            (
                "sheet “Request wishes”, cell A2: “ask2” must stand on the sheet “Consultation requests”. "
                "Maybe “ask1” was meant."
            )
        ],
    ),
}


@pytest.mark.parametrize("name", BROKEN)
def test_what_is_wrong_is_told_with_sheet_and_cell(name: str, tmp_path: Path) -> None:
    breaks, faults = BROKEN[name]
    assert told(saved(deepcopy(ATTESTED), tmp_path / "centre.xlsx", breaks)) == faults


def test_one_date_and_one_time_are_read_as_spreadsheets_keep_them(tmp_path: Path) -> None:
    sheets = deepcopy(ATTESTED)
    sheets["Sessions"][1][3] = datetime(2026, 12, 29)  # noqa: DTZ001 - as spreadsheets tell a date
    sheets["Exam starts"][1][2] = time(9)

    session = read(saved(sheets, tmp_path / "centre.xlsx")).session("winter")

    assert session.reserve_days == (date(2026, 12, 29),)
    assert session.starts[0].times == (time(9),)


def test_lists_of_dates_and_times_are_written_as_people_write_them(tmp_path: Path) -> None:
    document = read(saved(ATTESTED, tmp_path / "centre.xlsx"))
    workbook.write(document, tmp_path / "again.xlsx", "en")

    book = load_workbook(tmp_path / "again.xlsx")

    assert book["Sessions"]["H2"].value == "2026-12-28, 2026-12-29"
    assert book["Exam starts"]["D2"].value == "09:00, 13:30"


def test_a_document_without_exams_has_their_sheets_with_headings_alone(tmp_path: Path) -> None:
    workbook.write(read(saved(WHOLE, tmp_path / "centre.xlsx")), tmp_path / "again.xlsx", "ru")

    book = load_workbook(tmp_path / "again.xlsx")

    assert [page.title for page in book.worksheets if page.max_row == 1][-10:] == [
        "Сессии",
        "Начало экзаменов",
        "Экзаменационные окна",
        "Правила сессий",
        "Комиссии",
        "Состав комиссий",
        "Экзамены",
        "Особые условия",
        "Заявки на консультации",
        "Пожелания к заявкам",
    ]
