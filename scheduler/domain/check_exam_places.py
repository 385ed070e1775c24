"""Faults of the places of exams: sites that cannot be told, rooms and workstations that are too few."""

from collections import Counter
from collections.abc import Iterable, Iterator
from math import ceil

from scheduler.domain.check_sessions import called
from scheduler.domain.courses import FurtherRoom
from scheduler.domain.document import Document
from scheduler.domain.exam_students import (
    entitlement_of,
    parts_of,
    site_of,
    sites_of,
    size_of,
    sizes_of_parts,
    students_of,
)
from scheduler.domain.exams import Entitlement, Exam
from scheduler.domain.faults import at
from scheduler.domain.places import Room
from scheduler.errors import Fault
from solver.sentence import Sentence, sentence

BROUGHT = sentence("Maybe a workstation can be brought, and stands in no room.")


def exam_places(document: Document) -> Iterator[Fault]:
    """Find exams without a site, a room or workstations for all who sit them."""
    for index, exam in enumerate(document.exams):
        if exam.mode == "site":
            if exam.site is None and size_of(document, exam):
                yield from _site(document, exam, index)
            yield from _optional_rooms(exam, index)
            yield from _room(document, exam, index)
            yield from _own_rooms(document, exam, index)
            yield from _workstations_in_rooms(document, exam, index)
        yield from _workstations(document, exam, index)


def _site(document: Document, exam: Exam, index: int) -> Iterator[Fault]:
    place = at("exams", index, "site")
    first, *others = sorted(sites_of(document, exam).items(), key=lambda pair: -pair[1]) or [("", 0)]
    if others and others[0][1] == first[1]:
        must = sentence(
            "Exam “{exam}” must have a site: as many of its students sit at {one} as at {other} ({n}).",
            exam=called(exam),
            one=first[0],
            other=others[0][0],
            n=first[1],
        )
        yield Fault(place, must)
    elif document.sites and site_of(document, exam) is None:
        must = sentence("Exam “{exam}” must have a site: its students sit at none.", exam=called(exam))
        yield Fault(place, must, sentence("Maybe it is online: mode."))


def suiting(document: Document, site: str | None, need: FurtherRoom) -> list[Room]:
    """Return the rooms of a site that are candidates and offer what is needed, whatever their seats."""
    return [
        room
        for room in document.rooms
        if (site is None or room.site == site)
        and (not need.candidates or room.id in need.candidates)
        and set(need.features) <= set(room.features)
    ]


def room_that_fits(
    document: Document, site: str | None, need: FurtherRoom, who: Sentence, seats: int, hint: Sentence | None = None
) -> tuple[Sentence, Sentence | None] | None:
    """Say why no room serves a need, if none does.

    Parameters
    ----------
    who
        Who needs it: begins a sentence.
    seats
        How many seats it must have.
    hint
        What might help where all rooms that would suit are too small.
    """
    rooms = suiting(document, site, need)
    if not rooms and need.features:
        must = sentence("{who} must have a room with {features}; there is none.", who=who, features=need.features)
        return must, None
    if not rooms:
        return sentence("{who} must have a room; there is none that suits it.", who=who), None
    largest = max(rooms, key=lambda room: room.seats)
    if largest.seats >= seats:
        return None
    must = sentence(
        "{who} must fit into a room; it needs {n} seat, and the largest room is {room} ({most}).",
        plural="{who} must fit into a room; it needs {n} seats, and the largest room is {room} ({most}).",
        who=who,
        n=seats,
        room=largest.id,
        most=largest.seats,
    )
    return must, hint


def _optional_rooms(exam: Exam, index: int) -> Iterator[Fault]:
    """Find exams that may be held without a room and need further ones: with these alone nobody could tell who sits where."""
    if exam.room is not None and exam.room.optional and exam.room.also:
        must = sentence("Exam “{exam}” must not have further rooms where its room is optional.", exam=called(exam))
        yield Fault(at("exams", index, "room", "also"), must, sentence("Maybe its rooms are needed: optional."))


