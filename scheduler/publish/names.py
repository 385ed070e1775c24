"""File names that people recognise and every system takes."""

import unicodedata
from collections.abc import Iterable
from typing import Final

_FORBIDDEN: Final = frozenset('<>:"/\\|?*%')
_RESERVED: Final = frozenset(
    {"con", "prn", "aux", "nul", *(f"{port}{n}" for port in ("com", "lpt") for n in range(10))}
)
"""Windows' own devices."""

_MOST_BYTES: Final = 180


def file_names(titles: Iterable[str], ending: str) -> list[str]:
    """Name a file for each title: letters of any alphabet stay, and two that a system would mix up are numbered."""
    taken: set[str] = set()
    names = []
    for title in titles:
        stem = _stem(title)
        name, number = stem, 1
        while name.casefold() in taken:
            number += 1
            name = f"{stem} ({number})"
        taken.add(name.casefold())
        names.append(name + ending)
    return names


def _stem(title: str) -> str:
    signs = (" " if sign in _FORBIDDEN or sign.isspace() else sign for sign in unicodedata.normalize("NFC", title))
    seen = "".join(sign for sign in signs if unicodedata.category(sign) not in {"Cc", "Cf", "Cs", "Co", "Cn"})
    stem = " ".join(seen.split())
    while len(stem.encode()) > _MOST_BYTES:
        stem = stem[:-1]
    stem = stem.strip(" .-")
    return f"_{stem}" if not stem or stem.partition(".")[0].casefold() in _RESERVED else stem
