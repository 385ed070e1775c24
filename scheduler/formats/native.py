"""The native documents: a term, a timetable and a session's plan, in YAML or JSON."""

import hashlib
import json
from pathlib import Path
from typing import Any, TypeVar

import yaml
from pydantic import ValidationError

from scheduler.domain.base import Record
from scheduler.domain.check import check
from scheduler.domain.document import Document
from scheduler.domain.faults import faults_of
from scheduler.domain.session_plan import SessionPlan
from scheduler.domain.timetable import Timetable
from scheduler.errors import BadInput, Fault, Place, refuse
from scheduler.formats import plain
from solver.sentence import sentence

Model = TypeVar("Model", bound=Record)

Written = Document | Timetable | SessionPlan


def recognise(head: bytes, name: str) -> bool:
    """Whether a file is text that may be YAML or JSON: no archive, no markup, nothing with zero bytes."""
    del name
    text = head.removeprefix(b"\xef\xbb\xbf").lstrip()
    return bool(text) and b"\x00" not in head and not text.startswith((b"PK\x03\x04", b"<", b"%PDF"))


def read(path: Path) -> Document:
    """Read a term's document and check it.

    Raises
    ------
    BadInput
        With every fault, if it cannot be read or contradicts itself.
    """
    document = _read(path, Document)
    refuse(fault.within(str(path)) for fault in check(document))
    return document


def read_timetable(path: Path) -> Timetable:
    """Read a timetable.

    Raises
    ------
    BadInput
        With every fault of its form.
    """
    return _read(path, Timetable)


def read_session_plan(path: Path) -> SessionPlan:
    """Read a session's plan.

    Raises
    ------
    BadInput
        With every fault of its form.
    """
    return _read(path, SessionPlan)


def read_result(path: Path) -> Timetable | SessionPlan:
    """Read a timetable or a session's plan, as its format says; a timetable where it says nothing.

    Raises
    ------
    BadInput
        With every fault of its form.
    """
    data = plain.load(path)
    planned = isinstance(data, dict) and data.get("format") == SessionPlan.model_fields["format"].default
    return _made(path, data, SessionPlan) if planned else _made(path, data, Timetable)


def _read(path: Path, model: type[Model]) -> Model:
    return _made(path, plain.load(path), model)


def _made(path: Path, data: Any, model: type[Model]) -> Model:
    try:
        return validated(data, model)
    except BadInput as bad:
        raise BadInput(fault.within(str(path)) for fault in bad.faults) from None


def validated(data: Any, model: type[Model]) -> Model:
    """Make a document, a timetable or a session's plan of plain data.

    Raises
    ------
    BadInput
        With every fault of its form, each with its field.
    """
    if not isinstance(data, dict):
        raise BadInput([Fault(Place(), sentence("The file must hold a table of fields."))])
    kind = str(model.model_fields["format"].default)
    if data.get("format", kind) != kind:
        must = sentence("The format ({format}) must be {expected}.", format=str(data["format"]), expected=kind)
        raise BadInput([Fault(Place(path="format"), must)])
    try:
        return model.model_validate(data)
    except ValidationError as error:
        raise BadInput(faults_of(error, model)) from None


def tell(model: Written) -> dict[str, Any]:
    """Return a document, a timetable or a plan as plain data; what is as it is by default is left out."""
    return {"format": model.format, **model.model_dump(mode="json", exclude_defaults=True)}


def dumps(model: Written, *, as_json: bool = False) -> str:
    """Write a document, a timetable or a plan as text, YAML unless JSON is asked for."""
    if as_json:
        return json.dumps(tell(model), ensure_ascii=False, indent=1) + "\n"
    dumper = getattr(yaml, "CSafeDumper", yaml.SafeDumper)
    return str(yaml.dump(tell(model), Dumper=dumper, allow_unicode=True, sort_keys=False, width=120))


def write(model: Written, path: Path) -> None:
    """Write a document, a timetable or a plan to a file, as JSON if its name ends so, else as YAML."""
    path.write_text(dumps(model, as_json=path.suffix.lower() == ".json"), encoding="utf-8", newline="\n")


def digest(model: Written) -> str:
    """Return the SHA-256 of the canonical form of a document, a timetable or a plan: what it says, however written."""
    canonical = json.dumps(tell(model), ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(canonical.encode()).hexdigest()
