"""Documents that differ from a whole one in some fields."""

from typing import Any

from scheduler.domain.document import Document


def changed(whole: dict[str, Any], changes: dict[str, Any]) -> Document:
    """Make a document of plain data with fields changed: `students__0__plan` stands for `students[0].plan`."""
    data = Document.model_validate(whole).model_dump(mode="json", exclude_defaults=True)
    for way, value in changes.items():
        at: Any = data
        *most, last = [int(part) if part.isdigit() else part for part in way.split("__")]
        for part in most:
            at = at.setdefault(part, {}) if isinstance(part, str) else at[part]
        at[last] = value
    return Document.model_validate(data)
