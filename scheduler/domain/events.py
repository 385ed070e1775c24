"""Discussions, role games, projects, conferences, seminars: whatever is no lesson and still takes people's time."""

from typing import Annotated, Literal

from pydantic import Field

from scheduler.domain.base import Clock, Day, Exact, Id, Minutes, Name, Record, Text, Week, Weekday
from scheduler.domain.courses import RoomNeed


class EventTime(Record):
    """A fixed time of the weekly pattern: by the clock, or by periods."""

    days: tuple[Weekday, ...] = Field(min_length=1)
    weeks: tuple[Week, ...] = ()
    """Weeks of the cycle; none named means every week."""
    start: Clock | None = None
    end: Clock | None = None
    periods: tuple[int, ...] = ()
    """Instead of start and end: consecutive periods of the place's bells."""


class EventDates(Record):
    """Dates of the term, both ends included; whole days unless times are given."""

    first: Day
    last: Day
    start: Clock | None = None
    end: Clock | None = None
    suspends_lessons: bool = False
    """Whether its people's lessons at that time are not held; else it is a clash if they have any."""


class OtherEvent(Record):
    """An event that is no lesson; placed by the engine, fixed in the week, or dated."""

    id: Id
    name: Name = ""
    kind: Literal["seminar", "conference", "project", "forum", "discussion", "role_game", "meeting", "other"] = "other"
    teachers: tuple[Id, ...] = ()
    tutors: tuple[Id, ...] = ()
    support: tuple[Id, ...] = ()
    students: tuple[Id, ...] = ()
    groups: tuple[Id, ...] = ()
    mode: Literal["online", "site"] = "site"
    site: Id | None = None
    room: RoomNeed | None = None
    """The room that it needs, if it needs one."""
    hours: Exact | None = Field(None, gt=0, le=60)
    """Hours a week, if the engine is to place it."""
    split: tuple[Annotated[int, Field(ge=1, le=24)], ...] = Field((1,), min_length=1)
    """Periods of its meetings, as in a course."""
    minutes: Minutes | None = None
    """How long a meeting of one period lasts; the whole period where it is left out."""
    fixed: tuple[EventTime, ...] = ()
    """When it is held, if it has its time in the week."""
    dated: tuple[EventDates, ...] = ()
    """When it is held, if it has dates."""
    link: Text = ""
    remarks: Text = ""
