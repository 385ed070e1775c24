"""What follows what at once."""

from __future__ import annotations

from collections.abc import Container, Iterator
from dataclasses import dataclass
from itertools import pairwise

from solver.placements import shut_periods
from solver.problem import Assignment, Member, Problem
from solver.rules.rule import ALL, Deviation, Events, Rule, Ticks
from solver.sentence import Sentence, Thing, sentence
from solver.tables import Pair, Row


@dataclass(frozen=True, kw_only=True)
class FollowOn(Rule):
    """Each of these events is followed at once by the next (FET consecutive and grouped activities).

    All is counted by the first event's grid. The deviation is the number of neighbours in the list of which the second
    does not begin, on the same day, with the first period after the first that is not shut. What is not held is followed
    by anything.

    Attributes
    ----------
    either : bool
        Whether the second may come right before the first as well.
    shut : frozenset of int
        Periods all of whose ticks are among these may lie between: breaks.
    """

    events: Events
    either: bool = False
    shut: Ticks = frozenset()

    def say(self) -> Sentence:
        if self.either:
            return sentence("These events are held one right before or after another.")
        return sentence("Each of these events is followed at once by the next.")

    def tables(self, problem: Problem) -> Iterator[tuple[Thing, Row]]:
        if len(self.events) < 2:
            return
        grid = problem.events[self.events[0]].grid
        periods = problem.grids[grid].periods
        between = frozenset(day * periods + period for day, period in shut_periods(problem, grid, self.shut))
        for a, b in pairwise(self.events):
            cells = problem.cells_of_options(a, grid), problem.cells_of_options(b, grid)
            kinds = sorted(set(cells[0])), sorted(set(cells[1]))
            table = tuple(
                tuple(int(not self._adjoin(problem, grid, one, other, between)) for other in kinds[1])
                for one in kinds[0]
            )
            numbers = [{kind: index for index, kind in enumerate(found)} for found in kinds]
            classes = tuple(numbers[0][c] for c in cells[0]), tuple(numbers[1][c] for c in cells[1])
            if any(map(any, table)):
                yield Thing("event", a), Pair((Member(a), Member(b)), classes, table)

    def _adjoin(
        self, problem: Problem, grid: int, one: tuple[int, ...], other: tuple[int, ...], between: frozenset[int]
    ) -> bool:
        """Whether cells of one event are followed at once by those of the next."""
        if not one or not other:
            return True
        if self.either and other[0] < one[0]:
            one, other = other, one
        periods = problem.grids[grid].periods
        return (
            one[0] // periods == other[-1] // periods
            and one[-1] < other[0]
            and between.issuperset(range(one[-1] + 1, other[0]))
        )

    def check(self, problem: Problem, assignment: Assignment, touching: Container[int] = ALL) -> Iterator[Deviation]:
        if len(self.events) < 2:
            return
        grid = problem.grids[problem.events[self.events[0]].grid]
        for a, b in pairwise(self.events):
            if a not in touching and b not in touching:
                continue
            first, second = (
                sorted({grid.cell[tick] for tick in problem.events[e].options[assignment.option[e]].ticks} - {-1})
                for e in (a, b)
            )
            if not first or not second:
                continue
            if self.either and second[0] < first[0]:
                first, second = second, first
            open_between = [
                cell
                for cell in range(first[-1] + 1, second[0])
                if not any(grid.cell[tick] == cell for tick in self.shut)
                or any(at == cell and tick not in self.shut for tick, at in enumerate(grid.cell))
            ]
            one_day = first[0] // grid.periods == second[-1] // grid.periods
            if not one_day or second[0] <= first[-1] or open_between:
                yield Deviation(
                    1,
                    sentence("{a} is not followed at once by {b}.", a=Thing("event", a), b=Thing("event", b)),
                    Thing("event", a),
                )
