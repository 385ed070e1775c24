"""The file as a package of XML parts: opened with suspicion, and read without believing anything it says of itself.

Only the parts that hold cells are ever parsed; charts, pictures, macros and links to other files are left alone.
"""

import re
import zipfile
import zlib
from io import BytesIO
from typing import Final
from xml.sax import SAXException
from xml.sax.handler import ContentHandler

from defusedxml import DefusedXmlException
from defusedxml.expatreader import DefusedExpatParser

from scheduler.errors import BadInput, Fault, Place
from solver.sentence import Sentence, sentence

MOST_BYTES: Final = 128 * 2**20
"""Of a file unpacked: a hundred times what a large school needs."""

MOST_PARTS: Final = 2_000
MOST_RATIO: Final = 300
"""Unpacked size to packed size of a part; repetitive sheets reach 50."""

FREE_BYTES: Final = 2**20
"""Below this size a part's ratio says nothing."""

MOST_DEPTH: Final = 64

_ZIP: Final = b"PK\x03\x04"
_OLE: Final = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_LOCKED: Final = "EncryptedPackage".encode("utf-16-le")


class Unusable(Exception):  # noqa: N818 - it is the file that is unusable
    """Raised when the file cannot be read at all; carries the sentences of its fault."""

    def __init__(self, must: Sentence, maybe: Sentence | None = None) -> None:
        self.must, self.maybe = must, maybe
        super().__init__(str(must))

    def told(self, file: str | None) -> BadInput:
        """Return what readers raise for it."""
        return BadInput([Fault(Place(file=file), self.must, self.maybe)])


def looks_like_workbook(head: bytes, name: str) -> bool:
    """Tell from the first bytes, else from the name, whether a file is meant as a workbook."""
    return head.startswith((_ZIP, b"PK\x05\x06", _OLE)) or name.lower().endswith((".xlsx", ".xlsm", ".xltx", ".xls"))


class Package:
    """The parts of a workbook file.

    Parameters
    ----------
    content
        The whole file.

    Raises
    ------
    Unusable
        When it is no workbook, or one that may not be unpacked.
    """

    def __init__(self, content: bytes) -> None:
        _refuse_other_kinds(content)
        try:
            self._zip = zipfile.ZipFile(BytesIO(content))
        except (zipfile.BadZipFile, ValueError, EOFError, NotImplementedError, UnicodeError) as error:
            raise _truncated() from error
        parts = self._zip.infolist()
        self._refuse_bombs(parts)
        if any(part.flag_bits & 1 for part in parts):
            raise _locked()
        self.names = {part.filename.lstrip("/").casefold(): part for part in parts}
        if "xl/workbook.bin" in self.names:
            raise Unusable(
                sentence("The file is a binary workbook (.xlsb), and a workbook must be of the kind .xlsx."),
                _save_anew(),
            )

    def has(self, name: str) -> bool:
        """Whether there is a part of that name."""
        return name.casefold() in self.names

    def parse(self, name: str, handler: ContentHandler) -> None:
        """Hand a part's XML to a handler.

        Raises
        ------
        Unusable
            When the part is missing, damaged, too large, or declares types or entities.
        """
        part = self.names.get(name.casefold())
        if part is None:
            raise _missing(name)
        parser = DefusedExpatParser(forbid_dtd=True)
        parser.setContentHandler(handler)
        left = MOST_BYTES
        try:
            with self._zip.open(part) as stream:
                while piece := stream.read(2**16):
                    left -= len(piece)
                    if left < 0:
                        raise _too_large()
                    parser.feed(piece)
            parser.close()
        except DefusedXmlException as error:
            must = sentence("The part {part} must declare no document type and no entities.", part=name)
            raise Unusable(must, _save_anew()) from error
        except (SAXException, zipfile.BadZipFile, zlib.error, EOFError, OSError, RuntimeError) as error:
            raise Unusable(
                sentence("The part {part} is damaged and must be well-formed XML.", part=name), _save_anew()
            ) from error

    def _refuse_bombs(self, parts: list[zipfile.ZipInfo]) -> None:
        if len(parts) > MOST_PARTS:
            raise Unusable(
                sentence("The file has {n} parts inside and must have at most {most}.", n=len(parts), most=MOST_PARTS),
                _save_anew(),
            )
        if sum(part.file_size for part in parts) > MOST_BYTES:
            raise _too_large()
        for part in parts:
            if part.file_size > FREE_BYTES and part.file_size > MOST_RATIO * max(part.compress_size, 1):
                must = sentence(
                    "The part {part} unpacks to more than {most} times its size, and less is believed.",
                    part=part.filename,
                    most=MOST_RATIO,
                )
                raise Unusable(must, _save_anew())


