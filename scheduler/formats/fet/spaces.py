"""FET's constraints of space: rooms that activities prefer, which become needs for rooms, and rules about rooms."""

from __future__ import annotations

from typing import TYPE_CHECKING

import networkx as nx

from scheduler.formats.fet import times
from scheduler.formats.fet.plan import registering
from scheduler.formats.fet.times import always

if TYPE_CHECKING:
    from collections.abc import Iterable

    from scheduler.formats.fet.markup import Node
    from scheduler.formats.fet.plan import Plan, Preferred, Reader
    from scheduler.formats.fet.school import Room

READERS: dict[str, Reader] = {}
"""For each constraint, without the word "Constraint", what reads it."""

_reads = registering(READERS)


@_reads("BasicCompulsorySpace")
def _compulsory(plan: Plan, node: Node, name: str) -> None:
    del name
    if always(plan, node):
        plan.add("Rooms", "FitPools", "required", {})
        plan.add("Seats", "FitSeats", "required", {})


@_reads("RoomNotAvailableTimes")
def _shut(plan: Plan, node: Node, name: str) -> None:
    cells, weight = plan.school.cells(node, "Not_Available_Time", "Day", "Hour"), plan.weight(node)
    rooms = plan.named(node, ("Room",), plan.school.rooms, "Rooms_List")
    if weight == "required":
        for room in rooms:
            plan.shut.setdefault(room, set()).update(cells)
    elif cells:
        plan.add(name, "SpareUnits", weight, {"times": tuple(plan.times(cells))}, units=plan.units(rooms))


# --- rooms that activities prefer ----------------------------------------------------------------------------------


def _prefer(
    plan: Plan, node: Node, activities: Iterable[int], to: dict[int, list[Preferred]], tags: tuple[str, ...]
) -> None:
    rooms = tuple(dict.fromkeys(plan.named(node, tags, plan.school.rooms, "Rooms_List")))
    weight = plan.weight(node)
    for number in activities if rooms else ():
        to.setdefault(number, []).append((weight, rooms))


@_reads("ActivityPreferredRoom", "ActivityPreferredRooms")
def _of_activity(plan: Plan, node: Node, name: str) -> None:
    activities = plan.activities(node)
    tags = ("Room",) if name.endswith("Room") else ("Preferred_Room",)
    _prefer(plan, node, activities, plan.rooms, tags)
    real = tuple(
        child.text
        for child in node.all("Real_Room")
        if plan.school.known(child, child.text, plan.school.rooms, "Rooms_List")
    )
    if real:
        plan.real.update(dict.fromkeys(activities, real))


@_reads(
    "SubjectPreferredRoom",
    "SubjectPreferredRooms",
    "ActivityTagPreferredRoom",
    "ActivityTagPreferredRooms",
    "SubjectActivityTagPreferredRoom",
    "SubjectActivityTagPreferredRooms",
)
def _of_subject(plan: Plan, node: Node, name: str) -> None:
    school = plan.school
    subjects = plan.named(node, ("Subject",), school.subjects, "Subjects_List") if "Subject" in name else None
    tags = plan.named(node, ("Activity_Tag",), school.tags, "Activity_Tags_List") if "ActivityTag" in name else None
    activities = [
        number
        for number, activity in school.activities.items()
        if (subjects is None or activity.subject in subjects)
        and (tags is None or not set(tags).isdisjoint(activity.tags))
    ]
    _prefer(plan, node, activities, plan.rooms, ("Room",) if name.endswith("Room") else ("Preferred_Room",))


@_reads("StudentsSetHomeRoom", "StudentsSetHomeRooms", "TeacherHomeRoom", "TeacherHomeRooms")
def _home(plan: Plan, node: Node, name: str) -> None:
    school = plan.school
    if name.startswith("Teacher"):
        found = plan.named(node, ("Teacher", "Teacher_Name"), school.teachers, "Teachers_List")
        activities = [number for number, a in school.activities.items() if a.teachers in [(who,) for who in found]]
    else:
        found = plan.named(node, ("Students", "Students_Set"), school.sets, "Students_List")
        activities = [number for number, a in school.activities.items() if a.students in [(who,) for who in found]]
    tags = ("Room", "Home_Room") if name.endswith("Room") else ("Preferred_Room", "Home_Room")
    _prefer(plan, node, activities, plan.homes, tags)


