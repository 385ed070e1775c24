"""What must always hold, on schools that are drawn: nothing clashes, and what is free is found exactly when it is."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from itertools import permutations
from typing import TYPE_CHECKING, Any

from hypothesis import given, settings
from hypothesis import strategies as st

from scheduler.domain.calendar import dates
from scheduler.operations.consult import accept
from scheduler.operations.facts import Facts
from scheduler.operations.facts.presence import Presence, is_away, is_open
from tests.scheduler.operations.consult.school import BELLS, MOSCOW, SCHOOL, answer, request, school, timetable

if TYPE_CHECKING:
    from collections.abc import Iterator

    from scheduler.domain.document import Document
    from scheduler.domain.timetable import Timetable

DAYS = ("mon", "tue", "wed", "thu", "fri")
CLOCKS = st.sampled_from(["08:00", "09:00", "09:25", "10:00", "10:50", "11:40", "12:20", "13:00"])
BREAK = timedelta(minutes=10)


@st.composite
def windows(draw: st.DrawFn) -> dict[str, Any]:
    """Some hours of the week, free or not."""
    start, end = sorted(draw(st.lists(CLOCKS, min_size=2, max_size=2, unique=True)))
    days = draw(st.lists(st.sampled_from(DAYS), max_size=3, unique=True))
    return {"days": days, "start": start, "end": end, "available": draw(st.booleans())}


@st.composite
def absences(draw: st.DrawFn) -> dict[str, Any]:
    """A day or two away."""
    first = draw(st.dates(date(2026, 9, 7), date(2026, 9, 11)))
    return {"first": first, "last": first + timedelta(days=draw(st.integers(0, 1)))}


def people(draw: st.DrawFn, kind: str) -> list[dict[str, Any]]:
    """The school's people of a kind with hours of their own."""
    found = []
    for person in SCHOOL[kind]:
        weekly = draw(st.lists(windows(), max_size=1))
        dated = draw(st.lists(absences(), max_size=1))
        found.append({**person, "availability": {"weekly": weekly, "dated": dated}})
    return found


@st.composite
def weeks(draw: st.DrawFn, least: int = 0, most: int = 6) -> tuple[tuple[str, str, int], ...]:
    """Lessons of a week, one at a time."""
    lesson = st.tuples(st.sampled_from(["alg", "mus"]), st.sampled_from(DAYS), st.integers(1, 4))
    return tuple(draw(st.lists(lesson, min_size=least, max_size=most, unique_by=lambda lesson: lesson[1:])))


@st.composite
def crowded(draw: st.DrawFn) -> tuple[Document, Timetable]:
    """A school with a request in the hour of a lesson, which may be moved, and people with hours of their own."""
    lessons = draw(weeks(least=3, most=12))
    _, weekday, period = draw(st.sampled_from(lessons))
    day, bell = 7 + DAYS.index(weekday), BELLS[period - 1]
    asked = request(
        students=draw(st.sampled_from([["anna"], ["boris"], ["anna", "vera"]])),
        teachers=draw(st.sampled_from([["petrova"], ["ivanov"], ["orlov"]])),
        first_day=date(2026, 9, day),
        last_day=date(2026, 9, day + (day < 11 and draw(st.booleans()))),
        earliest=bell["start"],
        latest=bell["end"],
        minutes=draw(st.sampled_from([20, 40])),
        count=draw(st.sampled_from([1, 1, 2])),
        may_move=True,
    )
    document = school(asked, tutors=people(draw, "tutors"))
    return document, timetable(document, lessons)


@st.composite
def schools(draw: st.DrawFn) -> tuple[Document, Timetable]:
    """A school with one request, and a timetable without a clash of the bells."""
    lessons = draw(weeks())
    first = draw(st.dates(date(2026, 9, 7), date(2026, 9, 10)))
    earliest, latest = sorted(draw(st.lists(CLOCKS, min_size=2, max_size=2, unique=True)))
    asked = request(
        students=draw(st.sampled_from([["anna"], ["boris"], ["anna", "boris"], ["anna", "vera"]])),
        teachers=draw(st.sampled_from([["petrova"], ["ivanov"], ["petrova", "orlov"]])),
        agree=draw(st.sampled_from([[], ["tutor"]])),
        first_day=first,
        last_day=first + timedelta(days=draw(st.integers(0, 1))),
        earliest=earliest if draw(st.booleans()) else None,
        latest=latest if draw(st.booleans()) else None,
        minutes=draw(st.sampled_from([20, 40, 45])),
        count=draw(st.sampled_from([1, 1, 1, 2])),
    )
    lists = {kind: people(draw, kind) for kind in ("students", "teachers", "tutors")}
    workstations = [{**one, "hours": draw(st.lists(windows(), max_size=1))} for one in SCHOOL["workstations"]]
    document = school(asked, workstations=workstations, **lists)
    return document, timetable(document, lessons)


