"""The page: whole, safe, and true to the timetable."""

import json
import re
from base64 import b64encode
from hashlib import sha256
from html.parser import HTMLParser
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scheduler.domain.document import Document, LeftOut
from scheduler.domain.timetable import Timetable
from scheduler.publish.pages import embedded, page
from scheduler.publish.participants import participant
from tests.scheduler.publish.conftest import with_names, with_rooms


class Seen(HTMLParser):
    """The elements, the attributes and the texts of a page, as a browser's parser tells them apart."""

    def __init__(self, body: bytes) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.within: list[str] = []
        self.texts: dict[str, list[str]] = {}
        self.feed(body.decode())
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))
        self.within.append(tag)

    def handle_endtag(self, tag: str) -> None:
        while self.within and self.within.pop() != tag:
            pass

    def handle_data(self, data: str) -> None:
        if self.within:
            self.texts.setdefault(self.within[-1], []).append(data)


def data_of(body: bytes) -> Any:
    return json.loads(Seen(body).texts["script"][0])


@pytest.mark.parametrize("lang", ["ru", "en"])
def test_the_page_asks_the_network_for_nothing(document: Document, timetable: Timetable, lang: str) -> None:
    seen = Seen(page(document, timetable, lang=lang))
    asked = [
        (tag, name) for tag, attrs in seen.elements for name in attrs if name in {"src", "srcset", "data", "action"}
    ]
    assert asked == []
    assert [attrs.get("href") for tag, attrs in seen.elements if tag in {"link", "a", "base"}] == ["#main"]
    assert "url(" not in "".join(seen.texts["style"]).replace("url-prefix(", "")
    assert "@import" not in "".join(seen.texts["style"])


def test_its_policy_lets_only_its_own_script_and_style_run(document: Document, timetable: Timetable) -> None:
    seen = Seen(page(document, timetable))
    policy = next(a["content"] for _, a in seen.elements if a.get("http-equiv") == "Content-Security-Policy")

    def digest(text: str) -> str:
        return b64encode(sha256(text.encode()).digest()).decode()

    style, script = "".join(seen.texts["style"]), seen.texts["script"][1]
    assert policy == (
        f"default-src 'none'; script-src 'sha256-{digest(script)}'; style-src 'sha256-{digest(style)}'; "
        "base-uri 'none'; form-action 'none'"
    )
    assert [name for _, attrs in seen.elements for name in attrs if name.startswith("on") or name == "style"] == []


def test_equal_timetables_give_equal_pages(document: Document, timetable: Timetable) -> None:
    again = Document.model_validate(document.model_dump())
    assert page(document, timetable, lang="ru") == page(again, timetable, lang="ru")


def test_every_participant_can_be_found(document: Document, timetable: Timetable) -> None:
    data = data_of(page(document, timetable, lang="ru"))
    told = [f"{data['kinds'][data['entities'][who[0]][0]][0]}/{who[1]}" for who in data["who"]]
    assert sorted(told) == sorted(
        [
            *(f"student/{key}" for key in ("anna", "boris", "vera", "gleb")),
            *(f"teacher/{key}" for key in ("alg-t", "rus-t", "phy-t")),
            *("tutor/tut", "support/psy", "group/9А", "site/msk", "site/ekb", "room/12", "room/lab", "room/e3"),
            *(f"workstation/{key}" for key in ("m1", "m2", "m3", "e1", "e2")),
        ]
    )


def test_numbers_in_the_tables_point_at_what_is_there(document: Document, timetable: Timetable) -> None:
    data = data_of(page(document, timetable, lang="ru"))
    for entity, _, zone, rows, _, cells, site in data["who"]:
        assert max(entity, site) < len(data["entities"])
        assert zone < len(data["zones"])
        for placed, weeks, day, taken, start, end in (data["cells"][cell] for cell in cells):
            assert placed < len(data["placements"])
            assert 0 < weeks < 1 << document.term.cycle
            assert day < 7
            assert set(taken) <= set(range(len(data["rows"][rows])))
            assert 0 <= start < end <= 24 * 60
    assert all(row[0] < len(data["placements"]) for row in data["occurrences"])
    assert all(site < len(data["entities"]) for _, _, sites in data["shortened"] for site in sites)


def test_dated_meetings_say_only_what_differs_from_the_pattern(document: Document, timetable: Timetable) -> None:
    data = data_of(page(document, timetable, lang="ru"))
    assert len(data["occurrences"]) == sum(o.status != "lost" for o in timetable.occurrences)
    different = [row for row in data["occurrences"] if len(row) > 3]
    assert [(row[4], row[5]) for row in different if row[4] & 1] == [(1, "болезнь учителя")]
    substitute = next(row for row in different if row[6])
    names = [[data["entities"][who][1] for who in row] for row in substitute[6:8]]
    assert names == [["Белова Ольга Ивановна", "АРМ-3"], ["Орлова Мария Петровна", "АРМ-1"]]


