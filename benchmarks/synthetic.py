"""Synthetic schools of any size, no easier than real ones and feasible by construction.

A school is drawn as classes with the hours of a Russian curriculum, as teachers who share those hours, and as a hidden
timetable that keeps every requirement; from it come the requirements that a school would state: when teachers can come,
how many gaps they accept, how many rooms there are. The timetable itself is then forgotten. About 33 classes and 60
teachers make 1,000 lessons a week, and

- every class has at least 95 % of its periods taken, and no gap;
- every teacher has 75-90 % of their periods taken, and their gaps a week and lessons a day are limited;
- for any subject in any grade at most three are qualified, so that two at most can substitute;
- classes are split for languages, computers and crafts, some lessons are doubles, gyms and laboratories are few.
"""

from __future__ import annotations

import random
from collections import Counter, defaultdict
from dataclasses import dataclass, field
from datetime import date, time
from fractions import Fraction
from typing import TYPE_CHECKING

from benchmarks import hidden
from scheduler.domain.base import WEEKDAYS
from scheduler.domain.calendar import Bell, BellSchedule, Term
from scheduler.domain.courses import Course, Group, RoomNeed, Subject
from scheduler.domain.document import Document
from scheduler.domain.people import Availability, Hours, Limits, Qualification, Teacher
from scheduler.domain.places import Room, Site
from scheduler.domain.policy import Policy, RuleSpec

if TYPE_CHECKING:
    from collections.abc import Iterator

PERIODS = 6
BELLS = [(time(8, 30), time(9, 10)), (time(9, 20), time(10, 0)), (time(10, 20), time(11, 0))]
BELLS += [(time(11, 20), time(12, 0)), (time(12, 10), time(12, 50)), (time(13, 0), time(13, 40))]

LESSONS_OF_A_CLASS = 30.3
TEACHERS_OF_A_LESSON = 0.06
CLASSES_OF_A_LINE = 28
"""Beyond so many classes a school has another line (another programme of every subject) with other teachers."""

GRADES = (10, 11, 9, 6, 7, 5, 8)
"""In the order in which a growing school opens them."""

HOURS: dict[str, dict[int, int]] = {
    "mathematics": {5: 5, 6: 5, 7: 5, 8: 5, 9: 5, 10: 6, 11: 6},
    "informatics": {7: 1, 8: 1, 9: 1, 10: 2, 11: 2},
    "physics": {7: 2, 8: 2, 9: 3, 10: 3, 11: 3},
    "chemistry": {8: 2, 9: 2, 10: 2, 11: 2},
    "biology": {5: 1, 6: 1, 7: 1, 8: 2, 9: 2, 10: 1, 11: 1},
    "geography": {5: 1, 6: 1, 7: 2, 8: 2, 9: 2, 10: 1, 11: 1},
    "english": {5: 3, 6: 3, 7: 3, 8: 3, 9: 3, 10: 3, 11: 3},
    "history": {5: 2, 6: 2, 7: 2, 8: 2, 9: 2, 10: 2, 11: 2},
    "civics": {6: 1, 7: 1, 8: 1, 9: 1, 10: 2, 11: 2},
    "crafts": {5: 2, 6: 2, 7: 2},
    "art": {5: 1, 6: 1, 7: 1},
    "music": {5: 1, 6: 1, 7: 1, 8: 1},
    "sport": {5: 2, 6: 2, 7: 2, 8: 2, 9: 2, 10: 2, 11: 2},
    "safety": {8: 1, 10: 1},
    "russian": {5: 5, 6: 4, 7: 4, 8: 3, 9: 3, 10: 2, 11: 2},
    "literature": {5: 2, 6: 2, 7: 2, 8: 2, 9: 3, 10: 3, 11: 3},
}
"""Hours a week of a subject in a grade: 25 in grades 5 and 6, then 29, in grade 10 30."""

ORDER = (
    *("mathematics", "informatics", "physics", "chemistry", "biology", "geography", "english", "history", "civics"),
    *("informatics/2", "crafts", "art", "music", "sport", "safety", "russian", "literature", "english/2", "crafts/2"),
)
"""Who teaches a subject may teach the next one too; halves stand far apart, for they need two teachers."""

