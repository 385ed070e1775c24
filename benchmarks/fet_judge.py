"""What a timetable breaks of a `.fet` file: its required constraints, and its soft conflicts as FET totals them.

A second opinion on the solver's own count, so it shares nothing with it: own reader, own evaluator, and no import of
`solver` or `scheduler`. FET is free timetabling software by Liviu Lalescu and Volker Dirr, https://lalescu.ro/liviu/fet/.
What breaks a constraint, and how often it then counts, are facts of that program, written down here anew and held
against its own reports; only its official mode is known.

Run as ``python -m benchmarks.fet_judge FILE.fet TIMETABLE.xml``, the timetable as FET writes it to ``*_activities.xml``;
exits 1 where the timetable breaks something required, 2 where a file cannot be read.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict, dataclass
from functools import partial
from itertools import combinations, pairwise
from pathlib import Path
from typing import NamedTuple
from xml.etree.ElementTree import Element

from benchmarks.fet_file import (
    Holder,
    Lesson,
    Plan,
    Slot,
    UnreadableFileError,
    index_of,
    number_of,
    read_school,
    read_timetable,
    text_of,
)


@dataclass(frozen=True)
class Conflict:
    """A constraint broken by one teacher, one activity, one pair; its weight in percent, and how often it counts."""

    constraint: str
    weight: float
    amount: int
    text: str

    @property
    def cost(self) -> float:
        """What it adds to the total."""
        return self.weight / 100 * self.amount


@dataclass(frozen=True)
class Verdict:
    """What a timetable breaks, and which kinds of constraints nobody looked at, each with how many there are."""

    hard: tuple[str, ...]
    soft: tuple[Conflict, ...]
    unknown: tuple[str, ...]

    @property
    def total(self) -> float:
        """The total of soft conflicts, as FET counts it."""
        return sum(conflict.cost for conflict in self.soft)


class Broken(NamedTuple):
    """A rule's finding. What is `required` is so at any weight."""

    amount: int
    text: str
    required: bool = False


def judge(fet: Path, timetable: Path) -> Verdict:
    """Judge a timetable of a `.fet` file.

    Raises
    ------
    UnreadableFileError
        If either is not what FET writes.
    """
    school = read_school(fet)
    lessons, wrong = read_timetable(timetable, school)
    try:
        hard, soft = _broken(Plan(school, lessons))
    except KeyError as error:
        raise UnreadableFileError(f"{fet.name} names {error}, but does not describe it.") from None
    unknown = Counter(c.tag for c in school.constraints if c.tag not in RULES)
    notes = [f"{tag} ({count})" for tag, count in sorted(unknown.items())] + [f"Mode {school.mode}"] * bool(school.mode)
    return Verdict((*wrong, *hard), tuple(soft), tuple(notes))


def _broken(plan: Plan) -> tuple[list[str], list[Conflict]]:
    hard = [*_basic_time(plan), *_basic_space(plan)]
    soft = []
    for c in plan.school.constraints:
        name, weight = c.tag.removeprefix("Constraint"), float(text_of(c, "Weight_Percentage") or 100)
        for broken in RULES[c.tag](c, plan) if c.tag in RULES else ():
            if broken.required or weight >= 100:
                hard.append(f"{name}: {broken.text}")
            else:
                soft.append(Conflict(name, weight, broken.amount, broken.text))
    return hard, soft


# What is required of every timetable ----------------------------------------------------------------------------------


def _basic_time(plan: Plan) -> Iterator[str]:
    for kind, holders in (("Teacher", plan.teachers), ("Subgroup", plan.subgroups)):
        for holder in holders.values():
            counts = Counter(slot for lesson in holder.lessons for slot in lesson.slots)
            for (day, hour), count in counts.items():
                if count > 1:
                    yield f"{kind} {holder.name} has {count} activities on {_when(plan, day, hour)}."


