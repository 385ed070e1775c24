"""What was seen, recounted, compared, listed and written, told to people and to programs."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Protocol

from scheduler.compile.reading import parameters_of
from scheduler.console import DONE, IMPOSSIBLE, Report, Table
from scheduler.domain.document import LeftOut
from scheduler.domain.policy import Profile
from scheduler.left_out import as_data, line
from scheduler.policies import names, profile
from scheduler.search_reports import PLANS, STATUS
from scheduler.texts import Texts, creed
from solver.rules import Rule
from solver.sentence import Sentence


class Checked(Protocol):
    """What was seen before any search; the sentences speak of things by their names."""

    @property
    def timetable(self) -> tuple[Sentence, ...]:
        """Why there can be no timetable."""

    @property
    def plans(self) -> tuple[Sentence, ...]:
        """Why there can be no plans of sessions."""


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


def of_check(texts: Texts, checked: Checked, left_out: Sequence[LeftOut] = ()) -> Report:
    """Tell what makes a timetable or plans impossible before any search, if anything does, and what was not looked at."""
    lines: list[str] = []
    for words, reasons in ((STATUS, checked.timetable), (PLANS, checked.plans)):
        lines += [texts(words["impossible"])] if reasons else []
        lines += [f"- {texts.tell(reason)}" for reason in reasons]
    if lines:
        told = [texts.tell(reason) for reason in (*checked.timetable, *checked.plans)]
        data = {"status": "impossible", "reasons": told, **as_data(left_out)}
        return Report((*lines, *line(texts, left_out)), data=data, code=IMPOSSIBLE)
    good = texts("Nothing is wrong with the file, and nothing seen makes it impossible.")
    return Report((good, *line(texts, left_out)), data={"reasons": [], **as_data(left_out)})


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
        {"kept": not broken, **_audited(texts, audit), **as_data(left_out)},
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
            **as_data(left_out),
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
