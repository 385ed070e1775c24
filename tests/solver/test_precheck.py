"""What counting alone shows to be impossible, and that it never cries wolf."""

from __future__ import annotations

from dataclasses import replace
from random import Random

from hypothesis import assume, given, settings

from solver.model import Model
from solver.parameters import Effort
from solver.precheck import precheck
from solver.problem import Attendance, Axis, Choice, Demand, Event, Grid, Option, Problem, Unit
from solver.rules.availability import RespectAvailability
from solver.rules.days import LimitDays
from solver.rules.exam_days import LimitInDays, SpaceExams
from solver.rules.load import LimitPerDay
from solver.rules.seats import ShareRooms
from solver.rules.spread import SpreadOverDays
from solver.solve import solve
from solver.tables import Tables
from tests.solver.drawing import seeds
from tests.solver.small import small_school
from tests.solver.test_solve import draw_small


def reasons(problem: Problem) -> list[str]:
    """Return what the precheck says, in English."""
    return [str(reason) for reason in precheck(Tables(problem))]


def test_nothing_is_said_of_what_can_be() -> None:
    assert reasons(small_school()) == []


def test_twenty_lessons_in_one_room_of_nineteen_open_periods() -> None:
    problem = small_school(rooms=1)
    problem = replace(problem, units=(replace(problem.units[0], closed=frozenset({7})),))

    assert reasons(problem) == [
        (
            "20 times pool 0 is needed by event 0, event 1, event 2, event 3, event 4, event 5, …, "
            "at tick 0, tick 1, tick 2, tick 3, tick 4, tick 5, …; there is room for 19."
        )
    ]


def test_a_teacher_of_four_lessons_with_three_periods() -> None:
    problem = small_school()
    away = RespectAvailability(resources=(2,), ticks=frozenset(range(3, 20)))

    assert reasons(replace(problem, rules=(*problem.rules, away))) == [
        (
            "4 times resource 2 is needed by event 0, event 5, event 10, event 15, at tick 0, tick 1, tick 2; "
            "there is room for 3."
        )
    ]


def test_an_event_with_no_time_left_names_who_forbids_it() -> None:
    problem = small_school()
    away = RespectAvailability(resources=(2,), ticks=frozenset(range(20)))

    assert reasons(replace(problem, rules=(*problem.rules, away)))[0] == (
        "event 0 can be held at none of its 20 times: resource 2 forbid them all."
    )


def test_ten_lessons_do_not_fit_five_days_of_one() -> None:
    problem = small_school()
    lessons = tuple((a, 1) for a in problem.attendances_of_resource[0])
    few = LimitPerDay(amounts=lessons, most=1)

    assert reasons(replace(problem, rules=(*problem.rules, few))) == [
        (
            "10 times resource 0 is needed by event 0, event 1, event 2, event 3, event 4, event 5, …, "
            "at tick 0, tick 1, tick 2, tick 3, tick 4, tick 5, …; there is room for 5."
        )
    ]


def test_ten_lessons_do_not_fit_two_days_of_four_periods() -> None:
    problem = small_school()
    few = LimitDays(resources=(0,), most=2)

    assert reasons(replace(problem, rules=(*problem.rules, few))) == [
        "resource 0 needs 10 periods; on 2 days there is room for 8."
    ]
    assert reasons(replace(problem, rules=(*problem.rules, replace(few, most=3)))) == []


def test_four_lessons_do_not_lie_two_days_apart_in_a_week_of_five() -> None:
    problem = small_school()
    apart = SpreadOverDays(events=(0, 1, 2, 3), apart=2)

    assert reasons(replace(problem, rules=(*problem.rules, apart))) == [
        (
            "4 events must lie 2 days apart or more: event 0, event 1, event 2, event 3; "
            "on day 0, day 1, day 2, day 3, day 4 there is room for 3."
        )
    ]
    assert reasons(replace(problem, rules=(*problem.rules, replace(apart, events=(0, 1, 2))))) == []


