"""Everybody's week, told by their own clock: the one place that pages, spreadsheets and calendars are made from.

Pure functions of a document and a timetable; what depends on both is worked out once, by a `Views`.
"""

from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import cached_property
from zoneinfo import ZoneInfo

from scheduler.domain.base import WEEKDAYS
from scheduler.domain.document import Document
from scheduler.domain.exams import Request
from scheduler.domain.timetable import Occurrence, Placement, SelfPaced, Timetable
from scheduler.publish.participants import Kind, Participant, label

_Key = tuple[Kind, str]


@dataclass(frozen=True, slots=True)
class Row:
    """A row of a week grid: a period of the bells, or a stretch of time outside them, which has no number."""

    number: int | None
    start: time
    end: time
    name: str = ""
    """What people call the period where they do not say its number."""


@dataclass(frozen=True, slots=True)
class Meeting:
    """One entry of a week grid.

    Parameters
    ----------
    placement
        What is held.
    weeks, day, start, end
        Weeks of the cycle, day of the week from Monday = 0, and times, all by the participant's own clock.
    rows
        The rows of the grid that it takes, counted from 0.
    """

    placement: Placement
    weeks: tuple[int, ...]
    day: int
    start: time
    end: time
    rows: tuple[int, ...] = ()


@dataclass(frozen=True)
class Grid:
    """The week of one participant, in every week of the cycle."""

    participant: Participant
    days: int
    rows: tuple[Row, ...]
    meetings: tuple[Meeting, ...]

    @cached_property
    def _cells(self) -> dict[tuple[int, int], list[Meeting]]:
        cells: dict[tuple[int, int], list[Meeting]] = defaultdict(list)
        for meeting in self.meetings:
            for row in meeting.rows:
                cells[meeting.day, row].append(meeting)
        return cells

    def cell(self, week: int, day: int, row: int) -> tuple[Meeting, ...]:
        """What is held there, in that week of the cycle."""
        return tuple(meeting for meeting in self._cells.get((day, row), ()) if week in meeting.weeks)


@dataclass(frozen=True, slots=True)
class Dated:
    """One dated meeting as it will be held: its placement has what the date changes, times are the participant's."""

    occurrence: Occurrence
    placement: Placement
    start: datetime
    end: datetime


