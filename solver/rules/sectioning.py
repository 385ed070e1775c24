"""How many people each section of a course gets."""

from __future__ import annotations

from collections import Counter
from collections.abc import Container, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from solver.linear import Linear
from solver.picked import Picked, meets_once
from solver.problem import Assignment, Member, Problem
from solver.rules.rule import ALL, Choices, Deviation, Rule
from solver.sentence import Sentence, Thing, sentence
from solver.tables import Row

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

    def has_tables(self, problem: Problem) -> bool:
        return self._lessons(problem) is not None

    def tables(self, problem: Problem) -> Iterator[tuple[Thing, Row]]:
        grid, days, sections = self._lessons(problem) or (0, (), [])
        for members in sections:
            amounts = (1,) * len(members)
            yield (
                Thing("choice", min(self.choices)),
                Picked(tuple(members), amounts, grid, days, self.most, self.least),
            )

    def _lessons(self, problem: Problem) -> tuple[int, tuple[int, ...], list[list[Member]]] | None:
        """Return for each section a lesson of each student that meets once in some days, however it is placed.

        The sum of these lessons is the section's size: so the local search, which knows no sizes, sees them. None where
        there are no such lessons.
        """
        grids = {problem.events[problem.attendances[a].event].grid for c in self.choices for a in _rows(problem, c)}
        if len(grids) != 1:
            return None
        grid = grids.pop()
        weeks = problem.grids[grid].week
        for days in ({d for d, w in enumerate(weeks) if w == week} for week in (*sorted(set(weeks)), None)):
            wanted = days or set(range(len(weeks)))
            found = [self._section(problem, section, grid, wanted) for section in self._sections(problem)]
            sections = [members for members in found if members]
            if sections and len(sections) == len(found):
                return grid, tuple(sorted(wanted)), sections
        return None

    def _section(self, problem: Problem, section: int, grid: int, days: set[int]) -> list[Member]:
        """Return a lesson of each student who may be in the section; none if somebody has no such lesson."""
        members = []
        for choice in self.choices:
            if section < problem.choices[choice].alternatives:
                given = (choice, section)
                lessons = (r.event for a in _rows(problem, choice) if (r := problem.attendances[a]).given == given)
                event = next((event for event in lessons if meets_once(problem, event, grid, days)), None)
                if event is None:
                    return []
                members.append(Member(event, given))
        return members

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


def _rows(problem: Problem, choice: int) -> tuple[int, ...]:
    return problem.attendances_of_choice[choice]
