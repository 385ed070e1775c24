"""Workbooks written and read back, templates, and workbooks as people fill them in."""

from collections.abc import Iterator
from datetime import date, datetime, time
from fractions import Fraction
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, get_args

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl import Workbook, load_workbook
from pydantic import BaseModel

from scheduler.domain.base import Record
from scheduler.domain.document import Document
from scheduler.errors import BadInput
from scheduler.formats import native, read, workbook
from scheduler.formats.workbook.layout import CHOICE, OWNER
from scheduler.formats.workbook.sheets import SHEETS
from scheduler.formats.workbook.words import plain
from tests.exam_strategies import attestations, attested_documents
from tests.strategies import documents

SLOW = settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large]
)

SPREADSHEET_DAY = datetime(2026, 9, 1)  # noqa: DTZ001 - as spreadsheets tell a date

DAYS = {"first_day": "2026-09-01", "last_day": "2026-12-29"}

ANYTHING = st.characters(exclude_categories=["Cs"])
TEXTS = st.text(ANYTHING, max_size=20) | st.sampled_from(
    ["=1+1", "#REF!", "_x000D_", "_x005F_x000D_", "_x005F_", "a\r\nb", "\x00", "\uffff", " a ", "\t", "'a", "🔔" * 300]
)
WORDS = st.sampled_from(
    ["007", "1-2", "1e5", "-", "+7", "0.5", "2026-09-01", "example:", "no", "TRUE", "#REF!", "9"]
) | (
    st.text(ANYTHING, min_size=1, max_size=6).filter(
        lambda word: not any(c.isspace() or c in ",;=/\\\x7f" or c < " " for c in word)
    )
)
VALUES = st.booleans() | st.integers(-9, 10**15) | st.floats(allow_nan=False, allow_infinity=False) | TEXTS | WORDS
NAMES = TEXTS.map(lambda text: "".join(c for c in text if c >= " " and c != "\x7f").strip())


def back(document: Document, lang: str = "ru", *, checked: bool = False) -> Document:
    with TemporaryDirectory() as folder:
        path = Path(folder) / "centre.xlsx"
        workbook.write(document, path, lang)
        return workbook.read(path, checked=checked)


@SLOW
@given(documents() | attested_documents(), st.sampled_from(["en", "ru"]))
def test_a_document_is_read_back_from_a_workbook_as_it_was(document: Document, lang: str) -> None:
    again = back(document, lang, checked=True)

    assert native.tell(again) == native.tell(document)
    assert again == document


@SLOW
@given(attestations(), st.sampled_from(["en", "ru"]))
def test_sessions_exams_and_requests_are_read_back_from_a_workbook_as_they_were(document: Document, lang: str) -> None:
    again = back(document, lang)

    assert native.tell(again) == native.tell(document)
    assert again == document


@SLOW
@given(
    st.lists(WORDS, min_size=1, max_size=3, unique=True),
    TEXTS,
    st.lists(NAMES, max_size=3),
    st.dictionaries(
        TEXTS, VALUES | st.lists(VALUES, max_size=3) | st.dictionaries(TEXTS, VALUES, max_size=3), max_size=3
    ),
    st.fractions(0, 60, max_denominator=1000),
)
def test_words_texts_and_numbers_survive_whatever_they_look_like(
    ids: list[str], text: str, names: list[str], parameters: dict[str, Any], hours: Fraction
) -> None:
    document = Document.model_validate(
        {
            "term": DAYS,
            "groups": [{"id": ids[0], "students": ids, "name": names[0] if names else ""}],
            "students": [{"id": key, "remarks": text, "equipment": ids, "needs": ids[:1]} for key in ids],
            "courses": [{"id": "c", "subject": ids[0], "hours": hours, "workstations_for": [], "link": text}],
            "policy": {"profiles": names, "rules": [{"id": ids[0], "parameters": parameters, "source": text}]},
        }
    )

    assert back(document) == document


@pytest.mark.parametrize("hours", ["1/2", "1.5", "1/3", "0.1", "7/12", "2"])
def test_fractions_are_exact(hours: str) -> None:
    document = Document.model_validate({"term": DAYS, "courses": [{"id": "c", "subject": "s", "hours": hours}]})

    assert back(document).courses[0].hours == Fraction(hours)


