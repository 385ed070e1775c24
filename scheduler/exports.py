"""Ways out: a timetable or a session's plan as files of another kind, from the kind's name to the files' content."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Final, TypeVar

from scheduler.domain.document import Document
from scheduler.domain.session_plan import SessionPlan
from scheduler.domain.timetable import Timetable
from scheduler.errors import BadInput, Fault, Place
from scheduler.files import write_bytes
from scheduler.texts import Texts
from solver.sentence import Sentence, sentence

HOST: Final = "zvonok.invalid"
"""After the @ of a calendar's UIDs where no server publishes it (RFC 6761, section 6.4)."""

Result = TypeVar("Result", Timetable, SessionPlan)
Files = Iterator[tuple[Path, bytes]]


@dataclass(frozen=True)
class Order:
    """What is to be written: a timetable or a session's plan, in a language, made at a time, under a path."""

    document: Document
    result: Timetable | SessionPlan
    texts: Texts
    made: datetime
    out: Path
    source: Path | None = None
    """The term's file, where there is one."""
    beside: Timetable | None = None
    """The timetable beside which a session's plan stands; calendars then hold both."""


Way = Callable[[Order, Result], Files]


def export(order: Order, way: str) -> tuple[Path, ...]:
    """Write a timetable in one of `OF_TIMETABLES`, or a session's plan in one of `OF_PLANS`, and return the files.

    Raises
    ------
    BadInput
        When it cannot be written in that way, or was made beside another timetable.
    """
    written = []
    for path, content in _files(order, way):
        write_bytes(path, content)
        written.append(path)
    return tuple(written)


def _files(order: Order, way: str) -> Files:
    if isinstance(order.result, SessionPlan):
        told = sentence("A session's plan can be written as {ways}, not as {way}.", ways=tuple(OF_PLANS), way=way)
        return _known(OF_PLANS, way, told)(order, order.result)
    told = sentence("A timetable can be written as {ways}, not as {way}.", ways=tuple(OF_TIMETABLES), way=way)
    if order.beside is not None:
        raise BadInput([Fault(Place(), sentence("Only a session's plan can stand beside a timetable."))])
    return _known(OF_TIMETABLES, way, told)(order, order.result)


def _known(ways: dict[str, Way[Result]], way: str, else_said: Sentence) -> Way[Result]:
    if way not in ways:
        raise BadInput([Fault(Place(), else_said)])
    return ways[way]


def _calendars(order: Order, timetable: Timetable) -> Files:
    """One file for each participant, in a folder for each kind, and a list of them all."""
    from scheduler.publish.folders import calendars

    made = calendars(order.document, timetable, lang=order.texts.lang, stamp=order.made, host=HOST)
    return ((order.out / path, content) for path, content in made)


def _fet(order: Order, timetable: Timetable) -> Files:
    """FET's own timetable (`.xml`), or the term's file with all times and rooms locked (`.fet`)."""
    from scheduler.formats import fet, head
    from scheduler.formats.fet import write

    out, source = order.out, order.source
    match out.suffix.lower():
        case ".xml":
            yield out, write.timetable_xml(order.document, timetable).encode()
        case ".fet" if source is not None and fet.recognise(head(source), source.name):
            if out.exists() and out.samefile(source):
                raise BadInput([Fault(Place(file=str(out)), sentence("The copy must not replace the file itself."))])
            yield out, write.locked(source.read_bytes(), order.document, timetable)
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


def _itc2007_course(order: Order, timetable: Timetable) -> Files:
    from scheduler.formats import itc2007_course

    yield order.out, itc2007_course.write(order.document, timetable).encode()


def _page(order: Order, timetable: Timetable) -> Files:
    from scheduler.publish import pages

    yield order.out, pages.page(order.document, timetable, lang=order.texts.lang)


def _sheets(order: Order, timetable: Timetable) -> Files:
    from scheduler.publish.sheets import term

    yield order.out, term.workbook(order.document, timetable, lang=order.texts.lang)


def _session_calendars(order: Order, plan: SessionPlan) -> Files:
    """As of a timetable: everybody's exams and consultations, and the lessons that are held beside them."""
    from scheduler.domain.giving_way import beside
    from scheduler.publish.folders import calendars
    from scheduler.publish.session.views import SessionViews
    from scheduler.publish.session.words import reason

    views, lessons = SessionViews(order.document, plan), Timetable()
    if order.beside is not None:
        lessons = beside(order.beside, plan, lambda change: reason(views, change, order.texts))
    made = calendars(order.document, lessons, plan, lang=order.texts.lang, stamp=order.made, host=HOST)
    return ((order.out / path, content) for path, content in made)


def _itc2007_exam(order: Order, plan: SessionPlan) -> Files:
    from scheduler.formats import itc2007_exam

    yield order.out, itc2007_exam.write(order.document, plan).encode()


def _session_page(order: Order, plan: SessionPlan) -> Files:
    from scheduler.publish.session import page

    yield order.out, page.page(order.document, plan, lang=order.texts.lang)


def _session_sheets(order: Order, plan: SessionPlan) -> Files:
    from scheduler.publish.sheets import session

    yield order.out, session.workbook(order.document, plan, lang=order.texts.lang)


OF_TIMETABLES: Final[dict[str, Way[Timetable]]] = {
    "fet": _fet,
    "html": _page,
    "ics": _calendars,
    "itc2007-course": _itc2007_course,
    "xlsx": _sheets,
}
OF_PLANS: Final[dict[str, Way[SessionPlan]]] = {
    "html": _session_page,
    "ics": _session_calendars,
    "itc2007-exam": _itc2007_exam,
    "xlsx": _session_sheets,
}
