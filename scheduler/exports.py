"""Ways out: a timetable as files of another kind, from the name of the kind to the files' content."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Final

from scheduler.domain.document import Document
from scheduler.domain.timetable import Timetable
from scheduler.errors import BadInput, Fault, Place
from scheduler.files import write_bytes
from scheduler.texts import Texts
from solver.sentence import sentence

HOST: Final = "zvonok.invalid"
"""After the @ of a calendar's UIDs where no server publishes it (RFC 6761, section 6.4)."""


@dataclass(frozen=True)
class Order:
    """What is to be written: a timetable of a term, in a language, made at a time, under a path."""

    document: Document
    timetable: Timetable
    texts: Texts
    made: datetime
    out: Path
    source: Path | None = None
    """The term's file, where there is one."""


def export(order: Order, way: str) -> tuple[Path, ...]:
    """Write a timetable in one of the `WAYS`, and return the files."""
    written = []
    for path, content in WAYS[way](order):
        write_bytes(path, content)
        written.append(path)
    return tuple(written)


def _calendars(order: Order) -> Iterator[tuple[Path, bytes]]:
    """One file for each participant, in a folder for each kind, and a list of them all."""
    from scheduler.publish.folders import calendars

    made = calendars(order.document, order.timetable, lang=order.texts.lang, stamp=order.made, host=HOST)
    return ((order.out / path, content) for path, content in made)


def _fet(order: Order) -> Iterator[tuple[Path, bytes]]:
    """FET's own timetable (`.xml`), or the term's file with all times and rooms locked (`.fet`)."""
    from scheduler.formats import fet, head
    from scheduler.formats.fet import write

    out, source = order.out, order.source
    match out.suffix.lower():
        case ".xml":
            yield out, write.timetable_xml(order.document, order.timetable).encode()
        case ".fet" if source is not None and fet.recognise(head(source), source.name):
            if out.exists() and out.samefile(source):
                raise BadInput([Fault(Place(file=str(out)), sentence("The copy must not replace the file itself."))])
            yield out, write.locked(source.read_bytes(), order.document, order.timetable)
        case ".fet":
            must = sentence("Only a FET file can be copied with all times and rooms locked.")
            raise BadInput(
                [
                    Fault(
                        Place(file=None if source is None else str(source)),
                        must,
                        sentence("Maybe name the .fet file that the term was read from."),
                    )
                ]
            )
        case _:
            must = sentence("The file to write must end in .xml (a timetable) or .fet (the term's file, all locked).")
            raise BadInput([Fault(Place(file=str(out)), must)])


def _itc2007_course(order: Order) -> Iterator[tuple[Path, bytes]]:
    from scheduler.formats import itc2007_course

    yield order.out, itc2007_course.write(order.document, order.timetable).encode()


def _page(order: Order) -> Iterator[tuple[Path, bytes]]:
    from scheduler.publish import pages

    yield order.out, pages.page(order.document, order.timetable, lang=order.texts.lang)


def _sheets(order: Order) -> Iterator[tuple[Path, bytes]]:
    from scheduler.publish.sheets import term

    yield order.out, term.workbook(order.document, order.timetable, lang=order.texts.lang)


WAYS: Final[dict[str, Callable[[Order], Iterator[tuple[Path, bytes]]]]] = {
    "fet": _fet,
    "html": _page,
    "ics": _calendars,
    "itc2007-course": _itc2007_course,
    "xlsx": _sheets,
}
