"""Examination files: every instance and solution there and back, a tiny one by hand, and every fault at its line."""

from __future__ import annotations

import os
from datetime import UTC, date, datetime, time
from pathlib import Path

import pytest

from scheduler.domain.check import check
from scheduler.domain.exams import ExamPeriod
from scheduler.domain.session_plan import SessionPlan
from scheduler.errors import BadInput
from scheduler.formats import itc2007_exam, read

INSTANCES = (
    Path(os.environ.get("ZVONOK_INSTANCES", Path(__file__).parents[4] / "shared" / "instances")) / "exam_itc2007"
)
needs_instances = pytest.mark.skipif(not INSTANCES.is_dir(), reason=f"the public instances are not in {INSTANCES}")

# Instances README: exams, students, periods and rooms.
SIZES = {
    1: (607, 7883, 54, 7),
    2: (870, 12484, 40, 49),
    3: (934, 16365, 36, 48),
    4: (273, 4421, 21, 1),
    5: (1018, 8719, 42, 3),
    6: (242, 7909, 16, 8),
    7: (1096, 13795, 80, 15),
    8: (598, 7718, 80, 8),
}

# Student 2 sits E0 and E1, student 4 E1 and E2; nobody sits E3. Two periods on one day, one on the next.
CRAFTS = """[Exams:4]
120, 1, 2, 3
90, 2, 4
60, 4, 5
0
[Periods:3]
01:06:2026, 09:30:00, 120, 0
01:06:2026, 14:00:00, 120, 0
02:06:2026, 09:30:00, 180, 30
[Rooms:3]
5, 0
3, 20
4, 20
[PeriodHardConstraints]
2, AFTER, 0
0, EXAM_COINCIDENCE, 3
3, EXAM_COINCIDENCE, 0
0, EXAM_COINCIDENCE, 1
3, EXAM_COINCIDENCE, 3
3, EXCLUSION, 2
[RoomHardConstraints]
1, ROOM_EXCLUSIVE
[InstitutionalWeightings]
TWOINAROW, 7
TWOINADAY, 0
PERIODSPREAD, 5
NONMIXEDDURATIONS,10
FRONTLOAD,2,1,15
"""


@needs_instances
@pytest.mark.parametrize("number", SIZES)
def test_every_instance_is_whole_and_of_its_published_size(number: int) -> None:
    document = read(INSTANCES / f"exam_comp_set{number}.exam")
    [session] = document.sessions

    assert check(document) == ()
    assert (len(document.exams), len(document.students), len(session.periods), len(document.rooms)) == SIZES[number]


@needs_instances
@pytest.mark.parametrize("number", SIZES)
def test_every_solution_is_written_as_it_is_read(number: int) -> None:
    document = read(INSTANCES / f"exam_comp_set{number}.exam")
    [path] = (INSTANCES / "solutions").glob(f"exam_comp_set{number}_*.sln")
    text = path.read_bytes().decode()

    assert itc2007_exam.write(document, itc2007_exam.read_solution(text, document)) == text


def test_exams_of_a_tiny_instance_have_their_students_and_what_else_is_asked_of_them() -> None:
    document = itc2007_exam.read_text(CRAFTS)

    assert [(exam.id, exam.minutes, exam.students, exam.size) for exam in document.exams] == [
        ("E0", 120, ("S1", "S2", "S3"), None),
        ("E1", 90, ("S2", "S4"), None),
        ("E2", 60, ("S4", "S5"), None),
        ("E3", 0, (), 0),
    ]
    # E0 and E1 share a student, so that they need not be together; a pair is told once.
    assert {exam.id: exam.together for exam in document.exams if exam.together} == {"E0": ("E3",)}
    assert {exam.id: exam.after for exam in document.exams if exam.after} == {"E2": ("E0",)}
    assert {exam.id: exam.apart for exam in document.exams if exam.apart} == {"E2": ("E3",)}
    assert [exam.id for exam in document.exams if exam.own_room] == ["E1"]
    assert {exam.room is not None for exam in document.exams} == {True}


def test_session_of_a_tiny_instance_has_its_periods_and_rooms() -> None:
    document = itc2007_exam.read_text(CRAFTS)
    [session] = document.sessions

    assert (session.first_day, session.last_day) == (date(2026, 6, 1), date(2026, 6, 2))
    assert session.periods[2] == ExamPeriod(date=date(2026, 6, 2), start=time(9, 30), minutes=180, penalty=30)
    assert [(room.id, room.seats) for room in document.rooms] == [("R0", 5), ("R1", 3), ("R2", 4)]


