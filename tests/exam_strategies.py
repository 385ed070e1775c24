"""Sessions, exams, commissions, entitlements and requests drawn at random."""

from collections.abc import Iterable
from datetime import date, time
from fractions import Fraction
from types import NoneType, UnionType
from typing import Annotated, Any, Literal, TypeVar, Union, get_args, get_origin

from annotated_types import Ge, Le, MinLen
from hypothesis import strategies as st
from pydantic import StringConstraints
from pydantic.fields import FieldInfo

from scheduler.domain.base import Record
from scheduler.domain.calendar import Term
from scheduler.domain.courses import RoomNeed
from scheduler.domain.document import Document
from scheduler.domain.exams import Commission, Entitlement, Exam, Request, Session
from tests.strategies import CLOCKS, FEATURES, IDS, NAMES, PRINTED, RULES, SMALL, ids, some

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
    if annotation is str:
        return _texts(next(limit for limit in limits if isinstance(limit, StringConstraints)))
    if issubclass(annotation, Record):
        return records(annotation)
    plain: dict[type, st.SearchStrategy[Any]] = {
        NoneType: st.none(),
        bool: st.booleans(),
        int: st.integers(low, high),
        Fraction: st.fractions(low, high, max_denominator=1000),
        date: st.dates(),
        time: CLOCKS,
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
