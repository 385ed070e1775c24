"""The protocol of an exam: who sits it, from when to when and where, and who signs it."""

from dataclasses import dataclass
from zoneinfo import ZoneInfo

from scheduler.domain.session_plan import Candidate, Sitting
from scheduler.publish.participants import label
from scheduler.publish.session_views import SessionViews
from scheduler.publish.session_words import FORMS, ROLES, clock, exam_title, part_of, person, rooms, span
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
    main = next(iter(sitting.rooms), None)
    known = {c.student: document.student(c.student) for c in sitting.candidates if document.has("students", c.student)}
    always: list[tuple[str, dict[str, str]]] = [
        (texts("Student"), {c.student: label(document, "students", c.student) for c in sitting.candidates}),
        (
            texts("Grade"),
            {c.student: _grade(known[c.student].grade if c.student in known else None) for c in sitting.candidates},
        ),
        (texts("Start"), {c.student: f"{c.start.astimezone(zone):%H:%M}" for c in sitting.candidates}),
        (texts("End"), {c.student: f"{c.end.astimezone(zone):%H:%M}" for c in sitting.candidates}),
    ]
    places: list[tuple[str, dict[str, str]]] = [
        (texts("Room"), {c.student: label(document, "rooms", c.room or main) for c in sitting.candidates}),
        (texts("Workstation"), {c.student: label(document, "workstations", c.workstation) for c in sitting.candidates}),
        (
            texts("Assistant"),
            {c.student: person(views, c.assistant) if c.assistant else "" for c in sitting.candidates},
        ),
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
        (texts("Students"), texts.number(len(sitting.candidates) or exam.size or 0)),
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


def _grade(grade: int | None) -> str:
    return "" if grade is None else str(grade)
