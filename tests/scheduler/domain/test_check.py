"""Each fault that a document can have, in its own words."""

from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import given, settings
from pydantic import BaseModel

from scheduler.domain.check import check
from scheduler.domain.document import Document
from scheduler.domain.references import REFERENCES
from tests.scheduler.domain.changing import changed
from tests.strategies import documents

WHOLE: dict[str, Any] = {
    "term": {"first_day": "2026-09-01", "last_day": "2026-12-30", "cycle": 2},
    "bells": [{"id": "usual", "periods": [{"number": 1, "start": "08:30", "end": "09:10"}]}],
    "schools": [{"id": "School1"}],
    "sites": [{"id": "Main", "school": "School1", "bells": "usual"}, {"id": "East", "time_zone": "Asia/Yekaterinburg"}],
    "rooms": [{"id": "R1", "site": "Main", "seats": 20}],
    "workstations": [{"id": "PC1", "site": "Main", "room": "R1"}],
    "travel": [{"a": "Main", "b": "East", "minutes": 30}],
    "subjects": [{"id": "algebra"}, {"id": "physics"}],
    "groups": [{"id": "9A", "students": ["S1"]}, {"id": "9A-1", "part_of": ["9A"], "size": 5}],
    "students": [
        {"id": "S1", "site": "Main", "plan": [{"course": "ALG-9"}]},
        {"id": "S2", "plan": [{"course": "PHY-9", "hours": 1}]},
    ],
    "teachers": [{"id": "T1", "qualifications": [{"subject": "algebra", "grades": [9]}, {"subject": "physics"}]}],
    "courses": [
        {"id": "ALG-9", "subject": "algebra", "grade": 9, "hours": 2, "groups": ["9A"], "teachers": ["T1"]},
        {"id": "PHY-9", "subject": "physics", "hours": 0.5, "sections": {"least": 1, "most": 3}},
    ],
    "events": [{"id": "FORUM", "teachers": ["T1"], "hours": 0.5}],
}


