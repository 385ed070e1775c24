"""From sessions of exams to the engine's whole numbers, and back.

`compile_sessions` makes the problem; `plan_of` tells an assignment as sittings, consultations and changed lessons,
`recall` reads a plan as an assignment.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from scheduler.compile.clock import Ticks
from scheduler.compile.sessions.beside import Beside
from scheduler.compile.sessions.breaks import Breaks
from scheduler.compile.sessions.build import Build
from scheduler.compile.sessions.compiled import CompiledSessions
from scheduler.compile.sessions.consultations import Consulting, window_of
from scheduler.compile.sessions.dates import DatedClock, grid_of
from scheduler.compile.sessions.exams import Examining
from scheduler.compile.sessions.labels import SessionLabels
from scheduler.compile.sessions.people import Attendees
from scheduler.compile.sessions.recall import recall
from scheduler.compile.sessions.rules import SessionRules
from scheduler.compile.sessions.tell import plan_of
from scheduler.domain.faults import maybe
from scheduler.domain.people import Hours
from scheduler.errors import Fault, Place, refuse
from solver.problem import Choice, Event, Option, Problem, Resource, Unit
from solver.sentence import sentence

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from scheduler.compile.sessions.build import Held
    from scheduler.domain.document import Document
    from scheduler.domain.people import Limits
    from scheduler.domain.timetable import Timetable

__all__ = ["CompiledSessions", "SessionLabels", "compile_sessions", "plan_of", "recall"]


def compile_sessions(
    document: Document, timetable: Timetable | None = None, sessions: tuple[str, ...] = ()
) -> CompiledSessions:
    """Tell the engine which exams are to be placed.

    Parameters
    ----------
    document
        One without faults (`scheduler.domain.check`).
    timetable
        The term's, of this document (`scheduler.domain.strangers`), beside whose lessons the exams are held.
    sessions
        Only the exams of these; of all where none is named.

    Raises
    ------
    BadInput
        If it names sessions that there are not, or nothing is to be placed; if the document asks for what cannot be said
        to the engine: every such fault at once.
    """
    refuse(_unknown(document, sessions))
    exams = tuple(exam for exam in document.exams if not sessions or exam.session in sessions)
    if not exams:
        refuse([Fault(Place(path="exams"), sentence("There must be an exam to place."))])
    faults: list[Fault] = []
    clock = DatedClock(document.term, *window_of(document, exams))
    build = Build(document, Attendees(document))
    examining = Examining(build, clock, faults)
    examining.add(exams)
    consulting = Consulting(build, clock, examining, faults)
    consulting.add(exams)
    breaks = Breaks(build)
    breaks.add()
    beside = Beside(build, clock)
    if timetable is not None:
        beside.add(timetable, exams)
    refuse(faults)
    ticks = Ticks((span for held in build.events for span in held.spans if span is not None), ())
    zones = tuple(dict.fromkeys((*(held.zone for held in build.events), *(one.zone for one in build.attendees))))
    days = clock.dates(ticks, zones)
    compiled = CompiledSessions(
        document=document,
        problem=_problem(build, clock, ticks, zones, days),
        clock=clock,
        ticks=ticks,
        days=days,
        exams=exams,
        events=tuple(build.events),
        attendees=tuple(build.attendees),
        seats=tuple(build.seats),
        things=build.things,
        claims=tuple(build.claims),
        wholes={exam: tuple(events) for exam, events in examining.wholes.items()},
        stretches={part: tuple(events) for part, events in examining.stretches.items()},
        consultations=dict(consulting.of),
        alone=tuple(examining.alone),
        lessons=tuple(beside.events),
        suspended=tuple(beside.suspended),
        breaks=breaks.of,
    )
    making = SessionRules(compiled, _shut(build, clock, ticks), faults)
    rules = making.make()
    refuse(faults)
    return replace(
        compiled,
        problem=replace(compiled.problem, rules=tuple(rule for _, rule in rules)),
        specs=tuple(spec for spec, _ in rules),
        kept=tuple(making.kept),
    )


def _unknown(document: Document, sessions: tuple[str, ...]) -> Iterator[Fault]:
    known = document.ids("sessions")
    for key in sessions:
        if key not in known:
            must = sentence("The session “{key}” must be in the document.", key=key)
            yield Fault(Place(), must, maybe(key, known))


def _shut(build: Build, clock: DatedClock, ticks: Ticks) -> tuple[frozenset[int], ...]:
    """Return for each attendee the ticks at which they are not there, for anything that is an event."""
    found = []
    for resource, attendee in enumerate(build.attendees):
        if attendee.stands_in in ("resting", "travelling"):
            found.append(ticks.of(build.ways.get(resource, ())))
            continue
        hours = (*attendee.availability.weekly, *_own_hours(attendee.limits))
        shut = clock.closed(ticks, hours, attendee.zone)
        shut |= ticks.of(clock.away(attendee.availability, attendee.zone))
        shut |= ticks.of(build.busy.get(attendee.key, ()))
        if attendee.stands_in is None:
            shut |= ticks.of(build.accompanying.get(attendee.key, ()))
        found.append(shut - ticks.of(build.counted.get(attendee.key, ())))
    return tuple(found)


def _own_hours(limits: Limits) -> Iterator[Hours]:
    """Yield when somebody is not there because of their own limits: before the earliest start, after the latest end."""
    if limits.earliest is not None:
        yield Hours(available=False, end=limits.earliest)
    if limits.latest is not None:
        yield Hours(available=False, start=limits.latest)


def _problem(build: Build, clock: DatedClock, ticks: Ticks, zones: tuple[str, ...], days: tuple[date, ...]) -> Problem:
    """Return the problem without its rules; each zone has a grid."""
    document = build.document
    starts = {start for held in build.events if held.kind == "exam" for start in held.starts if start is not None}
    grid = {zone: index for index, zone in enumerate(zones)}
    zone_of = {site.id: clock.zone(site.time_zone) for site in document.sites}
    known: dict[int, tuple[Option, ...]] = {}
    return Problem(
        axis=ticks.axis,
        grids=tuple(grid_of(clock, days, ticks, starts, zone) for zone in zones),
        events=tuple(Event(_options(held, ticks, known), grid[held.zone]) for held in build.events),
        resources=tuple(Resource(grid[attendee.zone]) for attendee in build.attendees),
        attendances=tuple(build.rows),
        choices=tuple(Choice(seat.alternatives) for seat in build.seats),
        units=tuple(
            Unit(
                getattr(thing, "seats", 1),
                clock.closed(ticks, thing.hours, zone_of[thing.site]) | ticks.of(build.taken.get(unit, ())),
                build.place[thing.site],
                build.stands[unit],
            )
            for unit, thing in enumerate(build.things)
        ),
        demands=tuple(build.demands),
        travel=build.minutes,
    )


def _options(held: Held, ticks: Ticks, known: dict[int, tuple[Option, ...]]) -> tuple[Option, ...]:
    """Return an event's options; events whose spans are the same tuple share them."""
    found = known.get(id(held.spans))
    if found is None:
        found = tuple(Option(() if span is None else tuple(ticks.touched(span))) for span in held.spans)
        known[id(held.spans)] = found
    return found