@dataclass(frozen=True)
class Views:
    """What a document and a timetable show to each of their participants."""

    document: Document
    timetable: Timetable

    def grid(self, who: Participant) -> Grid:
        """The week grid of a participant."""
        placements = self._pattern_of.get((who.kind, who.id), [])
        meetings = [self._local(placement, who.time_zone) for placement in placements]
        rows, base = self._rows(who, meetings)
        used = [(_rows_of(meeting, rows, base), meeting) for meeting in meetings]
        first = min((taken[0] for taken, _ in used), default=0)
        last = max((taken[-1] for taken, _ in used), default=len(rows) - 1)
        placed = [
            Meeting(m.placement, m.weeks, m.day, m.start, m.end, tuple(row - first for row in taken))
            for taken, m in used
        ]
        placed.sort(key=lambda m: (m.day, m.rows, m.start, m.weeks, m.placement.event))
        term = self.document.term
        usual = min(term.week_days, len(term.day_names) or term.week_days)
        days = max([usual, *(meeting.day + 1 for meeting in meetings)])
        return Grid(who, days, tuple(rows[first : last + 1]), tuple(placed))

    def dated(self, who: Participant) -> tuple[Dated, ...]:
        """The dated meetings of a participant in order of time, cancelled ones too, lost ones not."""
        zone = ZoneInfo(who.time_zone)
        keys: set[_Key] = {(who.kind, who.id)}
        if who.kind == "parent":
            keys = {("student", child) for child in self.document.parent(who.id).students}
        elif who.kind == "coordinator":
            schools = self.document.coordinator(who.id).schools or self.document.ids("schools")
            keys = {("site", site.id) for site in self.document.sites if site.school in schools}
        found = {index for key in keys for index in self._dated_of.get(key, ())}
        return tuple(
            sorted(
                (self._dated(self.timetable.occurrences[index], zone) for index in found),
                key=lambda dated: (dated.start, dated.occurrence.id),
            )
        )

    def self_paced(self, who: Participant) -> tuple[SelfPaced, ...]:
        """The self-paced courses of a participant by their deadlines; a parent's are the children's."""
        students = {who.id} if who.kind == "student" else set()
        if who.kind == "parent":
            students = set(self.document.parent(who.id).students)
        elif who.kind == "group" and self.document.has("groups", who.id):
            students = set(self.document.group(who.id).students)
        groups = {who.id} if who.kind == "group" else set()
        return tuple(
            sorted(
                (
                    item
                    for item in self.timetable.self_paced
                    if students & set(item.students) or groups & set(item.groups)
                ),
                key=lambda item: (item.deadline, item.course),
            )
        )

    def attending(self, placement: Placement) -> Iterator[tuple[Kind, str]]:
        """Everybody and every place that a placement is about."""
        document = self.document
        for key in placement.students:
            yield "student", key
        for key in placement.teachers:
            yield "teacher", key
        for key in placement.tutors:
            yield "tutor", key
        for key in placement.support:
            yield "support", key
        sites = {placement.site}
        rooms: set[str | None] = set(placement.rooms)
        for key in set(placement.seats.values()):
            yield "workstation", key
            if document.has("workstations", key):
                station = document.workstation(key)
                sites.add(station.site)
                rooms.add(station.room)
        sites |= {document.room(room).site for room in rooms if room is not None and document.has("rooms", room)}
        if placement.mode == "online":
            sites |= {self._seated[key] for key in self._people(placement) if key in self._seated}
        for room in rooms - {None}:
            yield "room", room or ""
        for site in sites - {None}:
            yield "site", site or ""
        for group in self._groups_of(placement):
            yield "group", group

    def involved(self, placement: Placement) -> frozenset[tuple[Kind, str]]:
        """`attending`, as a set."""
        return frozenset(self.attending(placement))

    def title(self, placement: Placement) -> str:
        """What people call it: the course's name, or its subject's; another event's own name, or a request's."""
        if placement.kind == "event":
            return label(self.document, "events", placement.course)
        course = self._course(placement)
        request = self._request(placement) if placement.kind == "consultation" else None
        named = "" if request is None else request.name
        return named or self.course_title(course or placement.course)

    def course_title(self, course: str) -> str:
        """What people call a course: its name, or its subject's."""
        if not self.document.has("courses", course):
            return course
        found = self.document.course(course)
        return found.name or label(self.document, "subjects", found.subject)

    def subject(self, placement: Placement) -> str | None:
        """The id of the subject; None for what has no course."""
        course = self._course(placement)
        return None if course is None else self.document.course(course).subject

    def _course(self, placement: Placement) -> str | None:
        """The course of a lesson or of a consultation, if the document has it."""
        key: str | None = placement.course
        if placement.kind == "consultation":
            request = self._request(placement)
            key = None if request is None else request.course
        return key if placement.kind != "event" and key is not None and self.document.has("courses", key) else None

    def _request(self, placement: Placement) -> Request | None:
        known = self.document.has("requests", placement.course)
        return self.document.request(placement.course) if known else None

    def section(self, placement: Placement) -> int | None:
        """The number of the section, where the course has several."""
        return placement.section if self._sections[placement.course] > 1 else None

    def link(self, placement: Placement) -> str:
        """Where it is held online."""
        if placement.kind == "event":
            return self.document.event(placement.course).link if self.document.has("events", placement.course) else ""
        course = self._course(placement)
        return "" if course is None else self.document.course(course).link

    def week_of_cycle(self, day: date) -> int:
        """Which week of the cycle a date is in, from 1, holidays and moved days left aside."""
        term = self.document.term
        weeks = (_monday(day) - _monday(term.anchor or term.first_day)).days // 7
        return weeks % term.cycle + 1

    @cached_property
    def _pattern_of(self) -> dict[_Key, list[Placement]]:
        index: dict[_Key, list[Placement]] = defaultdict(list)
        for placement in self.timetable.pattern:
            for key in self._involved[placement.event]:
                index[key].append(placement)
        return index

    @cached_property
    def _involved(self) -> dict[str, frozenset[_Key]]:
        return {placement.event: self.involved(placement) for placement in self.timetable.pattern}

    @cached_property
    def _dated_of(self) -> dict[_Key, list[int]]:
        index: dict[_Key, list[int]] = defaultdict(list)
        for at, occurrence in enumerate(self.timetable.occurrences):
            if occurrence.status == "lost":
                continue
            effective = self.timetable.placed(occurrence)
            plain = effective is self.timetable.placements[occurrence.event]
            for key in self._involved[occurrence.event] if plain else self.involved(effective):
                index[key].append(at)
        return index

    @cached_property
    def _seated(self) -> dict[_Key, str]:
        """The sites of the people who sit at one."""
        people: list[tuple[Kind, str, str | None]] = [
            *(("student", student.id, student.site) for student in self.document.students),
            *(("teacher", teacher.id, teacher.site) for teacher in self.document.teachers),
            *(("tutor", tutor.id, tutor.site) for tutor in self.document.tutors),
            *(("support", support.id, support.site) for support in self.document.support),
        ]
        return {(kind, key): site for kind, key, site in people if site is not None}

    @cached_property
    def _sections(self) -> Counter[str]:
        return Counter(course for course, _ in {(p.course, p.section) for p in self.timetable.pattern})

    @cached_property
    def _groups_by_student(self) -> dict[str, list[str]]:
        index: dict[str, list[str]] = defaultdict(list)
        for group in self.document.groups:
            for student in group.students:
                index[student].append(group.id)
        return index

    @cached_property
    def _above(self) -> dict[str, set[str]]:
        """The groups that each is a part of, and those that they are parts of."""
        wholes = {group.id: group.part_of for group in self.document.groups}
        found: dict[str, set[str]] = {}
        for group, direct in wholes.items():
            found[group], ahead = set(), list(direct)
            while ahead:
                whole = ahead.pop()
                if whole not in found[group]:
                    found[group].add(whole)
                    ahead += wholes.get(whole, ())
        return found

    @cached_property
    def _below(self) -> dict[str, set[str]]:
        """The parts of each group, and theirs."""
        found: dict[str, set[str]] = defaultdict(set)
        for part, wholes in self._above.items():
            for whole in wholes:
                found[whole].add(part)
        return found

    def _people(self, placement: Placement) -> Iterator[_Key]:
        yield from (("student", key) for key in placement.students)
        yield from (("teacher", key) for key in placement.teachers)
        yield from (("tutor", key) for key in placement.tutors)
        yield from (("support", key) for key in placement.support)

    def _groups_of(self, placement: Placement) -> set[str]:
        """The groups who attend, the wholes that these are part of, their parts, and the groups of single students."""
        found = set(placement.groups)
        for group in placement.groups:
            found |= self._above.get(group, set()) | self._below.get(group, set())
        return found.union(*(self._groups_by_student.get(student, ()) for student in placement.students))

    def _local(self, placement: Placement, zone: str) -> Meeting:
        day = WEEKDAYS.index(placement.weekday)
        if placement.time_zone == zone:
            return Meeting(placement, placement.weeks, day, placement.start, placement.end)
        first = self.document.term.first_day
        at = first + timedelta((day - first.weekday()) % 7)
        start, end = (_moved(at, clock, placement.time_zone, zone) for clock in (placement.start, placement.end))
        monday = at - timedelta(day)
        weeks, day = divmod((start.date() - monday).days, 7)
        cycle = self.document.term.cycle
        shifted = tuple(sorted((week - 1 + weeks) % cycle + 1 for week in placement.weeks))
        return Meeting(placement, shifted, day, start.time(), end.time())

    def _dated(self, occurrence: Occurrence, zone: ZoneInfo) -> Dated:
        effective = self.timetable.placed(occurrence)
        return Dated(occurrence, effective, occurrence.start.astimezone(zone), occurrence.end.astimezone(zone))

    def _rows(self, who: Participant, meetings: list[Meeting]) -> tuple[list[Row], "_Base | None"]:
        """The periods of the participant's bells, or of those that most meetings follow, and what falls outside."""
        used = Counter((m.placement.bells, m.placement.time_zone) for m in meetings if m.placement.bells)
        if who.site is not None:  # the periods of another clock would carry numbers that nobody there knows
            used = Counter({key: n for key, n in used.items() if key[1] == who.time_zone})
        bells, zone = who.bells, who.time_zone
        if used and (bells, zone) not in used:
            (bells, zone), _ = used.most_common(1)[0]
        base = None
        rows: list[Row] = []
        if bells is not None and self.document.has("bells", bells):
            first = self.document.term.first_day
            rows = sorted(
                (
                    Row(
                        bell.number,
                        _moved(first, bell.start, zone, who.time_zone).time(),
                        _moved(first, bell.end, zone, who.time_zone).time(),
                        bell.name.strip(),
                    )
                    for bell in self.document.bell_schedule(bells).periods
                ),
                key=lambda row: (row.start, row.end),
            )
            base = _Base(bells, zone)
        loose = {Row(None, m.start, m.end) for m in meetings if not any(_overlap(m, row) for row in rows)}
        return sorted([*rows, *loose], key=lambda row: (row.start, row.end, row.number or 0)), base


