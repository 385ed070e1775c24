"""How people, courses, bells and things become whole numbers."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from scheduler.compile import compile_document
from scheduler.compile.compiled import Compiled
from scheduler.errors import BadInput
from tests.scheduler.compile.centre import CENTRE, centre, changed


def attended(compiled: Compiled, kind: str, key: str) -> list[str]:
    """The names of the events that somebody attends, always or under a condition."""
    problem = compiled.problem
    rows = problem.attendances_of_resource[compiled.resource_of[kind, key]]
    return sorted(compiled.lessons[problem.attendances[a].event].id for a in rows)


def faults(**changes: Any) -> str:
    with pytest.raises(BadInput) as bad:
        compile_document(centre(**changes))
    return str(bad.value)


def test_ticks_are_the_pieces_into_which_the_bells_of_all_zones_cut_the_time_that_is_used() -> None:
    compiled = compile_document(centre())
    axis = compiled.problem.axis
    monday = [(s, e) for s, e in zip(axis.start, axis.end, strict=True) if e <= 24 * 60]

    # By Moscow's clock the west rings 9:00-9:40 ... 11:50-12:30; the east's bells ring two hours earlier, and where
    # they cut the west's lessons they cut ticks: 9:00-9:40 is the east's third lesson, 9:50-10:30 its fourth.
    assert monday == [(540, 580), (590, 630), (660, 700), (710, 750)]
    assert len(axis) == 2 * 5 * 4


def test_everyone_lives_by_the_bells_of_where_they_sit() -> None:
    compiled = compile_document(centre())
    grids = [compiled.problem.grids[r.grid] for r in compiled.problem.resources]
    boris = grids[compiled.resource_of["student", "boris"]]

    assert [boris.cell[tick] for tick in range(4)] == [2, 3, -1, -1]
    assert (boris.week, boris.weekday) == ((0,) * 5 + (1,) * 5, (0, 1, 2, 3, 4) * 2)


def test_weekly_lessons_cover_every_week_and_half_an_hour_is_one_lesson_of_two_weeks() -> None:
    compiled = compile_document(centre())
    algebra, music = compiled.event_of["alg/1/1"], compiled.event_of["mus/1/1"]
    options = [compiled.problem.events[event].options for event in (algebra, music)]

    assert [lesson.id for lesson in compiled.lessons] == ["alg/1/1", "alg/1/2", "mus/1/1"]
    assert [len(found) for found in options] == [20, 40]
    assert [found[0].ticks for found in options] == [(0, 20), (0,)]
    assert compiled.problem.events[0].options is compiled.problem.events[1].options


def test_a_double_lesson_does_not_run_across_lunch() -> None:
    compiled = compile_document(centre(**changed("courses", "alg", split=[2])))
    times = compiled.times(compiled.event_of["alg/1/1"])

    assert {when.periods for when in times} == {(1, 2), (3, 4)}


def test_who_learns_a_course_for_fewer_hours_attends_its_first_lessons_only() -> None:
    students = changed("students", "anna", plan=[{"course": "alg", "hours": "1/2"}])
    compiled = compile_document(centre(**students))

    assert [(lesson.id, lesson.shape.weeks) for lesson in compiled.lessons[:3]] == [
        ("alg/1/1", ((1,), (2,))),
        ("alg/1/2", ((1, 2),)),
        ("alg/1/3", ((1,), (2,))),
    ]
    assert attended(compiled, "student", "anna") == ["alg/1/1"]
    assert attended(compiled, "student", "boris") == ["alg/1/1", "alg/1/2", "alg/1/3"]


def test_one_teacher_of_several_is_chosen_for_all_lessons_of_a_section() -> None:
    teachers = [*CENTRE["teachers"], {"id": "orlov", "qualifications": [{"subject": "algebra"}]}]
    compiled = compile_document(centre(teachers=teachers))

    assert [pick.teams for pick in compiled.picks] == [(("petrova",), ("orlov",))]
    given = {row.given for row in compiled.problem.attendances if row.given is not None}
    assert given == {(0, 0), (0, 1)}
    assert attended(compiled, "teacher", "orlov") == ["alg/1/1", "alg/1/2"]


def test_sections_are_chosen_for_each_student() -> None:
    compiled = compile_document(centre(**changed("courses", "alg", sections={"most": 2})))
    picks = [(pick.student, pick.series) for pick in compiled.picks]

    assert picks == [("anna", (0, 1)), ("boris", (0, 1)), ("vera", (0, 1))]
    assert [one.section for one in compiled.series] == [1, 2, 1]
    assert attended(compiled, "student", "vera") == ["alg/1/1", "alg/1/2", "alg/2/1", "alg/2/2", "mus/1/1"]


def test_those_who_sit_at_a_site_need_its_workstations_and_those_at_home_none() -> None:
    changes = changed("courses", "alg", student_features=["camera"]) | changed("students", "anna", needs=["headset"])
    compiled = compile_document(centre(**changes))
    problem = compiled.problem
    found = []
    for demand in problem.demands:
        assert demand.attendance is not None
        person = compiled.participants[problem.attendances[demand.attendance].resource].id
        found.append((person, compiled.lessons[demand.event].id, [compiled.things[u].id for u in demand.units]))

    assert sorted(found) == [
        ("anna", "alg/1/1", ["W2"]),
        ("anna", "alg/1/2", ["W2"]),
        ("boris", "alg/1/1", ["E1"]),
        ("boris", "alg/1/2", ["E1"]),
        ("ivanov", "mus/1/1", ["W1", "W2"]),
    ]
    assert compiled.claims == ("students", "students", "students", "students", "teachers")


@pytest.mark.parametrize(("weight", "rooms"), [("required", ["R2"]), (1, ["R1", "R2"]), ("off", ["R1", "R2"])], ids=str)
def test_a_lesson_at_a_site_needs_a_room_with_seats_unless_standing_only_costs(
    weight: object, rooms: list[str]
) -> None:
    changes = changed("courses", "mus", mode="site", site="W", room={"seats": 12})
    policy = {"profiles": [], "rules": [{"rule": "FitSeats", "weight": weight}]}
    compiled = compile_document(centre(**changes, policy=policy))
    demand = next(demand for demand in compiled.problem.demands if demand.attendance is None)

    assert ([compiled.things[unit].id for unit in demand.units], demand.size) == (rooms, 12)


def test_a_part_attends_what_its_whole_does_and_other_parts_do_not() -> None:
    groups = [
        {"id": "9a", "size": 20},
        {"id": "9a-boys", "size": 10, "part_of": ["9a"]},
        {"id": "9a-girls", "size": 10, "part_of": ["9a"]},
    ]
    courses = [
        {"id": "alg", "subject": "algebra", "hours": 1, "groups": ["9a"]},
        {"id": "pe", "subject": "music", "hours": 1, "groups": ["9a-boys"]},
    ]
    students = [{"id": "anna", "site": "W"}]
    compiled = compile_document(centre(groups=groups, courses=courses, students=students))

    assert attended(compiled, "group", "9a") == ["alg/1/1"]
    assert attended(compiled, "group", "9a-boys") == ["alg/1/1", "pe/1/1"]
    assert attended(compiled, "group", "9a-girls") == ["alg/1/1"]
    assert [p.counted for p in compiled.participants if p.kind == "group"] == [False, True, True]


def test_a_tutor_sits_with_those_at_the_site_and_is_at_no_seminar_meanwhile() -> None:
    tutors = [{"id": "tania", "site": "W"}]
    events = [{"id": "talk", "tutors": ["tania"], "hours": 1}]
    document = centre(tutors=tutors, events=events, policy={"profiles": [], "rules": [{"rule": "AvoidClashes"}]})
    compiled = compile_document(document)
    stand_ins = [r for r, p in enumerate(compiled.participants) if p.stand_in]
    (rule,) = compiled.problem.rules

    assert attended(compiled, "tutor", "tania") == ["alg/1/1", "alg/1/2", "talk/1/1"]
    assert [len(compiled.problem.attendances_of_resource[r]) for r in stand_ins] == [2, 2]
    assert set(stand_ins) < set(rule.resources)  # type: ignore[attr-defined]
    assert compiled.resource_of["tutor", "tania"] not in rule.resources  # type: ignore[attr-defined]


def test_a_fixed_event_has_one_option_and_cuts_the_axis() -> None:
    events = [{"id": "talk", "teachers": ["ivanov"], "fixed": [{"days": ["tue"], "start": "10:00", "end": "11:20"}]}]
    compiled = compile_document(centre(events=events))
    problem = compiled.problem
    (option,) = problem.events[compiled.event_of["talk/1/1"]].options
    held = [(problem.axis.start[t] - 1440, problem.axis.end[t] - 1440) for t in option.ticks[:4]]

    assert held == [(600, 630), (630, 660), (660, 680), (600 + 7 * 1440, 630 + 7 * 1440)]


def test_self_paced_courses_and_electives_that_nobody_chose_are_not_placed() -> None:
    courses = [*CENTRE["courses"], {"id": "free", "subject": "music", "hours": 3}]
    courses[1] = {**courses[1], "mode": "self_paced", "deadline": date(2026, 9, 20)}
    compiled = compile_document(centre(courses=courses))

    assert [lesson.id for lesson in compiled.lessons] == ["alg/1/1", "alg/1/2"]


def test_a_course_that_nobody_may_teach_is_a_fault() -> None:
    assert faults(**changed("teachers", "ivanov", qualifications=[{"subject": "algebra"}])) == (
        "field courses[1].teachers: Course “mus” needs 1 teacher; as many must be able to teach it, not 0."
    )


def test_a_lesson_that_fits_no_bells_is_a_fault() -> None:
    assert faults(**changed("courses", "alg", split=[4])) == (
        "field courses[0].split: A lesson of 4 periods must fit the bells, with no break of half an hour in it."
    )
