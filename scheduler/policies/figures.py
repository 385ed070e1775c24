"""What the figures of the profiles say about a document: points, screen minutes, and what its bells do not keep."""

from collections.abc import Iterator
from datetime import date, time
from itertools import pairwise

from scheduler.domain.calendar import BellSchedule
from scheduler.domain.courses import Course, Subject
from scheduler.domain.document import Document
from scheduler.domain.faults import field_path
from scheduler.domain.policy import DifficultyRow, Figure, grades_of
from scheduler.errors import Fault, Place
from scheduler.policies import figures_of, profiles
from solver.sentence import Sentence, sentence


def row_of(document: Document, subject: Subject) -> DifficultyRow | None:
    """Find the row of the profiles' tables of difficulty that a subject belongs to."""
    words = [word.casefold() for word in (subject.counts_as, subject.id, subject.name) if word]
    rows = [row for one in profiles(document) for row in one.difficulty]
    for word in words:
        for row in rows:
            if word == row.id or any(word == name.casefold() for name in row.names):
                return row
    return None


def difficulty(document: Document, course: Course) -> int:
    """Return the points of one lesson of a course: the school's own, else the profiles', else none."""
    return points_of(document, course.subject, course.grade)


def points_of(document: Document, key: str, grade: int | None) -> int:
    """Return the points of difficulty of a subject in a grade: the school's own, else the profiles', else none."""
    if not document.has("subjects", key):
        return 0
    subject = document.subject(key)
    own = subject.points(grade)
    row = row_of(document, subject) if own is None and grade is not None else None
    if row is None:
        return own or 0
    return next((points for grades, points in row.points.items() if grade in grades_of(grades)), 0)


def screen_minutes(document: Document, course: Course, lesson: int, mode: str | None = None) -> int:
    """Return the minutes before a screen in one lesson of a course that lasts so many minutes.

    What the course says of its lessons; else all of it online, as far as a figure of the profiles lets it; else none.

    Parameters
    ----------
    mode
        How it is held, where that may be otherwise than the course is: of a consultation.
    """
    held = mode or course.mode
    if course.screen_minutes is not None and held == course.mode:
        return course.screen_minutes
    if held != "online":
        return 0
    return min(
        [
            lesson,
            *(
                figure.most
                for figure in _about(document, "screen_minutes")
                if figure.most and _concerns(figure, course, held)
            ),
        ]
    )


def _about(document: Document, about: str) -> list[Figure]:
    return [figure for figure in figures_of(document) if figure.about == about and figure.weight != "off"]


def _concerns(figure: Figure, course: Course, mode: str) -> bool:
    return (not figure.grades or course.grade in grades_of(figure.grades)) and figure.mode in {None, mode}


def notices(document: Document, today: date) -> tuple[Fault, ...]:
    """Find what a document may contain and its policy would not have: told beside faults, and no hindrance.

    Parameters
    ----------
    document
        One without faults.
    today
        The day on which it is looked at.
    """
    looked_at = [figure for figure in figures_of(document) if figure.weight != "off"]
    return tuple(
        dict.fromkeys(
            [
                *_dated(document, today),
                *(notice for figure in looked_at for notice in _of_bells(document, figure)),
                *(notice for figure in looked_at for notice in _of_courses(document, figure)),
                *(notice for figure in looked_at for notice in _of_shifts(document, figure)),
            ]
        )
    )


def _dated(document: Document, today: date) -> Iterator[Fault]:
    last = max(document.term.last_day, today)
    named = document.policy.profiles
    for one in profiles(document):
        at = (named.index(one.id),) if one.id in named else ()
        place = Place(path=field_path(("policy", "profiles", *at)))
        if one.valid_to is not None and last >= one.valid_to:
            must = sentence(
                "The profile {profile} is in force until {date} only; its figures may have changed since.",
                profile=one.id,
                date=one.valid_to,
            )
            yield Fault(place, must, sentence("Maybe look for its successor."))
        if one.valid_from is not None and document.term.first_day < one.valid_from:
            must = sentence("The profile {profile} is in force from {date} only.", profile=one.id, date=one.valid_from)
            yield Fault(place, must)


def minutes_between(start: time, end: time) -> int:
    """Count the minutes from one time of a day to another."""
    return (end.hour - start.hour) * 60 + end.minute - start.minute


