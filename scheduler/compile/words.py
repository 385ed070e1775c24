"""How a policy's words become a rule's fields: the one place to look it up.

A rule's annotated fields say what they select (`solver.rules.rule`); each annotation has its word, whose value is a
selector (`scheduler.domain.selectors`), and every other field is a parameter of its own name. So a rule that somebody
adds needs no line here: ``resources: Resources`` is told by ``people: teachers kind=network``, ``most: int`` by
``most: 3``. What stands here is what annotations cannot tell: whom a rule is about when nobody is named, which rules
speak of "the events of a course", and which of a person's own limits come before a figure.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

WORDS: dict[str, tuple[str, ...]] = {
    "events": ("lessons", "per"),
    "resources": ("people",),
    "amounts": ("people", "lessons"),
    "ticks": ("times",),
    "days": (),
    "demands": ("people", "lessons", "units"),
    "units": ("units",),
    "choices": ("lessons",),
    "claims": (),
    "options of events": (),
    "picks": (),
    "units of demands": (),
    "prices of ticks": (),
    "prices of units": (),
    "prices": (),
    "lengths": (),
}
"""For each annotation the words by which a policy selects; the field's own name is one too.

- `people`: everybody it is about; groups without named students are people, too;
- `lessons`: lessons and other events; of people it is what they attend;
- `times`: by each person's or lesson's own bells; `own` stands for somebody's own times;
- `units`: rooms and workstations;
- `per`: `course` makes a rule for each section of a course, `number` for each first, second, ... lesson of the courses,
  `selector` for each selector of the list of lessons.
"""

MORE: dict[str, tuple[str, ...]] = {
    "EndBy": ("time", "lessons"),
    "PreferTimes": ("people",),
    "PriceRooms": ("rooms", "price"),
    "FillSeats": ("role",),
    "KeepChair": ("role",),
    "KeepIndependent": ("role",),
    "ShareLoad": ("role",),
}
"""Words of single rules: `time` is the clock after which it is too late; with `lessons`, for these lessons alone; `price` is
that of the rooms named; `role` is a role in commissions."""

Per = Literal["", "course", "number", "selector"]


@dataclass(frozen=True)
class Habit:
    """What a rule takes for granted.

    Attributes
    ----------
    people : str
        Whom it is about when nobody is named.
    groups : str
        What a group is: `learners` are its named students, or itself if it has none; `itself`; `nobody` where a rule
        makes no sense for a group.
    per : str
        How events are parted when nothing is said.
    numbers : tuple of str
        Its parameters that are numbers of periods, as they are rung.
    """

    people: str = "students; groups; teachers"
    groups: Literal["learners", "itself", "nobody"] = "learners"
    per: Per = ""
    numbers: tuple[str, ...] = ()


HABITS: dict[str, Habit] = {
    "AllowTravel": Habit(people="people"),
    "AvoidClashes": Habit(people="people; groups", groups="itself"),
    "CompactCurricula": Habit(people="groups", groups="itself"),
    "KeepRoom": Habit(per="course"),
    "KeepTogether": Habit(per="course"),
    "KeepWorkstation": Habit(people="students; teachers", groups="nobody"),
    "LimitDays": Habit(numbers=("first", "last")),
    "HoldLast": Habit(people="groups"),
    "LunchBreak": Habit(numbers=("first", "last")),
    "RespectAvailability": Habit(people="people; groups", groups="itself"),
    "SameTime": Habit(per="number"),
    "SpreadOverDays": Habit(per="course"),
    "StartEarly": Habit(numbers=("first",)),
}


def habit(rule: str) -> Habit:
    """Return what a rule takes for granted; a rule of somebody's own is about learners and teachers."""
    return HABITS.get(rule, Habit())


COUNTED = {"screen_minutes": "screen minutes", "difficulty": "points"}
"""A policy's words for what is counted, and the engine's."""

CLAIMS = {"rooms": 1, "students": 1, "teachers": 2}
"""What going without counts, unless `claims` says: teachers of distance courses claim workstations first."""


@dataclass(frozen=True)
class OwnLimit:
    """A person's own limit and the rule whose figure it comes before.

    Attributes
    ----------
    given : tuple of (str, str)
        The parameters that the rule must have to be the one.
    """

    limit: str
    rule: str
    given: tuple[tuple[str, str], ...] = ()
    parameter: str = "most"


OWN_LIMITS = (
    OwnLimit("lessons_per_day", "LimitPerDay", (("what", "lessons"),)),
    OwnLimit("minutes_per_day", "LimitPerDay", (("what", "minutes"),)),
    OwnLimit("screen_minutes_per_day", "LimitPerDay", (("what", "screen minutes"),)),
    OwnLimit("difficulty_per_day", "LimitPerDay", (("what", "points"),)),
    OwnLimit("lessons_per_week", "LimitPerWeek", (("what", "lessons"),)),
    OwnLimit("minutes_per_week", "LimitPerWeek", (("what", "minutes"),)),
    OwnLimit("screen_minutes_per_week", "LimitPerWeek", (("what", "screen minutes"),)),
    OwnLimit("days_per_week", "LimitDays", (("within", "week"),)),
    OwnLimit("gaps_per_day", "AvoidGaps", (("within", "day"),)),
    OwnLimit("gaps_per_week", "AvoidGaps", (("within", "week"),)),
    OwnLimit("consecutive", "LimitConsecutive"),
)
"""Where no rule of the policy limits somebody, their own limit is a required rule. `earliest` and `latest` are part of
their availability, and `latest` comes before EndBy's time."""
