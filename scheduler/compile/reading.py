"""One rule of a policy, its parameters sorted: plain figures, selectors, and what the rule's fields are told by."""

from __future__ import annotations

import types
from dataclasses import MISSING, Field, fields
from typing import TYPE_CHECKING, Any, Literal, Union, get_args, get_origin, get_type_hints

from pydantic import TypeAdapter, ValidationError

from scheduler.compile.words import COUNTED, MORE, OWN_LIMITS, WORDS, OwnLimit, habit
from scheduler.domain.faults import maybe
from scheduler.errors import Fault, Place
from solver.sentence import Sentence, sentence

if TYPE_CHECKING:
    from scheduler.domain.policy import RuleSpec
    from solver.rules.rule import Rule


class Reading:
    """A rule of the policy as its class reads it.

    Parameters
    ----------
    more
        Further words that select here.

    Attributes
    ----------
    fields : dict of str to list of str
        The annotated fields by annotation, in order.
    optional : frozenset of str
        The fields that need not be told.
    plain : dict of str to object
        The figures that are given, of the right type.
    """

    def __init__(
        self, kind: type[Rule], spec: RuleSpec, path: str, faults: list[Fault], more: tuple[str, ...] = ()
    ) -> None:
        self.kind = kind
        self.spec = spec
        self.path = f"{path}.parameters"
        self.faults = faults
        self.habit = habit(kind.__name__)
        self.fields: dict[str, list[str]] = {}
        for name, annotation in kind.field_kinds().items():
            self.fields.setdefault(annotation, []).append(name)
        self.optional = frozenset(f.name for f in fields(kind) if f.default is not MISSING)
        own, known = _figures(kind), (*_selectors(kind), *more)
        self.plain: dict[str, Any] = {}
        self.words: dict[str, Any] = {}
        hints = get_type_hints(kind)
        for word, value in spec.parameters.items():
            if word in own:
                self.plain[word] = self._plain(word, value, hints[word])
            elif word in known:
                self.words[word] = value
            else:
                must = sentence("The rule {rule} has no parameter “{word}”.", rule=kind.__name__, word=word)
                self.fault(word, must, maybe(word, sorted({*own, *known})))
        self._complete(own)

    def fault(self, word: str, must: Sentence, help_: Sentence | None = None) -> None:
        """Add a fault at a parameter."""
        self.faults.append(Fault(Place(path=f"{self.path}.{word}" if word else self.path), must, help_))

    def at(self, word: str) -> str:
        """Return the path of a parameter."""
        return f"{self.path}.{word}"

    def word(self, annotation: str, position: int = 0) -> str | None:
        """Return the word by which a field of the annotation is told here: its own name, or the annotation's."""
        name = self.fields[annotation][position]
        if name in self.words:
            return name
        usual = WORDS[annotation][0] if WORDS[annotation] else ""
        return usual if usual in self.words and position == 0 else None

    @property
    def defaults(self) -> dict[str, Any]:
        """The rule's own figures, those that are given in place of the usual ones."""
        return {**{f.name: f.default for f in fields(self.kind)}, **self.plain}

    @property
    def own_limits(self) -> tuple[OwnLimit, ...]:
        """The people's own limits that come before this rule's figures."""
        figures = self.defaults
        return tuple(
            limit
            for limit in OWN_LIMITS
            if limit.rule == self.kind.__name__
            and limit.parameter in self.plain
            and all(figures.get(name) == value for name, value in limit.given)
        )

    def _complete(self, own: dict[str, Field[Any]]) -> None:
        for name, entry in own.items():
            if name not in self.plain and entry.default is MISSING and entry.default_factory is MISSING:
                must = sentence("The rule {rule} must have the parameter “{word}”.", rule=self.kind.__name__, word=name)
                self.fault("", must)
                self.plain[name] = 0
        for word in ("times", "time"):
            needed = any(name not in self.optional for name in self.fields.get("ticks", ()))
            needed = needed and self.kind.__name__ != "RespectAvailability"
            if needed and not {"times", "time", *self.fields["ticks"]} & self.words.keys():
                wanted = MORE.get(self.kind.__name__, WORDS["ticks"])[0]
                must = sentence(
                    "The rule {rule} must have the parameter “{word}”.", rule=self.kind.__name__, word=wanted
                )
                self.fault("", must)
                self.words[word] = "times" if word == "times" else "00:00"

    def _plain(self, word: str, value: Any, hint: Any) -> Any:
        if word == "what":
            value = COUNTED.get(str(value), value)
        try:
            return TypeAdapter(hint).validate_python(tuple(value) if isinstance(value, list) else value, strict=True)
        except ValidationError:
            must = sentence("The value ({value}) must be {expected}.", value=str(value), expected=_expected(hint))
            self.fault(word, must)
            return next(iter(get_args(hint)), 0) if get_origin(hint) is Literal else 0


def parameters_of(kind: type[Rule]) -> tuple[str, ...]:
    """Return the parameters that a policy may give a rule: whom and what it is about, then its figures."""
    found: dict[str, None] = {}
    seen: set[str] = set()
    for name, annotation in kind.field_kinds().items():
        usual = WORDS[annotation] if annotation not in seen else ()
        seen.add(annotation)
        found |= dict.fromkeys(usual or (name,))
    return (*dict.fromkeys((*found, *MORE.get(kind.__name__, ()))), *_figures(kind))


def _figures(kind: type[Rule]) -> dict[str, Field[Any]]:
    annotated = kind.field_kinds()
    return {f.name: f for f in fields(kind) if f.name not in ("weight", "ident", *annotated)}


def _selectors(kind: type[Rule]) -> tuple[str, ...]:
    """Return the words that select, and the names of the fields that they select for."""
    annotated = kind.field_kinds()
    words = (word for annotation in annotated.values() for word in WORDS[annotation])
    return tuple(dict.fromkeys((*words, *MORE.get(kind.__name__, ()), *annotated)))


def _expected(hint: Any) -> Sentence | str:
    """Say what a parameter must be."""
    if get_origin(hint) is Literal:
        told = {engine: word for word, engine in COUNTED.items()}
        return ", ".join(told.get(word, str(word)) for word in get_args(hint))
    if get_origin(hint) in (Union, types.UnionType):
        return _expected(next(part for part in get_args(hint) if part is not type(None)))
    if hint is int:
        return sentence("a whole number")
    return sentence("true or false") if hint is bool else sentence("of another kind")
