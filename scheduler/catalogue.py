"""The translators' catalogues, collected from the source: ``python -m scheduler.catalogue``.

What is collected is said in `scheduler.texts`. New messages come in untranslated, messages that the source no longer
says are taken out, and translations stay.
"""

import ast
import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import Final

from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po, write_po
from jinja2 import Environment
from jinja2.ext import extract_from_ast

from scheduler.files import write_bytes
from scheduler.texts import creed

ROOT: Final = Path(__file__).parent.parent
PACKAGES: Final = ("solver", "scheduler", "api")
CATALOGUE: Final = ROOT / "scheduler" / "locale" / "ru" / "LC_MESSAGES" / "zvonok.po"

_HEADER: Final = "# Russian texts of Zvonok; `make messages` keeps this file in step with the source."
_NOISE: Final = (
    b'"POT-Creation-Date:',
    b'"PO-Revision-Date:',
    b'"Last-Translator:',
    b'"Language-Team:',
    b'"Report-Msgid',
    b'"Generated-By:',
    b'"Project-Id-Version:',
)


@dataclass(frozen=True)
class Message:
    """One message of the source: its text, its plural if it counts, and where it stands."""

    text: str
    plural: str | None
    file: str
    line: int


def collected(root: Path = ROOT) -> Iterator[Message]:
    """Collect the messages of the three packages.

    Raises
    ------
    ValueError
        Where a message is put together at run time, so that nobody could translate it.
    """
    for package in PACKAGES:
        for path in sorted((root / package).rglob("*")):
            file = path.relative_to(root).as_posix()
            if path.suffix == ".py":
                yield from _of_python(path.read_text("utf-8"), file)
            elif path.suffix in {".html", ".jinja"}:
                yield from _of_template(path.read_text("utf-8"), file)


def updated(old: Catalog, messages: Iterable[Message]) -> Catalog:
    """Return a catalogue of these messages, with the translations that the old one has."""
    new = Catalog(locale="ru", domain="zvonok", header_comment=_HEADER, fuzzy=False)
    for message in messages:
        before = old.get(message.text)
        kept = before.string if before is not None and before.pluralizable == (message.plural is not None) else None
        key = message.text if message.plural is None else (message.text, message.plural)
        new.add(key, kept, locations=[(message.file, 0)])
    return new


def untranslated(catalogue: Catalog) -> list[str]:
    """Return the messages that lack a translation, or a form of it."""
    return [
        message.id if isinstance(message.id, str) else message.id[0]
        for message in catalogue
        if message.id and not (all(message.string) if isinstance(message.string, tuple | list) else message.string)
    ]


def load(path: Path = CATALOGUE) -> Catalog:
    """Read a catalogue as it is written."""
    with path.open("rb") as stream:
        return read_po(stream, locale="ru", domain="zvonok", ignore_obsolete=True)


def dump(catalogue: Catalog) -> bytes:
    """Write a catalogue in one form: sorted, without dates and line numbers, so that a change shows only itself."""
    whole = BytesIO()
    write_po(whole, catalogue, width=120, sort_output=True, include_lineno=False, ignore_obsolete=True)
    return b"".join(line for line in whole.getvalue().splitlines(keepends=True) if not line.startswith(_NOISE))


def main() -> None:
    """Bring the Russian catalogue up to date."""
    catalogue = updated(load(), collected())
    write_bytes(CATALOGUE, dump(catalogue))
    missing = untranslated(catalogue)
    sys.stdout.write(f"{len(catalogue)} messages, {len(missing)} without a Russian text\n")
    sys.stdout.writelines(f"  {text}\n" for text in missing)


def _of_python(source: str, file: str) -> Iterator[Message]:
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Call):
            yield from _of_call(node, file)
        elif isinstance(node, ast.ClassDef) and any(ast.unparse(base).endswith("Rule") for base in node.bases):
            yield Message(creed(ast.get_docstring(node) or "")[0], None, file, node.lineno)


def _of_call(call: ast.Call, file: str) -> Iterator[Message]:
    name = call.func.id if isinstance(call.func, ast.Name) else getattr(call.func, "attr", "")
    if name not in {"sentence", "texts", "N_", "counted"} or not call.args:
        return
    plural = call.args[1] if name == "counted" else next((kw.value for kw in call.keywords if kw.arg == "plural"), None)
    literal = [isinstance(part, ast.Constant) for part in (call.args[0], plural) if part is not None]
    if all(literal):
        yield Message(_text(call.args[0]), None if plural is None else _text(plural), file, call.lineno)
    elif name != "texts" or isinstance(call.args[0], ast.JoinedStr):
        raise ValueError(f"{file}:{call.lineno}: the text of {name}(...) must be a literal, or nobody can translate it")


def _text(node: ast.expr) -> str:
    assert isinstance(node, ast.Constant)
    return str(node.value)


def _of_template(source: str, file: str) -> Iterator[Message]:
    tree = Environment(autoescape=True).parse(source)
    for line, _, found in extract_from_ast(tree, gettext_functions=("texts", "counted")):
        texts = [part for part in (found if isinstance(found, tuple) else (found,)) if part is not None]
        if texts:
            yield Message(texts[0], texts[1] if len(texts) > 1 else None, file, line)


if __name__ == "__main__":
    main()
