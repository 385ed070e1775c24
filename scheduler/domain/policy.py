"""Which rules hold, how much each weighs and on whose authority."""

from typing import Annotated, Any, Literal

from pydantic import Field, StringConstraints, ValidationError, ValidatorFunctionWrapHandler, WrapValidator
from pydantic_core import PydanticCustomError

from scheduler.domain.base import Day, Id, Name, Record, Text

RuleName = Annotated[str, StringConstraints(pattern=r"^[A-Za-z][A-Za-z0-9]*$", max_length=60)]


def _weight(value: Any, handler: ValidatorFunctionWrapHandler) -> Any:
    """Tell one fault for a union, not one for each of its kinds."""
    if isinstance(value, bool):
        raise _NO_WEIGHT
    try:
        return handler(value)
    except ValidationError:
        raise _NO_WEIGHT from None


def _parameter(value: Any, handler: ValidatorFunctionWrapHandler) -> Any:
    try:
        return handler(value)
    except ValidationError:
        raise _NO_PARAMETER from None


_NO_WEIGHT = PydanticCustomError("weight", "a whole number, required or off")
_NO_PARAMETER = PydanticCustomError("parameter", "words or numbers, a list of them, or a table of them")

Word = bool | int | float | Text
Parameter = Annotated[Word | list[Word] | dict[str, Word], WrapValidator(_parameter)]
"""A parameter of a rule: a word, a number, yes or no, or several; selectors are words, see `selectors`."""

Weight = Annotated[
    Annotated[int, Field(ge=0, le=1_000_000)] | Literal["required", "off"],
    WrapValidator(_weight),
]
"""What a deviation costs, or that there must be none, or that nobody counts."""


class RuleSpec(Record):
    """One rule of a policy: the name of a rule of the engine, whom it is about, its figures and its weight.

    With the id of a profile's rule and no `rule` it amends that one: the parameters that it gives take the place of the
    profile's, and so does the weight.
    """

    id: Id | None = None
    rule: RuleName | None = None
    """The rule's name, such as `AvoidGaps`; left out when a profile's rule is amended."""
    parameters: dict[str, Parameter] = Field(default_factory=dict)
    weight: Weight | None = None
    """Where it is left out: as in the profile, else required."""
    source: Text = ""
    """The regulation, table or wish that it comes from."""
    valid_from: Day | None = None
    valid_to: Day | None = None
    """The first day on which it no longer holds."""
    verified: bool = True
    """Whether the figures were checked against the source."""
    remarks: Text = ""


class Policy(Record):
    """Profiles by name, and the institution's own rules after them."""

    profiles: tuple[Name, ...] = ("default",)
    rules: tuple[RuleSpec, ...] = ()
