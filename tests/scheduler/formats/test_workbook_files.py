"""Files that are no workbooks, or dangerous ones: refused before they do harm, and never with a traceback."""

import io
import random
import struct
import zipfile
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import pytest
from typer.testing import CliRunner

from scheduler.cli import app
from scheduler.domain.document import Document
from scheduler.errors import BadInput
from scheduler.formats import workbook
from scheduler.formats.workbook import package

SMALLEST = Document.model_validate({"term": {"first_day": "2026-09-01", "last_day": "2026-12-29"}})
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


@pytest.fixture
def whole(tmp_path: Path) -> bytes:
    workbook.write(SMALLEST, tmp_path / "whole.xlsx", "en")
    return (tmp_path / "whole.xlsx").read_bytes()


def with_part(content: bytes, name: str, change: Callable[[bytes], bytes | None]) -> bytes:
    """Change, add or (None) remove a part of the package."""
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as new:
        parts = {part: old.read(part) for part in old.namelist()}
        changed = change(parts.get(name, b""))
        for part, data in (
            {**parts, name: changed} if changed is not None else {p: d for p, d in parts.items() if p != name}
        ).items():
            new.writestr(part, data)
    return made.getvalue()


def many_parts(_: bytes) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        for number in range(package.MOST_PARTS + 1):
            archive.writestr(f"junk/{number}", b"")
    return made.getvalue()


def locked(content: bytes) -> bytes:
    """Set the flag of encryption of every part, as archivers do."""
    marked = bytearray(content)
    for mark, at in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        found = marked.find(mark)
        while found >= 0:
            flags = struct.unpack_from("<H", marked, found + at)[0]
            struct.pack_into("<H", marked, found + at, flags | 1)
            found = marked.find(mark, found + 4)
    return bytes(marked)


SHEET = "xl/worksheets/sheet2.xml"
ENTITY = b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;">]><worksheet>&b;</worksheet>'
OUTSIDE = b'<?xml version="1.0"?><!DOCTYPE x SYSTEM "file:///etc/passwd"><worksheet/>'

ANEW = "Maybe open it in a spreadsheet program and save it anew as .xlsx."
SEND = "Maybe copy it or send it once more."

