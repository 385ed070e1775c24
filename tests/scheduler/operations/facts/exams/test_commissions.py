"""Who holds an exam, and who sits with a student."""

import pytest

from tests.scheduler.operations.facts.exams.summer import Changes, wrong


@pytest.mark.parametrize(
    ("plan", "told"),
    [
        ([("sittings.0.commission.0.person", "orlova")], "Orlova must not sit in exam “Algebra exam” (chair)."),
        ([("sittings.5.commission.0.person", "petrov")], "Petrov must not sit in exam “Laboratory” (chair)."),
        (
            [("sittings.0.commission.2", {"role": "observer", "person": "sidorov"})],
            "Sidorov must not sit in exam “Algebra exam” (observer).",
        ),
        (
            [("sittings.3.commission.0.person", "sidorov")],
            "Sidorov is not at the site of exam “Essay, part 1” (observer).",
        ),
        ([("sittings.0.commission.1", None)], "1 seat of the commission of “Algebra exam” is empty (assistant)."),
    ],
    ids=["the students' own teacher", "no candidate", "no such seat", "at another site", "an empty seat"],
)
def test_who_holds_an_exam_takes_a_seat_that_they_may_take(plan: Changes, told: str) -> None:
    assert wrong(plan=plan) == [told]


def test_a_seat_may_be_vacant_where_the_commission_says_so() -> None:
    plan, school = [("sittings.0.commission.1", None)], [("commissions.0.seats.1.may_be_vacant", True)]

    assert wrong(plan=plan, school=school) == []


def test_people_change_seats_of_one_role_until_as_many_as_can_have_one() -> None:
    # Titova may take both seats, Petrov only the first: whatever the order, both are seated, and Orlova is one too many.
    seats = [{"role": "chair", "candidates": ["titova", "petrov"]}, {"role": "chair", "candidates": ["titova"]}]
    chairs = [{"role": "chair", "person": person} for person in ("titova", "petrov", "orlova")]
    school = [("commissions.0.seats", seats)]

    assert wrong(school=school, plan=[("sittings.0.commission", chairs[:2])]) == []
    assert wrong(school=school, plan=[("sittings.0.commission", chairs)]) == [
        "Orlova must not sit in exam “Algebra exam” (chair)."
    ]


def test_one_person_has_the_seat_in_all_exams_of_a_subject() -> None:
    assert wrong(plan=[("sittings.5.commission.0.person", "titova")]) == [
        (
            "Not the same person has the seat (chair) in all exams of Physics: "
            "Sidorov in “Physics talk” and Titova in “Laboratory”."
        )
    ]


def test_who_is_entitled_to_an_assistant_has_one_who_may_be() -> None:
    assert wrong(plan=[("sittings.1.candidates.0.assistant", None)]) == ["Anna has no assistant at “Online test”."]
    assert wrong(plan=[("sittings.1.candidates.0.assistant", "nina")]) == [
        "Nina must not assist Anna at “Online test”."
    ]


def test_any_tutor_may_assist_where_nobody_is_named() -> None:
    assert wrong(plan=[("sittings.1.candidates.0.assistant", "nina")], school=[("entitlements.1.assistants", [])]) == []
