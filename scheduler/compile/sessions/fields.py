"""What a rule of a session is about: its fields filled by their annotations, from the words that stand there."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, Any

from scheduler.compile.selectors import SINGLE, Selecting
from scheduler.domain.exam_students import grade_of, open_days, subject_of
from scheduler.domain.request_people import course_of
from scheduler.policies.figures import points_of, screen_minutes
from solver.sentence import sentence

if TYPE_CHECKING:
    from collections.abc import Iterable

    from scheduler.compile.reading import Reading
    from scheduler.compile.sessions.compiled import CompiledSessions
    from scheduler.domain.exams import Exam, Session

Figures = dict[str, Any]

LESSONS_TOO = ("minutes", "screen minutes")
"""What lessons and consultations are counted with, beside exams."""


class Fields:
    """Fills the fields of a rule for the exams of one session.

    Parameters
    ----------
    reading
        The rule as it is written; what cannot be read is added to its faults.
    lenient
        Whether names that the document does not hold select nothing: a profile does not know the school.
    """

    def __init__(self, compiled: CompiledSessions, session: Session, reading: Reading, *, lenient: bool) -> None:
        self.compiled = compiled
        self.document = compiled.document
        self.problem = compiled.problem
        self.session = session
        self.reading = reading
        self.selecting = Selecting(self.document, reading.faults, lenient=lenient)
        self._read: set[str] = set()

    def filled(self) -> Figures:
        """Return what each field holds."""
        found: Figures = {}
        for annotation, names in self.reading.fields.items():
            for position, name in enumerate(names):
                found |= self._field(name, annotation, position)
        self.refuse_unread()
        return found

    def refuse_unread(self) -> None:
        """Refuse words that say nothing in a session."""
        for word in self.reading.words.keys() - self._read:
            must = sentence(
                "The rule {rule} has no parameter “{word}” in a session.", rule=self.reading.kind.__name__, word=word
            )
            self.reading.fault(word, must)

    def word(self, *words: str) -> str | None:
        """Return the first of some words that is told."""
        found = next((word for word in words if word in self.reading.words), None)
        if found is not None:
            self._read.add(found)
        return found

    def _field(self, name: str, annotation: str, position: int) -> Figures:
        match annotation:
            case "events" if name == "lessons":
                return {name: self.compiled.lessons}
            case "events":
                return {name: self._events_of_field(name, position)}
            case "resources":
                return {name: self._people(name)}
            case "amounts":
                return {name: self._amounts(name)}
            case "demands":
                return {name: self._rooms_of_exams(name)}
            case "lengths":
                events = (self.problem.demands[d].event for d in self._rooms_of_exams(name))
                exams = (self.compiled.events[event].exam for event in events)
                return {name: tuple(exam.minutes for exam in exams if exam is not None)}
            case "days":
                reserve = set(self.session.reserve_days)
                return {name: tuple(day for day, date in enumerate(self.compiled.days) if date in reserve)}
            case "prices of ticks":
                return {name: self._prices_of_periods()}
            case "prices of units":
                return {name: self._prices_of_rooms()}
            case "prices":
                return {name: self._prices(name)}
        if name not in self.reading.optional:
            must = sentence("The rule {rule} must not stand in a session.", rule=self.reading.kind.__name__)
            self.reading.fault("", must)
        return {}

    # --- exams -----------------------------------------------------------------------------------------------------

    def exams(self, *words: str) -> list[Exam]:
        """Return the session's exams that the first of some words selects; all of them where none is told."""
        own = [exam for exam in self.compiled.exams if exam.session == self.session.id]
        word = self.word(*words)
        if word is None:
            return own
        named = set(self._selected(word, self.reading.words[word], ("exams",)))
        return [exam for exam in own if ("exams", exam.id) in named]

    def wholes(self, exams: Iterable[Exam]) -> tuple[int, ...]:
        """Return the events of whole parts."""
        return tuple(event for exam in exams for event in self.compiled.wholes[exam.id])

    def _stretches(self, exams: Iterable[Exam]) -> tuple[int, ...]:
        """Return all events of exams: persons attend these."""
        parts = ((exam.id, number) for exam in exams for number in range(1, len(self.compiled.wholes[exam.id]) + 1))
        return tuple(event for part in parts for event in self.compiled.stretches[part])

    def _events_of_field(self, name: str, position: int) -> tuple[int, ...]:
        if position > 0 and name not in self.reading.words:
            must = sentence(
                "The rule {rule} must have the parameter “{word}”.", rule=self.reading.kind.__name__, word=name
            )
            self.reading.fault("", must)
        exams = self.exams(name, "exams") if position == 0 else self.exams(name)
        about_people = {"resources", "amounts"} & self.reading.fields.keys()
        return self._stretches(exams) if about_people else self.wholes(exams)

    def _rooms_of_exams(self, name: str) -> tuple[int, ...]:
        """Return the demands for the rooms of exams, those of students who sit alone left out."""
        wholes = set(self.wholes(self.exams(name, "exams")))
        return tuple(
            d
            for d, demand in enumerate(self.problem.demands)
            if demand.attendance is None and demand.event in wholes and self.compiled.claims[d] == "room"
        )

    # --- people ----------------------------------------------------------------------------------------------------

    def _selected(self, word: str, value: Any, kinds: Iterable[str]) -> list[tuple[str, str]]:
        """Return (list of the document, id) of what a word selects; it must select of these lists only."""
        path = self.reading.at(word)
        found = [(ref.kind, ref.id) for ref in self.selecting.refs(self.selecting.read(value, path), path)]
        if any(kind not in kinds for kind, _ in found):
            must = sentence("The selector “{selector}” must be of another kind here.", selector=str(value))
            self.reading.fault(word, must)
        return [(kind, key) for kind, key in found if kind in kinds]

    def _people(self, name: str) -> tuple[int, ...]:
        """Return the people who are selected; learners where nobody is, and teachers for breaks."""
        word = self.word("people", name) or "people"
        usual = "teachers" if self.reading.kind.__name__ == "RestBetween" else "students; groups"
        known = self.compiled.resource_of
        keys = ((SINGLE[kind], key) for kind, key in self._selected(word, self.reading.words.get(word, usual), SINGLE))
        return tuple(sorted(known[key] for key in keys if key in known))

    def _amounts(self, name: str) -> tuple[tuple[int, int], ...]:
        """Return what exams count for people; minutes count in their lessons on the session's days, and consultations."""
        what = self.reading.plain.get("what", "exams")
        events = set(self._stretches(self.exams("exams")))
        if what in LESSONS_TOO:
            events |= {*self._lessons_of_session, *self.compiled.consultations.values()}
        amount = {event: self._amount(event, what) for event in events}
        return tuple(
            (a, amount[event])
            for resource in self._people(name)
            for a in self.problem.attendances_of_resource[resource]
            if amount.get(event := self.problem.attendances[a].event)
        )

    @cached_property
    def _lessons_of_session(self) -> list[int]:
        days = {day.date for day in open_days(self.document, self.session)}
        held = ((event, self.compiled.events[event].occurrence) for event in self.compiled.lessons)
        return [event for event, lesson in held if lesson is not None and lesson.start.date() in days]

    def _amount(self, event: int, what: str) -> int:
        held = self.compiled.events[event]
        match what:
            case "minutes":
                return held.minutes
            case "points":
                assert held.exam is not None
                subject = subject_of(self.document, held.exam)
                return 0 if subject is None else points_of(self.document, subject, grade_of(self.document, held.exam))
            case "screen minutes":
                return self._at_screen(event)
        return 1

    def _at_screen(self, event: int) -> int:
        held = self.compiled.events[event]
        if held.kind == "exam":
            return held.minutes if held.exam is not None and held.exam.at_workstations else 0
        if held.kind == "consultation":
            need = None if held.exam is None else held.exam.consultation
            return held.minutes if need is not None and need.mode == "online" else 0
        document = self.document
        key = "" if held.occurrence is None else held.occurrence.event.partition("/")[0]
        if document.has("courses", key):
            return screen_minutes(document, document.course(key), held.minutes)
        request = document.request(key) if document.has("requests", key) else None
        course = None if request is None else course_of(document, request)
        if request is None or course is None:
            return 0
        return screen_minutes(document, course, held.minutes, request.mode)

    # --- prices ----------------------------------------------------------------------------------------------------

    def _prices_of_periods(self) -> tuple[tuple[int, int], ...]:
        clock, first = self.compiled.clock, {start: tick for tick, start in enumerate(self.compiled.ticks.start)}
        zone, periods = self.session.time_zone, self.session.periods
        starts = ((clock.minute(p.date, p.start, zone), p.penalty) for p in periods if p.penalty)
        return tuple((first[start], penalty) for start, penalty in starts if start in first)

    def _prices_of_rooms(self) -> tuple[tuple[int, int], ...]:
        rooms = self.reading.words.get(self.word("rooms") or "", "rooms")
        price = self.reading.words.get(self.word("price") or "", 1)
        if not _is_price(price):
            must = sentence("The price ({value}) must be a whole number, 0 or more.", value=str(price))
            self.reading.fault("price", must)
            return ()
        place = {room: index for index, room in enumerate(self.document.ids("rooms"))}
        return tuple((place[key], price) for _, key in self._selected("rooms", rooms, ("rooms",)))

    def _prices(self, name: str) -> tuple[int, ...]:
        value = self.reading.words.get(self.word(name) or "")
        listed = value if isinstance(value, list) else [value]
        if not all(map(_is_price, listed)):
            must = sentence("The prices ({value}) must be whole numbers, by distance.", value=str(value))
            self.reading.fault(name, must)
            return ()
        return tuple(listed)


def _is_price(value: object) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and value >= 0
