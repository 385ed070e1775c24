"""Between a lesson and an exam elsewhere there is the time for the way, whether or not the lesson gives way."""

from __future__ import annotations

from typing import Any

import pytest

from scheduler.domain.document import Document
from scheduler.domain.timetable import Timetable
from scheduler.operations.attest import attest

SCHOOL: dict[str, Any] = {
    "term": {"first_day": "2027-01-11", "last_day": "2027-05-28"},
    "bells": [{"id": "usual", "periods": [{"number": 1, "start": "08:30", "end": "09:10"}]}],
    "sites": [{"id": "Main"}, {"id": "East"}],
    "travel": [{"a": "Main", "b": "East", "minutes": 45}],
    "subjects": [{"id": "algebra"}],
    "students": [{"id": "Anna", "site": "Main"}],
    "teachers": [{"id": "Ledovey", "site": "Main"}],
    "courses": [{"id": "algebra-9", "subject": "algebra", "hours": 1, "mode": "site", "teachers": ["Ledovey"]}],
    "sessions": [
        {
            "id": "winter",
            "first_day": "2027-01-12",
            "last_day": "2027-01-12",
            "starts": [{"times": ["09:40"]}],
            "lessons_give_way": "no",
            "profiles": [],
        }
    ],
    "exams": [{"id": "Algebra", "session": "winter", "students": ["Anna"], "site": "East", "minutes": 60}],
}

LESSON = {
    "pattern": [
        {
            "event": "algebra-9/1/1",
            "course": "algebra-9",
            "weeks": [1],
            "weekday": "tue",
            "periods": [1],
            "bells": "usual",
            "start": "08:30",
            "end": "09:10",
            "time_zone": "Europe/Moscow",
            "mode": "site",
            "site": "Main",
            "teachers": ["Ledovey"],
            "students": ["Anna"],
        }
    ],
    "occurrences": [
        {
            "id": "algebra-9/1/1@1.1",
            "event": "algebra-9/1/1",
            "start": "2027-01-12T08:30+03:00",
            "end": "2027-01-12T09:10+03:00",
        }
    ],
}


@pytest.mark.parametrize(("minutes", "status"), [(30, "optimal"), (31, "impossible")])
def test_an_exam_begins_no_sooner_after_a_lesson_elsewhere_than_the_way_takes(minutes: int, status: str) -> None:
    """Ways from lessons that stay were once not looked at: who has lessons then was only taken to be busy."""
    school = SCHOOL | {"travel": [{"a": "Main", "b": "East", "minutes": minutes}]}
    found = attest(Document.model_validate(school), Timetable.model_validate(LESSON), work=1, workers=1)

    assert found.status == status


def test_who_has_lessons_elsewhere_on_the_day_is_told_once_with_what_they_have() -> None:
    """Those who stand in for people on the way once sat exams in their stead, without a workstation."""
    exam = SCHOOL["exams"][0] | {"subject": "algebra", "form": "test", "consultation": {"mode": "site"}}
    session = SCHOOL["sessions"][0] | {"first_day": "2027-01-11", "starts": [{"times": ["14:00"]}]}
    school = SCHOOL | {"exams": [exam], "sessions": [session], "workstations": [{"id": "PC1", "site": "East"}]}
    found = attest(Document.model_validate(school), Timetable.model_validate(LESSON), work=1, workers=1)

    assert found.plan is not None
    assert [(one.student, one.workstation) for one in found.plan.sittings[0].candidates] == [("Anna", "PC1")]
    assert found.plan.consultations[0].students == ("Anna",)


def test_a_session_may_take_the_time_for_the_way_for_a_wish() -> None:
    wish = {"rules": [{"id": "travel", "rule": "AllowTravel", "weight": 1}]}
    school = SCHOOL | {"sessions": [SCHOOL["sessions"][0] | wish]}

    assert attest(Document.model_validate(school), Timetable.model_validate(LESSON), work=1, workers=1).plan is not None
