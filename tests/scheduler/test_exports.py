"""What is exported, and what is said where it cannot be."""

from datetime import UTC, datetime
from pathlib import Path

import pytest
from icalendar import Calendar

from scheduler import cli
from scheduler.domain.session_plan import SessionPlan
from scheduler.domain.timetable import Timetable
from scheduler.errors import BadInput
from scheduler.exports import OF_PLANS, OF_TIMETABLES, Order, export
from scheduler.formats import native
from scheduler.texts import Texts
from tests.scheduler.publish.session.examined import EXAMINED, PLAN

MADE = datetime(2026, 9, 1, tzinfo=UTC)


def order(result: Timetable | SessionPlan, out: Path, beside: Timetable | None = None) -> Order:
    return Order(EXAMINED, result, Texts("en"), MADE, out, beside=beside)


def refusal(order: Order, way: str) -> str:
    with pytest.raises(BadInput) as raised:
        export(order, way)
    return str(raised.value)


def test_a_plan_is_written_as_a_page_and_as_sheets(tmp_path: Path) -> None:
    (page,) = export(order(PLAN, tmp_path / "session.html"), "html")
    (sheets,) = export(order(PLAN, tmp_path / "session.xlsx"), "xlsx")

    assert (page.read_bytes()[:15], sheets.read_bytes()[:2]) == (b"<!doctype html>", b"PK")


def test_calendars_hold_exams_and_the_lessons_that_are_still_held(tmp_path: Path) -> None:
    """Of two lessons of Russian one is moved for an exam; the lesson of English is cancelled."""
    ids = {"rus9/1/1@2.2": 21, "rus9/1/1@3.1": 28, "eng8/2/1@2.2": 25}
    lessons = Timetable.model_validate({
        "pattern": [{"event": event, "course": event.partition("/")[0], "number": 1, "weeks": [1], "weekday": "mon",
                     "start": "08:30", "end": "09:10", "time_zone": "Europe/Moscow", "mode": "site", "site": "msk",
                     "students": ["boris"]} for event in ("rus9/1/1", "eng8/2/1")],
        "occurrences": [{"id": key, "event": key.partition("@")[0], "start": f"2026-09-{day}T08:30:00+03:00",
                         "end": f"2026-09-{day}T09:10:00+03:00"} for key, day in ids.items()],
    })  # fmt: skip
    export(order(PLAN, tmp_path, beside=lessons), "ics")

    feed = Calendar.from_ical((tmp_path / "Students" / "Петров Борис.ics").read_bytes())
    assert [f"{event.start:%d.%m %H:%M} {event['SUMMARY']}" for event in feed.events] == [
        "21.09 08:30 Русский язык",
        "25.09 08:30 Cancelled: Английский язык",
        "29.09 08:30 Русский язык",
        "21.09 15:00 Consultation: Русский язык, grade 9 (online)",
        "22.09 09:00 Exam: Русский язык, grade 9",
        "25.09 12:00 Exam: Алгебра: тест (online)",
        "28.09 09:00 Exam: История, grade 9",
    ]


def test_a_plan_alone_gives_calendars_of_exams_alone(tmp_path: Path) -> None:
    export(order(PLAN, tmp_path), "ics")
    feed = Calendar.from_ical((tmp_path / "Students" / "Сидорова Вера.ics").read_bytes())
    assert [event["SUMMARY"] for event in feed.events] == ["Exam: Алгебра: тест (online)"]


@pytest.mark.parametrize(
    ("result", "way", "said"),
    [
        (PLAN, "fet", "A session's plan can be written as html, ics, itc2007-exam, xlsx, not as fet."),
        (Timetable(), "itc2007-exam",
         "A timetable can be written as fet, html, ics, itc2007-course, xlsx, not as itc2007-exam."),
    ],
)  # fmt: skip
def test_a_way_that_does_not_fit_is_told_with_those_that_do(
    result: Timetable | SessionPlan, way: str, said: str, tmp_path: Path
) -> None:
    told = refusal(order(result, tmp_path / "out"), way)
    assert (told, list(tmp_path.iterdir())) == (said, [])


def test_only_a_plan_stands_beside_a_timetable(tmp_path: Path) -> None:
    told = refusal(order(Timetable(), tmp_path / "out", beside=Timetable()), "html")
    assert told == "Only a session's plan can stand beside a timetable."


@pytest.mark.parametrize("result", [PLAN, Timetable(name="Week")])
def test_what_was_written_is_read_as_what_it_is(result: Timetable | SessionPlan, tmp_path: Path) -> None:
    native.write(result, path := tmp_path / "result.json")
    assert native.read_result(path) == result


def test_all_ways_are_known_to_the_command_line() -> None:
    assert set(cli.export.__annotations__["to"].__origin__.__args__) == {*OF_TIMETABLES, *OF_PLANS}