def test_a_whole_document_has_no_faults() -> None:
    assert check(changed(WHOLE, {})) == ()


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        (
            {"students__1__plan": [{"course": "ALG-8"}]},
            ["field students[1].plan[0].course: The course “ALG-8” must be in the document. Maybe “ALG-9” was meant."],
        ),
        (
            {"students__1__id": "S1"},
            [
                "field students[1].id: The id “S1” must be given once only; students[0].id has it.",
            ],
        ),
        (
            {"teachers__0__id": "S2", "courses__0__teachers": [], "events__0__teachers": ["S2"]},
            ["field teachers[0].id: The id “S2” must be given once only; students[1].id has it."],
        ),
        (
            {"groups__0__students": ["S1", "S1"]},
            ["field groups[0].students[1]: “S1” must be listed once only."],
        ),
        (
            {"term__last_day": "2026-08-30"},
            ["field term.last_day: The last day (2026-08-30) must not come before the first (2026-09-01)."],
        ),
        ({"term__last_day": "2046-08-30"}, ["field term.last_day: The term must have at most 400 days."]),
        (
            {"term__holidays": [{"first": "2027-01-01", "last": "2027-01-08"}]},
            ["field term.holidays[0].first: The date (2027-01-01) must lie in the term, 2026-09-01 to 2026-12-30."],
        ),
        (
            {"term__holidays": [{"first": "2026-11-04", "last": "2026-11-01"}]},
            ["field term.holidays[0].last: The last day (2026-11-01) must not come before the first (2026-11-04)."],
        ),
        (
            {"term__moved_days": [{"date": "2027-02-01", "as_date": "2026-09-07"}]},
            ["field term.moved_days[0].date: The date (2027-02-01) must lie in the term, 2026-09-01 to 2026-12-30."],
        ),
        (
            {
                "term__moved_days": [
                    {"date": "2026-09-05", "as_date": "2026-09-07"},
                    {"date": "2026-09-05", "as_date": "2026-09-08"},
                    {"date": "2026-09-12", "as_date": "2026-09-07"},
                ]
            },
            [
                "field term.moved_days[1].date: Only one day's lessons must be moved to 2026-09-05.",
                "field term.moved_days[2].as_date: The lessons of 2026-09-07 must be moved once only.",
            ],
        ),
        (
            {
                "term__shortened_days": [
                    {"date": "2026-09-04", "bells": "usual"},
                    {"date": "2026-09-04", "bells": "usual", "sites": ["Main"]},
                    {"date": "2027-09-04", "bells": "short", "sites": ["Main", "West"]},
                ]
            },
            [
                "field term.shortened_days[2].bells: The bell schedule “short” must be in the document.",
                (
                    "field term.shortened_days[2].sites[1]: "
                    "The site “West” must be in the document. Maybe “East” was meant."
                ),
                "field term.shortened_days[1].date: The bells of 2026-09-04 must be changed once only.",
                (
                    "field term.shortened_days[2].date: "
                    "The date (2027-09-04) must lie in the term, 2026-09-01 to 2026-12-30."
                ),
            ],
        ),
        (
            {"sites__1__time_zone": "Asia/Ekaterinburg"},
            [
                (
                    "field sites[1].time_zone: "
                    "The time zone (Asia/Ekaterinburg) must be one that is known, such as Europe/Moscow. "
                    "Maybe “Asia/Yekaterinburg” was meant."
                )
            ],
        ),
        (
            {"sites__1__time_zone": "Europe/Berlin"},
            [
                (
                    "field term.last_day: "
                    "The term must end before 2026-10-25: on that day the clocks of Europe/Moscow and "
                    "Europe/Berlin move apart or together. Maybe make two documents, the second from 2026-10-25."
                )
            ],
        ),
        (
            {
                "bells__0__periods": [
                    {"number": 2, "start": "09:00", "end": "08:00"},
                    {"number": 2, "start": "07:50", "end": "09:00"},
                ]
            },
            [
                "field bells[0].periods[0].end: Period 2 must end after it begins (09:00:00 to 08:00:00).",
                (
                    "field bells[0].periods[1].number: "
                    "The number of the period (2) must be more than that of the one before (2)."
                ),
                "field bells[0].periods[1].start: Period 2 (07:50:00) must not begin before period 2 ends (08:00:00).",
            ],
        ),
        ({"bells": [], "sites__0__bells": None}, ["field bells: There must be a bell schedule for the lessons."]),
        (
            {"workstations__0__site": "East"},
            ["field workstations[0].room: The room “R1” must be at the workstation's site (East); it is at Main."],
        ),
        (
            {"travel": [{"a": "Main", "b": "Main", "minutes": 1}, *[{"a": "Main", "b": "East", "minutes": 1}] * 2]},
            [
                "field travel[0].b: A way must lead to another site than Main.",
                "field travel[2]: The way between Main and East must be given once only.",
            ],
        ),
        (
            {
                "teachers__0__availability": {
                    "weekly": [{"start": "12:00", "end": "12:00", "weeks": [1, 3]}],
                    "dated": [{"first": "2026-09-04", "last": "2026-09-03"}],
                },
                "teachers__0__limits": {"earliest": "12:00", "latest": "11:00"},
                "rooms__0__hours": [{"start": "12:00", "end": "11:00"}],
            },
            [
                (
                    "field teachers[0].availability.weekly[0].end: "
                    "The end (12:00:00) must be later than the start (12:00:00)."
                ),
                "field teachers[0].availability.weekly[0].weeks[1]: The week (3) must be one of the cycle's 2.",
                (
                    "field teachers[0].availability.dated[0].last: "
                    "The last day (2026-09-03) must not come before the first (2026-09-04)."
                ),
                "field rooms[0].hours[0].end: The end (11:00:00) must be later than the start (12:00:00).",
                "field teachers[0].limits.latest: The end (11:00:00) must be later than the start (12:00:00).",
            ],
        ),
        (
            {"groups__0__part_of": ["9A-1"], "groups__1__students": ["S2", "S1"], "groups__1__size": 1},
            [
                "field groups[0].part_of: The group “9A” must not be a part of itself.",
                "field groups[1].part_of: The group “9A-1” must not be a part of itself.",
                "field groups[1].size: The size (1) must not be less than the 2 students who are named.",
            ],
        ),
        (
            {
                "students__0__plan": [
                    {"course": "ALG-9", "hours": 1},
                    {"course": "ALG-9"},
                    {"course": "PHY-9", "hours": "1/3"},
                ]
            },
            [
                (
                    "field students[0].plan[0].hours: "
                    "The hours (1) must be those of the course “ALG-9” (2): its groups learn together."
                ),
                "field students[0].plan[1].course: “ALG-9” must be listed once only.",
                (
                    "field students[0].plan[2].hours: "
                    "The hours a week (1/3) must make whole lessons in the cycle of 2 weeks."
                ),
            ],
        ),
        (
            {"courses__0__split": [2, 1]},
            [
                (
                    "field courses[0].hours: "
                    "The hours of a cycle (4) must be divided without rest into lessons of 2+1 periods."
                ),
            ],
        ),
        (
            {"courses__0__mode": "self_paced", "courses__1__deadline": "2027-01-01"},
            [
                "field courses[0].deadline: The self-paced course “ALG-9” must have a deadline.",
                "field courses[1].deadline: The date (2027-01-01) must lie in the term, 2026-09-01 to 2026-12-30.",
            ],
        ),
        (
            {"courses__0__grade": 10, "courses__1__teachers_needed": 2},
            [
                "field courses[0].teachers[0]: The teacher “T1” must be qualified for algebra in grade 10.",
                (
                    "field courses[1].teachers: "
                    "The course “PHY-9” must have as many candidates as it needs teachers (2); "
                    "there are 1. Maybe write 0 teachers needed."
                ),
            ],
        ),
        (
            {"teachers__0__qualifications": [{"subject": "physics"}], "courses__0__grade": None},
            ["field courses[0].teachers[0]: The teacher “T1” must be qualified for algebra."],
        ),
        (
            {"courses__0__sections": {}, "courses__1__sections": {"least": 2, "count": 1}},
            [
                "field courses[0].sections: The course “ALG-9” must have either groups or sections.",
                "field courses[1].sections: The 1 student of the course “PHY-9” must fit into 1 sections of 2 to 1.",
            ],
        ),
        (
            {
                "courses__1__sections": {"count": 1},
                "students__0__plan": [{"course": "PHY-9"}],
            },
            [
                (
                    "field courses[1].sections.count: "
                    "The sections (1) must not be fewer than the different hours in the plans (2)."
                ),
            ],
        ),
        (
            {"groups__0__students": [], "students__0__plan": []},
            ["field courses[0].groups: The groups of the course “ALG-9” must have students or a size."],
        ),
        (
            {
                "events__0__fixed": [{"days": ["mon"], "periods": [1, 3], "start": "08:00", "weeks": [3]}],
                "events__0__teachers": [],
            },
            [
                "field events[0]: The event “FORUM” must have hours, fixed times or dates: one of the three.",
                "field events[0]: The event “FORUM” must have people.",
                "field events[0].fixed[0].weeks[0]: The week (3) must be one of the cycle's 2.",
                "field events[0].fixed[0].periods: The periods must follow one another.",
            ],
        ),
        (
            {
                "events__0__hours": None,
                "events__0__dated": [{"first": "2027-02-02", "last": "2026-10-01", "start": "10:00", "end": "09:00"}],
            },
            [
                "field events[0].dated[0].last: The last day (2026-10-01) must not come before the first (2027-02-02).",
                "field events[0].dated[0].end: The end (09:00:00) must be later than the start (10:00:00).",
                "field events[0].dated[0].first: The date (2027-02-02) must lie in the term, 2026-09-01 to 2026-12-30.",
            ],
        ),
        (
            {"events__0__hours": None, "events__0__fixed": [{"days": ["mon"], "start": "08:00"}]},
            ["field events[0].fixed[0]: A fixed time must have either a start and an end, or periods."],
        ),
        (
            {
                "policy": {
                    "profiles": ["ru-sanpin-2020", "ru-sanpin-2021"],
                    "rules": [
                        {"weight": 1},
                        {"id": "lighter-days", "weight": 1},
                        {"id": "break", "rule": "AvoidGaps"},
                        {"id": "break", "parameters": {"least": "five", "loud": True}},
                        {"id": "gaps", "rule": "AvoidGaps", "valid_from": "2026-09-02", "valid_to": "2026-09-01"},
                    ],
                }
            },
            [
                (
                    "field policy.profiles[0]: The profile (ru-sanpin-2020) must be one of default, ru-sanpin-2021. "
                    "Maybe “ru-sanpin-2021” was meant."
                ),
                "field policy.rules[0]: A rule must be named, or the id of a profile's rule be given.",
                (
                    "field policy.rules[1].id: "
                    "“lighter-days” must be the id of a rule of the profiles, or a rule be named. "
                    "Maybe “lighter-day” was meant."
                ),
                "field policy.rules[2].rule: “break” must be given no rule: it is a figure of a profile.",
                "field policy.rules[3].parameters.least: The value (five) must be a whole number.",
                "field policy.rules[3].parameters.loud: There is no field “loud” here.",
                "field policy.rules[3].id: “break” must be listed once only.",
                (
                    "field policy.rules[4].valid_to: "
                    "The last day (2026-09-01) must not come before the first (2026-09-02)."
                ),
            ],
        ),
    ],
    ids=lambda value: next(iter(value)) if isinstance(value, dict) else "",
)
def test_what_contradicts_itself_is_told(changes: dict[str, Any], told: list[str]) -> None:
    assert [str(fault) for fault in check(changed(WHOLE, changes))] == told


