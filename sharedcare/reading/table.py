"""CSV to rows whose cells know their places, for whatever a spreadsheet has saved.

UTF-8 with or without a byte order mark; commas, semicolons or tabs, whichever makes known columns
of the first line. A cell may hold line breaks, formulas and odd characters: they are text, and
whoever shows them makes them visible. Every line is accounted for: a blank one is passed over, one
with more or fewer cells than the first line has is a fault.
"""

import csv
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from sharedcare.errors import InputRefused, LimitReached
from sharedcare.identifiers import did_you_mean
from sharedcare.places import Fault, LocatedText, Place, Severity
from sharedcare.reading.characters import LineIndex, decoded
from sharedcare.reading.fault_list import FaultList
from sharedcare.reading.source import Source

#: Bytes of a table: about 25,000 answers to stories.
MAX_TABLE_BYTES = 12 * 2**20

#: Rows below the first line.
MAX_ROWS = 100_000

#: Characters of one cell, the most that a spreadsheet's cell holds.
MAX_CELL = 32_767

#: Columns of a table.
MAX_COLUMNS = 200

DELIMITERS = (",", ";", "\t")

_LINE = re.compile(r"[^\n]*\n|[^\n]+")
_NOT_WORD = re.compile(r"[^a-z0-9]+")

#: A row: its cells by column, those that are empty left out. The place of a cell is its line and
#: the number of its column.
Row = Mapping[str, LocatedText]


@dataclass(frozen=True, slots=True)
class Columns:
    """Which columns are read: each by its name, with other names that it may have.

    ``required`` must be there; any other column is told in a warning and not read.
    """

    names: Mapping[str, tuple[str, ...]]
    required: tuple[str, ...]

    def find(self, header: str) -> str | None:
        """The column that a header names, however it is written; None if there is none."""
        word = column_word(header)
        return next((name for name, others in self.names.items() if word in (name, *others)), None)


@dataclass(frozen=True, slots=True)
class Table:
    """The columns that were found, in their order, the rows below, and what looks like a slip."""

    columns: tuple[str, ...]
    rows: tuple[Row, ...]
    warnings: tuple[Fault, ...]


def column_word(header: str) -> str:
    """A header as it is compared: ``Story ID`` is ``story_id``."""
    return _NOT_WORD.sub("_", header.strip().lower()).strip("_")


def headers_of(source: Source) -> tuple[str, ...]:
    """The first line's cells as :func:`column_word` gives them, to tell what a table holds.

    Nothing where the file is no text.
    """
    text = decoded(source, FaultList())
    first = next((line for line in _lines(text or "") if line.strip()), "")
    if "\0" in first or len(first) > MAX_CELL:
        return ()
    cells = re.split(r"[,;\t]", first.replace('"', ""))
    return tuple(map(column_word, cells))


def read_table(source: Source, columns: Columns) -> Table:
    """Read a table; raises InputRefused with every fault, LimitReached where there is too much."""
    faults = FaultList()
    reader = _Reader(source, columns, faults)
    rows = tuple(reader.rows())
    if faults.errors:
        errors = [fault for fault in faults.listed() if fault.severity is Severity.ERROR]
        raise InputRefused(f"{source.name} cannot be read: {faults.words}", errors)
    return Table(tuple(filter(None, reader.found)), rows, faults.listed())


def _lines(text: str) -> Iterator[str]:
    """Lines that end at a line feed and nowhere else: U+2028 and the like are text."""
    return (found.group() for found in _LINE.finditer(text))


