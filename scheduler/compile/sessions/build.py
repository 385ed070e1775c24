"""What is collected on the way to a problem of sessions: events, who attends them, choices and demands."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final, Literal

from solver.problem import Attendance, Demand
from solver.sentence import sentence

if TYPE_CHECKING:
    from scheduler.compile.clock import Span
    from scheduler.compile.sessions.parts import Part
    from scheduler.compile.sessions.people import Attendee, Attendees, Key
    from scheduler.domain.document import Document
    from scheduler.domain.exams import Exam, Seats
    from scheduler.domain.places import Room, Workstation
    from scheduler.domain.timetable import Occurrence
    from solver.problem import Given

Claim = Literal["seats", "students", "teachers", "lesson"]
"""What a demand is for: seats of a room, somebody's workstation, or what a lesson of the timetable has."""


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
    stretch : int
        Of an exam's part: which of its stretches.
    """

    kind: Literal["exam", "consultation", "lesson", "break"]
    starts: tuple[int | None, ...]
    spans: tuple[Span | None, ...]
    exam: Exam | None = None
    part: Part | None = None
    stretch: int = 0
    occurrence: Occurrence | None = None

    @property
    def whole(self) -> bool:
        """Whether it is a whole part of an exam, that of the commission and the room."""
        return self.kind == "exam" and self.stretch == 0


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
        Alternatives of those who teach the students the subject themselves.
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
    """Events and all that belongs to them, as they are found."""

    document: Document
    known: Attendees
    events: list[Held] = field(default_factory=list)
    attendees: list[Attendee] = field(default_factory=list)
    rows: list[Attendance] = field(default_factory=list)
    seats: list[Seat] = field(default_factory=list)
    demands: list[Demand] = field(default_factory=list)
    claims: list[Claim] = field(default_factory=list)
    busy: dict[Key, list[Span]] = field(default_factory=dict)
    """When people are at lessons that stay where they are."""
    taken: dict[int, list[Span]] = field(default_factory=dict)
    """When units are used by lessons that stay where they are."""
    resources: dict[Key, int] = field(default_factory=dict)

    def __post_init__(self) -> None:
        document = self.document
        self.things: tuple[Room | Workstation, ...] = (*document.rooms, *document.workstations)
        self.place = {site.id: index for index, site in enumerate(document.sites)}
        self.unit_of = {thing.id: index for index, thing in enumerate(self.things)}
        self._rooms: dict[tuple[object, ...], tuple[int, ...]] = {}

    def event(self, held: Held) -> int:
        """Add an event and return its number."""
        self.events.append(held)
        return len(self.events) - 1

    def attend(self, event: int, key: Key, site: str | None, given: Given | None = None) -> int:
        """Let somebody attend an event at a site (None: where they sit themselves) and return the attendance's number."""
        resource = self.resources.get(key)
        if resource is None:
            resource = self.resources[key] = len(self.attendees)
            self.attendees.append(self.known[key])
        where = site if site is not None else self.known[key].site
        self.rows.append(Attendance(event, resource, given, -1 if where is None else self.place[where]))
        return len(self.rows) - 1

    def seat(self, seat: Seat, site: str | None) -> int:
        """Let one of several people take a seat at events, and return the number of the choice."""
        choice = len(self.seats)
        self.seats.append(seat)
        for event in seat.events:
            for alternative, key in enumerate(seat.people):
                self.attend(event, key, site, (choice, alternative))
        return choice

    def demand(self, demand: Demand, claim: Claim) -> int:
        """Add a demand and return its number."""
        self.demands.append(demand)
        self.claims.append(claim)
        return len(self.demands) - 1

    def workstation(self, event: int, attendance: int, features: tuple[str, ...], claim: Claim) -> None:
        """Let somebody who sits at a site need a workstation there that serves; who is at home needs none."""
        row = self.rows[attendance]
        if row.place < 0:
            return
        wanted = frozenset(features) | self.attendees[row.resource].needs
        site = self.document.sites[row.place].id
        first = len(self.document.rooms)
        key = ("workstation", site, wanted)
        if key not in self._rooms:
            self._rooms[key] = tuple(
                first + index
                for index, one in enumerate(self.document.workstations)
                if one.site == site and wanted <= set(one.features)
            )
        self.demand(Demand(event, self._rooms[key], attendance), claim)

    def rooms(
        self, site: str | None, features: tuple[str, ...], candidates: tuple[str, ...], seats: int
    ) -> tuple[int, ...]:
        """Return the rooms that serve: one of the candidates, or those of the site with the features, and seats enough."""
        key = ("room", site, features, candidates, seats)
        if key not in self._rooms:
            named, wanted = set(candidates), set(features)
            self._rooms[key] = tuple(
                index
                for index, room in enumerate(self.document.rooms)
                if (room.id in named if named else site is None or room.site == site)
                and wanted <= set(room.features)
                and room.seats >= seats
            )
        return self._rooms[key]
