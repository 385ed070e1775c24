"""FET's files, read as far as a judge of timetables needs them.

FET is free timetabling software by Liviu Lalescu and Volker Dirr, https://lalescu.ro/liviu/fet/. A `.fet` file tells of
a school and its constraints, an ``*_activities.xml`` where and when each activity takes place.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from xml.etree import ElementTree as ET
from xml.etree.ElementTree import Element

Slot = tuple[int, int]
"""A day and an hour of it, both from 0."""


class UnreadableFileError(ValueError):
    """A file is not what FET writes."""


@dataclass(frozen=True)
class Activity:
    """An activity. Its `subgroups` are those of all its sets of `students`; `group` is 0 where it was never split."""

    id: int
    group: int
    teachers: tuple[str, ...]
    students: tuple[str, ...]
    subgroups: frozenset[str]
    subject: str
    tags: frozenset[str]
    duration: int
    size: int


@dataclass(frozen=True)
class Room:
    """A room. A virtual one takes a real room out of each of its `sets`."""

    name: str
    building: str
    capacity: int
    sets: tuple[frozenset[str], ...]


@dataclass(frozen=True)
class Lesson:
    """An activity in its place. Where a room is virtual, the `real` ones chosen for it; the room is empty if none."""

    activity: Activity
    day: int
    hour: int
    room: str
    real: tuple[str, ...]

    @property
    def id(self) -> int:
        """The activity's."""
        return self.activity.id

    @property
    def end(self) -> int:
        """The first hour after it."""
        return self.hour + self.activity.duration

    @property
    def slots(self) -> list[Slot]:
        """Its hours."""
        return [(self.day, hour) for hour in range(self.hour, self.end)]


@dataclass(frozen=True)
class Holder:
    """A teacher or a subgroup of students, with all that is placed of theirs, and when they are away."""

    name: str
    days: int
    lessons: list[Lesson] = field(default_factory=list)
    away: set[Slot] = field(default_factory=set)

    @cached_property
    def week(self) -> list[list[int]]:
        """Occupied hours by day."""
        return self.hours()

    def hours(self, tag: str = "") -> list[list[int]]:
        """Occupied hours by day, of activities with the tag if one is given."""
        hours: list[set[int]] = [set() for _ in range(self.days)]
        for lesson in self.lessons:
            if not tag or tag in lesson.activity.tags:
                hours[lesson.day].update(range(lesson.hour, lesson.end))
        return [sorted(day) for day in hours]


@dataclass(frozen=True)
class School:
    """A `.fet` file, read as far as it is needed to place and to judge."""

    days: list[str]
    hours: list[str]
    sets: dict[str, frozenset[str]]
    teachers: list[str]
    activities: dict[int, Activity]
    rooms: dict[str, Room]
    constraints: list[Element]
    mode: str

    @property
    def breaks(self) -> set[Slot]:
        """Hours that are nobody's."""
        return {slot for c in self.constraints if c.tag == "ConstraintBreakTimes" for slot in self.slots(c)}

    @property
    def subgroups(self) -> list[str]:
        """All of them, each once."""
        return list(dict.fromkeys(name for subgroups in self.sets.values() for name in sorted(subgroups)))

    def slots(self, c: Element) -> list[Slot]:
        """Return the times that a constraint lists."""
        return [self.slot(time) for time in c if time.tag.endswith(("_Time", "_Time_Slot"))]

    def slot(self, time: Element) -> Slot:
        """Return the day and the hour named in a time, either of them -1 where it is empty."""
        found = [-1, -1]
        for part in time:
            for axis, (suffix, names) in enumerate((("Day", self.days), ("Hour", self.hours))):
                if part.tag.endswith(suffix) and part.text:
                    found[axis] = index_of(names, part.text)
        return found[0], found[1]


