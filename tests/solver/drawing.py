"""Tiny problems, rules and assignments drawn at random, for properties that must hold for all of them.

Everything is drawn from a `Random`, which Hypothesis seeds (`seeds`): so a property meets hundreds of dense problems
in a second, where strategies all the way down would meet a few dozen sparse ones. What fails is tiny as it is.
"""

from __future__ import annotations

from collections.abc import Container, Sequence
from dataclasses import MISSING, fields, replace
from itertools import pairwise
from random import Random
from types import NoneType, UnionType
from typing import Any, Literal, TypeVar, Union, get_args, get_origin, get_type_hints

from hypothesis import strategies as st

from solver.placements import claimed, shared_demands
from solver.problem import (
    Assignment,
    Attendance,
    Axis,
    Choice,
    Demand,
    Event,
    Given,
    Grid,
    Option,
    Problem,
    Resource,
    Unit,
    ticks_of,
)
from solver.rules import Rule

T = TypeVar("T")

seeds = st.randoms(use_true_random=True)

# Two bells of one day, in minutes: lessons of 4 and of 6, so that the ticks between all their starts and ends are finer
# than either's periods, and some lie outside the other's.
_BELLS = (((0, 4), (5, 9), (10, 14), (14, 18), (19, 23), (24, 28)), ((2, 8), (9, 15), (15, 21)))


def draw_problem(rng: Random) -> Problem:
    """Draw 2 to 6 events over 1 or 2 weeks of 1 to 4 days, with mixed bells, choices and units, and no rules."""
    bells = [bell[: rng.randint(2, 6)] for bell in rng.choice([_BELLS[:1], _BELLS])]
    axis, grids = _time(rng.choice([1, 1, 2]), sorted(rng.sample(range(7), rng.choice([1, 1, 2, 3, 4]))), bells)
    events = _draw_events(rng, grids)
    resources = tuple(Resource(rng.randrange(len(grids))) for _ in range(rng.randint(1, 3)))
    choices = tuple(Choice(rng.randint(1, 3)) for _ in range(rng.randint(0, 3)))
    picked = [(c, k) for c, choice in enumerate(choices) for k in range(choice.alternatives)]
    attendances = tuple(
        Attendance(e, r, given, rng.choice([-1, -1, 0, 1, 2]))
        for e in range(len(events))
        for r in range(len(resources))
        for given in _draw_givens(rng, picked)
    )
    units = tuple(
        Unit(
            rng.randint(1, 3),
            frozenset(rng.sample(range(len(axis)), rng.choice([0, 0, 2]))),
            rng.randint(-1, 2),
            rng.choice([-1, 0, rng.randrange(4)]),
        )
        for _ in range(rng.randint(1, 4))
    )
    needs: list[tuple[int, int | None]] = [(e, None) for e in range(len(events)) for _ in range(rng.choice([1, 1, 2]))]
    if rng.random() < 0.5:
        needs += [(attendance.event, index) for index, attendance in enumerate(attendances)]
        needs = rng.sample(needs, min(len(needs), rng.randint(0, 5)))
    demands = tuple(
        Demand(
            event,
            tuple(_some(rng, range(len(units)), at_least=1)),
            attendance,
            rng.randint(1, 4),
            rng.random() < 0.2,
            tuple(rng.sample(range(len(needs)), rng.randint(0, min(2, len(needs))))),
        )
        for event, attendance in needs
    )
    travel = tuple(tuple(0 if a == b else rng.randint(0, 8) for b in range(3)) for a in range(3))
    return Problem(axis, grids, events, resources, attendances, choices, units, demands, travel)


def draw_parts(rng: Random, problem: Problem) -> tuple[Problem, tuple[int, ...]]:
    """Give two or three of the events parallel options, as parts of one thing have them; return which events."""
    parts = tuple(rng.sample(range(len(problem.events)), rng.randint(2, min(3, len(problem.events)))))
    events = list(problem.events)
    first = events[parts[0]].options
    for part in parts[1:]:
        times = [*_times(problem.grids[events[part].grid]), Option(())]
        options = rng.choice([first, tuple(rng.choice(times) for _ in first)])
        events[part] = replace(events[part], options=options)
    return replace(problem, events=tuple(events)), parts


