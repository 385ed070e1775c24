"""What an assignment says in days and periods: the plain counting on which rules' checks stand."""

from __future__ import annotations

from collections.abc import Container, Iterable
from typing import Literal

from solver.problem import Assignment, Given, Grid, Problem, attended, holds
from solver.sentence import Sentence, sentence

Within = Literal["day", "week", "cycle"]
"""Over what a limit counts: each day, each week of the cycle, or the whole cycle."""


def buckets(grid: Grid, within: Within, days: tuple[int, ...] = ()) -> list[tuple[int, ...]]:
    """Return the days of each day, of each week or of the whole cycle; of `days` only, where given."""
    wanted = [day for day in range(grid.days) if not days or day in days]
    if within == "day":
        return [(day,) for day in wanted]
    if within == "cycle":
        return [tuple(wanted)]
    weeks: dict[int, list[int]] = {}
    for day in wanted:
        weeks.setdefault(grid.week[day], []).append(day)
    return [tuple(found) for _, found in sorted(weeks.items())]


def often(within: Within) -> Sentence:
    """Say over what a limit counts, as it stands after a number."""
    if within == "day":
        return sentence("a day")
    return sentence("a week") if within == "week" else sentence("in the cycle")


def concerns(problem: Problem, resource: int, touching: Container[int]) -> bool:
    """Whether the resource may attend one of the events."""
    return any(member.event in touching for member in problem.members_of_resource[resource])


def busy_periods(problem: Problem, assignment: Assignment, events: Iterable[int], grid: int) -> dict[int, list[int]]:
    """Return for each day of the grid on which one of the events meets the periods that they touch, ascending."""
    periods = problem.grids[grid].periods
    busy: dict[int, set[int]] = {}
    for event in events:
        for cell in problem.cells_of_options(event, grid)[assignment.option[event]]:
            busy.setdefault(cell // periods, set()).add(cell % periods)
    return {day: sorted(found) for day, found in sorted(busy.items())}


def own_periods(problem: Problem, assignment: Assignment, resource: int) -> dict[int, list[int]]:
    """Return for each day on which the resource attends something its busy periods, ascending, in its own grid."""
    return busy_periods(problem, assignment, attended(problem, assignment, resource), problem.resources[resource].grid)


def days_of_ticks(problem: Problem, grid: int) -> list[int]:
    """Return for each tick the day of the grid that it belongs to, or -1."""
    periods = problem.grids[grid].periods
    return [cell // periods if cell >= 0 else -1 for cell in problem.grids[grid].cell]


def shut_periods(problem: Problem, grid: int, ticks: frozenset[int]) -> frozenset[tuple[int, int]]:
    """Return (day, period) of those periods of the grid that have ticks, all of them among these."""
    if not ticks:
        return frozenset()
    periods = problem.grids[grid].periods
    ticks_of_cell: dict[int, list[int]] = {}
    for tick, cell in enumerate(problem.grids[grid].cell):
        ticks_of_cell.setdefault(cell, []).append(tick)
    return frozenset(
        divmod(cell, periods) for cell, own in ticks_of_cell.items() if cell >= 0 and all(tick in ticks for tick in own)
    )


def condition(problem: Problem, demand: int) -> Given | None:
    """Return the condition under which the demand is claimed."""
    attendance = problem.demands[demand].attendance
    return None if attendance is None else problem.attendances[attendance].given


def claimed(problem: Problem, assignment: Assignment, demand: int) -> bool:
    """Whether the demand is claimed: the event's own always, an attendance's where it takes place."""
    return holds(condition(problem, demand), assignment)


def shared_demands(problem: Problem) -> frozenset[int]:
    """Return the demands that may be in one unit together, as far as its seats reach: rules of shared units speak of them."""
    known: dict[str, frozenset[int]] = problem.derived.setdefault("shared", {})
    if "demands" not in known:
        told = (getattr(rule, "demands") for rule in problem.rules if rule.shared)  # noqa: B009 - every such rule has it
        known["demands"] = frozenset(d for demands in told for d in demands)
    return known["demands"]


def place_of(problem: Problem, assignment: Assignment, attendance: int) -> int:
    """Return the site where the attendance takes place: its own, else that of the unit given to the event itself, else -1."""
    place, event = problem.attendances[attendance].place, problem.attendances[attendance].event
    if place >= 0:
        return place
    own = [d for d in problem.demands_of_event[event] if problem.demands[d].attendance is None]
    places = [problem.units[assignment.unit[d]].place for d in own if assignment.unit[d] >= 0]
    return next((place for place in places if place >= 0), -1)


def days_of(problem: Problem, assignment: Assignment, event: int, grid: int) -> tuple[int, ...]:
    """Return the days of the grid on which the event meets, ascending."""
    return problem.days_of_options(event, grid)[assignment.option[event]]


def amounts_by_day(
    problem: Problem, assignment: Assignment, amounts: tuple[tuple[int, int], ...]
) -> dict[int, dict[int, int]]:
    """Return for each resource and each day of its grid the sum of the amounts of what it attends then."""
    found: dict[int, dict[int, int]] = {}
    for index, amount in amounts:
        attendance = problem.attendances[index]
        grid = problem.resources[attendance.resource].grid
        by_day = found.setdefault(attendance.resource, dict.fromkeys(range(problem.grids[grid].days), 0))
        if holds(attendance.given, assignment):
            for day in days_of(problem, assignment, attendance.event, grid):
                by_day[day] += amount
    return dict(sorted(found.items()))
