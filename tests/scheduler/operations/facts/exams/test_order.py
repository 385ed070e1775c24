"""Exams and their parts held together, apart and after each other."""

from tests.scheduler.operations.facts.exams.summer import candidate, sitting, wrong

AFTERNOON = sitting(
    "essay",
    "2027-06-04T14:00",
    "15:00",
    part=2,
    site="main",
    rooms=["A3"],
    candidates=[candidate("dina", "2027-06-04T14:00", "15:00")],
    commission=[{"role": "observer", "person": "titova"}],
)


def test_the_parts_of_an_exam_begin_at_the_same_time_unless_they_need_not() -> None:
    plan = [("sittings.4", AFTERNOON)]

    assert wrong(plan=plan) == ["The parts of “Essay” do not begin at the same time."]
    assert wrong(plan=plan, school=[("exams.3.same_time", False)]) == []


def test_an_exam_comes_after_another_has_ended() -> None:
    assert wrong(school=[("exams.2.after", ["essay"])]) == ["“Physics talk” does not come after “Essay”."]
    assert wrong(school=[("exams.3.after", ["oral"])]) == []


def test_exams_that_are_held_together_begin_at_the_same_time_and_are_told_once() -> None:
    school = [("exams.5.together", ["essay"]), ("exams.3.together", ["sum"])]

    assert wrong(school=school) == ["“Essay” and “Summary” do not begin at the same time."]


def test_exams_that_are_held_apart_share_no_time() -> None:
    assert wrong(school=[("exams.5.apart", ["lab", "test"])]) == [
        "“Summary” and “Laboratory” are held at the same time (Jun 7, 2027, 14:00)."
    ]
