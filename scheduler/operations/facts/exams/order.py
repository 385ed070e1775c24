"""Whether exams and their parts are held together, apart and after each other as they are to be."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from scheduler.operations.facts.exams.planned import Look
from scheduler.operations.facts.exams.taken import overlapping
from solver.sentence import Sentence, sentence

if TYPE_CHECKING:
    from collections.abc import Iterator

    from scheduler.domain.exams import Exam
    from scheduler.domain.session_plan import Sitting


class Order(Look):
    """Looks at exams two by two."""

    def tell(self) -> Iterator[Sentence]:
        """Tell which exams, or parts of one, are held at wrong times beside each other."""
        for exam in self.planned.exams:
            yield from self._parts(exam)
            for other in exam.after:
                yield from self._after(exam, other)
        for one, other in self._pairs("together"):
            yield from self._together(one, other)
        for one, other in self._pairs("apart"):
            yield from self._apart(one, other)

    def _pairs(self, field: Literal["together", "apart"]) -> Iterator[tuple[str, str]]:
        """Yield the exams that name each other in a field, each pair once."""
        seen: set[frozenset[str]] = set()
        for exam in self.planned.exams:
            for other in getattr(exam, field):
                if frozenset((exam.id, other)) not in seen:
                    seen.add(frozenset((exam.id, other)))
                    yield exam.id, other

    def _held(self, exam: str) -> list[Sitting]:
        return list(self.planned.sittings.get(exam, {}).values())

    def _parts(self, exam: Exam) -> Iterator[Sentence]:
        if exam.same_time and len({sitting.start for sitting in self._held(exam.id)}) > 1:
            yield sentence(
                "The parts of “{exam}” do not begin at the same time.", exam=self.planned.named_exam(exam.id)
            )

    def _after(self, exam: Exam, other: str) -> Iterator[Sentence]:
        held, others = ([self.planned.taken(one) for one in self._held(key)] for key in (exam.id, other))
        if held and others and min(one.start for one in held) < max(one.end for one in others):
            yield sentence(
                "“{exam}” does not come after “{other}”.",
                exam=self.planned.named_exam(exam.id),
                other=self.planned.named_exam(other),
            )

    def _together(self, one: str, other: str) -> Iterator[Sentence]:
        held, others = self._held(one), self._held(other)
        if held and others and len({sitting.start for sitting in (*held, *others)}) > 1:
            yield sentence(
                "“{exam}” and “{other}” do not begin at the same time.",
                exam=self.planned.named_exam(one),
                other=self.planned.named_exam(other),
            )

    def _apart(self, one: str, other: str) -> Iterator[Sentence]:
        held, others = ([self.planned.taken(sitting) for sitting in self._held(key)] for key in (one, other))
        for earlier, later in overlapping([*held, *others]):
            if (earlier in held) != (later in held):
                exam, beside = (earlier, later) if earlier in held else (later, earlier)
                yield sentence(
                    "“{exam}” and “{other}” are held at the same time ({time}).",
                    exam=self.planned.named(exam.by),
                    other=self.planned.named(beside.by),
                    time=self.planned.moment(later.start, exam.by),
                )
