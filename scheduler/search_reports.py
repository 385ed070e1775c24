"""What a search came to, told to people and to programs: a timetable, a plan of exams, or why there is none."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Final, Protocol

from scheduler.console import IMPOSSIBLE, Report, Table
from scheduler.domain.document import Document, LeftOut
from scheduler.domain.session_plan import LessonChange, SessionPlan
from scheduler.domain.timetable import RuleCost, Timetable
from scheduler.left_out import as_data, line
from scheduler.texts import N_, Texts
from solver.sentence import Sentence

STATUS: Final = {
    "optimal": N_("The timetable is the best there is."),
    "feasible": N_("The timetable keeps all required rules."),
    "impossible": N_("There is no timetable that keeps all required rules:"),
    "unknown": N_("No timetable was found in this time."),
}

PLANS: Final = {
    "optimal": N_("The plan is the best there is."),
    "feasible": N_("The plan keeps all required rules."),
    "impossible": N_("There is no plan that keeps all required rules:"),
    "unknown": N_("No plan was found in this time."),
}

CHANGES_SHOWN = 20
"""Lessons that give way of which each is told; of more only the number."""

UNUSED_SHOWN = 10
"""Things that do not fit of what was to be started from, which are told."""


class Generated(Protocol):
    """What generating came to; the sentences speak of things by their names."""

    @property
    def status(self) -> str:
        """A key of `STATUS`."""

    @property
    def timetable(self) -> Timetable | None:
        """The timetable, if there is one that keeps the required rules."""

    @property
    def reasons(self) -> tuple[Sentence, ...]:
        """Why there is none."""

    @property
    def lost(self) -> tuple[Sentence, ...]:
        """Consultations of an earlier timetable that it does not keep."""

    @property
    def unused(self) -> tuple[Sentence, ...]:
        """What else of the timetable to start from does not fit."""


class Attested(Protocol):
    """What placing exams came to; the sentences speak of things by their names."""

    @property
    def status(self) -> str:
        """A key of `PLANS`."""

    @property
    def plan(self) -> SessionPlan | None:
        """The plan, if there is one that keeps the required rules."""

    @property
    def reasons(self) -> tuple[Sentence, ...]:
        """Why there is none."""

    @property
    def unused(self) -> tuple[Sentence, ...]:
        """What of the plan to start from does not fit."""


def of_outcome(texts: Texts, outcome: Generated, out: Path, left_out: Sequence[LeftOut] = ()) -> Report:
    """Tell what generating came to, where the timetable lies, and what of the file was not looked at."""
    timetable = outcome.timetable
    if timetable is None:
        return _impossible(texts, STATUS, outcome, left_out)
    lost = [texts.tell(told) for told in outcome.lost]
    return Report(
        (
            texts(STATUS[outcome.status]),
            *_numbers(texts, timetable.cost, timetable.bound),
            *(f"- {told}" for told in lost),
            *_not_used(texts, outcome),
            texts("Written: {file}", file=out),
            *line(texts, left_out),
        ),
        (_of_rules(texts, timetable.rules),),
        {
            "status": outcome.status,
            "timetable": str(out),
            "lost": lost,
            **_unused(texts, outcome),
            **_summary(timetable),
            **as_data(left_out),
        },
    )


def of_attested(texts: Texts, outcome: Attested, out: Path, document: Document) -> Report:
    """Tell what placing exams came to, which lessons give way, and where the plan lies."""
    plan, left_out = outcome.plan, document.left_out
    if plan is None:
        return _impossible(texts, PLANS, outcome, left_out)
    placed = (
        texts.counted("{n} sitting is placed.", "{n} sittings are placed.", len(plan.sittings)),
        texts.counted("{n} consultation is placed.", "{n} consultations are placed.", len(plan.consultations)),
        texts.counted("{n} lesson gives way.", "{n} lessons give way.", len(plan.changes)),
    )
    changes = [_giving_way(texts, document, change) for change in plan.changes[:CHANGES_SHOWN]]
    more = ["…"] if len(plan.changes) > CHANGES_SHOWN else []
    return Report(
        (
            texts(PLANS[outcome.status]),
            *_numbers(texts, plan.cost, plan.bound),
            " ".join(placed),
            *(f"- {change}" for change in [*changes, *more]),
            *_not_used(texts, outcome),
            texts("Written: {file}", file=out),
            *line(texts, left_out),
        ),
        (_of_rules(texts, plan.rules),),
        {
            "status": outcome.status,
            "plan": str(out),
            "cost": plan.cost,
            "bound": plan.bound,
            "rules": [rule.model_dump(mode="json") for rule in plan.rules],
            "changes": [change.model_dump(mode="json") for change in plan.changes],
            **_unused(texts, outcome),
            **as_data(left_out),
        },
    )


def _giving_way(texts: Texts, document: Document, change: LessonChange) -> str:
    """Tell what happens to a lesson, and for which exams or lessons."""
    told = {"lesson": _lesson(document, change.occurrence), "when": texts.moment(change.start)}
    if change.change == "suspended":
        return texts("{lesson} ({when}) is not held: lessons are suspended.", **told)
    exams = [document.exam(exam).name or exam for exam in change.because]
    lessons = dict.fromkeys(_lesson(document, lesson) for lesson in change.instead)
    told["exams"], told["lessons"] = texts.listing(exams), texts.listing(list(lessons))
    if change.change == "moved" and change.new_start is not None:
        told["then"] = texts.moment(change.new_start)
        if exams:
            return texts("{lesson} ({when}) is moved to {then} for {exams}.", **told)
        if lessons:
            return texts("{lesson} ({when}) is moved to {then} for what is moved to its time: {lessons}.", **told)
        return texts("{lesson} ({when}) is moved to {then} to make room for others.", **told)
    if exams:
        return texts("{lesson} ({when}) is cancelled for {exams}.", **told)
    if lessons:
        return texts("{lesson} ({when}) is cancelled for what is moved to its time: {lessons}.", **told)
    return texts("{lesson} ({when}) is cancelled to make room for others.", **told)


def _lesson(document: Document, occurrence: str) -> str:
    """Return what people call a lesson: its course or other event."""
    key = occurrence.partition("/")[0]
    kind = "courses" if document.has("courses", key) else "events"
    item = next((one for one in getattr(document, kind) if one.id == key), None)
    return key if item is None else item.name or item.id


def _impossible(
    texts: Texts, words: Mapping[str, str], outcome: Generated | Attested, left_out: Sequence[LeftOut]
) -> Report:
    told = [texts.tell(reason) for reason in outcome.reasons]
    lines = (texts(words[outcome.status]), *(f"- {reason}" for reason in told), *_not_used(texts, outcome))
    return Report(
        (*lines, *line(texts, left_out)),
        data={"status": outcome.status, "reasons": told, **_unused(texts, outcome), **as_data(left_out)},
        code=IMPOSSIBLE,
    )


def _not_used(texts: Texts, outcome: Generated | Attested) -> tuple[str, ...]:
    """Tell what does not fit of what was to be started from."""
    told = [f"- {texts.tell(one)}" for one in outcome.unused[:UNUSED_SHOWN]]
    more = ["- …"] if len(outcome.unused) > UNUSED_SHOWN else []
    return (texts("What was to be started from does not fit in everything:"), *told, *more) if told else ()


def _unused(texts: Texts, outcome: Generated | Attested) -> dict[str, object]:
    return {"unused": [texts.tell(one) for one in outcome.unused]}


def _numbers(texts: Texts, cost: int | None, bound: int | None) -> list[str]:
    if cost is None or bound is None:
        return []
    gap = (cost - bound) / max(1, cost)
    numbers = {"cost": cost, "bound": bound, "gap": texts.percent(gap)}
    return [texts("Cost {cost}, proven bound {bound}, gap {gap}.", **numbers)]


def _summary(timetable: Timetable) -> dict[str, object]:
    return {
        "cost": timetable.cost,
        "bound": timetable.bound,
        "rules": [rule.model_dump(mode="json") for rule in timetable.rules],
        "faults": [fault.model_dump(mode="json") for fault in timetable.faults],
    }


def _of_rules(texts: Texts, rules: Iterable[RuleCost]) -> Table:
    """Tell the rules' costs; those that say the same of different people, at one weight, in one row."""
    missed: Counter[tuple[str, str]] = Counter()
    costs: Counter[tuple[str, str]] = Counter()
    for rule in rules:
        weight = texts("required") if rule.weight == "required" else str(rule.weight)
        row = (texts(rule.name) or rule.rule, weight)
        missed[row] += rule.deviation
        costs[row] += rule.cost
    return Table(
        texts("Rules"),
        (texts("Rule"), texts("Weight"), texts("Missed by"), texts("Cost")),
        tuple((*row, texts.number(missed[row]), texts.number(costs[row])) for row in missed),
        numbers=frozenset({1, 2, 3}),
    )
