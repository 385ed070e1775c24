"""What a cell of each column may hold: how it is read, how it is written, what a drop-down offers."""

# ruff: noqa: ARG002 - few kinds care for the language, and the words depend on it

import math
import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from fractions import Fraction
from typing import Any, ClassVar, Final

from scheduler.domain.base import tell_exact
from scheduler.domain.faults import maybe
from scheduler.formats.workbook.cells import Value
from scheduler.formats.workbook.words import YES_WORDS, Both, Vocabulary, plain
from solver.sentence import Sentence, sentence


class Misread(Exception):  # noqa: N818 - it tells what happened to a cell
    """Raised when a cell does not hold what its column is for; carries the sentences of the fault."""

    def __init__(self, must: Sentence, maybe: Sentence | None = None) -> None:
        self.must, self.maybe = must, maybe
        super().__init__(str(must))


class Kind:
    """What stands in the cells of a column.

    Attributes
    ----------
    number_format : str
        Excel's format; ``@`` keeps it from taking 1-2 for a date.
    """

    number_format: ClassVar[str] = "@"
    wraps: ClassVar[bool] = False

    def read(self, value: Value, lang: str) -> Any:
        """Return what the document holds for a cell; raise `Misread`."""
        raise NotImplementedError

    def write(self, value: Any, lang: str) -> Value:
        """Return what the cell holds for a field of the document."""
        raise NotImplementedError

    def choices(self, lang: str) -> tuple[str, ...]:
        """Return the words of a drop-down, if there is one."""
        return ()

    def stand_in(self) -> Any:
        """Return something harmless to check the rest of a document with, where a required cell is at fault."""
        return "?"


@dataclass(frozen=True)
class Text(Kind):
    """Any text, to the last space; a number is taken for its digits."""

    def read(self, value: Value, lang: str) -> str:
        match value:
            case str():
                return value
            case bool() | timedelta():
                raise Misread(sentence("The value ({value}) must be a text.", value=shown(value)))
            case date() | time():
                raise Misread(
                    sentence(
                        "The value ({value}) is a date or a time to the spreadsheet, and must be a text.",
                        value=shown(value),
                    ),
                    sentence("Maybe format the cell as text and write it anew."),
                )
            case int() | float():
                return _digits(value)

    def write(self, value: Any, lang: str) -> Value:
        return str(value)


@dataclass(frozen=True)
class Word(Text):
    """An id or another word without spaces."""

    def read(self, value: Value, lang: str) -> str:
        return super().read(value, lang).strip()


@dataclass(frozen=True)
class Whole(Kind):
    """A whole number."""

    number_format: ClassVar[str] = "General"

    def read(self, value: Value, lang: str) -> int:
        match value:
            case bool():
                pass
            case int():
                return value
            case float() if math.isfinite(value) and value == int(value):
                return int(value)
            case str() if re.fullmatch(r"[+-]?[0-9]{1,18}", value.strip(), re.ASCII):
                return int(value)
        raise Misread(sentence("The value ({value}) must be a whole number.", value=shown(value)), _no_date(value))

    def write(self, value: Any, lang: str) -> Value:
        return int(value)

    def stand_in(self) -> Any:
        return 1


@dataclass(frozen=True)
class Exactly(Kind):
    """A number without rounding."""

    def stand_in(self) -> Any:
        return 1

    def read(self, value: Value, lang: str) -> int | float | str:
        match value:
            case bool():
                pass
            case int() | float():
                return value
            case str() if re.fullmatch(r"\s*-?[0-9]{1,15}([.,][0-9]{1,15}|/0*[1-9][0-9]{0,14})?\s*", value, re.ASCII):
                return value.strip()
        raise Misread(
            sentence("The value ({value}) must be a number such as 2, 0.5 or 1/2.", value=shown(value)), _no_date(value)
        )

    def write(self, value: Any, lang: str) -> Value:
        assert isinstance(value, Fraction)
        return tell_exact(value)


@dataclass(frozen=True)
class Day(Kind):
    """A date."""

    number_format: ClassVar[str] = "yyyy-mm-dd"

    def read(self, value: Value, lang: str) -> date:
        match value:
            case datetime() if value.time() == time():
                return value.date()
            case date() if not isinstance(value, datetime):
                return value
            case str():
                if found := _day_in(value.strip()):
                    return found
        raise Misread(
            sentence("The value ({value}) must be a date such as 2026-09-01.", value=shown(value)),
            sentence("Maybe format the cell as a date and write it anew.") if isinstance(value, (int, float)) else None,
        )

    def write(self, value: Any, lang: str) -> Value:
        assert isinstance(value, date)
        return value if value.year > 1900 else value.isoformat()

    def stand_in(self) -> Any:
        return date(2000, 1, 3)


@dataclass(frozen=True)
class Clock(Kind):
    """A time of day, to the minute."""

    number_format: ClassVar[str] = "hh:mm"

    def read(self, value: Value, lang: str) -> time:
        match value:
            case time() if not value.second and not value.microsecond:
                return value
            case str() if found := re.fullmatch(r"\s*([01]?[0-9]|2[0-3]):([0-5][0-9])(:00)?\s*", value, re.ASCII):
                return time(int(found[1]), int(found[2]))
            case int() | float() if not isinstance(value, bool) and 0 <= value < 1:
                minutes = value * 24 * 60
                if round(minutes) < 24 * 60 and abs(minutes - round(minutes)) < 1e-3:
                    return time(*divmod(round(minutes), 60))
        raise Misread(
            sentence("The value ({value}) must be a time of day to the minute, such as 08:30.", value=shown(value)),
        )

    def write(self, value: Any, lang: str) -> Value:
        assert isinstance(value, time)
        return value

    def stand_in(self) -> Any:
        return time()


