"""What the sessions whose plans stand beside a timetable say of the days of those who are examined.

These are the rules of a session that lessons and consultations can break: `FreeExamDays`, and `LimitInDays` of minutes and
of minutes before a screen. A consultation that was asked for counts as a lesson on the day of an exam.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from functools import cached_property
from typing import TYPE_CHECKING, Final, Literal
from zoneinfo import ZoneInfo

from scheduler.compile.words import COUNTED
from scheduler.domain.exam_students import nameless_groups_of, open_days, students_of
from scheduler.domain.people import Dates
from scheduler.domain.select import resolve
from scheduler.domain.selectors import parse
from scheduler.operations.consult.standing import Engagement
from scheduler.policies import rules_of_session
from scheduler.policies.figures import screen_minutes

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from scheduler.compile.people import Participant
    from scheduler.domain.courses import Course
    from scheduler.domain.document import Document
    from scheduler.domain.exams import Session
    from scheduler.domain.policy import RuleSpec
    from scheduler.domain.session_plan import SessionPlan
    from scheduler.operations.consult.gathering import Gathering
    from scheduler.operations.consult.limits import Limits
    from scheduler.operations.consult.meetings import Key, Meeting
    from scheduler.operations.consult.minutes import Minutes

Adding = Literal["minutes", "screen minutes"]

LEARN: Final = {"students": "student", "groups": "group"}
ONE_DAY: Final = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class OfDays:
    """A session's rule about the days of those who are examined.

    Attributes
    ----------
    people : frozenset of (str, str)
        Those who learn, as far as it is about them.
    exams : frozenset of str
        The exams of the session that it is about.
    dates : frozenset of date
        The session's, on which lessons count.
    weight : int or None
        None is required.
    adding : str
        What is added up on every `days` days in a row; empty where a lesson must not stand on the day of an exam.
    """

    people: frozenset[Key]
    exams: frozenset[str]
    dates: frozenset[date]
    weight: int | None
    adding: Adding | Literal[""] = ""
    most: int = 0
    days: int = 1


@dataclass(frozen=True, slots=True)
class Missed:
    """By how much a meeting more would miss a rule, at some starts of a date."""

    rule: OfDays
    by: int
    starts: Minutes


class ExamDays:
    """The rules about days of the sessions of some plans."""

    def __init__(
        self, document: Document, people: dict[Key, Participant], limits: Limits, plans: tuple[SessionPlan, ...]
    ) -> None:
        self.document = document
        self.people = people
        self.limits = limits
        self.meetings = limits.meetings
        self.plans = plans

    def missed(
        self, gathering: Gathering, key: Key, day: date, besides: frozenset[date] = frozenset()
    ) -> Iterator[Missed]:
        """Yield the rules that somebody's days miss if a gathering is held on a date.

        Parameters
        ----------
        besides
            Other dates on which such a gathering is to be held too.
        """
        for rule in self._rules:
            if key not in rule.people:
                continue
            zone = self.people[key].bells.zone
            for local in (day - ONE_DAY, day, day + ONE_DAY):  # elsewhere it may be the day before or after
                whole = (Dates(first=local, last=local),)
                starts = self.meetings.clocks.away(day, whole, zone, gathering.minutes)
                if starts and (by := self._by(rule, gathering, key, local, besides)):
                    yield Missed(rule, by, starts)

    def _by(self, rule: OfDays, gathering: Gathering, key: Key, day: date, besides: frozenset[date]) -> int:
        if not rule.adding:
            return sum(self._is_exam(rule, meeting) for meeting in self._on(key, day))
        if day not in rule.dates:
            return 0
        mode = None if gathering.lesson else gathering.mode
        adds = self._amount(rule.adding, gathering.course, mode, gathering.minutes)
        by = 0
        for first in range(1 - rule.days, 1):
            window = [day + timedelta(days=first + n) for n in range(rule.days)]
            has = sum(self._has(rule, key, one, gathering.without) for one in window)
            has += adds * len(besides.intersection(window))
            by += max(0, has + adds - rule.most) - max(0, has - rule.most)
        return by

    # --- what somebody has -------------------------------------------------------------------------------------------

    def _on(self, key: Key, day: date) -> tuple[Meeting, ...]:
        """Return somebody's meetings that begin on a date by their own clock."""
        zone = ZoneInfo(self.people[key].bells.zone)
        near = (one for at in (day - ONE_DAY, day, day + ONE_DAY) for one in self.meetings.of(key, at))
        on = (one for one in near if one.occurrence.start.astimezone(zone).date() == day)
        return tuple({one.occurrence.id: one for one in on}.values())

    @staticmethod
    def _is_exam(rule: OfDays, meeting: Meeting) -> bool:
        held = meeting.placement
        return isinstance(held, Engagement) and held.kind == "exam" and held.exam in rule.exams

    def _has(self, rule: OfDays, key: Key, day: date, without: str | None) -> int:
        """What somebody's exams, consultations and lessons on a date add up to."""
        found = 0
        for meeting in self._on(key, day):
            held, minutes = meeting.placement, meeting.span[1] - meeting.span[0]
            if isinstance(held, Engagement):
                if held.kind == "consultation" or held.exam in rule.exams:
                    found += minutes if rule.adding == "minutes" or held.screen else 0
            elif meeting.occurrence.start.date() in rule.dates and meeting.occurrence.id != without:
                mode = held.mode if held.kind == "consultation" else None
                found += self._amount(rule.adding, self.limits.course(held), mode, minutes)
        return found

    def _amount(self, adding: str, course: Course | None, mode: str | None, minutes: int) -> int:
        if adding == "minutes":
            return minutes
        return 0 if course is None else screen_minutes(self.document, course, minutes, mode)

    # --- the sessions' rules -----------------------------------------------------------------------------------------

    @cached_property
    def _rules(self) -> tuple[OfDays, ...]:
        return tuple(
            rule
            for plan in self.plans
            for session in self.document.sessions
            if not plan.sessions or session.id in plan.sessions
            for spec in rules_of_session(self.document, session)
            if spec.weight != "off" and (rule := self._rule(plan, session, spec)) is not None
        )

    def _rule(self, plan: SessionPlan, session: Session, spec: RuleSpec) -> OfDays | None:
        given = spec.parameters
        what = str(given.get("what", "exams"))
        adding: Adding | Literal[""]
        match spec.rule, COUNTED.get(what, what):
            case "FreeExamDays", _:
                adding = ""
            case "LimitInDays", "minutes":
                adding = "minutes"
            case "LimitInDays", "screen minutes":
                adding = "screen minutes"
            case _:
                return None
        people = self._selected(str(given.get("people", "students; groups")))
        exams = self._selected(str(given.get("exams", "exams")))
        return OfDays(
            people=self._examined(plan) & {(LEARN[kind], name) for kind, name in people if kind in LEARN},
            exams=frozenset(
                one.id for one in self.document.exams if one.session == session.id and ("exams", one.id) in exams
            ),
            dates=frozenset(one.date for one in open_days(self.document, session)),
            weight=spec.weight if isinstance(spec.weight, int) else None,
            adding=adding,
            most=int(str(given.get("most", 0))),
            days=int(str(given.get("days", 1))),
        )

    def _selected(self, selector: str) -> set[tuple[str, str]]:
        return {(ref.kind, ref.id) for ref in resolve(parse(selector), self.document, lenient=True)}

    def _examined(self, plan: SessionPlan) -> frozenset[Key]:
        """Who sits an exam of a plan's sessions."""
        exams = [one for one in self.document.exams if not plan.sessions or one.session in plan.sessions]
        students = (("student", name) for exam in exams for name in students_of(self.document, exam))
        groups = (("group", name) for exam in exams for name in nameless_groups_of(self.document, exam))
        return frozenset([*students, *groups])
