"""Nobody is in two places at once."""

from __future__ import annotations

from collections import Counter
from collections.abc import Container, Iterator
from dataclasses import dataclass, replace

from solver.instants import beginnings
from solver.pairs import Pairs, shared_pairs
from solver.placements import concerns
from solver.problem import Assignment, Member, Problem, attended, ticks_of
from solver.rules.rule import ALL, Deviation, Resources, Rule
from solver.sentence import Sentence, Thing, sentence
from solver.tables import Between, Cells, Row


@dataclass(frozen=True, kw_only=True)
class AvoidClashes(Rule):
    """Nobody attends two events at the same time (XHSTT AvoidClashesConstraint, ITC-2007 track 3 Conflicts).

    The deviation of a resource is the number of events beyond one, summed over the ticks. Where it is required, there
    are more people than events and fewer pairs of events that somebody attends than attendances, as at a university, its rows
    count these pairs.
    """

    resources: Resources

    def say(self) -> Sentence:
        return sentence("Nobody attends two events at the same time.")

    def tables(self, problem: Problem) -> Iterator[tuple[Thing, Row]]:
        members = {r: problem.members_of_resource[r] for r in self.resources}
        kept = list(members)
        if self.required:
            kept = _undominated({rows: r for r, rows in members.items()})
            pairs = self._pairs(problem) if len(kept) > len(problem.events) else {}
            if 0 < len(pairs) < sum(len(members[r]) for r in kept):
                yield from _rows_of_pairs(problem, pairs)
                return
        capacity = (1,) * len(problem.axis)
        for r in kept:
            if len(members[r]) > 1:
                ticks = beginnings(problem, (member.event for member in members[r])) if self.required else None
                yield Thing("resource", r), Cells(members[r], (1,) * len(members[r]), capacity, ticks=ticks)

    def _pairs(self, problem: Problem) -> Pairs:
        """Return the pairs of events that somebody attends, none where attending depends on a choice."""
        if any(m.given is not None for r in self.resources for m in problem.members_of_resource[r]):
            return {}
        found: Counter[tuple[Member, Member]] = Counter()
        for pairs in shared_pairs(problem, self.resources).values():
            found.update(pairs)
        return found

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


def _rows_of_pairs(problem: Problem, pairs: Pairs) -> Iterator[tuple[Thing, Row]]:
    def ticks(event: int) -> list[frozenset[int]]:
        return [frozenset(option.ticks) for option in problem.events[event].options]

    between = Between(problem, ticks, lambda one, other: len(one & other), AvoidClashes)
    for pair, people in pairs.items():
        for row in between.rows([pair]):
            yield Thing("event", pair[0].event), replace(row, scale=people)


def _undominated(members: dict[tuple[Member, ...], int]) -> list[int]:
    """Resources whose events are no part of another's: only their clashes need be forbidden."""
    sets = {r: frozenset(m) for m, r in members.items()}
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
