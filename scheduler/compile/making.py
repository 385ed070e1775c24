"""What a rule's fields hold: indexes by its selectors, parted as the rule, its people and their bells need."""

from __future__ import annotations

from functools import cached_property
from itertools import groupby
from typing import TYPE_CHECKING, Any

from scheduler.compile.clock import DAY, minutes_of
from scheduler.compile.words import CLAIMS
from solver.sentence import sentence

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from datetime import time

    from scheduler.compile.amounts import Amounts
    from scheduler.compile.clock import Bells
    from scheduler.compile.compiled import Compiled
    from scheduler.compile.reading import Reading
    from scheduler.compile.selectors import Selectors
    from scheduler.domain.select import Times

PARTING = ("amounts", "resources", "demands", "choices", "events")
"""The annotations by which a rule is parted, the first that it has."""

Chosen = dict[str, Any]
"""What some fields of one rule hold."""


class Maker:
    """Makes what the fields of one rule of the policy hold, once for each rule of the engine that it becomes.

    Attributes
    ----------
    about : set of int
        The people it is about, known when all is made.
    """

    def __init__(self, reading: Reading, compiled: Compiled, selectors: Selectors, amounts: Amounts) -> None:
        self.reading = reading
        self.compiled = compiled
        self.selectors = selectors
        self.amounts = amounts
        self.about: set[int] = set()

    def chosen(self, only: set[int] | None = None) -> Iterator[Chosen]:
        """Yield what the fields hold; with `only`, of these people alone. What holds nobody is left out."""
        reading = self.reading
        days = {
            name: self.selectors.days(reading.words[name], reading.at(name))
            for name in reading.fields.get("days", ())
            if name in reading.words
        }
        needed = [
            name
            for annotation in ("events", "resources", "amounts", "demands", "choices", "units")
            for name in reading.fields.get(annotation, ())
            if name not in reading.optional
        ]
        rest = self._rest()
        for made in self._by_annotation(only):
            found = {**rest, **made}
            if all(found[name] for name in needed):
                yield {**days, **found}

    def _rest(self) -> Chosen:
        """Return what fields hold beside those by which the rule is parted: a rule may have several annotations."""
        reading, found = self.reading, Chosen()
        parting = next((a for a in PARTING if a in reading.fields), "")
        for annotation, names in reading.fields.items():
            if annotation == parting:
                continue
            for position, name in enumerate(names):
                word = reading.word(annotation, position)
                if word is None and name in reading.optional:
                    continue
                if annotation == "events":
                    found[name] = self._events(position)
                elif annotation == "units" and word is not None:
                    found[name] = self.selectors.units(reading.words[word], reading.at(word))
                elif annotation == "ticks" and parting not in ("resources", "events"):
                    found[name] = self.compiled.ticks.of(self.selectors.spans(self._times, self.compiled.bells[0]))
                elif annotation == "resources":
                    found[name] = tuple(self._people("resources", None))
                elif annotation == "demands":
                    found[name] = next(self._by_demands())[name]
        return found

    def _by_annotation(self, only: set[int] | None) -> Iterator[Chosen]:
        match next((a for a in PARTING if a in self.reading.fields), ""):
            case "amounts":
                yield from self._by_amounts(only)
            case "resources":
                yield from self._by_people(only)
            case "demands":
                yield from self._by_demands()
            case "choices":
                yield from self._by_choices()
            case "events":
                yield from self._by_events()
            case _:
                yield {}

    # --- people ----------------------------------------------------------------------------------------------------

    def _people(self, annotation: str, only: set[int] | None) -> list[int]:
        reading = self.reading
        word = reading.word(annotation)
        value = reading.habit.people if word is None else reading.words[word]
        found = self.selectors.people(value, reading.at(word or "people"), reading.habit.groups)
        if reading.kind.__name__ == "AvoidClashes":
            found = tuple(self._standing_in(found))
        if reading.kind.__name__ == "KeepWorkstation":
            found = tuple(r for r in found if r in self._seated)
        self.about |= set(found)
        return [r for r in found if only is None or r in only]

    @cached_property
    def _seated(self) -> frozenset[int]:
        """Those who need a workstation anywhere."""
        problem = self.compiled.problem
        needed = (d.attendance for d in problem.demands if d.attendance is not None)
        return frozenset(problem.attendances[attendance].resource for attendance in needed)

    def _standing_in(self, people: Iterable[int]) -> Iterator[int]:
        """Put in place of tutors who accompany several students at once those who stand in for them."""
        stand_ins: dict[str, list[int]] = {}
        for r, participant in enumerate(self.compiled.participants):
            if participant.stand_in:
                stand_ins.setdefault(participant.id, []).append(r)
        problem = self.compiled.problem
        for r in people:
            participant = self.compiled.participants[r]
            events = (problem.attendances[a].event for a in problem.attendances_of_resource[r])
            if participant.kind == "tutor" and any(self.compiled.series_of(e).course is not None for e in events):
                yield from stand_ins.get(participant.id, ())
            else:
                yield r

    def _figures(self, resource: int) -> tuple[tuple[str, int], ...]:
        """Return somebody's own figures."""
        limits = self.compiled.participants[resource].limits
        own = ((limit.parameter, getattr(limits, limit.limit)) for limit in self.reading.own_limits)
        return tuple((parameter, value) for parameter, value in own if value is not None)

    def _by_people(self, only: set[int] | None) -> Iterator[Chosen]:
        name = self.reading.fields["resources"][0]
        ticks = self._ticks_told
        needed = ticks and ticks[0] not in self.reading.optional
        groups: dict[tuple[Any, ...], list[int]] = {}
        for r in self._people("resources", only):
            shut = self._ticks_of(r) if ticks else None
            if shut or not needed:
                numbers = self._numbers(self.compiled.participants[r].bells)
                groups.setdefault((shut, self._figures(r), numbers), []).append(r)
        for (shut, figures, numbers), members in groups.items():
            found: Chosen = {name: tuple(members), **dict(figures), **dict(numbers)}
            yield {**found, ticks[0]: shut} if ticks else found

    @property
    def _ticks_told(self) -> Sequence[str]:
        """The field of ticks, where the rule has one that is told or must be."""
        names = self.reading.fields.get("ticks", ())
        return names if names and (names[0] not in self.reading.optional or self.reading.word("ticks")) else ()

    def _numbers(self, bells: Bells) -> tuple[tuple[str, int], ...]:
        """Return figures that are numbers of periods as the engine counts them: positions from 0."""
        rung = [bell.number for bell in bells.schedule.periods]
        return tuple(
            (word, rung.index(number) if number in rung else sum(other < number for other in rung) - (word == "last"))
            for word in self.reading.habit.numbers
            if (number := self.reading.plain.get(word)) is not None
        )

    def _ticks_of(self, resource: int) -> frozenset[int]:
        """Return somebody's ticks: those of the words, by their bells; their own absence where no words are given."""
        participant, words = self.compiled.participants[resource], self.reading.words
        name = self.reading.kind.__name__
        word = self.reading.word("ticks")
        if name == "EndBy" and "time" in words:
            latest = participant.limits.latest
            return self._late(self._time() if latest is None else minutes_of(latest), participant.bells)
        if word is None or words[word] == "own":
            return self._away(resource)
        return self.compiled.ticks.of(self.selectors.spans(self._times, participant.bells))

    def _late(self, minutes: int, bells: Bells) -> frozenset[int]:
        return self._clock(minutes, DAY, bells)

    def _clock(self, first: int, last: int, bells: Bells) -> frozenset[int]:
        """Return the ticks that touch some hours of every day."""
        known: dict[tuple[int, int, str], frozenset[int]] = self.compiled.__dict__.setdefault("_hours", {})
        key = (first, last, bells.zone)
        if key not in known:
            clock = self.compiled.clock
            known[key] = self.compiled.ticks.of(
                (clock.minute(week, day, first, bells.zone), clock.minute(week, day, last, bells.zone))
                for week in range(clock.weeks)
                for day in range(7)
            )
        return known[key]

    def _time(self) -> int:
        value = str(self.reading.words["time"])
        hours, _, minutes = value.partition(":")
        if hours.isdigit() and minutes.isdigit() and int(hours) < 24 and int(minutes) < 60:
            return int(hours) * 60 + int(minutes)
        self.reading.fault("time", sentence("The value ({value}) must be a time such as 15:00.", value=value))
        return 0

    def _away(self, resource: int) -> frozenset[int]:
        """Return the ticks at which somebody is not available by the week, or that lie outside their own hours."""
        participant = self.compiled.participants[resource]
        limits, hours, bells = participant.limits, participant.availability.weekly, participant.bells
        known: dict[object, frozenset[int]] = self.compiled.__dict__.setdefault("_absent", {})
        key = (hours, limits.earliest, limits.latest, bells.zone)
        if key not in known:
            shut = self.compiled.ticks.closed(self.compiled.clock, hours, bells.zone)
            earliest: time | None = limits.earliest
            if earliest is not None:
                shut |= self._clock(0, minutes_of(earliest), bells)
            if limits.latest is not None:
                shut |= self._late(minutes_of(limits.latest), bells)
            known[key] = shut
        return known[key]

    def _by_amounts(self, only: set[int] | None) -> Iterator[Chosen]:
        problem, reading = self.compiled.problem, self.reading
        lessons = reading.words.get("lessons")
        events = None if lessons is None else set(self.selectors.events(lessons, reading.at("lessons")))
        what = reading.defaults.get("what", "lessons")
        groups: dict[tuple[tuple[str, int], ...], list[tuple[int, int]]] = {}
        for r in self._people("amounts", only):
            pairs = groups.setdefault(self._figures(r), [])
            for a in problem.attendances_of_resource[r]:
                if events is None or problem.attendances[a].event in events:
                    amount = self.amounts.of(a, what)
                    if amount:
                        pairs.append((a, amount))
        for figures, pairs in groups.items():
            yield {reading.fields["amounts"][0]: tuple(pairs), **dict(figures)}

    # --- events ----------------------------------------------------------------------------------------------------

    @cached_property
    def _times(self) -> tuple[Times, ...]:
        word = self.reading.word("ticks") or "times"
        return self.selectors.times(self.reading.words[word], self.reading.at(word))

    def _by_events(self) -> Iterator[Chosen]:
        names, ticks = self.reading.fields["events"], self._ticks_told
        found = {name: self._events(position) for position, name in enumerate(names)}
        if ticks and self.reading.words.get(self.reading.word("ticks") or "") == "own":
            yield from self._wishes(names[0], ticks[0])
        elif len(names) > 1:
            yield found
        else:
            for events in self._parted(found[names[0]]):
                if ticks:
                    yield from self._by_bells(names[0], events, ticks[0])
                else:
                    yield {names[0]: events}

    def _events(self, position: int = 0, annotation: str = "events") -> tuple[int, ...]:
        reading = self.reading
        word = reading.word(annotation, position) if annotation in reading.fields else None
        word = "lessons" if word is None and position == 0 and "lessons" in reading.words else word
        everything = tuple(range(len(self.compiled.lessons))) if position == 0 else ()
        events = everything if word is None else self.selectors.events(reading.words[word], reading.at(word))
        if reading.kind.__name__ == "KeepRoom":
            events = tuple(event for event in events if self.compiled.series_of(event).item.room is not None)
        if "people" in reading.words and position == 0:
            attended = set(self.selectors.events(reading.words["people"], reading.at("people")))
            events = tuple(event for event in events if event in attended)
        return events

    def _parted(self, events: tuple[int, ...]) -> list[tuple[int, ...]]:
        """Part events by their section of a course, or by their number in it."""
        per = self.reading.words.get("per", self.reading.habit.per)
        lessons = self.compiled.lessons
        if per == "selector":
            return self._each_selector(set(events))
        if per == "course":
            return [tuple(group) for _, group in groupby(events, key=lambda event: lessons[event].series)]
        if per == "number":
            by_number = sorted(events, key=lambda event: (lessons[event].number, event))
            return [tuple(group) for _, group in groupby(by_number, key=lambda event: lessons[event].number)]
        if per:
            must = sentence(
                "The value ({value}) must be {expected}.", value=str(per), expected="course, number, selector"
            )
            self.reading.fault("per", must)
        return [events]

    def _each_selector(self, wanted: set[int]) -> list[tuple[int, ...]]:
        """Return what each selector of a list selects, in the order in which its parts name it."""
        value = self.reading.words.get("lessons", ())
        found = (
            self.selectors.listed(text, self.reading.at("lessons"))
            for text in (value if isinstance(value, list) else [value])
        )
        return [events for one in found if (events := tuple(event for event in one if event in wanted))]

    def _by_bells(self, name: str, events: tuple[int, ...], ticks: str) -> Iterator[Chosen]:
        by_bells: dict[Bells, list[int]] = {}
        for event in events:
            by_bells.setdefault(self.compiled.lessons[event].shape.bells, []).append(event)
        for bells, members in by_bells.items():
            spans = self.selectors.spans(self._times, bells)
            every = self.compiled.ticks
            found = every.of(spans) if self.reading.plain.get("avoided", False) else every.within(spans)
            yield {name: tuple(members), ticks: found}

    def _wishes(self, name: str, ticks: str) -> Iterator[Chosen]:
        """Yield the teachers' own preferred or avoided times, over what they teach for certain."""
        problem, every = self.compiled.problem, self.compiled.ticks
        wanted = set(self._events())
        avoided = bool(self.reading.plain.get("avoided", False))
        for teacher in self.compiled.document.teachers:
            windows = teacher.avoided if avoided else teacher.preferred
            if not windows:
                continue
            r = self.compiled.resource_of["teacher", teacher.id]
            zone = self.compiled.participants[r].bells.zone
            rows = [problem.attendances[a] for a in problem.attendances_of_resource[r]]
            taught = tuple(sorted({row.event for row in rows if row.given is None and row.event in wanted}))
            spans = [span for window in windows for span in self.compiled.clock.spans(window, zone)]
            yield {name: taught, ticks: every.of(spans) if avoided else every.within(spans)}

    def late_lessons(self) -> Iterator[Chosen]:
        """Yield lessons and the ticks that are too late for any of those who attend them, by their own clocks."""
        problem, minutes = self.compiled.problem, self._time()
        wanted = set(self._events())
        bells_of: dict[int, dict[str, Bells]] = {}
        for r in self._people("resources", None):
            bells = self.compiled.participants[r].bells
            for a in problem.attendances_of_resource[r]:
                event = problem.attendances[a].event
                if event in wanted:
                    bells_of.setdefault(event, {})[bells.zone] = bells
        groups: dict[frozenset[int], list[int]] = {}
        for event, found in sorted(bells_of.items()):
            late = frozenset[int]().union(*(self._late(minutes, bells) for bells in found.values()))
            groups.setdefault(late, []).append(event)
        for late, events in groups.items():
            if late:
                yield {"events": tuple(events), "ticks": late, "avoided": True}

    # --- choices and needs -----------------------------------------------------------------------------------------

    def _by_choices(self) -> Iterator[Chosen]:
        events = set(self._events(annotation="choices"))
        by_course: dict[int, list[int]] = {}
        for choice, pick in enumerate(self.compiled.picks):
            own = (event for series in pick.series for event in self.compiled.events_of(series))
            if pick.student is not None and any(event in events for event in own):
                by_course.setdefault(pick.series[0], []).append(choice)
        limits = {name for name in ("most", "least") if name in self.reading.defaults}
        for series, choices in by_course.items():
            course = self.compiled.series[series].course
            own_limits: Chosen = {}
            if limits and course is not None and course.sections is not None:
                own_limits = {name: getattr(course.sections, name) for name in limits - self.reading.plain.keys()}
            yield {self.reading.fields["choices"][0]: tuple(choices), **own_limits}

    def _by_demands(self) -> Iterator[Chosen]:
        problem, reading = self.compiled.problem, self.reading
        people = set(self._people("demands", None)) if "people" in reading.words else None
        lessons = reading.words.get("lessons")
        events = None if lessons is None else set(self.selectors.events(lessons, reading.at("lessons")))
        units = self.selectors.units(reading.words["units"], reading.at("units")) if "units" in reading.words else None
        rooms = len(self.compiled.document.rooms)
        kinds = {"rooms" if unit < rooms else "workstations" for unit in units or ()}
        chosen: list[int] = []
        for d, demand in enumerate(problem.demands):
            kind = "rooms" if demand.attendance is None else "workstations"
            who = None if demand.attendance is None else problem.attendances[demand.attendance].resource
            if (
                (people is None or who in people)
                and (events is None or demand.event in events)
                and (units is None or kind in kinds)
                and (kind == "rooms" or reading.kind.__name__ != "FitSeats")
                and ("units" in reading.fields or units is None or not set(units).isdisjoint(demand.units))
            ):
                chosen.append(d)
        found: Chosen = {reading.fields["demands"][0]: tuple(chosen)}
        for name in reading.fields.get("units", ()):
            found[name] = units or ()
        for name in reading.fields.get("claims", ()):
            weights = {**CLAIMS, **self._claims(name)}
            claims = tuple(weights[self.compiled.claims[d]] for d in chosen)
            found[name] = claims if set(claims) != {1} else ()
        yield found

    def _claims(self, name: str) -> dict[str, int]:
        value = self.reading.words.get(name, {})
        if isinstance(value, dict) and all(k in CLAIMS and type(v) is int and v > 0 for k, v in value.items()):
            return {key: int(number) for key, number in value.items()}
        self.reading.fault(name, sentence("The claims must be numbers from 1 for {kinds}.", kinds=", ".join(CLAIMS)))
        return {}
