"""Broken workbooks: every fault is told in whole sentences, with its sheet and cell, in one go."""

import json
from collections.abc import Callable
from copy import deepcopy
from datetime import date, datetime, time
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook
from typer.testing import CliRunner

from scheduler.cli import app
from scheduler.formats import read
from tests.scheduler.formats.books import WHOLE, Sheets, added, changed, saved, told

BROKEN: dict[str, tuple[Callable[[Workbook], None], list[str]]] = {
    "an unknown site": (
        changed("Students", "D2", "center"),
        ["sheet “Students”, cell D2: The site “center” must be in the document. Maybe “centre” was meant."],
    ),
    "a plan for a missing course": (
        changed("Plans", "B3", "algebra8"),
        ["sheet “Plans”, cell B3: The course “algebra8” must be in the document. Maybe “algebra9” was meant."],
    ),
    "a plan of a missing student": (
        changed("Plans", "A2", "s11"),
        ["sheet “Plans”, cell A2: “s11” must stand on the sheet “Students”. Maybe “s1” was meant."],
    ),
    "overlapping bells": (
        changed("Periods", "C3", time(9, 0)),
        ["sheet “Periods”, cell C3: Period 2 (09:00) must not begin before period 1 ends (09:10)."],
    ),
    "a period that ends before it begins": (
        changed("Periods", "D2", time(8, 0)),
        ["sheet “Periods”, cell D2: Period 1 must end after it begins (08:30 to 08:00)."],
    ),
    "a cycle of 7 weeks": (changed("Term", "C2", 7), ["sheet “Term”, cell C2: The value (7) must be at most 5."]),
    "a negative size": (changed("Rooms", "C2", -5), ["sheet “Rooms”, cell C2: The value (-5) must be at least 0."]),
    "a formula": (
        changed("Courses", "C2", "=1+1"),
        [
            (
                "sheet “Courses”, cell C2: The cell holds a formula (=1+1) and must hold a plain value. "
                "Maybe copy it and paste it as a value."
            )
        ],
    ),
    "an error": (
        changed("Courses", "C2", "#REF!"),
        ["sheet “Courses”, cell C2: The cell holds an error (#REF!) and must hold a plain value."],
    ),
    "merged cells": (
        lambda book: book["Students"].merge_cells("D2:D3"),
        [
            (
                "sheet “Students”, cell D2: The cells D2:D3 are merged, and every row must have cells of its own. "
                "Maybe split them again and fill in each."
            )
        ],
    ),
    "a word for a number": (
        changed("Students", "C2", "nine"),
        ["sheet “Students”, cell C2: The value (nine) must be a whole number."],
    ),
    "a number that is not whole": (
        changed("Students", "C2", 9.5),
        ["sheet “Students”, cell C2: The value (9.5) must be a whole number."],
    ),
    "a date in the American way": (
        changed("Term", "A2", "9/1/2026"),
        ["sheet “Term”, cell A2: The value (9/1/2026) must be a date such as 2026-09-01."],
    ),
    "a day that is none": (
        changed("Term", "B2", "31.11.2026"),
        ["sheet “Term”, cell B2: The value (31.11.2026) must be a date such as 2026-09-01."],
    ),
    "a number for a date": (
        changed("Term", "B2", 20261229),
        [
            (
                "sheet “Term”, cell B2: The value (20261229) must be a date such as 2026-09-01. "
                "Maybe format the cell as a date and write it anew."
            )
        ],
    ),
    "an id that became a date": (
        changed(
            "Subjects",
            "A2",
            datetime(2026, 2, 1),  # noqa: DTZ001 - as spreadsheets tell a date
        ),
        [
            (
                "sheet “Subjects”, cell A2: "
                "The value (2026-02-01) is a date or a time to the spreadsheet, and must be a text. "
                "Maybe format the cell as text and write it anew."
            )
        ],
    ),
    "hours that became a date": (
        changed(
            "Plans",
            "C2",
            datetime(2026, 2, 1),  # noqa: DTZ001 - as spreadsheets tell a date
        ),
        [
            (
                "sheet “Plans”, cell C2: The value (2026-02-01) must be a number such as 2, 0.5 or 1/2. "
                "Maybe the spreadsheet made a date or a time of it: format the cell as text and write it anew."
            )
        ],
    ),
    "a time beyond the day": (
        changed("Periods", "D3", "25:00"),
        ["sheet “Periods”, cell D3: The value (25:00) must be a time of day to the minute, such as 08:30."],
    ),
    "a time with seconds": (
        changed("Periods", "D3", time(10, 0, 30)),
        ["sheet “Periods”, cell D3: The value (10:00:30) must be a time of day to the minute, such as 08:30."],
    ),
    "a word that is none of the choices": (
        changed("Courses", "D2", "yess"),
        ["sheet “Courses”, cell D2: The value (yess) must be one of: yes; no. Maybe “yes” was meant."],
    ),
    "an id twice": (
        changed("Students", "A3", "s1"),
        [
            "sheet “Students”, cell A3: The id “s1” must be given once only; Students!A2 has it.",
            "sheet “Plans”, cell A3: “s2” must stand on the sheet “Students”.",
        ],
    ),
    "a required cell left empty": (changed("Rooms", "B2", None), ["sheet “Rooms”, cell B2: “Site” must be filled in."]),
    "a required column missing": (
        changed("Rooms", "C1", "#Seats"),
        ["sheet “Rooms”: The sheet must have a column “Seats”."],
    ),
    "an unknown column": (
        changed("Students", "E1", "Grad"),
        [
            (
                "sheet “Students”, cell E1: The heading “Grad” must be one of this sheet's in a new workbook. "
                "Maybe “Grade” was meant."
            )
        ],
    ),
    "a column twice": (
        changed("Students", "E1", "Класс"),
        ["sheet “Students”, cell E1: The column “Класс” must stand here once."],
    ),
    "something beside the columns": (
        changed("Students", "F3", "x"),
        [
            (
                "sheet “Students”, cell F3: The column holds something and must have a heading. "
                "Maybe a heading that begins with #, for notes."
            )
        ],
    ),
    "an unknown sheet": (
        lambda book: book.create_sheet("Studens").append(["Id"]),
        ["sheet “Studens”: Every sheet must be one of those that a new workbook has. Maybe “Students” was meant."],
    ),
    "no term": (lambda book: book.remove(book["Term"]), ["The workbook must have the sheet “Term”."]),
    "a term without a row": (
        lambda book: book["Term"].delete_rows(2),
        ["sheet “Term”: The sheet must have a row that is filled in."],
    ),
    "two terms": (
        lambda book: book["Term"].append([date(2027, 1, 11), date(2027, 5, 28)]),
        ["sheet “Term”, cell A3: There must be one row only, and this is another."],
    ),
    "an id with a space": (
        changed("Courses", "A2", "algebra 9"),
        [
            (
                "sheet “Courses”, cell A2: "
                "The name (algebra 9) must have no spaces, commas, semicolons, equals signs or slashes."
            )
        ],
    ),
    "a colour in words": (
        added("Subjects", 3, "Colour", "red"),
        ["sheet “Subjects”, cell C2: The colour (red) must be written as #RRGGBB."],
    ),
    "an unknown time zone": (
        added("Sites", 3, "Time zone", "Europe/Moskow"),
        [
            (
                "sheet “Sites”, cell C2: "
                "The time zone (Europe/Moskow) must be one that is known, such as Europe/Moscow. "
                "Maybe “Europe/Moscow” was meant."
            )
        ],
    ),
}


