"""The kernel of the local search at hand before it is needed: half a minute where it has to be compiled, once on a machine.

``python -m solver.warm`` compiles it and leaves it in numba's cache.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cache

from numba.core.event import Event as Happening
from numba.core.event import Listener, install_listener

from solver.anneal import STEPS, anneal
from solver.measures import Gaps
from solver.problem import Axis, Choice, Demand, Event, Grid, Member, Option, Problem, Unit
from solver.sentence import Thing
from solver.tables import Cells, Changes, Entry, Kinds, Options, Pair, Profile, Row, Spread, Sum, Tables


class _Toy(Tables):
    """A row of each shape over two lessons, to compile the kernel on."""

    def __init__(self, capacity: int) -> None:
        options = tuple(Option((tick,)) for tick in range(4))
        grid = Grid(2, (0, 1, 2, 3), (0, 0), (0, 1))
        events = (Event(options), Event(options))
        super().__init__(Problem(Axis((0, 1, 2, 3), (1, 2, 3, 4)), (grid,), events, choices=(Choice(2),)))
        members = (Member(0), Member(1, (0, 1)))
        line = (0, 1, 2, 3)
        rows: list[Row] = [
            Cells(members, (1, 1), (capacity,) * 4),
            Profile(members, 0, (0, 1), Gaps(), most=0),
            Changes((members[:1], members[1:]), 0, (0, 1), most=0),
            Sum(members, (1, 1), 0, (0,), most=1),
            Spread(members, (1, 1), 0, ((0,), (1,)), most=0),
            Pair((members[0], members[1]), (line, line), ((1, 0, 1, 1),) * 4),
            Options(1, (1, 0, 1, 1), (0, 1)),
        ]
        self.entries = [Entry(number, Thing("row", number), row) for number, row in enumerate(rows)]

    def weight(self, entry: Entry) -> int | None:
        return None if isinstance(entry.row, Cells) else 1


class _Session(Tables):
    """Two exams that share a room, to compile what images that reckon need."""

    def __init__(self, seats: int) -> None:
        options = tuple(Option((tick,)) for tick in range(4))
        events = (Event(options), Event(options))
        units = (Unit(seats), Unit(seats))
        demands = (Demand(0, (0, 1)), Demand(1, (0, 1)))
        super().__init__(Problem(Axis((0, 1, 2, 3), (1, 2, 3, 4)), (), events, units=units, demands=demands))
        there = (Member(0, (~0, 0)), Member(1, (~1, 0)))
        line = (0, 1, 2, 3)
        rows: list[Row] = [
            Cells(there, (1, 1), (seats,) * 4),
            Kinds(there, (0, 1)),
            Pair((Member(0), Member(1)), (line, line), ((1, 0, 1, 1),) * 4),
            Options(1, (1, 0, 1, 1), (~1, 1)),
            Options(1, (1, 2, 1, 1)),
        ]
        self.entries = [Entry(number, Thing("row", number), row) for number, row in enumerate(rows)]

    def weight(self, entry: Entry) -> int | None:
        return None if isinstance(entry.row, Cells) else 1


@cache
def _compile_kernel() -> None:
    for toy, session in ((_Toy(capacity=0), _Session(seats=0)), (_Toy(capacity=1), _Session(seats=1))):
        for tables in (toy, session):
            anneal(tables, seed=0, moves=10 * STEPS, target="cost")


def compile_kernel(compiling: Callable[[], None] = lambda: None) -> None:
    """Have all of the kernel that an annealing needs at hand in this process: from numba's cache, or else compiled.

    Parameters
    ----------
    compiling : callable
        Called once where it has to be compiled, before that begins: it takes half a minute.
    """
    with install_listener("numba:compile", _Once(compiling)):
        _compile_kernel()


class _Once(Listener):  # type: ignore[misc]  # numba has no types
    """Tells that something begins, the first time only."""

    def __init__(self, tell: Callable[[], None]) -> None:
        self._tell = [tell]

    def on_start(self, event: Happening) -> None:  # noqa: ARG002
        while self._tell:
            self._tell.pop()()

    def on_end(self, event: Happening) -> None:
        pass


if __name__ == "__main__":
    compile_kernel()