def models(model: type[BaseModel], way: str = "") -> Iterator[tuple[str, Any]]:
    """Walk all fields of a model, those of its parts included, with the way to each."""
    for name, field in model.model_fields.items():
        inner = [field.annotation]
        while inner:
            part = inner.pop()
            if isinstance(part, type) and issubclass(part, BaseModel):
                yield from models(part, f"{way}{name}.")
            inner += getattr(part, "__args__", ())
        yield f"{way}{name}", field


def test_every_field_that_refers_to_something_is_in_the_table() -> None:
    """A field that holds ids and is not in the table would never be checked."""
    pattern = ",;=/"
    found = {
        way
        for way, field in models(Document)
        if pattern in repr((field.annotation, field.metadata)) and not way.endswith("id")
    }

    assert found == {fields for fields, _ in REFERENCES}


@settings(max_examples=20, deadline=None)
@given(documents())
def test_things_are_found_by_their_ids(document: Document) -> None:
    assert tuple(map(document.student, document.ids("students"))) == document.students
    assert tuple(map(document.teacher, document.ids("teachers"))) == document.teachers
    assert tuple(map(document.tutor, document.ids("tutors"))) == document.tutors
    assert tuple(map(document.supporter, document.ids("support"))) == document.support
    assert tuple(map(document.parent, document.ids("parents"))) == document.parents
    assert tuple(map(document.coordinator, document.ids("coordinators"))) == document.coordinators
    assert tuple(map(document.bell_schedule, document.ids("bells"))) == document.bells
    assert tuple(map(document.school, document.ids("schools"))) == document.schools
    assert tuple(map(document.site, document.ids("sites"))) == document.sites
    assert tuple(map(document.room, document.ids("rooms"))) == document.rooms
    assert tuple(map(document.workstation, document.ids("workstations"))) == document.workstations
    assert tuple(map(document.subject, document.ids("subjects"))) == document.subjects
    assert tuple(map(document.group, document.ids("groups"))) == document.groups
    assert tuple(map(document.course, document.ids("courses"))) == document.courses
    assert tuple(map(document.event, document.ids("events"))) == document.events
    assert tuple(map(document.session, document.ids("sessions"))) == document.sessions
    assert tuple(map(document.exam, document.ids("exams"))) == document.exams
    assert tuple(map(document.commission, document.ids("commissions"))) == document.commissions
    assert tuple(map(document.request, document.ids("requests"))) == document.requests
    assert not document.has("students", "nobody")
