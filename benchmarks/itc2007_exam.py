"""The official cost of examination timetabling (ITC-2007 track 1).

A second opinion on the solver's own count, so it shares nothing with it: own parser, own evaluator, and no import of
`solver` or `scheduler`. Source of the format and of every component: McCollum, McMullan, Burke, Parkes, Qu, "The Second
International Timetabling Competition: Examination Timetabling Track", 2007.

Run as ``python -m benchmarks.itc2007_exam INSTANCE SOLUTION``; exits 1 where the solution breaks a hard constraint,
2 where a file cannot be read.
"""

from __future__ import annotations

import argparse
import re
import sys
from collections import Counter, defaultdict
from dataclasses import dataclass, fields
from itertools import combinations
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

HEADINGS = ("Exams", "Periods", "Rooms", "PeriodHardConstraints", "RoomHardConstraints", "InstitutionalWeightings")
"""The sections of an ``.exam`` file, in their order; the first three give the number of their lines."""

WEIGHTS = {"TWOINAROW": 1, "TWOINADAY": 1, "PERIODSPREAD": 1, "NONMIXEDDURATIONS": 1, "FRONTLOAD": 3}
"""How many numbers each weighting has."""


class UnreadableFileError(ValueError):
    """An instance or a solution is not what the competition's format says."""


@dataclass(frozen=True)
class Exam:
    """An exam: its length in minutes and who sits it."""

    duration: int
    students: frozenset[int]


@dataclass(frozen=True)
class Period:
    """A period: where it stands in the calendar, its length in minutes, what it costs each exam held in it."""

    date: str
    time: str
    duration: int
    penalty: int


@dataclass(frozen=True)
class Room:
    """A room: its seats, and what it costs each exam held in it."""

    capacity: int
    penalty: int


@dataclass(frozen=True)
class Weights:
    """What the institution pays for each soft constraint.

    `period_spread` is a number of periods. The `front_load_exams` largest exams cost `front_load` each where they sit in
    the last `front_load_periods` periods.
    """

    two_in_a_row: int
    two_in_a_day: int
    period_spread: int
    non_mixed_durations: int
    front_load_exams: int
    front_load_periods: int
    front_load: int


@dataclass(frozen=True)
class Instance:
    """An instance as read from an ``.exam`` file; exams, periods and rooms are known by their index.

    Attributes
    ----------
    exams : tuple of Exam
    periods : tuple of Period
        One after another in time.
    rooms : tuple of Room
    after : tuple of (int, int)
        The first exam must be held in a later period than the second.
    coincidence : tuple of (int, int)
        Both must be held in one period, unless a student sits both.
    exclusion : tuple of (int, int)
        They must be held in different periods.
    room_exclusive : tuple of int
        Exams that must be alone in their room.
    weights : Weights
    """

    exams: tuple[Exam, ...]
    periods: tuple[Period, ...]
    rooms: tuple[Room, ...]
    after: tuple[tuple[int, int], ...]
    coincidence: tuple[tuple[int, int], ...]
    exclusion: tuple[tuple[int, int], ...]
    room_exclusive: tuple[int, ...]
    weights: Weights


@dataclass(frozen=True)
class Place:
    """A line of a ``.sln`` file: when and where the exam of its index is held."""

    period: int
    room: int


@dataclass(frozen=True)
class Components:
    """What a solution misses: counts of broken hard constraints, then seven soft costs, their weights in them.

    Attributes
    ----------
    conflicts : int
        Pairs of exams in one period that share a student.
    conflicting_students : int
        Students of those pairs: the same fault in another unit, so no violation of its own.
    capacity : int
        Students without a seat.
    duration : int
        Exams longer than their period.
    after, coincidence, exclusion, room_exclusive : int
        Broken lines of the instance.
    two_in_a_row, two_in_a_day, period_spread, non_mixed_durations, front_load, room_penalty, period_penalty : int
        Soft costs.
    """

    conflicts: int
    conflicting_students: int
    capacity: int
    duration: int
    after: int
    coincidence: int
    exclusion: int
    room_exclusive: int
    two_in_a_row: int
    two_in_a_day: int
    period_spread: int
    non_mixed_durations: int
    front_load: int
    room_penalty: int
    period_penalty: int

    @property
    def violations(self) -> int:
        """Broken hard constraints; a solution is feasible where it is 0."""
        return (
            self.conflicts
            + self.capacity
            + self.duration
            + self.after
            + self.coincidence
            + self.exclusion
            + self.room_exclusive
        )

    @property
    def cost(self) -> int:
        """The official cost."""
        return (
            self.two_in_a_row
            + self.two_in_a_day
            + self.period_spread
            + self.non_mixed_durations
            + self.front_load
            + self.room_penalty
            + self.period_penalty
        )


