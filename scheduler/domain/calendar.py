"""The term, its cycle of weeks and its bells, and which day of the cycle each date holds."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from pydantic import Field

from scheduler.domain.base import WEEKDAYS, Clock, Day, Id, Label, Name, Record, TimeZone, Weekday


class Holiday(Record):
    """Days without lessons, both ends included."""

    first: Day
    last: Day
    name: Name = ""


class MovedDay(Record):
    """A date on which another date's lessons are held; that other date's own are not repeated."""

    date: Day
    """The date on which lessons are held, even if it is a holiday or a Sunday."""
    as_date: Day
    """The date whose weekday and week of the cycle are held on it."""


class ShortenedDay(Record):
    """A date with other bells."""

    date: Day
    bells: Id
    """The bell schedule of that date."""
    sites: tuple[Id, ...] = ()
    """The sites where it is so; none named means all."""


class Term(Record):
    """The days for which a timetable is made."""

    name: Name = ""
    time_zone: TimeZone = "Europe/Moscow"
    """The zone of whatever names no site."""
    first_day: Day
    last_day: Day
    week_days: int = Field(5, ge=1, le=7)
    """Days of a school week, from Monday: 5 or 6."""
    cycle: int = Field(1, ge=1, le=5)
    """Weeks after which the pattern repeats."""
    day_names: tuple[Label, ...] = ()
    """What the days of the cycle are called, in order, where weekdays are not what people say."""
    anchor: Day | None = None
    """Any day of a first week of the cycle; the first day of the term where none is named."""
    holidays: tuple[Holiday, ...] = ()
    moved_days: tuple[MovedDay, ...] = ()
    shortened_days: tuple[ShortenedDay, ...] = ()


class Bell(Record):
    """One period of a day."""

    number: int = Field(ge=0, le=30)
    """The lesson's number, as people say it."""
    name: Label = ""
    """What people call the period where they do not say its number."""
    start: Clock
    end: Clock


class BellSchedule(Record):
    """The periods of a day, in the time of the place where they are rung."""

    id: Id
    name: Name = ""
    periods: tuple[Bell, ...] = Field(min_length=1, max_length=24)
    """In order, not overlapping."""

    def period(self, number: int) -> Bell | None:
        """The period of that number, if there is one."""
        return next((bell for bell in self.periods if bell.number == number), None)


@dataclass(frozen=True, slots=True)
class TermDay:
    """A date on which lessons are held, and the day of the cycle that it holds.

    Attributes
    ----------
    date : date
        When the lessons are held.
    as_date : date
        The date whose lessons they are: another one where a day was moved.
    cycle : int
        Which cycle of the term `as_date` belongs to, counted from 1.
    week : int
        Its week of the cycle, counted from 1.
    weekday : Weekday
    """

    date: Day
    as_date: Day
    cycle: int
    week: int
    weekday: Weekday


def monday(day: date) -> date:
    """Return the Monday of the day's week."""
    return day - timedelta(days=day.weekday())


def cycle_week(term: Term, day: date) -> int:
    """Tell the week of the cycle on a date, counted from 1 at the anchor, before it as well as after."""
    return _weeks_from_anchor(term, day) % term.cycle + 1


def cycle_number(term: Term, day: date) -> int:
    """Tell which cycle of the term a date lies in: 1 holds the first day of the term."""
    first = _weeks_from_anchor(term, term.first_day) // term.cycle
    return _weeks_from_anchor(term, day) // term.cycle - first + 1


def _weeks_from_anchor(term: Term, day: date) -> int:
    anchor = term.first_day if term.anchor is None else term.anchor
    return (monday(day) - monday(anchor)).days // 7


def dates(first: date, last: date) -> Iterator[date]:
    """All dates from the first to the last, both included."""
    for days in range((last - first).days + 1):
        yield first + timedelta(days=days)


def term_days(term: Term) -> tuple[TermDay, ...]:
    """List the dates on which lessons are held, ascending.

    A date to which lessons were moved holds these and none of its own; a date whose lessons were moved away holds none.
    """
    moved = {day.date: day.as_date for day in term.moved_days}
    away = set(moved.values())
    free = {day for holiday in term.holidays for day in dates(holiday.first, holiday.last)}
    found = []
    for day in dates(term.first_day, term.last_day):
        own = day not in free and day not in away and day.weekday() < term.week_days
        if day in moved or own:
            as_date = moved.get(day, day)
            week, weekday = cycle_week(term, as_date), WEEKDAYS[as_date.weekday()]
            found.append(TermDay(day, as_date, cycle_number(term, as_date), week, weekday))
    return tuple(found)


def lost_days(term: Term) -> tuple[TermDay, ...]:
    """List the school days of the pattern whose lessons no date holds, ascending: holidays, and days that gave way."""
    held = {day.as_date for day in term_days(term)}
    return tuple(
        TermDay(day, day, cycle_number(term, day), cycle_week(term, day), WEEKDAYS[day.weekday()])
        for day in dates(term.first_day, term.last_day)
        if day.weekday() < term.week_days and day not in held
    )


def bells_on(term: Term, day: date, site: str | None, usual: str | None) -> str | None:
    """Tell the bell schedule that a site rings on a date, in place of its usual one if the day is shortened there."""
    return next((s.bells for s in term.shortened_days if s.date == day and (not s.sites or site in s.sites)), usual)


def instant(day: date, clock: time, zone: str) -> datetime:
    """Return a time of day on a date in a time zone, with its offset."""
    return datetime.combine(day, clock, ZoneInfo(zone))


def offset_change(zones: Iterable[str], first: date, last: date) -> tuple[date, str, str] | None:
    """Find the first date on which the offset between two of the zones is not what it was on the first day.

    Returns
    -------
    tuple of date, str, str, or None
        The date and the two zones.
    """
    first_zone, *others = dict.fromkeys(zones) or [""]

    def between(day: date, zone: str) -> timedelta:
        noon = datetime(day.year, day.month, day.day, 12, tzinfo=UTC)
        here, there = noon.astimezone(ZoneInfo(first_zone)).utcoffset(), noon.astimezone(ZoneInfo(zone)).utcoffset()
        return (there or timedelta()) - (here or timedelta())

    at_first = {zone: between(first, zone) for zone in others}
    for day in dates(first, last):
        for zone in others:
            if between(day, zone) != at_first[zone]:
                return day, first_zone, zone
    return None
