"""What would help where nothing is free: each thing that could be given up is tried by a search of its own."""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import chain, combinations, islice
from typing import TYPE_CHECKING, Any, Final

from scheduler.domain.request_people import course_of, qualified, site_of
from scheduler.operations.consult.reasons import Reasons
from solver.sentence import Sentence, sentence

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from scheduler.domain.exams import Request
    from scheduler.operations.consult.answer import Move, Proposal
    from scheduler.operations.consult.meetings import Key
    from scheduler.operations.consult.search import Search
    from scheduler.operations.consult.setting import Setting

SHORTER: Final = 5
"""By so many minutes a consultation is made shorter, down to half of what was asked for."""

PEOPLE: Final = 4
"""So many of those who hinder it are left out, or asked to come at other times, each alone."""

PAIRS: Final = 3
"""So many pairs are told where nothing helps alone."""


@dataclass(frozen=True, slots=True)
class Relaxed:
    """Something that is given up.

    Attributes
    ----------
    what : Sentence
        What must be so instead.
    changes : dict of str to object
        Of the request.
    anyway : frozenset of (str, str)
        Who come at other times than they are available.
    """

    what: Sentence
    changes: dict[str, Any] = field(default_factory=dict)
    anyway: frozenset[Key] = frozenset()


class Relaxations:
    """Finds what would have to be given up.

    Parameters
    ----------
    find
        Returns the best proposal for a request, if there is one, where some people come at any time.
    """

    def __init__(
        self, setting: Setting, search: Search, find: Callable[[Request, frozenset[Key]], Proposal | None]
    ) -> None:
        self.setting = setting
        self.search = search
        self.request = search.request
        self.find = find

    def told(self) -> tuple[Sentence, ...]:
        """Tell what helps alone, the smallest thing to give up first; if nothing does, what helps together."""
        asked = [*self._times(), *self._dates(), *self._anyway(), *self._teachers(), *self._lessons()]
        found = [*self._helping(chain(asked, self._places(), self._people()))]
        # Of several lengths and numbers only the largest that helps is told.
        found += [*islice(self._helping(self._shorter()), 1), *islice(self._helping(self._fewer()), 1)]
        found = found or [*islice(self._pairs(asked), PAIRS)]
        return tuple(found) or (sentence("Nothing helps of which two things at most are given up."),)

    def _helping(self, relaxed: Iterable[Relaxed]) -> Iterator[Sentence]:
        for one in relaxed:
            if when := self._when(one):
                yield sentence("It is free if {what}: {when}.", what=one.what, when=when)

    def _pairs(self, asked: list[Relaxed]) -> Iterator[Sentence]:
        for one, other in combinations(asked, 2):
            if not one.changes.keys() & other.changes.keys():
                both = Relaxed(one.what, {**one.changes, **other.changes}, one.anyway | other.anyway)
                if when := self._when(both):
                    yield sentence(
                        "It is free if {what} and {besides}: {when}.", what=one.what, besides=other.what, when=when
                    )

    def _times(self) -> Iterator[Relaxed]:
        latest, earliest = self.request.latest, self.request.earliest
        if latest is not None:
            yield Relaxed(sentence("it may end after {clock}", clock=latest), {"latest": None})
        if earliest is not None:
            yield Relaxed(sentence("it may begin before {clock}", clock=earliest), {"earliest": None})

    def _dates(self) -> Iterator[Relaxed]:
        last = self.setting.document.term.last_day
        if self.request.last_day < last:
            yield Relaxed(sentence("it may be later than {day}", day=self.request.last_day), {"last_day": last})

    def _anyway(self) -> Iterator[Relaxed]:
        """Ask teachers, and those others who are away at the most starts, to come at other times."""
        search = self.search
        keys: list[Key] = [("teacher", teacher) for teacher in search.teachers]
        if any(self._is_away(key) for key in keys):
            people = search.costs.names(keys)
            yield Relaxed(sentence("{people} can come at other times", people=people), anyway=frozenset(keys))
        away = [key for key in search.gathering.people if key[0] != "group" and self._is_away(key)]
        for key in away[:PEOPLE]:
            people = (self.setting.name(key),)
            yield Relaxed(sentence("{people} can come at other times", people=people), anyway=frozenset([key]))

    def _is_away(self, key: Key) -> bool:
        search = self.search
        return any(
            self.setting.hindered(search.gathering, key, day).away & search.starts.on(day) for day in search.days
        )

    def _teachers(self) -> Iterator[Relaxed]:
        request, document = self.request, self.setting.document
        course = course_of(document, request)
        able = qualified(document, course, site_of(document, request)) if course is not None else ()
        others = tuple(teacher for teacher in able if teacher not in self.search.teachers)
        if others:
            yield Relaxed(sentence("another teacher holds it"), {"teachers": others})

    def _lessons(self) -> Iterator[Relaxed]:
        if not self.request.may_move:
            yield Relaxed(sentence("a lesson may be moved"), {"may_move": True})

    def _places(self) -> Iterator[Relaxed]:
        if self.request.mode == "site":
            yield Relaxed(sentence("it is held online"), {"mode": "online", "room": None})
        if self.request.room is not None:
            yield Relaxed(sentence("it needs no room"), {"room": None})

    def _people(self) -> Iterator[Relaxed]:
        """Leave out one tutor or one of several who learn, those first who hinder the most starts."""
        request, tried = self.request, 0
        for kind, key in Reasons(self.search).blocking():
            name = {"tutor": "agree", "student": "students", "group": "groups"}[kind]
            asked: tuple[str, ...] = getattr(request, name)
            alone = kind != "tutor" and len({*request.students, *request.groups}) == 1
            if key in asked and not alone and tried < PEOPLE:
                tried += 1
                person = self.setting.name((kind, key))
                left = tuple(one for one in asked if one != key)
                yield Relaxed(sentence("{person} need not be there", person=person), {name: left})

    def _shorter(self) -> Iterator[Relaxed]:
        asked = self.request.minutes
        for minutes in range(asked - SHORTER, max(SHORTER, asked // 2) - 1, -SHORTER):
            what = sentence("{n} minute is enough", plural="{n} minutes are enough", n=minutes)
            yield Relaxed(what, {"minutes": minutes})

    def _fewer(self) -> Iterator[Relaxed]:
        held = len(self.search.held)
        for count in range(self.request.count - 1, held, -1):
            what = sentence("{n} consultation is enough", plural="{n} consultations are enough", n=count)
            yield Relaxed(what, {"count": count})

    def _when(self, relaxed: Relaxed) -> Sentence | None:
        """Tell when it is free if something is given up; nothing where it is not."""
        proposal = self.find(self.request.model_copy(update=relaxed.changes), relaxed.anyway)
        if proposal is None:
            return None
        first = proposal.consultations[0]
        when = sentence("{start}, {teacher}", start=first.start, teacher=self.setting.name(("teacher", first.teacher)))
        if proposal.move is None:
            return when
        return sentence(
            "{when}; “{course}” moves from {old} to {new}",
            when=when,
            course=self._moved(proposal.move),
            old=proposal.move.start,
            new=proposal.move.new_start,
        )

    def _moved(self, move: Move) -> str:
        """What people call the lesson that is moved."""
        placement = self.setting.timetable.placements[move.occurrence.partition("@")[0]]
        course = self.setting.document.course(placement.course)
        return course.name or course.id
