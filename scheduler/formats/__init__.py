"""Files in and out; which format a file is in is seen from its content, not from its name.

A module put here that offers `recognise` and `read` is a format added, and needs no other edit.
"""

from collections.abc import Iterable
from functools import cache
from importlib import import_module
from pathlib import Path
from pkgutil import iter_modules
from typing import TYPE_CHECKING, Protocol, cast

from scheduler.errors import BadInput, Fault, Place
from solver.sentence import sentence

if TYPE_CHECKING:
    from scheduler.domain.document import Document

HEAD = 4096
"""Bytes from the beginning of a file by which it is recognised."""


class Format(Protocol):
    """What a format module offers for reading."""

    def recognise(self, head: bytes, name: str) -> bool:
        """Tell whether a file is in this format, from its beginning, and from its name where that leaves a doubt."""

    def read(self, path: Path) -> "Document":
        """Read a term's document; raise `BadInput` with every fault."""


class Placing(Format, Protocol):
    """A format in which a field of the document stands somewhere else than its path tells."""

    def placed(self, path: Path, faults: Iterable[Fault]) -> tuple[Fault, ...]:
        """Tell faults of fields of the file where they stand in it."""


class Foreign(Format, Protocol):
    """A format of another program, some of whose files ask for what is not supported."""

    def read_supported(self, path: Path) -> "Document":
        """Read what is supported; the document lists what is left out."""


def read(path: Path, kind: str | None = None, *, ignore_unsupported: bool = False) -> "Document":
    """Read a term's document in whatever format it is.

    Parameters
    ----------
    path
        The file.
    kind
        The format's name where the content is not to decide.
    ignore_unsupported
        Whether to go on where a file of another program asks for what is not supported; the document says so.

    Raises
    ------
    BadInput
        If the file cannot be read, is in no known format or has faults.
    """
    path = Path(path)
    found = _format(path, kind)
    if ignore_unsupported and hasattr(found, "read_supported"):
        return cast("Foreign", found).read_supported(path)
    return found.read(path)


def placed(path: Path, kind: str | None, faults: Iterable[Fault]) -> tuple[Fault, ...]:
    """Tell faults of a document that was read where they stand in its file; those of other files stay as they are.

    Parameters
    ----------
    path, kind
        As the document was read.
    faults
        What was found in it later.
    """
    found = _format(path, kind)
    if not hasattr(found, "placed"):
        return tuple(faults)
    ours: list[Fault] = []
    others: list[Fault] = []
    for fault in faults:
        (ours if fault.place.file is None and fault.place.path is not None else others).append(fault)
    return (*others, *cast("Placing", found).placed(path, ours))


def _format(path: Path, kind: str | None) -> Format:
    """Return the format of a file, told or seen from its content."""
    if kind is not None:
        if kind not in formats():
            known = ", ".join(formats())
            raise BadInput(
                [Fault(Place(), sentence("The format ({kind}) must be one of {known}.", kind=kind, known=known))]
            )
        return formats()[kind]
    start = head(path)
    for name in _names():
        found = _module(name)  # one after another, for some bring much along
        if found is not None and found.recognise(start, path.name):
            return found
    must = sentence(
        "The file must be a workbook (XLSX), a document (YAML or JSON), a FET file or an ITC-2007 file (CTT, EXAM)."
    )
    raise BadInput([Fault(Place(file=str(path)), must)])


def head(path: Path) -> bytes:
    """Return the beginning of a file; a file that cannot be opened is a fault."""
    try:
        with path.open("rb") as stream:
            return stream.read(HEAD)
    except OSError as error:
        raise unreadable(path, error) from None


def unreadable(path: Path, error: OSError) -> BadInput:
    """Say why a file cannot be opened."""
    must = (
        sentence("There must be a file of this name.")
        if isinstance(error, FileNotFoundError)
        else sentence("The file must be readable ({reason}).", reason=error.strerror or "?")
    )
    return BadInput([Fault(Place(file=str(path)), must)])


def formats() -> dict[str, Format]:
    """Find the formats by their modules' names; the native one, which takes any text, is asked last."""
    return {name: module for name in _names() if (module := _module(name)) is not None}


@cache
def _names() -> tuple[str, ...]:
    names = (module.name for module in iter_modules(__path__))
    return tuple(sorted(names, key=lambda name: (name == "native", name)))


@cache
def _module(name: str) -> Format | None:
    """Return a module here if it is a format."""
    module = import_module(f"{__name__}.{name}")
    return cast("Format", module) if hasattr(module, "recognise") else None
