"""How a person's exams are spread over the periods of a session, and which exams come late (ITC-2007 track 1)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Container, Hashable, Iterable, Iterator
from dataclasses import dataclass, replace
from functools import partial
from itertools import combinations

from solver.pairs import shared_pairs
from solver.problem import Assignment, Problem, holds, ticks_of
from solver.rules.rule import ALL, Deviation, Events, Prices, PricesOfTicks, Resources, Rule
from solver.sentence import Sentence, Thing, sentence
from solver.tables import Between, Options, Row

Span = tuple[int, int, int, int]
"""First and last period of an exam, counted through the session, and their days."""

Cost = Callable[[Span, Span], int]


@dataclass(frozen=True, kw_only=True)
class AvoidTwoInRow(Rule):
    """Nobody has two exams in consecutive periods of one day (ITC-2007 track 1 TwoInARow).

    The deviation is the number of pairs of a person's exams of which one begins in the period after the other's last.
    """

    resources: Resources

    def say(self) -> Sentence:
        return sentence("Nobody has two exams in consecutive periods of one day.")

    def tables(self, problem: Problem) -> Iterator[tuple[Thing, Row]]:
        yield from _rows(problem, self.resources, _in_a_row, type(self))

    def check(self, problem: Problem, assignment: Assignment, touching: Container[int] = ALL) -> Iterator[Deviation]:
        for a, b, people, _ in _found(problem, assignment, touching, self.resources, _in_a_row):
            said = sentence(
                "{n} person has {a} and {b} one straight after the other.",
                plural="{n} people have {a} and {b} one straight after the other.",
                n=people,
                a=Thing("event", a),
                b=Thing("event", b),
            )
            yield Deviation(people, said, Thing("event", a))


@dataclass(frozen=True, kw_only=True)
class AvoidTwoInDay(Rule):
    """Nobody has two exams on one day with a period or more between them (ITC-2007 track 1 TwoInADay).

    The deviation is the number of such pairs of a person's exams; those in consecutive periods are left to AvoidTwoInRow.
    """

    resources: Resources

    def say(self) -> Sentence:
        return sentence("Nobody has two exams on one day with a period or more between them.")

    def tables(self, problem: Problem) -> Iterator[tuple[Thing, Row]]:
        yield from _rows(problem, self.resources, _in_a_day, type(self))

    def check(self, problem: Problem, assignment: Assignment, touching: Container[int] = ALL) -> Iterator[Deviation]:
        for a, b, people, _ in _found(problem, assignment, touching, self.resources, _in_a_day):
            said = sentence(
                "{n} person has {a} and {b} on one day.",
                plural="{n} people have {a} and {b} on one day.",
                n=people,
                a=Thing("event", a),
                b=Thing("event", b),
            )
            yield Deviation(people, said, Thing("event", a))


@dataclass(frozen=True, kw_only=True)
class SpreadExams(Rule):
    """A person's exams lie some periods apart (ITC-2007 track 1 PeriodSpread, Carter's proximity cost).

    The deviation is the sum, over the pairs of a person's exams, of the price of the distance from the end of the one to
    the beginning of the other: 1 where it begins in the very next period, of this day or the next.

    Attributes
    ----------
    prices : tuple of int
        Price of distance 1, of distance 2 and so on; a 1 for each of n periods is ITC-2007's, 16 8 4 2 1 is Carter's.
    """

    resources: Resources
    prices: Prices

    def say(self) -> Sentence:
        return sentence(
            "A person's exams lie more than {n} period apart.",
            plural="A person's exams lie more than {n} periods apart.",
            n=len(self.prices),
        )

    def tables(self, problem: Problem) -> Iterator[tuple[Thing, Row]]:
        yield from _rows(problem, self.resources, partial(_too_near, self.prices), (type(self), self.prices))

    def check(self, problem: Problem, assignment: Assignment, touching: Container[int] = ALL) -> Iterator[Deviation]:
        near = partial(_too_near, self.prices)
        for a, b, people, price in _found(problem, assignment, touching, self.resources, near):
            said = sentence(
                "{n} person has {a} and {b} at most {apart} periods apart, which counts {price} for each.",
                plural="{n} people have {a} and {b} at most {apart} periods apart, which counts {price} for each.",
                n=people,
                a=Thing("event", a),
                b=Thing("event", b),
                apart=len(self.prices),
                price=price,
            )
            yield Deviation(people * price, said, Thing("event", a))


@dataclass(frozen=True, kw_only=True)
class FrontLoad(Rule):
    """The largest exams do not begin in the last periods of the session (ITC-2007 track 1 FrontLoad).

    The deviation is the number of those that do. How large an exam is is told by its attendances; of two of one size
    the one listed first is the larger.

    Attributes
    ----------
    largest : int
        How many of the events are meant.
    last : int
        How many periods, at the end of the event's grid.
    """

    events: Events
    largest: int
    last: int

    def say(self) -> Sentence:
        return sentence(
            "The {largest} largest exams do not begin in the last period of the session.",
            plural="The {largest} largest exams do not begin in the last {n} periods of the session.",
            n=self.last,
            largest=self.largest,
        )

    def _meant(self, problem: Problem) -> list[int]:
        return sorted(self.events, key=lambda event: -len(problem.attendances_of_event[event]))[: self.largest]

    def tables(self, problem: Problem) -> Iterator[tuple[Thing, Row]]:
        known: dict[int, tuple[int, ...]] = {}
        for event in self._meant(problem):
            options = problem.events[event].options
            late = known.get(id(options))
            if late is None:
                late = tuple(int(self._is_late(problem, event, option.ticks)) for option in options)
                known[id(options)] = late
            if any(late):
                yield Thing("event", event), Options(event, late)

    def _is_late(self, problem: Problem, event: int, ticks: tuple[int, ...]) -> bool:
        periods = _periods(problem, problem.events[event].grid)
        return bool(ticks) and periods[ticks[0]] >= max(0, max(periods) + 1 - self.last)

    def check(self, problem: Problem, assignment: Assignment, touching: Container[int] = ALL) -> Iterator[Deviation]:
        for event in self._meant(problem):
            held = ticks_of(problem, assignment, event)
            if event in touching and self._is_late(problem, event, held):
                said = sentence(
                    "{event} is one of the largest exams and begins late, at {tick}.",
                    event=Thing("event", event),
                    tick=Thing("tick", held[0]),
                )
                yield Deviation(1, said, Thing("event", event))


@dataclass(frozen=True, kw_only=True)
class PricePeriods(Rule):
    """Each exam pays the price of the period in which it begins (ITC-2007 track 1 PeriodPenalty).

    The deviation of an event is the price of its first tick, 0 where none is told.
    """

    events: Events
    prices: PricesOfTicks

    def say(self) -> Sentence:
        return sentence("Each exam pays the price of the period in which it begins.")

    def tables(self, problem: Problem) -> Iterator[tuple[Thing, Row]]:
        price = dict(self.prices)
        known: dict[int, tuple[int, ...]] = {}
        for event in self.events:
            options = problem.events[event].options
            costs = known.get(id(options))
            if costs is None:
                costs = tuple(price.get(option.ticks[0], 0) if option.ticks else 0 for option in options)
                known[id(options)] = costs
            if any(costs):
                yield Thing("event", event), Options(event, costs)

    def check(self, problem: Problem, assignment: Assignment, touching: Container[int] = ALL) -> Iterator[Deviation]:
        price = dict(self.prices)
        for event in self.events:
            held = ticks_of(problem, assignment, event)
            if event in touching and held and price.get(held[0], 0):
                said = sentence(
                    "{event} begins at {tick}, which counts {price}.",
                    event=Thing("event", event),
                    tick=Thing("tick", held[0]),
                    price=price[held[0]],
                )
                yield Deviation(price[held[0]], said, Thing("event", event))


# --- pairs of a person's exams --------------------------------------------------------------------------------------


def _rows(problem: Problem, resources: Resources, cost: Cost, name: Hashable) -> Iterator[tuple[Thing, Row]]:
    """Yield a row for each pair of exams that somebody attends, counted as often as there are people who do."""
    for grid, pairs in shared_pairs(problem, resources).items():
        between = Between(problem, partial(_spans, problem, grid), partial(_priced, cost), (name, grid))
        for (a, b), people in pairs.items():
            for row in between.rows([(a, b)]):
                yield Thing("event", a.event), replace(row, scale=people)


def _found(
    problem: Problem, assignment: Assignment, touching: Container[int], resources: Iterable[int], cost: Cost
) -> Iterator[tuple[int, int, int, int]]:
    """Yield the pairs of exams that cost something: both exams, how many people attend both, the cost for each of them."""
    attended: dict[int, Counter[tuple[int, int]]] = {}
    for r in resources:
        held = sorted(m.event for m in problem.members_of_resource[r] if m.given is None or holds(m.given, assignment))
        attended.setdefault(problem.resources[r].grid, Counter()).update(combinations(held, 2))
    for grid, pairs in sorted(attended.items()):
        spans = [_span(problem, grid, ticks_of(problem, assignment, event)) for event in range(len(problem.events))]
        for (a, b), people in sorted(pairs.items()):
            if a != b and (a in touching or b in touching) and (price := _priced(cost, spans[a], spans[b])):
                yield a, b, people, price


def _spans(problem: Problem, grid: int, event: int) -> list[Span | None]:
    return [_span(problem, grid, option.ticks) for option in problem.events[event].options]


def _span(problem: Problem, grid: int, ticks: tuple[int, ...]) -> Span | None:
    """Return when ticks begin and end; None where they lie outside every period."""
    periods, day = _periods(problem, grid), problem.grids[grid].periods
    held = [tick for tick in ticks if periods[tick] >= 0]
    if not held:
        return None
    cell = problem.grids[grid].cell
    return periods[held[0]], periods[held[-1]], cell[held[0]] // day, cell[held[-1]] // day


def _periods(problem: Problem, grid: int) -> list[int]:
    """Return for each tick the number of its period, counting those that there are through the whole grid; -1 outside."""
    known: dict[int, list[int]] = problem.derived.setdefault("periods of ticks", {})
    if grid not in known:
        cell = problem.grids[grid].cell
        number = {own: index for index, own in enumerate(sorted(set(cell) - {-1}))}
        known[grid] = [number.get(own, -1) for own in cell]
    return known[grid]


def _priced(cost: Cost, one: Span | None, other: Span | None) -> int:
    """Return what two exams cost, whichever comes first; nothing where one is not held."""
    return 0 if one is None or other is None else cost(*sorted((one, other)))


def _in_a_row(earlier: Span, later: Span) -> int:
    return int(later[0] - earlier[1] == 1 and earlier[3] == later[2])


def _in_a_day(earlier: Span, later: Span) -> int:
    return int(later[0] - earlier[1] > 1 and earlier[3] == later[2])


def _too_near(prices: Prices, earlier: Span, later: Span) -> int:
    distance = later[0] - earlier[1]
    return prices[distance - 1] if 1 <= distance <= len(prices) else 0
