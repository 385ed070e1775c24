"""The rule: one sentence, three voices.

A rule is one frozen dataclass. Its fields say what it is about, in whole numbers; the annotated types below (`Events`,
`Resources`, ...) tell `scheduler.compile` how to resolve a selector in words, and the tests how to draw one at random.

- `say` is the rule in a registrar's words;
- `encode` yields its excesses in the model's verbs; a rule that has one of the seven shapes (`solver.tables`) writes
  `tables` instead, and both engines read those;
- `check` recounts the rule by hand from its definition over plain placements; it uses no table, no model, no search.

Required or weighted is decided once, here: authors write one formulation of the excess.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Container, Iterator
from dataclasses import dataclass, field, fields
from typing import TYPE_CHECKING, Annotated, ClassVar, get_type_hints

from solver.sentence import Sentence, Thing

if TYPE_CHECKING:
    from solver.linear import Linear
    from solver.model import Model
    from solver.problem import Assignment, Problem
    from solver.tables import Row

Events = Annotated[tuple[int, ...], "events"]
Resources = Annotated[tuple[int, ...], "resources"]
Choices = Annotated[tuple[int, ...], "choices"]
Demands = Annotated[tuple[int, ...], "demands"]
Units = Annotated[tuple[int, ...], "units"]
Days = Annotated[tuple[int, ...], "days"]
Ticks = Annotated[frozenset[int], "ticks"]
Amounts = Annotated[tuple[tuple[int, int], ...], "amounts"]
"""Pairs of (attendance, amount): what the event counts for that resource, such as lessons, minutes or points."""
OptionsOfEvents = Annotated[tuple[tuple[int, int], ...], "options of events"]
"""Pairs of (event, option)."""
Picks = Annotated[tuple[tuple[int, int], ...], "picks"]
"""Pairs of (choice, alternative)."""
UnitsOfDemands = Annotated[tuple[tuple[int, int], ...], "units of demands"]
"""Pairs of (demand, unit)."""
PricesOfTicks = Annotated[tuple[tuple[int, int], ...], "prices of ticks"]
"""Pairs of (tick, price)."""
PricesOfUnits = Annotated[tuple[tuple[int, int], ...], "prices of units"]
"""Pairs of (unit, price)."""
Prices = Annotated[tuple[int, ...], "prices"]
"""Prices by distance, that of distance 1 first; further apart costs nothing."""
Lengths = Annotated[tuple[int, ...], "lengths"]
"""For each of the rule's demands how long it lasts, in whatever unit."""
Claims = Annotated[tuple[int, ...], "claims"]
"""For each of the rule's demands what it counts to go without, at least 1; empty where each counts 1."""


class _All(Container[int]):
    def __contains__(self, event: object) -> bool:
        return True


ALL: Container[int] = _All()
"""Every event: what `check` recounts unless it is told which events were touched."""


@dataclass(frozen=True)
class Deviation:
    """By how much a rule is missed at one place.

    Attributes
    ----------
    amount : int
        At least 1.
    sentence : Sentence
        What is wrong, in words.
    where : Thing
        The application: the thing at which the rule is missed.
    """

    amount: int
    sentence: Sentence
    where: Thing


@dataclass(frozen=True, kw_only=True)
class Rule(ABC):
    """One requirement (`weight` is None) or wish (cost = weight x deviation).

    Subclasses register themselves; `about_units` marks the rules that speak of named rooms and workstations. In a
    named model their `encode` is called; part of the counted one are their rows, or their `encode` where they are `counted`.
    The rows of those that speak `by_name` have units given as a condition: the local search sees them, the counted model
    does not. Rules of `shared` units have a field `demands`, which may be in one unit together. Those that say what is one and
    the same time give way last where it is asked which required rules have to.
    """

    weight: int | None = None
    ident: str = field(default="", compare=False)

    about_units: ClassVar[bool] = False
    counted: ClassVar[bool] = False
    by_name: ClassVar[bool] = False
    shared: ClassVar[bool] = False
    gives_way_last: ClassVar[bool] = False
    registered: ClassVar[dict[str, type[Rule]]] = {}

    def __init_subclass__(cls, **kwargs: object) -> None:
        super().__init_subclass__(**kwargs)
        if cls.__name__ in Rule.registered:
            existing = Rule.registered[cls.__name__]
            if (existing.__module__, existing.__qualname__) != (cls.__module__, cls.__qualname__):
                raise TypeError(f"A rule named {cls.__name__} stands already in {existing.__module__}.")
        Rule.registered[cls.__name__] = cls

    @property
    def required(self) -> bool:
        """Whether it must hold."""
        return self.weight is None

    @abstractmethod
    def say(self) -> Sentence:
        """Return the rule in a registrar's words."""

    def tables(self, problem: Problem) -> Iterator[tuple[Thing, Row]]:
        """Yield the rule's rows, each with its application; rules of none of the seven shapes write `encode` instead."""
        raise NotImplementedError(f"{type(self).__name__} has neither tables nor an encoding of its own")

    def encode(self, m: Model) -> Iterator[tuple[Thing, Linear]]:
        """Yield expressions, each with its application; the positive part of each is the excess.

        Rules without tables override this. It must give the right expressions also where most events are fixed: the
        model's verbs then return constants.
        """
        for where, row in m.tables.rows(self):
            for excess in row.encode(m):
                yield where, excess

    @abstractmethod
    def check(self, problem: Problem, assignment: Assignment, touching: Container[int] = ALL) -> Iterator[Deviation]:
        """Yield where and by how much the rule is missed.

        With `touching`, only applications that these events can change need be recounted (more may be).
        """

    def has_tables(self, problem: Problem) -> bool:  # noqa: ARG002 - some rules decide by the problem
        """Whether the rule is of one of the seven shapes here, so that the local search sees it."""
        return type(self).tables is not Rule.tables

    @classmethod
    def summary(cls) -> str:
        """Return the first line of the docstring: the rule as a registrar would say it."""
        return (cls.__doc__ or "").strip().splitlines()[0]

    @classmethod
    def field_kinds(cls) -> dict[str, str]:
        """Return for each field that selects something what it selects: events, resources, days, amounts, ..."""
        hints = get_type_hints(cls, include_extras=True)
        return {
            entry.name: hints[entry.name].__metadata__[0]
            for entry in fields(cls)
            if hasattr(hints[entry.name], "__metadata__")
        }

    def events_touched(self, problem: Problem) -> frozenset[int]:
        """Return the events that can change what this rule counts, read off the annotated fields."""
        attendances = problem.attendances
        touched: set[int] = set()
        for name, kind in self.field_kinds().items():
            value = getattr(self, name)
            match kind:
                case "events":
                    touched.update(value)
                case "resources":
                    touched.update(attendances[a].event for r in value for a in problem.attendances_of_resource[r])
                case "amounts":
                    touched.update(attendances[a].event for a, _ in value)
                case "demands":
                    touched.update(problem.demands[d].event for d in value)
                case "choices":
                    touched.update(attendances[a].event for c in value for a in problem.attendances_of_choice[c])
                case "options of events":
                    touched.update(event for event, _ in value)
                case "picks":
                    touched.update(attendances[a].event for c, _ in value for a in problem.attendances_of_choice[c])
                case "units of demands":
                    touched.update(problem.demands[d].event for d, _ in value)
        return frozenset(touched)
