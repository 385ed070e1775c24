"""A small language for whom and what a rule is about: `students grade=5-9 site=S2; teacher=T3,T4`.

A selector is one or more parts joined by `;`, and holds whatever one of its parts holds. A part is a kind (`students`,
`lessons`, `times`) and terms that must all hold; a term lists values of which one must hold, or, with `!=`, none. A
term whose key names a single thing stands without its kind: `course=ALG-9` is `lessons course=ALG-9`. Keywords may be
Russian: `ученики класс=5-9`, `время дни=пн,вт уроки=1-3`. Names of things are written as they are in the document.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import time

from scheduler.domain.base import WEEKDAYS
from scheduler.domain.faults import maybe
from scheduler.domain.words import KEYS, KINDS, SINGLES, VALUES, Sort
from scheduler.errors import BadInput, Fault, Place
from solver.sentence import Sentence, sentence

LONGEST = 4000
"""Characters that a selector may have."""


_Wrong = Callable[[Sentence, Sentence | None], None]


@dataclass(frozen=True, slots=True)
class Term:
    """A key and the values of which one must hold, or none of which may."""

    key: str
    values: tuple[str, ...]
    excluded: bool = False

    def __str__(self) -> str:
        return f"{self.key}{'!=' if self.excluded else '='}{','.join(self.values)}"

    @property
    def numbers(self) -> frozenset[int]:
        """The numbers that the values list, ranges written out."""
        return frozenset(number for value in self.values for number in _range(value))

    @property
    def clock(self) -> time:
        """The one time of day that the value is."""
        return time.fromisoformat(self.values[0])


@dataclass(frozen=True, slots=True)
class Part:
    """Things of one kind of which all the terms hold."""

    kind: str
    terms: tuple[Term, ...] = ()

    def __str__(self) -> str:
        return " ".join([self.kind, *map(str, self.terms)])


@dataclass(frozen=True, slots=True)
class Selector:
    """Whatever one of the parts holds; told in English keywords by `str`, which reads back as the same."""

    parts: tuple[Part, ...]

    def __str__(self) -> str:
        return "; ".join(map(str, self.parts))


def parse(text: str, place: Place | None = None) -> Selector:
    """Read a selector.

    Parameters
    ----------
    text
        The selector as somebody wrote it.
    place
        Where it was written, for the faults.

    Raises
    ------
    BadInput
        With every fault of its words; whether the things it names exist is seen in `select`.
    """
    faults: list[Fault] = []

    def wrong(must: Sentence, near: Sentence | None = None) -> None:
        faults.append(Fault(place or Place(), must, near))

    if len(text) > LONGEST:
        wrong(sentence("The text ({value}) must have at most {n} characters.", value=text[:40] + "…", n=LONGEST))
        raise BadInput(faults)
    parts: list[Part] = []
    for written in text.split(";"):
        words = _words(written)
        if not words:
            wrong(sentence("A selector must say what it selects, such as “students grade=5-9”."))
            continue
        kind = _kind(words[0], wrong)
        if kind is not None:
            terms = words if "=" in words[0] else words[1:]
            found = [_term(word, kind, wrong) for word in terms]
            parts.append(Part(kind, tuple(term for term in found if term is not None)))
    if faults:
        raise BadInput(faults)
    return Selector(tuple(parts))


def _words(text: str) -> list[str]:
    """Split at spaces, but not at those around commas and equals signs."""
    return re.sub(r"\s*(!=|=|,)\s*", r"\1", text).split()


def _kind(word: str, wrong: _Wrong) -> str | None:
    head, equals, _ = re.split(r"(!?=)", word, maxsplit=1) if "=" in word else (word, "", "")
    known = SINGLES if equals else KINDS
    kind = known.get(head.casefold())
    if kind is None:
        must = sentence(
            "A selector must begin with what it selects; “{word}” is nothing that can be selected.", word=head
        )
        wrong(must, maybe(head, known))
    return kind


def _term(word: str, kind: str, wrong: _Wrong) -> Term | None:
    split = re.split(r"(!?=)", word, maxsplit=1)
    keys = KEYS[kind]
    if len(split) < 3:
        wrong(sentence("“{word}” must be a key and values, such as “grade=5-9”.", word=word), maybe(word, keys))
        return None
    head, equals, listed = split
    found = keys.get(head.casefold())
    if found is None:
        must = sentence(
            "“{kind}” must be told apart by one of {known}; “{word}” is none.",
            kind=kind,
            known=tuple(keys_of(kind)),
            word=head,
        )
        wrong(must, maybe(head, keys))
        return None
    key, sort = found
    values = tuple(_value(value, sort) for value in listed.split(",") if value)
    if not values:
        wrong(sentence("“{word}” must have values, such as “grade=5-9”.", word=word), None)
        return None
    bad = [value for value in values if not _is(value, sort)]
    for value in bad:
        wrong(*_expected(value, sort))
    if sort == "clock" and len(values) > 1:
        wrong(sentence("“{word}” must have one value.", word=word), None)
        return None
    return None if bad else Term(key, values, equals == "!=")


def keys_of(kind: str) -> Iterator[str]:
    """List the English keys by which things of a kind are told apart."""
    yield from dict.fromkeys(key for key, _ in KEYS[kind].values())


def _value(value: str, sort: Sort) -> str:
    if sort == "clock" and re.fullmatch(r"\d:\d\d", value):
        return f"0{value}"
    return VALUES.get(sort, {}).get(value.casefold(), value) if sort != "name" else value


def _is(value: str, sort: Sort) -> bool:
    match sort:
        case "numbers":
            found = re.fullmatch(r"(\d{1,3})(?:-(\d{1,3}))?", value)
            return found is not None and int(found[1]) <= int(found[2] or found[1])
        case "clock":
            return re.fullmatch(r"([01]\d|2[0-3]):[0-5]\d", value) is not None
        case "name":
            return True
        case _:
            return value in VALUES[sort].values()


def _expected(value: str, sort: Sort) -> tuple[Sentence, Sentence | None]:
    match sort:
        case "numbers":
            return sentence("The value ({value}) must be a number or a range such as 5-9.", value=value), None
        case "clock":
            return sentence("The value ({value}) must be a time such as 15:00.", value=value), None
        case _:
            known = tuple(dict.fromkeys(VALUES[sort].values()))
            must = sentence("The value ({value}) must be one of {expected}.", value=value, expected=known)
            return must, maybe(value, VALUES[sort])


def _range(value: str) -> range:
    first, _, last = value.partition("-")
    return range(int(first), int(last or first) + 1)


def days_of(term: Term) -> frozenset[int]:
    """Return the weekdays that a term lists, Monday 0."""
    return frozenset(WEEKDAYS.index(day) for day in WEEKDAYS if day in term.values)
