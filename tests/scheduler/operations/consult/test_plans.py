"""Consultations beside sessions' plans: exams, their consultations and the lessons that give way to them stand."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from typer.testing import CliRunner

from scheduler.cli import app
from scheduler.domain.session_plan import SessionPlan
from scheduler.domain.timetable import Occurrence, Placement
from scheduler.errors import BadInput
from scheduler.formats import native
from scheduler.operations.audit import audit, audit_result
from scheduler.operations.consult import Answer, Proposal, accept, choose, consult
from scheduler.texts import Texts
from tests.scheduler.operations.consult.school import BELLS, at, changed, request, school, starts, timetable
from tests.scheduler.operations.consult.test_always import DAYS, schools

if TYPE_CHECKING:
    from datetime import datetime
    from pathlib import Path

    from scheduler.domain.document import Document
    from scheduler.domain.timetable import Timetable

MONDAY: dict[str, Any] = {"first_day": "2026-09-07", "last_day": "2026-09-07", "earliest": "09:00", "latest": "10:30"}
TUESDAY: dict[str, Any] = {"first_day": "2026-09-08", "last_day": "2026-09-08", "earliest": "09:00", "latest": "10:00"}
SESSION: dict[str, Any] = {
    "sessions": [
        {
            "id": "s",
            "first_day": "2026-09-07",
            "last_day": "2026-09-18",
            "starts": [{"times": ["09:00"]}],
            "profiles": [],
            "lessons_give_way": "move",
        }
    ],
    "exams": [{"id": "X", "name": "Exam", "session": "s", "students": ["anna", "vera"], "minutes": 40, "site": "S"}],
}
FIRST: dict[str, Any] = {"start": at(7, "09:00"), "end": at(7, "09:40")}
"""The first period of Monday, on which nobody has a lesson."""
SECOND: dict[str, Any] = {"start": at(7, "09:50"), "end": at(7, "10:30")}


W1, NINE = "Workstation W1 is taken twice at once:", "(Sep 7, 2026, 09:00)"


def plan(sitting: dict[str, Any] | None = None, **fields: Any) -> SessionPlan:
    """A plan with Vera's exam in the first period of Monday, or with somebody and something else of it."""
    vera = {"candidates": [{"student": "vera", **FIRST}]}
    held = {"exam": "X", "site": "S", **FIRST, **(vera if sitting is None else sitting)}
    return SessionPlan.model_validate({"sessions": ["s"], "sittings": [held], **fields})


def change(what: str, **fields: Any) -> dict[str, Any]:
    """A change of Tuesday's algebra."""
    was = {"start": at(8, "09:00"), "end": at(8, "09:40")}
    return {"occurrence": "alg/1/1@1.1", "change": what, **was, **fields}


def answered(document: Document, *plans: SessionPlan) -> Answer:
    """The answer to the one request."""
    (found,) = consult(document, timetable(document), plans=plans)
    return found


def told(sentences: Any) -> list[str]:
    """Sentences in English."""
    return [Texts("en").tell(one) for one in sentences]


CONSULTATION = {"id": "X/consultation", "exam": "X", **FIRST, "mode": "site", "site": "S"}


