"""An exam or a consultation as one participant has it, and the strip of dates on which somebody has them."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import pairwise
from typing import Literal

from scheduler.domain.exams import Role
from scheduler.domain.session_plan import Consultation, Sitting
from scheduler.publish.participants import Participant


@dataclass(frozen=True, slots=True)
class Appointment:
    """An exam or a consultation as one participant has it, by the participant's clock.

    Parameters
    ----------
    identity
        Its lasting name; a student's is of the exam, whatever part the student is in.
    of
        The sitting or the consultation.
    start, end
        When the participant has it: students their own time, members of the commission all of it.
    role
        The participant's seat in the commission.
    student
        The student whose exam it is; a parent has one for each child.
    room, workstation
        Where the participant is, so far as it is told.
    assists
        Whether the participant sits with a student.
    """

    identity: str
    of: Sitting | Consultation
    start: datetime
    end: datetime
    role: Role | None = None
    student: str | None = None
    room: str | None = None
    workstation: str | None = None
    assists: bool = False

    @property
    def sitting(self) -> Sitting | None:
        """The sitting, if it is an exam."""
        return self.of if isinstance(self.of, Sitting) else None

    @property
    def date(self) -> date:
        """The date on which it begins."""
        return self.start.date()


@dataclass(frozen=True, slots=True)
class Day:
    """A date of a session.

    Parameters
    ----------
    kind
        Whether exams may be held on it, also for those who were ill only, or not.
    name
        The holiday's.
    """

    date: date
    kind: Literal["open", "reserve", "closed"]
    name: str = ""


@dataclass(frozen=True, slots=True)
class Cell:
    """One date of a strip.

    Parameters
    ----------
    clear
        How many clear days lie between the exam before and the exam after; written once, in the middle of them, or at
        the second exam where there is none.
    between
        Whether it lies between two exams.
    """

    day: Day
    exams: tuple[Appointment, ...] = ()
    consultations: tuple[Appointment, ...] = ()
    clear: int | None = None
    between: bool = False


@dataclass(frozen=True)
class Strip:
    """A participant's session, a cell for each of its dates."""

    who: Participant
    session: str
    cells: tuple[Cell, ...]

    @property
    def exams(self) -> tuple[Appointment, ...]:
        """The exams, in order."""
        return tuple(exam for cell in self.cells for exam in cell.exams)

    @property
    def consultations(self) -> tuple[Appointment, ...]:
        """The consultations, in order."""
        return tuple(held for cell in self.cells for held in cell.consultations)

    @property
    def least(self) -> int | None:
        """The fewest clear days between two exams; -1 where two are on one day, None where there are not two."""
        return min((clear for _, clear in self.gaps), default=None)

    @property
    def gaps(self) -> tuple[tuple[Appointment, int], ...]:
        """Each exam but the first, with the clear days before it; -1 where it is on the day of the one before."""
        return tuple((after, (after.date - before.date).days - 1) for before, after in pairwise(self.exams))

    @property
    def minutes(self) -> int:
        """How long the exams take together."""
        return sum((exam.end - exam.start) // timedelta(minutes=1) for exam in self.exams)


def written(days: list[date]) -> tuple[dict[date, int], frozenset[date]]:
    """Where the clear days between exams are written, and which dates lie between two exams."""
    clear: dict[date, int] = {}
    between: set[date] = set()
    for before, after in pairwise(days):
        free = (after - before).days - 1
        clear[before + timedelta((free + 1) // 2) if free else after] = free
        between |= {before + timedelta(offset) for offset in range(1, free + 1)}
    return clear, frozenset(between)
