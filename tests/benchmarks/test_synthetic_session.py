"""Synthetic exam sessions are as hard as they claim, recounted on the document, and the hidden plan keeps what is required."""

from __future__ import annotations

import random
from collections import Counter, defaultdict
from datetime import datetime, timedelta
from functools import cache
from itertools import combinations, count, pairwise
from typing import TYPE_CHECKING

import pytest

from benchmarks import hidden_session as hidden
from benchmarks.hidden_session import NoPlanError
from benchmarks.synthetic_session import FIRST_DAY, ExamSession, session
from scheduler.domain.base import WEEKDAYS
from scheduler.domain.check import check
from scheduler.domain.exam_students import entitlement_of, own_teachers, students_of
from scheduler.operations.attest import attest
from scheduler.operations.audit import audit_session

if TYPE_CHECKING:
    from collections.abc import Iterator

    from scheduler.domain.session_plan import Sitting

sessions = pytest.mark.parametrize(("exams", "seed"), [(12, 1), (12, 2), (120, 1), (120, 2)])


@cache
def made(exams: int, seed: int) -> ExamSession:
    """The session of the benchmark, or a small one."""
    return session(seed=seed) if exams == 120 else session(12, 40, teachers=12, workstations=30, seed=seed)


def sittings_of_students(made_session: ExamSession) -> dict[str, list[Sitting]]:
    found = defaultdict(list)
    for sitting in made_session.proof.sittings:
        for candidate in sitting.candidates:
            found[candidate.student].append(sitting)
    return found


def sittings_of_teachers(made_session: ExamSession) -> dict[str, list[Sitting]]:
    found = defaultdict(list)
    for sitting in made_session.proof.sittings:
        for official in sitting.commission:
            found[official.person].append(sitting)
    return found


def uses(made_session: ExamSession) -> Iterator[tuple[str, datetime, datetime]]:
    """Everything that can be in use once at a time, with from when to when it is."""
    for sitting in made_session.proof.sittings:
        yield from ((official.person, sitting.start, sitting.end) for official in sitting.commission)
        if sitting.rooms and sitting.rooms[0] in {candidate.room for candidate in sitting.candidates}:
            yield sitting.rooms[0], sitting.start, sitting.end
        for candidate in sitting.candidates:
            own = [candidate.student, candidate.workstation, candidate.assistant]
            own += [candidate.room] if candidate.room not in sitting.rooms[:1] else []
            yield from ((key, candidate.start, candidate.end) for key in own if key is not None)
    for consultation in made_session.proof.consultations:
        people = (consultation.teacher, *consultation.students)
        yield from ((key, consultation.start, consultation.end) for key in people)


@sessions
def test_document_has_no_fault(exams: int, seed: int) -> None:
    assert check(made(exams, seed).document) == ()


def test_session_of_the_benchmark_is_as_large_as_asked() -> None:
    document = made(120, 1).document

    assert [len(kind) for kind in (document.exams, document.students, document.teachers, document.workstations)] == [
        *(120, 400, 60, 40)
    ]
    assert Counter(exam.form for exam in document.exams) == {"written": 79, "test": 29, "oral": 12}


@sessions
def test_everybody_sits_4_to_8_exams_and_somebody_8(exams: int, seed: int) -> None:
    document = made(exams, seed).document

    sat = Counter(student for exam in document.exams for student in students_of(document, exam))

    assert len(sat) == len(document.students)
    assert (min(sat.values()), max(sat.values())) == (4, 8)


@sessions
def test_window_is_at_most_1_3_times_the_shortest(exams: int, seed: int) -> None:
    made_session = made(exams, seed)
    [own] = made_session.document.sessions

    assert (own.last_day - own.first_day).days + 1 == made_session.days
    assert made_session.days <= 1.3 * made_session.shortest


@pytest.mark.parametrize("exams", range(1, 13))
def test_nobody_needs_fewer_days_than_the_shortest_window(exams: int) -> None:
    """Tried out: the fewest days, Sundays left out, of which somebody can choose so many far enough apart."""

    def fit(days: int) -> bool:
        last: list[int] = []
        for day in filter(hidden.is_open, range(days)):
            if not last or day - last[-1] > 2:
                last.append(day)
        return len(last) >= exams

    assert hidden.shortest_days(exams) == next(days for days in count(1) if fit(days))


