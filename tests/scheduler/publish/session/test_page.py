"""The page of a session: whole, safe, without a script, and true to the plan."""

import re
from base64 import b64encode
from datetime import timedelta
from hashlib import sha256
from html.parser import HTMLParser
from typing import Any

import pytest

from scheduler.domain.document import Document
from scheduler.domain.session_plan import SessionPlan
from scheduler.publish.session import strips
from scheduler.publish.session.page import page
from tests.scheduler.publish.session.examined import EXAMINED, PLAN

VOID = {"meta", "path", "br"}


class Element:
    """An element of a page: its name, its attributes, and what is in it."""

    def __init__(self, tag: str, attrs: dict[str, str | None]) -> None:
        self.tag, self.attrs = tag, attrs
        self.inside: list[Element | str] = []

    def all(self, tag: str, **attrs: str) -> "list[Element]":
        """The elements of a name, or `*`, whose attributes hold these words."""
        found = [self] if tag in {"*", self.tag} and all(
            set(words.split()) <= set((self.attrs.get(name.removesuffix("_")) or "").split())
            for name, words in attrs.items()
        ) else []  # fmt: skip
        return [*found, *(hit for part in self.inside if isinstance(part, Element) for hit in part.all(tag, **attrs))]

    @property
    def text(self) -> str:
        """All of its text, runs of spaces told as one."""
        told = "".join(part if isinstance(part, str) else f" {part.text} " for part in self.inside)
        return " ".join(told.split())


class Page(HTMLParser):
    """A page as a tree; every element that is opened must be closed in its turn."""

    def __init__(self, body: bytes) -> None:
        super().__init__()
        self.root = Element("", {})
        self.open = [self.root]
        self.feed(body.decode())
        self.close()
        assert self.open == [self.root]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        element = Element(tag, dict(attrs))
        self.open[-1].inside.append(element)
        if tag not in VOID:
            self.open.append(element)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.open[-1].inside.append(Element(tag, dict(attrs)))

    def handle_endtag(self, tag: str) -> None:
        if tag not in VOID:
            assert self.open.pop().tag == tag

    def handle_data(self, data: str) -> None:
        self.open[-1].inside.append(data)

    def part(self, name: str) -> Element:
        """The section, or whatever has that id."""
        (found,) = self.root.all("*", id=name)
        return found


def seen(document: Document = EXAMINED, plan: SessionPlan = PLAN, lang: str = "en") -> Page:
    return Page(page(document, plan, lang=lang))


ENGLISH = seen()


def table(element: Element) -> list[list[str]]:
    """The rows of a table by the texts of their cells."""
    return [[cell.text for cell in row.inside if isinstance(cell, Element)] for row in element.all("tr")]


@pytest.mark.parametrize("lang", ["ru", "en"])
def test_the_page_asks_nobody_for_anything_and_runs_nothing(lang: str) -> None:
    found = seen(lang=lang).root.all("*")
    assert [
        (e.tag, name) for e in found for name in e.attrs if name in {"src", "srcset", "data", "action", "style"}
    ] == []
    assert [e.tag for e in found if e.tag in {"script", "link", "base", "iframe", "form"}] == []
    assert [name for e in found for name in e.attrs if name.startswith("on")] == []
    links = [e.attrs["href"] or "" for e in found if e.tag == "a"]
    assert [link for link in links if not link.startswith("#")] == []
    style = "".join(e.text for e in found if e.tag == "style")
    assert [word for word in ("@import", "url(", "expression") if word in style.replace("url-prefix(", "")] == []


def test_its_policy_lets_only_its_own_style_in() -> None:
    body = page(EXAMINED, PLAN, lang="en").decode()
    style = re.search(r"<style>(.*?)</style>", body, re.DOTALL)
    assert style is not None
    (policy,) = [e for e in ENGLISH.root.all("meta") if e.attrs.get("http-equiv") == "Content-Security-Policy"]
    digest = b64encode(sha256(style[1].encode()).digest()).decode()
    assert policy.attrs["content"] == (
        f"default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'"
    )


def test_every_link_leads_somewhere_and_every_name_is_given_once() -> None:
    found = ENGLISH.root.all("*")
    names = [e.attrs["id"] for e in found if "id" in e.attrs]
    assert len(names) == len(set(names))
    assert {(e.attrs["href"] or "")[1:] for e in found if e.tag == "a"} <= set(names)