def test_weightings_are_rules_and_what_costs_nothing_is_none() -> None:
    [session] = itc2007_exam.read_text(CRAFTS).sessions

    assert [(rule.id, rule.rule, rule.weight, rule.parameters) for rule in session.rules] == [
        ("Conflicts", "AvoidClashes", "required", {}),
        ("RoomOccupancy", "ShareRooms", "required", {}),
        ("RoomExclusive", "OwnRoom", "required", {}),
        ("TwoInARow", "AvoidTwoInRow", 7, {}),
        ("PeriodSpread", "SpreadExams", 1, {"prices": [1, 1, 1]}),
        ("NonMixedDurations", "KeepDurationsAlike", 10, {}),
        ("FrontLoad", "FrontLoad", 15, {"largest": 2, "last": 1}),
        ("RoomPenalty-20", "PriceRooms", 1, {"rooms": ["room=R1,R2"], "price": 20}),
        ("PeriodPenalty", "PricePeriods", 1, {}),
    ]
    assert session.profiles == ()


def test_recognition_goes_by_the_first_heading() -> None:
    assert itc2007_exam.recognise(CRAFTS.encode(), "")
    assert itc2007_exam.recognise(b"\xef\xbb\xbf\r\n" + CRAFTS.replace("\n", "\r\n").encode(), "x.txt")
    assert not itc2007_exam.recognise(b"[Rooms:2]\n1, 0\n", "x.exam")


def test_a_solution_is_a_plan_with_everybody_in_it() -> None:
    document = itc2007_exam.read_text(CRAFTS)

    plan = itc2007_exam.read_solution("0, 0\r\n1, 1\r\n2, 2\r\n0, 0\r\n", document)

    botany = plan.sittings[1]
    assert (botany.exam, botany.start, botany.end, botany.rooms) == (
        "E1",
        datetime(2026, 6, 1, 14, tzinfo=UTC),
        datetime(2026, 6, 1, 15, 30, tzinfo=UTC),
        ("R1",),
    )
    assert [candidate.student for candidate in botany.candidates] == ["S2", "S4"]
    assert itc2007_exam.write(document, plan) == "0, 0\r\n1, 1\r\n2, 2\r\n0, 0\r\n"


def faults(text: str) -> str:
    """All that is wrong with an instance."""
    with pytest.raises(BadInput) as bad:
        itc2007_exam.read_text(text)
    return str(bad.value)


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("[Exams:4]\n", "", "line 1: The file must begin with “[Exams:…]”."),
        ("[Exams:4]", "[Exams]", "line 1: The heading “[Exams]” must say how many lines follow."),
        (
            "[Exams:4]",
            "[Exams:5]",
            "line 1: The section Exams (4 lines) must have as many lines as the header says (5).",
        ),
        (
            "[Rooms:3]",
            "[Room:3]",
            (
                "line 10: “[Room:3]” must be one of the sections Exams, Periods, Rooms, PeriodHardConstraints, "
                "RoomHardConstraints, InstitutionalWeightings, each once. Maybe “Rooms” was meant."
            ),
        ),
        (
            "[Rooms:3]\n5, 0\n3, 20\n4, 20\n",
            "[Rooms:0]\n",
            "line 10: The section Rooms must have a line at least.",
        ),
        ("90, 2, 4", "1441, 2, 4", "line 3: “1441” must be a whole number from 0 to 1440."),
        ("90, 2, 4", "90, two, 4", "line 3: “two” must be a whole number from 0 to 999999999."),
        ("90, 2, 4", "90, 2, 4, 2", "line 3: The student 2 must be listed once only."),
        ("01:06:2026, 14", "01.06.2026, 14", "line 8: “01.06.2026” must be a date such as 15:04:2005."),
        ("14:00:00", "14:00:30", "line 8: “14:00:30” must be a time of day such as 09:30:00."),
        ("14:00:00", "09:30:00", "line 8: A period must begin after the one before it."),
        ("14:00:00, 120", "14:00:00, 0", "line 8: A period must be a minute long at least."),
        ("3, 20", "3", "line 12: A line of Rooms must have 2 words, not 1."),
        (
            "2, AFTER, 0",
            "2, AFTR, 0",
            "line 15: “AFTR” must be one of AFTER, EXAM_COINCIDENCE, EXCLUSION. Maybe “AFTER” was meant.",
        ),
        ("2, AFTER, 0", "2, AFTER, 4", "line 15: The exam 4 must be one of 0 to 3."),
        ("2, AFTER, 0", "2, AFTER, 2", "line 15: AFTER must name two different exams."),
        (
            "ROOM_EXCLUSIVE",
            "EXCLUSIVE",
            "line 22: “EXCLUSIVE” must be one of ROOM_EXCLUSIVE. Maybe “ROOM_EXCLUSIVE” was meant.",
        ),
        ("TWOINADAY, 0", "TWOINADAY, 0, 1", "line 25: A line of TWOINADAY must have 2 words, not 3."),
        ("TWOINADAY, 0", "TWOINAROW, 0", "line 25: The name “TWOINAROW” must be given once only."),
        (
            "TWOINADAY, 0\n",
            "",
            "line 23: The section InstitutionalWeightings must also give TWOINADAY.",
        ),
    ],
)
def test_a_fault_names_its_line(old: str, new: str, told: str) -> None:
    assert told in faults(CRAFTS.replace(old, new, 1)).splitlines()


