"""FET's constraints of time as rules of ours: a table from tag to reader."""

from __future__ import annotations

import re
from itertools import combinations
from typing import TYPE_CHECKING, Any

from scheduler.formats.fet.plan import registering
from solver.sentence import sentence

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

    from scheduler.domain.policy import Word
    from scheduler.formats.fet.markup import Node
    from scheduler.formats.fet.plan import Plan, Reader
    from scheduler.formats.fet.school import Cell

WHO = re.compile(r"(Teachers|Teacher|StudentsSet|Students)(.+)")

READERS: dict[str, Reader] = {}
"""For each constraint, without the word "Constraint", what reads it; for those about people, without whom it is about."""

_reads = registering(READERS)


def reader_of(name: str) -> Reader | None:
    """Return what reads a constraint, if it is supported."""
    if name in READERS:
        return READERS[name]
    about = WHO.fullmatch(name)
    return None if about is None else READERS.get(f"*{about[2]}")


# --- whom a constraint is about ------------------------------------------------------------------------------------


def _people(plan: Plan, node: Node, name: str) -> list[Word]:
    """Select whom a constraint is about; subgroups with the same activities are one."""
    found = WHO.fullmatch(name)
    assert found is not None
    school = plan.school
    match found[1]:
        case "Teachers":
            return plan.teachers(_teaching(plan))
        case "Teacher":
            return plan.teachers(plan.named(node, ("Teacher_Name", "Teacher"), school.teachers, "Teachers_List"))
        case "Students":
            return plan.students(school.students)
    sets = plan.named(node, ("Students", "Students_Set"), school.sets, "Students_List")
    return plan.students(dict.fromkeys(atom for name in sets for atom in school.students_of(name)))


def _teaching(plan: Plan) -> list[str]:
    busy = {teacher for activity in plan.school.activities.values() for teacher in activity.teachers}
    return [teacher for teacher in plan.school.teachers if teacher in busy]


def _matching(plan: Plan, node: Node) -> list[int]:
    """Return the activities that a filter of teacher, students, subject, tag, duration and component lets through."""
    school = plan.school
    asked = {child.tag: child for child in node.children if child.text}

    def name(tag: str, names: Collection[str], listed: str) -> str | None:
        child = asked.get(tag)
        return child.text if child is not None and school.known(child, child.text, names, listed) else None

    teacher = name("Teacher_Name", school.teachers, "Teachers_List")
    students = name("Students_Name", school.sets, "Students_List")
    subject = name("Subject_Name", school.subjects, "Subjects_List")
    tag = name("Activity_Tag_Name", school.tags, "Activity_Tags_List")
    duration = school.whole(node, "Duration", 1) if "Duration" in asked else None
    component = school.whole(node, "Component_Number", 1) if "Component_Number" in asked else None
    return [
        number
        for number, activity in school.activities.items()
        if (teacher is None or teacher in activity.teachers)
        and (students is None or school.share_students(activity, students))
        and (subject is None or subject == activity.subject)
        and (tag is None or tag in activity.tags)
        and (duration is None or duration == activity.duration)
        and (component is None or component == activity.component)
    ]


def _tagged(plan: Plan, node: Node, child: str = "") -> list[int]:
    """Return the activities that bear the tag that a constraint names."""
    tags = (child,) if child else ("Activity_Tag", "Activity_Tag_Name")
    wanted = set(plan.named(node, tags, plan.school.tags, "Activity_Tags_List"))
    return [number for number, activity in plan.school.activities.items() if wanted.intersection(activity.tags)]


# --- when somebody is there ----------------------------------------------------------------------------------------


def always(plan: Plan, node: Node) -> bool:
    """Whether a constraint that FET knows at 100 per cent only is so."""
    if plan.weight(node) == "required":
        return True
    must = sentence("The weight of <{tag}> must be 100.", tag=node.tag)
    plan.school.fault(node, must)
    return False


@_reads("BasicCompulsoryTime")
def _compulsory(plan: Plan, node: Node, name: str) -> None:
    del name
    if always(plan, node):
        plan.add("Clashes", "AvoidClashes", "required", {"people": "people; groups"})
        plan.add("Availability", "RespectAvailability", "required", {"people": "people; groups"})


@_reads("BreakTimes")
def _breaks(plan: Plan, node: Node, name: str) -> None:
    del name
    if always(plan, node):
        plan.breaks |= set(plan.school.cells(node, "Break_Time", "Day", "Hour"))


