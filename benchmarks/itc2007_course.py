"""The official cost of curriculum-based course timetabling (ITC-2007 track 3, formulation UD2).

A second opinion on the solver's own count, so it shares nothing with it: own parser, own evaluator, and no import of
`solver` or `scheduler`. Source of the format and of every component: Di Gaspero, McCollum, Schaerf, "The Second
International Timetabling Competition (ITC-2007): Curriculum-based Course Timetabling (Track 3)", 2007.

Run as ``python -m benchmarks.itc2007_course INSTANCE SOLUTION``; exits 1 where the solution breaks a hard constraint,
2 where a file cannot be read.
"""

from __future__ import annotations

import argparse
import sys
from collections import Counter, defaultdict
from dataclasses import dataclass, fields
from itertools import combinations
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

ROOM_CAPACITY_WEIGHT = 1
MINIMUM_WORKING_DAYS_WEIGHT = 5
CURRICULUM_COMPACTNESS_WEIGHT = 2
ROOM_STABILITY_WEIGHT = 1


class UnreadableFileError(ValueError):
    """An instance or a solution is not what the competition's format says."""


@dataclass(frozen=True)
class Course:
    """A course: `lectures` events of one teacher, to be spread over at least `minimum_working_days` days."""

    name: str
    teacher: str
    lectures: int
    minimum_working_days: int
    students: int


@dataclass(frozen=True)
class Instance:
    """An instance as read from a ``.ctt`` file.

    Attributes
    ----------
    name : str
        The name in its header.
    days, periods_per_day : int
        Size of the week.
    courses : dict of str to Course
        By name, in the file's order.
    rooms : dict of str to int
        Capacity by name, in the file's order.
    curricula : dict of str to tuple of str
        Names of the courses of each curriculum.
    unavailable : frozenset of (str, int, int)
        Course, day, and period of the day, both from 0.
    """

    name: str
    days: int
    periods_per_day: int
    courses: dict[str, Course]
    rooms: dict[str, int]
    curricula: dict[str, tuple[str, ...]]
    unavailable: frozenset[tuple[str, int, int]]


@dataclass(frozen=True)
class Lecture:
    """A line of a ``.sol`` file: one event of a course, where and when."""

    course: str
    room: str
    day: int
    period: int


@dataclass(frozen=True)
class Components:
    """What a solution misses: counts of four broken hard constraints, then four soft costs, their weights in them."""

    lectures: int
    room_occupancy: int
    conflicts: int
    availability: int
    room_capacity: int
    minimum_working_days: int
    curriculum_compactness: int
    room_stability: int

    @property
    def violations(self) -> int:
        """Broken hard constraints; a solution is feasible where it is 0."""
        return self.lectures + self.room_occupancy + self.conflicts + self.availability

    @property
    def cost(self) -> int:
        """The official cost."""
        return self.room_capacity + self.minimum_working_days + self.curriculum_compactness + self.room_stability


def read_instance(text: str) -> Instance:
    """Read a ``.ctt`` file's text.

    Raises
    ------
    UnreadableFileError
        If a section is short, a number is none, or something unknown is named.
    """
    lines = _lines(text)
    name = ""
    size: dict[str, int] = {}
    for number, words in lines:
        if words[0] == "COURSES:":
            break
        if len(words) != 2 or not words[0].endswith(":"):
            raise UnreadableFileError(f'Line {number}: the header line "{" ".join(words)}" must be "Name: value".')
        if words[0] == "Name:":
            name = words[1]
        else:
            size[words[0].removesuffix(":")] = _whole(number, words[1])
    missing = {"Courses", "Rooms", "Days", "Periods_per_day", "Curricula", "Constraints"} - size.keys()
    if missing:
        raise UnreadableFileError(f"The header must also give {', '.join(sorted(missing))}.")

    courses = {}
    for number, words in _section(lines, size["Courses"], 5):
        numbers = [_whole(number, word) for word in words[2:]]
        courses[words[0]] = Course(words[0], words[1], *numbers)
    _expect(lines, "ROOMS:")
    rooms = {words[0]: _whole(number, words[1]) for number, words in _section(lines, size["Rooms"], 2)}
    _expect(lines, "CURRICULA:")
    curricula = {}
    for number, words in _section(lines, size["Curricula"]):
        members = tuple(words[2:])
        if len(words) < 2 or _whole(number, words[1]) != len(members) or not courses.keys() >= set(members):
            raise UnreadableFileError(f'Line {number}: curriculum "{words[0]}" must give its size and known courses.')
        curricula[words[0]] = members
    _expect(lines, "UNAVAILABILITY_CONSTRAINTS:")
    unavailable = set()
    for number, words in _section(lines, size["Constraints"], 3):
        if words[0] not in courses:
            raise UnreadableFileError(f'Line {number}: there is no course "{words[0]}".')
        unavailable.add((words[0], _whole(number, words[1]), _whole(number, words[2])))
    _expect(lines, "END.")
    return Instance(name, size["Days"], size["Periods_per_day"], courses, rooms, curricula, frozenset(unavailable))


def read_solution(text: str, instance: Instance) -> tuple[Lecture, ...]:
    """Read a ``.sol`` file's text.

    Raises
    ------
    UnreadableFileError
        If a line names an unknown course or room, or a period outside the week.
    """
    solution = []
    for number, words in _lines(text):
        if len(words) != 4:
            raise UnreadableFileError(f'Line {number}: "{" ".join(words)}" must be a course, a room, a day, a period.')
        lecture = Lecture(words[0], words[1], _whole(number, words[2]), _whole(number, words[3]))
        if lecture.course not in instance.courses:
            raise UnreadableFileError(f'Line {number}: there is no course "{lecture.course}".')
        if lecture.room not in instance.rooms:
            raise UnreadableFileError(f'Line {number}: there is no room "{lecture.room}".')
        if lecture.day >= instance.days or lecture.period >= instance.periods_per_day:
            raise UnreadableFileError(
                f"Line {number}: day {lecture.day}, period {lecture.period} lies outside "
                f"the week of {instance.days} days of {instance.periods_per_day} periods."
            )
        solution.append(lecture)
    return tuple(solution)


