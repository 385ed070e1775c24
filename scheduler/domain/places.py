"""Schools, their sites, and the rooms and workstations there."""

from scheduler.domain.base import Count, Feature, Id, Label, Minutes, Name, Record, TimeZone
from scheduler.domain.people import Hours


class School(Record):
    """An institution; its coordinator and its students' parents read its lists."""

    id: Id
    name: Name = ""


class Site(Record):
    """A place where people sit: a building with its own clock and bells."""

    id: Id
    name: Name = ""
    school: Id | None = None
    time_zone: TimeZone | None = None
    """The term's where it is left out."""
    bells: Id | None = None
    """The bell schedule; the first of the document where it is left out."""


class Room(Record):
    """A room at a site."""

    id: Id
    name: Label = ""
    site: Id
    seats: Count
    features: tuple[Feature, ...] = ()
    hours: tuple[Hours, ...] = ()
    """When it can be used; always where nothing is said."""


class Workstation(Record):
    """A computer with Internet at a site (АРМ)."""

    id: Id
    name: Name = ""
    site: Id
    room: Id | None = None
    """Where it stands: whoever has a room in an exam sits at a workstation there, or at one that names none and is brought."""
    features: tuple[Feature, ...] = ()
    """`camera`, `headset`, `screen-reader`, named software."""
    hours: tuple[Hours, ...] = ()
    """When it can be used; always where nothing is said."""


class Travel(Record):
    """How long it takes from one site to another, both ways."""

    a: Id
    b: Id
    minutes: Minutes
