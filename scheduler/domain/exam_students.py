"""What follows from what is said of an exam: who sits it and in which parts, where, when it may start, who may hold it.

Whatever is not in the document is left out here: that it is missing is a fault that `scheduler.domain.references` tells.
"""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, time
from itertools import pairwise
from typing import TypeVar

from scheduler.domain.base import WEEKDAYS, Id
from scheduler.domain.calendar import dates
from scheduler.domain.document import Document
from scheduler.domain.exams import Entitlement, Exam, Seats, Session

Value = TypeVar("Value")


@dataclass(frozen=True, slots=True)
class OpenDay:
    """A date of a session on which exams may be held.

    Attributes
    ----------
    date : date
    reserve : bool
        Whether it is kept for those who were ill.
    """

    date: date
    reserve: bool = False


@dataclass(frozen=True, slots=True)
class ExamStart:
    """When an exam may start.

    Attributes
    ----------
    date : date
    start : time
        By the session's clock.
    minutes : int
        How long it may last, extra time included: to the end of the period, to the session's latest end, to midnight.
    period : int or None
        The index of the session's period, where it has periods.
    """

    date: date
    start: time
    minutes: int
    period: int | None = None


def students_of(document: Document, exam: Exam) -> tuple[Id, ...]:
    """Return the students who sit an exam, each once, in the order of the document.

    They are those who are named, those whose plans hold one of its courses, and the members of its groups and of the
    groups that attend its courses; a group's parts count with it.
    """
    asked: set[str] = set(exam.students)
    for course in exam.courses:
        asked.update(document.planned(course))
    for group in _groups(document, exam):
        asked.update(document.members(group))
    return document.ordered("students", asked)


def size_of(document: Document, exam: Exam) -> int:
    """Tell how many sit an exam, those of groups without names included."""
    students = students_of(document, exam)
    return max(exam.size or 0, len(students) + sum(_unnamed(document, exam).values()))


def parts_of(document: Document, exam: Exam) -> tuple[tuple[Id, ...], ...]:
    """Divide an exam's students evenly into its parts, in their order; a part may be of people without names only."""
    return _evenly(students_of(document, exam), _parts(document, exam))


