"""Which rules hold, how much each weighs and on whose authority."""

from typing import Annotated, Any, Literal

from pydantic import Field, StringConstraints, ValidationError, ValidatorFunctionWrapHandler, WrapValidator
from pydantic_core import PydanticCustomError

from scheduler.domain.base import Clock, Count, Day, Id, Name, Record, Text

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
    """Profiles by name, after `default`, which is always there where any is named; then the institution's own rules."""

    profiles: tuple[Name, ...] = ("default",)
    rules: tuple[RuleSpec, ...] = ()


Grades = Annotated[str, StringConstraints(pattern=r"^\d{1,2}(-\d{1,2})?(,\d{1,2}(-\d{1,2})?)*$")]
"""Some grades, as people write them: `5`, `5-9`, `1,5,9-11`."""


def grades_of(text: str) -> frozenset[int]:
    """Read some grades; none written means all."""
    found: set[int] = set()
    for part in filter(None, text.split(",")):
        first, _, last = part.partition("-")
        found.update(range(int(first), int(last or first) + 1))
    return frozenset(found) if text else frozenset(range(14))


class ProfileRule(RuleSpec):
    """A rule of a profile; always named."""

    id: Id
    rule: RuleName
    weight: Weight
    week_days: Literal[5, 6] | None = None
    """Only where a school week has so many days."""


class Figure(Record):
    """A figure that no timetable can miss or keep, because the document itself does: bells, lengths of lessons."""

    id: Id
    about: Literal[
        "lesson_minutes",
        "screen_minutes",
        "break_minutes",
        "long_break",
        "day_start",
        "day_end",
        "first_period",
        "first_shift",
    ]
    """Minutes of a lesson; before a screen in a lesson; of a break; of the long one; the clock of the day's first bell
    and its last; the number of the first period; which grades must begin in the first shift."""
    grades: Grades | Literal[""] = ""
    """None named means all."""
    mode: Literal["online", "site"] | None = None
    """Only lessons that are held so."""
    least: Count | None = None
    most: Count | None = None
    after: tuple[int, ...] = ()
    """After which lessons the long break is."""
    time: Clock | None = None
    """The clock of the day's start or end; by when a shift that is the first has begun."""
    weight: Weight = "required"
    """`off` where it is not looked at; any other weight looks at it."""
    source: Text = ""
    verified: bool = True
    remarks: Text = ""


class DifficultyRow(Record):
    """One subject's points in a profile's table of difficulty."""

    id: Id
    names: tuple[Name, ...]
    """What subjects of this row are called, whatever the case of letters."""
    points: dict[Grades, Count]
    unverified: tuple[Grades, ...] = ()
    """Grades whose figures were not checked against the source."""


About = Literal["term", "session"]


class Profile(Record):
    """Rules, figures and tables of an authority, with the dates between which they are in force."""

    format: Literal["zvonok-profile/1"] = "zvonok-profile/1"
    id: Id
    name: Name = ""
    about: About = "term"
    """Whether a term's policy names it, or a session of exams."""
    source: Text = ""
    valid_from: Day | None = None
    valid_to: Day | None = None
    """The first day on which it is no longer in force."""
    rules: tuple[ProfileRule, ...] = ()
    figures: tuple[Figure, ...] = ()
    difficulty: tuple[DifficultyRow, ...] = ()
