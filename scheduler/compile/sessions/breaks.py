"""Breaks that everybody in commissions must have between two exams, as a part of the exams' own lengths.

A required break of all teachers is not told as pairs of all exams that each might be in: beside each whole part of an exam
stands one that is longer by the break, and for each teacher somebody who only attends these. Nobody can attend two at once.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from scheduler.policies import rules_of_session
from solver.problem import Attendance

if TYPE_CHECKING:
    from scheduler.compile.sessions.build import Build
    from scheduler.domain.exams import Session
    from scheduler.domain.policy import RuleSpec

RULE = "RestBetween"


def is_of_all_teachers(spec: RuleSpec) -> bool:
    """Whether a rule is one that breaks in this module keep: required, of all teachers in all exams of a session."""
    told = spec.parameters
    whole = told.get("people", "teachers") == "teachers" and "exams" not in told
    minutes = told.get("minutes")
    return spec.rule == RULE and spec.weight == "required" and whole and type(minutes) is int and minutes > 0


def break_of(build: Build, session: Session) -> int:
    """Return how long the break between two exams of a teacher must be in a session."""
    found = (spec for spec in rules_of_session(build.document, session) if is_of_all_teachers(spec))
    return max((int(str(spec.parameters["minutes"])) for spec in found), default=0)


@dataclass
class Breaks:
    """Adds breaks to what is built.

    Attributes
    ----------
    of : dict of int to int
        For each event that is a whole part of an exam the one that is longer by the break.
    """

    build: Build
    of: dict[int, int] = field(default_factory=dict)

    def add(self) -> None:
        """Add breaks after all exams whose sessions want them."""
        build = self.build
        minutes: dict[str, int] = {}
        for event, held in enumerate(tuple(build.events)):
            if held.kind != "exam" or held.exam is None or held.stretch > 0:
                continue
            session = held.exam.session
            if session not in minutes:
                minutes[session] = break_of(build, build.document.session(session))
            if minutes[session]:
                spans = tuple(None if span is None else (span[0], span[1] + minutes[session]) for span in held.spans)
                self.of[event] = build.event(replace(held, kind="break", spans=spans))
        resting: dict[int, int] = {}
        for row in tuple(build.rows):
            attendee = build.attendees[row.resource]
            if row.event not in self.of or attendee.kind != "teacher":
                continue
            if row.resource not in resting:
                resting[row.resource] = build.resource(replace(attendee, stands_in="resting"))
            build.rows.append(Attendance(self.of[row.event], resting[row.resource], row.given))
