"""Attestation: sessions of exams, commissions, entitlements of students; and consultations asked for during the term."""

from fractions import Fraction
from typing import Annotated, Literal

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
    Text,
    TimeZone,
    Weekday,
)
from scheduler.domain.courses import RoomNeed
from scheduler.domain.people import Window
from scheduler.domain.policy import RuleSpec

Form = Literal["written", "oral", "test", "presentation"]
"""How an exam is held: all write together, one after another (oral, presentation), or at workstations (test)."""

Role = Literal["chair", "examiner", "assistant", "observer"]
"""What somebody does in a commission."""

GivesWay = Literal["no", "cancel", "move"]
"""What may happen to a lesson where an exam or a consultation needs its time, its people or its room."""


class Starts(Record):
    """Times of day at which exams may start."""

    grades: tuple[Grade, ...] = ()
    """None named means all."""
    days: tuple[Weekday, ...] = ()
    """None named means every day of the session."""
    times: tuple[Clock, ...] = Field(min_length=1)


class ExamPeriod(Record):
    """A fixed period of a session, for exams that do not start at times of their own.

    Periods are taken as they are told: who has exams in two of them has no clash, even where by the clock one runs into
    the next.
    """

    date: Day
    start: Clock
    minutes: int = Field(ge=1, le=1440)
    penalty: Count = 0
    """What an exam costs in it."""


class Session(Record):
    """A session of exams: the dates on which they may be held, and its rules."""

    id: Id
    name: Name = ""
    kind: Literal["interim", "final", "retake"] = "interim"
    first_day: Day
    last_day: Day
    week_days: int | None = Field(None, ge=1, le=7)
    """Days of a week on which exams may be held, from Monday; the term's where it is left out."""
    closed_days: tuple[Day, ...] = ()
    """Dates without exams, beside the term's holidays."""
    reserve_days: tuple[Day, ...] = ()
    """Dates that are kept for those who were ill."""
    time_zone: TimeZone | None = None
    """In which its times are told; the term's where it is left out."""
    starts: tuple[Starts, ...] = ()
    """When exams may start; those of its grades come before those of all."""
    periods: tuple[ExamPeriod, ...] = ()
    """Instead of starts: every exam takes one of these."""
    latest_end: Clock | None = None
    """No exam ends after, extra time included."""
    consultation_starts: tuple[Clock, ...] = ()
    """When consultations before exams may start; as exams do where none is named."""
    lessons: Literal["go_on", "suspended"] = "go_on"
    """Whether lessons go on beside it; suspended for everybody who is examined, on all its days."""
    lessons_give_way: GivesWay = "cancel"
    """What may happen to a lesson that goes on and stands in an exam's way."""
    published: Day | None = None
    """When its plan is made known: from then on notice counts."""
    seats_per_student: Exact = Field(Fraction(1), ge=1, le=10)
    """Seats of a room for each student: 2 where every other seat is left free."""
    profiles: tuple[Name, ...] = ("attestation",)
    rules: tuple[RuleSpec, ...] = ()
    """Its own rules; one with the id of a profile's rule amends that one."""


class Seats(Record):
    """Seats of one role in a commission, and who may take them."""

    role: Role
    count: int = Field(1, ge=1, le=20)
    candidates: tuple[Id, ...] = ()
    """Only these teachers; all who may where none is named."""
    qualified: bool = True
    """Whether they must be qualified in the exam's subject and grade."""
    independent: bool = False
    """Whether they must not be the students' own teachers of the subject."""
    at_site: bool = False
    """Whether they must be at the exam's site; else they may sit elsewhere and be there online."""
    may_be_vacant: bool = False
    """Whether the exam may be held with the seat empty."""
    one_for_subject: bool = False
    """Whether one person holds the seat in all the session's exams of a subject."""


class Commission(Record):
    """Who holds an exam: so many of each role."""

    id: Id
    name: Name = ""
    seats: tuple[Seats, ...] = Field(min_length=1)


class ConsultationNeed(Record):
    """A consultation that is due before an exam."""

    minutes: int = Field(45, ge=5, le=600)
    least_days: Annotated[int, Field(ge=0, le=60)] = 1
    """Days before the exam at least; 0 is the same day."""
    most_days: Annotated[int, Field(ge=0, le=60)] = 3
    by: Literal["teacher", "examiner"] = "teacher"
    """Who holds it: a teacher of the course, or one of the exam's examiners."""
    mode: Literal["online", "site"] = "online"