SPLIT = ("english", "crafts", "informatics")
DOUBLES: dict[str, dict[int, tuple[int, ...]]] = {
    "crafts": dict.fromkeys((5, 6, 7), (2,)),
    "mathematics": dict.fromkeys((10, 11), (2, 1, 1, 1, 1)),
    "chemistry": dict.fromkeys((10, 11), (2,)),
    "physics": dict.fromkeys((9, 10, 11), (2, 1)),
}
"""How hours are grouped in half of the classes; in the others, and in other subjects, every hour is a lesson."""

ALWAYS_DOUBLE = ("crafts", "mathematics")
"""In all classes: six hours of mathematics do not fall on different days otherwise."""

SPECIAL = {"informatics": "computers", "physics": "lab", "chemistry": "lab", "sport": "gym", "crafts": "workshop"}
"""The feature of the room that a subject needs; other subjects are taught in any classroom."""

COUNTS_AS = {"english": "foreign-language", "sport": "physical-education"}
"""The row of the table of difficulty, where a subject is not called so."""

FEATURES = ("computers", "gym", "lab", "workshop")
QUALIFIED = 3
"""How many may teach a subject in a grade: the teacher and two substitutes."""

FEW = 4
"""Hours for which nobody is hired."""

GAPS = 2
"""Gaps a week that every teacher accepts; some accept more."""

TRIES = 12
TIGHT = 0.82
"""The share of the week for which special rooms are taken."""


@dataclass
class _Class:
    index: int
    grade: int
    line: int
    size: int
    lengths: list[int]
    split: set[str] = field(default_factory=set)

    @property
    def id(self) -> str:
        return f"{self.grade}-{self.index + 1}"

    def subject(self, name: str) -> str:
        return name if self.line == 0 else f"{name}-{self.line + 1}"


@dataclass
class _Part:
    """What one teacher teaches one class, or half of one: a course."""

    owner: _Class
    subject: str
    half: int
    lengths: tuple[int, ...]
    teacher: int = -1
    units: list[int] = field(default_factory=list)

    @property
    def hours(self) -> int:
        return sum(self.lengths)

    @property
    def id(self) -> str:
        return f"{self.owner.id}-{self.subject}" + (f".{self.half}" if self.half else "")

    @property
    def audience(self) -> str:
        return f"{self.owner.id}.{self.half}" if self.half else self.owner.id

    @property
    def cell(self) -> tuple[str, int]:
        return self.owner.subject(self.subject), self.owner.grade


@dataclass(frozen=True)
class School:
    """A school, and the timetable that proves it feasible.

    Attributes
    ----------
    document : Document
        What the school says.
    proof : dict of str to list of tuple of int
        For each course its lessons: day and first period, both from 0, and the number of periods. Never part of the
        document.
    """

    document: Document
    proof: dict[str, list[tuple[int, int, int]]]


