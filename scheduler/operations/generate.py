"""Make a timetable: compile, look whether it can be, search, audit, tell."""

from __future__ import annotations

from dataclasses import dataclass
from importlib.metadata import version
from typing import TYPE_CHECKING

from scheduler.compile import Labels, compile_document, recall
from scheduler.errors import BadInput, Fault, Place
from scheduler.operations.kept import with_consultations
from scheduler.operations.told import timetable_of
from solver.precheck import precheck as necessary
from solver.sentence import sentence
from solver.solve import quiet, solve
from solver.stop import never
from solver.tables import Tables

if TYPE_CHECKING:
    from scheduler.domain.document import Document
    from scheduler.domain.timetable import Timetable
    from scheduler.texts import Texts
    from solver.outcome import Listener, Status
    from solver.sentence import Sentence
    from solver.stop import Stop


@dataclass(frozen=True)
class Generated:
    """What generating came to.

    Attributes
    ----------
    status : str
        optimal, feasible, impossible, unknown.
    timetable : Timetable or None
        None where none was found that keeps the required rules.
    reasons : tuple of Sentence
        Why there is none, of things by their names.
    lost : tuple of Sentence
        Consultations of the timetable to start from for which there is no longer a place, each with the reason.
    unused : tuple of Sentence
        What else of the timetable to start from does not fit: it is not begun with.
    """

    status: Status
    timetable: Timetable | None
    reasons: tuple[Sentence, ...] = ()
    lost: tuple[Sentence, ...] = ()
    unused: tuple[Sentence, ...] = ()


def generate(
    document: Document,
    *,
    seconds: float = 60.0,
    work: float | None = None,
    seed: int = 0,
    workers: int = 2,
    start: Timetable | None = None,
    pins: tuple[str, ...] = (),
    stop: Stop = never,
    progress: Listener = quiet,
    texts: Texts | None = None,
) -> Generated:
    """Make a term's timetable.

    Parameters
    ----------
    document
        One without faults (`scheduler.domain.check`).
    seconds, work, seed, workers, stop
        As for `solver.solve.solve`.
    start
        A timetable to begin with, as far as it fits; its pinned lessons stay where they are, and its consultations where
        they still can.
    pins
        Courses, other events or single lessons that stay where they are in `start` as well.
    progress
        Told of phases and of every improvement.
    texts
        The language of the sentences that the timetable keeps; English unless told.

    Raises
    ------
    BadInput
        If the document or a pin asks for what cannot be.
    """
    if pins and start is None:
        raise BadInput([Fault(Place(), sentence("What is pinned must stand in a timetable to start from."))])
    compiled = compile_document(document, start, pins)
    begun = None if start is None else recall(compiled, start)
    unused = () if begun is None else begun.missing
    outcome = solve(
        compiled.problem,
        seconds=seconds,
        work=work,
        seed=seed,
        workers=workers,
        start=None if begun is None else begun.assignment,
        stop=stop,
        listener=progress,
    )
    labels = Labels(compiled)
    reasons = tuple(reason.named(labels) for reason in outcome.reasons)
    if outcome.status not in ("optimal", "feasible"):
        return Generated(outcome.status, None, reasons, (), unused)
    parent = start.id or None if start is not None else None
    timetable = timetable_of(
        compiled, outcome, seed=seed, workers=workers, version=version("zvonok"), parent=parent, texts=texts
    )
    if start is None:
        return Generated(outcome.status, timetable, reasons)
    timetable, lost = with_consultations(document, start, timetable)
    return Generated(outcome.status, timetable, reasons, lost, unused)


def precheck(document: Document) -> tuple[Sentence, ...]:
    """Say what makes a timetable impossible before any search, of things by their names.

    Raises
    ------
    BadInput
        If the document asks for what cannot be said to the engine.
    """
    compiled = compile_document(document)
    labels = Labels(compiled)
    return tuple(reason.named(labels) for reason in necessary(Tables(compiled.problem)))
