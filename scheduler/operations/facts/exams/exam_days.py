"""Whether the days of those who are examined are as their session must have them, the timetable's meetings among them."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from functools import cached_property
from typing import TYPE_CHECKING, Final
from zoneinfo import ZoneInfo

from scheduler.domain.select import resolve
from scheduler.domain.selectors import parse
from scheduler.domain.session_plan import Consultation, Sitting
from scheduler.domain.timetable import Occurrence
from scheduler.operations.facts.exams.planned import Look
from scheduler.policies import rules_of_session
from scheduler.policies.figures import screen_minutes
from solver.sentence import Sentence, sentence

if TYPE_CHECKING:
    from collections.abc import Iterator

    from scheduler.domain.exams import Session
    from scheduler.domain.policy import RuleSpec
    from scheduler.operations.facts.exams.taken import Held
    from scheduler.operations.facts.presence import Key

LEARNERS: Final = {"students": "student", "groups": "group"}


@dataclass(frozen=True)
class Attended:
    """Something that somebody learns in or sits, and how long it takes them."""

    held: Held
    minutes: int


class ExamDays(Look):
    """Looks at each day of each learner who is examined."""

    def tell(self) -> Iterator[Sentence]:
        """Tell which days are otherwise than a required rule of a session would have them."""
        document = self.planned.document
        for key in dict.fromkeys(exam.session for exam in self.planned.exams):
            session = document.session(key)
            for spec in rules_of_session(document, session):
                if spec.weight != "required":
                    continue
                if spec.rule == "FreeExamDays":
                    yield from self._lessons(session, spec)
                elif spec.rule == "LimitInDays" and spec.parameters.get("what") in ("minutes", "screen_minutes"):
                    yield from self._minutes(session, spec)

    def _lessons(self, session: Session, spec: RuleSpec) -> Iterator[Sentence]:
        """Nobody has a lesson, or a consultation that was agreed, on the day of an exam."""
        exams = self._exams(session, spec)
        for person in self._people(spec):
            for day, attended in self._days[person].items():
                lessons = [one.held for one in attended if isinstance(one.held, Occurrence)]
                for exam in (one.held for one in attended):
                    if isinstance(exam, Sitting) and exam.exam in exams:
                        for lesson in lessons:
                            yield sentence(
                                "{person} has “{lesson}” on {day}, the day of “{exam}”.",
                                person=self.planned.who(person),
                                lesson=self.planned.named(lesson),
                                day=day,
                                exam=self.planned.named(exam),
                            )

    def _minutes(self, session: Session, spec: RuleSpec) -> Iterator[Sentence]:
        """Nobody has more minutes in so many days in a row than allowed."""
        exams, dates = self._exams(session, spec), self.planned.open_dates[session.id]
        most, length = int(str(spec.parameters["most"])), int(str(spec.parameters.get("days", 1)))
        screen = spec.parameters["what"] == "screen_minutes"
        for person in self._people(spec):
            by_day: dict[date, int] = {}
            for day, attended in self._days[person].items():
                counted = (
                    one
                    for one in attended
                    if not isinstance(one.held, Sitting) or one.held.exam in exams
                    if not isinstance(one.held, Occurrence) or one.held.start.date() in dates
                )
                by_day[day] = sum(self._at_screen(one) if screen else one.minutes for one in counted)
            for first in sorted(by_day):
                days = [first + timedelta(days=n) for n in range(length)]
                amount = sum(by_day.get(day, 0) for day in days)
                if amount > most:
                    yield self._too_much(person, amount, days, most, screen=screen)

    def _too_much(self, person: Key, amount: int, days: list[date], most: int, *, screen: bool) -> Sentence:
        who = self.planned.who(person)
        minutes = (
            sentence("{n} minute at a screen", plural="{n} minutes at a screen", n=amount)
            if screen
            else sentence("{n} minute", plural="{n} minutes", n=amount)
        )
        if len(days) == 1:
            return sentence(
                "{resource} has {amount} on {day}, not at most {most}.",
                resource=who,
                amount=minutes,
                day=days[0],
                most=most,
            )
        return sentence(
            "{resource} has {amount} from {first} to {last}, not at most {most}.",
            resource=who,
            amount=minutes,
            first=days[0],
            last=days[-1],
            most=most,
        )

    def _at_screen(self, one: Attended) -> int:
        held, document = one.held, self.planned.document
        match held:
            case Sitting():
                return one.minutes if document.exam(held.exam).at_workstations else 0
            case Consultation():
                return one.minutes if held.mode == "online" else 0
        placement = self.planned.timetable.placed(held)
        course = self.planned.course(placement)
        mode = placement.mode if placement.kind == "consultation" else None
        return 0 if course is None else screen_minutes(document, course, one.minutes, mode)

    # --- who and what a rule is about --------------------------------------------------------------------------------

    def _people(self, spec: RuleSpec) -> list[Key]:
        named = resolve(
            parse(str(spec.parameters.get("people", "students; groups"))), self.planned.document, lenient=True
        )
        keys = ((LEARNERS[ref.kind], ref.id) for ref in named if ref.kind in LEARNERS)
        return [key for key in keys if key in self._days]

    def _exams(self, session: Session, spec: RuleSpec) -> set[str]:
        named = resolve(parse(str(spec.parameters.get("exams", "exams"))), self.planned.document, lenient=True)
        own = {exam.id for exam in self.planned.exams if exam.session == session.id}
        return {ref.id for ref in named if ref.kind == "exams" and ref.id in own}

    @cached_property
    def _days(self) -> dict[Key, dict[date, list[Attended]]]:
        """For each learner who sits an exam what they have on each date, by their own clock."""
        found: dict[Key, dict[date, list[Attended]]] = {key: defaultdict(list) for key in self.planned.examined}

        for key, held, start, end in (*self._of_plan(), *self._of_timetable()):
            if key in found:
                day = start.astimezone(ZoneInfo(self.planned.people[key].zone)).date()
                minutes = (end.astimezone(UTC) - start.astimezone(UTC)) // timedelta(minutes=1)
                found[key][day].append(Attended(held, minutes))
        return found

    def _of_plan(self) -> Iterator[tuple[Key, Held, datetime, datetime]]:
        planned = self.planned
        for exam, part, sitting in planned.held_parts:
            for one in sitting.candidates:
                yield ("student", one.student), sitting, one.start, one.end
            if part.nameless:
                for group in planned.unnamed_of(exam):
                    yield ("group", group), sitting, sitting.start, sitting.end
        for held in planned.plan.consultations:
            groups = (part for group in held.groups for part in planned.unnamed(group))
            for key in (*(("student", name) for name in held.students), *(("group", name) for name in groups)):
                yield key, held, held.start, held.end

    def _of_timetable(self) -> Iterator[tuple[Key, Held, datetime, datetime]]:
        planned = self.planned
        for occurrence in planned.timetable.occurrences:
            if occurrence.status == "held" and occurrence.event in planned.timetable.placements:
                absent = planned.suspended(occurrence)
                for key in planned.learners(occurrence):
                    if key not in absent:
                        yield key, occurrence, occurrence.start, occurrence.end
