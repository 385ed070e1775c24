"""Rule profiles as dated data, and what a document's policy makes of them.

A profile is a YAML file beside this one. A policy names profiles and then adds rules of its own; a rule with the id of
a profile's rule takes its place, or amends it where it names no rule itself. Figures are amended in the same way. A
session of exams names profiles about sessions and adds rules in the same way.
"""

from collections.abc import Iterable, Iterator
from functools import cache
from importlib.resources import files

from pydantic import ValidationError

from scheduler.domain.document import Document
from scheduler.domain.exams import Session
from scheduler.domain.faults import at, faults_of, maybe
from scheduler.domain.policy import About, Figure, Profile, ProfileRule, RuleSpec
from scheduler.errors import BadInput, Fault, Place
from scheduler.formats import plain
from solver.sentence import sentence

BASE = "default"
"""The profile without which nobody is kept from being in two places at once; left out only where no profile is named."""


@cache
def names() -> tuple[str, ...]:
    """List the profiles that are shipped."""
    found = (item.name for item in files(__name__).iterdir())
    return tuple(sorted(name.removesuffix(".yaml") for name in found if name.endswith(".yaml")))


@cache
def profile(name: str) -> Profile:
    """Read a shipped profile.

    Raises
    ------
    BadInput
        If there is none of that name, or it has faults.
    """
    if name not in names():
        must = sentence("The profile ({name}) must be one of {known}.", name=name, known=names())
        raise BadInput([Fault(Place(), must, maybe(name, names()))])
    file = f"{name}.yaml"
    try:
        return Profile.model_validate(plain.parse(files(__name__).joinpath(file).read_bytes(), file))
    except ValidationError as error:
        raise BadInput(fault.within(file) for fault in faults_of(error, Profile)) from None


def profiles(document: Document) -> tuple[Profile, ...]:
    """Return the profiles of a document's policy that there are, after the one on which all the others build."""
    named = document.policy.profiles
    return _about("term", (BASE, *named) if named else ())


def profiles_of_session(session: Session) -> tuple[Profile, ...]:
    """Return the profiles of a session that there are."""
    return _about("session", session.profiles)


def _about(about: About, named: Iterable[str]) -> tuple[Profile, ...]:
    there = (profile(name) for name in dict.fromkeys(named) if name in names())
    return tuple(one for one in there if one.about == about)


def rules_of(document: Document) -> tuple[RuleSpec, ...]:
    """Return every rule of a document's policy, each whole: with an id, a rule and a weight.

    Those that are off are among them: whoever shows the rules shows these too.
    """
    return _whole(profiles(document), document.term.week_days, document.policy.rules)


def rules_of_session(document: Document, session: Session) -> tuple[RuleSpec, ...]:
    """Return every rule of a session, each whole, those that are off among them, as of a document's policy."""
    return _whole(profiles_of_session(session), session.week_days or document.term.week_days, session.rules)


def _whole(named: tuple[Profile, ...], week_days: int, specs: tuple[RuleSpec, ...]) -> tuple[RuleSpec, ...]:
    found: dict[str, RuleSpec] = {rule.id: rule for rule in _rules_of_profiles(named, week_days)}
    figures = {figure.id for one in named for figure in one.figures}
    for spec in specs:
        if spec.rule is None:
            earlier = found.get(spec.id or "")
            if earlier is not None:
                found[earlier.id or ""] = _amended(earlier, spec)
        elif spec.id not in figures:
            key = spec.id or _free(spec.rule, found)
            found[key] = spec.model_copy(
                update={"id": key, "weight": "required" if spec.weight is None else spec.weight}
            )
    return tuple(found.values())


def figures_of(document: Document) -> tuple[Figure, ...]:
    """Return every figure of a document's policy, as its own rules amend it."""
    found = {figure.id: figure for one in profiles(document) for figure in one.figures}
    for spec in document.policy.rules:
        if spec.id in found and spec.rule is None:
            given = found[spec.id].model_dump(mode="json", exclude_defaults=True) | spec.parameters
            if spec.weight is not None:
                given["weight"] = spec.weight
            found[spec.id] = Figure.model_validate(given)
    return tuple(found.values())


