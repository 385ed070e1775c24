"""How many people each section of a course gets."""

from __future__ import annotations

from collections import Counter
from collections.abc import Container, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from solver.linear import Linear
from solver.problem import Assignment, Problem
from solver.rules.rule import ALL, Choices, Deviation, Rule
from solver.sentence import Sentence, Thing, sentence

if TYPE_CHECKING:
    from solver.model import Model


@dataclass(frozen=True, kw_only=True)
class LimitSections(Rule):
    """No section of a course has more or fewer people than allowed (UniTime section limits, ITC-2019 class limits).

    The choices are those of the course's students; alternative k of each is the course's section k. The deviation of a
    section is by how many the students who pick it exceed `most`, or lack to `least`.
    """

    choices: Choices
    most: int | None = None
    least: int = 0

    def say(self) -> Sentence:
        if self.most is None:
            return sentence(
                "Every section has at least {n} person.", plural="Every section has at least {n} people.", n=self.least
            )
        if self.least == 0:
            return sentence(
                "No section has more than {n} person.", plural="No section has more than {n} people.", n=self.most
            )
        return sentence("Every section has {least} to {most} people.", least=self.least, most=self.most)

    def _sections(self, problem: Problem) -> range:
        return range(max((problem.choices[c].alternatives for c in self.choices), default=0))

    def encode(self, m: Model) -> Iterator[tuple[Thing, Linear]]:
        if m.free_choices.isdisjoint(self.choices):
            return
        where = Thing("choice", min(self.choices))
        for section in self._sections(m.problem):
            size = Linear()
            for choice in self.choices:
                if section < m.problem.choices[choice].alternatives:
                    size.plus(m.pick(choice, section))
            if self.most is not None:
                yield where, Linear(-self.most).add(size)
            if self.least:
                yield where, Linear(self.least).add(size, -1)

    def check(self, problem: Problem, assignment: Assignment, touching: Container[int] = ALL) -> Iterator[Deviation]:  # noqa: ARG002
        sizes = Counter(assignment.pick[choice] for choice in self.choices)
        for section in self._sections(problem):
            size = sizes[section]
            where = Thing("choice", min(self.choices))
            if self.most is not None and size > self.most:
                yield Deviation(
                    size - self.most,
                    sentence(
                        "Section {section} of {choice} has {n} person, not at most {most}.",
                        plural="Section {section} of {choice} has {n} people, not at most {most}.",
                        n=size,
                        section=section + 1,
                        choice=where,
                        most=self.most,
                    ),
                    where,
                )
            if size < self.least:
                yield Deviation(
                    self.least - size,
                    sentence(
                        "Section {section} of {choice} has {n} person, not at least {least}.",
                        plural="Section {section} of {choice} has {n} people, not at least {least}.",
                        n=size,
                        section=section + 1,
                        choice=where,
                        least=self.least,
                    ),
                    where,
                )
