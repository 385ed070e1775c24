"""Who takes part: everybody who attends something, by whose bells they live and where they sit."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Literal

from scheduler.compile.clock import Bells
from scheduler.domain.people import Availability, Limits

if TYPE_CHECKING:
    from scheduler.domain.courses import Group
    from scheduler.domain.document import Document
    from scheduler.domain.people import Student, Support, Teacher, Tutor

NOTHING = Availability()
NO_LIMITS = Limits()

Kind = Literal["student", "teacher", "tutor", "support", "group"]


@dataclass(frozen=True, slots=True)
class Participant:
    """A person, or a group.

    Attributes
    ----------
    bells : Bells
        By which they live.
    counted : bool
        Whether they are one of those who learn: a student, or a group without named students and without parts. Other
        groups have a calendar, but their people are counted already.
    stand_in : bool
        Whether it only stands for a tutor who cannot be at another event while accompanying one lesson.
    """

    kind: Kind
    id: str
    bells: Bells
    site: str | None = None
    grade: int | None = None
    availability: Availability = NOTHING
    limits: Limits = NO_LIMITS
    counted: bool = True
    stand_in: bool = False


class People:
    """The document's people, with what follows from groups that are parts of others."""

    def __init__(self, document: Document) -> None:
        self.document = document

    def size(self, group: str) -> int:
        """How many people a group has: 1 at least, for somebody has to attend."""
        return max(self.document.group(group).size or 0, len(self.document.members(group)), 1)

    @cached_property
    def all(self) -> tuple[Participant, ...]:
        """Everybody, students first, then teachers, tutors, support staff and groups."""
        document = self.document
        return (
            *map(self._student, document.students),
            *map(self._teacher, document.teachers),
            *map(self._tutor, document.tutors),
            *map(self._support, document.support),
            *map(self._group, document.groups),
        )

    def zone_of_site(self, site: str | None) -> str:
        """Return the time zone of a site; the term's where it has none."""
        own = self.document.site(site).time_zone if site is not None else None
        return own or self.document.term.time_zone

    def bells_of_site(self, site: str | None, bells: str | None = None) -> Bells:
        """Return the bells of a site, or other bells rung there."""
        key = bells or (self.document.site(site).bells if site is not None else None)
        schedule = self.document.bell_schedule(key) if key is not None else self.document.bells[0]
        return Bells(schedule, self.zone_of_site(site))

    def _student(self, item: Student) -> Participant:
        site = item.site or self._first_site(item.school)
        bells = self.bells_of_site(site, item.bells)
        if item.site is None and item.time_zone is not None:
            bells = Bells(bells.schedule, item.time_zone)
        return Participant("student", item.id, bells, item.site, item.grade, item.availability, item.limits)

    def _teacher(self, item: Teacher) -> Participant:
        bells = self.bells_of_site(item.site)
        if item.site is None and item.time_zone is not None:
            bells = Bells(bells.schedule, item.time_zone)
        return Participant("teacher", item.id, bells, item.site, None, item.availability, item.limits)

    def _tutor(self, item: Tutor) -> Participant:
        bells = self.bells_of_site(item.site)
        return Participant("tutor", item.id, bells, item.site, None, item.availability, item.limits)

    def _support(self, item: Support) -> Participant:
        bells = self.bells_of_site(item.site)
        return Participant("support", item.id, bells, item.site, None, item.availability, item.limits)

    def _group(self, item: Group) -> Participant:
        counted = not self.document.members(item.id) and len(self.document.within(item.id)) == 1
        bells, availability = self.bells_of_site(item.site), self._availability(item)
        return Participant("group", item.id, bells, item.site, item.grade, availability, counted=counted)

    def _availability(self, item: Group) -> Availability:
        """Return when a group can be asked for: its own availability and that of the groups that it is a part of."""
        found, ahead = {item.id: item}, list(item.part_of)
        while ahead:
            whole = self.document.group(ahead.pop())
            if found.setdefault(whole.id, whole) is whole:
                ahead += [part for part in whole.part_of if part not in found]
        own = [group.availability for group in found.values() if group.availability != NOTHING]
        if not own:
            return NOTHING
        return Availability(
            weekly=tuple(h for one in own for h in one.weekly), dated=tuple(d for one in own for d in one.dated)
        )

    def _first_site(self, school: str | None) -> str | None:
        if school is None:
            return None
        return next((site.id for site in self.document.sites if site.school == school), None)
