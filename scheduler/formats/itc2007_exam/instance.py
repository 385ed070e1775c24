"""What an `.exam` file says, line by line."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import UTC, datetime

from scheduler.domain.exams import ExamPeriod
from scheduler.domain.faults import maybe
from scheduler.formats import lines
from solver.sentence import sentence

SECTIONS = ("Exams", "Periods", "Rooms", "PeriodHardConstraints", "RoomHardConstraints", "InstitutionalWeightings")
COUNTED = SECTIONS[:3]
"""Sections whose headings say how many lines they have."""

HEADING = re.compile(r"\[(\w+) ?(?:: ?([0-9]{1,9}) ?)?\]")
WORDS = {"Periods": 4, "Rooms": 2, "PeriodHardConstraints": 3, "RoomHardConstraints": 2}
ORDERS = ("AFTER", "EXAM_COINCIDENCE", "EXCLUSION")
ALONE = "ROOM_EXCLUSIVE"
WEIGHTS = {"TWOINAROW": 1, "TWOINADAY": 1, "PERIODSPREAD": 1, "NONMIXEDDURATIONS": 1, "FRONTLOAD": 3}
"""How many numbers each weighting has."""

DAY_MINUTES = 24 * 60
NUMBERS = 999_999_999
"""The largest number that a student may have."""


@dataclass
class Instance:
    """What a file says; exams, periods and rooms by their index."""

    exams: list[tuple[int, tuple[int, ...]]] = field(default_factory=list)
    """Of each its minutes and its students."""
    periods: list[ExamPeriod] = field(default_factory=list)
    rooms: list[tuple[int, int]] = field(default_factory=list)
    """Of each its seats and its price."""
    orders: list[tuple[int, str, int]] = field(default_factory=list)
    alone: set[int] = field(default_factory=set)
    """Exams that must have their rooms for themselves."""
    weights: dict[str, tuple[int, ...]] = field(default_factory=dict)


class Reader(lines.Lines):
    """Reads a file's sections, and tells what is wrong with their lines."""

    def __init__(self, text: str) -> None:
        super().__init__(text, comma=True)
        self.found = Instance()
        self.headings: dict[str, int] = {}
        self.sizes: dict[str, int] = {}
        self.counts = dict.fromkeys(SECTIONS, 0)
        self.named: list[tuple[int, int]] = []
        """Lines and the exams that they name."""

    def read(self) -> Instance:
        """Return what the file says.

        Raises
        ------
        BadInput
            If a line is not what the format says: every such line.
        """
        section = None
        for number, words in self.lines:
            if words[0].startswith("["):
                section = self._heading(number, " ".join(words))
            elif section is not None:
                self.counts[section] += 1
                self._line(section, number, words)
            elif not self.headings:
                self.fault(number, sentence("The file must begin with “[Exams:…]”."))
                self.headings[""] = number
        self._whole_file()
        self.refuse()
        return self.found

    def _heading(self, number: int, line: str) -> str | None:
        found = HEADING.fullmatch(line)
        name = line.strip("[] ").partition(":")[0] if found is None else found[1]
        if found is None or name not in SECTIONS or name in self.headings:
            must = sentence("“{line}” must be one of the sections {known}, each once.", line=line, known=SECTIONS)
            self.fault(number, must, None if name in SECTIONS else maybe(name, SECTIONS))
            self.headings.setdefault(name, number)
            return None
        self.headings[name] = number
        if found[2] is not None:
            self.sizes[name] = int(found[2])
        elif name in COUNTED:
            self.fault(number, sentence("The heading “[{section}]” must say how many lines follow.", section=name))
        return name

    def _line(self, section: str, number: int, words: list[str]) -> None:
        if section in WORDS and not self.has_words(section, number, words, WORDS[section]):
            return
        match section:
            case "Exams":
                self._exam(number, words)
            case "Periods":
                self._period(number, words)
            case "Rooms":
                seats, price = (self.whole(number, word) for word in words)
                self.found.rooms.append((seats or 0, price or 0))
            case "PeriodHardConstraints":
                self._order(number, words)
            case "RoomHardConstraints":
                exam = self._exam_named(number, words[0])
                if words[1] != ALONE:
                    self._unknown(number, words[1], (ALONE,))
                elif exam is not None:
                    self.found.alone.add(exam)
            case _:
                self._weighting(number, words)

    def _exam(self, number: int, words: list[str]) -> None:
        minutes = self.whole(number, words[0], DAY_MINUTES)
        students: dict[int, None] = {}
        for word in words[1:]:
            student = self.whole(number, word, NUMBERS)
            if student in students:
                self.fault(number, sentence("The student {student} must be listed once only.", student=word))
            elif student is not None:
                students[student] = None
        self.found.exams.append((minutes or 0, tuple(students)))

    def _period(self, number: int, words: list[str]) -> None:
        day, clock = _moment(words[0], "%d:%m:%Y"), _moment(words[1], "%H:%M:%S")
        minutes, penalty = self.whole(number, words[2], DAY_MINUTES), self.whole(number, words[3])
        if day is None:
            self.fault(number, sentence("“{word}” must be a date such as 15:04:2005.", word=words[0]))
        if clock is None or clock.second:
            self.fault(number, sentence("“{word}” must be a time of day such as 09:30:00.", word=words[1]))
            return
        if minutes == 0:
            self.fault(number, sentence("A period must be a minute long at least."))
        if day is None or not minutes or penalty is None:
            return
        period = ExamPeriod(date=day.date(), start=clock.time(), minutes=minutes, penalty=penalty)
        before = self.found.periods[-1:]
        if before and (period.date, period.start) <= (before[0].date, before[0].start):
            self.fault(number, sentence("A period must begin after the one before it."))
        self.found.periods.append(period)

    def _order(self, number: int, words: list[str]) -> None:
        one, other = (self._exam_named(number, word) for word in (words[0], words[2]))
        if words[1] not in ORDERS:
            self._unknown(number, words[1], ORDERS)
        elif one == other is not None and words[1] != "EXAM_COINCIDENCE":
            self.fault(number, sentence("{word} must name two different exams.", word=words[1]))
        elif one is not None and other is not None:
            self.found.orders.append((one, words[1], other))

    def _weighting(self, number: int, words: list[str]) -> None:
        key = words[0]
        if key not in WEIGHTS:
            self._unknown(number, key, tuple(WEIGHTS))
        elif key in self.found.weights:
            self.fault(number, sentence("The name “{name}” must be given once only.", name=key))
        elif self.has_words(key, number, words, 1 + WEIGHTS[key]):
            self.found.weights[key] = tuple(self.whole(number, word) or 0 for word in words[1:])
        else:
            self.found.weights[key] = ()

    def _exam_named(self, number: int, word: str) -> int | None:
        exam = self.whole(number, word)
        if exam is not None:
            self.named.append((number, exam))
        return exam

    def _unknown(self, number: int, word: str, known: tuple[str, ...]) -> None:
        self.fault(number, sentence("“{word}” must be one of {known}.", word=word, known=known), maybe(word, known))

    def _whole_file(self) -> None:
        """Look for what no single line tells: missing lines and sections, exams that there are not."""
        for section in SECTIONS:
            if section not in self.headings:
                must = sentence("The file must have the section “[{section}]”.", section=section)
                self.fault(self.last, must, sentence("Maybe it was cut off."))
                continue
            number, found = self.headings[section], self.counts[section]
            self.has_lines(section, number, found, self.sizes.get(section, found))
            if section in COUNTED and self.sizes.get(section) == 0:
                self.fault(number, sentence("The section {section} must have a line at least.", section=section))
        for number, exam in self.named:
            if exam >= self.counts["Exams"]:
                must = sentence("The exam {exam} must be one of 0 to {last}.", exam=exam, last=self.counts["Exams"] - 1)
                self.fault(number, must)
        if SECTIONS[-1] in self.headings:
            for key in WEIGHTS:
                if key not in self.found.weights:
                    must = sentence("The section {section} must also give {key}.", section=SECTIONS[-1], key=key)
                    self.fault(self.headings[SECTIONS[-1]], must)


def _moment(word: str, form: str) -> datetime | None:
    try:
        return datetime.strptime(word, form).replace(tzinfo=UTC)
    except ValueError:
        return None