@pytest.mark.parametrize("name", BROKEN)
def test_what_is_wrong_is_told_with_sheet_and_cell(name: str, tmp_path: Path) -> None:
    breaks, faults = BROKEN[name]
    assert told(saved(deepcopy(WHOLE), tmp_path / "centre.xlsx", breaks)) == faults


def test_the_workbook_that_the_others_break_is_whole(tmp_path: Path) -> None:
    document = read(saved(WHOLE, tmp_path / "centre.xlsx"))
    assert document.ids("students") == ("s1", "s2")
    assert document.term.cycle == 2


def test_all_faults_are_told_at_once_in_the_order_of_the_book(tmp_path: Path) -> None:
    def breaks(book: Workbook) -> None:
        for name in (
            "a negative size",
            "an unknown site",
            "a formula",
            "a cycle of 7 weeks",
            "merged cells",
            "an error",
        ):
            BROKEN[name][0](book)
        book["Teachers"]["D1"] = "Phone"

    path = saved(deepcopy(WHOLE), tmp_path / "centre.xlsx", breaks)

    assert told(path) == [
        "sheet “Term”, cell C2: The value (7) must be at most 5.",
        "sheet “Rooms”, cell C2: The value (-5) must be at least 0.",
        (
            "sheet “Teachers”, cell D1: The heading “Phone” must be one of this sheet's in a new workbook. "
            "Maybe begin it with #: then the column is taken for notes."
        ),
        "sheet “Courses”, cell C2: The cell holds an error (#REF!) and must hold a plain value.",
        (
            "sheet “Students”, cell D2: The cells D2:D3 are merged, and every row must have cells of its own. "
            "Maybe split them again and fill in each."
        ),
    ]


