"""A school and its constraints as a term's document."""

from __future__ import annotations

from collections import Counter
from datetime import date, timedelta
from fractions import Fraction
from functools import cached_property
from typing import TYPE_CHECKING

from scheduler.domain.base import WEEKDAYS
from scheduler.domain.calendar import Bell, BellSchedule, Term
from scheduler.domain.courses import Course, FurtherRoom, Group, RoomNeed, Subject
from scheduler.domain.document import Document, LeftOut
from scheduler.domain.events import OtherEvent
from scheduler.domain.people import Availability, Hours, Teacher
from scheduler.domain.places import Room, Site
from scheduler.domain.policy import Policy
from scheduler.errors import BadInput, Fault, Place, refuse
from scheduler.formats.fet import spaces, times
from scheduler.formats.fet.names import Names, clean
from scheduler.formats.fet.plan import Plan
from scheduler.formats.fet.school import LARGEST, School
from solver.sentence import sentence

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from scheduler.formats.fet.markup import Node
    from scheduler.formats.fet.school import Activity, Cell
    from scheduler.formats.fet.school import Room as FetRoom

SITE = "school"
BELLS = "hours"
FIRST_DAY = date(2026, 8, 31)
"""A Monday: the format knows no dates."""

MODES = {"-mathmake": "Terms", "-terms": "Terms", "-bp": "Block planning", "-ma": "Mornings-Afternoons"}
"""What the version of a FET 5 file ends with where it is for another mode."""


def document_of(root: Node, *, ignore_unsupported: bool = False) -> Document:
    """Make a term's document of a file's tree.

    Raises
    ------
    BadInput
        With every fault, each with its line; constraints that are not supported are faults unless they are ignored.
    """
    _official(root)
    school = School(root)
    names = Names(school)
    plan = Plan(school, names)
    left_out = _constraints(plan, ignore_unsupported=ignore_unsupported)
    refuse(school.faults)
    building = _Building(plan)
    left_out.update(building.unsupported)
    if building.unsupported and not ignore_unsupported:
        raise BadInput(_unsupported(root, what, count) for what, count in building.unsupported.items())
    return building.document(tuple(LeftOut(what=what, count=count) for what, count in left_out.items()))


def _official(root: Node) -> None:
    """Refuse what is no FET file, and modes that are not supported."""
    if root.tag != "fet":
        raise BadInput(
            [
                Fault(
                    Place(line=root.line),
                    sentence("The file must be a FET file: its root is <{tag}>.", tag=root.tag[:40]),
                )
            ]
        )
    mode = root.say("Mode").replace("_", "-")
    version = root.attributes.get("version", "")
    mode = mode or next((name for mark, name in MODES.items() if mark in version), "Official")
    if mode != "Official":
        must = sentence(
            "The mode ({mode}) must be Official; others are not supported yet.", mode=mode.replace("-", " ", 0)[:60]
        )
        raise BadInput([Fault(Place(line=(root.find("Mode") or root).line), must)])


def _constraints(plan: Plan, *, ignore_unsupported: bool) -> Counter[str]:
    """Read all constraints; return how many there are of each type that nobody can read."""
    unsupported: dict[str, list[Node]] = {}
    for listed, reader_of in (("Time_Constraints_List", times.reader_of), ("Space_Constraints_List", spaces.reader_of)):
        found = plan.school.root.find(listed)
        nodes = [node for node in found.children if node.say("Active") != "false"] if found is not None else []
        for node in sorted(nodes, key=lambda node: node.tag != "ConstraintBreakTimes"):
            name = node.tag.removeprefix("Constraint")
            reader = reader_of(name)
            circular = node.say("Circular") == "true"  # rest from the last day to the first of the next week
            if reader is None or circular:
                unsupported.setdefault(f"{node.tag} (Circular)" if circular else node.tag, []).append(node)
            else:
                reader(plan, node, name)
    if not ignore_unsupported:
        plan.school.faults += [_unsupported(nodes[0], tag, len(nodes)) for tag, nodes in unsupported.items()]
    return Counter({tag: len(nodes) for tag, nodes in unsupported.items()})