class Plan:
    """A timetable of a school: what is placed, by id and by who holds it."""

    def __init__(self, school: School, lessons: Iterable[Lesson]) -> None:
        self.school = school
        self.breaks = school.breaks
        self.lessons = {lesson.id: lesson for lesson in lessons}
        days = len(school.days)
        self.teachers = {name: Holder(name, days) for name in school.teachers}
        self.subgroups = {name: Holder(name, days) for name in school.subgroups}
        for lesson in self.lessons.values():
            for holder in self.attending(lesson.activity):
                holder.lessons.append(lesson)
        for c in school.constraints:
            if c.tag in {"ConstraintTeacherNotAvailableTimes", "ConstraintStudentsSetNotAvailableTimes"}:
                for holder in self.holders(c):
                    holder.away.update(school.slots(c))

    def attending(self, activity: Activity) -> list[Holder]:
        """Return the teachers and subgroups of an activity."""
        teachers = [self.teachers[name] for name in activity.teachers]
        return teachers + [self.subgroups[name] for name in sorted(activity.subgroups)]

    def holders(self, c: Element) -> list[Holder]:
        """Return whom a constraint is about, by its tag: all teachers or one, all subgroups or those of a set."""
        if c.tag.startswith("ConstraintTeachers"):
            return list(self.teachers.values())
        if c.tag.startswith("ConstraintTeacher"):
            return [self.teachers[text_of(c, "Teacher_Name", "Teacher")]]
        if c.tag.startswith("ConstraintStudentsSet"):
            return [self.subgroups[name] for name in sorted(self.school.sets[text_of(c, "Students")])]
        return list(self.subgroups.values())

    def listed(self, c: Element) -> list[Lesson]:
        """Return what is placed of the activities that a constraint lists by id."""
        ids = [int(part.text or "0") for part in c if part.tag.endswith("Activity_Id")]
        return [self.lessons[id_] for id_ in ids if id_ in self.lessons]

    def matching(self, c: Element) -> list[Lesson]:
        """Return what is placed of the activities that a constraint lists by id, or else describes."""
        if c.find("Activity_Id") is not None:
            return self.listed(c)
        teacher, students = text_of(c, "Teacher_Name"), text_of(c, "Students_Name")
        subject, tag = text_of(c, "Subject_Name", "Subject"), text_of(c, "Activity_Tag_Name", "Activity_Tag")
        duration, component = text_of(c, "Duration"), text_of(c, "Component_Number")
        subgroups = self.school.sets[students] if students else frozenset()
        return [
            lesson
            for lesson in self.lessons.values()
            if (not teacher or teacher in lesson.activity.teachers)
            and (not students or subgroups & lesson.activity.subgroups)
            and (not subject or subject == lesson.activity.subject)
            and (not tag or tag in lesson.activity.tags)
            and (not duration or int(duration) == lesson.activity.duration)
            and (not component or int(component) == _component(lesson.activity))
        ]


def read_school(path: Path) -> School:
    """Read a `.fet` file; what is inactive in it is left out.

    Raises
    ------
    UnreadableFileError
        If it is not what FET writes.
    """
    root = _parse(path, "fet")
    sets = _students(root)
    sizes = {
        text_of(e, "Name"): int(text_of(e, "Number_of_Students") or 0)
        for e in root.iter()
        if e.tag in {"Year", "Group", "Subgroup"} and e.find("Name") is not None
    }
    activities = (_activity(e, sets, sizes) for e in root.findall("Activities_List/Activity") if _active(e))
    constraints = [*root.findall("Time_Constraints_List/*"), *root.findall("Space_Constraints_List/*")]
    mode = root.findtext("Mode") or ""
    return School(
        days=[text_of(e, "Name") for e in root.findall("Days_List/Day")],
        hours=[text_of(e, "Name") for e in root.findall("Hours_List/Hour")],
        sets=sets,
        teachers=[text_of(e, "Name") for e in root.findall("Teachers_List/Teacher")],
        activities={activity.id: activity for activity in activities},
        rooms={room.name: room for room in map(_room, root.findall("Rooms_List/Room"))},
        constraints=[c for c in constraints if _active(c)],
        mode="" if mode == "Official" else mode,
    )