def test_dates_stand_below_one_another_and_starts_beside() -> None:
    rows = table(ENGLISH.part("dates"))
    assert rows[0] == ["Date", "09:00", "12:00", "Consultations"]
    assert [row[0] for row in rows[1:]] == [
        "September 21 Monday", "September 22 Tuesday", "September 23 Wednesday", "September 24 Thursday",
        "September 25 Friday", "September 26 Saturday", "September 27 Sunday", "September 28 Monday",
        "September 29 Tuesday", "September 30 Wednesday reserve day",
    ]  # fmt: skip
    assert [bool(cell) for cell in rows[2][1:]] == [True, False, False]
    assert rows[2][1] == (
        "Ру Русский язык, grade 9 09:00–11:00 until 11:30: 1 student каб. 12, Лаборатория · Students: 2 "
        "Белова Ольга Ивановна, Орлова Мария Петровна"
    )
    assert rows[1][3] == "15:00–15:45 Русский язык, grade 9 Белова Ольга Ивановна"


def test_many_starts_are_gathered_by_their_hours() -> None:
    turns = tuple(
        PLAN.sittings[2].model_copy(update={
            "part": part, "start": PLAN.sittings[2].start + timedelta(minutes=20 * part),
            "end": PLAN.sittings[2].end + timedelta(minutes=20 * part), "candidates": (),
        })
        for part in range(1, 8)
    )  # fmt: skip
    rows = table(seen(plan=SessionPlan(sessions=("autumn",), sittings=turns)).part("dates"))
    assert rows[0] == ["Date", "09:00", "10:00", "11:00"]


def test_grades_stand_beside_one_another() -> None:
    rows = table(ENGLISH.part("grades"))
    assert rows[0] == ["Date", "grade 8", "grade 9"]
    assert [(row[0], bool(row[1]), bool(row[2])) for row in rows[1:]] == [
        ("September 22 Tuesday", False, True), ("September 24 Thursday", False, True),
        ("September 25 Friday", True, True), ("September 28 Monday", False, True),
        ("September 29 Tuesday", False, True),
    ]  # fmt: skip


def test_a_students_strip_has_a_cell_for_each_date_and_the_clear_days_between_exams() -> None:
    (strip,) = [row for row in table(ENGLISH.part("students")) if row[0].startswith("Иванова")]
    consultation = "September 21, 15:00–15:45: Consultation: Русский язык, grade 9"
    assert strip == [
        "Иванова Анна 4 exams · two on consecutive days",
        consultation, "Ру 09:00", "2", "", "Ал 12:00", "2", "", "Ис 09:00", "За 12:00 0", "",
    ]  # fmt: skip


def test_an_exam_of_a_strip_is_told_apart_by_colour_and_by_letters_and_tells_all_when_pointed_at() -> None:
    (row,) = [row for row in ENGLISH.part("students").all("tr") if row.text.startswith("Кузнецов")]
    chips = [(chip.attrs["class"], chip.attrs["title"]) for chip in row.all("b", class_="chip")]
    assert chips == [
        ("chip s3 p0", "September 24, 11:00–11:20: Физика, grade 9"),
        ("chip s0 p0", "September 25, 14:00–15:30: Алгебра: тест"),
    ]


def test_two_exams_of_a_student_on_one_day_are_marked() -> None:
    day = timedelta(days=1)
    project = PLAN.sittings[-1]
    candidates = tuple(c.model_copy(update={"start": c.start - day, "end": c.end - day}) for c in project.candidates)
    plan = PLAN.model_copy(
        update={"sittings": (*PLAN.sittings[:-1], project.model_copy(update={"candidates": candidates}))}
    )
    (row,) = [row for row in seen(plan=plan).part("students").all("tr") if row.text.startswith("Иванова")]
    assert [cell.text for cell in row.all("td", class_="double")] == ["Ис 09:00 За 12:00"]
    assert ENGLISH.part("students").all("td", class_="double") == []


def test_students_stand_grade_by_grade_in_the_order_of_the_alphabet() -> None:
    names = [row[0].split(" ")[0] for row in table(ENGLISH.part("students"))]
    assert names == ["Name", "21", "grade", "Сидорова", "grade", "Иванова", "Кузнецов", "Петров"]


def test_a_student_has_a_list_of_their_own_by_their_own_clock() -> None:
    own = ENGLISH.part("student/autumn/gleb")
    assert own.text.startswith("Кузнецов Глеб 2 exams · two on consecutive days · time of Yekaterinburg (UTC+5)")
    assert [item.text for item in own.all("li")] == [
        "September 24, Thu 11:00–11:20 Фи Физика, grade 9 каб. 3",
        "no clear day September 25, Fri 14:00–15:30 Ал Алгебра: тест АРМ-1, каб. 3 · online",
    ]


