"""Synthetic schools are as hard as they claim, recounted on the document, and the forgotten timetable is an answer."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass
from functools import cache, cached_property
from itertools import pairwise
from typing import TYPE_CHECKING

import pytest

from benchmarks.synthetic import School, school
from scheduler.compile import compile_document
from scheduler.domain.base import WEEKDAYS
from scheduler.domain.check import check
from solver.anneal import anneal
from solver.audit import audit
from solver.naming import name
from solver.neighbourhoods import View
from solver.problem import Assignment
from solver.tables import Tables

if TYPE_CHECKING:
    from scheduler.domain.courses import Course
    from scheduler.domain.document import Document
    from solver.problem import Problem

Cell = tuple[int, int]
"""A day and a period, both from 0."""

schools = pytest.mark.parametrize(("lessons", "seed"), [(100, 1), (100, 2), (300, 1), (1000, 1)])


@dataclass(frozen=True)
class Recount:
    """What follows from a document, counted here once more."""

    document: Document

    @cached_property
    def courses_of_teacher(self) -> dict[str, list[Course]]:
        found = defaultdict(list)
        for course in self.document.courses:
            [teacher] = course.teachers
            found[teacher].append(course)
        return found

    @cached_property
    def courses_of_people(self) -> dict[str, list[Course]]:
        """Courses of those who share all lessons: of halves, their class's with them, and of undivided classes."""
        whole = {group.id: group.part_of for group in self.document.groups}
        divided = {group for parts in whole.values() for group in parts}
        return {
            group: [course for course in self.document.courses if set(course.groups) & {group, *parts}]
            for group, parts in whole.items()
            if group not in divided
        }

    def hours_of_group(self, group: str) -> int:
        return sum(int(course.hours) for course in self.courses_of_people[group])

    def periods_of_group(self, group: str) -> int:
        """Periods of the week at which anything of a group may be held: its bells decide."""
        [bells] = {course.bells for course in self.courses_of_people[group]}
        assert bells is not None
        return self.document.term.week_days * len(self.document.bell_schedule(bells).periods)

    def cells_of_teacher(self, teacher: str) -> set[Cell]:
        """Periods of the week at which a teacher can come."""
        bells = self.document.bell_schedule("six").periods
        return {
            (WEEKDAYS.index(day), index)
            for window in self.document.teacher(teacher).availability.weekly
            for day in window.days
            for index, bell in enumerate(bells)
            if window.start is not None and window.end is not None
            if window.start <= bell.start and bell.end <= window.end
        }


@cache
def made(lessons: int, seed: int) -> School:
    return school(lessons, seed)


def cells_of(proof: list[tuple[int, int, int]]) -> list[Cell]:
    return [(day, first + index) for day, first, periods in proof for index in range(periods)]


def gaps(cells: list[Cell]) -> int:
    return sum(later[1] - earlier[1] - 1 for earlier, later in pairwise(sorted(cells)) if earlier[0] == later[0])


@schools
def test_document_has_no_fault(lessons: int, seed: int) -> None:
    assert check(made(lessons, seed).document) == ()


@schools
def test_school_is_as_large_as_asked(lessons: int, seed: int) -> None:
    taught = sum(course.hours for course in made(lessons, seed).document.courses)

    assert lessons * 0.99 <= taught <= lessons


def test_thousand_lessons_have_about_33_classes_and_60_teachers() -> None:
    document = made(1000, 1).document

    assert sum(not group.part_of for group in document.groups) == 33
    assert len(document.teachers) == 60


@schools
def test_students_weeks_are_at_least_95_percent_full(lessons: int, seed: int) -> None:
    recount = Recount(made(lessons, seed).document)

    shares = [recount.hours_of_group(group) / recount.periods_of_group(group) for group in recount.courses_of_people]

    assert min(shares) >= 0.95
    assert max(shares) <= 1


@schools
def test_teachers_weeks_are_75_to_90_percent_full(lessons: int, seed: int) -> None:
    recount = Recount(made(lessons, seed).document)

    shares = [
        sum(course.hours for course in courses) / len(recount.cells_of_teacher(teacher))
        for teacher, courses in recount.courses_of_teacher.items()
    ]

    assert len(shares) == len(recount.document.teachers)
    assert min(shares) >= 0.75
    assert max(shares) <= 0.9


@schools
def test_at_most_two_can_substitute(lessons: int, seed: int) -> None:
    document = made(lessons, seed).document

    able = {
        (course.subject, course.grade): {t.id for t in document.teachers if t.may_teach(course.subject, course.grade)}
        for course in document.courses
    }

    assert all(course.teachers[0] in able[course.subject, course.grade] for course in document.courses)
    assert max(map(len, able.values())) <= 3
    assert min(map(len, able.values())) >= 2


@schools
def test_gaps_and_days_are_limited_by_required_rules(lessons: int, seed: int) -> None:
    document = made(lessons, seed).document

    assert {(spec.id, spec.weight) for spec in document.policy.rules} == {
        ("one-a-day", "required"),
        ("gaps-students", "required"),
        ("gaps-teachers", "required"),
        ("lessons-a-day", "required"),
    }
    assert {teacher.limits.lessons_per_day for teacher in document.teachers} <= {3, 4, 5, 6}


