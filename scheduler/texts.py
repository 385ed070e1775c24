"""Texts in the reader's language: sentences, counts, dates, numbers, lists and the order of names.

English stands in the source and is its own catalogue; `locale/ru/LC_MESSAGES/zvonok.po` is the Russian one. A
catalogue is read as it was written, so nothing has to be compiled and nothing can be out of date.

How a text gets into the catalogues (`make messages` collects them, see `scheduler.catalogue`):

- a `Sentence`, where it is made: ``sentence("{teacher} has no room", teacher=...)``;
- a text that is shown where it stands: ``texts("Cost")``, or ``texts.counted("{n} lesson", "{n} lessons", n)``;
- a text in a table or a default, shown elsewhere with ``texts(heading)``: ``N_("Student")`` marks it and returns it as
  it is;
- a rule: the first line of its docstring.

All of these take a literal. Names in braces stand for things: ``texts("{n} seats in {room}", n=8, room="A1")``.
"""

import gettext
import os
import re
from collections.abc import Callable, Iterable, Mapping
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from fractions import Fraction
from functools import cache
from importlib.resources import files
from io import BytesIO
from typing import Final, Literal

import babel.dates
import babel.lists
import babel.numbers
from babel.core import Locale
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

from scheduler.errors import BadInput, Fault
from solver.sentence import Sentence, Thing

Width = Literal["wide", "abbreviated", "narrow"]

LANGUAGES: Final = ("en", "ru")

_DIGITS: Final = "0123456789"
_ALPHABETS: Final = {"en": "abcdefghijklmnopqrstuvwxyz", "ru": "абвгдеёжзийклмнопрстуфхцчшщъыьэюя"}


def N_(text: str) -> str:  # noqa: N802 - gettext's own name for it
    """Mark a text for the catalogues, and return it as it is."""
    return text


def preferred(environ: Mapping[str, str] = os.environ) -> str:
    """Return the language that the locale asks for, as POSIX reads it; English unless it is one of ours.

    The first of LC_ALL, LC_MESSAGES and LANG that is set decides.
    """
    for name in ("LC_ALL", "LC_MESSAGES", "LANG"):
        if environ.get(name):
            language = re.split(r"[_.@-]", environ[name])[0].lower()
            return language if language in LANGUAGES else "en"
    return "en"


def creed(doc: str) -> tuple[str, str]:
    """Split the first line of a rule's docstring into the rule, as a registrar says it, and its source."""
    line = doc.strip().partition("\n")[0]
    said, bracket, source = line.removesuffix(").").rpartition(" (")
    return (f"{said}.", source) if bracket and line.endswith(").") else (line, "")