def test_three_exams_with_two_clear_days_between_need_seven_days_of_five() -> None:
    problem = small_school()
    spaced = SpaceExams(resources=(0, 1), events=(0, 1, 2), least=2)
    attended = [{m.event for m in problem.members_of_resource[r]}.intersection(spaced.events) for r in spaced.resources]

    assert attended == [{0, 1, 2}, set()]
    assert reasons(replace(problem, rules=(*problem.rules, spaced))) == [
        ("resource 0: 3 exams with 2 clear days between need 7 days; the window has 5, enough for 2 of them.")
    ]
    assert reasons(replace(problem, rules=(*problem.rules, replace(spaced, events=(0, 1))))) == []


def test_ten_exams_of_one_a_day_do_not_fit_five_days() -> None:
    problem = small_school()
    limit = LimitInDays(amounts=tuple((a, 1) for a in problem.attendances_of_resource[0]), most=1)

    assert reasons(replace(problem, rules=(*problem.rules, limit)))[-1] == (
        "resource 0: 10 exams on 5 days, on which there is room for 5."
    )
    assert reasons(replace(problem, rules=(*problem.rules, replace(limit, most=2)))) == []


def test_two_lessons_at_a_fixed_time_need_two_rooms_of_one() -> None:
    problem = small_school(rooms=1)
    fixed = (problem.events[0], *problem.events[1:11], Event((Option((5,)),)), *problem.events[12:])
    both = (fixed[11], *fixed[1:])

    assert reasons(replace(problem, events=both)) == [
        "2 times pool 0 is needed by event 0, event 11, at tick 5; there is room for 1."
    ]
    assert reasons(replace(problem, events=fixed)) == []


def test_two_exams_in_the_only_room_need_thirty_five_seats_of_thirty() -> None:
    both = Event((Option((0,)),))
    problem = Problem(
        axis=Axis((0,), (1,)),
        grids=(Grid(1, (0,), (0,), (0,)),),
        events=(both, both),
        units=(Unit(30),),
        demands=(Demand(0, (0,), None, 20), Demand(1, (0,), None, 15)),
        rules=(ShareRooms(demands=(0, 1)),),
    )

    assert reasons(problem) == ["event 0, event 1: 35 seats are needed at once; to be had at tick 0: 30 (unit 0)."]
    assert reasons(replace(problem, rules=(ShareRooms(demands=(0, 1), weight=1),))) == []


def test_an_exam_that_nothing_serves_cannot_do_without_a_room() -> None:
    problem = Problem(
        axis=Axis((0,), (1,)),
        grids=(Grid(1, (0,), (0,), (0,)),),
        events=(Event((Option((0,)),)),),
        units=(Unit(30),),
        demands=(Demand(0, (), None, 20),),
        rules=(ShareRooms(demands=(0,)),),
    )

    assert reasons(problem) == ["There is none: pool 0, which event 0 cannot do without."]
    assert solve(replace(problem, rules=(ShareRooms(demands=(0,), weight=3),)), work=1, workers=1).cost == 60


def test_a_seat_for_which_both_candidates_are_away_can_be_taken_by_nobody() -> None:
    problem = small_school()
    seat = len(problem.choices)
    rows = tuple(Attendance(0, resource, (seat, alternative)) for alternative, resource in enumerate((3, 4)))
    away = RespectAvailability(resources=(3, 4), ticks=frozenset(range(20)))
    asked = replace(
        problem,
        attendances=tuple(row for row in problem.attendances if row.resource not in (3, 4)) + rows,
        choices=(Choice(2),),
        rules=(*problem.rules, away),
    )

    assert reasons(asked) == [
        "Nobody can take choice 0: at all times of event 0 these are away: resource 3, resource 4."
    ]
    assert reasons(replace(asked, choices=(Choice(3),))) == []


@given(seeds)
@settings(max_examples=60)
def test_what_it_calls_impossible_is_infeasible(rng: Random) -> None:
    drawn = (Tables(draw_small(rng)) for _ in range(20))
    impossible = [tables for tables in drawn if precheck(tables)]
    assume(impossible)

    models = (Model(impossible[0], named=named, wishes=False) for named in (False, True))
    assert "infeasible" in {model.solve(Effort(10, linear=1)).status for model in models}
