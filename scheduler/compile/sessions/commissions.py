"""Rules about the seats of commissions: which seats, and who takes them."""

from __future__ import annotations

from math import ceil
from typing import TYPE_CHECKING, Final

from scheduler.domain.exam_students import subject_of
from solver.sentence import sentence

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from scheduler.compile.sessions.fields import Fields, Figures
    from scheduler.domain.policy import RuleSpec


class Commissions:
    """Fills the fields of a rule about commissions for the exams of one session.

    Parameters
    ----------
    spec
        The rule as it is written, without what follows from the session.
    """

    def __init__(self, fields: Fields, spec: RuleSpec) -> None:
        self.fields = fields
        self.spec = spec
        self.compiled = fields.compiled
        self.exams = {exam.id: exam for exam in fields.exams("exams")}

    def filled(self) -> Iterator[Figures]:
        """Yield what the fields hold, once for each rule of the engine."""
        yield from RULES[self.fields.reading.kind.__name__](self)
        self.fields.refuse_unread()

    def _seats(self, usual: str | None = None) -> list[int]:
        """Return the choices that are seats of these exams' commissions: of the role that is told, or else the usual one."""
        role = self.fields.reading.words.get(self.fields.word("role") or "", usual)
        if role not in (None, "chair", "examiner", "assistant", "observer"):
            expected = "chair, examiner, assistant, observer"
            must = sentence("The value ({value}) must be {expected}.", value=str(role), expected=expected)
            self.fields.reading.fault("role", must)
        return [
            choice
            for choice, seat in enumerate(self.compiled.seats)
            if seat.seats is not None and role in (None, seat.role) and self._exam_of(seat.events[0]) in self.exams
        ]

    def _exam_of(self, event: int) -> str:
        exam = self.compiled.events[event].exam
        assert exam is not None
        return exam.id

    def independent(self) -> Iterator[Figures]:
        """Yield the picks of those who teach the students themselves."""
        yield {"picks": tuple((c, own) for c in self._seats() for own in sorted(self.compiled.seats[c].own))}

    def filled_seats(self) -> Iterator[Figures]:
        """Yield which picks leave a seat vacant: of all commissions, or, where so many are enough, of each."""
        least = self.fields.reading.plain.get("least")
        seats = self.compiled.seats
        vacant = {c: (c, len(seats[c].people)) for c in self._seats() if seats[c].may_be_vacant}
        if least is None:
            yield {"picks": tuple(vacant.values())}
            return
        of_event: dict[int, list[int]] = {}
        for choice in self._seats():
            for event in seats[choice].events:
                of_event.setdefault(event, []).append(choice)
        for choices in of_event.values():
            picks = tuple(vacant[c] for c in choices if c in vacant)
            wanted = least - (len(choices) - len(picks))
            if wanted > 0:
                yield {"picks": picks, "least": wanted}

    def one_chair(self) -> Iterator[Figures]:
        """Yield for each subject the same seat in all its exams, of several chairs the first, the second and so on."""
        same: dict[tuple[str, int], list[int]] = {}
        known: dict[int, int] = {}
        for choice in self._seats("chair"):
            event = self.compiled.seats[choice].events[0]
            number = known[event] = known.get(event, -1) + 1
            subject = subject_of(self.compiled.document, self.exams[self._exam_of(event)])
            if subject is not None:
                same.setdefault((subject, number), []).append(choice)
        for choices in same.values():
            if len(choices) > 1:
                yield {"choices": tuple(choices)}

    def shared_load(self) -> Iterator[Figures]:
        """Yield the people who may take seats; an even share of these where it is not told how many."""
        seats = [self.compiled.seats[c] for c in self._seats()]
        people = {key for seat in seats for key in seat.people}
        resources = tuple(sorted(self.compiled.resource_of[key] for key in people))
        figures: Figures = {"resources": resources, "events": self.fields.wholes(self.exams.values())}
        if "most" not in self.spec.parameters:
            figures["most"] = ceil(sum(len(seat.events) for seat in seats) / max(1, len(people)))
        yield figures


RULES: Final[dict[str, Callable[[Commissions], Iterator[Figures]]]] = {
    "FillSeats": Commissions.filled_seats,
    "KeepIndependent": Commissions.independent,
    "KeepChair": Commissions.one_chair,
    "ShareLoad": Commissions.shared_load,
}
"""Rules that are made of the seats of commissions."""
