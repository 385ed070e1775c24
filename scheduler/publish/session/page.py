"""One page of a session that needs neither a network nor a script: who is examined when, and the protocols to print.

Each view is a section of its own; the style shows the one whose name stands in the address, and all of them where a
browser does not know how. Names are data: the template escapes them.
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any
from zoneinfo import ZoneInfo

from scheduler.domain.document import Document
from scheduler.domain.exams import Session
from scheduler.domain.session_plan import Consultation, SessionPlan
from scheduler.publish import costs
from scheduler.publish.colours import looks
from scheduler.publish.costs import card
from scheduler.publish.html import ours, styles, whole
from scheduler.publish.participants import Kind, label
from scheduler.publish.session.appointments import Strip
from scheduler.publish.session.boards import by_date, by_grade
from scheduler.publish.session.protocols import protocol
from scheduler.publish.session.strips import axis, by_grades, group, load, occupation
from scheduler.publish.session.told import Told
from scheduler.publish.session.views import SessionViews
from scheduler.publish.session.words import clear_days, clock, consultation_subject, lesson_title, reason, rooms, span
from scheduler.texts import Texts


def page(document: Document, plan: SessionPlan, *, lang: str | None = None) -> bytes:
    """Write the page, in a language for what is not a name."""
    texts = Texts(lang)
    told = Told(SessionViews(document, plan), texts)
    sessions = told.views.sessions
    strips = {one.id: _strips(told, one) for one in sessions}
    return whole(
        "session.html.jinja",
        texts,
        style=ours("page.css") + ours("session.css") + styles(looks(document.subjects).values()),
        title=", ".join(one.name or one.id for one in sessions) or plan.name or texts("Exam session"),
        dates=" · ".join(_range(one, texts) for one in sessions),
        facts=list(_facts(told, [strip for own in strips.values() for strip in own["student"]])),
        sessions=[_session(told, one, strips[one.id]) for one in sessions],
        asked=[_consultation(told, held) for held in told.views.consultations if held.exam is None],
        changes=list(_changes(told)),
        rules=[costs.told(rule, texts) for rule in costs.by_weight(plan.rules)],
        broken=sum(1 for rule in plan.rules if rule.weight == "required" and rule.deviation),
        notes=plan.notes,
        subjects=[
            {"name": subject.name or subject.id, "sign": look.sign, "pattern": look.pattern}
            for subject, look in zip(document.subjects, looks(document.subjects).values(), strict=True)
        ],
        source=costs.source(plan, texts),
    )


def _strips(told: Told, session: Session) -> dict[Kind, list[Strip]]:
    kinds: tuple[Kind, ...] = ("student", "teacher", "room")
    return {kind: told.strips(kind, session) for kind in kinds}


def _facts(told: Told, students: Sequence[Strip]) -> Iterator[dict[str, str]]:
    """How good the plan is, and how much there is of it."""
    texts, plan = told.texts, told.views.plan
    yield from costs.quality(plan, texts)
    exams = {sitting.exam for sitting in plan.sittings}
    yield card(texts("Exams"), texts.number(len(exams)), texts.counted("{n} part", "{n} parts", len(plan.sittings)))
    examined = {candidate.student for sitting in plan.sittings for candidate in sitting.candidates}
    officials = {official.person for sitting in plan.sittings for official in sitting.commission}
    note = texts.counted("{n} member of commissions", "{n} members of commissions", len(officials))
    yield card(texts("Students"), texts.number(len(examined)), note)
    least = [strip.least for strip in students if strip.least is not None]
    if least:
        note = texts.counted("{n} student has it so", "{n} students have it so", least.count(min(least)))
        yield card(texts("Least between two exams"), clear_days(min(least), texts), note)
    yield card(texts("Consultations"), texts.number(len(plan.consultations)))
    yield card(texts("Lessons that give way"), texts.number(len(plan.changes)))


def _session(told: Told, session: Session, strips: Mapping[Kind, list[Strip]]) -> dict[str, Any]:
    views, texts = told.views, told.texts
    zone = session.time_zone or views.document.term.time_zone
    sittings = [sitting for sitting in views.sittings if views.of_session(sitting, session)]
    days = views.days(session)
    return {
        "name": session.name or session.id,
        "dates": _range(session, texts),
        "clock": clock(texts, zone, sittings[0].start) if sittings else "",
        "by_date": by_date(told, session, sittings, days, ZoneInfo(zone)),
        "by_grade": by_grade(told, sittings, days, ZoneInfo(zone)),
        "axis": axis(told, days),
        "students": list(by_grades(told, strips["student"])),
        "examiners": group(told, "", strips["teacher"], load),
        "rooms": group(told, "", strips["room"], occupation),
        "consultations": [_consultation(told, held) for held in views.consultations if views.of_session(held, session)],
        "protocols": [
            {"number": told.numbers[sitting.key], "made": protocol(views, sitting, texts)} for sitting in sittings
        ],
    }


def _consultation(told: Told, held: Consultation) -> dict[str, Any]:
    views, texts = told.views, told.texts
    zone = ZoneInfo(views.zone(held))
    start, end = held.start.astimezone(zone), held.end.astimezone(zone)
    place = (rooms(views, held), texts("online") if held.mode == "online" else "")
    return {
        **told.dated(start.date()),
        "clock": span(start, end),
        "title": consultation_subject(views, held, texts),
        "teacher": label(views.document, "teachers", held.teacher),
        "who": told.who(held.students, held.groups),
        "place": ", ".join(filter(None, place)),
    }


def _changes(told: Told) -> Iterator[dict[str, Any]]:
    """The lessons that give way."""
    views, texts = told.views, told.texts
    zone = ZoneInfo(views.document.term.time_zone)
    for change in views.changes:
        start, end = change.start.astimezone(zone), change.end.astimezone(zone)
        becomes = texts("cancelled")
        if change.new_start is not None and change.new_end is not None:
            first, last = change.new_start.astimezone(zone), change.new_end.astimezone(zone)
            becomes = texts("moved to {date}", date=f"{texts.day(first.date())}, {span(first, last)}")
        yield {
            **told.dated(start.date()),
            "clock": span(start, end),
            "title": lesson_title(views, change),
            "change": ", ".join(filter(None, (becomes, label(views.document, "rooms", change.room)))),
            "moved": change.change == "moved",
            "reason": reason(views, change, texts),
        }


def _range(session: Session, texts: Texts) -> str:
    return f"{texts.date(session.first_day)} – {texts.date(session.last_day)}"
