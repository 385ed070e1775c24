"""Who attends what: attendances, fixed or under a choice of teachers or of sections."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from itertools import combinations
from typing import TYPE_CHECKING

from scheduler.domain.courses import Course
from scheduler.errors import Fault, Place
from solver.problem import Attendance, Given
from solver.sentence import sentence

if TYPE_CHECKING:
    from scheduler.compile.people import Kind, Participant, People
    from scheduler.compile.series import Lesson, Series
    from scheduler.domain.document import Document
    from scheduler.domain.people import Tutor

TEAMS = 400
"""Teams of teachers at most among which one is chosen."""


@dataclass(frozen=True, slots=True)
class Pick:
    """A choice as the institution knows it.

    Attributes
    ----------
    series : tuple of int
        The series whose teachers are chosen, or those of the sections among which a student's is chosen.
    teams : tuple of tuple of str
        The teachers of each alternative; none where it is about a student.
    """

    series: tuple[int, ...]
    student: str | None = None
    teams: tuple[tuple[str, ...], ...] = ()

    @property
    def alternatives(self) -> int:
        """How many there are."""
        return len(self.teams) or len(self.series)


@dataclass
class Attendances:
    """What is collected.

    Attributes
    ----------
    participants : list of Participant
        In the order of the engine's resources.
    rows : list of Attendance
    picks : list of Pick
        In the order of the engine's choices.
    first : dict of int to int
        For each series the engine's number of its first event.
    """

    participants: list[Participant]
    first: list[int]
    rows: list[Attendance] = field(default_factory=list)
    picks: list[Pick] = field(default_factory=list)


class Attending:
    """Collects who attends what; what cannot be is added to the faults."""

    def __init__(self, document: Document, people: People, series: tuple[Series, ...], faults: list[Fault]) -> None:
        self.document = document
        self.people = people
        self.series = series
        self.faults = faults
        self.number = {(p.kind, p.id): index for index, p in enumerate(people.all)}
        self.place = {site.id: index for index, site in enumerate(document.sites)}
        first, total = [], 0
        for one in series:
            first.append(total)
            total += len(one.lessons)
        self.found = Attendances(list(people.all), first)
        self._sits = {(p.kind, p.id): p.site for p in people.all}
        self._accompanied: dict[str, dict[int, dict[Given | None, int]]] = {}

    def collect(self) -> Attendances:
        """Return everybody's attendances."""
        self._tutors()
        sectioned: dict[str, list[int]] = {}
        for index, one in enumerate(self.series):
            self._teachers(index, one)
            self._groups(index, one)
            if one.sections == 1:
                for student, levels in one.students.items():
                    self._attend(index, "student", student, levels=levels)
            else:
                sectioned.setdefault(one.item.id, []).append(index)
            if one.course is None:
                for tutor in one.item.tutors:  # type: ignore[union-attr]
                    self._attend(index, "tutor", tutor)
                for person in one.item.support:  # type: ignore[union-attr]
                    self._attend(index, "support", person)
        for indices in sectioned.values():
            self._sections(indices)
        self._tutors_attend()
        return self.found

    def _place(self, one: Series, kind: Kind, person: str) -> int:
        site = self._sits[kind, person] if one.online else one.site
        return -1 if site is None else self.place[site]

    def _attend(
        self, index: int, kind: Kind, person: str, *, levels: int | None = None, given: Given | None = None
    ) -> None:
        one = self.series[index]
        resource, place = self.number[kind, person], self._place(one, kind, person)
        for offset, lesson in enumerate(one.lessons):
            if levels is None or lesson.level < levels:
                event = self.found.first[index] + offset
                self.found.rows.append(Attendance(event, resource, given, place))
                if kind in ("student", "group") and one.course is not None and one.online:
                    self._accompany(one, event, kind, person, given)

    def _groups(self, index: int, one: Series) -> None:
        if one.sections == 1:
            for group in dict.fromkeys(part for whole in one.groups for part in self.document.within(whole)):
                self._attend(index, "group", group)

    def _sections(self, indices: list[int]) -> None:
        one = self.series[indices[0]]
        for student, levels in one.students.items():
            choice = len(self.found.picks)
            self.found.picks.append(Pick(tuple(indices), student=student))
            for alternative, index in enumerate(indices):
                self._attend(index, "student", student, levels=levels, given=(choice, alternative))

    def _teachers(self, index: int, one: Series) -> None:
        if not isinstance(one.item, Course):
            for teacher in one.item.teachers:
                self._attend(index, "teacher", teacher)
            return
        course = one.item
        if course.teachers_needed == 0:
            return
        candidates = course.teachers or tuple(self._qualified(course, one.site))
        if len(candidates) < course.teachers_needed:
            self.faults.append(
                Fault(
                    Place(path=f"{one.path}.teachers"),
                    sentence(
                        "Course “{course}” needs {n} teacher; as many must be able to teach it, not {found}.",
                        plural="Course “{course}” needs {n} teachers; as many must be able to teach it, not {found}.",
                        n=course.teachers_needed,
                        course=course.id,
                        found=len(candidates),
                    ),
                )
            )
            return
        teams: list[tuple[str, ...]] = []
        for team in combinations(candidates, course.teachers_needed):
            teams.append(team)
            if len(teams) == TEAMS:
                break
        if len(teams) == 1:
            for teacher in teams[0]:
                self._attend(index, "teacher", teacher)
            return
        choice = len(self.found.picks)
        self.found.picks.append(Pick((index,), teams=tuple(teams)))
        for alternative, team in enumerate(teams):
            for teacher in team:
                self._attend(index, "teacher", teacher, given=(choice, alternative))

    def _qualified(self, course: Course, site: str | None) -> Iterable[str]:
        school = self.document.site(site).school if site is not None else None
        for teacher in self.document.teachers:
            serves = not teacher.schools or school is None or school in teacher.schools
            if serves and teacher.may_teach(course.subject, course.grade):
                yield teacher.id

    # --- tutors ----------------------------------------------------------------------------------------------------

    def _tutors(self) -> None:
        """Sort the tutors by whom they accompany."""
        self._by_student: dict[tuple[str, str], list[Tutor]] = {}
        self._by_course: dict[str, list[Tutor]] = {}
        self._by_site: dict[str, list[Tutor]] = {}
        for tutor in self.document.tutors:
            for group in tutor.groups:
                for part in self.document.within(group):
                    self._by_student.setdefault(("group", part), []).append(tutor)
                for student in self.document.members(group):
                    self._by_student.setdefault(("student", student), []).append(tutor)
            for student in tutor.students:
                self._by_student.setdefault(("student", student), []).append(tutor)
            for course in tutor.courses:
                self._by_course.setdefault(course, []).append(tutor)
            if not (tutor.groups or tutor.students or tutor.courses) and tutor.site is not None:
                self._by_site.setdefault(tutor.site, []).append(tutor)

    def _accompany(self, one: Series, event: int, kind: Kind, person: str, given: Given | None) -> None:
        site = self._sits[kind, person]
        tutors = [
            *self._by_student.get((kind, person), ()),
            *self._by_course.get(one.item.id, ()),
            *(self._by_site.get(site, ()) if site is not None else ()),
        ]
        for tutor in tutors:
            if tutor.site is None or tutor.site == site:
                place = -1 if site is None else self.place[site]
                self._accompanied.setdefault(tutor.id, {}).setdefault(event, {}).setdefault(given, place)

    def _tutors_attend(self) -> None:
        """Let tutors attend what those whom they accompany attend.

        A tutor sits with several students who may have several lessons at once, so that these are no clash; but nobody
        can be at another event meanwhile: a stand-in for each lesson attends both.
        """
        own: dict[int, list[Attendance]] = {}
        for row in self.found.rows:
            if self.found.participants[row.resource].kind == "tutor":
                own.setdefault(row.resource, []).append(row)
        for tutor in self.document.tutors:
            resource = self.number["tutor", tutor.id]
            busy = {row.event for row in own.get(resource, ())}
            for event, conditions in self._accompanied.get(tutor.id, {}).items():
                if event in busy:
                    continue
                kept = {None: conditions[None]} if None in conditions else conditions
                rows = [Attendance(event, resource, given, place) for given, place in kept.items()]
                self.found.rows += rows
                if resource in own:
                    stand_in = len(self.found.participants)
                    self.found.participants.append(replace(self.found.participants[resource], stand_in=True))
                    self.found.rows += [replace(row, resource=stand_in) for row in (rows[0], *own[resource])]


def lesson_of(series: tuple[Series, ...]) -> tuple[Lesson, ...]:
    """Return the lessons of all series: the engine's events, in its order."""
    return tuple(lesson for one in series for lesson in one.lessons)
