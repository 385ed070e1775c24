"""Ways out: a timetable as files of another kind, from the name of the kind to the files' content."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Final

from scheduler.domain.document import Document
from scheduler.domain.timetable import Timetable
from scheduler.files import write_bytes
from scheduler.texts import Texts

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


def _itc2007_course(order: Order) -> Iterator[tuple[Path, bytes]]:
    from scheduler.formats import itc2007_course

    yield order.out, itc2007_course.write(order.document, order.timetable).encode()


def _page(order: Order) -> Iterator[tuple[Path, bytes]]:
    from scheduler.publish import pages

    yield order.out, pages.page(order.document, order.timetable, lang=order.texts.lang)


def _sheets(order: Order) -> Iterator[tuple[Path, bytes]]:
    from scheduler.publish import sheets

    yield order.out, sheets.workbook(order.document, order.timetable, lang=order.texts.lang)


WAYS: Final[dict[str, Callable[[Order], Iterator[tuple[Path, bytes]]]]] = {
    "html": _page,
    "ics": _calendars,
    "itc2007-course": _itc2007_course,
    "xlsx": _sheets,
}
