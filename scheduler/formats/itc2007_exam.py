"""Examination timetabling of the second international competition (ITC-2007, track 1): `.exam` in, `.sln` in and out.

Source of the format: McCollum, McMullan, Burke, Parkes, Qu, "The Second International Timetabling Competition: Examination
Timetabling Track", 2007. An instance is one session here; its weightings are rules of the session.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from scheduler.domain.calendar import Term, instant
from scheduler.domain.courses import RoomNeed
from scheduler.domain.document import Document
from scheduler.domain.exams import Exam, ExamPeriod, Session
from scheduler.domain.faults import maybe
from scheduler.domain.people import Student
from scheduler.domain.places import Room, Site
from scheduler.domain.policy import Parameter, Policy, RuleSpec, Word
from scheduler.domain.session_plan import Candidate, SessionPlan, Sitting
from scheduler.errors import BadInput, Fault, Place, refuse
from scheduler.formats import lines
from solver.sentence import sentence

if TYPE_CHECKING:
    from pathlib import Path

SESSION = "session"
SITE = "site"
ZONE = "UTC"
"""The format knows no time zones."""

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


def recognise(head: bytes, name: str) -> bool:
    """Tell from the beginning of a file whether it is in this format."""
    del name
    return re.match(rb"(\xef\xbb\xbf)?\s*\[Exams\s*:", head) is not None


def read(path: Path) -> Document:
    """Read an `.exam` file as a document of one session.

    Raises
    ------
    BadInput
        If a line is not what the format says: every such line.
    """
    return lines.read(path, read_text)


def read_text(text: str) -> Document:
    """Read the text of an `.exam` file as a document of one session."""
    return _document(_Reader(text).read())


@dataclass
class _Instance:
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


class _Reader(lines.Lines):
    def __init__(self, text: str) -> None:
        super().__init__(text, comma=True)
        self.found = _Instance()
        self.headings: dict[str, int] = {}
        self.sizes: dict[str, int] = {}
        self.counts = dict.fromkeys(SECTIONS, 0)
        self.named: list[tuple[int, int]] = []
        """Lines and the exams that they name."""

    def read(self) -> _Instance:
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


def _document(found: _Instance) -> Document:
    first, last = found.periods[0].date, found.periods[-1].date
    students = sorted({student for _, of in found.exams for student in of})
    return Document(
        term=Term(time_zone=ZONE, first_day=first, last_day=last, week_days=7),
        sites=(Site(id=SITE),),
        rooms=tuple(Room(id=_room(index), site=SITE, seats=seats) for index, (seats, _) in enumerate(found.rooms)),
        students=tuple(Student(id=_student(student), site=SITE) for student in students),
        sessions=(
            Session(
                id=SESSION,
                kind="final",
                first_day=first,
                last_day=last,
                week_days=7,
                periods=tuple(found.periods),
                profiles=(),
                rules=tuple(_rules(found)),
            ),
        ),
        exams=tuple(_exams(found)),
        policy=Policy(profiles=()),
    )


def _exams(found: _Instance) -> Iterator[Exam]:
    after, together, apart = _orders(found)
    for index, (minutes, students) in enumerate(found.exams):
        yield Exam(
            id=_exam(index),
            session=SESSION,
            students=tuple(map(_student, students)),
            size=None if students else 0,
            minutes=minutes,
            site=SITE,
            room=RoomNeed(),
            own_room=index in found.alone,
            after=tuple(map(_exam, after.get(index, ()))),
            together=tuple(map(_exam, together.get(index, ()))),
            apart=tuple(map(_exam, apart.get(index, ()))),
        )


Others = dict[int, list[int]]
"""For each exam others."""


def _orders(found: _Instance) -> tuple[Others, Others, Others]:
    """Tell after which exams, together with which and apart from which each exam is held; a pair once, at the lower."""
    by_kind: dict[str, Others] = {kind: {} for kind in ORDERS}
    for one, kind, other in found.orders:
        a, b = (one, other) if kind == "AFTER" else (min(one, other), max(one, other))
        if kind == "EXAM_COINCIDENCE" and (a == b or set(found.exams[a][1]).intersection(found.exams[b][1])):
            continue
        others = by_kind[kind].setdefault(a, [])
        if b not in others:
            others.append(b)
    return by_kind["AFTER"], by_kind["EXAM_COINCIDENCE"], by_kind["EXCLUSION"]


def _rules(found: _Instance) -> Iterator[RuleSpec]:
    """Tell the weightings as rules; what costs nothing is left out."""
    source = "ITC-2007 track 1"
    yield RuleSpec(id="Conflicts", rule="AvoidClashes", weight="required", source=source)
    yield RuleSpec(id="RoomOccupancy", rule="ShareRooms", weight="required", source=source)
    if found.alone:
        yield RuleSpec(id="RoomExclusive", rule="OwnRoom", weight="required", source=source)
    largest, last, late = found.weights["FRONTLOAD"]
    spread = min(found.weights["PERIODSPREAD"][0], len(found.periods))
    weighted: tuple[tuple[str, str, int, dict[str, Parameter]], ...] = (
        ("TwoInARow", "AvoidTwoInRow", found.weights["TWOINAROW"][0], {}),
        ("TwoInADay", "AvoidTwoInDay", found.weights["TWOINADAY"][0], {}),
        ("PeriodSpread", "SpreadExams", int(spread > 0), {"prices": [1] * spread}),
        ("NonMixedDurations", "KeepDurationsAlike", found.weights["NONMIXEDDURATIONS"][0], {}),
        ("FrontLoad", "FrontLoad", late if largest and last else 0, {"largest": largest, "last": last}),
    )
    for key, rule, weight, parameters in weighted:
        if weight:
            yield RuleSpec(id=key, rule=rule, parameters=parameters, weight=weight, source=source)
    rooms: dict[int, list[str]] = {}
    for index, (_, price) in enumerate(found.rooms):
        rooms.setdefault(price, []).append(_room(index))
    for price, priced in sorted(rooms.items()):
        if price:
            selected: list[Word] = [f"room={','.join(priced[at : at + 50])}" for at in range(0, len(priced), 50)]
            yield RuleSpec(
                id=f"RoomPenalty-{price}",
                rule="PriceRooms",
                parameters={"rooms": selected, "price": price},
                weight=1,
                source=source,
            )
    if any(period.penalty for period in found.periods):
        yield RuleSpec(id="PeriodPenalty", rule="PricePeriods", weight=1, source=source)


def _exam(index: int) -> str:
    return f"E{index}"


def _room(index: int) -> str:
    return f"R{index}"


def _student(number: int) -> str:
    return f"S{number}"


def write(document: Document, plan: SessionPlan) -> str:
    """Write a session's plan as the text of a `.sln` file: period and room of each exam, both by their index.

    Raises
    ------
    BadInput
        With everything that the format cannot say: exams without a room, divided, or at a time that is no period.
    """
    period = _periods(document)
    room = {key: index for index, key in enumerate(document.ids("rooms"))}
    held: dict[str, list[Sitting]] = {}
    for sitting in plan.sittings:
        held.setdefault(sitting.exam, []).append(sitting)
    written, wrong = [], []
    for exam in document.exams:
        match held.pop(exam.id, []):
            case [Sitting(start=start, rooms=(own,))] if start in period and own in room:
                written.append(f"{period[start]}, {room[own]}\r\n")
            case [Sitting(start=start, rooms=(_,))] if start not in period:
                told = start.isoformat(sep=" ", timespec="minutes")
                must = sentence(
                    "The exam “{exam}” must begin with a period of the session, not at {start}.",
                    exam=exam.id,
                    start=told,
                )
                wrong.append(must)
            case _:
                must = sentence(
                    "The exam “{exam}” must be held once and in one room: the format knows nothing else.", exam=exam.id
                )
                wrong.append(must)
    wrong += [sentence("The exam “{exam}” must be in the document.", exam=exam) for exam in held]
    refuse(Fault(Place(), must) for must in wrong)
    return "".join(written)


def read_solution(text: str, document: Document) -> SessionPlan:
    """Read the text of a `.sln` file as the plan of a document in this format.

    Raises
    ------
    BadInput
        If a line is not the period and the room of an exam: every such line.
    """
    reader = lines.Lines(text, comma=True)
    starts, rooms = list(_periods(document)), document.ids("rooms")
    sittings = []
    if len(reader.lines) != len(document.exams):
        must = sentence(
            "The solution must have {expected} lines, one for each exam, not {found}.",
            expected=len(document.exams),
            found=len(reader.lines),
        )
        reader.fault(reader.last, must)
    for exam, (number, words) in zip(document.exams, reader.lines, strict=False):
        if not reader.has_words(".sln", number, words, 2):
            continue
        period = reader.whole(number, words[0], len(starts) - 1)
        room = reader.whole(number, words[1], len(rooms) - 1)
        if period is not None and room is not None:
            sittings.append(_sitting(exam, starts[period], rooms[room]))
    reader.refuse()
    return SessionPlan(sessions=document.ids("sessions"), sittings=tuple(sittings))


def _sitting(exam: Exam, start: datetime, room: str) -> Sitting:
    end = start + timedelta(minutes=exam.minutes)
    candidates = tuple(Candidate(student=student, start=start, end=end, room=room) for student in exam.students)
    return Sitting(exam=exam.id, start=start, end=end, site=exam.site, rooms=(room,), candidates=candidates)


def _periods(document: Document) -> dict[datetime, int]:
    """For the instant at which a period begins its index."""
    if len(document.sessions) != 1 or not document.sessions[0].periods:
        raise BadInput([Fault(Place(), sentence("The document must have one session, and that must have periods."))])
    [session] = document.sessions
    zone = session.time_zone or document.term.time_zone
    return {instant(period.date, period.start, zone): index for index, period in enumerate(session.periods)}