def test_all_faults_are_told_in_one_run_in_the_order_of_their_lines() -> None:
    text = CRAFTS.replace("2, AFTER, 0", "9, AFTER, 0").replace("90, 2, 4", "90, x").partition("[RoomHard")[0]

    assert faults(text) == (
        "line 3: “x” must be a whole number from 0 to 999999999.\n"
        "line 15: The exam 9 must be one of 0 to 3.\n"
        "line 20: The file must have the section “[RoomHardConstraints]”. Maybe it was cut off.\n"
        "line 20: The file must have the section “[InstitutionalWeightings]”. Maybe it was cut off."
    )


def test_a_file_that_is_not_there_is_a_fault(tmp_path: Path) -> None:
    with pytest.raises(BadInput) as bad:
        itc2007_exam.read(tmp_path / "none.exam")

    assert str(bad.value) == f"{tmp_path / 'none.exam'}: There must be a file of this name."


def test_every_bad_line_of_a_solution_is_told() -> None:
    with pytest.raises(BadInput) as bad:
        itc2007_exam.read_solution("0, 0\n3, 0\n1, 3\n1\n0, 0\n", itc2007_exam.read_text(CRAFTS))

    assert str(bad.value) == (
        "line 2: “3” must be a whole number from 0 to 2.\n"
        "line 3: “3” must be a whole number from 0 to 2.\n"
        "line 4: A line of .sln must have 2 words, not 1.\n"
        "line 5: The solution must have 4 lines, one for each exam, not 5."
    )


def test_a_plan_that_the_format_cannot_say_is_refused() -> None:
    document = itc2007_exam.read_text(CRAFTS)
    plan = itc2007_exam.read_solution("0, 0\n1, 1\n2, 2\n0, 0\n", document)
    late, twice, alone, gone = plan.sittings
    told = SessionPlan(
        sittings=(
            late.model_copy(update={"start": late.start.replace(hour=10)}),
            twice,
            twice.model_copy(update={"part": 2}),
            alone.model_copy(update={"rooms": ()}),
            gone.model_copy(update={"exam": "E9"}),
        )
    )

    with pytest.raises(BadInput) as bad:
        itc2007_exam.write(document, told)

    assert str(bad.value) == (
        "The exam “E0” must begin with a period of the session, not at 2026-06-01 10:30+00:00.\n"
        "The exam “E1” must be held once and in one room: the format knows nothing else.\n"
        "The exam “E2” must be held once and in one room: the format knows nothing else.\n"
        "The exam “E3” must be held once and in one room: the format knows nothing else.\n"
        "The exam “E9” must be in the document."
    )


def test_a_document_without_periods_cannot_be_written() -> None:
    document = itc2007_exam.read_text(CRAFTS).model_copy(update={"sessions": ()})

    with pytest.raises(BadInput) as bad:
        itc2007_exam.write(document, SessionPlan())

    assert str(bad.value) == "The document must have one session, and that must have periods."
