"""What is collected on the way to a problem of sessions: events, who attends them, choices and demands."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Final, Literal

from solver.problem import Attendance, Demand
from solver.sentence import sentence

if TYPE_CHECKING:
    from collections.abc import Sequence

    from scheduler.compile.clock import Span
    from scheduler.compile.sessions.parts import Part
    from scheduler.compile.sessions.people import Attendee, Attendees, Key
    from scheduler.domain.document import Document
    from scheduler.domain.exams import Exam, Seats
    from scheduler.domain.places import Room, Workstation
    from scheduler.domain.timetable import Occurrence
    from solver.problem import Given

Claim = Literal["room", "workstation"]
"""What a demand is for."""

ROLES: Final = {
    "chair": sentence("chair"),
    "examiner": sentence("examiner"),
    "assistant": sentence("assistant"),
    "observer": sentence("observer"),
    "helper": sentence("helper"),
    "teacher": sentence("teacher"),
}
"""Roles, as sentences name them."""


@dataclass(frozen=True)
class Held:
    """One event of the engine, as the school knows it.

    Attributes
    ----------
    kind : str
        A stretch of an exam's part, a consultation before an exam, a lesson of the timetable, or a part with the break
        after it.
    starts : tuple of int or None
        For each option the minute at which the exam, consultation or lesson begins; None where it is not held.
    spans : tuple of Span or None
        For each option when its people are busy.
    zone : str
        By whose clock its days are told.
    stretch : int
        Of an exam's part: which of its stretches.
    """

    kind: Literal["exam", "consultation", "lesson", "break"]
    starts: tuple[int | None, ...]
    spans: tuple[Span | None, ...]
    zone: str
    exam: Exam | None = None
    part: Part | None = None
    stretch: int = 0
    occurrence: Occurrence | None = None

    @property
    def minutes(self) -> int:
        """How long it is held, by itself: what is left of a fixed period does not count."""
        if self.part is not None:
            return self.part.stretches[self.stretch].minutes
        first, last = next(span for span in self.spans if span is not None)
        return last - first


@dataclass(frozen=True)
class Seat:
    """A choice as the school knows it: a seat in a commission, an assistant, the teacher of a consultation.

    Attributes
    ----------
    events : tuple of int
        The events at which the seat is taken.
    people : tuple of Key
        For each alternative who takes it; after the last of them, where it may be vacant, nobody.
    own : frozenset of int
        Alternatives of those who teach the students of one of these events the subject themselves.
    student : str or None
        Whom the person assists.
    """

    role: Literal["chair", "examiner", "assistant", "observer", "helper", "teacher"]
    events: tuple[int, ...]
    people: tuple[Key, ...]
    seats: Seats | None = None
    may_be_vacant: bool = False
    own: frozenset[int] = frozenset()
    student: str | None = None

    @property
    def alternatives(self) -> int:
        """How many there are."""
        return len(self.people) + self.may_be_vacant


@dataclass
class Build:
    """Events and all that belongs to them, as they are found.

    Attributes
    ----------
    busy : dict of Key to list of Span
        When people are at lessons that stay where they are.
    accompanying : dict of Key to list of Span
        When tutors sit with those who have lessons that stay; they may sit with others meanwhile.
    counted : dict of Key to list of Span
        When people are at lessons that stay and are events: they are not there for anything else, but for these.
    stays : dict of Key to list of (Span, int)
        When and at which place people are at lessons that stay where they are.
    ways : dict of int to list of Span
        Of those who stand in for somebody on the way: when they are at such lessons, or on the way there and back.
    taken : dict of int to list of Span
        When units are used by lessons that stay where they are.
    """

    document: Document
    known: Attendees
    events: list[Held] = field(default_factory=list)
    attendees: list[Attendee] = field(default_factory=list)
    rows: list[Attendance] = field(default_factory=list)
    seats: list[Seat] = field(default_factory=list)
    demands: list[Demand] = field(default_factory=list)
    claims: list[Claim] = field(default_factory=list)
    busy: dict[Key, list[Span]] = field(default_factory=dict)
    accompanying: dict[Key, list[Span]] = field(default_factory=dict)
    counted: dict[Key, list[Span]] = field(default_factory=dict)
    stays: dict[Key, list[tuple[Span, int]]] = field(default_factory=dict)
    ways: dict[int, list[Span]] = field(default_factory=dict)
    taken: dict[int, list[Span]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        document = self.document
        self.things: tuple[Room | Workstation, ...] = (*document.rooms, *document.workstations)
        self.place = {site.id: index for index, site in enumerate(document.sites)}
        way = {(travel.a, travel.b): travel.minutes for travel in document.travel}
        self.minutes = tuple(
            tuple(way.get((a, b), way.get((b, a), 0)) if a != b else 0 for b in self.place) for a in self.place
        )
        self.unit_of = {thing.id: index for index, thing in enumerate(self.things)}
        self.stands = tuple(self.unit_of.get(getattr(thing, "room", None) or "", -1) for thing in self.things)
        self._resources: dict[Key, int] = {}
        self._serving: dict[tuple[object, ...], tuple[int, ...]] = {}

    def event(self, held: Held) -> int:
        """Add an event and return its number."""
        self.events.append(held)
        return len(self.events) - 1

    def attend(
        self, event: int, key: Key, site: str | None, given: Given | None = None, *, travels: bool = True
    ) -> int:
        """Let somebody attend an event and return the attendance's number.

        Parameters
        ----------
        site
            Where; None where they sit themselves.
        travels
            Whether the way there is to be looked at.
        """
        resource = self._resources.get(key)
        if resource is None:
            resource = self._resources[key] = self.resource(self.known[key])
        where = site if site is not None else self.known[key].site
        place = -1 if where is None or not travels else self.place[where]
        self.rows.append(Attendance(event, resource, given, place))
        return len(self.rows) - 1

    def accompany(self, lessons: Sequence[tuple[int, Key]]) -> None:
        """Let tutors attend lessons at their own site: several at once, but nothing else meanwhile that they attend so far.

        A stand-in for each lesson attends that, and whatever the tutor does.
        """
        tutors = {self._resources[tutor]: tutor for _, tutor in lessons if tutor in self._resources}
        own: dict[Key, list[Attendance]] = {}
        for row in self.rows:
            if row.resource in tutors:
                own.setdefault(tutors[row.resource], []).append(row)
        for event, tutor in lessons:
            stand_in, site = self.resource(replace(self.known[tutor], stands_in="accompanying")), self.known[tutor].site
            self.rows.append(Attendance(event, stand_in, None, -1 if site is None else self.place[site]))
            self.rows += [replace(row, resource=stand_in) for row in own.get(tutor, ())]

    def travel(self) -> None:
        """Let nobody be at an exam or a consultation so soon after a lesson elsewhere that stays, or before it.

        A stand-in for each of their places attends what they attend there, and is away also on the way.
        """
        at_place: dict[tuple[Key, int], list[Attendance]] = {}
        for row in self.rows:
            attendee, kind = self.attendees[row.resource], self.events[row.event].kind
            elsewhere = attendee.stands_in is None and row.place >= 0 and kind in ("exam", "consultation")
            if elsewhere and attendee.key in self.stays:
                at_place.setdefault((attendee.key, row.place), []).append(row)
        for (key, place), rows in at_place.items():
            ways = [(self.minutes[at][place], self.minutes[place][at], span) for span, at in self.stays[key]]
            longer = [(span[0] - back, span[1] + there) for there, back, span in ways if there or back]
            if longer:
                stand_in = self.resource(replace(self.known[key], stands_in="travelling"))
                self.ways[stand_in] = longer
                self.rows += [replace(row, resource=stand_in) for row in rows]

    def resource(self, attendee: Attendee) -> int:
        """Add somebody and return the number of the resource."""
        self.attendees.append(attendee)
        return len(self.attendees) - 1

    def seat(self, seat: Seat, sites: tuple[str | None, ...]) -> int:
        """Let one of several people take a seat at events, each at its site, and return the number of the choice."""
        choice = len(self.seats)
        self.seats.append(seat)
        for event, site in zip(seat.events, sites, strict=True):
            for alternative, key in enumerate(seat.people):
                self.attend(event, key, site, (choice, alternative))
        return choice

    def demand(self, demand: Demand, claim: Claim) -> int:
        """Add a demand and return its number."""
        self.demands.append(demand)
        self.claims.append(claim)
        return len(self.demands) - 1

    def workstation(self, event: int, attendance: int, features: tuple[str, ...] = ()) -> None:
        """Let somebody who sits at a site need a workstation there that serves; who is at home needs none."""
        row = self.rows[attendance]
        if row.place >= 0:
            wanted = frozenset(features) | self.attendees[row.resource].needs
            units = self.workstations(self.document.sites[row.place].id, wanted)
            self.demand(Demand(event, units, attendance), "workstation")

    def stand_in_rooms(self, demands: range) -> None:
        """Let workstations of one part of an exam stand in its rooms: those of who sits alone in the room of their own."""
        rooms: dict[int | None, list[int]] = {}
        for d in demands:
            if self.claims[d] == "room":
                rooms.setdefault(self.demands[d].attendance, []).append(d)
        for d in demands:
            demand = self.demands[d]
            if self.claims[d] == "workstation" and any(self.stands[unit] >= 0 for unit in demand.units):
                own = rooms.get(demand.attendance) or rooms.get(None, [])
                self.demands[d] = replace(demand, rooms=tuple(own))

    def workstations(self, site: str | None, wanted: frozenset[str]) -> tuple[int, ...]:
        """Return the workstations that serve: those of the site with the features."""
        first = len(self.document.rooms)
        key = ("workstation", site, wanted)
        if key not in self._serving:
            self._serving[key] = tuple(
                first + index
                for index, one in enumerate(self.document.workstations)
                if one.site == site and wanted <= set(one.features)
            )
        return self._serving[key]

    def rooms(
        self, site: str | None, features: tuple[str, ...], candidates: tuple[str, ...], seats: int
    ) -> tuple[int, ...]:
        """Return the rooms that serve: one of the candidates, or those of the site with the features, and seats enough."""
        key = ("room", site, features, candidates, seats)
        if key not in self._serving:
            named, wanted = set(candidates), set(features)
            self._serving[key] = tuple(
                index
                for index, room in enumerate(self.document.rooms)
                if (room.id in named if named else site is None or room.site == site)
                and wanted <= set(room.features)
                and room.seats >= seats
            )
        return self._serving[key]