@_reads("*NotAvailableTimes")
def _away(plan: Plan, node: Node, name: str) -> None:
    if not always(plan, node):
        return
    cells = set(plan.school.cells(node, "Not_Available_Time", "Day", "Hour"))
    if name.startswith("Teacher"):
        found = plan.named(node, ("Teacher", "Teacher_Name"), plan.school.teachers, "Teachers_List")
    else:
        found = plan.named(node, ("Students", "Students_Set"), plan.school.sets, "Students_List")
    for who in found:
        plan.away.setdefault(("teacher" if name.startswith("Teacher") else "students", who), set()).update(cells)


# --- people's days and weeks ---------------------------------------------------------------------------------------


def _limit(rule: str, figure: str, child: str, given: dict[str, Any] | None = None) -> Reader:
    """Return what reads a limit of people: a figure of a rule from a child of the constraint."""

    def read(plan: Plan, node: Node, name: str) -> None:
        value = plan.school.whole(node, child)
        plan.add(name, rule, plan.weight(node), {figure: value, **(given or {})}, people=_people(plan, node, name))

    return read


CYCLE = {"within": "cycle"}
OWN = {"shut": "own"}

READERS |= {
    "*MaxDaysPerWeek": _limit("LimitDays", "most", "Max_Days_Per_Week", CYCLE),
    "*MinDaysPerWeek": _limit("LimitDays", "least", "Minimum_Days_Per_Week", CYCLE),
    "*MaxGapsPerWeek": _limit("AvoidGaps", "most", "Max_Gaps", CYCLE | OWN),
    "*MaxGapsPerDay": _limit("AvoidGaps", "most", "Max_Gaps", {"within": "day"} | OWN),
    "*MaxHoursDaily": _limit("LimitPerDay", "most", "Maximum_Hours_Daily", {"what": "lessons"}),
    "*MaxHoursContinuously": _limit("LimitConsecutive", "most", "Maximum_Hours_Continuously"),
    "*MaxBuildingChangesPerDay": _limit("LimitSiteChanges", "most", "Max_Building_Changes_Per_Day", {"within": "day"}),
    "*MaxBuildingChangesPerWeek": _limit("LimitSiteChanges", "most", "Max_Building_Changes_Per_Week", CYCLE),
    "*MinGapsBetweenBuildingChanges": _limit("RestBetweenSites", "least", "Min_Gaps_Between_Building_Changes"),
}


@_reads("*EarlyMaxBeginningsAtSecondHour")
def _early(plan: Plan, node: Node, name: str) -> None:
    most, people, weight = (
        plan.school.whole(node, "Max_Beginnings_At_Second_Hour"),
        _people(plan, node, name),
        plan.weight(node),
    )
    plan.add(name, "StartEarly", weight, {"first": 1, "most": most} | CYCLE | OWN, people=people)
    plan.add(name, "StartEarly", weight, {"first": 2, "most": 0} | CYCLE | OWN, people=people)


@_reads("*MinHoursDaily")
def _least(plan: Plan, node: Node, name: str) -> None:
    least, people, weight = plan.school.whole(node, "Minimum_Hours_Daily"), _people(plan, node, name), plan.weight(node)
    if node.say("Allow_Empty_Days") == "false":
        plan.add(
            name, "LimitPerDay", weight, {"least": least, "what": "lessons", "days": plan.names.days}, people=people
        )
    else:
        plan.add(name, "FillDays", weight, {"least": least}, people=people)


@_reads("*IntervalMaxDaysPerWeek")
def _interval(plan: Plan, node: Node, name: str) -> None:
    school = plan.school
    ends = [node.find(tag) for tag in ("Interval_Start_Hour", "Interval_End_Hour")]
    first = school.hour(ends[0]) if ends[0] is not None else 0
    last = school.hour(ends[1]) if ends[1] is not None and ends[1].text else len(school.hours)
    if first is None or last is None:
        return
    given = {"most": school.whole(node, "Max_Days_Per_Week"), "first": first + 1, "last": last, **CYCLE}
    plan.add(name, "LimitDays", plan.weight(node), given, people=_people(plan, node, name))


@_reads("*ActivityTagMaxHoursDaily")
def _tag_daily(plan: Plan, node: Node, name: str) -> None:
    given = {
        "most": plan.school.whole(node, "Maximum_Hours_Daily"),
        "what": "lessons",
        "lessons": tuple(plan.lessons(_tagged(plan, node))),
    }
    if given["lessons"]:
        plan.add(name, "LimitPerDay", plan.weight(node), given, people=_people(plan, node, name))


