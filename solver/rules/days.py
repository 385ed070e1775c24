"""On how many days, from when and until when somebody is busy."""

from __future__ import annotations

from collections.abc import Container, Iterator
from dataclasses import dataclass

from solver.measures import Late, Long, Span, Used
from solver.placements import Within, buckets, concerns, often, own_periods, shut_periods
from solver.problem import Assignment, Problem, attended, ticks_of
from solver.rules.rule import ALL, Deviation, Resources, Rule, Ticks
from solver.sentence import Sentence, Thing, sentence
from solver.tables import Options, Profile, Row, shut_masks


@dataclass(frozen=True, kw_only=True)
class LimitDays(Rule):
    """Nobody is busy on more or on fewer days of a week than allowed (XHSTT ClusterBusyTimesConstraint, FET max days).

    The deviation of each week, or of the cycle (`within`), is the number of days with a busy period beyond `most`, or
    lacking to `least`.

    Attributes
    ----------
    first, last : int, int or None
        Only the periods from `first` to `last`, counted from 0 and both included, are looked at (FET interval max days);
        None is the day's last.
    """

    resources: Resources
    most: int | None = None
    least: int = 0
    within: Within = "week"
    first: int = 0
    last: int | None = None

    def say(self) -> Sentence:
        if self.first or self.last is not None:
            return sentence("{days} Only {periods} are counted.", days=self._say(), periods=self._periods())
        return self._say()

    def _periods(self) -> Sentence:
        if self.last is None:
            return sentence("periods from {first} on", first=self.first + 1)
        return sentence("periods {first} to {last}", first=self.first + 1, last=self.last + 1)

    def _say(self) -> Sentence:
        if self.most is None:
            return sentence(
                "Everybody is busy on at least {n} day {often}.",
                plural="Everybody is busy on at least {n} days {often}.",
                n=self.least,
                often=often(self.within),
            )
        if self.least == 0:
            return sentence(
                "Nobody is busy on more than {n} day {often}.",
                plural="Nobody is busy on more than {n} days {often}.",
                n=self.most,
                often=often(self.within),
            )
        return sentence(
            "Everybody is busy on {least} to {most} days {often}.",
            least=self.least,
            most=self.most,
            often=often(self.within),
        )

    def tables(self, problem: Problem) -> Iterator[tuple[Thing, Row]]:
        for r in self.resources:
            grid, members = problem.resources[r].grid, problem.members_of_resource[r]
            if members:
                used = Used(self.first, self.last)
                for days in buckets(problem.grids[grid], self.within):
                    yield Thing("resource", r), Profile(members, grid, days, used, self.most, self.least)

    def check(self, problem: Problem, assignment: Assignment, touching: Container[int] = ALL) -> Iterator[Deviation]:
        for r in self.resources:
            if not concerns(problem, r, touching):
                continue
            busy = {
                day
                for day, periods in own_periods(problem, assignment, r).items()
                if any(self.first <= period and (self.last is None or period <= self.last) for period in periods)
            }
            for days in buckets(problem.grids[problem.resources[r].grid], self.within):
                used = [day for day in days if day in busy]
                if self.most is not None and len(used) > self.most:
                    yield Deviation(
                        len(used) - self.most,
                        sentence(
                            "{resource} is busy on {n} day ({days}), not on at most {most}.",
                            plural="{resource} is busy on {n} days ({days}), not on at most {most}.",
                            n=len(used),
                            resource=Thing("resource", r),
                            days=tuple(Thing("day", day) for day in used),
                            most=self.most,
                        ),
                        Thing("resource", r),
                    )
                if len(used) < self.least:
                    yield Deviation(
                        self.least - len(used),
                        sentence(
                            "{resource} is busy on {n} day of {days}, not on at least {least}.",
                            plural="{resource} is busy on {n} days of {days}, not on at least {least}.",
                            n=len(used),
                            resource=Thing("resource", r),
                            days=tuple(Thing("day", day) for day in days),
                            least=self.least,
                        ),
                        Thing("resource", r),
                    )


@dataclass(frozen=True, kw_only=True)
class StartEarly(Rule):
    """Days start with an early period (FET students begin early, max beginnings at the second hour).

    The deviation of each week, each day or the cycle (`within`) is the number of days, beyond `most`, on which the
    first busy period comes after period `first`, counted from 0.

    Attributes
    ----------
    shut : frozenset of int
        Ticks at which nobody could be busy, such as breaks: a period that has no other ticks is not counted.
    """

    resources: Resources
    first: int = 0
    most: int = 0
    within: Within = "week"
    shut: Ticks = frozenset()

    def say(self) -> Sentence:
        if self.most == 0:
            return sentence("Every day starts with period {first} at the latest.", first=self.first + 1)
        return sentence(
            "At most {n} day {often} starts after period {first}.",
            plural="At most {n} days {often} start after period {first}.",
            n=self.most,
            often=often(self.within),
            first=self.first + 1,
        )

    def tables(self, problem: Problem) -> Iterator[tuple[Thing, Row]]:
        for r in self.resources:
            grid, members = problem.resources[r].grid, problem.members_of_resource[r]
            masks = shut_masks(problem, grid, self.shut)
            late = [Late(_nth_open(mask, self.first, problem.grids[grid].periods)) for mask in masks]
            for days in buckets(problem.grids[grid], self.within):
                measured = tuple(late[day] for day in days)
                yield Thing("resource", r), Profile(members, grid, days, measured, most=self.most)

    def check(self, problem: Problem, assignment: Assignment, touching: Container[int] = ALL) -> Iterator[Deviation]:
        for r in self.resources:
            if not concerns(problem, r, touching):
                continue
            busy = own_periods(problem, assignment, r)
            shut = shut_periods(problem, problem.resources[r].grid, self.shut)
            wait = {day: sum((day, p) not in shut for p in range(periods[0])) for day, periods in busy.items()}
            for days in buckets(problem.grids[problem.resources[r].grid], self.within):
                late = [day for day in days if wait.get(day, 0) > self.first]
                if len(late) > self.most:
                    yield Deviation(
                        len(late) - self.most,
                        sentence(
                            "{resource} starts after period {first} on {n} day ({days}), not at most {most}.",
                            plural="{resource} starts after period {first} on {n} days ({days}), not at most {most}.",
                            n=len(late),
                            resource=Thing("resource", r),
                            first=self.first + 1,
                            days=tuple(Thing("day", day) for day in late),
                            most=self.most,
                        ),
                        Thing("resource", r),
                    )


