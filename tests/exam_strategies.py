"""Sessions, exams, commissions, entitlements and requests drawn at random."""

from collections.abc import Iterable
from datetime import date, datetime, time, timedelta, timezone
from fractions import Fraction
from types import NoneType, UnionType
from typing import Annotated, Any, Literal, TypeVar, Union, get_args, get_origin

from annotated_types import Ge, Le, MinLen
from hypothesis import strategies as st
from pydantic import StringConstraints
from pydantic.fields import FieldInfo

from scheduler.domain.base import Record
from scheduler.domain.calendar import Term, dates, term_days
from scheduler.domain.courses import RoomNeed
from scheduler.domain.document import Document
from scheduler.domain.exam_students import consultants_for
from scheduler.domain.exams import (
    Commission,
    ConsultationNeed,
    Entitlement,
    Exam,
    ExamPeriod,
    Request,
    Seats,
    Session,
    Starts,
)
from scheduler.domain.session_plan import Consultation, LessonChange, SessionPlan
from scheduler.domain.timetable import RuleCost, Search
from tests.strategies import (
    CLOCKS,
    FEATURES,
    GRADES,
    IDS,
    NAMES,
    PRINTED,
    RULES,
    SMALL,
    documents,
    ids,
    of,
    one_of,
    some,
    windows,
)

Model = TypeVar("Model", bound=Record)

TERM = Term(first_day=date(2026, 9, 1), last_day=date(2026, 12, 29))
ROOMS = st.builds(RoomNeed, features=FEATURES, seats=SMALL, candidates=some(IDS))
"""What the workbook can say of a room."""


def records(model: type[Model], **told: "st.SearchStrategy[Any]") -> "st.SearchStrategy[Model]":
    """Draw records with anything in each field that its annotation allows, but for fields that are told."""
    drawn = {
        name: told[name] if name in told else _values(field.annotation, field.metadata)
        for name, field in model.model_fields.items()
    }
    return st.builds(model, **drawn)


def _values(annotation: Any, metadata: Iterable[Any]) -> "st.SearchStrategy[Any]":
    """Draw what an annotation allows, within the limits that stand beside it."""
    limits = list(_flat(metadata))
    low: Any = next((limit.ge for limit in limits if isinstance(limit, Ge)), None)
    high: Any = next((limit.le for limit in limits if isinstance(limit, Le)), None)
    match get_origin(annotation), get_args(annotation):
        case origin, (inner, *more) if origin is Annotated:
            return _values(inner, (*limits, *more))
        case origin, parts if origin in {Union, UnionType}:
            return st.one_of([_values(part, limits) for part in parts])
        case origin, words if origin is Literal:
            return st.sampled_from(words)
        case origin, (inner, *_) if origin is tuple:
            least = max((limit.min_length for limit in limits if isinstance(limit, MinLen)), default=0)
            return st.lists(_values(inner, ()), min_size=least, max_size=3).map(tuple)
        case origin, (key, value) if origin is dict:
            return st.dictionaries(_values(key, ()), _values(value, ()), max_size=2)
    if annotation is str:
        return _texts(next(limit for limit in limits if isinstance(limit, StringConstraints)))
    if issubclass(annotation, Record):
        return records(annotation)
    plain: dict[type, st.SearchStrategy[Any]] = {
        NoneType: st.none(),
        bool: st.booleans(),
        int: st.integers(low, 1_000_000 if high is None else high),
        Fraction: st.fractions(low, high, max_denominator=1000),
        date: st.dates(),
        time: CLOCKS,
        datetime: st.builds(datetime.combine, st.dates(), CLOCKS, st.just(timezone(timedelta(hours=5)))),
    }
    return plain[annotation]


def _flat(metadata: Iterable[Any]) -> Iterable[Any]:
    for part in metadata:
        yield from part.metadata if isinstance(part, FieldInfo) else (part,)


def _texts(limits: StringConstraints) -> "st.SearchStrategy[str]":
    if limits.strip_whitespace:
        return NAMES
    return IDS if limits.min_length else st.text(PRINTED, max_size=8)


