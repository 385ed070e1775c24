"""Faults of groups, plans, courses and other events."""

from collections import Counter, defaultdict
from collections.abc import Iterator
from fractions import Fraction

from scheduler.domain.check_people import clock_order, date_order, weeks_in_cycle
from scheduler.domain.check_term import in_term
from scheduler.domain.courses import Course, Sections
from scheduler.domain.document import Document
from scheduler.domain.events import OtherEvent
from scheduler.domain.faults import at
from scheduler.domain.lessons import fits
from scheduler.errors import Fault
from solver.sentence import sentence


def groups(document: Document) -> Iterator[Fault]:
    """Find groups that are parts of themselves, and sizes that their students exceed."""
    for index, group in enumerate(document.groups):
        reached: set[str] = set()
        ahead = list(group.part_of)
        while ahead:
            whole = ahead.pop()
            if whole not in reached and document.has("groups", whole):
                reached.add(whole)
                ahead += document.group(whole).part_of
        if group.id in reached:
            must = sentence("The group “{group}” must not be a part of itself.", group=group.id)
            yield Fault(at("groups", index, "part_of"), must)
        if group.size is not None and group.size < len(group.students):
            must = sentence(
                "The size ({size}) must not be less than the {n} students who are named.",
                size=group.size,
                n=len(group.students),
            )
            yield Fault(at("groups", index, "size"), must)


def plans(document: Document) -> Iterator[Fault]:
    """Find courses that a plan holds twice, and hours that are no whole lessons or differ from a group's."""
    for index, student in enumerate(document.students):
        times = Counter(item.course for item in student.plan)
        seen: set[str] = set()
        for number, item in enumerate(student.plan):
            place = at("students", index, "plan", number, "course")
            if times[item.course] > 1 and item.course in seen:
                yield Fault(place, sentence("“{key}” must be listed once only.", key=item.course))
            seen.add(item.course)
            if item.hours is None or not document.has("courses", item.course):
                continue
            course = document.course(item.course)
            way = ("students", index, "plan", number, "hours")
            if course.groups and item.hours != course.hours:
                must = sentence(
                    "The hours ({hours}) must be those of the course “{course}” ({all}): its groups learn together.",
                    hours=item.hours,
                    course=course.id,
                    all=course.hours,
                )
                yield Fault(at(*way), must)
            else:
                yield from _whole(document, item.hours, course, *way)


def _whole(document: Document, hours: Fraction, course: Course | OtherEvent, *way: int | str) -> Iterator[Fault]:
    cycle = document.term.cycle
    if getattr(course, "mode", None) == "self_paced" or fits(hours, course.split, cycle):
        return
    if (hours * cycle).denominator != 1:
        must = sentence(
            "The hours a week ({hours}) must make whole lessons in the cycle of {n} week.",
            plural="The hours a week ({hours}) must make whole lessons in the cycle of {n} weeks.",
            hours=hours,
            n=cycle,
        )
    else:
        must = sentence(
            "The hours of a cycle ({hours}) must be divided without rest into lessons of {split} periods.",
            hours=hours * cycle,
            split="+".join(map(str, course.split)),
        )
    yield Fault(at(*way), must)


def courses(document: Document) -> Iterator[Fault]:
    """Find courses that cannot be held as they are described."""
    planned: defaultdict[str, list[Fraction | None]] = defaultdict(list)
    for student in document.students:
        for item in student.plan:
            planned[item.course].append(item.hours)
    for index, course in enumerate(document.courses):
        yield from _whole(document, course.hours, course, "courses", index, "hours")
        yield from _deadline(document, course, index)
        yield from _candidates(document, course, index)
        if course.groups and course.sections is not None:
            must = sentence("The course “{course}” must have either groups or sections.", course=course.id)
            yield Fault(at("courses", index, "sections"), must)
        elif course.sections is not None:
            n = len(planned[course.id])
            yield from _sections(course.sections, n, course.id, index)
            different = {course.hours if hours is None else hours for hours in planned[course.id]}
            if course.sections.count is not None and len(different) > course.sections.count:
                must = sentence(
                    "The sections ({count}) must not be fewer than the different hours in the plans ({n}).",
                    count=course.sections.count,
                    n=len(different),
                )
                yield Fault(at("courses", index, "sections", "count"), must)
        elif course.groups and not planned[course.id] and not any(_people(document, g) for g in course.groups):
            must = sentence("The groups of the course “{course}” must have students or a size.", course=course.id)
            yield Fault(at("courses", index, "groups"), must)


