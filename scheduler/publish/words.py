"""What things are called on every page, sheet and calendar."""

from typing import Final
from zoneinfo import ZoneInfo

import babel.dates

from scheduler.domain.timetable import Timetable
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


def status(timetable: Timetable) -> str:
    """How good the timetable is known to be, as a text to translate."""
    return _STATUS[timetable.status]


def weekday(texts: Texts, day: int) -> str:
    """A day of the week as a heading: with a capital, which Russian does not give it of itself."""
    name = texts.weekday(day)
    return name[:1].upper() + name[1:]


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