def _room(document: Document, exam: Exam, index: int) -> Iterator[Fault]:
    if exam.room is None or exam.room.optional or not document.has("sessions", exam.session):
        return
    share = document.session(exam.session).seats_per_student
    seated = 0
    for students, size in zip(parts_of(document, exam), sizes_of_parts(document, exam), strict=True):
        seated = max(seated, size - len(_alone(document, exam, students)))
    if exam.in_turns:
        seated = min(seated, exam.turns_at_once)
    who = sentence("Exam “{exam}” ({n} student)", plural="Exam “{exam}” ({n} students)", exam=called(exam), n=seated)
    hint = None if exam.in_turns else sentence("Maybe allow it to be divided: most_in_part.")
    for number, need in enumerate((exam.room, *exam.room.also)):
        seats = need.seats if need.seats is not None else ceil(seated * share)
        wrong = room_that_fits(document, site_of(document, exam), need, who, seats, hint)
        if wrong is not None:
            way = ("room",) if number == 0 else ("room", "also", number - 1)
            yield Fault(at("exams", index, *way), *wrong)


def _alone(document: Document, exam: Exam, students: Iterable[str]) -> list[str]:
    """Return those who sit in rooms of their own."""
    return [student for student in students if (own := _own(document, student, exam)) is not None and own.own_room]


def _own(document: Document, student: str, exam: Exam) -> Entitlement | None:
    """Return what a student is entitled to, if to anything in any exam."""
    return entitlement_of(document, student, exam) if document.entitlements_of(student) else None


def _own_rooms(document: Document, exam: Exam, index: int) -> Iterator[Fault]:
    """Find too few rooms for those who sit alone, and none that offers what they need."""
    alone = [_alone(document, exam, students) for students in parts_of(document, exam)]
    if not any(alone):
        return
    site = site_of(document, exam)
    rooms = [room for room in document.rooms if site is None or room.site == site]
    for student in (student for part in alone for student in part):
        features = entitlement_of(document, student, exam).room_features
        if features and not any(set(features) <= set(room.features) for room in rooms):
            must = sentence(
                "“{student}” must have a room with {features} in exam “{exam}”; there is none.",
                student=student,
                features=features,
                exam=called(exam),
            )
            yield Fault(at("exams", index), must)
    shared = exam.room is not None and not exam.room.optional
    needed = [
        len(part) + (shared and len(part) < size)
        for part, size in zip(alone, sizes_of_parts(document, exam), strict=True)
    ]
    at_once = sum(needed) if exam.same_time else max(needed)
    if at_once > len(rooms):
        must = sentence(
            "Exam “{exam}” must have {n} room for a student who sits alone; there are {most}.",
            plural="Exam “{exam}” must have {n} rooms at the same time, those of students who sit alone included; "
            "there are {most}.",
            exam=called(exam),
            n=at_once,
            most=len(rooms),
        )
        yield Fault(at("exams", index), must)


def _workstations(document: Document, exam: Exam, index: int) -> Iterator[Fault]:
    """Find too few workstations for those who need one at the same time, and none that offers what one of them needs."""
    site = site_of(document, exam)
    at_once: Counter[str] = Counter()
    for seated in _seated(document, exam, site):
        for where, n in seated.items():
            at_once[where] = at_once[where] + n if exam.same_time else max(at_once[where], n)
    for where, n in at_once.items():
        able = _serving(document, where, exam.features)
        if able < n:
            yield Fault(at("exams", index), *_too_few(exam, where, n, able))
    for student in students_of(document, exam) if at_once else ():
        own = _own(document, student, exam)
        needs = (*document.student(student).needs, *(own.workstation_features if own is not None else ()))
        sits = _sits_at(document, student, exam, site)
        if sits is None or set(needs) <= set(exam.features) or not _serving(document, sits, exam.features):
            continue
        needs = tuple(dict.fromkeys((*exam.features, *needs)))
        if not _serving(document, sits, needs):
            must = sentence(
                "“{student}” must have a workstation with {features} at {site} in exam “{exam}”; there is none.",
                student=student,
                features=needs,
                site=sits,
                exam=called(exam),
            )
            yield Fault(at("exams", index), must)


def _seated(document: Document, exam: Exam, site: str | None) -> Iterator[Counter[str]]:
    """Tell for each part of an exam how many sit at workstations of each site at the same time, at least."""
    all_at_site = exam.at_workstations and exam.mode == "site"
    for students, size in zip(parts_of(document, exam), sizes_of_parts(document, exam), strict=True):
        sites = (_sits_at(document, student, exam, site) for student in students)
        found = Counter(where for where in sites if where is not None)
        if site is not None and all_at_site:
            found[site] += size - len(students)
        if exam.in_turns:
            most = exam.turns_at_once if all_at_site else 1
            found = Counter({where: min(n, most) for where, n in found.items()})
        yield found