def test_chains_are_drawn_from_all_there_are() -> None:
    days, rng = [0, 1, 3, 4, 7], random.Random(1)

    drawn = Counter(tuple(hidden.chain(days, 2, rng)) for _ in range(600))

    assert sorted(drawn) == [pair for pair in combinations(days, 2) if pair[1] - pair[0] > 2]
    assert min(drawn.values()) > 60
    assert hidden.chain(days, 4, rng) == []


@sessions
def test_plan_holds_every_exam_with_all_its_students(exams: int, seed: int) -> None:
    made_session = made(exams, seed)
    document = made_session.document

    held = {s.exam: {candidate.student for candidate in s.candidates} for s in made_session.proof.sittings}

    assert held == {exam.id: set(students_of(document, exam)) for exam in document.exams}


@sessions
def test_plan_leaves_two_clear_days_between_a_students_exams(exams: int, seed: int) -> None:
    apart = [
        (later - earlier).days
        for sittings in sittings_of_students(made(exams, seed)).values()
        for earlier, later in pairwise(sorted(sitting.start.date() for sitting in sittings))
    ]

    assert min(apart) == 3


@sessions
def test_plan_has_nobody_and_nothing_in_two_places_at_once(exams: int, seed: int) -> None:
    busy = defaultdict(list)
    for key, start, end in uses(made(exams, seed)):
        busy[key].append((start, end))

    clashes = [key for key, spans in busy.items() for one, other in pairwise(sorted(spans)) if other[0] < one[1]]

    assert clashes == []


@sessions
def test_plan_begins_exams_at_starts_of_the_session_on_open_days(exams: int, seed: int) -> None:
    made_session = made(exams, seed)
    [own] = made_session.document.sessions
    dates = {sitting.start.date() for sitting in made_session.proof.sittings}

    assert {sitting.start.time() for sitting in made_session.proof.sittings} == set(own.starts[0].times)
    assert max(sitting.end.time() for sitting in made_session.proof.sittings) <= (own.latest_end or datetime.min.time())
    assert own.first_day <= min(dates) <= max(dates) < own.reserve_days[0] <= own.last_day
    assert {day.weekday() for day in dates} <= set(range(6))


@sessions
def test_plan_seats_everybody_at_a_distance_or_at_a_workstation_that_serves(exams: int, seed: int) -> None:
    made_session = made(exams, seed)
    document = made_session.document
    for sitting in made_session.proof.sittings:
        exam = document.exam(sitting.exam)
        rooms = Counter(candidate.room for candidate in sitting.candidates)
        needs = {room: people * 2 if exam.form == "written" else 10 for room, people in rooms.items() if room}
        for room, seats in needs.items():
            own = room != sitting.rooms[0] or exam.form == "test"
            assert document.room(room).seats >= (1 if own else seats)
        if exam.form == "test":
            stations = [document.workstation(str(candidate.workstation)) for candidate in sitting.candidates]
            assert all(set(exam.features) <= set(station.features) for station in stations)


@sessions
def test_plan_gives_commissions_three_who_may_be_there(exams: int, seed: int) -> None:
    made_session = made(exams, seed)
    document = made_session.document
    chairs = set(document.commissions[0].seats[0].candidates)
    for sitting in made_session.proof.sittings:
        exam = document.exam(sitting.exam)
        chair, examiner, assistant = (official.person for official in sitting.commission)
        subject = document.course(exam.courses[0]).subject
        away = {
            person: {day for hours in document.teacher(person).availability.weekly for day in hours.days}
            for person in (chair, examiner, assistant)
        }
        assert len(away) == 3
        assert chair in chairs
        assert document.teacher(examiner).may_teach(subject, None)
        assert not own_teachers(document, exam) & {chair, examiner}
        assert all(WEEKDAYS[sitting.start.weekday()] not in days for days in away.values())


