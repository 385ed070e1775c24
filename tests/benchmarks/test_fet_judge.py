"""The judge of FET's files: for each family of constraints one timetable that keeps it and some that do not."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from benchmarks.fet_judge import RULES, Conflict, Verdict, judge, main

# Ada and Ben teach years 7 and 8. Group 7A has two subgroups; 7B and year 8 have no parts. Activity 6 is nobody's.
SCHOOL = """<?xml version="1.0" encoding="UTF-8"?>
<fet version="6.8.5">
<Mode>Official</Mode>
<Days_List><Day><Name>Mon</Name></Day><Day><Name>Tue</Name></Day><Day><Name>Wed</Name></Day></Days_List>
<Hours_List>
<Hour><Name>1</Name></Hour><Hour><Name>2</Name></Hour><Hour><Name>3</Name></Hour>
<Hour><Name>4</Name></Hour><Hour><Name>5</Name></Hour>
</Hours_List>
<Teachers_List><Teacher><Name>Ada</Name></Teacher><Teacher><Name>Ben</Name></Teacher></Teachers_List>
<Students_List>
<Year><Name>7</Name><Number_of_Students>30</Number_of_Students>
<Group><Name>7A</Name><Number_of_Students>18</Number_of_Students>
<Subgroup><Name>7A1</Name><Number_of_Students>9</Number_of_Students></Subgroup>
<Subgroup><Name>7A2</Name><Number_of_Students>9</Number_of_Students></Subgroup>
</Group>
<Group><Name>7B</Name><Number_of_Students>12</Number_of_Students></Group>
</Year>
<Year><Name>8</Name><Number_of_Students>25</Number_of_Students></Year>
</Students_List>
<Activities_List>
<Activity><Teacher>Ada</Teacher><Subject>Maths</Subject><Activity_Tag>lab</Activity_Tag><Students>7A</Students>
<Duration>1</Duration><Id>1</Id><Activity_Group_Id>1</Activity_Group_Id><Active>true</Active></Activity>
<Activity><Teacher>Ada</Teacher><Subject>Maths</Subject><Students>7A</Students>
<Duration>1</Duration><Id>2</Id><Activity_Group_Id>1</Activity_Group_Id><Active>true</Active></Activity>
<Activity><Teacher>Ada</Teacher><Subject>Maths</Subject><Activity_Tag>lab</Activity_Tag><Students>7B</Students>
<Duration>2</Duration><Id>3</Id><Activity_Group_Id>0</Activity_Group_Id><Active>true</Active></Activity>
<Activity><Teacher>Ben</Teacher><Subject>Art</Subject><Activity_Tag>talk</Activity_Tag><Students>7</Students>
<Duration>1</Duration><Id>4</Id><Activity_Group_Id>0</Activity_Group_Id><Active>true</Active></Activity>
<Activity><Teacher>Ben</Teacher><Subject>Art</Subject><Students>8</Students><Number_Of_Students>22</Number_Of_Students>
<Duration>1</Duration><Id>5</Id><Activity_Group_Id>0</Activity_Group_Id><Active>true</Active></Activity>
<Activity><Subject>Rest</Subject>
<Duration>1</Duration><Id>6</Id><Activity_Group_Id>0</Activity_Group_Id><Active>true</Active></Activity>
<Activity><Teacher>Ben</Teacher><Subject>Art</Subject><Students>7</Students>
<Duration>1</Duration><Id>7</Id><Activity_Group_Id>0</Activity_Group_Id><Active>false</Active></Activity>
</Activities_List>
<Rooms_List>
<Room><Name>Hall</Name><Building>North</Building><Capacity>60</Capacity><Virtual>false</Virtual></Room>
<Room><Name>Attic</Name><Building>North</Building><Capacity>20</Capacity><Virtual>false</Virtual></Room>
<Room><Name>Gym</Name><Building>South</Building><Capacity>60</Capacity><Virtual>false</Virtual></Room>
<Room><Name>Field</Name><Building></Building><Capacity>60</Capacity><Virtual>false</Virtual></Room>
<Room><Name>Both</Name><Building></Building><Capacity>60</Capacity><Virtual>true</Virtual>
<Set_of_Real_Rooms><Real_Room>Hall</Real_Room><Real_Room>Attic</Real_Room></Set_of_Real_Rooms>
<Set_of_Real_Rooms><Real_Room>Gym</Real_Room><Real_Room>Field</Real_Room></Set_of_Real_Rooms>
</Room>
</Rooms_List>
<Time_Constraints_List>{}</Time_Constraints_List>
<Space_Constraints_List></Space_Constraints_List>
</fet>
"""

# Ada: Monday 1, Tuesday 1, Wednesday 1 and 2. Ben: Monday 3, Tuesday 3. 7A: Monday 1 and 3, Tuesday 1.
TIMES = {1: "Mon 1", 2: "Tue 1", 3: "Wed 1", 4: "Mon 3", 5: "Tue 3", 6: "Wed 5"}


def element(tag: str, *parts: tuple[str, object]) -> str:
    return f"<{tag}>{''.join(f'<{name}>{value}</{name}>' for name, value in parts)}</{tag}>"


def constraint(name: str, *parts: tuple[str, object], weight: float = 100, active: str = "true") -> str:
    return element(f"Constraint{name}", ("Weight_Percentage", weight), *parts, ("Active", active), ("Comments", ""))


def times(tag: str, *when: str, prefix: str = "") -> list[tuple[str, object]]:
    """Parts that list times, each given as "Mon 1"."""
    return [
        (tag, f"<{prefix}Day>{day}</{prefix}Day><{prefix}Hour>{hour}</{prefix}Hour>")
        for day, hour in (time.split() for time in when)
    ]


def ids(*numbers: int) -> list[tuple[str, object]]:
    return [("Number_of_Activities", len(numbers)), *(("Activity_Id", number) for number in numbers)]


def pair(first: int, second: int) -> list[tuple[str, object]]:
    return [("First_Activity_Id", first), ("Second_Activity_Id", second)]


def rooms(*names: str) -> list[tuple[str, object]]:
    return [("Number_of_Preferred_Rooms", len(names)), *(("Preferred_Room", name) for name in names)]


# Names every room for every activity, at no cost.
ANYWHERE = "".join(
    constraint(
        "ActivityPreferredRooms", ("Activity_Id", id_), *rooms("Hall", "Attic", "Gym", "Field", "Both"), weight=0
    )
    for id_ in TIMES
)


def judged(
    tmp_path: Path, constraints: str, moves: dict[int, str] | None = None, places: dict[int, str] | None = None
) -> Verdict:
    """Judge the timetable above with some activities moved, and some put in rooms: "Both Hall Gym" tells the real ones."""
    lines = []
    for id_, time in {**TIMES, **(moves or {})}.items():
        day, hour = time.split() if time else ("", "")
        room, *real = (places or {}).get(id_, "").split() or [""]
        parts = [("Id", id_), ("Day", day), ("Hour", hour), ("Room", room), *(("Real_Room", name) for name in real)]
        lines.append(element("Activity", *parts))
    (tmp_path / "school.fet").write_text(SCHOOL.replace("{}", constraints), encoding="utf-8")
    timetable = f"<Activities_Timetable>{''.join(lines)}</Activities_Timetable>"
    (tmp_path / "timetable.xml").write_text(timetable, encoding="utf-8")
    return judge(tmp_path / "school.fet", tmp_path / "timetable.xml")


BREAK = constraint("BreakTimes", *times("Break_Time", "Mon 2"))
ADA_AWAY = constraint("TeacherNotAvailableTimes", ("Teacher", "Ada"), *times("Not_Available_Time", "Mon 3"))
A_AWAY = constraint("StudentsSetNotAvailableTimes", ("Students", "7A"), *times("Not_Available_Time", "Tue 1"))
ADA = ("Teacher_Name", "Ada")
GIVEN_ROOMS = {1: "Hall", 2: "Gym"}

# Name and parts of a constraint, what is moved, what else is asked, and how often it then counts.
OF_TIME = [
    ("TeacherNotAvailableTimes", [("Teacher", "Ada"), *times("Not_Available_Time", "Mon 2")], {}, "", 0),
    ("TeacherNotAvailableTimes", [("Teacher", "Ada"), *times("Not_Available_Time", "Wed 2")], {}, "", 1),
    ("StudentsSetNotAvailableTimes", [("Students", "7"), *times("Not_Available_Time", "Mon 3")], {}, "", 3),
    ("StudentsSetNotAvailableTimes", [("Students", "8"), *times("Not_Available_Time", "Mon 3")], {}, "", 0),
    ("BreakTimes", times("Break_Time", "Mon 2"), {}, "", 0),
    ("BreakTimes", times("Break_Time", "Wed 2"), {}, "", 1),
    ("TeachersMaxHoursDaily", [("Maximum_Hours_Daily", 2)], {}, "", 0),
    ("TeachersMaxHoursDaily", [("Maximum_Hours_Daily", 1)], {1: "Wed 3"}, "", 1),
    ("StudentsSetMaxHoursDaily", [("Students", "7A"), ("Maximum_Hours_Daily", 1)], {}, "", 2),
    ("TeacherActivityTagMaxHoursDaily", [ADA, ("Activity_Tag_Name", "lab"), ("Maximum_Hours_Daily", 1)], {}, "", 1),
    ("TeacherActivityTagMaxHoursDaily", [ADA, ("Activity_Tag_Name", "talk"), ("Maximum_Hours_Daily", 1)], {}, "", 0),
    ("TeacherMaxHoursContinuously", [ADA, ("Maximum_Hours_Continuously", 1)], {}, "", 1),
    ("TeacherMaxHoursContinuously", [ADA, ("Maximum_Hours_Continuously", 2)], {1: "Wed 4"}, "", 0),
    ("TeacherMaxHoursContinuously", [ADA, ("Maximum_Hours_Continuously", 1)], {2: "Mon 3", 4: "Mon 4"}, BREAK, 1),
    (
        "StudentsActivityTagMaxHoursContinuously",
        [("Activity_Tag", "lab"), ("Maximum_Hours_Continuously", 1)],
        {},
        "",
        1,
    ),
    ("TeacherMinHoursDaily", [ADA, ("Minimum_Hours_Daily", 3), ("Allow_Empty_Days", "true")], {}, "", 3),
    ("TeacherMinHoursDaily", [ADA, ("Minimum_Hours_Daily", 2), ("Allow_Empty_Days", "true")], {1: "Tue 2"}, "", 0),
    (
        "StudentsSetMinHoursDaily",
        [("Students", "7B"), ("Minimum_Hours_Daily", 3), ("Allow_Empty_Days", "true")],
        {},
        "",
        3,
    ),
    (
        "StudentsSetMinHoursDaily",
        [("Students", "7B"), ("Minimum_Hours_Daily", 3), ("Allow_Empty_Days", "false")],
        {},
        "",
        6,
    ),
    ("TeacherMaxGapsPerDay", [ADA, ("Max_Gaps", 2)], {2: "Mon 4"}, "", 0),
    ("TeacherMaxGapsPerDay", [ADA, ("Max_Gaps", 0)], {2: "Mon 4"}, "", 2),
    ("TeacherMaxGapsPerDay", [ADA, ("Max_Gaps", 0)], {2: "Mon 4"}, BREAK + ADA_AWAY, 0),
    ("TeacherMaxGapsPerWeek", [ADA, ("Max_Gaps", 1)], {1: "Wed 5", 2: "Mon 4"}, "", 1),
    ("StudentsMaxGapsPerWeek", [("Max_Gaps", 0)], {}, "", 2),
    ("StudentsSetMaxGapsPerDay", [("Students", "7B"), ("Max_Gaps", 0)], {}, "", 0),
    (
        "StudentsSetEarlyMaxBeginningsAtSecondHour",
        [("Students", "7A"), ("Max_Beginnings_At_Second_Hour", 0)],
        {},
        "",
        0,
    ),
    (
        "StudentsSetEarlyMaxBeginningsAtSecondHour",
        [("Students", "7A"), ("Max_Beginnings_At_Second_Hour", 0)],
        {2: "Tue 2"},
        "",
        2,
    ),
    (
        "StudentsSetEarlyMaxBeginningsAtSecondHour",
        [("Students", "7A"), ("Max_Beginnings_At_Second_Hour", 1)],
        {2: "Tue 3"},
        "",
        2,
    ),
    (
        "StudentsSetEarlyMaxBeginningsAtSecondHour",
        [("Students", "7A"), ("Max_Beginnings_At_Second_Hour", 0)],
        {2: "Tue 2"},
        A_AWAY,
        0,
    ),
    ("TeacherMaxDaysPerWeek", [ADA, ("Max_Days_Per_Week", 3)], {}, "", 0),
    ("TeachersMaxDaysPerWeek", [("Max_Days_Per_Week", 1)], {}, "", 3),
    (
        "TeacherIntervalMaxDaysPerWeek",
        [ADA, ("Interval_Start_Hour", 2), ("Interval_End_Hour", ""), ("Max_Days_Per_Week", 0)],
        {},
        "",
        1,
    ),
    (
        "TeacherIntervalMaxDaysPerWeek",
        [ADA, ("Interval_Start_Hour", 1), ("Interval_End_Hour", 2), ("Max_Days_Per_Week", 1)],
        {},
        "",
        2,
    ),
    ("TeacherMinDaysPerWeek", [("Teacher_Name", "Ben"), ("Minimum_Days_Per_Week", 2)], {}, "", 0),
    ("TeachersMinDaysPerWeek", [("Minimum_Days_Per_Week", 3)], {}, "", 1),
    ("TeacherMaxSpanPerDay", [ADA, ("Max_Span", 4)], {2: "Mon 4"}, "", 0),
    ("TeacherMaxSpanPerDay", [ADA, ("Max_Span", 3)], {2: "Mon 4"}, BREAK, 1),
    (
        "TeacherMaxSpanPerDay",
        [ADA, ("Max_Span", 3), ("Allow_One_Day_Exception_of_Plus_One", "true")],
        {2: "Mon 4"},
        "",
        0,
    ),
    (
        "TeacherMaxSpanPerDay",
        [ADA, ("Max_Span", 2), ("Allow_One_Day_Exception_of_Plus_One", "true")],
        {2: "Mon 4"},
        "",
        1,
    ),
    ("TeacherMinRestingHours", [ADA, ("Minimum_Resting_Hours", 4), ("Circular", "false")], {}, "", 0),
    ("TeacherMinRestingHours", [ADA, ("Minimum_Resting_Hours", 5), ("Circular", "false")], {}, "", 2),
    ("TeacherMinRestingHours", [ADA, ("Minimum_Resting_Hours", 4), ("Circular", "true")], {}, "", 1),
    (
        "StudentsMinGapsBetweenOrderedPairOfActivityTags",
        [("First_Activity_Tag", "lab"), ("Second_Activity_Tag", "talk"), ("MinGaps", 2)],
        {},
        "",
        2,
    ),
    (
        "StudentsMinGapsBetweenOrderedPairOfActivityTags",
        [("First_Activity_Tag", "talk"), ("Second_Activity_Tag", "lab"), ("MinGaps", 2)],
        {},
        "",
        0,
    ),
    ("MinDaysBetweenActivities", [*ids(1, 2), ("MinDays", 1), ("Consecutive_If_Same_Day", "false")], {}, "", 0),
    ("MinDaysBetweenActivities", [*ids(1, 2, 3), ("MinDays", 2), ("Consecutive_If_Same_Day", "false")], {}, "", 2),
    (
        "MinDaysBetweenActivities",
        [*ids(1, 2), ("MinDays", 2), ("Consecutive_If_Same_Day", "true")],
        {2: "Mon 2"},
        "",
        2,
    ),
    ("MaxDaysBetweenActivities", [*ids(1, 2, 3), ("MaxDays", 1)], {}, "", 1),
    ("MaxDaysBetweenActivities", [*ids(1, 2, 3), ("MaxDays", 2)], {}, "", 0),
    ("MinGapsBetweenActivities", [*ids(2, 1), ("MinGaps", 2)], {2: "Mon 4"}, BREAK, 0),
    ("MinGapsBetweenActivities", [*ids(2, 1), ("MinGaps", 3)], {2: "Mon 4"}, "", 1),
    ("ActivitiesNotOverlapping", ids(1, 6), {6: "Mon 2"}, "", 0),
    ("ActivitiesNotOverlapping", ids(3, 6, 5), {6: "Wed 2", 5: "Wed 1"}, "", 2),
    ("ActivitiesSameStartingTime", ids(1, 6), {6: "Mon 1"}, "", 0),
    ("ActivitiesSameStartingTime", ids(1, 2, 3), {}, "", 3),
    ("ActivitiesSameStartingDay", ids(1, 4, 6), {}, "", 2),
    ("ActivitiesSameStartingHour", ids(1, 2, 4), {}, "", 2),
    ("TwoActivitiesConsecutive", pair(1, 4), {4: "Mon 2"}, "", 0),
    ("TwoActivitiesConsecutive", pair(1, 4), {}, BREAK, 0),
    ("TwoActivitiesConsecutive", pair(1, 4), {}, "", 1),
    ("TwoActivitiesConsecutive", pair(4, 1), {}, BREAK, 1),
    ("TwoActivitiesConsecutive", pair(1, 7), {}, "", 0),
    ("TwoActivitiesGrouped", pair(4, 1), {}, BREAK, 0),
    ("TwoActivitiesGrouped", pair(4, 1), {}, "", 1),
    ("ThreeActivitiesGrouped", [*pair(2, 4), ("Third_Activity_Id", 1)], {2: "Mon 4"}, BREAK, 0),
    ("ThreeActivitiesGrouped", [*pair(2, 4), ("Third_Activity_Id", 1)], {2: "Mon 5"}, BREAK, 1),
    ("TwoActivitiesOrdered", pair(1, 2), {}, "", 0),
    ("TwoActivitiesOrdered", pair(2, 1), {}, "", 1),
    ("TwoActivitiesOrderedIfSameDay", pair(2, 1), {}, "", 0),
    ("TwoActivitiesOrderedIfSameDay", pair(2, 1), {2: "Mon 2"}, "", 1),
    ("ActivityEndsStudentsDay", [("Activity_Id", 4)], {}, "", 0),
    ("ActivityEndsStudentsDay", [("Activity_Id", 1)], {}, "", 1),
    ("ActivitiesEndStudentsDay", [("Subject_Name", "Maths")], {}, "", 1),
    (
        "ActivityPreferredStartingTime",
        [("Activity_Id", 3), ("Preferred_Day", "Wed"), ("Preferred_Hour", 1)],
        {},
        "",
        0,
    ),
    (
        "ActivityPreferredStartingTime",
        [("Activity_Id", 3), ("Preferred_Day", "Wed"), ("Preferred_Hour", 2)],
        {},
        "",
        1,
    ),
    (
        "ActivityPreferredStartingTimes",
        [("Activity_Id", 1), *times("Preferred_Starting_Time", "Tue 1", "Mon 1", prefix="Preferred_Starting_")],
        {},
        "",
        0,
    ),
    (
        "ActivitiesPreferredStartingTimes",
        [ADA, ("Duration", ""), *times("Preferred_Starting_Time", "Mon 1", prefix="Preferred_Starting_")],
        {},
        "",
        2,
    ),
    (
        "ActivitiesPreferredStartingTimes",
        [("Students_Name", "7A1"), *times("Preferred_Starting_Time", "Wed 1", prefix="Preferred_Starting_")],
        {},
        "",
        3,
    ),
    (
        "SubactivitiesPreferredStartingTimes",
        [
            ("Component_Number", 2),
            ("Subject_Name", "Maths"),
            *times("Preferred_Starting_Time", "Mon 1", prefix="Preferred_Starting_"),
        ],
        {},
        "",
        1,
    ),
    (
        "ActivityPreferredTimeSlots",
        [("Activity_Id", 3), *times("Preferred_Time_Slot", "Wed 1", "Wed 2", prefix="Preferred_")],
        {},
        "",
        0,
    ),
    (
        "ActivitiesPreferredTimeSlots",
        [("Activity_Tag_Name", "lab"), ("Duration", 2), *times("Preferred_Time_Slot", "Mon 1", prefix="Preferred_")],
        {},
        "",
        2,
    ),
    (
        "SubactivitiesPreferredTimeSlots",
        [("Component_Number", 1), ADA, *times("Preferred_Time_Slot", "Mon 1", "Wed 1", prefix="Preferred_")],
        {},
        "",
        1,
    ),
    (
        "ActivitiesOccupyMaxTimeSlotsFromSelection",
        [
            *ids(1, 3, 6),
            *times("Selected_Time_Slot", "Mon 1", "Wed 1", "Wed 2", prefix="Selected_"),
            ("Max_Number_of_Occupied_Time_Slots", 2),
        ],
        {6: "Wed 2"},
        "",
        1,
    ),
    (
        "ActivitiesOccupyMaxTimeSlotsFromSelection",
        [
            *ids(1, 3),
            *times("Selected_Time_Slot", "Mon 1", "Wed 1", "Wed 2", prefix="Selected_"),
            ("Max_Number_of_Occupied_Time_Slots", 3),
        ],
        {},
        "",
        0,
    ),
    (
        "ActivitiesMaxSimultaneousInSelectedTimeSlots",
        [
            *ids(3, 5, 6),
            *times("Selected_Time_Slot", "Wed 1", "Wed 2", "Wed 3", prefix="Selected_"),
            ("Max_Number_of_Simultaneous_Activities", 1),
        ],
        {5: "Wed 1", 6: "Wed 2"},
        "",
        2,
    ),
    (
        "ActivitiesMaxSimultaneousInSelectedTimeSlots",
        [
            *ids(3, 5, 6),
            *times("Selected_Time_Slot", "Wed 3", prefix="Selected_"),
            ("Max_Number_of_Simultaneous_Activities", 0),
        ],
        {},
        "",
        0,
    ),
]

# The same, but what stands third is the rooms that activities are in; all are named for them.
OF_SPACE = [
    ("ActivityPreferredRoom", [("Activity_Id", 1), ("Room", "Hall")], {1: "Hall"}, 0),
    ("ActivityPreferredRoom", [("Activity_Id", 1), ("Room", "Hall")], {1: "Gym"}, 1),
    ("ActivityPreferredRoom", [("Activity_Id", 1), ("Room", "Hall")], {}, 1),
    ("ActivityPreferredRoom", [("Activity_Id", 1), ("Room", "Both"), ("Real_Room", "Hall")], {1: "Both Attic Gym"}, 1),
    ("ActivityPreferredRooms", [("Activity_Id", 1), *rooms("Hall", "Gym")], {1: "Gym"}, 0),
    ("SubjectPreferredRoom", [("Subject", "Maths"), ("Room", "Hall")], {1: "Hall"}, 2),
    ("SubjectPreferredRooms", [("Subject", "Maths"), *rooms("Hall", "Gym")], {1: "Hall", 2: "Gym"}, 1),
    ("ActivityTagPreferredRoom", [("Activity_Tag", "lab"), ("Room", "Hall")], {1: "Hall", 3: "Hall"}, 0),
    ("ActivityTagPreferredRooms", [("Activity_Tag", "lab"), *rooms("Hall", "Gym")], {1: "Attic", 3: "Field"}, 2),
    ("SubjectActivityTagPreferredRoom", [("Subject", "Maths"), ("Activity_Tag", "lab"), ("Room", "Hall")], {}, 2),
    ("SubjectActivityTagPreferredRooms", [("Subject", "Art"), ("Activity_Tag", "lab"), *rooms("Hall", "Gym")], {}, 0),
    ("TeacherHomeRoom", [("Teacher", "Ben"), ("Room", "Hall")], {4: "Hall", 5: "Gym"}, 0),
    ("TeacherHomeRooms", [("Teacher", "Ben"), *rooms("Hall", "Gym")], {4: "Hall"}, 1),
    ("StudentsSetHomeRoom", [("Students", "7"), ("Room", "Hall")], {}, 1),
    ("StudentsSetHomeRooms", [("Students", "7A"), *rooms("Hall", "Gym")], {1: "Gym", 2: "Gym"}, 0),
    ("RoomNotAvailableTimes", [("Room", "Hall"), *times("Not_Available_Time", "Wed 1", "Wed 2")], {3: "Hall"}, 2),
    ("RoomNotAvailableTimes", [("Room", "Hall"), *times("Not_Available_Time", "Wed 1", "Wed 2")], {1: "Hall"}, 0),
    ("RoomNotAvailableTimes", [("Room", "Gym"), *times("Not_Available_Time", "Mon 1")], {1: "Both Hall Gym"}, 1),
    (
        "ActivitiesOccupyMaxDifferentRooms",
        [*ids(1, 2, 3), ("Max_Number_of_Different_Rooms", 1)],
        {1: "Hall", 3: "Hall"},
        0,
    ),
    ("ActivitiesOccupyMaxDifferentRooms", [*ids(1, 2, 3), ("Max_Number_of_Different_Rooms", 1)], GIVEN_ROOMS, 1),
    ("ActivitiesSameRoomIfConsecutive", ids(1, 2), GIVEN_ROOMS, 0),
]


def check(
    tmp_path: Path,
    name: str,
    parts: list[tuple[str, object]],
    amount: int,
    *,
    also: str = "",
    moves: dict[int, str] | None = None,
    places: dict[int, str] | None = None,
) -> None:
    """With weight 100 a broken constraint is named; with 40 it costs 0.4 as often as it counts."""
    required = judged(tmp_path, constraint(name, *parts) + also, moves, places)
    assert [line for line in required.hard if not line.startswith(f"{name}: ")] == []
    assert bool(required.hard) == (amount > 0)
    wished = judged(tmp_path, constraint(name, *parts, weight=40) + also, moves, places)
    assert wished.hard == ()
    assert sum(c.amount for c in wished.soft if c.constraint == name and c.weight == 40) == amount
    assert wished.total == pytest.approx(0.4 * amount)
    assert required.unknown == wished.unknown == ()


@pytest.mark.parametrize(("name", "parts", "moves", "also", "amount"), OF_TIME)
def test_constraints_of_time_count_as_often_as_fet_says(
    tmp_path: Path, name: str, parts: list[tuple[str, object]], moves: dict[int, str], also: str, amount: int
) -> None:
    check(tmp_path, name, parts, amount, also=also, moves=moves)


@pytest.mark.parametrize(("name", "parts", "places", "amount"), OF_SPACE)
def test_constraints_of_space_count_as_often_as_fet_says(
    tmp_path: Path, name: str, parts: list[tuple[str, object]], places: dict[int, str], amount: int
) -> None:
    check(tmp_path, name, parts, amount, also=ANYWHERE, places=places)


# Monday: 7A is in 1 at one, in 4 at three, in 2 at five.
@pytest.mark.parametrize(
    ("name", "parts", "places", "amount"),
    [
        ("StudentsSetMaxBuildingChangesPerDay", [("Max_Building_Changes_Per_Day", 1)], ("Hall", "Hall", "Gym"), 0),
        ("StudentsSetMaxBuildingChangesPerDay", [("Max_Building_Changes_Per_Day", 0)], ("Hall", "Gym", "Hall"), 4),
        ("StudentsSetMaxBuildingChangesPerDay", [("Max_Building_Changes_Per_Day", 0)], ("Hall", "Field", "Attic"), 0),
        ("StudentsSetMaxBuildingChangesPerWeek", [("Max_Building_Changes_Per_Week", 1)], ("Hall", "Gym", "Hall"), 2),
        (
            "StudentsSetMinGapsBetweenBuildingChanges",
            [("Min_Gaps_Between_Building_Changes", 1)],
            ("Hall", "Gym", ""),
            0,
        ),
        (
            "StudentsSetMinGapsBetweenBuildingChanges",
            [("Min_Gaps_Between_Building_Changes", 2)],
            ("Hall", "Gym", ""),
            2,
        ),
        (
            "StudentsSetMinGapsBetweenBuildingChanges",
            [("Min_Gaps_Between_Building_Changes", 3)],
            ("Hall", "", "Gym"),
            0,
        ),
    ],
)
def test_changes_of_buildings_pass_over_what_has_no_building(
    tmp_path: Path, name: str, parts: list[tuple[str, object]], places: tuple[str, str, str], amount: int
) -> None:
    there = dict(zip((1, 4, 2), places, strict=True))
    check(tmp_path, name, [("Students", "7A"), *parts], amount, also=ANYWHERE, moves={2: "Mon 5"}, places=there)


def test_touching_activities_must_share_a_room_but_not_across_a_break(tmp_path: Path) -> None:
    name, parts = "ActivitiesSameRoomIfConsecutive", ids(1, 2)
    check(tmp_path, name, parts, 1, also=ANYWHERE, moves={2: "Mon 2"}, places=GIVEN_ROOMS)
    check(tmp_path, name, parts, 0, also=ANYWHERE, moves={2: "Mon 2"}, places={1: "Hall"})
    moves = {2: "Mon 3", 4: "Mon 4"}
    check(tmp_path, name, parts, 0, also=ANYWHERE + BREAK, moves=moves, places=GIVEN_ROOMS)


def test_activities_of_one_day_must_touch_at_any_weight(tmp_path: Path) -> None:
    parts = [*ids(1, 2), ("MinDays", 1), ("Consecutive_If_Same_Day", "true")]
    verdict = judged(
        tmp_path, constraint("MinDaysBetweenActivities", *parts, weight=30) + BREAK, {2: "Mon 3", 4: "Mon 4"}
    )
    assert verdict.hard == ("MinDaysBetweenActivities: Activities 1 and 2 are on one day, but do not touch.",)
    assert [(c.weight, c.amount) for c in verdict.soft] == [(30, 1)]


def test_each_constraint_of_a_pair_counts_by_itself(tmp_path: Path) -> None:
    close = constraint("MinDaysBetweenActivities", *ids(1, 2), ("MinDays", 2), weight=95)
    assert judged(tmp_path, close + close).total == pytest.approx(1.9)


@pytest.mark.parametrize(
    ("moves", "line"),
    [
        ({2: "Mon 1"}, "Teacher Ada has 2 activities on Mon 1."),
        ({5: "Mon 3"}, "Teacher Ben has 2 activities on Mon 3."),
        ({4: "Wed 2"}, "Subgroup all of 7B has 2 activities on Wed 2."),
        ({3: "Wed 5"}, "Activity 3 runs beyond the end of Wed."),
        ({5: ""}, "Activity 5 is not placed."),
        ({7: "Mon 5"}, "Activity 7 is not an active one of the file."),
    ],
)
def test_times_must_fit(tmp_path: Path, moves: dict[int, str], line: str) -> None:
    assert judged(tmp_path, "").hard == ()
    assert line in judged(tmp_path, "", moves).hard


@pytest.mark.parametrize(
    ("places", "line"),
    [
        ({1: "Hall", 6: "Hall"}, "Room Hall has 2 activities on Mon 1."),
        ({1: "Both Hall Gym", 6: "Gym"}, "Room Gym has 2 activities on Mon 1."),
        ({4: "Attic"}, "Activity 4 has 30 students, room Attic takes 20."),
        ({5: "Attic"}, "Activity 5 has 22 students, room Attic takes 20."),
        ({1: "Both Hall Attic"}, "Activity 1 in room Both has the wrong real rooms: Hall, Attic."),
        ({1: "Both"}, "Activity 1 in room Both has the wrong real rooms: none."),
        ({1: "Hall Gym"}, "Activity 1 in room Hall has the wrong real rooms: Gym."),
        ({1: "Cave"}, "Activity 1 is in an unknown room, Cave."),
    ],
)
def test_rooms_must_fit(tmp_path: Path, places: dict[int, str], line: str) -> None:
    assert line in judged(tmp_path, ANYWHERE, {6: "Mon 1"}, places).hard


def test_a_virtual_room_may_hold_two_activities_with_real_rooms_of_their_own(tmp_path: Path) -> None:
    places = {1: "Both Hall Gym", 6: "Both Attic Field"}
    assert judged(tmp_path, ANYWHERE, {6: "Mon 1"}, places).hard == ()


def test_a_room_must_be_one_that_some_constraint_names(tmp_path: Path) -> None:
    hall = constraint("ActivityPreferredRoom", ("Activity_Id", 1), ("Room", "Hall"), weight=90)
    strange = "Activity 1 is in room Gym, which no constraint names for it."
    assert judged(tmp_path, "", places={1: "Gym"}).hard == (strange,)
    assert judged(tmp_path, hall, places={1: "Gym"}).hard == (strange,)
    assert judged(tmp_path, hall).total == pytest.approx(0.9)
    home = constraint("TeacherHomeRooms", ("Teacher", "Ada"), *rooms("Gym", "Field"), weight=0)
    assert judged(tmp_path, hall + home, places={1: "Gym"}).hard == ()
    assert judged(tmp_path, hall + home, places={1: "Gym"}).total == pytest.approx(0.9)


def test_several_home_rooms_must_agree(tmp_path: Path) -> None:
    teacher = constraint("TeacherHomeRooms", ("Teacher", "Ada"), *rooms("Gym", "Field"), weight=50)
    students = constraint("StudentsSetHomeRooms", ("Students", "7A"), *rooms("Hall", "Field"), weight=50)
    assert judged(tmp_path, teacher + students, places={1: "Field"}).hard == ()
    assert judged(tmp_path, teacher + students, places={1: "Gym"}).hard != ()


def test_real_rooms_that_are_wished_for_must_be_had(tmp_path: Path) -> None:
    parts = [("Activity_Id", 1), ("Room", "Both"), ("Real_Room", "Attic"), ("Real_Room", "Gym")]
    wish = constraint("ActivityPreferredRoom", *parts)
    assert judged(tmp_path, wish, places={1: "Both Gym Attic"}).hard == ()
    line = "ActivityPreferredRoom: Activity 1 has not its real rooms Attic, Gym."
    assert judged(tmp_path, wish, places={1: "Both Hall Gym"}).hard == (line,)


def test_what_is_inactive_does_not_count(tmp_path: Path) -> None:
    asleep = constraint("TeachersMaxHoursDaily", ("Maximum_Hours_Daily", 0), active="false")
    assert judged(tmp_path, asleep + constraint("TwoActivitiesGrouped", *pair(1, 7))).hard == ()


def test_what_is_not_known_is_told(tmp_path: Path) -> None:
    strange = constraint("RoomsMustBeBlue") + constraint("RoomsMustBeBlue") + constraint("BasicCompulsoryTime")
    assert judged(tmp_path, strange) == Verdict((), (), ("ConstraintRoomsMustBeBlue (2)",))
    mornings = SCHOOL.replace("<Mode>Official", "<Mode>Mornings-Afternoons").replace("{}", "")
    (tmp_path / "mornings.fet").write_text(mornings, encoding="utf-8")
    assert judge(tmp_path / "mornings.fet", tmp_path / "timetable.xml").unknown == ("Mode Mornings-Afternoons",)


def test_every_rule_has_a_case() -> None:
    tried = {RULES[f"Constraint{case[0]}"] for case in [*OF_TIME, *OF_SPACE]}
    untried = [tag for tag, rule in RULES.items() if rule not in tried]
    assert [tag for tag in untried if "Building" not in tag and "BasicCompulsory" not in tag] == []


def test_the_command_prints_and_tells_by_its_exit(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    soft = constraint("TwoActivitiesOrdered", *pair(2, 1), weight=70)
    verdict = judged(tmp_path, soft)
    conflict = Conflict("TwoActivitiesOrdered", 70, 1, "Activity 1 does not come after activity 2.")
    assert verdict == Verdict((), (conflict,), ())
    files = [str(tmp_path / "school.fet"), str(tmp_path / "timetable.xml")]
    assert main(files) == 0
    assert capsys.readouterr().out == (
        "     0.7  TwoActivitiesOrdered: Activity 1 does not come after activity 2.\n"
        "0 required broken, 1 soft conflicts, total 0.7\n"
    )
    assert main([*files, "--json"]) == 0
    said = json.loads(capsys.readouterr().out)
    assert (said["total"], said["hard"], said["soft"][0]["amount"]) == (pytest.approx(0.7), [], 1)
    judged(tmp_path, "", {5: ""})
    assert main(files) == 1
    assert "Activity 5 is not placed." in capsys.readouterr().out


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        ("<fet>", "school.fet is no XML: no element found: line 1, column 5.\n"),
        ("<school/>", "school.fet begins with <school>, not <fet>.\n"),
        ('<!DOCTYPE fet [<!ENTITY a "b">]><fet/>', "school.fet declares a document type, which FET never writes.\n"),
        (
            SCHOOL.replace("{}", constraint("TeacherMaxGapsPerDay", ("Teacher_Name", "Cleo"), ("Max_Gaps", 1))),
            "school.fet names 'Cleo', but does not describe it.\n",
        ),
        (
            SCHOOL.replace("{}", constraint("BreakTimes", *times("Break_Time", "Sun 1"))),
            'There is no day or hour "Sun".\n',
        ),
    ],
)
def test_what_fet_does_not_write_is_refused(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], text: str, complaint: str
) -> None:
    judged(tmp_path, "")
    (tmp_path / "school.fet").write_text(text, encoding="utf-8")
    assert main([str(tmp_path / "school.fet"), str(tmp_path / "timetable.xml")]) == 2
    assert capsys.readouterr().err == complaint
