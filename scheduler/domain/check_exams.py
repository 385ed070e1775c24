"""Faults of exams: who sits them, how they are held, which must come before or beside which."""

from collections.abc import Iterator
from graphlib import CycleError, TopologicalSorter
from itertools import combinations

from scheduler.domain.check_sessions import called, possible_days
from scheduler.domain.document import Document
from scheduler.domain.exam_students import days_of, size_of, students_of
from scheduler.domain.exams import Exam
from scheduler.domain.faults import at
from scheduler.errors import Fault
from solver.sentence import sentence


def exams(document: Document) -> Iterator[Fault]:
    """Find exams that nobody sits, and turns that do not suit their form."""
    for index, exam in enumerate(document.exams):
        yield from _students(document, exam, index)
        yield from _turns(exam, index)
        in_period = document.has("sessions", exam.session) and document.session(exam.session).periods
        if not exam.minutes and not in_period:
            must = sentence("Exam “{exam}” must last a minute at least.", exam=called(exam))
            yield Fault(at("exams", index, "minutes"), must)


def _students(document: Document, exam: Exam, index: int) -> Iterator[Fault]:
    named = len(students_of(document, exam))
    known = all(document.has(kind, key) for kind in ("courses", "groups", "students") for key in getattr(exam, kind))
    if known and exam.size is None and not size_of(document, exam):
        must = sentence("Exam “{exam}” must have students or a size.", exam=called(exam))
        yield Fault(at("exams", index), must)
    if exam.size is not None and exam.size < named:
        must = sentence(
            "The size ({size}) must not be less than the {n} students who are named.", size=exam.size, n=named
        )
        yield Fault(at("exams", index, "size"), must)
    for number, key in enumerate(exam.courses if exam.size is None else ()):
        if document.has("courses", key) and not document.course(key).groups and not document.planned(key):
            must = sentence(
                "The course “{course}” must have students: no plan holds it and no group attends it.", course=key
            )
            yield Fault(at("exams", index, "courses", number), must)


def _turns(exam: Exam, index: int) -> Iterator[Fault]:
    if exam.form in {"oral", "presentation"} and exam.turn_minutes is None:
        must = sentence("Exam “{exam}” ({form}) must say how long a turn is.", exam=called(exam), form=exam.form)
        yield Fault(at("exams", index, "turn_minutes"), must)
    elif exam.form in {"written", "test"} and exam.turn_minutes is not None:
        must = sentence("Exam “{exam}” ({form}) must have no turns.", exam=called(exam), form=exam.form)
        yield Fault(at("exams", index, "turn_minutes"), must, sentence("Maybe its form is oral."))
    elif exam.turn_minutes is not None and exam.turn_minutes > exam.minutes:
        must = sentence(
            "A turn ({turn} min) must not be longer than the exam ({minutes} min).",
            turn=exam.turn_minutes,
            minutes=exam.minutes,
        )
        yield Fault(at("exams", index, "turn_minutes"), must)
    if exam.turn_minutes is None and exam.turns_at_once > 1:
        must = sentence(
            "Exam “{exam}” must have turns, for {n} to be at once.", exam=called(exam), n=exam.turns_at_once
        )
        yield Fault(at("exams", index, "turns_at_once"), must)


class _Together:
    """The exams that are held at the same time, also those that are so by way of others."""

    def __init__(self, document: Document) -> None:
        self._first = {exam.id: exam.id for exam in document.exams}
        for exam in document.exams:
            for key in exam.together:
                if key in self._first:
                    self._first[self.first(key)] = self.first(exam.id)
        self.groups: dict[str, list[int]] = {}
        for index, exam in enumerate(document.exams):
            self.groups.setdefault(self.first(exam.id), []).append(index)

    def first(self, key: str) -> str:
        """Return the one that stands for all that are held at the same time."""
        while self._first[key] != key:
            key = self._first[key]
        return key


