"""Faults of people's and places' hours and limits."""

from collections.abc import Iterable, Iterator
from typing import Any

from scheduler.domain.document import Document
from scheduler.domain.faults import at
from scheduler.domain.people import Dates, Window
from scheduler.errors import Fault
from solver.sentence import sentence


def clock_order(start: Any, end: Any, *way: int | str, field: str = "end") -> Iterator[Fault]:
    """Find an end that is not after its start."""
    if start is not None and end is not None and end <= start:
        must = sentence("The end ({end}) must be later than the start ({start}).", end=end, start=start)
        yield Fault(at(*way, field), must)


def date_order(first: Any, last: Any, *way: int | str, field: str = "last") -> Iterator[Fault]:
    """Find a last day before the first."""
    if last < first:
        must = sentence("The last day ({last}) must not come before the first ({first}).", last=last, first=first)
        yield Fault(at(*way, field), must)


def weeks_in_cycle(weeks: Iterable[int], cycle: int, *way: int | str) -> Iterator[Fault]:
    """Find weeks that the cycle does not have."""
    for index, week in enumerate(weeks):
        if week > cycle:
            must = sentence("The week ({week}) must be one of the cycle's {cycle}.", week=str(week), cycle=cycle)
            yield Fault(at(*way, "weeks", index), must)


def availability(document: Document) -> Iterator[Fault]:
    """Find hours that end before they begin, and weeks outside the cycle."""
    for kind in ("students", "teachers", "tutors", "support", "groups"):
        for index, person in enumerate(getattr(document, kind)):
            yield from windows(document, person.availability.weekly, kind, index, "availability", "weekly")
            dated: tuple[Dates, ...] = person.availability.dated
            for number, away in enumerate(dated):
                way = (kind, index, "availability", "dated", number)
                yield from date_order(away.first, away.last, *way)
                yield from clock_order(away.start, away.end, *way)
    for kind in ("rooms", "workstations"):
        for index, place in enumerate(getattr(document, kind)):
            yield from windows(document, place.hours, kind, index, "hours")
    for index, teacher in enumerate(document.teachers):
        yield from windows(document, teacher.preferred, "teachers", index, "preferred")
        yield from windows(document, teacher.avoided, "teachers", index, "avoided")


def windows(document: Document, asked: Iterable[Window], *way: int | str) -> Iterator[Fault]:
    """Find times of the week that end before they begin, and weeks outside the cycle."""
    for index, window in enumerate(asked):
        yield from clock_order(window.start, window.end, *way, index)
        yield from weeks_in_cycle(window.weeks, document.term.cycle, *way, index)


def limits(document: Document) -> Iterator[Fault]:
    """Find days that must end before they begin."""
    for kind in ("students", "teachers", "tutors", "support"):
        for index, person in enumerate(getattr(document, kind)):
            earliest, latest = person.limits.earliest, person.limits.latest
            yield from clock_order(earliest, latest, kind, index, "limits", field="latest")


def places(document: Document) -> Iterator[Fault]:
    """Find workstations in rooms of other sites, and ways that are given twice or lead nowhere."""
    for index, workstation in enumerate(document.workstations):
        if workstation.room is not None and document.has("rooms", workstation.room):
            site = document.room(workstation.room).site
            if site != workstation.site:
                must = sentence(
                    "The room “{room}” must be at the workstation's site ({site}); it is at {other}.",
                    room=workstation.room,
                    site=workstation.site,
                    other=site,
                )
                yield Fault(at("workstations", index, "room"), must)
    seen: set[frozenset[str]] = set()
    for index, travel in enumerate(document.travel):
        ends = frozenset((travel.a, travel.b))
        if len(ends) == 1:
            yield Fault(
                at("travel", index, "b"), sentence("A way must lead to another site than {site}.", site=travel.a)
            )
        elif ends in seen:
            must = sentence("The way between {a} and {b} must be given once only.", a=travel.a, b=travel.b)
            yield Fault(at("travel", index), must)
        seen.add(ends)
