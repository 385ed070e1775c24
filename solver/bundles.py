"""Events that required rules let begin at one time, as bundles, and all the times at which each can be held."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

import networkx as nx

from solver.problem import Problem
from solver.rules.order import SameTime
from solver.rules.parts import HoldAsOne


@dataclass(frozen=True)
class Bundle:
    """Events that begin at one time: the parts of an exam, exams that are held together; or an event by itself.

    Attributes
    ----------
    times : tuple of mapping of int to int
        All the times at which it can be held: for each of its events the option.
    """

    events: tuple[int, ...]
    times: tuple[Mapping[int, int], ...]

    def ticks(self, problem: Problem, time: Mapping[int, int]) -> dict[int, list[int]]:
        """Return for each tick of one of its times, ascending, which of its events are held then."""
        held: dict[int, list[int]] = defaultdict(list)
        for event, option in time.items():
            for tick in problem.events[event].options[option].ticks:
                held[tick].append(event)
        return dict(sorted(held.items()))


def bundles(problem: Problem, closed: Sequence[Collection[int]]) -> Iterator[Bundle]:
    """Yield every event in one bundle; what need not be held at all is left out.

    Parameters
    ----------
    problem : Problem
    closed : sequence of collection of int
        For each event the options at which it cannot be held.
    """
    blocks: nx.Graph[int] = nx.Graph()
    blocks.add_nodes_from(range(len(problem.events)))
    for rule in problem.rules:
        if isinstance(rule, HoldAsOne) and rule.required:
            blocks.add_edges_from(pairwise(rule.events))
    as_one = [tuple(sorted(block)) for block in nx.connected_components(blocks)]
    of = {event: number for number, block in enumerate(as_one) for event in block}
    joined: nx.Graph[int] = nx.Graph()
    joined.add_nodes_from(range(len(as_one)))
    for rule in problem.rules:
        if isinstance(rule, SameTime) and rule.required and rule.of == "start":
            joined.add_edges_from(
                (of[a], of[b])
                for a, b in pairwise(rule.events)
                if all(_leads(problem, as_one[of[e]], e) for e in (a, b))
            )
    for numbers in nx.connected_components(joined):
        yield from _bundle(problem, [as_one[number] for number in sorted(numbers)], closed)


def _starts(problem: Problem, event: int) -> tuple[int, ...]:
    """Return the first tick of each option, -1 where the event is not held."""
    return tuple(min(option.ticks, default=-1) for option in problem.events[event].options)


def _leads(problem: Problem, block: tuple[int, ...], event: int) -> bool:
    """Whether an event is always held and begins with the block that it is part of, and its beginning tells its option."""
    starts = _starts(problem, event)
    return starts == _starts(problem, block[0]) and len(set(starts)) == len(starts) and -1 not in starts


def _bundle(problem: Problem, blocks: Sequence[tuple[int, ...]], closed: Sequence[Collection[int]]) -> Iterator[Bundle]:
    by_start: list[dict[int, int]] = []
    for block in blocks:
        shut = frozenset[int]().union(*(closed[event] for event in block))
        starts = list(enumerate(_starts(problem, block[0])))[
            : min(len(problem.events[event].options) for event in block)
        ]
        if len(blocks) == 1:
            by_start.append({option: option for option, _ in starts if option not in shut})
        else:
            by_start.append({start: option for option, start in starts if option not in shut})
    common = sorted(set(by_start[0]).intersection(*by_start[1:]))
    times = tuple(
        {event: options[start] for block, options in zip(blocks, by_start, strict=True) for event in block}
        for start in common
    )
    if all(problem.events[event].options[option].ticks for time in times for event, option in time.items()):
        yield Bundle(tuple(event for block in blocks for event in block), times)
