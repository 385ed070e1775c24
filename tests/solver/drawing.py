"""Tiny problems, rules and assignments drawn at random, for properties that must hold for all of them."""

from __future__ import annotations

from collections.abc import Container, Sized
from dataclasses import fields, replace
from itertools import pairwise
from types import UnionType
from typing import Any, Literal, TypeVar, Union, get_args, get_origin, get_type_hints

from hypothesis import strategies as st

from solver.placements import claimed
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

# Two bells of one day, in minutes: lessons of 4 and of 6, so that the ticks between all their starts and ends are finer
# than either's periods, and some lie outside the other's.
_BELLS = (((0, 4), (5, 9), (10, 14), (14, 18)), ((2, 8), (9, 15), (15, 21)))
_DAY = 24  # from one day's first minute to the next one's


def _some(items: list[T], at_least: int = 0, at_most: int | None = None) -> st.SearchStrategy[list[T]]:
    if not items:
        return st.just([])
    return st.lists(st.sampled_from(items), unique=True, min_size=at_least, max_size=at_most)


@st.composite
def problems(draw: st.DrawFn) -> Problem:
    """Draw 2 to 6 events over 1 or 2 weeks of 2 to 4 days, with mixed bells, choices and units, and no rules."""
    weeks, days, periods = draw(st.integers(1, 2)), draw(st.integers(2, 4)), draw(st.integers(2, 4))
    bells = [bell[:periods] for bell in draw(st.sampled_from([_BELLS[:1], _BELLS]))]
    axis, grids = _time(weeks, days, bells)
    events = draw(_events(grids))
    resources = tuple(Resource(draw(st.integers(0, len(grids) - 1))) for _ in range(draw(st.integers(1, 3))))
    choices = tuple(Choice(draw(st.integers(1, 3))) for _ in range(draw(st.integers(0, 2))))
    given: list[Given | None] = [None, *((c, k) for c, found in enumerate(choices) for k in range(found.alternatives))]
    attends = _some([(e, r, g) for e in range(len(events)) for r in range(len(resources)) for g in given], 1, 8)
    attendances = tuple(Attendance(*found, draw(st.integers(-1, 1))) for found in draw(attends))
    ticks = st.frozensets(st.integers(0, len(axis) - 1), max_size=3)
    units = tuple(Unit(draw(st.integers(1, 3)), draw(ticks)) for _ in range(draw(st.integers(1, 3))))
    needs: list[tuple[int, int | None]] = [(e, None) for e in range(len(events))]
    needs += [(attendance.event, index) for index, attendance in enumerate(attendances)]
    demands = tuple(
        Demand(event, tuple(sorted(draw(_some(list(range(len(units))), 1)))), attendance, draw(st.integers(1, 4)))
        for event, attendance in draw(_some(needs, 0, 4))
    )
    there, back = draw(st.integers(0, 8)), draw(st.integers(0, 8))
    travel = ((0, there), (back, 0))
    return Problem(axis, grids, events, resources, attendances, choices, units, demands, travel)


def _time(weeks: int, days: int, bells: list[tuple[tuple[int, int], ...]]) -> tuple[Axis, tuple[Grid, ...]]:
    edges = sorted({minute for bell in bells for period in bell for minute in period})
    cuts = [
        (start, end)
        for start, end in pairwise(edges)
        if any(first <= start and end <= last for bell in bells for first, last in bell)
    ]
    start = tuple(_DAY * day + cut[0] for day in range(weeks * days) for cut in cuts)
    end = tuple(_DAY * day + cut[1] for day in range(weeks * days) for cut in cuts)
    grids = []
    for bell in bells:
        period = [next((p for p, (a, b) in enumerate(bell) if a <= cut[0] and cut[1] <= b), -1) for cut in cuts]
        cell = tuple(-1 if p < 0 else day * len(bell) + p for day in range(weeks * days) for p in period)
        week = tuple(w for w in range(weeks) for _ in range(days))
        grids.append(Grid(len(bell), cell, week, tuple(range(days)) * weeks))
    return Axis(start, end), tuple(grids)


@st.composite
def _events(draw: st.DrawFn, grids: tuple[Grid, ...]) -> tuple[Event, ...]:
    events: list[Event] = []
    for _ in range(draw(st.integers(2, 6))):
        again: bool = draw(st.booleans())
        if events and again:
            events.append(events[-1])
            continue
        grid = draw(st.integers(0, len(grids) - 1))
        events.append(Event(tuple(draw(_some(_times(grids[grid]), 1, 4))), grid))
    return tuple(events)