def test_an_examiners_load_is_counted() -> None:
    loads = [row[0] for row in table(ENGLISH.part("examiners"))[2:]]
    assert loads == [
        "Белова Ольга Ивановна 3 exams · on 3 days · hours: 3.8",
        "Громов Илья Львович 1 exam · on 1 day · hours: 0.3 · time of Yekaterinburg (UTC+5)",
        "Орлова Мария Петровна 3 exams · on 3 days · hours: 5",
    ]


def test_a_room_shows_what_it_holds_on_each_date() -> None:
    (lab,) = [row for row in table(ENGLISH.part("rooms")) if row[0].startswith("Лаборатория")]
    assert lab == [
        "Лаборатория, Школа № 1, Москва 3 exams · 16 seats",
        "", "Ру 09:00", "", "", "", "", "", "Ис 09:00", "За 12:00", "",
    ]  # fmt: skip


def test_lessons_that_give_way_are_told_with_what_becomes_of_them() -> None:
    cancelled, moved = (item.text for item in ENGLISH.part("lessons").all("li"))
    assert cancelled == (
        "September 25, Fri 09:10–09:40 Английский язык ✕ cancelled Lessons are suspended during the session"
    )
    assert moved == (
        "September 28, Mon 08:30–09:10 Русский язык → moved to September 29, 08:30–09:10, Лаборатория "
        "Exam: История, grade 9"
    )


def test_consultations_are_listed_those_asked_for_apart() -> None:
    assert [item.text for item in ENGLISH.part("consultations").all("li")] == [
        "September 21, Mon 15:00–15:45 Русский язык, grade 9 Белова Ольга Ивановна · 9А · online",
        "September 23, Wed 14:00–14:45 Алгебра, 9 класс Орлова Мария Петровна · Кузнецов Глеб · online",
    ]


def test_the_summary_says_how_good_the_plan_is() -> None:
    facts = [fact.text for fact in ENGLISH.part("summary").all("div", class_="fact")]
    assert facts == [
        "Status feasible", "Cost 14 less is better", "Proven bound 14 no plan can cost less",
        "Gap 0% cost above the bound", "Exams 5 6 parts", "Students 4 3 members of commissions",
        "Least between two exams no clear day 2 students have it so", "Consultations 2", "Lessons that give way 2",
    ]  # fmt: skip
    assert "У ученика «Иванова Анна» между экзаменами нет свободного дня." in ENGLISH.part("summary").text
    assert "Резервный день свободен." in ENGLISH.part("summary").text


def test_a_protocol_lists_the_students_with_their_own_times_and_places_and_who_signs() -> None:
    sheet = ENGLISH.part("protocol-1")
    assert table(sheet) == [
        ["No.", "Student", "Grade", "Start", "End", "Room", "Assistant", "Mark", "Signature"],
        ["1", "Иванова Анна", "9", "09:00", "11:30", "Лаборатория", "Зайцева Нина", "", ""],
        ["2", "Петров Борис", "9", "09:00", "11:00", "каб. 12", "", "", ""],
    ]
    assert [item.text for item in sheet.all("dl")[0].inside if isinstance(item, Element)] == [
        "Session Осенняя аттестация", "Date Tuesday, September 22, 2026",
        "Time 09:00–11:30, time of Moscow (UTC+3)", "Place Школа № 1, Москва, каб. 12, Лаборатория",
        "Form written exam, 120 min", "Students 2",
    ]  # fmt: skip
    assert [item.text for item in sheet.all("li")] == [
        "Chair Белова Ольга Ивановна", "Examiner Орлова Мария Петровна", "Observer",
    ]  # fmt: skip


def test_workstations_of_several_sites_are_told_apart_in_a_protocol() -> None:
    rows = table(ENGLISH.part("protocol-3"))
    assert [(row[1], row[6]) for row in rows[1:]] == [
        ("Иванова Анна", "АРМ-1, Школа № 1, Москва"), ("Кузнецов Глеб", "АРМ-1, Школа № 2, Ревда"),
        ("Петров Борис", "АРМ-2, Школа № 1, Москва"), ("Сидорова Вера", ""),
    ]  # fmt: skip


def test_who_has_an_earlier_turn_stands_first_in_a_protocol() -> None:
    project = PLAN.sittings[-1]
    (anna,) = project.candidates
    quarter = timedelta(minutes=15)
    boris = anna.model_copy(update={"student": "boris"})
    later = anna.model_copy(update={"start": anna.start + quarter, "end": anna.end + quarter})
    sitting = project.model_copy(update={"candidates": (later, boris), "end": project.end + quarter})
    rows = table(seen(plan=SessionPlan(sessions=("autumn",), sittings=(sitting,))).part("protocol-1"))
    assert [row[1:5] for row in rows[1:]] == [
        ["Петров Борис", "9", "12:00", "12:15"], ["Иванова Анна", "9", "12:15", "12:30"],
    ]  # fmt: skip


