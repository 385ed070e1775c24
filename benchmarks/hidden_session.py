"""The hidden plan of a synthetic exam session, in numbers: it proves that the session is feasible, and is then forgotten.

Exams get days, students the exams that lie far enough apart, and exams, one after another, the starts, rooms, workstations
and people that are free then. Minutes are counted from the midnight before the first day.
"""

from __future__ import annotations

import random
from bisect import bisect_left
from collections import Counter, defaultdict
from dataclasses import dataclass, field
from fractions import Fraction
from typing import TYPE_CHECKING, Literal, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

WEEK = 6
"""Days of a week on which exams may be held; the first day of a session is a Monday."""
CLEAR = 2
"""Clear days between two exams of a student."""
FEWEST, MOST = 4, 8
"""Exams of a student."""
LONGER = Fraction(13, 10)
"""The window by the shortest possible one."""

DAY = 24 * 60
STARTS = (9 * 60, 14 * 60)
CONSULTATIONS = (16 * 60, 17 * 60, 18 * 60, 19 * 60)
CONSULTATION = 45
LEAST, LONG_BEFORE = 1, 3
"""Days before an exam at which its consultation is held."""
REST = 30
"""Minutes between two things that a teacher does."""
A_DAY = 2
"""Exams a day of an examiner at most."""
EXTRA = 90
"""Minutes more for students who are entitled to them."""
DISTANCE = 2
"""Seats of a room for each student."""
ORAL_SEATS = 10

OF_A_LINE = 20
"""So many exams at most belong to a line: students of one grade who choose among them, one for each subject."""
PROFILES = Fraction(2, 5)
"""Ways of choosing, for each exam of a line."""
QUALIFICATIONS = Fraction(5, 2)
"""Subjects of a teacher."""
FEW = 4
"""Teachers of a subject at least: one who teaches a line, and others who examine it."""
CHAIRS = 3
"""One teacher in so many may be a chair."""
AWAY = 4
"""One teacher in so many does not come on some day of the week."""
TUTORS = 4
HEADSETS = Fraction(3, 5)
"""The share of the workstations that have a headset."""
RELATED = 20
"""One exam in so many is after another, together with another, apart from another."""
TRIES = 20

Form = Literal["written", "test", "oral"]

SUBJECTS: dict[str, tuple[Form, int, str]] = {
    "mathematics": ("written", 235, ""),
    "informatics": ("test", 235, ""),
    "physics": ("written", 235, ""),
    "english": ("test", 180, "headset"),
    "russian": ("written", 210, ""),
    "speaking": ("oral", 15, ""),
    "chemistry": ("written", 210, ""),
    "statistics": ("test", 120, ""),
    "literature": ("written", 235, ""),
    "german": ("test", 180, "headset"),
    "history": ("written", 210, ""),
    "safety": ("test", 90, ""),
    "civics": ("written", 210, ""),
    "biology": ("written", 235, ""),
    "rhetoric": ("oral", 10, ""),
    "geography": ("written", 180, ""),
    "ecology": ("test", 120, ""),
    "astronomy": ("written", 150, ""),
    "economics": ("written", 180, ""),
    "law": ("written", 150, ""),
}
"""Form, minutes (of a turn in an oral exam) and what a workstation must have."""

LONGEST_ORAL = 240

Key = tuple[str, int]
"""A kind of what can be in use, and its number."""


class Span(NamedTuple):
    """From a minute to another."""

    start: int
    end: int


@dataclass
class Student:
    """A student: their line, and what they are entitled to in exams that are no oral ones."""

    line: int
    extra: int = 0
    own_room: bool = False
    own_workstation: bool = False
    assistant: bool = False


@dataclass
class Teacher:
    """A teacher: the subjects, and the day of the week on which they do not come, if there is one."""

    subjects: set[str] = field(default_factory=set)
    away: int | None = None


@dataclass
class Exam:
    """An exam with its place in the plan; students, teachers, rooms, workstations and tutors by their numbers."""

    line: int
    subject: str
    day: int
    students: list[int] = field(default_factory=list)
    form: Form = "written"
    minutes: int = 0
    """How long all write; of an oral exam how long a turn is."""
    lanes: int = 1
    """How many have their turns at once."""
    feature: str = ""
    teacher: int = -1
    """Who teaches the subject in the line."""
    start: int = -1
    room: int = -1
    commission: tuple[int, int, int] = (-1, -1, -1)
    """Chair, examiner, assistant."""
    own_rooms: dict[int, int] = field(default_factory=dict)
    workstations: dict[int, int] = field(default_factory=dict)
    assistants: dict[int, int] = field(default_factory=dict)
    consultation: int = -1
    after: list[int] = field(default_factory=list)
    together: list[int] = field(default_factory=list)
    apart: list[int] = field(default_factory=list)


