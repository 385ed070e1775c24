"""Whether everybody can be where the plan needs them: nowhere else at that time, and available."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scheduler.domain.calendar import cycle_week
from scheduler.domain.session_plan import Sitting
from scheduler.domain.timetable import Occurrence
from scheduler.operations.facts.exams.planned import Look
from scheduler.operations.facts.exams.taken import overlapping
from scheduler.operations.facts.meetings import Meetings
from scheduler.operations.facts.presence import is_away, is_there
from solver.sentence import Sentence, sentence

if TYPE_CHECKING:
    from collections.abc import Iterator

    from scheduler.operations.facts.exams.taken import Taken
    from scheduler.operations.facts.presence import Key, Person


class Clashes(Look):
    """Looks at each person and each workstation, all day long."""

    def tell(self) -> Iterator[Sentence]:
        """Tell who is needed twice at once, or while they are not there."""
        for key, taken in self.planned.people_taken.items():
            for earlier, later in overlapping(taken):
                may_be_at_both = self._sits_with_both(key, earlier, later) or _is_divided(key, earlier, later)
                if self.planned.is_of_plan(earlier.by, later.by) and not may_be_at_both:
                    yield from self._clash(key, earlier, later)
        for key, taken in self.planned.people_taken.items():
            if key[0] != "workstation":
                yield from self._absences(key, taken)
        yield from self._moved_lessons()

    def _clash(self, key: Key, earlier: Taken, later: Taken) -> Iterator[Sentence]:
        """Nobody is in two places at once, and no workstation is two people's."""
        time = self.planned.moment_of_both(earlier, later)
        if key[0] == "workstation":
            yield sentence(
                "Workstation {workstation} is taken twice at once: by {one} at “{first}” and by {other} at “{second}” ({time}).",
                workstation=self.planned.named_thing("workstations", key[1]),
                one=earlier.person,
                first=self.planned.named(earlier.by),
                other=later.person,
                second=self.planned.named(later.by),
                time=time,
            )
        elif earlier.by is later.by:
            yield sentence(
                "{person} is needed twice at once in “{exam}” ({time}).",
                person=self.planned.who(key),
                exam=self.planned.named(later.by),
                time=time,
            )
        else:
            yield sentence(
                "{person} is in two places at once: “{first}” and “{second}” ({time}).",
                person=self.planned.who(key),
                first=self.planned.named(earlier.by),
                second=self.planned.named(later.by),
                time=time,
            )

    def _sits_with_both(self, key: Key, earlier: Taken, later: Taken) -> bool:
        """Whether a tutor at a site sits with several students, who may have several lessons at once."""
        if key[0] != "tutor" or key not in self.planned.people or self.planned.people[key].site is None:
            return False
        held = (earlier.by, later.by)
        return all(
            isinstance(one, Occurrence) and self.planned.timetable.placements[one.event].kind == "lesson"
            for one in held
        )

    def _absences(self, key: Key, taken: list[Taken]) -> Iterator[Sentence]:
        """Everybody is available, by the week and by date; whoever is in a moved lesson is looked at with that."""
        person = self.planned.people.get(key)
        if person is not None and _is_always_there(person):
            return
        for one in taken:
            if isinstance(one.by, Occurrence):
                continue
            if person is None:
                yield self.planned.unknown(key[1], one.by)
                continue
            week = cycle_week(self.planned.document.term, one.start.date())
            if not is_there(person, one.start, one.end, week) or is_away(person, one.start, one.end):
                yield sentence(
                    "{person} is not available for “{event}” at {time}.",
                    person=person.name,
                    event=self.planned.named(one.by),
                    time=self.planned.moment(one.start, one.by),
                )

    def _moved_lessons(self) -> Iterator[Sentence]:
        """A moved lesson is where its people can be, its places are open, and they serve it as those that it had."""
        planned = self.planned
        facts = Meetings(planned.document, planned.timetable)
        for occurrence in planned.timetable.occurrences:
            if occurrence.id in planned.moved:
                held = planned.timetable.placed(occurrence)
                yield from facts.not_there(occurrence, held)
                yield from facts.closed(occurrence, held)
                before = set(facts.places(planned.before.placed(planned.lessons[occurrence.id])))
                yield from (told for told in facts.places(held) if told not in before)


def _is_divided(key: Key, earlier: Taken, later: Taken) -> bool:
    """Whether people without names sit two parts of one exam, some of them each."""
    one, other = earlier.by, later.by
    return key[0] == "group" and isinstance(one, Sitting) and isinstance(other, Sitting) and one.exam == other.exam


def _is_always_there(person: Person) -> bool:
    own, limits = person.availability, person.limits
    return not (own.weekly or own.dated or limits.earliest or limits.latest)