@dataclass(frozen=True)
class Choice(Kind):
    """One of some words, in either language."""

    vocabulary: Vocabulary

    def read(self, value: Value, lang: str) -> str:
        known = self.vocabulary.known
        if isinstance(value, str) and (found := known.get(plain(value))) is not None:
            return found
        words = self.vocabulary.listed(lang)
        raise Misread(
            sentence("The value ({value}) must be one of: {words}.", value=shown(value), words="; ".join(words)),
            maybe(value, words) if isinstance(value, str) else None,
        )

    def write(self, value: Any, lang: str) -> Value:
        return self.vocabulary.words[value].tell(lang)

    def choices(self, lang: str) -> tuple[str, ...]:
        return self.vocabulary.listed(lang)

    def stand_in(self) -> Any:
        return next(iter(self.vocabulary.words))


@dataclass(frozen=True)
class YesNo(Choice):
    """Yes or no."""

    vocabulary: Vocabulary = YES_WORDS

    def read(self, value: Value, lang: str) -> Any:
        if isinstance(value, bool):
            return value
        if value in {0, 1}:
            return value == 1
        return super().read(value, lang) == "yes"

    def write(self, value: Any, lang: str) -> Value:
        return super().write("yes" if value else "no", lang)


@dataclass(frozen=True)
class Presence(YesNo):
    """Whether there is a part of a record at all, whose fields have columns of their own."""

    def read(self, value: Value, lang: str) -> Any:
        return {} if super().read(value, lang) else None

    def write(self, value: Any, lang: str) -> Value:
        return super().write(value is not None, lang)


@dataclass(frozen=True)
class Several(Kind):
    """A list: words apart by commas, semicolons or spaces; whole numbers and weekdays also as 5-9, Mon-Fri.

    Attributes
    ----------
    kind : Kind
    nothing : Both or None
        The word for an empty list where an empty cell means something else.
    """

    kind: Kind
    nothing: Both | None = None

    def read(self, value: Value, lang: str) -> list[Any]:
        if isinstance(value, (date, time, timedelta)) or not isinstance(value, str):
            return [self.kind.read(value, lang)]
        if self.nothing is not None and plain(value) in map(plain, self.nothing):
            return []
        found: list[Any] = []
        for word in filter(None, re.split(r"[,;\s]+", value)):
            first, dash, last = word.replace("–", "-").partition("-")
            if dash and first and last and isinstance(self.kind, (Whole, Choice)):
                found += self._between(self.kind.read(first, lang), self.kind.read(last, lang), word)
            else:
                found.append(self.kind.read(word, lang))
        return found

    def write(self, value: Any, lang: str) -> Value:
        if not value:
            return "" if self.nothing is None else self.nothing.tell(lang)
        cells = [self.kind.write(item, lang) for item in value]
        if len(cells) == 1 and not isinstance(cells[0], (date, time)):
            return cells[0]
        return ", ".join(f"{cell:%H:%M}" if isinstance(cell, time) else str(cell) for cell in cells)

    def stand_in(self) -> Any:
        return [self.kind.stand_in()]

    def _between(self, first: Any, last: Any, word: str) -> Iterable[Any]:
        order = list(self.kind.vocabulary.words) if isinstance(self.kind, Choice) else None
        low, high = (order.index(first), order.index(last)) if order is not None else (first, last)
        if not 0 <= high - low <= 100:
            raise Misread(sentence("The value ({value}) must go from the smaller to the larger.", value=word))
        return order[low : high + 1] if order is not None else range(low, high + 1)


def shown(value: object) -> str:
    """Show a cell's value in a message, cut where it is long."""
    match value:
        case datetime() if value.time() == time():
            text = value.date().isoformat()
        case datetime():
            text = value.isoformat(" ", "minutes")
        case float():
            text = _digits(value)
        case _:
            text = str(value)
    text = " ".join(text.split())
    return text if len(text) <= 60 else text[:57] + "…"


def _digits(value: float) -> str:
    return str(int(value)) if math.isfinite(value) and value == int(value) and abs(value) < 1e15 else repr(value)


def _day_in(text: str) -> date | None:
    """Read 2026-09-01 or 1.9.2026; not 9/1/2026, which is one date here and another there."""
    if found := re.fullmatch(r"([0-9]{4})-([0-9]{1,2})-([0-9]{1,2})( 00:00(:00)?)?", text, re.ASCII):
        year, month, day = map(int, found.groups()[:3])
    elif found := re.fullmatch(r"([0-9]{1,2})\.([0-9]{1,2})\.([0-9]{4})", text, re.ASCII):
        day, month, year = map(int, found.groups())
    else:
        return None
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _no_date(value: Value) -> Sentence | None:
    if isinstance(value, (date, time)):
        return sentence("Maybe the spreadsheet made a date or a time of it: format the cell as text and write it anew.")
    return None


WORD: Final = Word()
TEXT: Final = Text()
WHOLE: Final = Whole()
EXACT: Final = Exactly()
DAY: Final = Day()
DATES: Final = Several(DAY)
CLOCK: Final = Clock()
CLOCKS: Final = Several(CLOCK)
YES: Final = YesNo()
PRESENCE: Final = Presence()
WORDS: Final = Several(WORD)
WHOLES: Final = Several(WHOLE)
