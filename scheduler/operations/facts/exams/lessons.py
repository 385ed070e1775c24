"""Whether lessons give way to exams only where a session lets them, and are not held where it suspends them."""

from __future__ import annotations

from collections import Counter, defaultdict
from datetime import date, timedelta
from functools import cached_property
from typing import TYPE_CHECKING

from scheduler.domain.calendar import monday
from scheduler.domain.timetable import Occurrence
from scheduler.operations.facts.exams.planned import Look
from solver.sentence import Sentence, sentence

if TYPE_CHECKING:
    from collections.abc import Iterator

    from scheduler.domain.exams import Session
    from scheduler.domain.session_plan import LessonChange
    from scheduler.operations.facts.exams.taken import Taken


class Lessons(Look):
    """Looks at the lessons beside exams."""

    def tell(self) -> Iterator[Sentence]:
        """Tell which lessons give way and must not, and which are held though they are suspended."""
        for change in self.planned.plan.changes:
            occurrence = self.planned.lessons.get(change.occurrence)
            if occurrence is None or occurrence.event not in self.planned.before.placements:
                yield sentence(
                    "The timetable must have the lesson {lesson} that gives way to an exam.", lesson=change.occurrence
                )
            elif occurrence.status != "held" or change.start != occurrence.start or change.end != occurrence.end:
                yield sentence(
                    "“{lesson}” is not held at {time}, when it is to give way.",
                    lesson=self.planned.named(occurrence),
                    time=self.planned.moment(change.start, occurrence),
                )
            else:
                yield from self._change(change, occurrence)
        yield from self._twice()
        yield from self._not_suspended()

    def _twice(self) -> Iterator[Sentence]:
        for key, times in Counter(change.occurrence for change in self.planned.plan.changes).items():
            if times > 1:
                yield sentence("The lesson {lesson} gives way more than once.", lesson=key)

    def _change(self, change: LessonChange, occurrence: Occurrence) -> Iterator[Sentence]:
        if change.change != "moved" and self._is_suspended(occurrence):
            return
        lesson, time = self.planned.named(occurrence), self.planned.moment(occurrence.start, occurrence)
        if change.change == "suspended":
            yield sentence(
                "“{lesson}” ({time}) is not held as suspended, though not all who learn in it have their lessons suspended.",
                lesson=lesson,
                time=time,
            )
            return
        if occurrence.pinned or self.planned.before.placements[occurrence.event].pinned:
            yield sentence("“{lesson}” ({time}) is pinned and must not give way.", lesson=lesson, time=time)
        if self.planned.is_consultation(occurrence):
            yield sentence(
                "“{lesson}” ({time}) is a consultation that was agreed and must not give way.", lesson=lesson, time=time
            )
        if change.change == "moved":
            yield from self._move(change, occurrence)
        sessions = self._in_the_way(occurrence) or self._beside(occurrence)
        if not sessions:
            yield sentence("“{lesson}” ({time}) gives way, and no exam is in its way.", lesson=lesson, time=time)
        for session in sessions:
            if change.change == "cancelled" and session.lessons_give_way == "no":
                yield sentence(
                    "“{lesson}” ({time}) is cancelled, which “{session}” does not let happen.",
                    lesson=lesson,
                    time=time,
                    session=session.name or session.id,
                )
            if change.change == "moved" and session.lessons_give_way != "move":
                yield sentence(
                    "“{lesson}” ({time}) is moved, which “{session}” does not let happen.",
                    lesson=lesson,
                    time=time,
                    session=session.name or session.id,
                )

    def _move(self, change: LessonChange, occurrence: Occurrence) -> Iterator[Sentence]:
        """A lesson keeps its length and its week."""
        lesson, time = self.planned.named(occurrence), self.planned.moment(occurrence.start, occurrence)
        if change.new_start is None or change.new_end is None:
            yield sentence("“{lesson}” ({time}) is moved to no time.", lesson=lesson, time=time)
            return
        moved = self.planned.moment(change.new_start, occurrence)
        if change.new_end - change.new_start != change.end - change.start:
            minute = timedelta(minutes=1)
            yield sentence(
                "“{lesson}” ({time}) lasts {found} min where it is moved, not {minutes}.",
                lesson=lesson,
                time=time,
                found=(change.new_end - change.new_start) // minute,
                minutes=(change.end - change.start) // minute,
            )
        if monday(moved.date()) != monday(time.date()):
            yield sentence(
                "“{lesson}” ({time}) is moved out of its week, to {moved}.", lesson=lesson, time=time, moved=moved
            )

    # --- which sessions decide -------------------------------------------------------------------------------------

    def _in_the_way(self, occurrence: Occurrence) -> list[Session]:
        """Return the sessions of the exams that need somebody or something of a lesson at its own time."""
        placement, absent, own = (
            self.planned.before.placed(occurrence),
            self.planned.suspended(occurrence),
            self.planned.taken(occurrence),
        )
        needed = [key for key in self.planned.keys(placement) if key not in absent]
        needed += [("workstation", seat) for seat in placement.seats.values()]
        needed += [("room", room) for room in placement.rooms]
        found = {
            session.id: session
            for key in needed
            for taken in self._taken_by_plan.get(key, ())
            if taken.start < own.end and own.start < taken.end
            if (session := self.planned.session_of(taken.by)) is not None
        }
        return list(found.values())

    def _beside(self, occurrence: Occurrence) -> list[Session]:
        """Return the sessions that examine who learns in a lesson and may hold exams on its date, suspended ones left out."""
        absent = self.planned.suspended(occurrence)
        found = {
            session.id: session
            for key in self.planned.learners(occurrence)
            if key not in absent
            for session in self.planned.sessions_on(key, occurrence.start.date())
        }
        return list(found.values())

    @cached_property
    def _taken_by_plan(self) -> dict[tuple[str, str], list[Taken]]:
        found: dict[tuple[str, str], list[Taken]] = defaultdict(list)
        for key, taken in self.planned.people_taken.items():
            found[key] += [one for one in taken if not isinstance(one.by, Occurrence)]
        for _, _, sitting in self.planned.held_parts:
            for room in sitting.rooms:
                found["room", room].append(self.planned.taken(sitting))
        for consultation in self.planned.plan.consultations:
            for room in consultation.rooms:
                found["room", room].append(self.planned.taken(consultation))
        return found

    # --- lessons that are suspended --------------------------------------------------------------------------------

    def _is_suspended(self, occurrence: Occurrence) -> bool:
        """Whether nobody who learns in a lesson is there, for all are examined and their lessons suspended."""
        learners = self.planned.learners(occurrence)
        return bool(learners) and len(self.planned.suspended(occurrence)) == len(learners)

    def _not_suspended(self) -> Iterator[Sentence]:
        suspending = (session.id for session in self.planned.document.sessions if session.lessons == "suspended")
        days = frozenset[date]().union(*(self.planned.open_dates[key] for key in suspending))
        for occurrence in self.planned.timetable.occurrences:
            held = occurrence.status == "held" and occurrence.event in self.planned.timetable.placements
            if held and occurrence.start.date() in days and self._is_suspended(occurrence):
                yield sentence(
                    "“{lesson}” ({time}) is held, though all who learn in it are examined and their lessons suspended.",
                    lesson=self.planned.named(occurrence),
                    time=self.planned.moment(occurrence.start, occurrence),
                )
