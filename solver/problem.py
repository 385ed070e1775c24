"""What is to be placed, in whole numbers: ticks, events and their options, resources, choices, demands, rules.

Nothing here knows a date, a name or a language; `scheduler.compile` translates. Everything is frozen: a what-if is a copy
with one field changed (`dataclasses.replace`), and every derived index is computed once, on first use.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from solver.rules.rule import Rule

Given = tuple[int, int]
"""A condition: (choice, alternative) that must be picked; of a row also (~demand, unit) that must be given, -1 for none."""


@dataclass(frozen=True)
class Axis:
    """The ticks of the problem, in order and without overlap, in minutes of one absolute clock.

    Attributes
    ----------
    start, end : tuple of int
        Minute at which each tick starts and ends, counted from the beginning of the cycle.
    """

    start: tuple[int, ...]
    end: tuple[int, ...]

    def __len__(self) -> int:
        return len(self.start)


@dataclass(frozen=True)
class Grid:
    """The days and periods by which some resources live: their site's bells, in their site's time zone.

    Attributes
    ----------
    periods : int
        Periods of a day; what is counted over more than 16 of them is left to the model.
    cell : tuple of int
        For each tick `day * periods + period`, or -1 where the tick lies outside every period.
    week, weekday : tuple of int
        For each day its week of the cycle and its weekday, both from 0.
    """

    periods: int
    cell: tuple[int, ...]
    week: tuple[int, ...]
    weekday: tuple[int, ...]

    @property
    def days(self) -> int:
        """Days of the cycle."""
        return len(self.week)


@dataclass(frozen=True)
class Option:
    """One way to place an event in time: the ticks that it would occupy, in order; none means that it is not held."""

    ticks: tuple[int, ...]


@dataclass(frozen=True)
class Event:
    """What is placed once.

    Attributes
    ----------
    options : tuple of Option
        At least one. Events with equal options should share the very same tuple: what is derived from it is then kept once.
    grid : int
        The grid in whose days and periods the event's own place in time is told.
    """

    options: tuple[Option, ...]
    grid: int = 0


@dataclass(frozen=True)
class Resource:
    """Somebody who attends at most one event at a tick; lives by a grid."""

    grid: int = 0


@dataclass(frozen=True)
class Attendance:
    """A resource takes part in an event: always, or only if an alternative of a choice is picked.

    A teacher among candidates and a student among sections are the same thing: a choice under whose alternatives
    somebody attends. `place` is the site where the resource sits (-1: nowhere that needs travel).
    """

    event: int
    resource: int
    given: Given | None = None
    place: int = -1


@dataclass(frozen=True)
class Choice:
    """Exactly one of so many alternatives is picked."""

    alternatives: int


@dataclass(frozen=True)
class Unit:
    """One thing of a pool, to be named: a room, a workstation.

    Attributes
    ----------
    seats : int
        How many people it seats.
    closed : frozenset of int
        Ticks at which it cannot be used.
    place : int
        The site where it is, as attendances name theirs (-1: unknown).
    room : int
        The unit in which it stands (-1: none that is told).
    """

    seats: int = 1
    closed: frozenset[int] = frozenset()
    place: int = -1
    room: int = -1


@dataclass(frozen=True)
class Demand:
    """An event, or one attendance of it, needs one unit of those that serve it.

    Attributes
    ----------
    units : tuple of int
        The units that serve, ascending.
    attendance : int or None
        The attendance for which the unit is needed; None when the event itself needs it.
    size : int
        People who sit in the unit.
    optional : bool
        Whether it may go without a unit, and is only a wish for one.
    rooms : tuple of int
        The demands for the rooms in one of which its unit is to stand.
    """

    event: int
    units: tuple[int, ...]
    attendance: int | None = None
    size: int = 1
    optional: bool = False
    rooms: tuple[int, ...] = ()


@dataclass(frozen=True)
class Member:
    """An event as far as it belongs to somebody: always, or under a condition."""

    event: int
    given: Given | None = None


@dataclass(frozen=True)
class Assignment:
    """Every decision.

    Attributes
    ----------
    option : tuple of int
        For each event the index of its option.
    pick : tuple of int
        For each choice the index of its alternative.
    unit : tuple of int
        For each demand the unit, or -1 where it goes without.
    """

    option: tuple[int, ...]
    pick: tuple[int, ...] = ()
    unit: tuple[int, ...] = ()


@dataclass(frozen=True)
class Problem:
    """All that the engine is told.

    Attributes
    ----------
    axis : Axis
    grids : tuple of Grid
    events : tuple of Event
    resources : tuple of Resource
    attendances : tuple of Attendance
    choices : tuple of Choice
    units : tuple of Unit
    demands : tuple of Demand
    travel : tuple of tuple of int
        Minutes from place to place.
    rules : tuple of Rule
    """

    axis: Axis
    grids: tuple[Grid, ...]
    events: tuple[Event, ...]
    resources: tuple[Resource, ...] = ()
    attendances: tuple[Attendance, ...] = ()
    choices: tuple[Choice, ...] = ()
    units: tuple[Unit, ...] = ()
    demands: tuple[Demand, ...] = ()
    travel: tuple[tuple[int, ...], ...] = ()
    rules: tuple[Rule, ...] = ()

    @cached_property
    def attendances_of_resource(self) -> tuple[tuple[int, ...], ...]:
        """For each resource the indices of its attendances."""
        return _grouped((a.resource for a in self.attendances), len(self.resources))

    @cached_property
    def attendances_of_event(self) -> tuple[tuple[int, ...], ...]:
        """For each event the indices of its attendances."""
        return _grouped((a.event for a in self.attendances), len(self.events))

    @cached_property
    def demands_of_event(self) -> tuple[tuple[int, ...], ...]:
        """For each event the indices of its demands."""
        return _grouped((d.event for d in self.demands), len(self.events))

    @cached_property
    def attendances_of_choice(self) -> tuple[tuple[int, ...], ...]:
        """For each choice the indices of the attendances that depend on it."""
        rows: list[list[int]] = [[] for _ in self.choices]
        for index, attendance in enumerate(self.attendances):
            if attendance.given is not None:
                rows[attendance.given[0]].append(index)
        return tuple(map(tuple, rows))

    @cached_property
    def members_of_resource(self) -> tuple[tuple[Member, ...], ...]:
        """For each resource what it attends, always or under a condition."""
        return tuple(
            tuple(Member(self.attendances[a].event, self.attendances[a].given) for a in rows)
            for rows in self.attendances_of_resource
        )

    @cached_property
    def _cells_of_options(self) -> dict[tuple[int, int], tuple[tuple[int, ...], ...]]:
        return {}

    def cells_of_options(self, event: int, grid: int) -> tuple[tuple[int, ...], ...]:
        """For each option of the event the cells of the grid that it touches, ascending and without repeats."""
        options = self.events[event].options
        key = (id(options), grid)
        known = self._cells_of_options.get(key)
        if known is None:
            cell = self.grids[grid].cell
            known = tuple(tuple(sorted({cell[t] for t in o.ticks if cell[t] >= 0})) for o in options)
            self._cells_of_options[key] = known
        return known

    @cached_property
    def _days_of_options(self) -> dict[tuple[int, int], tuple[tuple[int, ...], ...]]:
        return {}

    def days_of_options(self, event: int, grid: int) -> tuple[tuple[int, ...], ...]:
        """For each option of the event the days of the grid on which it meets, ascending."""
        options = self.events[event].options
        key = (id(options), grid)
        known = self._days_of_options.get(key)
        if known is None:
            periods = self.grids[grid].periods
            known = tuple(tuple(sorted({c // periods for c in cells})) for cells in self.cells_of_options(event, grid))
            self._days_of_options[key] = known
        return known

    @cached_property
    def _meetings_of_options(self) -> dict[tuple[int, int, tuple[int, ...]], tuple[int, ...]]:
        return {}

    def meetings_of_options(self, event: int, grid: int, days: tuple[int, ...]) -> tuple[int, ...]:
        """For each option of the event on how many of these days of the grid it meets."""
        key = (id(self.events[event].options), grid, days)
        known = self._meetings_of_options.get(key)
        if known is None:
            wanted = set(days)
            known = tuple(len(wanted.intersection(met)) for met in self.days_of_options(event, grid))
            self._meetings_of_options[key] = known
        return known

    @cached_property
    def derived(self) -> dict[Hashable, dict[Any, Any]]:
        """What others derive from the options of events, each under a name of its own, so that it is made once."""
        return {}

    def __getstate__(self) -> dict[str, object]:
        """Only what was given: caches are keyed by identity and made anew by whoever unpickles."""
        return {name: self.__dict__[name] for name in self.__dataclass_fields__}


def holds(given: Given | None, assignment: Assignment) -> bool:
    """Whether a condition is fulfilled."""
    if given is None:
        return True
    decided, wanted = given
    return (assignment.pick[decided] if decided >= 0 else assignment.unit[~decided]) == wanted


def _grouped(keys: Iterable[int], size: int) -> tuple[tuple[int, ...], ...]:
    rows: list[list[int]] = [[] for _ in range(size)]
    for index, key in enumerate(keys):
        rows[key].append(index)
    return tuple(map(tuple, rows))


def ticks_of(problem: Problem, assignment: Assignment, event: int) -> tuple[int, ...]:
    """The ticks that the event occupies in the assignment."""
    return problem.events[event].options[assignment.option[event]].ticks


def attended(problem: Problem, assignment: Assignment, resource: int) -> Sequence[int]:
    """The events that the resource attends in the assignment, ascending, an event as often as it is attended."""
    return sorted(m.event for m in problem.members_of_resource[resource] if holds(m.given, assignment))
