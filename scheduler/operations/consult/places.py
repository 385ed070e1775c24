"""Rooms and workstations by name: which of them are free, and who gets which."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING

from scheduler.operations.consult.minutes import WHOLE, touching

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from scheduler.domain.document import Document
    from scheduler.domain.timetable import Timetable
    from scheduler.operations.consult.gathering import Gathering, RoomWanted, Seat
    from scheduler.operations.consult.meetings import Key, Meetings
    from scheduler.operations.consult.minutes import Clocks, Minutes, Span


@dataclass(frozen=True, slots=True)
class Places:
    """Where a gathering is held.

    Attributes
    ----------
    seats : dict of str to str
        For each person who has one, the workstation.
    """

    rooms: tuple[str, ...] = ()
    seats: dict[str, str] = field(default_factory=dict)


class Finding:
    """Finds places; who asks may go without only where the policy does not require that there are enough.

    Parameters
    ----------
    required
        Whether everybody must have what they need.
    """

    def __init__(self, document: Document, timetable: Timetable, meetings: Meetings, *, required: bool) -> None:
        self.document = document
        self.timetable = timetable
        self.meetings = meetings
        self.clocks: Clocks = meetings.clocks
        self.required = required
        self._free: dict[tuple[Key, date, int, str | None], Minutes] = {}
        self._serving: dict[RoomWanted | Seat, dict[str | None, tuple[Key, ...]]] = defaultdict(dict)

    def places(
        self, gathering: Gathering, day: date, start: int, taken: Sequence[tuple[Key, Span]] = ()
    ) -> Places | None:
        """Return where a gathering is held that starts at a minute of a date; None where something that it needs lacks.

        Parameters
        ----------
        taken
            What is taken besides on the date, and when.
        """
        wanted = self._serving_all(gathering)
        if not wanted:
            return Places()
        given = self._given(gathering, wanted, day, start, taken)
        rooms = given[: len(gathering.rooms)]
        seats = given[len(gathering.rooms) :]
        if self.required and (None in seats or (None in rooms and not gathering.rooms_optional)):
            return None
        if None in rooms:
            rooms = []  # some of its rooms are no use to it
        return Places(
            tuple(room[1] for room in rooms if room is not None),
            {seat.person: key[1] for seat, key in zip(gathering.seats, seats, strict=True) if key is not None},
        )

    def lacking(self, gathering: Gathering, day: date, start: int) -> tuple[RoomWanted | Seat, ...]:
        """Return what nothing that is free serves, each by itself, or the last that gets nothing where others do."""
        asked: list[RoomWanted | Seat] = [*gathering.rooms, *gathering.seats]
        given = self._given(gathering, self._serving_all(gathering), day, start, ())
        return tuple(one for one, key in zip(asked, given, strict=True) if key is None)

    def _serving_all(self, gathering: Gathering) -> list[tuple[Key, ...]]:
        """What serves each of its rooms and then each of its workstations."""
        rooms = [self._of_room(room, gathering.site) for room in gathering.rooms]
        return rooms + [self._of_seat(seat) for seat in gathering.seats]

    def _given(
        self,
        gathering: Gathering,
        wanted: Sequence[tuple[Key, ...]],
        day: date,
        start: int,
        taken: Sequence[tuple[Key, Span]],
    ) -> list[Key | None]:
        """Give each demand something that is free, as many as can be served (augmenting paths, Kuhn 1955)."""
        end = start + gathering.minutes
        busy = {key for key, (first, last) in taken if first < end and start < last}
        free = {
            key
            for key in dict.fromkeys(key for options in wanted for key in options)
            if key not in busy and self._starts(key, day, gathering.minutes, gathering.without) >> start & 1
        }
        holder: dict[Key, int] = {}

        def serve(demand: int, tried: set[Key]) -> bool:
            for key in wanted[demand]:
                if key in free and key not in tried:
                    tried.add(key)
                    if key not in holder or serve(holder[key], tried):
                        holder[key] = demand
                        return True
            return False

        for demand in range(len(wanted)):
            serve(demand, set())
        given: list[Key | None] = [None] * len(wanted)
        for key, demand in holder.items():
            given[demand] = key
        return given

    def _starts(self, key: Key, day: date, length: int, without: str | None) -> Minutes:
        """The starts of what lasts so long and finds a room or a workstation open and free."""
        found = self._free.get((key, day, length, without))
        if found is None:
            thing = self.document.room(key[1]) if key[0] == "room" else self.document.workstation(key[1])
            zone = self.document.site(thing.site).time_zone or self.document.term.time_zone
            found = self.clocks.open(day, thing.hours, zone, length) if thing.hours else WHOLE
            for meeting in self.meetings.of(key, day):
                if meeting.occurrence.id != without:
                    found &= ~touching(meeting.span, length)
            self._free[key, day, length, without] = found
        return found

    def _of_room(self, wanted: RoomWanted, site: str | None) -> tuple[Key, ...]:
        """The rooms that serve, those with the fewest seats first."""
        if site not in self._serving[wanted]:
            need = wanted.need
            rooms = [
                room
                for room in self.document.rooms
                if (room.id in need.candidates if need.candidates else site is None or room.site == site)
                and set(need.features) <= set(room.features)
                and room.seats >= wanted.seats
            ]
            rooms.sort(key=lambda room: (room.seats, len(room.features)))
            self._serving[wanted][site] = tuple(("room", room.id) for room in rooms)
        return self._serving[wanted][site]

    def _of_seat(self, seat: Seat) -> tuple[Key, ...]:
        """The workstations that serve: those at which the person usually sits first, then the plainest."""
        if None not in self._serving[seat]:
            usual = self._usual.get(seat.person, Counter())
            found = [w for w in self.document.workstations if w.site == seat.site and seat.features <= set(w.features)]
            found.sort(key=lambda w: (-usual[w.id], len(w.features)))
            self._serving[seat][None] = tuple(("workstation", w.id) for w in found)
        return self._serving[seat][None]

    @cached_property
    def _usual(self) -> dict[str, Counter[str]]:
        """By person, how often they sit at which workstation."""
        found: dict[str, Counter[str]] = defaultdict(Counter)
        for placement in self.timetable.pattern:
            for person, seat in placement.seats.items():
                found[person][seat] += 1
        return found
