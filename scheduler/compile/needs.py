"""Who needs a room or a workstation, and which ones serve."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from scheduler.domain.courses import Course
from scheduler.domain.places import Room, Workstation
from solver.problem import Demand, Unit

if TYPE_CHECKING:
    from scheduler.compile.attend import Attendances
    from scheduler.compile.clock import Clock, Ticks
    from scheduler.compile.people import People
    from scheduler.compile.series import Series
    from scheduler.domain.courses import Claimant, FurtherRoom
    from scheduler.domain.document import Document

Claim = Literal["rooms", "students", "teachers"]


@dataclass(frozen=True, slots=True)
class Want:
    """What is looked for: at which site (None: at any), with which features; or one of certain rooms."""

    site: str | None
    features: tuple[str, ...]
    certain: bool = False


@dataclass(frozen=True, slots=True)
class Needs:
    """The things there are, and the demands for them.

    Attributes
    ----------
    things : tuple of Room or Workstation
        In the order of the engine's units.
    demands : tuple of Demand
    claims : tuple of str
        For each demand what claims it: a room for a lesson, or a workstation for a student or a teacher.
    wants : tuple of Want
        For each demand what would serve it.
    """

    things: tuple[Room | Workstation, ...]
    demands: tuple[Demand, ...]
    claims: tuple[Claim, ...]
    wants: tuple[Want, ...]


class Needing:
    """Collects the demands. One that nothing could serve is no fault: the engine says who goes without.

    Parameters
    ----------
    by_seats
        Whether only rooms with enough seats serve; else `FitSeats` counts who stands.
    """

    def __init__(self, document: Document, people: People, *, by_seats: bool) -> None:
        self.document = document
        self.people = people
        self.by_seats = by_seats
        self.things: tuple[Room | Workstation, ...] = (*document.rooms, *document.workstations)
        self._rooms: dict[tuple[FurtherRoom, str | None, int], tuple[int, ...]] = {}
        self._workstations: dict[tuple[str, frozenset[str]], tuple[int, ...]] = {}
        self._own = {
            **{("student", s.id): frozenset(s.needs) for s in document.students},
            **{("teacher", t.id): frozenset(t.needs) for t in document.teachers},
        }
        self._sites = tuple(site.id for site in document.sites)

    def collect(self, series: tuple[Series, ...], attendances: Attendances) -> Needs:
        """Return all demands: those of the lessons for rooms first, then those of people for workstations."""
        demands: list[Demand] = []
        claims: list[Claim] = []
        wants: list[Want] = []
        owner: list[int] = []
        for index, one in enumerate(series):
            owner += [index] * len(one.lessons)
            if one.item.room is None:
                continue
            whole = one.item.room
            rooms = [(need, need.seats if need.seats is not None else one.size) for need in (whole, *whole.also)]
            for offset in range(len(one.lessons)):
                for need, size in rooms:
                    units = self._serving_rooms(one, need, size)
                    demands.append(Demand(attendances.first[index] + offset, units, None, size, whole.optional))
                    claims.append("rooms")
                    wants.append(Want(one.site, need.features, bool(need.candidates)))
        for number, row in enumerate(attendances.rows):
            one = series[owner[row.event]]
            participant = attendances.participants[row.resource]
            if not isinstance(one.item, Course) or row.place < 0 or participant.stand_in:
                continue
            claimant: Claimant
            times = 1
            if participant.kind == "teacher":
                claimant, features = "teachers", one.item.teacher_features
            elif participant.kind == "student":
                claimant, features = "students", one.item.student_features
            elif participant.kind == "group" and participant.id in one.groups and participant.counted:
                claimant, features = "students", one.item.student_features
                times = self.people.size(participant.id)
            else:
                continue
            if not one.item.needs_workstation(claimant):
                continue
            site = self._sites[row.place]
            wanted = self._own.get((participant.kind, participant.id), frozenset[str]()).union(features)
            units = self._serving_workstations(site, wanted)
            demands += [Demand(row.event, units, number)] * times
            claims += [claimant] * times
            wants += [Want(site, tuple(sorted(wanted)))] * times
        return Needs(self.things, tuple(demands), tuple(claims), tuple(wants))

    def _serving_rooms(self, one: Series, need: FurtherRoom, size: int) -> tuple[int, ...]:
        key = (need, one.site, size)
        if key not in self._rooms:
            self._rooms[key] = tuple(
                index
                for index, room in enumerate(self.document.rooms)
                if (room.id in need.candidates if need.candidates else one.site is None or room.site == one.site)
                and set(need.features) <= set(room.features)
                and (not self.by_seats or room.seats >= size)
            )
        return self._rooms[key]

    def _serving_workstations(self, site: str, features: frozenset[str]) -> tuple[int, ...]:
        key = (site, features)
        if key not in self._workstations:
            first = len(self.document.rooms)
            self._workstations[key] = tuple(
                first + index
                for index, workstation in enumerate(self.document.workstations)
                if workstation.site == site and features.issubset(workstation.features)
            )
        return self._workstations[key]


def units_of(document: Document, people: People, clock: Clock, ticks: Ticks) -> tuple[Unit, ...]:
    """Return the engine's units: the rooms, then the workstations."""
    rooms = [(room.seats, room.hours, room.site) for room in document.rooms]
    workstations = [(1, workstation.hours, workstation.site) for workstation in document.workstations]
    place = {site.id: index for index, site in enumerate(document.sites)}
    return tuple(
        Unit(seats, ticks.closed(clock, hours, people.zone_of_site(site)), place[site])
        for seats, hours, site in rooms + workstations
    )