def _basic_space(plan: Plan) -> Iterator[str]:
    rooms = plan.school.rooms
    used = Counter[tuple[str, Slot]]()
    named = _named_rooms(plan)
    for lesson in plan.lessons.values():
        if not lesson.room:
            continue
        room = rooms[lesson.room]
        if room.capacity < lesson.activity.size:
            yield f"Activity {lesson.id} has {lesson.activity.size} students, room {room.name} takes {room.capacity}."
        if lesson.room not in named[lesson.id]:
            yield f"Activity {lesson.id} is in room {lesson.room}, which no constraint names for it."
        if not _one_of_each(room.sets, lesson.real):
            real = ", ".join(lesson.real) or "none"
            yield f"Activity {lesson.id} in room {room.name} has the wrong real rooms: {real}."
        used.update((name, slot) for name in (lesson.real if room.sets else (room.name,)) for slot in lesson.slots)
    for (name, (day, hour)), count in used.items():
        if count > 1:
            yield f"Room {name} has {count} activities on {_when(plan, day, hour)}."


def _named_rooms(plan: Plan) -> dict[int, set[str]]:
    """Rooms that an activity may be in at all: any of its preferred ones, and what all its home rooms share."""
    preferred: defaultdict[int, set[str]] = defaultdict(set)
    home: dict[int, set[str]] = {}
    for c in plan.school.constraints:
        if RULES.get(c.tag) is _preferred_rooms:
            for lesson in plan.matching(c):
                preferred[lesson.id] |= _rooms(c)
        if RULES.get(c.tag) is _home_rooms:
            for lesson in _at_home(c, plan):
                home[lesson.id] = home.get(lesson.id, _rooms(c)) & _rooms(c)
    return {id_: preferred[id_] | home.get(id_, set()) for id_ in plan.lessons}


def _one_of_each(sets: Sequence[frozenset[str]], chosen: Sequence[str]) -> bool:
    """Whether the chosen rooms, in some order, are one out of each set."""
    if not sets:
        return not chosen
    return len(sets) == len(chosen) and any(
        _one_of_each(sets[1:], [*chosen[:i], *chosen[i + 1 :]]) for i, name in enumerate(chosen) if name in sets[0]
    )


def _when(plan: Plan, day: int, hour: int) -> str:
    return f"{plan.school.days[day]} {plan.school.hours[hour]}"


def _day(plan: Plan, day: int) -> str:
    return plan.school.days[day]


# Of one teacher's or one subgroup's time ------------------------------------------------------------------------------


def _away(c: Element, plan: Plan) -> Iterator[Broken]:
    slots = set(plan.school.slots(c))
    for holder in plan.holders(c):
        for lesson in holder.lessons:
            for day, hour in slots.intersection(lesson.slots):
                yield Broken(1, f"{holder.name} is away on {_when(plan, day, hour)}, but has activity {lesson.id}.")


def _break_times(c: Element, plan: Plan) -> Iterator[Broken]:
    slots = set(plan.school.slots(c))
    for lesson in plan.lessons.values():
        for day, hour in slots.intersection(lesson.slots):
            yield Broken(1, f"Activity {lesson.id} takes the break on {_when(plan, day, hour)}.")


def _max_hours_daily(c: Element, plan: Plan) -> Iterator[Broken]:
    most, tag = number_of(c, "Maximum_Hours_Daily"), text_of(c, "Activity_Tag_Name", "Activity_Tag")
    for holder in plan.holders(c):
        for day, hours in enumerate(holder.hours(tag) if tag else holder.week):
            if len(hours) > most:
                yield Broken(1, f"{holder.name} has {len(hours)} hours {tag} on {_day(plan, day)}, not at most {most}.")


def _min_hours_daily(c: Element, plan: Plan) -> Iterator[Broken]:
    least, free = number_of(c, "Minimum_Hours_Daily"), text_of(c, "Allow_Empty_Days").strip() == "true"
    students = c.tag.startswith("ConstraintStudents")
    for holder in plan.holders(c):
        for day, hours in enumerate(holder.week):
            if len(hours) < least and not (free and not hours):
                text = f"{holder.name} has {len(hours)} hours on {_day(plan, day)}, not at least {least}."
                yield Broken(least - len(hours) if students else 1, text)


