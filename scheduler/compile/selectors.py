"""What a policy's selectors select among the engine's events, resources, ticks, days, demands and units."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, Any, Literal

from scheduler.compile.clock import DAY, minutes_of
from scheduler.domain.base import WEEKDAYS
from scheduler.domain.faults import maybe
from scheduler.domain.select import Ref, resolve, times
from scheduler.domain.selectors import Part, Selector, parse
from scheduler.domain.words import VALUES
from scheduler.errors import BadInput, Fault, Place
from solver.sentence import sentence

if TYPE_CHECKING:
    from collections.abc import Iterable

    from scheduler.compile.clock import Bells, Span
    from scheduler.compile.compiled import Compiled
    from scheduler.domain.document import Document
    from scheduler.domain.select import Times

SINGLE = {"students": "student", "teachers": "teacher", "tutors": "tutor", "support": "support", "groups": "group"}
"""The participants' kinds by the document's lists."""


class Selecting:
    """Reads selectors and looks them up in a document; what is wrong with one is added to the faults.

    Parameters
    ----------
    lenient
        Whether names that the document does not hold select nothing: a profile does not know the school.
    """

    def __init__(self, document: Document, faults: list[Fault], *, lenient: bool = False) -> None:
        self.document = document
        self.faults = faults
        self.lenient = lenient

    def read(self, value: Any, path: str) -> Selector:
        """Return the selector that a value is: one text, or several."""
        parts: list[Part] = []
        for text in value if isinstance(value, list) else [value]:
            try:
                parts += parse(str(text), Place(path=path)).parts
            except BadInput as bad:
                self.faults += bad.faults
        return Selector(tuple(parts))

    def refs(self, selector: Selector, path: str) -> tuple[Ref, ...]:
        """Return what a selector selects."""
        try:
            return resolve(selector, self.document, Place(path=path), lenient=self.lenient)
        except BadInput as bad:
            self.faults += bad.faults
            return ()


class Selectors(Selecting):
    """Looks selectors up in a compiled document."""

    def __init__(self, compiled: Compiled, faults: list[Fault], *, lenient: bool = False) -> None:
        super().__init__(compiled.document, faults, lenient=lenient)
        self.compiled = compiled

    def people(
        self, value: Any, path: str, groups: Literal["learners", "itself", "nobody"] = "learners"
    ) -> tuple[int, ...]:
        """Return the resources of people; a part about all people is about groups without named students, too."""
        selector = self.read(value, path)
        everybody = [Part("groups", part.terms) for part in selector.parts if part.kind == "people"]
        refs = [*self.refs(selector, path), *self.refs(Selector(tuple(everybody)), path)]
        found: set[int] = set()
        for ref in refs:
            if ref.kind == "groups":
                found.update(self._group(ref.id, groups))
            elif ref.kind in SINGLE:
                found.add(self.compiled.resource_of[SINGLE[ref.kind], ref.id])
            else:
                self._wrong_kind(value, path)
                break
        return tuple(sorted(found))

    def _wrong_kind(self, value: Any, path: str) -> None:
        must = sentence("The selector “{selector}” must be of another kind here.", selector=str(value))
        self.faults.append(Fault(Place(path=path), must))

    def _group(self, group: str, groups: str) -> Iterable[int]:
        of, document = self.compiled.resource_of, self.compiled.document
        if groups == "itself":
            return [of["group", group]]
        if groups == "nobody":
            return []
        named = document.members(group)
        parts = [of["group", part] for part in document.within(group)]
        return [of["student", s] for s in named] or [r for r in parts if self.compiled.participants[r].counted]

    def events(self, value: Any, path: str) -> tuple[int, ...]:
        """Return the events of courses and other events, or those that people attend."""
        return tuple(sorted(self.listed(value, path)))

    def listed(self, value: Any, path: str) -> tuple[int, ...]:
        """Return the same events in the order in which the selector names them."""
        problem, found = self.compiled.problem, dict[int, None]()
        for ref in self.refs(self.read(value, path), path):
            if ref.kind in ("courses", "events"):
                found |= dict.fromkeys(self._events_of.get(ref, ()))
            elif ref.kind in SINGLE:
                r = self.compiled.resource_of[SINGLE[ref.kind], ref.id]
                found |= dict.fromkeys(problem.attendances[a].event for a in problem.attendances_of_resource[r])
            else:
                self._wrong_kind(value, path)
                break
        return tuple(found)

    @cached_property
    def _events_of(self) -> dict[Ref, list[int]]:
        found: dict[Ref, list[int]] = {}
        for index, one in enumerate(self.compiled.series):
            ref = Ref("events" if one.course is None else "courses", one.item.id)
            found.setdefault(ref, []).extend(self.compiled.events_of(index))
        return found

    def units(self, value: Any, path: str) -> tuple[int, ...]:
        """Return rooms and workstations."""
        refs = set(self.refs(self.read(value, path), path))
        if any(ref.kind not in ("rooms", "workstations") for ref in refs):
            self._wrong_kind(value, path)
        rooms = len(self.document.rooms)
        return tuple(
            index
            for index, thing in enumerate(self.compiled.things)
            if Ref("rooms" if index < rooms else "workstations", thing.id) in refs
        )

    def days(self, value: Any, path: str) -> tuple[int, ...]:
        """Return the days of the cycle that fall on some weekdays, `wed,thu`, or in some times: `times weeks=1`."""
        if isinstance(value, str) and value.startswith("times"):
            return self._days_in(self.times(value, path))
        words = [str(word).strip().casefold() for word in (value if isinstance(value, list) else str(value).split(","))]
        known = VALUES["day"]
        for word in words:
            if word not in known:
                must = sentence("The day ({word}) must be one of {known}.", word=word, known=", ".join(WEEKDAYS))
                self.faults.append(Fault(Place(path=path), must, maybe(word, known)))
        clock = self.compiled.clock
        wanted = {WEEKDAYS.index(known[word]) for word in words if word in known}
        return tuple(
            week * clock.week_days + day
            for week in range(clock.weeks)
            for day in range(clock.week_days)
            if day in wanted
        )

    def _days_in(self, found: tuple[Times, ...]) -> tuple[int, ...]:
        clock = self.compiled.clock
        return tuple(
            week * clock.week_days + day
            for week in range(clock.weeks)
            for day in range(clock.week_days)
            if any(
                (one.days is None or day in one.days) and (one.weeks is None or week + 1 in one.weeks) for one in found
            )
        )

    def times(self, value: Any, path: str) -> tuple[Times, ...]:
        """Return times of the week."""
        try:
            return times(self.read(value, path), self.document, Place(path=path))
        except BadInput as bad:
            self.faults += bad.faults
            return ()

    def spans(self, found: tuple[Times, ...], bells: Bells) -> list[Span]:
        """Return the minutes of the cycle that lie in the times, by these bells."""
        clock = self.compiled.clock
        spans: list[Span] = []
        for one in found:
            by_clock = one.periods is None and one.bells is None
            first = minutes_of(one.after) if one.after is not None else 0
            last = minutes_of(one.before) if one.before is not None else DAY
            for week in range(clock.weeks):
                for day in range(7):
                    if (one.days is not None and day not in one.days) or (
                        one.weeks is not None and week + 1 not in one.weeks
                    ):
                        continue
                    parts = [(first, last)] if by_clock else self._rung(one, week, day, bells)
                    spans += [
                        (clock.minute(week, day, a, bells.zone), clock.minute(week, day, b, bells.zone))
                        for a, b in parts
                    ]
        return spans

    def _rung(self, one: Times, week: int, day: int, bells: Bells) -> list[Span]:
        return [
            (minutes_of(bell.start), minutes_of(bell.end))
            for bell in bells.schedule.periods
            if one.holds(
                weekday=day,
                week=week + 1,
                start=bell.start,
                end=bell.end,
                period=bell.number,
                bells=bells.schedule.id,
            )
        ]
