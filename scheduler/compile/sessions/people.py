"""Whoever may be needed in a session, with the zone and the site where they are."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Literal

from scheduler.compile.people import NO_LIMITS, NOTHING, Kind, People

if TYPE_CHECKING:
    from scheduler.domain.document import Document
    from scheduler.domain.people import Availability, Limits

Key = tuple[Kind, str]
"""A kind of people and an id."""


@dataclass(frozen=True, slots=True)
class Attendee:
    """A person, or a group without named students.

    Attributes
    ----------
    zone : str
        By whose clock they live.
    stands_in : str or None
        What it only stands for: a tutor who cannot be at an exam while accompanying one lesson, a teacher who rests
        between exams, or somebody on the way between a lesson that stays and exams at another place.
    """

    kind: Kind
    id: str
    name: str
    zone: str
    site: str | None = None
    grade: int | None = None
    availability: Availability = NOTHING
    limits: Limits = NO_LIMITS
    needs: frozenset[str] = frozenset()
    stands_in: Literal["accompanying", "resting", "travelling"] | None = None

    @property
    def key(self) -> Key:
        """Kind and id."""
        return self.kind, self.id


class Attendees:
    """The document's people by kind and id, each made when it is asked for."""

    def __init__(self, document: Document) -> None:
        self.document = document
        self.people = People(document)
        self._known: dict[Key, Attendee] = {}

    def __getitem__(self, key: Key) -> Attendee:
        found = self._known.get(key)
        if found is None:
            found = self._known[key] = self._make(*key)
        return found

    def helper(self, person: str) -> Key:
        """Return who assists in an exam: a tutor, a teacher or one of the support staff."""
        kinds: tuple[tuple[str, Kind], ...] = (("tutors", "tutor"), ("teachers", "teacher"))
        return next(
            ((kind, person) for listed, kind in kinds if self.document.has(listed, person)), ("support", person)
        )

    def _make(self, kind: Kind, key: str) -> Attendee:
        document, usual = self.document, self.document.term.time_zone
        match kind:
            case "student":
                s = document.student(key)
                zone = self.people.zone_of_site(s.site) if s.site is not None else s.time_zone
                zone = zone or self._zone_of_school.get(s.school, usual)
                needs = frozenset(s.needs)
                return Attendee(kind, key, s.name, zone, s.site, s.grade, s.availability, s.limits, needs)
            case "teacher":
                t = document.teacher(key)
                zone = self.people.zone_of_site(t.site) if t.site is not None else t.time_zone or usual
                needs = frozenset(t.needs)
                return Attendee(kind, key, t.name, zone, t.site, None, t.availability, t.limits, needs)
            case "tutor" | "support":
                one = document.tutor(key) if kind == "tutor" else document.supporter(key)
                zone = self.people.zone_of_site(one.site)
                return Attendee(kind, key, one.name, zone, one.site, None, one.availability, one.limits)
            case "group":
                g = document.group(key)
                return Attendee(kind, key, g.name, self.people.zone_of_site(g.site), g.site, g.grade, g.availability)

    @cached_property
    def _zone_of_school(self) -> dict[str | None, str]:
        return {site.school: self.people.zone_of_site(site.id) for site in reversed(self.document.sites)}