def _max_hours_continuously(c: Element, plan: Plan) -> Iterator[Broken]:
    most, tag = number_of(c, "Maximum_Hours_Continuously"), text_of(c, "Activity_Tag_Name", "Activity_Tag")
    for holder in plan.holders(c):
        for day, hours in enumerate(holder.hours(tag) if tag else holder.week):
            for length in Counter(hour - i for i, hour in enumerate(hours)).values():
                if length > most:
                    text = f"{holder.name} has {length} hours {tag} in a row on {_day(plan, day)}, not at most {most}."
                    yield Broken(1, text)


def _gaps(holder: Holder, plan: Plan, day: int) -> int:
    hours = holder.week[day]
    between = range(hours[0], hours[-1]) if hours else range(0)
    taken = holder.away | plan.breaks | {(day, hour) for hour in hours}
    return sum((day, hour) not in taken for hour in between)


def _max_gaps(c: Element, plan: Plan, *, per_day: bool) -> Iterator[Broken]:
    most = number_of(c, "Max_Gaps")
    for holder in plan.holders(c):
        gaps = [_gaps(holder, plan, day) for day in range(holder.days)]
        for count in gaps if per_day else [sum(gaps)]:
            if count > most:
                yield Broken(count - most, f"{holder.name} has {count} gaps {'a day' if per_day else 'a week'}.")


def _early(c: Element, plan: Plan) -> Iterator[Broken]:
    most = number_of(c, "Max_Beginnings_At_Second_Hour")
    for holder in plan.holders(c):
        late = 0
        for day, hours in enumerate(holder.week):
            before = range(hours[0]) if hours else range(0)
            missed = sum((day, hour) not in holder.away | plan.breaks for hour in before)
            late += missed > 0
            if missed > 1:
                yield Broken(1, f"{holder.name} begins later than at the second hour on {_day(plan, day)}.")
        if late > most:
            yield Broken(late - most, f"{holder.name} begins late on {late} days, not at most {most}.")


def _max_days(c: Element, plan: Plan) -> Iterator[Broken]:
    most = number_of(c, "Max_Days_Per_Week")
    first, end = text_of(c, "Interval_Start_Hour"), text_of(c, "Interval_End_Hour")
    start = index_of(plan.school.hours, first) if first else 0
    stop = index_of(plan.school.hours, end) if end else len(plan.school.hours)
    for holder in plan.holders(c):
        days = sum(any(start <= hour < stop for hour in hours) for hours in holder.week)
        if days > most:
            yield Broken(days - most, f"{holder.name} is there on {days} days, not at most {most}.")


def _min_days(c: Element, plan: Plan) -> Iterator[Broken]:
    least = number_of(c, "Minimum_Days_Per_Week")
    for holder in plan.holders(c):
        days = sum(bool(hours) for hours in holder.week)
        if days < least:
            yield Broken(least - days, f"{holder.name} is there on {days} days, not at least {least}.")


def _max_span(c: Element, plan: Plan) -> Iterator[Broken]:
    most = number_of(c, "Max_Span")
    spare = text_of(c, "Allow_One_Day_Exception_of_Plus_One").strip() == "true"
    for holder in plan.holders(c):
        over = [hours[-1] - hours[0] + 1 - most for hours in holder.week if hours and hours[-1] - hours[0] >= most]
        if spare and 1 in over:
            over.remove(1)
        for hours in over:
            yield Broken(1, f"{holder.name} has a day {hours} hours too long.")


def _min_rest(c: Element, plan: Plan) -> Iterator[Broken]:
    least, size = number_of(c, "Minimum_Resting_Hours"), len(plan.school.hours)
    for holder in plan.holders(c):
        week = holder.week + ([holder.week[0]] if text_of(c, "Circular").strip() == "true" else [])
        for i, (today, tomorrow) in enumerate(pairwise(week)):
            rest = (size - 1 - today[-1] if today else size) + (tomorrow[0] if tomorrow else size)
            if rest < least:
                yield Broken(1, f"{holder.name} rests {rest} hours after {_day(plan, i)}, not at least {least}.")


