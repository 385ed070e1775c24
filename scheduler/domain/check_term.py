"""Faults of the term, its bells and its time zones."""

from collections.abc import Iterator
from datetime import date
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError, available_timezones

from scheduler.domain.calendar import Term, offset_change
from scheduler.domain.check_people import date_order
from scheduler.domain.document import Document
from scheduler.domain.faults import at, maybe
from scheduler.errors import Fault
from solver.sentence import sentence

LONGEST = 400
"""Days that a term may have."""


def in_order(term: Term) -> bool:
    """Whether the term ends after it begins, and within a year or so: else nothing in it can be counted."""
    return 0 <= (term.last_day - term.first_day).days < LONGEST


def term(document: Document) -> Iterator[Fault]:
    """Find days that do not lie in the term or contradict each other."""
    term = document.term
    yield from date_order(term.first_day, term.last_day, "term", field="last_day")
    if term.first_day <= term.last_day and not in_order(term):
        yield Fault(at("term", "last_day"), sentence("The term must have at most {n} days.", n=LONGEST))
    if not in_order(term):
        return
    for index, holiday in enumerate(term.holidays):
        if holiday.last < holiday.first:
            yield from date_order(holiday.first, holiday.last, "term", "holidays", index)
        elif holiday.last < term.first_day or holiday.first > term.last_day:
            yield from in_term(document, holiday.first, "term", "holidays", index, "first")
    days: dict[date, int] = {}
    moved: dict[date, int] = {}
    for index, day in enumerate(term.moved_days):
        for name, value, seen in (("date", day.date, days), ("as_date", day.as_date, moved)):
            yield from in_term(document, value, "term", "moved_days", index, name)
            if value in seen:
                must = sentence("The lessons of {date} must be moved once only.", date=value)
                if name == "date":
                    must = sentence("Only one day's lessons must be moved to {date}.", date=value)
                yield Fault(at("term", "moved_days", index, name), must)
            seen.setdefault(value, index)
    shortened: set[tuple[date, str | None]] = set()
    for index, short in enumerate(term.shortened_days):
        yield from in_term(document, short.date, "term", "shortened_days", index, "date")
        for site in short.sites or (None,):
            if {(short.date, site), (short.date, None)} & shortened:
                must = sentence("The bells of {date} must be changed once only.", date=short.date)
                yield Fault(at("term", "shortened_days", index, "date"), must)
                break
        shortened.update((short.date, site) for site in short.sites or (None,))


def in_term(document: Document, day: date, *way: int | str) -> Iterator[Fault]:
    """Find a date outside the term."""
    first, last = document.term.first_day, document.term.last_day
    if not first <= day <= last:
        must = sentence("The date ({date}) must lie in the term, {first} to {last}.", date=day, first=first, last=last)
        yield Fault(at(*way), must)


def is_zone(name: str) -> bool:
    """Whether a time zone of that name is known."""
    try:
        ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return False
    return True


def zones(document: Document) -> Iterator[Fault]:
    """Find unknown time zones, and a day within the term on which the zones' offsets from each other change."""
    named: list[tuple[tuple[int | str, ...], str]] = [(("term", "time_zone"), document.term.time_zone)]
    for kind in ("sites", "students", "teachers", "sessions"):
        named += [
            ((kind, index, "time_zone"), item.time_zone)
            for index, item in enumerate(getattr(document, kind))
            if item.time_zone is not None
        ]
    unknown = {zone for _, zone in named if not is_zone(zone)}
    for way, zone in named:
        if zone in unknown:
            must = sentence("The time zone ({zone}) must be one that is known, such as Europe/Moscow.", zone=zone)
            yield Fault(at(*way), must, maybe(zone, available_timezones()))
    if not in_order(document.term):
        return
    good = [zone for _, zone in named if zone not in unknown]
    change = offset_change(good, document.term.first_day, document.term.last_day)
    if change is not None:
        day, here, there = change
        must = sentence(
            "The term must end before {date}: on that day the clocks of {here} and {there} move apart or together.",
            date=day,
            here=here,
            there=there,
        )
        yield Fault(
            at("term", "last_day"), must, sentence("Maybe make two documents, the second from {date}.", date=day)
        )


def bell_schedules(document: Document) -> Iterator[Fault]:
    """Find bells that run backwards or overlap, and a document without any."""
    for index, schedule in enumerate(document.bells):
        for number, bell in enumerate(schedule.periods):
            if bell.end <= bell.start:
                must = sentence(
                    "Period {number} must end after it begins ({start} to {end}).",
                    number=str(bell.number),
                    start=bell.start,
                    end=bell.end,
                )
                yield Fault(at("bells", index, "periods", number, "end"), must)
        for number, (earlier, later) in enumerate(zip(schedule.periods, schedule.periods[1:], strict=False), start=1):
            if later.number <= earlier.number:
                must = sentence(
                    "The number of the period ({number}) must be more than that of the one before ({earlier}).",
                    number=str(later.number),
                    earlier=str(earlier.number),
                )
                yield Fault(at("bells", index, "periods", number, "number"), must)
            if later.start < earlier.end:
                must = sentence(
                    "Period {number} ({start}) must not begin before period {earlier} ends ({end}).",
                    number=str(later.number),
                    start=later.start,
                    earlier=str(earlier.number),
                    end=earlier.end,
                )
                yield Fault(at("bells", index, "periods", number, "start"), must)
    if not document.bells and any(course.mode != "self_paced" for course in document.courses):
        yield Fault(at("bells"), sentence("There must be a bell schedule for the lessons."))
