"""Where one request's consultations can be held: every date, every start, everybody who may hold it; the best of each."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import time
from functools import cached_property
from itertools import islice
from typing import TYPE_CHECKING, Final

from scheduler.domain.request_people import teachers_of
from scheduler.domain.session_plan import Consultation
from scheduler.domain.timetable import event_id
from scheduler.operations.consult.answer import Proposal
from scheduler.operations.consult.costs import Costs, Item
from scheduler.operations.consult.minutes import listed
from scheduler.operations.consult.starts import Starts

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import date

    from scheduler.domain.exams import Request
    from scheduler.operations.consult.gathering import Gathering
    from scheduler.operations.consult.meetings import Key, Meeting
    from scheduler.operations.consult.minutes import Minutes
    from scheduler.operations.consult.moves import Moves, Target
    from scheduler.operations.consult.places import Places
    from scheduler.operations.consult.setting import Setting

MOST: Final = 5
"""Proposals for a request."""

ALIKE: Final = 3
"""What a proposal costs in the choosing, but not in what it is told to cost, for each one chosen before on its day; a
third of it where only the teacher or the part of the day is the same."""

NOON, EVENING = time(12), time(16)
"""Where a day's parts end."""


@dataclass(frozen=True, slots=True)
class Slot:
    """What tells proposals apart: a day, a part of it, and who holds it."""

    day: date
    part: int
    teacher: str


@dataclass(frozen=True, slots=True)
class Found:
    """A start that is free.

    Attributes
    ----------
    rank : tuple of int
        By which starts are compared: cost, whether it follows no bell, whether it is no quarter of an hour, the minute.
    moved : (Meeting, Target), or None
        The lesson that makes room for it.
    """

    rank: tuple[int, ...]
    slot: Slot
    places: Places
    moved: tuple[Meeting, Target] | None = None

    @property
    def cost(self) -> int:
        """What it costs."""
        return self.rank[0]

    @property
    def start(self) -> int:
        """The minute of the date at which it begins."""
        return self.rank[-1]


