"""Everybody who has a calendar: students with their plans, teachers, tutors, support staff, parents, coordinators."""

from typing import Literal

from pydantic import Field

from scheduler.domain.base import (
    Clock,
    Count,
    Day,
    Exact,
    Feature,
    Grade,
    Id,
    Minutes,
    Name,
    Record,
    TimeZone,
    Week,
    Weekday,
)

Device = Literal["computer", "tablet", "none"]
"""On what a student learns online: the limits of screen time differ."""


class Window(Record):
    """Times of the week, by the clock of the person or place that has them."""

    days: tuple[Weekday, ...] = ()
    """None named means every day."""
    weeks: tuple[Week, ...] = ()
    """Weeks of the cycle; none named means every week."""
    start: Clock | None = None
    """From the beginning of the day where it is left out."""
    end: Clock | None = None
    """To the end of the day where it is left out."""


class Hours(Window):
    """When somebody or something is there, or is not.

    Who has windows that are available is there in these only; then the windows that are not available are taken out.
    """

    available: bool = True


class Dates(Record):
    """Dates on which somebody is away, both ends included; for whole days unless times are given."""

    first: Day
    last: Day
    start: Clock | None = None
    end: Clock | None = None
    reason: Name = ""


class Availability(Record):
    """When somebody can be asked for: by the week and by date."""

    weekly: tuple[Hours, ...] = ()
    dated: tuple[Dates, ...] = ()
    """Absences that are known before the term."""


class Limits(Record):
    """Somebody's own limits; each comes before the policy's figure for that person."""

    lessons_per_day: Count | None = None
    lessons_per_week: Count | None = None
    minutes_per_day: Minutes | None = None
    minutes_per_week: Minutes | None = None
    screen_minutes_per_day: Minutes | None = None
    screen_minutes_per_week: Minutes | None = None
    difficulty_per_day: Count | None = None
    days_per_week: int | None = Field(None, ge=0, le=7)
    gaps_per_day: Count | None = None
    gaps_per_week: Count | None = None
    consecutive: Count | None = None
    """Lessons without a free period between them."""
    earliest: Clock | None = None
    """No lesson starts before."""
    latest: Clock | None = None
    """No lesson ends after."""


class PlanItem(Record):
    """One line of an individual study plan."""

    course: Id
    hours: Exact | None = Field(None, ge=0, le=60)
    """Hours a week: 2, 0.5; the course's own where it is left out."""


class Student(Record):
    """A learner with a plan of their own."""

    id: Id
    name: Name = ""
    grade: Grade | None = None
    school: Id | None = None
    site: Id | None = None
    """Where they sit during online lessons; None means at home."""
    time_zone: TimeZone | None = None
    """For those at home; that of their school's first site where it is left out."""
    bells: Id | None = None
    """Their shift; their site's bells where it is left out."""
    device: Device = "computer"
    equipment: tuple[Feature, ...] = ()
    """What they have at home."""
    needs: tuple[Feature, ...] = ()
    """What every workstation of theirs must offer."""
    plan: tuple[PlanItem, ...] = ()
    availability: Availability = Availability()
    limits: Limits = Limits()
    remarks: str = ""


class Qualification(Record):
    """A subject that somebody may teach, and in which grades."""

    subject: Id
    grades: tuple[Grade, ...] = ()
    """None named means all."""


class Teacher(Record):
    """A teacher; a network teacher (сетевой преподаватель) serves several schools online and is still one person."""

    id: Id
    name: Name = ""
    kind: Literal["network", "staff"] = "staff"
    schools: tuple[Id, ...] = ()
    """The schools they serve; none named means all."""
    site: Id | None = None
    """Where they sit; None means online from home, where they need no workstation."""
    time_zone: TimeZone | None = None
    """For those at home; the term's where it is left out."""
    qualifications: tuple[Qualification, ...] = ()
    availability: Availability = Availability()
    limits: Limits = Limits()
    preferred: tuple[Window, ...] = ()
    """Times they would like."""
    avoided: tuple[Window, ...] = ()
    """Times they would rather not have."""
    needs: tuple[Feature, ...] = ()
    """What every workstation of theirs must offer."""
    remarks: str = ""

    def may_teach(self, subject: str, grade: int | None) -> bool:
        """Whether they are qualified for the subject in the grade; who names no subjects may teach all."""
        return not self.qualifications or any(
            item.subject == subject and (grade is None or not item.grades or grade in item.grades)
            for item in self.qualifications
        )


class Tutor(Record):
    """A tutor (тьютор), who sits with students at a site during their online lessons."""

    id: Id
    name: Name = ""
    site: Id | None = None
    """Where they are; None where they go to every site that they are needed at."""
    groups: tuple[Id, ...] = ()
    courses: tuple[Id, ...] = ()
    students: tuple[Id, ...] = ()
    """Whom they accompany; with nobody named, all online lessons at their site."""
    availability: Availability = Availability()
    limits: Limits = Limits()
    remarks: str = ""


class Support(Record):
    """Somebody of the support staff: an engineer, a psychologist, a sign language interpreter."""

    id: Id
    name: Name = ""
    role: Name = ""
    site: Id | None = None
    availability: Availability = Availability()
    limits: Limits = Limits()
    remarks: str = ""


class Parent(Record):
    """A reader of their children's calendars."""

    id: Id
    name: Name = ""
    students: tuple[Id, ...] = ()


class Coordinator(Record):
    """The municipal coordinator, a reader of schools' lists."""

    id: Id
    name: Name = ""
    schools: tuple[Id, ...] = ()
    """None named means all."""
