"""The hidden timetable of a synthetic school, told as one that was made: what benchmarks of its dates begin with."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from benchmarks.synthetic import BELLS
from scheduler.compile.dates import occurrences
from scheduler.domain.base import WEEKDAYS
from scheduler.domain.timetable import Placement, Timetable, event_id
from scheduler.formats.native import digest

if TYPE_CHECKING:
    from collections.abc import Iterator

    from benchmarks.synthetic import School
    from scheduler.domain.courses import Course
    from scheduler.domain.document import Document


def timetable(school: School) -> Timetable:
    """Return the timetable that proves a school feasible, its rooms named."""
    pattern = tuple(_placements(school))
    document = school.document
    return Timetable(
        name=document.term.name, input=digest(document), pattern=pattern, occurrences=occurrences(document, pattern)
    )


def _placements(school: School) -> Iterator[Placement]:
    """Yield the lessons; rooms are given to whole classes first, for they need the large ones, and in order of time.

    Rooms that are alike and are given in order of time are enough if they are enough at the fullest hour.
    """
    document = school.document
    lessons = [
        (bool(document.group(course.groups[0]).part_of), time, course.id, number)
        for course in document.courses
        for number, time in enumerate(school.proof[course.id], start=1)
    ]
    taken: dict[tuple[int, int], set[str]] = defaultdict(set)
    for _, (day, first, periods), key, number in sorted(lessons):
        course = document.course(key)
        cells = [(day, period) for period in range(first, first + periods)]
        room = _room(document, course, set().union(*(taken[cell] for cell in cells)))
        for cell in cells:
            taken[cell].add(room)
        yield Placement(
            event=event_id(course.id, 1, number),
            course=course.id,
            number=number,
            weeks=(1,),
            weekday=WEEKDAYS[day],
            periods=tuple(period + 1 for _, period in cells),
            bells=course.bells,
            start=BELLS[first][0],
            end=BELLS[first + periods - 1][1],
            time_zone=document.term.time_zone,
            mode="site",
            site=course.site,
            room=room,
            teachers=course.teachers,
            groups=course.groups,
            students=tuple(student for group in course.groups for student in document.members(group)),
        )


def _room(document: Document, course: Course, taken: set[str]) -> str:
    """Return the smallest room that serves a course and is free."""
    group = document.group(course.groups[0])
    size = group.size or len(document.members(group.id))
    features = set(course.room.features if course.room is not None else ())
    rooms = [room for room in document.rooms if features <= set(room.features) and room.seats >= size]
    return min((room for room in rooms if room.id not in taken), key=lambda room: room.seats).id
