"""Faults of sessions, and of the dates and times at which their exams can be held."""

from collections.abc import Iterator
from datetime import date, time

from scheduler.domain.check_people import date_order
from scheduler.domain.document import Document
from scheduler.domain.exam_students import (
    days_of,
    entitlement_of,
    open_days,
    parts_of,
    sizes_of_parts,
    starts_of,
    starts_on,
)
from scheduler.domain.exams import Exam, Session
from scheduler.domain.faults import at
from scheduler.errors import Fault
from solver.sentence import Sentence, sentence

LONGEST = 120
"""Days that a session may have."""


def in_order(session: Session) -> bool:
    """Whether a session ends after it begins, and within some months: else nothing in it can be counted."""
    return 0 <= (session.last_day - session.first_day).days < LONGEST


def sessions(document: Document) -> Iterator[Fault]:
    """Find sessions that have no day or no start, and dates that do not lie in them or contradict each other."""
    for index, session in enumerate(document.sessions):
        yield from date_order(session.first_day, session.last_day, "sessions", index, field="last_day")
        if session.first_day <= session.last_day and not in_order(session):
            must = sentence("The session “{session}” must have at most {n} days.", session=session.id, n=LONGEST)
            yield Fault(at("sessions", index, "last_day"), must)
        yield from _starts(session, index)
        if in_order(session):
            yield from _periods(session, index)
            if bool(session.starts) != bool(session.periods):
                yield from _dates(document, session, index)


def _starts(session: Session, index: int) -> Iterator[Fault]:
    if session.starts and session.periods:
        must = sentence("The session “{session}” must have either starts or periods.", session=session.id)
        yield Fault(at("sessions", index, "periods"), must)
    elif not (session.starts or session.periods):
        must = sentence("The session “{session}” must have times at which exams may start.", session=session.id)
        yield Fault(at("sessions", index, "starts"), must, sentence("Maybe give starts, or periods."))
    latest = session.latest_end
    for number, starts in enumerate(session.starts):
        for place, clock in enumerate(starts.times):
            if latest is not None and clock >= latest:
                must = sentence("The start ({start}) must be before the latest end ({end}).", start=clock, end=latest)
                yield Fault(at("sessions", index, "starts", number, "times", place), must)


def _dates(document: Document, session: Session, index: int) -> Iterator[Fault]:
    days = open_days(document, session)
    if all(day.reserve for day in days):
        must = sentence(
            "The session “{session}” must have a day for exams: from {first} to {last} all are closed or in reserve.",
            session=session.id,
            first=session.first_day,
            last=session.last_day,
        )
        yield Fault(at("sessions", index, "first_day"), must, sentence("Maybe allow more days of the week: week_days."))
    opened = {day.date for day in days}
    for field, listed in (("closed_days", session.closed_days), ("reserve_days", session.reserve_days)):
        seen: set[date] = set()
        for number, day in enumerate(listed):
            way = ("sessions", index, field, number)
            if day in seen:
                yield Fault(at(*way), sentence("“{key}” must be listed once only.", key=day))
            elif not session.first_day <= day <= session.last_day:
                yield from in_session(session, day, *way)
            elif field == "reserve_days" and day not in opened:
                must = sentence("The reserve day ({date}) must be one on which exams can be held.", date=day)
                yield Fault(at(*way), must)
            seen.add(day)
    if session.published is not None and session.published > session.last_day:
        must = sentence(
            "The plan must be made known ({published}) before the session ends ({last}).",
            published=session.published,
            last=session.last_day,
        )
        yield Fault(at("sessions", index, "published"), must)


def in_session(session: Session, day: date, *way: int | str) -> Iterator[Fault]:
    """Find a date outside a session."""
    first, last = session.first_day, session.last_day
    if not first <= day <= last:
        must = sentence(
            "The date ({date}) must lie in the session, {first} to {last}.", date=day, first=first, last=last
        )
        yield Fault(at(*way), must)


def _periods(session: Session, index: int) -> Iterator[Fault]:
    seen: set[tuple[date, time]] = set()
    for number, period in enumerate(session.periods):
        way = ("sessions", index, "periods", number)
        yield from in_session(session, period.date, *way, "date")
        if period.date in session.closed_days:
            must = sentence("The period's date ({date}) must not be a closed day.", date=period.date)
            yield Fault(at(*way, "date"), must)
        if (period.date, period.start) in seen:
            must = sentence(
                "The period of {date} at {start} must be listed once only.", date=period.date, start=period.start
            )
            yield Fault(at(*way), must)
        seen.add((period.date, period.start))
        if period.start.hour * 60 + period.start.minute + period.minutes > 24 * 60:
            must = sentence(
                "The period ({start}, {minutes} min) must end by midnight.", start=period.start, minutes=period.minutes
            )
            yield Fault(at(*way, "minutes"), must)


def exam_times(document: Document) -> Iterator[Fault]:
    """Find exams that can be held on no day, at no time or in no time that is long enough."""
    for index, exam in enumerate(document.exams):
        if not document.has("sessions", exam.session) or not in_order(document.session(exam.session)):
            continue
        session = document.session(exam.session)
        yield from _publication(session, exam, index)
        faults = tuple(_days(document, session, exam, index))
        yield from faults
        if not faults and days_of(document, exam):
            yield from _clocks(document, session, exam, index)


