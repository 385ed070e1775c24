"""What is to be held at a time and a place that are looked for: a consultation, or a lesson that is to be moved."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Literal

from scheduler.domain.request_people import course_of, needs_workstation, site_of, size_of, students_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from scheduler.domain.courses import Claimant, Course, FurtherRoom
    from scheduler.domain.document import Document
    from scheduler.domain.exams import Request
    from scheduler.domain.timetable import Placement
    from scheduler.operations.consult.meetings import Key, Meeting
    from scheduler.operations.consult.standing import Engagement


@dataclass(frozen=True, slots=True)
class Seat:
    """A workstation that somebody needs, at the site where they sit.

    Attributes
    ----------
    person : str
        The name under which it is told; a group has one for each of its people.
    """

    person: str
    site: str
    features: frozenset[str]


@dataclass(frozen=True, slots=True)
class RoomWanted:
    """A room that is needed, with so many seats."""

    need: FurtherRoom
    seats: int


@dataclass(frozen=True, slots=True)
class Gathering:
    """Who meets for how long, and what they need.

    Attributes
    ----------
    people : tuple of (str, str)
        Everybody by kind and id, groups with all their parts.
    site : str or None
        Where it is held; None where everybody stays where they sit, or where no site is known.
    lesson : bool
        Whether it is a lesson: a tutor who sits at a site may sit with students who have several at once.
    lessons : int
        As how many lessons it counts; 0 where its minutes tell.
    without : str or None
        The occurrence that it is itself: it takes nobody's time.
    anyway : frozenset of (str, str)
        Who come at any time, whenever they are available.
    """

    minutes: int
    people: tuple[Key, ...]
    mode: Literal["online", "site"]
    site: str | None
    course: Course | None
    rooms: tuple[RoomWanted, ...] = ()
    rooms_optional: bool = False
    seats: tuple[Seat, ...] = ()
    lesson: bool = False
    lessons: int = 0
    without: str | None = None
    anyway: frozenset[Key] = frozenset()

    @property
    def learners(self) -> tuple[Key, ...]:
        """Those who learn."""
        return tuple(key for key in self.people if key[0] in ("student", "group"))


class Gatherings:
    """Makes gatherings of requests and of lessons."""

    def __init__(self, document: Document) -> None:
        self.document = document

    def of_request(self, request: Request, anyway: frozenset[Key] = frozenset()) -> Gathering:
        """Return what a request asks for, its teacher left open."""
        document = self.document
        students = students_of(document, request)
        groups = dict.fromkeys(part for group in request.groups for part in document.within(group))
        site = site_of(document, request) if request.mode == "site" else None
        course = course_of(document, request)
        room = request.room
        wanted = () if room is None else (room, *room.also)
        size = size_of(document, request)
        learners: tuple[Key, ...] = (*(("student", s) for s in students), *(("group", g) for g in groups))
        return Gathering(
            minutes=request.minutes,
            people=(*learners, *(("tutor", tutor) for tutor in request.agree)),
            mode=request.mode,
            site=site,
            course=course,
            rooms=tuple(RoomWanted(one, size if one.seats is None else one.seats) for one in wanted),
            rooms_optional=room is not None and room.optional,
            seats=tuple(self._seats(learners, course, site)) if self._need("students", request) else (),
            anyway=anyway,
        )

    def held_by(self, gathering: Gathering, request: Request, teacher: str) -> Gathering:
        """Return what a request asks for with its teacher, who is the first to claim a workstation."""
        key, site = ("teacher", teacher), gathering.site
        own = tuple(self._seats([key], gathering.course, site)) if self._need("teachers", request) else ()
        return replace(gathering, people=(key, *gathering.people), seats=(*own, *gathering.seats))

    def _need(self, who: Claimant, request: Request) -> bool:
        return needs_workstation(self.document, request, who)

    def of_lesson(self, meeting: Meeting, people: Iterable[Key]) -> Gathering:
        """Return what a lesson needs that is to be held at another time."""
        placement, document = meeting.lesson, self.document
        course = document.course(placement.course)
        everybody = tuple(people)
        room = course.room
        wanted = (room, *room.also)[: len(placement.rooms)] if room is not None else ()
        size = len(placement.students) + sum(
            document.group(group).size or 1 for group in placement.groups if not document.members(group)
        )
        seated = [key for key in everybody if key[1] in {seat.partition("#")[0] for seat in placement.seats}]
        return Gathering(
            minutes=meeting.span[1] - meeting.span[0],
            people=everybody,
            mode=placement.mode,
            site=placement.site if placement.mode == "site" else None,
            course=course,
            rooms=tuple(RoomWanted(one, size if one.seats is None else one.seats) for one in wanted),
            seats=tuple(self._seats(seated, course, placement.site if placement.mode == "site" else None)),
            lesson=True,
            lessons=max(1, len(placement.periods)),
            without=meeting.occurrence.id,
        )

    def sits_at(self, key: Key) -> str | None:
        """Return where somebody sits online; None at home."""
        document = self.document
        match key:
            case ("student", student):
                return document.student(student).site
            case ("teacher", teacher):
                return document.teacher(teacher).site
            case ("tutor", tutor):
                return document.tutor(tutor).site
            case ("support", person):
                return document.supporter(person).site
            case (_, group):
                return document.group(group).site

    def place(self, gathering: Gathering | Placement | Engagement, key: Key) -> str | None:
        """Return the site at which somebody attends it; None at home, or where no site is known."""
        return gathering.site if gathering.mode == "site" else self.sits_at(key)

    def _seats(self, people: Iterable[Key], course: Course | None, site: str | None) -> Iterator[Seat]:
        """Yield the workstations of people at a site, or where each of them sits if none is given."""
        document = self.document
        for key in people:
            at = site or self.sits_at(key)
            if at is None:
                continue
            match key:
                case ("student", student):
                    own = document.student(student).needs
                    features = course.student_features if course is not None else ()
                    yield Seat(student, at, frozenset((*own, *features)))
                case ("teacher", teacher):
                    own = document.teacher(teacher).needs
                    features = course.teacher_features if course is not None else ()
                    yield Seat(teacher, at, frozenset((*own, *features)))
                case ("group", group) if not document.members(group) and len(document.within(group)) == 1:
                    features = course.student_features if course is not None else ()
                    for number in range(1, (document.group(group).size or 1) + 1):
                        yield Seat(group if number == 1 else f"{group}#{number}", at, frozenset(features))
