"""Days without holes."""

from __future__ import annotations

from collections.abc import Container, Iterator
from dataclasses import dataclass

from solver.measures import Lone
from solver.problem import Assignment, Problem, attended
from solver.rules.rule import ALL, Deviation, Resources, Rule
from solver.sentence import Sentence, Thing, sentence
from solver.tables import Profile, Row


def busy_periods(problem: Problem, assignment: Assignment, resource: int) -> dict[int, list[int]]:
    """Return for each day on which the resource attends something its busy periods, ascending, in its own grid."""
    grid = problem.resources[resource].grid
    periods = problem.grids[grid].periods
    busy: dict[int, set[int]] = {}
    for event in attended(problem, assignment, resource):
        for cell in problem.cells_of_options(event, grid)[assignment.option[event]]:
            busy.setdefault(cell // periods, set()).add(cell % periods)
    return {day: sorted(found) for day, found in sorted(busy.items())}


@dataclass(frozen=True, kw_only=True)
class CompactCurricula(Rule):
    """Every lesson of a curriculum has another right before or after it (ITC-2007 track 3 CurriculumCompactness).

    The deviation is the number of busy periods with a free one, or the day's edge, on either side.
    """

    resources: Resources

    def say(self) -> Sentence:
        return sentence("Every lesson of a curriculum has another right before or after it.")

    def tables(self, problem: Problem) -> Iterator[tuple[Thing, Row]]:
        for r in self.resources:
            grid = problem.resources[r].grid
            for day in range(problem.grids[grid].days):
                yield Thing("resource", r), Profile(problem.members_of_resource[r], grid, (day,), Lone(), most=0)

    def check(
        self, problem: Problem, assignment: Assignment, touching: Container[int] = ALL
    ) -> Iterator[Deviation]:
        for r in self.resources:
            if not any(member.event in touching for member in problem.members_of_resource[r]):
                continue
            for day, busy in busy_periods(problem, assignment, r).items():
                lone = [p for p in busy if p - 1 not in busy and p + 1 not in busy]
                if lone:
                    yield Deviation(
                        len(lone),
                        sentence(
                            "{resource} has {n} lesson on {day} with nothing right before or after it.",
                            plural="{resource} has {n} lessons on {day} with nothing right before or after them.",
                            n=len(lone),
                            resource=Thing("resource", r),
                            day=Thing("day", day),
                        ),
                        Thing("resource", r),
                    )