def exam_order(document: Document) -> Iterator[Fault]:
    """Find exams that cannot be held after, beside or apart from others as they are said to be."""
    together = _Together(document)
    for index, exam in enumerate(document.exams):
        for field in ("after", "together", "apart"):
            for number, key in enumerate(getattr(exam, field)):
                if not document.has("exams", key):
                    continue
                if key == exam.id:
                    must = sentence("Exam “{exam}” must not name itself.", exam=called(exam))
                    yield Fault(at("exams", index, field, number), must)
                elif field == "after":
                    yield from _after(document, together, exam, document.exam(key), index, number)
                elif field == "apart" and together.first(key) == together.first(exam.id):
                    must = sentence(
                        "Exams “{exam}” and “{other}” must not be held both at the same time and never so.",
                        exam=called(exam),
                        other=called(document.exam(key)),
                    )
                    yield Fault(at("exams", index, field, number), must)
    for group in together.groups.values():
        for earlier, later in combinations(group, 2):
            yield from _beside(document, earlier, later)
    yield from _circles(document, together)


def _after(
    document: Document, together: _Together, exam: Exam, other: Exam, index: int, number: int
) -> Iterator[Fault]:
    place = at("exams", index, "after", number)
    if together.first(other.id) == together.first(exam.id):
        must = sentence(
            "Exam “{exam}” must not be held both after “{other}” and at the same time.",
            exam=called(exam),
            other=called(other),
        )
        yield Fault(place, must)
        return
    own, others = possible_days(document, exam), possible_days(document, other)
    if own is not None and others is not None and own[1] < others[0]:
        must = sentence(
            "Exam “{exam}” ({last} at the latest) must come after “{other}” ({first} at the earliest).",
            exam=called(exam),
            other=called(other),
            last=own[1],
            first=others[0],
        )
        yield Fault(place, must)


def _beside(document: Document, earlier: int, later: int) -> Iterator[Fault]:
    first, second = document.exams[earlier], document.exams[later]
    if first.id == second.id:
        return
    shared = document.ordered("students", set(students_of(document, first)) & set(students_of(document, second)))
    place = at("exams", later if first.id in second.together else earlier, "together")
    if shared:
        must = sentence(
            "Exams “{exam}” and “{other}” are held at the same time and must share no student; “{student}” sits both.",
            plural=(
                "Exams “{exam}” and “{other}” are held at the same time and must share no student; "
                "{n} sit both, such as “{student}”."
            ),
            n=len(shared),
            exam=called(first),
            other=called(second),
            student=shared[0],
        )
        yield Fault(place, must)
    if possible_days(document, first) and possible_days(document, second):
        days = {day.date for day in days_of(document, first)}
        if days.isdisjoint(day.date for day in days_of(document, second)):
            must = sentence(
                "Exams “{exam}” and “{other}” must have a day on which both can be held.",
                exam=called(first),
                other=called(second),
            )
            yield Fault(place, must)


def _circles(document: Document, together: _Together) -> Iterator[Fault]:
    """Find exams that come after one another in a circle, one circle for each edge that closes one."""
    edges: dict[tuple[str, str], tuple[int, int]] = {}
    graph: dict[str, dict[str, None]] = {together.first(exam.id): {} for exam in document.exams}
    for index, exam in enumerate(document.exams):
        own = together.first(exam.id)
        for number, key in enumerate(exam.after):
            if document.has("exams", key) and together.first(key) != own:
                graph[own][together.first(key)] = None
                edges.setdefault((own, together.first(key)), (index, number))
    while True:
        try:
            TopologicalSorter(graph).prepare()
        except CycleError as circle:
            keys: list[str] = circle.args[1]  # each comes before the next; the first and the last are the same
            index, number = edges[keys[1], keys[0]]
            must = sentence(
                "Exams must not come after one another in a circle: {exams}.",
                exams=tuple(called(document.exam(key)) for key in keys[:-1]),
            )
            yield Fault(at("exams", index, "after", number), must)
            del graph[keys[1]][keys[0]]
        else:
            return
