"""What a session's plan is to each participant, by their own clock."""

from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scheduler.domain.document import Document
from scheduler.domain.session_plan import SessionPlan
from scheduler.publish.participants import Kind, participant
from scheduler.publish.session.appointments import Strip
from scheduler.publish.session.views import SessionViews
from tests.scheduler.publish.session.examined import EXAMINED, PLAN

VIEWS = SessionViews(EXAMINED, PLAN)
SESSION = EXAMINED.session("autumn")


def strip(kind: Kind, key: str, views: SessionViews = VIEWS) -> Strip:
    return views.strip(participant(views.document, kind, key), SESSION)


def appointments(kind: Kind, key: str) -> list[tuple[str, str]]:
    told = VIEWS.of(participant(EXAMINED, kind, key))
    return [(held.identity, f"{held.start:%d.%m %H:%M}-{held.end:%H:%M}") for held in told]


def test_a_student_with_more_time_has_an_end_of_their_own_and_the_commission_the_whole() -> None:
    assert appointments("student", "anna")[1] == ("candidate/rus-e/anna", "22.09 09:00-11:30")
    assert appointments("student", "boris")[1] == ("candidate/rus-e/boris", "22.09 09:00-11:00")
    assert appointments("teacher", "rus-t")[1] == ("sitting/rus-e/1", "22.09 09:00-11:30")


def test_everybody_has_their_own_clock() -> None:
    assert appointments("student", "gleb") == [
        ("consultation/ask/1/1", "23.09 16:00-16:45"),
        ("candidate/phy-e/gleb", "24.09 11:00-11:20"),
        ("candidate/alg-e/gleb", "25.09 14:00-15:30"),
    ]


def test_a_parent_has_an_exam_for_each_child_and_a_consultation_once() -> None:
    assert [identity for identity, _ in appointments("parent", "mum")] == [
        "consultation/rus-e/1/consultation", "candidate/rus-e/anna", "candidate/alg-e/anna", "candidate/alg-e/vera",
        "candidate/his-e/anna", "candidate/proj/anna",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("kind", "key", "expected"),
    [
        ("tutor", "tut", [("sitting/rus-e/1", "22.09 09:00-11:30")]),
        ("workstation", "m1", [("consultation/rus-e/1/consultation", "21.09 15:00-15:45"),
                               ("sitting/alg-e/1", "25.09 12:00-13:30")]),
        ("room", "e3", [("consultation/ask/1/1", "23.09 16:00-16:45"), ("sitting/phy-e/1", "24.09 11:00-11:20"),
                        ("sitting/alg-e/1", "25.09 14:00-15:30")]),
        ("group", "9А", [("consultation/rus-e/1/consultation", "21.09 15:00-15:45"),
                         ("sitting/rus-e/1", "22.09 09:00-11:30"), ("sitting/alg-e/1", "25.09 12:00-13:30"),
                         ("sitting/his-e/1", "28.09 09:00-10:00"), ("sitting/his-e/2", "28.09 09:00-10:00"),
                         ("sitting/proj/1", "29.09 12:00-12:15")]),
        ("coordinator", "mun", [("consultation/ask/1/1", "23.09 16:00-16:45"),
                                ("sitting/phy-e/1", "24.09 11:00-11:20"), ("sitting/alg-e/1", "25.09 14:00-15:30")]),
    ],
)  # fmt: skip
def test_whoever_and_whatever_has_to_do_with_it_has_it(kind: Kind, key: str, expected: list[tuple[str, str]]) -> None:
    assert appointments(kind, key) == expected


def test_the_clear_days_between_two_exams_are_written_once_in_their_middle() -> None:
    """Exams on the 22nd, 25th, 28th and 29th: two clear days, two clear days, none."""
    anna = strip("student", "anna")
    assert {cell.day.date.day: cell.clear for cell in anna.cells if cell.clear is not None} == {23: 2, 26: 2, 29: 0}
    assert [cell.day.date.day for cell in anna.cells if cell.between] == [23, 24, 26, 27]
    assert ([clear for _, clear in anna.gaps], anna.least, anna.minutes) == ([2, 2, 0], 0, 150 + 90 + 60 + 15)