def _min_gaps_of_tags(c: Element, plan: Plan) -> Iterator[Broken]:
    first, second = text_of(c, "First_Activity_Tag"), text_of(c, "Second_Activity_Tag")
    least = number_of(c, "MinGaps")
    for holder in plan.holders(c):
        for one in holder.lessons:
            for two in holder.lessons:
                tagged = first in one.activity.tags and second in two.activity.tags and one.day == two.day
                if tagged and one.hour < two.hour and two.hour - one.end < least:
                    text = f"{holder.name} has {two.hour - one.end} hours between activities {one.id} and {two.id}"
                    yield Broken(1, f"{text}, not at least {least}.")


# Of buildings ---------------------------------------------------------------------------------------------------------


def _changes(holder: Holder, plan: Plan) -> list[tuple[int, int]]:
    """Days and waits of each change of buildings; what has no room, or a room without a building, is passed over."""
    rooms = plan.school.rooms
    stays = sorted(
        (lesson.day, lesson.hour, lesson.end, building)
        for lesson in holder.lessons
        if lesson.room and (building := rooms[lesson.room].building)
    )
    return [
        (day, then - end)
        for (day, _, end, here), (next_day, then, _, there) in pairwise(stays)
        if day == next_day and here != there
    ]


def _max_changes(c: Element, plan: Plan, *, per_day: bool) -> Iterator[Broken]:
    most = number_of(c, "Max_Building_Changes_Per_Day" if per_day else "Max_Building_Changes_Per_Week")
    for holder in plan.holders(c):
        for count in Counter(day if per_day else 0 for day, _ in _changes(holder, plan)).values():
            if count > most:
                text = f"{holder.name} changes buildings {count} times a {'day' if per_day else 'week'}"
                yield Broken(count - most, f"{text}, not at most {most}.")


def _min_gaps_of_changes(c: Element, plan: Plan) -> Iterator[Broken]:
    least = number_of(c, "Min_Gaps_Between_Building_Changes")
    for holder in plan.holders(c):
        for day, wait in _changes(holder, plan):
            if wait < least:
                yield Broken(1, f"{holder.name} has {wait} hours to change buildings on {_day(plan, day)}.")


# Of activities' times -------------------------------------------------------------------------------------------------


def _min_days_between(c: Element, plan: Plan) -> Iterator[Broken]:
    least, touch = number_of(c, "MinDays"), text_of(c, "Consecutive_If_Same_Day").strip() == "true"
    for one, two in combinations(plan.listed(c), 2):
        close = least - abs(one.day - two.day)
        if close > 0:
            yield Broken(close, f"Activities {one.id} and {two.id} are {close} days too close.")
        if touch and one.day == two.day and one.hour != two.end and two.hour != one.end:
            yield Broken(1, f"Activities {one.id} and {two.id} are on one day, but do not touch.", required=True)


def _max_days_between(c: Element, plan: Plan) -> Iterator[Broken]:
    most = number_of(c, "MaxDays")
    for one, two in combinations(plan.listed(c), 2):
        far = abs(one.day - two.day) - most
        if far > 0:
            yield Broken(far, f"Activities {one.id} and {two.id} are {far} days too far apart.")


def _min_gaps_between(c: Element, plan: Plan) -> Iterator[Broken]:
    least = number_of(c, "MinGaps")
    for one, two in combinations(plan.listed(c), 2):
        first, second = (one, two) if one.hour <= two.hour else (two, one)
        missing = first.end + least - second.hour
        if one.day == two.day and missing > 0:
            yield Broken(missing, f"Activities {first.id} and {second.id} miss {missing} hours between them.")


def _not_overlapping(c: Element, plan: Plan) -> Iterator[Broken]:
    for one, two in combinations(plan.listed(c), 2):
        common = len(set(one.slots).intersection(two.slots))
        if common:
            yield Broken(common, f"Activities {one.id} and {two.id} overlap for {common} hours.")


