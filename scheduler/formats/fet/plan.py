"""Rules gathered while constraints are read: those that differ only in whom they are about become one rule of a policy."""

from __future__ import annotations

from decimal import Decimal, InvalidOperation
from typing import TYPE_CHECKING, Any, Literal

from scheduler.domain.base import WEEKDAYS
from scheduler.domain.policy import RuleSpec
from solver.sentence import sentence

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Iterator

    from scheduler.domain.policy import Word
    from scheduler.formats.fet.markup import Node
    from scheduler.formats.fet.names import Names
    from scheduler.formats.fet.school import Cell, School

    Reader = Callable[["Plan", Node, str], None]
    """Reads a constraint of that name into the plan."""

SCALE = 100
"""Weight of a rule for one per cent: a conflict at 95 % costs 9500, so that 10,000 is one of FET's soft conflicts."""

AT_ONCE = 50
"""Names in one selector."""

Weight = int | Literal["required"]
Preferred = tuple[Weight, tuple[str, ...]]
Given = tuple[tuple[str, Any], ...]


def registering(readers: dict[str, Reader]) -> Callable[..., Callable[[Reader], Reader]]:
    """Return a decorator that puts what reads some constraints, told by their names, into a table."""

    def reads(*names: str) -> Callable[[Reader], Reader]:
        def register(reader: Reader) -> Reader:
            readers.update(dict.fromkeys(names, reader))
            return reader

        return register

    return reads


