"""Each fault of sessions, exams, commissions, entitlements and requests, in its own words."""

from typing import Any

import pytest

from scheduler.domain.check import check
from tests.scheduler.domain.changing import changed
from tests.scheduler.domain.examined import SCHOOL


def told(changes: dict[str, Any]) -> list[str]:
    return [str(fault) for fault in check(changed(SCHOOL, changes))]


def test_a_whole_school_has_no_faults() -> None:
    assert told({}) == []


def test_an_exam_that_is_said_to_have_nobody_is_no_fault() -> None:
    assert told({"exams__2__courses": [], "exams__2__size": 0}) == []


FAULTS: dict[str, tuple[dict[str, Any], list[str]]] = {
    "references": (
        {
            "exams__0__session": "sumer",
            "exams__0__commission": "bord",
            "exams__1__after": ["EX-ALGE"],
            "exams__2__courses": ["PHY-8"],
            "commissions__0__seats__0__candidates": ["Orlov"],
            "entitlements__0__assistant": True,
            "entitlements__0__assistants": ["Leo", "Orlova"],
            "requests__0__agree": ["Lew"],
        },
        [
            "field exams[0].session: The session “sumer” must be in the document. Maybe “summer” was meant.",
            "field exams[2].courses[0]: The course “PHY-8” must be in the document. Maybe “PHY-9” was meant.",
            "field exams[0].commission: The commission “bord” must be in the document. Maybe “board” was meant.",
            "field exams[1].after[0]: The exam “EX-ALGE” must be in the document. Maybe “EX-ALG” was meant.",
            (
                "field commissions[0].seats[0].candidates[0]: The teacher “Orlov” must be in the document. Maybe "
                "“Orlova” was meant."
            ),
            (
                "field entitlements[0].assistants[0]: The assistant “Leo” must be in the document: a tutor, a teacher"
                " or a member of the support staff. Maybe “Lev” was meant."
            ),
            "field requests[0].agree[0]: The tutor “Lew” must be in the document. Maybe “Lev” was meant.",
        ],
    ),
    "a room and a workstation of one id": (
        {"workstations__1__id": "A2"},
        ["field workstations[1].id: The id “A2” must be given once only; rooms[1].id has it."],
    ),
    "ids": (
        {"requests__0__id": "EX-ALG", "exams__1__id": "EX-ALG", "exams__1__after": []},
        [
            "field exams[1].id: The id “EX-ALG” must be given once only; exams[0].id has it.",
            "field requests[0].id: The id “EX-ALG” must be given once only; exams[0].id has it.",
            "field entitlements[0].student: “Vera” must sit an exam, to be entitled to anything in it.",
            "field entitlements[1].exams[0]: “Vera” must sit exam “EX-ALG”.",
        ],
    ),
    "session backwards": (
        {"sessions__0__last_day": "2027-05-30", "sessions__0__reserve_days": []},
        [
            "field sessions[0].last_day: The last day (2027-05-30) must not come before the first (2027-05-31).",
        ],
    ),
    "session too long": (
        {"sessions__0__last_day": "2027-09-28"},
        [
            "field sessions[0].last_day: The session “summer” must have at most 120 days.",
        ],
    ),
    "no starts": (
        {"sessions__0__starts": []},
        [
            (
                "field sessions[0].starts: The session “summer” must have times at which exams may start. Maybe give "
                "starts, or periods."
            ),
        ],
    ),
    "starts and periods": (
        {"sessions__0__periods": [{"date": "2027-06-01", "start": "09:00", "minutes": 300}]},
        [
            "field sessions[0].periods: The session “summer” must have either starts or periods.",
        ],
    ),
    "late starts": (
        {"sessions__0__starts": [{"times": ["09:00", "18:00"]}]},
        [
            "field sessions[0].starts[0].times[1]: The start (18:00:00) must be before the latest end (18:00:00).",
        ],
    ),
    "no day": (
        {
            "sessions__0__first_day": "2027-06-12",
            "sessions__0__last_day": "2027-06-13",
            "sessions__0__reserve_days": [],
        },
        [
            (
                "field sessions[0].first_day: The session “summer” must have a day for exams: from 2027-06-12 to "
                "2027-06-13 all are closed or in reserve. Maybe allow more days of the week: week_days."
            ),
        ],
    ),
    "dates of a session": (
        {
            "sessions__0__closed_days": ["2027-06-01", "2027-06-20", "2027-06-01"],
            "sessions__0__reserve_days": ["2027-06-01", "2027-06-14", "2027-05-30"],
            "sessions__0__published": "2027-06-19",
            "sessions__0__time_zone": "Europe/Moskow",
        },
        [
            (
                "field sessions[0].time_zone: The time zone (Europe/Moskow) must be one that is known, such as "
                "Europe/Moscow. Maybe “Europe/Moscow” was meant."
            ),
            (
                "field sessions[0].closed_days[1]: The date (2027-06-20) must lie in the session, 2027-05-31 to "
                "2027-06-18."
            ),
            "field sessions[0].closed_days[2]: “2027-06-01” must be listed once only.",
            "field sessions[0].reserve_days[0]: The reserve day (2027-06-01) must be one on which exams can be held.",
            "field sessions[0].reserve_days[1]: The reserve day (2027-06-14) must be one on which exams can be held.",
            (
                "field sessions[0].reserve_days[2]: The date (2027-05-30) must lie in the session, 2027-05-31 to "
                "2027-06-18."
            ),
            (
                "field sessions[0].published: The plan must be made known (2027-06-19) before the session ends "
                "(2027-06-18)."
            ),
        ],
    ),
    "periods": (
        {
            "sessions__0__starts": [],
            "sessions__0__closed_days": ["2027-06-02"],
            "sessions__0__reserve_days": [],
            "sessions__0__periods": [
                {"date": "2027-06-01", "start": "09:00", "minutes": 300},
                {"date": "2027-06-01", "start": "09:00", "minutes": 120},
                {"date": "2027-06-02", "start": "09:00", "minutes": 120},
                {"date": "2027-06-22", "start": "23:00", "minutes": 61},
            ],
        },
        [
            "field sessions[0].periods[1]: The period of 2027-06-01 at 09:00:00 must be listed once only.",
            "field sessions[0].periods[2].date: The period's date (2027-06-02) must not be a closed day.",
            (
                "field sessions[0].periods[3].date: The date (2027-06-22) must lie in the session, 2027-05-31 to "
                "2027-06-18."
            ),
            "field sessions[0].periods[3].minutes: The period (23:00:00, 61 min) must end by midnight.",
        ],
    ),
    "nobody sits it": (
        {"exams__0__courses": [], "exams__0__commission": None, "entitlements": []},
        [
            "field exams[0]: Exam “EX-ALG” must have students or a size.",
        ],
    ),
    "courses without students": (
        {
            "students__1__plan": [],
            "students__3__plan": [],
            "students__4__plan": [],
        },
        [
            "field exams[2]: Exam “EX-TEST” must have students or a size.",
            (
                "field exams[2].courses[0]: The course “PHY-9” must have students: no plan holds it and no group "
                "attends it."
            ),
        ],
    ),
    "a size too small": (
        {"exams__0__size": 2},
        [
            "field exams[0].size: The size (2) must not be less than the 3 students who are named.",
        ],
    ),
    "turns": (
        {
            "exams__0__turn_minutes": 10,
            "exams__1__turn_minutes": None,
            "exams__1__turns_at_once": 2,
            "exams__2__form": "presentation",
            "exams__2__turn_minutes": 61,
        },
        [
            "field exams[0].turn_minutes: Exam “EX-ALG” (written) must have no turns. Maybe its form is oral.",
            "field exams[1].turn_minutes: Exam “EX-PHY” (oral) must say how long a turn is.",
            "field exams[1].turns_at_once: Exam “EX-PHY” must have turns, for 2 to be at once.",
            "field exams[2].turn_minutes: A turn (61 min) must not be longer than the exam (60 min).",
        ],
    ),
    "a date outside": (
        {"exams__0__date": "2027-06-21"},
        [
            "field exams[0].date: The date (2027-06-21) must lie in the session, 2027-05-31 to 2027-06-18.",
        ],
    ),
    "a date on a holiday": (
        {"exams__0__date": "2027-06-14"},
        [
            "field exams[0].date: The date (2027-06-14) must be one on which exams can be held.",
        ],
    ),
    "a date in reserve": (
        {"exams__0__date": "2027-06-17", "exams__1__after": []},
        [
            "field exams[0].date: The date (2027-06-17) must not be one that is kept in reserve.",
        ],
    ),
    "a date that contradicts": (
        {
            "exams__0__date": "2027-06-02",
            "exams__0__not_before": "2027-06-03",
            "exams__0__not_after": "2027-06-01",
            "exams__0__publish_by": "2027-06-04",
        },
        [
            "field exams[0].publish_by: The date must be made known (2027-06-04) before it comes (2027-06-02).",
            "field exams[0].date: The date (2027-06-02) must not be before 2027-06-03.",
            "field exams[0].date: The date (2027-06-02) must not be after 2027-06-01.",
        ],
    ),
    "a window backwards": (
        {"exams__0__not_before": "2027-06-09", "exams__0__not_after": "2027-06-08"},
        [
            "field exams[0].not_after: The last day (2027-06-08) must not come before the first (2027-06-09).",
        ],
    ),
    "a window without a day": (
        {"exams__0__not_before": "2027-06-12", "exams__0__not_after": "2027-06-14"},
        [
            (
                "field exams[0].not_before: Exam “EX-ALG” must have a day of its session from 2027-06-12 to "
                "2027-06-14; there is none."
            ),
        ],
    ),
    "published too late": (
        {"exams__1__publish_by": "2027-05-13"},
        [
            (
                "field exams[1].publish_by: The date must be made known by 2027-05-13; the session's plan is made "
                "known on 2027-05-14 only."
            ),
        ],
    ),
    "a start that is none": (
        {"exams__0__start": "09:00"},
        [
            "field exams[0].start: The start (09:00:00) must be one of the session's: 10:00:00, 14:00:00.",
        ],
    ),
    "no start for the grade": (
        {"sessions__0__starts": [{"grades": [10, 11], "times": ["09:00"]}], "exams__1__after": []},
        [
            (
                "field exams[0]: Exam “EX-ALG” must have a time at which it may start. Maybe the session's starts are"
                " for other grades or other days of the week."
            ),
            (
                "field exams[1]: Exam “EX-PHY” must have a time at which it may start. Maybe the session's starts are"
                " for other grades or other days of the week."
            ),
            (
                "field exams[2]: Exam “EX-TEST” must have a time at which it may start. Maybe the session's starts "
                "are for other grades or other days of the week."
            ),
        ],
    ),
    "a day of the week without starts": (
        {"exams__0__date": "2027-06-01"},
        [
            (
                "field exams[0]: Exam “EX-ALG” must have a time at which it may start. Maybe the session's starts are"
                " for other grades or other days of the week."
            ),
        ],
    ),
    "too long for its end": (
        {"sessions__0__latest_end": "14:54"},
        [
            (
                "field exams[0].minutes: Exam “EX-ALG” (295 min, extra time included) must end in time; no start "
                "leaves more than 294 min."
            ),
        ],
    ),
    "turns too long": (
        {"sessions__0__latest_end": "14:55", "exams__1__size": 20, "exams__1__grade": 9},
        [
            (
                "field exams[1].turn_minutes: Exam “EX-PHY” (300 min, extra time included) must end in time; no start"
                " leaves more than 295 min. Maybe allow more turns at once, or that it be divided: most_in_part."
            ),
        ],
    ),
    "too long for every period": (
        {
            "sessions__0__starts": [],
            "sessions__0__reserve_days": [],
            "sessions__0__periods": [
                {"date": "2027-06-01", "start": "09:00", "minutes": 294},
                {"date": "2027-06-02", "start": "09:00", "minutes": 120},
            ],
        },
        [
            (
                "field exams[0].minutes: Exam “EX-ALG” (295 min, extra time included) must fit into a period; the "
                "longest has 294 min."
            ),
        ],
    ),
    "a room too small": (
        {"rooms__0__seats": 4, "sessions__0__seats_per_student": 2.5, "entitlements": []},
        [
            (
                "field exams[0].room: Exam “EX-ALG” (3 students) must fit into a room; it needs 8 seats, and the "
                "largest room is A1 (4). Maybe allow it to be divided: most_in_part."
            ),
        ],
    ),
    "no room": (
        {"exams__0__room": {"features": ["lab"]}, "exams__1__room": {"candidates": ["E1"]}},
        [
            "field exams[0].room: Exam “EX-ALG” (2 students) must have a room with lab; there is none.",
            "field exams[1].room: Exam “EX-PHY” (1 student) must have a room; there is none that suits it.",
        ],
    ),
    "one room for one who sits alone": (
        {
            "rooms__2__site": "Main",
            "exams__1__site": "East",
            "entitlements__0": {"student": "Gleb", "exams": ["EX-PHY"], "own_room": True},
        },
        ["field exams[1]: Exam “EX-PHY” must have 1 room for a student who sits alone; there are 0."],
    ),
    "too few workstations in the room": (
        {
            "exams__0__workstations": True,
            "exams__0__room": {"candidates": ["A1"]},
            "workstations__1__room": "A2",
            "entitlements": [],
            "workstations__2__site": "Main",
            "workstations__2__room": "A2",
        },
        [
            (
                "field exams[0].room: Exam “EX-ALG” must have 3 workstations where it has rooms; there are 1 in A1. "
                "Maybe a workstation can be brought, and stands in no room."
            ),
            "field exams[2]: Exam “EX-TEST” must have 1 workstation at East; there are 0.",
        ],
    ),
    "no workstation in the room": (
        {
            "exams__0__room": {"candidates": ["A1"]},
            "workstations__0__room": "A2",
            "workstations__1__room": "A2",
            "workstations__1__features": ["reader"],
            "entitlements__0": {"student": "Anna", "own_workstation": True, "features": ["reader"]},
            "entitlements__1": {
                "student": "Vera",
                "exams": ["EX-ALG"],
                "own_room": True,
                "own_workstation": True,
                "features": ["camera"],
            },
        },
        [
            (
                "field exams[0].room: “Anna” must have a workstation where they have a room in exam “EX-ALG”; none that "
                "serves stands there: PC2. Maybe a workstation can be brought, and stands in no room."
            ),
        ],
    ),
    "no workstation in a room of their own": (
        {
            "exams__0__workstations": True,
            "exams__0__room": {"optional": True},
            "workstations__2__site": "Main",
            "workstations__2__room": "A1",
            "exams__2__mode": "site",
            "exams__2__site": "Main",
        },
        [
            (
                "field exams[0].room: “Vera” must have a workstation where they have a room in exam “EX-ALG”; none that "
                "serves stands there: PC1, PC2, PC3. Maybe a workstation can be brought, and stands in no room."
            ),
        ],
    ),
    "a room beside an optional one": (
        # Where only the further room was free, the plan said that all sit in it, and the audit refused the plan.
        {"exams__0__room": {"optional": True, "also": [{"seats": 1}]}},
        [
            (
                "field exams[0].room.also: Exam “EX-ALG” must not have further rooms where its room is optional. Maybe its "
                "rooms are needed: optional."
            ),
        ],
    ),
    "a room of their own online": (
        {
            "entitlements__0": {"student": "Gleb", "own_room": True},
            "entitlements__1": {"student": "Dina", "own_room": True},
        },
        [
            (
                "field entitlements[0].own_room: “Gleb” must sit at home to be alone in exam “EX-TEST”, which is online;"
                " they sit at East. Maybe name the exams, or the forms of exams, that it is for."
            ),
        ],
    ),
    "rooms of their own": (
        {
            "entitlements__1__features": ["dark"],
            "exams__1__room": {},
            "entitlements__0": {"student": "Gleb", "exams": ["EX-PHY"], "own_room": True},
            "exams__1__site": "East",
        },
        [
            "field exams[0]: “Vera” must have a room with dark in exam “EX-ALG”; there is none.",
            (
                "field exams[1]: Exam “EX-PHY” must have 2 rooms at the same time, those of students who sit alone "
                "included; there are 1."
            ),
        ],
    ),
    "workstations": (
        {
            "exams__0__workstations": True,
            "exams__0__features": ["camera"],
            "exams__2__features": ["camera", "headset"],
            "entitlements__1": {"student": "Vera", "exams": ["EX-ALG"], "features": ["braille"]},
        },
        [
            (
                "field exams[0]: Exam “EX-ALG” must have 3 workstations with camera at Main at once; there are 1. "
                "Maybe divide it, its parts one after another: most_in_part, same_time."
            ),
            (
                "field exams[0]: “Vera” must have a workstation with camera, braille at Main in exam “EX-ALG”; there "
                "is none."
            ),
            "field exams[2]: Exam “EX-TEST” must have 1 workstation with camera, headset at Main; there are 0.",
            "field exams[2]: Exam “EX-TEST” must have 1 workstation with camera, headset at East; there are 0.",
        ],
    ),
    "a workstation of their own": (
        {
            "entitlements__0": {"student": "Anna", "own_workstation": True, "features": ["braille"]},
            "students__1__needs": ["magnifier"],
        },
        [
            "field exams[0]: “Anna” must have a workstation with braille at Main in exam “EX-ALG”; there is none.",
            "field exams[2]: “Boris” must have a workstation with magnifier at Main in exam “EX-TEST”; there is none.",
        ],
    ),
    "no site": (
        {
            "exams__0__site": None,
            "exams__1__site": None,
            "students__2__site": None,
            "groups__0__site": None,
            "exams__1__students": ["Dina"],
        },
        [
            "field exams[1].site: Exam “EX-PHY” must have a site: its students sit at none. Maybe it is online: mode.",
        ],
    ),
    "as many at two sites": (
        {"exams__1__site": None},
        [
            "field exams[1].site: Exam “EX-PHY” must have a site: as many of its students sit at Main as at East (1).",
        ],
    ),
    "an online commission": (
        {
            "exams__2__commission": "board",
            "exams__2__subject": "algebra",
            "commissions__0__seats__0__at_site": True,
        },
        [
            (
                "field exams[2].site: Exam “EX-TEST” is online and must have a site: somebody of its commission must "
                "be there."
            ),
        ],
    ),
    "nobody qualified": (
        {"teachers__1__qualifications__0__grades": [8], "teachers__0__qualifications__0__grades": [8]},
        [
            "field courses[0].teachers[0]: The teacher “Orlova” must be qualified for algebra in grade 9.",
            (
                "field exams[0].commission: Exam “EX-ALG” must have 1 candidate to be chair in its commission; there "
                "are 0. Qualified for algebra in grade 9: 0."
            ),
        ],
    ),
    "nobody named is qualified": (
        {
            "exams__1__commission": "board",
            "commissions__0__seats__0__candidates": ["Petrov", "Orlova"],
        },
        [
            (
                "field exams[1].commission: Exam “EX-PHY” must have 1 candidate to be chair in its commission; there "
                "are 0. Qualified for physics in grade 9: 0."
            ),
        ],
    ),
    "nobody independent": (
        {
            "commissions__0__seats__0__independent": True,
            "courses__0__teachers": ["Orlova", "Petrov"],
        },
        [
            (
                "field exams[0].commission: Exam “EX-ALG” must have 1 candidate to be chair in its commission; there "
                "are 0. Qualified, but teachers of its students: Orlova, Petrov."
            ),
        ],
    ),
    "no length": (
        {"exams__0__minutes": 0},
        ["field exams[0].minutes: Exam “EX-ALG” must last a minute at least."],
    ),
    "too few for all roles": (
        {
            "exams__0__most_in_part": 2,
            "commissions__0__seats": [
                {"role": "chair"},
                {"role": "examiner", "candidates": ["Petrov"]},
            ],
            "teachers__2__qualifications": [{"subject": "physics"}],
        },
        [
            (
                "field exams[0].commission: Exam “EX-ALG” must have 4 people in its commissions at the same time; "
                "there are candidates for 2."
            ),
        ],
    ),
    "nobody for the whole subject": (
        {
            "exams__2__courses": ["PHY-9"],
            "exams__2__commission": "two",
            "exams__1__commission": "one",
            "teachers__1__qualifications": [{"subject": "physics"}],
            "courses__0__teachers": ["Orlova"],
            "exams__0__commission": None,
            "commissions": [
                {"id": "one", "seats": [{"role": "chair", "one_for_subject": True, "candidates": ["Petrov"]}]},
                {"id": "two", "seats": [{"role": "chair", "one_for_subject": True, "candidates": ["Sidorov"]}]},
            ],
        },
        [
            (
                "field exams[1].commission: One person must be able to be chair in all exams of physics: EX-PHY, "
                "EX-TEST; nobody is."
            ),
        ],
    ),
    "after itself": (
        {"exams__0__after": ["EX-ALG"], "exams__1__together": ["EX-PHY"]},
        [
            "field exams[0].after[0]: Exam “EX-ALG” must not name itself.",
            "field exams[1].together[0]: Exam “EX-PHY” must not name itself.",
        ],
    ),
    "together and apart": (
        {
            "exams__0__together": ["EX-OTHER"],
            "exams__1__after": ["EX-OTHER"],
            "exams__1__together": ["EX-ALG"],
            "exams__1__students": ["Gleb"],
            "exams__2": {
                "id": "EX-OTHER",
                "session": "summer",
                "students": ["Dina"],
                "site": "Main",
                "minutes": 60,
                "apart": ["EX-ALG"],
            },
        },
        [
            "field exams[1].after[0]: Exam “EX-PHY” must not be held both after “EX-OTHER” and at the same time.",
            (
                "field exams[2].apart[0]: Exams “EX-OTHER” and “EX-ALG” must not be held both at the same time and "
                "never so."
            ),
        ],
    ),
    "circle": (
        {"exams__0__after": ["EX-TEST"], "exams__2__after": ["EX-PHY"], "exams__2__name": "Physics, a test"},
        [
            (
                "field exams[1].after[0]: Exams must not come after one another in a circle: EX-ALG, EX-PHY, Physics,"
                " a test."
            ),
        ],
    ),
    "after what comes later": (
        {"exams__0__not_before": "2027-06-09", "exams__1__not_after": "2027-06-07"},
        [
            (
                "field exams[1].after[0]: Exam “EX-PHY” (2027-06-07 at the latest) must come after “EX-ALG” "
                "(2027-06-09 at the earliest)."
            ),
        ],
    ),
    "together on different days": (
        {
            "exams__2__together": ["EX-PHY"],
            "exams__1__date": "2027-06-02",
            "exams__2__not_after": "2027-06-01",
        },
        [
            (
                "field exams[2].together: Exams “EX-PHY” and “EX-TEST” are held at the same time and must share no "
                "student; 2 sit both, such as “Boris”."
            ),
            "field exams[2].together: Exams “EX-PHY” and “EX-TEST” must have a day on which both can be held.",
        ],
    ),
    "entitlements": (
        {
            "entitlements": [
                {"student": "Vera", "extra_minutes": 241},
                {"student": "Vera"},
                {"student": "Vera", "exams": ["EX-ALG", "EX-PHY"], "assistants": ["Lev"]},
                {"student": "Dina", "exams": ["EX-ALG"], "assistant": True},
            ],
            "tutors": [],
        },
        [
            (
                "field entitlements[2].assistants[0]: The assistant “Lev” must be in the document: a tutor, a teacher"
                " or a member of the support staff."
            ),
            "field entitlements[0].extra_minutes: The extra time (241 min) must be at most 240 min.",
            "field entitlements[1]: What “Vera” is entitled to must be said.",
            "field entitlements[2]: What “Vera” is entitled to must be said.",
            "field entitlements[2].assistants: “Vera” must be entitled to an assistant, for some to be named.",
            "field entitlements[2].exams[1]: “Vera” must sit exam “EX-PHY”.",
            "field entitlements[3].assistants: There must be a tutor, or assistants be named, to sit with “Dina”.",
            "field entitlements[3].exams[0]: “Dina” must sit exam “EX-ALG”.",
            (
                "field entitlements[1]: What “Vera” is entitled to must be given once for each exam; entitlements[0] "
                "has it."
            ),
        ],
    ),
    "nothing to be entitled in": (
        {
            "entitlements__0": {"student": "Dina", "extra_minutes": 60},
            "exams__2__courses": [],
            "exams__2__size": 4,
        },
        [
            "field entitlements[0].student: “Dina” must sit an exam, to be entitled to anything in it.",
        ],
    ),
    "no assistant is left": (
        {
            "entitlements": [
                {"student": "Vera", "assistant": True, "assistants": ["Lev"]},
                {"student": "Vera", "exams": ["EX-ALG"], "assistant": True, "assistants": ["Orlova"]},
            ]
        },
        [
            (
                "field entitlements[1].assistants: “Vera” must have an assistant in exam “EX-ALG” whom all that is "
                "said of it names; there is none."
            ),
        ],
    ),
    "consultations": (
        {
            "exams__0__consultation": {"least_days": 4, "by": "examiner"},
            "exams__1__consultation": {"by": "examiner"},
            "exams__2__consultation": {},
            "teachers__2__qualifications": [{"subject": "algebra"}],
            "courses__1__teachers_needed": 0,
        },
        [
            (
                "field exams[0].consultation.least_days: The days before the exam at least (4) must not be more than "
                "at most (3)."
            ),
            (
                "field exams[0].consultation.by: The commission of exam “EX-ALG” must have an examiner, who holds the"
                " consultation."
            ),
            (
                "field exams[1].consultation.by: The commission of exam “EX-PHY” must have an examiner, who holds the"
                " consultation."
            ),
            (
                "field exams[2].consultation.by: The consultation before exam “EX-TEST” must have a teacher; nobody "
                "is qualified."
            ),
        ],
    ),
    "dates of requests": (
        {
            "requests__0__first_day": "2026-10-10",
            "requests__1__first_day": "2027-06-30",
            "requests__1__last_day": "2027-07-01",
            "requests__1__count": 2,
        },
        [
            "field requests[0].last_day: The last day (2026-10-09) must not come before the first (2026-10-10).",
            "field requests[1].last_day: The date (2027-07-01) must lie in the term, 2026-09-01 to 2027-06-30.",
            (
                "field requests[1].count: The request “R2” must have 2 school days from 2027-06-30 to 2027-07-01; "
                "there are 1."
            ),
        ],
    ),
    "times of requests": (
        {
            "requests__0__earliest": "14:00",
            "requests__0__latest": "14:40",
            "requests__1__earliest": "14:00",
            "requests__1__latest": "13:00",
            "requests__1__preferred": [{"start": "10:00", "end": "09:00", "weeks": [2]}],
        },
        [
            "field requests[0].minutes: The consultation (45 min) must fit between 14:00:00 and 14:40:00.",
            "field requests[1].latest: The end (13:00:00) must be later than the start (14:00:00).",
            "field requests[1].preferred[0].end: The end (09:00:00) must be later than the start (10:00:00).",
            "field requests[1].preferred[0].weeks[0]: The week (2) must be one of the cycle's 1.",
        ],
    ),
    "people of requests": (
        {
            "requests__0__students": [],
            "requests__1__teachers": [],
            "requests__1__mode": "site",
            "requests__1__room": {"seats": 3},
        },
        [
            "field requests[0].students: The request “R1” must have students or groups.",
            (
                "field requests[1].teachers: The request “R2” must have a teacher who may hold it. Maybe name a "
                "course or teachers."
            ),
            (
                "field requests[1].room: The request “R2” must fit into a room; it needs 3 seats, and the largest "
                "room is E1 (2)."
            ),
        ],
    ),
}


@pytest.mark.parametrize("name", FAULTS)
def test_what_contradicts_itself_is_told(name: str) -> None:
    changes, faults = FAULTS[name]

    assert told(changes) == faults
