"""What all models share: frozen records, short ids, exact numbers."""

from collections.abc import Mapping
from datetime import date, datetime, time
from decimal import Decimal
from fractions import Fraction
from typing import Annotated, Any, Literal, Self

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    PlainSerializer,
    StringConstraints,
    WithJsonSchema,
)
from pydantic_core import PydanticCustomError


class Record(BaseModel):
    """A frozen part of a document; a field nobody knows is a fault, not a note."""

    model_config = ConfigDict(frozen=True, extra="forbid", use_attribute_docstrings=True, allow_inf_nan=False)

    def model_copy(self, *, update: Mapping[str, Any] | None = None, deep: bool = False) -> Self:
        """Return a copy with some fields changed; what was worked out from the original is not copied."""
        copied = super().model_copy(update=update, deep=deep)
        for name in copied.__dict__.keys() - type(self).model_fields.keys():
            del copied.__dict__[name]
        return copied


_NO_NUMBER = PydanticCustomError("no_number", "a number such as 2, 0.5 or 1/2")
_NO_TIME = PydanticCustomError("no_time", "a date such as 2026-09-01 or a time such as 08:30")


def _exact(value: Any) -> Any:
    """Read 2, 0.5, "0,5" or "1/2" as the number that is written, never as the nearest binary one."""
    match value:
        case bool():
            raise _NO_NUMBER
        case Fraction() | int():
            return Fraction(value)
        case float() | Decimal():
            return Fraction(str(value))
        case str() if len(value) <= 32:
            numerator, slash, denominator = value.strip().replace(",", ".").partition("/")
            try:
                return Fraction(Decimal(numerator)) / (Fraction(Decimal(denominator)) if slash else 1)
            except (ArithmeticError, ValueError):
                pass
    raise _NO_NUMBER


def tell_exact(value: Fraction) -> int | float | str:
    """Write an exact number as people do: 2, 0.5, "1/3"."""
    if value.denominator == 1:
        return value.numerator
    if value.denominator in {2, 4, 5, 8, 10, 20}:
        return float(value)  # its shortest decimal is read back as the same fraction
    return f"{value.numerator}/{value.denominator}"


Exact = Annotated[
    Fraction,
    BeforeValidator(_exact),
    PlainSerializer(tell_exact, return_type=int | float | str),
    WithJsonSchema({"anyOf": [{"type": "number"}, {"type": "string", "pattern": r"^\d+([.,]\d+|/\d+)?$"}]}),
]
"""A number without rounding: 2, 0.5, "1/2"."""


def _word(value: Any) -> Any:
    """Take a bare number for a name: a file may well call a group 9."""
    return str(value) if type(value) is int else value


Id = Annotated[
    str, BeforeValidator(_word), StringConstraints(pattern=r"^[^\s,;=/\\\x00-\x1f\x7f]+$", min_length=1, max_length=60)
]
"""A short name that is used to refer to something: no spaces, commas, semicolons, equals signs or slashes."""

Name = Annotated[str, StringConstraints(strip_whitespace=True, max_length=300, pattern=r"^[^\x00-\x1f\x7f]*$")]
"""What people read; the id stands in its place where it is empty."""

Label = Annotated[str, StringConstraints(max_length=300, pattern=r"^[^\x00-\x1f\x7f]*$")]
"""A name with all its spaces, by which another program knows something."""

Text = Annotated[str, StringConstraints(max_length=4000)]
"""A remark."""

Feature = Annotated[str, StringConstraints(pattern=r"^[^\s,;=\x00-\x1f\x7f]+$", min_length=1, max_length=60)]
"""What a room or a workstation offers: `camera`, `headset`, `screen-reader`, `lab`."""

Grade = Annotated[int, Field(ge=0, le=13)]
"""A year of school, 1-11 in Russia; 0 before school."""

Count = Annotated[int, Field(ge=0, le=1_000_000)]
"""How many."""

Minutes = Annotated[int, Field(ge=0, le=7 * 24 * 60)]
"""How long."""

Week = Annotated[int, Field(ge=1, le=5)]
"""A week of the cycle, counted from 1."""

Weekday = Literal["mon", "tue", "wed", "thu", "fri", "sat", "sun"]

WEEKDAYS: tuple[Weekday, ...] = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
"""In the order of `date.weekday()`."""


def _not_a_number(value: Any) -> Any:
    """Refuse what pydantic would take for seconds since an epoch or since midnight."""
    if isinstance(value, (int, float)):
        raise _NO_TIME
    return value


Day = Annotated[date, BeforeValidator(_not_a_number)]
"""A date, 2026-09-01."""


def _whole_minute(value: time) -> time:
    if value.second or value.microsecond or value.tzinfo is not None:
        raise _NO_TIME
    return value


Clock = Annotated[
    time,
    BeforeValidator(_not_a_number),
    AfterValidator(_whole_minute),
    PlainSerializer(lambda value: value.strftime("%H:%M"), return_type=str),
    WithJsonSchema({"type": "string", "pattern": r"^([01]\d|2[0-3]):[0-5]\d$"}),
]
"""A time of day at the place that is spoken of, to the minute, 08:30."""

Instant = Annotated[datetime, BeforeValidator(_not_a_number)]
"""A date and time with its offset, 2026-09-01T08:30:00+03:00."""

TimeZone = Annotated[str, StringConstraints(min_length=1, max_length=60)]
"""An IANA name such as Europe/Moscow."""
