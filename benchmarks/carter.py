"""The proximity cost of uncapacitated examination timetabling (the Toronto instances).

A second opinion on the solver's own count, so it shares nothing with it: own parser, own evaluator, and no import of
`solver` or `scheduler`. Source of the instances and of the cost: Carter, Laporte, Lee, "Examination Timetabling:
Algorithmic Strategies and Applications", Journal of the Operational Research Society 47, 1996.

An instance is two files, ``.crs`` (an exam and its enrolment a line) and ``.stu`` (a student's exams a line). A solution is
ours to write: ``<exam> <period>`` a line, periods counted from 0.

Run as ``python -m benchmarks.carter INSTANCE SOLUTION``, where INSTANCE is the ``.crs`` file with the ``.stu`` file beside
it; exits 1 where exams of one student meet, 2 where a file cannot be read.
"""

from __future__ import annotations

import argparse
import sys
from collections import Counter
from dataclasses import dataclass
from itertools import combinations
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

PROXIMITY = {1: 16, 2: 8, 3: 4, 4: 2, 5: 1}
"""What a student pays for two exams so many periods apart."""

PERIODS = {
    "ear-f-83": 24,
    "hec-s-92": 18,
    "lse-f-91": 18,
    "sta-f-83": 13,
    "tre-s-92": 23,
    "ute-s-92": 10,
    "yor-f-83": 21,
}
"""How many periods each instance has: no file says so. Source: Qu et al. 2009, version I."""


class UnreadableFileError(ValueError):
    """An instance or a solution is not what the format says."""


@dataclass(frozen=True)
class Instance:
    """An instance as read from a ``.crs`` and a ``.stu`` file.

    Attributes
    ----------
    name : str
        That of its files, without suffix.
    periods : int
        How many there are; all are alike, and there is no night between them.
    exams : dict of str to int
        Enrolment by name, in the file's order.
    students : tuple of frozenset of str
        The exams of each student.
    """

    name: str
    periods: int
    exams: dict[str, int]
    students: tuple[frozenset[str], ...]


@dataclass(frozen=True)
class Components:
    """What a solution misses.

    Attributes
    ----------
    conflicts : int
        Pairs of exams in one period that share a student.
    conflicting_students : int
        Students of those pairs: the same fault in another unit, so no violation of its own.
    proximity : int
        Sum of `PROXIMITY` over each student's pairs of exams.
    students : int
        How many the instance has.
    """

    conflicts: int
    conflicting_students: int
    proximity: int
    students: int

    @property
    def violations(self) -> int:
        """Broken hard constraints; a solution is feasible where it is 0."""
        return self.conflicts

    @property
    def cost(self) -> float:
        """The published cost: proximity per student."""
        return self.proximity / self.students


def load(path: Path, periods: int | None = None) -> Instance:
    """Read the instance of a ``.crs`` file that has its ``.stu`` file beside it.

    Raises
    ------
    UnreadableFileError
        As `read_instance` says, and if `periods` is not given and `PERIODS` does not know it.
    """
    periods = PERIODS.get(path.stem, 0) if periods is None else periods
    if not periods:
        raise UnreadableFileError(
            f'The periods of "{path.stem}" must be given, as no file says how many there are.\nMaybe add --periods.'
        )
    students = path.with_suffix(".stu")
    return read_instance(
        path.stem, path.read_text(encoding="utf-8"), students.read_text(encoding="utf-8"), periods=periods
    )


def read_instance(name: str, courses: str, students: str, *, periods: int) -> Instance:
    """Read the texts of a ``.crs`` and a ``.stu`` file; messages call the files by `name`.

    Raises
    ------
    UnreadableFileError
        If a line has another shape, an exam is given twice or is unknown, or the two files tell different enrolments.
    """
    exams: dict[str, int] = {}
    for where, words in _lines(courses, f"{name}.crs"):
        if len(words) != 2 or words[0] in exams:
            raise UnreadableFileError(f'{where}: "{" ".join(words)}" must be an exam, given once, and its enrolment.')
        exams[words[0]] = _whole(where, words[1])
    sits = []
    for where, words in _lines(students, f"{name}.stu"):
        if unknown := [word for word in words if word not in exams]:
            raise UnreadableFileError(f'{where}: there is no exam "{unknown[0]}".')
        sits.append(frozenset(words))
    if not sits:
        raise UnreadableFileError(f"{name}.stu must have a student.")
    counted = Counter(exam for of in sits for exam in of)
    for exam, enrolment in exams.items():
        if counted[exam] != enrolment:
            raise UnreadableFileError(
                f'{name}.stu: exam "{exam}" must have {enrolment} students, as {name}.crs says, not {counted[exam]}.'
            )
    return Instance(name, periods, exams, tuple(sits))


