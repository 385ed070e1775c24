"""A timetable: who meets when and where, as a weekly pattern and as dated occurrences."""

from functools import cached_property
from typing import Literal

from pydantic import Field

from scheduler.domain.base import Clock, Day, Exact, Id, Instant, Name, Record, Text, TimeZone, Week, Weekday
from scheduler.domain.document import LeftOut
from scheduler.domain.policy import Weight


class Placement(Record):
    """When, with whom and on what one event of the weekly pattern is held."""

    event: str
    """`course/section/number`, or `event/1/number` for what is no lesson; never changes."""
    kind: Literal["lesson", "event", "consultation"] = "lesson"
    course: Id
    """The course, the other event, or the request for a consultation."""
    section: int = Field(1, ge=1)
    number: int = Field(1, ge=1)
    """Which of the section's events it is."""
    weeks: tuple[Week, ...]
    """The weeks of the cycle in which it is held; none where it has dates of its own."""
    weekday: Weekday
    periods: tuple[int, ...] = ()
    """Numbers of the periods; none for what follows no bells."""
    bells: Id | None = None
    """The bell schedule that the periods are of."""
    start: Clock
    end: Clock
    time_zone: TimeZone
    """The zone in which weekday, start and end are told."""
    mode: Literal["online", "site"]
    site: Id | None = None
    """Where it is held, if at one place."""
    room: Id | None = None
    also: tuple[Id, ...] = ()
    """Further rooms that it has at the same time."""
    teachers: tuple[Id, ...] = ()
    students: tuple[Id, ...] = ()
    """Everybody by name who attends, those of the groups included."""
    groups: tuple[Id, ...] = ()
    tutors: tuple[Id, ...] = ()
    support: tuple[Id, ...] = ()
    seats: dict[Id, Id] = Field(default_factory=dict)
    """For each person who has one, the workstation."""
    pinned: bool = False

    @property
    def rooms(self) -> tuple[Id, ...]:
        """All the rooms that it has."""
        return tuple(room for room in (self.room, *self.also) if room is not None)


class SelfPaced(Record):
    """A self-paced course of somebody: shown until its deadline, not placed."""

    course: Id
    students: tuple[Id, ...] = ()
    groups: tuple[Id, ...] = ()
    deadline: Day
    hours: Exact
    """Hours a week."""


class Occurrence(Record):
    """One dated meeting of an event.

    What is left out is as in the placement: only what a date changes is written down.
    """

    id: str
    """`event@cycle.number`, both counted from 1; never changes, whatever happens to its time, teacher or place."""
    event: str
    start: Instant
    end: Instant
    status: Literal["held", "cancelled", "lost"] = "held"
    """Lost: no day of the calendar holds it. Cancelled: it was to be held and will not be."""
    reason: Name = ""
    periods: tuple[int, ...] | None = None
    bells: Id | None = None
    """The bells of that date, where they are not the placement's."""
    teachers: tuple[Id, ...] | None = None
    students: tuple[Id, ...] | None = None
    tutors: tuple[Id, ...] | None = None
    room: Id | None = None
    seats: dict[Id, Id] | None = None
    pinned: bool = False


_CHANGED = ("periods", "bells", "teachers", "students", "tutors", "room", "seats")
"""What of a placement an occurrence may change."""


class RuleCost(Record):
    """What one rule costs in a timetable."""

    rule: Id
    """The rule's id in the policy, or its name."""
    name: Name
    weight: Weight
    deviation: int = Field(ge=0)
    cost: int = Field(ge=0)
    sentences: tuple[Text, ...] = ()
    """Where it is missed."""


class DatedFault(Record):
    """What the calendar breaks in the dated timetable: a clash on a moved day, a lost hour, a lesson cut short."""

    date: Day
    occurrences: tuple[str, ...] = ()
    sentence: Text


class Step(Record):
    """One improvement of the search."""

    seconds: float = Field(ge=0)
    cost: int
    by: Name = ""


class Search(Record):
    """How the timetable was found; whatever depends on the machine stands here."""

    seconds: float = Field(0, ge=0)
    workers: int = Field(1, ge=1)
    steps: tuple[Step, ...] = ()


class Timetable(Record):
    """An assignment told in the institution's words, with where it comes from; versions are never overwritten."""

    format: Literal["zvonok-timetable/1"] = "zvonok-timetable/1"
    id: str = ""
    parent: str | None = None
    """The version that it was made from."""
    name: Name = ""
    input: str = ""
    """Digest of the document: SHA-256 of its canonical form."""
    version: str = ""
    """Of Zvonok."""
    seed: int = 0
    status: Literal["optimal", "feasible", "impossible", "unknown"] = "feasible"
    cost: int | None = None
    bound: int | None = None
    """A proven lower bound of the cost."""
    rules: tuple[RuleCost, ...] = ()
    pattern: tuple[Placement, ...] = ()
    self_paced: tuple[SelfPaced, ...] = ()
    occurrences: tuple[Occurrence, ...] = ()
    faults: tuple[DatedFault, ...] = ()
    search: Search = Search()
    left_out: tuple[LeftOut, ...] = ()
    """What the file that the document comes from asks for and nobody looked at."""

    @cached_property
    def placements(self) -> dict[str, Placement]:
        """The placements by their events."""
        return {placement.event: placement for placement in self.pattern}

    def placed(self, occurrence: Occurrence) -> Placement:
        """Return the placement of an occurrence with what its date changes; the very one where it changes nothing."""
        placement = self.placements[occurrence.event]
        changes = {name: value for name in _CHANGED if (value := getattr(occurrence, name)) is not None}
        return placement.model_copy(update=changes) if changes else placement


def event_id(course: str, section: int, number: int) -> str:
    """The lasting name of one event of a course or of another event, all counted from 1."""
    return f"{course}/{section}/{number}"


def occurrence_id(event: str, cycle: int, number: int) -> str:
    """The lasting name of one dated meeting: which cycle of the term, and which meeting of the event in it."""
    return f"{event}@{cycle}.{number}"
