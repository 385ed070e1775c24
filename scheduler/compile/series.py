"""Courses and other events as series of lessons: one series for each section, with who takes part in which lessons."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from fractions import Fraction
from typing import TYPE_CHECKING

from scheduler.compile.clock import Bells, minutes_of
from scheduler.compile.shapes import Shape, When
from scheduler.domain.base import WEEKDAYS
from scheduler.domain.courses import Course
from scheduler.domain.lessons import fits, lessons
from scheduler.domain.timetable import event_id
from scheduler.errors import Fault, Place
from solver.sentence import sentence

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from scheduler.compile.people import People
    from scheduler.domain.document import Document
    from scheduler.domain.events import EventTime, OtherEvent


@dataclass(frozen=True, slots=True)
class Lesson:
    """One event of the weekly pattern.

    Attributes
    ----------
    level : int
        Who learns the course for fewer hours attends the lessons of lower levels only.
    """

    id: str
    series: int
    number: int
    shape: Shape
    level: int = 0


@dataclass(frozen=True, slots=True)
class Series:
    """One section of a course, or another event: lessons that belong together.

    Attributes
    ----------
    students : dict of str to int
        Named students who attend, or may where sections are formed, each with the number of levels.
    groups : tuple of str
        Groups whose people attend every lesson.
    sections : int
        How many sections its course has.
    size : int
        How many people it is for.
    """

    item: Course | OtherEvent
    path: str
    section: int
    sections: int
    site: str | None
    bells: Bells
    lessons: tuple[Lesson, ...]
    students: dict[str, int] = field(default_factory=dict)
    groups: tuple[str, ...] = ()
    size: int = 0

    @property
    def online(self) -> bool:
        """Whether its people sit where they are, rather than at its site."""
        return self.item.mode == "online"

    @property
    def course(self) -> Course | None:
        """The course; None for another event."""
        return self.item if isinstance(self.item, Course) else None


class SeriesMaker:
    """Makes the series of a document; what cannot be is added to the faults."""

    def __init__(self, document: Document, people: People, faults: list[Fault]) -> None:
        self.document = document
        self.people = people
        self.faults = faults
        self._planned: dict[str, dict[str, Fraction | None]] = {}
        for student in document.students:
            for line in student.plan:
                self._planned.setdefault(line.course, {})[student.id] = line.hours
        self._bells = {p.id: p.bells for p in people.all if p.kind == "student"}

    def make(self) -> tuple[Series, ...]:
        """Return all series: the courses' in the document's order, then the other events'."""
        found: list[Series] = []
        for index, course in enumerate(self.document.courses):
            if course.mode != "self_paced":
                found.extend(self._of_course(course, f"courses[{index}]", len(found)))
        for index, event in enumerate(self.document.events):
            found.extend(self._of_event(event, f"events[{index}]", len(found)))
        return tuple(found)

    def planned(self, course: Course) -> dict[str, Fraction]:
        """Return the students in whose plans the course is, with their hours."""
        return {s: course.hours if h is None else h for s, h in self._planned.get(course.id, {}).items()}

    def _of_course(self, course: Course, path: str, first: int) -> Iterator[Series]:
        hours = self.planned(course)
        for group in course.groups:
            for student in self.document.members(group):
                hours[student] = max(course.hours, hours.get(student, Fraction(0)))
        wanted = {*hours.values()} | ({course.hours} if course.groups else set())
        levels = sorted(level for level in wanted if level)
        if not levels:
            return
        steps = [level - below for below, level in zip([Fraction(0), *levels], levels, strict=False)]
        for step in steps:
            if not fits(step, course.split, self.document.term.cycle):
                self.faults.append(self._unfit(course, path, levels))
                return
        students = {student: levels.index(h) + 1 for student, h in hours.items() if h}
        count = self._sections(course, path, students)
        site = course.site or self._site(course.groups, students)
        bells = self._bells_for(course.bells, site, students)
        size = sum(self._unnamed(group) for group in course.groups) + len(students)
        if course.sections is not None:
            size = course.sections.most or -(-size // count)
        for section in range(1, count + 1):
            numbered: list[Lesson] = []
            for level, step in enumerate(steps):
                for lesson in lessons(step, course.split, self.document.term.cycle):
                    number = len(numbered) + 1
                    shape = Shape(bells, lesson.periods, course.lesson_minutes, lesson.weeks)
                    key = event_id(course.id, section, number)
                    numbered.append(Lesson(key, first + section - 1, number, shape, level))
            yield Series(course, path, section, count, site, bells, tuple(numbered), students, course.groups, size)

    def _sections(self, course: Course, path: str, students: dict[str, int]) -> int:
        if course.sections is None:
            return 1
        unnamed = [group for group in course.groups if self._unnamed(group)]
        if unnamed:
            must = sentence(
                "The students of {groups} must be named, for sections are formed of them.", groups=tuple(unnamed)
            )
            self.faults.append(Fault(Place(path=f"{path}.groups"), must))
        if course.sections.count is not None:
            return course.sections.count
        return -(-len(students) // course.sections.most) if course.sections.most else 1

    def _unfit(self, course: Course, path: str, levels: list[Fraction]) -> Fault:
        return Fault(
            Place(path=f"{path}.hours"),
            sentence(
                "The hours ({hours}) must be whole lessons of {split} periods in a cycle of {n} week.",
                plural="The hours ({hours}) must be whole lessons of {split} periods in a cycle of {n} weeks.",
                n=self.document.term.cycle,
                hours=tuple(levels),
                split="+".join(map(str, course.split)),
            ),
        )

    def _unnamed(self, group: str) -> int:
        return 0 if self.document.members(group) else self.people.size(group)

    def _site(self, groups: Iterable[str], students: Iterable[str]) -> str | None:
        """Return where the groups are, or where all the students are."""
        of_groups = next((site for group in groups if (site := self.document.group(group).site) is not None), None)
        if of_groups is not None:
            return of_groups
        sites = {self.document.student(student).site for student in students}
        return sites.pop() if len(sites) == 1 else None

    def _bells_for(self, own: str | None, site: str | None, students: Iterable[str]) -> Bells:
        """Return the bells of the lessons: their own, their site's, or those by which most of the students live."""
        if own is not None or site is not None:
            return self.people.bells_of_site(site, own)
        most = Counter(self._bells[student] for student in students).most_common(1)
        return most[0][0] if most else self.people.bells_of_site(None)

    def _of_event(self, event: OtherEvent, path: str, index: int) -> Iterator[Series]:
        students = dict.fromkeys([*event.students, *(s for g in event.groups for s in self.document.members(g))], 1)
        site = event.site or self._site(event.groups, students)
        bells = self._bells_for(None, site, students)
        shapes = [Shape(bells, fixed=when) for time in event.fixed for when in self._fixed(time, bells, path)]
        if event.hours is not None:
            cycle = self.document.term.cycle
            if not fits(event.hours, event.split, cycle):
                must = sentence("The hours ({hours}) must be whole meetings in a cycle.", hours=event.hours)
                self.faults.append(Fault(Place(path=f"{path}.hours"), must))
                return
            shapes += [
                Shape(bells, m.periods, event.minutes, m.weeks) for m in lessons(event.hours, event.split, cycle)
            ]
        if not shapes:
            return
        held = tuple(
            Lesson(event_id(event.id, 1, number), index, number, shape) for number, shape in enumerate(shapes, start=1)
        )
        size = sum(self._unnamed(group) for group in event.groups) + len(students)
        yield Series(event, path, 1, 1, site, bells, held, students, event.groups, size)

    def _fixed(self, time: EventTime, bells: Bells, path: str) -> Iterator[When]:
        start, end = time.start, time.end
        if time.periods:
            rung = [bells.schedule.period(number) for number in sorted(time.periods)]
            found = [bell for bell in rung if bell is not None]
            if len(found) < len(rung):
                must = sentence(
                    "The periods ({periods}) must be in the bell schedule “{bells}”.",
                    periods=time.periods,
                    bells=bells.schedule.id,
                )
                self.faults.append(Fault(Place(path=f"{path}.fixed"), must))
                return
            start, end = found[0].start, found[-1].end
        if start is None or end is None:
            must = sentence("A fixed time must have periods, or a start and an end.")
            self.faults.append(Fault(Place(path=f"{path}.fixed"), must))
            return
        weeks = time.weeks or tuple(range(1, self.document.term.cycle + 1))
        for day in time.days:
            yield When(weeks, WEEKDAYS.index(day), tuple(sorted(time.periods)), start, end, minutes_of(end))
