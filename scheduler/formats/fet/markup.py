"""XML as a tree that knows its lines; nothing outside the file is ever read, and entities of its own are refused."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING
from xml.parsers import expat

from scheduler.errors import BadInput, Fault, Place
from solver.sentence import sentence

if TYPE_CHECKING:
    from collections.abc import Iterator

DEEPEST = 40
"""Elements within one another at most."""


@dataclass(slots=True)
class Node:
    """An element.

    Attributes
    ----------
    tag : str
    line : int
        Where it begins, counted from 1.
    text : str
        Its text with all its spaces: to FET they are a part of a name.
    """

    tag: str
    line: int
    attributes: dict[str, str]
    text: str = ""
    children: list[Node] = field(default_factory=list)

    def find(self, tag: str) -> Node | None:
        """Return the first child of that tag."""
        return next((child for child in self.children if child.tag == tag), None)

    def all(self, tag: str) -> Iterator[Node]:
        """Yield the children of that tag."""
        return (child for child in self.children if child.tag == tag)

    def say(self, tag: str) -> str:
        """Return the text of the first child of that tag; empty where there is none."""
        found = self.find(tag)
        return "" if found is None else found.text


class _RefusedError(Exception):
    """What must not be in a file, found while it is parsed."""


def parse(data: bytes) -> Node:
    """Parse a file.

    Raises
    ------
    BadInput
        With the line, if it is no well-formed XML, declares entities or nests elements too deeply.
    """
    building = _Building()
    parser = expat.ParserCreate()
    parser.buffer_text = True
    parser.StartElementHandler = building.start
    parser.EndElementHandler = building.end
    parser.CharacterDataHandler = building.characters
    parser.EntityDeclHandler = building.entity
    building.parser = parser
    try:
        parser.Parse(data, True)  # noqa: FBT003 - expat takes it by position
    except expat.ExpatError as error:
        must = sentence("The file must be well-formed XML: {reason}.", reason=expat.ErrorString(error.code))
        raise BadInput([Fault(Place(line=error.lineno), must, sentence("Maybe it was cut off."))]) from None
    except (_RefusedError, ValueError, LookupError) as error:
        must = sentence("The file must be plain XML: {reason}.", reason=str(error))
        raise BadInput([Fault(Place(line=max(1, parser.CurrentLineNumber)), must)]) from None
    assert building.root is not None, "expat takes no file without an element"
    return building.root


class _Building:
    def __init__(self) -> None:
        self.parser: expat.XMLParserType
        self.root: Node | None = None
        self._open: list[tuple[Node, list[str]]] = []

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        node = Node(tag, self.parser.CurrentLineNumber, attributes)
        if self._open:
            self._open[-1][0].children.append(node)
        else:
            self.root = node
        self._open.append((node, []))
        if len(self._open) > DEEPEST:
            raise _RefusedError(f"more than {DEEPEST} elements within one another")

    def end(self, tag: str) -> None:
        del tag
        node, parts = self._open.pop()
        node.text = "".join(parts)

    def characters(self, text: str) -> None:
        self._open[-1][1].append(text)

    def entity(self, name: str, *rest: object) -> None:
        del rest
        raise _RefusedError(f"entity “{name}”")
