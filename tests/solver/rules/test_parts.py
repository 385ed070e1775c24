from dataclasses import replace

from solver.problem import Assignment, Option
from solver.rules.parts import HoldAsOne
from tests.solver.rules.school import at, timetable, told


def test_an_oral_exam_whose_third_turn_stands_elsewhere_is_not_held_as_one() -> None:
    problem, _ = timetable([at(0, 0)], [at(0, 1)], [at(0, 2)])
    later = tuple(
        replace(event, options=(*event.options, Option((event.options[0].ticks[0] + 1,)))) for event in problem.events
    )
    problem = replace(problem, events=later)
    rule = HoldAsOne(events=(0, 1, 2))
    assert told(rule, (problem, Assignment((1, 1, 1)))) == []
    assert told(rule, (problem, Assignment((1, 1, 0)))) == [(1, "event 2 is not held as one with event 0.")]
    assert told(rule, (problem, Assignment((0, 1, 1)))) == [
        (1, "event 1 is not held as one with event 0."),
        (1, "event 2 is not held as one with event 0."),
    ]
