"""Who sits an exam, in which parts, where, when it may start and who may hold it."""

from datetime import date, time
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scheduler.domain.document import Document
from scheduler.domain.exam_students import (
    candidates_for,
    consultants_for,
    days_of,
    entitlement_of,
    grade_of,
    open_days,
    parts_of,
    site_of,
    sites_of,
    size_of,
    sizes_of_parts,
    starts_of,
    starts_on,
    students_of,
    subject_of,
)
from scheduler.domain.exams import Exam, Seats
from tests.scheduler.domain.changing import changed
from tests.scheduler.domain.examined import SCHOOL


def school(**changes: Any) -> Document:
    return changed(SCHOOL, changes)


def exam(**fields: Any) -> Exam:
    return Exam.model_validate({"id": "X", "session": "summer", "minutes": 60, **fields})


@pytest.mark.parametrize(
    ("fields", "students"),
    [
        ({"courses": ["PHY-9"]}, ("Boris", "Gleb", "Dina")),
        ({"courses": ["ALG-9"]}, ("Anna", "Boris", "Vera")),
        ({"groups": ["9A"], "students": ["Dina", "Anna"]}, ("Anna", "Boris", "Vera", "Dina")),
        ({"groups": ["9A-2"], "courses": ["PHY-9", "gone"]}, ("Boris", "Vera", "Gleb", "Dina")),
        ({"groups": ["9B", "gone"], "students": ["nobody"], "size": 3}, ()),
    ],
)
def test_students_are_those_of_plans_groups_and_names_once_each(
    fields: dict[str, Any], students: tuple[str, ...]
) -> None:
    assert students_of(school(), exam(**fields)) == students


@pytest.mark.parametrize(
    ("fields", "size"),
    [
        ({"groups": ["9A", "9A-1"]}, 3),
        ({"groups": ["9A", "9B"]}, 5),
        ({"groups": ["9B"], "size": 30}, 30),
        ({"students": ["Anna"], "size": 0}, 1),
        ({}, 0),
    ],
)
def test_people_without_names_are_counted(fields: dict[str, Any], size: int) -> None:
    assert size_of(school(), exam(**fields)) == size


def test_a_part_of_a_group_that_sits_it_as_a_whole_is_not_counted_again() -> None:
    document = school(groups__0__size=28, groups__1__size=14)

    assert size_of(document, exam(groups=["9A", "9A-1"])) == 28
    assert size_of(document, exam(groups=["9A-1"])) == 14


def test_an_exam_is_divided_evenly_in_the_order_of_its_students() -> None:
    halves = exam(courses=["ALG-9"], students=["Gleb", "Dina"], most_in_part=3)

    assert parts_of(school(), halves) == (("Anna", "Boris", "Vera"), ("Gleb", "Dina"))
    assert sizes_of_parts(school(), halves) == (3, 2)
    assert parts_of(school(), exam(groups=["9B"], most_in_part=1)) == ((), ())
    assert parts_of(school(), exam(courses=["ALG-9"])) == (("Anna", "Boris", "Vera"),)


@given(st.integers(0, 40), st.integers(0, 60), st.integers(1, 20))
def test_parts_hold_everybody_once_and_differ_by_one_at_most(named: int, size: int, most: int) -> None:
    students = tuple(f"S{number}" for number in range(named))
    document = school(students=[{"id": key} for key in students], groups=[], courses=[], exams=[], entitlements=[])
    divided = exam(students=students, size=size, most_in_part=most)

    parts, sizes = parts_of(document, divided), sizes_of_parts(document, divided)

    assert tuple(student for part in parts for student in part) == students
    assert sum(sizes) == max(named, size)
    assert max(sizes) - min(sizes) in {0, 1}
    assert all(len(part) <= size <= most for part, size in zip(parts, sizes, strict=True))


@pytest.mark.parametrize(
    ("fields", "site"),
    [
        ({"courses": ["ALG-9"], "students": ["Gleb"]}, "Main"),
        ({"students": ["Gleb"], "site": "Main"}, "Main"),
        ({"students": ["Gleb", "Anna"]}, "Main"),
        ({"groups": ["9B"], "students": ["Anna"]}, "East"),
        ({"courses": ["ALG-9"], "mode": "online"}, None),
        ({"students": ["Dina"]}, None),
    ],
)
def test_an_exam_is_where_most_of_its_students_sit(fields: dict[str, Any], site: str | None) -> None:
    assert site_of(school(), exam(**fields)) == site


def test_an_exam_of_those_at_home_is_where_its_courses_are_or_at_the_only_site() -> None:
    held = school(courses__1__site="East", students__1__site=None, students__3__site=None)
    only = changed({"term": SCHOOL["term"], "sites": [{"id": "Main"}], "students": [{"id": "Dina"}]}, {})

    assert site_of(held, exam(courses=["PHY-9"])) == "East"
    assert site_of(only, exam(students=["Dina"])) == "Main"
    assert sites_of(school(), exam(groups=["9B"], courses=["ALG-9"])) == {"Main": 3, "East": 2}


def test_subject_and_grade_follow_from_courses_groups_and_students() -> None:
    document = school()

    assert (subject_of(document, exam(courses=["ALG-9"])), grade_of(document, exam(courses=["ALG-9"]))) == (
        "algebra",
        9,
    )
    assert subject_of(document, exam(courses=["ALG-9", "PHY-9"])) is None
    assert (grade_of(document, exam(students=["Dina"])), grade_of(document, exam(students=["Dina", "Anna"]))) == (
        10,
        None,
    )
    assert (subject_of(document, exam(subject="physics")), grade_of(document, exam(grade=11))) == ("physics", 11)


def days(document: Document) -> list[tuple[int, bool]]:
    return [(day.date.day, day.reserve) for day in open_days(document, document.sessions[0])]


