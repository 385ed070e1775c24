"""What a FET file says of a school: its days and hours, people, rooms and activities, by FET's own names.

Source of the format: the files and the manual of FET 5 and 6 (https://lalescu.ro/liviu/fet/), mode "Official".
"""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING

from scheduler.domain.faults import maybe
from scheduler.errors import Fault, Place
from solver.sentence import Sentence, sentence

if TYPE_CHECKING:
    from collections.abc import Collection

    from scheduler.formats.fet.markup import Node

LARGEST = 1_000_000
DAYS = 35
HOURS = 24

Cell = tuple[int, int]
"""A day and an hour, both counted from 0."""


@dataclass
class StudentsSet:
    """A year, a group or a subgroup; one that is in several stands once."""

    name: str
    students: int = 0
    wholes: list[str] = field(default_factory=list)
    parts: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class Room:
    """A room, or a virtual one: sets of real rooms of each of which one is taken."""

    name: str
    building: str
    capacity: int
    sets: tuple[tuple[str, ...], ...] = ()
    virtual: bool = False


@dataclass(frozen=True)
class Activity:
    """An activity, or one component of a split one.

    Attributes
    ----------
    component : int
        Its number among those of its split activity, counted from 1: how far its id lies from the first's.
    students_count : int or None
        How many students it says it has; None where they are counted from its sets.
    """

    id: int
    line: int
    teachers: tuple[str, ...]
    students: tuple[str, ...]
    subject: str
    tags: tuple[str, ...]
    duration: int
    component: int
    students_count: int | None