def _unsupported(node: Node, what: str, count: int) -> Fault:
    must = sentence(
        "{n} constraint of type {type} is not supported yet.",
        plural="{n} constraints of type {type} are not supported yet.",
        n=count,
        type=what,
    )
    return Fault(Place(line=node.line), must, sentence("Maybe go on without them: --ignore-unsupported."))


class _Building:
    """Makes the parts of the document."""

    def __init__(self, plan: Plan) -> None:
        self.plan = plan
        self.school = plan.school
        self.names = plan.names
        self.unsupported: Counter[str] = Counter()
        self._items = [self._item(number, activity) for number, activity in self.school.activities.items()]

    def document(self, left_out: tuple[LeftOut, ...]) -> Document:
        """Return the whole."""
        school, names = self.school, self.names
        week_days, cycle = names.week
        sites = [Site(id=SITE, bells=BELLS)]
        sites += [Site(id=f"b-{key}", name=clean(name), bells=BELLS) for name, key in names.buildings.items()]
        self._nowhere()
        return Document(
            term=Term(
                name=clean(school.name),
                time_zone="UTC",
                first_day=FIRST_DAY,
                last_day=FIRST_DAY + timedelta(days=7 * cycle - 1),
                week_days=week_days,
                cycle=cycle,
                day_names=tuple(map(clean, school.days)),
            ),
            bells=(BellSchedule(id=BELLS, periods=tuple(self._bells())),),
            sites=tuple(sites),
            rooms=tuple(self._rooms()),
            subjects=tuple(Subject(id=key, name=clean(name)) for name, key in names.subjects.items()),
            groups=tuple(self._groups()),
            teachers=tuple(
                Teacher(id=key, name=clean(name), site=self._home, availability=self._availability("teacher", name))
                for name, key in names.teachers.items()
            ),
            courses=tuple(item for item in self._items if isinstance(item, Course)),
            events=tuple(item for item in self._items if isinstance(item, OtherEvent)),
            policy=Policy(profiles=(), rules=tuple(self.plan.rules())),
            left_out=left_out,
        )

    def _nowhere(self) -> None:
        """Keep everything out of breaks, and out of the days by which the last week is too short."""
        week_days, cycle = self.names.week
        late = range(len(self.school.days), week_days * cycle)
        cells = self.plan.breaks | {(day, hour) for day in late for hour in range(len(self.school.hours))}
        if cells:
            given = {"times": tuple(self.plan.times(cells)), "avoided": True}
            self.plan.add("BreakTimes", "PreferTimes", "required", given)

    def _bells(self) -> Iterator[Bell]:
        """Yield the hours: by the clock where their names are times, else of equal length from eight o'clock."""
        for number, (name, start, end) in enumerate(zip(self.school.hours, *self.names.clock(), strict=True), start=1):
            yield Bell(number=number, name=clean(name), start=start, end=end)

    # --- who and where ----------------------------------------------------------------------------------------------

    def _availability(self, kind: str, name: str) -> Availability:
        cells = self.plan.away.get((kind, name), set()) | self.plan.breaks
        return Availability(weekly=self._hours(cells))

    def _hours(self, cells: set[Cell]) -> tuple[Hours, ...]:
        """Return times at which somebody is not there: hours in a row together, then days with the same ones."""
        starts, ends = self.names.clock()
        week_days, cycle = self.names.week
        runs: dict[tuple[int, int, int], list[int]] = {}
        for day in sorted({day for day, _ in cells}):
            week, weekday = divmod(day, week_days)
            hours = sorted(hour for at, hour in cells if at == day)
            first = hours[0]
            for hour, following in zip(hours, [*hours[1:], -1], strict=True):
                if following != hour + 1:
                    runs.setdefault((week, first, hour), []).append(weekday)
                    first = following
        return tuple(
            Hours(
                days=tuple(WEEKDAYS[day] for day in days),
                weeks=(week + 1,) if cycle > 1 else (),
                start=starts[first],
                end=ends[last],
                available=False,
            )
            for (week, first, last), days in runs.items()
        )

    def _groups(self) -> Iterator[Group]:
        for name, key in self.names.groups.items():
            one = self.school.sets[name]
            yield Group(
                id=key,
                name=clean(name),
                site=self._home,
                size=max(1, one.students),
                part_of=tuple(self.names.groups[whole] for whole in one.wholes),
                availability=self._availability("students", name),
            )
        for number, activity in self.school.activities.items():
            if not activity.students and not activity.teachers:
                yield Group(id=self._nobody(number), site=self._home, size=1)

    def _nobody(self, number: int) -> str:
        """Return the group of an activity that is for nobody, so that it is held all the same."""
        return f"of-{self.names.activity(number)}"

    def _rooms(self) -> Iterator[Room]:
        for name, key in self.names.rooms.items():
            room = self.school.rooms[name]
            if not room.virtual:
                site = f"b-{self.names.buildings[room.building]}" if room.building else SITE
                shut = self._hours(self.plan.shut.get(name, set()))
                yield Room(id=key, name=clean(name), site=site, seats=min(room.capacity, LARGEST), hours=shut)

    # --- activities -------------------------------------------------------------------------------------------------

    def _item(self, number: int, activity: Activity) -> Course | OtherEvent:
        name = clean(activity.subject + (f" [{', '.join(activity.tags)}]" if activity.tags else ""))
        hours = Fraction(activity.duration, self.names.week[1])
        need = self._need(number, activity)
        teachers = tuple(self.names.teachers[teacher] for teacher in activity.teachers)
        if self.names.kind(number) == "event":
            return OtherEvent(
                id=self.names.activity(number),
                name=name,
                teachers=teachers,
                hours=hours,
                split=(activity.duration,),
                room=need,
            )
        groups = tuple(self.names.groups[students] for students in activity.students) or (self._nobody(number),)
        return Course(
            id=self.names.activity(number),
            name=name,
            subject=self.names.subjects[activity.subject],
            mode="site",
            hours=hours,
            split=(activity.duration,),
            groups=groups,
            teachers=teachers,
            teachers_needed=len(teachers),
            room=need,
            site=self._site(need),
        )

    def _site(self, need: RoomNeed | None) -> str | None:
        """Return where an activity is held: in the one building of all its rooms, or anywhere in the school."""
        if need is None:
            return self._home
        at = {self._room_of[key].building for one in (need, *need.also) for key in one.candidates}
        building = at.pop() if len(at) == 1 else ""
        return f"b-{self.names.buildings[building]}" if building else self._home

    @property
    def _home(self) -> str | None:
        """Where people are: at the school, unless it has several buildings."""
        return None if self.school.buildings else SITE

    @cached_property
    def _room_of(self) -> dict[str, FetRoom]:
        return {key: self.school.rooms[name] for name, key in self.names.rooms.items()}

    def _need(self, number: int, activity: Activity) -> RoomNeed | None:
        rooms, must = spaces.needed(self.plan, number)
        if not rooms:
            return None
        size, known = self.school.size(activity), self.school.rooms
        real = self._ids(room for room in rooms if not known[room].virtual)
        virtual = [known[room] for room in rooms if known[room].virtual and known[room].capacity >= size]
        if real or not virtual:
            if virtual:
                self.unsupported["a choice between real and virtual rooms"] += 1
            candidates = real or self._ids(rooms)
            return RoomNeed(seats=size, candidates=candidates, optional=not must)
        chosen = spaces.easiest(virtual)
        if chosen is None:
            self.unsupported["a choice among virtual rooms"] += 1
            chosen = virtual[0]
        given = self.plan.real.get(number, ())
        parts = [FurtherRoom(seats=0, candidates=self._ids([r for r in of if r in given] or of)) for of in chosen.sets]
        return RoomNeed(
            seats=0,
            candidates=parts[0].candidates,
            optional=not must,
            also=tuple(parts[1:]),
            name=clean(chosen.name),
        )

    def _ids(self, rooms: Iterable[str]) -> tuple[str, ...]:
        return tuple(self.names.rooms[room] for room in rooms)