def test_the_summary_needs_no_script(document: Document, timetable: Timetable) -> None:
    text = re.sub(
        r"<script.*?</script>|<style.*?</style>", "", page(document, timetable, lang="ru").decode(), flags=re.DOTALL
    )
    for said in (
        "27",
        "21",
        "22,2 %",
        "«Алгебра, 9 класс» стоит два дня подряд.",
        "«Физика» теряет один час: Дни здоровья.",
    ):
        assert said in text.replace("\xa0", " ")
    assert text.count('class="mark kept"') == 1 + 1  # the legend's, and the one rule's
    assert '<section id="summary" class="summary" aria-labelledby="tab-summary">' in text


def test_a_lesson_is_told_with_all_its_rooms(document: Document, timetable: Timetable) -> None:
    data = data_of(page(document, with_rooms(timetable, "12", "e3")))
    rooms = {row[0]: [data["entities"][room][1] for room in row[9]] for row in data["placements"]}

    assert {title: names for title, names in rooms.items() if names} == {
        "Русский язык": ["каб. 12", "каб. 3"],
        "Семинар тьюторов": ["Лаборатория"],
    }


def test_the_page_knows_the_names_of_days_and_periods(document: Document, timetable: Timetable) -> None:
    data, plain = data_of(page(with_names(document, "A", " B"), timetable)), data_of(page(document, timetable))

    assert (data["days"], data["term"][4]) == (["A", "B"], 5)
    assert {row[3] for row in data["rows"][data["who"][0][3]]} == {f"{n}-й урок, пара" for n in range(1, 5)}
    assert (plain["days"], {row[3] for rows in plain["rows"] for row in rows}) == ([], {""})


def test_the_summary_tells_what_was_not_looked_at(document: Document, timetable: Timetable) -> None:
    left_out = (LeftOut(what="Constraint<Foo>", count=1200),)
    told = timetable.model_copy(update={"left_out": left_out})

    assert "<li><bdi>1,200 × Constraint&lt;Foo&gt;</bdi></li>" in page(document, told, lang="en").decode()
    assert page(document.model_copy(update={"left_out": left_out}), timetable) == page(document, told)
    assert "left-out" not in page(document, timetable).decode()


EVIL = [
    "</script><script>alert(1)</script>", "<!--<script>", "\"'><img src=x onerror=alert(1)>", "{{ 7*7 }}", "]]>",
    "&lt;b&gt;", "👩‍🏫 Ёлкина", "\u202eгнорК\u202c", "\u2028\u2029", "${alert(1)}", "\\u003cscript\\u003e",
]  # fmt: skip


@pytest.mark.parametrize("name", EVIL)
def test_a_name_is_only_ever_text(document: Document, timetable: Timetable, name: str) -> None:
    student = document.students[0].model_copy(update={"name": name})
    subject = document.subjects[0].model_copy(update={"name": name})
    course = document.courses[0].model_copy(update={"name": name, "link": "javascript:alert(1)"})
    rule = timetable.rules[1].model_copy(update={"sentences": (name,), "name": name})
    faults = tuple(fault.model_copy(update={"sentence": name}) for fault in timetable.faults)
    parts = {
        "students": (student, *document.students[1:]),
        "subjects": (subject, *document.subjects[1:]),
        "courses": (course, *document.courses[1:]),
        "term": document.term.model_copy(update={"name": name}),
    }
    harmless = Seen(page(document, timetable, lang="ru"))
    body = page(
        Document.model_construct(**{**dict(document), **parts}),
        timetable.model_copy(update={"rules": (timetable.rules[0], rule, timetable.rules[2]), "faults": faults}),
        lang="ru",
    )
    seen = Seen(body)
    assert [tag for tag, _ in seen.elements if tag in {"script", "img", "b", "style"}] == [
        tag for tag, _ in harmless.elements if tag in {"script", "img", "b", "style"}
    ]
    assert name in data_of(body)["title"]
    assert name in "".join(seen.texts["bdi"])


@given(st.recursive(st.text() | st.integers(), lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner)))
@settings(max_examples=50, deadline=None)
def test_data_cannot_leave_its_element_and_comes_back_as_it_was(data: Any) -> None:
    written = embedded(data)
    assert not set("<>&\u2028\u2029") & set(written)
    assert json.loads(written) == data


def test_a_parents_page_names_no_other_child(document: Document, timetable: Timetable) -> None:
    body = page(document, timetable, lang="ru", reader=participant(document, "parent", "mum")).decode()
    assert [name for name in ("Иванова Анна", "Сидорова Вера", "Петров Борис", "Кузнецов Глеб") if name in body] == [
        "Иванова Анна", "Сидорова Вера",
    ]  # fmt: skip


def test_a_coordinators_page_names_the_children_of_their_schools(document: Document, timetable: Timetable) -> None:
    body = page(document, timetable, lang="ru", reader=participant(document, "coordinator", "mun")).decode()
    assert [name for name in ("Иванова Анна", "Сидорова Вера", "Петров Борис", "Кузнецов Глеб") if name in body] == [
        "Кузнецов Глеб"
    ]


def test_an_empty_timetable_has_a_page(document: Document) -> None:
    data = data_of(page(document, Timetable(status="unknown"), lang="en"))
    assert (data["placements"], data["occurrences"], len(data["who"])) == ([], [], 20)
