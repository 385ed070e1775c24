from solver.rules.sectioning import LimitSections
from tests.solver.rules.school import at, timetable, told


def test_three_of_four_students_overfill_one_section_and_leave_the_other_too_small() -> None:
    given = timetable([at(0, 0)], picks=[0, 0, 1, 0])
    assert told(LimitSections(choices=(0, 1, 2, 3), most=2, least=2), given) == [
        (1, "Section 1 of choice 0 has 3 people, not at most 2."),
        (1, "Section 2 of choice 0 has 1 person, not at least 2."),
    ]
