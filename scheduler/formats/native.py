"""The native documents: a term and a timetable, in YAML or JSON."""

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
from scheduler.domain.timetable import Timetable
from scheduler.errors import BadInput, Fault, Place, refuse
from scheduler.formats import plain
from solver.sentence import sentence

Model = TypeVar("Model", bound=Record)


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


def _read(path: Path, model: type[Model]) -> Model:
    data = plain.load(path)
    try:
        return validated(data, model)
    except BadInput as bad:
        raise BadInput(fault.within(str(path)) for fault in bad.faults) from None


def validated(data: Any, model: type[Model]) -> Model:
    """Make a document or a timetable of plain data.

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


def tell(model: Document | Timetable) -> dict[str, Any]:
    """Return a document or a timetable as plain data; what is as it is by default is left out."""
    return {"format": model.format, **model.model_dump(mode="json", exclude_defaults=True)}


def dumps(model: Document | Timetable, *, as_json: bool = False) -> str:
    """Write a document or a timetable as text, YAML unless JSON is asked for."""
    if as_json:
        return json.dumps(tell(model), ensure_ascii=False, indent=1) + "\n"
    dumper = getattr(yaml, "CSafeDumper", yaml.SafeDumper)
    return str(yaml.dump(tell(model), Dumper=dumper, allow_unicode=True, sort_keys=False, width=120))


def write(model: Document | Timetable, path: Path) -> None:
    """Write a document or a timetable to a file, as JSON if its name ends so, else as YAML."""
    path.write_text(dumps(model, as_json=path.suffix.lower() == ".json"), encoding="utf-8", newline="\n")


def digest(document: Document) -> str:
    """Return the SHA-256 of a document's canonical form: what it says, however it was written down."""
    canonical = json.dumps(tell(document), ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(canonical.encode()).hexdigest()
