"""The rules of sessions as the engine's: those that always hold, and those of each session's profiles and of its own."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import solver.rules  # noqa: F401 - registers every rule
from scheduler.compile.reading import Reading
from scheduler.compile.rules import where_written
from scheduler.compile.sessions import commissions
from scheduler.compile.sessions.breaks import is_of_all_teachers
from scheduler.compile.sessions.fields import Fields
from scheduler.domain.faults import maybe
from scheduler.domain.policy import RuleSpec
from scheduler.errors import Fault, Place
from scheduler.policies import rules_of_session
from solver.rules.rule import Rule
from solver.sentence import sentence

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from scheduler.compile.sessions.compiled import CompiledSessions
    from scheduler.compile.sessions.fields import Figures
    from scheduler.domain.exams import Session
    from scheduler.domain.policy import Weight

Made = tuple[RuleSpec, Rule]

CANCELLED, MOVED = 50, 20
"""What a lesson costs that an exam drives away, and one that it moves (cancelled ones are not where they were, either)."""

WITHOUT = 1
"""What each student costs for whom there is no seat in a room where the exam may be held without."""

REQUIRED = ("AvoidClashes", "RespectAvailability")
"""Rules that no session may weaken."""

ALWAYS = (
    *REQUIRED,
    "ShareRooms",
    "OwnRoom",
    "FitPools",
    "SitInRoom",
    "AllowTravel",
    "ConsultBefore",
    "HoldLessons",
    "StayPut",
)
"""Rules that hold in every session; a session's rule of that name says how much it weighs, and nothing else."""