def _publication(session: Session, exam: Exam, index: int) -> Iterator[Fault]:
    by, published = exam.publish_by, session.published
    if by is not None and published is not None and by < published:
        must = sentence(
            "The date must be made known by {by}; the session's plan is made known on {published} only.",
            by=by,
            published=published,
        )
        yield Fault(at("exams", index, "publish_by"), must)
    if by is not None and exam.date is not None and by > exam.date:
        must = sentence("The date must be made known ({by}) before it comes ({date}).", by=by, date=exam.date)
        yield Fault(at("exams", index, "publish_by"), must)


def _days(document: Document, session: Session, exam: Exam, index: int) -> Iterator[Fault]:
    first, last = exam.not_before, exam.not_after
    days = {day.date: day.reserve for day in open_days(document, session)}
    if exam.date is not None:
        yield from _date(session, exam.date, days, "exams", index, "date")
        if first is not None and exam.date < first:
            must = sentence("The date ({date}) must not be before {first}.", date=exam.date, first=first)
            yield Fault(at("exams", index, "date"), must)
        if last is not None and exam.date > last:
            must = sentence("The date ({date}) must not be after {last}.", date=exam.date, last=last)
            yield Fault(at("exams", index, "date"), must)
    elif first is not None and last is not None and last < first:
        yield from date_order(first, last, "exams", index, field="not_after")
    elif days and not days_of(document, exam):
        must = sentence(
            "Exam “{exam}” must have a day of its session from {first} to {last}; there is none.",
            exam=called(exam),
            first=first or session.first_day,
            last=last or session.last_day,
        )
        yield Fault(at("exams", index, "not_before" if first is not None else "not_after"), must)


def _date(session: Session, day: date, days: dict[date, bool], *way: int | str) -> Iterator[Fault]:
    if not session.first_day <= day <= session.last_day:
        yield from in_session(session, day, *way)
    elif day not in days:
        yield Fault(at(*way), sentence("The date ({date}) must be one on which exams can be held.", date=day))
    elif days[day]:
        yield Fault(at(*way), sentence("The date ({date}) must not be one that is kept in reserve.", date=day))


def _clocks(document: Document, session: Session, exam: Exam, index: int) -> Iterator[Fault]:
    starts = starts_of(document, exam)
    offered = sorted({clock for day in days_of(document, exam) for clock in starts_on(document, exam, day.date)})
    if not offered and session.starts:
        must = sentence("Exam “{exam}” must have a time at which it may start.", exam=called(exam))
        hint = sentence("Maybe the session's starts are for other grades or other days of the week.")
        yield Fault(at("exams", index), must, hint)
    elif offered and not starts:
        must = sentence(
            "The start ({start}) must be one of the session's: {starts}.", start=exam.start, starts=tuple(offered)
        )
        yield Fault(at("exams", index, "start"), must)
    elif starts:
        minutes, most = least_minutes(document, exam), max(start.minutes for start in starts)
        if minutes > most:
            yield Fault(at("exams", index, _field_of_length(exam)), *_too_long(session, exam, minutes, most))


def _too_long(session: Session, exam: Exam, minutes: int, most: int) -> tuple[Sentence, Sentence | None]:
    if session.periods:
        must = sentence(
            "Exam “{exam}” ({minutes} min, extra time included) must fit into a period; the longest has {most} min.",
            exam=called(exam),
            minutes=minutes,
            most=most,
        )
    else:
        must = sentence(
            "Exam “{exam}” ({minutes} min, extra time included) must end in time; "
            "no start leaves more than {most} min.",
            exam=called(exam),
            minutes=minutes,
            most=most,
        )
    hint = sentence("Maybe allow more turns at once, or that it be divided: most_in_part.") if exam.in_turns else None
    return must, hint


def _field_of_length(exam: Exam) -> str:
    return "turn_minutes" if exam.in_turns else "minutes"


def called(exam: Exam) -> str:
    """Return what people call an exam."""
    return exam.name or exam.id


def least_minutes(document: Document, exam: Exam) -> int:
    """Tell how long the longest part of an exam lasts at least, extra time included."""
    longest = 0
    for students, size in zip(parts_of(document, exam), sizes_of_parts(document, exam), strict=True):
        extra = [
            entitlement_of(document, student, exam).extra_minutes
            for student in students
            if document.entitlements_of(student)
        ]
        if exam.turn_minutes is None:
            minutes = exam.minutes + max(extra, default=0)
        else:
            turns = exam.turn_minutes + max(extra, default=0)
            minutes = max(turns, -(-(size * exam.turn_minutes + sum(extra)) // exam.turns_at_once))
        longest = max(longest, minutes)
    return longest


def possible_days(document: Document, exam: Exam) -> tuple[date, date] | None:
    """Return the first and the last day on which an exam can be held; None where there is none, or no such session."""
    if not document.has("sessions", exam.session) or not in_order(document.session(exam.session)):
        return None
    days = [day.date for day in days_of(document, exam)]
    return (days[0], days[-1]) if days else None
