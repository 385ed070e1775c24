"""What is wrong with meetings that no week of the pattern tells: consultations, and lessons that were moved."""

from __future__ import annotations

from collections import Counter, defaultdict
from functools import cached_property
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from scheduler.domain.calendar import TermDay, cycle_week, term_days
from scheduler.domain.exams import Request
from scheduler.domain.request_people import students_of, teachers_of
from scheduler.operations.facts.dates import Dated
from scheduler.operations.facts.presence import is_open, is_there
from scheduler.operations.facts.week import Week
from solver.sentence import Sentence, sentence

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from scheduler.domain.places import Room, Workstation
    from scheduler.domain.timetable import Occurrence, Placement


class Meetings(Week):
    """Looks at dated meetings one by one; who is in two places at once, or away, is looked at with all others."""

    def of_meetings(self) -> tuple[Dated, ...]:
        """Tell what is wrong with consultations and with moved lessons: people, places, what was asked for."""
        found: list[Dated] = []
        for occurrence in self.timetable.occurrences:
            placement = self.timetable.placements.get(occurrence.event)
            if placement is None or occurrence.status != "held" or self._is_usual(occurrence, placement):
                continue
            held = self.timetable.placed(occurrence)
            told = [*self.not_there(occurrence, held), *self.closed(occurrence, held)]
            told += self.places(held)
            if held.kind == "consultation":
                told += self._unlike_request(occurrence, held)
            found += [Dated(occurrence.start.date(), (occurrence.id,), one) for one in told]
        return tuple(dict.fromkeys(found))

    def _is_usual(self, occurrence: Occurrence, placement: Placement) -> bool:
        """Whether the pattern tells a meeting: the day of the cycle that its date holds, and the clock or other bells."""
        if placement.kind == "consultation":
            return False
        if not placement.weeks:
            return True  # another event is held whenever it says
        start = occurrence.start.astimezone(ZoneInfo(placement.time_zone))
        day = self._term_days.get(start.date())
        return (
            day is not None
            and day.week in placement.weeks
            and day.weekday == placement.weekday
            and (occurrence.bells is not None or start.time() == placement.start)
        )

    @cached_property
    def _term_days(self) -> dict[date, TermDay]:
        return {day.date: day for day in term_days(self.document.term)}

    def places(self, placement: Placement) -> Iterator[Sentence]:
        """Tell rooms and workstations that are missing or do not serve, whenever it is held."""
        yield from self._rooms(placement)
        yield from self._workstations(placement)
        yield from self._enough_for(placement)

    def not_there(self, occurrence: Occurrence, placement: Placement) -> Iterator[Sentence]:
        """Tell who is not available by the week."""
        week = cycle_week(self.document.term, occurrence.start.date())
        for key in dict.fromkeys(self.keys(placement)):
            person = self.people.get(key)
            if person is not None and not is_there(person, occurrence.start, occurrence.end, week):
                yield sentence(
                    "{person} is not available for “{event}” at {time}.",
                    person=person.name,
                    event=placement.event,
                    time=occurrence.start,
                )

    def closed(self, occurrence: Occurrence, placement: Placement) -> Iterator[Sentence]:
        """Tell rooms and workstations that cannot be used then."""
        document = self.document
        week = cycle_week(document.term, occurrence.start.date())
        things: list[Room | Workstation] = [document.room(key) for key in placement.rooms if document.has("rooms", key)]
        seats = dict.fromkeys(placement.seats.values())
        things += [document.workstation(key) for key in seats if document.has("workstations", key)]
        for thing in things:
            zone = ZoneInfo(document.site(thing.site).time_zone or document.term.time_zone)
            start, end = occurrence.start.astimezone(zone), occurrence.end.astimezone(zone)
            if not is_open(thing.hours, start, end, week):
                yield sentence(
                    "{thing} is closed when “{event}” is held in it.",
                    thing=thing.name or thing.id,
                    event=placement.event,
                )

    def _unlike_request(self, occurrence: Occurrence, placement: Placement) -> Iterator[Sentence]:
        """Tell where a consultation is not what its request asks for."""
        request = self.item(placement)
        if not isinstance(request, Request):
            yield sentence("“{event}” is held for no request of the document.", event=placement.event)
            return
        here = ZoneInfo(self.document.term.time_zone)
        start, end = occurrence.start.astimezone(here), occurrence.end.astimezone(here)
        asked = (
            (end - start).total_seconds() == request.minutes * 60
            and request.first_day <= start.date() <= request.last_day
            and (request.earliest is None or start.time() >= request.earliest)
            and (request.latest is None or (end.date() == start.date() and end.time() <= request.latest))
        )
        if not asked:
            yield sentence(
                "“{event}” is held at a time that was not asked for: {time}.", event=placement.event, time=start
            )
        people = (set(placement.students), set(placement.groups), set(placement.tutors))
        if people != (set(students_of(self.document, request)), set(request.groups), set(request.agree)):
            yield sentence("“{event}” is held for other people than it was asked for.", event=placement.event)
        if len(placement.teachers) != 1 or placement.teachers[0] not in teachers_of(self.document, request):
            yield sentence(
                "“{event}” has other teachers than it needs: {teachers}.",
                event=placement.event,
                teachers=", ".join(self.who(("teacher", teacher)) for teacher in placement.teachers) or "-",
            )

    def of_requests(self) -> tuple[Sentence, ...]:
        """Tell requests that have two consultations on a day, or more than were asked for."""
        return tuple(self._too_many())

    def _too_many(self) -> Iterator[Sentence]:
        held: dict[str, Counter[date]] = defaultdict(Counter)
        here = ZoneInfo(self.document.term.time_zone)
        request_of = {p.event: p.course for p in self.timetable.pattern if p.kind == "consultation"}
        for occurrence in self.timetable.occurrences:
            if occurrence.event in request_of and occurrence.status == "held":
                held[request_of[occurrence.event]][occurrence.start.astimezone(here).date()] += 1
        for key, days in held.items():
            for day, n in days.items():
                if n > 1:
                    yield sentence(
                        "“{request}” has {n} consultation on {date}, not on different days.",
                        plural="“{request}” has {n} consultations on {date}, not on different days.",
                        n=n,
                        request=key,
                        date=day,
                    )
            if self.document.has("requests", key) and days.total() > (asked := self.document.request(key).count):
                yield sentence(
                    "“{request}” has {n} consultation, not {asked}.",
                    plural="“{request}” has {n} consultations, not {asked}.",
                    n=days.total(),
                    request=key,
                    asked=asked,
                )