def school(lessons: int, seed: int = 1) -> School:
    """Make a school.

    Parameters
    ----------
    lessons : int
        Lessons a week, from 100 to 20,000, or a few less where whole classes do not make them up; a double lesson
        counts 2, and so do the two halves of a split class.
    seed : int
        The same number makes the same school.

    Raises
    ------
    ValueError
        If the number of lessons is out of range.
    RuntimeError
        If no hidden timetable is found.
    """
    if not 100 <= lessons <= 20_000:
        raise ValueError(f"The number of lessons a week ({lessons}) must be from 100 to 20,000.")
    rng = random.Random(seed)
    classes = _classes(lessons, rng)
    parts = _parts(classes, rng)
    staff = _share(parts, round(lessons * TEACHERS_OF_A_LESSON), rng)
    units = _units(parts)
    asked: Counter[str] = Counter()
    for part in parts:
        if part.subject in SPECIAL:
            asked[SPECIAL[part.subject]] += part.hours
    rooms = [-int(-asked[feature] // (PERIODS * hidden.DAYS * TIGHT)) for feature in FEATURES]
    for _ in range(TRIES):
        times = hidden.timetable(units, [c.lengths for c in classes], rooms, PERIODS, rng.getrandbits(32))
        proof = {part.id: [(*times[unit], units[unit].periods) for unit in part.units] for part in parts}
        weeks = [_week(courses, proof) for courses in staff.courses]
        if all(_spare(week)[1] >= 0 for week in weeks):
            return School(_document(lessons, seed, classes, parts, staff, weeks, proof, rng), proof)
    raise RuntimeError(
        f"No teachers' weeks without many gaps were found ({lessons} lessons); maybe another seed helps."
    )


def _classes(lessons: int, rng: random.Random) -> list[_Class]:
    """Open classes until their hours, some of them split, make up the lessons."""
    weeks = [sum(table.get(grade, 0) for table in HOURS.values()) for grade in GRADES]
    number = round(lessons / LESSONS_OF_A_CLASS)
    while sum(weeks[index % len(weeks)] for index in range(number)) > lessons:
        number -= 1
    lines = -(-number // CLASSES_OF_A_LINE)
    classes = []
    for index in range(number):
        grade, hours = GRADES[index % len(GRADES)], weeks[index % len(weeks)]
        # The days that end a period earlier.
        short = rng.sample(range(hidden.DAYS), -hours % hidden.DAYS)
        lengths = [-(-hours // hidden.DAYS) - (day in short) for day in range(hidden.DAYS)]
        classes.append(_Class(index, grade, index * lines // number, rng.randint(24, 28), lengths))
    missing = lessons - sum(sum(c.lengths) for c in classes)
    splits = [(c, subject) for c in classes for subject in SPLIT if c.grade in HOURS[subject]]
    rng.shuffle(splits)
    for owner, subject in splits:
        if HOURS[subject][owner.grade] <= missing:
            owner.split.add(subject)
            missing -= HOURS[subject][owner.grade]
    return classes


def _parts(classes: list[_Class], rng: random.Random) -> list[_Part]:
    """Make the courses of every class, in the order in which teachers take them."""
    parts: list[_Part] = []
    for owner in classes:
        for subject, table in HOURS.items():
            if owner.grade not in table:
                continue
            lengths = (1,) * table[owner.grade]
            if owner.grade in DOUBLES.get(subject, {}) and (subject in ALWAYS_DOUBLE or rng.random() < 0.5):
                lengths = DOUBLES[subject][owner.grade]
            halves = (1, 2) if subject in owner.split else (0,)
            parts.extend(_Part(owner, subject, half, lengths) for half in halves)
    place = {name: index for index, name in enumerate(ORDER)}
    parts.sort(
        key=lambda p: (
            place[f"{p.subject}/2" if p.half == 2 else p.subject],
            p.owner.line,
            p.owner.grade,
            p.owner.index,
        )
    )
    return parts


@dataclass
class _Staff:
    """Teachers as they are hired: their courses and hours, and who may teach a subject in a grade."""

    courses: list[list[_Part]] = field(default_factory=list)
    loads: list[int] = field(default_factory=list)
    qualified: dict[tuple[str, int], set[int]] = field(default_factory=lambda: defaultdict(set))
    halves: dict[tuple[int, str], set[int]] = field(default_factory=lambda: defaultdict(set))

    def hire(self) -> int:
        self.courses.append([])
        self.loads.append(0)
        return len(self.loads) - 1

    def give(self, part: _Part, teacher: int) -> None:
        self.courses[teacher].append(part)
        self.loads[teacher] += part.hours
        self.qualified[part.cell].add(teacher)
        self.halves[part.owner.index, part.subject].add(teacher)

    def take(self, part: _Part, teacher: int) -> None:
        self.courses[teacher].remove(part)
        self.loads[teacher] -= part.hours
        self.halves[part.owner.index, part.subject].discard(teacher)

    def fits(self, part: _Part, teacher: int) -> bool:
        """Whether nobody would have both halves of a class, nor too many be qualified."""
        others = self.qualified[part.cell] - {teacher}
        return teacher not in self.halves[part.owner.index, part.subject] and len(others) < QUALIFIED

    def least_loaded(self, part: _Part) -> int:
        """Who teaches the subject in the grade, and not the class's other half, for the fewest hours."""
        others = self.qualified[part.cell] - self.halves[part.owner.index, part.subject]
        return min(others, key=lambda teacher: (self.loads[teacher], teacher))


def _share(parts: list[_Part], number: int, rng: random.Random) -> _Staff:
    """Give every course a teacher; each takes what comes next until their week is full."""
    staff = _Staff()
    rest = sum(part.hours for part in parts)
    last, goal = staff.hire(), 0.0
    for part in parts:
        if not staff.loads[last]:
            goal = rest / max(1, number - last) + rng.uniform(-2.5, 2.5)
        if staff.loads[last] + part.hours / 2 <= goal and staff.fits(part, last):
            teacher = last
        elif staff.fits(part, last + 1):
            teacher = last = staff.hire()
            goal = rest / max(1, number - last) + rng.uniform(-2.5, 2.5)
        else:
            teacher = staff.least_loaded(part)
        staff.give(part, teacher)
        rest -= part.hours
    _retire(staff)
    for index, courses in enumerate(staff.courses):
        for part in courses:
            part.teacher = index
    return staff


def _retire(staff: _Staff) -> None:
    """Hand the courses of teachers with next to nothing to others, and number those who stay anew."""
    for few in range(len(staff.loads)):
        if staff.loads[few] >= FEW:
            continue
        for part in list(staff.courses[few]):
            staff.take(part, few)
            staff.qualified[part.cell].discard(few)
            near = [t for t in range(few - 3, few + 4) if t != few and 0 <= t < len(staff.loads)]
            near = [t for t in near if staff.fits(part, t)]
            heir = min(near, key=lambda t: staff.loads[t]) if near else staff.least_loaded(part)
            staff.give(part, heir)
    stay = [teacher for teacher, courses in enumerate(staff.courses) if courses]
    number = {teacher: index for index, teacher in enumerate(stay)}
    staff.courses = [staff.courses[teacher] for teacher in stay]
    staff.loads = [staff.loads[teacher] for teacher in stay]
    for cell, teachers in staff.qualified.items():
        staff.qualified[cell] = {number[teacher] for teacher in teachers}
    # Who is alone has a colleague who could stand in.
    for teachers in staff.qualified.values():
        if len(teachers) == 1:
            teacher = min(teachers)
            teachers.add(teacher - 1 if teacher else min(1, len(stay) - 1))


def _units(parts: list[_Part]) -> list[hidden.Unit]:
    """Make the lessons to be placed: one for both halves of a split class."""
    together: dict[tuple[int, str], list[_Part]] = defaultdict(list)
    for part in parts:
        together[part.owner.index, part.subject].append(part)
    units: list[hidden.Unit] = []
    for course, ((group, subject), both) in enumerate(together.items()):
        room = FEATURES.index(SPECIAL[subject]) if subject in SPECIAL else -1
        for periods in both[0].lengths:
            for part in both:
                part.units.append(len(units))
            units.append(hidden.Unit(group, course, tuple(p.teacher for p in both), periods, room))
    return units


def _week(courses: list[_Part], proof: dict[str, list[tuple[int, int, int]]]) -> list[int]:
    """For each day the periods that a teacher teaches, as bits."""
    week = [0] * hidden.DAYS
    for part in courses:
        for day, first, periods in proof[part.id]:
            week[day] |= (1 << periods) - 1 << first
    return week


def _spare(week: list[int]) -> tuple[int, int]:
    """Return how many periods a teacher's windows may be longer than their days, at least and at most."""
    taught = sum(mask.bit_count() for mask in week)
    present = taught + sum(map(hidden.gaps, week))
    return -(-taught * 10 // 9) - present, taught * 4 // 3 - present


def _windows(week: list[int], rng: random.Random) -> list[tuple[int, int]]:
    """Choose for each day from which period to which, exclusive, a teacher can come: some more than they teach."""
    least, most = _spare(week)
    windows = [((mask & -mask).bit_length() - 1, mask.bit_length()) if mask else (0, 0) for mask in week]
    for _ in range(rng.randint(max(0, least), most)):
        longer = [
            (day, window)
            for day, (first, end) in enumerate(windows)
            for window in ((first - 1, end), (first, end + 1))
            if window[0] >= 0 and window[1] <= PERIODS and (end or window[1] == 1)
        ]
        if not longer:
            break
        # A day off is given up only where all other days are whole.
        day, window = rng.choice([each for each in longer if windows[each[0]][1]] or longer)
        windows[day] = window
    return windows


def _document(
    lessons: int,
    seed: int,
    classes: list[_Class],
    parts: list[_Part],
    staff: _Staff,
    weeks: list[list[int]],
    proof: dict[str, list[tuple[int, int, int]]],
    rng: random.Random,
) -> Document:
    subjects = {part.owner.subject(part.subject): part.subject for part in parts}
    return Document(
        term=Term(
            name=f"Synthetic school of {lessons} lessons a week, seed {seed}",
            first_day=date(2026, 9, 1),
            last_day=date(2026, 12, 29),
            week_days=hidden.DAYS,
        ),
        bells=tuple(
            BellSchedule(
                id=name,
                periods=tuple(
                    Bell(number=number, start=start, end=end)
                    for number, (start, end) in enumerate(BELLS[:periods], start=1)
                ),
            )
            for name, periods in (("six", 6), ("five", 5))
        ),
        sites=(Site(id="school", bells="six"),),
        rooms=tuple(_rooms(parts, proof)),
        subjects=tuple(Subject(id=key, counts_as=COUNTS_AS.get(name, name)) for key, name in subjects.items()),
        groups=tuple(
            group
            for owner in classes
            for group in (
                Group(id=owner.id, grade=owner.grade, site="school", size=owner.size),
                *(
                    Group(
                        id=f"{owner.id}.{half}",
                        grade=owner.grade,
                        site="school",
                        size=(owner.size + half - 1) // 2,
                        part_of=(owner.id,),
                    )
                    for half in ((1, 2) if owner.split else ())
                ),
            )
        ),
        teachers=tuple(_teachers(staff, weeks, rng)),
        courses=tuple(
            Course(
                id=part.id,
                subject=part.owner.subject(part.subject),
                grade=part.owner.grade,
                mode="site",
                hours=Fraction(part.hours),
                split=part.lengths,
                groups=(part.audience,),
                teachers=(f"t{part.teacher + 1}",),
                room=RoomNeed(features=(SPECIAL.get(part.subject, "classroom"),)),
                site="school",
                bells="six" if max(part.owner.lengths) == PERIODS else "five",
            )
            for part in sorted(parts, key=lambda p: (p.owner.index, list(HOURS).index(p.subject), p.half))
        ),
        policy=Policy(
            profiles=("default",),
            rules=(
                RuleSpec(id="one-a-day", weight="required"),
                RuleSpec(id="gaps-students", weight="required"),
                RuleSpec(id="gaps-teachers", parameters={"most": GAPS}, weight="required"),
                RuleSpec(
                    id="lessons-a-day",
                    rule="LimitPerDay",
                    parameters={"people": "groups; teachers", "what": "lessons", "most": PERIODS},
                    weight="required",
                ),
            ),
        ),
    )


def _teachers(staff: _Staff, weeks: list[list[int]], rng: random.Random) -> Iterator[Teacher]:
    subjects: list[dict[str, list[int]]] = [defaultdict(list) for _ in weeks]
    for (subject, grade), qualified in sorted(staff.qualified.items()):
        for teacher in qualified:
            subjects[teacher][subject].append(grade)
    for index, week in enumerate(weeks):
        days: dict[tuple[int, int], list[int]] = defaultdict(list)
        for day, window in enumerate(_windows(week, rng)):
            days[window].append(day)
        yield Teacher(
            id=f"t{index + 1}",
            site="school",
            qualifications=tuple(
                Qualification(subject=subject, grades=tuple(grades)) for subject, grades in subjects[index].items()
            ),
            availability=Availability(
                weekly=tuple(
                    Hours(days=tuple(WEEKDAYS[day] for day in same), start=BELLS[first][0], end=BELLS[end - 1][1])
                    for (first, end), same in days.items()
                    if end
                )
            ),
            limits=Limits(
                lessons_per_day=max(mask.bit_count() for mask in week),
                gaps_per_week=own if (own := sum(map(hidden.gaps, week))) > GAPS else None,
            ),
        )


def _rooms(parts: list[_Part], proof: dict[str, list[tuple[int, int, int]]]) -> Iterator[Room]:
    """Count as many rooms as the hidden timetable needs at its fullest."""
    whole: dict[str, Counter[tuple[int, int]]] = defaultdict(Counter)
    halves: dict[str, Counter[tuple[int, int]]] = defaultdict(Counter)
    for part in parts:
        used = (halves if part.half else whole)[SPECIAL.get(part.subject, "classroom")]
        for day, first, periods in proof[part.id]:
            used.update((day, period) for period in range(first, first + periods))
    for feature in ("classroom", *FEATURES):
        cells = whole[feature].keys() | halves[feature].keys()
        most = max((whole[feature][cell] + halves[feature][cell] for cell in cells), default=0)
        # Only classrooms are of two sizes.
        large = max(whole[feature].values(), default=0) if feature == "classroom" else most
        for index in range(most):
            yield Room(
                id=f"{feature}-{index + 1}", site="school", seats=30 if index < large else 15, features=(feature,)
            )
