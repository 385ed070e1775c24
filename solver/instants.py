"""At which ticks it is enough to look whether events are held at once: those at which one of them may begin.

Where many instants exist, a long exam covers many ticks at which nothing of somebody's else begins. Events that share such a
tick share the one before it as well, and so on back to a beginning.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from solver.problem import Option, Problem


def beginnings(problem: Problem, events: Iterable[int]) -> frozenset[int] | None:
    """Return the ticks at which some option of the events begins, or goes on after a break; None if others need no leaving out.

    Every tick that two of their options share has such a one before it, or is one, which they share too.
    """
    known: dict[frozenset[int], frozenset[int] | None] = problem.derived.setdefault("beginnings", {})
    lists = {id(options): options for options in (problem.events[event].options for event in events)}
    key = frozenset(lists)
    if key not in known:
        begun = frozenset[int]().union(*(_begun(problem, options) for options in lists.values()))
        covered = frozenset[int]().union(*(_covered(problem, options) for options in lists.values()))
        known[key] = None if begun == covered else begun
    return known[key]


def _begun(problem: Problem, options: tuple[Option, ...]) -> frozenset[int]:
    known: dict[int, frozenset[int]] = problem.derived.setdefault("begun", {})
    if id(options) not in known:
        known[id(options)] = frozenset(
            tick
            for option in options
            for before, tick in zip((-2, *option.ticks), option.ticks, strict=False)
            if before + 1 != tick
        )
    return known[id(options)]


def _covered(problem: Problem, options: tuple[Option, ...]) -> frozenset[int]:
    known: dict[int, frozenset[int]] = problem.derived.setdefault("covered", {})
    if id(options) not in known:
        known[id(options)] = frozenset(tick for option in options for tick in option.ticks)
    return known[id(options)]
