"""FET files: what is read of them, what is refused, and that nothing breaks the reader."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scheduler.compile import compile_document
from scheduler.domain.check import check
from scheduler.domain.document import Document
from scheduler.errors import BadInput
from scheduler.formats import fet, formats, read

DAYS, HOURS = ("Mon", "Tue", "Wed"), ("1st", "2nd", "3rd", "4th")


def element(tag: str, *children: str, **texts: object) -> str:
    return f"<{tag}>{''.join(children)}{''.join(f'<{k}>{v}</{k}>' for k, v in texts.items())}</{tag}>"


def named(listed: str, tag: str, names: tuple[str, ...]) -> str:
    return element(listed, *(element(tag, Name=name) for name in names))


def activity(number: int, students: str = "5a", teacher: str = "Ada", duration: int = 1, **more: object) -> str:
    who = (f"<Teacher>{teacher}</Teacher>" if teacher else "") + (
        f"<Students>{students}</Students>" if students else ""
    )
    texts: dict[str, object] = {"Subject": "Maths", "Activity_Tag": "lab", "Duration": duration}
    return element("Activity", who, **(texts | {"Id": number, "Activity_Group_Id": 0, "Active": "true"} | more))


SETS = element(
    "Year",
    element(
        "Group",
        element("Subgroup", Name="5a-boys"),
        element("Subgroup", Name="5a-girls"),
        Name="5a",
        Number_of_Students=20,
    ),
    element("Group", Name="5b", Number_of_Students=18),
    Name="5",
    Number_of_Students=38,
)

ROOMS = (
    element("Room", Name="R1", Building="", Capacity=30, Virtual="false")
    + element("Room", Name="R2", Building="", Capacity=30, Virtual="false")
    + element("Room", Name="Small", Building="", Capacity=5, Virtual="false")
    + element(
        "Room",
        element("Set_of_Real_Rooms", "<Real_Room>R1</Real_Room><Real_Room>R2</Real_Room>"),
        element("Set_of_Real_Rooms", "<Real_Room>R2</Real_Room>"),
        Name="Both",
        Building="",
        Capacity=60,
        Virtual="true",
    )
)

FOUR = activity(1) + activity(2) + activity(3, "5b", "Bob", 2) + activity(4, "5a-boys", "Bob", Activity_Group_Id=4)


def constraint(name: str, *children: str, weight: object = 100, **texts: object) -> str:
    return element(f"Constraint{name}", *children, Weight_Percentage=weight, Active="true", **texts)


def school(
    time: str = "",
    space: str = "",
    *,
    activities: str = FOUR,
    rooms: str = ROOMS,
    version: str = "6.8.5",
    mode: str = "Official",
) -> str:
    body = (
        element("Institution_Name").replace("><", ">A small school<"),
        f"<Mode>{mode}</Mode>",
        named("Days_List", "Day", DAYS),
        named("Hours_List", "Hour", HOURS),
        element("Students_List", SETS),
        named("Teachers_List", "Teacher", ("Ada", "Bob")),
        named("Subjects_List", "Subject", ("Maths", "Art")),
        named("Activity_Tags_List", "Activity_Tag", ("lab", "gym")),
        element("Activities_List", activities),
        element("Buildings_List"),
        element("Rooms_List", rooms),
        element("Time_Constraints_List", constraint("BasicCompulsoryTime"), time),
        element("Space_Constraints_List", constraint("BasicCompulsorySpace"), space),
    )
    return f'<?xml version="1.0" encoding="UTF-8"?>\n<fet version="{version}">\n' + "\n".join(body) + "\n</fet>\n"


def document(tmp_path: Path, text: str) -> Document:
    (tmp_path / "school.fet").write_text(text, encoding="utf-8")
    return read(tmp_path / "school.fet")


def faults(tmp_path: Path, text: str | bytes) -> list[str]:
    path = tmp_path / "school.fet"
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    with pytest.raises(BadInput) as bad:
        read(path, "fet")
    return [str(fault).removeprefix(f"{path}: ") for fault in bad.value.faults]


def specs(found: Document, source: str) -> list[tuple[str | None, Any, Any]]:
    return [
        (spec.rule, spec.parameters, spec.weight)
        for spec in found.policy.rules
        if (spec.id or "").startswith(f"{source}-")
    ]


def ids(*numbers: int) -> str:
    return "".join(f"<Activity_Id>{number}</Activity_Id>" for number in numbers)


def slot(tag: str, day: str, hour: str, of: str = "") -> str:
    return element(tag, **{f"{of}Day": day, f"{of}Hour": hour})


def test_a_school_is_read(tmp_path: Path) -> None:
    found = document(tmp_path, school())

    assert list(check(found)) == []
    assert found.term.name == "A small school"
    assert found.term.day_names == DAYS
    assert [bell.name for bell in found.bells[0].periods] == list(HOURS)
    assert [(g.id, g.part_of, g.size) for g in found.groups] == [
        ("5", (), 38), ("5a", ("5",), 20), ("5a-boys", ("5a",), 1), ("5a-girls", ("5a",), 1), ("5b", ("5",), 18),
    ]  # fmt: skip
    assert [(c.id, c.name, c.groups, c.teachers, c.split) for c in found.courses] == [
        ("A1", "Maths [lab]", ("5a",), ("Ada",), (1,)),
        ("A2", "Maths [lab]", ("5a",), ("Ada",), (1,)),
        ("A3", "Maths [lab]", ("5b",), ("Bob",), (2,)),
        ("A4", "Maths [lab]", ("5a-boys",), ("Bob",), (1,)),
    ]
    assert {room.id: room.seats for room in found.rooms} == {"R1": 30, "R2": 30, "Small": 5}
    assert all(course.room is None for course in found.courses)


def test_an_activity_of_a_set_takes_all_below_it(tmp_path: Path) -> None:
    compiled = compile_document(document(tmp_path, school()))

    busy = {
        participant.id: sorted(
            compiled.series_of(compiled.problem.attendances[a].event).item.id
            for a in compiled.problem.attendances_of_resource[r]
        )
        for r, participant in enumerate(compiled.participants)
    }
    assert busy["5a-boys"] == ["A1", "A2", "A4"]
    assert busy["5a-girls"] == ["A1", "A2"]
    assert busy["5b"] == ["A3"]


def test_subgroups_with_the_same_activities_are_one(tmp_path: Path) -> None:
    text = school(constraint("StudentsMaxGapsPerDay", Max_Gaps=0), activities=activity(1) + activity(2, "5b", "Bob"))

    assert specs(document(tmp_path, text), "StudentsMaxGapsPerDay") == [
        ("AvoidGaps", {"most": 0, "within": "day", "shut": "own", "people": ["group=5a-boys,5b"]}, "required")
    ]


def test_activities_of_nobody_or_of_teachers_alone_are_held_too(tmp_path: Path) -> None:
    found = document(tmp_path, school(activities=activity(1, "", "Ada") + activity(2, "", "")))

    assert [event.id for event in found.events] == ["A1"]
    assert [(course.id, course.groups, course.teachers_needed) for course in found.courses] == [("A2", ("of-A2",), 0)]
    assert len(compile_document(found).problem.events) == 2


def test_what_is_not_active_is_left_out(tmp_path: Path) -> None:
    text = school(
        constraint("MinDaysBetweenActivities", ids(1, 2, 9), MinDays=1)
        + constraint("TeachersMaxGapsPerDay", Max_Gaps=0).replace("<Active>true", "<Active>false"),
        activities=FOUR + activity(9, Active="false"),
    )
    found = document(tmp_path, text)

    assert [course.id for course in found.courses] == ["A1", "A2", "A3", "A4"]
    assert specs(found, "MinDaysBetweenActivities")[0][1]["lessons"] == ["course=A1,A2"]
    assert specs(found, "TeachersMaxGapsPerDay") == []


STARTS = slot("Preferred_Starting_Time", "Mon", "1st", "Preferred_Starting_")
SLOTS = slot("Preferred_Time_Slot", "Mon", "1st", "Preferred_") + slot(
    "Preferred_Time_Slot", "Mon", "2nd", "Preferred_"
)
SELECTED = slot("Selected_Time_Slot", "Tue", "4th", "Selected_")
BREAK = constraint("BreakTimes", slot("Break_Time", "Mon", "3rd"))
TWO = "<First_Activity_Id>2</First_Activity_Id><Second_Activity_Id>1</Second_Activity_Id>"
EVERYBODY = ["group=5a-boys,5a-girls,5b"]
ADA, ALL, TAGGED = ["teacher=Ada"], ["teacher=Ada,Bob"], ["course=A1,A2,A3,A4"]

CASES: dict[str, tuple[str, str, list[tuple[str, dict[str, Any], Any]]]] = {
    "MinDaysBetweenActivities": (
        constraint("MinDaysBetweenActivities", ids(1, 2), weight=95, MinDays=2, Consecutive_If_Same_Day="true"),
        "MinDaysBetweenActivities",
        [
            ("SpreadOverDays", {"apart": 2, "per": "selector", "lessons": ["course=A1,A2"]}, 9500),
            ("KeepTogether", {"per": "selector", "lessons": ["course=A1,A2"]}, "required"),
        ],
    ),
    "MaxDaysBetweenActivities": (
        constraint("MaxDaysBetweenActivities", ids(1, 2), MaxDays=1),
        "MaxDaysBetweenActivities",
        [("SpreadOverDays", {"reach": 1, "per": "selector", "lessons": ["course=A1,A2"]}, "required")],
    ),
    "MinGapsBetweenActivities": (
        constraint("MinGapsBetweenActivities", ids(1, 2), MinGaps=1),
        "MinGapsBetweenActivities",
        [("LeaveGaps", {"least": 1, "per": "selector", "lessons": ["course=A1,A2"]}, "required")],
    ),
    "ActivityPreferredStartingTime": (
        constraint("ActivityPreferredStartingTime", ids(3), Preferred_Day="Wed", Preferred_Hour="2nd"),
        "ActivityPreferredStartingTime",
        [("PreferTimes", {"times": ["times days=wed periods=2"], "starts": True, "lessons": ["course=A3"]}, "required")],
    ),
    "ActivityPreferredStartingTime, any hour": (
        constraint("ActivityPreferredStartingTime", ids(3), Preferred_Day="Wed", Preferred_Hour=""),
        "ActivityPreferredStartingTime",
        [("PreferTimes", {"times": ["times days=wed periods=1,2,3,4"], "starts": True, "lessons": ["course=A3"]}, "required")],
    ),
    "ActivityPreferredStartingTimes": (
        constraint("ActivityPreferredStartingTimes", ids(1), STARTS, weight="99.5"),
        "ActivityPreferredStartingTimes",
        [("PreferTimes", {"times": ["times days=mon periods=1"], "starts": True, "lessons": ["course=A1"]}, 9950)],
    ),
    "ActivitiesPreferredTimeSlots": (
        constraint("ActivitiesPreferredTimeSlots", SLOTS, Teacher_Name="Bob", Students_Name="5a", Subject_Name="", Duration=""),
        "ActivitiesPreferredTimeSlots",
        [("PreferTimes", {"times": ["times days=mon periods=1,2"], "each": True, "lessons": ["course=A4"]}, "required")],
    ),
    "SubactivitiesPreferredTimeSlots": (
        constraint("SubactivitiesPreferredTimeSlots", SLOTS, Component_Number=1, Teacher_Name="Bob", Duration=2),
        "SubactivitiesPreferredTimeSlots",
        [("PreferTimes", {"times": ["times days=mon periods=1,2"], "each": True, "lessons": ["course=A3"]}, "required")],
    ),
    "ActivitiesSameStartingTime": (
        constraint("ActivitiesSameStartingTime", ids(1, 3), weight=80),
        "ActivitiesSameStartingTime",
        [("SameTime", {"of": "start", "per": "selector", "lessons": ["course=A1,A3"]}, 8000)],
    ),
    "ActivitiesNotOverlapping": (
        constraint("ActivitiesNotOverlapping", ids(1, 3)),
        "ActivitiesNotOverlapping",
        [("DifferentTime", {"per": "selector", "lessons": ["course=A1,A3"]}, "required")],
    ),
    "TwoActivitiesConsecutive": (
        BREAK
        + constraint("TwoActivitiesConsecutive", TWO),
        "TwoActivitiesConsecutive",
        [
            (
                "FollowOn",
                {"per": "selector", "either": False, "shut": ["times days=mon periods=3"], "lessons": ["course=A2; course=A1"]},
                "required",
            )
        ],
    ),
    "TwoActivitiesOrdered": (
        constraint("TwoActivitiesOrdered", TWO),
        "TwoActivitiesOrdered",
        [("Before", {"same_day": False, "lessons": ["course=A2"], "others": ["course=A1"]}, "required")],
    ),
    "ActivityEndsStudentsDay": (
        constraint("ActivityEndsStudentsDay", ids(1)),
        "ActivityEndsStudentsDay",
        [("HoldLast", {"people": "groups", "lessons": ["course=A1"]}, "required")],
    ),
    "ActivitiesOccupyMaxTimeSlotsFromSelection": (
        constraint("ActivitiesOccupyMaxTimeSlotsFromSelection", ids(1, 2), SELECTED, Max_Number_of_Occupied_Time_Slots=0),
        "ActivitiesOccupyMaxTimeSlotsFromSelection",
        [
            (
                "LimitSlots",
                {"times": ["times days=tue periods=4"], "most": 0, "per": "selector", "lessons": ["course=A1,A2"]},
                "required",
            )
        ],
    ),
    "TeacherMaxDaysPerWeek": (
        constraint("TeacherMaxDaysPerWeek", Teacher_Name="Ada", Max_Days_Per_Week=2),
        "TeacherMaxDaysPerWeek",
        [("LimitDays", {"most": 2, "within": "cycle", "people": ADA}, "required")],
    ),
    "TeachersMaxHoursDaily": (
        constraint("TeachersMaxHoursDaily", weight="99.9", Maximum_Hours_Daily=3),
        "TeachersMaxHoursDaily",
        [("LimitPerDay", {"most": 3, "what": "lessons", "people": ALL}, 9990)],
    ),
    "StudentsSetMinHoursDaily": (
        constraint("StudentsSetMinHoursDaily", Students="5b", Minimum_Hours_Daily=1, Allow_Empty_Days="false"),
        "StudentsSetMinHoursDaily",
        [("LimitPerDay", {"least": 1, "what": "lessons", "days": "times", "people": ["group=5b"]}, "required")],
    ),
    "TeacherMinHoursDaily": (
        constraint("TeacherMinHoursDaily", Teacher_Name="Ada", Minimum_Hours_Daily=2, Allow_Empty_Days="true"),
        "TeacherMinHoursDaily",
        [("FillDays", {"least": 2, "people": ADA}, "required")],
    ),
    "StudentsEarlyMaxBeginningsAtSecondHour": (
        constraint("StudentsEarlyMaxBeginningsAtSecondHour", Max_Beginnings_At_Second_Hour=1),
        "StudentsEarlyMaxBeginningsAtSecondHour",
        [
            ("StartEarly", {"first": first, "most": most, "within": "cycle", "shut": "own", "people": EVERYBODY}, "required")
            for first, most in ((1, 1), (2, 0))
        ],
    ),
    "TeacherIntervalMaxDaysPerWeek": (
        constraint(
            "TeacherIntervalMaxDaysPerWeek",
            Teacher_Name="Ada", Interval_Start_Hour="3rd", Interval_End_Hour="", Max_Days_Per_Week=1,
        ),
        "TeacherIntervalMaxDaysPerWeek",
        [("LimitDays", {"most": 1, "first": 3, "last": 4, "within": "cycle", "people": ADA}, "required")],
    ),
    "TeachersActivityTagMaxHoursContinuously": (
        constraint("TeachersActivityTagMaxHoursContinuously", Activity_Tag_Name="lab", Maximum_Hours_Continuously=2),
        "TeachersActivityTagMaxHoursContinuously",
        [("LimitConsecutive", {"most": 2, "among": TAGGED, "people": ALL}, "required")],
    ),
    "StudentsActivityTagMaxHoursDaily": (
        constraint("StudentsActivityTagMaxHoursDaily", Activity_Tag="lab", Maximum_Hours_Daily=2),
        "StudentsActivityTagMaxHoursDaily",
        [
            (
                "LimitPerDay",
                {"most": 2, "what": "lessons", "lessons": TAGGED, "people": ["group=5a-boys,5a-girls,5b"]},
                "required",
            )
        ],
    ),
}  # fmt: skip


@pytest.mark.parametrize("case", CASES)
def test_a_constraint_becomes_rules(case: str, tmp_path: Path) -> None:
    time, source, expected = CASES[case]
    found = document(tmp_path, school(time))

    assert specs(found, source) + specs(found, f"{source}-together") * (source not in case) == expected
    assert len(compile_document(found).problem.rules) > 0


def test_times_at_which_somebody_is_away_are_their_hours(tmp_path: Path) -> None:
    away = slot("Not_Available_Time", "Tue", "1st") + slot("Not_Available_Time", "Tue", "2nd")
    text = school(BREAK + constraint("TeacherNotAvailableTimes", away, Teacher="Ada"))
    ada = document(tmp_path, text).teachers[0].availability.weekly

    assert [(h.days, h.start and h.start.isoformat("minutes"), h.end and h.end.isoformat("minutes")) for h in ada] == [
        (("mon",), "09:30", "10:15"),
        (("tue",), "08:00", "09:30"),
    ]


def test_more_than_seven_days_are_weeks_of_seven(tmp_path: Path) -> None:
    text = school(constraint("StudentsMinHoursDaily", Minimum_Hours_Daily=1, Allow_Empty_Days="false"))
    text = text.replace(named("Days_List", "Day", DAYS), named("Days_List", "Day", tuple(f"D{n}" for n in range(10))))
    found = document(tmp_path, text)

    assert (found.term.week_days, found.term.cycle) == (7, 2)
    assert specs(found, "StudentsMinHoursDaily")[0][1]["days"] == "times weeks=1-1; times weeks=2 days=mon,tue,wed"
    assert specs(found, "BreakTimes") == [
        ("PreferTimes", {"times": ["times days=thu,fri,sat,sun periods=1,2,3,4 weeks=2"], "avoided": True}, "required")
    ]
    assert len(compile_document(found).problem.rules) > 0


@pytest.mark.parametrize(
    ("space", "candidates", "optional"),
    [
        (constraint("ActivityPreferredRoom", ids(1), Room="R1"), ("R1",), False),
        (constraint("SubjectPreferredRooms", Subject="Maths", Preferred_Room="R2"), ("R2",), False),
        (
            constraint(
                "ActivityPreferredRooms",
                ids(1),
                "<Preferred_Room>R2</Preferred_Room><Preferred_Room>R1</Preferred_Room>",
            )
            + constraint("ActivityTagPreferredRoom", Activity_Tag="lab", Room="R1"),
            ("R1",),
            False,
        ),
        (constraint("ActivityPreferredRoom", ids(1), Room="R1", weight=95), ("R1",), True),
        (constraint("StudentsSetHomeRoom", Students="5a", Room="R2"), ("R2",), False),
        (constraint("StudentsSetHomeRoom", Students="5a", Room="R2", weight=50), ("R2",), True),
        (
            constraint("TeacherHomeRoom", Teacher="Ada", Room="R2")
            + constraint("ActivityPreferredRoom", ids(1), Room="R1"),
            ("R1",),
            False,
        ),
    ],
)
def test_preferred_rooms_come_before_home_rooms(
    space: str, candidates: tuple[str, ...], optional: bool, tmp_path: Path
) -> None:
    found = document(tmp_path, school(space=space))
    need = found.course("A1").room

    assert need is not None
    assert (need.candidates, need.optional, need.seats) == (candidates, optional, 20)
    compiled = compile_document(found)
    assert [d.optional for d in compiled.problem.demands][:1] == [optional]


def test_a_virtual_room_is_one_room_of_each_set(tmp_path: Path) -> None:
    found = document(tmp_path, school(space=constraint("ActivityPreferredRoom", ids(1), Room="Both")))
    need = found.course("A1").room

    assert need is not None
    assert (need.name, need.candidates, [room.candidates for room in need.also]) == ("Both", ("R1", "R2"), [("R2",)])
    assert [demand.units for demand in compile_document(found).problem.demands] == [(0, 1), (1,)]


def test_a_room_must_seat_the_students(tmp_path: Path) -> None:
    found = document(
        tmp_path,
        school(
            space=constraint(
                "ActivityPreferredRooms",
                ids(1),
                "<Preferred_Room>R1</Preferred_Room><Preferred_Room>Small</Preferred_Room>",
            )
        ),
    )

    assert [demand.units for demand in compile_document(found).problem.demands] == [(0,)]


# --- what is refused -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("mode", "version", "told"),
    [
        ("Mornings_Afternoons", "6.8.5", "Mornings-Afternoons"),
        ("Block_Planning", "6.8.5", "Block-Planning"),
        ("Terms", "6.8.5", "Terms"),
        ("", "5.27.3-ma10", "Mornings-Afternoons"),
        ("", "5.44.4-bp", "Block planning"),
        ("", "5.42.2-mathmake", "Terms"),
    ],
)
def test_other_modes_are_named_as_not_supported(mode: str, version: str, told: str, tmp_path: Path) -> None:
    found = faults(tmp_path, school(mode=mode, version=version))

    assert [fault.split(": ", 1)[1] for fault in found] == [
        f"The mode ({told}) must be Official; others are not supported yet."
    ]


def test_a_constraint_that_is_not_supported_stops_with_its_name_and_how_many_there_are(tmp_path: Path) -> None:
    text = school(constraint("OfTheFuture") * 3)

    assert faults(tmp_path, text) == [
        (
            "line 14: 3 constraints of type ConstraintOfTheFuture are not supported yet. "
            "Maybe go on without them: --ignore-unsupported."
        )
    ]
    found = read(tmp_path / "school.fet", ignore_unsupported=True)
    assert [(left.what, left.count) for left in found.left_out] == [("ConstraintOfTheFuture", 3)]


def test_every_fault_is_told_with_its_line(tmp_path: Path) -> None:
    time = (
        constraint("TeacherMaxDaysPerWeek", Teacher_Name="Adda", Max_Days_Per_Week="two")
        + "\n"
        + constraint("MinDaysBetweenActivities", ids(1, 77), MinDays=1, weight=101)
        + "\n"
        + constraint("BreakTimes", slot("Break_Time", "Sunday", "1st"))
        + "\n"
        + constraint("TeachersMaxGapsPerDay")
        + "\n"
        + constraint("BreakTimes", weight=50)
    )
    text = school(time, activities=activity(1, "5c") + activity(1))

    assert faults(tmp_path, text) == [
        "line 11: “5c” must be in the file's list <Students_List>. Maybe “5” was meant.",
        "line 11: The activity 1 must be given once only.",
        "line 16: “Sunday” must be in the file's list <Days_List>.",
        "line 18: The weight of <ConstraintBreakTimes> must be 100.",
        "line 14: <Max_Days_Per_Week> (two) must be a whole number from 0 to 1000000.",
        "line 14: “Adda” must be in the file's list <Teachers_List>. Maybe “Ada” was meant.",
        "line 15: The weight (101) must be a number of per cents from 0 to 100.",
        "line 15: The activity “77” must be in the file's list <Activities_List>.",
        "line 17: The element <ConstraintTeachersMaxGapsPerDay> must hold <Max_Gaps>.",
    ]


BOMB = '<!DOCTYPE fet [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;">]><fet version="6">&b;</fet>'
OUTSIDE = (
    '<!DOCTYPE fet [<!ENTITY x SYSTEM "file:///etc/hostname">]><fet><Institution_Name>&x;</Institution_Name></fet>'
)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (BOMB, "line 1: The file must be plain XML: entity “a”."),
        (OUTSIDE, "line 1: The file must be plain XML: entity “x”."),
        ("<fet" + "><a" * 50 + ">", "line 1: The file must be plain XML: more than 40 elements within one another."),
        ("<fet><a></fet>", "line 1: The file must be well-formed XML: mismatched tag. Maybe it was cut off."),
        ("<timetable/>", "line 1: The file must be a FET file: its root is <timetable>."),
        ("", "line 1: The file must be well-formed XML: no element found. Maybe it was cut off."),
    ],
)
def test_markup_that_is_no_fet_file_is_refused(text: str, told: str, tmp_path: Path) -> None:
    assert faults(tmp_path, text) == [told]


WHOLE = school(
    "".join(time for time, _, _ in CASES.values()), constraint("ActivityPreferredRoom", ids(1), Room="Both")
).encode()


@settings(max_examples=200, deadline=None)
@given(st.data())
def test_whatever_is_done_to_a_file_it_is_read_or_refused(
    tmp_path_factory: pytest.TempPathFactory, data: st.DataObject
) -> None:
    text = bytearray(WHOLE)
    for _ in range(data.draw(st.integers(1, 4))):
        at = data.draw(st.integers(0, len(text) - 1))
        length = data.draw(st.sampled_from((0, 1, 3, 20, 400, len(text))))
        put = data.draw(
            st.sampled_from(
                (
                    b"",
                    b"9" * 30,
                    b"-1",
                    b"1e9",
                    b"5a",
                    b"<",
                    b"&amp;",
                    b"&a;",
                    b"\x00",
                    b"\xff\xfe",
                    "Ада".encode(),
                    b"A" * 5000,
                )
            )
            | st.binary(max_size=8)
        )
        text[at : at + length] = put
        if not text:
            break
    path = tmp_path_factory.mktemp("fuzz") / "school.fet"
    path.write_bytes(bytes(text))
    try:
        found = read(path, "fet", ignore_unsupported=True)
        assert list(check(found)) == []
        compile_document(found)
    except BadInput as bad:
        assert bad.faults  # noqa: PT017 - one or the other may happen


def test_the_format_is_known_by_its_content() -> None:
    assert formats()["fet"].recognise(WHOLE[:4096], "x.xml")
    assert not fet.recognise(b"<html><body>", "x.html")
