"""A session's plan: every exam with its date, its people and places by name, its consultations, and what lessons give way."""

from typing import Literal

from pydantic import Field

from scheduler.domain.base import Day, Id, Instant, Name, Record, Text
from scheduler.domain.exams import Role
from scheduler.domain.timetable import RuleCost, Search


class Candidate(Record):
    """A student in an exam, with an end of their own where they are entitled to more time or have a turn."""

    student: Id
    start: Instant
    end: Instant
    room: Id | None = None
    workstation: Id | None = None
    assistant: Id | None = None


class Official(Record):
    """Somebody in a commission."""

    role: Role
    person: Id


class Sitting(Record):
    """One part of an exam: all of it where it is not divided."""

    exam: Id
    part: int = Field(1, ge=1)
    start: Instant
    end: Instant
    """When the last student ends."""
    mode: Literal["online", "site"] = "site"
    site: Id | None = None
    rooms: tuple[Id, ...] = ()
    """The room, and then those of students with a room of their own."""
    workstations: tuple[Id, ...] = ()
    """Those for whoever sits it without being named."""
    candidates: tuple[Candidate, ...] = ()
    commission: tuple[Official, ...] = ()

    @property
    def key(self) -> str:
        """The lasting name of the sitting: `exam/part`."""
        return f"{self.exam}/{self.part}"


class Consultation(Record):
    """A consultation on a date: before an exam, or asked for."""

    id: str
    """`exam/consultation`, or `request/1/number`, its event in the timetable; never changes."""
    exam: Id | None = None
    request: Id | None = None
    start: Instant
    end: Instant
    teacher: Id
    students: tuple[Id, ...] = ()
    groups: tuple[Id, ...] = ()
    tutors: tuple[Id, ...] = ()
    mode: Literal["online", "site"] = "online"
    site: Id | None = None
    room: Id | None = None
    also: tuple[Id, ...] = ()
    """Further rooms that it has at the same time."""
    seats: dict[Id, Id] = Field(default_factory=dict)
    """For each person who has one, the workstation."""

    @property
    def rooms(self) -> tuple[Id, ...]:
        """All the rooms that it has."""
        return tuple(room for room in (self.room, *self.also) if room is not None)


class LessonChange(Record):
    """What happens to a lesson of the timetable for an exam's sake.

    It is suspended where all who learn in it are examined in a session that suspends lessons; else it gives way to something.
    """

    occurrence: str
    """The occurrence's id in the timetable."""
    change: Literal["cancelled", "moved", "suspended"]
    start: Instant
    end: Instant
    """As it was."""
    new_start: Instant | None = None
    new_end: Instant | None = None
    room: Id | None = None
    """The room after the move."""
    seats: dict[Id, Id] = Field(default_factory=dict)
    """The workstations after the move."""
    because: tuple[str, ...] = ()
    """The exams that need somebody or something of it at that time, or its people on that day; none where it is suspended."""
    instead: tuple[str, ...] = ()
    """The ids of the lessons moved to that time that need somebody or something of it, where no exam does then."""


class SessionPlan(Record):
    """All exams of a document's sessions, placed; versions are never overwritten."""

    format: Literal["zvonok-session/1"] = "zvonok-session/1"
    id: str = ""
    parent: str | None = None
    name: Name = ""
    input: str = ""
    """Digest of the document: SHA-256 of its canonical form."""
    timetable: str | None = None
    """Digest of the timetable beside which it stands."""
    version: str = ""
    made: Day | None = None
    """When it was made."""
    seed: int = 0
    sessions: tuple[Id, ...] = ()
    status: Literal["optimal", "feasible", "impossible", "unknown"] = "feasible"
    cost: int | None = None
    bound: int | None = None
    rules: tuple[RuleCost, ...] = ()
    sittings: tuple[Sitting, ...] = ()
    consultations: tuple[Consultation, ...] = ()
    changes: tuple[LessonChange, ...] = ()
    notes: tuple[Text, ...] = ()
    """What else a reader should know."""
    search: Search = Search()