class School:
    """Reads the lists of a file; what is wrong is added to `faults`, each with its line."""

    def __init__(self, root: Node) -> None:
        self.root = root
        self.faults: list[Fault] = []
        self.name = root.say("Institution_Name")
        self.days = self._names("Days_List", "Day", DAYS)
        self.hours = self._names("Hours_List", "Hour", HOURS)
        self.subjects = self._names("Subjects_List", "Subject")
        self.tags = self._names("Activity_Tags_List", "Activity_Tag")
        self.teachers = self._names("Teachers_List", "Teacher")
        self.buildings = self._names("Buildings_List", "Building")
        self.sets: dict[str, StudentsSet] = {}
        self._students()
        self.rooms: dict[str, Room] = {}
        self._rooms()
        self.activities: dict[int, Activity] = {}
        self.inactive: set[int] = set()
        self._activities()

    # --- faults and words -------------------------------------------------------------------------------------------

    def fault(self, node: Node, must: Sentence, help_: Sentence | None = None) -> None:
        """Add a fault at the line of an element."""
        self.faults.append(Fault(Place(line=node.line), must, help_))

    def whole(self, node: Node, tag: str, first: int = 0, last: int = LARGEST, default: int | None = None) -> int:
        """Return the number in a child; where it is none, a fault is added."""
        child = node.find(tag)
        if child is None and default is not None:
            return default
        text = "" if child is None else child.text.strip()
        if text.isascii() and text.isdigit() and len(text) < 10 and first <= int(text) <= last:
            return int(text)
        if child is None:
            must = sentence("The element <{tag}> must hold <{child}>.", tag=node.tag, child=tag)
        else:
            must = sentence(
                "<{tag}> ({value}) must be a whole number from {first} to {last}.",
                tag=tag,
                value=text[:40],
                first=first,
                last=last,
            )
        self.fault(child or node, must)
        return first

    def known(self, node: Node, name: str, names: Collection[str], what: str) -> bool:
        """Tell whether a name is in a list of the file; where it is not, a fault is added."""
        if name in names:
            return True
        must = sentence("“{name}” must be in the file's list <{list}>.", name=name[:80], list=what)
        self.fault(node, must, maybe(name, names))
        return False

    def day(self, node: Node) -> int | None:
        """Return the number of the day that an element names."""
        return self._days[node.text] if self.known(node, node.text, self._days, "Days_List") else None

    def hour(self, node: Node) -> int | None:
        """Return the number of the hour that an element names."""
        return self._hours[node.text] if self.known(node, node.text, self._hours, "Hours_List") else None

    @cached_property
    def _days(self) -> dict[str, int]:
        return {name: number for number, name in enumerate(self.days)}

    @cached_property
    def _hours(self) -> dict[str, int]:
        return {name: number for number, name in enumerate(self.hours)}

    def cells(self, node: Node, tag: str, day: str, hour: str) -> list[Cell]:
        """Return the times that some children name."""
        found = []
        for child in node.all(tag):
            days, hours = child.find(day), child.find(hour)
            if days is None or hours is None:
                self.fault(child, sentence("<{tag}> must name a day and an hour.", tag=tag))
                continue
            at = self.day(days), self.hour(hours)
            if at[0] is not None and at[1] is not None:
                found.append((at[0], at[1]))
        return found

    # --- lists ------------------------------------------------------------------------------------------------------

    def _names(self, listed: str, tag: str, most: int = 0) -> tuple[str, ...]:
        """Return the names of a list; with `most`, one that may be neither empty nor longer."""
        node = self.root.find(listed)
        found: dict[str, None] = {}
        for child in node.all(tag) if node is not None else ():
            name = child.say("Name")
            if not name:
                self.fault(child, sentence("<{tag}> must have a name.", tag=tag))
            elif name in found:
                self.fault(child, sentence("The name “{name}” must be given once only.", name=name[:80]))
            found[name] = None
        if most and not 1 <= len(found) <= most:
            must = sentence(
                "The list <{list}> must have 1 to {most} entries, not {n}.", list=listed, most=most, n=len(found)
            )
            self.fault(node or self.root, must)
        return tuple(found)

    def _students(self) -> None:
        listed = self.root.find("Students_List")
        for year in listed.all("Year") if listed is not None else ():
            self._set(year, None)
        for one in self.sets.values():
            if one.name in self._below(one.name):
                must = sentence("The students “{name}” must not be a part of themselves.", name=one.name[:80])
                self.fault(listed or self.root, must)
                one.parts = []

    def _set(self, node: Node, whole: str | None) -> None:
        name = node.say("Name")
        if not name:
            self.fault(node, sentence("<{tag}> must have a name.", tag=node.tag))
            return
        found = self.sets.setdefault(name, StudentsSet(name))
        found.students = max(found.students, self.whole(node, "Number_of_Students", default=0))
        if whole is not None and whole not in found.wholes:
            found.wholes.append(whole)
            self.sets[whole].parts.append(name)
        for tag in ("Group", "Subgroup"):
            for part in node.all(tag):
                self._set(part, name)

    def _below(self, name: str) -> set[str]:
        found: set[str] = set()
        ahead = list(self.sets[name].parts)
        while ahead:
            part = ahead.pop()
            if part not in found:
                found.add(part)
                ahead += self.sets[part].parts
        return found

    @cached_property
    def atoms(self) -> dict[str, frozenset[str]]:
        """For each set the sets without parts that it consists of: those who are in one place at a time."""
        return {
            name: frozenset(part for part in (name, *self._below(name)) if not self.sets[part].parts)
            for name in self.sets
        }

    def _rooms(self) -> None:
        listed = self.root.find("Rooms_List")
        nodes = list(listed.all("Room")) if listed is not None else []
        names = {node.say("Name") for node in nodes}
        for node in nodes:
            name, building = node.say("Name"), node.say("Building")
            if not name:
                self.fault(node, sentence("<{tag}> must have a name.", tag="Room"))
                continue
            if name in self.rooms:
                self.fault(node, sentence("The name “{name}” must be given once only.", name=name[:80]))
            if building:
                self.known(node, building, self.buildings, "Buildings_List")
            sets = []
            for one in node.all("Set_of_Real_Rooms"):
                real = [
                    child.text for child in one.all("Real_Room") if self.known(child, child.text, names, "Rooms_List")
                ]
                if real:
                    sets.append(tuple(dict.fromkeys(real)))
                else:
                    self.fault(one, sentence("A set of real rooms must name one at least."))
            virtual = node.say("Virtual") == "true"
            capacity = self.whole(node, "Capacity", default=LARGEST)
            self.rooms[name] = Room(name, building, capacity, tuple(sets) if virtual else (), virtual)

    def _activities(self) -> None:
        listed = self.root.find("Activities_List")
        for node in listed.all("Activity") if listed is not None else ():
            number, group = self.whole(node, "Id", 1), self.whole(node, "Activity_Group_Id", default=0)
            if number in self.activities or number in self.inactive:
                self.fault(node, sentence("The activity {id} must be given once only.", id=str(number)))
                continue
            if node.say("Active") == "false":
                self.inactive.add(number)
                continue
            self.activities[number] = self._activity(node, number, number - group + 1 if group else 1)

    def _activity(self, node: Node, number: int, component: int) -> Activity:
        def names(tag: str, known: Collection[str], listed: str) -> tuple[str, ...]:
            found = (child for child in node.all(tag) if child.text)
            return tuple(dict.fromkeys(c.text for c in found if self.known(c, c.text, known, listed)))

        subject = names("Subject", self.subjects, "Subjects_List")
        if not subject and not node.say("Subject"):
            self.fault(node, sentence("The activity {id} must have a subject.", id=str(number)))
        count = self.whole(node, "Number_Of_Students") if node.find("Number_Of_Students") is not None else None
        return Activity(
            id=number,
            line=node.line,
            teachers=names("Teacher", self.teachers, "Teachers_List"),
            students=names("Students", self.sets, "Students_List"),
            subject=subject[0] if subject else "",
            tags=names("Activity_Tag", self.tags, "Activity_Tags_List"),
            duration=self.whole(node, "Duration", 1, HOURS),
            component=component,
            students_count=count,
        )

    def size(self, activity: Activity) -> int:
        """How many students an activity has."""
        if activity.students_count is not None:
            return activity.students_count
        return sum(self.sets[name].students for name in activity.students)

    # --- who is meant -----------------------------------------------------------------------------------------------

    @cached_property
    def _of_atom(self) -> dict[str, list[int]]:
        found: dict[str, list[int]] = {}
        for number, activity in self.activities.items():
            for atom in {atom for name in activity.students for atom in self.atoms[name]}:
                found.setdefault(atom, []).append(number)
        return found

    @cached_property
    def students(self) -> tuple[str, ...]:
        """The sets without parts of which each stands for all that have the very same activities."""
        first: dict[tuple[int, ...], str] = {}
        for name, one in self.sets.items():
            if not one.parts and name in self._of_atom:
                first.setdefault(tuple(self._of_atom[name]), name)
        return tuple(first.values())

    def students_of(self, name: str) -> tuple[str, ...]:
        """Return those of a set, of whom each stands for all that have the same activities."""
        first: dict[tuple[int, ...], str] = {}
        for atom in sorted(self.atoms[name]):
            if atom in self._of_atom:
                first.setdefault(tuple(self._of_atom[atom]), atom)
        return tuple(first.values())

    def share_students(self, activity: Activity, name: str) -> bool:
        """Whether a set and an activity have students in common."""
        return any(not self.atoms[name].isdisjoint(self.atoms[own]) for own in activity.students)