def read_instance(text: str, file: str = "The instance") -> Instance:
    """Read an ``.exam`` file's text; `file` is its name in messages.

    Raises
    ------
    UnreadableFileError
        If a section is short or out of its order, a number is none, or an unknown exam is named.
    """
    sections = _sections(text, file)
    exams = tuple(
        Exam(line.whole(0), frozenset(line.whole(position) for position in range(1, len(line.words))))
        for line in sections["Exams"]
    )
    pairs: dict[str, list[tuple[int, int]]] = {"AFTER": [], "EXAM_COINCIDENCE": [], "EXCLUSION": []}
    for line in sections["PeriodHardConstraints"]:
        if len(line.words) != 3 or line.words[1] not in pairs:
            raise line.fault(f'"{line.text}" must be an exam, {", ".join(pairs)}, and an exam.')
        pairs[line.words[1]].append((_exam(line, 0, exams), _exam(line, 2, exams)))
    exclusive = []
    for line in sections["RoomHardConstraints"]:
        if line.words[1:] != ("ROOM_EXCLUSIVE",):
            raise line.fault(f'"{line.text}" must be an exam and ROOM_EXCLUSIVE.')
        exclusive.append(_exam(line, 0, exams))
    return Instance(
        exams=exams,
        periods=tuple(_period(line) for line in sections["Periods"]),
        rooms=tuple(_room(line) for line in sections["Rooms"]),
        after=tuple(pairs["AFTER"]),
        coincidence=tuple(pairs["EXAM_COINCIDENCE"]),
        exclusion=tuple(pairs["EXCLUSION"]),
        room_exclusive=tuple(exclusive),
        weights=_weights(sections["InstitutionalWeightings"], file),
    )


def read_solution(text: str, instance: Instance, file: str = "The solution") -> tuple[Place, ...]:
    """Read a ``.sln`` file's text; `file` is its name in messages.

    Raises
    ------
    UnreadableFileError
        If a line names an unknown period or room, or there is not a line for each exam.
    """
    solution = []
    for line in _lines(text, file):
        if len(line.words) != 2:
            raise line.fault(f'"{line.text}" must be a period and a room.')
        place = Place(line.whole(0), line.whole(1))
        if place.period >= len(instance.periods):
            raise line.fault(f"period {place.period} must be one of 0 to {len(instance.periods) - 1}.")
        if place.room >= len(instance.rooms):
            raise line.fault(f"room {place.room} must be one of 0 to {len(instance.rooms) - 1}.")
        solution.append(place)
    if len(solution) != len(instance.exams):
        raise UnreadableFileError(
            f"{file} must have a line for each of the {len(instance.exams)} exams, not {len(solution)}."
        )
    return tuple(solution)


def evaluate(instance: Instance, solution: Sequence[Place]) -> Components:
    """Count all components."""
    shared = shared_students(instance)
    period = [place.period for place in solution]
    gaps = {(a, b): abs(period[a] - period[b]) for a, b in shared}
    date = [instance.periods[of].date for of in period]
    same_day = {(a, b) for a, b in shared if date[a] == date[b]}
    held = defaultdict(list)
    for exam, place in enumerate(solution):
        held[place].append(exam)
    weights = instance.weights
    return Components(
        conflicts=sum(gap == 0 for gap in gaps.values()),
        conflicting_students=sum(shared[pair] for pair, gap in gaps.items() if gap == 0),
        capacity=_without_seat(instance, held),
        duration=sum(
            exam.duration > instance.periods[of].duration for exam, of in zip(instance.exams, period, strict=True)
        ),
        after=sum(period[a] <= period[b] for a, b in instance.after),
        coincidence=sum(
            period[a] != period[b] and (min(a, b), max(a, b)) not in shared for a, b in instance.coincidence
        ),
        exclusion=sum(period[a] == period[b] for a, b in instance.exclusion),
        room_exclusive=sum(len(held[solution[exam]]) > 1 for exam in instance.room_exclusive),
        two_in_a_row=weights.two_in_a_row * sum(shared[pair] for pair in same_day if gaps[pair] == 1),
        two_in_a_day=weights.two_in_a_day * sum(shared[pair] for pair in same_day if gaps[pair] >= 2),
        period_spread=sum(shared[pair] for pair, gap in gaps.items() if 1 <= gap <= weights.period_spread),
        non_mixed_durations=weights.non_mixed_durations * _extra_durations(instance, held),
        front_load=weights.front_load * _late_large_exams(instance, period),
        room_penalty=sum(instance.rooms[place.room].penalty for place in solution),
        period_penalty=sum(instance.periods[place.period].penalty for place in solution),
    )


def shared_students(instance: Instance) -> dict[tuple[int, int], int]:
    """Count the students of each pair of exams, the lower index first, that has any in common."""
    sits = defaultdict(list)
    for exam, of in enumerate(instance.exams):
        for student in of.students:
            sits[student].append(exam)
    shared = Counter[tuple[int, int]]()
    for exams in sits.values():
        shared.update(combinations(exams, 2))
    return dict(shared)


def _without_seat(instance: Instance, held: dict[Place, list[int]]) -> int:
    return sum(
        max(0, sum(len(instance.exams[exam].students) for exam in exams) - instance.rooms[place.room].capacity)
        for place, exams in held.items()
    )


def _extra_durations(instance: Instance, held: dict[Place, list[int]]) -> int:
    return sum(len({instance.exams[exam].duration for exam in exams}) - 1 for exams in held.values())