@st.composite
def attestations(draw: st.DrawFn) -> Document:
    """A term with sessions, exams and requests, anything in each of their fields: it has faults, but can be written."""
    return Document(
        term=TERM,
        sessions=tuple(
            draw(records(Session, id=st.just(key), rules=st.lists(RULES, max_size=2).map(tuple)))
            for key in draw(ids(2, "S", 1))
        ),
        exams=tuple(draw(records(Exam, id=st.just(key), room=st.none() | ROOMS)) for key in draw(ids(2, "E", 1))),
        commissions=tuple(draw(records(Commission, id=st.just(key))) for key in draw(ids(2, "C", 1))),
        entitlements=tuple(draw(st.lists(records(Entitlement), max_size=2))),
        requests=tuple(draw(records(Request, id=st.just(key), room=st.none() | ROOMS)) for key in draw(ids(2, "R", 1))),
    )


COSTS = st.none() | st.integers(0, 999)
PLANS = records(
    SessionPlan,
    id=IDS,
    parent=st.none() | IDS,
    input=IDS,
    timetable=st.none() | IDS,
    version=IDS,
    seed=st.integers(0, 2**31),
    cost=COSTS,
    bound=COSTS,
    rules=st.lists(records(RuleCost, weight=st.integers(0, 9), deviation=st.just(1), cost=st.just(2)), max_size=2).map(
        tuple
    ),
    consultations=st.lists(records(Consultation, id=IDS), max_size=2).map(tuple),
    changes=st.lists(records(LessonChange, occurrence=IDS, because=some(IDS), instead=some(IDS)), max_size=2).map(
        tuple
    ),
    search=st.builds(Search, seconds=st.sampled_from([0, 1.5]), workers=st.integers(1, 4)),
)
"""Plans of sessions, of nothing in particular."""

MORNING = st.integers(8 * 60, 12 * 60).map(lambda minute: time(*divmod(minute, 60)))
FORMS: tuple[dict[str, Any], ...] = (
    {"form": "written"},
    {"form": "oral", "turn_minutes": 15, "turns_at_once": 2},
    {"form": "presentation", "turn_minutes": 20},
)
"""Forms for which nobody needs a workstation."""
NEEDS = st.none() | records(
    ConsultationNeed, by=st.just("teacher"), least_days=st.integers(0, 3), most_days=st.integers(3, 9)
)


@st.composite
def sessions(draw: st.DrawFn, key: str, term: Term) -> Session:
    """A session of two weeks after the term; its first Wednesday is open."""
    monday = term.last_day + timedelta(days=14 - term.last_day.weekday())
    days = tuple(dates(monday, monday + timedelta(days=13)))
    by_clock = {
        "starts": (
            Starts(times=draw(some(MORNING, least=1))),
            Starts(grades=(9, 11), times=draw(some(MORNING, least=1))),
        ),
        "closed_days": draw(some(st.sampled_from((days[0], days[7], days[10])))),
        "reserve_days": draw(some(st.sampled_from(days[3:5]))),
        "latest_end": draw(st.sampled_from([None, time(23)])),
    }
    by_period = {
        "periods": tuple(
            ExamPeriod(date=days[2], start=clock, minutes=600, penalty=draw(st.integers(0, 9)))
            for clock in draw(some(MORNING, least=1))
        )
    }
    return Session.model_validate(
        {
            "id": key,
            "name": draw(NAMES),
            "kind": draw(st.sampled_from(["interim", "final", "retake"])),
            "first_day": days[0],
            "last_day": days[-1],
            "week_days": draw(st.none() | st.integers(5, 7)),
            "consultation_starts": draw(some(MORNING)),
            "lessons": draw(st.sampled_from(["go_on", "suspended"])),
            "published": draw(st.sampled_from([None, term.last_day, days[0]])),
            "seats_per_student": draw(st.fractions(1, 3, max_denominator=7)),
            **draw(st.sampled_from([by_clock, by_period])),
        }
    )


