"""Formats of lines and words, as competitions use them: what their readers share."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scheduler.errors import BadInput, Fault, Place
from solver.sentence import Sentence, sentence

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from scheduler.domain.document import Document

LARGEST = 1_000_000


def read(path: Path, read_text: Callable[[str], Document]) -> Document:
    """Read a file's text; every fault of it names the file.

    Raises
    ------
    BadInput
        If the file cannot be opened, or as `read_text` does.
    """
    from scheduler.formats import unreadable  # noqa: PLC0415 - the package lists its formats

    try:
        text = path.read_bytes().decode("utf-8-sig", errors="replace")
    except OSError as error:
        raise unreadable(path, error) from None
    try:
        return read_text(text)
    except BadInput as bad:
        raise BadInput(fault.within(str(path)) for fault in bad.faults) from None


class Lines:
    """The words of a text's lines, and what is wrong with them.

    Attributes
    ----------
    lines : list of (int, list of str)
        Each line that is not blank: its number, counted from 1, and its words.
    faults : list of Fault
    """

    def __init__(self, text: str, *, comma: bool = False) -> None:
        """Part a text into words by spaces, and by commas too where they part words."""
        split = (line.replace(",", " ").split() if comma else line.split() for line in text.splitlines())
        self.lines = [(number, words) for number, words in enumerate(split, start=1) if words]
        self.faults: list[Fault] = []

    @property
    def last(self) -> int:
        """The number of the last line."""
        return self.lines[-1][0] if self.lines else 1

    def fault(self, number: int, must: Sentence, help_: Sentence | None = None) -> None:
        """Note what is wrong with a line."""
        self.faults.append(Fault(Place(line=number), must, help_))

    def refuse(self) -> None:
        """Raise `BadInput` with all that is wrong, in the order of the lines, if anything is."""
        if self.faults:
            raise BadInput(sorted(self.faults, key=lambda fault: fault.place.line or 0))

    def whole(self, number: int, word: str, most: int = LARGEST) -> int | None:
        """Read a word as a number; None where it is none, and that is a fault."""
        if word.isascii() and word.isdigit() and len(word) < 10 and int(word) <= most:
            return int(word)
        self.fault(number, sentence("“{word}” must be a whole number from 0 to {largest}.", word=word, largest=most))
        return None

    def has_words(self, section: str, number: int, words: list[str], expected: int) -> bool:
        """Whether a line has as many words as its section asks for; if not, that is a fault."""
        if len(words) != expected:
            must = sentence(
                "A line of {section} must have {expected} words, not {found}.",
                section=section,
                expected=expected,
                found=len(words),
            )
            self.fault(number, must)
        return len(words) == expected

    def has_lines(self, section: str, number: int, found: int, expected: int) -> None:
        """Note it where a section has not as many lines as the header says."""
        if found != expected:
            must = sentence(
                "The section {section} ({found} lines) must have as many lines as the header says ({expected}).",
                section=section,
                found=found,
                expected=expected,
            )
            self.fault(number, must)
