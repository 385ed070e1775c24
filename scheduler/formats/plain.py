"""YAML and JSON as plain data: no tags, no aliases, no key twice, nothing deeper or larger than a document can be.

YAML's words are read by the core schema of YAML 1.2: `true`, `null` and numbers mean something, and everything else is
the text that was written. So `no`, `off`, `10:30` and `2026-09-01` stay what a person sees.
"""

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NoReturn

import yaml
from yaml.events import (
    AliasEvent,
    DocumentStartEvent,
    Event,
    MappingEndEvent,
    MappingStartEvent,
    ScalarEvent,
    SequenceEndEvent,
    SequenceStartEvent,
)

from scheduler.errors import BadInput, Fault, Place
from scheduler.formats import unreadable
from solver.sentence import Sentence, sentence

LARGEST = 64 * 2**20
"""Bytes that a document may have."""

DEEPEST = 40
"""Levels of lists and tables within one another."""

_INTEGER = re.compile(r"-?(0|[1-9][0-9]{0,17})")
_DECIMAL = re.compile(r"-?(0|[1-9][0-9]{0,17})\.[0-9]{1,17}")
_NAMED = {"": None, "~": None, "null": None, "true": True, "false": False}


def load(path: Path) -> Any:
    """Read a YAML or JSON file.

    Raises
    ------
    BadInput
        If it cannot be read; the fault names the line.
    """
    try:
        with path.open("rb") as stream:
            content = stream.read(LARGEST + 1)
    except OSError as error:
        raise unreadable(path, error) from None
    return parse(content, str(path))


def parse(content: bytes, name: str) -> Any:
    """Read the content of a YAML or JSON file of that name, as `load` does."""
    try:
        if len(content) > LARGEST:
            _refuse(sentence("The file must have at most {n} MB.", n=LARGEST // 2**20))
        try:
            text = content.decode("utf-8-sig")
        except UnicodeDecodeError as error:
            line = content.count(b"\n", 0, error.start) + 1
            _refuse(sentence("The file must be text in UTF-8."), line)
        return _json(text) if is_json(text) else _yaml(text)
    except BadInput as bad:
        raise BadInput(fault.within(name) for fault in bad.faults) from None


def is_json(text: str) -> bool:
    """Whether a text begins as JSON does, and is to be JSON; YAML could, but nobody writes a document so."""
    return text.lstrip()[:1] in {"{", "["}


def _refuse(must: Sentence, line: int | None = None, maybe: Sentence | None = None) -> NoReturn:
    raise BadInput([Fault(Place(line=line), must, maybe)])


def _json(text: str) -> Any:
    def once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        table = dict(pairs)
        if len(table) < len(pairs):
            seen: set[str] = set()
            twice = next(name for name, _ in pairs if name in seen or seen.add(name))  # type: ignore[func-returns-value]
            _refuse(sentence("The field “{name}” must be given once only.", name=twice))
        return table

    def number(written: str) -> NoReturn:
        _refuse(sentence("The value ({value}) must be a number.", value=written))

    def whole(written: str) -> int:
        return int(written) if len(written) <= 19 else number(written[:20] + "…")

    try:
        data = json.loads(text, object_pairs_hook=once, parse_constant=number, parse_int=whole)
        if re.search(r"\\u[dD][89a-fA-F]", text):
            json.dumps(data, ensure_ascii=False).encode()
    except json.JSONDecodeError as error:
        if error.pos >= len(text.rstrip()) or error.msg.startswith("Unterminated"):
            _refuse(sentence("The file must not end here: something is left open."), error.lineno)
        _refuse(sentence("The file must be JSON; column {column} is not.", column=str(error.colno)), error.lineno)
    except UnicodeEncodeError:
        _refuse(sentence("The text must have no halves of characters."))
    except RecursionError:
        _refuse(sentence("Lists and tables must not lie more than {n} levels deep.", n=DEEPEST))
    return data


def _yaml(text: str) -> Any:
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    try:
        return _Builder(yaml.parse(text, Loader=loader)).build()
    except yaml.reader.ReaderError as error:
        line = text.count("\n", 0, error.position) + 1
        _refuse(sentence("The text must have no line breaks or other control characters."), line)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        line, column = (mark.line + 1, mark.column + 1) if mark else (1, 1)
        if (mark and line > len(text.rstrip().splitlines())) or "end of stream" in (error.problem or ""):
            _refuse(sentence("The file must not end here: something is left open."), line)
        _refuse(sentence("The file must be YAML; column {column} is not.", column=str(column)), line)


class _Builder:
    """Builds plain data from a parser's events, without recursion and without what YAML can do beyond data."""

    def __init__(self, events: Iterator[Event]) -> None:
        self._events = events

    def build(self) -> Any:
        open_: list[list[Any] | dict[str, Any]] = []
        keys: list[str | None] = []  # for each open table the key that waits for its value; None for a list
        root: Any = None
        documents = 0
        for event in self._events:
            line = event.start_mark.line + 1 if event.start_mark else 1
            if isinstance(event, DocumentStartEvent):
                documents += 1
                if documents > 1:
                    _refuse(sentence("The file must hold one document only."), line)
            elif isinstance(event, AliasEvent):
                _refuse(sentence("The alias *{name} must be written out.", name=event.anchor), line)
            elif isinstance(event, (ScalarEvent, SequenceStartEvent, MappingStartEvent)):
                root = self._take(event, open_, keys, root, line)
            elif isinstance(event, (SequenceEndEvent, MappingEndEvent)):
                open_.pop()
                keys.pop()
        return root

    def _take(
        self,
        event: ScalarEvent | SequenceStartEvent | MappingStartEvent,
        open_: list[list[Any] | dict[str, Any]],
        keys: list[str | None],
        root: Any,
        line: int,
    ) -> Any:
        if event.tag not in {None, "!"}:
            _refuse(sentence("The tag {tag} must be left out.", tag=event.tag), line)
        outer = open_[-1] if open_ else None
        if isinstance(outer, dict) and keys[-1] is None:
            if not isinstance(event, ScalarEvent):
                _refuse(sentence("The name of a field must be a word."), line)
            if event.value in outer:
                _refuse(sentence("The field “{name}” must be given once only.", name=event.value), line)
            keys[-1] = event.value
            return root
        value: Any
        if isinstance(event, ScalarEvent):
            value = _scalar(event.value) if event.implicit[0] else event.value
        else:
            value = [] if isinstance(event, SequenceStartEvent) else {}
        if isinstance(outer, list):
            outer.append(value)
        elif isinstance(outer, dict):
            outer[keys[-1] or ""] = value
            keys[-1] = None
        else:
            root = value
        if not isinstance(event, ScalarEvent):
            open_.append(value)
            keys.append(None)
            if len(open_) > DEEPEST:
                _refuse(sentence("Lists and tables must not lie more than {n} levels deep.", n=DEEPEST), line)
        return root


def _scalar(text: str) -> Any:
    if text in _NAMED:
        return _NAMED[text]
    if _INTEGER.fullmatch(text):
        return int(text)
    return float(text) if _DECIMAL.fullmatch(text) else text
