"""The rows of the sheets become the raw fields of a document, and every cell that cannot is a fault."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from openpyxl.utils import range_boundaries

from scheduler.domain.faults import maybe
from scheduler.errors import Fault, Place
from scheduler.formats.workbook.cells import Broken, Cell, Formula, RawSheet, cell_name, merged_corners
from scheduler.formats.workbook.kinds import Clock, Day, Misread, Presence, Text, Word, shown
from scheduler.formats.workbook.layout import CHOICE, EXAMPLE, OWNER, Column, Sheet, way
from scheduler.formats.workbook.places import Row, Source, Way
from scheduler.formats.workbook.sheets import GUIDE, NOTES, SHEETS, TITLES
from scheduler.formats.workbook.words import plain
from solver.sentence import Sentence, sentence


@dataclass(slots=True)
class Draft:
    """What the sheets say, before it is a document.

    Attributes
    ----------
    raw : dict
        The document's fields.
    source : Source
        Where each came from.
    faults : list of Fault
    unsure : set of (str, int or None)
        Titles and rows where something stands in for what could not be read; None for the whole sheet.
    nameless : set of str
        Lists of the document of which an id could not be read: nobody knows what is missing there.
    astray : set of str
        Lists of the document that miss a row of which nobody knows whose it is: ``"bells[].periods"``.
    """

    raw: dict[str, Any] = field(default_factory=dict)
    source: Source = field(default_factory=Source)
    faults: list[Fault] = field(default_factory=list)
    unsure: set[tuple[str, int | None]] = field(default_factory=set)
    nameless: set[str] = field(default_factory=set)
    astray: set[str] = field(default_factory=set)
    _owners: dict[str, dict[str, int]] = field(default_factory=dict)
    _single: set[tuple[int, Way]] = field(default_factory=set)

    def take(self, sheets: list[RawSheet]) -> None:
        """Read all sheets, those first that others refer to."""
        known: list[tuple[Sheet, str, RawSheet]] = []
        for raw in sheets:
            if raw.title.startswith(NOTES) or plain(raw.title) in map(plain, GUIDE):
                continue
            found = TITLES.get(plain(raw.title))
            if found is not None:
                known.append((*found, raw))
            elif raw.rows:
                self._fault(
                    Place(sheet=raw.title),
                    sentence("Every sheet must be one of those that a new workbook has."),
                    maybe(raw.title, [title for sheet in SHEETS for title in sheet.title])
                    or sentence("Maybe begin its name with #: then it is taken for notes."),
                )
        lang = known[0][1] if known else "en"
        for sheet in SHEETS:
            if sheet.needed and not any(sheet is found for found, _, _ in known):
                title = sheet.title.tell(lang)
                self._fault(Place(), sentence("The workbook must have the sheet “{title}”.", title=title))
                self.unsure.add((title, None))
        for sheet, lang, raw in sorted(known, key=lambda item: item[0].owned):
            for path in sheet.lists.values():
                self.source.titles.setdefault(path.replace("[]", ""), raw.title)
            _Table(self, sheet, lang, raw).read()
        for sheet in SHEETS:
            if sheet.each:
                self._miss_rows(sheet, lang)

    def _miss_rows(self, sheet: Sheet, lang: str) -> None:
        """Tell of records without the rows that each must have, and let one stand in."""
        for path in sheet.lists.values():
            top, _, rest = path.partition("[].")
            title = self.source.titles.get(path.replace("[]", ""), sheet.title.tell(lang))
            for index, record in enumerate(self.raw.get(top, ())):
                if rest in record:
                    continue
                row = self.source.rows[top, index][0]
                if path not in self.astray and record["id"] != Word().stand_in():
                    must = sentence("“{name}” must have a row on the sheet “{sheet}”.", name=record["id"], sheet=title)
                    self._fault(row.place("id"), must)
                record[rest] = [{}]
                for column in sheet.columns:
                    if column.required and column.field not in {OWNER, CHOICE}:
                        self.stand_in(record[rest][0], row, column)

    def _fault(self, place: Place, must: Sentence, hint: Sentence | None = None) -> None:
        self.faults.append(Fault(place, must, hint))

    def stand_in(self, record: dict[str, Any], row: Row, column: Column) -> None:
        """Put something harmless where a required field is at fault, and remember that it is no more than that."""
        put(record, column.field, column.kind.stand_in())
        self.unsure.add((row.title, None if isinstance(column.kind, (Day, Clock)) else row.number))
        if column.field == "id":
            self.nameless.update(row.sheet.lists.values())

    def owner(self, list_name: str, key: str) -> int | None:
        """Return which record of a list of the document has an id."""
        if list_name not in self._owners:
            index: dict[str, int] = {}
            for number, record in enumerate(self.raw.get(list_name, ())):
                index.setdefault(record.get("id"), number)
            self._owners[list_name] = index
        return self._owners[list_name].get(key)

    def ids(self, list_name: str) -> list[str]:
        """Return the ids of a list of the document."""
        return [record["id"] for record in self.raw.get(list_name, ()) if record.get("id") not in {None, "?"}]


class _Table:
    """One sheet that is being read."""

    def __init__(self, draft: Draft, sheet: Sheet, lang: str, raw: RawSheet) -> None:
        self.draft, self.sheet, self.lang, self.raw = draft, sheet, lang, raw
        self.columns: dict[int, tuple[Column, str]] = {}
        self.positions: dict[str, int] = {}
        self.merged: list[tuple[int, int, int, int]] = []

    def read(self) -> None:
        self._read_merged()
        numbers = [number for number in sorted(self.raw.rows) if number > 1]
        self._read_headings(any(True for _ in self._filled(numbers)))
        rows = [number for number in self._filled(numbers) if not self._is_example(number)]
        if rows:
            for column in self.sheet.columns:
                if column.required and column.field not in self.positions:
                    heading = column.heading.tell(self.lang)
                    self._fault(None, None, sentence("The sheet must have a column “{heading}”.", heading=heading))
        elif self.sheet.needed:
            self._fault(None, None, sentence("The sheet must have a row that is filled in."))
            self.draft.unsure.add((self.raw.title, None))
        for number in rows:
            self._read_row(number)

    def _filled(self, numbers: list[int]) -> Iterator[int]:
        for number in numbers:
            if any(not isinstance(cell, str) or cell.strip() for cell in self.raw.rows[number].values()):
                yield number

    def _is_example(self, number: int) -> bool:
        first = self.raw.rows[number].get(min(self.columns, default=1))
        return isinstance(first, str) and first.lstrip().casefold().startswith(tuple(EXAMPLE))

    def _read_merged(self) -> None:
        for (row, column), merged in sorted(merged_corners(self.raw.merged).items()):
            left, top, right, bottom = (edge if isinstance(edge, int) else 2**20 for edge in range_boundaries(merged))
            self.merged.append((top, left, bottom, right))
            self._fault(
                row,
                column,
                sentence("The cells {cells} are merged, and every row must have cells of its own.", cells=merged),
                sentence("Maybe split them again and fill in each."),
            )

    def _read_headings(self, has_rows: bool) -> None:
        heads = self.raw.rows.get(1, {})
        if not heads and has_rows:
            self._fault(None, None, sentence("The first row must hold the headings of the columns."))
        for position, head in sorted(heads.items()):
            if isinstance(head, (Formula, Broken)):
                self._fault(1, position, _no_value(head))
            elif plain(text := str(head)) in self.sheet.headings:
                column, lang = self.sheet.headings[plain(text)]
                if column.field in self.positions:
                    self._fault(1, position, sentence("The column “{heading}” must stand here once.", heading=text))
                else:
                    self.columns[position] = column, lang
                    self.positions[column.field] = position
            elif text.strip() and not text.startswith(NOTES):
                options = [heading for column in self.sheet.columns for heading in column.heading]
                self._fault(
                    1,
                    position,
                    sentence(
                        "The heading “{heading}” must be one of this sheet's in a new workbook.", heading=shown(text)
                    ),
                    maybe(text, options) or sentence("Maybe begin it with #: then the column is taken for notes."),
                )
        named = set(heads)
        for number, row in sorted(self.raw.rows.items()):
            for position in sorted(set(row) - named):
                named.add(position)
                if heads:
                    must = sentence("The column holds something and must have a heading.")
                    self._fault(number, position, must, sentence("Maybe a heading that begins with #, for notes."))

    def _read_row(self, number: int) -> None:
        row = Row(self.sheet, self.raw.title, number, self.positions)
        cells = self.raw.rows[number]
        values: dict[str, Any] = {}
        lost = False
        for position, (column, lang) in self.columns.items():
            cell = cells.get(position)
            if _is_blank(cell, column):
                if column.required and not self._in_merged(number, position):
                    heading = column.heading.tell(lang)
                    self._fault(number, position, sentence("“{heading}” must be filled in.", heading=heading))
            else:
                try:
                    values[column.field] = _read(cell, column, lang)
                    continue
                except Misread as misread:
                    self._fault(number, position, misread.must, misread.maybe)
            lost |= column.required and column.field in {OWNER, CHOICE}
        if lost:
            self.draft.astray.update(self.sheet.lists.values())
        else:
            self._place(row, values)

    def _place(self, row: Row, values: dict[str, Any]) -> None:
        choice = values.pop(CHOICE, next(iter(self.sheet.lists)))
        top, owned, rest = self.sheet.lists[choice].partition("[]")
        record: Any = self.draft.raw
        at: Way = ()
        if owned:
            key = values.pop(OWNER, None)
            index = None if key is None else self.draft.owner(top, key)
            if index is None:
                self.draft.astray.add(self.sheet.lists[choice])
                self._miss(row, top, key)
                return
            record, at, rest = self.draft.raw[top][index], (top, index), rest.lstrip(".")
        else:
            rest = top
        if self.sheet.single:
            if (id(self.sheet), at) in self.draft._single:  # noqa: SLF001 - a draft's own helper
                self._fault(row.number, None, sentence("There must be one row only, and this is another."))
                return
            self.draft._single.add((id(self.sheet), at))  # noqa: SLF001 - the same
        else:
            *folders, last = way(rest)
            for folder in folders:
                record = record.setdefault(folder, {})
            items = record.setdefault(last, [])
            items.append({})
            record, at = items[-1], (*at, *folders, last, len(items) - 1)
        self.draft.source.add(at, row)
        self._fill(row, record, values)

    def _miss(self, row: Row, list_name: str, key: str | None) -> None:
        if key is None or list_name in self.draft.nameless:
            return
        sheet = next(sheet for sheet in SHEETS if list(sheet.lists.values()) == [list_name])
        title = self.draft.source.titles.get(list_name, sheet.title.tell(self.lang))
        must = sentence("“{name}” must stand on the sheet “{sheet}”.", name=key, sheet=title)
        self._fault(row.number, self.positions[OWNER], must, maybe(key, self.draft.ids(list_name)))

    def _fill(self, row: Row, record: dict[str, Any], values: dict[str, Any]) -> None:
        for column in self.sheet.columns:
            if column.field in {OWNER, CHOICE}:
                continue
            if column.field not in values:
                if column.required:
                    self.draft.stand_in(record, row, column)
                continue
            value = values[column.field]
            if isinstance(column.kind, Presence) and value is None:
                self._refuse_parts(row, column, values)
                continue
            put(record, column.field, value)

    def _refuse_parts(self, row: Row, column: Column, values: dict[str, Any]) -> None:
        for part in self.sheet.columns:
            if part.field.startswith(f"{column.field}.") and part.field in values:
                must = sentence(
                    "“{heading}” says no, so “{part}” must be empty.",
                    heading=column.heading.tell(self.lang),
                    part=part.heading.tell(self.lang),
                )
                self._fault(row.number, self.positions[part.field], must)

    def _in_merged(self, row: int, column: int) -> bool:
        return any(top <= row <= bottom and left <= column <= right for top, left, bottom, right in self.merged)

    def _fault(self, row: int | None, column: int | None, must: Sentence, hint: Sentence | None = None) -> None:
        cell = None if row is None else cell_name(row, min(self.columns, default=1) if column is None else column)
        self.draft.faults.append(Fault(Place(sheet=self.raw.title, cell=cell), must, hint))


def put(record: dict[str, Any], field: str, value: Any) -> None:
    """Set a field of a record, and of the parts of it that the way leads through."""
    *folders, last = way(field)
    for folder in folders:
        record = record.setdefault(folder, {})
    if value == {} and isinstance(record.get(last), dict):
        return
    record[last] = value


def take_away(record: Any, field: str) -> None:
    """Take a field out of a record."""
    *folders, last = way(field)
    for folder in folders:
        record = record.get(folder, {})
    record.pop(last, None)


def _is_blank(cell: Cell | None, column: Column) -> bool:
    if cell is None:
        return True
    exact = isinstance(column.kind, Text) and not isinstance(column.kind, Word)
    return isinstance(cell, str) and not exact and not cell.strip()


def _read(cell: Cell | None, column: Column, lang: str) -> Any:
    if isinstance(cell, (Formula, Broken)):
        hint = sentence("Maybe copy it and paste it as a value.") if isinstance(cell, Formula) else None
        raise Misread(_no_value(cell), hint)
    assert cell is not None, "blank cells are left out before"
    return column.kind.read(cell, lang)


def _no_value(cell: Formula | Broken) -> Sentence:
    if isinstance(cell, Formula):
        return sentence("The cell holds a formula ({formula}) and must hold a plain value.", formula=shown(cell.text))
    return sentence("The cell holds an error ({error}) and must hold a plain value.", error=shown(cell.text))
