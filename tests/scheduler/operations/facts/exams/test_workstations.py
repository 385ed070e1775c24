"""A workstation for everybody who needs one."""

import pytest

from tests.scheduler.operations.facts.exams.summer import Changes, wrong


@pytest.mark.parametrize(
    ("plan", "school", "told"),
    [
        ([("sittings.1.candidates.1.workstation", None)], [], "Gleb has no workstation at “Online test”."),
        (
            [("sittings.1.candidates.0.workstation", "PC2")],
            [],
            "Workstation PC2 has no camera, which Anna needs for “Online test”.",
        ),
        (
            [("sittings.1.candidates.1.workstation", "PC2")],
            [("workstations.1.features", ["camera"])],
            "Workstation PC2 is not where Gleb is at “Online test”.",
        ),
        ([("sittings.1.candidates.1.workstation", "PC9")], [], "“PC9” of “Online test” is not in the document."),
        ([], [("workstations.0.hours", [{"end": "14:30"}])], "PC1 is closed when “Online test” is held in it."),
        (
            [],
            [("students.3.needs", ["screen-reader"])],
            "Workstation PC3 has no screen-reader, which Gleb needs for “Online test”.",
        ),
        (
            [],
            [("entitlements.1.features", ["headset"])],
            "Workstation PC1 has no headset, which Anna needs for “Online test”.",
        ),
        (
            [],
            [("entitlements.2", {"student": "dina", "exams": ["lab"], "own_workstation": True})],
            "Dina has no workstation at “Laboratory”.",
        ),
    ],
)
def test_who_needs_a_workstation_has_one_that_serves(plan: Changes, school: Changes, told: str) -> None:
    assert wrong(plan=plan, school=school) == [told]


def test_who_sits_at_home_needs_none() -> None:
    assert wrong(plan=[("sittings.1.candidates.1.workstation", None)], school=[("students.3.site", None)]) == []


def test_those_without_names_need_workstations_of_their_own() -> None:
    """Two more sit the test at Main: they have PC2, which has no camera, and PC1, which is Anna's."""
    at_main = [("exams.1.mode", "site"), ("exams.1.site", "main"), ("exams.1.workstations", True)]
    stations = [("students.3.site", "main"), ("workstations.2.site", "main")]
    school = [*at_main, *stations, ("exams.1.size", 4)]
    plan = [("sittings.1.mode", "site"), ("sittings.1.site", "main")]

    assert wrong(plan=plan, school=school) == [
        "“Online test” has 0 of the 2 workstations that it needs for those without names."
    ]
    assert wrong(plan=[*plan, ("sittings.1.workstations", ["PC2", "PC1"])], school=school) == [
        "Workstation PC2 has no camera, which Online test needs for “Online test”.",
        (
            "Workstation PC1 is taken twice at once: by Anna at “Online test” and by Online test at “Online test” "
            "(Jun 2, 2027, 14:00)."
        ),
    ]


IN_ROOMS: Changes = [("exams.3.workstations", True), ("workstations.0.room", "A1"), ("workstations.1.room", "A3")]
"""Boris and Dina, each in a part of their own, write their essays at workstations."""


def test_a_workstation_stands_in_the_room_in_which_its_student_sits() -> None:
    plan: Changes = [("sittings.3.candidates.0.workstation", "PC1"), ("sittings.4.candidates.0.workstation", "PC2")]
    rooms: Changes = [
        (f"sittings.{number}.{field}", value)
        for number, room in ((3, "A1"), (4, "A3"))
        for field, value in (("rooms", [room]), ("candidates.0.room", room))
    ]
    exchanged = [(field, {"PC1": "PC2", "PC2": "PC1"}[str(value)]) for field, value in plan]

    assert wrong(plan=[*rooms, *plan], school=IN_ROOMS) == []
    assert wrong(plan=[*rooms, *exchanged], school=IN_ROOMS) == [
        "Workstation PC2 stands in A3, and Boris sits in A1 at “Essay, part 1”.",
        "Workstation PC1 stands in A1, and Dina sits in A3 at “Essay, part 2”.",
    ]
    assert wrong(plan=[*rooms, *exchanged], school=[*IN_ROOMS[:1]]) == []


def test_one_workstation_serves_one_student_at_a_time() -> None:
    plan, school = [("sittings.1.candidates.1.workstation", "PC1")], [("students.3.site", "main")]

    assert wrong(plan=plan, school=school) == [
        (
            "Workstation PC1 is taken twice at once: by Anna at “Online test” and by Gleb at “Online test” "
            "(Jun 2, 2027, 14:00)."
        )
    ]


def test_no_lesson_is_at_the_workstation_of_an_exam() -> None:
    lesson = [("pattern.0.seats", {"vera": "PC1"})]
    moved = [("changes.0.new_start", "2027-06-02T14:20+03:00"), ("changes.0.new_end", "2027-06-02T15:00+03:00")]

    assert wrong(plan=moved, timetable=lesson) == [
        "Anna is in two places at once: “Online test” and “the lesson Algebra 9” (Jun 2, 2027, 14:20).",
        (
            "Workstation PC1 is taken twice at once: by Anna at “Online test” and by Vera at “the lesson Algebra 9” "
            "(Jun 2, 2027, 14:20)."
        ),
    ]


def test_whoever_sits_at_a_site_needs_one_in_an_online_consultation() -> None:
    """Vera sits at home."""
    online = [
        ("consultations.0.mode", "online"),
        ("consultations.0.site", None),
        ("consultations.0.seats", {"anna": "PC1"}),
    ]

    assert wrong(plan=online, school=[("exams.0.consultation.mode", "online")]) == [
        "Boris has no workstation at “the consultation before Algebra exam”."
    ]
