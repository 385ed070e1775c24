"""What every search looks at: who is busy, away or at a limit on which date, worked out once for all requests."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

from scheduler.compile.people import People
from scheduler.domain.calendar import term_days
from scheduler.operations.consult.exam_days import ExamDays
from scheduler.operations.consult.gathering import Gatherings
from scheduler.operations.consult.limits import Limits
from scheduler.operations.consult.meetings import Meetings
from scheduler.operations.consult.minutes import WHOLE, Clocks, touching
from scheduler.operations.consult.places import Finding
from scheduler.operations.consult.standing import Engagement, Standing
from scheduler.policies import rules_of
from scheduler.policies.figures import minutes_between

if TYPE_CHECKING:
    from datetime import date

    from scheduler.compile.people import Participant
    from scheduler.domain.document import Document
    from scheduler.domain.exams import Request
    from scheduler.domain.session_plan import SessionPlan
    from scheduler.domain.timetable import Placement, Timetable
    from scheduler.operations.consult.exam_days import Missed
    from scheduler.operations.consult.gathering import Gathering
    from scheduler.operations.consult.limits import Exceeded
    from scheduler.operations.consult.meetings import Key, Meeting
    from scheduler.operations.consult.minutes import Minutes


@dataclass(frozen=True, slots=True)
class Hindered:
    """At which starts of a date somebody cannot be there, and why; and what it costs where rules are wishes.

    Attributes
    ----------
    meetings : tuple of (Meeting, int)
        Each meeting of theirs, with the starts that it hinders.
    away : int
        The starts at which they are not available.
    limited : int
        The starts that a required limit hinders.
    exceeded : tuple of Exceeded or Missed
        The required limits of the day and the week that would be exceeded, and the required rules of sessions about days.
    missed : tuple of (int, int)
        The cost of each rule that is a wish, with the starts that miss it.
    """

    meetings: tuple[tuple[Meeting, Minutes], ...]
    away: Minutes
    limited: Minutes
    exceeded: tuple[Exceeded | Missed, ...]
    missed: tuple[tuple[int, Minutes], ...]

    @property
    def busy(self) -> Minutes:
        """The starts that some meeting of theirs hinders."""
        found = 0
        for _, starts in self.meetings:
            found |= starts
        return found

    @property
    def starts(self) -> Minutes:
        """All starts at which they cannot be there."""
        return self.busy | self.away | self.limited


class Setting:
    """A document and a timetable beside sessions' plans, seen by who is free when."""

    def __init__(self, document: Document, timetable: Timetable, plans: tuple[SessionPlan, ...] = ()) -> None:
        self.document = document
        self.standing = Standing(document, timetable, plans)
        self.timetable = self.standing.timetable
        self.clocks = Clocks(document.term)
        self.meetings = Meetings(document, self.standing, self.clocks)
        self.people: dict[Key, Participant] = {(p.kind, p.id): p for p in People(document).all}
        self.gatherings = Gatherings(document)
        self.limits = Limits(document, self.people, self.meetings)
        self.exam_days = ExamDays(document, self.people, self.limits, plans)
        required = {spec.rule for spec in rules_of(document) if spec.weight == "required"}
        self.finding = Finding(document, self.timetable, self.meetings, required="FitPools" in required)
        self.school_days = tuple(day.date for day in term_days(document.term))
        self._travels = "AllowTravel" in required
        self._minutes = {(travel.a, travel.b): travel.minutes for travel in document.travel}
        self._known: dict[tuple[object, ...], Hindered] = {}

    def name(self, key: Key) -> str:
        """Return what people call a person or a group."""
        kind, name = key
        document = self.document
        match kind:
            case "student":
                return document.student(name).name or name
            case "teacher":
                return document.teacher(name).name or name
            case "tutor":
                return document.tutor(name).name or name
            case "support":
                return document.supporter(name).name or name
            case _:
                return document.group(name).name or name

    def hindered(self, gathering: Gathering, key: Key, day: date) -> Hindered:
        """Return at which starts of a date somebody cannot be at a gathering."""
        course = gathering.course.id if gathering.course is not None else None
        held = (gathering.minutes, gathering.lessons, gathering.mode, gathering.site, gathering.without)
        known = (key, day, course, *held, key in gathering.anyway)
        if known not in self._known:
            self._known[known] = self._hindered(gathering, key, day)
        return self._known[known]

    def apart(self, gathering: Gathering, key: Key) -> int:
        """How long before and after a consultation those who learn have no meeting: the shortest break of their bells."""
        if gathering.lesson or key[0] not in ("student", "group"):
            return 0
        bells = self.people[key].bells.schedule.periods
        return min((minutes_between(a.end, b.start) for a, b in pairwise(bells)), default=0)

    def _hindered(self, gathering: Gathering, key: Key, day: date) -> Hindered:
        person, length = self.people[key], gathering.minutes
        away = 0 if key in gathering.anyway else self._away(person, day, length)
        limited = 0
        exceeded: list[Exceeded | Missed] = []
        missed: list[tuple[int, Minutes]] = []
        for one in self.limits.exceeded(gathering, key, day):
            if one.weight is None:
                exceeded.append(one)
                limited = WHOLE
            elif one.weight:
                missed.append((one.weight * one.by, WHOLE))
        for rule in self.exam_days.missed(gathering, key, day):
            if rule.rule.weight is None:
                exceeded.append(rule)
                limited |= rule.starts
            elif rule.rule.weight:
                missed.append((rule.rule.weight * rule.by, rule.starts))
        for weight, kept in self.limits.by_clock(gathering, key, day):
            if weight is None:
                limited |= WHOLE & ~kept
            elif weight:
                missed.append((weight, WHOLE & ~kept))
        return Hindered(tuple(self._meetings(gathering, key, day)), away, limited, tuple(exceeded), tuple(missed))

    def _away(self, person: Participant, day: date, length: int) -> Minutes:
        """The starts at which somebody is not available: by the week, by their own earliest and latest, by date."""
        zone, limits = person.bells.zone, person.limits
        free = self.clocks.open(day, person.availability.weekly, zone, length) if person.availability.weekly else WHOLE
        if limits.earliest is not None or limits.latest is not None:
            free &= self.clocks.by_clock(day, limits.earliest, limits.latest, zone, length)
        if person.availability.dated:
            free &= ~self.clocks.away(day, person.availability.dated, zone, length)
        return WHOLE & ~free

    def _meetings(self, gathering: Gathering, key: Key, day: date) -> list[tuple[Meeting, Minutes]]:
        apart = self.apart(gathering, key)
        place = self.gatherings.place(gathering, key)
        found = []
        for meeting in self.meetings.of(key, day):
            placement = meeting.placement
            if meeting.occurrence.id == gathering.without or self._sits_with_both(gathering, placement, key):
                continue
            held_to = self._travels or (isinstance(placement, Engagement) and placement.travels)
            way = self._way(place, self.gatherings.place(placement, key)) if held_to else 0
            found.append((meeting, touching(meeting.span, gathering.minutes, max(apart, way))))
        return found

    def _sits_with_both(self, gathering: Gathering, placement: Placement | Engagement, key: Key) -> bool:
        """Whether somebody is a tutor at a site, who sits with several students that may have several lessons at once."""
        return (
            gathering.lesson and placement.kind == "lesson" and key[0] == "tutor" and self.people[key].site is not None
        )

    def _way(self, a: str | None, b: str | None) -> int:
        """How long it takes from one site to another."""
        if a is None or b is None or a == b:
            return 0
        return self._minutes.get((a, b), self._minutes.get((b, a), 0))

    def held(self, request: Request) -> tuple[Meeting, ...]:
        """Return the consultations of a request that the timetable holds, by time."""
        placed = {p.event for p in self.timetable.pattern if p.kind == "consultation" and p.course == request.id}
        if not placed:
            return ()
        found = (o for o in self.timetable.occurrences if o.event in placed and o.status == "held")
        return tuple(self.meetings.meeting(one) for one in sorted(found, key=lambda one: one.start))

    def next_number(self, request: Request) -> int:
        """Return the number of the next consultation of a request: no number is ever given to another one."""
        numbers = (p.number for p in self.timetable.pattern if p.kind == "consultation" and p.course == request.id)
        return max(numbers, default=0) + 1
