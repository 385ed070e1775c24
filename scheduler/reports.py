"""What came out of each operation, told to people and to programs."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Final, Protocol

from scheduler.compile.reading import parameters_of
from scheduler.console import DONE, IMPOSSIBLE, Report, Table
from scheduler.domain.document import Document, LeftOut
from scheduler.domain.policy import Profile
from scheduler.domain.session_plan import LessonChange, SessionPlan
from scheduler.domain.timetable import RuleCost, Timetable
from scheduler.left_out import line
from scheduler.policies import names, profile
from scheduler.texts import N_, Texts, creed
from solver.rules import Rule
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


class Checked(Protocol):
    """What was seen before any search; the sentences speak of things by their names."""

    @property
    def timetable(self) -> tuple[Sentence, ...]:
        """Why there can be no timetable."""

    @property
    def plans(self) -> tuple[Sentence, ...]:
        """Why there can be no plans of sessions."""


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


class Recounted(Protocol):
    """One rule of the policy, recounted."""

    @property
    def rule(self) -> str:
        """The rule's id in the policy, or its name."""

    @property
    def says(self) -> Sentence:
        """The rule in a registrar's words."""

    @property
    def weight(self) -> int | None:
        """None is required."""

    @property
    def deviation(self) -> int:
        """By how much it is missed in all."""

    @property
    def sentences(self) -> tuple[Sentence, ...]:
        """Where it is missed."""


class Audited(Protocol):
    """What an audit found; the sentences speak of things by their names."""

    @property
    def rules(self) -> Sequence[Recounted]:
        """Every rule of the policy."""

    @property
    def facts(self) -> tuple[Sentence, ...]:
        """What is wrong with the plain facts: somebody in two places, an hour not delivered."""

    @property
    def dated(self) -> tuple[Sentence, ...]:
        """What the calendar breaks, as the timetable tells it itself: a short day, a moved one."""

    @property
    def cost(self) -> int:
        """The cost of the weighted rules."""


class Compared(Protocol):
    """What differs between two timetables; the sentences speak of things by their names."""

    @property
    def first(self) -> Audited:
        """The audit of the first."""

    @property
    def second(self) -> Audited:
        """The audit of the second."""

    @property
    def changes(self) -> tuple[Sentence, ...]:
        """What stands elsewhere in the second."""


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
            **_unseen(left_out),
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
            **_unseen(left_out),
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


def of_check(texts: Texts, checked: Checked, left_out: Sequence[LeftOut] = ()) -> Report:
    """Tell what makes a timetable or plans impossible before any search, if anything does, and what was not looked at."""
    lines: list[str] = []
    for words, reasons in ((STATUS, checked.timetable), (PLANS, checked.plans)):
        lines += [texts(words["impossible"])] if reasons else []
        lines += [f"- {texts.tell(reason)}" for reason in reasons]
    if lines:
        told = [texts.tell(reason) for reason in (*checked.timetable, *checked.plans)]
        data = {"status": "impossible", "reasons": told, **_unseen(left_out)}
        return Report((*lines, *line(texts, left_out)), data=data, code=IMPOSSIBLE)
    good = texts("Nothing is wrong with the file, and nothing seen makes it impossible.")
    return Report((good, *line(texts, left_out)), data={"reasons": [], **_unseen(left_out)})


def of_audit(texts: Texts, audit: Audited, left_out: Sequence[LeftOut] = ()) -> Report:
    """Tell each rule, ticked or counted, what is wrong with the plain facts, and what of the file is in neither."""
    broken = any(_broken(rule) for rule in audit.rules) or bool(audit.facts)
    missed = [texts.tell(said) for rule in audit.rules for said in rule.sentences]
    facts = [texts.tell(fact) for fact in audit.facts]
    dated = [texts.tell(fact) for fact in audit.dated]
    verdict = texts("Required rules are broken.") if broken else texts("All required rules are kept.")
    return Report(
        (
            verdict,
            texts("Cost {cost}.", cost=audit.cost),
            *line(texts, left_out),
            *(f"- {line}" for line in [*facts, *missed]),
            *([texts("The calendar breaks:")] if dated else []),
            *(f"- {line}" for line in dated),
        ),
        (_recounted(texts, audit.rules),),
        {"kept": not broken, **_audited(texts, audit), **_unseen(left_out)},
        IMPOSSIBLE if broken else DONE,
    )


def of_comparison(texts: Texts, found: Compared, left_out: Sequence[LeftOut] = ()) -> Report:
    """Tell what stands elsewhere, what each rule costs in both, and what of the file was not looked at."""
    changes = [texts.tell(change) for change in found.changes]
    headings = (texts("Rule"), texts("First"), texts("Second"), texts("Difference"))
    pairs = zip(found.first.rules, found.second.rules, strict=True)
    rows = [(texts.tell(one.says), _price(one), _price(two)) for one, two in pairs]
    total = (texts("Cost"), found.first.cost, found.second.cost)
    differ = texts.counted("{n} placement differs.", "{n} placements differ.", len(changes))
    return Report(
        (differ, *(f"- {c}" for c in changes), *line(texts, left_out)),
        (
            Table(
                texts("Rules"),
                headings,
                tuple((name, texts.number(a), texts.number(b), f"{b - a:+}") for name, a, b in [*rows, total]),
                numbers=frozenset({1, 2, 3}),
            ),
        ),
        {
            "changes": changes,
            "first": _audited(texts, found.first),
            "second": _audited(texts, found.second),
            **_unseen(left_out),
        },
    )


