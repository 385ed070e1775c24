"""A timetable of what a search came to: pattern, dates, costs by rule, and where it comes from."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scheduler.compile import Labels, pattern
from scheduler.compile.dates import dated_placements, occurrences
from scheduler.compile.tell import self_paced
from scheduler.domain.timetable import DatedFault, RuleCost, Search, Step, Timetable
from scheduler.formats.native import digest
from scheduler.operations.audit import recount
from scheduler.operations.facts import Facts
from scheduler.texts import Texts

if TYPE_CHECKING:
    from scheduler.compile import Compiled
    from solver.outcome import Outcome


def timetable_of(
    compiled: Compiled,
    outcome: Outcome,
    *,
    seed: int,
    workers: int,
    version: str,
    parent: str | None = None,
    texts: Texts | None = None,
) -> Timetable:
    """Tell what a search came to; its sentences are in English unless texts of another language are given."""
    assert outcome.assignment is not None
    assert outcome.audit is not None
    texts, document, kept = texts or Texts("en"), compiled.document, compiled.kept
    pinned = frozenset(compiled.lessons[event].id for event in kept.pinned) if kept is not None else frozenset[str]()
    placements = (*pattern(compiled, outcome.assignment, pinned), *dated_placements(document))
    timetable = Timetable(
        parent=parent,
        name=document.term.name,
        input=digest(document),
        version=version,
        seed=seed,
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
            for rule in recount(compiled.problem, compiled.specs, Labels(compiled), outcome.audit)
        ),
        pattern=placements,
        self_paced=self_paced(document),
        occurrences=occurrences(document, placements),
        search=search_of(outcome, workers),
        left_out=document.left_out,
    )
    faults = tuple(
        DatedFault(date=fact.date, occurrences=fact.occurrences, sentence=texts.tell(fact.sentence))
        for fact in Facts(document, timetable).of_dates()
    )
    return timetable.model_copy(update={"faults": faults})


def search_of(outcome: Outcome, workers: int) -> Search:
    """Tell how a search went."""
    steps = tuple(
        Step(seconds=round(step.elapsed, 3), cost=step.cost, by=step.phase)
        for step in outcome.log
        if step.cost is not None
    )
    return Search(seconds=steps[-1].seconds if steps else 0.0, workers=workers, steps=steps)