@_reads("*ActivityTagMaxHoursContinuously")
def _tag_continuously(plan: Plan, node: Node, name: str) -> None:
    given = {
        "most": plan.school.whole(node, "Maximum_Hours_Continuously"),
        "among": tuple(plan.lessons(_tagged(plan, node))),
    }
    if given["among"]:
        plan.add(name, "LimitConsecutive", plan.weight(node), given, people=_people(plan, node, name))


@_reads("*MaxSpanPerDay")
def _span(plan: Plan, node: Node, name: str) -> None:
    given = {
        "most": plan.school.whole(node, "Max_Span"),
        "longer": int(node.say("Allow_One_Day_Exception_of_Plus_One") == "true"),
    }
    plan.add(name, "LimitSpan", plan.weight(node), given, people=_people(plan, node, name))


@_reads("*MinRestingHours")
def _rest(plan: Plan, node: Node, name: str) -> None:
    hours = plan.school.whole(node, "Minimum_Resting_Hours")
    given = {"minutes": plan.names.rest(hours)}
    plan.add(name, "RestOvernight", plan.weight(node), given, people=_people(plan, node, name))


# --- when activities are held --------------------------------------------------------------------------------------


def _prefer(
    plan: Plan, name: str, node: Node, activities: Iterable[int], cells: Iterable[Cell], *, starts: bool
) -> None:
    times = tuple(plan.times(cells))
    chosen = plan.lessons(activities)
    if chosen and not times:
        # No time at all is allowed: away from every time, so that it is an impossible wish, not one that is forgotten.
        everything = [(day, hour) for day in range(len(plan.school.days)) for hour in range(len(plan.school.hours))]
        plan.add(
            name,
            "PreferTimes",
            plan.weight(node),
            {"times": tuple(plan.times(everything)), "avoided": True, **({} if starts else {"each": True})},
            lessons=chosen,
        )
    elif chosen:
        how = {"starts": True} if starts else {"each": True}
        plan.add(name, "PreferTimes", plan.weight(node), {"times": times, **how}, lessons=chosen)


@_reads("ActivityPreferredStartingTime")
def _start(plan: Plan, node: Node, name: str) -> None:
    school = plan.school
    at = [node.find(tag) for tag in ("Preferred_Day", "Preferred_Hour")]
    days, hours = range(len(school.days)), range(len(school.hours))
    day = school.day(at[0]) if at[0] is not None and at[0].text else None
    hour = school.hour(at[1]) if at[1] is not None and at[1].text else None
    cells = [(d, h) for d in days for h in hours if day in (None, d) and hour in (None, h)]
    _prefer(plan, name, node, plan.activities(node), cells, starts=True)


@_reads(
    "ActivityPreferredStartingTimes",
    "ActivitiesPreferredStartingTimes",
    "SubactivitiesPreferredStartingTimes",
)
def _starts(plan: Plan, node: Node, name: str) -> None:
    cells = plan.school.cells(node, "Preferred_Starting_Time", "Preferred_Starting_Day", "Preferred_Starting_Hour")
    activities = plan.activities(node) if name.startswith("ActivityP") else _matching(plan, node)
    _prefer(plan, name, node, activities, cells, starts=True)


@_reads("ActivityPreferredTimeSlots", "ActivitiesPreferredTimeSlots", "SubactivitiesPreferredTimeSlots")
def _slots(plan: Plan, node: Node, name: str) -> None:
    cells = plan.school.cells(node, "Preferred_Time_Slot", "Preferred_Day", "Preferred_Hour")
    activities = plan.activities(node) if name.startswith("ActivityP") else _matching(plan, node)
    _prefer(plan, name, node, activities, cells, starts=False)


@_reads("ActivityEndsStudentsDay", "ActivitiesEndStudentsDay")
def _ends(plan: Plan, node: Node, name: str) -> None:
    activities = plan.activities(node) if name.startswith("Activity") else _matching(plan, node)
    plan.add(name, "HoldLast", plan.weight(node), {"people": "groups"}, lessons=plan.lessons(activities))


def _selected(plan: Plan, node: Node) -> tuple[Word, ...]:
    return tuple(plan.times(plan.school.cells(node, "Selected_Time_Slot", "Selected_Day", "Selected_Hour")))


@_reads("ActivitiesOccupyMaxTimeSlotsFromSelection")
def _occupy(plan: Plan, node: Node, name: str) -> None:
    given = {
        "times": _selected(plan, node),
        "most": plan.school.whole(node, "Max_Number_of_Occupied_Time_Slots"),
        "per": "selector",
    }
    if given["times"]:
        plan.add(name, "LimitSlots", plan.weight(node), given, lessons=_one_set(plan, node))


