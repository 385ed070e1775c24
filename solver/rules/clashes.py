"""Nobody is in two places at once."""

from __future__ import annotations

from collections.abc import Container, Iterator
from dataclasses import dataclass

from solver.placements import concerns
from solver.problem import Assignment, Member, Problem, attended, ticks_of
from solver.rules.rule import ALL, Deviation, Resources, Rule
from solver.sentence import Sentence, Thing, sentence
from solver.tables import Cells, Row


@dataclass(frozen=True, kw_only=True)
class AvoidClashes(Rule):
    """Nobody attends two events at the same time (XHSTT AvoidClashesConstraint, ITC-2007 track 3 Conflicts).

    The deviation of a resource is the number of events beyond one, summed over the ticks.
    """

    resources: Resources

    def say(self) -> Sentence:
        return sentence("Nobody attends two events at the same time.")

    def tables(self, problem: Problem) -> Iterator[tuple[Thing, Row]]:
        members = {r: problem.members_of_resource[r] for r in self.resources}
        kept = _undominated(members) if self.required else members
        capacity = (1,) * len(problem.axis)
        for r in kept:
            if len(members[r]) > 1:
                yield Thing("resource", r), Cells(members[r], (1,) * len(members[r]), capacity)

    def check(self, problem: Problem, assignment: Assignment, touching: Container[int] = ALL) -> Iterator[Deviation]:
        for r in self.resources:
            if not concerns(problem, r, touching):
                continue
            held: dict[int, list[int]] = {}
            for event in attended(problem, assignment, r):
                for tick in ticks_of(problem, assignment, event):
                    held.setdefault(tick, []).append(event)
            clashes: dict[tuple[int, ...], list[int]] = {}
            for tick, events in held.items():
                if len(events) > 1:
                    clashes.setdefault(tuple(events), []).append(tick)
            for together, ticks in sorted(clashes.items()):
                yield Deviation(
                    amount=(len(together) - 1) * len(ticks),
                    sentence=sentence(
                        "{resource} attends several events at once at {tick}: {events}.",
                        resource=Thing("resource", r),
                        tick=Thing("tick", min(ticks)),
                        events=tuple(Thing("event", event) for event in together),
                    ),
                    where=Thing("resource", r),
                )


def _undominated(members: dict[int, tuple[Member, ...]]) -> list[int]:
    """Resources whose events are no part of another's: only their clashes need be forbidden."""
    sets = {r: frozenset(m) for r, m in members.items()}
    of_member: dict[Member, list[int]] = {}
    kept: list[int] = []
    for r in sorted(sets, key=lambda r: (-len(sets[r]), r)):
        own = sets[r]
        if own and any(own <= sets[other] for other in of_member.get(next(iter(own)), ())):
            continue
        kept.append(r)
        for member in own:
            of_member.setdefault(member, []).append(r)
    return kept
