"""A timetable that is made anew keeps the consultations that were accepted, or says which it cannot keep."""

from __future__ import annotations

from scheduler.operations.consult import accept
from scheduler.operations.generate import generate
from scheduler.operations.kept import with_consultations
from scheduler.texts import Texts
from tests.scheduler.operations.consult.school import answer, request, school, timetable

TUESDAY = {"first_day": "2026-09-08", "last_day": "2026-09-08"}


def test_accepted_consultations_stay_when_lessons_are_made_anew() -> None:
    """They once vanished without a word."""
    document = school(request(**TUESDAY))
    accepted = accept(document, timetable(document), answer(document).proposals[:1]).timetable
    assert accepted is not None

    made = generate(document, start=accepted, work=1, workers=1)

    assert made.timetable is not None
    assert made.lost == ()
    assert [one for one in made.timetable.occurrences if one.event == "R/1/1"] == [
        one for one in accepted.occurrences if one.event == "R/1/1"
    ]


def test_one_in_whose_way_a_lesson_is_now_is_told_and_left_out() -> None:
    """Anna's consultation is on Tuesday in the second period, and so is algebra now."""
    document = school(request(**TUESDAY, latest="10:30"))
    accepted = accept(document, timetable(document), answer(document).proposals[:1]).timetable
    moved = timetable(document, (("alg", "tue", 2), ("alg", "thu", 3), ("mus", "wed", 2)))
    assert accepted is not None

    kept, lost = with_consultations(document, accepted, moved)

    assert kept == moved
    assert [Texts("en").tell(one) for one in lost] == [
        "The consultation “R” (Sep 8, 2026) is not kept: Anna is in two places at once: “alg/1/1” and “R/1/1” (09:50)."
    ]


def test_one_that_nobody_asks_for_any_more_is_left_out() -> None:
    document = school(request(**TUESDAY))
    accepted = accept(document, timetable(document), answer(document).proposals[:1]).timetable
    assert accepted is not None

    assert with_consultations(school(), accepted, timetable(document)) == (timetable(document), ())


def test_one_of_people_whom_the_document_does_not_have_is_told_and_left_out() -> None:
    document = school(request(**TUESDAY))
    accepted = accept(document, timetable(document), answer(document).proposals[:1]).timetable
    assert accepted is not None
    pattern = tuple(p.model_copy(update={"students": ("gleb",)}) if p.event == "R/1/1" else p for p in accepted.pattern)

    _, lost = with_consultations(document, accepted.model_copy(update={"pattern": pattern}), timetable(document))

    assert [Texts("en").tell(one) for one in lost] == [
        "The consultation “R” (Sep 8, 2026) is not kept: The student “gleb” must be in the document."
    ]


def test_what_does_not_fit_of_a_timetable_to_start_from_is_told() -> None:
    document = school()
    earlier = timetable(document, (("alg", "tue", 1), ("mus", "wed", 2)))
    pattern = tuple(
        p.model_copy(update={"event": "art/1/1", "course": "art"} if p.course == "mus" else {}) for p in earlier.pattern
    )

    made = generate(document, start=earlier.model_copy(update={"pattern": pattern}), work=1, workers=1)

    assert made.timetable is not None
    assert [Texts("en").tell(one) for one in made.unused] == [
        "“alg/1/2” has no place in the timetable.",
        "“mus/1/1” has no place in the timetable.",
        "“art/1/1” is no lesson of the document.",
    ]
