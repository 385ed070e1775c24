"""Names of the engine's things: sentences without a language, so that any sentence can be told in any."""

from __future__ import annotations

import re
from functools import cached_property
from typing import TYPE_CHECKING, Final

from scheduler.compile.clock import DAY, clock_of
from solver.sentence import Sentence, Thing, sentence

if TYPE_CHECKING:
    from scheduler.compile.compiled import Compiled
    from scheduler.domain.calendar import Bell, Term

WEEKDAYS: Final = (
    sentence("Monday"),
    sentence("Tuesday"),
    sentence("Wednesday"),
    sentence("Thursday"),
    sentence("Friday"),
    sentence("Saturday"),
    sentence("Sunday"),
)


def day_name(term: Term, day: int) -> Sentence | str:
    """Name a day of the cycle, counted from 0: as the term calls it, or by its weekday and its week."""
    if own := "".join(term.day_names[day : day + 1]).strip():
        return own
    week, weekday = divmod(day, term.week_days)
    if term.cycle == 1:
        return WEEKDAYS[weekday]
    return sentence("{day}, week {week}", day=WEEKDAYS[weekday], week=week + 1)


def period_name(day: object, bell: Bell) -> Sentence:
    """Name a period of a day: as people call it, or by its number, with the clock unless its name tells that."""
    name = bell.name.strip()
    if not name:
        return sentence("{day}, lesson {number} ({time})", day=day, number=bell.number, time=bell.start)
    if re.search(rf"(?<!\d)0?{bell.start.hour}\D{{1,2}}{bell.start.minute:02}(?!\d)", name):
        return sentence("{day}, {time}", day=day, time=name)
    return sentence("{day}, {period} ({time})", day=day, period=name, time=bell.start)


SHOWN = 4
"""Rooms of a choice, or people of a course, that are told by name."""


class Labels:
    """Names things: ``Algebra 9, lesson 2``, ``Tuesday, week 1, lesson 3 (10:40)``."""

    def __init__(self, compiled: Compiled) -> None:
        self.compiled = compiled

    def __call__(self, thing: Thing) -> Sentence | str:
        """Return the name of a thing."""
        match thing.kind:
            case "event":
                return self.event(thing.index)
            case "resource":
                return self.resource(thing.index)
            case "tick":
                return self.tick(thing.index)
            case "day":
                return self.day(thing.index)
            case "unit":
                unit = self.compiled.things[thing.index]
                return unit.name or unit.id
            case "demand":
                return self._demand(thing.index)
            case "pool":
                return self._pool(thing.index)
            case "pools":
                return self._kind(thing.index)
            case "choice":
                return self._choice(thing.index)
        return str(thing)

    def series(self, index: int) -> Sentence | str:
        """Name a section of a course, or another event; where several courses have one name, with who has it."""
        one = self.compiled.series[index]
        name: Sentence | str = one.item.name or one.item.id
        if one.course is not None and len(self._audiences[one.item.name or one.item.id]) > 1:
            document = self.compiled.document
            who = [document.group(key).name or key for key in one.course.groups]
            who += [document.teacher(key).name or key for key in one.course.teachers]
            if who:
                shown = (*who[:SHOWN], *("…" for _ in who[SHOWN : SHOWN + 1]))
                name = sentence("{course} ({who})", course=name, who=shown)
        return name if one.sections == 1 else sentence("{course}, section {section}", course=name, section=one.section)

    @cached_property
    def _audiences(self) -> dict[str, set[tuple[object, ...]]]:
        """For each name of courses by whom these are attended and taught."""
        found: dict[str, set[tuple[object, ...]]] = {}
        for one in self.compiled.series:
            if one.course is not None:
                found.setdefault(one.item.name or one.item.id, set()).add((one.course.groups, one.course.teachers))
        return found

    def event(self, event: int) -> Sentence | str:
        """Name a lesson: by its course, and by its number where there are several."""
        lesson = self.compiled.lessons[event]
        name = self.series(lesson.series)
        if len(self.compiled.series[lesson.series].lessons) == 1:
            return name
        return sentence("{course}, lesson {number}", course=name, number=lesson.number)

    def resource(self, resource: int) -> str:
        """Name a person or a group."""
        participant = self.compiled.participants[resource]
        document, key = self.compiled.document, participant.id
        match participant.kind:
            case "student":
                name = document.student(key).name
            case "teacher":
                name = document.teacher(key).name
            case "tutor":
                name = document.tutor(key).name
            case "support":
                name = document.supporter(key).name
            case "group":
                name = document.group(key).name
        return name or key

    def day(self, day: int) -> Sentence | str:
        """Name a day of the cycle."""
        return day_name(self.compiled.document.term, day)

    def tick(self, tick: int) -> Sentence:
        """Name a time by the first bells of the document's lessons."""
        bells, grid = self.compiled.bells[0], self.compiled.problem.grids[0]
        cell = grid.cell[tick]
        local = self.compiled.ticks.start[tick] - self.compiled.clock.shift(bells.zone)
        if cell < 0:
            clock = self.compiled.clock
            day = local // DAY // 7 * clock.week_days + local // DAY % 7
            return sentence("{day}, {time}", day=self.day(day), time=clock_of(local % DAY))
        return period_name(self.day(cell // grid.periods), bells.schedule.periods[cell % grid.periods])

    def _demand(self, index: int) -> Sentence | str:
        demand = self.compiled.problem.demands[index]
        if demand.attendance is None:
            return self.event(demand.event)
        resource = self.compiled.problem.attendances[demand.attendance].resource
        return sentence("{resource} at {event}", resource=self.resource(resource), event=self.event(demand.event))

    def _pool(self, demand: int) -> Sentence | str:
        """Name what would serve a demand: a room by its own name where only that does, a few by theirs, else of what kind."""
        units = self.compiled.problem.demands[demand].units
        if not self.compiled.wants[demand].certain or not units:
            return self._kind(demand)
        names = [self.compiled.things[unit].name or self.compiled.things[unit].id for unit in units[:SHOWN]]
        if len(units) == 1:
            return names[0]
        rooms = (*names, *("…" for _ in units[SHOWN : SHOWN + 1]))
        return sentence("{kind} ({rooms})", kind=self._featured(demand), rooms=rooms)

    def _kind(self, demand: int) -> Sentence:
        """Name what would serve a demand by its features and site."""
        want, kind = self.compiled.wants[demand], self._featured(demand)
        if want.site is None:
            return kind
        site = self.compiled.document.site(want.site)
        return sentence("{kind} ({site})", kind=kind, site=site.name or site.id)

    def _featured(self, demand: int) -> Sentence:
        room, want = self.compiled.problem.demands[demand].attendance is None, self.compiled.wants[demand]
        kind = sentence("a room") if room else sentence("a workstation")
        return sentence("{kind} with {features}", kind=kind, features=want.features) if want.features else kind

    def _choice(self, index: int) -> Sentence:
        pick = self.compiled.picks[index]
        if pick.student is None:
            return sentence("the teacher of {course}", course=self.series(pick.series[0]))
        student = self.compiled.document.student(pick.student)
        course = self.compiled.series[pick.series[0]].item
        return sentence(
            "the section of {student} in {course}", student=student.name or student.id, course=course.name or course.id
        )
