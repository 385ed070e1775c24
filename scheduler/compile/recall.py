"""A timetable as an assignment: where to start, what is pinned, what is audited."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from scheduler.domain.base import WEEKDAYS
from scheduler.domain.faults import maybe
from scheduler.errors import Fault, Place, refuse
from solver.problem import Assignment, Given, holds
from solver.sentence import Sentence, sentence

if TYPE_CHECKING:
    from collections.abc import Iterable

    from scheduler.compile.compiled import Compiled
    from scheduler.compile.shapes import Shape
    from scheduler.domain.timetable import Placement, Timetable

Moment = tuple[tuple[int, ...], str, object]
"""Weeks, weekday, and the clock of the start: what tells a shape's options apart."""


@dataclass(frozen=True)
class Recalled:
    """An assignment, and what of the timetable it cannot say.

    Attributes
    ----------
    assignment : Assignment
        Whole: what the timetable does not decide is the first option, the first alternative, no unit.
    option, pick, unit : frozenset of int
        The events, choices and demands that the timetable does decide.
    missing : tuple of Sentence
        Lessons that it does not hold, or at a time that is none of their options; teachers who are none of the teams.
    """

    assignment: Assignment
    option: frozenset[int]
    pick: frozenset[int]
    unit: frozenset[int]
    missing: tuple[Sentence, ...] = ()


def recall(compiled: Compiled, timetable: Timetable) -> Recalled:
    """Read a timetable as an assignment of the compiled document."""
    placements = timetable.placements
    missing: list[Sentence] = []
    options = _options(compiled, placements, missing)
    picks = _picks(compiled, placements, missing)
    pick = tuple(picks.get(choice, 0) for choice in range(len(compiled.picks)))
    units = _units(compiled, placements, pick, missing)
    missing += [
        sentence("“{event}” is no lesson of the document.", event=event)
        for event in placements
        if placements[event].weeks and event not in compiled.event_of
    ]
    assignment = Assignment(
        option=tuple(options.get(event, 0) for event in range(len(compiled.lessons))),
        pick=pick,
        unit=tuple(units.get(d, -1) for d in range(len(compiled.problem.demands))),
    )
    return Recalled(assignment, frozenset(options), frozenset(picks), frozenset(units), tuple(missing))


def _options(compiled: Compiled, placements: dict[str, Placement], missing: list[Sentence]) -> dict[int, int]:
    known: dict[Shape, dict[Moment, int]] = {}
    found: dict[int, int] = {}
    for event, lesson in enumerate(compiled.lessons):
        placement = placements.get(lesson.id)
        if placement is None:
            missing.append(sentence("“{event}” has no place in the timetable.", event=lesson.id))
            continue
        if lesson.shape not in known:
            times = enumerate(compiled.times(event))
            known[lesson.shape] = {(when.weeks, WEEKDAYS[when.weekday], when.start): index for index, when in times}
        option = known[lesson.shape].get((tuple(sorted(placement.weeks)), placement.weekday, placement.start))
        if option is None or placement.time_zone != lesson.shape.bells.zone:
            missing.append(
                sentence(
                    "“{event}” is held at {start} ({weekday}), which is no time for it by its bells.",
                    event=lesson.id,
                    start=placement.start,
                    weekday=placement.weekday,
                )
            )
        else:
            found[event] = option
    return found


def _picks(compiled: Compiled, placements: dict[str, Placement], missing: list[Sentence]) -> dict[int, int]:
    found: dict[int, int] = {}
    for choice, pick in enumerate(compiled.picks):
        held = [
            [placements[lesson.id] for lesson in compiled.series[s].lessons if lesson.id in placements]
            for s in pick.series
        ]
        if pick.student is not None:
            for alternative, of_section in enumerate(held):
                if any(pick.student in placement.students for placement in of_section):
                    found[choice] = alternative
        else:
            teams = [frozenset(team) for team in pick.teams]
            for placement in held[0]:
                if frozenset(placement.teachers) in teams:
                    found[choice] = teams.index(frozenset(placement.teachers))
        if choice not in found:
            one = compiled.series[pick.series[0]]
            if pick.student is not None:
                told = sentence("{student} is in no section of “{course}”.", student=pick.student, course=one.item.id)
            else:
                told = sentence("“{course}” has none of its teachers in the timetable.", course=one.item.id)
            missing.append(told)
    return found