def _same_start(c: Element, plan: Plan, *, day: bool, hour: bool) -> Iterator[Broken]:
    for one, two in combinations(plan.listed(c), 2):
        if (day and one.day != two.day) or (hour and one.hour != two.hour):
            what = " and ".join(["day"] * day + ["hour"] * hour)
            yield Broken(1, f"Activities {one.id} and {two.id} do not begin on the same {what}.")


def _together(c: Element, plan: Plan, *, count: int, ordered: bool = False) -> Iterator[Broken]:
    """Look for one block, in the order given or in any; only breaks may part it."""
    lessons = plan.listed(c)
    if len(lessons) < count:
        return
    line = lessons if ordered else sorted(lessons, key=lambda lesson: lesson.hour)
    for one, two in pairwise(line):
        apart = [hour for hour in range(one.end, two.hour) if (one.day, hour) not in plan.breaks]
        if one.day != two.day or two.hour < one.end or apart:
            yield Broken(1, f"Activities {', '.join(str(lesson.id) for lesson in lessons)} do not follow each other.")
            return


def _ordered(c: Element, plan: Plan, *, if_same_day: bool = False) -> Iterator[Broken]:
    for one, two in pairwise(plan.listed(c)):
        wrong = one.end > two.hour if one.day == two.day else one.day > two.day and not if_same_day
        if wrong:
            yield Broken(1, f"Activity {two.id} does not come after activity {one.id}.")


def _ends_day(c: Element, plan: Plan) -> Iterator[Broken]:
    for lesson in plan.matching(c):
        subgroups = (plan.subgroups[name] for name in lesson.activity.subgroups)
        if any(hour >= lesson.end for subgroup in subgroups for hour in subgroup.week[lesson.day]):
            yield Broken(1, f"Activity {lesson.id} does not end its students' day.")


def _starting_times(c: Element, plan: Plan) -> Iterator[Broken]:
    wanted = plan.school.slots(c) or [plan.school.slot(c)]
    for lesson in plan.matching(c):
        if not any(day in {-1, lesson.day} and hour in {-1, lesson.hour} for day, hour in wanted):
            yield Broken(1, f"Activity {lesson.id} begins at none of its times.")


def _time_slots(c: Element, plan: Plan) -> Iterator[Broken]:
    wanted = set(plan.school.slots(c))
    for lesson in plan.matching(c):
        outside = len(set(lesson.slots) - wanted)
        if outside:
            yield Broken(outside, f"Activity {lesson.id} has {outside} hours outside its times.")


def _max_occupied(c: Element, plan: Plan) -> Iterator[Broken]:
    most, taken = number_of(c, "Max_Number_of_Occupied_Time_Slots"), {s for x in plan.listed(c) for s in x.slots}
    count = len(taken.intersection(plan.school.slots(c)))
    if count > most:
        yield Broken(1, f"The activities take {count} of the times, not at most {most}.")


def _max_simultaneous(c: Element, plan: Plan) -> Iterator[Broken]:
    most = number_of(c, "Max_Number_of_Simultaneous_Activities")
    counts = Counter(slot for lesson in plan.listed(c) for slot in lesson.slots)
    for day, hour in plan.school.slots(c):
        if counts[day, hour] > most:
            yield Broken(1, f"{counts[day, hour]} of the activities meet on {_when(plan, day, hour)}, not {most}.")


# Of rooms -------------------------------------------------------------------------------------------------------------


def _rooms(c: Element) -> set[str]:
    return {part.text or "" for part in c if part.tag in {"Room", "Preferred_Room"}}


def _preferred_rooms(c: Element, plan: Plan) -> Iterator[Broken]:
    rooms, real = _rooms(c), sorted(part.text or "" for part in c.findall("Real_Room"))
    for lesson in plan.matching(c):
        if lesson.room not in rooms:
            yield Broken(1, f"Activity {lesson.id} is in {lesson.room or 'no room'}, not in {_either(rooms)}.")
        if real and real != sorted(lesson.real):
            yield Broken(1, f"Activity {lesson.id} has not its real rooms {', '.join(real)}.")