@pytest.mark.parametrize(
    ("asked", "held", "wrong"),
    [
        (
            {},
            plan({"candidates": [{"student": "anna", **FIRST}]}),
            ["Anna is in two places at once: “Exam” and “the consultation R” (Sep 7, 2026, 09:00)."],
        ),
        (
            {},
            plan({"commission": [{"role": "chair", "person": "petrova"}]}),
            ["Petrova is in two places at once: “Exam” and “the consultation R” (Sep 7, 2026, 09:00)."],
        ),
        (
            {},
            plan({"workstations": ["W1", "W2"]}),
            [f"{W1} by Exam at “Exam” and by Anna at “the consultation R” {NINE}."],
        ),
        (
            {"agree": ["tutor"]},
            plan({"candidates": [{"student": "vera", **FIRST, "assistant": "tutor"}]}),
            ["Tutor is in two places at once: “Exam” and “the consultation R” (Sep 7, 2026, 09:00)."],
        ),
        (
            {"mode": "site", "site": "S", "room": {"features": ["lab"]}},
            plan({"rooms": ["R2"]}),
            ["R2 is taken by “Exam” and “the consultation R” at once (Sep 7, 2026, 09:00)."],
        ),
        (
            {},
            plan({}, consultations=[{**CONSULTATION, "teacher": "petrova", "students": ["vera"]}]),
            [f"Petrova is in two places at once: “the consultation before Exam” and “the consultation R” {NINE}."],
        ),
        (
            {"mode": "site", "site": "S", "room": {"features": ["lab"]}},
            plan({}, consultations=[{**CONSULTATION, "teacher": "ivanov", "room": "R2"}]),
            ["R2 is taken by “the consultation before Exam” and “the consultation R” at once (Sep 7, 2026, 09:00)."],
        ),
        (
            {},
            plan(changes=[change("moved", new_start=FIRST["start"], new_end=FIRST["end"])]),
            ["Anna is in two places at once: “alg/1/1” and “R/1/1” (09:00).",
             "Petrova is in two places at once: “alg/1/1” and “R/1/1” (09:00).",
             "W1 is in two places at once: “alg/1/1” and “R/1/1” (09:00).",
             "Petrova is in two places at once: “the lesson Algebra 9” and “the consultation R” (Sep 7, 2026, 09:00).",
             "Anna is in two places at once: “the lesson Algebra 9” and “the consultation R” (Sep 7, 2026, 09:00).",
             f"{W1} by Anna at “the lesson Algebra 9” and by Anna at “the consultation R” {NINE}."],
        ),
    ],
    ids=["student", "commission", "workstations", "assistant", "room", "consultation", "its room", "moved lesson"],
)  # fmt: skip
def test_whom_and_what_a_plan_takes_nobody_else_has_then(
    asked: dict[str, Any], held: SessionPlan, wrong: list[str]
) -> None:
    """Anna's consultation was once put into the first period, on an exam; it is in the second one now."""
    document = school(request(**MONDAY, **asked), **SESSION)
    made = timetable(document)

    assert (starts(answered(document)), starts(answered(document, held))) == (["Mon 07 09:00"], ["Mon 07 09:50"])
    blind = accept(document, made, answered(document).proposals, (held,))
    assert blind.timetable is None
    assert sorted(told(blind.reasons)) == sorted(wrong)


@pytest.mark.parametrize(
    "held",
    [
        plan(changes=[change("moved", new_start=SECOND["start"], new_end=SECOND["end"])]),
        plan({"candidates": []}, changes=[change("cancelled", because=["X"])]),
    ],
)
def test_the_time_of_a_lesson_that_gives_way_is_free(held: SessionPlan) -> None:
    """On Tuesday from nine to ten is nothing but algebra, which the session moved to Monday or cancelled."""
    document = school(request(**TUESDAY), **SESSION)
    made = timetable(document)
    found = accept(document, made, choose(document, made, ["R=1"], plans=(held,)), (held,)).timetable

    assert (starts(answered(document)), starts(answered(document, held))) == ([], ["Tue 08 09:00"])
    assert found is not None
    assert (audit(document, found, (held,)).facts, told(audit(document, found).facts)) == (
        (),
        [
            "Anna is in two places at once: “alg/1/1” and “R/1/1” (09:00).",
            "Petrova is in two places at once: “alg/1/1” and “R/1/1” (09:00).",
            "W1 is in two places at once: “alg/1/1” and “R/1/1” (09:00).",
        ],
    )


def test_who_is_examined_misses_lessons_that_are_held_for_others_where_theirs_are_suspended() -> None:
    """Algebra is held for Boris and with Petrova; Anna and her workstation are free for Orlov's consultation."""
    [session], [exam] = SESSION["sessions"], SESSION["exams"]
    suspended = {"sessions": [{**session, "lessons": "suspended"}], "exams": [{**exam, "students": ["anna"]}]}
    held = plan({"candidates": [{"student": "anna", **FIRST}]})
    document = school(request(**TUESDAY, teachers=["orlov"]), **suspended)
    petrovas = school(request(**TUESDAY), **suspended)

    (found,) = consult(document, timetable(document), plans=(held,))

    assert (starts(answered(document)), starts(found)) == ([], ["Tue 08 09:00"])
    assert found.proposals[0].consultations[0].seats == {"anna": "W1"}
    assert starts(answered(petrovas, held)) == []


def test_a_lesson_that_a_plan_has_moved_is_not_moved_again() -> None:
    held = plan(changes=[change("moved", new_start=FIRST["start"], new_end=FIRST["end"])])
    document = school(request(**{**MONDAY, "latest": "10:00"}, may_move=True), **SESSION)

    assert answered(document, held).proposals == ()


def test_the_minutes_of_an_exam_count_in_somebodys_own_day() -> None:
    """Forty minutes of an exam and forty of a consultation are more than seventy; on Tuesday there is algebra."""
    document = school(
        request(**{**MONDAY, "last_day": "2026-09-08"}),
        **SESSION,
        **changed("students", "anna", limits={"minutes_per_day": 70}),
    )
    found = answered(document, plan({"candidates": [{"student": "anna", **FIRST}]}))

    assert (starts(answered(document)), found.proposals) == (["Mon 07 09:00"], ())
    assert "22 would be too much for Anna: 70 minutes a day at most." in told(found.reasons)


