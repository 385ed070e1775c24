"""Files of FET 5 and 6, mode "Official": `.fet` in, a timetable as FET writes it out.

A constraint of weight 100 is a required rule. One of weight w below is weighted by 100 w, so that a conflict of FET's,
which counts w / 100, costs 10,000 times as much. Source of the format: FET's files and manual, https://lalescu.ro/liviu/fet/.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from scheduler.errors import BadInput
from scheduler.formats.fet.document import document_of
from scheduler.formats.fet.markup import parse

if TYPE_CHECKING:
    from pathlib import Path

    from scheduler.domain.document import Document


def recognise(head: bytes, name: str) -> bool:
    """Tell from the beginning of a file, or from its name if it is XML, whether it is a FET file."""
    text = head.removeprefix(b"\xef\xbb\xbf").lstrip()
    return re.search(rb"<fet[\s>]", head) is not None or (name.lower().endswith(".fet") and text.startswith(b"<"))


def read(path: Path) -> Document:
    """Read a `.fet` file as a term's document.

    Raises
    ------
    BadInput
        With every fault and its line; also for constraints that are not supported.
    """
    return _read(path, ignore_unsupported=False)


def read_supported(path: Path) -> Document:
    """Read a `.fet` file without the constraints that are not supported, which the document lists.

    Raises
    ------
    BadInput
        With every other fault and its line.
    """
    return _read(path, ignore_unsupported=True)


def _read(path: Path, *, ignore_unsupported: bool) -> Document:
    from scheduler.formats import unreadable  # noqa: PLC0415 - the package lists its formats

    try:
        data = path.read_bytes()
    except OSError as error:
        raise unreadable(path, error) from None
    try:
        return document_of(parse(data), ignore_unsupported=ignore_unsupported)
    except BadInput as bad:
        raise BadInput(fault.within(str(path)) for fault in bad.faults) from None