def _either(rooms: set[str]) -> str:
    names = sorted(rooms)
    return ", ".join(names[:3]) + (f" or {len(names) - 3} more" if len(names) > 3 else "")


def _at_home(c: Element, plan: Plan) -> list[Lesson]:
    teacher, students = text_of(c, "Teacher"), text_of(c, "Students")
    return [
        lesson
        for lesson in plan.lessons.values()
        if (lesson.activity.teachers if teacher else lesson.activity.students) == (teacher or students,)
    ]


def _home_rooms(c: Element, plan: Plan) -> Iterator[Broken]:
    """Look for a room only: which one it may be, all its constraints tell together."""
    for lesson in _at_home(c, plan):
        if not lesson.room:
            yield Broken(1, f"Activity {lesson.id} is in no room, neither at home nor elsewhere.")


def _room_away(c: Element, plan: Plan) -> Iterator[Broken]:
    slots, room = set(plan.school.slots(c)), text_of(c, "Room")
    for lesson in plan.lessons.values():
        for day, hour in slots.intersection(lesson.slots) if room in {lesson.room, *lesson.real} else ():
            yield Broken(1, f"Room {room} is not available on {_when(plan, day, hour)}, but has {lesson.id}.")


def _max_different_rooms(c: Element, plan: Plan) -> Iterator[Broken]:
    most = number_of(c, "Max_Number_of_Different_Rooms")
    rooms = {lesson.room for lesson in plan.listed(c)} - {""}
    if len(rooms) > most:
        yield Broken(1, f"The activities are in {len(rooms)} rooms, not in at most {most}.")


def _same_room_if_touching(c: Element, plan: Plan) -> Iterator[Broken]:
    for one, two in combinations(plan.listed(c), 2):
        touching = one.day == two.day and (one.end == two.hour or two.end == one.hour)
        if touching and one.room and two.room and one.room != two.room:
            yield Broken(1, f"Activities {one.id} and {two.id} touch, but are in different rooms.")


def _nothing(_: Element, __: Plan) -> Iterator[Broken]:
    """Nothing to look for: it is required whether the file asks for it or not."""
    return iter(())


Rule = Callable[[Element, Plan], Iterator[Broken]]

OF_HOLDERS: dict[str, Rule] = {
    "NotAvailableTimes": _away,
    "MaxHoursDaily": _max_hours_daily,
    "ActivityTagMaxHoursDaily": _max_hours_daily,
    "MinHoursDaily": _min_hours_daily,
    "MaxHoursContinuously": _max_hours_continuously,
    "ActivityTagMaxHoursContinuously": _max_hours_continuously,
    "MaxGapsPerDay": partial(_max_gaps, per_day=True),
    "MaxGapsPerWeek": partial(_max_gaps, per_day=False),
    "EarlyMaxBeginningsAtSecondHour": _early,
    "MaxDaysPerWeek": _max_days,
    "IntervalMaxDaysPerWeek": _max_days,
    "MinDaysPerWeek": _min_days,
    "MaxSpanPerDay": _max_span,
    "MinRestingHours": _min_rest,
    "MinGapsBetweenOrderedPairOfActivityTags": _min_gaps_of_tags,
    "MaxBuildingChangesPerDay": partial(_max_changes, per_day=True),
    "MaxBuildingChangesPerWeek": partial(_max_changes, per_day=False),
    "MinGapsBetweenBuildingChanges": _min_gaps_of_changes,
}