class Plan:
    """The rules so far, by what they say and what they weigh.

    Attributes
    ----------
    breaks : set of tuple of int
        Times at which nothing is held.
    away : dict of str to set of tuple of int
        Times at which a teacher, or students, are not available: by kind and FET's name.
    shut : dict of str to set of tuple of int
        Times at which a room is not available.
    rooms : dict of int to list of (int or "required", tuple of str)
        For each activity its preferred rooms, constraint by constraint.
    homes : dict of int to list of (int or "required", tuple of str)
        For each activity its home rooms.
    real : dict of int to tuple of str
        For each activity in a virtual room the real rooms that it is to have, where they are told.
    """

    def __init__(self, school: School, names: Names) -> None:
        self.school = school
        self.names = names
        self.breaks: set[Cell] = set()
        self.away: dict[tuple[str, str], set[Cell]] = {}
        self.shut: dict[str, set[Cell]] = {}
        self.rooms: dict[int, list[Preferred]] = {}
        self.homes: dict[int, list[Preferred]] = {}
        self.real: dict[int, tuple[str, ...]] = {}
        self._rules: dict[tuple[str, str, Given, Weight], dict[str, list[Word]]] = {}

    # --- what a constraint says -------------------------------------------------------------------------------------

    def weight(self, node: Node) -> Weight:
        """Return what a constraint weighs: required at 100 per cent, else hundredths of per cents."""
        text = (node.say("Weight_Percentage") or node.say("Weight")).strip()
        try:
            value = Decimal(text)
        except InvalidOperation:
            value = Decimal(-1)
        if not 0 <= value <= 100:
            must = sentence("The weight ({value}) must be a number of per cents from 0 to 100.", value=text[:40])
            self.school.fault(node, must)
            return "required"
        return "required" if value == 100 else round(value * SCALE)

    def activities(self, node: Node, tag: str = "Activity_Id") -> tuple[int, ...]:
        """Return the activities that a constraint lists, those that are not active left out."""
        found = []
        for child in node.all(tag):
            text = child.text.strip()
            number = int(text) if text.isascii() and text.isdigit() and len(text) < 10 else 0
            if number in self.school.activities:
                found.append(number)
            elif number not in self.school.inactive:
                must = sentence("The activity “{id}” must be in the file's list <Activities_List>.", id=text[:40])
                self.school.fault(child, must)
        return tuple(dict.fromkeys(found))

    def named(self, node: Node, tags: Iterable[str], names: Collection[str], listed: str) -> tuple[str, ...]:
        """Return the names that some children of a constraint give."""
        tags = tuple(tags)
        children = [child for child in node.children if child.tag in tags]
        if not children:
            self.school.fault(node, sentence("The element <{tag}> must hold <{child}>.", tag=node.tag, child=tags[0]))
        return tuple(c.text for c in children if self.school.known(c, c.text, names, listed))

    # --- rules ------------------------------------------------------------------------------------------------------

    def add(self, source: str, rule: str, weight: Weight, given: dict[str, Any], **words: Iterable[Word]) -> None:
        """Add a rule: its figures and single words, and the lists of selectors that are joined with those of its like."""
        if weight == 0 or not all(words.values()):
            return
        lists = self._rules.setdefault((source, rule, tuple(given.items()), weight), {})
        for word, selectors in words.items():
            known = lists.setdefault(word, [])
            known += [selector for selector in selectors if selector not in known[-1:]]

    def rules(self) -> Iterator[RuleSpec]:
        """Yield the rules of the policy."""
        numbers: dict[str, int] = {}
        for (source, rule, given, weight), lists in self._rules.items():
            number = numbers[source] = numbers.get(source, 0) + 1
            yield RuleSpec(
                id=f"{source}-{number}"[-60:],
                rule=rule,
                parameters={
                    **{word: list(value) if isinstance(value, tuple) else value for word, value in given},
                    **{word: list(dict.fromkeys(found)) for word, found in lists.items()},
                },
                weight=weight,
                source="FET",
            )

    # --- selectors --------------------------------------------------------------------------------------------------

    def lessons(self, activities: Iterable[int]) -> list[Word]:
        """Select activities, so many in each selector that none is too long."""
        found = list(activities)
        return [self.lesson_set(found[first : first + AT_ONCE]) for first in range(0, len(found), AT_ONCE)]

    def lesson_set(self, activities: Iterable[int]) -> str:
        """Select activities in one selector."""
        kinds: dict[str, list[str]] = {}
        for number in activities:
            kinds.setdefault(self.names.kind(number), []).append(self.names.activity(number))
        return "; ".join(f"{kind}={','.join(ids)}" for kind, ids in kinds.items())

    def in_order(self, activities: Iterable[int]) -> str:
        """Select activities in one selector that keeps their order: a part for each."""
        return "; ".join(f"{self.names.kind(number)}={self.names.activity(number)}" for number in activities)

    def teachers(self, names: Iterable[str]) -> list[Word]:
        """Select teachers."""
        return _joined("teacher", [self.names.teachers[name] for name in names])

    def students(self, names: Iterable[str]) -> list[Word]:
        """Select sets of students."""
        return _joined("group", [self.names.groups[name] for name in names])

    def units(self, names: Iterable[str]) -> list[Word]:
        """Select rooms; in place of virtual ones the real ones that they are made of."""
        known = self.school.rooms
        real = (room for name in names for room in (name, *(r for of in known[name].sets for r in of)))
        return _joined("room", [self.names.rooms[name] for name in dict.fromkeys(real) if not known[name].virtual])

    def times(self, cells: Iterable[Cell]) -> list[Word]:
        """Select times: the hours of days that have the same ones together."""
        hours: dict[int, list[int]] = {}
        for day, hour in sorted(set(cells)):
            hours.setdefault(day, []).append(hour + 1)
        alike: dict[tuple[int, tuple[int, ...]], list[str]] = {}
        week_days, cycle = self.names.week
        for day, of in hours.items():
            week, weekday = divmod(day, week_days)
            alike.setdefault((week + 1, tuple(of)), []).append(WEEKDAYS[weekday])
        return [
            f"times days={','.join(days)} periods={','.join(map(str, of))}" + (f" weeks={week}" if cycle > 1 else "")
            for (week, of), days in alike.items()
        ]

    def across_breaks(self) -> dict[str, tuple[Word, ...]]:
        """Return the words by which breaks may lie between what follows at once; they are read before all else."""
        return {"shut": tuple(self.times(self.breaks))} if self.breaks else {}


def _joined(key: str, ids: list[str]) -> list[Word]:
    return [f"{key}={','.join(ids[first : first + AT_ONCE])}" for first in range(0, len(ids), AT_ONCE)]
