"""Calendars that people subscribe to: one iCalendar file for each participant (RFC 5545, RFC 7986).

What is written, and what is left out on purpose, follows from how calendar programs behave: a lasting UID and a counted
SEQUENCE, so that a change is shown as a change; no METHOD and no RRULE; every time zone described for the feed's own
dates; nothing that depends on the clock, so that an unchanged feed is the same to the byte.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from functools import cache, cached_property
from typing import TYPE_CHECKING, Final, Literal
from uuid import UUID, uuid5

from scheduler.domain.document import Document
from scheduler.domain.session_plan import SessionPlan
from scheduler.domain.timetable import Placement, SelfPaced, Timetable
from scheduler.publish.entries import Entry
from scheduler.publish.participants import Participant, label
from scheduler.publish.session.entries import entries
from scheduler.publish.session.views import SessionViews
from scheduler.publish.views import Dated, Views
from scheduler.publish.words import CATEGORIES, title_of
from scheduler.texts import Texts

if TYPE_CHECKING:
    from icalendar import Calendar, Timezone

_NAMESPACE: Final = UUID("7b1d2a52-6f0c-4d0e-9a53-5d4c2f4a1c11")
_WINDOW: Final = timedelta(days=14)
_REFRESH: Final = timedelta(hours=1)

_COLOURS: Final = {
    "student": "steelblue", "teacher": "seagreen", "tutor": "darkorange", "support": "slategray", "group": "royalblue",
    "site": "dimgray", "room": "teal", "workstation": "darkcyan", "parent": "mediumpurple", "coordinator": "indianred",
}  # fmt: skip
"""CSS names, as RFC 7986, section 5.9, wants them."""


@dataclass(frozen=True, slots=True)
class Published:
    """How often a change of an occurrence was published, and when last."""

    sequence: int
    stamp: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Options:
    """How a feed is written.

    Parameters
    ----------
    lang
        The language of what is not a name.
    cancelled
        Whether cancelled meetings are kept as cancelled, kept as ordinary ones with a word in the title (Google hides
        cancelled ones), or left out.
    today
        What ended more than 14 days before is left out; nothing is where no day is given.
    series
        What tells one term's occurrences from another's; the term's first day where it is left out.
    published
        By occurrence; the others were published once, at the feed's stamp.
    """

    lang: str | None = None
    cancelled: Literal["keep", "mark", "drop"] = "keep"
    today: date | None = None
    series: str | None = None
    published: Mapping[str, Published] = field(default_factory=dict)


def calendar(
    document: Document,
    timetable: Timetable,
    who: Participant,
    *,
    stamp: datetime,
    host: str,
    options: Options | None = None,
) -> bytes:
    """Write the calendar of one participant.

    Parameters
    ----------
    stamp
        When the timetable was published, with its offset from UTC.
    host
        The name after the @ of every UID: that of the server that publishes.
    """
    return Feeds(Views(document, timetable), stamp, host, options or Options()).calendar(who)


@dataclass(frozen=True)
class Feeds:
    """The calendars of one published timetable; an event that two of them show alike is rendered once."""

    views: Views
    stamp: datetime
    host: str
    options: Options
    session: SessionViews | None = None
    """What is shown beside the lessons: exams and consultations."""
    _rendered: dict[tuple[Entry, str], bytes] = field(default_factory=dict, repr=False)
    _told: dict[tuple[object, ...], tuple[str, str]] = field(default_factory=dict, repr=False)

    def calendar(self, who: Participant) -> bytes:
        """Write the calendar of one participant."""
        from icalendar import Calendar  # noqa: PLC0415 - importing it is slow

        texts = self.texts
        name = texts("Timetable: {name}", name=clean(who.full_name))
        feed = Calendar()
        feed.add("VERSION", "2.0")
        feed.add("PRODID", "-//Zvonok//Zvonok//EN")
        feed.add("CALSCALE", "GREGORIAN")
        feed.add("NAME", name)
        feed.add("X-WR-CALNAME", name)
        feed.add("COLOR", _COLOURS[who.kind])
        feed.add("X-WR-TIMEZONE", who.time_zone)
        feed.add("REFRESH-INTERVAL", _REFRESH, parameters={"VALUE": "DURATION"})
        feed.add("X-PUBLISHED-TTL", "PT1H")
        self._add_time_zone(feed, who.time_zone)
        head = feed.to_ical()
        end = b"END:VCALENDAR\r\n"
        assert head.endswith(end)
        shown = [self._meeting(who, dated) for dated in self.views.dated(who)]
        if self.session is not None:
            shown += entries(self.session, who, self.texts)
        events = [self._entry(entry, who.time_zone) for entry in shown if self._is_shown(entry)]
        deadlines = [self._deadline(who, item) for item in self.views.self_paced(who) if self._is_due(item)]
        return b"".join([head.removesuffix(end), *events, *deadlines, end])

    @cached_property
    def texts(self) -> Texts:
        """What tells whatever is not a name."""
        return Texts(self.options.lang)

    @cached_property
    def _days(self) -> tuple[date, date]:
        """The first and the last day that the feeds can speak of."""
        term = self.views.document.term
        plan = self.session.plan if self.session is not None else SessionPlan()
        lessons = ((meeting.start, meeting.end) for meeting in self.views.timetable.occurrences)
        exams = ((sitting.start, sitting.end) for sitting in plan.sittings)
        consultations = ((held.start, held.end) for held in plan.consultations)
        days = [at.date() for times in (*lessons, *exams, *consultations) for at in times]
        return min([term.first_day, *days]) - timedelta(2), max([term.last_day, *days]) + timedelta(2)

    def _add_time_zone(self, feed: "Calendar", zone: str) -> None:
        if zone not in {"UTC", "Etc/UTC"}:  # these are written as instants, with a Z
            feed.add_component(_described(zone, *self._days))

    def _is_shown(self, entry: Entry) -> bool:
        if entry.cancelled and self.options.cancelled == "drop":
            return False
        return self.options.today is None or entry.end.date() >= self.options.today - _WINDOW

    def _is_due(self, item: SelfPaced) -> bool:
        return self.options.today is None or item.deadline >= self.options.today - _WINDOW

    def _meeting(self, who: Participant, dated: Dated) -> Entry:
        summary, description = self._words(who, dated)
        return Entry(
            identity=dated.occurrence.id,
            start=dated.start,
            end=dated.end,
            summary=summary,
            location=self._location(who, dated),
            description=description,
            category=self._category(dated.placement),
            online=dated.placement.mode == "online",
            link=self.views.link(dated.placement),
            cancelled=dated.occurrence.status == "cancelled",
        )

    def _words(self, who: Participant, dated: Dated) -> tuple[str, str]:
        """The title and the description, which many participants share, and most dates of a pattern."""
        occurrence, placement = dated.occurrence, dated.placement
        usual = placement is self.views.timetable.placements[occurrence.event]
        own = who.id if who.kind == "parent" or who.id in placement.teachers else ""
        key = (occurrence.event if usual else occurrence.id, occurrence.status, occurrence.reason, who.kind, own)
        if key not in self._told:
            self._told[key] = self._title(who, dated), self._says(who, dated)
        return self._told[key]

    def _entry(self, entry: Entry, zone: str) -> bytes:
        key = (entry, zone)  # equal instants are equal by every clock
        if key not in self._rendered:
            self._rendered[key] = self._event(entry)
        return self._rendered[key]

    def _event(self, entry: Entry) -> bytes:
        from icalendar import Conference, Event  # noqa: PLC0415 - importing it is slow

        last = self.options.published.get(entry.identity, Published(0, self.stamp))
        uri = _uri(entry.link)
        event = Event.new(
            uid=self._uid(entry.identity),
            sequence=last.sequence,
            stamp=last.stamp,
            last_modified=last.stamp,
            start=entry.start,
            end=entry.end,
            summary=clean(entry.summary),
            location=clean(entry.location) or uri or (self.texts("Online") if entry.online else None),
            description=clean(entry.description) or None,
            status="CANCELLED" if entry.cancelled and self.options.cancelled == "keep" else "CONFIRMED",  # type: ignore[arg-type]
            transparency="TRANSPARENT" if entry.cancelled else None,  # type: ignore[arg-type]
            categories=[entry.category],
            conferences=[Conference(uri, feature="VIDEO", label=self.texts("Join"))]
            if uri and not entry.cancelled
            else None,
        )
        return bytes(event.to_ical())

    def _deadline(self, who: Participant, item: SelfPaced) -> bytes:
        from icalendar import Event  # noqa: PLC0415 - importing it is slow

        title = clean(self.views.course_title(item.course))
        children = self._children(who, item.students)
        summary = f"{children}: {title}" if children else title
        event = Event.new(
            uid=self._uid(f"deadline/{item.course}"),
            sequence=0,
            stamp=self.stamp,
            last_modified=self.stamp,
            start=item.deadline,
            end=item.deadline + timedelta(1),
            summary=self.texts("Due: {course}", course=summary),
            transparency="TRANSPARENT",  # type: ignore[arg-type]
            categories=[self.texts("Deadline")],
        )
        return bytes(event.to_ical())

    def _uid(self, identity: str) -> str:
        """The occurrence's own identity; hashed, since servers make file names of it and ids may hold any letter."""
        series = self.options.series or self.views.document.term.first_day.isoformat()
        return f"{uuid5(_NAMESPACE, f'{series}/{identity}')}@{self.host}"

    def _category(self, placement: Placement) -> str:
        if placement.kind == "lesson":
            return self.texts("Lesson")
        if placement.kind == "consultation":
            return self.texts("Consultation")
        known = self.views.document.has("events", placement.course)
        return self.texts(CATEGORIES[self.views.document.event(placement.course).kind if known else "other"])

    def _title(self, who: Participant, dated: Dated) -> str:
        texts, placement = self.texts, dated.placement
        title = title_of(self.views, placement, texts)
        if who.kind not in {"student", "parent"} and (section := self.views.section(placement)) is not None:
            title = texts("{course}, section {section}", course=title, section=section)
        if placement.mode == "online":
            title = texts("{course} (online)", course=title)
        if children := self._children(who, placement.students):
            title = f"{children}: {title}"
        if dated.occurrence.status == "cancelled":
            title = texts("Cancelled: {course}", course=title)
        return title

    def _children(self, who: Participant, students: Iterable[str]) -> str:
        """The parent's own children of these, where there is more than one child to tell apart."""
        document = self.views.document
        if who.kind != "parent" or len(document.parent(who.id).students) < 2:
            return ""
        own = set(document.parent(who.id).students)
        return clean(self.texts.listing(label(document, "students", key) for key in students if key in own))

    def _location(self, who: Participant, dated: Dated) -> str:
        document, placement = self.views.document, dated.placement
        present = [who.id]
        if who.kind == "parent":
            present = [key for key in document.parent(who.id).students if key in placement.students]
        seats = {key: _station(document, placement.seats[key], who.site) for key in present if key in placement.seats}
        places = [
            f"{label(document, 'students', key)}: {seat}" if len(present) > 1 else seat for key, seat in seats.items()
        ]
        if not places:
            places = [_room(document, room, who.site) for room in placement.rooms]
        if not places and placement.site is not None:
            places = [label(document, "sites", placement.site)]
        if not places and who.site is not None:
            places = [who.place]
        return "; ".join(places)

    def _says(self, who: Participant, dated: Dated) -> str:
        """Who teaches and where to click; of those who learn only how many, and of what groups."""
        document, texts, placement = self.views.document, self.texts, dated.placement
        lines = []
        if dated.occurrence.reason:
            lines.append(texts("Reason: {reason}", reason=dated.occurrence.reason))
        teachers = [label(document, "teachers", key) for key in placement.teachers if key != who.id]
        if teachers:
            lines.append(
                texts.counted("Teacher: {names}", "Teachers: {names}", len(teachers), names=", ".join(teachers))
            )
        if placement.groups:
            names = ", ".join(label(document, "groups", key) for key in placement.groups)
            lines.append(texts.counted("Group: {names}", "Groups: {names}", len(placement.groups), names=names))
        if who.kind not in {"student", "parent"} and placement.students:
            lines.append(texts("Students: {n}", n=len(placement.students)))
        if link := self.views.link(placement).strip():
            lines.append(texts("Link: {link}", link=link))
        return "\n".join(lines)


