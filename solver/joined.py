"""Events that required rows hold at one time are one event: the rows over a smaller problem, and the way back.

The local search moves one event at a time. Lessons of parallel groups that must begin together could only move through a
state in which they do not; as one event they move at once, and nothing is left to be kept.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import networkx as nx

from solver.problem import Assignment, Member, Problem
from solver.tables import Changes, Entry, Options, Pair, Tables

if TYPE_CHECKING:
    from solver.tables import Row


class Joined:
    """The rows of a problem over events of which each stands for all that are held when it is.

    Attributes
    ----------
    of : list of int
        For each event of the given problem the one that stands for it.
    stands_for : list of int
        For each event of the smaller problem the first of those that it stands for.
    tables : Tables
        The same entries in the same order, over the smaller problem.
    """

    def __init__(self, tables: Tables) -> None:
        problem = tables.problem
        graph: nx.Graph[int] = nx.Graph(pair for entry in tables.entries if (pair := _joins(tables, entry)))
        first = {event: min(block) for block in nx.connected_components(graph) for event in block}
        self.stands_for = [event for event in range(len(problem.events)) if first.get(event, event) == event]
        place = {event: index for index, event in enumerate(self.stands_for)}
        self.of = [place[first.get(event, event)] for event in range(len(problem.events))]
        self.tables = tables if not first else self._smaller(tables)

    def _smaller(self, tables: Tables) -> Tables:
        problem = tables.problem
        self._rosters: dict[int, tuple[Member, ...]] = {}
        smaller: Problem = replace(
            problem,
            events=tuple(problem.events[event] for event in self.stands_for),
            attendances=tuple(replace(row, event=self.of[row.event]) for row in problem.attendances),
            demands=tuple(replace(demand, event=self.of[demand.event]) for demand in problem.demands),
        )
        entries = [replace(entry, row=self._row(entry.row)) for entry in tables.entries]
        return _Smaller(tables, smaller, entries)

    def _row(self, row: Row) -> Row:
        if isinstance(row, Options):
            return replace(row, event=self.of[row.event])
        if isinstance(row, Pair):
            a, b = row.members
            return replace(row, members=(Member(self.of[a.event], a.given), Member(self.of[b.event], b.given)))
        if isinstance(row, Changes):
            return replace(row, by_place=tuple(map(self._roster, row.by_place)))
        return replace(row, members=self._roster(row.members))

    def _roster(self, members: tuple[Member, ...]) -> tuple[Member, ...]:
        """Tell members in the smaller problem, the same ones by the same tuple."""
        if id(members) not in self._rosters:
            self._rosters[id(members)] = tuple(Member(self.of[member.event], member.given) for member in members)
        return self._rosters[id(members)]

    def fold(self, assignment: Assignment) -> Assignment:
        """Tell an assignment of the given problem in the smaller one: by the first of those that an event stands for."""
        return replace(assignment, option=tuple(assignment.option[event] for event in self.stands_for))

    def unfold(self, assignment: Assignment) -> Assignment:
        """Tell an assignment of the smaller problem in the given one."""
        return replace(assignment, option=tuple(assignment.option[event] for event in self.of))


class _Smaller(Tables):
    """The same rows over fewer events; what they weigh is as it was."""

    def __init__(self, tables: Tables, problem: Problem, entries: list[Entry]) -> None:
        super().__init__(replace(problem, rules=()))
        self.problem, self.entries, self._whole = problem, entries, tables

    def weight(self, entry: Entry) -> int | None:
        return self._whole.weight(entry)


def _joins(tables: Tables, entry: Entry) -> tuple[int, int] | None:
    """Return the two events that a required row holds at one time, if it does: any two options of theirs but the same quarrel."""
    row = entry.row
    if not isinstance(row, Pair) or tables.weight(entry) is not None:
        return None
    (a, b), (first, second), events = row.members, row.classes, tables.problem.events
    if a.given is not None or b.given is not None or events[a.event].options is not events[b.event].options:
        return None
    if events[a.event].grid != events[b.event].grid or first != second or len(set(first)) < len(first):
        return None
    same = all((cost == 0) == (i == j) for i, line in enumerate(row.table) for j, cost in enumerate(line))
    return (a.event, b.event) if same else None
