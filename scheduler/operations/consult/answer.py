"""What answers a request: proposals, or the reasons why there is none and what would help."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import datetime

    from scheduler.domain.session_plan import Consultation
    from scheduler.operations.consult.costs import Cost
    from solver.sentence import Sentence


@dataclass(frozen=True, slots=True)
class Move:
    """A lesson of the timetable that is held at another time of its week.

    Attributes
    ----------
    occurrence : str
        Its occurrence's id, which stays.
    periods : tuple of int
        Its periods then.
    bells : str or None
        The bells of that date, where they are not the usual ones.
    seats : dict of str to str
        The workstations then, by person.
    """

    occurrence: str
    start: datetime
    end: datetime
    new_start: datetime
    new_end: datetime
    periods: tuple[int, ...]
    bells: str | None = None
    room: str | None = None
    seats: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Proposal:
    """One way to hold what a request asks for.

    Attributes
    ----------
    consultations : tuple of Consultation
        As many as are asked for and not held yet, on different days.
    costs : tuple of Cost
        What they cost whom, the largest first.
    move : Move or None
        The lesson that is moved for it.
    """

    consultations: tuple[Consultation, ...]
    costs: tuple[Cost, ...]
    move: Move | None = None

    @property
    def cost(self) -> int:
        """What it costs in all."""
        return sum(cost.amount for cost in self.costs)


@dataclass(frozen=True, slots=True)
class Answer:
    """What a request is answered.

    Attributes
    ----------
    proposals : tuple of Proposal
        Five at most, the cheapest first.
    reasons : tuple of Sentence
        Why there is none.
    relaxations : tuple of Sentence
        What would help, each of them tried.
    held : tuple of Consultation
        Those that the timetable holds already.
    """

    request: str
    proposals: tuple[Proposal, ...] = ()
    reasons: tuple[Sentence, ...] = ()
    relaxations: tuple[Sentence, ...] = ()
    held: tuple[str, ...] = ()

    @property
    def open(self) -> bool:
        """Whether it still asks for something that there is no proposal for."""
        return bool(self.reasons)