class SessionRules:
    """Makes the engine's rules; what cannot be read is added to the faults.

    Parameters
    ----------
    shut
        For each resource the ticks at which it is not there.

    Attributes
    ----------
    kept : list of (RuleSpec, Rule)
        Rules that the events' own lengths keep (`scheduler.compile.sessions.breaks`).
    """

    def __init__(self, compiled: CompiledSessions, shut: Sequence[frozenset[int]], faults: list[Fault]) -> None:
        self.compiled = compiled
        self.document = compiled.document
        self.problem = compiled.problem
        self.shut = shut
        self.faults = faults
        self.kept: list[Made] = []
        used = {exam.session for exam in compiled.exams}
        self.sessions = [session for session in self.document.sessions if session.id in used]
        self.written = {session.id: self._written(session) for session in self.sessions}

    def make(self) -> list[Made]:
        """Return the rules, each with what it comes from."""
        made = [*self._always(), *self._consultations(), *self._order()]
        for session in self.sessions:
            for path, spec in self.written[session.id]:
                if spec.rule in ALWAYS:
                    self._weighs_only(spec, path)
                elif spec.weight != "off":
                    found = self._of_session(session, spec, path)
                    (self.kept if is_of_all_teachers(spec) else made).extend(found)
        return made

    def _written(self, session: Session) -> list[tuple[str, RuleSpec]]:
        """Return a session's rules, each after the field where it stands; empty for a profile's.

        Where several sessions have rules of one id, the session tells them apart.
        """
        path, several = f"sessions[{self.document.sessions.index(session)}]", len(self.sessions) > 1
        return [
            (
                "" if number is None else f"{path}.rules[{number}]",
                spec.model_copy(update={"id": f"{session.id}:{spec.id}"}) if several else spec,
            )
            for number, spec in where_written(session.rules, rules_of_session(self.document, session))
        ]

    def _rule(self, spec: RuleSpec, **figures: Any) -> Made:
        weight = spec.weight if isinstance(spec.weight, int) else None
        kind = Rule.registered[spec.rule or ""]
        return spec, kind(weight=weight, ident=spec.id or kind.__name__, **figures)

    # --- what always holds -----------------------------------------------------------------------------------------

    def _weighs_only(self, spec: RuleSpec, path: str) -> None:
        for word in spec.parameters:
            self._refuse(spec, word, path)
        if spec.rule in REQUIRED and spec.weight != "required":
            must = sentence("The rule {rule} must be required in a session.", rule=spec.rule)
            self.faults.append(Fault(Place(path=f"{path}.weight"), must))

    def _refuse(self, spec: RuleSpec, word: str, path: str) -> None:
        must = sentence("The rule {rule} has no parameter “{word}” in a session.", rule=spec.rule, word=word)
        self.faults.append(Fault(Place(path=f"{path}.parameters.{word}"), must))

    def _spec(self, session: Session, usual: RuleSpec) -> RuleSpec:
        """Return how a rule that always holds is written in a session, or else as usual."""
        return next((spec for _, spec in self.written[session.id] if spec.rule == usual.rule), usual)

    def _strictest(self, rule: str, ident: str, **figures: Any) -> Iterator[Made]:
        """Yield a rule that is about all sessions at once, as the one says that asks for the most."""
        weight: Weight = {"HoldLessons": CANCELLED, "StayPut": MOVED}.get(rule, "required")
        usual = RuleSpec(id=ident, rule=rule, weight=weight)
        spec = max((self._spec(session, usual) for session in self.sessions), key=_strictness)
        if spec.weight != "off":
            yield self._rule(spec, **figures)

    def _always(self) -> Iterator[Made]:
        compiled, problem = self.compiled, self.problem
        everybody = tuple(range(len(problem.resources)))
        yield from self._strictest("AvoidClashes", "clashes", resources=everybody)
        alike: dict[frozenset[int], list[int]] = {}
        for resource, ticks in enumerate(self.shut):
            alike.setdefault(ticks, []).append(resource)
        for ticks, resources in alike.items():
            if ticks:
                yield from self._strictest(
                    "RespectAvailability", "availability", resources=tuple(resources), ticks=ticks
                )
        demands: dict[str, list[int]] = {"room": [], "workstation": []}
        for d, claim in enumerate(compiled.claims):
            demands[claim].append(d)
        if demands["room"]:
            yield from self._strictest("ShareRooms", "rooms", demands=tuple(demands["room"]))
            if optional := tuple(d for d in demands["room"] if problem.demands[d].optional):
                yield self._rule(RuleSpec(id="optional-rooms", rule="ShareRooms", weight=WITHOUT), demands=optional)
        if compiled.alone:
            yield from self._strictest("OwnRoom", "own-rooms", demands=compiled.alone)
        if demands["workstation"]:
            yield from self._strictest("FitPools", "workstations", demands=tuple(demands["workstation"]))
        if in_rooms := tuple(d for d in demands["workstation"] if problem.demands[d].rooms):
            yield from self._strictest("SitInRoom", "workstations-in-rooms", demands=in_rooms)
        if any(any(line) for line in problem.travel):
            yield from self._strictest("AllowTravel", "travel", resources=everybody)
        if compiled.lessons:
            yield from self._strictest("HoldLessons", "lessons-held", events=compiled.lessons)
            options = tuple((event, 0) for event in compiled.lessons)
            yield from self._strictest("StayPut", "lessons-in-place", options=options)

    def _consultations(self) -> Iterator[Made]:
        usual = RuleSpec(id="consultations", rule="ConsultBefore", weight="required")
        for exam in self.compiled.exams:
            spec, need = self._spec(self.document.session(exam.session), usual), exam.consultation
            if need is not None and spec.weight != "off":
                yield self._rule(
                    spec,
                    consultations=(self.compiled.consultations[exam.id],),
                    exams=self.compiled.wholes[exam.id],
                    least=need.least_days,
                    most=need.most_days,
                )

    def _order(self) -> Iterator[Made]:
        """Yield what holds parts together, and what exams say of each other."""
        wholes = self.compiled.wholes
        together: set[frozenset[str]] = set()
        apart: set[frozenset[str]] = set()
        for exam in self.compiled.exams:
            yield from self._parts(exam.id, same_time=exam.same_time)
            for other in exam.after:
                if other in wholes:
                    spec = RuleSpec(id="order", rule="After", weight="required")
                    yield self._rule(spec, events=wholes[exam.id], others=wholes[other])
            together |= {frozenset((exam.id, other)) for other in exam.together if other in wholes}
            apart |= {frozenset((exam.id, other)) for other in exam.apart if other in wholes}
        for pair in sorted(map(sorted, together)):
            spec = RuleSpec(id="same-time", rule="SameTime", weight="required")
            yield self._rule(spec, events=tuple(event for key in pair for event in wholes[key]), of="start")
        for one, other in sorted(map(sorted, apart)):
            spec = RuleSpec(id="never-same-time", rule="DifferentTime", weight="required")
            for events in ((a, b) for a in wholes[one] for b in wholes[other]):
                yield self._rule(spec, events=events)

    def _parts(self, exam: str, *, same_time: bool) -> Iterator[Made]:
        breaks = self.compiled.breaks
        held = [
            (*self.compiled.stretches[exam, number], *((breaks[whole],) if whole in breaks else ()))
            for number, whole in enumerate(self.compiled.wholes[exam], start=1)
        ]
        if same_time:
            held = [tuple(event for events in held for event in events)]
        for events in held:
            if len(events) > 1:
                yield self._rule(RuleSpec(id="parts", rule="HoldAsOne", weight="required"), events=events)

    # --- the rules of a session ------------------------------------------------------------------------------------

    def _of_session(self, session: Session, spec: RuleSpec, path: str) -> Iterator[Made]:
        kind = Rule.registered.get(spec.rule or "")
        if kind is None:
            must = sentence("The rule “{rule}” must be one of the engine's rules.", rule=spec.rule)
            self.faults.append(Fault(Place(path=f"{path}.rule"), must, maybe(spec.rule or "", Rule.registered)))
            return
        index = self.document.sessions.index(session)
        path_ = path or f"sessions[{index}].profiles.{spec.id}"
        reading = Reading(kind, self._told(session, spec, path_), path_, self.faults, ("exams",))
        fields = Fields(self.compiled, session, reading, lenient=not path)
        needed = [name for name in kind.field_kinds() if name not in reading.optional]
        for chosen in self._chosen(spec, kind, fields):
            if all(chosen.get(name) for name in needed):
                yield self._rule(spec, **{**reading.plain, **chosen})

    def _told(self, session: Session, spec: RuleSpec, path: str) -> RuleSpec:
        """Complete the figures that follow from the session."""
        told = dict(spec.parameters)
        if spec.rule == "GiveNotice":
            if "published" in told:
                self._refuse(spec, "published", path)
            told["published"] = ((session.published or session.first_day) - self.compiled.days[0]).days
        elif spec.rule == "ShareLoad":
            told.setdefault("most", 0)
        return spec.model_copy(update={"parameters": told})

    def _chosen(self, spec: RuleSpec, kind: type[Rule], fields: Fields) -> Iterator[Figures]:
        """Yield what the fields hold, once for each rule of the engine."""
        if kind.__name__ in commissions.RULES:
            yield from commissions.Commissions(fields, spec).filled()
            return
        found = fields.filled()
        if kind.__name__ != "GiveNotice" or fields.session.published is not None:
            yield found


def _strictness(spec: RuleSpec) -> float:
    return float(spec.weight) if isinstance(spec.weight, int) else -1.0 if spec.weight == "off" else float("inf")