@pytest.mark.parametrize(
    ("course", "what"),
    [
        ({"room": {}}, "a room with no wishes is not no room"),
        ({"sections": {}}, "sections of any size are not no sections"),
        ({"workstations_for": []}, "workstations for nobody are not the usual ones"),
        ({"workstations_for": ["teachers"]}, "workstations for teachers alone"),
        ({"split": [2, 1, 1]}, "a split"),
        ({"room": {"seats": 0}}, "no seats are not as many as there are people"),
    ],
)
def test_what_is_left_out_is_not_what_is_empty(course: dict[str, Any], what: str) -> None:
    document = Document.model_validate({"term": DAYS, "courses": [{"id": "c", "subject": "s", "hours": 1, **course}]})

    assert back(document) == document, what


def test_a_text_that_is_too_long_for_a_cell_is_refused_and_not_cut(tmp_path: Path) -> None:
    document = Document.model_validate(
        {"term": DAYS, "students": [{"id": "s", "equipment": [f"{n:060}" for n in range(600)]}]}
    )
    with pytest.raises(BadInput) as caught:
        workbook.write(document, tmp_path / "long.xlsx", "en")

    assert str(caught.value) == (
        f"{tmp_path / 'long.xlsx'}: field students[0].equipment: "
        "A cell of a workbook must hold at most 32767 characters."
    )
    assert not (tmp_path / "long.xlsx").exists()


def leaves(model: type[BaseModel], way: tuple[str, ...] = ()) -> Iterator[tuple[str, ...]]:
    """The ways to all fields of a model that hold no further models."""
    for name, field in model.model_fields.items():
        inner = [part for part in parts(field.annotation) if isinstance(part, type) and issubclass(part, Record)]
        for part in inner:
            yield from leaves(part, (*way, name))
        if not inner:
            yield (*way, name)


def parts(annotation: Any) -> Iterator[Any]:
    yield annotation
    for argument in get_args(annotation):
        yield from parts(argument)


def test_every_field_of_a_document_has_a_column() -> None:
    columns = {
        tuple(f"{path.replace('[]', '')}.{column.field}".strip(".").split("."))
        for sheet in SHEETS
        for path in sheet.lists.values()
        for column in sheet.columns
        if column.field not in {OWNER, CHOICE}
    }

    assert {way for way in leaves(Document) if not imported(way)} - columns == set()


def imported(way: tuple[str, ...]) -> bool:
    """Whether a field is only for documents made of files in other formats."""
    return (
        way[0] in {"format", "left_out"}
        or way in {("term", "day_names"), ("bells", "periods", "name")}
        or way[:3] == ("groups", "availability", "dated")
        or ("room" in way and ("also" in way or way[-1] in {"optional", "name"}))
    )


def test_titles_and_headings_are_told_apart_and_fit() -> None:
    titles = [plain(title) for sheet in SHEETS for title in sheet.title]
    assert len(titles) == len(set(titles))
    assert all(len(title) <= 31 and not set(title) & set("[]:*?/\\'") for title in titles)
    for sheet in SHEETS:
        for headings in zip(*(column.heading for column in sheet.columns), strict=True):
            assert len(set(map(plain, headings))) == len(sheet.columns), sheet.title
        assert len(sheet.headings) == len({plain(heading) for column in sheet.columns for heading in column.heading})
        assert (OWNER in [column.field for column in sheet.columns]) == any(
            "[]" in path for path in sheet.lists.values()
        )


@pytest.mark.parametrize("lang", ["en", "ru"])
def test_a_template_holds_headings_notes_drop_downs_and_one_example_a_sheet(lang: str, tmp_path: Path) -> None:
    workbook.init(tmp_path / "centre.xlsx", lang)

    book = load_workbook(tmp_path / "centre.xlsx")
    assert book.worksheets[0].title == {"en": "Read me", "ru": "Как заполнять"}[lang]
    for sheet in SHEETS:
        page = book[sheet.title.tell(lang)]
        assert page.max_row == 2
        assert page.freeze_panes == "A2"
        assert [cell.value for cell in page[1]] == [
            column.heading.tell(lang) + "*" * column.required for column in sheet.columns
        ]
        assert [cell.comment and cell.comment.text for cell in page[1]] == [
            column.note.tell(lang) for column in sheet.columns
        ]
        assert str(page["A2"].value).startswith({"en": "example: ", "ru": "пример: "}[lang])
    courses = book[{"en": "Courses", "ru": "Курсы"}[lang]]
    offered = {str(rule.sqref): rule.formula1 for rule in courses.data_validations.dataValidation}
    subjects = {"en": "'Subjects'", "ru": "'Предметы'"}[lang]
    assert offered["C3:C5000"] == f"{subjects}!$A$3:$A$5000"