REFUSED: dict[str, tuple[Callable[[bytes], bytes], str]] = {
    "nothing": (lambda _: b"", "The file is empty and must be a workbook (.xlsx)."),
    "words": (lambda _: b"just words", f"The file is no workbook, and must be one of the kind .xlsx. {ANEW}"),
    "a truncated file": (
        lambda content: content[: len(content) // 2],
        f"The file is cut off or damaged, and must be a whole workbook (.xlsx). {SEND}",
    ),
    "the first bytes only": (
        lambda _: b"PK\x03\x04",
        f"The file is cut off or damaged, and must be a whole workbook (.xlsx). {SEND}",
    ),
    "the old kind": (
        lambda _: OLE + bytes(512) + "Workbook".encode("utf-16-le") + bytes(512),
        f"The file is a workbook of the old kind (.xls), and must be of the kind .xlsx. {ANEW}",
    ),
    "a password": (
        lambda _: OLE + bytes(512) + "EncryptedPackage".encode("utf-16-le") + bytes(512),
        "The workbook is protected with a password and must be open to read. Maybe save it without the password.",
    ),
    "an archive with a password": (
        locked,
        "The workbook is protected with a password and must be open to read. Maybe save it without the password.",
    ),
    "the binary kind": (
        lambda content: with_part(content, "xl/workbook.bin", lambda _: b"\x83\x01"),
        f"The file is a binary workbook (.xlsb), and a workbook must be of the kind .xlsx. {ANEW}",
    ),
    "a text document": (
        lambda content: with_part(content, "xl/workbook.xml", lambda _: None),
        f"The file has no part xl/workbook.xml, which every workbook must have. {ANEW}",
    ),
    "a zip bomb": (
        lambda content: with_part(content, SHEET, lambda _: b"<worksheet>" + b" " * 2**24),
        f"The part {SHEET} unpacks to more than 300 times its size, and less is believed. {ANEW}",
    ),
    "a bomb of many parts": (
        many_parts,
        f"The file has 2,001 parts inside and must have at most 2,000. {ANEW}",
    ),
    "an XML entity": (
        lambda content: with_part(content, SHEET, lambda _: ENTITY),
        f"The part {SHEET} must declare no document type and no entities. {ANEW}",
    ),
    "an entity from outside": (
        lambda content: with_part(content, SHEET, lambda _: OUTSIDE),
        f"The part {SHEET} must declare no document type and no entities. {ANEW}",
    ),
    "a sheet cut off": (
        lambda content: with_part(content, SHEET, lambda data: data[: len(data) // 2]),
        f"The part {SHEET} is damaged and must be well-formed XML. {ANEW}",
    ),
    "deep XML": (
        lambda content: with_part(content, SHEET, lambda _: b"<a>" * 10_000),
        "The XML in the file must be nested at most 64 deep.",
    ),
    "a sheet that is missing": (
        lambda content: with_part(content, SHEET, lambda _: None),
        f"The file has no part {SHEET}, which every workbook must have. {ANEW}",
    ),
}


def told(content: bytes, folder: Path) -> list[str]:
    """What `zvonok check` says of a file, with exit code 2 and without a traceback."""
    path = folder / "centre.xlsx"
    path.write_bytes(content)
    done = CliRunner().invoke(app, ["check", str(path), "--lang", "en"], env={"COLUMNS": "80"})
    assert isinstance(done.exception, SystemExit), done.exception
    assert (done.exit_code, done.stdout) == (2, "")
    return [line.removeprefix(f"{path}: ") for line in done.stderr.splitlines()]


@pytest.mark.parametrize("name", REFUSED)
def test_a_file_that_is_no_workbook_is_refused_in_a_sentence(name: str, whole: bytes, tmp_path: Path) -> None:
    breaks, fault = REFUSED[name]
    assert told(breaks(whole), tmp_path) == [fault]


def test_a_file_that_is_not_there_is_a_fault(tmp_path: Path) -> None:
    with pytest.raises(BadInput) as caught:
        workbook.read(tmp_path / "none.xlsx")
    assert str(caught.value) == f"{tmp_path / 'none.xlsx'}: There must be a file of this name."


def test_a_bomb_of_all_parts_together_is_refused(whole: bytes, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(package, "MOST_BYTES", 2**14)
    assert told(whole, tmp_path) == [f"The file unpacks to more than 0 MB, and less is believed. {ANEW}"]


def test_entities_in_parts_that_hold_no_cells_are_never_parsed(whole: bytes, tmp_path: Path) -> None:
    (tmp_path / "centre.xlsx").write_bytes(with_part(whole, "docProps/core.xml", lambda _: ENTITY))
    assert workbook.read(tmp_path / "centre.xlsx") == SMALLEST


def test_a_damaged_file_never_ends_in_a_traceback(whole: bytes, tmp_path: Path) -> None:
    rng = random.Random(1)
    parts = ["xl/workbook.xml", "xl/_rels/workbook.xml.rels", "xl/styles.xml", SHEET, "xl/worksheets/sheet3.xml"]

    def scratched(data: bytes) -> bytes:
        scratched = bytearray(data)
        for _ in range(rng.randint(1, 4)):
            at = rng.randrange(len(scratched))
            scratched[at : at + rng.randint(0, 3)] = rng.choice([b"", b"9", b'"', b"<", b"s", b"-", b"\xff"])
        return bytes(scratched)

    told = []
    for _ in range(200):
        content = with_part(whole, rng.choice(parts), scratched) if rng.random() < 0.7 else scratched(whole)
        (tmp_path / "centre.xlsx").write_bytes(content)
        with suppress(BadInput):
            told.append(workbook.read(tmp_path / "centre.xlsx"))

    assert len(told) < 150, "most scratches must be told"
