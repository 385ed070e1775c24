from datetime import date, datetime, time
from fractions import Fraction

import pytest

from scheduler.errors import Fault, Place
from scheduler.texts import Texts, creed, preferred
from solver.sentence import Sentence, Thing, sentence

EN, RU = Texts("en"), Texts("ru")


@pytest.mark.parametrize(
    ("environ", "lang"),
    [
        ({}, "en"),
        ({"LANG": "ru_RU.UTF-8"}, "ru"),
        ({"LANG": "C.UTF-8"}, "en"),
        ({"LANG": "de_DE.UTF-8"}, "en"),
        ({"LANG": "en_US.UTF-8", "LC_MESSAGES": "ru"}, "ru"),
        ({"LANG": "ru_RU.UTF-8", "LC_ALL": "C"}, "en"),
        ({"LANG": "ru_RU.UTF-8", "LC_ALL": ""}, "ru"),
    ],
)
def test_the_locale_chooses_the_language(environ: dict[str, str], lang: str) -> None:
    assert preferred(environ) == lang


def test_a_language_we_do_not_speak_is_refused() -> None:
    with pytest.raises(ValueError) as caught:
        Texts("de")

    assert str(caught.value) == "The language (de) must be one of en, ru."


def test_things_are_told_by_their_labels() -> None:
    said = sentence(
        "{a} and {b}: {rest}, {n}", a=Thing("resource", 3), b="B", rest=(Thing("event", 1), 2, "c"), n=12345
    )

    assert EN.tell(said, lambda thing: f"<{thing}>") == "<resource 3> and B: <event 1>, 2, and c, 12,345"
    assert RU.tell(said, lambda thing: f"<{thing}>") == "<resource 3> and B: <event 1>, 2 и c, 12\u00a0345"


def test_a_sentence_is_told_in_russian_with_its_place() -> None:
    fault = Fault(
        Place(file="centre.xlsx", sheet="Ученики", cell="C5"), sentence("You must be allowed to use this file.")
    )

    assert EN.fault(fault) == "centre.xlsx: sheet “Ученики”, cell C5: You must be allowed to use this file."
    assert RU.fault(fault) == "centre.xlsx: лист «Ученики», ячейка C5: У вас должно быть право на этот файл."


@pytest.mark.parametrize(
    ("n", "english", "russian"),
    [
        (1, "1 placement differs.", "Отличается 1 занятие."),
        (2, "2 placements differ.", "Отличаются 2 занятия."),
        (5, "5 placements differ.", "Отличаются 5 занятий."),
        (21, "21 placements differ.", "Отличается 21 занятие."),
    ],
)
def test_a_count_chooses_the_words(n: int, english: str, russian: str) -> None:
    one, many = "{n} placement differs.", "{n} placements differ."

    assert EN.counted(one, many, n) == EN.tell(Sentence(one, (("n", n),), many)) == english
    assert RU.counted(one, many, n) == RU.tell(Sentence(one, (("n", n),), many)) == russian


def test_braces_in_a_name_stay() -> None:
    assert RU("{who}", who="{n} 100 %") == "{n} 100 %"
    assert RU("no things: {who}") == "no things: {who}"
    assert RU("") == ""


def test_numbers_dates_and_times() -> None:
    moment = datetime(2026, 9, 1, 8, 30)  # noqa: DTZ001 - the time of day is told, whatever the zone

    assert [EN.number(1234.5), RU.number(1234.5)] == ["1,234.5", "1\u00a0234,5"]
    assert [EN.number(Fraction(1, 2)), RU.number(Fraction(1, 2))] == ["0.5", "0,5"]
    assert [EN.percent(0.8549), RU.percent(0.8549)] == ["85.5%", "85,5\u00a0%"]
    assert [EN.date(date(2026, 9, 1)), RU.date(date(2026, 9, 1))] == ["Sep 1, 2026", "1 сент. 2026\u202fг."]
    assert [EN.moment(moment), RU.moment(moment)] == ["Sep 1, 2026, 08:30", "1 сент. 2026\u202fг., 08:30"]
    assert RU.time(time(14, 5)) == "14:05"


def test_days_and_months_stand_alone() -> None:
    assert [EN.day(date(2026, 9, 1)), RU.day(date(2026, 9, 1))] == ["September 1", "1 сентября"]
    assert [EN.weekday(0), RU.weekday(0), RU.weekday(6, "abbreviated")] == ["Monday", "понедельник", "вс"]
    assert [EN.month(9), RU.month(9)] == ["September", "сентябрь"]


def test_names_stand_in_the_order_of_the_alphabet() -> None:
    names = [
        "11А",
        "Ёлкин",
        "Ежов",
        "9Б",
        "Smith",
        "Елкин",
        "9",
        "Яковлев",
        "иванов",
        "9А",
        "Иванов 10",
        "Иванов 9",
        "Ж",
    ]

    assert sorted(names, key=RU.sort_key) == [
        "9",
        "9А",
        "9Б",
        "11А",
        "Ежов",
        "Елкин",
        "Ёлкин",
        "Ж",
        "иванов",
        "Иванов 9",
        "Иванов 10",
        "Яковлев",
        "Smith",
    ]
    assert sorted(["Иванов", "smith", "Adams"], key=EN.sort_key) == ["Adams", "smith", "Иванов"]


@pytest.mark.parametrize(
    ("doc", "split"),
    [
        ("Nobody is in two places (XHSTT).", ("Nobody is in two places.", "XHSTT")),
        ("Nobody is in two places.\n\nMore.", ("Nobody is in two places.", "")),
        ("At most (or less) 3 gaps.", ("At most (or less) 3 gaps.", "")),
        ("", ("", "")),
    ],
)
def test_a_rule_is_told_apart_from_its_source(doc: str, split: tuple[str, str]) -> None:
    assert creed(doc) == split
