"""What a consultation adds up to with the meetings of its day and week, and by which clock it must have ended.

These are the rules of a policy that speak of dates as they do of the weekly pattern: `LimitPerDay` and `LimitPerWeek` of
minutes and of minutes before a screen, `EndBy` and `PreferTimes` by the clock; and people's own limits, which come
before a rule's figure. A consultation is no lesson of a plan: what a policy says of lessons and of their difficulty is
not about it, and only somebody's own lessons and difficulty of a day are. Rules about gaps, runs and the order of
lessons are about the pattern: what a consultation does to somebody's day is told by its cost.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from functools import cached_property
from itertools import pairwise
from typing import TYPE_CHECKING, Any, Literal

from scheduler.compile.words import COUNTED, OWN_LIMITS
from scheduler.domain.base import WEEKDAYS
from scheduler.domain.calendar import cycle_week, monday
from scheduler.domain.people import Window
from scheduler.domain.request_people import course_of
from scheduler.domain.select import Times, resolve, times
from scheduler.domain.selectors import parse
from scheduler.operations.consult.minutes import WHOLE
from scheduler.operations.consult.standing import Engagement
from scheduler.policies import rules_of
from scheduler.policies.figures import difficulty, minutes_between, screen_minutes

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date, time

    from scheduler.compile.people import Participant
    from scheduler.domain.courses import Course
    from scheduler.domain.document import Document
    from scheduler.domain.policy import RuleSpec
    from scheduler.domain.timetable import Placement
    from scheduler.operations.consult.gathering import Gathering
    from scheduler.operations.consult.meetings import Key, Meeting, Meetings
    from scheduler.operations.consult.minutes import Clocks, Minutes

What = Literal["lessons", "minutes", "screen minutes", "points", "days"]

_PERSON = {
    "students": "student",
    "teachers": "teacher",
    "tutors": "tutor",
    "support": "support",
    "groups": "group",
}
_LESSON = {"courses": "lesson", "events": "event"}


@dataclass(frozen=True, slots=True)
class Sum:
    """A limit of what somebody's meetings add up to in a day or a week.

    Attributes
    ----------
    people : frozenset of (str, str), or None
        Whom it is about; None: everybody whose own limit it is.
    among : frozenset of (str, str), or None
        The courses and other events that count; None: all.
    own : str
        The field of a person's own limits that comes before `most`; empty where there is none.
    weight : int or None
        None is required.
    """

    what: What
    per: Literal["day", "week"]
    most: int | None
    own: str
    people: frozenset[Key] | None
    among: frozenset[tuple[str, str]] | None
    weight: int | None
    days: tuple[Times, ...] | None = None


@dataclass(frozen=True, slots=True)
class Exceeded:
    """A limit that a meeting more would exceed.

    Attributes
    ----------
    weight : int or None
        None is required.
    by : int
        By how much it would be exceeded, beyond what it is already.
    """

    what: What
    per: Literal["day", "week"]
    most: int
    weight: int | None
    by: int


@dataclass(frozen=True, slots=True)
class ByClock:
    """A rule about the time of day of what some people attend, or of some courses.

    Attributes
    ----------
    latest : time or None
        Until when everything ends; a person's own comes before it. Else `windows` hold.
    windows : tuple of Window
        Within these, or where they are avoided outside them.
    """

    people: frozenset[Key] | None
    among: frozenset[tuple[str, str]] | None
    weight: int | None
    latest: time | None = None
    windows: tuple[Window, ...] = ()
    avoided: bool = False


class Limits:
    """The limits of a document's people, and what they have on each date of a timetable."""

    def __init__(self, document: Document, people: dict[Key, Participant], meetings: Meetings) -> None:
        self.document = document
        self.people = people
        self.meetings = meetings
        self.clocks: Clocks = meetings.clocks
        self._points: dict[str, int] = {}
        self._screen: dict[tuple[str, str, int], int] = {}

    def exceeded(self, gathering: Gathering, key: Key, day: date, more: int = 0) -> Iterator[Exceeded]:
        """Yield the limits that somebody exceeds if a gathering is held on a date.

        Parameters
        ----------
        more
            How many more such gatherings there are in the same week, on other days.
        """
        for limit in self._sums_of(key):
            own = getattr(self.people[key].limits, limit.own) if limit.own else None
            most = limit.most if own is None else own
            of_lessons = limit.what in ("lessons", "points") and not gathering.lesson
            if most is None or (of_lessons and (own is None or limit.per == "week")):
                continue
            if not self._counts(limit, gathering.course, day):
                continue
            days = [day] if limit.per == "day" else [monday(day) + timedelta(days=n) for n in range(7)]
            has = sum(self._has(limit, key, one, gathering.without) for one in days)
            if limit.what == "days":
                adds = 1 - self._has(limit, key, day, gathering.without)
            else:
                lessons = self._lessons(gathering, key)
                adds = self._amount(limit.what, key, gathering.course, gathering.mode, gathering.minutes, lessons)
            if limit.per == "week":
                adds += more * adds
            by = max(0, has + adds - most) - max(0, has - most)
            if by:
                yield Exceeded(limit.what, limit.per, most, limit.weight, by)

    def by_clock(self, gathering: Gathering, key: Key, day: date) -> Iterator[tuple[int | None, Minutes]]:
        """Yield the weight of each rule about the time of day that is about somebody, and the starts that keep it."""
        person = self.people[key]
        zone, length = person.bells.zone, gathering.minutes
        for rule in self._clocked:
            if (rule.people is not None and key not in rule.people) or not _is_among(rule.among, gathering.course):
                continue
            if rule.latest is not None:
                latest = person.limits.latest or rule.latest
                yield rule.weight, self.clocks.by_clock(day, None, latest, zone, length)
            elif rule.avoided:
                yield rule.weight, WHOLE & ~self.clocks.touched(day, rule.windows, zone, length)
            else:
                yield rule.weight, self.clocks.inside(day, rule.windows, zone, length)

    # --- what somebody has -------------------------------------------------------------------------------------------

    def _has(self, limit: Sum, key: Key, day: date, without: str | None) -> int:
        """What somebody's meetings on a date count for a limit."""
        counted = [
            meeting
            for meeting in self.meetings.of(key, day)
            if meeting.occurrence.id != without and meeting.span[0] >= 0 and self._is_counted(limit, meeting.placement)
        ]
        if limit.what == "days":
            return int(bool(counted))
        return sum(self._amount_of(limit.what, key, meeting) for meeting in counted)

    def _amount_of(self, what: What, key: Key, meeting: Meeting) -> int:
        """What a meeting counts; an exam, and a consultation before one, count their time and no difficulty."""
        placement, minutes = meeting.placement, meeting.span[1] - meeting.span[0]
        if isinstance(placement, Engagement):
            lessons = {"lessons": max(1, minutes // self._lesson(key)), "points": 0}
            return lessons.get(what, minutes if what == "minutes" or placement.screen else 0)
        taught, lessons_of = self._taught(placement, minutes), self._lessons_of(placement, minutes, key)
        return self._amount(what, key, self.course(placement), placement.mode, taught, lessons_of)

    def _is_counted(self, limit: Sum, placement: Placement | Engagement) -> bool:
        if limit.among is None or isinstance(placement, Engagement):
            return limit.among is None
        course = self.course(placement)
        named = ("event", placement.course) if placement.kind == "event" else ("lesson", course.id if course else "")
        return named in limit.among

    def course(self, placement: Placement) -> Course | None:
        """Return the course of a lesson or of a consultation; None for what has none."""
        document = self.document
        if placement.kind == "consultation":
            known = document.has("requests", placement.course)
            return course_of(document, document.request(placement.course)) if known else None
        known = placement.kind == "lesson" and document.has("courses", placement.course)
        return document.course(placement.course) if known else None

    def _amount(self, what: What, key: Key, course: Course | None, mode: str, minutes: int, lessons: int) -> int:
        match what:
            case "minutes":
                return minutes
            case "screen minutes":
                return self._at_screen(key, course, mode, minutes // lessons) * lessons if course is not None else 0
            case "points":
                return self._difficulty(course) * lessons if course is not None else 0
        return lessons

    def _at_screen(self, key: Key, course: Course, mode: str, lesson: int) -> int:
        own = self.document.student(key[1]).device if key[0] == "student" else "computer"
        if (course.device or own) == "none":
            return 0
        if (course.id, mode, lesson) not in self._screen:
            self._screen[course.id, mode, lesson] = screen_minutes(self.document, course, lesson, mode)
        return self._screen[course.id, mode, lesson]

    def _difficulty(self, course: Course) -> int:
        if course.id not in self._points:
            self._points[course.id] = difficulty(self.document, course)
        return self._points[course.id]

    def _lessons(self, gathering: Gathering, key: Key) -> int:
        """As how many lessons a gathering counts: by its whole lesson lengths, one at least."""
        return gathering.lessons or max(1, gathering.minutes // self._lesson(key))

    def _lessons_of(self, placement: Placement, minutes: int, key: Key) -> int:
        if placement.kind == "consultation":
            return max(1, minutes // self._lesson(key))
        return max(1, len(placement.periods))

    def _lesson(self, key: Key) -> int:
        """How long a lesson is by somebody's bells."""
        return max(minutes_between(bell.start, bell.end) for bell in self.people[key].bells.schedule.periods)

    def _taught(self, placement: Placement, whole: int) -> int:
        """How long a meeting lasts, breaks between its periods left out."""
        if len(placement.periods) < 2 or placement.bells is None:
            return whole
        schedule = self.document.bell_schedule(placement.bells)
        bells = [bell for number in placement.periods if (bell := schedule.period(number)) is not None]
        return whole - sum(minutes_between(a.end, b.start) for a, b in pairwise(bells))

    # --- the policy's rules ------------------------------------------------------------------------------------------

    def _counts(self, limit: Sum, course: Course | None, day: date) -> bool:
        if not _is_among(limit.among, course):
            return False
        term = self.document.term
        return limit.days is None or any(
            (one.days is None or day.weekday() in one.days)
            and (one.weeks is None or cycle_week(term, day) in one.weeks)
            for one in limit.days
        )

    def _sums_of(self, key: Key) -> Iterator[Sum]:
        """Yield the limits of somebody: those of the policy, and their own where none of the policy is about it."""
        covered = set()
        for limit in self._sums:
            if limit.people is None or key in limit.people:
                covered.add((limit.what, limit.per))
                yield limit
        own = self.people[key].limits
        for limit in _OWN:
            if (limit.what, limit.per) not in covered and getattr(own, limit.own) is not None:
                yield limit

    @cached_property
    def _sums(self) -> tuple[Sum, ...]:
        per: dict[str, Literal["day", "week"]] = {"LimitPerDay": "day", "LimitPerWeek": "week"}
        return tuple(
            Sum(
                what=(what := _what(spec)),
                per=per[spec.rule or ""],
                most=spec.parameters["most"],  # type: ignore[arg-type]
                own=next((one.own for one in _OWN if (one.what, one.per) == (what, per[spec.rule or ""])), ""),
                people=self._people(spec.parameters.get("people", "students; groups; teachers")),
                among=self._lessons_named(spec),
                weight=_weight(spec),
                days=self._days(spec.parameters["days"]) if "days" in spec.parameters else None,
            )
            for spec in self._specs
            if spec.rule in per and spec.parameters.get("most") is not None
        )

    @cached_property
    def _clocked(self) -> tuple[ByClock, ...]:
        found = []
        for spec in self._specs:
            given, among, weight = spec.parameters, self._lessons_named(spec), _weight(spec)
            if spec.rule == "EndBy" and "time" in given:
                ends = self._people(given.get("people", "students; groups; teachers"))
                latest = parse(f"times before={given['time']}").parts[0].terms[0].clock
                found.append(ByClock(ends, among, weight, latest))
            elif spec.rule == "PreferTimes" and given.get("times") not in (None, "own"):
                told = times(parse(str(given["times"])), self.document)
                if any(one.periods is not None or one.bells is not None for one in told):
                    continue  # a period of the bells is no time of day
                people = self._people(given["people"]) if "people" in given else None
                avoided = bool(given.get("avoided", False))
                found.append(ByClock(people, among, weight, None, tuple(map(_window, told)), avoided))
        return tuple(found)

    @cached_property
    def _specs(self) -> tuple[RuleSpec, ...]:
        return tuple(spec for spec in rules_of(self.document) if spec.weight != "off")

    def _people(self, selector: Any) -> frozenset[Key]:
        """Whom a selector selects; a group stands for its named students, or for itself and its parts."""
        found: set[Key] = set()
        for ref in resolve(parse(str(selector)), self.document, lenient=True):
            if ref.kind == "groups":
                named = self.document.members(ref.id)
                found |= {("student", s) for s in named} or {("group", part) for part in self.document.within(ref.id)}
            elif ref.kind in _PERSON:
                found.add((_PERSON[ref.kind], ref.id))
        return frozenset(found)

    def _lessons_named(self, spec: RuleSpec) -> frozenset[tuple[str, str]] | None:
        if "lessons" not in spec.parameters:
            return None
        told = spec.parameters["lessons"]
        selectors = told if isinstance(told, list) else [told]
        refs = (ref for one in selectors for ref in resolve(parse(str(one)), self.document, lenient=True))
        return frozenset((_LESSON[ref.kind], ref.id) for ref in refs if ref.kind in _LESSON)

    def _days(self, told: Any) -> tuple[Times, ...]:
        text = ",".join(map(str, told)) if isinstance(told, list) else str(told)
        return times(parse(text if text.startswith("times") else f"times days={text}"), self.document)


def _is_among(among: frozenset[tuple[str, str]] | None, course: Course | None) -> bool:
    return among is None or (course is not None and ("lesson", course.id) in among)


def _what(spec: RuleSpec) -> What:
    told = str(spec.parameters.get("what", "lessons"))
    found: What = COUNTED.get(told, told)  # type: ignore[assignment]
    return found


def _weight(spec: RuleSpec) -> int | None:
    return spec.weight if isinstance(spec.weight, int) else None


def _window(one: Times) -> Window:
    return Window(
        days=() if one.days is None else tuple(WEEKDAYS[day] for day in sorted(one.days)),
        weeks=() if one.weeks is None else tuple(sorted(one.weeks)),
        start=one.after,
        end=one.before,
    )


def _own() -> Iterator[Sum]:
    for limit in OWN_LIMITS:
        given = dict(limit.given)
        if limit.rule in ("LimitPerDay", "LimitPerWeek"):
            what: What = given["what"]  # type: ignore[assignment]
            yield Sum(what, "day" if limit.rule == "LimitPerDay" else "week", None, limit.limit, None, None, None)
        elif limit.rule == "LimitDays":
            yield Sum("days", "week", None, limit.limit, None, None, None)


_OWN = tuple(_own())
"""People's own limits, required where no rule of the policy is about them."""