@_reads("ActivitiesMaxSimultaneousInSelectedTimeSlots")
def _simultaneous(plan: Plan, node: Node, name: str) -> None:
    given = {
        "times": _selected(plan, node),
        "most": plan.school.whole(node, "Max_Number_of_Simultaneous_Activities"),
        "per": "selector",
    }
    if given["times"]:
        plan.add(name, "LimitTogether", plan.weight(node), given, lessons=_one_set(plan, node))


# --- how activities lie to one another -----------------------------------------------------------------------------


def _one_set(plan: Plan, node: Node) -> list[Word]:
    """Select all the activities of a constraint together; a set of one has nothing to lie to."""
    activities = plan.activities(node)
    return [plan.lesson_set(activities)] if len(activities) > 1 or (activities and "Occupy" in node.tag) else []


def _together(rule: str, **given: Any) -> Reader:
    """Return what reads a constraint about a set of activities."""

    def read(plan: Plan, node: Node, name: str) -> None:
        plan.add(name, rule, plan.weight(node), {**given, "per": "selector"}, lessons=_one_set(plan, node))

    return read


READERS |= {
    "ActivitiesSameStartingTime": _together("SameTime", of="start"),
    "ActivitiesSameStartingDay": _together("SameTime", of="day"),
    "ActivitiesSameStartingHour": _together("SameTime", of="period"),
    "ActivitiesNotOverlapping": _together("DifferentTime"),
}


@_reads("MinDaysBetweenActivities")
def _min_days(plan: Plan, node: Node, name: str) -> None:
    apart, weight, activities = plan.school.whole(node, "MinDays"), plan.weight(node), plan.activities(node)
    if len(activities) < 2:
        return
    if apart:
        given = {"apart": apart, "per": "selector"}
        plan.add(name, "SpreadOverDays", weight, given, lessons=[plan.lesson_set(activities)])
    if node.say("Consecutive_If_Same_Day") == "true" and (weight != "required" or not apart):
        pairs = [plan.lesson_set(pair) for pair in combinations(activities, 2)]
        plan.add(f"{name}-together", "KeepTogether", "required", {"per": "selector"}, lessons=pairs)


@_reads("MaxDaysBetweenActivities")
def _max_days(plan: Plan, node: Node, name: str) -> None:
    given = {"reach": plan.school.whole(node, "MaxDays"), "per": "selector"}
    plan.add(name, "SpreadOverDays", plan.weight(node), given, lessons=_one_set(plan, node))


@_reads("MinGapsBetweenActivities")
def _min_gaps(plan: Plan, node: Node, name: str) -> None:
    given = {"least": plan.school.whole(node, "MinGaps"), "per": "selector"}
    plan.add(name, "LeaveGaps", plan.weight(node), given, lessons=_one_set(plan, node))


def _ordered_ids(plan: Plan, node: Node) -> tuple[int, ...]:
    tags = ("First_Activity_Id", "Second_Activity_Id", "Third_Activity_Id")
    return tuple(number for tag in tags for number in plan.activities(node, tag))


@_reads("TwoActivitiesConsecutive", "TwoActivitiesGrouped")
def _adjoining(plan: Plan, node: Node, name: str) -> None:
    activities = _ordered_ids(plan, node)
    given = {"per": "selector", "either": name.endswith("Grouped"), **plan.across_breaks()}
    if len(activities) == 2:
        plan.add(name, "FollowOn", plan.weight(node), given, lessons=[plan.in_order(activities)])


@_reads("ThreeActivitiesGrouped")
def _three(plan: Plan, node: Node, name: str) -> None:
    activities = _ordered_ids(plan, node)
    chosen, weight = [plan.lesson_set(activities)], plan.weight(node)
    if len(activities) > 1:
        plan.add(name, "SameTime", weight, {"of": "day", "per": "selector"}, lessons=chosen)
        plan.add(name, "DifferentTime", weight, {"per": "selector"}, lessons=chosen)
        plan.add(name, "KeepTogether", weight, {"per": "selector", **plan.across_breaks()}, lessons=chosen)


@_reads("TwoActivitiesOrdered", "TwoActivitiesOrderedIfSameDay")
def _order(plan: Plan, node: Node, name: str) -> None:
    activities = _ordered_ids(plan, node)
    if len(activities) == 2:
        first, second = ([plan.lesson_set([number])] for number in activities)
        given = {"same_day": name.endswith("IfSameDay"), "lessons": tuple(first), "others": tuple(second)}
        plan.add(name, "Before", plan.weight(node), given)
