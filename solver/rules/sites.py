"""At how many sites one is on a day, and how often one changes between them."""

from __future__ import annotations

from collections.abc import Callable, Container, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import combinations
from typing import TYPE_CHECKING, ClassVar

from solver.changes import Where, changes, elsewhere
from solver.linear import TRUE, Linear, Literal
from solver.placements import Within, buckets, busy_periods, concerns, days_of_ticks, often, place_of
from solver.problem import Assignment, Member, Problem, holds, ticks_of
from solver.rules.pools import known_place
from solver.rules.rule import ALL, Deviation, Resources, Rule
from solver.sentence import Sentence, Thing, sentence
from solver.tables import Between, Changes, Row

if TYPE_CHECKING:
    from solver.model import Model


@dataclass(frozen=True, kw_only=True)
class LimitSiteChanges(Rule):
    """Nobody changes between sites too often (FET max building changes per day, per week).

    Where somebody attends an event is the place of the attendance, or that of the unit that the event itself is given; what
    is nowhere is not looked at. A change is a tick of a day, by their own grid, at a site, where the last tick before on
    that day that they spent at a site was at another. The deviation of each day, each week or the cycle (`within`) is the
    number of changes beyond `most`; from one day to the next nobody changes.

    Before units are named only what is held at a known place is seen (`solver.rules.pools.known_place`).
    """

    resources: Resources
    most: int
    within: Within = "day"

    about_units: ClassVar[bool] = True
    counted: ClassVar[bool] = True

    def say(self) -> Sentence:
        return sentence(
            "Nobody changes between sites more than {n} time {often}.",
            plural="Nobody changes between sites more than {n} times {often}.",
            n=self.most,
            often=often(self.within),
        )

    def has_tables(self, problem: Problem) -> bool:
        """Whether ticks are periods, so that changes can be counted by either."""
        cells = (problem.grids[grid].cell for grid in {problem.resources[r].grid for r in self.resources})
        return all(len(of) == len(set(of)) for of in ([c for c in cell if c >= 0] for cell in cells))

    def tables(self, problem: Problem) -> Iterator[tuple[Thing, Row]]:
        for r in self.resources:
            held: dict[int, list[Member]] = {}
            for member, place in _held_at(problem, r):
                held.setdefault(place, []).append(member)
            by_place, grid = tuple(map(tuple, held.values())), problem.resources[r].grid
            for days in buckets(problem.grids[grid], self.within) if len(held) > 1 else ():
                yield Thing("resource", r), Changes(by_place, grid, days, self.most)

    def encode(self, m: Model) -> Iterator[tuple[Thing, Linear]]:
        for r in self.resources:
            if not _can_change(m, r):
                continue
            grid = m.problem.resources[r].grid
            day_of = days_of_ticks(m.problem, grid)
            there = _there(m, r, lambda event: [option.ticks for option in m.problem.events[event].options])
            held: dict[int, list[Where]] = {}
            for tick in sorted(there):
                held.setdefault(day_of[tick], []).append(there[tick])
            for days in buckets(m.problem.grids[grid], self.within):
                total = Linear(-self.most)
                for day in days:
                    total.add(changes(m, held.get(day, ())))
                yield Thing("resource", r), total

    def check(self, problem: Problem, assignment: Assignment, touching: Container[int] = ALL) -> Iterator[Deviation]:
        for r in self.resources:
            if not concerns(problem, r, touching):
                continue
            grid = problem.grids[problem.resources[r].grid]
            sites: dict[int, set[int]] = {}
            for index in problem.attendances_of_resource[r]:
                attendance, place = problem.attendances[index], place_of(problem, assignment, index)
                if place >= 0 and holds(attendance.given, assignment):
                    for tick in ticks_of(problem, assignment, attendance.event):
                        sites.setdefault(tick, set()).add(place)
            changed: dict[int, int] = {}
            last: tuple[int, set[int]] = (-1, set())
            for tick in sorted(tick for tick in sites if grid.cell[tick] >= 0):
                day = grid.cell[tick] // grid.periods
                if last[0] == day and any(site != other for site in sites[tick] for other in last[1]):
                    changed[day] = changed.get(day, 0) + 1
                last = day, sites[tick]
            for days in buckets(grid, self.within):
                number = sum(changed.get(day, 0) for day in days)
                if number > self.most:
                    yield Deviation(
                        number - self.most,
                        sentence(
                            "{resource} changes between sites {n} time ({days}), not at most {most}.",
                            plural="{resource} changes between sites {n} times ({days}), not at most {most}.",
                            n=number,
                            resource=Thing("resource", r),
                            days=tuple(Thing("day", day) for day in days if day in changed),
                            most=self.most,
                        ),
                        Thing("resource", r),
                    )


