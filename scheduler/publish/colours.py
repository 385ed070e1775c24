"""A colour for each subject, and a short sign beside it, so that nobody has to tell subjects by colour alone."""

import colorsys
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import count
from typing import Final

from scheduler.domain.courses import Subject

Rgb = tuple[float, float, float]

HUES: Final = (212, 28, 142, 278, 352, 174, 48, 322, 96, 246, 12, 196)
"""Degrees, in an order in which neighbours differ most."""

PATTERNS: Final = 4
"""Plain, and three kinds of stripes: subjects beyond the twelfth repeat a hue with another pattern."""

_WHITE: Final = (1.0, 1.0, 1.0)
_NIGHT: Final = (0.09, 0.106, 0.133)


@dataclass(frozen=True, slots=True)
class Look:
    """How one subject looks.

    Parameters
    ----------
    sign
        One to three letters that no other subject has.
    colour
        The full colour, for a bar or a swatch.
    light, dark
        Backgrounds for dark text on a light page and for light text on a dark one.
    pattern
        0 for plain, else a kind of stripes.
    """

    sign: str
    colour: str
    light: str
    dark: str
    pattern: int


def looks(subjects: Iterable[Subject]) -> dict[str, Look]:
    """The look of each subject by its id; the same subjects in the same order always look the same."""
    found: dict[str, Look] = {}
    taken: set[str] = set()
    for index, subject in enumerate(subjects):
        short = sign(subject.name or subject.id, taken)
        taken.add(short.casefold())
        colour = _rgb(subject.colour) if subject.colour else _generated(HUES[index % len(HUES)])
        pattern = 0 if subject.colour else index // len(HUES) % PATTERNS
        found[subject.id] = Look(short, _hex(colour), _hex(tint(colour)), _hex(shade(colour)), pattern)
    return found


def tint(colour: Rgb) -> Rgb:
    """A light background of the colour: near-black text keeps a contrast of at least 7 to 1 on it."""
    return _mixed(colour, _WHITE, 0.16)


def shade(colour: Rgb) -> Rgb:
    """A dark background of the colour: near-white text keeps a contrast of at least 7 to 1 on it."""
    return _mixed(colour, _NIGHT, 0.22)


def contrast(one: Rgb, other: Rgb) -> float:
    """The contrast of two colours, 1 to 21 (WCAG 2.2, contrast ratio)."""
    lighter, darker = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def sign(name: str, taken: set[str]) -> str:
    """The shortest beginning of the name, or its initials, that is free; then the first letter and a number."""
    letters = "".join(letter for letter in name if letter.isalnum())
    words = [word for word in (_letters(part) for part in name.split()) if word]
    initials = "".join(word[0] for word in words)[:3]
    tried = [
        letters[:2],
        letters[:3],
        initials if len(words) > 1 else "",
        *(letters[:2] + mark for mark in letters[3:]),
    ]
    for shaped in (sign[0].upper() + sign[1:].lower() for sign in tried if sign):
        if shaped.casefold() not in taken:
            return shaped
    stem = letters[:1].upper() or "?"
    return next(sign for number in count(2) if (sign := f"{stem}{number}").casefold() not in taken)


def _letters(word: str) -> str:
    return "".join(letter for letter in word if letter.isalnum())


def _generated(hue: int) -> Rgb:
    return colorsys.hls_to_rgb(hue / 360, 0.42, 0.62)


def _mixed(colour: Rgb, ground: Rgb, share: float) -> Rgb:
    red, green, blue = (share * own + (1 - share) * base for own, base in zip(colour, ground, strict=True))
    return red, green, blue


def _luminance(colour: Rgb) -> float:
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in colour)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _rgb(text: str) -> Rgb:
    return int(text[1:3], 16) / 255, int(text[3:5], 16) / 255, int(text[5:7], 16) / 255


def _hex(colour: Rgb) -> str:
    return "#" + "".join(f"{round(255 * part):02x}" for part in colour)