@st.composite
def exams(draw: st.DrawFn, key: str, session: Session, earlier: tuple[str, ...], document: Document) -> Exam:
    """An exam of students or of a size, on any day or from the first Wednesday, after and apart from earlier ones."""
    sitting = draw(of(document.ids("students")))
    return Exam.model_validate(
        {
            "id": key,
            "name": draw(NAMES),
            "session": session.id,
            "subject": draw(one_of(document.ids("subjects"))),
            "grade": draw(st.none() | GRADES),
            "students": sitting,
            "size": draw(st.none() | st.just(4)) if sitting else 4,
            "minutes": draw(st.integers(30, 240)),
            "site": draw(st.sampled_from(document.ids("sites"))) if document.sites else None,
            "most_in_part": draw(st.none() | st.just(3)),
            "same_time": draw(st.booleans()),
            "commission": draw(one_of(document.ids("commissions"))),
            "not_before": draw(st.sampled_from([None, session.first_day + timedelta(days=2)])),
            "publish_by": draw(st.sampled_from([None, session.first_day])),
            "after": draw(of(earlier)),
            "apart": draw(of(earlier)),
            **draw(st.sampled_from(FORMS)),
        }
    )


@st.composite
def requests(draw: st.DrawFn, key: str, day: date, document: Document) -> Request:
    """A request of a teacher and students on a school day of the term."""
    earliest, latest = draw(st.sampled_from([(None, None), (time(13), None), (time(13), time(17, 30))]))
    return Request(
        id=key,
        name=draw(NAMES),
        course=draw(one_of(document.ids("courses"))),
        teachers=document.ids("teachers")[:1],
        students=draw(some(st.sampled_from(document.ids("students")), least=1)),
        groups=draw(of(document.ids("groups"))),
        minutes=draw(st.integers(5, 240)),
        first_day=day,
        last_day=day,
        earliest=earliest,
        latest=latest,
        preferred=draw(some(windows(document.term.cycle))),
        avoided=draw(some(windows(document.term.cycle))),
        site=draw(one_of(document.ids("sites"))),
        agree=draw(of(document.ids("tutors"))),
        may_move=draw(st.booleans()),
        priority=draw(st.integers(1, 9)),
    )


@st.composite
def attested_documents(draw: st.DrawFn) -> Document:
    """A whole document with sessions, exams and requests in it; its parts are what the checks let pass."""
    plain = draw(documents())
    seats = st.builds(
        Seats,
        role=st.sampled_from(["chair", "examiner", "observer"]),
        candidates=st.just(plain.ids("teachers")),
        qualified=st.just(value=False),
        at_site=st.booleans(),
        may_be_vacant=st.booleans() if len(plain.teachers) > 1 else st.just(value=True),
        one_for_subject=st.booleans(),
    )
    commissions = tuple(Commission(id=key, name=draw(NAMES), seats=(draw(seats),)) for key in draw(ids(2, "C")))
    held = tuple(draw(sessions(key, plain.term)) for key in draw(ids(2, "S", 1)))
    document = plain.model_copy(update={"commissions": commissions, "sessions": held})
    listed: list[Exam] = []
    for key in draw(ids(3, "E", 1)):
        exam = draw(exams(key, draw(st.sampled_from(held)), tuple(exam.id for exam in listed), document))
        # One person is not in two parts at the same time.
        one = any(seat.one_for_subject for each in commissions if each.id == exam.commission for seat in each.seats)
        consultation = draw(NEEDS) if consultants_for(document, exam) else None
        listed.append(exam.model_copy(update={"consultation": consultation, "same_time": exam.same_time and not one}))
    sitting = dict.fromkeys(student for exam in listed for student in exam.students)
    entitlements = [
        Entitlement(
            student=student,
            extra_minutes=draw(st.integers(1, 60)),
            assistant=bool(named := draw(of(plain.ids("teachers")))),
            assistants=named,
        )
        for student in draw(of(tuple(sitting)))
    ]
    days = [day.date for day in term_days(plain.term)] if plain.students else []
    asked = [draw(requests(key, draw(st.sampled_from(days)), document)) for key in (draw(ids(2, "R")) if days else ())]
    return document.model_copy(
        update={"exams": tuple(listed), "entitlements": tuple(entitlements), "requests": tuple(asked)}
    )
