"""Which rules hold, how much each weighs and on whose authority."""

from typing import Annotated, Literal

from pydantic import Field, StringConstraints

from scheduler.domain.base import Day, Id, Name, Record, Text

RuleName = Annotated[str, StringConstraints(pattern=r"^[A-Za-z][A-Za-z0-9]*$", max_length=60)]

Word = bool | int | float | Text
Parameter = Word | list[Word] | dict[str, Word]
"""A parameter of a rule: a word, a number, yes or no, or several; selectors are words, see `selectors`."""

Weight = Annotated[int, Field(ge=0, le=1_000_000)] | Literal["required", "off"]
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
