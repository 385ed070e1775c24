"""The policy's rules as the engine's: words resolved by the annotations of a rule's fields.

A rule of a policy may become several of the engine: one for each section of a course, one for each figure where people
have limits of their own, one for each of several bells where it speaks of periods.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import solver.rules  # noqa: F401 - registers every rule
from scheduler.compile.amounts import Amounts
from scheduler.compile.making import Maker
from scheduler.compile.reading import Reading
from scheduler.compile.selectors import Selectors
from scheduler.compile.words import OWN_LIMITS
from scheduler.domain.faults import maybe
from scheduler.domain.policy import RuleSpec
from scheduler.errors import Fault, Place
from scheduler.policies import rules_of
from solver.rules.rule import Rule
from solver.sentence import sentence

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from scheduler.compile.compiled import Compiled
    from scheduler.compile.recall import Kept
    from scheduler.compile.words import OwnLimit
    from scheduler.domain.document import Document

Named = tuple[str, RuleSpec]
"""A rule of the policy after the field where it stands; empty for a profile's."""

LATER = ("StayPut", "Pin")
"""Rules that compare with an earlier timetable; without one there is nothing to say."""


def specs_of(document: Document) -> tuple[Named, ...]:
    """Return the policy's rules that are not off, each after the field where it stands."""
    return tuple(
        ("" if number is None else f"policy.rules[{number}]", spec)
        for number, spec in where_written(document.policy.rules, rules_of(document))
        if spec.weight != "off"
    )


def where_written(own: Sequence[RuleSpec], rules: Iterable[RuleSpec]) -> Iterator[tuple[int | None, RuleSpec]]:
    """Yield rules, each after its number among those that somebody wrote; None for a profile's that nobody amends."""
    written = {id(spec.parameters): number for number, spec in enumerate(own)}
    of_id = {spec.id: number for number, spec in enumerate(own) if spec.id is not None}
    for spec in rules:
        yield written.get(id(spec.parameters), of_id.get(spec.id or "")), spec


class RuleMaker:
    """Makes the engine's rules; what cannot be read is added to the faults."""

    def __init__(self, compiled: Compiled, faults: list[Fault], kept: Kept | None = None) -> None:
        self.compiled = compiled
        self.faults = faults
        self.kept = kept
        self.selectors = Selectors(compiled, faults)
        self.lenient = Selectors(compiled, faults, lenient=True)
        self.amounts = Amounts(compiled)
        self._limited: dict[OwnLimit, set[int]] = {limit: set() for limit in OWN_LIMITS}

    def make(self, specs: tuple[Named, ...]) -> list[tuple[RuleSpec, Rule]]:
        """Return the rules, each with what it comes from."""
        return [*self._of_policy(specs), *self._own_limits(), *self._pins()]

    def _of_policy(self, specs: tuple[Named, ...]) -> Iterator[tuple[RuleSpec, Rule]]:
        for path, spec in specs:
            kind = Rule.registered.get(spec.rule or "")
            if kind is None:
                must = sentence("The rule “{rule}” must be one of the engine's rules.", rule=spec.rule)
                self.faults.append(Fault(Place(path=f"{path}.rule"), must, maybe(spec.rule or "", Rule.registered)))
            elif spec.rule in LATER:
                if self.kept is not None:
                    yield spec, self._rule(kind, spec, self.kept.everything())
            else:
                yield from self._made(kind, spec, path)

    def _made(
        self, kind: type[Rule], spec: RuleSpec, path: str, only: set[int] | None = None
    ) -> Iterator[tuple[RuleSpec, Rule]]:
        reading = Reading(kind, spec, path or f"policy.profiles.{spec.id}", self.faults)
        maker = Maker(reading, self.compiled, self.selectors if path else self.lenient, self.amounts)
        if kind.__name__ == "EndBy" and "lessons" in reading.words:
            for chosen in maker.late_lessons():
                yield spec, self._rule(Rule.registered["PreferTimes"], spec, chosen)
            return
        for chosen in maker.chosen(only):
            yield spec, self._rule(kind, spec, {**reading.plain, **chosen})
        for limit in reading.own_limits:
            self._limited[limit] |= maker.about

    def _rule(self, kind: type[Rule], spec: RuleSpec, figures: dict[str, Any]) -> Rule:
        weight = spec.weight if isinstance(spec.weight, int) else None
        return kind(weight=weight, ident=spec.id or kind.__name__, **figures)

    def _own_limits(self) -> Iterator[tuple[RuleSpec, Rule]]:
        """Yield rules for the own limits of those whom no rule of the policy limits."""
        for limit in OWN_LIMITS:
            with_limit = {
                r
                for r, participant in enumerate(self.compiled.participants)
                if not participant.stand_in and getattr(participant.limits, limit.limit) is not None
            }
            rest = with_limit - self._limited[limit]
            if rest:
                parameters = {**dict(limit.given), limit.parameter: 0, "people": "people"}
                spec = RuleSpec(id=f"own-{limit.limit}".replace("_", "-"), rule=limit.rule, parameters=parameters)
                yield from self._made(Rule.registered[limit.rule], spec, "", rest)

    def _pins(self) -> Iterator[tuple[RuleSpec, Rule]]:
        if self.kept is not None and self.kept.pinned:
            spec = RuleSpec(id="pins", rule="Pin", weight="required")
            yield spec, self._rule(Rule.registered["Pin"], spec, self.kept.pins())