def test_several_plans_stand_together() -> None:
    document = school(request(**MONDAY), **SESSION)
    second = plan({"candidates": [{"student": "anna", **SECOND}], **SECOND})
    third = plan(consultations=[{**CONSULTATION, **SECOND, "teacher": "petrova"}])

    assert answered(document, plan({"candidates": [{"student": "anna", **FIRST}]}), second).proposals == ()
    assert starts(answered(document, plan({"candidates": []}), third)) == ["Mon 07 09:00"]


@settings(max_examples=60, deadline=None)
@given(schools(), st.sampled_from(DAYS[:4]), st.integers(0, 3), st.data())
def test_an_exam_takes_the_time_of_people_and_workstations_as_any_other_event(
    drawn: tuple[Document, Timetable], weekday: str, period: int, data: st.DataObject
) -> None:
    document, made = drawn
    document = in_session(document)
    student = data.draw(st.sampled_from(["anna", "boris", "vera"]))
    teacher = data.draw(st.sampled_from(["petrova", "ivanov", "orlov"]))
    seat = data.draw(st.sampled_from(["W1", "W2"]))
    number, bell = 7 + DAYS.index(weekday), BELLS[period]
    when = {"start": at(number, str(bell["start"])), "end": at(number, str(bell["end"]))}
    candidate = {"student": student, **when, "workstation": seat}
    sitting = {"candidates": [candidate], "commission": [{"role": "chair", "person": teacher}], **when}
    held = plan({**sitting, "mode": "online", "site": None})
    placement = Placement(
        event="E/1/1",
        kind="event",
        course="E",
        weeks=(),
        weekday=weekday,
        start=when["start"].time(),
        end=when["end"].time(),
        time_zone="Europe/Moscow",
        mode="online",
        students=(student,),
        teachers=(teacher,),
        seats={student: seat},
    )
    event = Occurrence(id="E/1/1@1.1", event="E/1/1", **when)
    beside = made.model_copy(update={"pattern": (*made.pattern, placement), "occurrences": (*made.occurrences, event)})

    (found,), (alike,) = consult(document, made, plans=(held,)), consult(document, beside)

    assert [(starts_and_teachers(one), one.cost) for one in found.proposals] == [
        (starts_and_teachers(one), one.cost) for one in alike.proposals
    ]


def test_the_commands_take_plans_and_refuse_those_of_another_timetable(tmp_path: Path) -> None:
    document = school(request(**TUESDAY), **SESSION)
    cancelled = plan({"candidates": []}, changes=[change("cancelled", because=["X"])])
    late = change("cancelled", end=at(8, "09:30"))
    other = plan({"candidates": []}, changes=[late, {**late, "occurrence": "art/1/1@1.1"}])
    names = ("school.json", "made.json", "plan.json", "other.json", "new.json")
    file, made, good, bad, new = (tmp_path / name for name in names)
    native.write(document, file)
    native.write(timetable(document), made)
    native.write(cancelled, good)
    native.write(other, bad)

    def run(command: str, *arguments: object) -> tuple[int, list[str], list[str]]:
        done = CliRunner().invoke(
            app, [command, str(file), *map(str, arguments)], env={"LC_ALL": "C", "COLUMNS": "160"}
        )
        return done.exit_code, done.stdout.splitlines()[:1], done.stderr.splitlines()

    accepted = run("consult", made, "--plan", good, "--accept", "R=1", "-o", new)
    assert accepted == (0, ["R “Algebra 9”: Tue, Sep 8, 2026, 09:00–09:40, Petrova, Anna: W1"], [])
    assert run("audit", new, "--plan", good)[:2] == (0, ["All required rules are kept."])
    assert run("audit", new)[:2] == (1, ["Required rules are broken."])
    maybe = "Maybe name the timetable beside which the session's plan was made."
    moment = "The timetable must hold the lesson alg/1/1@1.1 at Sep 8, 2026, 09:00, from which it gives way to an exam."
    misfits = [
        f"{bad}: field changes: {moment} {maybe}",
        f"{bad}: field changes: The timetable must have the lesson art/1/1@1.1 that gives way to an exam. {maybe}",
    ]
    assert run("consult", made, "--plan", good, "--plan", bad) == (2, [], misfits)
    assert run("audit", made, "--plan", bad) == (2, [], misfits)
    with pytest.raises(BadInput, match=r"^Only a timetable can stand beside sessions' plans\.$"):
        audit_result(document, cancelled, plans=(cancelled,))


def starts_and_teachers(proposal: Proposal) -> list[tuple[datetime, str]]:
    """When the consultations of a proposal begin, and who holds them."""
    return [(one.start, one.teacher) for one in proposal.consultations]


def in_session(document: Document) -> Document:
    """A document with the session and its exam."""
    return document.model_validate({**document.model_dump(), **SESSION})
