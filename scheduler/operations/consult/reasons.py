"""Why nothing is free, in numbers: what every start that a request leaves falls on, and what lacks at the rest."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from scheduler.operations.consult.exam_days import Missed
from scheduler.operations.consult.gathering import RoomWanted, Seat
from scheduler.operations.consult.minutes import listed
from solver.rules.load import told
from solver.sentence import Sentence, sentence

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from scheduler.operations.consult.exam_days import OfDays
    from scheduler.operations.consult.limits import Exceeded
    from scheduler.operations.consult.meetings import Key
    from scheduler.operations.consult.minutes import Minutes
    from scheduler.operations.consult.search import Search
    from scheduler.operations.consult.setting import Hindered

Starts = dict["date", "Minutes"]


@dataclass(frozen=True, slots=True)
class Cause:
    """What keeps starts from being free.

    Attributes
    ----------
    key : (str, str), or None
        Whom it is about; None: all the teachers who may hold it.
    """

    kind: Literal["busy", "away", "limited", "teachers"]
    key: Key | None = None


class Reasons:
    """Counts the starts of a search that came to nothing, or to too little."""

    def __init__(self, search: Search) -> None:
        self.search = search
        self.setting = search.setting

    def told(self) -> tuple[Sentence, ...]:
        """Tell why, the commonest reason first; each start is counted once."""
        search, request = self.search, self.search.request
        if not search.teachers:
            return (sentence("Nobody may hold it."),)
        starts = {day: search.starts.on(day) for day in search.days}
        total = _count(starts)
        if not total:
            return (self._no_start(),)
        free = {slot.day for slot in search.free}
        if len(free) >= search.wanted:
            return (
                sentence(
                    "It is free on {free} days, but for no teacher on {n} of them within the limits of each week.",
                    n=search.wanted,
                    free=len(free),
                ),
            )
        if free:
            head = sentence(
                "It is free on {n} day of the {wanted} that are needed; on the others:",
                plural="It is free on {n} days of the {wanted} that are needed; on the others:",
                n=len(free),
                wanted=search.wanted,
            )
            return (head, *self._counted({day: mask for day, mask in starts.items() if day not in free}))
        head = sentence(
            "There is {n} start from {first} to {last}, and it is not free.",
            plural="There are {n} starts from {first} to {last}, and none of them is free.",
            n=total,
            first=request.first_day,
            last=request.last_day,
        )
        moving = (sentence("No lesson in its way can be moved within its week."),) if request.may_move else ()
        return (head, *self._counted(starts), *moving)

    def blocking(self) -> list[Key]:
        """Return those of several who learn and of the tutors who hinder it, who hinders the most starts first."""
        starts = {day: self.search.starts.on(day) for day in self.search.days}
        hindered = Counter(
            {
                key: sum((starts[day] & self._of(key, day).starts).bit_count() for day in starts)
                for key in self.search.gathering.people
            }
        )
        return [key for key, count in hindered.most_common() if count]

    def _no_start(self) -> Sentence:
        request = self.search.request
        if not self.search.days:
            return sentence(
                "There is no school day from {first} to {last}.", first=request.first_day, last=request.last_day
            )
        return sentence(
            "No start from {first} to {last} leaves {n} minute between {earliest} and {latest}.",
            plural="No start from {first} to {last} leaves {n} minutes between {earliest} and {latest}.",
            n=request.minutes,
            first=request.first_day,
            last=request.last_day,
            earliest=request.earliest or "-",
            latest=request.latest or "-",
        )

    def _counted(self, starts: Starts) -> Iterator[Sentence]:
        """Take away what the commonest cause explains, then what the next one does, and so on."""
        left, causes = starts, {cause: dict(self._hindering(cause)) for cause in self._causes()}
        while left and causes:
            counts = {cause: _count(_both(left, masks)) for cause, masks in causes.items()}
            cause = max(counts, key=counts.__getitem__)
            if not counts[cause]:
                break
            yield self._sentence(cause, counts[cause])
            left = {day: mask & ~causes[cause].get(day, 0) for day, mask in left.items()}
            del causes[cause]
        yield from self._without_places(left)

    def _causes(self) -> Iterator[Cause]:
        search = self.search
        people = [*search.gathering.people]
        if len(search.teachers) == 1:
            people.append(("teacher", search.teachers[0]))
        else:
            yield Cause("teachers")
        for key in people:
            yield Cause("busy", key)
            yield Cause("away", key)
            yield Cause("limited", key)

    def _hindering(self, cause: Cause) -> Iterator[tuple[date, Minutes]]:
        for day in self.search.days:
            if cause.key is None:
                common = -1
                for teacher in self.search.teachers:
                    common &= self._of(("teacher", teacher), day).starts
                yield day, common
            else:
                hindered = self._of(cause.key, day)
                kinds = {"busy": hindered.busy, "away": hindered.away, "limited": hindered.limited}
                yield day, kinds[cause.kind]

    def _of(self, key: Key, day: date) -> Hindered:
        return self.setting.hindered(self.search.gathering, key, day)

    def _sentence(self, cause: Cause, n: int) -> Sentence:
        setting, search = self.setting, self.search
        if cause.key is None:
            names = search.costs.names(("teacher", teacher) for teacher in search.teachers)
            return sentence(
                "{n} finds none of these teachers free: {teachers}.",
                plural="{n} find none of these teachers free: {teachers}.",
                n=n,
                teachers=names,
            )
        person = setting.name(cause.key)
        if cause.kind == "busy":
            return sentence(
                "{n} falls on meetings of {person}.", plural="{n} fall on meetings of {person}.", n=n, person=person
            )
        if cause.kind == "away":
            return sentence(
                "{n} falls when {person} is not there.",
                plural="{n} fall when {person} is not there.",
                n=n,
                person=person,
            )
        limits = [one for day in search.days for one in self._of(cause.key, day).exceeded]
        return sentence(
            "{n} would be too much for {person}: {limits}.",
            plural="{n} would be too much for {person}: {limits}.",
            n=n,
            person=person,
            limits=tuple(dict.fromkeys(map(_limit, limits))) or (sentence("a rule about the time of day"),),
        )

    def _without_places(self, left: Starts) -> Iterator[Sentence]:
        """Tell what lacks where everybody is free: for each start what lacks with the first teacher who is."""
        lacks: Counter[Sentence] = Counter()
        for day, mask in left.items():
            for start in listed(mask):
                teacher = next(t for t in self.search.teachers if not self._of(("teacher", t), day).starts >> start & 1)
                gathering = self.search.by_teacher[teacher]
                lacking = self.setting.finding.lacking(gathering, day, start)
                if lacking:
                    lacks[self._thing(lacking[0])] += 1
        for thing, n in lacks.most_common():
            yield sentence("{n} lacks {thing}.", plural="{n} lack {thing}.", n=n, thing=thing)

    def _thing(self, lacking: RoomWanted | Seat) -> Sentence:
        if isinstance(lacking, RoomWanted):
            features = lacking.need.features
            if not features:
                return sentence("a room with {n} seat", plural="a room with {n} seats", n=lacking.seats)
            return sentence(
                "a room with {n} seat ({features})",
                plural="a room with {n} seats ({features})",
                n=lacking.seats,
                features=", ".join(features),
            )
        if not lacking.features:
            return sentence("a workstation ({site})", site=self._site(lacking.site))
        return sentence(
            "a workstation with {features} ({site})",
            features=tuple(sorted(lacking.features)),
            site=self._site(lacking.site),
        )

    def _site(self, site: str) -> str:
        return self.setting.document.site(site).name or site


def _limit(one: Exceeded | Missed) -> Sentence:
    if isinstance(one, Missed):
        return _of_days(one.rule)
    if one.what == "days":
        return sentence("{n} day a week at most", plural="{n} days a week at most", n=one.most)
    amount = told(one.most, one.what)
    if one.per == "day":
        return sentence("{amount} a day at most", amount=amount)
    return sentence("{amount} a week at most", amount=amount)


def _of_days(rule: OfDays) -> Sentence:
    if not rule.adding:
        return sentence("no lesson on the day of an exam")
    amount = told(rule.most, rule.adding)
    if rule.days == 1:
        return sentence("{amount} a day at most", amount=amount)
    return sentence(
        "{amount} on {n} day in a row at most",
        plural="{amount} on {n} days in a row at most",
        n=rule.days,
        amount=amount,
    )


def _both(one: Starts, other: Starts) -> Starts:
    return {day: mask & other.get(day, 0) for day, mask in one.items()}


def _count(starts: Starts) -> int:
    return sum(mask.bit_count() for mask in starts.values())