class Exam(Record):
    """An exam of a session."""

    id: Id
    name: Name = ""
    session: Id
    subject: Id | None = None
    grade: Grade | None = None
    courses: tuple[Id, ...] = ()
    """Whose students are examined: those whose plans hold one of these, and the groups that attend it."""
    groups: tuple[Id, ...] = ()
    students: tuple[Id, ...] = ()
    """Further students, by name."""
    size: Count | None = None
    """How many, where the students are not named."""
    minutes: int = Field(ge=0, le=1440)
    """How long all write; how long an oral exam lasts follows from its turns."""
    form: Form = "written"
    turn_minutes: int | None = Field(None, ge=1, le=240)
    """How long a student's turn of an oral exam or a presentation is."""
    turns_at_once: int = Field(1, ge=1, le=50)
    """How many students have their turns at the same time."""
    mode: Literal["online", "site"] = "site"
    site: Id | None = None
    """Where it is held; the site of most of its students where it is left out."""
    room: RoomNeed | None = None
    """The room that it needs, if it needs one; others may sit in it too where there are seats, not in further rooms of it.

    One that is optional has no further ones.
    """
    own_room: bool = False
    """Whether no other exam may be in its room."""
    workstations: bool = False
    """Whether each student sits at a workstation; always so in a test, and online for who sits at a site."""
    features: tuple[Feature, ...] = ()
    """What each of these workstations must offer."""
    most_in_part: int | None = Field(None, ge=1, le=10_000)
    """Students of one part at most: more are divided into parallel groups, each with a room and a commission."""
    same_time: bool = True
    """Whether all its parts are held at the same time."""
    commission: Id | None = None
    date: Day | None = None
    """Its date, where it is fixed."""
    start: Clock | None = None
    """When it starts, where that is fixed."""
    not_before: Day | None = None
    not_after: Day | None = None
    publish_by: Day | None = None
    """By when its date must be made known."""
    after: tuple[Id, ...] = ()
    """Exams before which it must not be held: it comes after each."""
    together: tuple[Id, ...] = ()
    """Exams that are held at the same time as it."""
    apart: tuple[Id, ...] = ()
    """Exams that are never held at the same time as it."""
    consultation: ConsultationNeed | None = None
    remarks: Text = ""

    @property
    def in_turns(self) -> bool:
        """Whether students come one after another."""
        return self.turn_minutes is not None

    @property
    def at_workstations(self) -> bool:
        """Whether each student who is at a site sits at a workstation."""
        return self.workstations or self.form == "test" or self.mode == "online"


class Entitlement(Record):
    """What a student is entitled to in exams."""

    student: Id
    exams: tuple[Id, ...] = ()
    """None named means all."""
    forms: tuple[Form, ...] = ()
    """Only in exams of these forms; none named means all."""
    extra_minutes: Minutes = 0
    own_room: bool = False
    """A room without others; in an exam online who sits at home has one, and who sits at a site must not ask for it."""
    own_workstation: bool = False
    """A workstation even where the others write without."""
    features: tuple[Feature, ...] = ()
    """What that workstation, or room, must offer besides."""
    assistant: bool = False
    """Whether somebody sits with the student."""
    assistants: tuple[Id, ...] = ()
    """Who may: tutors, teachers or support staff; any tutor where none is named."""

    @property
    def room_features(self) -> tuple[Feature, ...]:
        """What the room of their own must offer: all the features, unless they are of the workstation."""
        return self.features if self.own_room and not self.own_workstation else ()

    @property
    def workstation_features(self) -> tuple[Feature, ...]:
        """What their workstation must offer: their own, or one like the others' where they sit with them."""
        return self.features if self.own_workstation or not self.own_room else ()


class Request(Record):
    """A consultation that somebody asks for during the term."""

    id: Id
    name: Name = ""
    course: Id | None = None
    teachers: tuple[Id, ...] = ()
    """Who may hold it; the course's own teachers, or the qualified, where none is named."""
    students: tuple[Id, ...] = ()
    groups: tuple[Id, ...] = ()
    minutes: int = Field(45, ge=5, le=600)
    count: int = Field(1, ge=1, le=20)
    """How many consultations, on different days."""
    first_day: Day
    last_day: Day
    """By when the last must be held."""
    earliest: Clock | None = None
    """No start before, in the term's time zone."""
    latest: Clock | None = None
    """No end after."""
    preferred: tuple[Window, ...] = ()
    avoided: tuple[Window, ...] = ()
    mode: Literal["online", "site"] = "online"
    site: Id | None = None
    room: RoomNeed | None = None
    agree: tuple[Id, ...] = ()
    """Tutors who must agree: they are there too, and so must be free."""
    may_move: bool = False
    """Whether a lesson may be moved for it."""
    priority: int = Field(1, ge=1, le=9)
    """1 comes first."""
    remarks: Text = ""