RUSSIAN = {
    "an unknown site": [
        "лист «Students», ячейка D2: Площадка «center» должна быть в документе. Возможно, имелось в виду «centre».",
    ],
    "a formula": [
        (
            "лист «Courses», ячейка C2: В ячейке формула (=1+1), а должно быть простое значение. "
            "Возможно, поможет скопировать её и вставить как значение."
        ),
    ],
    "merged cells": [
        (
            "лист «Students», ячейка D2: Ячейки D2:D3 объединены, а у каждой строки должны быть свои ячейки. "
            "Возможно, поможет разъединить их и заполнить каждую."
        ),
    ],
}


@pytest.mark.parametrize("name", RUSSIAN)
def test_what_is_wrong_is_told_in_russian(name: str, tmp_path: Path) -> None:
    path = saved(deepcopy(WHOLE), tmp_path / "centre.xlsx", BROKEN[name][0])

    assert told(path, "ru") == RUSSIAN[name]


def test_a_russian_book_is_spoken_of_by_its_own_words(tmp_path: Path) -> None:
    sheets: Sheets = {
        "Учебный период": [["Первый день", "Последний день"], [date(2026, 9, 1), date(2026, 12, 29)]],
        "Расписания звонков": [["Код"], ["основное"]],
        "Звонки": [["Расписание звонков", "Урок", "Начало"], ["основное", 1, time(8, 30)]],
        "Площадки": [["Код", "Название"], [None, "Ресурсный центр"]],
        "Учителя": [["Код", "Вид"], ["петрова", "сетевая"]],
        "Квалификация": [["Учитель", "Предмет"], ["петров", "алгебра"]],
    }

    assert told(saved(sheets, tmp_path / "centre.xlsx"), "ru") == [
        "лист «Звонки»: На листе должен быть столбец «Конец».",
        "лист «Площадки», ячейка A2: Заполните «Код».",
        (
            "лист «Учителя», ячейка B2: Значение (сетевая) должно быть одним из: сетевой; штатный. "
            "Возможно, имелось в виду «сетевой»."
        ),
        "лист «Квалификация», ячейка A2: «петров» должно быть на листе «Учителя». Возможно, имелось в виду «петрова».",
    ]


def test_programs_are_told_the_place_in_parts(tmp_path: Path) -> None:
    path = saved(deepcopy(WHOLE), tmp_path / "centre.xlsx", BROKEN["a negative size"][0])

    done = CliRunner().invoke(app, ["check", str(path), "--json"], env={"LC_ALL": "C"})

    assert done.exit_code == 2
    assert json.loads(done.stdout) == {
        "faults": [
            {
                "place": {"file": str(path), "sheet": "Rooms", "cell": "C2"},
                "must": "The value (-5) must be at least 0.",
                "help": None,
            }
        ]
    }


def test_what_a_rule_cannot_take_is_told_with_its_cell(tmp_path: Path) -> None:
    rules: list[list[Any]] = [
        ["Rule", "Parameters", "Weight"],
        ["AvoidGaps", "people = students\nmots = 2", 5],
        ["AvoidGap", None, 1],
        ["LimitPerDay", "most = two", "required"],
    ]
    path = saved({**deepcopy(WHOLE), "Rules": rules}, tmp_path / "centre.xlsx")

    assert told(path) == [
        "sheet “Rules”, cell B2: The rule AvoidGaps has no parameter “mots”. Maybe “most” was meant.",
        "sheet “Rules”, cell A3: The rule “AvoidGap” must be one of the engine's rules. Maybe “AvoidGaps” was meant.",
        "sheet “Rules”, cell B4: The value (two) must be a whole number.",
    ]


def test_a_rule_by_another_name_is_told_what_a_name_looks_like(tmp_path: Path) -> None:
    path = saved({**deepcopy(WHOLE), "Rules": [["Rule", "Weight"], ["Окна", 5]]}, tmp_path / "centre.xlsx")

    assert told(path) == ["sheet “Rules”, cell A2: “Окна” must be the name of a rule, such as AvoidGaps."]


def test_an_empty_workbook_is_never_written_over_a_filled_one(tmp_path: Path) -> None:
    path = saved(deepcopy(WHOLE), tmp_path / "centre.xlsx")
    before = path.read_bytes()

    done = CliRunner().invoke(app, ["init", str(path), "--lang", "en"])

    assert (done.exit_code, done.stderr) == (
        2,
        f"{path}: There must be no file of this name yet, lest what it holds be lost. Maybe give another name.\n",
    )
    assert path.read_bytes() == before
