"""A session's plan as a `.sln` file, and back."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from scheduler.domain.calendar import instant
from scheduler.domain.session_plan import Candidate, SessionPlan, Sitting
from scheduler.errors import BadInput, Fault, Place, refuse
from scheduler.formats import lines
from solver.sentence import sentence

if TYPE_CHECKING:
    from scheduler.domain.document import Document
    from scheduler.domain.exams import Exam


def write(document: Document, plan: SessionPlan) -> str:
    """Write a session's plan as the text of a `.sln` file: period and room of each exam, both by their index.

    Raises
    ------
    BadInput
        With everything that the format cannot say: exams without a room, divided, or at a time that is no period.
    """
    period = _periods(document)
    room = {key: index for index, key in enumerate(document.ids("rooms"))}
    held: dict[str, list[Sitting]] = {}
    for sitting in plan.sittings:
        held.setdefault(sitting.exam, []).append(sitting)
    written, wrong = [], []
    for exam in document.exams:
        match held.pop(exam.id, []):
            case [Sitting(start=start, rooms=(own,))] if start in period and own in room:
                written.append(f"{period[start]}, {room[own]}\r\n")
            case [Sitting(start=start, rooms=(_,))] if start not in period:
                told = start.isoformat(sep=" ", timespec="minutes")
                must = sentence(
                    "The exam “{exam}” must begin with a period of the session, not at {start}.",
                    exam=exam.id,
                    start=told,
                )
                wrong.append(must)
            case _:
                must = sentence(
                    "The exam “{exam}” must be held once and in one room: the format knows nothing else.", exam=exam.id
                )
                wrong.append(must)
    wrong += [sentence("The exam “{exam}” must be in the document.", exam=exam) for exam in held]
    refuse(Fault(Place(), must) for must in wrong)
    return "".join(written)


def read_solution(text: str, document: Document) -> SessionPlan:
    """Read the text of a `.sln` file as the plan of a document in this format.

    Raises
    ------
    BadInput
        If a line is not the period and the room of an exam: every such line.
    """
    reader = lines.Lines(text, comma=True)
    starts, rooms = list(_periods(document)), document.ids("rooms")
    sittings = []
    if len(reader.lines) != len(document.exams):
        must = sentence(
            "The solution must have {expected} lines, one for each exam, not {found}.",
            expected=len(document.exams),
            found=len(reader.lines),
        )
        reader.fault(reader.last, must)
    for exam, (number, words) in zip(document.exams, reader.lines, strict=False):
        if not reader.has_words(".sln", number, words, 2):
            continue
        period = reader.whole(number, words[0], len(starts) - 1)
        room = reader.whole(number, words[1], len(rooms) - 1)
        if period is not None and room is not None:
            sittings.append(_sitting(exam, starts[period], rooms[room]))
    reader.refuse()
    return SessionPlan(sessions=document.ids("sessions"), sittings=tuple(sittings))


def _sitting(exam: Exam, start: datetime, room: str) -> Sitting:
    end = start + timedelta(minutes=exam.minutes)
    candidates = tuple(Candidate(student=student, start=start, end=end, room=room) for student in exam.students)
    return Sitting(exam=exam.id, start=start, end=end, site=exam.site, rooms=(room,), candidates=candidates)


def _periods(document: Document) -> dict[datetime, int]:
    """For the instant at which a period begins its index."""
    if len(document.sessions) != 1 or not document.sessions[0].periods:
        raise BadInput([Fault(Place(), sentence("The document must have one session, and that must have periods."))])
    [session] = document.sessions
    zone = session.time_zone or document.term.time_zone
    return {instant(period.date, period.start, zone): index for index, period in enumerate(session.periods)}