@dataclass(frozen=True, slots=True)
class _Base:
    """The bells whose periods the numbered rows are."""

    bells: str
    zone: str


def _rows_of(meeting: Meeting, rows: list[Row], base: _Base | None) -> tuple[int, ...]:
    """The rows of its periods; without these, the row it shares most time with, and those that it fills by half."""
    placement = meeting.placement
    if base is not None and (placement.bells, placement.time_zone) == (base.bells, base.zone):
        by_number = tuple(at for at, row in enumerate(rows) if row.number in placement.periods)
        if by_number:
            return by_number
    shared = [_overlap(meeting, row) for row in rows]
    best = max(range(len(rows)), key=lambda at: shared[at])
    return tuple(
        at
        for at, row in enumerate(rows)
        if at == best or 2 * shared[at] >= max(1, _minute(row.end) - _minute(row.start))
    )


def _overlap(meeting: Meeting, row: Row) -> int:
    """Minutes that both have; at least one where both start together."""
    ends = (_minute(at.end) or 24 * 60 for at in (meeting, row))
    shared = min(ends) - max(_minute(meeting.start), _minute(row.start))
    return max(shared, int(meeting.start == row.start), 0)


def _minute(clock: time) -> int:
    return clock.hour * 60 + clock.minute


def _moved(day: date, clock: time, zone: str, to: str) -> datetime:
    return datetime.combine(day, clock, ZoneInfo(zone)).astimezone(ZoneInfo(to))


def _monday(day: date) -> date:
    return day - timedelta(day.weekday())
