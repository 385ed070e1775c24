"""Calendars as calendar programs need them (RFC 5545, RFC 7986; the reasons stand in the design's calendars page)."""

import re
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from icalendar import Calendar, Event

from scheduler.domain.document import Document
from scheduler.domain.timetable import Timetable
from scheduler.publish.ics import Options, Published, calendar
from scheduler.publish.participants import KINDS, Kind, participant, participants
from tests.scheduler.publish.conftest import with_rooms

GOLDEN = Path(__file__).parent / "golden"
STAMP = datetime(2026, 8, 28, 6, 30, tzinfo=UTC)
SURNAMES = {"anna": "Иванова", "boris": "Петров", "vera": "Сидорова", "gleb": "Кузнецов"}


def render(document: Document, timetable: Timetable, kind: Kind, key: str, **options: Any) -> bytes:
    who = participant(document, kind, key)
    chosen = Options(**{"lang": "ru", **options})
    return calendar(document, timetable, who, stamp=STAMP, host="zvonok.example", options=chosen)


def events(body: bytes) -> dict[str, Event]:
    """By start, or by title where only a day is given."""
    feed = Calendar.from_ical(body)
    found = {f"{event.start:%d.%m %H:%M}": event for event in feed.events}
    assert len(found) == len(feed.events)
    return found


@pytest.mark.parametrize(
    ("kind", "key"), [("student", "gleb"), ("teacher", "alg-t"), ("tutor", "tut"), ("parent", "mum")]
)
def test_the_whole_calendar_is_as_it_was_looked_at_and_found_good(
    document: Document, timetable: Timetable, kind: Kind, key: str
) -> None:
    golden = (GOLDEN / f"{kind}-{key}.ics").read_text("utf-8")  # its lines end as git keeps them
    assert render(document, timetable, kind, key) == golden.replace("\n", "\r\n").encode()


def test_a_lesson_takes_place_in_all_its_rooms(document: Document, timetable: Timetable) -> None:
    told = render(document, with_rooms(timetable, "12", "e3"), "group", "9А").decode()

    assert "LOCATION:каб. 12\\; каб. 3\\, Школа № 2\\, Ревда" in told.replace("\r\n ", "")


def test_two_renders_are_equal_to_the_byte(document: Document, timetable: Timetable) -> None:
    assert render(document, timetable, "student", "anna") == render(document, timetable, "student", "anna")


def test_a_moved_lesson_with_another_teacher_keeps_its_uid_and_counts_its_change(
    document: Document, timetable: Timetable
) -> None:
    before = events(render(document, timetable, "student", "gleb"))["07.09 12:20"]
    moved = tuple(
        occurrence.model_copy(
            update={"start": occurrence.start + timedelta(hours=2), "end": occurrence.end + timedelta(hours=2),
                    "teachers": ("rus-t",), "status": "held"}
        )
        if occurrence.id == "alg9/1/1@1.2"
        else occurrence
        for occurrence in timetable.occurrences
    )  # fmt: skip
    again = datetime(2026, 9, 5, 12, tzinfo=UTC)
    after = events(
        render(document, timetable.model_copy(update={"occurrences": moved}), "student", "gleb",
               published={"alg9/1/1@1.2": Published(1, again)})
    )["07.09 14:20"]  # fmt: skip
    assert before.uid == after.uid
    assert (before.sequence, after.sequence) == (0, 1)
    assert (before.stamp, after.stamp, after.last_modified) == (STAMP, again, again)


def test_every_occurrence_of_everybody_has_one_uid_and_different_ones_have_different(
    document: Document, timetable: Timetable
) -> None:
    by_uid: dict[str, set[tuple[date, date]]] = {}
    for kind in KINDS:
        for someone in participants(document, kind):
            for event in events(render(document, timetable, kind, someone.id)).values():
                by_uid.setdefault(str(event.uid), set()).add((event.start, event.end))
    held = [occurrence for occurrence in timetable.occurrences if occurrence.status != "lost"]
    deadlines = len(timetable.self_paced)
    assert len(by_uid) == len(held) + deadlines
    assert all(len({(str(start), str(end)) for start, end in times}) <= 2 for times in by_uid.values())


@pytest.mark.parametrize(
    ("cancelled", "said"),
    [
        ("keep", ("CANCELLED", "TRANSPARENT", "Отменено: Алгебра, 9 класс (онлайн)")),
        ("mark", ("CONFIRMED", "TRANSPARENT", "Отменено: Алгебра, 9 класс (онлайн)")),
        ("drop", None),
    ],
)
def test_a_cancelled_lesson_is_shown_as_the_feed_asks(
    document: Document, timetable: Timetable, cancelled: str, said: tuple[str, str, str] | None
) -> None:
    found = events(render(document, timetable, "student", "gleb", cancelled=cancelled)).get("07.09 12:20")
    assert said == (found and (found["STATUS"], found["TRANSP"], found["SUMMARY"]))


def test_the_window_opens_fourteen_days_back(document: Document, timetable: Timetable) -> None:
    found = events(render(document, timetable, "student", "gleb", today=date(2026, 9, 23)))
    assert next(iter(found)) == "09.09 12:20"


def test_a_feed_has_neither_a_method_nor_recurrences_nor_comments(document: Document, timetable: Timetable) -> None:
    for kind in KINDS:
        for someone in participants(document, kind):
            body = render(document, timetable, kind, someone.id).decode()
            assert re.findall(r"^(METHOD|RRULE|RDATE|EXDATE|RECURRENCE-ID|COMMENT)\b", body, re.MULTILINE) == []
            assert set(re.findall(r";TZID=([^:;]+)", body)) <= set(re.findall(r"^TZID:(\S+)", body, re.MULTILINE))


