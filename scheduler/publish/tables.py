"""A timetable as small tables of numbers and names, from which the page draws any week when it is asked for.

A thousand students share a thousand lessons: each name, each lesson and each way to see a lesson is written once.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from functools import cached_property
from typing import Any
from zoneinfo import ZoneInfo

from scheduler.domain.timetable import Occurrence, Placement
from scheduler.publish.colours import Look, looks
from scheduler.publish.participants import KINDS, LISTS, Kind, Participant, label, participant, participants, readable
from scheduler.publish.views import Grid, Views
from scheduler.publish.words import CATEGORIES, TITLES, city, detail, title_of
from scheduler.texts import Texts

_EPOCH = date(1970, 1, 1)


@dataclass(frozen=True)
class Tables:
    """The tables of one page.

    Parameters
    ----------
    views, texts
        What is shown, and in which language.
    reader
        A parent or a coordinator, who sees their own people and places only; everything is shown where nobody is named.
    """

    views: Views
    texts: Texts
    reader: Participant | None = None
    _entities: dict[tuple[Kind, str], int] = field(default_factory=dict, repr=False)
    _placements: dict[tuple[str, str], int] = field(default_factory=dict, repr=False)
    _cells: dict[tuple[Any, ...], int] = field(default_factory=dict, repr=False)
    _rows: dict[tuple[Any, ...], int] = field(default_factory=dict, repr=False)
    _zones: dict[str, int] = field(default_factory=dict, repr=False)
    _shown: list[list[Any]] = field(default_factory=list, repr=False)

    def all(self) -> dict[str, Any]:
        """Return all the tables, ready for JSON."""
        term = self.views.document.term
        subjects = self.views.document.subjects
        who = [self._who(someone) for someone in self.people]
        occurrences = self._occurrences()
        shortened = [
            [_day(day.date), label(self.views.document, "bells", day.bells), self._sites(day.sites)]
            for day in term.shortened_days
        ]
        members = [
            [self._reference("group", group.id), [self._reference("student", key) for key in group.students]]
            for group in self.views.document.groups
            if self.reader is None
        ]
        return {
            "term": [
                _day(term.first_day),
                _day(term.last_day),
                term.cycle,
                _day(term.anchor or term.first_day),
                term.week_days,
            ],
            "days": [name.strip() for name in term.day_names],
            "kinds": [[kind, self.texts(TITLES[kind])] for kind in KINDS],
            "subjects": [[self.looks[s.id].sign, s.name or s.id, self.looks[s.id].pattern] for s in subjects],
            "who": who,
            "placements": self._shown,
            "cells": [list(cell) for cell in self._cells],
            "rows": [[list(row) for row in rows] for rows in self._rows],
            "members": members,
            "occurrences": occurrences,
            "selfPaced": self._self_paced(),
            "entities": [self._entity(kind, key) for kind, key in self._entities],
            "zones": [[zone, self._offsets(zone), city(self.texts, zone)] for zone in self._zones],
            "holidays": [[_day(day.first), _day(day.last), day.name] for day in term.holidays],
            "moved": [[_day(day.date), _day(day.as_date)] for day in term.moved_days],
            "shortened": shortened,
        }

    @cached_property
    def people(self) -> tuple[Participant, ...]:
        """Whose weeks are shown, each kind by its names."""
        document = self.views.document
        everybody: Iterable[Participant] = (
            readable(document, self.reader)
            if self.reader is not None
            else (someone for kind in KINDS for someone in participants(document, kind))
        )
        return tuple(sorted(everybody, key=lambda who: (KINDS.index(who.kind), self.texts.sort_key(who.full_name))))

    @cached_property
    def looks(self) -> dict[str, Look]:
        """The look of each subject."""
        return looks(self.views.document.subjects)

    @cached_property
    def _visible(self) -> frozenset[tuple[Kind, str]]:
        return frozenset((someone.kind, someone.id) for someone in self.people)

    def _who(self, someone: Participant) -> list[Any]:
        grid = self.views.grid(someone)
        rows = tuple((row.number, _minute(row.start), _minute(row.end), row.name) for row in grid.rows)
        return [
            self._reference(someone.kind, someone.id),
            someone.id,
            _index(self._zones, someone.time_zone),
            _index(self._rows, rows),
            grid.days,
            self._cells_of(grid),
            -1 if someone.site is None else self._reference("site", someone.site),
        ]

    def _cells_of(self, grid: Grid) -> list[int]:
        return [
            _index(
                self._cells,
                (
                    self._placement(meeting.placement),
                    sum(1 << (week - 1) for week in meeting.weeks),
                    meeting.day,
                    meeting.rows,
                    _minute(meeting.start),
                    _minute(meeting.end),
                ),
            )
            for meeting in grid.meetings
        ]

    def _placement(self, placement: Placement, variant: str = "") -> int:
        """The number of a placement, or of what one date makes of it."""
        key = (placement.event, variant)
        if key not in self._placements:
            self._placements[key] = len(self._shown)
            self._shown.append(self._told(placement))
        return self._placements[key]

    def _told(self, placement: Placement) -> list[Any]:
        views = self.views
        subject = views.subject(placement)
        kind = ""
        if placement.kind == "event" and views.document.has("events", placement.course):
            kind = self.texts(CATEGORIES[views.document.event(placement.course).kind])
        students = [key for key in placement.students if self.may_see("student", key)]
        seats = {key: seat for key, seat in placement.seats.items() if self._may_see_seat(placement, key)}
        return [
            title_of(views, placement, self.texts),
            self._subjects.get(subject or "", -1),
            int(placement.mode == "site"),
            views.section(placement),
            [self._reference("teacher", key) for key in placement.teachers],
            [self._reference("tutor", key) for key in placement.tutors]
            + [self._reference("support", key) for key in placement.support],
            [self._reference("student", key) for key in students],
            len(placement.students),
            [self._reference("group", key) for key in placement.groups],
            [self._reference("room", room) for room in placement.rooms],
            -1 if placement.site is None else self._reference("site", placement.site),
            [
                [self._reference(self._kind_of(placement, key), key), self._reference("workstation", seat)]
                for key, seat in seats.items()
            ],
            views.link(placement),
            kind,
            int(placement.pinned),
        ]

    @cached_property
    def _subjects(self) -> dict[str, int]:
        return {subject.id: index for index, subject in enumerate(self.views.document.subjects)}

    def _occurrences(self) -> list[list[Any]]:
        """The dated meetings: pattern, start in minutes since 1970, minutes, then what is not as in the pattern."""
        told = []
        for occurrence in self.views.timetable.occurrences:
            placement = self.views.timetable.placements[occurrence.event]
            effective = self.views.timetable.placed(occurrence)
            before = self.views.involved(placement) if effective is not placement else frozenset[tuple[Kind, str]]()
            after = self.views.involved(effective) if effective is not placement else before
            if occurrence.status == "lost" or (
                (placement.event, "") not in self._placements and not after & self._visible
            ):
                continue
            row: list[Any] = [
                self._placement(placement),
                _instant(occurrence.start),
                (occurrence.end - occurrence.start) // timedelta(minutes=1),
            ]
            flags = int(occurrence.status == "cancelled") + 2 * int(not _by_bells(occurrence, placement))
            if effective is not placement or flags or occurrence.reason:
                row += [
                    self._placement(effective, occurrence.id) if effective is not placement else row[0],
                    flags,
                    occurrence.reason,
                    [self._reference(*key) for key in sorted(after - before) if key in self._visible],
                    [self._reference(*key) for key in sorted(before - after) if key in self._visible],
                ]
            told.append(row)
        return told

    def _self_paced(self) -> list[list[Any]]:
        told = []
        for item in self.views.timetable.self_paced:
            students = [self._reference("student", key) for key in item.students if self.may_see("student", key)]
            groups = [self._reference("group", key) for key in item.groups]
            if students or self.reader is None:
                course = (
                    self.views.document.course(item.course) if self.views.document.has("courses", item.course) else None
                )
                subject = self._subjects.get(course.subject, -1) if course else -1
                title = self.views.course_title(item.course)
                told.append([title, subject, _day(item.deadline), self.texts.number(item.hours), students, groups])
        return sorted(told, key=lambda row: (row[2], row[0]))

    def may_see(self, kind: Kind, key: str) -> bool:
        """Whether somebody may be named to the reader."""
        return self.reader is None or (kind, key) in self._visible

    def _may_see_seat(self, placement: Placement, person: str) -> bool:
        return person not in placement.students or self.may_see("student", person)

    def _kind_of(self, placement: Placement, person: str) -> Kind:
        if person in placement.students:
            return "student"
        if person in placement.teachers:
            return "teacher"
        return "tutor" if person in placement.tutors else "support"

    def _sites(self, sites: tuple[str, ...]) -> list[int]:
        return [self._reference("site", site) for site in sites]

    def _reference(self, kind: Kind, key: str) -> int:
        return _index(self._entities, (kind, key))

    def _entity(self, kind: Kind, key: str) -> list[Any]:
        """Kind, name, what is told beside it."""
        if not self.views.document.has(LISTS[kind], key):
            return [KINDS.index(kind), key, ""]
        who = participant(self.views.document, kind, key)
        size = len(self.views.document.group(key).students) if kind == "group" and self.reader is None else 0
        return [KINDS.index(kind), who.name, detail(self.views, who, self.texts), size]

    def _offsets(self, zone: str) -> list[list[int]]:
        """The offsets from UTC over the term: from which minute since 1970, and how many minutes."""
        term = self.views.document.term
        found: list[list[int]] = []
        at = datetime.combine(term.first_day - timedelta(21), time(), UTC)
        while at.date() <= term.last_day + timedelta(21):
            offset = at.astimezone(ZoneInfo(zone)).utcoffset()
            assert offset is not None
            minutes = offset // timedelta(minutes=1)
            if not found or found[-1][1] != minutes:
                found.append([_instant(at), minutes])
            at += timedelta(hours=1)
        return found


def _by_bells(occurrence: Occurrence, placement: Placement) -> bool:
    """Whether it stands in the rows of its pattern, at the pattern's time or by a shortened day's bells."""
    if occurrence.periods not in {None, placement.periods}:
        return False
    start = occurrence.start.astimezone(ZoneInfo(placement.time_zone)).time()
    return start == placement.start or (occurrence.bells or placement.bells) != placement.bells


def _index(table: dict[Any, int], key: Any) -> int:
    return table.setdefault(key, len(table))


def _day(day: date) -> int:
    return (day - _EPOCH).days


def _instant(moment: datetime) -> int:
    return int(moment.timestamp()) // 60


def _minute(clock: time) -> int:
    return clock.hour * 60 + clock.minute