class _Reader:
    """Reads one table."""

    def __init__(self, source: Source, columns: Columns, faults: FaultList) -> None:
        self.source = source
        self.columns = columns
        self.faults = faults
        self.found: list[str | None] = []
        self.rows_read = 0

    def rows(self) -> Iterator[Row]:
        """Read every row, adding to ``faults`` what is wrong."""
        text = decoded(self.source, self.faults)
        if text is None or self._holds_nul(text):
            return
        delimiter = self._delimiter(text)
        records = self._records(text, delimiter)
        first = next(records, None)
        if first is None:
            if not self.faults.errors:
                said = "the file holds nothing; its first line names the columns"
                self._fault(1, 0, "NO_HEADER", said)
            return
        if not self._headers(*first):
            return
        for line, cells in records:
            row = self._row(line, cells, len(first[1]))
            if row:
                yield row

    def _records(self, text: str, delimiter: str) -> Iterator[tuple[int, list[str]]]:
        """Go through the records that are not blank, each with the line it begins on."""
        reader = csv.reader(_lines(text), delimiter=delimiter, strict=True)
        while True:
            line = reader.line_num + 1
            try:
                cells = next(reader)
            except StopIteration:
                return
            except csv.Error:
                self._torn(line)
                return
            if any(cell.strip() for cell in cells):
                yield line, cells

    def _torn(self, line: int) -> None:
        said = (
            "this row does not end: a quotation mark is opened and not closed, stands inside a "
            f"cell without being doubled, or a cell has more than {csv.field_size_limit():,} "
            "characters"
        )
        self._fault(line, 0, "TORN_ROW", said)

    def _holds_nul(self, text: str) -> bool:
        at = text.find("\0")
        if at < 0:
            return False
        line, column = LineIndex(text).line_and_column(at)
        place = Place(self.source.name, line, column)
        said = "a NUL character stands here; save the table again as CSV UTF-8"
        self.faults.add(Fault(place, "CONTROL_CHARACTER", said))
        return True

    def _delimiter(self, text: str) -> str:
        """The delimiter that makes the most known columns of the first line that says anything."""
        first = next((line for line in _lines(text) if line.strip()), "")

        def known(delimiter: str) -> int:
            cells = first.replace('"', "").split(delimiter)
            return sum(self.columns.find(cell) is not None for cell in cells)

        return max(DELIMITERS, key=known)

    def _headers(self, line: int, cells: Sequence[str]) -> bool:
        """Take the first line; tells whether what follows can be read by it."""
        if len(cells) > MAX_COLUMNS:
            self._fault(line, 0, "TOO_MANY_COLUMNS", f"a table has at most {MAX_COLUMNS} columns")
            return False
        self.found = [self.columns.find(cell) for cell in cells]
        for number, (cell, name) in enumerate(zip(cells, self.found, strict=True), 1):
            if name is None:
                self._stray(line, number, cell)
            elif self.found.index(name) < number - 1:
                said = f"this column is {name}, as column {self.found.index(name) + 1} is"
                self._fault(line, number, "COLUMN_TWICE", f"{said}; keep one of them")
        for name in self.columns.required:
            if name not in self.found:
                self._missing(line, name, cells)
        return not self.faults.errors

    def _stray(self, line: int, number: int, cell: str) -> None:
        known = [name for name in self.columns.names if name not in self.found]
        hint = did_you_mean(column_word(cell), known)
        said = f"column {number} is not read{hint}; its name is none of {', '.join(known)}"
        place = Place(self.source.name, line, number)
        self.faults.add(Fault(place, "UNKNOWN_COLUMN", said, Severity.WARNING))

    def _missing(self, line: int, name: str, cells: Sequence[str]) -> None:
        words = [column_word(c) for c, f in zip(cells, self.found, strict=True) if f is None]
        like = did_you_mean(name, words)
        hint = like.replace("did you mean", "is it column") if like else ""
        self._fault(line, 0, "MISSING_COLUMN", f"there is no column {name}{hint}")

    def _row(self, line: int, cells: Sequence[str], width: int) -> Row | None:
        self.rows_read += 1
        if self.rows_read > MAX_ROWS:
            place = Place(self.source.name, line, 1)
            said = f"a table has at most {MAX_ROWS:,} rows; split the file"
            raise LimitReached(str(Fault(place, "TOO_MANY_ROWS", said)))
        if len(cells) != width:
            said = f"this row has {len(cells)} cells and the first line {width}"
            self._fault(line, 0, "ROW_LENGTH", f"{said}; put texts with commas in quotation marks")
            return None
        return dict(self._cells(line, cells))

    def _cells(self, line: int, cells: Iterable[str]) -> Iterator[tuple[str, LocatedText]]:
        for number, (name, cell) in enumerate(zip(self.found, cells, strict=True), 1):
            if name is None or not cell.strip():
                continue
            if len(cell) > MAX_CELL:
                said = f"a cell has at most {MAX_CELL:,} characters"
                self._fault(line, number, "LONG_CELL", f"{said}; shorten it")
                continue
            place = Place(self.source.name, line, number)
            yield name, LocatedText(cell.strip(), place, plain=False)

    def _fault(self, line: int, column: int, code: str, said: str) -> None:
        self.faults.add(Fault(Place(self.source.name, line, column or 1), code, said))
