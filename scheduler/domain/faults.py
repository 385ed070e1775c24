"""What pydantic finds wrong, told in our words: the field, what must hold, what might help."""

from collections.abc import Iterable, Mapping
from datetime import date, time
from difflib import get_close_matches
from fractions import Fraction
from typing import Any

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from scheduler.domain.base import tell_exact
from scheduler.errors import Fault, Place
from solver.sentence import Sentence, sentence


def field_path(parts: Iterable[int | str]) -> str:
    """Write the way to a field: `students[3].plan[0].course`."""
    path = ""
    for part in parts:
        path += f"[{part}]" if isinstance(part, int) else f".{part}" if path else str(part)
    return path


def at(*way: int | str) -> Place:
    """Return the place of a field, by the way to it."""
    return Place(path=field_path(way))


def maybe(word: str, known: Iterable[str]) -> Sentence | None:
    """Say which known word may have been meant, if one is near."""
    options = list(known)
    folded: dict[str, str] = {}
    for option in options:
        folded.setdefault(option.casefold(), option)
    near = get_close_matches(word, options, n=1, cutoff=0.6)
    if not near:
        near = [folded[match] for match in get_close_matches(word.casefold(), folded, n=1, cutoff=0.6)]
    return sentence("Maybe “{near}” was meant.", near=near[0]) if near else None


def faults_of(error: ValidationError, model: type[BaseModel], prefix: tuple[int | str, ...] = ()) -> tuple[Fault, ...]:
    """Tell every error of a validation as a fault.

    Parameters
    ----------
    error
        What pydantic raised.
    model
        The model that was to be read.
    prefix
        The way from the document to what was read.
    """
    return tuple(_fault(details, model, prefix) for details in error.errors(include_url=False))


def _fault(details: ErrorDetails, model: type[BaseModel], prefix: tuple[int | str, ...]) -> Fault:
    way = tuple(part for part in details["loc"] if part != "[key]")
    place = Place(path=field_path((*prefix, *way)) or None)
    if details["type"] == "extra_forbidden":
        name = str(way[-1])
        return Fault(
            place, sentence("There is no field “{name}” here.", name=name), maybe(name, _fields(model, way[:-1]))
        )
    return Fault(
        place, _must(details["type"], details.get("ctx", {}), _shown(details["input"]), str(way[-1:] and way[-1]))
    )


def _fields(model: type[BaseModel], way: tuple[int | str, ...]) -> list[str]:
    """List the fields of the model at the end of a way."""
    at: Any = model
    for part in way:
        if isinstance(part, str):
            fields: Mapping[str, Any] = getattr(at, "model_fields", {})
            if part not in fields:
                return []
            at = _model_in(fields[part].annotation)
    return list(getattr(at, "model_fields", {}))


def _model_in(annotation: Any) -> Any:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return annotation
    return next((found for inner in getattr(annotation, "__args__", ()) if (found := _model_in(inner))), None)


def _shown(value: Any) -> str:
    if isinstance(value, Fraction):
        value = tell_exact(value)
    text = str(value) if isinstance(value, (str, int, float, date, time)) else "…"
    return text if len(text) <= 60 else text[:57] + "…"


def _must(kind: str, context: Mapping[str, Any], value: str, field: str) -> Sentence:
    limit = context.get("ge", context.get("gt", context.get("le", context.get("lt"))))
    match kind:
        case "missing":
            return sentence("The field “{field}” must be given.", field=field)
        case "greater_than_equal":
            return sentence("The value ({value}) must be at least {limit}.", value=value, limit=limit)
        case "greater_than":
            return sentence("The value ({value}) must be more than {limit}.", value=value, limit=limit)
        case "less_than_equal":
            return sentence("The value ({value}) must be at most {limit}.", value=value, limit=limit)
        case "int_type" | "int_parsing" | "int_from_float" | "int_parsing_size":
            return sentence("The value ({value}) must be a whole number.", value=value)
        case "float_type" | "float_parsing" | "finite_number":
            return sentence("The value ({value}) must be a number.", value=value)
        case "no_number":
            return sentence("The value ({value}) must be a number such as 2, 0.5 or 1/2.", value=value)
        case "bool_type" | "bool_parsing":
            return sentence("The value ({value}) must be true or false.", value=value)
        case "literal_error":
            return sentence(
                "The value ({value}) must be one of {expected}.", value=value, expected=_words(context["expected"])
            )
        case "string_pattern_mismatch" if "#" in str(context.get("pattern")):
            return sentence("The colour ({value}) must be written as #RRGGBB.", value=value)
        case "string_pattern_mismatch" if ",;=" in str(context.get("pattern")):
            return sentence(
                "The name ({value}) must have no spaces, commas, semicolons, equals signs or slashes.", value=value
            )
        case "string_pattern_mismatch" if "A-Za-z" in str(context.get("pattern")):
            return sentence("“{value}” must be the name of a rule, such as AvoidGaps.", value=value)
        case "string_pattern_mismatch":
            return sentence("The text ({value}) must have no line breaks or other control characters.", value=value)
        case "string_too_long":
            return sentence(
                "The text ({value}) must have at most {n} characters.", value=value, n=context["max_length"]
            )
        case "string_too_short":
            return sentence("The name must not be empty.")
        case "string_type" | "string_unicode":
            return sentence("The value ({value}) must be a text.", value=value)
        case "tuple_type" | "list_type":
            return sentence("The value ({value}) must be a list.", value=value)
        case "too_short":
            return sentence("The list must not be empty.")
        case "too_long":
            return sentence("The list must have at most {n} items.", n=context["max_length"])
        case "dict_type" | "model_type" | "model_attributes_type":
            return sentence("The value ({value}) must be a table of fields.", value=value)
        case "sections":
            return sentence("The most students of a section must not be fewer than the least.")
        case "weight":
            return sentence("The weight ({value}) must be a whole number from 0, required or off.", value=value)
        case "parameter":
            return sentence("The parameter must be a word or a number, a list of them, or a table of them.")
        case _ if kind.startswith("date"):
            return sentence("The value ({value}) must be a date such as 2026-09-01.", value=value)
        case "no_time" | "time_parsing" | "time_type":
            return sentence(
                "The value ({value}) must be a date such as 2026-09-01 or a time such as 08:30.", value=value
            )
        case _:
            return sentence("The value ({value}) must be of another kind ({kind}).", value=value, kind=kind)


def _words(expected: object) -> tuple[str, ...]:
    """Take pydantic's list of words apart: `'a', 'b' or 'c'`."""
    return tuple(str(expected).replace("'", "").replace(" or ", ", ").split(", "))
