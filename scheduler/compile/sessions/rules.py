"""The rules of sessions as the engine's: those that always hold, and those of each session's profiles and of its own.

Fields are filled by their annotations, as in a term's rules (`scheduler.compile.words`): `people` selects persons (students
where nobody is named), `exams` exams of the session (all where none is named). What one rule reads otherwise stands in
`_special`.
"""

from __future__ import annotations

from dataclasses import fields
from functools import cached_property
from itertools import product
from math import ceil
from typing import TYPE_CHECKING, Any

import solver.rules  # noqa: F401 - registers every rule
from scheduler.compile.reading import Reading
from scheduler.compile.sessions.breaks import is_of_all_teachers
from scheduler.domain.exam_students import grade_of, subject_of
from scheduler.domain.faults import maybe
from scheduler.domain.policy import RuleSpec
from scheduler.domain.select import resolve
from scheduler.domain.selectors import Part, Selector, parse
from scheduler.errors import BadInput, Fault, Place
from scheduler.policies import rules_of_session
from scheduler.policies.figures import points_of, screen_minutes
from solver.rules.rule import Rule
from solver.sentence import sentence

if TYPE_CHECKING:
    from collections.abc import Iterator

    from scheduler.compile.sessions.compiled import CompiledSessions
    from scheduler.domain.exams import Session

Figures = dict[str, Any]
Made = tuple[RuleSpec, Rule]

SINGLE = {"students": "student", "teachers": "teacher", "tutors": "tutor", "support": "support", "groups": "group"}

CANCELLED, MOVED = 50, 20
"""What a lesson costs that an exam drives away, and one that it moves (cancelled ones are not where they were, either)."""

ALWAYS = ("AvoidClashes", "RespectAvailability", "ShareRooms", "OwnRoom", "FitPools", "AllowTravel", "ConsultBefore")
"""Rules that hold in every session; a session's rule of that name says how, not whether."""

OF_COMMISSIONS = ("FillSeats", "KeepIndependent", "KeepChair", "ShareLoad")
"""Rules that are made of the seats of commissions."""


