"""What is learnt: subjects, groups, courses and how their hours become lessons."""

from typing import Annotated, Literal, Self

from pydantic import Field, StringConstraints, model_validator
from pydantic_core import PydanticCustomError

from scheduler.domain.base import Count, Day, Exact, Feature, Grade, Id, Label, Minutes, Name, Record, Text
from scheduler.domain.people import Availability, Device

Mode = Literal["online", "site", "self_paced"]
"""How lessons are held: online live, at a site, or at the learner's own pace (shown with a deadline, not placed)."""

Claimant = Literal["students", "teachers"]


class Difficulty(Record):
    """Points of difficulty of a subject in some grades."""

    grades: tuple[Grade, ...] = ()
    """None named means all."""
    points: Count


class Subject(Record):
    """A subject."""

    id: Id
    name: Name = ""
    difficulty: tuple[Difficulty, ...] = ()
    """The school's own points; a profile's table where none are given."""
    counts_as: Name = ""
    """The row of a profile's table that it belongs to, where its id and name do not tell."""
    colour: Annotated[str, StringConstraints(pattern=r"^#[0-9A-Fa-f]{6}$")] | None = None

    def points(self, grade: int | None) -> int | None:
        """The school's own points in the grade, if it gives any."""
        return next((d.points for d in self.difficulty if not d.grades or grade in d.grades), None)


class Group(Record):
    """People who learn together: a class, half of one, a stream."""

    id: Id
    name: Name = ""
    grade: Grade | None = None
    site: Id | None = None
    students: tuple[Id, ...] = ()
    size: Count | None = None
    """How many, where the students are not named."""
    part_of: tuple[Id, ...] = ()
    """Groups whose people these are too: a part cannot meet while the whole does."""
    availability: Availability = Availability()
    """When its people can be asked for, those of its parts included."""


class Sections(Record):
    """How a course's students are divided, when its groups are formed from the plans."""

    count: int | None = Field(None, ge=1, le=200)
    """So many sections; as few as sizes allow where it is left out."""
    least: Count = 1
    """Students in a section at least."""
    most: int | None = Field(None, ge=1)
    """Students in a section at most."""

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        if self.most is not None and self.most < self.least:
            raise PydanticCustomError("sections", "most not less than least")
        return self


class FurtherRoom(Record):
    """One room that a lesson needs."""

    features: tuple[Feature, ...] = ()
    seats: Count | None = None
    """As many as there are people at the site where it is left out."""
    candidates: tuple[Id, ...] = ()
    """Only one of these; any suitable room of the site where none is named."""


class RoomNeed(FurtherRoom):
    """The room, or rooms, that a lesson needs."""

    optional: bool = False
    """Whether the lesson may be held without."""
    also: tuple[FurtherRoom, ...] = ()
    """Further rooms that it needs at the same time."""
    name: Label = ""
    """What the rooms are called together, where there are several."""


class Course(Record):
    """Lessons that belong together: one subject, one audience, one teacher or team.

    An hour is one lesson of one period. A course nobody must choose is an elective: the catalogue is just the courses.
    """

    id: Id
    name: Name = ""
    subject: Id
    grade: Grade | None = None
    mode: Mode = "online"
    hours: Exact = Field(ge=0, le=60)
    """Hours a week; half an hour is one lesson in a cycle of two weeks."""
    split: tuple[Annotated[int, Field(ge=1, le=24)], ...] = Field((1,), min_length=1)
    """Periods of its lessons, repeated until the hours are used up: (1,) single lessons, (2,) doubles, (2, 1, 1)."""
    lesson_minutes: int | None = Field(None, ge=5, le=600)
    """How long a lesson of one period lasts, from its bell; the whole period where it is left out."""
    groups: tuple[Id, ...] = ()
    """The groups who attend, together."""
    sections: Sections | None = None
    """How to form groups from the plans instead."""
    teachers: tuple[Id, ...] = ()
    """The candidates; everybody qualified where none is named."""
    teachers_needed: int = Field(1, ge=0, le=200)
    """How many of them teach each lesson together; the same ones for all lessons of a section."""
    workstations_for: tuple[Claimant, ...] | None = None
    """Who needs a workstation when sitting at a site; where left out, everybody online and nobody at a site."""
    student_features: tuple[Feature, ...] = ()
    """What a student's workstation (or equipment at home) must offer."""
    teacher_features: tuple[Feature, ...] = ()
    """What a teacher's workstation must offer."""
    room: RoomNeed | None = None
    """The room that each lesson needs, if it needs one."""
    site: Id | None = None
    """Where it is held; that of its groups where it is left out."""
    bells: Id | None = None
    """Its own bell schedule; that of its site where it is left out."""
    device: Device | None = None
    """On what it is learnt; the student's own where it is left out."""
    screen_minutes: Minutes | None = None
    """Minutes before a screen in an hour of it; by default what the profile says of online lessons."""
    deadline: Day | None = None
    """By when a self-paced course is to be done."""
    link: Text = ""
    """Where the online lesson is."""
    remarks: Text = ""

    def needs_workstation(self, who: Claimant) -> bool:
        """Whether those participants need a workstation when they sit at a site."""
        return self.mode == "online" if self.workstations_for is None else who in self.workstations_for
