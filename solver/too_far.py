"""A necessary condition of travel: between two things that somebody attends there can be the time for the way."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Sequence
from itertools import combinations

from solver.problem import Member, Problem
from solver.rules.clashes import AvoidClashes
from solver.rules.travel import AllowTravel
from solver.sentence import Sentence, Thing, sentence

Times = tuple[int, frozenset[int]]
"""Of an event the identity of its options, and those of them that are closed: equal ones for equal times."""


def too_far(
    problem: Problem, times: Sequence[Times], certain: Callable[[Member], bool], told: Collection[Thing]
) -> Iterator[Sentence]:
    """Find people who cannot get from one event to another, whatever the times of both; nobody is at both at once.

    Parameters
    ----------
    problem : Problem
    times : sequence of (int, frozenset of int)
        For each event which of its options are closed, after what tells them from others'.
    certain : callable
        Whether somebody attends an event whatever is chosen.
    told : collection of Thing
        Those of whom it is told already that they would be in two places at once.
    """
    known: dict[tuple[Times, Times, int, int], tuple[int, int] | None] = {}
    travelling, alone = (
        {r for rule in problem.rules if isinstance(rule, kind) and rule.required for r in rule.resources}
        for kind in (AllowTravel, AvoidClashes)
    )
    for r in sorted(travelling & alone):
        rows = [problem.attendances[a] for a in problem.attendances_of_resource[r]]
        sure = [row for row in rows if row.place >= 0 and certain(Member(row.event, row.given))]
        for one, other in combinations(sure, 2):
            if one.event == other.event or one.place == other.place or Thing("resource", r) in told:
                continue
            there, back = problem.travel[one.place][other.place], problem.travel[other.place][one.place]
            key = times[one.event], times[other.event], there, back
            if key not in known:
                known[key] = _best(
                    problem, (one.event, other.event), (times[one.event][1], times[other.event][1]), there, back
                )
            best = known[key]
            if best is not None:
                yield sentence(
                    "{resource} has at most {n} minute to get from {a} to {b} or back, and needs {needed}.",
                    plural="{resource} has at most {n} minutes to get from {a} to {b} or back, and needs {needed}.",
                    n=max(0, best[0]),
                    resource=Thing("resource", r),
                    a=Thing("event", one.event),
                    b=Thing("event", other.event),
                    needed=best[1],
                )


def _best(
    problem: Problem, events: tuple[int, int], closed: tuple[frozenset[int], frozenset[int]], there: int, back: int
) -> tuple[int, int] | None:
    """Return the minutes that there are and that are needed at the two events' best times, or None if they are enough."""
    ones, others = (
        [option.ticks for index, option in enumerate(problem.events[event].options) if index not in shut]
        for event, shut in zip(events, closed, strict=True)
    )
    axis, best = problem.axis, None
    for one in ones:
        for other in others:
            if not one or not other:
                return None
            gap, way = min(
                (
                    (axis.start[t] - axis.end[s], there) if s <= t else (axis.start[s] - axis.end[t], back)
                    for s in one
                    for t in other
                ),
                key=lambda pair: pair[0] - pair[1],
            )
            if gap >= way:
                return None
            if best is None or gap - way > best[0] - best[1]:
                best = gap, way
    return best