@sessions
def test_plan_asks_no_examiner_too_often_nor_too_soon(exams: int, seed: int) -> None:
    made_session = made(exams, seed)
    most = {rule.id: rule.parameters.get("most") for rule in made_session.document.sessions[0].rules}
    held = sittings_of_teachers(made_session)
    rests = [
        later.start - earlier.end
        for sittings in held.values()
        for earlier, later in pairwise(sorted(sittings, key=lambda sitting: sitting.start))
    ]

    assert max(map(len, held.values())) == most["fair-share"]
    assert max(max(Counter(s.start.date() for s in sittings).values()) for sittings in held.values()) <= 2
    assert min(rests) >= timedelta(minutes=30)


@sessions
def test_plan_holds_a_consultation_before_every_exam(exams: int, seed: int) -> None:
    made_session = made(exams, seed)
    document = made_session.document
    start = {sitting.exam: sitting.start for sitting in made_session.proof.sittings}

    assert [consultation.exam for consultation in made_session.proof.consultations] == list(start)
    for consultation in made_session.proof.consultations:
        exam = document.exam(str(consultation.exam))
        assert 1 <= (start[exam.id].date() - consultation.start.date()).days <= 3
        assert consultation.teacher in own_teachers(document, exam)
        assert consultation.start.date() >= FIRST_DAY
        assert consultation.students == students_of(document, exam)


@sessions
def test_plan_honours_entitlements(exams: int, seed: int) -> None:
    made_session = made(exams, seed)
    document = made_session.document
    entitled = 0
    for sitting in made_session.proof.sittings:
        exam = document.exam(sitting.exam)
        rooms = Counter(candidate.room for candidate in sitting.candidates)
        for candidate in sitting.candidates:
            own = entitlement_of(document, candidate.student, exam)
            entitled += own.extra_minutes > 0
            minutes = timedelta(minutes=exam.minutes + own.extra_minutes)
            assert candidate.end - candidate.start == minutes
            assert not own.own_room or (candidate.room is not None and rooms[candidate.room] == 1)
            assert not own.own_workstation or candidate.workstation is not None
            assert not own.assistant or candidate.assistant is not None
    assert entitled >= 10


@sessions
def test_plan_keeps_the_order_of_exams(exams: int, seed: int) -> None:
    made_session = made(exams, seed)
    span = {sitting.exam: (sitting.start, sitting.end) for sitting in made_session.proof.sittings}

    related = Counter[str]()
    for exam in made_session.document.exams:
        for kind in ("after", "together", "apart"):
            for other in getattr(exam, kind):
                related[kind] += 1
                (start, end), (begun, ended) = span[exam.id], span[other]
                assert {"after": ended <= start, "together": begun == start, "apart": ended <= start or end <= begun}[
                    kind
                ]

    assert (related["after"], related["apart"]) == ((6, 6) if exams == 120 else (2, 2))


@sessions
def test_plan_passes_the_engines_audit(exams: int, seed: int) -> None:
    found = audit_session(made(exams, seed).document, made(exams, seed).proof)

    assert (found.kept, found.facts, found.cost) == (True, (), 0)


def test_small_session_is_placed_by_counted_work() -> None:
    document = made(12, 1).document

    plan = attest(document, seconds=600, work=10, seed=1, workers=1).plan

    assert plan is not None
    assert (plan.status, audit_session(document, plan).kept) == ("optimal", True)


def test_same_seed_makes_the_same_session() -> None:
    assert session(12, 40, teachers=12, workstations=30, seed=1) == made(12, 1)
    assert made(12, 1) != made(12, 2)


def test_too_few_teachers_are_told() -> None:
    with pytest.raises(NoPlanError) as caught:
        session(12, 40, teachers=2, workstations=30)

    assert str(caught.value) == (
        "No plan was found for Size(exams=12, students=40, teachers=2, workstations=30); maybe more teachers help."
    )


def test_too_few_exams_are_refused() -> None:
    with pytest.raises(ValueError) as caught:
        session(7, 40)

    assert str(caught.value) == "The exams (7) must be at least 8, and no more than students (40)."
