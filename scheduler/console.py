"""What a command shows: lines and tables for people, JSON for programs, and faults without a traceback."""

import json
import sys
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from types import TracebackType
from typing import Final, Self

import rich.console
import rich.table
import typer

from scheduler.errors import BadInput, Fault
from scheduler.texts import Texts

DONE: Final = 0
IMPOSSIBLE: Final = 1
BAD_INPUT: Final = 2


@dataclass(frozen=True)
class Table:
    """A table for people: a title, headings, and rows of words; numbers stand at the right."""

    title: str
    headings: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    numbers: frozenset[int] = frozenset()
    """The columns of numbers, counted from 0."""


@dataclass(frozen=True)
class Report:
    """What a command has to say.

    Parameters
    ----------
    lines, tables
        For people: the lines, then the tables.
    data
        For programs: the same and more, as JSON has it.
    code
        The exit code.
    """

    lines: tuple[str, ...] = ()
    tables: tuple[Table, ...] = ()
    data: Mapping[str, object] = field(default_factory=dict)
    code: int = DONE


class Console:
    """Shows what a command says; used as a context, it ends the command with the right exit code.

    Results go to standard output, and everything on the way to standard error, so that results can be piped on.

    Parameters
    ----------
    lang
        The reader's language; None for what the locale asks for.
    as_json
        Whether a program reads.
    """

    def __init__(self, lang: str | None = None, *, as_json: bool = False) -> None:
        self.texts = Texts(lang)
        self.as_json = as_json
        self.placed: Callable[[Iterable[Fault]], Iterable[Fault]] = tuple
        """Tells where in the file that was read a fault stands that was found in it later."""
        self.err = rich.console.Console(stderr=True, soft_wrap=True, markup=False, highlight=False)
        self._out = rich.console.Console(soft_wrap=True, markup=False, highlight=False)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if isinstance(error, BadInput):
            try:
                faults = tuple(self.placed(error.faults))
            except BadInput:  # the file is gone or spoilt since it was read; its faults are told by their fields
                faults = error.faults
            self.refuse(BadInput(faults))
            raise typer.Exit(BAD_INPUT) from None

    def show(self, report: Report) -> None:
        """Show what a command has to say; unless all is well, end it with the report's exit code."""
        if self.as_json:
            self.dump(report.data)
        else:
            for line in report.lines:
                self._out.print(line)
            for table in report.tables:
                self._out.print(_drawn(table))
        if report.code:
            raise typer.Exit(report.code)

    def note(self, line: str) -> None:
        """Tell something on the way, which is no result."""
        self.err.print(line)

    def dump(self, data: object) -> None:
        """Write data as JSON."""
        sys.stdout.write(json.dumps(data, ensure_ascii=False, indent=2) + "\n")

    def refuse(self, bad: BadInput) -> None:
        """Tell every fault of an input."""
        if self.as_json:
            self.dump({"faults": [self._fault(fault) for fault in bad.faults]})
        else:
            for line in self.texts.faults(bad):
                self.err.print(line)

    def _fault(self, fault: Fault) -> dict[str, object]:
        place, tell = fault.place, self.texts.tell
        known = {"file": place.file, "sheet": place.sheet, "cell": place.cell, "path": place.path, "line": place.line}
        return {
            "place": {name: value for name, value in known.items() if value is not None},
            "must": tell(fault.must),
            "help": None if fault.help is None else tell(fault.help),
        }


def _drawn(table: Table) -> rich.table.Table:
    drawn = rich.table.Table(title=table.title or None, title_justify="left", box=None, pad_edge=False)
    for column, heading in enumerate(table.headings):
        drawn.add_column(heading, justify="right" if column in table.numbers else "left", overflow="fold")
    for row in table.rows:
        drawn.add_row(*row)
    return drawn
