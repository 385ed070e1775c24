from datetime import date, datetime, time, timedelta
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scheduler.domain.base import WEEKDAYS
from scheduler.domain.calendar import (
    Holiday,
    MovedDay,
    ShortenedDay,
    Term,
    TermDay,
    bells_on,
    cycle_number,
    cycle_week,
    dates,
    instant,
    lost_days,
    offset_change,
    term_days,
)
from scheduler.domain.lessons import Lesson, fits, lessons
from tests.strategies import terms

AUTUMN = Term(first_day=date(2026, 9, 1), last_day=date(2026, 9, 13), cycle=2)
"""Two weeks from a Tuesday."""


@settings(max_examples=50, deadline=None)
@given(terms(), st.dates(date(2000, 1, 1), date(2040, 1, 1)), st.integers(-300, 300))
def test_weeks_of_the_cycle_go_on_from_the_anchor_before_it_and_after(term: Term, day: date, weeks: int) -> None:
    anchor = term.anchor or term.first_day
    monday = day - timedelta(days=day.weekday())

    assert cycle_week(term, anchor + timedelta(weeks=weeks)) == weeks % term.cycle + 1
    assert {cycle_week(term, monday + timedelta(days=n)) for n in range(7)} == {cycle_week(term, day)}
    assert cycle_number(term, day + timedelta(weeks=term.cycle)) == cycle_number(term, day) + 1


@settings(max_examples=50, deadline=None)
@given(terms())
def test_every_school_day_is_held_once_or_lost(term: Term) -> None:
    held, lost = term_days(term), lost_days(term)

    school_days = {d for d in dates(term.first_day, term.last_day) if d.weekday() < term.week_days}
    assert [day.date for day in held] == sorted({day.date for day in held})
    assert len({day.as_date for day in held}) == len(held)
    assert {day.as_date for day in held} | {day.as_date for day in lost} >= school_days
    assert {day.as_date for day in held}.isdisjoint(day.as_date for day in lost)
    for day in held:
        assert (day.week, day.weekday) == (cycle_week(term, day.as_date), WEEKDAYS[day.as_date.weekday()])


def test_an_iso_week_number_does_not_matter_at_new_year() -> None:
    """ISO weeks 53 and 1 are both odd, which makes two odd weeks in a row of whoever counts by their parity."""
    term = Term(first_day=date(2020, 12, 21), last_day=date(2021, 1, 17), cycle=2)

    assert [cycle_week(term, date(2020, 12, 21) + timedelta(weeks=n)) for n in range(4)] == [1, 2, 1, 2]


def test_a_moved_day_holds_another_days_lessons_and_not_its_own() -> None:
    term = AUTUMN.model_copy(
        update={
            "holidays": (Holiday(first=date(2026, 9, 7), last=date(2026, 9, 8)),),
            "moved_days": (MovedDay(date=date(2026, 9, 12), as_date=date(2026, 9, 7)),),
        }
    )

    assert term_days(term)[-4:] == (
        TermDay(date(2026, 9, 9), date(2026, 9, 9), 1, 2, "wed"),
        TermDay(date(2026, 9, 10), date(2026, 9, 10), 1, 2, "thu"),
        TermDay(date(2026, 9, 11), date(2026, 9, 11), 1, 2, "fri"),
        TermDay(date(2026, 9, 12), date(2026, 9, 7), 1, 2, "mon"),
    )
    assert [day.date for day in lost_days(term)] == [date(2026, 9, 8)]


def test_two_days_change_places() -> None:
    tuesday, friday = date(2026, 9, 8), date(2026, 9, 11)
    moves = (MovedDay(date=tuesday, as_date=friday), MovedDay(date=friday, as_date=tuesday))

    held = {day.date: day.as_date for day in term_days(AUTUMN.model_copy(update={"moved_days": moves}))}

    assert (held[tuesday], held[friday], len(held)) == (friday, tuesday, 9)


def test_a_shortened_day_changes_the_bells_of_the_sites_it_names() -> None:
    short = ShortenedDay(date=date(2026, 9, 4), bells="short", sites=("S1",))
    term = AUTUMN.model_copy(update={"shortened_days": (short,)})

    assert [bells_on(term, date(2026, 9, 4), site, "usual") for site in ("S1", "S2", None)] == [
        "short",
        "usual",
        "usual",
    ]
    assert bells_on(term, date(2026, 9, 3), "S1", "usual") == "usual"


def test_an_instant_has_the_offset_of_its_zone() -> None:
    assert instant(date(2026, 9, 1), time(8, 30), "Asia/Yekaterinburg") == datetime.fromisoformat(
        "2026-09-01T08:30+05:00"
    )


def test_the_date_on_which_zones_move_apart_is_found() -> None:
    zones = ["Europe/Moscow", "Asia/Yekaterinburg", "Europe/Berlin"]

    assert offset_change(zones, date(2026, 9, 1), date(2026, 12, 30)) == (
        date(2026, 10, 25),
        "Europe/Moscow",
        "Europe/Berlin",
    )
    assert offset_change(zones[:2], date(2026, 9, 1), date(2026, 12, 30)) is None
    assert offset_change(["Europe/Berlin"], date(2026, 9, 1), date(2026, 12, 30)) is None
    assert offset_change([], date(2026, 9, 1), date(2026, 12, 30)) is None


@pytest.mark.parametrize(
    ("hours", "split", "cycle", "expected"),
    [
        (Fraction(1), (1,), 1, [(1, ((1,),))]),
        (Fraction(1, 2), (1,), 2, [(1, ((1,), (2,)))]),
        (Fraction(3, 2), (1,), 2, [(1, ((1, 2),)), (1, ((1,), (2,)))]),
        (Fraction(1, 2), (1,), 4, [(1, ((1, 3), (2, 4)))]),
        (Fraction(3, 4), (1,), 4, [(1, ((1, 2, 3), (1, 2, 4), (1, 3, 4), (2, 3, 4)))]),
        (Fraction(4), (2, 1, 1), 2, [(2, ((1, 2),)), (1, ((1, 2),)), (1, ((1, 2),))]),
        (Fraction(3, 2), (2, 1), 2, [(2, ((1,), (2,))), (1, ((1,), (2,)))]),
        (Fraction(0), (1,), 2, []),
    ],
)
def test_hours_become_events_of_every_week_first(
    hours: Fraction, split: tuple[int, ...], cycle: int, expected: list[tuple[int, tuple[tuple[int, ...], ...]]]
) -> None:
    assert lessons(hours, split, cycle) == tuple(
        Lesson(number, periods, weeks) for number, (periods, weeks) in enumerate(expected, start=1)
    )


@given(st.fractions(0, 10, max_denominator=4), st.lists(st.integers(1, 3), min_size=1, max_size=3), st.integers(1, 4))
def test_the_events_of_a_cycle_use_up_its_hours(hours: Fraction, split: list[int], cycle: int) -> None:
    if not fits(hours, tuple(split), cycle):
        with pytest.raises(ValueError) as error:
            lessons(hours, tuple(split), cycle)
        assert str(error.value).startswith(f"{hours} hours a week are no whole number of lessons")
        return

    made = lessons(hours, tuple(split), cycle)

    assert sum(lesson.periods * len(lesson.weeks[0]) for lesson in made) == hours * cycle
    assert all(len({len(weeks) for weeks in lesson.weeks}) == 1 for lesson in made)
