"""Whether every part of every exam is held: with its students, on a possible day, from a possible start to the right end."""

from __future__ import annotations

from collections import Counter
from datetime import timedelta
from typing import TYPE_CHECKING

from scheduler.domain.exam_students import site_of, starts_of
from scheduler.operations.facts.exams.planned import Look
from solver.sentence import Sentence, sentence

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from scheduler.domain.exams import Exam
    from scheduler.domain.session_plan import Candidate, Sitting
    from scheduler.operations.facts.exams.planned import Part

MINUTE = timedelta(minutes=1)


class Sittings(Look):
    """Looks at each part of each exam alone."""

    def tell(self) -> Iterator[Sentence]:
        """Tell what is wrong with the parts of exams: missing ones, students, starts, how long each student has."""
        yield from self._there_once()
        for exam, part, sitting in self.planned.held_parts:
            yield from self._students(part, sitting)
            yield from self._place(exam, sitting)
            yield from self._start(exam, sitting)
            yield from (self._in_turns if exam.in_turns else self._together)(exam, sitting)
            yield from self._end(exam, part, sitting)

    def _there_once(self) -> Iterator[Sentence]:
        """Every part of every exam is in the plan, and nothing else."""
        held = Counter((sitting.exam, sitting.part) for sitting in self.planned.plan.sittings)
        for exam in self.planned.exams:
            for number in range(1, len(self.planned.parts[exam.id]) + 1):
                found = held.pop((exam.id, number), 0)
                if not found:
                    yield sentence(
                        "“{exam}”, part {number}, has no place in the plan.",
                        exam=self.planned.named_exam(exam.id),
                        number=number,
                    )
                elif found > 1:
                    yield sentence(
                        "“{exam}”, part {number}, is in the plan twice.",
                        exam=self.planned.named_exam(exam.id),
                        number=number,
                    )
        for key, number in held:
            yield sentence(
                "“{exam}”, part {number}, is no exam of the document.", exam=self.planned.named_exam(key), number=number
            )

    def _students(self, part: Part, sitting: Sitting) -> Iterator[Sentence]:
        """Exactly those sit it who are to."""
        found = Counter(candidate.student for candidate in sitting.candidates)
        missing = tuple(self.planned.who(("student", key)) for key in part.students if key not in found)
        strangers = tuple(self.planned.who(("student", key)) for key in found if key not in set(part.students))
        if missing:
            yield sentence("“{exam}” is without {people}.", exam=self.planned.named(sitting), people=missing)
        if strangers:
            yield sentence(
                "“{exam}” is held with {people} too, who must not sit it.",
                exam=self.planned.named(sitting),
                people=strangers,
            )
        for key, times in found.items():
            if times > 1:
                yield sentence(
                    "{person} is twice in “{exam}”.",
                    person=self.planned.who(("student", key)),
                    exam=self.planned.named(sitting),
                )

    def _place(self, exam: Exam, sitting: Sitting) -> Iterator[Sentence]:
        """It is held online or at the site where it is to be."""
        yield from self.planned.elsewhere(sitting, exam.mode, site_of(self.planned.document, exam))

    def _start(self, exam: Exam, sitting: Sitting) -> Iterator[Sentence]:
        """It begins when it may, and ends in time."""
        start = self.planned.moment(sitting.start, sitting)
        clock = start.timetz().replace(tzinfo=None)
        possible = [
            one for one in starts_of(self.planned.document, exam) if (one.date, one.start) == (start.date(), clock)
        ]
        if not possible:
            yield sentence(
                "“{exam}” begins on {date} at {time}, at which it cannot be held.",
                exam=self.planned.named(sitting),
                date=start.date(),
                time=clock,
            )
            return
        latest = start + max(one.minutes for one in possible) * MINUTE
        if sitting.end > latest:
            yield sentence(
                "“{exam}” ends at {end}, and must end by {latest}.",
                exam=self.planned.named(sitting),
                end=self.planned.moment(sitting.end, sitting),
                latest=latest,
            )

    def _together(self, exam: Exam, sitting: Sitting) -> Iterator[Sentence]:
        """All begin at once, and each has the time that is theirs."""
        for candidate in sitting.candidates:
            if candidate.start != sitting.start:
                yield sentence(
                    "{person} begins “{exam}” at {time}, not when it begins.",
                    person=self.planned.who(("student", candidate.student)),
                    exam=self.planned.named(sitting),
                    time=self.planned.moment(candidate.start, sitting),
                )
            yield from self._length(exam, sitting, candidate, exam.minutes)

    def _in_turns(self, exam: Exam, sitting: Sitting) -> Iterator[Sentence]:
        """Each turn is as long as it must be and lies in the exam, and not too many are at once."""
        assert exam.turn_minutes is not None
        for candidate in sitting.candidates:
            if candidate.start < sitting.start:
                yield sentence(
                    "{person} begins “{exam}” at {time}, before it begins.",
                    person=self.planned.who(("student", candidate.student)),
                    exam=self.planned.named(sitting),
                    time=self.planned.moment(candidate.start, sitting),
                )
            yield from self._length(exam, sitting, candidate, exam.turn_minutes)
        begun = [(candidate.start, +1) for candidate in sitting.candidates]
        ended = [(candidate.end, -1) for candidate in sitting.candidates]
        at_once = 0
        for at, change in sorted([*begun, *ended]):
            at_once += change
            if at_once > exam.turns_at_once and change > 0:
                yield sentence(
                    "“{exam}” has more than {most} turns at once ({time}).",
                    exam=self.planned.named(sitting),
                    most=exam.turns_at_once,
                    time=self.planned.moment(at, sitting),
                )
                return

    def _length(self, exam: Exam, sitting: Sitting, candidate: Candidate, minutes: int) -> Iterator[Sentence]:
        own = self.planned.entitled(candidate.student, exam)
        due = minutes + (own.extra_minutes if own is not None else 0)
        found = candidate.end - candidate.start
        if found != due * MINUTE:
            yield sentence(
                "{person} has {found} min in “{exam}”, not {minutes}.",
                person=self.planned.who(("student", candidate.student)),
                found=found // MINUTE,
                exam=self.planned.named(sitting),
                minutes=due,
            )

    def _end(self, exam: Exam, part: Part, sitting: Sitting) -> Iterator[Sentence]:
        """It ends with its last student; where students in turns have no names, not before all had theirs."""
        alone = sitting.start + (exam.turn_minutes or exam.minutes) * MINUTE
        last = max((candidate.end for candidate in sitting.candidates), default=alone)
        if part.nameless:
            last = max(last, self._last_nameless(exam, part, sitting))
        may_be_later = part.nameless > 0 and exam.in_turns
        if sitting.end < last or (sitting.end > last and not may_be_later):
            yield sentence(
                "“{exam}” ends at {end}, not with its last student, at {last}.",
                exam=self.planned.named(sitting),
                end=self.planned.moment(sitting.end, sitting),
                last=self.planned.moment(last, sitting),
            )

    def _last_nameless(self, exam: Exam, part: Part, sitting: Sitting) -> datetime:
        """Tell when the last of those without names can end at the earliest."""
        if exam.turn_minutes is None:
            return sitting.start + exam.minutes * MINUTE
        named = sum((candidate.end - candidate.start for candidate in sitting.candidates), timedelta())
        return sitting.start + (named + part.nameless * exam.turn_minutes * MINUTE) / exam.turns_at_once
