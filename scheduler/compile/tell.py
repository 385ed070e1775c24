"""An assignment told in the institution's words: the weekly pattern."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scheduler.domain.base import WEEKDAYS
from scheduler.domain.timetable import Placement, SelfPaced
from solver.problem import holds

if TYPE_CHECKING:
    from collections.abc import Iterator
    from fractions import Fraction

    from scheduler.compile.compiled import Compiled
    from scheduler.domain.document import Document
    from solver.problem import Assignment


def seat_key(person: str, taken: dict[str, str]) -> str:
    """Return the name under which one more workstation of a person is told: a group needs as many as it has people."""
    if person not in taken:
        return person
    return next(key for number in range(2, len(taken) + 3) if (key := f"{person}#{number}") not in taken)


def pattern(compiled: Compiled, assignment: Assignment, pinned: frozenset[str] = frozenset()) -> tuple[Placement, ...]:
    """Tell every event's placement, in the order of the document."""
    return tuple(_placement(compiled, assignment, event, pinned) for event in range(len(compiled.lessons)))


def _placement(compiled: Compiled, assignment: Assignment, event: int, pinned: frozenset[str]) -> Placement:
    problem, lesson, one = compiled.problem, compiled.lessons[event], compiled.series_of(event)
    when = compiled.times(event)[assignment.option[event]]
    people: dict[str, list[str]] = {"student": [], "teacher": [], "tutor": [], "support": [], "group": []}
    for a in problem.attendances_of_event[event]:
        row = problem.attendances[a]
        participant = compiled.participants[row.resource]
        found = people[participant.kind]
        if not participant.stand_in and holds(row.given, assignment) and participant.id not in found:
            found.append(participant.id)
    rooms, seats = list[str](), dict[str, str]()
    for d in problem.demands_of_event[event]:
        unit, attendance = assignment.unit[d], problem.demands[d].attendance
        if unit < 0:
            continue
        thing = compiled.things[unit].id
        if attendance is None:
            rooms.append(thing)
        elif holds(problem.attendances[attendance].given, assignment):
            person = compiled.participants[problem.attendances[attendance].resource].id
            seats[seat_key(person, seats)] = thing
    return Placement(
        event=lesson.id,
        kind="lesson" if one.course is not None else "event",
        course=one.item.id,
        section=one.section,
        number=lesson.number,
        weeks=when.weeks,
        weekday=WEEKDAYS[when.weekday],
        periods=when.periods,
        bells=lesson.shape.bells.schedule.id if when.periods else None,
        start=when.start,
        end=when.end,
        time_zone=lesson.shape.bells.zone,
        mode="online" if one.online else "site",
        site=one.site if not one.online or rooms else None,
        room=rooms[0] if rooms else None,
        also=tuple(rooms[1:]),
        teachers=tuple(people["teacher"]),
        students=tuple(people["student"]),
        groups=one.groups,
        tutors=tuple(people["tutor"]),
        support=tuple(people["support"]),
        seats=seats,
        pinned=lesson.id in pinned,
    )


def self_paced(document: Document) -> tuple[SelfPaced, ...]:
    """Tell the self-paced courses that somebody learns, those of one number of hours together."""
    return tuple(_self_paced(document))


def _self_paced(document: Document) -> Iterator[SelfPaced]:
    planned: dict[str, dict[str, Fraction | None]] = {}
    for one in document.students:
        for line in one.plan:
            planned.setdefault(line.course, {})[one.id] = line.hours
    for course in document.courses:
        if course.mode != "self_paced" or not (course.groups or course.id in planned):
            continue
        students: dict[Fraction, list[str]] = {course.hours: []} if course.groups else {}
        for student, hours in planned.get(course.id, {}).items():
            students.setdefault(course.hours if hours is None else hours, []).append(student)
        for hours, learners in students.items():
            yield SelfPaced(
                course=course.id,
                students=tuple(learners),
                groups=course.groups if hours == course.hours else (),
                deadline=course.deadline or document.term.last_day,
                hours=hours,
            )
