"""Which part of an assignment to set free: plain functions (view, assignment, rng, size) -> Part.

Each frees about `size` events (or demands) that have something to do with one another. `View` holds what they share: the
events of each resource and group, and where the assignment costs.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cached_property
from random import Random
from typing import TYPE_CHECKING

from solver.flat import Flat
from solver.placements import shared_demands
from solver.problem import Assignment, Problem
from solver.tables import Tables

if TYPE_CHECKING:
    from solver.rules.rule import Rule
    from solver.sentence import Thing


@dataclass(frozen=True)
class Part:
    """What is set free: events, choices, and demands beside those of the events."""

    events: frozenset[int] = frozenset()
    choices: frozenset[int] = frozenset()
    demands: frozenset[int] = frozenset()


Neighbourhood = Callable[["View", Assignment, Random, int], Part]


class View:
    """What neighbourhoods and the local search look at; made before the processes that share it."""

    def __init__(self, tables: Tables) -> None:
        self.tables = tables
        self.problem: Problem = tables.problem
        self.flat = Flat(tables)
        self.movable = frozenset(e for e, event in enumerate(self.problem.events) if len(event.options) > 1)

    @cached_property
    def places(self) -> int:
        """How many ways there are to give one event an option and one of its demands a unit."""
        problem = self.problem
        return sum(len(demand.units) * len(problem.events[demand.event].options) for demand in problem.demands)

    @cached_property
    def groups(self) -> tuple[tuple[int, ...], ...]:
        """The movable events of each resource and of each rule's own list of events, without repeats."""
        lists = [tuple(sorted({m.event for m in members})) for members in self.problem.members_of_resource]
        lists += [
            tuple(sorted(getattr(rule, name)))
            for rule in self.problem.rules
            for name, kind in rule.field_kinds().items()
            if kind == "events" and len(getattr(rule, name)) < len(self.problem.events) // 2
        ]
        kept = (tuple(e for e in events if e in self.movable) for events in lists)
        return tuple(dict.fromkeys(events for events in kept if len(events) > 1))

    @cached_property
    def groups_of_event(self) -> tuple[tuple[int, ...], ...]:
        """For each event the groups that it belongs to."""
        rows: list[list[int]] = [[] for _ in self.problem.events]
        for index, events in enumerate(self.groups):
            for event in events:
                rows[event].append(index)
        return tuple(map(tuple, rows))

    def choices_of_events(self, events: Iterable[int]) -> set[int]:
        """Return the choices on which an attendance of these events depends."""
        problem = self.problem
        return {
            given[0]
            for event in events
            for a in problem.attendances_of_event[event]
            if (given := problem.attendances[a].given) is not None
        }

    @cached_property
    def demand_groups(self) -> tuple[tuple[int, ...], ...]:
        """The demands of each course and person that would keep one unit."""
        problem = self.problem
        group_of_event: dict[int, int] = {}
        for index, rule in enumerate(problem.rules):
            if rule.about_units:
                for name, kind in rule.field_kinds().items():
                    if kind == "events":
                        for event in getattr(rule, name):
                            group_of_event.setdefault(event, index)
        groups: dict[tuple[str, int], list[int]] = {}
        for d, demand in enumerate(problem.demands):
            if demand.attendance is not None:
                key = ("resource", problem.attendances[demand.attendance].resource)
            elif demand.event in group_of_event:
                key = ("rule", group_of_event[demand.event])
            else:
                key = ("event", demand.event)
            groups.setdefault(key, []).append(d)
        return tuple(map(tuple, groups.values()))

    def costly(self, assignment: Assignment, *, required: bool = False) -> list[tuple[int, ...]]:
        """Return the movable events of each row, or each required row, that has an excess."""
        found = []
        for entry in self.tables.entries:
            if required and self.tables.weight(entry) is not None:
                continue
            if entry.row.count(self.problem, assignment):
                events = tuple({m.event for m in entry.row.members} & self.movable)
                if events:
                    found.append(events)
        return found

    def broken_by_name(self, assignment: Assignment) -> list[tuple[int, ...]]:
        """Return the movable events where required rules about named units, or without rows, are missed."""
        found = []
        for index in dict.fromkeys([*self.tables.about_units, *self.tables.by_hand]):
            rule = self.problem.rules[index]
            for deviation in rule.check(self.problem, assignment) if rule.required else ():
                events = tuple(set(self._events_at(deviation.where, rule)) & self.movable)
                if events:
                    found.append(events)
        return found

    def _events_at(self, where: Thing, rule: Rule) -> Iterable[int]:
        match where.kind:
            case "resource":
                return {member.event for member in self.problem.members_of_resource[where.index]}
            case "demand":
                return [self.problem.demands[where.index].event]
        return rule.events_touched(self.problem)

    def ticks(self, assignment: Assignment, event: int) -> tuple[int, ...]:
        """Return the ticks of an event."""
        return self.problem.events[event].options[assignment.option[event]].ticks


