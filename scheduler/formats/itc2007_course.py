"""Course timetabling of the second international competition (ITC-2007, track 3): `.ctt` in, `.sol` out.

Source of the format: Di Gaspero, McCollum, Schaerf, "The Second International Timetabling Competition (ITC-2007):
Curriculum-based Course Timetabling (Track 3)", 2007. Its costs, of formulation UD2, are a policy of our own rules here.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, time
from fractions import Fraction
from pathlib import Path
from typing import TYPE_CHECKING

from scheduler.domain.base import WEEKDAYS
from scheduler.domain.calendar import Bell, BellSchedule, Term
from scheduler.domain.courses import Course, Group, RoomNeed, Subject
from scheduler.domain.document import Document
from scheduler.domain.faults import maybe
from scheduler.domain.people import Teacher
from scheduler.domain.places import Room, Site
from scheduler.domain.policy import Policy, RuleSpec, Word
from scheduler.formats import lines
from solver.sentence import sentence

if TYPE_CHECKING:
    from scheduler.domain.timetable import Timetable

SITE = "site"
BELLS = "bells"
FIRST_DAY = date(2007, 10, 1)
"""A Monday: the format knows no dates."""

NAME = re.compile(r"[^\s,;=/\\\x00-\x1f\x7f]{1,48}")
LECTURES = 60

HEADER = ("Courses", "Rooms", "Days", "Periods_per_day", "Curricula", "Constraints")
WORDS = {"COURSES": 5, "ROOMS": 2, "UNAVAILABILITY_CONSTRAINTS": 3}
SECTIONS = ("COURSES", "ROOMS", "CURRICULA", "UNAVAILABILITY_CONSTRAINTS")


def recognise(head: bytes, name: str) -> bool:
    """Tell from the beginning of a file whether it is in this format."""
    del name
    return re.match(rb"(\xef\xbb\xbf)?\s*Name:[^\n]*\n\s*Courses:\s*\d+\s*\n\s*Rooms:", head) is not None


def read(path: Path) -> Document:
    """Read a `.ctt` file as a term's document.

    Raises
    ------
    BadInput
        If a line is not what the format says: every such line.
    """
    return lines.read(path, read_text)


def read_text(text: str) -> Document:
    """Read the text of a `.ctt` file as a term's document."""
    return _document(_Reader(text).read())


@dataclass
class _Instance:
    """What a file says, names as they are written."""

    name: str = ""
    size: dict[str, int] = field(default_factory=dict)
    courses: dict[str, tuple[str, int, int, int]] = field(default_factory=dict)
    """For each course its teacher, lectures, least number of days and students."""
    rooms: dict[str, int] = field(default_factory=dict)
    curricula: dict[str, tuple[str, ...]] = field(default_factory=dict)
    unavailable: dict[str, set[tuple[int, int]]] = field(default_factory=dict)


