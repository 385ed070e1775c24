"""Recount a timetable or a session's plan twice: every rule on what is compiled, and the plain facts without that.

Needs no solver.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from scheduler.compile import Labels, compile_document, recall
from scheduler.compile.sessions import SessionLabels, compile_sessions
from scheduler.compile.sessions import recall as recall_session
from scheduler.domain.session_plan import SessionPlan
from scheduler.errors import BadInput, Fault, Place
from scheduler.operations.facts.beside import facts_beside
from scheduler.operations.facts.exams import SessionFacts
from scheduler.texts import creed
from solver import audit as rules
from solver.sentence import Sentence, sentence

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from scheduler.domain.document import Document
    from scheduler.domain.policy import RuleSpec
    from scheduler.domain.timetable import Timetable
    from solver.problem import Problem
    from solver.sentence import Thing


@dataclass(frozen=True)
class Recounted:
    """One rule of the policy, recounted.

    Attributes
    ----------
    rule : str
        Its id in the policy.
    says : Sentence
        The rule in a registrar's words.
    weight : int or None
        None is required.
    deviation : int
        By how much it is missed in all.
    sentences : tuple of Sentence
        Where it is missed, of things by their names.
    """

    rule: str
    name: str
    says: Sentence
    weight: int | None
    deviation: int
    sentences: tuple[Sentence, ...]

    @property
    def cost(self) -> int:
        """Weight x deviation; none where it is required."""
        return self.deviation * (self.weight or 0)


@dataclass(frozen=True)
class Audit:
    """What a recount found.

    Attributes
    ----------
    rules : tuple of Recounted
        Every rule of the policy.
    facts : tuple of Sentence
        What is wrong with the plain facts.
    dated : tuple of Sentence
        What the calendar breaks, as a timetable tells it itself: a short day, a moved one, somebody's leave.
    """

    rules: tuple[Recounted, ...]
    facts: tuple[Sentence, ...]
    dated: tuple[Sentence, ...]

    @property
    def cost(self) -> int:
        """The cost of the weighted rules."""
        return sum(rule.cost for rule in self.rules)

    @property
    def kept(self) -> bool:
        """Whether the required rules and the plain facts hold."""
        return not self.facts and not any(rule.deviation for rule in self.rules if rule.weight is None)


def audit(document: Document, timetable: Timetable, plans: tuple[SessionPlan, ...] = ()) -> Audit:
    """Recount a timetable, also one that was made by hand; rules that compare it with an earlier one are left out.

    Parameters
    ----------
    plans
        Of sessions, beside which it is held: its dates are looked at as they are then.

    Raises
    ------
    BadInput
        If the document asks for what cannot be.
    """
    compiled = compile_document(document)
    recalled = recall(compiled, timetable)
    counted = rules.audit(compiled.problem, recalled.assignment)
    found = recount(compiled.problem, compiled.specs, Labels(compiled), counted)
    facts, beside = facts_beside(document, timetable, plans)
    told = {(fault.date, fault.occurrences) for fault in timetable.faults}
    dated = (*facts.of_dates(), *facts.of_meetings())
    untold = (fact.sentence for fact in dated if (fact.date, fact.occurrences) not in told)
    return Audit(
        found,
        (*recalled.missing, *facts.of_pattern(), *facts.of_requests(), *beside, *untold),
        tuple(fact.sentence for fact in dated if (fact.date, fact.occurrences) in told),
    )


def audit_result(
    document: Document,
    told: Timetable | SessionPlan,
    beside: Timetable | None = None,
    plans: tuple[SessionPlan, ...] = (),
) -> Audit:
    """Recount a timetable or a session's plan, whichever it is.

    Parameters
    ----------
    beside
        The timetable beside which a plan stands.
    plans
        The plans beside which a timetable stands.

    Raises
    ------
    BadInput
        If the document asks for what cannot be, or a timetable is to stand beside another, or a plan.
    """
    if isinstance(told, SessionPlan):
        if plans:
            raise BadInput([Fault(Place(), sentence("Only a timetable can stand beside sessions' plans."))])
        return audit_session(document, told, beside)
    if beside is not None:
        raise BadInput([Fault(Place(), sentence("Only a session's plan can stand beside a timetable."))])
    return audit(document, told, plans)


def audit_session(document: Document, plan: SessionPlan, timetable: Timetable | None = None) -> Audit:
    """Recount a session's plan, also one that was made by hand.

    Parameters
    ----------
    timetable
        The term's, beside which the plan stands, before anything gives way to exams; none where it stands alone.

    Raises
    ------
    BadInput
        If the document asks for what cannot be, or the plan is of sessions that it does not have.
    """
    compiled = compile_sessions(document, timetable, plan.sessions)
    recalled = recall_session(compiled, plan)
    counted = rules.audit(compiled.recounted, recalled.assignment)
    found = recount(compiled.recounted, compiled.specs_recounted, SessionLabels(compiled), counted)
    facts = (*recalled.missing, *SessionFacts(document, plan, timetable).tell())
    return Audit(found, tuple(dict.fromkeys(facts)), ())


def recount(
    problem: Problem, specs: Iterable[RuleSpec], labels: Callable[[Thing], object], found: rules.Audit
) -> tuple[Recounted, ...]:
    """Tell what each rule of the policy comes to, those of the engine that came from one together.

    Parameters
    ----------
    specs
        For each rule of the problem the one of the policy that it comes from.
    labels
        What names the problem's things.
    """
    counted: dict[str, Recounted] = {}
    for rule, spec, deviations in zip(problem.rules, specs, found.deviations, strict=True):
        key = spec.id or spec.rule or ""
        known = counted.get(key)
        counted[key] = Recounted(
            rule=key,
            name=creed(type(rule).__doc__ or "")[0],
            says=rule.say().named(labels) if known is None else known.says,
            weight=rule.weight,
            deviation=sum(d.amount for d in deviations) + (known.deviation if known is not None else 0),
            sentences=(known.sentences if known is not None else ())
            + tuple(deviation.sentence.named(labels) for deviation in deviations),
        )
    return tuple(counted.values())
