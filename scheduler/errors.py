"""What is wrong with somebody's input, all of it at once, in sentences they can read.

There is one family of exceptions, `BadInput`, for what people hand in. That a timetable is impossible is no exception:
it is an outcome. A fault in the program itself is an ordinary Python error and is not caught.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace

from solver.sentence import Sentence, sentence


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Where in somebody's input: a cell of a workbook, a field of a document, or a line of a text.

    Parameters
    ----------
    file
        The file's name as it was given.
    sheet, cell
        A sheet's title and, where it is one cell's matter, the cell's name, such as ``"C5"``.
    path
        A field's path in the document, such as ``"students[3].plan[0].hours"``.
    line
        A line's number, counted from 1.
    """

    file: str | None = None
    sheet: str | None = None
    cell: str | None = None
    path: str | None = None
    line: int | None = None

    def say(self) -> Sentence | None:
        """Say where, the file left out; None where only the file is known."""
        if self.sheet is not None and self.cell is not None:
            return sentence("sheet “{sheet}”, cell {cell}", sheet=self.sheet, cell=self.cell)
        if self.sheet is not None:
            return sentence("sheet “{sheet}”", sheet=self.sheet)
        if self.path is not None:
            return sentence("field {path}", path=self.path)
        if self.line is not None:
            return sentence("line {line}", line=str(self.line))
        return None


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing that is wrong.

    Parameters
    ----------
    place
        Where it is.
    must
        What is there and what must hold: ``The cycle (7 weeks) must be 1 to 4 weeks long.``
    help
        What might help: ``Maybe days were meant.``
    """

    place: Place
    must: Sentence
    help: Sentence | None = None

    def within(self, file: str) -> "Fault":
        """Return the same fault with the name of the file it is in, unless one is named already."""
        return self if self.place.file is not None else replace(self, place=replace(self.place, file=file))

    def __str__(self) -> str:
        where = [str(part) for part in (self.place.file, self.place.say()) if part is not None]
        return ": ".join([*where, str(self.must)]) + (f" {self.help}" if self.help is not None else "")


class BadInput(Exception):  # noqa: N818 - it is the input that is bad, and callers read `except BadInput`
    """Raised when a file, a field or an option that somebody gave cannot be used; carries all its faults at once.

    Parameters
    ----------
    faults
        At least one; two that are equal are told once.
    """

    faults: tuple[Fault, ...]

    def __init__(self, faults: Iterable[Fault]) -> None:
        self.faults = tuple(dict.fromkeys(faults))
        super().__init__(*self.faults)

    def __str__(self) -> str:
        return "\n".join(map(str, self.faults))


def refuse(faults: Iterable[Fault]) -> None:
    """Raise `BadInput` with all the faults, if there are any."""
    faults = tuple(faults)
    if faults:
        raise BadInput(faults)
