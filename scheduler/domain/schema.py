"""The JSON Schemas of what is read and written, for editors and other programs."""

from typing import Any, Literal

from scheduler.domain.base import Record
from scheduler.domain.document import Document
from scheduler.domain.session_plan import SessionPlan
from scheduler.domain.timetable import Timetable

Kind = Literal["document", "timetable", "session"]

MODELS: dict[Kind, type[Record]] = {"document": Document, "timetable": Timetable, "session": SessionPlan}


def json_schema(kind: Kind = "document") -> dict[str, Any]:
    """Return the JSON Schema of a term's document, of a timetable or of a session's plan."""
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", **MODELS[kind].model_json_schema()}
