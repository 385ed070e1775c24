"""Measure how long a request for a consultation waits for its proposals, in schools that grow.

``python -m benchmarks.consult --lessons 100 300 1000 --requests 24 --seconds 1``

The schools are those of `benchmarks.synthetic` with their hidden timetables; every student has a name, and teachers stay
until five on the days on which they come. Each request is answered by itself, from the document and the timetable as
they were read: what is looked up for one is not there for the next. Every proposal is recounted by the plain facts.
"""

from __future__ import annotations

import random
import sys
import time
from datetime import time as clock
from datetime import timedelta
from typing import TYPE_CHECKING

from benchmarks import proved, records
from benchmarks.process import in_own_process
from benchmarks.synthetic import School, school
from scheduler.domain.exams import Request
from scheduler.domain.people import Availability, Hours, Student
from scheduler.operations.consult import Answer, consult

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from benchmarks.records import Line
    from scheduler.domain.courses import Group
    from scheduler.domain.document import Document
    from scheduler.domain.people import Teacher

LESSONS = (100, 300, 1000)
MAKING = 300
"""Seconds that the largest school may take to be made, which do not count."""

LEAVE = clock(17)
"""Until when teachers stay."""

LAST_BELL = clock(13, 40)


def main(arguments: Sequence[str] | None = None) -> int:
    """Run what the file does not hold yet; a request that waits longer than the limit is an error."""
    parser = records.parser("consult", main.__doc__, seconds=1, solve="benchmarks.consult:answers")
    parser.set_defaults(workers=1)
    parser.add_argument("--lessons", type=int, nargs="+", default=LESSONS, help="lessons a week of each school")
    parser.add_argument("--requests", type=int, default=24, help="requests in each school (default: 24)")
    given = parser.parse_args(arguments)

    def perform(line: Line) -> tuple[Line, str]:
        asked = {name: line[name] for name in ("lessons", "requests", "seconds", "seed")}
        result = in_own_process(given.solve, asked, limit=given.requests * 10 * given.seconds + MAKING)
        return result, f"slowest after {result.get('slowest')} s"

    lines = [
        {"instance": f"school-{lessons}", "digest": "", "lessons": lessons, "requests": given.requests}
        for lessons in given.lessons
    ]
    return records.fill("consult", lines, given, perform)


def answers(asked: Line) -> Line:
    """Answer the requests of a school one by one.

    Parameters
    ----------
    asked : dict
        `lessons`, `requests`, `seconds` that an answer may take, `seed` (of the requests).

    Returns
    -------
    dict
        `lessons` as there really are, `students`, `meetings` of the term; `answered`, requests with a proposal, `proposals`
        in all, of these with a lesson `moved`, and `relaxed`, requests that have none and are told what would help; `mean`
        and `slowest`, seconds for a request.
    """
    made = named(school(asked["lessons"]))
    timetable = proved.timetable(made)
    asked_for = tuple(requests(made.document, asked["requests"], random.Random(asked["seed"])))
    document = made.document.model_copy(update={"requests": asked_for})
    found: list[Answer] = []
    spent: list[float] = []
    for request in asked_for:
        begun = time.perf_counter()
        found += consult(document, timetable, (request.id,))
        spent.append(time.perf_counter() - begun)
    proposals = [proposal for one in found for proposal in one.proposals]
    result: Line = {
        "lessons": sum(int(course.hours) for course in document.courses),
        "students": len(document.students),
        "meetings": len(timetable.occurrences),
        "answered": sum(bool(one.proposals) for one in found),
        "proposals": len(proposals),
        "moved": sum(proposal.move is not None for proposal in proposals),
        "relaxed": sum(not one.proposals and len(one.relaxations) > 0 for one in found),
        "mean": round(sum(spent) / len(spent), 3),
        "slowest": round(max(spent), 3),
    }
    if max(spent) > asked["seconds"]:
        result["error"] = f"a request waits {max(spent):.2f} s"
    return result


def named(made: School) -> School:
    """Return a school whose students have names, and whose teachers stay after the lessons."""
    students: dict[str, list[str]] = {}
    for group in made.document.groups:
        if not group.part_of:
            students[group.id] = [f"{group.id}-s{number}" for number in range(1, (group.size or 0) + 1)]
    groups = tuple(_with_students(group, students) for group in made.document.groups)
    people = tuple(
        Student(id=student, grade=group.grade, site="school")
        for group in groups
        for student in students.get(group.id, ())
    )
    teachers = tuple(map(_staying, made.document.teachers))
    document = made.document.model_copy(update={"groups": groups, "students": people, "teachers": teachers})
    return School(document, made.proof)


def _with_students(group: Group, students: dict[str, list[str]]) -> Group:
    """Name a group's students; of the two halves of a class one has every other student."""
    if not group.part_of:
        return group.model_copy(update={"students": tuple(students[group.id]), "size": None})
    half = int(group.id.rpartition(".")[2])
    return group.model_copy(update={"students": tuple(students[group.part_of[0]][half - 1 :: 2]), "size": None})


def _staying(teacher: Teacher) -> Teacher:
    weekly = teacher.availability.weekly
    later = tuple(Hours(days=hours.days, start=LAST_BELL, end=LEAVE) for hours in weekly)
    return teacher.model_copy(update={"availability": Availability(weekly=(*weekly, *later))})


def requests(document: Document, number: int, rng: random.Random) -> Iterator[Request]:
    """Draw requests of six kinds in turn.

    A student's within two weeks, a whole class's within the term, four students' of one class by anybody qualified, three
    for one student, one during the lessons only, and one during the lessons for which a lesson may be moved.
    """
    first, last = document.term.first_day, document.term.last_day
    for n in range(number):
        course = rng.choice(document.courses)
        members = document.members(course.groups[0])
        opens = first + timedelta(days=rng.randrange((last - first).days - 14))
        fields: dict[str, object] = {"first_day": opens, "last_day": opens + timedelta(days=13)}
        fields |= {"students": (rng.choice(members),)}
        match n % 6:
            case 1:
                fields |= {"students": (), "groups": course.groups, "first_day": first, "last_day": last}
            case 2:
                able = tuple(t.id for t in document.teachers if t.may_teach(course.subject, course.grade))
                fields |= {"students": tuple(rng.sample(members, 4)), "teachers": able}
            case 3:
                fields |= {"count": 3}
            case 4:
                fields |= {"latest": LAST_BELL}
            case 5:
                fields |= {"latest": LAST_BELL, "may_move": True}
        yield Request.model_validate(
            {"id": f"r{n + 1}", "course": course.id, "mode": "site", "room": course.room, "minutes": 40, **fields}
        )


if __name__ == "__main__":
    sys.exit(main())