class Search:
    """Looks for places for one request's consultations beside a timetable.

    Parameters
    ----------
    anyway
        Who would come at any time, whenever they are available.
    """

    def __init__(self, setting: Setting, request: Request, moves: Moves, anyway: frozenset[Key] = frozenset()) -> None:
        self.setting = setting
        self.request = request
        self.moves = moves
        self.gathering = setting.gatherings.of_request(request, anyway)
        self.starts = Starts(setting, request, self.gathering)
        self.costs = Costs(setting, request)
        self.teachers = teachers_of(setting.document, request)
        self.held = setting.held(request)
        self._shared: dict[tuple[date, int], list[Item]] = {}
        self.wanted = max(0, request.count - len(self.held))

    @cached_property
    def days(self) -> tuple[date, ...]:
        """The dates on which one may be held: those on which another one is are left out."""
        taken = {meeting.day for meeting in self.held}
        return tuple(day for day in self.starts.days if day not in taken)

    @cached_property
    def by_teacher(self) -> dict[str, Gathering]:
        """What is to be held, with each teacher who may hold it."""
        return {
            teacher: self.setting.gatherings.held_by(self.gathering, self.request, teacher) for teacher in self.teachers
        }

    def proposals(self) -> tuple[Proposal, ...]:
        """Return the best ways to hold all of them, each really different from the others, the cheapest first."""
        chosen = self._chosen(self._sets(self.free))
        if len(chosen) < MOST and self.request.may_move:
            chosen = self._chosen(self._sets({**self.free, **self._with_moves()}))
        return tuple(map(self._proposal, chosen))

    # --- what is free ------------------------------------------------------------------------------------------------

    @cached_property
    def free(self) -> dict[Slot, Found]:
        """The best start of each slot that needs no lesson to be moved."""
        found: dict[Slot, Found] = {}
        for day in self.days:
            shared = self.starts.on(day)
            for key in self.gathering.people:
                shared &= ~self.setting.hindered(self.gathering, key, day).starts
                if not shared:
                    break
            for teacher in self.teachers if shared else ():
                hindered = self.setting.hindered(self.by_teacher[teacher], ("teacher", teacher), day)
                for slot, starts in self._by_slot(day, teacher, shared & ~hindered.starts).items():
                    best = self._first_with_places(slot, starts)
                    if best is not None:
                        found[slot] = best
        return found

    def _by_slot(self, day: date, teacher: str, starts: Minutes) -> dict[Slot, list[int]]:
        found: dict[Slot, list[int]] = {}
        for start in listed(starts):
            found.setdefault(Slot(day, self._part(day, start), teacher), []).append(start)
        return found

    def _first_with_places(self, slot: Slot, starts: list[int]) -> Found | None:
        """Return the best of a slot's starts that finds places."""
        for rank in sorted(self._rank(slot, start) for start in starts):
            places = self.setting.finding.places(self.by_teacher[slot.teacher], slot.day, rank[-1])
            if places is not None:
                return Found(rank, slot, places)
        return None

    def _rank(
        self, slot: Slot, start: int, moved: Meeting | None = None, target: Target | None = None
    ) -> tuple[int, ...]:
        cost = sum(item.amount for item in self._items(slot, start, moved, target))
        return cost, start not in self.starts.bells(slot.day).starts, start % 15 != 0, start

    def _items(self, slot: Slot, start: int, moved: Meeting | None = None, target: Target | None = None) -> list[Item]:
        """What a start costs whom; with a lesson that makes room for it, and where that goes, if it is known."""
        bells, gathering = self.starts.bells(slot.day), self.by_teacher[slot.teacher]
        if moved is None:
            if (slot.day, start) not in self._shared:
                self._shared[slot.day, start] = self.costs.shared(self.gathering, slot.day, start, bells)
            own = self.costs.of_teacher(gathering, slot.teacher, slot.day, start)
            return [*self._shared[slot.day, start], *own]
        instead = (moved.occurrence.id, target.span if target is not None and target.day == slot.day else None)
        return [
            *self.costs.shared(self.gathering, slot.day, start, bells, instead),
            *self.costs.of_teacher(gathering, slot.teacher, slot.day, start, instead),
            *self.costs.of_move(dict.fromkeys(self.setting.meetings.people(moved.placement))),
        ]

    def _part(self, day: date, start: int) -> int:
        clock = self.setting.clocks.instant(day, start, self.starts.zone).time()
        return (clock >= NOON) + (clock >= EVENING)

    # --- what is free if a lesson is moved ---------------------------------------------------------------------------

    def _with_moves(self) -> dict[Slot, Found]:
        """The best starts of slots without a free one, that are free if one lesson is moved; so many as may be shown."""
        candidates = [
            (self._rank(slot, start, meeting), slot, meeting)
            for day in self.days
            for teacher in self.teachers
            for meeting, free in self._blocked_by_one(day, teacher)
            for slot, starts in self._by_slot(day, teacher, free).items()
            if slot not in self.free
            for start in starts
        ]
        candidates.sort(key=lambda one: (one[0], one[1].day, one[1].teacher))
        found: dict[Slot, Found] = {}
        apart = max((self.setting.apart(self.gathering, key) for key in self.gathering.people), default=0)
        for rank, slot, meeting in candidates:
            if slot in found:
                continue
            start = rank[-1]
            target = self.moves.target(meeting, slot.day, (start, start + self.gathering.minutes), apart)
            places = None if target is None else self._places_beside(slot, start, meeting, target)
            if target is not None and places is not None:
                found[slot] = Found(self._rank(slot, start, meeting, target), slot, places, (meeting, target))
                if len(found) == MOST * self.wanted:
                    break
        return found

    def _blocked_by_one(self, day: date, teacher: str) -> Iterator[tuple[Meeting, Minutes]]:
        """Yield the lessons that alone stand in the way of some starts, with these."""
        gathering = self.by_teacher[teacher]
        free = self.starts.on(day)
        by_meeting: dict[str, tuple[Meeting, Minutes]] = {}
        for key in gathering.people:
            hindered = self.setting.hindered(gathering, key, day)
            free &= ~(hindered.away | hindered.limited)
            for meeting, starts in hindered.meetings:
                _, before = by_meeting.get(meeting.occurrence.id, (meeting, 0))
                by_meeting[meeting.occurrence.id] = meeting, before | starts
        once = twice = 0
        for _, starts in by_meeting.values():
            twice |= once & starts
            once |= starts
        for meeting, starts in by_meeting.values():
            alone = starts & free & ~twice
            if alone and self.moves.may_move(meeting):
                yield meeting, alone

    def _places_beside(self, slot: Slot, start: int, meeting: Meeting, target: Target) -> Places | None:
        """Return the places of a consultation: a lesson that is moved has left its own, and taken others."""
        gathering = replace(self.by_teacher[slot.teacher], without=meeting.occurrence.id)
        taken = []
        if target.day == slot.day:
            taken += [(("room", room), target.span) for room in target.places.rooms]
            taken += [(("workstation", seat), target.span) for seat in target.places.seats.values()]
        return self.setting.finding.places(gathering, slot.day, start, taken)

    # --- as many as are wanted ---------------------------------------------------------------------------------------

    def _sets(self, found: dict[Slot, Found]) -> list[tuple[Found, ...]]:
        """Return for each teacher sets of as many as are wanted, on different days; no two sets share a slot."""
        by_teacher: dict[str, list[Found]] = {}
        for one in sorted(found.values(), key=lambda one: (one.rank, one.slot.day)):
            by_teacher.setdefault(one.slot.teacher, []).append(one)
        if self.wanted == 1:
            return [(one,) for held in by_teacher.values() for one in held]
        return [chosen for held in by_teacher.values() for chosen in islice(self._sets_of(held), MOST)]

    def _sets_of(self, left: list[Found]) -> Iterator[tuple[Found, ...]]:
        while True:
            chosen: list[Found] = []
            for one in left:
                if len(chosen) < self.wanted and self._fits(one, chosen):
                    chosen.append(one)
            if len(chosen) < self.wanted:
                return
            yield tuple(sorted(chosen, key=lambda one: one.slot.day))
            used = {one.slot for one in chosen}
            left = [one for one in left if one.slot not in used]

    def _fits(self, one: Found, chosen: Sequence[Found]) -> bool:
        """Whether a start goes with others: on another day, within the limits of the week, one lesson moved at most."""
        days = {other.slot.day for other in chosen}
        moved = [other for other in (one, *chosen) if other.moved is not None]
        if one.slot.day in days or len(moved) > 1:
            return False
        if any(m.moved is not None and m.moved[1].day in {one.slot.day, *days} - {m.slot.day} for m in moved):
            return False
        week = one.slot.day.isocalendar()[:2]
        more = sum(day.isocalendar()[:2] == week for day in days)
        gathering = self.by_teacher[one.slot.teacher]
        if more and any(
            exceeded.weight is None
            for key in gathering.people
            for exceeded in self.setting.limits.exceeded(gathering, key, one.slot.day, more)
        ):
            return False
        return not days or not any(
            missed.rule.weight is None and missed.starts >> one.start & 1
            for key in gathering.people
            for missed in self.setting.exam_days.missed(gathering, key, one.slot.day, frozenset(days))
        )

    @staticmethod
    def _chosen(sets: list[tuple[Found, ...]]) -> list[tuple[Found, ...]]:
        """Choose the cheapest; one that is like others that were chosen comes later than its cost alone would have it."""
        chosen: list[tuple[Found, ...]] = []
        left = list(sets)
        while left and len(chosen) < MOST:
            best = min(left, key=lambda one: (_cost(one) + _likeness(one, chosen), _ranks(one)))
            chosen.append(best)
            left.remove(best)
        return sorted(chosen, key=lambda one: (_cost(one), _ranks(one)))

    # --- in words ----------------------------------------------------------------------------------------------------

    def _proposal(self, found: tuple[Found, ...]) -> Proposal:
        first = self.setting.next_number(self.request)
        moved = next((one.moved for one in found if one.moved is not None), None)
        items: list[Item] = []
        for one in found:
            items += self._items(one.slot, one.start, *(one.moved or ()))
        return Proposal(
            tuple(self._consultation(one, number) for number, one in enumerate(found, start=first)),
            self.costs.told(items),
            None if moved is None else self.moves.move(*moved),
        )

    def _consultation(self, one: Found, number: int) -> Consultation:
        request, slot = self.request, one.slot
        learners = self.gathering.learners
        zone = self.starts.zone
        return Consultation(
            id=event_id(request.id, 1, number),
            request=request.id,
            start=self.setting.clocks.instant(slot.day, one.start, zone),
            end=self.setting.clocks.instant(slot.day, one.start + request.minutes, zone),
            teacher=slot.teacher,
            students=tuple(key for kind, key in learners if kind == "student"),
            groups=request.groups,
            tutors=request.agree,
            mode=request.mode,
            site=self.gathering.site if request.mode == "site" else None,
            room=one.places.rooms[0] if one.places.rooms else None,
            also=one.places.rooms[1:],
            seats=one.places.seats,
        )


def _cost(found: tuple[Found, ...]) -> int:
    return sum(one.cost for one in found)


def _ranks(found: tuple[Found, ...]) -> tuple[object, ...]:
    return tuple((one.slot.day, one.rank, one.slot.teacher) for one in found)


def _likeness(found: tuple[Found, ...], chosen: Sequence[tuple[Found, ...]]) -> float:
    """How like earlier choices a set is: by their days, parts of the day and teachers."""
    alike = 0.0
    for one in found:
        for other in (other for before in chosen for other in before):
            alike += ALIKE * (one.slot.day == other.slot.day)
            alike += ALIKE / 3 * ((one.slot.part == other.slot.part) + (one.slot.teacher == other.slot.teacher))
    return alike / len(found)
