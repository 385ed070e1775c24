"""Necessary conditions, told with numbers before any search: flows and Hall violators (networkx).

A clash row or a pool is a transport problem: events must send as many ticks as they last into ticks of limited capacity. Where
the largest flow falls short, the smallest cut names the events that crowd and the ticks at which they do (Hall 1935).
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import partial
from typing import Any

import networkx as nx

from solver.at_once import short_at_once
from solver.measures import Used
from solver.problem import Given, Member, Problem
from solver.rules.exam_days import LimitInDays, SpaceExams, told
from solver.rules.load import subjects
from solver.rules.spread import SpreadOverDays
from solver.sentence import Sentence, Thing, sentence
from solver.tables import Cells, Entry, Options, Profile, Sum, Tables
from solver.too_far import too_far

SHOWN = 6
"""Events and ticks that a sentence lists at most."""

SOURCE, SINK = "source", "sink"


def precheck(tables: Tables) -> tuple[Sentence, ...]:
    """Return why the problem is impossible, as far as counting can tell; nothing means that nothing was found."""
    allowed = _Allowed(tables)
    reasons = list(allowed.reasons)
    if not reasons:
        reasons += _nobody_can(tables, allowed)
        reasons += _unserved(tables, allowed)
        day_limits = _day_limits(tables)
        for entry in tables.entries:
            shared = tables.problem.rules[entry.rule].shared
            if isinstance(entry.row, Cells) and tables.weight(entry) is None and not shared:
                reasons += _crowded(
                    tables.problem, entry, entry.row, allowed, day_limits.get(frozenset(entry.row.members), {})
                )
        reasons += _too_few_days(tables, allowed)
        reasons += _too_near(tables, allowed)
        reasons += _exams_too_near(tables, allowed)
        reasons += _too_many_in_days(tables, allowed)
        told = {thing for reason in reasons for thing in reason.of_kind("resource")}
        certain = partial(_is_certain, tables.problem, allowed=allowed)
        reasons += too_far(tables.problem, allowed.key, certain, told)
        reasons += short_at_once(tables, [shut for _, shut in allowed.key], certain, told)
    return tuple(dict.fromkeys(reasons))


class _Allowed:
    """The options that required rows of options leave to each event; what events have in common is kept once.

    Attributes
    ----------
    served : set of int
        The demands that must have a unit whenever their event is held.
    """

    def __init__(self, tables: Tables) -> None:
        self.problem = tables.problem
        self.reasons: list[Sentence] = []
        self.served: set[int] = set()
        shut: dict[int, set[int]] = defaultdict(set)
        by_whom: dict[int, list[Thing]] = defaultdict(list)
        for entry in tables.entries:
            row = entry.row
            if not isinstance(row, Options) or tables.weight(entry) is not None:
                continue
            if row.given is None:
                shut[row.event].update(index for index, cost in enumerate(row.costs) if cost)
                if entry.where not in by_whom[row.event]:
                    by_whom[row.event].append(entry.where)
            elif row.given[1] == -1 and all(row.costs):
                self.served.add(~row.given[0])
        self._groups: dict[tuple[int, frozenset[int]], tuple[frozenset[int], int]] = {}
        self._always: dict[tuple[int, frozenset[int]], frozenset[int]] = {}
        self._days: dict[tuple[tuple[int, frozenset[int]], int], frozenset[int] | None] = {}
        self.key: list[tuple[int, frozenset[int]]] = []
        for event, found in enumerate(self.problem.events):
            closed = frozenset(shut.get(event, ()))
            key = (id(found.options), closed)
            self.key.append(key)
            left = [option for index, option in enumerate(found.options) if index not in closed]
            if not left:
                self.reasons.append(
                    sentence(
                        "{event} can be held at none of its {n} times: {who} forbid them all.",
                        event=Thing("event", event),
                        n=len(found.options),
                        who=tuple(by_whom[event][:SHOWN]),
                    )
                )
            elif key not in self._groups:
                ticks = frozenset(tick for option in left for tick in option.ticks)
                self._groups[key] = ticks, min(len(option.ticks) for option in left)
                self._always[key] = frozenset(left[0].ticks).intersection(*(option.ticks for option in left[1:]))

    def ticks(self, key: tuple[int, frozenset[int]]) -> tuple[frozenset[int], int]:
        """Return the ticks that these options may touch, and the fewest that one of them takes."""
        return self._groups[key]

    def days(self, key: tuple[int, frozenset[int]], grid: int) -> frozenset[int] | None:
        """Return the days of a grid that these options may touch; None if they may be on none, or not held at all."""
        if (key, grid) not in self._days:
            table, (ticks, length) = self.problem.grids[grid], self._groups[key]
            cells = [table.cell[tick] for tick in ticks]
            outside = length == 0 or min(cells, default=-1) < 0
            self._days[key, grid] = None if outside else frozenset(cell // table.periods for cell in cells)
        return self._days[key, grid]

    def always(self, key: tuple[int, frozenset[int]]) -> frozenset[int]:
        """Return the ticks that each of these options takes."""
        return self._always[key]


@dataclass
class _Crowd:
    """Events of equal options in one row: which, and how many ticks they need of which."""

    ticks: frozenset[int]
    length: int
    events: list[int] = field(default_factory=list)
    need: int = 0


def _day_limits(tables: Tables) -> dict[frozenset[Member], dict[tuple[int, int], int]]:
    """For each subject the most events a day, where a required row of sums says so: (grid, day) -> most."""
    limits: dict[frozenset[Member], dict[tuple[int, int], int]] = defaultdict(dict)
    for entry in tables.entries:
        row = entry.row
        if (
            isinstance(row, Sum)
            and tables.weight(entry) is None
            and row.most is not None
            and len(row.days) == 1
            and set(row.amounts) == {1}
        ):
            limits[frozenset(row.members)][row.grid, row.days[0]] = row.most
    return limits


def _crowded(
    problem: Problem, entry: Entry, row: Cells, allowed: _Allowed, day_limits: dict[tuple[int, int], int]
) -> Iterator[Sentence]:
    overfull = _overfull(problem, entry, row, allowed)
    if overfull is not None:
        yield overfull
        return
    crowds: dict[object, _Crowd] = {}
    for member, amount in zip(row.members, row.amounts, strict=True):
        if member.given is None:
            key = allowed.key[member.event]
            ticks, length = allowed.ticks(key)
            if length == 0:  # it need not be held
                continue
            crowd = crowds.setdefault(key, _Crowd(ticks, length))
            crowd.events.append(member.event)
            crowd.need += amount * length
    need = sum(crowd.need for crowd in crowds.values())
    if need == 0:
        return
    graph: Any = nx.DiGraph()
    singles = all(crowd.length == 1 for crowd in crowds.values())
    for number, crowd in enumerate(crowds.values()):
        graph.add_edge(SOURCE, ("crowd", number), capacity=crowd.need)
    for place, (reached, way_out, capacity) in enumerate(
        _places(problem, row, [crowd.ticks for crowd in crowds.values()], day_limits if singles else {})
    ):
        graph.add_edge(("place", place), way_out, capacity=capacity)
        for number in reached:
            graph.add_edge(("crowd", number), ("place", place))
    for (grid, day), most in day_limits.items():
        if graph.has_node(("day", grid, day)):
            graph.add_edge(("day", grid, day), SINK, capacity=most)
    flow, (near, _) = nx.minimum_cut(graph, SOURCE, SINK)
    if flow >= need:
        return
    stuck = [crowd for number, crowd in enumerate(crowds.values()) if ("crowd", number) in near]
    events = sorted(event for crowd in stuck for event in crowd.events)
    if max(row.capacity) == 0:
        lacking = tuple(
            Thing("pool", d) for d, one in enumerate(problem.demands) if not one.units and one.event in events
        )
        yield sentence(
            "There is none: {who}, which {events} cannot do without.",
            who=lacking or entry.where,
            events=_listed("event", events),
        )
        return
    places = sorted({tick for crowd in stuck for tick in crowd.ticks})
    count = sum(crowd.need // crowd.length for crowd in stuck)
    longest = max(crowd.length for crowd in stuck)
    yield sentence(
        "{need} times {who} is needed by {events}, at {ticks}; there is room for {room}.",
        need=count,
        who=entry.where,
        events=_listed("event", events),
        ticks=_listed("tick", places),
        room=count - -(-(need - int(flow)) // longest),
    )


def _overfull(problem: Problem, entry: Entry, row: Cells, allowed: _Allowed) -> Sentence | None:
    """Find the tick at which most is wanted beyond what there is by events that take it whenever they are held."""
    wanted: dict[int, list[int]] = defaultdict(list)
    need: Counter[int] = Counter()
    for member, amount in zip(row.members, row.amounts, strict=True):
        if _is_certain(problem, member, allowed):
            for tick in allowed.always(allowed.key[member.event]):
                wanted[tick].append(member.event)
                need[tick] += amount
    beyond = {tick: total - row.capacity[tick] for tick, total in need.items() if total > row.capacity[tick]}
    if not beyond or max(row.capacity) == 0:
        return None
    tick = min(beyond, key=lambda tick: (-beyond[tick], tick))
    return sentence(
        "{need} times {who} is needed by {events}, at {ticks}; there is room for {room}.",
        need=need[tick],
        who=entry.where,
        events=_listed("event", sorted(dict.fromkeys(wanted[tick]))),
        ticks=(Thing("tick", tick),),
        room=row.capacity[tick],
    )


def _is_certain(problem: Problem, member: Member, allowed: _Allowed) -> bool:
    """Whether an event belongs to somebody always: there is no condition, or nothing else can be chosen or given."""
    if member.given is None:
        return True
    number, chosen = member.given
    if number >= 0:
        return problem.choices[number].alternatives == 1
    demand = problem.demands[~number]
    attendance = None if demand.attendance is None else problem.attendances[demand.attendance]
    claimed = attendance is None or attendance.given is None
    return demand.units == (chosen,) and ~number in allowed.served and claimed


def _nobody_can(tables: Tables, allowed: _Allowed) -> Iterator[Sentence]:
    """Find choices of which no alternative is left: whoever is picked is not there whenever an event is held."""
    problem = tables.problem
    shut: dict[tuple[int, Given], set[int]] = defaultdict(set)
    for entry in tables.entries:
        row = entry.row
        if isinstance(row, Options) and row.given is not None and row.given[0] >= 0 and tables.weight(entry) is None:
            shut[row.event, row.given].update(index for index, cost in enumerate(row.costs) if cost)
    for choice, found in enumerate(problem.choices):
        never: dict[int, None] = {}
        stuck: dict[int, None] = {}
        people: dict[int, None] = {}
        for attendance in (problem.attendances[a] for a in problem.attendances_of_choice[choice]):
            event, given = attendance.event, attendance.given
            assert given is not None
            closed = shut.get((event, given), set()) | allowed.key[event][1]
            if len(closed) == len(problem.events[event].options):
                never[given[1]] = stuck[event] = people[attendance.resource] = None
        if len(never) == found.alternatives > 0:
            yield sentence(
                "Nobody can take {choice}: at all times of {events} these are away: {people}.",
                choice=Thing("choice", choice),
                people=_listed("resource", list(people)),
                events=_listed("event", list(stuck)),
            )


def _unserved(tables: Tables, allowed: _Allowed) -> Iterator[Sentence]:
    """Find demands that nothing serves and that cannot go without."""
    for d in sorted(allowed.served):
        demand = tables.problem.demands[d]
        row = None if demand.attendance is None else tables.problem.attendances[demand.attendance]
        if not demand.units and (row is None or row.given is None):
            yield sentence(
                "There is none: {who}, which {events} cannot do without.",
                who=(Thing("pool", d),),
                events=_listed("event", [demand.event]),
            )


def _places(
    problem: Problem, row: Cells, crowds: list[frozenset[int]], day_limits: dict[tuple[int, int], int]
) -> Iterator[tuple[tuple[int, ...], object, int]]:
    """Yield the ticks that the same crowds reach as one place: these crowds, the way out, and what all of it holds."""
    masks: dict[frozenset[int], int] = {}
    for ticks in crowds:
        if ticks not in masks:
            masks[ticks] = sum(1 << tick for tick in ticks)
    parts: dict[tuple[int, ...], int] = {(): (1 << len(problem.axis)) - 1}
    for number, ticks in enumerate(crowds):
        mask, finer = masks[ticks], dict[tuple[int, ...], int]()
        for reached, part in parts.items():
            if part & mask:
                finer[(*reached, number)] = part & mask
            if part & ~mask:
                finer[reached] = part & ~mask
        parts = finer
    for reached, part in parts.items():
        if not reached:
            continue
        held: dict[object, int] = defaultdict(int)
        for tick in _bits(part):
            held[_exit(problem, tick, day_limits)] += row.capacity[tick]
        for way_out, capacity in held.items():
            yield reached, way_out, capacity


def _bits(mask: int) -> Iterator[int]:
    """Yield the places of the ones, ascending."""
    while mask:
        lowest = mask & -mask
        yield lowest.bit_length() - 1
        mask ^= lowest


def _too_few_days(tables: Tables, allowed: _Allowed) -> Iterator[Sentence]:
    """Find those who may come on so few days that what they attend, one thing at a time, does not fit in these."""
    alone = {
        frozenset(entry.row.members)
        for entry in tables.entries
        if isinstance(entry.row, Cells) and tables.weight(entry) is None and max(entry.row.capacity) == 1
    }
    for entry in tables.entries:
        row = entry.row
        if not isinstance(row, Profile) or tables.weight(entry) is not None or row.most is None:
            continue
        if {measure for _, measure in row.measured} != {Used()} or not any(
            members.issuperset(row.members) for members in alone
        ):
            continue
        need, cells = 0, set[int]()
        for member in row.members:
            if member.given is None:
                ticks, length = allowed.ticks(allowed.key[member.event])
                need += length
                cells |= ticks
        cell, periods = tables.problem.grids[row.grid].cell, tables.problem.grids[row.grid].periods
        by_day = Counter(cell[tick] // periods for tick in cells if cell[tick] >= 0)
        room = sum(sorted((by_day[day] for day in row.days), reverse=True)[: row.most])
        if need > room + sum(cell[tick] < 0 or cell[tick] // periods not in row.days for tick in cells):
            yield sentence(
                "{who} needs {need} periods; on {n} day there is room for {room}.",
                plural="{who} needs {need} periods; on {n} days there is room for {room}.",
                n=row.most,
                who=entry.where,
                need=need,
                room=room,
            )


def _too_near(tables: Tables, allowed: _Allowed) -> Iterator[Sentence]:
    """Find events of which not enough days are left that lie as far apart as is asked."""
    problem = tables.problem
    for rule in problem.rules:
        if not isinstance(rule, SpreadOverDays) or not rule.required or rule.apart < 1 or len(rule.events) < 2:
            continue
        grid = problem.grids[problem.events[rule.events[0]].grid]
        found: set[int] = set()
        for event in rule.events:
            ticks, length = allowed.ticks(allowed.key[event])
            if length == 0 or any(grid.cell[tick] < 0 for tick in ticks):
                break
            found |= {grid.cell[tick] // grid.periods for tick in ticks}
        else:
            days = sorted(found, key=lambda day: (grid.week[day], grid.weekday[day]))
            room, last = 0, None
            for day in days:
                date = 7 * grid.week[day] + grid.weekday[day]
                if last is None or date - last >= rule.apart:
                    room, last = room + 1, date
            if room < len(rule.events):
                yield sentence(
                    "{count} events must lie {n} day apart or more: {events}; on {days} there is room for {room}.",
                    plural="{count} events must lie {n} days apart or more: {events}; on {days} there is room for {room}.",
                    count=len(rule.events),
                    n=rule.apart,
                    events=_listed("event", sorted(rule.events)),
                    days=tuple(Thing("day", day) for day in days),
                    room=room,
                )


def _exams_too_near(tables: Tables, allowed: _Allowed) -> Iterator[Sentence]:
    """Find people whose exams, with so many clear days between, do not fit in the days on which these can be held."""
    problem = tables.problem
    for rule in problem.rules:
        if not isinstance(rule, SpaceExams) or not rule.required:
            continue
        exams, alike = frozenset(rule.events), defaultdict[tuple[int, frozenset[int]], list[int]](list)
        for r in rule.resources:
            own = frozenset(m.event for m in problem.members_of_resource[r] if m.given is None and m.event in exams)
            if len(own) > 1:
                alike[problem.resources[r].grid, own].append(r)
        for (grid, own), people in alike.items():
            days = _days_of(grid, own, allowed)
            if days is None:
                continue
            room, last = 0, -rule.least - 1
            for day in days:
                if day - last > rule.least:
                    room, last = room + 1, day
            if room < len(own):
                yield sentence(
                    "{people}: {count} exams with {n} clear day between need {need} days; the window has {have}, enough"
                    " for {room} of them.",
                    plural="{people}: {count} exams with {n} clear days between need {need} days; the window has {have},"
                    " enough for {room} of them.",
                    n=rule.least,
                    people=_listed("resource", people),
                    count=len(own),
                    need=(len(own) - 1) * (rule.least + 1) + 1,
                    have=days[-1] - days[0] + 1 if days else 0,
                    room=room,
                )


def _too_many_in_days(tables: Tables, allowed: _Allowed) -> Iterator[Sentence]:
    """Find people whose exams, so many a day at most, do not fit in the days on which these can be held."""
    problem = tables.problem
    for rule in problem.rules:
        if not isinstance(rule, LimitInDays) or not rule.required or rule.days != 1:
            continue
        alike: dict[tuple[int, int], list[int]] = defaultdict(list)
        for r, members, amounts in subjects(problem, rule.amounts):
            own = [(m.event, amount) for m, amount in zip(members, amounts, strict=True) if m.given is None]
            days = _days_of(problem.resources[r].grid, (event for event, _ in own), allowed)
            total = sum(amount for _, amount in own)
            if days is not None and total > rule.most * len(days):
                alike[total, len(days)].append(r)
        for (total, days_), people in alike.items():
            yield sentence(
                "{people}: {amount} on {n} day, on which there is room for {room}.",
                plural="{people}: {amount} on {n} days, on which there is room for {room}.",
                n=days_,
                people=_listed("resource", people),
                amount=told(total, rule.what),
                room=rule.most * days_,
            )


def _days_of(grid: int, events: Iterable[int], allowed: _Allowed) -> list[int] | None:
    """Return the days of a grid on which the events may be held, ascending; None if one may be held on none, or not at all."""
    found = set[int]()
    for key in {allowed.key[event] for event in events}:
        days = allowed.days(key, grid)
        if days is None:
            return None
        found |= days
    return sorted(found)


def _exit(problem: Problem, tick: int, day_limits: dict[tuple[int, int], int]) -> object:
    for grid, day in day_limits:
        cell = problem.grids[grid].cell[tick]
        if cell >= 0 and cell // problem.grids[grid].periods == day:
            return ("day", grid, day)
    return SINK


def _listed(kind: str, indices: list[int]) -> tuple[object, ...]:
    shown: tuple[object, ...] = tuple(Thing(kind, index) for index in indices[:SHOWN])
    return shown if len(indices) <= SHOWN else (*shown, "…")