def test_two_sessions_are_shown_apart() -> None:
    raw = EXAMINED.model_dump(mode="json")
    winter = {**raw["sessions"][0], "id": "winter", "name": "Зимняя аттестация", "first_day": "2026-12-21",
              "last_day": "2026-12-25", "reserve_days": []}  # fmt: skip
    exams = [{**exam, "session": "winter"} if exam["id"] == "proj" else exam for exam in raw["exams"]]
    document = Document.model_validate({**raw, "sessions": [*raw["sessions"], winter], "exams": exams})
    moved = PLAN.sittings[-1]
    later = timedelta(days=84)
    candidates = tuple(c.model_copy(update={"start": c.start + later, "end": c.end + later}) for c in moved.candidates)
    last = {"start": moved.start + later, "end": moved.end + later, "candidates": candidates}
    plan = PLAN.model_copy(update={"sessions": ("autumn", "winter"),
                                   "sittings": (*PLAN.sittings[:-1], moved.model_copy(update=last))})  # fmt: skip
    found = seen(document, plan)

    titles = [title.text for title in found.part("dates").all("h3")]
    assert titles == [
        "Осенняя аттестация Sep 21, 2026 – Sep 30, 2026", "Зимняя аттестация Dec 21, 2026 – Dec 25, 2026",
    ]  # fmt: skip
    assert len(found.part("student/winter/anna").all("li")) == 1
    assert len(found.part("student/autumn/anna").all("li")) == 4


def test_a_russian_reader_reads_dates_and_counts_as_they_are_said() -> None:
    found = seen(lang="ru")
    (boris,) = [row[0] for row in table(found.part("students")) if row[0].startswith("Петров")]
    assert boris == "Петров Борис 3 экзамена · между ними не меньше 2 свободных дней"
    date, exam, *_ = table(found.part("dates"))[2]
    assert (date, exam.split(" каб.")[0]) == (
        "22 сентября Вторник", "Ру Русский язык, 9 класс 09:00–11:00 до 11:30: 1 ученик",
    )  # fmt: skip
    assert found.part("protocol-4").text.startswith("Протокол экзамена № 4 История, 9 класс , часть 1 из 2")


def test_students_beyond_the_most_are_counted(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(strips, "MOST_STRIPS", 2)
    rows = table(seen().part("students"))
    assert [row[0].split(" · ")[0] for row in rows[4:]] == [
        "grade 9", "Иванова Анна 4 exams", "Кузнецов Глеб 2 exams", "and 1 more",
    ]  # fmt: skip


EVIL = [
    "</script><script>alert(1)</script>", "</style><b>", "\"'><img src=x onerror=alert(1)>", "{{ 7*7 }}",
    "&lt;b&gt;", "👩‍🏫 Ёлкина", "\u202eгнорК\u202c",
]  # fmt: skip


@pytest.mark.parametrize("name", EVIL)
def test_a_name_is_only_ever_text(name: str) -> None:
    def named(items: Any) -> Any:
        return tuple(item.model_copy(update={"name": name}) for item in items)

    kinds = (
        "students",
        "teachers",
        "tutors",
        "rooms",
        "workstations",
        "sites",
        "subjects",
        "courses",
        "exams",
        "sessions",
    )
    evil = Document.model_construct(**{**dict(EXAMINED), **{kind: named(getattr(EXAMINED, kind)) for kind in kinds}})
    rules = tuple(rule.model_copy(update={"name": name, "sentences": (name,)}) for rule in PLAN.rules)
    found = seen(evil, PLAN.model_copy(update={"rules": rules, "notes": (name,), "name": name}), lang="ru")

    def tags(of: Page) -> set[str]:
        return {element.tag for element in of.root.all("*")}

    assert tags(found) == tags(seen(lang="ru"))
    assert found.root.all("title")[0].text == " ".join(name.split())


def test_equal_plans_give_equal_pages() -> None:
    again = Document.model_validate(EXAMINED.model_dump())
    assert page(again, PLAN, lang="ru") == page(EXAMINED, PLAN, lang="ru")


def test_an_empty_plan_has_a_page() -> None:
    found = seen(plan=SessionPlan(sessions=("autumn",), status="unknown"))
    said = [note.text for note in found.root.all("p", class_="empty")]
    assert said == [
        "No exam is placed.", "No exam is placed.", "No exam has a room.", "None.",
        "✓ None: every lesson is held as it stands in the timetable.", "No rule was counted.",
    ]  # fmt: skip
