"""Place the exams of sessions: compile, look whether it can be, search, audit, tell."""

from __future__ import annotations

from dataclasses import dataclass
from importlib.metadata import version
from typing import TYPE_CHECKING

from scheduler.compile.sessions import SessionLabels, compile_sessions, plan_of, recall
from scheduler.domain.session_plan import SessionPlan
from scheduler.domain.timetable import RuleCost
from scheduler.formats.native import digest
from scheduler.operations.audit import recount
from scheduler.operations.facts.exams import SessionFacts
from scheduler.operations.told import search_of
from scheduler.texts import Texts
from solver import audit as rules
from solver.precheck import precheck as necessary
from solver.solve import quiet, solve
from solver.stop import never
from solver.tables import Tables

if TYPE_CHECKING:
    from scheduler.compile.sessions import CompiledSessions
    from scheduler.domain.document import Document
    from scheduler.domain.timetable import Timetable
    from solver.outcome import Listener, Outcome, Status
    from solver.sentence import Sentence
    from solver.stop import Stop


@dataclass(frozen=True)
class Attested:
    """What placing exams came to.

    Attributes
    ----------
    status : str
        optimal, feasible, impossible, unknown.
    plan : SessionPlan or None
        None where none was found that keeps the required rules.
    reasons : tuple of Sentence
        Why there is none, of things by their names.
    unused : tuple of Sentence
        What of the plan to begin with does not fit: it is not begun with.
    """

    status: Status
    plan: SessionPlan | None
    reasons: tuple[Sentence, ...] = ()
    unused: tuple[Sentence, ...] = ()


def attest(
    document: Document,
    timetable: Timetable | None = None,
    *,
    sessions: tuple[str, ...] = (),
    seconds: float = 60.0,
    work: float | None = None,
    seed: int = 0,
    workers: int = 2,
    start: SessionPlan | None = None,
    stop: Stop = never,
    progress: Listener = quiet,
    texts: Texts | None = None,
) -> Attested:
    """Place every exam of the sessions, with its rooms, workstations, commission and consultation, all at once.

    Parameters
    ----------
    document
        One without faults (`scheduler.domain.check`).
    timetable
        The term's: lessons that an exam drives away are cancelled or moved where the session lets them.
    sessions
        Only these; all where none is named.
    seconds, work, seed, workers, stop
        As for `solver.solve.solve`.
    start
        A plan to begin with, as far as it fits.
    progress
        Told of phases and of every improvement.
    texts
        The language of the sentences that the plan keeps; English unless told.

    Raises
    ------
    BadInput
        If the document asks for what cannot be.
    RuntimeError
        If a plan that the solver takes for good breaks a plain fact: a fault of the program, never of the input.
    """
    compiled = compile_sessions(document, timetable, sessions)
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
    labels = SessionLabels(compiled)
    reasons = tuple(reason.named(labels) for reason in outcome.reasons)
    if outcome.status not in ("optimal", "feasible"):
        return Attested(outcome.status, None, reasons, unused)
    plan = _plan(compiled, outcome, seed, workers, texts or Texts("en"))
    plan = plan.model_copy(
        update={
            "parent": start.id or None if start is not None else None,
            "timetable": None if timetable is None else timetable.id or None,
        }
    )
    wrong = SessionFacts(document, plan, timetable).tell()
    if wrong:
        raise RuntimeError("The plan breaks plain facts: " + " ".join(map(str, wrong[:5])))
    return Attested(outcome.status, plan, (), unused)


def precheck(document: Document) -> tuple[Sentence, ...]:
    """Say what makes a plan of all sessions impossible before any search, of things by their names.

    Raises
    ------
    BadInput
        If the document asks for what cannot be said to the engine.
    """
    compiled = compile_sessions(document)
    labels = SessionLabels(compiled)
    return tuple(reason.named(labels) for reason in necessary(Tables(compiled.problem)))


def _plan(compiled: CompiledSessions, outcome: Outcome, seed: int, workers: int, texts: Texts) -> SessionPlan:
    assert outcome.assignment is not None
    recounted = rules.audit(compiled.recounted, outcome.assignment)
    if not recounted.feasible or recounted.cost != outcome.cost:
        raise RuntimeError("The lengths of events do not keep what they were made to keep.")
    document = compiled.document
    sittings, consultations, changes = plan_of(compiled, outcome.assignment)
    sessions = tuple(dict.fromkeys(exam.session for exam in compiled.exams))
    return SessionPlan(
        name=document.session(sessions[0]).name if len(sessions) == 1 else document.term.name,
        input=digest(document),
        version=version("zvonok"),
        seed=seed,
        sessions=sessions,
        status=outcome.status,
        cost=outcome.cost,
        bound=outcome.bound,
        rules=tuple(
            RuleCost(
                rule=rule.rule,
                name=rule.name,
                weight="required" if rule.weight is None else rule.weight,
                deviation=rule.deviation,
                cost=rule.cost,
                sentences=tuple(texts.tell(told) for told in rule.sentences),
            )
            for rule in recount(compiled.recounted, compiled.specs_recounted, SessionLabels(compiled), recounted)
        ),
        sittings=sittings,
        consultations=consultations,
        changes=changes,
        search=search_of(outcome, workers),
    )
