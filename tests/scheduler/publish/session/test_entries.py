"""Calendars beside a session's plan: lessons that are still held, exams and consultations, each with a lasting identity."""

import re
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from icalendar import Calendar

from scheduler.domain.document import Document
from scheduler.domain.session_plan import SessionPlan
from scheduler.domain.timetable import Timetable
from scheduler.publish.ics import Feeds, Options, Published
from scheduler.publish.participants import KINDS, Kind, participant, participants
from scheduler.publish.session.entries import entries
from scheduler.publish.session.views import SessionViews
from scheduler.publish.views import Views
from scheduler.texts import Texts
from tests.scheduler.publish.session.examined import EXAMINED, PLAN

GOLDEN = Path(__file__).parent.parent / "golden"
STAMP = datetime(2026, 8, 28, 6, 30, tzinfo=UTC)


def render(kind: Kind, key: str, plan: SessionPlan = PLAN, options: Options | None = None, lang: str = "ru") -> bytes:
    views, session = Views(EXAMINED, Timetable()), SessionViews(EXAMINED, plan)
    feeds = Feeds(views, STAMP, "zvonok.example", options or Options(lang=lang), session)
    return feeds.calendar(participant(EXAMINED, kind, key))


def changed(exam: str, student: str, **update: object) -> SessionPlan:
    """The plan with something else for a student in an exam."""
    sittings = tuple(
        sitting.model_copy(update={"candidates": tuple(
            candidate.model_copy(update=update) if candidate.student == student else candidate
            for candidate in sitting.candidates
        )})
        if sitting.exam == exam
        else sitting
        for sitting in PLAN.sittings
    )  # fmt: skip
    return PLAN.model_copy(update={"sittings": sittings})


@pytest.mark.parametrize(("kind", "key"), [("student", "anna"), ("teacher", "alg-t")])
def test_the_whole_calendar_is_as_it_was_looked_at_and_found_good(kind: Kind, key: str) -> None:
    golden = (GOLDEN / f"session-{kind}-{key}.ics").read_text("utf-8")  # its lines end as git keeps them
    assert render(kind, key, lang="en") == golden.replace("\n", "\r\n").encode()


def test_an_exam_that_is_moved_keeps_its_uid_and_counts_its_change() -> None:
    (before,) = Calendar.from_ical(render("student", "vera")).events
    later = before.start + timedelta(hours=2)
    plan = changed("alg-e", "vera", start=later, end=later + timedelta(minutes=90))
    again = datetime(2026, 9, 5, 12, tzinfo=UTC)
    options = Options(lang="ru", published={"candidate/alg-e/vera": Published(1, again)})
    (after,) = Calendar.from_ical(render("student", "vera", plan, options)).events

    assert (after.uid, after.start - before.start) == (before.uid, timedelta(hours=2))
    assert (before.sequence, after.sequence, after.stamp) == (0, 1, again)


def test_a_student_who_comes_into_another_part_keeps_the_uid() -> None:
    first, second = (sitting for sitting in PLAN.sittings if sitting.exam == "his-e")
    swapped = (
        first.model_copy(update={"candidates": second.candidates}),
        second.model_copy(update={"candidates": first.candidates}),
    )
    others = tuple(sitting for sitting in PLAN.sittings if sitting.exam != "his-e")
    plan = PLAN.model_copy(update={"sittings": (*others, *swapped)})

    def uids(of: SessionPlan) -> set[str]:
        return {str(event.uid) for event in Calendar.from_ical(render("student", "anna", of)).events}

    assert uids(plan) == uids(PLAN)


def test_nobodys_calendar_names_a_student_but_a_parents_own_children() -> None:
    surnames = {"anna": "Иванова", "boris": "Петров", "vera": "Сидорова", "gleb": "Кузнецов"}
    views, texts = SessionViews(EXAMINED, PLAN), Texts("ru")
    for kind in (*KINDS, "parent", "coordinator"):
        for someone in participants(EXAMINED, kind):
            told = "".join(
                f"{entry.summary} {entry.description} {entry.location}" for entry in entries(views, someone, texts)
            )
            named = {student for student, surname in surnames.items() if re.search(rf"{surname}\b", told)}
            assert named == ({"anna", "vera"} if kind == "parent" else set())


def test_every_event_has_one_uid_whoever_looks() -> None:
    """Twelve of students, six sittings, two consultations, and each student's exams in a parent's calendar as well."""
    uids = {
        str(event.uid)
        for kind in (*KINDS, "parent", "coordinator")
        for someone in participants(EXAMINED, kind)
        for event in Calendar.from_ical(render(kind, someone.id)).events
    }
    candidates = sum(len(sitting.candidates) for sitting in PLAN.sittings)
    assert (len(uids), candidates) == (candidates + len(PLAN.sittings) + len(PLAN.consultations), 10)


def test_who_sits_with_a_student_is_told_so_and_not_with_whom() -> None:
    (entry,) = entries(SessionViews(EXAMINED, PLAN), participant(EXAMINED, "tutor", "tut"), Texts("en"))
    assert (entry.summary, entry.location) == ("Beside a student at the exam: Русский язык, grade 9", "Лаборатория")


def test_an_exam_far_from_the_term_has_its_time_zone_described() -> None:
    """The feed's zones are described for its own dates, those of the session as well."""
    document = Document.model_validate({**EXAMINED.model_dump(), "term": {**EXAMINED.term.model_dump(),
                                        "time_zone": "Europe/Berlin", "last_day": "2026-09-30"}})  # fmt: skip
    winter = PLAN.model_copy(update={"sittings": tuple(
        sitting.model_copy(update={
            "start": sitting.start + timedelta(90), "end": sitting.end + timedelta(90), "site": None, "rooms": (),
            "candidates": tuple(c.model_copy(update={"start": c.start + timedelta(90), "end": c.end + timedelta(90)})
                                for c in sitting.candidates),
        }) for sitting in PLAN.sittings), "consultations": ()})  # fmt: skip
    feeds = Feeds(
        Views(document, Timetable()), STAMP, "zvonok.example", Options(lang="en"), SessionViews(document, winter)
    )
    body = feeds.calendar(participant(document, "teacher", "alg-t")).decode()
    assert body.count("BEGIN:STANDARD") == 1
    assert "DTSTART;TZID=Europe/Berlin:20261221T070000" in body
