"""Faults of who is there beside the students: commissions, assistants of those entitled to one, who consults."""

from collections.abc import Iterator

from scheduler.domain.check_sessions import called
from scheduler.domain.document import Document
from scheduler.domain.exam_students import (
    applies,
    candidates_for,
    consultants_for,
    entitlement_of,
    grade_of,
    own_teachers,
    parts_of,
    students_of,
    subject_of,
)
from scheduler.domain.exams import Commission, Entitlement, Exam, Seats
from scheduler.domain.faults import at
from scheduler.domain.seating import seating
from scheduler.errors import Fault
from solver.sentence import Sentence, sentence

MOST_EXTRA = 240
"""Extra minutes that somebody may be entitled to."""


def commissions(document: Document) -> Iterator[Fault]:
    """Find exams whose commissions nobody, or too few, may sit in."""
    for index, exam in enumerate(document.exams):
        if exam.commission is None or not document.has("commissions", exam.commission):
            continue
        commission = document.commission(exam.commission)
        faults = tuple(fault for seats in commission.seats for fault in _seats(document, exam, seats, index))
        yield from faults
        if not faults:
            yield from _all_seats(document, exam, commission, index)
        if exam.mode == "online" and exam.site is None and any(seats.at_site for seats in commission.seats):
            must = sentence(
                "Exam “{exam}” is online and must have a site: somebody of its commission must be there.",
                exam=called(exam),
            )
            yield Fault(at("exams", index, "site"), must)
    yield from _one_for_subject(document)


def _seats(document: Document, exam: Exam, seats: Seats, index: int) -> Iterator[Fault]:
    able = len(candidates_for(document, exam, seats))
    if able < seats.count and not seats.may_be_vacant:
        must = sentence(
            "Exam “{exam}” must have {n} candidate to be {role} in its commission; there are {able}.",
            plural="Exam “{exam}” must have {n} candidates to be {role} in its commission; there are {able}.",
            exam=called(exam),
            n=seats.count,
            role=seats.role,
            able=able,
        )
        yield Fault(at("exams", index, "commission"), must, _reason(document, exam, seats))


def _reason(document: Document, exam: Exam, seats: Seats) -> Sentence:
    """Say what keeps people from seats: that they are not qualified, or that they teach the students."""
    subject, grade = subject_of(document, exam), grade_of(document, exam)
    anybody = seats.model_copy(update={"qualified": False, "independent": False})
    qualified = seats.model_copy(update={"independent": False})
    if len(candidates_for(document, exam, anybody)) < seats.count:
        return sentence("Maybe name more candidates, or allow the seat to be vacant.")
    able = candidates_for(document, exam, qualified)
    if len(able) >= seats.count:
        own = own_teachers(document, exam)
        return sentence(
            "Qualified, but teachers of its students: {people}.", people=tuple(key for key in able if key in own)
        )
    if grade is None:
        return sentence("Qualified for {subject}: {n}.", subject=subject, n=len(able))
    return sentence("Qualified for {subject} in grade {grade}: {n}.", subject=subject, grade=str(grade), n=len(able))


def _all_seats(document: Document, exam: Exam, commission: Commission, index: int) -> Iterator[Fault]:
    """Find commissions that have enough candidates for each role and not enough for all of them at once."""
    at_once = len(parts_of(document, exam)) if exam.same_time else 1
    seats = [
        candidates_for(document, exam, one)
        for one in commission.seats
        if not one.may_be_vacant
        for _ in range(one.count if one.one_for_subject else one.count * at_once)
    ]
    filled = len(seating(seats))
    if filled < len(seats):
        must = sentence(
            "Exam “{exam}” must have {n} people in its commissions at the same time; there are candidates for {able}.",
            exam=called(exam),
            n=len(seats),
            able=filled,
        )
        yield Fault(at("exams", index, "commission"), must)


def _one_for_subject(document: Document) -> Iterator[Fault]:
    """Find seats that nobody may hold in all exams of a subject, though one person is to."""
    held: dict[tuple[str, str | None, str, int], list[tuple[int, set[str]]]] = {}
    vacant: set[tuple[str, str | None, str, int]] = set()
    for index, exam in enumerate(document.exams):
        if exam.commission is None or not document.has("commissions", exam.commission):
            continue
        for number, seats in enumerate(document.commission(exam.commission).seats):
            if seats.one_for_subject:
                key = (exam.session, subject_of(document, exam), seats.role, number)
                held.setdefault(key, []).append((index, set(candidates_for(document, exam, seats))))
                if seats.may_be_vacant:
                    vacant.add(key)
    for (session, subject, role, number), exams in held.items():
        able = set.intersection(*(people for _, people in exams))
        if not able and all(people for _, people in exams) and (session, subject, role, number) not in vacant:
            must = sentence(
                "One person must be able to be {role} in all exams of {subject}: {exams}; nobody is.",
                role=role,
                subject=subject,
                exams=tuple(called(document.exams[index]) for index, _ in exams),
            )
            yield Fault(at("exams", exams[0][0], "commission"), must)


