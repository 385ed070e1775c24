"""Events that required rows hold as one: each of them takes the option of the same number.

Lessons of parallel groups that begin together, the parts of an exam that last longer for some than for others: the local
search moves one event at a time, so that they could only move through a state in which they are apart. As one event they
move at once, and nothing is left to be kept; the model gives them the same literals.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import networkx as nx


class Joined:
    """Which events are one.

    Parameters
    ----------
    events : int
        How many events there are.
    pairs : iterable of (int, int)
        Events that take the option of the same number.

    Attributes
    ----------
    of : list of int
        For each event the number of the one that it is part of.
    parts : list of tuple of int
        For each of those, in the order of their first parts, the events that are its parts, ascending.
    """

    def __init__(self, events: int, pairs: Iterable[tuple[int, int]]) -> None:
        graph: nx.Graph[int] = nx.Graph(pairs)
        whole = {min(block): tuple(sorted(block)) for block in nx.connected_components(graph)}
        first = {event: block[0] for block in whole.values() for event in block}
        self.parts = [whole.get(event, (event,)) for event in range(events) if first.get(event, event) == event]
        self.of = [0] * events
        for number, parts in enumerate(self.parts):
            for event in parts:
                self.of[event] = number

    def fold(self, option: Sequence[int]) -> tuple[int, ...]:
        """Tell the options of all events by those of the first parts."""
        return tuple(option[parts[0]] for parts in self.parts)

    def unfold(self, option: Sequence[int]) -> tuple[int, ...]:
        """Tell the options of what is one as those of all events."""
        return tuple(option[number] for number in self.of)
