"""Examination timetabling of the second international competition (ITC-2007, track 1): `.exam` in, `.sln` in and out.

Source of the format: McCollum, McMullan, Burke, Parkes, Qu, "The Second International Timetabling Competition: Examination
Timetabling Track", 2007. An instance is one session here; its weightings are rules of the session.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from scheduler.formats import lines
from scheduler.formats.itc2007_exam.document import document_of
from scheduler.formats.itc2007_exam.instance import Reader
from scheduler.formats.itc2007_exam.solution import read_solution, write

if TYPE_CHECKING:
    from pathlib import Path

    from scheduler.domain.document import Document

__all__ = ["read", "read_solution", "read_text", "recognise", "write"]


def recognise(head: bytes, name: str) -> bool:
    """Tell from the beginning of a file whether it is in this format."""
    del name
    return re.match(rb"(\xef\xbb\xbf)?\s*\[Exams\s*:", head) is not None


def read(path: Path) -> Document:
    """Read an `.exam` file as a document of one session.

    Raises
    ------
    BadInput
        If a line is not what the format says: every such line.
    """
    return lines.read(path, read_text)


def read_text(text: str) -> Document:
    """Read the text of an `.exam` file as a document of one session."""
    return document_of(Reader(text).read())
