"""Whether all who are in a room at the same time may be there together, and fit in."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass, field
from datetime import UTC, timedelta
from fractions import Fraction
from functools import cached_property
from itertools import zip_longest
from math import ceil
from typing import TYPE_CHECKING

from scheduler.domain.session_plan import Sitting
from scheduler.operations.facts.exams.planned import Look
from scheduler.operations.facts.exams.rooms import Rooms
from scheduler.operations.facts.exams.taken import Taken, overlapping
from solver.sentence import Sentence, sentence

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import datetime

    from scheduler.domain.exams import Exam
    from scheduler.operations.facts.exams.planned import Part, Planned
    from scheduler.operations.facts.exams.taken import Held


@dataclass(frozen=True)
class RoomTaken(Taken):
    """A room is taken for a time, by people who share it with others or do not.

    Attributes
    ----------
    alone : bool
        Whether no other exam may be in it, and nobody else of this one where it is one student's.
    person : str
        The student who sits alone in it; of all others who sit the exam there where it is empty.
    seats : int or None
        Seats that are kept the whole time, however many people there are.
    people : Counter of (datetime, datetime)
        How many are there from when to when.
    share : Fraction
        Seats for each of them.
    at_once : int or None
        Of people in turns: how many there can be at the same time.
    """

    alone: bool = False
    seats: int | None = None
    people: Counter[tuple[datetime, datetime]] = field(default_factory=Counter)
    share: Fraction = Fraction(1)
    at_once: int | None = None

    def needed(self, at: datetime) -> int:
        """Tell how many seats are needed at some time."""
        if not self.start <= at < self.end:
            return 0
        if self.seats is not None:
            return self.seats
        there = sum(number for (start, end), number in self.people.items() if start <= at < end)
        return ceil((there if self.at_once is None else min(there, self.at_once)) * self.share)


class Sharing(Look):
    """Looks at each room all day long."""

    def __init__(self, planned: Planned) -> None:
        super().__init__(planned)
        self.rooms = Rooms(planned)

    def tell(self) -> Iterator[Sentence]:
        """Tell who is in a room together and must not be, and where too many are."""
        for room, taken in self._taken.items():
            for earlier, later in overlapping(taken):
                if self.planned.is_of_plan(earlier.by, later.by):
                    yield from self._together(room, earlier, later)
            yield from self._crowds(room, taken)

    @cached_property
    def _taken(self) -> dict[str, list[RoomTaken]]:
        found: dict[str, list[RoomTaken]] = defaultdict(list)
        for exam, part, sitting in self.planned.held_parts:
            for room, taken in (*self._of_all(exam, part, sitting), *self._of_those_alone(exam, sitting)):
                found[room].append(taken)
        for consultation in self.planned.plan.consultations:
            for room in consultation.rooms:
                found[room].append(self._whole(consultation))
        for occurrence in self.planned.lessons_beside:
            for room in self.planned.timetable.placed(occurrence).rooms:
                found[room].append(self._whole(occurrence))
        return found

    def _of_all(self, exam: Exam, part: Part, sitting: Sitting) -> Iterator[tuple[str, RoomTaken]]:
        """Yield the rooms of an exam with all who do not sit alone."""
        whole, alone = self.planned.taken(sitting), self.rooms.alone_in(exam, sitting)
        people = Counter(
            (candidate.start.astimezone(UTC), candidate.end.astimezone(UTC))
            for candidate in sitting.candidates
            if candidate not in alone
        )
        if part.nameless:
            length = sitting.end - sitting.start if exam.in_turns else timedelta(minutes=exam.minutes)
            people[whole.start, whole.start + length] += part.nameless
        rooms = zip_longest(self.rooms.shared_rooms(exam, sitting), self.rooms.room_needs(exam))
        for number, (room, need) in enumerate(rooms):
            if room is not None:
                taken = RoomTaken(
                    whole.start,
                    whole.end,
                    sitting,
                    alone=exam.own_room or number > 0,
                    seats=None if need is None else need.seats,
                    people=people,
                    share=self.planned.document.session(exam.session).seats_per_student,
                    at_once=exam.turns_at_once if exam.in_turns else None,
                )
                yield room, taken

    def _of_those_alone(self, exam: Exam, sitting: Sitting) -> Iterator[tuple[str, RoomTaken]]:
        for candidate in self.rooms.alone_in(exam, sitting):
            if candidate.room is not None:
                own, person = self.planned.taken(sitting, candidate), self.planned.who(("student", candidate.student))
                yield candidate.room, RoomTaken(own.start, own.end, sitting, person=person, alone=True, seats=1)

    def _together(self, room: str, earlier: RoomTaken, later: RoomTaken) -> Iterator[Sentence]:
        """Exams share rooms with exams only, unless one of them must be alone."""
        held = (earlier.by, later.by)
        name, time = self.planned.named_thing("rooms", room), self.planned.moment_of_both(earlier, later)
        if not all(isinstance(one, Sitting) for one in held):
            if self._all_require("ShareRooms", held):
                yield sentence(
                    "{room} is taken by “{first}” and “{second}” at once ({time}).",
                    room=name,
                    first=self.planned.named(earlier.by),
                    second=self.planned.named(later.by),
                    time=time,
                )
            return
        for one, other in ((earlier, later), (later, earlier)):
            if not one.alone or not self._all_require("OwnRoom", [one.by]):
                continue
            if one.person:
                yield sentence(
                    "{person} is not alone in {room} at “{exam}” ({time}).",
                    person=one.person,
                    room=name,
                    exam=self.planned.named(one.by),
                    time=time,
                )
            elif not other.person or other.by is not one.by:
                yield sentence(
                    "“{exam}” is not alone in {room}: “{other}” is there too ({time}).",
                    exam=self.planned.named(one.by),
                    room=name,
                    other=self.planned.named(other.by),
                    time=time,
                )

    def _crowds(self, room: str, taken: list[RoomTaken]) -> Iterator[Sentence]:
        """At every moment there are seats enough; each set of exams that are too many is told once."""
        if not self.planned.document.has("rooms", room):
            return
        exams = [one for one in taken if isinstance(one.by, Sitting) and self._all_require("ShareRooms", [one.by])]
        seats, told = self.planned.document.room(room).seats, set[tuple[str, ...]]()
        for at in sorted({start for one in exams for start, _ in one.people} | {one.start for one in exams}):
            there = [(one, needed) for one in exams if (needed := one.needed(at))]
            together = tuple(dict.fromkeys(one.by.key for one, _ in there if isinstance(one.by, Sitting)))
            total = sum(needed for _, needed in there)
            if total > seats and together not in told:
                told.add(together)
                yield sentence(
                    "{room} has {n} seat, and {needed} are needed at {time}: {exams}.",
                    plural="{room} has {n} seats, and {needed} are needed at {time}: {exams}.",
                    n=seats,
                    room=self.planned.named_thing("rooms", room),
                    exams=tuple(dict.fromkeys(self.planned.named(one.by) for one, _ in there)),
                    needed=total,
                    time=self.planned.moment(at, there[0][0].by),
                )

    def _whole(self, held: Held) -> RoomTaken:
        whole = self.planned.taken(held)
        return RoomTaken(whole.start, whole.end, held)

    def _all_require(self, rule: str, held: Iterable[Held]) -> bool:
        """Whether the sessions of some meetings hold to what is always so."""
        sessions = [session for one in held if (session := self.planned.session_of(one)) is not None]
        return all(self.planned.requires(session, rule) for session in sessions)
