"""Whether exams have the rooms that they need: as many, of the right kind, at the right site, and open."""

from __future__ import annotations

from itertools import zip_longest
from typing import TYPE_CHECKING

from scheduler.domain.courses import FurtherRoom
from scheduler.domain.exam_students import site_of
from scheduler.operations.facts.exams.planned import Look
from solver.sentence import Sentence, sentence

if TYPE_CHECKING:
    from collections.abc import Iterator

    from scheduler.domain.exams import Exam
    from scheduler.domain.session_plan import Candidate, Sitting
    from scheduler.operations.facts.exams.planned import Part
    from scheduler.operations.facts.exams.taken import Taken


class Rooms(Look):
    """Looks at the rooms of each exam."""

    def tell(self) -> Iterator[Sentence]:
        """Tell what is wrong with the rooms of exams, whoever else is in them."""
        for exam, part, sitting in self.planned.held_parts:
            yield from self._enough(exam, part, sitting)
            yield from self._suiting(exam, sitting)
            yield from self._where_students_sit(sitting)

    def alone_in(self, exam: Exam, sitting: Sitting) -> list[Candidate]:
        """Return those who are entitled to a room of their own."""
        if exam.mode == "online":
            return []
        entitled = ((one, self.planned.entitled(one.student, exam)) for one in sitting.candidates)
        return [one for one, own in entitled if own is not None and own.own_room]

    def shared_rooms(self, exam: Exam, sitting: Sitting) -> tuple[str, ...]:
        """Return the rooms of an exam for all who do not sit alone."""
        alone = self.alone_in(exam, sitting)
        own = {one.room for one in alone} - {one.room for one in sitting.candidates if one not in alone}
        return tuple(room for room in sitting.rooms if room not in own)

    @staticmethod
    def room_needs(exam: Exam) -> tuple[FurtherRoom, ...]:
        """Return the rooms that an exam needs; none of somebody who sits alone is among them."""
        return () if exam.room is None or exam.mode == "online" else (exam.room, *exam.room.also)

    def _enough(self, exam: Exam, part: Part, sitting: Sitting) -> Iterator[Sentence]:
        """It has as many rooms as it needs, and none that it does not need."""
        needs, rooms, alone = self.room_needs(exam), self.shared_rooms(exam, sitting), self.alone_in(exam, sitting)
        for room in rooms[len(needs) :]:
            yield sentence(
                "“{exam}” has {room}, a room that it does not need.",
                exam=self.planned.named(sitting),
                room=self.planned.named_thing("rooms", room),
            )
        if not self.planned.requires(self.planned.document.session(exam.session), "ShareRooms"):
            return
        all_alone = bool(alone) and len(alone) == part.size
        if exam.room is not None and not exam.room.optional and len(rooms) < len(needs) and not all_alone:
            if rooms:
                yield sentence(
                    "“{event}” has {n} of its {all} rooms.",
                    event=self.planned.named(sitting),
                    n=len(rooms),
                    all=len(needs),
                )
            else:
                yield sentence("“{event}” has no room.", event=self.planned.named(sitting))
        for candidate in alone:
            if candidate.room is None:
                yield sentence(
                    "{person} has no room of their own at “{exam}”.",
                    person=self.planned.who(("student", candidate.student)),
                    exam=self.planned.named(sitting),
                )

    def _suiting(self, exam: Exam, sitting: Sitting) -> Iterator[Sentence]:
        """Each room is one that may be taken, has what is needed and is open."""
        for room, need in zip_longest(self.shared_rooms(exam, sitting), self.room_needs(exam)):
            if room is not None:
                yield from self._suits(exam, room, need or FurtherRoom(), self.planned.taken(sitting))
        for candidate in self.alone_in(exam, sitting):
            own = self.planned.entitled(candidate.student, exam)
            if candidate.room is not None and own is not None:
                need = FurtherRoom(features=own.room_features)
                yield from self._suits(exam, candidate.room, need, self.planned.taken(sitting, candidate))

    def _suits(self, exam: Exam, key: str, need: FurtherRoom, taken: Taken) -> Iterator[Sentence]:
        if not self.planned.document.has("rooms", key):
            yield self.planned.unknown(key, taken.by)
            return
        room, site = self.planned.document.room(key), site_of(self.planned.document, exam)
        name, event = room.name or room.id, self.planned.named(taken.by)
        if need.candidates and key not in need.candidates:
            yield sentence("{room} is no room in which “{event}” may be.", room=name, event=event)
        elif not need.candidates and site is not None and room.site != site:
            yield sentence("{room} is not at the site of “{event}”.", room=name, event=event)
        missing = tuple(sorted(set(need.features) - set(room.features)))
        if missing:
            yield sentence("{room} has no {features}, which “{event}” needs.", room=name, features=missing, event=event)
        yield from self.planned.closed(room, taken)

    def _where_students_sit(self, sitting: Sitting) -> Iterator[Sentence]:
        """Nobody sits in a room that is none of their exam's."""
        for candidate in sitting.candidates:
            if candidate.room is not None and candidate.room not in sitting.rooms:
                yield sentence(
                    "{person} sits in {room}, which is no room of “{exam}”.",
                    person=self.planned.who(("student", candidate.student)),
                    room=self.planned.named_thing("rooms", candidate.room),
                    exam=self.planned.named(sitting),
                )