class _Reader(lines.Lines):
    def __init__(self, text: str) -> None:
        super().__init__(text)
        self.found = _Instance()

    def read(self) -> _Instance:
        section = ""
        counts = dict.fromkeys(SECTIONS, 0)
        ended = False
        for number, words in self.lines:
            heading = words[0].removesuffix(":")
            if ended:
                self.fault(number, sentence("Nothing must follow “END.”."))
                break
            if words == ["END."]:
                ended = True
            elif len(words) == 1 and heading in SECTIONS and words[0].endswith(":"):
                section = heading
            elif not section:
                self._header(number, words)
            else:
                counts[section] += 1
                self._line(section, number, words)
        if not ended:
            self.fault(self.last, sentence("The file must end with “END.”."), sentence("Maybe it was cut off."))
        for key, section in zip(("Courses", "Rooms", "Curricula", "Constraints"), SECTIONS, strict=True):
            self.has_lines(section, self.last, counts[section], self.found.size.get(key, counts[section]))
        for key in HEADER:
            if key not in self.found.size:
                self.fault(1, sentence("The header must give “{key}:”.", key=key))
        self.refuse()
        return self.found

    def _header(self, number: int, words: list[str]) -> None:
        key = words[0].removesuffix(":")
        if key == "Name" and len(words) <= 2:
            self.found.name = words[-1] if len(words) == 2 else ""
        elif len(words) != 2 or key not in HEADER:
            must = sentence("The header's line must be “Name: value”, not “{line}”.", line=" ".join(words))
            self.fault(number, must, maybe(key, HEADER))
        else:
            size = self.whole(number, words[1])
            limits = {"Days": (1, 7), "Periods_per_day": (1, 16)}
            if key in limits and size is not None and not limits[key][0] <= size <= limits[key][1]:
                must = sentence(
                    "{key} ({value}) must be {first} to {last}.",
                    key=key,
                    value=size,
                    first=limits[key][0],
                    last=limits[key][1],
                )
                self.fault(number, must)
                size = limits[key][1]
            if size is not None:
                self.found.size[key] = size

    def _line(self, section: str, number: int, words: list[str]) -> None:
        if section != "CURRICULA" and not self.has_words(section, number, words, WORDS[section]):
            return
        match section:
            case "COURSES":
                self._course(number, words)
            case "ROOMS":
                seats = self.whole(number, words[1])
                self._once(number, words[0], self.found.rooms)
                self.found.rooms[words[0]] = seats or 0
            case "CURRICULA":
                self._curriculum(number, words)
            case _:
                self._unavailable(number, words)

    def _course(self, number: int, words: list[str]) -> None:
        lectures, days, students = (self.whole(number, word) for word in words[2:])
        self._once(number, words[0], self.found.courses)
        self._named(number, words[1])
        if (lectures or 0) > LECTURES:
            must = sentence("The lectures ({value}) must be at most {limit}.", value=words[2], limit=LECTURES)
            self.fault(number, must)
        self.found.courses[words[0]] = (words[1], lectures or 0, days or 0, students or 0)

    def _curriculum(self, number: int, words: list[str]) -> None:
        size = self.whole(number, words[1]) if len(words) > 1 else None
        if size is not None and size != len(words) - 2:
            must = sentence("The curriculum “{name}” must list {n} courses.", name=words[0], n=size)
            self.fault(number, must)
        for course in words[2:]:
            self._known(number, course)
        self._once(number, words[0], self.found.curricula)
        self.found.curricula[words[0]] = tuple(words[2:])

    def _unavailable(self, number: int, words: list[str]) -> None:
        day, period = (self.whole(number, word) for word in words[1:])
        self._known(number, words[0])
        days, periods = self.found.size.get("Days", 7), self.found.size.get("Periods_per_day", 16)
        if day is None or period is None:
            return
        if day >= days or period >= periods:
            must = sentence(
                "Day {day}, period {period} must lie within {days} days of {periods} periods, counted from 0.",
                day=day,
                period=period,
                days=days,
                periods=periods,
            )
            self.fault(number, must)
            return
        self.found.unavailable.setdefault(words[0], set()).add((day, period))

    def _known(self, number: int, course: str) -> None:
        if course not in self.found.courses:
            must = sentence("The course “{course}” must be among the courses.", course=course)
            self.fault(number, must, maybe(course, self.found.courses))

    def _once(self, number: int, name: str, names: Mapping[str, object]) -> None:
        if name in names:
            self.fault(number, sentence("The name “{name}” must be given once only.", name=name))
        self._named(number, name)

    def _named(self, number: int, name: str) -> None:
        if NAME.fullmatch(name) is None:
            must = sentence(
                "The name “{name}” must have at most {n} signs, and no commas or the like.", name=name, n=48
            )
            self.fault(number, must)


def _document(found: _Instance) -> Document:
    days, periods = found.size["Days"], found.size["Periods_per_day"]
    curricula: dict[str, list[str]] = {course: [] for course in found.courses}
    for curriculum, courses in found.curricula.items():
        for course in courses:
            curricula[course].append(curriculum)
    term = Term(
        name=found.name, time_zone="UTC", first_day=FIRST_DAY, last_day=FIRST_DAY.replace(day=days), week_days=days
    )
    return Document(
        term=term,
        bells=(BellSchedule(id=BELLS, periods=tuple(_bell(period) for period in range(periods))),),
        sites=(Site(id=SITE, bells=BELLS),),
        rooms=tuple(Room(id=room, site=SITE, seats=seats) for room, seats in found.rooms.items()),
        subjects=tuple(Subject(id=course) for course in found.courses),
        groups=(
            *(Group(id=name, site=SITE, size=_size(found, courses)) for name, courses in found.curricula.items()),
            *(Group(id=_students_of(name), site=SITE, size=_size(found, (name,))) for name in _alone(found)),
        ),
        teachers=tuple(
            Teacher(id=teacher, site=SITE) for teacher in dict.fromkeys(c[0] for c in found.courses.values())
        ),
        courses=tuple(
            Course(
                id=course,
                subject=course,
                mode="site",
                hours=Fraction(lectures),
                groups=tuple(dict.fromkeys(curricula[course])) or (_students_of(course),),
                teachers=(teacher,),
                room=RoomNeed(seats=students),
                site=SITE,
            )
            for course, (teacher, lectures, _, students) in found.courses.items()
        ),
        policy=Policy(profiles=(), rules=tuple(_rules(found))),
    )