def _late_large_exams(instance: Instance, period: Sequence[int]) -> int:
    """Exams in the last periods that are among the largest; of two equally large ones the lower index goes first."""
    by_size = sorted(range(len(instance.exams)), key=lambda exam: (-len(instance.exams[exam].students), exam))
    late = len(instance.periods) - instance.weights.front_load_periods
    return sum(period[exam] >= late for exam in by_size[: instance.weights.front_load_exams])


@dataclass(frozen=True)
class _Line:
    """A line that is not blank, and where it stands."""

    file: str
    number: int
    text: str
    words: tuple[str, ...]

    def fault(self, message: str) -> UnreadableFileError:
        return UnreadableFileError(f"{self.file}, line {self.number}: {message}")

    def whole(self, position: int) -> int:
        word = self.words[position]
        if not word.isdecimal():
            raise self.fault(f'"{word}" must be a whole number, not below 0.')
        return int(word)


def _lines(text: str, file: str) -> Iterator[_Line]:
    for number, line in enumerate(text.splitlines(), 1):
        if words := line.replace(",", " ").split():
            yield _Line(file, number, line.strip(), tuple(words))


def _sections(text: str, file: str) -> dict[str, list[_Line]]:
    sections: dict[str, list[_Line]] = {}
    sizes: list[tuple[_Line, str, int]] = []
    for line in _lines(text, file):
        if not line.text.startswith("["):
            if not sections:
                raise line.fault(f'"[{HEADINGS[0]}:...]" must stand where "{line.text}" does.')
            sections[next(reversed(sections))].append(line)
            continue
        if len(sections) == len(HEADINGS):
            raise line.fault(f'"{line.text}" must not follow the last section.')
        name = HEADINGS[len(sections)]
        counted = name in HEADINGS[:3]
        found = re.fullmatch(rf"\[{name}\s*(?::\s*([0-9]+)\s*)?\]", line.text)
        if not found or (found[1] is not None) != counted:
            raise line.fault(f'"[{name}{":..." if counted else ""}]" must stand where "{line.text}" does.')
        sections[name] = []
        if counted:
            sizes.append((line, name, int(found[1])))
    for line, name, size in sizes:
        if len(sections[name]) != size:
            raise line.fault(f'"{line.text}" must have {size} lines, not {len(sections[name])}.')
    if len(sections) < len(HEADINGS):
        raise UnreadableFileError(f'{file} ends before "[{HEADINGS[len(sections)]}]".')
    return sections


def _exam(line: _Line, position: int, exams: Sequence[Exam]) -> int:
    exam = line.whole(position)
    if exam >= len(exams):
        raise line.fault(f"exam {exam} must be one of 0 to {len(exams) - 1}.")
    return exam


def _period(line: _Line) -> Period:
    if len(line.words) != 4 or not re.fullmatch(r"\d+:\d+:\d+ \d+:\d+:\d+", " ".join(line.words[:2])):
        raise line.fault(f'"{line.text}" must be a date dd:mm:yyyy, a time hh:mm:ss, a duration, a penalty.')
    return Period(line.words[0], line.words[1], line.whole(2), line.whole(3))


def _room(line: _Line) -> Room:
    if len(line.words) != 2:
        raise line.fault(f'"{line.text}" must be a capacity and a penalty.')
    return Room(line.whole(0), line.whole(1))


def _weights(lines: Sequence[_Line], file: str) -> Weights:
    given: dict[str, tuple[int, ...]] = {}
    for line in lines:
        name = line.words[0]
        if len(line.words) - 1 != WEIGHTS.get(name) or name in given:
            raise line.fault(f'"{line.text}" must be a weighting, given once: {", ".join(WEIGHTS)}.')
        given[name] = tuple(line.whole(position) for position in range(1, len(line.words)))
    if missing := [name for name in WEIGHTS if name not in given]:
        raise UnreadableFileError(f"{file} must also give {', '.join(missing)}.")
    return Weights(*(number for name in WEIGHTS for number in given[name]))


def main(arguments: Sequence[str] | None = None) -> int:
    """Print the components of a solution."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.itc2007_exam", description=main.__doc__)
    parser.add_argument("instance", type=Path, metavar="INSTANCE", help="an .exam file")
    parser.add_argument("solution", type=Path, metavar="SOLUTION", help="a .sln file")
    given = parser.parse_args(arguments)
    try:
        instance = read_instance(given.instance.read_text(encoding="utf-8"), str(given.instance))
        solution = read_solution(given.solution.read_text(encoding="utf-8"), instance, str(given.solution))
    except (OSError, UnicodeDecodeError, UnreadableFileError) as error:
        print(error, file=sys.stderr)
        return 2
    components = evaluate(instance, solution)
    for field in fields(components):
        print(f"{field.name:<24}{getattr(components, field.name):>8}")
    print(f"{'violations':<24}{components.violations:>8}")
    print(f"{'cost':<24}{components.cost:>8}")
    return 1 if components.violations else 0


if __name__ == "__main__":
    sys.exit(main())
