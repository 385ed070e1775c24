"""A necessary condition of commissions: for the seats of what is held as one there are people enough, each for one seat."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Sequence

from solver.problem import Given, Problem
from solver.rules.clashes import AvoidClashes
from solver.rules.parts import HoldAsOne
from solver.sentence import Sentence, Thing, sentence
from solver.tables import Options, Tables

Seat = dict[Given, int]
"""Who may take a seat at an event: by the choice's alternatives the resources."""


def understaffed(tables: Tables, closed: Sequence[Collection[int]]) -> Iterator[Sentence]:
    """Find events that need more people at once, at each of their times, than can come then (Hall 1935).

    Parameters
    ----------
    tables : Tables
    closed : sequence of collection of int
        For each event the options at which it cannot be held.
    """
    problem, away = tables.problem, _away(tables)
    alone = {r for rule in problem.rules if isinstance(rule, AvoidClashes) and rule.required for r in rule.resources}
    for held in _held_as_one(problem):
        seats = {event: own for event in held if (own := _seats(problem, event, alone))}
        if sum(map(len, seats.values())) < 2:
            continue
        shut = frozenset[int]().union(*(closed[event] for event in held))
        times = [option for option in range(len(problem.events[held[0]].options)) if option not in shut]
        found: list[tuple[int, int]] = []
        for option in times:
            people = [
                [r for given, r in seat.items() if option not in away.get((event, given), ())]
                for event in _at_once(problem, list(seats), option)
                for seat in seats[event]
            ]
            found.append((_filled(people), len(people)))
            if found[-1][0] == len(people):
                break
        else:
            if found:
                yield _told(list(seats), *max(found), len(times))


def _away(tables: Tables) -> dict[tuple[int, Given], set[int]]:
    """Return for who may be picked for an event the options at which they must not be."""
    found: dict[tuple[int, Given], set[int]] = defaultdict(set)
    for entry in tables.entries:
        row = entry.row
        if isinstance(row, Options) and row.given is not None and row.given[0] >= 0 and tables.weight(entry) is None:
            found[row.event, row.given].update(option for option, cost in enumerate(row.costs) if cost)
    return found


def _held_as_one(problem: Problem) -> Iterator[tuple[int, ...]]:
    """Yield the events that are held as one, and each other event for itself."""
    among: set[int] = set()
    for rule in problem.rules:
        if isinstance(rule, HoldAsOne) and rule.required:
            among.update(rule.events)
            yield rule.events
    yield from ((event,) for event in range(len(problem.events)) if event not in among)


def _seats(problem: Problem, event: int, alone: Collection[int]) -> list[Seat]:
    """Return the seats of an event that nobody may leave vacant and whose people are at one place at a time."""
    by_choice: dict[int, Seat] = defaultdict(dict)
    for row in (problem.attendances[a] for a in problem.attendances_of_event[event]):
        if row.given is not None and row.resource in alone:
            by_choice[row.given[0]][row.given] = row.resource
    return [seat for choice, seat in by_choice.items() if len(seat) == problem.choices[choice].alternatives]


def _at_once(problem: Problem, events: list[int], option: int) -> list[int]:
    """Return those of some events that go on when the first of them begins."""
    begins = problem.events[events[0]].options[option].ticks[:1]
    return [event for event in events if set(begins) <= set(problem.events[event].options[option].ticks)]


def _filled(seats: Sequence[Sequence[int]]) -> int:
    """Tell how many of some seats can be filled, nobody in two."""
    holder: dict[int, int] = {}

    def fill(number: int, tried: set[int]) -> bool:
        for person in seats[number]:
            if person not in tried:
                tried.add(person)
                if person not in holder or fill(holder[person], tried):
                    holder[person] = number
                    return True
        return False

    return sum(fill(number, set()) for number in range(len(seats)))


def _told(events: list[int], most: int, needed: int, times: int) -> Sentence:
    return sentence(
        "{events}: {needed} people are needed at once; of those who may, no more than {most} can come at the only time.",
        plural=(
            "{events}: {needed} people are needed at once; of those who may, no more than {most} can come "
            "at any of the {n} times."
        ),
        n=times,
        events=tuple(Thing("event", event) for event in events),
        needed=needed,
        most=most,
    )
