"""One lesson that stands in a consultation's way, held at another time of its week."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import TYPE_CHECKING

from scheduler.compile.clock import Clock, minutes_of
from scheduler.compile.people import People
from scheduler.compile.shapes import Shape
from scheduler.domain.calendar import bells_on, monday
from scheduler.operations.consult.answer import Move
from scheduler.operations.consult.minutes import DAY

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date, time

    from scheduler.domain.timetable import Placement
    from scheduler.operations.consult.gathering import Gathering
    from scheduler.operations.consult.meetings import Key, Meeting
    from scheduler.operations.consult.minutes import Span
    from scheduler.operations.consult.places import Places
    from scheduler.operations.consult.setting import Setting


@dataclass(frozen=True, slots=True)
class Target:
    """Where a lesson may go: a free time of its week, and free places."""

    day: date
    span: Span
    periods: tuple[int, ...]
    bells: str | None
    places: Places


class Moves:
    """Where the lessons of a timetable may go, each looked up when asked for."""

    def __init__(self, setting: Setting) -> None:
        self.setting = setting
        self._targets: dict[str, tuple[Target, ...]] = {}
        self._clock = Clock(setting.document.term)
        self._people = People(setting.document)

    def target(self, meeting: Meeting, day: date, span: Span, apart: int) -> Target | None:
        """Return the nearest time and places for a lesson that makes room for a consultation, if there are any.

        Parameters
        ----------
        day, span
            When the consultation is held.
        apart
            Minutes that must lie between the two on one day.
        """
        for target in self._of(meeting):
            first, last = target.span
            if target.day != day or last + apart <= span[0] or span[1] + apart <= first:
                return target
        return None

    def move(self, meeting: Meeting, target: Target) -> Move:
        """Tell a lesson's new time and places."""
        occurrence, clocks = meeting.occurrence, self.setting.clocks
        zone = meeting.lesson.time_zone
        return Move(
            occurrence=occurrence.id,
            start=occurrence.start,
            end=occurrence.end,
            new_start=clocks.instant(target.day, target.span[0], zone),
            new_end=clocks.instant(target.day, target.span[1], zone),
            periods=target.periods,
            bells=target.bells,
            room=target.places.rooms[0] if target.places.rooms else None,
            seats=target.places.seats,
        )

    def may_move(self, meeting: Meeting) -> bool:
        """Whether a meeting is a lesson of the bells, not pinned and not changed by a plan, of people that are known."""
        placement, setting = meeting.placement, self.setting
        return (
            placement.kind == "lesson"
            and bool(placement.periods)
            and placement.bells is not None
            and not (placement.pinned or meeting.occurrence.pinned or meeting.occurrence.id in setting.standing.fixed)
            and setting.document.has("courses", placement.course)
            and all(key in setting.people for key in setting.meetings.people(placement))
        )

    def _of(self, meeting: Meeting) -> tuple[Target, ...]:
        """Return where a lesson may go, the nearest in time first."""
        key = meeting.occurrence.id
        if key not in self._targets:
            found = list(self._found(meeting)) if self.may_move(meeting) else []
            found.sort(key=lambda t: abs((t.day - meeting.day).days * DAY + t.span[0] - meeting.span[0]))
            self._targets[key] = tuple(found)
        return self._targets[key]

    def _found(self, meeting: Meeting) -> Iterator[Target]:
        setting, placement = self.setting, meeting.lesson
        gathering = setting.gatherings.of_lesson(meeting, dict.fromkeys(setting.meetings.people(placement)))
        if len(gathering.rooms) != len(placement.rooms):
            return
        first, usual = monday(meeting.day), setting.timetable.placements[placement.event].bells
        for day in setting.school_days:
            if not first <= day < first + timedelta(days=7):
                continue
            if day != meeting.day and self._is_taught(placement, gathering, day):
                continue
            if any(setting.standing.is_suspended(key, day) for key in gathering.people):
                continue
            bells = self._bells(placement, day)
            for periods, start, end in self._runs(placement, bells):
                begins = setting.clocks.clock(day, start, placement.time_zone)
                span = (begins, begins + minutes_of(end) - minutes_of(start))
                if span[0] < 0 or span[1] > DAY or (day == meeting.day and span[0] == meeting.span[0]):
                    continue
                places = self._places(gathering, placement, day, span)
                if places is not None:
                    yield Target(day, span, periods, None if bells == usual else bells, places)

    def _is_taught(self, placement: Placement, gathering: Gathering, day: date) -> bool:
        """Whether the same section of the course meets on a date: a course is spread over days."""
        meetings = self.setting.meetings
        return any(
            met.placement.kind == "lesson"
            and (met.placement.course, met.placement.section) == (placement.course, placement.section)
            for key in gathering.people
            for met in meetings.of(key, day)
        )

    def _places(self, gathering: Gathering, placement: Placement, day: date, span: Span) -> Places | None:
        """Return where a lesson is held at a time; None where somebody is not free, or nothing is."""
        held = replace(gathering, minutes=span[1] - span[0])
        if any(self.setting.hindered(held, key, day).starts >> span[0] & 1 for key in held.people):
            return None
        places = self.setting.finding.places(held, day, span[0])
        if places is None or (len(places.rooms) != len(placement.rooms)) or len(places.seats) < len(held.seats):
            return None
        # A date may change the first room alone.
        return places if places.rooms[1:] == placement.also else None

    def _bells(self, placement: Placement, day: date) -> str:
        """The bells that are rung where the lesson is held."""
        gatherings = self.setting.gatherings
        site = placement.site
        if site is None:
            seated: list[Key] = [("student", s) for s in placement.students] or [("group", g) for g in placement.groups]
            most = Counter(gatherings.sits_at(key) for key in seated).most_common(1)
            site = most[0][0] if most else None
        usual = self.setting.timetable.placements[placement.event].bells or ""
        return bells_on(self.setting.document.term, day, site, usual) or usual

    def _runs(self, placement: Placement, bells: str) -> Iterator[tuple[tuple[int, ...], time, time]]:
        """The runs of periods of a day that a lesson of so many periods may take, and when these begin and end."""
        course = self.setting.document.course(placement.course)
        rung = self._people.bells_of_site(None, bells)
        shape = Shape(rung, len(placement.periods), course.lesson_minutes)
        for when in shape.times(self._clock):
            if when.weekday == 0:
                yield when.periods, when.start, when.end
