"""Whether each exam is held by the people who may hold it, and who is entitled to an assistant has one."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from scheduler.domain.exam_students import candidates_for, subject_of
from scheduler.domain.exams import Role
from scheduler.operations.facts.exams.planned import Look
from solver.sentence import Sentence, sentence

if TYPE_CHECKING:
    from collections.abc import Iterator

    from scheduler.domain.exams import Exam, Seats
    from scheduler.domain.session_plan import Candidate, Sitting

ROLES: Final[dict[Role, Sentence]] = {
    "chair": sentence("chair"),
    "examiner": sentence("examiner"),
    "assistant": sentence("assistant"),
    "observer": sentence("observer"),
}
"""Roles, as sentences name them."""


@dataclass(frozen=True)
class Seat:
    """One seat of a commission.

    Attributes
    ----------
    people : frozenset of str
        Who may take it.
    may_be_vacant : bool
    """

    people: frozenset[str]
    may_be_vacant: bool


class Commissions(Look):
    """Looks at who holds each exam."""

    def tell(self) -> Iterator[Sentence]:
        """Tell which seats are empty, or taken by people who must not take them, and who lacks an assistant."""
        for exam, _, sitting in self.planned.held_parts:
            yield from self._commission(exam, sitting)
            for candidate in sitting.candidates:
                yield from self._assistant(exam, sitting, candidate)
        yield from self._one_for_subject()

    def _commission(self, exam: Exam, sitting: Sitting) -> Iterator[Sentence]:
        """Everybody in it takes a seat that they may take, and only seats that may be vacant are."""
        seats, people = self._seats(exam), defaultdict[Role, list[str]](list)
        for official in sitting.commission:
            people[official.role].append(official.person)
        for role in ROLES:
            empty, without = _seated(seats[role], list(dict.fromkeys(people[role])))
            for person in without:
                yield self._must_not(exam, sitting, role, person)
            empty -= len(without)  # who must not sit there is told already
            if empty > 0:
                yield sentence(
                    "{n} seat of the commission of “{exam}” is empty ({role}).",
                    plural="{n} seats of the commission of “{exam}” are empty ({role}).",
                    n=empty,
                    exam=self.planned.named(sitting),
                    role=ROLES[role],
                )

    def _seats(self, exam: Exam) -> defaultdict[Role, list[Seat]]:
        found: defaultdict[Role, list[Seat]] = defaultdict(list)
        for seats in self._seats_of(exam):
            seat = Seat(frozenset(candidates_for(self.planned.document, exam, seats)), seats.may_be_vacant)
            found[seats.role] += [seat] * seats.count
        return found

    def _seats_of(self, exam: Exam) -> tuple[Seats, ...]:
        return () if exam.commission is None else self.planned.document.commission(exam.commission).seats

    def _must_not(self, exam: Exam, sitting: Sitting, role: Role, person: str) -> Sentence:
        name, event = self.planned.who(("teacher", person)), self.planned.named(sitting)
        if self._is_only_elsewhere(exam, role, person):
            return sentence(
                "{person} is not at the site of exam “{exam}” ({role}).", person=name, exam=event, role=ROLES[role]
            )
        return sentence("{person} must not sit in exam “{exam}” ({role}).", person=name, exam=event, role=ROLES[role])

    def _is_only_elsewhere(self, exam: Exam, role: Role, person: str) -> bool:
        """Whether somebody could take a seat of a role if they were at the exam's site."""
        document, wanted = self.planned.document, [seats for seats in self._seats_of(exam) if seats.role == role]
        anywhere = [seats.model_copy(update={"at_site": False}) for seats in wanted]
        here, there = (
            any(person in candidates_for(document, exam, seats) for seats in some) for some in (wanted, anywhere)
        )
        return there and not here

    def _assistant(self, exam: Exam, sitting: Sitting, candidate: Candidate) -> Iterator[Sentence]:
        own = self.planned.entitled(candidate.student, exam)
        if own is None or not own.assistant:
            return
        student = self.planned.who(("student", candidate.student))
        if candidate.assistant is None:
            yield sentence("{person} has no assistant at “{exam}”.", person=student, exam=self.planned.named(sitting))
        elif candidate.assistant not in (own.assistants or self.planned.document.ids("tutors")):
            yield sentence(
                "{assistant} must not assist {person} at “{exam}”.",
                assistant=self.planned.who(self.planned.helper(candidate.assistant)),
                person=student,
                exam=self.planned.named(sitting),
            )

    def _one_for_subject(self) -> Iterator[Sentence]:
        """Who takes a seat that is one person's in all exams of a subject takes it in each; it may be vacant in some."""
        held: dict[tuple[str, str, Role, int], list[tuple[Sitting, set[str]]]] = defaultdict(list)
        for exam, _, sitting in self.planned.held_parts:
            subject = subject_of(self.planned.document, exam)
            for seats in self._seats_of(exam):
                if seats.one_for_subject and subject is not None:
                    able = set(candidates_for(self.planned.document, exam, seats))
                    people = {one.person for one in sitting.commission if one.role == seats.role and one.person in able}
                    if people or not seats.may_be_vacant:
                        held[exam.session, subject, seats.role, seats.count].append((sitting, people))
        for (_, subject, role, count), found in held.items():
            everywhere = set.intersection(*(people for _, people in found))
            if len(everywhere) < min(count, *(len(people) for _, people in found)):
                yield sentence(
                    "Not the same person has the seat ({role}) in all exams of {subject}: {people}.",
                    role=ROLES[role],
                    subject=self.planned.named_thing("subjects", subject),
                    people=tuple(
                        sentence(
                            "{people} in “{exam}”",
                            people=tuple(self.planned.who(("teacher", person)) for person in sorted(people)),
                            exam=self.planned.named(sitting),
                        )
                        for sitting, people in found
                    ),
                )


def _seated(seats: list[Seat], people: list[str]) -> tuple[int, list[str]]:
    """Seat as many as can be, in seats that must not be vacant first.

    Returns
    -------
    tuple of int, list of str
        How many seats are empty that must not be, and who has none.
    """
    seat_of: dict[str, int] = {}

    def fill(seat: int, tried: set[str]) -> bool:
        """Give a seat to somebody, if need be by giving them another than they have."""
        for person in people:
            if person in seats[seat].people and person not in tried:
                tried.add(person)
                if person not in seat_of or fill(seat_of[person], tried):
                    seat_of[person] = seat
                    return True
        return False

    order = sorted(range(len(seats)), key=lambda seat: seats[seat].may_be_vacant)
    filled = {seat for seat in order if fill(seat, set())}
    empty = sum(seat not in filled and not seats[seat].may_be_vacant for seat in order)
    return empty, [person for person in people if person not in seat_of]
