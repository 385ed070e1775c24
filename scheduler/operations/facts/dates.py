"""What the calendar breaks: clashes, absences, lessons for which a date has no place."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import UTC, date, datetime
from functools import cached_property
from itertools import pairwise
from typing import TYPE_CHECKING

from scheduler.domain.calendar import lost_days
from scheduler.operations.facts.presence import Key, Presence, is_away
from solver.sentence import Sentence, sentence

if TYPE_CHECKING:
    from collections.abc import Iterator

    from scheduler.domain.timetable import Occurrence


@dataclass(frozen=True, slots=True)
class Dated:
    """A fact of a date: which meetings it concerns, and what is wrong."""

    date: date
    occurrences: tuple[str, ...]
    sentence: Sentence


class Dates(Presence):
    """Looks at the dates of the term."""

    def of_dates(self) -> tuple[Dated, ...]:
        """Tell what the calendar breaks: clashes, absences, lessons that a date has no place for."""
        found = [*self._clashes(), *self._absences(), *self._lost()]
        return tuple(sorted(dict.fromkeys(found), key=lambda fact: (fact.date, fact.occurrences)))

    @cached_property
    def _by_date(self) -> dict[date, list[Occurrence]]:
        found: dict[date, list[Occurrence]] = defaultdict(list)
        for occurrence in self.timetable.occurrences:
            if occurrence.status == "held":
                found[occurrence.start.date()].append(occurrence)
        return found

    def _clashes(self) -> Iterator[Dated]:
        """Nobody is in two places at once; dates on which all is held alike are looked at once."""
        known: dict[object, list[tuple[tuple[int, int], Sentence]]] = {}
        for day, held in self._by_date.items():
            alike = tuple(map(_held, held))
            if alike not in known:
                known[alike] = list(self._clashes_of(held))
            for (a, b), told in known[alike]:
                yield Dated(day, (held[a].id, held[b].id), told)

    def _clashes_of(self, held: list[Occurrence]) -> Iterator[tuple[tuple[int, int], Sentence]]:
        spans: dict[Key, list[tuple[datetime, datetime, int]]] = defaultdict(list)
        placements = [self.timetable.placements.get(occurrence.event) for occurrence in held]
        for index, (occurrence, placement) in enumerate(zip(held, placements, strict=True)):
            if placement is None:
                continue
            start, end = occurrence.start.astimezone(UTC), occurrence.end.astimezone(UTC)
            room = placement.room if occurrence.room is None else occurrence.room
            rooms = (room, *placement.also)
            seats = placement.seats if occurrence.seats is None else occurrence.seats
            keys = [*self.keys(placement, occurrence), *(("workstation", seat) for seat in seats.values())]
            for key in dict.fromkeys([*keys, *(("room", room) for room in rooms if room is not None)]):
                spans[key].append((start, end, index))
        for key, taken in spans.items():
            taken.sort()
            for (_, end, a), (start, _, b) in pairwise(taken):
                one, other = placements[a], placements[b]
                if start >= end or one is None or other is None:
                    continue
                if key[0] == "tutor" and one.kind == other.kind == "lesson" and self.people[key].site is not None:
                    continue  # a tutor sits with several students, who may have several lessons at once
                yield (
                    (a, b),
                    sentence(
                        "{person} is in two places at once: “{first}” and “{second}” ({time}).",
                        person=self.who(key),
                        first=one.event,
                        second=other.event,
                        time=held[b].start.timetz().replace(tzinfo=None),
                    ),
                )

    def _absences(self) -> Iterator[Dated]:
        """Nobody who is away on a date has a lesson then."""
        away = {key: p for key, p in self.people.items() if p.availability.dated}
        for placement in self.timetable.pattern if away else ():
            if not any(key in away for key in self.keys(placement)):
                continue
            for occurrence in self._of_event[placement.event]:
                for key in self.keys(placement, occurrence):
                    if key in away and is_away(away[key], occurrence.start, occurrence.end):
                        yield Dated(
                            occurrence.start.date(),
                            (occurrence.id,),
                            sentence(
                                "{person} is away when “{event}” is held.", person=away[key].name, event=placement.event
                            ),
                        )

    @cached_property
    def _of_event(self) -> dict[str, list[Occurrence]]:
        found: dict[str, list[Occurrence]] = defaultdict(list)
        for occurrence in self.timetable.occurrences:
            if occurrence.status == "held":
                found[occurrence.event].append(occurrence)
        return found

    def _lost(self) -> Iterator[Dated]:
        """Tell lessons for which a shortened day has no period, and those of a day that gave way to another's."""
        gave_way = {day.date for day in lost_days(self.document.term)}
        gave_way -= {day for day in gave_way if any(h.first <= day <= h.last for h in self.document.term.holidays)}
        by_day: dict[tuple[date, bool], list[Occurrence]] = defaultdict(list)
        for occurrence in self.timetable.occurrences:
            day = occurrence.start.date()
            if occurrence.status == "lost" and (occurrence.bells is not None or day in gave_way):
                by_day[day, occurrence.bells is not None].append(occurrence)
        for (day, shortened), lost in by_day.items():
            ids = tuple(occurrence.id for occurrence in lost)
            if shortened:
                told = sentence(
                    "The bells of {date} have no place for {n} lesson.",
                    plural="The bells of {date} have no place for {n} lessons.",
                    n=len(lost),
                    date=day,
                )
            else:
                told = sentence(
                    "{n} lesson of {date} is held on no day.",
                    plural="{n} lessons of {date} are held on no day.",
                    n=len(lost),
                    date=day,
                )
            yield Dated(day, ids, told)


def _held(o: Occurrence) -> tuple[object, ...]:
    """Return all that decides whether a meeting clashes with others, but for its date."""
    seats = None if o.seats is None else tuple(o.seats.items())
    return (o.event, o.start.timetz(), o.end.timetz(), o.students, o.teachers, o.tutors, o.room, seats)