def _grow(view: View, rng: Random, seeds: Iterable[int], size: int, within: set[int] | None = None) -> set[int]:
    """Add whole groups of events found so far, in random order, until there are enough."""
    found = {event for event in seeds if event in view.movable}
    queue = sorted(found)
    rng.shuffle(queue)
    done: set[int] = set()
    while queue and len(found) < size:
        event = queue.pop(0)
        groups = [g for g in view.groups_of_event[event] if g not in done]
        rng.shuffle(groups)
        for group in groups:
            done.add(group)
            members = list(view.groups[group]) if within is None else [e for e in view.groups[group] if e in within]
            rng.shuffle(members)
            for member in members:
                if len(found) >= size:
                    return found
                if member not in found:
                    found.add(member)
                    queue.append(member)
    return found


def _part_of(view: View, rng: Random, found: set[int], size: int) -> set[int]:
    """Return the events found, or where these are too many, neighbours among them."""
    return found if len(found) <= max(1, size * 1.2) else _grow(view, rng, [rng.choice(sorted(found))], size, found)


def some_groups(view: View, assignment: Assignment, rng: Random, size: int) -> set[int]:  # noqa: ARG001
    """All the events of some people or courses."""
    found: set[int] = set()
    groups = view.groups
    for number in rng.sample(range(len(groups)), len(groups)):
        if len(found) >= size:
            break
        found.update(groups[number])
    return found


def neighbours(view: View, assignment: Assignment, rng: Random, size: int) -> set[int]:  # noqa: ARG001
    """An event, those who attend it, and whatever else they attend."""
    return _grow(view, rng, [rng.choice(sorted(view.movable))], size)


def where_it_costs(view: View, assignment: Assignment, rng: Random, size: int) -> set[int]:
    """The events of some rows with an excess, and their neighbours."""
    return _around(view, view.costly(assignment), assignment, rng, size)


def where_it_breaks(view: View, assignment: Assignment, rng: Random, size: int) -> set[int]:
    """The events of some required rows with an excess, and their neighbours."""
    return _around(view, view.costly(assignment, required=True), assignment, rng, size)


def where_names_break(view: View, assignment: Assignment, rng: Random, size: int) -> set[int]:
    """The events where a required rule is missed, by named units too, and their neighbours."""
    rows = view.costly(assignment, required=True) + view.broken_by_name(assignment)
    return _around(view, rows, assignment, rng, size)


