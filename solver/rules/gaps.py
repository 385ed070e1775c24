"""Days without holes."""

from __future__ import annotations

from collections.abc import Container, Iterator
from dataclasses import dataclass

from solver.measures import Busy, Gaps, Lone
from solver.placements import Within, buckets, concerns, often, own_periods, shut_periods
from solver.problem import Assignment, Problem
from solver.rules.rule import ALL, Deviation, Resources, Rule, Ticks
from solver.sentence import Sentence, Thing, sentence
from solver.tables import Profile, Row, shut_masks


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

    def check(self, problem: Problem, assignment: Assignment, touching: Container[int] = ALL) -> Iterator[Deviation]:
        for r in self.resources:
            if not concerns(problem, r, touching):
                continue
            for day, busy in own_periods(problem, assignment, r).items():
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


@dataclass(frozen=True, kw_only=True)
class AvoidGaps(Rule):
    """Nobody has more free periods between lessons than a limit (XHSTT LimitIdleTimesConstraint, FET max gaps).

    A gap is a free period of a day with busy ones both before and after it. The deviation of each day, each week or the
    cycle (`within`) is the number of gaps beyond `most`.

    Attributes
    ----------
    shut : frozenset of int
        Ticks at which nobody could be busy, such as breaks: a period that has no other ticks is no gap.
    """

    resources: Resources
    most: int = 0
    within: Within = "day"
    shut: Ticks = frozenset()

    def say(self) -> Sentence:
        return sentence(
            "Nobody has more than {n} free period between lessons {often}.",
            plural="Nobody has more than {n} free periods between lessons {often}.",
            n=self.most,
            often=often(self.within),
        )

    def tables(self, problem: Problem) -> Iterator[tuple[Thing, Row]]:
        for r in self.resources:
            grid, members = problem.resources[r].grid, problem.members_of_resource[r]
            inner = (1 << problem.grids[grid].periods - 1) - 2
            measures = [Gaps(mask & inner) for mask in shut_masks(problem, grid, self.shut)]
            for days in buckets(problem.grids[grid], self.within):
                measured = tuple(measures[day] for day in days)
                yield Thing("resource", r), Profile(members, grid, days, measured, most=self.most)

    def check(self, problem: Problem, assignment: Assignment, touching: Container[int] = ALL) -> Iterator[Deviation]:
        for r in self.resources:
            if not concerns(problem, r, touching):
                continue
            busy = own_periods(problem, assignment, r)
            shut = shut_periods(problem, problem.resources[r].grid, self.shut)
            gaps = {
                day: sum(p not in periods and (day, p) not in shut for p in range(periods[0], periods[-1]))
                for day, periods in busy.items()
            }
            for days in buckets(problem.grids[problem.resources[r].grid], self.within):
                holed = [day for day in days if gaps.get(day)]
                found = sum(gaps[day] for day in holed)
                if found > self.most:
                    yield Deviation(
                        found - self.most,
                        sentence(
                            "{resource} has {n} free period between lessons ({days}), not at most {most}.",
                            plural="{resource} has {n} free periods between lessons ({days}), not at most {most}.",
                            n=found,
                            resource=Thing("resource", r),
                            days=tuple(Thing("day", day) for day in holed),
                            most=self.most,
                        ),
                        Thing("resource", r),
                    )


@dataclass(frozen=True, kw_only=True)
class LunchBreak(Rule):
    """Everybody has some free periods for lunch (FET max hours daily in an hourly interval).

    The deviation of a day is the number of free periods that its periods from `first` to `last`, counted from 0 and
    both included, lack to `least`; where the day has fewer such periods, all of them must be free.
    """

    resources: Resources
    first: int
    last: int
    least: int = 1

    def say(self) -> Sentence:
        return sentence(
            "Everybody has at least {n} free period for lunch from period {first} to {last}.",
            plural="Everybody has at least {n} free periods for lunch from period {first} to {last}.",
            n=self.least,
            first=self.first + 1,
            last=self.last + 1,
        )

    def tables(self, problem: Problem) -> Iterator[tuple[Thing, Row]]:
        for r in self.resources:
            grid = problem.resources[r].grid
            width = max(0, min(self.last, problem.grids[grid].periods - 1) - self.first + 1)
            measure = Busy(self.first, self.last, max(0, width - self.least))
            for day in range(problem.grids[grid].days):
                yield Thing("resource", r), Profile(problem.members_of_resource[r], grid, (day,), measure, most=0)

    def check(self, problem: Problem, assignment: Assignment, touching: Container[int] = ALL) -> Iterator[Deviation]:
        for r in self.resources:
            if not concerns(problem, r, touching):
                continue
            lunch = range(self.first, min(self.last + 1, problem.grids[problem.resources[r].grid].periods))
            for day, busy in own_periods(problem, assignment, r).items():
                free = sum(period not in busy for period in lunch)
                missing = min(self.least, len(lunch)) - free
                if missing > 0:
                    yield Deviation(
                        missing,
                        sentence(
                            "{resource} has {n} free period for lunch on {day}, not at least {least}.",
                            plural="{resource} has {n} free periods for lunch on {day}, not at least {least}.",
                            n=free,
                            resource=Thing("resource", r),
                            day=Thing("day", day),
                            least=self.least,
                        ),
                        Thing("resource", r),
                    )