@pytest.mark.parametrize("lang", ["en", "ru"])
def test_a_template_with_the_least_filled_in_is_a_document(lang: str, tmp_path: Path) -> None:
    path = tmp_path / "centre.xlsx"
    workbook.init(path, lang)
    book = load_workbook(path)
    book.worksheets[1].append([date(2026, 9, 1), date(2026, 12, 29)])
    book.save(path)

    assert read(path) == Document.model_validate({"term": DAYS})


@pytest.mark.parametrize("lang", ["en", "ru"])
def test_examples_are_what_their_columns_take(lang: str, tmp_path: Path) -> None:
    path = tmp_path / "centre.xlsx"
    workbook.init(path, lang)
    book = load_workbook(path)
    for sheet in SHEETS:
        cell = book[sheet.title.tell(lang)]["A2"]
        cell.value = str(cell.value).split(": ")[1]
    book.save(path)

    document = workbook.read(path, checked=False)

    assert document.term.cycle == 2
    assert document.students[0].plan[0].hours == Fraction(1, 2)
    assert document.teachers[0].availability.weekly[0].days == ("mon", "wed")
    assert document.teachers[0].limits.latest == time(16, 0)
    assert document.policy.profiles == ("default", "ru-sanpin-2021")


FILLED_IN: dict[str, list[list[Any]]] = {
    "Учебный период": [
        ["Последний день*", "Первый день*", "Недель в цикле", "# наше"],
        ["29.12.2026", SPREADSHEET_DAY, "2", "заметка"],
    ],
    "Bell schedules": [["Id"], [7.0]],
    "Periods": [
        ["BELLS", "lesson", "Начало", "End"],
        [7, 1.0, "8:30", 0.3819444444444444],
        [None, None, "  ", None],
        [7, 2, time(9, 20), "10:00"],
    ],
    "Предметы": [["Код", "Название"], ["м", 5]],
    "Курсы": [
        ["Код", "Предмет", "Часов в неделю", "Форма", "Учителя", "Делить на группы"],
        ["м5", "м", "0,5", "онлайн", "п1; п2", True],
    ],
    "Учителя": [["Код", "ФИО"], ["п1", "Анна"], ["пример: п3", "не читается"], ["п2", "Ольга"]],
    "Квалификация": [["Учитель", "Предмет", "Классы"], ["п1", "м", "5-7, 9"], ["п2", "м", 5]],
    "Доступность": [
        ["Кто", "Код", "Дни", "С часа", "Доступен"],
        ["Преподаватель", "п1", "пн–ср, суббота", "09:00", "нет"],
    ],
    "#черновик": [["=1+1"]],
    "Sheet1": [],
}


def test_cells_as_people_and_spreadsheets_fill_them_in(tmp_path: Path) -> None:
    book = Workbook()
    for title, rows in FILLED_IN.items():
        page = book.create_sheet(title)
        for row in rows:
            page.append(row)
    book.save(tmp_path / "centre.xlsx")

    document = read(tmp_path / "centre.xlsx")

    assert document == Document.model_validate(
        {
            "term": {**DAYS, "cycle": 2},
            "bells": [
                {
                    "id": "7",
                    "periods": [
                        {"number": 1, "start": "08:30", "end": "09:10"},
                        {"number": 2, "start": "09:20", "end": "10:00"},
                    ],
                }
            ],
            "subjects": [{"id": "м", "name": "5"}],
            "courses": [
                {"id": "м5", "subject": "м", "hours": "1/2", "teachers": ["п1", "п2"], "sections": {}},
            ],
            "teachers": [
                {
                    "id": "п1",
                    "name": "Анна",
                    "qualifications": [{"subject": "м", "grades": [5, 6, 7, 9]}],
                    "availability": {
                        "weekly": [{"days": ["mon", "tue", "wed", "sat"], "start": "09:00", "available": False}]
                    },
                },
                {"id": "п2", "name": "Ольга", "qualifications": [{"subject": "м", "grades": [5]}]},
            ],
        }
    )