def _around(view: View, rows: list[tuple[int, ...]], assignment: Assignment, rng: Random, size: int) -> set[int]:
    if not rows:
        return neighbours(view, assignment, rng, size)
    rng.shuffle(rows)
    seeds: list[int] = []
    for row in rows[: rng.randint(1, 4)]:
        seeds += row
    if len(seeds) > size // 2:
        seeds = rng.sample(seeds, max(1, size // 2))
    return _grow(view, rng, seeds, size)


def costly_groups(view: View, assignment: Assignment, rng: Random, size: int) -> set[int]:
    """All the events of the people or courses in rows with an excess."""
    rows = view.costly(assignment)
    rng.shuffle(rows)
    found: set[int] = set()
    for row in rows:
        found.update(row if len(row) <= size else rng.sample(row, size))
        if len(found) >= size:
            break
    return found if len(found) >= size else found | some_groups(view, assignment, rng, size - len(found))


def some_days(view: View, assignment: Assignment, rng: Random, size: int) -> set[int]:
    """What is held on some days; where that is too much, of neighbours among them only."""
    by_day: dict[int, set[int]] = {}
    for event in view.movable:
        met = view.problem.days_of_options(event, view.problem.events[event].grid)[assignment.option[event]]
        for day in met:
            by_day.setdefault(day, set()).add(event)
    days = sorted(by_day)
    rng.shuffle(days)
    found: set[int] = set()
    for count, day in enumerate(days):
        if count >= 2 and len(found) + len(by_day[day]) > size:
            break
        found |= by_day[day]
    return _part_of(view, rng, found, size)


def some_ticks(view: View, assignment: Assignment, rng: Random, size: int) -> set[int]:
    """What is held in some periods over the whole cycle."""
    by_tick: dict[int, set[int]] = {}
    for event in view.movable:
        for tick in view.ticks(assignment, event)[:1]:
            by_tick.setdefault(tick, set()).add(event)
    ticks = sorted(by_tick)
    rng.shuffle(ticks)
    found: set[int] = set()
    for tick in ticks:
        if len(found) + len(by_tick[tick]) > size and len(found) > size // 2:
            break
        found |= by_tick[tick]
    return _part_of(view, rng, found, size)


def anything(view: View, assignment: Assignment, rng: Random, size: int) -> set[int]:  # noqa: ARG001
    """Some events, at random."""
    movable = sorted(view.movable)
    return set(rng.sample(movable, min(size, len(movable))))


def _of_events(choose: Callable[[View, Assignment, Random, int], set[int]]) -> Neighbourhood:
    """Free the events chosen, and now and then the choices that concern them."""

    def free(view: View, assignment: Assignment, rng: Random, size: int) -> Part:
        events = frozenset(choose(view, assignment, rng, size))
        if not view.problem.choices or rng.random() < 0.5:
            return Part(events)
        concerned = sorted(view.choices_of_events(events))
        choices = frozenset(rng.sample(concerned, min(len(concerned), max(2, size // 4))))
        return Part(events, choices)

    return free


def some_choices(view: View, assignment: Assignment, rng: Random, size: int) -> Part:  # noqa: ARG001
    """Who teaches and who sits in which section, with the times kept."""
    choices = list(range(len(view.problem.choices)))
    return Part(choices=frozenset(rng.sample(choices, min(len(choices), max(2, size)))))


def demands_of_groups(view: View, assignment: Assignment, rng: Random, size: int) -> Part:  # noqa: ARG001
    """The rooms or workstations of some courses and people, with the times kept."""
    found: set[int] = set()
    groups = view.demand_groups
    for index in rng.sample(range(len(groups)), len(groups)):
        if len(found) >= size:
            break
        found.update(groups[index])
    return Part(demands=frozenset(found))


def demands_where_it_costs(view: View, assignment: Assignment, rng: Random, size: int) -> Part:
    """The rooms or workstations of courses and people that do not keep theirs, and of who stands in their way."""
    wanting = [g for g in view.demand_groups if len({assignment.unit[d] for d in g}) > 1]
    if not wanting:
        return demands_of_groups(view, assignment, rng, size)
    found: set[int] = set()
    for group in rng.sample(wanting, min(len(wanting), rng.randint(1, 3))):
        found.update(group)
    ticks = {t for d in found for t in view.ticks(assignment, view.problem.demands[d].event)}
    units = {u for d in found for u in view.problem.demands[d].units}
    rivals = [
        g
        for g in view.demand_groups
        if any(
            assignment.unit[d] in units and not ticks.isdisjoint(view.ticks(assignment, view.problem.demands[d].event))
            for d in g
        )
    ]
    rng.shuffle(rivals)
    for group in rivals:
        if len(found) >= size:
            break
        found.update(group)
    return Part(demands=frozenset(found))


def demands_with_times(view: View, assignment: Assignment, rng: Random, size: int) -> Part:
    """Rooms that cost, with the times of some of their events."""
    part = demands_where_it_costs(view, assignment, rng, size)
    events = sorted({view.problem.demands[d].event for d in part.demands} & view.movable)
    return Part(frozenset(rng.sample(events, min(len(events), max(2, size // 8)))), frozenset(), part.demands)


def exams_of_rooms(view: View, assignment: Assignment, rng: Random, size: int) -> Part:
    """What is held in some of the rooms that exams share, with these rooms."""
    held: dict[int, list[int]] = {}
    for d in sorted(shared_demands(view.problem)):
        held.setdefault(assignment.unit[d], []).append(d)
    held.pop(-1, None)
    found: set[int] = set()
    for unit in rng.sample(sorted(held), len(held)):
        if len(found) >= size:
            break
        found.update(rng.sample(held[unit], min(len(held[unit]), size)))
    return _with_times(view, found)


def the_largest(view: View, assignment: Assignment, rng: Random, size: int) -> Part:  # noqa: ARG001
    """Some of the exams that take most seats in rooms that they share, with these rooms."""
    demands = view.problem.demands
    largest = sorted(shared_demands(view.problem), key=lambda d: (-demands[d].size, d))[: 2 * size]
    return _with_times(view, rng.sample(largest, min(len(largest), size)))


def _with_times(view: View, demands: Iterable[int]) -> Part:
    found = frozenset(demands)
    return Part(frozenset(view.problem.demands[d].event for d in found) & view.movable, demands=found)


OF_TIME: dict[str, Neighbourhood] = {
    choose.__name__: _of_events(choose)
    for choose in (some_groups, neighbours, where_it_costs, costly_groups, some_days, some_ticks, anything)
}
OF_REPAIR: dict[str, Neighbourhood] = {
    choose.__name__: _of_events(choose) for choose in (where_it_breaks, where_names_break)
}
OF_CHOICES: dict[str, Neighbourhood] = {some_choices.__name__: some_choices}
OF_UNITS: dict[str, Neighbourhood] = {
    choose.__name__: choose for choose in (demands_of_groups, demands_where_it_costs, demands_with_times)
}
OF_EXAMS: dict[str, Neighbourhood] = {choose.__name__: choose for choose in (exams_of_rooms, the_largest)}
"""Where events share rooms; what is held on a day, or in two periods that change places, is among those of time."""
NEIGHBOURHOODS: dict[str, Neighbourhood] = {**OF_TIME, **OF_REPAIR, **OF_CHOICES, **OF_UNITS, **OF_EXAMS}