def read_solution(text: str, instance: Instance, file: str = "The solution") -> dict[str, int]:
    """Read the period of each exam; `file` is the text's name in messages.

    Raises
    ------
    UnreadableFileError
        If an exam is unknown, missing or given twice, or a period lies outside the instance's.
    """
    solution: dict[str, int] = {}
    for where, words in _lines(text, file):
        if len(words) != 2:
            raise UnreadableFileError(f'{where}: "{" ".join(words)}" must be an exam and a period.')
        exam, period = words[0], _whole(where, words[1])
        if exam not in instance.exams:
            raise UnreadableFileError(f'{where}: there is no exam "{exam}".')
        if exam in solution:
            raise UnreadableFileError(f'{where}: exam "{exam}" must be given once.')
        if period >= instance.periods:
            raise UnreadableFileError(f"{where}: period {period} must be one of 0 to {instance.periods - 1}.")
        solution[exam] = period
    if missing := [exam for exam in instance.exams if exam not in solution]:
        raise UnreadableFileError(f'{file} must also give the period of exam "{missing[0]}".')
    return solution


def evaluate(instance: Instance, solution: Mapping[str, int]) -> Components:
    """Count the conflicts and the proximity of a solution, the period of each exam by name."""
    shared = shared_students(instance)
    gaps = {(a, b): abs(solution[a] - solution[b]) for a, b in shared}
    return Components(
        conflicts=sum(gap == 0 for gap in gaps.values()),
        conflicting_students=sum(shared[pair] for pair, gap in gaps.items() if gap == 0),
        proximity=sum(shared[pair] * PROXIMITY.get(gap, 0) for pair, gap in gaps.items()),
        students=len(instance.students),
    )


def shared_students(instance: Instance) -> dict[tuple[str, str], int]:
    """Count the students of each pair of exams, the lower name first, that has any in common."""
    shared = Counter[tuple[str, str]]()
    for exams in instance.students:
        shared.update(combinations(sorted(exams), 2))
    return dict(shared)


def _lines(text: str, file: str) -> Iterator[tuple[str, list[str]]]:
    """Lines that are not blank: where each stands, and its words."""
    for number, line in enumerate(text.splitlines(), 1):
        if words := line.split():
            yield f"{file}, line {number}", words


def _whole(where: str, word: str) -> int:
    if not word.isdecimal():
        raise UnreadableFileError(f'{where}: "{word}" must be a whole number, not below 0.')
    return int(word)


def main(arguments: Sequence[str] | None = None) -> int:
    """Print the components of a solution."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.carter", description=main.__doc__)
    parser.add_argument("instance", type=Path, metavar="INSTANCE", help="a .crs file, its .stu file beside it")
    parser.add_argument("solution", type=Path, metavar="SOLUTION", help="a file of lines: exam, period from 0")
    parser.add_argument("--periods", type=int, help="how many there are (default: what the literature says)")
    given = parser.parse_args(arguments)
    try:
        instance = load(given.instance, given.periods)
        solution = read_solution(given.solution.read_text(encoding="utf-8"), instance, str(given.solution))
    except (OSError, UnicodeDecodeError, UnreadableFileError) as error:
        print(error, file=sys.stderr)
        return 2
    components = evaluate(instance, solution)
    for name in ("conflicts", "conflicting_students", "proximity", "students", "violations"):
        print(f"{name:<24}{getattr(components, name):>8}")
    print(f"{'cost':<24}{components.cost:>8.2f}")
    return 1 if components.violations else 0


if __name__ == "__main__":
    sys.exit(main())