def test_two_exams_on_one_day_are_told_apart_from_exams_on_consecutive_days() -> None:
    sittings = tuple(
        sitting.model_copy(update={"candidates": tuple(
            candidate.model_copy(update={"start": candidate.start - timedelta(1), "end": candidate.end - timedelta(1)})
            for candidate in sitting.candidates
        )})
        if sitting.exam == "proj"
        else sitting
        for sitting in PLAN.sittings
    )  # fmt: skip
    anna = strip("student", "anna", SessionViews(EXAMINED, PLAN.model_copy(update={"sittings": sittings})))
    assert (len(anna.cells[7].exams), anna.least) == (2, -1)


def test_the_dates_of_a_session_are_open_kept_in_reserve_or_closed() -> None:
    kinds = [(day.date.day, day.kind) for day in VIEWS.days(SESSION)]
    assert kinds == [
        (21, "open"), (22, "open"), (23, "open"), (24, "open"), (25, "open"), (26, "closed"), (27, "closed"),
        (28, "open"), (29, "open"), (30, "reserve"),
    ]  # fmt: skip


def test_a_consultation_before_the_session_widens_its_dates() -> None:
    early = PLAN.consultations[0].model_copy(
        update={key: getattr(PLAN.consultations[0], key) - timedelta(3) for key in ("start", "end")}
    )
    views = SessionViews(EXAMINED, PLAN.model_copy(update={"consultations": (early,)}))
    assert views.days(SESSION)[0].date == date(2026, 9, 18)
    assert len(strip("student", "boris", views).cells) == 13


def test_an_exam_without_a_subject_has_a_sign_that_no_other_has() -> None:
    signs = [VIEWS.look(exam.id).sign for exam in EXAMINED.exams]
    assert signs == ["Ру", "Ал", "Фи", "Ис", "За"]
    assert (VIEWS.subject("proj"), VIEWS.subject("rus-e")) == (None, "rus")


def test_students_in_a_room_of_their_own_are_counted_there() -> None:
    russian = PLAN.sittings[0]
    assert (VIEWS.size(russian), VIEWS.size(russian, "12"), VIEWS.size(russian, "lab")) == (2, 1, 1)


def test_the_grades_of_an_exam_are_its_own_or_those_of_its_students() -> None:
    by_exam = {sitting.exam: VIEWS.grades(sitting) for sitting in PLAN.sittings}
    assert by_exam == {"rus-e": (9,), "alg-e": (8, 9), "phy-e": (9,), "his-e": (9,), "proj": (9,)}


@given(st.lists(st.integers(0, 8), min_size=1, max_size=6))
def test_the_gaps_of_a_strip_are_those_of_its_dates(offsets: list[int]) -> None:
    """However exams fall: each pair of neighbours has its clear days, and all of them lie between marked dates."""
    first = PLAN.sittings[0].start
    sittings = tuple(
        PLAN.sittings[-1].model_copy(update={
            "exam": "proj", "part": part, "start": first + timedelta(offset), "end": first + timedelta(offset, 3600),
            "candidates": (), "commission": PLAN.sittings[-1].commission,
        })
        for part, offset in enumerate(offsets, 1)
    )  # fmt: skip
    views = SessionViews(EXAMINED, SessionPlan(sessions=("autumn",), sittings=sittings))
    found = strip("teacher", "rus-t", views)

    days = sorted(offsets)
    assert [clear for _, clear in found.gaps] == [after - before - 1 for before, after in pairwise(days)]
    distinct = sorted(set(days))
    written = [cell.clear for cell in found.cells if cell.clear is not None]
    assert written == [after - before - 1 for before, after in pairwise(distinct)]
    assert sum(cell.between for cell in found.cells) == sum(written)


def test_an_exam_is_shown_even_if_the_plan_does_not_name_its_session() -> None:
    views = SessionViews(EXAMINED, PLAN.model_copy(update={"sessions": ()}))
    assert [session.id for session in views.sessions] == ["autumn"]


def test_a_plan_of_nothing_shows_nothing() -> None:
    views = SessionViews(Document.model_validate({"term": EXAMINED.term}), SessionPlan())
    assert (views.sessions, views.sittings, views.people("student", SESSION)) == ((), (), ())