class Texts:
    """Tells things in one language.

    Parameters
    ----------
    lang
        ``"en"`` or ``"ru"``; by default what the locale asks for.
    """

    def __init__(self, lang: str | None = None) -> None:
        self.lang = lang if lang is not None else preferred()
        if self.lang not in LANGUAGES:
            raise ValueError(f"The language ({self.lang}) must be one of {', '.join(LANGUAGES)}.")
        self._locale = Locale.parse(self.lang)
        self._catalogue = _catalogue(self.lang)

    def __call__(self, text: str, /, **things: object) -> str:
        """Tell a text; names in braces are replaced where things are given."""
        translated = self._catalogue.gettext(text) if text else ""
        return self._fill(translated, things, str) if things else translated

    def counted(self, one: str, many: str, n: int, /, **things: object) -> str:
        """Tell a text whose words depend on the count ``{n}``."""
        return self._fill(self._catalogue.ngettext(one, many, n), {"n": n, **things}, str)

    def tell(self, sentence: Sentence, label: Callable[[Thing], str] = str) -> str:
        """Tell a sentence.

        Parameters
        ----------
        sentence
            What the solver, the scheduler or a fault says.
        label
            Names a thing of the problem: the teacher's name for ``Thing("resource", 3)``.
        """
        things = dict(sentence.things)
        if sentence.plural is None:
            return self._fill(self._catalogue.gettext(sentence.template), things, label)
        n = things["n"]
        assert isinstance(n, int), "a sentence with a plural counts in whole numbers"
        return self._fill(self._catalogue.ngettext(sentence.template, sentence.plural, n), things, label)

    def faults(self, bad: BadInput) -> list[str]:
        """Tell every fault as ``place: what must hold. What might help.``, the file's name first."""
        return [self.fault(fault) for fault in bad.faults]

    def fault(self, fault: Fault) -> str:
        """Tell one fault."""
        where = fault.place.say()
        parts = [fault.place.file or "", "" if where is None else self.tell(where), self.tell(fault.must)]
        told = ": ".join(filter(None, parts))
        return told if fault.help is None else f"{told} {self.tell(fault.help)}"

    def number(self, value: float | Decimal | Fraction) -> str:
        """Tell a number with the language's separators: ``1,234.5``, ``1 234,5``."""
        return babel.numbers.format_decimal(_plain(value), locale=self._locale)

    def percent(self, share: float) -> str:
        """Tell a share of 1 as a percentage with at most one decimal."""
        return babel.numbers.format_percent(round(share, 3), locale=self._locale, decimal_quantization=False)

    def day(self, value: date) -> str:
        """Tell a date without its year: ``September 1``, ``1 сентября``."""
        return babel.dates.format_skeleton("MMMMd", value, locale=self._locale)

    def date(self, value: date, pattern: str = "medium") -> str:
        """Tell a date: ``Sep 1, 2026``, ``1 сент. 2026\u202fг.``; the pattern is short, medium, long or full."""
        return babel.dates.format_date(value, pattern, locale=self._locale)

    def time(self, value: time | datetime) -> str:
        """Tell a time of day by the 24-hour clock."""
        return f"{value:%H:%M}"

    def moment(self, value: datetime) -> str:
        """Tell a date and a time of day."""
        return f"{self.date(value)}, {self.time(value)}"

    def weekday(self, day: int, width: Width = "wide") -> str:
        """Name a day of the week: 0 is Monday; as it stands alone, in a heading."""
        return str(babel.dates.get_day_names(width, "stand-alone", self._locale)[day])

    def month(self, month: int, width: Width = "wide") -> str:
        """Name a month, 1 to 12, as it stands alone."""
        return str(babel.dates.get_month_names(width, "stand-alone", self._locale)[month])

    def listing(self, parts: Iterable[str]) -> str:
        """Tell several things as a list: ``a, b, and c``, ``a, b и c``."""
        return babel.lists.format_list(list(parts), locale=self._locale)

    def sort_key(self, text: str) -> tuple[object, ...]:
        """Return the key by which people look a name up: the alphabet, ё beside е, 9А before 10А, case last."""
        folded = text.casefold()
        parts = tuple(
            (0, int(part), ()) if part[0] in _DIGITS else (1, 0, self._letters(part)) for part in _runs(folded)
        )
        return parts, folded, text

    def _letters(self, part: str) -> tuple[tuple[int, int], ...]:
        own = _ALPHABETS[self.lang]
        return tuple(
            (0, ord(letter)) if not letter.isalpha() else (1, own.index(letter)) if letter in own else (2, ord(letter))
            for letter in part.replace("ё", "е")
        )

    def _fill(self, template: str, things: Mapping[str, object], label: Callable[[Thing], str]) -> str:
        return template.format_map({name: self._show(thing, label) for name, thing in things.items()})

    def _show(self, thing: object, label: Callable[[Thing], str]) -> str:
        match thing:
            case Thing():
                return label(thing)
            case Sentence():
                return self.tell(thing, label)
            case tuple() | list():
                return self.listing([self._show(part, label) for part in thing])
            case bool():
                return str(thing)
            case int() | float() | Decimal() | Fraction():
                return self.number(thing)
            case datetime():
                return self.moment(thing)
            case date():
                return self.date(thing)
            case time():
                return self.time(thing)
            case timedelta():
                return babel.dates.format_timedelta(thing, threshold=2, locale=self._locale)
            case _:
                return str(thing)


@cache
def _catalogue(lang: str) -> gettext.NullTranslations:
    if lang == "en":
        return gettext.NullTranslations()
    source = files("scheduler") / "locale" / lang / "LC_MESSAGES" / "zvonok.po"
    compiled = BytesIO()
    with source.open("rb") as stream:
        write_mo(compiled, read_po(stream, locale=lang))
    compiled.seek(0)
    return gettext.GNUTranslations(compiled)


def _plain(value: float | Decimal | Fraction) -> float | Decimal:
    if isinstance(value, Fraction):
        return Decimal(value.numerator) / Decimal(value.denominator)
    return value


def _runs(text: str) -> list[str]:
    """Split into runs of digits and of everything else."""
    return [part for part in re.split(f"([{_DIGITS}]+)", text) if part]