def _nth_open(shut: int, number: int, periods: int) -> int:
    """Return the period before which so many of the day are not shut, or how many the day has if there is none."""
    left = [p for p in range(periods) if not shut >> p & 1]
    return left[number] if number < len(left) else periods


@dataclass(frozen=True, kw_only=True)
class LimitSpan(Rule):
    """Nobody's day goes on for too long from its first period to its last (FET max span per day).

    The deviation is the number of periods by which the days of the cycle go on for more than `most`, free ones between
    included.

    Attributes
    ----------
    longer : int
        On so many days of the cycle it may be one period more.
    """

    resources: Resources
    most: int
    longer: int = 0

    def say(self) -> Sentence:
        limit = sentence(
            "Nobody's day goes on for more than {n} period.",
            plural="Nobody's day goes on for more than {n} periods.",
            n=self.most,
        )
        if self.longer == 0:
            return limit
        return sentence(
            "{limit} On {n} day it may be one more.",
            plural="{limit} On {n} days it may be one more.",
            n=self.longer,
            limit=limit,
        )

    def tables(self, problem: Problem) -> Iterator[tuple[Thing, Row]]:
        for r in self.resources:
            grid, members = problem.resources[r].grid, problem.members_of_resource[r]
            if not members:
                continue
            days = tuple(range(problem.grids[grid].days))
            always = Span(self.most + 1 if self.longer else self.most)
            for day in days:
                yield Thing("resource", r), Profile(members, grid, (day,), always, most=0)
            if self.longer:
                yield Thing("resource", r), Profile(members, grid, days, Long(self.most), most=self.longer)

    def check(self, problem: Problem, assignment: Assignment, touching: Container[int] = ALL) -> Iterator[Deviation]:
        for r in self.resources:
            if not concerns(problem, r, touching):
                continue
            busy = own_periods(problem, assignment, r)
            span = {day: periods[-1] - periods[0] + 1 for day, periods in busy.items()}
            left = self.longer
            for day in sorted(span, key=lambda day: (span[day], day)):
                most = self.most
                if span[day] > most and left:
                    left -= 1
                    most += 1
                if span[day] > most:
                    yield Deviation(
                        span[day] - most,
                        sentence(
                            "{resource} is there for {n} period on {day}, not for at most {most}.",
                            plural="{resource} is there for {n} periods on {day}, not for at most {most}.",
                            n=span[day],
                            resource=Thing("resource", r),
                            day=Thing("day", day),
                            most=most,
                        ),
                        Thing("resource", r),
                    )


@dataclass(frozen=True, kw_only=True)
class EndBy(Rule):
    """Nothing that somebody attends goes on too late (SP 2.4.3648-20: distance lessons end by 18:00).

    The deviation is the number of events attended that touch one of the ticks, which are those that lie too late.
    """

    resources: Resources
    ticks: Ticks

    def say(self) -> Sentence:
        if not self.ticks:
            return sentence("Nothing that somebody attends goes on too late.")
        return sentence(
            "Nothing that somebody attends goes on at {tick} or later.", tick=Thing("tick", min(self.ticks))
        )

    def tables(self, problem: Problem) -> Iterator[tuple[Thing, Row]]:
        for r in self.resources:
            for member in problem.members_of_resource[r]:
                costs = tuple(
                    int(not self.ticks.isdisjoint(option.ticks)) for option in problem.events[member.event].options
                )
                if any(costs):
                    yield Thing("resource", r), Options(member.event, costs, member.given)

    def check(self, problem: Problem, assignment: Assignment, touching: Container[int] = ALL) -> Iterator[Deviation]:
        for r in self.resources:
            for event in attended(problem, assignment, r):
                late = [tick for tick in ticks_of(problem, assignment, event) if tick in self.ticks]
                if event in touching and late:
                    yield Deviation(
                        1,
                        sentence(
                            "{event} goes on too late for {resource}: at {tick}.",
                            event=Thing("event", event),
                            resource=Thing("resource", r),
                            tick=Thing("tick", late[-1]),
                        ),
                        Thing("resource", r),
                    )