def test_open_days_are_school_days_neither_closed_nor_holidays() -> None:
    usual = school(sessions__0__first_day="2027-06-07", sessions__0__closed_days=["2027-06-09"])

    assert days(usual) == [
        (7, False),
        (8, False),
        (10, False),
        (11, False),
        (15, False),
        (16, False),
        (17, True),
        (18, True),
    ]


def test_a_day_that_lessons_were_moved_to_is_open_and_the_one_they_were_moved_from_is_not() -> None:
    february = {"sessions__0__first_day": "2027-02-19", "sessions__0__last_day": "2027-02-23"}

    assert days(school(**february)) == [(19, False), (20, False), (23, False)]
    assert days(school(**february, sessions__0__week_days=5)) == [(19, False), (23, False)]


def test_days_of_a_session_with_periods_are_those_of_its_periods() -> None:
    periods = [
        {"date": "2027-06-13", "start": "09:00", "minutes": 180},
        {"date": "2027-06-02", "start": "13:00", "minutes": 120},
        {"date": "2027-06-02", "start": "09:00", "minutes": 600},
    ]
    document = school(sessions__0__starts=[], sessions__0__periods=periods)

    found = starts_of(document, exam(not_after="2027-06-10"))

    assert days(document) == [(2, False), (13, False)]
    assert [(start.date.day, start.start.hour, start.minutes, start.period) for start in found] == [
        (2, 9, 540, 2),
        (2, 13, 120, 1),
    ]


def test_starts_that_name_a_grade_come_before_those_of_all() -> None:
    document = school()
    monday, tuesday = date(2027, 5, 31), date(2027, 6, 1)

    assert starts_on(document, exam(grade=9), monday) == (time(10), time(14))
    assert starts_on(document, exam(grade=9), tuesday) == ()
    assert starts_on(document, exam(grade=10), tuesday) == (time(9),)
    assert starts_on(document, exam(), tuesday) == (time(9),)


def test_an_exam_starts_when_it_says_itself_and_may_last_until_the_latest_end() -> None:
    document = school()
    afternoons = exam(grade=9, start="14:00", not_before="2027-06-01", not_after="2027-06-09")

    found = starts_of(document, afternoons)

    assert [(start.date.day, start.start.hour, start.minutes) for start in found] == [
        (2, 14, 240),
        (7, 14, 240),
        (9, 14, 240),
    ]
    assert [day.date.day for day in days_of(document, exam(date="2027-06-02"))] == [2]
    assert starts_of(school(sessions__0__latest_end=None), exam(date="2027-06-01"))[0].minutes == 15 * 60


@pytest.mark.parametrize(
    ("fields", "seats", "people"),
    [
        ({"courses": ["ALG-9"]}, {}, ("Orlova", "Petrov")),
        ({"courses": ["ALG-9"]}, {"independent": True}, ("Petrov",)),
        ({"subject": "algebra", "students": ["Vera"]}, {"independent": True}, ("Petrov",)),
        ({"subject": "algebra", "students": ["Gleb"]}, {"independent": True}, ("Orlova", "Petrov")),
        ({"subject": "algebra", "grade": 10}, {}, ("Orlova",)),
        ({"subject": "physics", "grade": 9}, {"candidates": ["Sidorov", "Petrov"]}, ("Sidorov",)),
        ({"subject": "physics"}, {"candidates": ["Sidorov", "Petrov"], "qualified": False}, ("Petrov", "Sidorov")),
        ({}, {}, ("Orlova", "Petrov", "Sidorov")),
    ],
)
def test_seats_are_for_who_is_named_qualified_and_independent(
    fields: dict[str, Any], seats: dict[str, Any], people: tuple[str, ...]
) -> None:
    asked = Seats.model_validate({"role": "examiner", **seats})

    assert candidates_for(school(), exam(**fields), asked) == people


def test_seats_at_the_site_are_for_who_sits_there_or_comes_from_home() -> None:
    document = school(teachers__0__site="East", teachers__1__site="Main")
    asked = Seats(role="examiner", at_site=True)

    assert candidates_for(document, exam(site="Main"), asked) == ("Petrov", "Sidorov")
    assert candidates_for(document, exam(site="East"), asked) == ("Orlova", "Sidorov")
    assert candidates_for(document, exam(mode="online"), asked) == ("Orlova", "Petrov", "Sidorov")


def test_a_consultation_is_held_by_the_students_own_teachers_or_by_the_qualified() -> None:
    document = school()

    assert consultants_for(document, exam(courses=["ALG-9"])) == ("Orlova",)
    assert consultants_for(document, exam(courses=["PHY-9"])) == ("Sidorov",)


def test_entitlements_to_one_exam_are_told_as_one() -> None:
    document = school(
        entitlements=[
            {"student": "Vera", "extra_minutes": 60, "features": ["quiet"], "assistant": True},
            {"student": "Vera", "exams": ["X"], "extra_minutes": 30, "own_room": True, "features": ["lamp", "quiet"]},
            {"student": "Vera", "forms": ["oral"], "extra_minutes": 200, "own_workstation": True},
            {"student": "Vera", "assistant": True, "assistants": ["Lev", "Orlova"]},
            {"student": "Vera", "assistant": True, "assistants": ["Orlova", "Sidorov"]},
        ]
    )

    found = entitlement_of(document, "Vera", exam())

    assert (found.extra_minutes, found.own_room, found.own_workstation) == (60, True, False)
    assert (found.features, found.assistant, found.assistants) == (("quiet", "lamp"), True, ("Orlova",))
    assert entitlement_of(document, "Anna", exam()).model_dump(exclude_defaults=True) == {
        "student": "Anna",
        "exams": ("X",),
    }