def draw_rule(rng: Random, kind: type[Rule], problem: Problem, weight: int | None = None) -> Rule:
    """Draw a rule of this kind, each field by its annotation."""
    hints, kinds = get_type_hints(kind), kind.field_kinds()
    values: dict[str, Any] = {}
    for entry in fields(kind):
        if entry.name in ("weight", "ident"):
            continue
        selected = kinds.get(entry.name)
        if selected == "claims":
            values["claims"] = rng.choice([(), tuple(rng.randint(1, 3) for _ in values["demands"])])
        elif selected == "lengths":
            values["lengths"] = tuple(rng.randint(1, 3) for _ in values["demands"])
        elif selected == "prices":
            values["prices"] = tuple(rng.randint(0, 3) for _ in range(rng.randint(1, 4)))
        elif selected == "ticks":
            values[entry.name] = frozenset(_draw_ticks(rng, problem, optional=entry.default is not MISSING))
        elif selected is not None:
            values[entry.name] = tuple(_some(rng, _selectable(problem, selected)))
        else:
            values[entry.name] = _draw_parameter(rng, hints[entry.name])
    return kind(weight=weight, **values)


def draw_assignment(
    rng: Random,
    problem: Problem,
    like: Assignment | None = None,
    events: Container[int] = (),
    choices: Container[int] = (),
) -> Assignment:
    """Draw every decision, such that no unit is closed or does not serve, or is shared unless rules say that it may be.

    With `like`, other events than these keep their options and other choices their picks.
    """
    option = [
        rng.randrange(len(event.options)) if like is None or e in events else like.option[e]
        for e, event in enumerate(problem.events)
    ]
    pick = [
        rng.randrange(choice.alternatives) if like is None or c in choices else like.pick[c]
        for c, choice in enumerate(problem.choices)
    ]
    timed = Assignment(tuple(option), tuple(pick), (-1,) * len(problem.demands))
    taken: set[tuple[int, int]] = set()
    shared = shared_demands(problem)
    unit = []
    for d, demand in enumerate(problem.demands):
        ticks = ticks_of(problem, timed, demand.event)
        open_units = [
            u
            for u in demand.units
            if claimed(problem, timed, d)
            and (
                d in shared
                or (problem.units[u].closed.isdisjoint(ticks) and not any((u, tick) in taken for tick in ticks))
            )
        ]
        unit.append(rng.choice([*open_units, -1]))
        if d not in shared:
            taken.update((unit[-1], tick) for tick in ticks)
    return replace(timed, unit=tuple(unit))


def draw_some(rng: Random, size: int) -> frozenset[int]:
    """Draw some of so many indices."""
    return frozenset(_some(rng, range(size)))


def _some(rng: Random, items: Sequence[T], at_least: int = 0) -> list[T]:
    """Draw all of the items half of the time, otherwise some."""
    if rng.random() < 0.5:
        return list(items)
    chosen = set(rng.sample(range(len(items)), rng.randint(min(at_least, len(items)), len(items))))
    return [item for index, item in enumerate(items) if index in chosen]


def _time(weeks: int, weekdays: list[int], bells: list[tuple[tuple[int, int], ...]]) -> tuple[Axis, tuple[Grid, ...]]:
    days = len(weekdays)
    edges = sorted({minute for bell in bells for period in bell for minute in period})
    cuts = [
        (start, end)
        for start, end in pairwise(edges)
        if any(first <= start and end <= last for bell in bells for first, last in bell)
    ]
    length = edges[-1] + 1  # nights are short, so that little rest is common
    start = tuple(length * day + cut[0] for day in range(weeks * days) for cut in cuts)
    end = tuple(length * day + cut[1] for day in range(weeks * days) for cut in cuts)
    grids = []
    for bell in bells:
        period = [next((p for p, (a, b) in enumerate(bell) if a <= cut[0] and cut[1] <= b), -1) for cut in cuts]
        cell = tuple(-1 if p < 0 else day * len(bell) + p for day in range(weeks * days) for p in period)
        week = tuple(w for w in range(weeks) for _ in range(days))
        grids.append(Grid(len(bell), cell, week, tuple(weekdays) * weeks))
    return Axis(start, end), tuple(grids)


