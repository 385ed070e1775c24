"""What an event counts for somebody: lessons, minutes, minutes before a screen, points of difficulty."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from scheduler.compile.clock import minutes_of
from scheduler.policies.figures import difficulty, screen_minutes

if TYPE_CHECKING:
    from scheduler.compile.compiled import Compiled
    from scheduler.compile.shapes import Shape
    from scheduler.domain.courses import Course


class Amounts:
    """Counts for an attendance what a rule limits."""

    def __init__(self, compiled: Compiled) -> None:
        self.compiled = compiled
        self.document = compiled.document
        self._minutes: dict[Shape, int] = {}
        self._points: dict[str, int] = {}
        self._screen: dict[tuple[str, int], int] = {}

    def of(self, attendance: int, what: str) -> int:
        """Return the amount of an attendance."""
        row = self.compiled.problem.attendances[attendance]
        shape = self.compiled.lessons[row.event].shape
        course = self.compiled.series_of(row.event).course
        match what:
            case "minutes":
                return self.minutes(shape)
            case "screen minutes":
                return (
                    0
                    if course is None or self._device(course, row.resource) == "none"
                    else self._at_screen(course, shape)
                )
            case "points":
                return 0 if course is None else self._difficulty(course) * lessons(shape)
        return lessons(shape)

    def _difficulty(self, course: Course) -> int:
        if course.id not in self._points:
            self._points[course.id] = difficulty(self.document, course)
        return self._points[course.id]

    def _at_screen(self, course: Course, shape: Shape) -> int:
        lesson = self.minutes(shape) // lessons(shape)
        if (course.id, lesson) not in self._screen:
            self._screen[course.id, lesson] = screen_minutes(self.document, course, lesson)
        return self._screen[course.id, lesson] * lessons(shape)

    def _device(self, course: Course, resource: int) -> str:
        participant = self.compiled.participants[resource]
        own = self.document.student(participant.id).device if participant.kind == "student" else "computer"
        return course.device or own

    def minutes(self, shape: Shape) -> int:
        """Return how long a lesson lasts: the longest of its times where these differ, breaks within it left out."""
        if shape not in self._minutes:
            rung = {bell.number: bell for bell in shape.bells.schedule.periods}
            longest = 0
            for when in shape.times(self.compiled.clock):
                whole = minutes_of(when.end) - minutes_of(when.start)
                bells = [rung[number] for number in when.periods if number in rung]
                breaks = (minutes_of(b.start) - minutes_of(a.end) for a, b in pairwise(bells))
                longest = max(longest, whole - sum(breaks))
            self._minutes[shape] = longest
        return self._minutes[shape]


def lessons(shape: Shape) -> int:
    """Return how many lessons of one period a lesson of this shape counts."""
    return shape.periods if shape.fixed is None else max(1, len(shape.fixed.periods))