def consultations(document: Document) -> Iterator[Fault]:
    """Find consultations before exams that have no day or nobody to hold them."""
    for index, exam in enumerate(document.exams):
        need, way = exam.consultation, ("exams", index, "consultation")
        if need is None:
            continue
        if need.least_days > need.most_days:
            must = sentence(
                "The days before the exam at least ({least}) must not be more than at most ({most}).",
                least=need.least_days,
                most=need.most_days,
            )
            yield Fault(at(*way, "least_days"), must)
        if need.by == "teacher" and not consultants_for(document, exam):
            must = sentence(
                "The consultation before exam “{exam}” must have a teacher; nobody is qualified.", exam=called(exam)
            )
            yield Fault(at(*way, "by"), must)
        if need.by == "examiner" and "examiner" not in _roles(document, exam):
            must = sentence(
                "The commission of exam “{exam}” must have an examiner, who holds the consultation.", exam=called(exam)
            )
            yield Fault(at(*way, "by"), must)


def _roles(document: Document, exam: Exam) -> list[str]:
    if exam.commission is None or not document.has("commissions", exam.commission):
        return []
    return [seats.role for seats in document.commission(exam.commission).seats]


def entitlements(document: Document) -> Iterator[Fault]:
    """Find entitlements to nothing, to too much, given twice, or of somebody who sits none of the exams."""
    sitting = {exam.id: frozenset(students_of(document, exam)) for exam in document.exams}
    for index, own in enumerate(document.entitlements):
        yield from _extent(document, own, index)
        yield from _exams(document, own, index, sitting)
        yield from _alone_online(document, own, index, sitting)
        yield from _assistants(document, own, index)
    yield from _given_twice(document)


def _extent(document: Document, own: Entitlement, index: int) -> Iterator[Fault]:
    if own.extra_minutes > MOST_EXTRA:
        must = sentence(
            "The extra time ({minutes} min) must be at most {most} min.", minutes=own.extra_minutes, most=MOST_EXTRA
        )
        yield Fault(at("entitlements", index, "extra_minutes"), must)
    if not (own.extra_minutes or own.own_room or own.own_workstation or own.features or own.assistant):
        must = sentence("What “{student}” is entitled to must be said.", student=own.student)
        yield Fault(at("entitlements", index), must)
    if own.assistants and not own.assistant:
        must = sentence("“{student}” must be entitled to an assistant, for some to be named.", student=own.student)
        yield Fault(at("entitlements", index, "assistants"), must)
    if own.assistant and not own.assistants and not document.tutors:
        must = sentence("There must be a tutor, or assistants be named, to sit with “{student}”.", student=own.student)
        yield Fault(at("entitlements", index, "assistants"), must)


def _exams(document: Document, own: Entitlement, index: int, sitting: dict[str, frozenset[str]]) -> Iterator[Fault]:
    if not document.has("students", own.student):
        return
    if not own.exams and not any(own.student in students for students in sitting.values()):
        must = sentence("“{student}” must sit an exam, to be entitled to anything in it.", student=own.student)
        yield Fault(at("entitlements", index, "student"), must)
    for number, key in enumerate(own.exams):
        if key in sitting and own.student not in sitting[key]:
            must = sentence("“{student}” must sit exam “{exam}”.", student=own.student, exam=called(document.exam(key)))
            yield Fault(at("entitlements", index, "exams", number), must)


def _alone_online(
    document: Document, own: Entitlement, index: int, sitting: dict[str, frozenset[str]]
) -> Iterator[Fault]:
    """Find online exams in which a student is to be alone who sits at a site: only who sits at home is."""
    site = document.student(own.student).site if document.has("students", own.student) else None
    if not own.own_room or site is None:
        return
    for exam in document.exams:
        if exam.mode == "online" and own.student in sitting[exam.id] and applies(own, exam):
            must = sentence(
                "“{student}” must sit at home to be alone in exam “{exam}”, which is online; they sit at {site}.",
                student=own.student,
                exam=called(exam),
                site=site,
            )
            hint = sentence("Maybe name the exams, or the forms of exams, that it is for.")
            yield Fault(at("entitlements", index, "own_room"), must, hint)


def _assistants(document: Document, own: Entitlement, index: int) -> Iterator[Fault]:
    """Find exams in which nobody is left whom all entitlements of a student name."""
    if not own.assistants or document.entitlements_of(own.student)[-1] is not own:
        return
    for exam in document.exams:
        if applies(own, exam) and not entitlement_of(document, own.student, exam).assistants:
            must = sentence(
                "“{student}” must have an assistant in exam “{exam}” whom all that is said of it names; there is none.",
                student=own.student,
                exam=called(exam),
            )
            yield Fault(at("entitlements", index, "assistants"), must)


def _given_twice(document: Document) -> Iterator[Fault]:
    """Find what is given twice for one student and exam, or twice for all of them; that of all adds to that of one."""
    first: dict[tuple[str, str, str], int] = {}
    for index, own in enumerate(document.entitlements):
        for exam in own.exams or ("",):
            for form in own.forms or ("",):
                earlier = first.setdefault((own.student, exam, form), index)
                if earlier != index:
                    must = sentence(
                        "What “{student}” is entitled to must be given once for each exam; {earlier} has it.",
                        student=own.student,
                        earlier=f"entitlements[{earlier}]",
                    )
                    yield Fault(at("entitlements", index), must)
