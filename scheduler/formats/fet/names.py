"""FET's names as ids of a document, and its days as weeks of a cycle."""

from __future__ import annotations

import re
from datetime import time
from itertools import pairwise
from typing import TYPE_CHECKING

from scheduler.domain.base import WEEKDAYS

if TYPE_CHECKING:
    from collections.abc import Iterable

    from scheduler.formats.fet.school import School

LONGEST = 44

DAY = 24 * 60
EIGHT = 8 * 60
LESSON = 45
"""Minutes of an hour where its name is no time."""


class Names:
    """The ids of a school's things.

    Attributes
    ----------
    week : tuple of int
        Days of a week and weeks of the cycle: more than 7 days are told as weeks of 7, so that days keep their distances.
    """

    def __init__(self, school: School) -> None:
        self.school = school
        self.teachers = _ids(school.teachers)
        self.groups = _ids(school.sets)
        self.rooms = _ids(school.rooms)
        self.subjects = _ids(school.subjects)
        self.buildings = _ids(school.buildings)
        days = max(1, len(school.days))
        self.week = (days, 1) if days <= 7 else (7, -(-days // 7))

    @property
    def days(self) -> str:
        """Select the days that there are: the last week may be shorter than the others."""
        week_days, cycle = self.week
        last = len(self.school.days) - week_days * (cycle - 1)
        whole = "times" if cycle == 1 else f"times weeks=1-{cycle - 1}"
        return whole if cycle == 1 else f"{whole}; times weeks={cycle} days={','.join(WEEKDAYS[:last])}"

    def clock(self) -> tuple[list[time], list[time]]:
        """Return when each hour begins and ends: by its name where all are times in order, else from eight o'clock."""
        told = [re.search(r"(?<!\d)([01]?\d|2[0-3])\s*[:.hH]\s*([0-5]\d)(?!\d)", name) for name in self.school.hours]
        minutes = [int(found[1]) * 60 + int(found[2]) for found in told if found is not None]
        count = len(self.school.hours)
        if self._by_slots or len(minutes) < count or any(b <= a for a, b in pairwise(minutes)):
            length = min(LESSON, (DAY - EIGHT) // max(1, count))
            minutes = [EIGHT + length * hour for hour in range(count)]
        else:
            length = min((b - a for a, b in pairwise(minutes)), default=LESSON)
        ends = [*minutes[1:], min(minutes[-1] + length, DAY - 1)] if minutes else []
        return [clock_of(at) for at in minutes], [clock_of(at) for at in ends]

    @property
    def _by_slots(self) -> bool:
        """Whether rest between days is asked for, which FET counts in hours of equal length."""
        listed = self.school.root.find("Time_Constraints_List")
        return listed is not None and any("RestingHours" in node.tag for node in listed.children)

    def rest(self, hours: int) -> int:
        """Return the minutes from one day to the next that leave so many hours free in the evening and the morning."""
        starts, ends = self.clock()
        first, last = (at.hour * 60 + at.minute for at in (starts[0], ends[-1]))
        return hours * (last - first) // len(starts) + DAY - last + first

    def activity(self, number: int) -> str:
        """Return the id of an activity."""
        return f"A{number}"

    def kind(self, number: int) -> str:
        """Tell what an activity becomes: a course, or another event where it is for teachers alone."""
        activity = self.school.activities[number]
        return "event" if activity.teachers and not activity.students else "course"


def activity_of(key: str) -> int | None:
    """Return the activity of an id, where it is one."""
    found = re.fullmatch(r"A(\d{1,9})", key)
    return None if found is None else int(found[1])


def clean(name: str) -> str:
    """Return a name without signs that no name may hold."""
    return re.sub(r"[\x00-\x1f\x7f]", " ", name)[:300]


def clock_of(minutes: int) -> time:
    """Return a time of day."""
    return time(minutes // 60, minutes % 60)


def _ids(names: Iterable[str]) -> dict[str, str]:
    """Return for each name an id: the name itself as far as it may be one, numbered where two would be alike."""
    found: dict[str, str] = {}
    taken: set[str] = set()
    for name in names:
        base = re.sub(r"[\s,;=!/\\\x00-\x1f\x7f]+", "_", name).strip("_")[:LONGEST] or "x"
        key, number = base, 1
        while key.casefold() in taken:
            number += 1
            key = f"{base}~{number}"
        taken.add(key.casefold())
        found[name] = key
    return found
