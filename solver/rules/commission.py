"""Who sits in commissions: enough, the right ones, the same ones, and nobody too often or without a break."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Container, Iterator
from dataclasses import dataclass
from itertools import combinations
from typing import TYPE_CHECKING

from solver.linear import Linear
from solver.picked import Picked, meets_once, taken
from solver.placements import concerns, days_of
from solver.problem import Assignment, Member, Problem, attended, ticks_of
from solver.rules.rule import ALL, Choices, Deviation, Events, Picks, Resources, Rule
from solver.sentence import Sentence, Thing, sentence
from solver.shared import shared_rows
from solver.tables import Between, Row, Sum

if TYPE_CHECKING:
    from solver.model import Model


@dataclass(frozen=True, kw_only=True)
class FillSeats(Rule):
    """Enough seats of a commission are filled (a school's own order, quorum of a commission).

    The deviation is the number of seats that are vacant, or how many filled ones lack to `least`.

    Attributes
    ----------
    picks : tuple of pair of int
        For each seat, which is a choice, the alternative that leaves it vacant.
    least : int or None
        So many of the seats are enough, or all where they are fewer; None fills each.
    """

    picks: Picks
    least: int | None = None

    def say(self) -> Sentence:
        if self.least is None:
            return sentence("Every seat of a commission is filled.")
        return sentence(
            "At least {n} seat of a commission is filled.",
            plural="At least {n} seats of a commission are filled.",
            n=self.least,
        )

    @property
    def _seats(self) -> tuple[int, ...]:
        return tuple(dict.fromkeys(seat for seat, _ in self.picks))

    @property
    def _spare(self) -> int:
        """How many seats may be vacant."""
        return 0 if self.least is None else max(0, len(self._seats) - self.least)

    def has_tables(self, problem: Problem) -> bool:
        return self._spare == 0 or self._members(problem) is not None

    def tables(self, problem: Problem) -> Iterator[tuple[Thing, Row]]:
        found = self._members(problem) if self._spare else None
        if found is None:
            for pick in self.picks:
                yield Thing("choice", pick[0]), taken(problem, pick)
        else:
            grid, members = found
            days = tuple(range(problem.grids[grid].days))
            yield Thing("choice", min(self._seats)), Picked(members, (1,) * len(members), grid, days, self._spare)

    def _members(self, problem: Problem) -> tuple[int, tuple[Member, ...]] | None:
        """Return for each pick an event of its seat that meets on one day, however it is placed, and the grid of all.

        The sum of these events is the number of vacant seats: so the local search, which knows no numbers of picks, sees
        them. None where a seat has no such event.
        """
        grid = 0
        members: list[Member] = []
        for pick in self.picks:
            events = [problem.attendances[a].event for a in problem.attendances_of_choice[pick[0]]]
            if events and not members:
                grid = problem.events[events[0]].grid
            days = range(problem.grids[grid].days)
            event = next((event for event in events if meets_once(problem, event, grid, days)), None)
            if event is None:
                return None
            members.append(Member(event, pick))
        return grid, tuple(members)

    def encode(self, m: Model) -> Iterator[tuple[Thing, Linear]]:
        if not m.free_choices.isdisjoint(self._seats):
            vacant = Linear(-self._spare).plus_all(m.pick(*pick) for pick in self.picks)
            yield Thing("choice", min(self._seats)), vacant

    def check(self, problem: Problem, assignment: Assignment, touching: Container[int] = ALL) -> Iterator[Deviation]:  # noqa: ARG002
        vacant = [seat for seat, nobody in self.picks if assignment.pick[seat] == nobody]
        if self.least is None:
            for seat in vacant:
                yield Deviation(1, sentence("{choice} is vacant.", choice=Thing("choice", seat)), Thing("choice", seat))
            return
        seats = {seat for seat, _ in self.picks}
        filled, wanted = len(seats) - len(vacant), min(self.least, len(seats))
        if filled < wanted:
            yield Deviation(
                wanted - filled,
                sentence(
                    "{n} seat of a commission is filled, not at least {least}; these are vacant: {choices}.",
                    plural="{n} seats of a commission are filled, not at least {least}; these are vacant: {choices}.",
                    n=filled,
                    least=wanted,
                    choices=tuple(Thing("choice", seat) for seat in vacant),
                ),
                Thing("choice", min(seats)),
            )


@dataclass(frozen=True, kw_only=True)
class KeepIndependent(Rule):
    """Nobody sits in a commission who taught those who are examined (a school's own order, independence).

    The deviation is the number of the picks that are made.

    Attributes
    ----------
    picks : tuple of pair of int
        Seats, which are choices, with the alternatives of those who taught the students; one under which nobody
        attends anything means nothing.
    """

    picks: Picks

    def say(self) -> Sentence:
        return sentence("Nobody sits in a commission who taught those who are examined.")

    def tables(self, problem: Problem) -> Iterator[tuple[Thing, Row]]:
        for pick in self.picks:
            if any(problem.attendances[a].given == pick for a in problem.attendances_of_choice[pick[0]]):
                yield Thing("choice", pick[0]), taken(problem, pick)

    def check(self, problem: Problem, assignment: Assignment, touching: Container[int] = ALL) -> Iterator[Deviation]:  # noqa: ARG002
        for seat, who in self.picks:
            sits = [problem.attendances[a] for a in problem.attendances_of_choice[seat] if assignment.pick[seat] == who]
            sits = [attendance for attendance in sits if attendance.given == (seat, who)]
            if sits:
                yield Deviation(
                    1,
                    sentence(
                        "{resource} sits in the commission of {event} and taught those who are examined.",
                        resource=Thing("resource", sits[0].resource),
                        event=Thing("event", sits[0].event),
                    ),
                    Thing("choice", seat),
                )


@dataclass(frozen=True, kw_only=True)
class KeepChair(Rule):
    """One person holds this seat in all these exams (a school's own order, one chair for a subject).

    The choices are the seat in each of the exams. The deviation is the number of different people who take it beyond one.
    """

    choices: Choices

    def say(self) -> Sentence:
        return sentence("One person holds this seat in all these exams.")

    def encode(self, m: Model) -> Iterator[tuple[Thing, Linear]]:
        if m.free_choices.isdisjoint(self.choices):
            return
        seats: dict[int, dict[int, set[int]]] = {}
        for choice in self.choices:
            for a in m.problem.attendances_of_choice[choice]:
                attendance = m.problem.attendances[a]
                if attendance.given is not None:
                    seats.setdefault(attendance.resource, {}).setdefault(choice, set()).add(attendance.given[1])
        people = Linear(-1)
        for found in seats.values():
            sits = [Linear().plus_all(m.pick(choice, k) for k in sorted(own)) for choice, own in found.items()]
            people.plus(m.any_of(sits, least=False))
        yield Thing("choice", min(self.choices)), people

    def check(self, problem: Problem, assignment: Assignment, touching: Container[int] = ALL) -> Iterator[Deviation]:  # noqa: ARG002
        found: dict[int, None] = {}
        for choice in self.choices:
            for a in problem.attendances_of_choice[choice]:
                attendance = problem.attendances[a]
                if attendance.given == (choice, assignment.pick[choice]):
                    found[attendance.resource] = None
        if len(found) > 1:
            yield Deviation(
                len(found) - 1,
                sentence(
                    "{n} person takes {choice} and the same seat in the other exams, not one alone: {people}.",
                    plural="{n} people take {choice} and the same seat in the other exams, not one alone: {people}.",
                    n=len(found),
                    choice=Thing("choice", min(self.choices)),
                    people=tuple(Thing("resource", r) for r in found),
                ),
                Thing("choice", min(self.choices)),
            )


@dataclass(frozen=True, kw_only=True)
class ShareLoad(Rule):
    """Nobody is in more of these exams than is fair (a school's own order, balanced load).

    The deviation of a resource is by how many exams it attends more than `most`. An exam that is held on several days
    counts on each.
    """

    resources: Resources
    events: Events
    most: int

    def say(self) -> Sentence:
        return sentence(
            "Nobody is in more than {n} of these exams.",
            plural="Nobody is in more than {n} of these exams.",
            n=self.most,
        )

    def tables(self, problem: Problem) -> Iterator[tuple[Thing, Row]]:
        exams = frozenset(self.events)
        for r in self.resources:
            members = tuple(member for member in problem.members_of_resource[r] if member.event in exams)
            if members:
                grid = problem.resources[r].grid
                days = tuple(range(problem.grids[grid].days))
                yield Thing("resource", r), Sum(members, (1,) * len(members), grid, days, self.most)

    def check(self, problem: Problem, assignment: Assignment, touching: Container[int] = ALL) -> Iterator[Deviation]:
        exams = frozenset(self.events)
        for r in self.resources:
            if not concerns(problem, r, touching):
                continue
            held = [event for event in attended(problem, assignment, r) if event in exams]
            count = sum(len(days_of(problem, assignment, event, problem.resources[r].grid)) for event in held)
            if count > self.most:
                yield Deviation(
                    count - self.most,
                    sentence(
                        "{resource} is in {n} of the exams, not at most {most}.",
                        plural="{resource} is in {n} of the exams, not at most {most}.",
                        n=count,
                        resource=Thing("resource", r),
                        most=self.most,
                    ),
                    Thing("resource", r),
                )


@dataclass(frozen=True, kw_only=True)
class RestBetween(Rule):
    """Everybody has a break between two exams (a school's own order, breaks of examiners).

    The deviation is, summed over the people, the number of pairs of these events attended with less than `minutes`
    between the end of a tick of the one and the beginning of a tick of the other. Events that share a tick are not meant:
    they clash.
    """

    resources: Resources
    events: Events
    minutes: int

    def say(self) -> Sentence:
        return sentence(
            "Everybody has at least {n} minute between two of these exams.",
            plural="Everybody has at least {n} minutes between two of these exams.",
            n=self.minutes,
        )

    def tables(self, problem: Problem) -> Iterator[tuple[Thing, Row]]:
        start, end = problem.axis.start, problem.axis.end
        soon = []
        for tick in range(len(problem.axis)):
            later = bisect_left(start, end[tick] + self.minutes)
            soon.append((1 << later) - (1 << min(tick + 1, later)))

        def ticks_and_soon(event: int) -> list[tuple[int, int]]:
            """For each option its ticks and those that begin too soon after one of them, both as masks."""
            found = []
            for option in problem.events[event].options:
                held = near = 0
                for tick in option.ticks:
                    held |= 1 << tick
                    near |= soon[tick]
                found.append((held, near))
            return found

        def between(_: int) -> Between[tuple[int, int]]:
            return Between(problem, ticks_and_soon, _too_soon, (type(self), self.minutes))

        yield from shared_rows(problem, self.resources, frozenset(self.events), None, between)

    def check(self, problem: Problem, assignment: Assignment, touching: Container[int] = ALL) -> Iterator[Deviation]:
        start, end = problem.axis.start, problem.axis.end
        exams = frozenset(self.events)
        for r in self.resources:
            if not concerns(problem, r, touching):
                continue
            held = [event for event in attended(problem, assignment, r) if event in exams]
            for a, b in combinations(held, 2):
                ours, theirs = ticks_of(problem, assignment, a), ticks_of(problem, assignment, b)
                if any(tick in theirs for tick in ours):
                    continue
                rests = [start[max(s, t)] - end[min(s, t)] for s in ours for t in theirs]
                if rests and min(rests) < self.minutes:
                    yield Deviation(
                        1,
                        sentence(
                            "{resource} has {n} minute between {a} and {b}, not at least {least}.",
                            plural="{resource} has {n} minutes between {a} and {b}, not at least {least}.",
                            n=min(rests),
                            resource=Thing("resource", r),
                            a=Thing("event", a),
                            b=Thing("event", b),
                            least=self.minutes,
                        ),
                        Thing("resource", r),
                    )


def _too_soon(one: tuple[int, int], other: tuple[int, int]) -> int:
    (ours, after_ours), (theirs, after_theirs) = one, other
    return int(not ours & theirs and bool(after_ours & theirs or after_theirs & ours))