def _units(
    compiled: Compiled, placements: dict[str, Placement], pick: tuple[int, ...], missing: list[Sentence]
) -> dict[int, int]:
    names = [f"rooms/{room.id}" for room in compiled.document.rooms]
    names += [f"workstations/{workstation.id}" for workstation in compiled.document.workstations]
    known: dict[str | None, int] = {name: index for index, name in enumerate(names)}
    problem, found = compiled.problem, dict[int, int]()
    decided = Assignment((), pick)
    for event, lesson in enumerate(compiled.lessons):
        placement = placements.get(lesson.id)
        if placement is None:
            continue
        seats: dict[str, list[str]] = {}
        for key, workstation in placement.seats.items():
            known_key = key in placement.students or key in placement.teachers or key in placement.groups
            seats.setdefault(key if known_key else key.rpartition("#")[0], []).append(workstation)
        rooms = [f"rooms/{room}" for room in (placement.room, *placement.also) if room is not None]
        for d in problem.demands_of_event[event]:
            attendance = problem.demands[d].attendance
            if attendance is None:
                serving = (room for room in rooms if known.get(room) in problem.demands[d].units)
                thing = next(serving, rooms[0] if rooms else None)
                if thing is not None:
                    rooms.remove(thing)
            elif holds(problem.attendances[attendance].given, decided):
                left = seats.get(compiled.participants[problem.attendances[attendance].resource].id)
                thing = f"workstations/{left.pop(0)}" if left else None
            else:
                continue
            if thing in known:
                found[d] = known[thing]
            elif thing is not None:
                unit = thing.partition("/")[2]
                missing.append(sentence("“{unit}” of “{event}” is not in the document.", unit=unit, event=lesson.id))
    return found


@dataclass(frozen=True)
class Kept:
    """What stands in an earlier timetable, and what of it is pinned.

    Attributes
    ----------
    pinned : frozenset of int
        The pinned events.
    """

    compiled: Compiled
    recalled: Recalled
    pinned: frozenset[int] = frozenset()

    def everything(self) -> dict[str, tuple[tuple[int, int], ...]]:
        """Return all that stands, as the fields of `StayPut`."""
        return self._pairs(range(len(self.compiled.lessons)))

    def pins(self) -> dict[str, tuple[tuple[int, int], ...]]:
        """Return what is pinned, as the fields of `Pin`."""
        return self._pairs(self.pinned)

    def _pairs(self, events: Iterable[int]) -> dict[str, tuple[tuple[int, int], ...]]:
        wanted, problem = set(events), self.compiled.problem
        kept = self.recalled.assignment
        options = tuple((event, kept.option[event]) for event in sorted(wanted & self.recalled.option))
        conditions: set[Given] = set()
        for event in wanted:
            rows = (problem.attendances[a] for a in problem.attendances_of_event[event])
            conditions.update(row.given for row in rows if row.given is not None and holds(row.given, kept))
        picks = tuple(sorted(given for given in conditions if given[0] in self.recalled.pick))
        units = tuple((d, kept.unit[d]) for d in sorted(self.recalled.unit) if problem.demands[d].event in wanted)
        return {"options": options, "picks": picks, "units": units}


def keep(compiled: Compiled, timetable: Timetable, pins: tuple[str, ...] = ()) -> Kept:
    """Say what of an earlier timetable stands and is pinned.

    Parameters
    ----------
    pins
        Ids of courses, of other events, or of single lessons; besides those that the timetable marks as pinned.

    Raises
    ------
    BadInput
        If a pin names nothing.
    """
    names: dict[str, list[int]] = {}
    for event, lesson in enumerate(compiled.lessons):
        names.setdefault(compiled.series[lesson.series].item.id, []).append(event)
        names[lesson.id] = [event]
    refuse(
        Fault(Place(), sentence("“{pin}” must be a course or an event of the document.", pin=pin), maybe(pin, names))
        for pin in pins
        if pin not in names
    )
    pinned = {event for pin in pins for event in names[pin]}
    marked = {compiled.event_of[p.event] for p in timetable.pattern if p.pinned and p.event in compiled.event_of}
    return Kept(compiled, recall(compiled, timetable), frozenset(pinned | marked))
