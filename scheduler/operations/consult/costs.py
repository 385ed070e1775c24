"""What a consultation costs whom: in numbers to rank by, and in sentences to be read."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, Final, Literal

from scheduler.policies.figures import minutes_between
from solver.sentence import Sentence, sentence

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import date

    from scheduler.domain.exams import Request
    from scheduler.operations.consult.gathering import Gathering
    from scheduler.operations.consult.meetings import Key
    from scheduler.operations.consult.minutes import Minutes, Span
    from scheduler.operations.consult.setting import Setting
    from scheduler.operations.consult.starts import Bells

Kind = Literal[
    "alone", "waits", "again", "unwished", "avoided", "unlike", "disliked", "stranger", "rule", "bell", "early", "late",
    "moved",
]  # fmt: skip

Instead = tuple[str, "Span | None"]
"""An occurrence that is moved, and its new span if it stays on the day that is looked at."""

WAITING: Final = 1
"""For each quarter of an hour, begun, that somebody waits longer than the longest break of their bells."""

PRICES: Final[dict[Kind, int]] = {
    "alone": 10,  # the way to school for this alone
    "again": 6,  # another consultation on the same day
    "unwished": 8,  # outside the times that the request prefers
    "avoided": 8,  # in times that the request avoids
    "unlike": 3,  # outside the times that the teacher prefers
    "disliked": 5,  # in times that the teacher avoids
    "stranger": 4,  # a teacher who does not teach them the course
    "bell": 1,  # in the hours of lessons, but not from a bell on
    "early": 1,  # an hour before the first bell, begun after the first one
    "late": 1,  # an hour after the last bell, begun after the first one
    "moved": 10,  # a lesson of somebody is moved
}
"""What each thing costs, each time and each person."""

HOUR: Final = 60

SHOWN: Final = 4
"""Names of people of whom the same is said, before the others are counted."""


@dataclass(frozen=True, slots=True)
class Item:
    """One thing that costs something.

    Attributes
    ----------
    keys : tuple of (str, str)
        Whom it costs.
    n : int
        The minutes that somebody waits, or that it begins before or ends after the bells.
    """

    kind: Kind
    amount: int
    keys: tuple[Key, ...] = ()
    n: int = 0


@dataclass(frozen=True, slots=True)
class Day:
    """What of somebody's day decides what a start costs them; it costs all who have the same day the same.

    Attributes
    ----------
    spans : tuple of (int, int)
        When they meet others.
    at_site : bool
        Whether the consultation takes them to a site.
    consulted : bool
        Whether they learn, and have another consultation.
    longest_break : int
        Minutes, by their bells.
    missed : tuple of (int, int)
        The cost of each rule that is a wish, with the starts that miss it.
    """

    spans: tuple[Span, ...]
    at_site: bool
    consulted: bool
    longest_break: int
    missed: tuple[tuple[int, Minutes], ...]


@dataclass(frozen=True, slots=True)
class Cost:
    """What a proposal costs, and how that reads."""

    amount: int
    sentence: Sentence


class Costs:
    """Prices the starts of one request's consultations."""

    def __init__(self, setting: Setting, request: Request) -> None:
        self.setting = setting
        self.request = request
        self.zone = setting.document.term.time_zone
        self._own = self._own_teachers()
        self._windows: dict[tuple[date, int, str], tuple[Minutes | None, Minutes]] = {}
        self._days: dict[tuple[tuple[Key, ...], date], dict[Day, tuple[Key, ...]]] = {}

    def shared(
        self, gathering: Gathering, day: date, start: int, bells: Bells, instead: Instead | None = None
    ) -> list[Item]:
        """Return what a start costs whoever holds it."""
        found = list(self._of_people(gathering, gathering.people, day, start, instead))
        wished, avoided = self._wishes(day, gathering.minutes)
        if wished is not None and not wished >> start & 1:
            found.append(Item("unwished", PRICES["unwished"]))
        if avoided >> start & 1:
            found.append(Item("avoided", PRICES["avoided"]))
        if bells.first <= start < bells.end and start not in bells.starts:
            found.append(Item("bell", PRICES["bell"]))
        outside: dict[Kind, int] = {"early": bells.first - start, "late": start + gathering.minutes - bells.end}
        for kind, minutes in outside.items():
            if minutes > HOUR:
                found.append(Item(kind, PRICES[kind] * (-(-minutes // HOUR) - 1), n=minutes))
        return found

    def of_teacher(
        self, gathering: Gathering, teacher: str, day: date, start: int, instead: Instead | None = None
    ) -> list[Item]:
        """Return what a start costs because of who holds it."""
        keys: tuple[Key, ...] = (("teacher", teacher),)
        found = list(self._of_people(gathering, keys, day, start, instead))
        liked, disliked = self._likes(teacher, day, gathering.minutes)
        if liked is not None and not liked >> start & 1:
            found.append(Item("unlike", PRICES["unlike"], keys))
        if disliked >> start & 1:
            found.append(Item("disliked", PRICES["disliked"], keys))
        if self._own and teacher not in self._own:
            found.append(Item("stranger", PRICES["stranger"], keys))
        return found

    @staticmethod
    def of_move(people: Iterable[Key]) -> list[Item]:
        """Return what it costs that these people's lesson is moved."""
        keys = tuple(people)
        return [Item("moved", PRICES["moved"] * len(keys), keys)]

    def told(self, items: Iterable[Item]) -> tuple[Cost, ...]:
        """Tell items in sentences, those of whom the same is said together; what costs most comes first."""
        alike: dict[tuple[Kind, int], list[Item]] = defaultdict(list)
        for item in items:
            alike[item.kind, item.n].append(item)
        costs = [
            Cost(sum(item.amount for item in same), self._sentence(kind, n, [key for i in same for key in i.keys]))
            for (kind, n), same in alike.items()
        ]
        return tuple(sorted(costs, key=lambda cost: -cost.amount))

    def names(self, keys: Iterable[Key]) -> tuple[str | Sentence, ...]:
        """Name people: all of them where they are few, else some and how many more."""
        told = [self.setting.name(key) for key in dict.fromkeys(keys)]
        if len(told) <= SHOWN:
            return tuple(told)
        more = len(told) - SHOWN + 1
        return (*told[: SHOWN - 1], sentence("{n} more", plural="{n} more", n=more))

    def _sentence(self, kind: Kind, n: int, keys: list[Key]) -> Sentence:
        people = self.names(keys)
        match kind:
            case "alone":
                return sentence("A way to school for this alone: {people}.", people=people)
            case "waits":
                return sentence(
                    "{n} minute of waiting: {people}.", plural="{n} minutes of waiting: {people}.", n=n, people=people
                )
            case "again":
                return sentence("Another consultation on the same day: {people}.", people=people)
            case "unwished":
                return sentence("It is outside the times that were wished for.")
            case "avoided":
                return sentence("It is in the times that were to be avoided.")
            case "unlike":
                return sentence("Outside the times that they prefer: {people}.", people=people)
            case "disliked":
                return sentence("In the times that they avoid: {people}.", people=people)
            case "stranger":
                return sentence("Does not teach them this course: {people}.", people=people)
            case "rule":
                return sentence("More than a rule would have: {people}.", people=people)
            case "bell":
                return sentence("It does not begin with a bell.")
            case "early":
                return sentence(
                    "It begins {n} minute before the first bell.",
                    plural="It begins {n} minutes before the first bell.",
                    n=n,
                )
            case "late":
                return sentence(
                    "It ends {n} minute after the last bell.", plural="It ends {n} minutes after the last bell.", n=n
                )
            case "moved":
                return sentence(
                    "{n} has a lesson moved: {people}.",
                    plural="{n} have a lesson moved: {people}.",
                    n=len(keys),
                    people=people,
                )

    def _of_people(
        self, gathering: Gathering, people: tuple[Key, ...], day: date, start: int, instead: Instead | None
    ) -> Iterator[Item]:
        for lived, keys in self._lived(gathering, people, day, instead).items():
            if not lived.spans:
                if lived.at_site:
                    yield Item("alone", PRICES["alone"] * len(keys), keys)
            else:
                waited = self._waited(lived.spans, start, start + gathering.minutes)
                over = waited - lived.longest_break
                if over > 0:
                    yield Item("waits", WAITING * -(-over // 15) * len(keys), keys, waited)
                if lived.consulted:
                    yield Item("again", PRICES["again"] * len(keys), keys)
            for amount, starts in lived.missed:
                if starts >> start & 1:
                    yield Item("rule", amount * len(keys), keys)

    def _lived(
        self, gathering: Gathering, people: tuple[Key, ...], day: date, instead: Instead | None
    ) -> dict[Day, tuple[Key, ...]]:
        """Return people by what their day is like."""
        if instead is None and (people, day) in self._days:
            return self._days[people, day]
        found: dict[Day, tuple[Key, ...]] = {}
        for key in people:
            lived = self._day(gathering, key, day, instead)
            found[lived] = (*found.get(lived, ()), key)
        if instead is None:
            self._days[people, day] = found
        return found

    def _day(self, gathering: Gathering, key: Key, day: date, instead: Instead | None) -> Day:
        learns = key[0] in ("student", "group")
        return Day(
            tuple(self._spans(key, day, instead)),
            self.setting.gatherings.place(gathering, key) is not None,
            learns and any(one.placement.kind == "consultation" for one in self.setting.meetings.of(key, day)),
            self._longest_break(key),
            self.setting.hindered(gathering, key, day).missed,
        )

    @staticmethod
    def _waited(spans: tuple[Span, ...], start: int, end: int) -> int:
        """How long somebody waits who would have been free: between meetings nobody waits longer than before."""
        before = max((last for _, last in spans if last <= start), default=None)
        after = min((first for first, _ in spans if first >= end), default=None)
        if before is not None and after is not None:
            return 0
        return start - before if before is not None else after - end if after is not None else 0

    def _spans(self, key: Key, day: date, instead: Instead | None) -> list[Span]:
        """When somebody meets others on a date."""
        meetings = self.setting.meetings.of(key, day)
        if instead is None:
            return [one.span for one in meetings]
        moved, span = instead
        left = [one.span for one in meetings if one.occurrence.id != moved]
        return [*left, span] if span is not None and len(left) < len(meetings) else left

    def _longest_break(self, key: Key) -> int:
        bells = self.setting.people[key].bells.schedule.periods
        return max((minutes_between(a.end, b.start) for a, b in pairwise(bells)), default=0)

    def _wishes(self, day: date, length: int) -> tuple[Minutes | None, Minutes]:
        """The starts within the times that the request prefers, if it prefers any, and those in what it avoids."""
        known = (day, length, "")
        if known not in self._windows:
            clocks, request = self.setting.clocks, self.request
            wished = clocks.inside(day, request.preferred, self.zone, length) if request.preferred else None
            self._windows[known] = wished, clocks.touched(day, request.avoided, self.zone, length)
        return self._windows[known]

    def _likes(self, teacher: str, day: date, length: int) -> tuple[Minutes | None, Minutes]:
        known = (day, length, teacher)
        if known not in self._windows:
            item, clocks = self.setting.document.teacher(teacher), self.setting.clocks
            zone = self.setting.people["teacher", teacher].bells.zone
            liked = clocks.inside(day, item.preferred, zone, length) if item.preferred else None
            self._windows[known] = liked, clocks.touched(day, item.avoided, zone, length)
        return self._windows[known]

    def _own_teachers(self) -> frozenset[str]:
        """Who teaches the course to some who learn here; nobody where the timetable does not tell."""
        gathering = self.setting.gatherings.of_request(self.request)
        learners = set(gathering.learners)
        return frozenset(
            teacher
            for placement in self.setting.timetable.pattern
            if placement.kind == "lesson" and placement.course == self.request.course
            if not learners.isdisjoint(self.setting.meetings.people(placement))
            for teacher in placement.teachers
        )
