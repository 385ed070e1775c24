"""Whether everybody has the time to get from one place to the next: to exams and consultations, and back to lessons."""

from __future__ import annotations

from functools import cached_property
from itertools import combinations
from typing import TYPE_CHECKING

from scheduler.domain.session_plan import Sitting
from scheduler.domain.timetable import Occurrence
from scheduler.operations.facts.exams.planned import Look
from solver.sentence import Sentence, sentence

if TYPE_CHECKING:
    from collections.abc import Iterator

    from scheduler.operations.facts.exams.taken import Held, Taken
    from scheduler.operations.facts.presence import Key


class Ways(Look):
    """Looks at each person's places, all day long."""

    def tell(self) -> Iterator[Sentence]:
        """Tell who would have to be at two places too soon after one another; who is at both at once is told elsewhere."""
        if not self._minutes:
            return
        longest = max(self._minutes.values())
        for key, taken in self.planned.people_taken.items():
            placed = [(one, site) for one in taken if (site := self._place(key, one.by)) is not None]
            if len({site for _, site in placed}) < 2:
                continue
            placed.sort(key=lambda pair: pair[0].start)
            for (earlier, a), (later, b) in combinations(placed, 2):
                between = (later.start - earlier.end).total_seconds() / 60
                if 0 <= between < longest and between < self._minutes.get((a, b), 0):
                    yield from self._too_soon(key, earlier, later, (a, b))

    @cached_property
    def _minutes(self) -> dict[tuple[str, str], int]:
        """How long the ways are that take any time, there and back."""
        told = {(way.b, way.a): way.minutes for way in self.planned.document.travel}
        told |= {(way.a, way.b): way.minutes for way in self.planned.document.travel}
        return {way: minutes for way, minutes in told.items() if minutes}

    def _place(self, key: Key, held: Held) -> str | None:
        """Return the site where somebody is, as far as it is known."""
        if isinstance(held, Sitting) and key[0] != "student":
            return self._place_in_exam(key, held)
        at = self.planned.timetable.placed(held) if isinstance(held, Occurrence) else held
        return at.site if at.mode == "site" else self._own(key)

    def _place_in_exam(self, key: Key, sitting: Sitting) -> str | None:
        """Who assists is where the student is, a group where the exam is, and who holds it where they sit themselves."""
        helped = next((one.student for one in sitting.candidates if one.assistant == key[1]), None)
        if helped is None and key[0] == "teacher":
            return self._own(key)
        if sitting.mode == "site":
            return sitting.site
        return self._own(key if helped is None else ("student", helped))

    def _own(self, key: Key) -> str | None:
        person = self.planned.people.get(key)
        return None if person is None else person.site

    def _too_soon(self, key: Key, earlier: Taken, later: Taken, way: tuple[str, str]) -> Iterator[Sentence]:
        held = (earlier.by, later.by)
        if all(isinstance(one, Occurrence) for one in held):
            return
        sessions = [session for one in held if (session := self.planned.session_of(one)) is not None]
        if all(self.planned.requires(session, "AllowTravel") for session in sessions):
            yield sentence(
                "{person} has {n} minute between “{first}” and “{second}” ({time}), and the way takes {needed}.",
                plural="{person} has {n} minutes between “{first}” and “{second}” ({time}), and the way takes {needed}.",
                n=int((later.start - earlier.end).total_seconds() // 60),
                person=self.planned.who(key),
                first=self.planned.named(earlier.by),
                second=self.planned.named(later.by),
                time=self.planned.moment(later.start, later.by),
                needed=self._minutes[way],
            )
