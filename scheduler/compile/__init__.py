"""From an institution's words to the engine's whole numbers, and back.

`compile_document` makes the problem; `pattern` tells an assignment as placements, `recall` reads a timetable as an
assignment.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from scheduler.compile.attend import Attending, lesson_of
from scheduler.compile.clock import Clock, Ticks, grid_of, period_spans
from scheduler.compile.compiled import Compiled
from scheduler.compile.labels import Labels
from scheduler.compile.needs import Needing, units_of
from scheduler.compile.people import People
from scheduler.compile.recall import keep, recall
from scheduler.compile.rules import RuleMaker, specs_of
from scheduler.compile.series import SeriesMaker
from scheduler.compile.shapes import options_of
from scheduler.compile.tell import pattern
from scheduler.errors import Fault, Place, refuse
from solver.problem import Choice, Event, Problem, Resource
from solver.sentence import sentence

if TYPE_CHECKING:
    from scheduler.domain.document import Document
    from scheduler.domain.timetable import Timetable

__all__ = ["Compiled", "Labels", "compile_document", "pattern", "recall"]


def compile_document(document: Document, earlier: Timetable | None = None, pins: tuple[str, ...] = ()) -> Compiled:
    """Tell the engine what is to be placed.

    Parameters
    ----------
    document
        One without faults (`scheduler.domain.check`).
    earlier
        The timetable with which StayPut compares, and of which the pinned lessons stay.
    pins
        Courses, other events or single lessons that stay as well.

    Raises
    ------
    BadInput
        If the document asks for what cannot be said to the engine: every such fault at once.
    """
    faults: list[Fault] = []
    if not document.bells:
        refuse([Fault(Place(path="bells"), sentence("There must be one bell schedule at least."))])
    people = People(document)
    specs = specs_of(document)
    series = SeriesMaker(document, people, faults).make()
    attendances = Attending(document, people, series, faults).collect()
    by_seats = any(spec.rule == "FitSeats" and not isinstance(spec.weight, int) for _, spec in specs)
    needs = Needing(document, people, by_seats=by_seats).collect(series, attendances)
    lessons = lesson_of(series)
    shapes = dict.fromkeys(lesson.shape for lesson in lessons)
    clock = Clock(document.term)
    bells = tuple(dict.fromkeys([*(s.bells for s in shapes), *(p.bells for p in attendances.participants)]))
    ticks = Ticks(
        (span for shape in shapes for span in shape.spans(clock)),
        (minute for one in bells for day in period_spans(clock, one) for span in day for minute in span),
    )
    options = {shape: options_of(shape, clock, ticks) for shape in shapes}
    for one in series:
        faults.extend(
            _without_time(one.path, lesson.shape.periods) for lesson in one.lessons if not options[lesson.shape]
        )
    refuse(faults)
    grid = {one: index for index, one in enumerate(bells)}
    place = {site.id: index for index, site in enumerate(document.sites)}
    minutes = {(travel.a, travel.b): travel.minutes for travel in document.travel}
    problem = Problem(
        axis=ticks.axis,
        grids=tuple(grid_of(clock, ticks, one) for one in bells),
        events=tuple(Event(options[lesson.shape], grid[lesson.shape.bells]) for lesson in lessons),
        resources=tuple(Resource(grid[p.bells]) for p in attendances.participants),
        attendances=tuple(attendances.rows),
        choices=tuple(Choice(pick.alternatives) for pick in attendances.picks),
        units=units_of(document, people, clock, ticks),
        demands=needs.demands,
        travel=tuple(tuple(minutes.get((a, b), minutes.get((b, a), 0)) for b in place) for a in place),
    )
    compiled = Compiled(
        document=document,
        problem=problem,
        people=people,
        clock=clock,
        ticks=ticks,
        bells=bells,
        series=series,
        lessons=lessons,
        participants=tuple(attendances.participants),
        picks=tuple(attendances.picks),
        things=needs.things,
        claims=needs.claims,
        wants=needs.wants,
    )
    kept = None if earlier is None else keep(compiled, earlier, pins)
    rules = RuleMaker(compiled, faults, kept).make(specs)
    refuse(faults)
    return replace(
        compiled,
        problem=replace(problem, rules=tuple(rule for _, rule in rules)),
        specs=tuple(spec for spec, _ in rules),
        kept=kept,
    )


def _without_time(path: str, periods: int) -> Fault:
    return Fault(
        Place(path=f"{path}.split"),
        sentence(
            "A lesson of {n} period must fit the bells.",
            plural="A lesson of {n} periods must fit the bells, with no break of half an hour in it.",
            n=periods,
        ),
    )
