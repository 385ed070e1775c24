"""The protocol of an exam: who sits it, from when to when and where, and who signs it."""

from collections.abc import Callable
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from scheduler.domain.document import Document
from scheduler.domain.session_plan import Candidate, Sitting
from scheduler.publish.participants import label
from scheduler.publish.session.views import SessionViews
from scheduler.publish.session.words import FORMS, ROLES, clock, exam_title, part_of, person, rooms, span
from scheduler.texts import Texts


@dataclass(frozen=True, slots=True)
class Protocol:
    """A sheet to fill in by hand, in the words of its language.

    Parameters
    ----------
    title, part
        The exam, and which part of it.
    facts
        What is known of the sitting: a name and a value each.
    headings, rows
        The list of students; the columns of the mark and the signature are empty.
    commission
        The role and the name of everybody who signs; a vacant seat has no name.
    """

    title: str
    part: str
    facts: tuple[tuple[str, str], ...]
    headings: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    commission: tuple[tuple[str, str], ...]


def protocol(views: SessionViews, sitting: Sitting, texts: Texts) -> Protocol:
    """Make the protocol of one sitting, by the clock of its site, or of its session where it is at none."""
    columns = _columns(views, sitting, texts)
    candidates = sorted(sitting.candidates, key=lambda c: (_turn(views, sitting, c), _name(views, c, texts)))
    numbered = [
        (str(number), *(values[candidate.student] for _, values in columns), "", "")
        for number, candidate in enumerate(candidates, 1)
    ]
    headings = (texts("No."), *(heading for heading, _ in columns), texts("Mark"), texts("Signature"))
    return Protocol(
        exam_title(views, sitting.exam, texts),
        part_of(views, sitting, texts),
        tuple(_facts(views, sitting, texts)),
        headings,
        tuple(numbered),
        tuple(_commission(views, sitting, texts)),
    )


def _columns(views: SessionViews, sitting: Sitting, texts: Texts) -> list[tuple[str, dict[str, str]]]:
    """The columns between the number and the mark, each by its students; those of places only where somebody has one."""
    document, zone = views.document, ZoneInfo(views.zone(sitting))

    def column(told: Callable[[Candidate], str]) -> dict[str, str]:
        return {candidate.student: told(candidate) for candidate in sitting.candidates}

    always = [
        (texts("Student"), column(lambda c: label(document, "students", c.student))),
        (texts("Grade"), column(lambda c: _grade(document, c.student))),
        (texts("Start"), column(lambda c: f"{c.start.astimezone(zone):%H:%M}")),
        (texts("End"), column(lambda c: f"{c.end.astimezone(zone):%H:%M}")),
    ]
    places = [
        (texts("Room"), column(lambda c: label(document, "rooms", views.room_of(sitting, c)))),
        (texts("Workstation"), column(lambda c: _station(document, c.workstation, sitting.site))),
        (texts("Assistant"), column(lambda c: person(views, c.assistant) if c.assistant else "")),
    ]
    return [*always, *(column for column in places if any(column[1].values()))]


def _facts(views: SessionViews, sitting: Sitting, texts: Texts) -> list[tuple[str, str]]:
    document, exam, zone = views.document, views.exam(sitting.exam), views.zone(sitting)
    start, end = sitting.start.astimezone(ZoneInfo(zone)), sitting.end.astimezone(ZoneInfo(zone))
    school = document.site(sitting.site).school if sitting.site and document.has("sites", sitting.site) else None
    site, owner = label(document, "sites", sitting.site), label(document, "schools", school)
    where = ["" if site.startswith(owner) else owner, site, rooms(views, sitting)]
    length = texts("{n} min for each", n=exam.turn_minutes) if exam.turn_minutes else texts("{n} min", n=exam.minutes)
    facts = [
        (texts("Session"), label(document, "sessions", exam.session)),
        (texts("Date"), texts.date(start.date(), "full")),
        (texts("Time"), f"{span(start, end)}, {clock(texts, zone, start)}"),
        (texts("Place"), ", ".join(filter(None, where)) or (texts("online") if sitting.mode == "online" else "")),
        (texts("Form"), f"{texts(FORMS[exam.form])}, {length}"),
        (texts("Students"), texts.number(views.size(sitting))),
    ]
    return [(what, value) for what, value in facts if value]


def _commission(views: SessionViews, sitting: Sitting, texts: Texts) -> list[tuple[str, str]]:
    """Who signs, role by role: those who are named, then the seats of their commission that are vacant."""
    document, exam = views.document, views.exam(sitting.exam)
    known = exam.commission is not None and document.has("commissions", exam.commission)
    seats = document.commission(exam.commission or "").seats if known else ()
    told = []
    for role, called in ROLES.items():
        named = [person(views, official.person) for official in sitting.commission if official.role == role]
        asked = sum(one.count for one in seats if one.role == role)
        told += [(texts(called), name) for name in (*named, *[""] * (asked - len(named)))]
    return told


def _turn(views: SessionViews, sitting: Sitting, candidate: Candidate) -> float:
    """When a student's turn comes; all together where there are no turns."""
    return candidate.start.timestamp() if views.exam(sitting.exam).in_turns else 0.0


def _name(views: SessionViews, candidate: Candidate, texts: Texts) -> tuple[object, ...]:
    return texts.sort_key(label(views.document, "students", candidate.student))


def _grade(document: Document, student: str) -> str:
    grade = document.student(student).grade if document.has("students", student) else None
    return "" if grade is None else str(grade)


def _station(document: Document, key: str | None, site: str | None) -> str:
    """A workstation, with its site where that is not the sitting's: every site has a workstation 1."""
    if key is None or not document.has("workstations", key):
        return key or ""
    own = document.workstation(key).site
    return ", ".join([label(document, "workstations", key), *([label(document, "sites", own)] if own != site else [])])