@dataclass(frozen=True, kw_only=True)
class RestBetweenSites(Rule):
    """Everybody has some free periods between events at different sites (FET min gaps between building changes).

    Where somebody attends an event is the place of the attendance, or that of the unit that the event itself is given; what
    is nowhere is not looked at. The deviation of a resource is the number of pairs of events attended at different sites
    that have, on some day of its grid, fewer than `least` periods between a period of the one and a period of the other.

    Before units are named only what is held at a known place is seen (`solver.rules.pools.known_place`).
    """

    resources: Resources
    least: int

    about_units: ClassVar[bool] = True
    counted: ClassVar[bool] = True

    def say(self) -> Sentence:
        return sentence(
            "Everybody has at least {n} free period between events at different sites.",
            plural="Everybody has at least {n} free periods between events at different sites.",
            n=self.least,
        )

    def tables(self, problem: Problem) -> Iterator[tuple[Thing, Row]]:
        close = self._close_by_grid(problem)
        for r in self.resources:
            pairs = (
                (one, other) for (one, here), (other, there) in combinations(_held_at(problem, r), 2) if here != there
            )
            for row in close[problem.resources[r].grid].rows(pairs):
                yield Thing("resource", r), row

    def _close_by_grid(self, problem: Problem) -> dict[int, Between[tuple[int, ...]]]:
        def close(periods: int, one: tuple[int, ...], other: tuple[int, ...]) -> int:
            return int(any(p // periods == q // periods and abs(p - q) <= self.least for p in one for q in other))

        return {
            grid: Between(
                problem, partial(problem.cells_of_options, grid=grid), partial(close, problem.grids[grid].periods)
            )
            for grid in {problem.resources[r].grid for r in self.resources}
        }

    def encode(self, m: Model) -> Iterator[tuple[Thing, Linear]]:
        if not m.named or not any(
            _by_unit(m.problem, a) for r in self.resources for a in m.problem.attendances_of_resource[r]
        ):
            yield from super().encode(m)
            return
        close = self._close_by_grid(m.problem)
        for r in self.resources:
            if _can_change(m, r):
                if self.required and m.penalty is None:
                    excesses = self._encode_periods(m, r)
                else:
                    excesses = self._encode_pairs(m, r, close[m.problem.resources[r].grid])
                for excess in excesses:
                    yield Thing("resource", r), excess

    def _encode_periods(self, m: Model, r: int) -> Iterator[Linear]:
        """Yield by how much somebody is at two sites in periods too close together: far fewer than there are pairs of events."""
        grid = m.problem.resources[r].grid
        periods = m.problem.grids[grid].periods
        there = _there(m, r, partial(m.problem.cells_of_options, grid=grid))
        for p, now in there.items():
            for q in range(p, min(p + self.least, p - p % periods + periods - 1) + 1):
                yield from elsewhere(now, there.get(q, {}))

    def _encode_pairs(self, m: Model, r: int, close: Between[tuple[int, ...]]) -> Iterator[Linear]:
        places = {a: _places(m, a) for a in m.problem.attendances_of_resource[r]}
        for a, b in combinations(places, 2):
            if len({*places[a], *places[b]}) < 2:
                continue
            one, other = m.problem.attendances[a], m.problem.attendances[b]
            near = close.any_of(m, one.event, other.event)
            near.plus(m.given(one.given)).plus(m.given(other.given))
            apart = []
            for place, there in places[a].items():
                excess = Linear(-4).add(near).add(there)
                for another, also in places[b].items():
                    if another != place:
                        excess.add(also)
                if m.bounds(excess)[1] > 0:
                    apart.append(excess)
            yield m.largest([Linear(), *apart])

    def check(self, problem: Problem, assignment: Assignment, touching: Container[int] = ALL) -> Iterator[Deviation]:
        for r in self.resources:
            if not concerns(problem, r, touching):
                continue
            grid = problem.resources[r].grid
            held = [
                (place, problem.attendances[index].event, busy_periods(problem, assignment, [event], grid))
                for index in problem.attendances_of_resource[r]
                for event, place in ((problem.attendances[index].event, place_of(problem, assignment, index)),)
                if place >= 0 and holds(problem.attendances[index].given, assignment)
            ]
            for (here, a, ours), (there, b, theirs) in combinations(held, 2):
                gaps = [
                    abs(p - q) - 1
                    for day, busy in ours.items()
                    for p in busy
                    for q in theirs.get(day, ())
                    if here != there and abs(p - q) - 1 < self.least
                ]
                if gaps:
                    yield Deviation(
                        1,
                        sentence(
                            "{resource} has {n} free period between {a} and {b} at another site, not at least {least}.",
                            plural="{resource} has {n} free periods between {a} and {b} at another site, not at least {least}.",
                            n=max(0, min(gaps)),
                            resource=Thing("resource", r),
                            a=Thing("event", a),
                            b=Thing("event", b),
                            least=self.least,
                        ),
                        Thing("resource", r),
                    )


def _held_at(problem: Problem, resource: int) -> list[tuple[Member, int]]:
    """Return what the resource attends at a place that is known before units are, with that place."""
    found = []
    for a in problem.attendances_of_resource[resource]:
        place = known_place(problem, a)
        if place >= 0:
            found.append((Member(problem.attendances[a].event, problem.attendances[a].given), place))
    return found


def _own_demands(problem: Problem, attendance: int) -> list[int]:
    """Return the event's own demands that can be given a unit at a site."""
    return [
        d
        for d in problem.demands_of_event[problem.attendances[attendance].event]
        if problem.demands[d].attendance is None and any(problem.units[u].place >= 0 for u in problem.demands[d].units)
    ]


def _by_unit(problem: Problem, attendance: int) -> bool:
    """Whether it depends on units where somebody attends."""
    return problem.attendances[attendance].place < 0 and bool(_own_demands(problem, attendance))


def _can_change(m: Model, resource: int) -> bool:
    """Whether anything that the resource attends can still be held at another time or place."""
    if m.free_subject(m.problem.members_of_resource[resource]):
        return True
    return m.named and any(
        literal != TRUE
        for a in m.problem.attendances_of_resource[resource]
        if _by_unit(m.problem, a)
        for d in _own_demands(m.problem, a)
        for _, literal in m.units(d)
    )


def _places(m: Model, attendance: int) -> dict[int, Linear]:
    """Return for each site an expression that is never too low for "there somebody attends"."""
    fixed = m.problem.attendances[attendance].place if m.named else known_place(m.problem, attendance)
    if fixed >= 0:
        return {fixed: Linear(1)}
    found: dict[int, list[Linear]] = {}
    before = Linear()
    for d in _own_demands(m.problem, attendance) if m.named else ():
        placed: dict[int, Linear] = {}
        for unit, literal in m.units(d):
            if m.problem.units[unit].place >= 0:
                placed.setdefault(m.problem.units[unit].place, Linear()).plus(literal)
        # The first demand that has a unit at a site tells where; those after it are not looked at.
        for place, there in placed.items():
            found.setdefault(place, []).append(Linear().add(there).add(before, -1))
        for there in placed.values():
            before.add(there)
    return {
        place: there[0] if len(there) == 1 else Linear().plus(m.any_of(there, least=False))
        for place, there in found.items()
    }


def _there(
    m: Model, resource: int, positions: Callable[[int], Sequence[tuple[int, ...]]]
) -> dict[int, dict[int, Literal]]:
    """Return for each position and site a literal that is never too low for "the resource is at the site then".

    Parameters
    ----------
    positions : callable
        For an event what each of its options covers.
    """
    found: dict[int, dict[int, list[Linear]]] = {}
    for a in m.problem.attendances_of_resource[resource]:
        attendance = m.problem.attendances[a]
        places = _places(m, a)
        running: dict[int, Linear] = {}
        if places:
            covered = positions(attendance.event)
            for index, literal in m.options(attendance.event):
                for position in covered[index]:
                    running.setdefault(position, Linear()).plus(literal)
        for position, runs in running.items():
            for place, there in places.items():
                here = Linear(-2).add(runs).plus(m.given(attendance.given)).add(there)
                if m.bounds(here)[1] > 0:
                    found.setdefault(position, {}).setdefault(place, []).append(here)
    return {
        position: {place: m.any_of(cells, least=False) for place, cells in places.items()}
        for position, places in found.items()
    }