class Handler(ContentHandler):
    """Takes elements by their names without prefixes, and refuses to go deep."""

    def __init__(self) -> None:
        super().__init__()
        self.path: list[str] = []
        self.text: list[str] | None = None
        """The text of the element that is being read, where somebody asked for it."""

    def startElement(self, name: str, attrs: object) -> None:  # noqa: N802 - SAX's own name
        local = name.rpartition(":")[2]
        self.path.append(local)
        if len(self.path) > MOST_DEPTH:
            raise Unusable(sentence("The XML in the file must be nested at most {most} deep.", most=MOST_DEPTH))
        self.begin(local, _local(attrs))

    def endElement(self, name: str) -> None:  # noqa: N802 - SAX's own name
        self.end(name.rpartition(":")[2])
        self.path.pop()

    def characters(self, content: str) -> None:
        if self.text is not None:
            self.text.append(content)

    def begin(self, name: str, attributes: dict[str, str]) -> None:
        """Take the beginning of an element."""

    def end(self, name: str) -> None:
        """Take the end of an element."""

    def taken(self) -> str:
        """Return the text since `text` was set, and collect no more."""
        text = "".join(self.text or ())
        self.text = None
        return text


def unescape(text: str) -> str:
    """Read what Office writes for characters that XML has no place for: ``_x000D_``."""
    return _ESCAPED.sub(lambda match: chr(int(match[1], 16)), text) if "_x" in text else text


def escape(text: str) -> str:
    """Write control characters as Office does, and what would be taken for one of them, too."""
    text = _ESCAPE_LIKE.sub("_x005F_", text) if "_x" in text else text
    return _CONTROL.sub(lambda match: f"_x{ord(match[0]):04X}_", text)


_ESCAPED: Final = re.compile(r"_x([0-9A-Fa-f]{4})_")
_ESCAPE_LIKE: Final = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)")
_CONTROL: Final = re.compile("[\x00-\x08\x0b-\x1f\ufffe\uffff]")


def _local(attrs: object) -> dict[str, str]:
    """Take the prefixes off attributes' names, and the declarations of prefixes away."""
    items: dict[str, str] = getattr(attrs, "_attrs", {})
    return {name.rpartition(":")[2]: value for name, value in items.items()} if items else {}


def _refuse_other_kinds(content: bytes) -> None:
    if content.startswith(_OLE):
        if _LOCKED in content:
            raise _locked()
        raise Unusable(
            sentence("The file is a workbook of the old kind (.xls), and must be of the kind .xlsx."), _save_anew()
        )
    if not content:
        raise Unusable(sentence("The file is empty and must be a workbook (.xlsx)."))
    if not content.startswith(b"PK"):
        raise Unusable(sentence("The file is no workbook, and must be one of the kind .xlsx."), _save_anew())


def _truncated() -> Unusable:
    return Unusable(
        sentence("The file is cut off or damaged, and must be a whole workbook (.xlsx)."),
        sentence("Maybe copy it or send it once more."),
    )


def _locked() -> Unusable:
    return Unusable(
        sentence("The workbook is protected with a password and must be open to read."),
        sentence("Maybe save it without the password."),
    )


def _too_large() -> Unusable:
    return Unusable(
        sentence("The file unpacks to more than {most} MB, and less is believed.", most=MOST_BYTES // 2**20),
        _save_anew(),
    )


def _missing(name: str) -> Unusable:
    return Unusable(sentence("The file has no part {part}, which every workbook must have.", part=name), _save_anew())


def _save_anew() -> Sentence:
    return sentence("Maybe open it in a spreadsheet program and save it anew as .xlsx.")