def _people(document: Document, group: str) -> int:
    """How many a group has; one that is not in the document is another fault's matter."""
    if not document.has("groups", group):
        return 1
    size = document.group(group).size
    return len(document.members(group)) if size is None else size


def _deadline(document: Document, course: Course, index: int) -> Iterator[Fault]:
    if course.mode == "self_paced" and course.deadline is None:
        must = sentence("The self-paced course “{course}” must have a deadline.", course=course.id)
        yield Fault(at("courses", index, "deadline"), must)
    if course.deadline is not None:
        yield from in_term(document, course.deadline, "courses", index, "deadline")


def _candidates(document: Document, course: Course, index: int) -> Iterator[Fault]:
    for number, key in enumerate(course.teachers):
        if document.has("teachers", key) and not document.teacher(key).may_teach(course.subject, course.grade):
            must = sentence(
                "The teacher “{teacher}” must be qualified for {subject} in grade {grade}.",
                teacher=key,
                subject=course.subject,
                grade=str(course.grade),
            )
            if course.grade is None:
                must = sentence(
                    "The teacher “{teacher}” must be qualified for {subject}.", teacher=key, subject=course.subject
                )
            yield Fault(at("courses", index, "teachers", number), must)
    if course.mode == "self_paced":
        return
    able = len(course.teachers) or sum(t.may_teach(course.subject, course.grade) for t in document.teachers)
    if able < course.teachers_needed:
        must = sentence(
            "The course “{course}” must have as many candidates as it needs teachers ({needed}); there are {n}.",
            course=course.id,
            needed=course.teachers_needed,
            n=able,
        )
        yield Fault(at("courses", index, "teachers"), must, sentence("Maybe write 0 teachers needed."))


def _sections(sections: Sections, n: int, course: str, index: int) -> Iterator[Fault]:
    """Find sizes that cannot hold all who have the course in their plans; a course nobody chose is not held."""
    if not n:
        return
    most = n if sections.most is None else sections.most
    count = sections.count if sections.count is not None else -(-n // most)
    if count * sections.least <= n <= count * most:
        return
    must = sentence(
        "The {n} student of the course “{course}” must fit into {count} sections of {least} to {most}.",
        plural="The {n} students of the course “{course}” must fit into {count} sections of {least} to {most}.",
        n=n,
        course=course,
        count=count,
        least=sections.least,
        most=most,
    )
    yield Fault(at("courses", index, "sections"), must)


def other_events(document: Document) -> Iterator[Fault]:
    """Find other events without a time or without people, and times that cannot be."""
    for index, event in enumerate(document.events):
        ways = [event.hours is not None, bool(event.fixed), bool(event.dated)]
        if sum(ways) != 1:
            must = sentence(
                "The event “{event}” must have hours, fixed times or dates: one of the three.", event=event.id
            )
            yield Fault(at("events", index), must)
        if not (event.teachers or event.tutors or event.support or event.students or event.groups):
            yield Fault(at("events", index), sentence("The event “{event}” must have people.", event=event.id))
        if event.hours is not None:
            yield from _whole(document, event.hours, event, "events", index, "hours")
        for number, fixed in enumerate(event.fixed):
            way = ("events", index, "fixed", number)
            yield from clock_order(fixed.start, fixed.end, *way)
            yield from weeks_in_cycle(fixed.weeks, document.term.cycle, *way)
            if (fixed.start is None or fixed.end is None) == (not fixed.periods):
                must = sentence("A fixed time must have either a start and an end, or periods.")
                yield Fault(at(*way), must)
            if any(later != earlier + 1 for earlier, later in zip(fixed.periods, fixed.periods[1:], strict=False)):
                yield Fault(at(*way, "periods"), sentence("The periods must follow one another."))
        for number, dated in enumerate(event.dated):
            way = ("events", index, "dated", number)
            yield from date_order(dated.first, dated.last, *way)
            yield from clock_order(dated.start, dated.end, *way)
            yield from in_term(document, dated.first, *way, "first")
            yield from in_term(document, dated.last, *way, "last")