def evaluate(instance: Instance, solution: Sequence[Lecture]) -> Components:
    """Count all eight components."""
    return Components(
        lectures=_lectures(instance, solution),
        room_occupancy=_room_occupancy(solution),
        conflicts=_conflicts(instance, solution),
        availability=sum((x.course, x.day, x.period) in instance.unavailable for x in solution),
        room_capacity=ROOM_CAPACITY_WEIGHT
        * sum(max(0, instance.courses[x.course].students - instance.rooms[x.room]) for x in solution),
        minimum_working_days=MINIMUM_WORKING_DAYS_WEIGHT * _missing_days(instance, solution),
        curriculum_compactness=CURRICULUM_COMPACTNESS_WEIGHT * _isolated(instance, solution),
        room_stability=ROOM_STABILITY_WEIGHT * _extra_rooms(solution),
    )


def _lectures(instance: Instance, solution: Sequence[Lecture]) -> int:
    """Lectures that are missing or too many; one held beside another of its course counts as missing."""
    lines = Counter(x.course for x in solution)
    periods = Counter(course for course, _, _ in {(x.course, x.day, x.period) for x in solution})
    return sum(
        max(0, course.lectures - periods[course.name]) + max(0, lines[course.name] - course.lectures)
        for course in instance.courses.values()
    )


def _room_occupancy(solution: Sequence[Lecture]) -> int:
    used = Counter((x.room, x.day, x.period) for x in solution)
    return sum(count - 1 for count in used.values())


def _conflicts(instance: Instance, solution: Sequence[Lecture]) -> int:
    """Pairs of courses in one period that share a teacher or a curriculum."""
    curricula = defaultdict(set)
    for name, members in instance.curricula.items():
        for course in members:
            curricula[course].add(name)
    at = defaultdict(set)
    for lecture in solution:
        at[lecture.day, lecture.period].add(lecture.course)
    return sum(
        instance.courses[a].teacher == instance.courses[b].teacher or not curricula[a].isdisjoint(curricula[b])
        for courses in at.values()
        for a, b in combinations(sorted(courses), 2)
    )


def _missing_days(instance: Instance, solution: Sequence[Lecture]) -> int:
    days = Counter(course for course, _ in {(x.course, x.day) for x in solution})
    return sum(max(0, course.minimum_working_days - days[course.name]) for course in instance.courses.values())


def _isolated(instance: Instance, solution: Sequence[Lecture]) -> int:
    """Cells of a curriculum's week with neither neighbour of the same day occupied."""
    cells_of = defaultdict(set)
    for lecture in solution:
        cells_of[lecture.course].add((lecture.day, lecture.period))
    count = 0
    for members in instance.curricula.values():
        cells = set[tuple[int, int]]().union(*(cells_of[course] for course in members))
        count += sum((day, period - 1) not in cells and (day, period + 1) not in cells for day, period in cells)
    return count


def _extra_rooms(solution: Sequence[Lecture]) -> int:
    rooms = Counter(course for course, _ in {(x.course, x.room) for x in solution})
    return sum(count - 1 for count in rooms.values())


def _lines(text: str) -> Iterator[tuple[int, list[str]]]:
    for number, line in enumerate(text.splitlines(), 1):
        if words := line.split():
            yield number, words


def _section(
    lines: Iterator[tuple[int, list[str]]], size: int, width: int | None = None
) -> Iterator[tuple[int, list[str]]]:
    for _ in range(size):
        number, words = next(lines, (0, []))
        if not words:
            raise UnreadableFileError("The file ends too early.")
        if width is not None and len(words) != width:
            raise UnreadableFileError(f'Line {number}: "{" ".join(words)}" must have {width} words.')
        yield number, words


def _expect(lines: Iterator[tuple[int, list[str]]], heading: str) -> None:
    number, words = next(lines, (0, []))
    if not words:
        raise UnreadableFileError(f'The file ends before "{heading}".')
    if words != [heading]:
        raise UnreadableFileError(f'Line {number}: "{heading}" must stand where "{" ".join(words)}" does.')


def _whole(number: int, word: str) -> int:
    if not word.isdecimal():
        raise UnreadableFileError(f'Line {number}: "{word}" must be a whole number, not below 0.')
    return int(word)


def main(arguments: Sequence[str] | None = None) -> int:
    """Print the components of a solution."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.itc2007_course", description=main.__doc__)
    parser.add_argument("instance", type=Path, metavar="INSTANCE", help="a .ctt file")
    parser.add_argument("solution", type=Path, metavar="SOLUTION", help="a .sol file")
    given = parser.parse_args(arguments)
    try:
        instance = read_instance(given.instance.read_text(encoding="utf-8"))
        components = evaluate(instance, read_solution(given.solution.read_text(encoding="utf-8"), instance))
    except (OSError, UnicodeDecodeError, UnreadableFileError) as error:
        print(error, file=sys.stderr)
        return 2
    for field in fields(components):
        print(f"{field.name:<24}{getattr(components, field.name):>8}")
    print(f"{'violations':<24}{components.violations:>8}")
    print(f"{'cost':<24}{components.cost:>8}")
    return 1 if components.violations else 0


if __name__ == "__main__":
    sys.exit(main())
