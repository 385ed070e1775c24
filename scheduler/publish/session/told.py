"""What the pages and the sheets of a session have in common: in which order people stand, how a date or a grade is told."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any

from scheduler.domain.exams import Session
from scheduler.publish.participants import Kind, label, participant
from scheduler.publish.session.appointments import Day, Strip
from scheduler.publish.session.views import SessionViews
from scheduler.publish.words import weekday
from scheduler.texts import Texts


@dataclass(frozen=True)
class Told:
    """A session's plan and the language in which it is told."""

    views: SessionViews
    texts: Texts

    @cached_property
    def numbers(self) -> dict[str, int]:
        """The protocols' numbers by their sittings."""
        return {sitting.key: number for number, sitting in enumerate(self.views.sittings, 1)}

    def strips(self, kind: Kind, session: Session) -> list[Strip]:
        """Everybody of a kind who has an exam, by their names, students grade by grade."""
        people = [participant(self.views.document, kind, key) for key in self.views.people(kind, session)]
        people.sort(key=lambda who: (who.grade is None, who.grade or 0, self.texts.sort_key(who.full_name)))
        return [self.views.strip(who, session) for who in people]

    def look(self, exam: str) -> dict[str, Any]:
        """The sign of an exam and the classes of its colour."""
        look, subject = self.views.look(exam), self.views.subject(exam)
        place = None if subject is None else self.views.document.ids("subjects").index(subject)
        return {"sign": look.sign, "look": "plain" if place is None else f"s{place} p{look.pattern}"}

    def grade(self, grade: int | None) -> str:
        """A grade, or that there is none."""
        return self.texts("without a grade") if grade is None else self.texts("grade {grade}", grade=grade)

    def note(self, day: Day) -> str:
        """What is said beside a date."""
        return day.name or (self.texts("reserve day") if day.kind == "reserve" else "")

    def dated(self, day: date) -> dict[str, str]:
        """A date as a page tells it."""
        return {
            "iso": day.isoformat(),
            "day": self.texts.day(day),
            "weekday": weekday(self.texts, day.weekday()),
            "short": self.texts.weekday(day.weekday(), "abbreviated"),
        }

    def who(self, students: Sequence[str], groups: Sequence[str]) -> str:
        """Who attends: groups, or a few by name, or how many."""
        document = self.views.document
        if groups:
            return ", ".join(label(document, "groups", key) for key in groups)
        if len(students) <= 3:
            return ", ".join(label(document, "students", key) for key in students)
        return self.texts("Students: {n}", n=len(students))