def _of_bells(document: Document, figure: Figure) -> Iterator[Fault]:
    for index, bells in enumerate(document.bells):
        for number, must in _bell_faults(bells, figure):
            way = ("bells", index) if number is None else ("bells", index, "periods", number)
            yield Fault(Place(path=field_path(way)), must, _on_authority(figure))


def _bell_faults(bells: BellSchedule, figure: Figure) -> Iterator[tuple[int | None, Sentence]]:
    periods = bells.periods
    breaks = [minutes_between(a.end, b.start) for a, b in pairwise(periods)]
    match figure.about:
        case "break_minutes":
            for number, minutes in enumerate(breaks):
                if minutes < (figure.least or 0):
                    yield (
                        number + 1,
                        sentence(
                            "The break ({minutes} min) must be at least {least} min long.",
                            minutes=minutes,
                            least=figure.least,
                        ),
                    )
        case "long_break" if len(breaks) >= max(figure.after, default=1):
            least, most = figure.least or 0, figure.most or 24 * 60
            after = {bell.number: minutes for bell, minutes in zip(periods, breaks, strict=False)}
            one = any(least <= after.get(number, 0) <= most for number in figure.after)
            if not one and sum(minutes >= least for minutes in breaks) < 2:
                must = sentence(
                    "There must be a break of {least} to {most} min after lesson {after}, or two of {least} min.",
                    least=least,
                    most=most,
                    after=tuple(map(str, figure.after)),
                )
                yield None, must
        case "day_start" if figure.time is not None and periods[0].start < figure.time:
            yield (
                0,
                sentence(
                    "The first bell ({start}) must not be before {earliest}.",
                    start=periods[0].start,
                    earliest=figure.time,
                ),
            )
        case "day_end" if figure.time is not None and periods[-1].end > figure.time:
            last = len(periods) - 1
            yield (
                last,
                sentence("The last bell ({end}) must not be after {latest}.", end=periods[-1].end, latest=figure.time),
            )
        case "first_period" if periods[0].number < (figure.least or 0):
            yield (
                0,
                sentence(
                    "The first lesson's number ({number}) must be at least {least}.",
                    number=str(periods[0].number),
                    least=figure.least,
                ),
            )


def lesson_minutes(document: Document, course: Course) -> int:
    """Return how long a lesson of one period of a course lasts at most, by its own figure or its bells."""
    if course.lesson_minutes is not None:
        return course.lesson_minutes
    site = next((g.site for key in course.groups if (g := document.group(key)).site is not None), course.site)
    bells = course.bells or (document.site(site).bells if site is not None else None)
    schedules = [document.bell_schedule(bells)] if bells is not None else document.bells[:1]
    return max((minutes_between(bell.start, bell.end) for s in schedules for bell in s.periods), default=0)


def _of_courses(document: Document, figure: Figure) -> Iterator[Fault]:
    if figure.about not in {"lesson_minutes", "screen_minutes"}:
        return
    for index, course in enumerate(document.courses):
        if course.mode == "self_paced" or not _concerns(figure, course, course.mode):
            continue
        place = Place(path=field_path(("courses", index, figure.about)))
        if figure.about == "lesson_minutes":
            minutes = lesson_minutes(document, course)
            must = sentence(
                "A lesson of the course “{course}” ({minutes} min) must be at most {most} min long.",
                course=course.id,
                minutes=minutes,
                most=figure.most,
            )
        else:
            minutes = course.screen_minutes or 0
            must = sentence(
                "A lesson of the course “{course}” must have at most {most} min before a screen ({minutes} min).",
                course=course.id,
                minutes=minutes,
                most=figure.most,
            )
        if figure.most is not None and minutes > figure.most:
            yield Fault(place, must, _on_authority(figure))


def _of_shifts(document: Document, figure: Figure) -> Iterator[Fault]:
    if figure.about != "first_shift" or figure.time is None:
        return
    grades = grades_of(figure.grades)
    for index, student in enumerate(document.students):
        if student.grade not in grades or student.bells is None:
            continue
        start = document.bell_schedule(student.bells).periods[0].start
        if start > figure.time:
            must = sentence(
                "Grade {grade} must learn in the first shift; “{student}” begins at {start}.",
                grade=str(student.grade),
                student=student.id,
                start=start,
            )
            yield Fault(Place(path=field_path(("students", index, "bells"))), must, _on_authority(figure))


def _on_authority(figure: Figure) -> Sentence:
    if figure.verified:
        return sentence("So says {source}.", source=figure.source)
    return sentence("So says {source}, a figure that is not verified.", source=figure.source)