def _times(grid: Grid) -> list[Option]:
    """Single and double lessons of one day or of its weekday in every week, and not to be held."""
    found = [Option(())]
    last = max(grid.week)
    for day in range(grid.days):
        alike = [other for other in range(grid.days) if grid.weekday[other] == grid.weekday[day]]
        for held in ([day], alike) if last else ([day],):
            for first in range(grid.periods):
                for length in (1, 2):
                    wanted = {d * grid.periods + p for d in held for p in range(first, first + length)}
                    if first + length <= grid.periods:
                        found.append(Option(tuple(t for t, cell in enumerate(grid.cell) if cell in wanted)))
    return list(dict.fromkeys(found))


@st.composite
def rules(draw: st.DrawFn, kind: type[Rule], problem: Problem, weight: int | None = None) -> Rule:
    """Draw a rule of this kind, each field by its annotation."""
    hints, kinds = get_type_hints(kind), kind.field_kinds()
    values: dict[str, Any] = {}
    for entry in fields(kind):
        if entry.name in ("weight", "ident"):
            continue
        selected = kinds.get(entry.name)
        if selected == "claims":
            size = len(values["demands"])
            values["claims"] = draw(st.just(()) | st.tuples(*[st.integers(1, 3)] * size))
        elif selected == "ticks":
            values[entry.name] = draw(st.frozensets(st.integers(0, len(problem.axis) - 1)))
        elif selected is not None:
            values[entry.name] = tuple(draw(_some(_selectable(problem, selected))))
        else:
            values[entry.name] = draw(_parameter(hints[entry.name]))
    return kind(weight=weight, **values)


def _selectable(problem: Problem, kind: str) -> list[Any]:
    match kind:
        case "events" | "resources" | "choices" | "demands" | "units":
            return list(range(len(getattr(problem, kind))))
        case "days":
            return list(range(problem.grids[0].days))
        case "amounts":
            return [(a, 1 + a % 3) for a in range(len(problem.attendances))]
        case "options of events":
            return [(e, o) for e, event in enumerate(problem.events) for o in range(len(event.options))]
        case "picks":
            return [(c, k) for c, choice in enumerate(problem.choices) for k in range(choice.alternatives)]
        case "units of demands":
            return [(d, u) for d in range(len(problem.demands)) for u in range(len(problem.units))]
    raise ValueError(f"Nothing is known of how to draw {kind}.")


def _parameter(hint: Any) -> st.SearchStrategy[Any]:
    if hint is bool:
        return st.booleans()
    if hint is int:
        return st.integers(0, 4)
    if get_origin(hint) is Literal:
        return st.sampled_from(get_args(hint))
    if get_origin(hint) in (Union, UnionType):
        return st.one_of([_parameter(part) for part in get_args(hint)])
    if hint is type(None):
        return st.none()
    raise ValueError(f"Nothing is known of how to draw {hint}.")


@st.composite
def assignments(
    draw: st.DrawFn,
    problem: Problem,
    like: Assignment | None = None,
    events: Container[int] = (),
    choices: Container[int] = (),
) -> Assignment:
    """Draw every decision, such that no unit is shared, closed or does not serve.

    With `like`, other events than these keep their options and other choices their picks.
    """
    options = [
        st.integers(0, len(event.options) - 1) if like is None or e in events else st.just(like.option[e])
        for e, event in enumerate(problem.events)
    ]
    picks = [
        st.integers(0, choice.alternatives - 1) if like is None or c in choices else st.just(like.pick[c])
        for c, choice in enumerate(problem.choices)
    ]
    timed = Assignment(draw(st.tuples(*options)), draw(st.tuples(*picks)), (-1,) * len(problem.demands))
    taken: set[tuple[int, int]] = set()
    unit = []
    for d, demand in enumerate(problem.demands):
        ticks = ticks_of(problem, timed, demand.event)
        open_units = [
            u
            for u in demand.units
            if claimed(problem, timed, d)
            and problem.units[u].closed.isdisjoint(ticks)
            and not any((u, tick) in taken for tick in ticks)
        ]
        unit.append(draw(st.sampled_from([*open_units, -1])))
        taken.update((unit[-1], tick) for tick in ticks)
    return replace(timed, unit=tuple(unit))


def subsets(items: Sized) -> st.SearchStrategy[frozenset[int]]:
    """Draw some of the indices of these things."""
    return st.frozensets(st.integers(0, len(items) - 1)) if len(items) else st.just(frozenset())