def test_nobody_but_a_parents_own_children_is_named(document: Document, timetable: Timetable) -> None:
    mother = {"anna", "vera"}
    for kind in (*KINDS, "parent", "coordinator"):
        for someone in participants(document, kind):
            body = Calendar.from_ical(render(document, timetable, kind, someone.id)).to_ical().decode()
            text = body.replace("\r\n ", "")
            own = {someone.id} if kind == "student" else mother if kind == "parent" else set()
            named = {student for student, surname in SURNAMES.items() if re.search(rf"{surname}\b", text)}
            assert named <= own | ({"anna"} if someone.name == "Иванова Елена" else set())


def test_a_link_that_is_an_address_can_be_clicked_and_any_other_is_only_told(
    document: Document, timetable: Timetable
) -> None:
    found = events(render(document, timetable, "student", "gleb"))
    algebra, physics = found["09.09 12:20"], found["01.09 11:30"]
    assert [(c.uri, c.feature, c.label) for c in algebra.conferences] == [
        ("https://meet.example/alg9?a=1,2;b", "VIDEO", "Войти")
    ]
    assert physics.conferences == []
    assert str(physics["DESCRIPTION"]).splitlines()[-1] == "Ссылка: кабинет «Сферум» 17"


def test_berlin_in_autumn_is_described_with_both_of_its_offsets(document: Document, timetable: Timetable) -> None:
    site = document.sites[1].model_copy(update={"time_zone": "Europe/Berlin"})
    term = document.term.model_copy(update={"last_day": date(2026, 12, 30)})
    abroad = document.model_copy(update={"sites": (document.sites[0], site), "term": term})
    feed = Calendar.from_ical(render(Document.model_validate(abroad.model_dump()), timetable, "student", "gleb"))
    described = [(str(part.name), part["TZOFFSETTO"].to_ical()) for part in feed.timezones[0].subcomponents]
    assert described == [("DAYLIGHT", "+0200"), ("STANDARD", "+0100")]


def test_somebody_without_lessons_has_a_calendar_that_can_be_read(document: Document, timetable: Timetable) -> None:
    empty = timetable.model_copy(update={"occurrences": (), "self_paced": ()})
    feed = Calendar.from_ical(render(document, empty, "student", "anna"))
    assert feed.events == []
    assert [str(feed["NAME"]), str(feed["X-WR-CALNAME"])] == ["Расписание: Иванова Анна"] * 2


TEXT = st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1, max_size=120)
TRICKY = st.one_of(TEXT, st.text("👩‍🏫🏳️‍🌈ёЖ\\;,:\"'n \u202e", min_size=1, max_size=120))


@settings(max_examples=60, deadline=None)
@given(name=TRICKY, room=TRICKY)
def test_any_name_is_folded_between_characters_and_read_back_as_it_was(name: str, room: str) -> None:
    """Cyrillic takes two octets a letter and emoji four: one wrong fold makes Google drop the whole feed."""
    document = Document.model_validate({
        "term": {"first_day": "2026-09-01", "last_day": "2026-09-30"},
        "sites": [{"id": "x", "name": "x"}],
        "rooms": [{"id": "r", "site": "x", "seats": 1}],
        "events": [{"id": "e"}],
        "support": [{"id": "p"}],
    })  # fmt: skip
    renamed = document.model_copy(update={
        "events": (document.events[0].model_copy(update={"name": name}),),
        "rooms": (document.rooms[0].model_copy(update={"name": room}),),
    })  # fmt: skip
    placement = {"event": "e/1/1", "kind": "event", "course": "e", "weeks": [1], "weekday": "tue", "start": "10:00",
                 "end": "11:00", "time_zone": "Europe/Moscow", "mode": "site", "support": ["p"],
                 "room": "r"}  # fmt: skip
    held = {
        "id": "e/1/1@1.1",
        "event": "e/1/1",
        "start": "2026-09-01T10:00:00+03:00",
        "end": "2026-09-01T11:00:00+03:00",
    }
    timetable = Timetable.model_validate({"pattern": [placement], "occurrences": [held]})
    fresh = Document.model_construct(**dict(renamed))
    body = render(fresh, timetable, "support", "p")
    lines = body.split(b"\r\n")
    assert lines.pop() == b""
    assert all(len(line) <= 75 for line in lines)
    assert [line.decode() for line in lines]  # no character is cut
    assert b"\n" not in b"".join(lines)
    event = Calendar.from_ical(body).events[0]
    lined = re.sub("[\u2028\u2029]", "\n", name)
    assert event["SUMMARY"] == lined
    assert str(event["LOCATION"]).startswith(re.sub("[\u2028\u2029]", "\n", room))


def test_control_characters_never_reach_a_feed(document: Document, timetable: Timetable) -> None:
    course = document.courses[0].model_copy(update={"name": "Алгебра\x00\x0b\x1b[31m\r\nBEGIN:VEVENT"})
    broken = Document.model_construct(**{**dict(document), "courses": (course, *document.courses[1:])})
    found = events(render(broken, timetable, "student", "gleb"))
    assert found["09.09 12:20"]["SUMMARY"] == "Алгебра[31m\nBEGIN:VEVENT (онлайн)"