def free(document: Document, made: Timetable) -> Iterator[tuple[datetime, str]]:
    """Every start and teacher of the request that are free, by the definition, one after another."""
    asked, presence = document.requests[0], Presence(document, made)
    length = timedelta(minutes=asked.minutes)
    bells = {bell["start"] for bell in BELLS}
    for day in dates(asked.first_day, asked.last_day):
        for minute in range(8 * 60, 19 * 60):
            start = datetime(day.year, day.month, day.day, minute // 60, minute % 60, tzinfo=MOSCOW)
            end = start + length
            if minute % 5 and f"{start:%H:%M}" not in bells:
                continue
            if start.time() < (asked.earliest or start.time()) or end.time() > (asked.latest or end.time()):
                continue
            if end.hour * 60 + end.minute > 19 * 60 or day.weekday() > 4:
                continue
            for teacher in asked.teachers:
                learners = [("student", student) for student in asked.students]
                others = [("teacher", teacher), *(("tutor", tutor) for tutor in asked.agree)]
                if all(is_free(presence, key, start, end, BREAK) for key in learners) and all(
                    is_free(presence, key, start, end, timedelta(0)) for key in others
                ):
                    seated = [key for key in (*learners, others[0]) if presence.people[key].site is not None]
                    if seats_enough(presence, len(seated), start, end):
                        yield start, teacher


def is_free(presence: Presence, key: tuple[str, str], start: datetime, end: datetime, apart: timedelta) -> bool:
    """Whether somebody is there and meets nobody else, nor so shortly before or after."""
    person = presence.people[key]
    if not is_open(person.availability.weekly, start, end, 1) or is_away(person, start, end):
        return False
    return not any(
        key in presence.keys(presence.timetable.placements[one.event])
        and start < one.end + apart
        and one.start < end + apart
        for one in presence.timetable.occurrences
    )


def seats_enough(presence: Presence, wanted: int, start: datetime, end: datetime) -> bool:
    """Whether so many workstations are open and free, whichever."""
    document, made = presence.document, presence.timetable
    open_ = [one.id for one in document.workstations if is_open(one.hours, start, end, 1)]
    taken = {
        seat
        for one in made.occurrences
        if one.start < end and start < one.end
        for seat in made.placements[one.event].seats.values()
    }
    return any(taken.isdisjoint(some) for some in permutations(open_, wanted))


@settings(max_examples=100, deadline=None)
@given(schools())
def test_a_proposal_is_found_exactly_when_something_is_free_and_it_is_free_then(
    drawn: tuple[Document, Timetable],
) -> None:
    document, made = drawn
    found, all_free = answer(document, made), set(free(document, made))
    by_teacher: dict[str, set[date]] = {}
    for start, teacher in all_free:
        by_teacher.setdefault(teacher, set()).add(start.date())
    asked = document.requests[0]

    assert bool(found.proposals) == any(len(days) >= asked.count for days in by_teacher.values())
    for proposal in found.proposals:
        assert len({held.start.date() for held in proposal.consultations}) == asked.count
        assert {(held.start, held.teacher) for held in proposal.consultations} <= all_free
        assert proposal.move is None


@settings(max_examples=60, deadline=None)
@given(st.one_of(schools(), crowded()))
def test_what_is_accepted_breaks_nothing_and_leaves_all_else_as_it_was(drawn: tuple[Document, Timetable]) -> None:
    document, made = drawn
    before = Facts(document, made)
    wrong = {fact.sentence for fact in (*before.of_dates(), *before.of_meetings())}
    for proposal in answer(document, made).proposals:
        done = accept(document, made, [proposal])
        assert done.timetable is not None, done.reasons
        after = Facts(document, done.timetable)
        moved = {proposal.move.occurrence} if proposal.move is not None else set()

        assert {fact.sentence for fact in (*after.of_dates(), *after.of_meetings())} <= wrong
        assert after.of_requests() == ()
        left = [one for one in done.timetable.occurrences if one.id not in moved]
        assert left[: len(made.occurrences) - len(moved)] == [one for one in made.occurrences if one.id not in moved]
        assert len(done.timetable.occurrences) == len(made.occurrences) + len(proposal.consultations)
        assert done.timetable.pattern[: len(made.pattern)] == made.pattern


@settings(max_examples=60, deadline=None)
@given(crowded())
def test_a_moved_lesson_stays_in_its_week_with_its_people_and_its_identity(drawn: tuple[Document, Timetable]) -> None:
    document, made = drawn
    before = {one.id: one for one in made.occurrences}
    for proposal in answer(document, made).proposals:
        if proposal.move is None:
            continue
        done = accept(document, made, [proposal]).timetable
        assert done is not None
        after = next(one for one in done.occurrences if one.id == proposal.move.occurrence)
        old = before[after.id]

        assert after.start.isocalendar()[:2] == old.start.isocalendar()[:2]
        assert (after.start, after.end - after.start) != (old.start, timedelta(0))
        assert (after.event, after.students, after.teachers, after.tutors) == (old.event, None, None, None)
        assert done.placed(after).seats.keys() == made.placements[old.event].seats.keys()