def of_written(texts: Texts, *paths: Path) -> Report:
    """Tell which files were written."""
    lines = tuple(texts("Written: {file}", file=path) for path in paths)
    return Report(lines, data={"written": [str(path) for path in paths]})


def of_rules(texts: Texts) -> Report:
    """List the engine's rules, each as a registrar would say it, and what the profiles make of them."""
    known = [(name, rule, *creed(rule.__doc__ or "")) for name, rule in sorted(Rule.registered.items())]
    told = [(name, texts(said), parameters_of(rule), source) for name, rule, said, source in known]
    rows = tuple((name, said, ", ".join(parameters), source) for name, said, parameters, source in told)
    columns = ("rule", "says", "parameters", "source")
    headings = (texts("Rule"), texts("What holds when it is kept"), texts("Parameters"), texts("Source"))
    return Report(
        tables=(Table("", headings, rows), *(_profile(texts, profile(name)) for name in names())),
        data={
            "rules": [dict(zip(columns, row, strict=True)) for row in told],
            "profiles": [profile(name).model_dump(mode="json", exclude_defaults=True) for name in names()],
        },
    )


def _profile(texts: Texts, told: Profile) -> Table:
    """List a profile's rules by the ids by which a policy changes them."""

    def values(parameters: Mapping[str, object]) -> str:
        return "; ".join(f"{name} = {value}" for name, value in parameters.items())

    weights = {"required": texts("required"), "off": texts("off")}
    return Table(
        texts("Profile {name}", name=told.id),
        (texts("Id"), texts("Rule"), texts("Weight"), texts("Parameters")),
        tuple(
            (rule.id or "", rule.rule or "", weights.get(str(rule.weight), str(rule.weight)), values(rule.parameters))
            for rule in told.rules
        ),
    )


def _impossible(
    texts: Texts, words: Mapping[str, str], outcome: Generated | Attested, left_out: Sequence[LeftOut]
) -> Report:
    told = [texts.tell(reason) for reason in outcome.reasons]
    lines = (texts(words[outcome.status]), *(f"- {reason}" for reason in told), *_not_used(texts, outcome))
    return Report(
        (*lines, *line(texts, left_out)),
        data={"status": outcome.status, "reasons": told, **_unused(texts, outcome), **_unseen(left_out)},
        code=IMPOSSIBLE,
    )


def _not_used(texts: Texts, outcome: Generated | Attested) -> tuple[str, ...]:
    """Tell what does not fit of what was to be started from."""
    told = [f"- {texts.tell(one)}" for one in outcome.unused[:UNUSED_SHOWN]]
    more = ["- …"] if len(outcome.unused) > UNUSED_SHOWN else []
    return (texts("What was to be started from does not fit in everything:"), *told, *more) if told else ()


def _unused(texts: Texts, outcome: Generated | Attested) -> dict[str, object]:
    return {"unused": [texts.tell(one) for one in outcome.unused]}


def _unseen(left_out: Iterable[LeftOut]) -> dict[str, object]:
    return {"left_out": [one.model_dump(mode="json") for one in left_out]}


def _broken(rule: Recounted) -> bool:
    return rule.weight is None and rule.deviation > 0


def _price(rule: Recounted) -> int:
    """Return what a rule costs; of a required rule, by how much it is missed."""
    return rule.deviation * (1 if rule.weight is None else rule.weight)


def _recounted(texts: Texts, rules: Sequence[Recounted]) -> Table:
    return Table(
        texts("Rules"),
        (texts("Rule"), texts("Weight"), texts("Missed by"), texts("Cost")),
        tuple(
            (
                f"{'✗' if rule.deviation else '✓'} {texts.tell(rule.says)}",
                texts("required") if rule.weight is None else texts.number(rule.weight),
                texts.number(rule.deviation),
                "" if rule.weight is None else texts.number(_price(rule)),
            )
            for rule in rules
        ),
        numbers=frozenset({1, 2, 3}),
    )


def _audited(texts: Texts, audit: Audited) -> dict[str, object]:
    return {
        "cost": audit.cost,
        "facts": [texts.tell(fact) for fact in audit.facts],
        "dated": [texts.tell(fact) for fact in audit.dated],
        "rules": [
            {
                "rule": rule.rule,
                "says": texts.tell(rule.says),
                "weight": "required" if rule.weight is None else rule.weight,
                "deviation": rule.deviation,
                "cost": 0 if rule.weight is None else _price(rule),
                "sentences": [texts.tell(said) for said in rule.sentences],
            }
            for rule in audit.rules
        ],
    }


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