def read_timetable(path: Path, school: School) -> tuple[list[Lesson], list[str]]:
    """Read what is placed, and say what is not or is wrongly.

    Raises
    ------
    UnreadableFileError
        If it is not what FET writes.
    """
    placed: dict[int, Lesson] = {}
    wrong = []
    for e in _parse(path, "Activities_Timetable").findall("Activity"):
        id_ = int(text_of(e, "Id") or 0)
        day, hour, room = text_of(e, "Day"), text_of(e, "Hour"), text_of(e, "Room")
        if id_ not in school.activities:
            wrong.append(f"Activity {id_} is not an active one of the file.")
        elif id_ in placed:
            wrong.append(f"Activity {id_} is placed twice.")
        elif room and room not in school.rooms:
            wrong.append(f"Activity {id_} is in an unknown room, {room}.")
        elif day and hour:
            slot = index_of(school.days, day), index_of(school.hours, hour)
            real = tuple(part.text or "" for part in e.findall("Real_Room"))
            lesson = Lesson(school.activities[id_], *slot, room, real)
            if lesson.end > len(school.hours):
                wrong.append(f"Activity {id_} runs beyond the end of {day}.")
            else:
                placed[id_] = lesson
    wrong += [f"Activity {id_} is not placed." for id_ in school.activities if id_ not in placed]
    return list(placed.values()), wrong


def _parse(path: Path, root: str) -> Element:
    data = path.read_bytes()
    if b"<!DOCTYPE" in data or b"<!ENTITY" in data:
        raise UnreadableFileError(f"{path.name} declares a document type, which FET never writes.")
    try:
        tree = ET.fromstring(data)  # noqa: S314 -- without declarations there are no entities to expand
    except ET.ParseError as error:
        raise UnreadableFileError(f"{path.name} is no XML: {error}.") from None
    if tree.tag != root:
        raise UnreadableFileError(f"{path.name} begins with <{tree.tag}>, not <{root}>.")
    return tree


def text_of(e: Element, *tags: str) -> str:
    """Return the text of the first of some parts that has any."""
    return next((text for tag in tags if (text := e.findtext(tag))), "")


def number_of(c: Element, tag: str) -> int:
    """Return the whole number in a part, 0 where there is none."""
    return int(text_of(c, tag) or 0)


def _active(e: Element) -> bool:
    return text_of(e, "Active").strip() != "false"


def index_of(names: list[str], name: str) -> int:
    """Return where a day or an hour stands among all."""
    try:
        return names.index(name)
    except ValueError:
        raise UnreadableFileError(f'There is no day or hour "{name}".') from None


def _students(root: Element) -> dict[str, frozenset[str]]:
    """Subgroups by the name of a year, a group or a subgroup; what has no parts is a subgroup of its own."""
    sets: defaultdict[str, set[str]] = defaultdict(set)
    for year in root.findall("Students_List/Year"):
        groups = year.findall("Group")
        for group in groups:
            subgroups = {text_of(e, "Name") for e in group.findall("Subgroup")} or {f"all of {text_of(group, 'Name')}"}
            sets[text_of(group, "Name")] |= subgroups
            sets[text_of(year, "Name")] |= subgroups
            for name in subgroups:
                sets[name] = {name}
        if not groups:
            sets[text_of(year, "Name")] = {f"all of {text_of(year, 'Name')}"}
    return {name: frozenset(subgroups) for name, subgroups in sets.items()}


def _activity(e: Element, sets: dict[str, frozenset[str]], sizes: dict[str, int]) -> Activity:
    id_ = number_of(e, "Id")
    students = tuple(part.text or "" for part in e.findall("Students"))
    if missing := [name for name in students if name not in sets]:
        raise UnreadableFileError(f"Activity {id_} names unknown students, {missing[0]}.")
    size = text_of(e, "Number_Of_Students")
    return Activity(
        id=id_,
        group=number_of(e, "Activity_Group_Id"),
        teachers=tuple(part.text or "" for part in e.findall("Teacher")),
        students=students,
        subgroups=frozenset().union(*(sets[name] for name in students)),
        subject=text_of(e, "Subject"),
        tags=frozenset(part.text or "" for part in e.findall("Activity_Tag")),
        duration=number_of(e, "Duration"),
        size=int(size) if size else sum(sizes.get(name, 0) for name in students),
    )


def _component(activity: Activity) -> int:
    return activity.id - activity.group + 1 if activity.group else 1


def _room(e: Element) -> Room:
    sets = [frozenset(part.text or "" for part in s.findall("Real_Room")) for s in e.findall("Set_of_Real_Rooms")]
    return Room(text_of(e, "Name"), text_of(e, "Building"), number_of(e, "Capacity"), tuple(sets))
