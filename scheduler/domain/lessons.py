"""How hours a week become the events of a cycle."""

from dataclasses import dataclass
from fractions import Fraction


@dataclass(frozen=True, slots=True)
class Lesson:
    """One event that a course needs in a cycle.

    Attributes
    ----------
    number : int
        Its number in the section, counted from 1.
    periods : int
        How many periods it lasts.
    weeks : tuple of tuple of int
        The ways to choose the weeks in which it is held, at the same time in each: `((1, 2),)` is every week,
        `((1,), (2,))` every other week.
    """

    number: int
    periods: int
    weeks: tuple[tuple[int, ...], ...]


def fits(hours: Fraction, split: tuple[int, ...], cycle: int) -> bool:
    """Whether the hours of a cycle are used up by whole lessons."""
    periods = hours * cycle
    return periods.denominator == 1 and periods.numerator % sum(split) == 0


def lessons(hours: Fraction, split: tuple[int, ...], cycle: int) -> tuple[Lesson, ...]:
    """Divide hours a week into events: those of every week first, then those of some weeks only.

    Raises
    ------
    ValueError
        If the hours of a cycle are not used up by whole lessons; `fits` tells before.
    """
    if not fits(hours, split, cycle):
        raise ValueError(f"{hours} hours a week are no whole number of lessons ({split}) in {cycle} weeks")
    rounds = (hours * cycle).numerator // sum(split)
    every, some = [], []
    for periods in dict.fromkeys(split):
        weekly, rest = divmod(rounds * split.count(periods), cycle)
        every += [(periods, cycle)] * weekly
        some += [(periods, rest)] if rest else []
    return tuple(
        Lesson(number, periods, _weeks(held, cycle)) for number, (periods, held) in enumerate(every + some, start=1)
    )


def _weeks(held: int, cycle: int) -> tuple[tuple[int, ...], ...]:
    """Choose weeks evenly: one of two, two of four with a week between them."""
    evenly = [index * cycle // held for index in range(held)]
    turned = {tuple(sorted((week + by) % cycle + 1 for week in evenly)) for by in range(cycle)}
    return tuple(sorted(turned))
