"""What the cells of the rules hold: weights, profiles' names, and parameters as lines `name = value`."""

# ruff: noqa: ARG002 - few kinds care for the language

import json
import math
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, ClassVar, Final

from scheduler.formats.workbook.cells import Value
from scheduler.formats.workbook.kinds import Choice, Kind, Misread, Whole, shown
from scheduler.formats.workbook.words import WEIGHT_WORDS, YES_WORDS, Both, Vocabulary, plain
from solver.sentence import sentence


@dataclass(frozen=True)
class Weight(Choice):
    """A whole number, or one of the words."""

    vocabulary: Vocabulary = WEIGHT_WORDS
    number_format: ClassVar[str] = "General"

    def read(self, value: Value, lang: str) -> Any:
        if isinstance(value, str) and (found := self.vocabulary.known.get(plain(value))) is not None:
            return found
        try:
            return Whole().read(value, lang)
        except Misread:
            raise Misread(
                sentence(
                    "The weight ({value}) must be a whole number or one of: {words}.",
                    value=shown(value),
                    words="; ".join(self.vocabulary.listed(lang)),
                )
            ) from None

    def write(self, value: Any, lang: str) -> Value:
        return int(value) if isinstance(value, int) else super().write(value, lang)


@dataclass(frozen=True)
class Names(Kind):
    """A list of names, one a line or apart by commas or semicolons; in quotes where a name holds any of these.

    Attributes
    ----------
    nothing : Both
        The word for an empty list; an empty cell means the default.
    """

    nothing: Both
    wraps: ClassVar[bool] = True

    def read(self, value: Value, lang: str) -> list[str]:
        text = str(value)
        if plain(text) in map(plain, self.nothing):
            return []
        found, at = [], 0
        while at < len(text):
            if text[at] in ",;\n " or text[at].isspace():
                at += 1
                continue
            name, at = _quoted(text, at) if text[at] == '"' else _until(text, at, ",;\n")
            found.append(str(name))
        return found

    def write(self, value: Any, lang: str) -> Value:
        return "\n".join(map(self._told, value)) if value else self.nothing.tell(lang)

    def _told(self, name: str) -> str:
        bare = name == name.strip() and re.fullmatch(r'[^",;\s][^,;\n\r]*', name)
        return name if bare and plain(name) not in map(plain, self.nothing) else json.dumps(name, ensure_ascii=False)


@dataclass(frozen=True)
class Parameters(Kind):
    """A rule's parameters, one a line or apart by semicolons: `most = 6`, `teachers = t1 t2`, `days = ["mon", "tue"]`.

    A value is a number, yes or no, a word or several, or JSON; a text that would be taken for one of the others is
    written in quotes.
    """

    wraps: ClassVar[bool] = True

    def read(self, value: Value, lang: str) -> dict[str, Any]:
        if not isinstance(value, str):
            raise _no_parameters(value)
        return dict(_pairs(value))

    def write(self, value: Any, lang: str) -> Value:
        return "\n".join(f"{_told_name(name)} = {_told_value(item, lang)}" for name, item in value.items())


def _pairs(text: str) -> Iterator[tuple[str, Any]]:
    at, seen = 0, set()
    while at < len(text):
        if text[at] == ";" or text[at].isspace():
            at += 1
            continue
        name, at = _quoted(text, at) if text[at] == '"' else _until(text, at, "=;\n")
        at = _past_blanks(text, at)
        if text[at : at + 1] != "=" or not isinstance(name, str):
            raise _no_parameters(text)
        if name in seen:
            raise Misread(sentence("The parameter “{name}” must be given once.", name=name))
        seen.add(name)
        value, at = _value(text, _past_blanks(text, at + 1))
        yield name, value


def _value(text: str, at: int) -> tuple[Any, int]:
    try:
        found, end = _JSON.raw_decode(text, at)
    except (ValueError, RecursionError):
        found, end = None, at
    after = _past_blanks(text, end)
    if end > at and (after == len(text) or text[after] in ";\n") and found is not None:
        return found, after
    word, end = _until(text, at, ";\n")
    if not word or word[0] in '"[{':
        raise Misread(
            sentence(
                "The parameter's value ({value}) must be a word, a number, or a list such as [1, 2].", value=shown(word)
            )
        )
    if (answer := YES_WORDS.known.get(plain(word))) is not None and word not in "+-":
        return answer == "yes", end
    if re.fullmatch(r"[+-]?[0-9]+,[0-9]+", word, re.ASCII):
        return float(word.replace(",", ".")), end
    return word, end


def _told_value(value: Any, lang: str) -> str:
    if isinstance(value, bool):
        return YES_WORDS.words["yes" if value else "no"].tell(lang)
    if isinstance(value, float) and not math.isfinite(value):
        raise ValueError("a parameter must be finite")
    if isinstance(value, str) and not re.search(r"[;\n\r]", value):
        try:
            found, end = _value(value, 0)
        except (Misread, IndexError):
            found, end = None, 0
        if found == value and type(found) is str and end == len(value):
            return value
    return json.dumps(value, ensure_ascii=False)


def _told_name(name: str) -> str:
    bare = name == name.strip() and re.fullmatch(r'[^"=;\s][^=;\n\r]*', name)
    return name if bare else json.dumps(name, ensure_ascii=False)


def _quoted(text: str, at: int) -> tuple[Any, int]:
    try:
        return _JSON.raw_decode(text, at)
    except (ValueError, RecursionError):
        raise Misread(
            sentence("The text ({value}) must end with a quote as it begins.", value=shown(text[at:]))
        ) from None


def _until(text: str, at: int, ends: str) -> tuple[str, int]:
    end = next((place for place in range(at, len(text)) if text[place] in ends), len(text))
    return text[at:end].strip(), end


def _past_blanks(text: str, at: int) -> int:
    while at < len(text) and text[at] in " \t\r":
        at += 1
    return at


def _no_parameters(value: object) -> Misread:
    return Misread(
        sentence("The parameters ({value}) must be written as name = value, one a line.", value=shown(value)),
    )


def _refuse_constant(name: str) -> Any:
    raise ValueError(name)


_JSON: Final = json.JSONDecoder(parse_constant=_refuse_constant)
NAMES: Final = Names(Both("none", "нет"))
WEIGHT: Final = Weight()
PARAMETERS: Final = Parameters()
