"""When to stop: plain callables that are asked again and again."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from time import monotonic

Stop = Callable[[], bool]
"""Says whether to stop now; every answer after the first True must be True."""


def never() -> bool:
    """Go on for as long as it takes."""
    return False


@dataclass
class MaxSeconds:
    """Stop when so many seconds have passed since this was made."""

    seconds: float
    now: Callable[[], float] = monotonic
    begun: float = field(init=False)

    def __post_init__(self) -> None:
        self.begun = self.now()

    def __call__(self) -> bool:
        return self.now() - self.begun >= self.seconds


@dataclass(frozen=True)
class AnyOf:
    """Stop as soon as one of several says so."""

    stops: tuple[Stop, ...]

    def __call__(self) -> bool:
        return any(stop() for stop in self.stops)
