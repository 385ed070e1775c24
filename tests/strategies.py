"""Documents and timetables drawn at random: small, with every kind of thing in them, and without faults."""

from datetime import date, datetime, time, timedelta, timezone
from fractions import Fraction
from typing import TypeVar

from hypothesis import strategies as st

from scheduler.domain.base import WEEKDAYS, Weekday
from scheduler.domain.calendar import Bell, BellSchedule, Holiday, MovedDay, ShortenedDay, Term, dates
from scheduler.domain.courses import Course, Difficulty, Group, RoomNeed, Sections, Subject
from scheduler.domain.document import Document
from scheduler.domain.events import EventDates, EventTime, OtherEvent
from scheduler.domain.people import (
    Availability,
    Coordinator,
    Dates,
    Hours,
    Limits,
    Parent,
    PlanItem,
    Qualification,
    Student,
    Support,
    Teacher,
    Tutor,
    Window,
)
from scheduler.domain.places import Room, School, Site, Travel, Workstation
from scheduler.domain.policy import Policy, RuleSpec
from scheduler.domain.timetable import DatedFault, Occurrence, Placement, RuleCost, SelfPaced, Timetable

Item = TypeVar("Item")

PRINTED = st.characters(exclude_categories=("Cc", "Cs"))
"""Any character that a name may hold."""

IDS = st.text(st.sampled_from("АБВабвABCabc0123456789-._#№ё'"), min_size=1, max_size=6)
NAMES = st.text(PRINTED, max_size=12).map(str.strip)
FEATURES = st.lists(st.sampled_from(["camera", "headset", "экранный-диктор", "lab"]), unique=True, max_size=2).map(
    tuple
)
GRADES = st.integers(0, 11)
CLOCKS = st.times().map(lambda clock: clock.replace(second=0, microsecond=0, fold=0))
SMALL = st.none() | st.integers(0, 9)


def some(items: "st.SearchStrategy[Item]", most: int = 2, least: int = 0) -> "st.SearchStrategy[tuple[Item, ...]]":
    """A few of these, each once."""
    return st.lists(items, unique=True, min_size=least, max_size=most).map(tuple)


def ids(most: int, prefix: str, least: int = 0) -> "st.SearchStrategy[tuple[str, ...]]":
    """Ids that start alike, so that people's never meet."""
    return some(IDS.map(lambda key: prefix + key), most, least)


def of(known: tuple[str, ...], most: int = 2) -> "st.SearchStrategy[tuple[str, ...]]":
    """Some of the known ids."""
    return some(st.sampled_from(known), most) if known else st.just(())


def one_of(known: tuple[str, ...]) -> "st.SearchStrategy[str | None]":
    """One of the known ids, or none."""
    return st.none() | st.sampled_from(known) if known else st.none()


@st.composite
def spans(draw: st.DrawFn) -> tuple[time | None, time | None]:
    """A start and a later end, or neither."""
    start, end = sorted(draw(st.tuples(CLOCKS, CLOCKS)))
    return (start, end) if start < end else (None, None)


@st.composite
def terms(draw: st.DrawFn, bells: tuple[str, ...] = (), sites: tuple[str, ...] = ()) -> Term:
    """A term of at most five weeks in Moscow's time, with holidays, moved and shortened days."""
    first = draw(st.dates(date(2015, 1, 1), date(2030, 1, 1)))
    days = tuple(dates(first, first + timedelta(days=draw(st.integers(0, 34)))))
    holidays = tuple(
        Holiday(first=day, last=day + timedelta(days=draw(st.integers(0, 4))), name=draw(NAMES))
        for day in draw(some(st.sampled_from(days)))
    )
    moves = zip(draw(some(st.sampled_from(days))), draw(some(st.sampled_from(days))), strict=False)
    shortened = draw(some(st.sampled_from(days))) if bells else ()
    return Term(
        name=draw(NAMES),
        first_day=days[0],
        last_day=days[-1],
        week_days=draw(st.integers(5, 6)),
        cycle=draw(st.integers(1, 4)),
        anchor=draw(st.none() | st.dates(date(2014, 1, 1), date(2031, 1, 1))),
        holidays=holidays,
        moved_days=tuple(MovedDay(date=day, as_date=as_date) for day, as_date in moves),
        shortened_days=tuple(
            ShortenedDay(date=day, bells=draw(st.sampled_from(bells)), sites=draw(of(sites))) for day in shortened
        ),
    )


