"""Columns that many sheets have: ids, names, references to other sheets, remarks."""

from typing import Final

from scheduler.formats.workbook.kinds import TEXT, WORD, WORDS
from scheduler.formats.workbook.layout import OWNER, Column, col
from scheduler.formats.workbook.words import Both

ID: Final = ("Id", "Код")
NAME: Final = ("Name", "Название")
ID_NOTE: Final = (
    "A short name without spaces or commas, used on other sheets; no two alike.",
    "Короткое имя без пробелов и запятых, на него ссылаются другие листы; не повторяется.",
)
NAME_NOTE: Final = ("What people read; may be left empty.", "Что увидят люди; можно оставить пустым.")
REMARKS: Final = col("remarks", TEXT, ("Remarks", "Примечание"), ("For yourselves.", "Для себя."), "")


def ident(example: tuple[str, str]) -> Column:
    """Return the column of a record's own id."""
    return col("id", WORD, ID, ID_NOTE, Both(*example), required=True)


def named(example: tuple[str, str], heading: tuple[str, str] = NAME) -> Column:
    """Return the column of what people read."""
    return col("name", TEXT, heading, NAME_NOTE, Both(*example))


def whose(heading: tuple[str, str], names: tuple[str, ...], example: tuple[str, str]) -> Column:
    """Return the column that says whose a row is."""
    note = ("The id, as on the sheet of its own.", "Код, как на своём листе.")
    return col(OWNER, WORD, heading, note, Both(*example), required=True, names=names)


def one(
    field: str,
    heading: tuple[str, str],
    note: tuple[str, str],
    names: str,
    example: tuple[str, str] | None = None,
    *,
    required: bool = False,
) -> Column:
    """Return a column of one id of another sheet."""
    shown = None if example is None else Both(*example)
    return col(field, WORD, heading, note, shown, required=required, names=(names,))


def several(
    field: str,
    heading: tuple[str, str],
    note: tuple[str, str],
    *names: str,
    example: tuple[str, str] | None = None,
) -> Column:
    """Return a column of words by commas: ids of other sheets, or features where it names no sheet."""
    shown = None if example is None else (Both(*example),)
    return col(field, WORDS, heading, note, shown, names=names)
