"""Consultations on the days of exams: what a session's own rules say of them."""

from __future__ import annotations

from typing import Any

import pytest

from scheduler.compile.sessions import compile_sessions
from scheduler.operations.audit import audit, audit_session
from scheduler.operations.consult import accept, consult
from scheduler.texts import Texts
from tests.scheduler.operations.consult.school import at, request, school, starts, timetable, told
from tests.scheduler.operations.consult.test_plans import SESSION, plan

MONDAY: dict[str, Any] = {"first_day": "2026-09-07", "last_day": "2026-09-07", "earliest": "09:00", "latest": "10:30"}
WEEK: dict[str, Any] = {"first_day": "2026-09-07", "last_day": "2026-09-08", "earliest": "10:30", "latest": "11:30"}
NINE: dict[str, Any] = {"start": at(7, "09:00"), "end": at(7, "09:40")}
HELD = plan({"candidates": [{"student": "anna", **NINE}]})
"""Anna's exam in the first period of Monday."""


def ruled(rule: str, weight: Any, asked: dict[str, Any], exam: dict[str, Any] | None = None, **parameters: Any) -> Any:
    """The school with one request, and one rule of the session."""
    [session], [known] = SESSION["sessions"], SESSION["exams"]
    rules = [{"id": "days", "rule": rule, "weight": weight, "parameters": parameters}]
    changes = {"sessions": [{**session, "rules": rules}], "exams": [{**known, "students": ["anna"], **(exam or {})}]}
    return school(request(**asked), **changes)


def en(sentences: Any) -> list[str]:
    """Sentences in English."""
    return [Texts("en").tell(one) for one in sentences]


SCREEN: dict[str, Any] = {"what": "screen_minutes", "most": 70}
FREE = "no lesson on the day of an exam"


@pytest.mark.parametrize(
    ("rule", "parameters", "exam", "limit", "wrong"),
    [
        ("FreeExamDays", {}, {}, FREE, "Anna has “the consultation R” on Sep 7, 2026, the day of “Exam”."),
        (
            "LimitInDays",
            SCREEN,
            {"form": "test"},
            "70 minutes at a screen a day at most",
            "Anna has 80 minutes at a screen on Sep 7, 2026, not at most 70.",
        ),
        (
            "LimitInDays",
            {"what": "minutes", "most": 70, "days": 2},
            {},
            "70 minutes on 2 days in a row at most",
            "Anna has 80 minutes from Sep 7, 2026 to Sep 8, 2026, not at most 70.",
        ),
    ],
    ids=["lessons", "screen", "days in a row"],
)
def test_no_proposal_breaks_a_required_rule_of_a_session_about_days(
    rule: str, parameters: dict[str, Any], exam: dict[str, Any], limit: str, wrong: str
) -> None:
    """Anna's consultation was once put after her exam of that day, whatever the session said."""
    document = ruled(rule, "required", MONDAY, exam, **parameters)
    made = timetable(document, ())
    (free,), (found,) = consult(document, made), consult(document, made, plans=(HELD,))

    assert (starts(free), found.proposals) == (["Mon 07 09:00"], ())
    assert told(found)[0] == [
        "There are 11 starts from Sep 7, 2026 to Sep 7, 2026, and none of them is free.",
        f"11 would be too much for Anna: {limit}.",
    ]

    late = ruled(rule, "off", {**MONDAY, "earliest": "09:50"}, exam, **parameters)
    (asked,) = consult(late, made, plans=(HELD,))
    refused = accept(document, made, asked.proposals, (HELD,))
    held = accept(late, made, asked.proposals, (HELD,)).timetable
    assert held is not None
    assert (refused.timetable, en(refused.reasons)) == (None, [wrong])
    assert wrong in en(audit(document, held, (HELD,)).facts)
    (recounted,) = [one for one in audit_session(document, HELD, held).rules if one.rule == "days"]
    assert recounted.deviation > 0


@pytest.mark.parametrize(
    ("rule", "parameters", "exam", "cost"),
    [("FreeExamDays", {}, {}, 7), ("LimitInDays", SCREEN, {"form": "test"}, 70)],
    ids=["lessons", "screen"],
)
def test_what_a_wish_of_a_session_about_days_costs_is_told_and_is_what_the_recount_finds(
    rule: str, parameters: dict[str, Any], exam: dict[str, Any], cost: int
) -> None:
    document = ruled(rule, 7, {**MONDAY, "earliest": "09:50"}, exam, **parameters)
    made = timetable(document, ())
    (found,) = consult(document, made, plans=(HELD,))
    held = accept(document, made, found.proposals, (HELD,)).timetable

    assert starts(found) == ["Mon 07 09:50"]
    [priced] = [(one.amount, Texts("en").tell(one.sentence)) for one in found.proposals[0].costs]
    assert priced == (cost, "More than a rule would have: Anna.")
    assert held is not None
    (recounted,) = [one for one in audit_session(document, HELD, held).rules if one.rule == "days"]
    assert recounted.cost == cost


def test_another_day_and_who_is_not_examined_are_free() -> None:
    document = ruled("FreeExamDays", "required", WEEK)
    others = ruled("FreeExamDays", "required", {**MONDAY, "earliest": "09:50", "students": ["boris"]})
    made = timetable(document, ())

    assert starts(consult(document, made, plans=(HELD,))[0]) == ["Tue 08 10:50"]
    assert starts(consult(others, made, plans=(HELD,))[0]) == ["Mon 07 09:50"]


def test_several_consultations_are_counted_together_on_days_in_a_row() -> None:
    """Forty minutes on each of two days in a row are more than seventy; from the third day on they are not."""
    days = {**WEEK, "first_day": "2026-09-08", "last_day": "2026-09-10", "count": 2}
    document = ruled("LimitInDays", "required", days, what="minutes", most=70, days=2)
    made = timetable(document, ())
    (found,) = consult(document, made, plans=(plan({"candidates": []}),))

    assert [[f"{one.start:%a %d}" for one in proposal.consultations] for proposal in found.proposals] == [
        ["Tue 08", "Thu 10"]
    ]


def test_a_lesson_that_makes_room_is_not_moved_to_the_day_of_an_exam() -> None:
    """Algebra is the only lesson; it may go to another hour of Tuesday or to Monday, where the exam is."""
    asked = {**MONDAY, "first_day": "2026-09-08", "last_day": "2026-09-08", "latest": "09:40", "may_move": True}
    document = ruled("FreeExamDays", "required", asked)
    made = timetable(document, (("alg", "tue", 1),))
    (found,) = consult(document, made, plans=(HELD,))
    moves = [proposal.move.new_start for proposal in found.proposals if proposal.move is not None]

    assert moves == [at(8, "09:50")]


def test_the_session_counts_the_screen_minutes_of_a_consultation_that_was_accepted() -> None:
    """They were once left out, for a request is no course."""
    document = ruled("LimitInDays", "required", {**MONDAY, "earliest": "09:50"}, what="screen_minutes", most=39)
    made = timetable(document, ())
    (found,) = consult(document, made)
    held = accept(document, made, found.proposals).timetable
    assert held is not None
    compiled = compile_sessions(document, held)

    assert len(compiled.lessons) == 1
    rules = audit_session(document, HELD, held).rules
    assert [en(one.sentences) for one in rules if one.rule == "days"] == [
        ["Anna has 40 minutes at a screen on Sep 7, 2026, not at most 39."]
    ]
