"""What things are called on every page, sheet and calendar."""

from collections.abc import Iterable
from typing import Final
from zoneinfo import ZoneInfo

import babel.dates

from scheduler.domain.calendar import Term
from scheduler.domain.session_plan import SessionPlan
from scheduler.domain.timetable import Occurrence, Placement, Timetable
from scheduler.publish.participants import Kind, Participant, label
from scheduler.publish.views import Views
from scheduler.texts import N_, Texts

CATEGORIES: Final = {
    "seminar": N_("Seminar"),
    "conference": N_("Conference"),
    "project": N_("Project"),
    "forum": N_("Forum"),
    "discussion": N_("Discussion"),
    "role_game": N_("Role game"),
    "meeting": N_("Meeting"),
    "other": N_("Event"),
}
"""What an event that is no lesson is called by its kind."""

TITLES: Final[dict[Kind, str]] = {
    "student": N_("Students"),
    "teacher": N_("Teachers"),
    "tutor": N_("Tutors"),
    "support": N_("Support staff"),
    "group": N_("Groups"),
    "site": N_("Sites"),
    "room": N_("Rooms"),
    "workstation": N_("Workstations"),
    "parent": N_("Parents"),
    "coordinator": N_("Coordinators"),
}
"""What each kind of participant is called, all of them together."""

WEIGHTS: Final = {"required": N_("required"), "off": N_("off")}
"""The weights that are no numbers."""

_STATUS: Final = {
    "optimal": N_("optimal"),
    "feasible": N_("feasible"),
    "impossible": N_("impossible"),
    "unknown": N_("unknown"),
}


def status(made: Timetable | SessionPlan) -> str:
    """How good a timetable or a session's plan is known to be, as a text to translate."""
    return _STATUS[made.status]


_HELD: Final = {"held": N_("held"), "cancelled": N_("cancelled"), "lost": N_("lost")}


def occurrence_status(occurrence: Occurrence) -> str:
    """Whether a dated meeting is held, as a text to translate."""
    return _HELD[occurrence.status]


def weekday(texts: Texts, day: int) -> str:
    """A day of the week as a heading: with a capital, which Russian does not give it of itself."""
    name = texts.weekday(day)
    return name[:1].upper() + name[1:]


def day_of_cycle(term: Term, texts: Texts, weeks: Iterable[int], day: int) -> str:
    """A day of some weeks of the cycle as a heading: what the term calls it, or its weekday."""
    return " / ".join(own_names(term, weeks, day)) or weekday(texts, day)


def own_names(term: Term, weeks: Iterable[int], day: int) -> tuple[str, ...]:
    """What a term calls a day, counted from Monday = 0, of some weeks of the cycle, where it has names of its own."""
    if day >= term.week_days:
        return ()
    firsts = (term.week_days * (week - 1) for week in weeks)
    names = (name.strip() for first in firsts for name in term.day_names[first + day : first + day + 1])
    return tuple(dict.fromkeys(name for name in names if name))


def periods(views: Views, placement: Placement) -> str:
    """Which periods it takes: by their names, or by their numbers."""
    bells = (
        views.document.bell_schedule(placement.bells or "").periods
        if (views.document.has("bells", placement.bells or ""))
        else ()
    )
    names = {bell.number: bell.name.strip() for bell in bells}
    return ", ".join(names.get(number) or str(number) for number in placement.periods)


def city(texts: Texts, zone: str) -> str:
    """The city that a time zone is called after."""
    return babel.dates.get_timezone_location(ZoneInfo(zone), locale=texts.lang, return_city=True)


def detail(views: Views, who: Participant, texts: Texts) -> str:
    """What is told beside a name: the year of school, the place, the part that somebody has."""
    parts = []
    if who.grade is not None:
        parts.append(texts("grade {grade}", grade=who.grade))
    if who.kind == "teacher" and views.document.has("teachers", who.id):
        network = views.document.teacher(who.id).kind == "network"
        parts.append(texts("network teacher") if network else texts("staff teacher"))
    if who.kind == "support" and (role := views.document.supporter(who.id).role):
        parts.append(role)
    if who.kind == "workstation" and (room := views.document.workstation(who.id).room):
        parts.append(label(views.document, "rooms", room))
    if who.place and who.kind != "site":
        parts.append(who.place)
    elif who.kind == "student":
        parts.append(texts("at home"))
    return " · ".join(parts)


def title_of(views: Views, placement: Placement, texts: Texts) -> str:
    """What people call it; a consultation is told to be one."""
    told = views.title(placement)
    return texts("Consultation: {subject}", subject=told) if placement.kind == "consultation" else told


def course_line(views: Views, placement: Placement, texts: Texts) -> str:
    """The course, with its section where it has several."""
    course, section = title_of(views, placement, texts), views.section(placement)
    return course if section is None else texts("{course}, section {section}", course=course, section=section)


def mode(placement: Placement, texts: Texts) -> str:
    """How it is held: online, or at a site."""
    return texts("online") if placement.mode == "online" else texts("at the site")


def people_lines(views: Views, who: Participant, placement: Placement, texts: Texts) -> list[str]:
    """With whom somebody meets there: what they know of themselves is left out."""
    document = views.document
    lines = []
    if who.kind == "workstation":
        lines += [_person(views, placement, key) for key, seat in placement.seats.items() if seat == who.id]
    if who.kind != "teacher":
        lines.append(", ".join(label(document, "teachers", key) for key in placement.teachers))
    if who.kind not in {"student", "group", "workstation"}:
        if placement.groups:
            lines.append(", ".join(label(document, "groups", key) for key in placement.groups))
        elif 0 < len(placement.students) <= 2:
            lines.append(", ".join(label(document, "students", key) for key in placement.students))
        elif placement.students:
            lines.append(texts("Students: {n}", n=len(placement.students)))
    elif who.kind == "group" and who.id not in placement.groups:
        members = document.group(who.id).students
        present = sum(1 for key in members if key in placement.students)
        if 0 < present < len(members):
            lines.append(texts("{n} of {all}", n=present, all=len(members)))
    return [line for line in dict.fromkeys(lines) if line]


def place_line(views: Views, who: Participant, placement: Placement) -> str:
    """Where somebody is then: at their workstation, in the room, at another site."""
    document = views.document
    seat = placement.seats.get(who.id) if who.kind in {"student", "teacher", "tutor", "support"} else None
    if seat is not None:
        parts = [label(document, "workstations", seat)]
        if document.has("workstations", seat):
            parts.append(label(document, "rooms", document.workstation(seat).room))
        return ", ".join(part for part in parts if part)
    if who.kind == "workstation":
        return ""
    rooms = [label(document, "rooms", room) for room in placement.rooms if (who.kind, who.id) != ("room", room)]
    if rooms:
        return ", ".join(rooms)
    return label(document, "sites", placement.site) if placement.site not in {None, who.site} else ""


def _person(views: Views, placement: Placement, key: str) -> str:
    for kind, people in (
        ("students", placement.students),
        ("teachers", placement.teachers),
        ("tutors", placement.tutors),
    ):
        if key in people:
            return label(views.document, kind, key)
    return label(views.document, "support", key)