def _sits_at(document: Document, student: str, exam: Exam, site: str | None) -> str | None:
    """Return the site where a student sits at a workstation in an exam; None where that is at home, or without."""
    own = _own(document, student, exam)
    if exam.at_workstations or (own is not None and own.own_workstation):
        return site if exam.mode == "site" else document.student(student).site
    return None


def _serving(document: Document, site: str, features: tuple[str, ...]) -> int:
    """Tell how many workstations of a site offer all of the features."""
    return sum(one.site == site and set(features) <= set(one.features) for one in document.workstations)


def _workstations_in_rooms(document: Document, exam: Exam, index: int) -> Iterator[Fault]:
    """Find rooms in which too few of the workstations stand that the site has, and none that one student needs."""
    if not document.has("sessions", exam.session):
        return
    site, shared = site_of(document, exam), exam.room is not None and not exam.room.optional
    needs = (exam.room, *exam.room.also) if exam.room is not None and shared else ()
    theirs = {room.id for need in needs for room in suiting(document, site, need)}
    at_once = 0
    for students, size in zip(parts_of(document, exam), sizes_of_parts(document, exam), strict=True):
        alone = _alone(document, exam, students)
        seated = size - len(students) if exam.at_workstations else 0
        for student in (key for key in students if _sits_at(document, key, exam, site) is not None):
            found = None
            if shared or student in alone:
                found = _none_in_rooms(document, student, exam, index, None if student in alone else theirs)
            if found is not None:
                yield found
            elif student not in alone:
                seated += 1
        at_once = max(at_once, min(seated, exam.turns_at_once) if exam.in_turns else seated)
    if site is None or not theirs or _serving(document, site, exam.features) < at_once:
        return
    stand = Counter(
        one.room for one in document.workstations if one.site == site and set(exam.features) <= set(one.features)
    )
    rooms = sorted(theirs, key=lambda room: (-stand[room], room))[: len(needs)]
    most = stand[None] + sum(stand[room] for room in rooms)
    if most < at_once:
        must = sentence(
            "Exam “{exam}” must have {n} workstation where it has a room; there are {most} in {rooms}.",
            plural="Exam “{exam}” must have {n} workstations where it has rooms; there are {most} in {rooms}.",
            n=at_once,
            exam=called(exam),
            rooms=tuple(rooms),
            most=most,
        )
        yield Fault(at("exams", index, "room"), must, BROUGHT)


def _none_in_rooms(document: Document, student: str, exam: Exam, index: int, rooms: set[str] | None) -> Fault | None:
    """Tell that for a student who sits alone, or needs more than the others, none stands in one of these rooms.

    Where none is named, the student's own is any that suits them.
    """
    site, own = site_of(document, exam), entitlement_of(document, student, exam)
    needs = tuple(dict.fromkeys((*exam.features, *document.student(student).needs, *own.workstation_features)))
    if rooms is None:
        rooms = {room.id for room in suiting(document, site, FurtherRoom(features=own.room_features))}
    elif set(needs) <= set(exam.features):
        return None
    serving = [one for one in document.workstations if one.site == site and set(needs) <= set(one.features)]
    if not rooms or not serving or any(one.room is None or one.room in rooms for one in serving):
        return None
    must = sentence(
        "“{student}” must have a workstation where they have a room in exam “{exam}”; none that serves stands there: "
        "{workstations}.",
        student=student,
        exam=called(exam),
        workstations=tuple(one.id for one in serving),
    )
    return Fault(at("exams", index, "room"), must, BROUGHT)


def _too_few(exam: Exam, site: str, n: int, able: int) -> tuple[Sentence, Sentence | None]:
    if exam.features:
        must = sentence(
            "Exam “{exam}” must have {n} workstation with {features} at {site}; there are {able}.",
            plural="Exam “{exam}” must have {n} workstations with {features} at {site} at once; there are {able}.",
            exam=called(exam),
            n=n,
            features=exam.features,
            site=site,
            able=able,
        )
    else:
        must = sentence(
            "Exam “{exam}” must have {n} workstation at {site}; there are {able}.",
            plural="Exam “{exam}” must have {n} workstations at {site} at once; there are {able}.",
            exam=called(exam),
            n=n,
            site=site,
            able=able,
        )
    if n == 1:
        return must, None
    return must, sentence("Maybe divide it, its parts one after another: most_in_part, same_time.")