# --- rules about rooms ---------------------------------------------------------------------------------------------


@_reads("ActivitiesOccupyMaxDifferentRooms")
def _few_rooms(plan: Plan, node: Node, name: str) -> None:
    activities = plan.activities(node)
    most = plan.school.whole(node, "Max_Number_of_Different_Rooms")
    if len(activities) > most:
        given = {"most": most, "per": "selector"}
        plan.add(name, "KeepRoom", plan.weight(node), given, lessons=[plan.lesson_set(activities)])


@_reads("ActivitiesSameRoomIfConsecutive")
def _same_room(plan: Plan, node: Node, name: str) -> None:
    activities = plan.activities(node)
    if len(activities) > 1:
        given = {"consecutive": True, "per": "selector"}
        plan.add(name, "KeepRoom", plan.weight(node), given, lessons=[plan.lesson_set(activities)])


# --- what room an activity needs -----------------------------------------------------------------------------------


def needed(plan: Plan, number: int) -> tuple[tuple[str, ...], bool]:
    """Return the rooms of which an activity gets one, and whether it must get one; adds the rules of its wishes.

    Preferred rooms of several constraints at 100 per cent must hold at once, and then nothing else counts as a room; of
    those below, each has its cost where another room, or none, is taken. Home rooms are for what has no preferred one.
    """
    preferred, homes = plan.rooms.get(number, []), plan.homes.get(number, [])
    must = [rooms for weight, rooms in preferred if weight == "required"]
    at_home = _common([rooms for _, rooms in homes])
    home_must = any(weight == "required" for weight, _ in homes)
    if must:
        rooms, optional = _common(must) or must[0], False
        for others in must if not _common(must) else ():
            _wish(plan, number, "required", others, without=False)
    elif preferred:
        union = dict.fromkeys(room for _, rooms in preferred for room in rooms)
        rooms, optional = tuple({**union, **dict.fromkeys(at_home)}), not home_must
    else:
        rooms, optional = at_home, not home_must
    for weight, wanted in preferred:
        if weight != "required":
            _wish(plan, number, weight, wanted, without=optional)
    if optional and homes:
        _wish(plan, number, max(weight for weight, _ in homes if weight != "required"), rooms, without=True)
    return rooms, not optional


def _wish(plan: Plan, number: int, weight: int | str, rooms: tuple[str, ...], *, without: bool) -> None:
    given = {"units": tuple(plan.units(rooms)), **({"without": True} if without else {})}
    plan.add("PreferredRoom", "PreferRooms", weight, given, lessons=plan.lessons([number]))  # type: ignore[arg-type]


def _common(sets: list[tuple[str, ...]]) -> tuple[str, ...]:
    """Return what all have, in the order of the first."""
    return tuple(room for room in sets[0] if all(room in other for other in sets[1:])) if sets else ()


def easiest(rooms: list[Room]) -> Room | None:
    """Return the virtual room that can be had whenever one of the others can; None where there is no such one."""
    return next((room for room in rooms if all(_easier(room, other) for other in rooms)), None)


def _easier(room: Room, other: Room) -> bool:
    """Whether the real rooms of `other`, however they are chosen, serve as those of `room`: a matching of their sets."""
    graph: nx.Graph[tuple[str, int]] = nx.Graph()
    tops = [("a", index) for index in range(len(room.sets))]
    graph.add_nodes_from(tops)
    for index, own in enumerate(room.sets):
        for number, others in enumerate(other.sets):
            if set(others) <= set(own):
                graph.add_edge(("a", index), ("b", number))
    matching = nx.bipartite.hopcroft_karp_matching(graph, tops)
    return all(top in matching for top in tops)


def reader_of(name: str) -> Reader | None:
    """Return what reads a constraint, if it is supported; those about building changes are read as those of time."""
    return READERS.get(name) or (times.reader_of(name) if "Building" in name else None)
