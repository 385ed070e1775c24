"""What a file of another program asks for and nobody looked at, in words and for programs."""

from collections.abc import Iterable
from typing import Final

from scheduler.domain.document import LeftOut
from scheduler.texts import N_, Texts

WORDS: Final = (N_("a choice between real and virtual rooms"), N_("a choice among virtual rooms"))
"""What no constraint's own name tells."""


def each_told(texts: Texts, left_out: Iterable[LeftOut]) -> list[str]:
    """Tell each thing with how many there are: ``3 × ConstraintFoo``."""
    return [f"{texts.number(one.count)} × {texts(one.what)}" for one in left_out]


def line(texts: Texts, left_out: Iterable[LeftOut]) -> tuple[str, ...]:
    """Tell all of it in a line; none where nothing was left out."""
    told = each_told(texts, left_out)
    return (texts("Not looked at: {things}.", things=", ".join(told)),) if told else ()


def as_data(left_out: Iterable[LeftOut]) -> dict[str, object]:
    """Return all of it as a report's data have it."""
    return {"left_out": [one.model_dump(mode="json") for one in left_out]}