OF_ACTIVITIES: dict[str, Rule] = {
    "BasicCompulsoryTime": _nothing,
    "BasicCompulsorySpace": _nothing,
    "BreakTimes": _break_times,
    "MinDaysBetweenActivities": _min_days_between,
    "MaxDaysBetweenActivities": _max_days_between,
    "MinGapsBetweenActivities": _min_gaps_between,
    "ActivitiesNotOverlapping": _not_overlapping,
    "ActivitiesSameStartingTime": partial(_same_start, day=True, hour=True),
    "ActivitiesSameStartingDay": partial(_same_start, day=True, hour=False),
    "ActivitiesSameStartingHour": partial(_same_start, day=False, hour=True),
    "TwoActivitiesConsecutive": partial(_together, count=2, ordered=True),
    "TwoActivitiesGrouped": partial(_together, count=2),
    "ThreeActivitiesGrouped": partial(_together, count=3),
    "TwoActivitiesOrdered": _ordered,
    "TwoActivitiesOrderedIfSameDay": partial(_ordered, if_same_day=True),
    "ActivityEndsStudentsDay": _ends_day,
    "ActivitiesEndStudentsDay": _ends_day,
    "ActivityPreferredStartingTime": _starting_times,
    "ActivityPreferredStartingTimes": _starting_times,
    "ActivitiesPreferredStartingTimes": _starting_times,
    "SubactivitiesPreferredStartingTimes": _starting_times,
    "ActivityPreferredTimeSlots": _time_slots,
    "ActivitiesPreferredTimeSlots": _time_slots,
    "SubactivitiesPreferredTimeSlots": _time_slots,
    "ActivitiesOccupyMaxTimeSlotsFromSelection": _max_occupied,
    "ActivitiesMaxSimultaneousInSelectedTimeSlots": _max_simultaneous,
    "RoomNotAvailableTimes": _room_away,
    "ActivitiesOccupyMaxDifferentRooms": _max_different_rooms,
    "ActivitiesSameRoomIfConsecutive": _same_room_if_touching,
    "TeacherHomeRoom": _home_rooms,
    "TeacherHomeRooms": _home_rooms,
    "StudentsSetHomeRoom": _home_rooms,
    "StudentsSetHomeRooms": _home_rooms,
    "ActivityPreferredRoom": _preferred_rooms,
    "ActivityPreferredRooms": _preferred_rooms,
    "SubjectPreferredRoom": _preferred_rooms,
    "SubjectPreferredRooms": _preferred_rooms,
    "ActivityTagPreferredRoom": _preferred_rooms,
    "ActivityTagPreferredRooms": _preferred_rooms,
    "SubjectActivityTagPreferredRoom": _preferred_rooms,
    "SubjectActivityTagPreferredRooms": _preferred_rooms,
}

RULES: dict[str, Rule] = {f"Constraint{name}": rule for name, rule in OF_ACTIVITIES.items()} | {
    f"Constraint{who}{name}": rule
    for who in ("Teacher", "Teachers", "StudentsSet", "Students")
    for name, rule in OF_HOLDERS.items()
}
"""What to look for, by the tag of a constraint."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Print what a timetable breaks of a .fet file."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.fet_judge", description=main.__doc__)
    parser.add_argument("fet", type=Path, metavar="FILE.fet", help="a school as FET saves it")
    parser.add_argument("timetable", type=Path, metavar="TIMETABLE.xml", help="an ..._activities.xml of it")
    parser.add_argument("--json", action="store_true", help="print one JSON object")
    given = parser.parse_args(arguments)
    try:
        verdict = judge(given.fet, given.timetable)
    except (OSError, ValueError) as error:
        print(error, file=sys.stderr)
        return 2
    if given.json:
        print(json.dumps({"total": verdict.total, **asdict(verdict)}, ensure_ascii=False))
    else:
        for line in verdict.hard:
            print(line)
        for conflict in sorted(verdict.soft, key=lambda conflict: -conflict.cost):
            print(f"{conflict.cost:8g}  {conflict.constraint}: {conflict.text}")
        for line in verdict.unknown:
            print(f"Not looked at: {line}")
        print(f"{len(verdict.hard)} required broken, {len(verdict.soft)} soft conflicts, total {verdict.total:g}")
    return 1 if verdict.hard else 0


if __name__ == "__main__":
    sys.exit(main())
