"""The term, its cycle of weeks and its bells, and which day of the cycle each date holds."""

from pydantic import Field

from scheduler.domain.base import Clock, Day, Id, Name, Record, TimeZone


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
    cycle: int = Field(1, ge=1, le=4)
    """Weeks after which the pattern repeats."""
    anchor: Day | None = None
    """Any day of a first week of the cycle; the first day of the term where none is named."""
    holidays: tuple[Holiday, ...] = ()
    moved_days: tuple[MovedDay, ...] = ()
    shortened_days: tuple[ShortenedDay, ...] = ()


class Bell(Record):
    """One period of a day."""

    number: int = Field(ge=0, le=30)
    """The lesson's number, as people say it."""
    start: Clock
    end: Clock


class BellSchedule(Record):
    """The periods of a day, in the time of the place where they are rung."""

    id: Id
    name: Name = ""
    periods: tuple[Bell, ...] = Field(min_length=1, max_length=16)
    """In order, not overlapping."""

    def period(self, number: int) -> Bell | None:
        """The period of that number, if there is one."""
        return next((bell for bell in self.periods if bell.number == number), None)