def clean(text: str) -> str:
    """Take out control characters, which make clients drop a whole feed, and halves of characters; lines stay."""
    lined = re.sub("\r\n?|\u2028|\u2029|\x85", "\n", text)
    return re.sub("[\x00-\x09\x0b-\x1f\x7f-\x9f\ud800-\udfff]", "", lined)


@cache
def _described(zone: str, first: date, last: date) -> "Timezone":
    """The VTIMEZONE of a zone between two days."""
    from icalendar import Timezone  # noqa: PLC0415 - importing it is slow

    described = Timezone.from_tzid(zone, first_date=first, last_date=last)
    described.pop("COMMENT", None)
    return described


@cache
def _uri(link: str) -> str:
    """The link, if it is one: an http(s) address without spaces."""
    return link if re.fullmatch(r"https?://[^\s\"<>\x00-\x1f\x7f]+", link) else ""


def _station(document: Document, key: str, site: str | None) -> str:
    parts = [label(document, "workstations", key)]
    if document.has("workstations", key):
        station = document.workstation(key)
        if station.room is not None:
            parts.append(label(document, "rooms", station.room))
        if station.site != site:
            parts.append(label(document, "sites", station.site))
    return ", ".join(parts)


def _room(document: Document, key: str, site: str | None) -> str:
    parts = [label(document, "rooms", key)]
    if document.has("rooms", key) and document.room(key).site != site:
        parts.append(label(document, "sites", document.room(key).site))
    return ", ".join(parts)
