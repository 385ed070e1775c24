from dataclasses import replace

from solver.problem import Attendance
from solver.rules.sectioning import LimitSections
from solver.tables import Tables
from tests.solver.rules.school import at, timetable, told


def test_three_of_four_students_overfill_one_section_and_leave_the_other_too_small() -> None:
    given = timetable([at(0, 0)], picks=[0, 0, 1, 0])
    assert told(LimitSections(choices=(0, 1, 2, 3), most=2, least=2), given) == [
        (1, "Section 1 of choice 0 has 3 people, not at most 2."),
        (1, "Section 2 of choice 0 has 1 person, not at least 2."),
    ]


def test_the_local_search_sees_how_large_sections_are() -> None:
    attends = [Attendance(event, student, (student, event)) for student in range(3) for event in range(2)]
    problem, assignment = timetable([at(0, 0)], [at(0, 1)], attends=attends, picks=[0, 0, 1])
    problem = replace(problem, rules=(LimitSections(choices=(0, 1, 2), most=1, least=1),))
    assert Tables(problem).by_hand == []
    assert Tables(problem).count(assignment) == (1, 0)
