"""Files written whole: a reader never sees half a file, and a failure is told as a fault."""

import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import BinaryIO

from scheduler.errors import BadInput, Fault, Place
from solver.sentence import Sentence, sentence


@contextmanager
def write(path: Path) -> Iterator[BinaryIO]:
    """Open a file for writing, which takes its place, with its folders, only when all of it is written.

    Raises
    ------
    BadInput
        When it cannot be written; what stood there before stands there still.
    """
    draft = path.with_name(f".{path.name}.{os.getpid()}.tmp")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with draft.open("xb") as stream:
            yield stream
            stream.flush()
            os.fsync(stream.fileno())
        draft.replace(path)
    except OSError as error:
        raise _refusal(path, _why(error)) from error
    finally:
        with suppress(OSError):
            draft.unlink(missing_ok=True)


def write_bytes(path: Path, content: bytes) -> None:
    """Write a whole file; see `write`."""
    with write(path) as stream:
        stream.write(content)


def write_text(path: Path, content: str) -> None:
    """Write a whole file in UTF-8; see `write`."""
    write_bytes(path, content.encode())


def _refusal(path: Path, why: Sentence) -> BadInput:
    return BadInput([Fault(Place(file=str(path)), why)])


def _why(error: OSError) -> Sentence:
    match error:
        case IsADirectoryError() | NotADirectoryError() | FileExistsError():
            return sentence("A file must be here, and a folder may not stand in its place, nor a file in a folder's.")
        case PermissionError():
            return sentence("You must be allowed to use this file.")
        case _:
            return sentence("The file cannot be used: {reason}.", reason=error.strerror or str(error))