def _size(found: _Instance, courses: tuple[str, ...]) -> int:
    return max([1, *(found.courses[course][3] for course in courses)])


def _bell(period: int) -> Bell:
    return Bell(number=period, start=time(7 + period), end=time(7 + period, 50))


def _rules(found: _Instance) -> Iterator[RuleSpec]:
    source = "ITC-2007 track 3, UD2"
    yield RuleSpec(id="Conflicts", rule="AvoidClashes", weight="required", source=source)
    yield RuleSpec(id="RoomOccupancy", rule="FitPools", weight="required", source=source)
    courses_at: dict[str, list[str]] = {}
    for course, cells in found.unavailable.items():
        courses_at.setdefault(_times(cells), []).append(course)
    for number, (times, courses) in enumerate(courses_at.items(), start=1):
        yield RuleSpec(
            id=f"Availability-{number}",
            rule="PreferTimes",
            parameters={"lessons": _courses(courses), "times": times, "avoided": True},
            weight="required",
            source=source,
        )
    yield RuleSpec(id="RoomCapacity", rule="FitSeats", weight=1, source=source)
    by_days: dict[int, list[str]] = {}
    for course, (_, _, days, _) in found.courses.items():
        by_days.setdefault(days, []).append(course)
    for days, courses in sorted(by_days.items()):
        if days > 1:
            yield RuleSpec(
                id=f"MinimumWorkingDays-{days}",
                rule="SpreadOverDays",
                parameters={"lessons": _courses(courses), "days": days},
                weight=5,
                source=source,
            )
    yield RuleSpec(
        id="CurriculumCompactness",
        rule="CompactCurricula",
        parameters={"people": _curricula(found)},
        weight=2,
        source=source,
    )
    yield RuleSpec(id="RoomStability", rule="KeepRoom", weight=1, source=source)


def _times(cells: set[tuple[int, int]]) -> str:
    """Select periods, those of one day together."""
    by_day: dict[int, list[int]] = {}
    for day, period in sorted(cells):
        by_day.setdefault(day, []).append(period)
    parts = (f"times days={WEEKDAYS[day]} periods={','.join(map(str, of))}" for day, of in by_day.items())
    return "; ".join(parts)


def _courses(courses: list[str]) -> list[Word]:
    """Select courses, so many in each selector that none is too long."""
    return [f"course={','.join(courses[first : first + 50])}" for first in range(0, len(courses), 50)]


def _curricula(found: _Instance) -> str:
    """Select the curricula: all groups but those that stand for a course which is in no curriculum."""
    alone = _alone(found)
    return f"groups group!={','.join(map(_students_of, alone))}" if alone else "groups"


def _alone(found: _Instance) -> list[str]:
    listed = {course for courses in found.curricula.values() for course in courses}
    return [course for course in found.courses if course not in listed]


def _students_of(course: str) -> str:
    return f"students-of-{course}"


def write(document: Document, timetable: Timetable) -> str:
    """Write a timetable of such a document as the text of a `.sol` file; a lesson without a room is left out."""
    written = []
    bells = {schedule.id: schedule for schedule in document.bells}
    for placement in timetable.pattern:
        if placement.room is not None and placement.bells is not None and placement.periods:
            numbers = [bell.number for bell in bells[placement.bells].periods]
            day, period = WEEKDAYS.index(placement.weekday), numbers.index(placement.periods[0])
            written.append(f"{placement.course} {placement.room} {day} {period}")
    return "".join(f"{line}\n" for line in written)
