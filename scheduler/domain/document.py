"""The whole of what an institution says about a term: one value, one file."""

from collections.abc import Iterable
from functools import cached_property
from typing import Literal, TypeVar

from scheduler.domain.base import Count, Name, Record
from scheduler.domain.calendar import BellSchedule, Term
from scheduler.domain.courses import Course, Group, Subject
from scheduler.domain.events import OtherEvent
from scheduler.domain.exams import Commission, Entitlement, Exam, Request, Session
from scheduler.domain.people import Coordinator, Parent, Student, Support, Teacher, Tutor
from scheduler.domain.places import Room, School, Site, Travel, Workstation
from scheduler.domain.policy import Policy

Item = TypeVar("Item")


class LeftOut(Record):
    """Something of a file in another format that this document does not hold."""

    what: Name
    """As the format calls it."""
    count: Count


class Document(Record):
    """A term's document; what is missing or contradicts itself is found by `scheduler.domain.check`."""

    format: Literal["zvonok-document/1"] = "zvonok-document/1"
    term: Term
    bells: tuple[BellSchedule, ...] = ()
    schools: tuple[School, ...] = ()
    sites: tuple[Site, ...] = ()
    rooms: tuple[Room, ...] = ()
    workstations: tuple[Workstation, ...] = ()
    travel: tuple[Travel, ...] = ()
    subjects: tuple[Subject, ...] = ()
    groups: tuple[Group, ...] = ()
    students: tuple[Student, ...] = ()
    teachers: tuple[Teacher, ...] = ()
    tutors: tuple[Tutor, ...] = ()
    support: tuple[Support, ...] = ()
    parents: tuple[Parent, ...] = ()
    coordinators: tuple[Coordinator, ...] = ()
    courses: tuple[Course, ...] = ()
    """Everything that can be learnt: what nobody's plan holds and no group attends is the catalogue of electives."""
    events: tuple[OtherEvent, ...] = ()
    sessions: tuple[Session, ...] = ()
    exams: tuple[Exam, ...] = ()
    commissions: tuple[Commission, ...] = ()
    entitlements: tuple[Entitlement, ...] = ()
    requests: tuple[Request, ...] = ()
    """Consultations that are asked for during the term."""
    policy: Policy = Policy()
    left_out: tuple[LeftOut, ...] = ()
    """What was asked for in the file that it comes from and is not held here."""

    @cached_property
    def _index(self) -> dict[str, dict[str, object]]:
        kinds: dict[str, Iterable[object]] = {
            name: value for name in type(self).model_fields if isinstance(value := getattr(self, name), tuple)
        }
        return {
            kind: {identity: item for item in items if (identity := getattr(item, "id", None)) is not None}
            for kind, items in kinds.items()
        }

    def bell_schedule(self, key: str) -> BellSchedule:
        """The bell schedule of that id."""
        return self._find(BellSchedule, "bells", key)

    def school(self, key: str) -> School:
        """The school of that id."""
        return self._find(School, "schools", key)

    def site(self, key: str) -> Site:
        """The site of that id."""
        return self._find(Site, "sites", key)

    def room(self, key: str) -> Room:
        """The room of that id."""
        return self._find(Room, "rooms", key)

    def workstation(self, key: str) -> Workstation:
        """The workstation of that id."""
        return self._find(Workstation, "workstations", key)

    def subject(self, key: str) -> Subject:
        """The subject of that id."""
        return self._find(Subject, "subjects", key)

    def group(self, key: str) -> Group:
        """The group of that id."""
        return self._find(Group, "groups", key)

    def student(self, key: str) -> Student:
        """The student of that id."""
        return self._find(Student, "students", key)

    def teacher(self, key: str) -> Teacher:
        """The teacher of that id."""
        return self._find(Teacher, "teachers", key)

    def tutor(self, key: str) -> Tutor:
        """The tutor of that id."""
        return self._find(Tutor, "tutors", key)

    def supporter(self, key: str) -> Support:
        """The member of the support staff of that id."""
        return self._find(Support, "support", key)

    def parent(self, key: str) -> Parent:
        """The parent of that id."""
        return self._find(Parent, "parents", key)

    def coordinator(self, key: str) -> Coordinator:
        """The coordinator of that id."""
        return self._find(Coordinator, "coordinators", key)

    def course(self, key: str) -> Course:
        """The course of that id."""
        return self._find(Course, "courses", key)

    def event(self, key: str) -> OtherEvent:
        """The other event of that id."""
        return self._find(OtherEvent, "events", key)

    def session(self, key: str) -> Session:
        """The session of that id."""
        return self._find(Session, "sessions", key)

    def exam(self, key: str) -> Exam:
        """The exam of that id."""
        return self._find(Exam, "exams", key)

    def commission(self, key: str) -> Commission:
        """The commission of that id."""
        return self._find(Commission, "commissions", key)

    def request(self, key: str) -> Request:
        """The request of that id."""
        return self._find(Request, "requests", key)

    def has(self, kind: str, key: str) -> bool:
        """Whether a list of the document (`"students"`) holds something of that id."""
        return key in self._index[kind]

    def items(self, kind: str, keys: Iterable[str]) -> list[object]:
        """What a list of the document holds under some ids, in its order; what it does not hold is left out."""
        held = self._index[kind]
        return [held[key] for key in self.ordered(kind, keys)]

    def ordered(self, kind: str, keys: Iterable[str]) -> tuple[str, ...]:
        """Some ids in the order of a list of the document, each once; what it does not hold is left out."""
        place = self._places[kind]
        return tuple(sorted({key for key in keys if key in place}, key=place.__getitem__))

    @cached_property
    def _places(self) -> dict[str, dict[str, int]]:
        return {kind: {key: place for place, key in enumerate(items)} for kind, items in self._index.items()}

    def ids(self, kind: str) -> tuple[str, ...]:
        """The ids of a list of the document, in its order."""
        return tuple(self._index[kind])

    def within(self, group: str) -> tuple[str, ...]:
        """A group, its parts and theirs; none of a group that is not in the document."""
        return self._within.get(group, ())

    @cached_property
    def _within(self) -> dict[str, tuple[str, ...]]:
        parts: dict[str, list[str]] = {}
        for group in self.groups:
            for whole in group.part_of:
                parts.setdefault(whole, []).append(group.id)
        found: dict[str, tuple[str, ...]] = {}
        for group in self.groups:
            reached, ahead = {group.id: None}, [group.id]
            while ahead:
                new = [part for part in parts.get(ahead.pop(), ()) if part not in reached]
                reached.update(dict.fromkeys(new))
                ahead += new
            found[group.id] = tuple(reached)
        return found

    def members(self, group: str) -> tuple[str, ...]:
        """The named students of a group and of its parts; none of a group that is not in the document."""
        return self._members.get(group, ())

    @cached_property
    def _members(self) -> dict[str, tuple[str, ...]]:
        own = {group.id: group.students for group in self.groups}
        return {
            group: tuple(dict.fromkeys(student for part in parts for student in own[part]))
            for group, parts in self._within.items()
        }

    def planned(self, course: str) -> tuple[str, ...]:
        """The students whose plans hold a course, in the order of the document."""
        return self._planned.get(course, ())

    @cached_property
    def _planned(self) -> dict[str, tuple[str, ...]]:
        found: dict[str, dict[str, None]] = {}
        for student in self.students:
            for item in student.plan:
                found.setdefault(item.course, {})[student.id] = None
        return {course: tuple(students) for course, students in found.items()}

    def entitlements_of(self, student: str) -> tuple[Entitlement, ...]:
        """What a student is entitled to in exams, as it is listed."""
        return self._entitlements.get(student, ())

    @cached_property
    def _entitlements(self) -> dict[str, tuple[Entitlement, ...]]:
        found: dict[str, list[Entitlement]] = {}
        for one in self.entitlements:
            found.setdefault(one.student, []).append(one)
        return {student: tuple(listed) for student, listed in found.items()}

    def _find(self, sort: type[Item], kind: str, key: str) -> Item:
        found = self._index[kind][key]
        assert isinstance(found, sort)
        return found