def sizes_of_parts(document: Document, exam: Exam) -> tuple[int, ...]:
    """Tell how many sit each part of an exam, those without names included."""
    size, parts = size_of(document, exam), _parts(document, exam)
    return tuple(size // parts + (number < size % parts) for number in range(parts))


def _parts(document: Document, exam: Exam) -> int:
    return 1 if exam.most_in_part is None else max(1, -(-size_of(document, exam) // exam.most_in_part))


def _evenly(students: tuple[Id, ...], parts: int) -> tuple[tuple[Id, ...], ...]:
    least, more = divmod(len(students), parts)
    cuts = [number * least + min(number, more) for number in range(parts + 1)]
    return tuple(students[first:last] for first, last in pairwise(cuts))


def subject_of(document: Document, exam: Exam) -> Id | None:
    """Return an exam's subject; that of its courses where it is left out and they are of one."""
    return exam.subject or _common([document.course(key).subject for key in _known(document, "courses", exam.courses)])


def grade_of(document: Document, exam: Exam) -> int | None:
    """Return an exam's grade; that of its courses, groups and students where it is left out and they are of one."""
    if exam.grade is not None:
        return exam.grade
    grades = [document.course(key).grade for key in _known(document, "courses", exam.courses)]
    grades += [document.group(key).grade for key in _known(document, "groups", exam.groups)]
    grades += [document.student(key).grade for key in _known(document, "students", exam.students)]
    return _common(grades)


def site_of(document: Document, exam: Exam) -> Id | None:
    """Return where an exam is held; None where it is online and no site is named, or none can be told.

    Where it is left out, that is the site of most who sit it, the first of the document where as many sit at another;
    where they all sit at home, the site of its courses, or else the document's only site.
    """
    if exam.site is not None or exam.mode == "online":
        return exam.site
    sites = sites_of(document, exam)
    if sites:
        return max(sites, key=lambda site: sites[site])
    held = [document.course(key).site for key in _known(document, "courses", exam.courses)]
    return _common(held) or (document.sites[0].id if len(document.sites) == 1 else None)


def sites_of(document: Document, exam: Exam) -> dict[Id, int]:
    """Tell how many of those who sit an exam sit at each site, in the order of the document."""
    count: Counter[str] = Counter()
    for key in students_of(document, exam):
        site = document.student(key).site
        if site is not None:
            count[site] += 1
    for group, size in _unnamed(document, exam).items():
        site = document.group(group).site
        if site is not None and size:
            count[site] += size
    return {site: count[site] for site in document.ordered("sites", count)}


def open_days(document: Document, session: Session) -> tuple[OpenDay, ...]:
    """List the dates on which a session's exams may be held, ascending, reserve days among them.

    With periods, these are the periods' dates. Else they are the days of its window and its week that are neither
    closed nor holidays, as in the term: a day that lessons were moved to is a school day, the one that they were moved
    from is none.
    """
    closed, reserve = set(session.closed_days), set(session.reserve_days)
    if session.periods:
        days = sorted({period.date for period in session.periods} - closed)
    else:
        days = [day for day in dates(session.first_day, session.last_day) if day not in closed]
        days = _school_days(document, session, days)
    return tuple(OpenDay(day, day in reserve) for day in days)


def _school_days(document: Document, session: Session, days: list[date]) -> list[date]:
    term = document.term
    moved = {day.date for day in term.moved_days}
    away = {day.as_date for day in term.moved_days}
    week = session.week_days or term.week_days

    def is_open(day: date) -> bool:
        if day in moved:
            return session.week_days is None or day.weekday() < week
        free = day in away or any(holiday.first <= day <= holiday.last for holiday in term.holidays)
        return day.weekday() < week and not free

    return list(filter(is_open, days))


def days_of(document: Document, exam: Exam) -> tuple[OpenDay, ...]:
    """List the open days of its session on which an exam may be held as it says itself, reserve days among them."""
    return tuple(
        day
        for day in open_days(document, document.session(exam.session))
        if (exam.date is None or day.date == exam.date)
        and (exam.not_before is None or day.date >= exam.not_before)
        and (exam.not_after is None or day.date <= exam.not_after)
    )


def starts_of(document: Document, exam: Exam) -> tuple[ExamStart, ...]:
    """List when an exam may start as it and its session say, ascending; how long it lasts is not looked at.

    If some of the session's starts name the exam's grade, only these count, on every day.
    """
    session, days = document.session(exam.session), [day.date for day in days_of(document, exam)]
    if session.periods:
        found = [
            ExamStart(period.date, period.start, _until(session, period.start, period.minutes), number)
            for number, period in enumerate(session.periods)
            if period.date in days
        ]
    else:
        found = [
            ExamStart(day, clock, _until(session, clock)) for day in days for clock in starts_on(document, exam, day)
        ]
    held = (start for start in found if exam.start is None or start.start == exam.start)
    return tuple(sorted(held, key=lambda start: (start.date, start.start)))


def starts_on(document: Document, exam: Exam, day: date) -> tuple[time, ...]:
    """List the times of day at which its session lets an exam start on an open day, ascending."""
    session, grade = document.session(exam.session), grade_of(document, exam)
    if session.periods:
        return tuple(sorted(period.start for period in session.periods if period.date == day))
    own = [one for one in session.starts if grade is not None and grade in one.grades]
    counted = own or [one for one in session.starts if not one.grades]
    weekday = WEEKDAYS[day.weekday()]
    return tuple(sorted({clock for one in counted if not one.days or weekday in one.days for clock in one.times}))


def _until(session: Session, start: time, minutes: int = 24 * 60) -> int:
    """Tell how many minutes there are from a start to the session's latest end, or to the end of the day."""
    latest = 24 * 60 if session.latest_end is None else _minute(session.latest_end)
    return min(minutes, latest - _minute(start))


def _minute(clock: time) -> int:
    return clock.hour * 60 + clock.minute


def candidates_for(document: Document, exam: Exam, seats: Seats) -> tuple[Id, ...]:
    """List the teachers who may take seats of an exam's commission, in the order of the document.

    Who must be at the exam's site sits there, or at home and comes. Whether they are free is not looked at.
    """
    subject, grade = subject_of(document, exam), grade_of(document, exam)
    own = own_teachers(document, exam) if seats.independent else frozenset()
    asked, site = set(seats.candidates), site_of(document, exam) if seats.at_site else None
    return tuple(
        teacher.id
        for teacher in document.teachers
        if (not asked or teacher.id in asked)
        and (not seats.qualified or subject is None or teacher.may_teach(subject, grade))
        and teacher.id not in own
        and (site is None or teacher.site in {None, site})
    )


def own_teachers(document: Document, exam: Exam) -> frozenset[Id]:
    """Return who teaches an exam's subject to some who sit it: in its courses, or in others; those who are named there."""
    subject, students, groups = (
        subject_of(document, exam),
        set(students_of(document, exam)),
        set(_groups(document, exam)),
    )

    def is_theirs(key: str, attending: tuple[Id, ...]) -> bool:
        taught = (*document.planned(key), *(student for group in attending for student in document.members(group)))
        return not students.isdisjoint(taught) or not groups.isdisjoint(attending)

    return frozenset(
        teacher
        for course in document.courses
        if course.teachers and (course.id in exam.courses or (subject is not None and course.subject == subject))
        if is_theirs(course.id, course.groups)
        for teacher in course.teachers
    )


def consultants_for(document: Document, exam: Exam) -> tuple[Id, ...]:
    """List which teachers may hold the consultation before an exam: its students' own, or else all who are qualified."""
    own = own_teachers(document, exam)
    return document.ordered("teachers", own) or candidates_for(document, exam, Seats(role="examiner"))


def entitlement_of(document: Document, student: Id, exam: Exam) -> Entitlement:
    """Return all that a student is entitled to in an exam, as one; nothing in it where there is nothing.

    Of several it has the most minutes, everything that one of them has, and the assistants whom all that name some name.
    """
    held = [one for one in document.entitlements_of(student) if applies(one, exam)]
    named = [one.assistants for one in held if one.assistants]
    return Entitlement(
        student=student,
        exams=(exam.id,),
        extra_minutes=max((one.extra_minutes for one in held), default=0),
        own_room=any(one.own_room for one in held),
        own_workstation=any(one.own_workstation for one in held),
        features=tuple(dict.fromkeys(feature for one in held for feature in one.features)),
        assistant=any(one.assistant for one in held),
        assistants=tuple(key for key in named[0] if all(key in some for some in named)) if named else (),
    )


def applies(entitlement: Entitlement, exam: Exam) -> bool:
    """Whether an entitlement is for an exam, if its student sits it."""
    return (not entitlement.exams or exam.id in entitlement.exams) and (
        not entitlement.forms or exam.form in entitlement.forms
    )


def nameless_groups_of(document: Document, exam: Exam) -> tuple[Id, ...]:
    """Return the groups without named students that sit an exam, parts of others among them."""
    within = dict.fromkeys(part for group in _groups(document, exam) for part in document.within(group))
    return tuple(part for part in within if not document.members(part))


def _groups(document: Document, exam: Exam) -> tuple[Id, ...]:
    """Return the groups that sit an exam: its own and those that attend its courses."""
    attending = (group for key in _known(document, "courses", exam.courses) for group in document.course(key).groups)
    return _known(document, "groups", dict.fromkeys((*exam.groups, *attending)))


def _unnamed(document: Document, exam: Exam) -> dict[Id, int]:
    """Tell how many people without names each group of an exam has, parts of another one of them left out."""
    groups = _groups(document, exam)
    parts = {part for key in groups for part in document.within(key)[1:]}
    return {
        key: max(0, size - len(document.members(key)))
        for key in groups
        if key not in parts and (size := document.group(key).size) is not None
    }


def _known(document: Document, kind: str, keys: Iterable[str]) -> tuple[str, ...]:
    return tuple(key for key in keys if document.has(kind, key))


def _common(values: list[Value]) -> Value | None:
    """Return what all values are, if it is one."""
    return values[0] if len(set(values)) == 1 else None
