"""The JSON Schemas of what is read and written, for editors and other programs."""

from typing import Any, Literal

from scheduler.domain.document import Document
from scheduler.domain.timetable import Timetable


def json_schema(kind: Literal["document", "timetable"] = "document") -> dict[str, Any]:
    """Return the JSON Schema of a term's document or of a timetable."""
    model = Document if kind == "document" else Timetable
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", **model.model_json_schema()}