@st.composite
def bell_schedules(draw: st.DrawFn, key: str) -> BellSchedule:
    """Up to four periods in order."""
    minutes = sorted(draw(st.lists(st.integers(0, 24 * 60 - 1), min_size=2, max_size=8, unique=True)))
    clocks = [time(minute // 60, minute % 60) for minute in minutes]
    first = draw(st.integers(0, 2))
    periods = [
        Bell(number=first + index, start=clocks[2 * index], end=clocks[2 * index + 1])
        for index in range(len(clocks) // 2)
    ]
    return BellSchedule(id=key, name=draw(NAMES), periods=tuple(periods))


@st.composite
def windows(draw: st.DrawFn, cycle: int) -> Window:
    """Times of a week."""
    start, end = draw(spans())
    days: tuple[Weekday, ...] = draw(some(st.sampled_from(WEEKDAYS)))
    return Window(days=days, weeks=draw(some(st.integers(1, cycle))), start=start, end=end)


@st.composite
def hours(draw: st.DrawFn, cycle: int) -> Hours:
    """Times of a week that are free, or are not."""
    return Hours(**draw(windows(cycle)).model_dump(), available=draw(st.booleans()))


@st.composite
def availabilities(draw: st.DrawFn, cycle: int) -> Availability:
    """Times by the week and absences by date."""
    start, end = draw(spans())
    first = draw(st.dates(date(2015, 1, 1), date(2030, 1, 1)))
    away = Dates(first=first, last=first + timedelta(days=draw(st.integers(0, 9))), start=start, end=end)
    return Availability(weekly=draw(some(hours(cycle))), dated=draw(st.sampled_from([(), (away,)])))


LIMITS = st.builds(
    Limits,
    lessons_per_day=SMALL,
    lessons_per_week=SMALL,
    screen_minutes_per_day=SMALL,
    days_per_week=st.none() | st.integers(0, 7),
    gaps_per_week=SMALL,
    consecutive=SMALL,
    earliest=st.none() | st.just(time(8)),
    latest=st.none() | st.just(time(18, 30)),
)

RULES = st.builds(
    RuleSpec,
    rule=st.sampled_from(["AvoidGaps", "LimitPerDay"]),
    parameters=st.dictionaries(
        st.sampled_from(["people", "most", "table"]),
        st.sampled_from(["students grade=5-9", "no", "10:30", "", 3, 0.5, True, ["a", "б"], {"5-9": 6}]),
    ),
    weight=st.none() | st.integers(0, 100) | st.sampled_from(["required", "off"]),
    verified=st.booleans(),
)


@st.composite
def courses(
    draw: st.DrawFn,
    key: str,
    term: Term,
    subject: str,
    groups: tuple[str, ...],
    rooms: tuple[str, ...],
    sites: tuple[str, ...],
) -> Course:
    """A course with groups or with sections of any size, that needs no teacher."""
    split = draw(st.sampled_from([(1,), (2,), (2, 1, 1)]))
    attending = draw(of(groups))
    mode = draw(st.sampled_from(["online", "site", "self_paced"]))
    return Course(
        id=key,
        name=draw(NAMES),
        subject=subject,
        grade=draw(st.none() | GRADES),
        mode=mode,
        hours=Fraction(sum(split) * draw(st.integers(0, 3)), term.cycle),
        split=split,
        lesson_minutes=draw(st.none() | st.integers(20, 90)),
        groups=attending,
        sections=None if attending else draw(st.none() | st.just(Sections(least=1, most=1))),
        teachers_needed=0,
        workstations_for=draw(st.none() | some(st.sampled_from(["students", "teachers"]))),
        student_features=draw(FEATURES),
        room=draw(st.none() | st.builds(RoomNeed, features=FEATURES, seats=SMALL, candidates=of(rooms))),
        site=draw(one_of(sites)),
        device=draw(st.none() | st.sampled_from(["computer", "tablet", "none"])),
        screen_minutes=draw(st.none() | st.integers(0, 40)),
        deadline=term.last_day if mode == "self_paced" else None,
        link=draw(st.text(PRINTED, max_size=8)),
    )


@st.composite
def other_events(draw: st.DrawFn, key: str, term: Term, people: tuple[str, ...], sites: tuple[str, ...]) -> OtherEvent:
    """An event that is placed, fixed or dated."""
    start, end = draw(spans())
    fixed = EventTime(days=("mon",), start=start, end=end) if start else EventTime(days=("sat", "mon"), periods=(1, 2))
    dated = EventDates(
        first=term.first_day, last=term.last_day, start=start, end=end, suspends_lessons=draw(st.booleans())
    )
    times: list[dict[str, object]] = [{"hours": Fraction(1)}, {"fixed": (fixed,)}, {"dated": (dated,)}]
    when = draw(st.sampled_from(times))
    kind = draw(st.sampled_from(["seminar", "forum", "other"]))
    who = draw(st.lists(st.sampled_from(people), min_size=1, unique=True, max_size=2).map(tuple))
    return OtherEvent.model_validate(
        {"id": key, "name": draw(NAMES), "kind": kind, "teachers": who, "site": draw(one_of(sites)), **when}
    )


@st.composite
def documents(draw: st.DrawFn) -> Document:
    """A whole document; its parts are what the checks let pass."""
    bell_ids = draw(ids(2, "b", 1))
    school_ids, site_ids, subject_ids = draw(ids(2, "")), draw(ids(2, "")), draw(ids(2, "", 1))
    room_ids = draw(ids(2, "")) if site_ids else ()
    student_ids, teacher_ids, course_ids = draw(ids(4, "S")), draw(ids(3, "T", 1)), draw(ids(3, "C"))
    group_ids = draw(ids(2, "G"))
    term = draw(terms(bell_ids, site_ids))
    cycle = term.cycle
    rooms = [
        Room(
            id=key,
            name=draw(NAMES),
            site=draw(st.sampled_from(site_ids)),
            seats=draw(st.integers(0, 30)),
            features=draw(FEATURES),
        )
        for key in room_ids
    ]
    groups = [
        Group(
            id=key,
            name=draw(NAMES),
            grade=draw(st.none() | GRADES),
            students=(named := draw(of(student_ids, 3))),
            size=draw(st.none() | st.just(4)) if named else 4,
            part_of=group_ids[:index],
        )
        for index, key in enumerate(group_ids)
    ]
    listed = [
        draw(courses(key, term, draw(st.sampled_from(subject_ids)), group_ids, room_ids, site_ids))
        for key in course_ids
    ]
    own = {course.id for course in listed if course.groups}
    students = [
        Student(
            id=key,
            name=draw(NAMES),
            grade=draw(st.none() | GRADES),
            school=draw(one_of(school_ids)),
            site=draw(one_of(site_ids)),
            bells=draw(one_of(bell_ids)),
            device=draw(st.sampled_from(["computer", "tablet", "none"])),
            equipment=draw(FEATURES),
            plan=tuple(
                PlanItem(course=course, hours=None if course in own else draw(st.none() | st.just(Fraction(4))))
                for course in draw(of(course_ids, 3))
            ),
            availability=draw(availabilities(cycle)),
            limits=draw(LIMITS),
            remarks=draw(st.text(PRINTED, max_size=8)),
        )
        for key in student_ids
    ]
    teachers = [
        Teacher(
            id=key,
            name=draw(NAMES),
            kind=draw(st.sampled_from(["network", "staff"])),
            schools=draw(of(school_ids)),
            site=draw(one_of(site_ids)),
            qualifications=tuple(
                Qualification(subject=subject, grades=draw(some(GRADES))) for subject in draw(of(subject_ids))
            ),
            availability=draw(availabilities(cycle)),
            limits=draw(LIMITS),
            preferred=draw(some(windows(cycle))),
            avoided=draw(some(windows(cycle))),
            needs=draw(FEATURES),
        )
        for key in teacher_ids
    ]
    return Document(
        term=term,
        bells=tuple(draw(bell_schedules(key)) for key in bell_ids),
        schools=tuple(School(id=key, name=draw(NAMES)) for key in school_ids),
        sites=tuple(
            Site(
                id=key,
                name=draw(NAMES),
                school=draw(one_of(school_ids)),
                time_zone=draw(one_of(("Europe/Moscow",))),
                bells=draw(one_of(bell_ids)),
            )
            for key in site_ids
        ),
        rooms=tuple(rooms),
        workstations=tuple(
            Workstation(
                id=f"PC{room.id}", site=room.site, room=room.id, features=draw(FEATURES), hours=draw(some(hours(cycle)))
            )
            for room in rooms
        ),
        travel=(Travel(a=site_ids[0], b=site_ids[1], minutes=draw(st.integers(0, 90))),) if len(site_ids) > 1 else (),
        subjects=tuple(
            Subject(
                id=key,
                name=draw(NAMES),
                difficulty=draw(some(st.builds(Difficulty, grades=some(GRADES), points=st.integers(0, 13)))),
                colour=draw(st.sampled_from([None, "#a1B2c3"])),
            )
            for key in subject_ids
        ),
        groups=tuple(groups),
        students=tuple(students),
        teachers=tuple(teachers),
        tutors=tuple(
            Tutor(
                id=key,
                site=draw(one_of(site_ids)),
                groups=draw(of(group_ids)),
                students=draw(of(student_ids)),
                limits=draw(LIMITS),
            )
            for key in draw(ids(1, "t"))
        ),
        support=tuple(Support(id=key, role=draw(NAMES), site=draw(one_of(site_ids))) for key in draw(ids(1, "s"))),
        parents=tuple(Parent(id=key, students=draw(of(student_ids))) for key in draw(ids(1, "p"))),
        coordinators=tuple(Coordinator(id=key, schools=draw(of(school_ids))) for key in draw(ids(1, "c"))),
        courses=tuple(listed),
        events=tuple(draw(other_events(key, term, teacher_ids, site_ids)) for key in draw(ids(2, "E"))),
        policy=Policy(
            profiles=draw(st.sampled_from([(), ("default",), ("default", "ru-sanpin-2021")])),
            rules=tuple(draw(st.lists(RULES, max_size=2))),
        ),
    )


@st.composite
def placements(draw: st.DrawFn) -> Placement:
    """A placement, of nothing in particular."""
    course, number = draw(IDS), draw(st.integers(1, 3))
    return Placement(
        event=f"{course}/1/{number}",
        course=course,
        number=number,
        weeks=(1,),
        weekday=draw(st.sampled_from(WEEKDAYS)),
        periods=draw(some(st.integers(0, 9))),
        start=draw(CLOCKS),
        end=draw(CLOCKS),
        time_zone="Asia/Yekaterinburg",
        mode=draw(st.sampled_from(["online", "site"])),
        teachers=draw(some(IDS)),
        students=draw(some(IDS)),
        seats=draw(st.dictionaries(IDS, IDS, max_size=2)),
        pinned=draw(st.booleans()),
    )


@st.composite
def occurrences(draw: st.DrawFn) -> Occurrence:
    """A dated meeting, of nothing in particular."""
    start = datetime.combine(
        draw(st.dates(date(2015, 1, 1), date(2030, 1, 1))), draw(CLOCKS), timezone(timedelta(hours=3))
    )
    event = draw(IDS)
    return Occurrence(
        id=f"{event}@1.1",
        event=event,
        start=start,
        end=start + timedelta(minutes=draw(st.integers(1, 90))),
        status=draw(st.sampled_from(["held", "cancelled", "lost"])),
        reason=draw(NAMES),
        teachers=draw(st.none() | some(IDS)),
        seats=draw(st.none() | st.dictionaries(IDS, IDS, max_size=2)),
    )


@st.composite
def timetables(draw: st.DrawFn) -> Timetable:
    """A timetable, of nothing in particular."""
    return Timetable(
        id=draw(IDS),
        parent=draw(st.none() | IDS),
        seed=draw(st.integers(0, 2**31)),
        status=draw(st.sampled_from(["optimal", "feasible"])),
        cost=draw(st.none() | st.integers(0, 999)),
        rules=draw(
            some(
                st.builds(
                    RuleCost,
                    rule=IDS,
                    name=NAMES,
                    weight=st.integers(0, 9),
                    deviation=st.just(1),
                    cost=st.just(2),
                    sentences=some(NAMES),
                )
            )
        ),
        pattern=tuple(draw(st.lists(placements(), max_size=2))),
        self_paced=draw(
            some(
                st.builds(
                    SelfPaced,
                    course=IDS,
                    students=some(IDS),
                    deadline=st.just(date(2026, 12, 1)),
                    hours=st.just(Fraction(1, 3)),
                )
            )
        ),
        occurrences=tuple(draw(st.lists(occurrences(), max_size=2))),
        faults=draw(some(st.builds(DatedFault, date=st.just(date(2026, 9, 1)), sentence=st.text(PRINTED)))),
    )