class SessionRules:
    """Makes the engine's rules; what cannot be read is added to the faults."""

    def __init__(
        self, compiled: CompiledSessions, shut: dict[int, frozenset[int]], alone: tuple[int, ...], faults: list[Fault]
    ) -> None:
        self.compiled = compiled
        self.document = compiled.document
        self.problem = compiled.problem
        self.shut = shut
        self.alone = alone
        self.faults = faults
        self.sessions = [s for s in self.document.sessions if any(exam.session == s.id for exam in compiled.exams)]
        self.kept: list[Made] = []
        self.written = {session.id: rules_of_session(self.document, session) for session in self.sessions}

    def make(self) -> list[Made]:
        """Return the rules, each with what it comes from."""
        made = [*self._always(), *self._order(), *self._lessons()]
        for session in self.sessions:
            index = self.document.sessions.index(session)
            for number, spec in enumerate(self.written[session.id]):
                if spec.weight != "off" and spec.rule not in ALWAYS:
                    found = self._of_session(session, spec, self._path(session, index, spec, number))
                    (self.kept if is_of_all_teachers(spec) else made).extend(found)
        return made

    def _path(self, session: Session, index: int, spec: RuleSpec, number: int) -> str:
        own = next(
            (place for place, rule in enumerate(session.rules) if rule.id == spec.id and spec.id is not None), None
        )
        del number
        return f"sessions[{index}].rules[{own}]" if own is not None else f"sessions[{index}].profiles"

    # --- what always holds -----------------------------------------------------------------------------------------

    def _spec(self, rule: str, ident: str, weight: Any = "required") -> RuleSpec:
        """Return how a rule that always holds is written in one of the sessions, or else by itself."""
        found = (spec for specs in self.written.values() for spec in specs if spec.rule == rule)
        return next(found, RuleSpec(id=ident, rule=rule, weight=weight))

    def _rule(self, spec: RuleSpec, **figures: Any) -> Made:
        weight = spec.weight if isinstance(spec.weight, int) else None
        kind = Rule.registered[spec.rule or ""]
        return spec, kind(weight=weight, ident=spec.id or kind.__name__, **figures)

    def _always(self) -> Iterator[Made]:
        compiled, problem = self.compiled, self.problem
        everybody = tuple(range(len(problem.resources)))
        yield self._rule(self._spec("AvoidClashes", "clashes"), resources=everybody)
        away = self._spec("RespectAvailability", "availability")
        alike: dict[frozenset[int], list[int]] = {}
        for resource, ticks in self.shut.items():
            alike.setdefault(ticks, []).append(resource)
        for ticks, resources in alike.items():
            if ticks:
                yield self._rule(away, resources=tuple(resources), ticks=ticks)
        seats = tuple(d for d, claim in enumerate(compiled.claims) if claim == "seats" or self._is_room_of_lesson(d))
        if seats:
            yield self._rule(self._spec("ShareRooms", "rooms"), demands=seats)
        if self.alone:
            yield self._rule(self._spec("OwnRoom", "own-rooms"), demands=self.alone)
        stations = tuple(d for d in range(len(problem.demands)) if d not in set(seats))
        if stations:
            yield self._rule(self._spec("FitPools", "workstations"), demands=stations)
        if any(any(line) for line in problem.travel):
            yield self._rule(self._spec("AllowTravel", "travel"), resources=everybody)
        before = self._spec("ConsultBefore", "consultations")
        for exam in compiled.exams:
            event = compiled.consultations.get(exam.id)
            if event is not None and exam.consultation is not None and before.weight != "off":
                need = exam.consultation
                yield self._rule(
                    before,
                    consultations=(event,),
                    exams=compiled.wholes[exam.id],
                    least=need.least_days,
                    most=need.most_days,
                )

    def _is_room_of_lesson(self, demand: int) -> bool:
        return self.compiled.claims[demand] == "lesson" and self.problem.demands[demand].attendance is None

    def _order(self) -> Iterator[Made]:
        """Yield what holds parts together, and what exams say of each other."""
        compiled = self.compiled
        parts = RuleSpec(id="parts", rule="HoldAsOne", weight="required")
        for exam in compiled.exams:
            held = [compiled.stretches[exam.id, number] for number in range(1, len(compiled.wholes[exam.id]) + 1)]
            held = [
                (*events, compiled.breaks[events[0]]) if events[0] in compiled.breaks else events for events in held
            ]
            if exam.same_time:
                held = [tuple(event for events in held for event in events)]
            for events in held:
                if len(events) > 1:
                    yield self._rule(parts, events=events)
        together: set[frozenset[str]] = set()
        apart: set[frozenset[str]] = set()
        for exam in compiled.exams:
            own = compiled.wholes[exam.id]
            for other in exam.after:
                if other in compiled.wholes:
                    spec = RuleSpec(id="order", rule="After", weight="required")
                    yield self._rule(spec, events=own, others=compiled.wholes[other])
            together |= {frozenset((exam.id, other)) for other in exam.together if other in compiled.wholes}
            apart |= {frozenset((exam.id, other)) for other in exam.apart if other in compiled.wholes}
        same = RuleSpec(id="same-time", rule="SameTime", weight="required")
        for one, other in sorted(map(sorted, together)):
            yield self._rule(same, events=(*compiled.wholes[one], *compiled.wholes[other]), of="start")
        never = RuleSpec(id="never-same-time", rule="DifferentTime", weight="required")
        for one, other in sorted(map(sorted, apart)):
            for events in product(compiled.wholes[one], compiled.wholes[other]):
                yield self._rule(never, events=events)

    def _lessons(self) -> Iterator[Made]:
        """Yield what lessons cost that give way, unless the sessions say so themselves."""
        lessons = self.compiled.lessons
        if lessons:
            yield self._rule(self._spec("HoldLessons", "lessons-held", CANCELLED), events=lessons)
            options = tuple((event, 0) for event in lessons)
            yield self._rule(self._spec("StayPut", "lessons-in-place", MOVED), options=options)

    # --- the rules of a session --------------------------------------------------------------------------------------

    def _of_session(self, session: Session, spec: RuleSpec, path: str) -> Iterator[Made]:
        kind = Rule.registered.get(spec.rule or "")
        if kind is None:
            must = sentence("The rule “{rule}” must be one of the engine's rules.", rule=spec.rule)
            self.faults.append(Fault(Place(path=f"{path}.rule"), must, maybe(spec.rule or "", Rule.registered)))
            return
        if kind.__name__ in ("HoldLessons", "StayPut"):
            return
        if kind.__name__ == "GiveNotice" and session.published is None:
            return  # nobody says when its plan is made known
        given = self._taken_for_granted(session, spec)
        reading = Reading(kind, given, path, self.faults, ("exams",))
        for chosen in self._chosen(session, kind, reading):
            if all(chosen[name] for name in self._needed(kind)):
                yield self._rule(spec, **{**reading.plain, **chosen})

    def _needed(self, kind: type[Rule]) -> list[str]:
        optional = {f.name for f in fields(kind) if f.default == ()}
        about = ("events", "resources", "amounts", "demands", "choices", "picks", "days")
        return [name for name, annotation in kind.field_kinds().items() if annotation in about and name not in optional]

    def _taken_for_granted(self, session: Session, spec: RuleSpec) -> RuleSpec:
        """Complete a rule's figures by what the session itself says."""
        told = dict(spec.parameters)
        if spec.rule == "GiveNotice" and session.published is not None:
            told["published"] = (session.published - self.compiled.clock.first).days
        elif spec.rule == "ShareLoad" and "most" not in told:
            seats = [self.compiled.seats[choice] for choice in self._seats(session, told.get("role"))]
            people = {person for seat in seats for person in seat.people}
            told["most"] = ceil(sum(len(seat.events) for seat in seats) / max(1, len(people)))
        return spec.model_copy(update={"parameters": told})

    def _chosen(self, session: Session, kind: type[Rule], reading: Reading) -> Iterator[Figures]:
        """Yield what the fields hold, once for each rule of the engine."""
        name = kind.__name__
        if name in OF_COMMISSIONS:
            yield from self._of_commissions(session, name, reading)
            return
        found: Figures = {}
        for field, annotation in kind.field_kinds().items():
            found |= self._field(session, reading, field, annotation)
        yield found

    def _field(self, session: Session, reading: Reading, field: str, annotation: str) -> Figures:
        compiled, about_people = self.compiled, {"resources", "amounts"} & reading.fields.keys()
        match annotation:
            case "events" if field == "lessons":
                return {field: compiled.lessons}
            case "events":
                return {field: self._events(session, reading, field, whole=not about_people)}
            case "resources":
                return {field: self._people(reading)}
            case "amounts":
                return {field: self._amounts(session, reading)}
            case "demands":
                wholes = set(self._events(session, reading, "exams", whole=True))
                demands = enumerate(self.problem.demands)
                return {field: tuple(d for d, one in demands if compiled.claims[d] == "seats" and one.event in wholes)}
            case "days":
                reserve = set(session.reserve_days)
                return {field: tuple(day for day, at in enumerate(compiled.clock.dates) if at in reserve)}
            case "lengths":
                demands_ = self._field(session, reading, "demands", "demands")["demands"]
                lengths = (compiled.events[self.problem.demands[d].event].exam for d in demands_)
                return {field: tuple(exam.minutes for exam in lengths if exam is not None)}
            case "prices of ticks":
                return {field: self._prices_of_periods(session)}
            case "prices of units":
                return {field: self._prices_of_rooms(reading)}
            case "prices":
                return {field: self._prices(reading, field)}
        if field not in reading.optional:
            must = sentence("The rule {rule} must not stand in a session.", rule=reading.kind.__name__)
            self.faults.append(Fault(Place(path=reading.path), must))
        return {}

    # --- what selectors select ---------------------------------------------------------------------------------------

    def _select(self, value: Any, path: str) -> tuple[tuple[str, str], ...]:
        """Return (list of the document, id) of what a selector selects."""
        parts: list[Part] = []
        for text in value if isinstance(value, list) else [value]:
            try:
                parts += parse(str(text), Place(path=path)).parts
            except BadInput as bad:
                self.faults += bad.faults
        try:
            found = resolve(Selector(tuple(parts)), self.document, Place(path=path)) if parts else ()
        except BadInput as bad:
            self.faults += bad.faults
            return ()
        return tuple((ref.kind, ref.id) for ref in found)

    def _exams(self, session: Session, reading: Reading, field: str) -> list[str]:
        """Return the session's exams that a field is about."""
        word = next((word for word in (field, "exams") if word in reading.words), None)
        own = [exam.id for exam in self.compiled.exams if exam.session == session.id]
        if word is None:
            return own
        chosen = self._select(reading.words[word], reading.at(word))
        if any(kind != "exams" for kind, _ in chosen):
            reading.fault(
                word, sentence("Only exams must stand here, not “{selector}”.", selector=str(reading.words[word]))
            )
        named = {key for kind, key in chosen if kind == "exams"}
        return [key for key in own if key in named]

    def _events(self, session: Session, reading: Reading, field: str, *, whole: bool) -> tuple[int, ...]:
        """Return the events of exams: those of whole parts, or of all stretches, for persons attend these."""
        compiled = self.compiled
        keys = self._exams(session, reading, field)
        if whole:
            return tuple(event for key in keys for event in compiled.wholes[key])
        parts = ((key, number) for key in keys for number in range(1, len(compiled.wholes[key]) + 1))
        return tuple(event for part in parts for event in compiled.stretches[part])

    def _people(self, reading: Reading) -> tuple[int, ...]:
        word = "people" if "people" in reading.words else "resources"
        usual = "teachers" if reading.kind.__name__ == "RestBetween" else "students; groups"
        chosen = self._select(reading.words.get(word, usual), reading.at(word))
        if any(kind not in SINGLE for kind, _ in chosen):
            reading.fault(
                word, sentence("Only people must stand here, not “{selector}”.", selector=str(reading.words[word]))
            )
        known = self.compiled.resource_of
        keys = ((SINGLE[kind], key) for kind, key in chosen if kind in SINGLE)
        return tuple(sorted(known[key] for key in keys if key in known))

    def _amounts(self, session: Session, reading: Reading) -> tuple[tuple[int, int], ...]:
        """Return what exams count for people; minutes and minutes before a screen count in lessons and consultations too."""
        what = reading.plain.get("what", "exams")
        events = set(self._events(session, reading, "exams", whole=False))
        if what in ("minutes", "screen minutes"):
            events |= {*self.compiled.lessons, *self.compiled.consultations.values()}
        found = []
        for resource in self._people(reading):
            for a in self.problem.attendances_of_resource[resource]:
                event = self.problem.attendances[a].event
                amount = self._amount(event, what) if event in events else 0
                if amount:
                    found.append((a, amount))
        return tuple(found)

    def _amount(self, event: int, what: str) -> int:
        held = self.compiled.events[event]
        span = next(span for span in held.spans if span is not None)
        minutes = span[1] - span[0]
        match what:
            case "minutes":
                return minutes
            case "points" if held.exam is not None:
                return self._points.setdefault(held.exam.id, self._points_of(event))
            case "screen minutes":
                return self._at_screen(event, minutes)
        return 1

    @cached_property
    def _points(self) -> dict[str, int]:
        return {}

    def _points_of(self, event: int) -> int:
        exam = self.compiled.events[event].exam
        assert exam is not None
        subject = subject_of(self.document, exam)
        return 0 if subject is None else points_of(self.document, subject, grade_of(self.document, exam))

    def _at_screen(self, event: int, minutes: int) -> int:
        held = self.compiled.events[event]
        if held.kind == "exam":
            return minutes if held.exam is not None and held.exam.at_workstations else 0
        if held.kind == "consultation":
            need = None if held.exam is None else held.exam.consultation
            return minutes if need is not None and need.mode == "online" else 0
        key = "" if held.occurrence is None else held.occurrence.event.partition("/")[0]
        if not self.document.has("courses", key):
            return 0
        return screen_minutes(self.document, self.document.course(key), minutes)

    # --- prices ------------------------------------------------------------------------------------------------------

    def _prices_of_periods(self, session: Session) -> tuple[tuple[int, int], ...]:
        clock, ticks = self.compiled.clock, self.compiled.ticks
        first = {start: tick for tick, start in enumerate(ticks.start)}
        starts = ((clock.minute(p.date, p.start, session.time_zone), p.penalty) for p in session.periods if p.penalty)
        return tuple((first[start], penalty) for start, penalty in starts if start in first)

    def _prices_of_rooms(self, reading: Reading) -> tuple[tuple[int, int], ...]:
        chosen = self._select(reading.words.get("rooms", "rooms"), reading.at("rooms"))
        price = reading.words.get("price", 1)
        if not isinstance(price, int) or isinstance(price, bool) or price < 0:
            expected = sentence("a whole number")
            reading.fault(
                "price", sentence("The value ({value}) must be {expected}.", value=str(price), expected=expected)
            )
            return ()
        place = {room: index for index, room in enumerate(self.document.ids("rooms"))}
        return tuple((place[key], price) for kind, key in chosen if kind == "rooms")

    def _prices(self, reading: Reading, field: str) -> tuple[int, ...]:
        value = reading.words.get(field)
        listed = value if isinstance(value, list) else [value]
        if not all(isinstance(one, int) and not isinstance(one, bool) and one >= 0 for one in listed):
            reading.fault(field, sentence("The prices ({value}) must be whole numbers, by distance.", value=str(value)))
            return ()
        return tuple(listed)

    # --- commissions -------------------------------------------------------------------------------------------------

    def _seats(self, session: Session, role: object = None) -> list[int]:
        """Return the choices that are seats of commissions in the session's exams."""
        found = []
        for choice, seat in enumerate(self.compiled.seats):
            exam = self.compiled.events[seat.events[0]].exam
            if seat.seats is not None and exam is not None and exam.session == session.id and role in (None, seat.role):
                found.append(choice)
        return found

    def _of_commissions(self, session: Session, name: str, reading: Reading) -> Iterator[Figures]:
        compiled = self.compiled
        exams = set(self._exams(session, reading, "exams"))
        chosen = [c for c in self._seats(session, reading.words.get("role")) if self._exam_of(c) in exams]
        if name == "KeepIndependent":
            yield {"picks": tuple((c, own) for c in chosen for own in sorted(compiled.seats[c].own))}
        elif name == "FillSeats":
            yield from self._quorum(chosen, reading.plain.get("least"))
        elif name == "KeepChair":
            by_subject: dict[str | None, list[int]] = {}
            for c in chosen:
                if compiled.seats[c].role == reading.words.get("role", "chair"):
                    exam = self.document.exam(self._exam_of(c))
                    by_subject.setdefault(subject_of(self.document, exam), []).append(c)
            for choices in by_subject.values():
                if len(choices) > 1:
                    yield {"choices": tuple(choices)}
        else:
            people = {key for c in chosen for key in compiled.seats[c].people}
            resources = tuple(sorted(compiled.resource_of[key] for key in people))
            yield {"resources": resources, "events": self._events(session, reading, "exams", whole=True)}

    def _exam_of(self, choice: int) -> str:
        exam = self.compiled.events[self.compiled.seats[choice].events[0]].exam
        assert exam is not None
        return exam.id

    def _quorum(self, chosen: list[int], least: int | None) -> Iterator[Figures]:
        """Yield which picks leave a seat vacant: of all commissions, or, where so many are enough, of each."""
        compiled = self.compiled
        vacant = {c: len(compiled.seats[c].people) for c in chosen if compiled.seats[c].may_be_vacant}
        if least is None:
            yield {"picks": tuple(vacant.items())}
            return
        by_event: dict[int, list[tuple[int, int]]] = {}
        for choice, pick in vacant.items():
            for event in compiled.seats[choice].events:
                by_event.setdefault(event, []).append((choice, pick))
        for event, picks in by_event.items():
            exam = compiled.events[event].exam
            assert exam is not None
            assert exam.commission is not None
            seats = sum(one.count for one in self.document.commission(exam.commission).seats)
            wanted = least - (seats - len(picks))
            if wanted > 0:
                yield {"picks": tuple(picks), "least": wanted}