def _rules_of_profiles(named: tuple[Profile, ...], week_days: int) -> Iterator[ProfileRule]:
    week = 6 if week_days > 5 else 5
    for one in named:
        for rule in one.rules:
            if rule.week_days in {None, week}:
                dated = {"valid_from": rule.valid_from or one.valid_from, "valid_to": rule.valid_to or one.valid_to}
                yield rule.model_copy(update=dated)


def _amended(rule: RuleSpec, spec: RuleSpec) -> RuleSpec:
    given = {name: getattr(spec, name) for name in spec.model_fields_set - {"id", "rule", "parameters", "weight"}}
    if spec.weight is not None:
        given["weight"] = spec.weight
    return rule.model_copy(update={**given, "parameters": {**rule.parameters, **spec.parameters}})


def _free(rule: str, taken: dict[str, RuleSpec]) -> str:
    """Find an id for a rule that was given none: its name, and a number where that is taken."""
    if rule not in taken:
        return rule
    return next(key for number in range(2, len(taken) + 3) if (key := f"{rule}-{number}") not in taken)


def faults(document: Document) -> Iterator[Fault]:
    """Find profiles that there are not, and rules that are none and amend none, of the policy and of sessions."""
    policy, days = document.policy, document.term.week_days
    yield from _faults("term", policy.profiles, profiles(document), days, policy.rules, "policy")
    for index, session in enumerate(document.sessions):
        named, own = profiles_of_session(session), session.rules
        yield from _faults("session", session.profiles, named, session.week_days or days, own, "sessions", index)


def _faults(
    about: About,
    asked: tuple[str, ...],
    named: tuple[Profile, ...],
    week_days: int,
    specs: tuple[RuleSpec, ...],
    *way: int | str,
) -> Iterator[Fault]:
    for index, name in enumerate(asked):
        if not _about(about, (name,)):
            options = tuple(one.id for one in _about(about, names()))
            must = sentence("The profile ({name}) must be one of {known}.", name=name, known=options)
            yield Fault(at(*way, "profiles", index), must, maybe(name, options))
    known = {rule.id for rule in _rules_of_profiles(named, week_days)}
    figures = {figure.id: figure for one in named for figure in one.figures}
    seen: set[str] = set()
    for index, spec in enumerate(specs):
        here = (*way, "rules", index)
        if spec.rule is None and spec.id is None:
            yield Fault(at(*here), sentence("A rule must be named, or the id of a profile's rule be given."))
        elif spec.rule is None and spec.id not in {*known, *figures}:
            must = sentence("“{key}” must be the id of a rule of the profiles, or a rule be named.", key=spec.id)
            yield Fault(at(*here, "id"), must, maybe(spec.id or "", sorted({*known, *figures})))
        elif spec.rule is not None and spec.id in figures:
            must = sentence("“{key}” must be given no rule: it is a figure of a profile.", key=spec.id)
            yield Fault(at(*here, "rule"), must)
        elif spec.id in figures:
            yield from _faults_of_figure(figures[spec.id or ""], spec, *here)
        if spec.id is not None and spec.id in seen:
            yield Fault(at(*here, "id"), sentence("“{key}” must be listed once only.", key=spec.id))
        seen.add(spec.id or "")
        if spec.valid_from is not None and spec.valid_to is not None and spec.valid_to <= spec.valid_from:
            must = sentence(
                "The last day ({last}) must not come before the first ({first}).",
                last=spec.valid_to,
                first=spec.valid_from,
            )
            yield Fault(at(*here, "valid_to"), must)


def _faults_of_figure(figure: Figure, spec: RuleSpec, *way: int | str) -> Iterator[Fault]:
    try:
        Figure.model_validate(figure.model_dump(mode="json", exclude_defaults=True) | spec.parameters)
    except ValidationError as error:
        yield from faults_of(error, Figure, (*way, "parameters"))
