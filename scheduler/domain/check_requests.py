"""Faults of requests for consultations during the term."""

from collections.abc import Iterator

from scheduler.domain.calendar import term_days
from scheduler.domain.check_exam_places import room_that_fits
from scheduler.domain.check_people import clock_order, date_order, windows
from scheduler.domain.check_term import in_order, in_term
from scheduler.domain.document import Document
from scheduler.domain.exams import Request
from scheduler.domain.faults import at
from scheduler.domain.request_people import site_of, size_of, teachers_of
from scheduler.errors import Fault
from solver.sentence import sentence


def requests(document: Document) -> Iterator[Fault]:
    """Find requests without people, without days enough or without time enough."""
    for index, request in enumerate(document.requests):
        yield from _dates(document, request, index)
        yield from _clocks(document, request, index)
        if not (request.students or request.groups):
            must = sentence("The request “{request}” must have students or groups.", request=_called(request))
            yield Fault(at("requests", index, "students"), must)
        elif _is_known(document, request):
            yield from _people(document, request, index)


def _called(request: Request) -> str:
    return request.name or request.id


def _is_known(document: Document, request: Request) -> bool:
    """Whether all that a request refers to is in the document."""
    return (
        (request.course is None or document.has("courses", request.course))
        and (request.site is None or document.has("sites", request.site))
        and all(document.has("groups", key) for key in request.groups)
        and all(document.has("students", key) for key in request.students)
    )


def _dates(document: Document, request: Request, index: int) -> Iterator[Fault]:
    first, last = request.first_day, request.last_day
    yield from date_order(first, last, "requests", index, field="last_day")
    yield from in_term(document, first, "requests", index, "first_day")
    yield from in_term(document, last, "requests", index, "last_day")
    if first > last or not in_order(document.term):
        return
    days = sum(first <= day.date <= last for day in term_days(document.term))
    if days < request.count:
        must = sentence(
            "The request “{request}” must have {n} school day from {first} to {last}; there are {days}.",
            plural="The request “{request}” must have {n} school days from {first} to {last}; there are {days}.",
            request=_called(request),
            n=request.count,
            first=first,
            last=last,
            days=days,
        )
        yield Fault(at("requests", index, "count"), must)


def _clocks(document: Document, request: Request, index: int) -> Iterator[Fault]:
    earliest, latest = request.earliest, request.latest
    yield from clock_order(earliest, latest, "requests", index, field="latest")
    yield from windows(document, request.preferred, "requests", index, "preferred")
    yield from windows(document, request.avoided, "requests", index, "avoided")
    if earliest is None or latest is None or latest <= earliest:
        return
    between = (latest.hour - earliest.hour) * 60 + latest.minute - earliest.minute
    if between < request.minutes:
        must = sentence(
            "The consultation ({minutes} min) must fit between {earliest} and {latest}.",
            minutes=request.minutes,
            earliest=earliest,
            latest=latest,
        )
        yield Fault(at("requests", index, "minutes"), must)


def _people(document: Document, request: Request, index: int) -> Iterator[Fault]:
    if not teachers_of(document, request):
        must = sentence("The request “{request}” must have a teacher who may hold it.", request=_called(request))
        hint = sentence("Maybe name a course or teachers.") if request.course is None else None
        yield Fault(at("requests", index, "teachers"), must, hint)
    if request.mode == "site" and request.room is not None and not request.room.optional:
        who = sentence("The request “{request}”", request=_called(request))
        seats = request.room.seats if request.room.seats is not None else size_of(document, request)
        wrong = room_that_fits(document, site_of(document, request), request.room, who, seats)
        if wrong is not None:
            yield Fault(at("requests", index, "room"), *wrong)