@dataclass(frozen=True)
class Size:
    """How much of everything there is."""

    exams: int
    students: int
    teachers: int
    workstations: int


class NoPlanError(Exception):
    """Raised where something can be held at no time."""


def is_open(day: int) -> bool:
    """Whether exams may be held on a day, counted from the first."""
    return day % 7 < WEEK


def shortest_days(exams: int) -> int:
    """Count the days that somebody with so many exams needs: each on the first open day that is far enough from the last."""
    day = 0
    for _ in range(exams - 1):
        day += CLEAR + 1
        while not is_open(day):
            day += 1
    return day + 1


class Plan:
    """A session drawn at random, with everything in its place.

    Attributes
    ----------
    days : int
        Of the window.
    reserve : int
        The last open day, which is kept free.
    exams : list of Exam
    students : list of Student
    teachers : list of Teacher
    rooms : list of int
        Their seats: as many rooms as are in use at once.
    workstations : int
        Of these the first `headsets` have a headset.
    fair : int
        Exams of the teacher who holds most.

    Raises
    ------
    NoPlanError
        If something finds no place; another number may help.
    """

    def __init__(self, size: Size, rng: random.Random) -> None:
        self.rng = rng
        self.days = int(LONGER * shortest_days(MOST))
        self.reserve = max(filter(is_open, range(self.days)))
        self.workstations = size.workstations
        self.headsets = int(HEADSETS * size.workstations)
        self.lines = -(-size.exams // OF_A_LINE)
        self.exams: list[Exam] = []
        self.students = [Student(number * self.lines // size.students) for number in range(size.students)]
        self.rooms: list[int] = []
        self._busy: dict[Key, list[Span]] = defaultdict(list)
        self._taken: list[Key] = []
        self._load: Counter[int] = Counter()
        self._on_day: Counter[tuple[int, int]] = Counter()
        for line in range(self.lines):
            self._line(line, (line + 1) * size.exams // self.lines - line * size.exams // self.lines)
        self._entitle()
        self._staff(size.teachers)
        self.exams.sort(key=lambda exam: exam.day)
        for exam in self.exams:
            self._shape(exam)
            self._hold(exam)
        for exam in self.exams:
            self._consult(exam)
        self._relate()
        self.fair = max(self._load.values())

    # --- who sits what ---------------------------------------------------------------------------------------------

    def _line(self, line: int, number: int) -> None:
        """Give a line exams on days of which somebody can sit as many as anybody, and its students exams far enough apart."""
        days = [day for day in range(1, self.days) if is_open(day) and day != self.reserve]
        backbone = chain(days, MOST, self.rng)
        others = [day for day in days if day not in backbone]
        taken = sorted([*backbone, *self.rng.sample(others, number - MOST)])
        names = list(SUBJECTS)[:number]
        self.rng.shuffle(names)
        exams = [Exam(line, name, day) for name, day in zip(names, taken, strict=True)]
        place = {exam.day: exam for exam in exams}
        profiles = [backbone]
        missing = set(taken) - set(backbone)
        while missing or len(profiles) < PROFILES * number:
            profile = self._profile(taken, missing)
            profiles.append(profile)
            missing -= set(profile)
        members = [index for index, student in enumerate(self.students) if student.line == line]
        for turn, student in enumerate(members):
            profile = profiles[turn % len(profiles)]
            most = len(profile) if turn == 0 else self.rng.randint(FEWEST, MOST)
            for day in self.rng.sample(profile, min(most, len(profile))):
                place[day].students.append(student)
        for exam in exams:
            if not exam.students:
                raise NoPlanError
        self.exams += exams

    def _profile(self, days: Sequence[int], missing: set[int]) -> list[int]:
        """Draw days that are far enough apart, one of the missing among them if there are any."""
        for size in range(self.rng.randint(MOST - 2, MOST), FEWEST - 1, -1):
            for _ in range(TRIES):
                found = chain(days, size, self.rng)
                if found and (not missing or missing.intersection(found)):
                    return found
        raise NoPlanError

    def _entitle(self) -> None:
        """Entitle some students to more time, a room, a workstation, an assistant of their own."""
        numbers = list(range(len(self.students)))
        self.rng.shuffle(numbers)
        for place, number in enumerate(numbers):
            student = self.students[number]
            student.extra = EXTRA if place % 15 == 0 else 0
            student.own_room = place % 60 == 0
            student.own_workstation = place % 40 == 1
            student.assistant = place % 60 == 0

    def _staff(self, number: int) -> None:
        """Hire teachers, qualify each for some subjects, and give every exam's subject in its line one who teaches it."""
        self.teachers = [Teacher() for _ in range(number)]
        for absent in self.rng.sample(self.teachers, number // AWAY):
            absent.away = self.rng.randrange(WEEK)
        names = sorted({exam.subject for exam in self.exams})
        able = max(FEW, round(number * QUALIFICATIONS / len(names)))
        order = list(range(number))
        for name in names:
            self.rng.shuffle(order)
            order.sort(key=lambda teacher: len(self.teachers[teacher].subjects))
            for teacher in order[:able]:
                self.teachers[teacher].subjects.add(name)
        taught: Counter[int] = Counter()
        for exam in self.exams:
            exam.teacher = min(self._qualified(exam.subject), key=lambda teacher: (taught[teacher], teacher))
            taught[exam.teacher] += 1

    def _qualified(self, subject: str) -> list[int]:
        return [index for index, teacher in enumerate(self.teachers) if subject in teacher.subjects]

    @property
    def chairs(self) -> range:
        """The teachers who may be chairs."""
        return range(min(len(self.teachers), max(FEW, len(self.teachers) // CHAIRS)))

    def _shape(self, exam: Exam) -> None:
        """Give an exam its form; written on paper where there are not workstations enough."""
        exam.students.sort()
        exam.form, exam.minutes, exam.feature = SUBJECTS[exam.subject]
        if exam.form == "oral":
            exam.lanes = -(-len(exam.students) * exam.minutes // LONGEST_ORAL)
        elif exam.form == "test" and len(exam.students) > (self.headsets if exam.feature else self.workstations):
            exam.form, exam.feature = "written", ""

    # --- when and where --------------------------------------------------------------------------------------------

    def spans(self, exam: Exam) -> dict[int, Span]:
        """Tell for each student of an exam that has its start from when to when they sit it."""
        if exam.form == "oral":
            turns = (
                (student, exam.start + turn // exam.lanes * exam.minutes) for turn, student in enumerate(exam.students)
            )
            return {student: Span(start, start + exam.minutes) for student, start in turns}
        end = exam.start + exam.minutes
        return {student: Span(exam.start, end + self.students[student].extra) for student in exam.students}

    def span(self, exam: Exam) -> Span:
        """Tell from when to when an exam that has its start is held, until its last student ends."""
        return Span(exam.start, max(span.end for span in self.spans(exam).values()))

    def _free(self, key: Key, span: Span, rest: int = 0) -> bool:
        return all(span.end + rest <= other.start or other.end + rest <= span.start for other in self._busy[key])

    def _take(self, kind: str, numbers: Iterable[int], span: Span, rest: int = 0) -> int:
        """Take the first of these that is free.

        Raises
        ------
        NoPlanError
            If none is.
        """
        for number in numbers:
            if self._free((kind, number), span, rest):
                self._busy[kind, number].append(span)
                self._taken.append((kind, number))
                return number
        raise NoPlanError

    def _hold(self, exam: Exam) -> None:
        """Give an exam a start at which everything that it needs is free."""
        starts = list(STARTS)
        self.rng.shuffle(starts)
        for start in starts:
            exam.start = exam.day * DAY + start
            exam.own_rooms, exam.workstations, exam.assistants = {}, {}, {}
            self._taken.clear()
            try:
                self._supply(exam)
            except NoPlanError:
                for key in reversed(self._taken):
                    self._busy[key].pop()
            else:
                return
        raise NoPlanError

    def _supply(self, exam: Exam) -> None:
        spans, whole = self.spans(exam), self.span(exam)
        for student, span in spans.items():
            self._take("student", [student], span)
        entitled = {student: self.students[student] for student in exam.students if exam.form != "oral"}
        for student, own in entitled.items():
            span = spans[student]
            if exam.form == "test" or own.own_workstation:
                others = range(self.headsets, self.workstations)
                last = range(self.headsets)
                exam.workstations[student] = self._take("workstation", last if exam.feature else [*others, *last], span)
            if own.assistant:
                exam.assistants[student] = self._take("tutor", range(TUTORS), span)
        exam.commission = self._sit(exam, whole)
        if exam.form != "test":
            people = sum(not own.own_room for own in entitled.values()) or len(exam.students)
            exam.room = self._room(people * DISTANCE if exam.form == "written" else ORAL_SEATS, whole)
        for student, own in entitled.items():
            if own.own_room:
                exam.own_rooms[student] = self._room(1, spans[student])

    def _room(self, seats: int, span: Span) -> int:
        """Take the smallest free room with so many seats; build one where there is none."""
        large = [room for room, own in enumerate(self.rooms) if own >= seats and self._free(("room", room), span)]
        if not large:
            self.rooms.append(-(-seats // 10) * 10)
            large = [len(self.rooms) - 1]
        return self._take("room", [min(large, key=self.rooms.__getitem__)], span)

    def _sit(self, exam: Exam, span: Span) -> tuple[int, int, int]:
        """Let three teachers sit in an exam's commission who have sat least: the scarcest, who is qualified, first."""
        day = exam.day

        def able(numbers: Iterable[int]) -> list[int]:
            there = [n for n in numbers if self.teachers[n].away != day % 7 and self._on_day[n, day] < A_DAY]
            self.rng.shuffle(there)
            return sorted(there, key=lambda teacher: self._load[teacher])

        independent = [teacher for teacher in self._qualified(exam.subject) if teacher != exam.teacher]
        examiner = self._take("teacher", able(independent), span, REST)
        chair = self._take("teacher", able(n for n in self.chairs if n not in (exam.teacher, examiner)), span, REST)
        rest = (n for n in range(len(self.teachers)) if n not in (examiner, chair))
        assistant = self._take("teacher", able(rest), span, REST)
        for teacher in (chair, examiner, assistant):
            self._load[teacher] += 1
            self._on_day[teacher, day] += 1
        return chair, examiner, assistant

    def _consult(self, exam: Exam) -> None:
        """Give an exam's consultation a time at which its teacher and all its students are free."""
        days = [exam.day - before for before in range(LEAST, LONG_BEFORE + 1)]
        for day in (day for day in days if day >= 0 and is_open(day) and self.teachers[exam.teacher].away != day % 7):
            for clock in CONSULTATIONS:
                span = Span(day * DAY + clock, day * DAY + clock + CONSULTATION)
                if all(self._free(("student", student), span) for student in exam.students) and self._free(
                    ("teacher", exam.teacher), span, REST
                ):
                    self._take("teacher", [exam.teacher], span, REST)
                    for student in exam.students:
                        self._take("student", [student], span)
                    exam.consultation = span.start
                    return
        raise NoPlanError

    def _relate(self) -> None:
        """Say of some exams without common students that one is after the other, that they are together, or apart."""
        numbers = range(len(self.exams))
        wanted = max(2, len(self.exams) // RELATED)
        strangers = [(a, b) for a in numbers for b in range(a) if not self._share(a, b)]
        self.rng.shuffle(strangers)
        spans = [self.span(exam) for exam in self.exams]
        together = [(a, b) for a, b in strangers if spans[a].start == spans[b].start]
        after = [(a, b) for a, b in strangers if spans[b].end <= spans[a].start]
        for a, b in together[:wanted]:
            self.exams[a].together.append(b)
        for a, b in after[:wanted]:
            self.exams[a].after.append(b)
        for a, b in after[wanted : 2 * wanted]:
            self.exams[a].apart.append(b)

    def _share(self, a: int, b: int) -> bool:
        return not set(self.exams[a].students).isdisjoint(self.exams[b].students)


def chain(days: Sequence[int], size: int, rng: random.Random) -> list[int]:
    """Draw so many of the days, ascending, with clear days between, each choice as likely as any; none if there are none."""
    later = [bisect_left(days, day + CLEAR + 1) for day in days]
    # For each number of days: how many chains of so many begin on each day or after.
    ways = [[1] * (len(days) + 1)]
    for _ in range(size):
        ways.append([0] * (len(days) + 1))
        for index in reversed(range(len(days))):
            ways[-1][index] = ways[-1][index + 1] + ways[-2][later[index]]
    found: list[int] = []
    first = 0
    for left in range(size, 0, -1):
        if not ways[left][first]:
            return []
        at = rng.randrange(ways[left][first])
        while at < ways[left][first + 1]:
            first += 1
        found.append(days[first])
        first = later[first]
    return found


def draw(size: Size, seed: int) -> Plan:
    """Draw a session; the same seed makes the same.

    Raises
    ------
    NoPlanError
        If none is found.
    """
    for attempt in range(TRIES):
        try:
            return Plan(size, random.Random(f"{seed}/{attempt}"))
        except NoPlanError:
            continue
    raise NoPlanError(f"No plan was found for {size}; maybe more teachers help.")
