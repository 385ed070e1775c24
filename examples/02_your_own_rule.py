"""Your own rule in 15 lines: it is solved, audited, explained and listed, and nothing else was touched."""

from collections.abc import Container, Iterator
from dataclasses import dataclass
from pathlib import Path

from scheduler.domain.policy import Policy
from scheduler.formats import native
from scheduler.operations import audit, generate
from solver.problem import Assignment, Problem, ticks_of
from solver.rules.rule import ALL, Deviation, Events, Rule
from solver.sentence import Sentence, Thing, sentence
from solver.tables import Options


@dataclass(frozen=True, kw_only=True)
class SleepIn(Rule):
    """No lesson begins before nine (every pupil's wish)."""

    events: Events

    def say(self) -> Sentence:
        return sentence("No lesson begins before nine.")

    def tables(self, problem: Problem) -> Iterator[tuple[Thing, Options]]:
        for e in self.events:
            early = (int(problem.axis.start[o.ticks[0]] % 1440 < 9 * 60) for o in problem.events[e].options)
            yield Thing("event", e), Options(e, tuple(early))

    def check(self, problem: Problem, assignment: Assignment, touching: Container[int] = ALL) -> Iterator[Deviation]:
        for e in self.events:
            if e in touching and problem.axis.start[ticks_of(problem, assignment, e)[0]] % 1440 < 9 * 60:
                yield Deviation(1, sentence("{event} begins before nine.", event=Thing("event", e)), Thing("event", e))


wish = Policy.model_validate({"profiles": ["default"], "rules": [{"rule": "SleepIn", "weight": 2}]})
document = native.read(Path(__file__).with_name("small.yaml")).model_copy(update={"policy": wish})
timetable = generate.generate(document, work=2, workers=1).timetable
found = audit.audit(document, timetable).rules[-1] if timetable else None
print(Rule.registered["SleepIn"].summary(), found and (found.rule, found.deviation, *map(str, found.sentences)))