def test_some_work_part_time_and_some_classes_are_split_and_some_lessons_are_doubles() -> None:
    recount = Recount(made(1000, 1).document)
    halves = defaultdict(list)
    for course in recount.document.courses:
        if recount.document.group(course.groups[0]).part_of:
            halves[course.id.rpartition(".")[0]].append(course)

    days = Counter(len({day for day, _ in recount.cells_of_teacher(t.id)}) for t in recount.document.teachers)

    assert sum(count for number, count in days.items() if number < 5) >= 10
    assert len(halves) >= 30
    assert all(a.teachers != b.teachers and a.split == b.split for a, b in halves.values())
    assert sum(2 in course.split for course in recount.document.courses) >= 20


@schools
def test_forgotten_timetable_delivers_every_course_on_different_days(lessons: int, seed: int) -> None:
    document, proof = made(lessons, seed).document, made(lessons, seed).proof

    for course in document.courses:
        held = proof[course.id]
        assert sorted(periods for _, _, periods in held) == sorted(course.split * int(course.hours / sum(course.split)))
        assert len({day for day, _, _ in held}) == len(held)


@schools
def test_forgotten_timetable_keeps_what_students_are_promised(lessons: int, seed: int) -> None:
    recount, proof = Recount(made(lessons, seed).document), made(lessons, seed).proof

    for courses in recount.courses_of_people.values():
        cells = [cell for course in courses for cell in cells_of(proof[course.id])]
        [bells] = {course.bells for course in courses}
        assert len(cells) == len(set(cells))
        assert gaps(cells) == 0
        assert all(period < len(recount.document.bell_schedule(str(bells)).periods) for _, period in cells)


@schools
def test_forgotten_timetable_keeps_what_teachers_are_promised(lessons: int, seed: int) -> None:
    recount, proof = Recount(made(lessons, seed).document), made(lessons, seed).proof

    for teacher, courses in recount.courses_of_teacher.items():
        cells = [cell for course in courses for cell in cells_of(proof[course.id])]
        limits = recount.document.teacher(teacher).limits
        assert len(cells) == len(set(cells))
        assert set(cells) <= recount.cells_of_teacher(teacher)
        assert gaps(cells) <= (limits.gaps_per_week or 2)
        assert max(Counter(day for day, _ in cells).values()) == limits.lessons_per_day


@schools
def test_forgotten_timetable_finds_rooms(lessons: int, seed: int) -> None:
    document, proof = made(lessons, seed).document, made(lessons, seed).proof

    for feature in {feature for room in document.rooms for feature in room.features}:
        seats = [room.seats for room in document.rooms if feature in room.features]
        sizes = defaultdict(list)
        for course in document.courses:
            assert course.room is not None
            if feature in course.room.features:
                for cell in cells_of(proof[course.id]):
                    sizes[cell].append(document.group(course.groups[0]).size or 0)
        for wanted in sizes.values():
            assert all(sum(s >= size for s in seats) >= sum(w >= size for w in wanted) for size in wanted)
        # As many rooms as the fullest period needs, and no more.
        assert max(map(len, sizes.values())) == len(seats)


@pytest.mark.parametrize(("lessons", "seed"), [(100, 1), (300, 1)])
def test_forgotten_timetable_passes_the_engines_audit(lessons: int, seed: int) -> None:
    made_school = made(lessons, seed)
    compiled = compile_document(made_school.document)
    problem = compiled.problem
    option = []
    left = {course: sorted(held, key=lambda lesson: -lesson[2]) for course, held in made_school.proof.items()}
    for event, lesson in enumerate(compiled.lessons):
        course = lesson.id.partition("/")[0]
        day, first, periods = next(held for held in left[course] if held[2] == lesson.shape.periods)
        left[course].remove((day, first, periods))
        [index] = (
            index
            for index, when in enumerate(compiled.times(event))
            if (when.weekday, when.periods) == (day, tuple(range(first + 1, first + periods + 1)))
        )
        option.append(index)

    broken = audit(problem, Assignment(tuple(option), (), first_fit(problem, option))).broken

    assert broken == 0


def first_fit(problem: Problem, option: list[int]) -> tuple[int, ...]:
    """Give rooms by the clock, the smallest that is free: whole classes before halves where rooms are of two sizes."""
    unit = [-1] * len(problem.demands)
    taken: set[tuple[int, int]] = set()
    ticks = [problem.events[demand.event].options[option[demand.event]].ticks for demand in problem.demands]
    two_sizes = [len({problem.units[unit].seats for unit in demand.units}) > 1 for demand in problem.demands]
    for index in sorted(range(len(unit)), key=lambda index: (two_sizes[index], ticks[index])):
        for room in sorted(problem.demands[index].units, key=lambda room: problem.units[room].seats):
            if taken.isdisjoint((room, tick) for tick in ticks[index]):
                unit[index] = room
                taken.update((room, tick) for tick in ticks[index])
                break
    return tuple(unit)


def test_same_seed_makes_the_same_school() -> None:
    assert school(100, 1) == made(100, 1)
    assert school(100, 2) != made(100, 1)


def test_size_out_of_range_is_refused() -> None:
    with pytest.raises(ValueError) as caught:
        school(99)

    assert str(caught.value) == "The number of lessons a week (99) must be from 100 to 20,000."


@pytest.mark.parametrize("lessons", [100, 300, 1000])
def test_the_local_search_alone_finds_a_first_timetable_by_counted_moves(lessons: int) -> None:
    problem = compile_document(school(lessons).document).problem

    found = anneal(Tables(problem), seed=1, moves=8000 * len(problem.events))

    assert found.broken == 0
    assert audit(problem, name(View(Tables(problem)), found.assignment)).feasible