def _draw_events(rng: Random, grids: tuple[Grid, ...]) -> tuple[Event, ...]:
    events: list[Event] = []
    for _ in range(rng.randint(2, 6)):
        if events and rng.random() < 0.5:
            events.append(rng.choice(events))  # with the very same options
            continue
        grid = rng.randrange(len(grids))
        times = _times(grids[grid])
        options = rng.sample(times, rng.randint(1, min(4, len(times))))
        if rng.random() < 0.3:
            options[rng.randrange(len(options))] = Option(())
        events.append(Event(tuple(options), grid))
    return tuple(events)


def _times(grid: Grid) -> list[Option]:
    """Single and double lessons of one day or of its weekday in every week."""
    found: dict[Option, None] = {}
    for day in range(grid.days):
        alike = [other for other in range(grid.days) if grid.weekday[other] == grid.weekday[day]]
        for held in ([day], alike):
            for first in range(grid.periods):
                for length in (1, 2):
                    wanted = {d * grid.periods + p for d in held for p in range(first, first + length)}
                    if first + length <= grid.periods:
                        found[Option(tuple(t for t, cell in enumerate(grid.cell) if cell in wanted))] = None
    return list(found)


def _draw_givens(rng: Random, picked: Sequence[Given]) -> list[Given | None]:
    """Draw under which conditions somebody attends an event: never, always, or under one or two."""
    conditions = [None, *picked]
    some = rng.sample(conditions, min(rng.choice([1, 1, 2]), len(conditions)))
    return rng.choice([[], [None], some])


def _draw_ticks(rng: Random, problem: Problem, *, optional: bool) -> list[int]:
    """Draw any ticks; where there may be none, often none and otherwise those of some whole periods."""
    ticks = range(len(problem.axis))
    if not optional:
        return _some(rng, ticks)
    cell = rng.choice(problem.grids).cell
    periods = rng.sample(sorted(set(cell)), rng.choice([0, 1, 2]) if len(set(cell)) > 1 else 0)
    return [tick for tick in ticks if cell[tick] in periods]


def _selectable(problem: Problem, kind: str) -> Sequence[Any]:
    match kind:
        case "events" | "resources" | "choices" | "demands" | "units":
            return range(len(getattr(problem, kind)))
        case "days":
            return range(problem.grids[0].days)
        case "amounts":
            return [(a, 1 + a % 3) for a in range(len(problem.attendances))]
        case "options of events":
            return [(e, o) for e, event in enumerate(problem.events) for o in range(len(event.options))]
        case "picks":
            return [(c, k) for c, choice in enumerate(problem.choices) for k in range(choice.alternatives)]
        case "prices of ticks":
            return [(t, 1 + t % 3) for t in range(len(problem.axis))]
        case "prices of units":
            return [(u, 1 + u % 3) for u in range(len(problem.units))]
        case "units of demands":
            return [(d, u) for d in range(len(problem.demands)) for u in range(len(problem.units))]
    raise ValueError(f"Nothing is known of how to draw {kind}.")


def _draw_parameter(rng: Random, hint: Any) -> Any:
    if hint is NoneType:
        return None
    if hint is bool:
        return rng.random() < 0.5
    if hint is int:
        return rng.choice([0, 0, 0, 1, 1, 2, 3, 4])
    if get_origin(hint) is Literal:
        return rng.choice(get_args(hint))
    if get_origin(hint) in (Union, UnionType):
        return _draw_parameter(rng, rng.choice(get_args(hint)))
    raise ValueError(f"Nothing is known of how to draw {hint}.")
