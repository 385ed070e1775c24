"""The consultation before an exam: when, by whom, for whom."""

import pytest

from tests.scheduler.operations.facts.exams.summer import PLAN, Changes, wrong

[CONSULTATION] = PLAN["consultations"]


def test_an_exam_that_needs_a_consultation_has_one() -> None:
    second = CONSULTATION | {"start": "2027-05-29T15:00+03:00", "end": "2027-05-29T15:45+03:00"}

    assert wrong(plan=[("consultations.0", None)]) == [
        "The consultation before “Algebra exam” has no place in the plan."
    ]
    assert wrong(plan=[("consultations.1", second)]) == ["There are 2 consultations before “Algebra exam”, not 1."]
    assert wrong(plan=[("consultations.0.exam", "history")]) == [
        "The consultation before “Algebra exam” has no place in the plan.",
        "“history” has a consultation and is no exam of the plan.",
    ]


@pytest.mark.parametrize(
    ("plan", "school", "told"),
    [
        (
            [("consultations.0.end", "2027-05-31T15:30+03:00")],
            [],
            "The consultation before “Algebra exam” lasts 30 min, not 45.",
        ),
        (
            [],
            [("sessions.0.consultation_starts", ["16:00"])],
            "The consultation before “Algebra exam” begins at May 31, 2027, 15:00, at which it cannot be held.",
        ),
        (
            [],
            [("exams.0.consultation", {"mode": "site", "least_days": 2, "most_days": 3})],
            (
                "The consultation before “Algebra exam” (May 31, 2027, 15:00) "
                "is not from 2 to 3 days before it (Jun 1, 2027, 09:00)."
            ),
        ),
        (
            [("consultations.0.start", "2027-05-28T15:00+03:00"), ("consultations.0.end", "2027-05-28T15:45+03:00")],
            [],
            (
                "The consultation before “Algebra exam” (May 28, 2027, 15:00) "
                "is not from 1 to 3 days before it (Jun 1, 2027, 09:00)."
            ),
        ),
        (
            [("consultations.0.start", "2027-06-01T11:30+03:00"), ("consultations.0.end", "2027-06-01T12:15+03:00")],
            [
                ("exams.0.consultation", {"mode": "site", "least_days": 0, "most_days": 1}),
                ("sessions.0.consultation_starts", []),
            ],
            (
                "The consultation before “Algebra exam” (Jun 1, 2027, 11:30) "
                "is not from 0 to 1 day before it (Jun 1, 2027, 09:00)."
            ),
        ),
    ],
    ids=["length", "start", "too late", "too early", "after the exam"],
)
def test_it_is_as_long_as_it_must_be_and_some_days_before(plan: Changes, school: Changes, told: str) -> None:
    assert wrong(plan=plan, school=school) == [told]


def test_it_is_held_by_a_teacher_of_the_students_or_by_an_examiner() -> None:
    by_examiner = [("exams.0.consultation.by", "examiner"), ("commissions.0.seats.1.role", "examiner")]
    titova = [("sittings.0.commission.1.role", "examiner"), ("consultations.0.teacher", "titova")]

    assert wrong(plan=[("consultations.0.teacher", "petrov")]) == [
        "Petrov must not hold the consultation before “Algebra exam”."
    ]
    assert wrong(school=by_examiner, plan=titova[:1]) == [
        "Orlova must not hold the consultation before “Algebra exam”."
    ]
    assert wrong(school=by_examiner, plan=titova) == []


def test_all_who_sit_the_exam_are_there_and_it_is_where_it_must_be() -> None:
    assert wrong(plan=[("consultations.0.students", ["anna", "vera"])]) == [
        "“the consultation before Algebra exam” is without Boris."
    ]
    assert wrong(plan=[("consultations.0.site", "east")]) == [
        "“the consultation before Algebra exam” is held in another place than it must be: East."
    ]


def test_a_session_may_take_it_for_a_mere_wish() -> None:
    wish = {"id": "consultations", "rule": "ConsultBefore", "weight": 5}

    assert wrong(plan=[("consultations.0", None)], school=[("sessions.0.rules", [wish])]) == []
