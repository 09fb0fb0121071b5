"""Rows of a table to the same counters as resources: the door for systems that send no FHIR."""

import csv
import re
from collections.abc import Iterable, Iterator, Sequence

from sharedcare.errors import InputRefused
from sharedcare.fhir.harmonise.batch import Batch, Presence, Record, Unit
from sharedcare.fhir.harmonise.column_map import ColumnMap, RecordMap
from sharedcare.fhir.harmonise.counters import Counters
from sharedcare.fhir.harmonise.kinds import KINDS, ROW
from sharedcare.fhir.harmonise.patients import Numbers
from sharedcare.fhir.harmonise.resources import Settings
from sharedcare.fhir.harmonise.states import BY_STATUS
from sharedcare.fhir.harmonise.terminologies import Coded
from sharedcare.identifiers import did_you_mean
from sharedcare.places import Fault, Place
from sharedcare.reading.table import DELIMITERS

#: A row that is read: the line that it begins on, and its cells; None where it is torn.
Row = tuple[int, Sequence[str] | None]

_DAY_FIRST = re.compile(r"(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})(.*)", re.ASCII | re.DOTALL)

_NO_TEXT = (
    "the names of the columns are no text in UTF-8; save the table, or the sheet of a workbook, as"
    " CSV UTF-8"
)
_ONE_CELL = (
    "the first line is one cell, and the column map names several columns; commas, semicolons or"
    " tabs part cells, or what a line before them says, as sep=|"
)

_SAID_DELIMITER = re.compile(r"sep=(.)", re.IGNORECASE)


def table_rows(lines: Iterable[bytes]) -> Iterator[Row]:
    """Go through the rows of a table in UTF-8; the first names the columns.

    Commas, semicolons or tabs part the cells, whichever the first line has most of, or what a line
    before it says (``sep=;``, as spreadsheets write it). A line with a quotation mark that is not
    closed is torn by itself, and the lines after it are read.
    """
    fed = _Fed(line.decode("utf-8", "surrogateescape") for line in lines)
    first = next(fed, "").removeprefix("\ufeff")
    said = _SAID_DELIMITER.fullmatch(first.rstrip("\r\n"))
    fed.put_back([] if said else [first])
    delimiter = said[1] if said else max(DELIMITERS, key=first.count)
    reader = csv.reader(fed, delimiter=delimiter)
    line, width = 2 if said else 1, -1
    while True:
        fed.taken.clear()
        try:
            cells: list[str] | None = next(reader)
        except StopIteration:
            return
        except csv.Error:  # a cell that does not end
            cells = None
        width = len(cells or ()) if width < 0 else width
        is_torn = cells is None or (len(fed.taken) > 1 and len(cells) != width)
        yield line, None if is_torn else cells
        line += 1 if is_torn else len(fed.taken)
        if is_torn:
            fed.put_back(fed.taken[1:])


class _Fed:
    """Lines on their way to the reader of rows, which can be put back."""

    def __init__(self, lines: Iterator[str]) -> None:
        self._lines = lines
        self._waiting: list[str] = []
        self.taken: list[str] = []

    def __iter__(self) -> Iterator[str]:
        return self

    def __next__(self) -> str:
        self.taken.append(self._waiting.pop() if self._waiting else next(self._lines))
        return self.taken[-1]

    def put_back(self, lines: Sequence[str]) -> None:
        """Give lines again, before those that are still to come."""
        self._waiting.extend(reversed(lines))


def check_columns(header: Sequence[str], column_map: ColumnMap, file: str) -> None:
    """Raise InputRefused where a table has no columns, or not those that the map names, once."""
    faults = [
        Fault(Place(file, 1, 1), code, said) for code, said in _header_faults(header, column_map)
    ]
    if faults:
        raise InputRefused(f"{file} and its column map do not fit together", faults)


def _header_faults(header: Sequence[str], column_map: ColumnMap) -> Iterator[tuple[str, str]]:
    if not any(header):
        said = (
            "the first line names no columns; look whether it is the right file, saved as CSV UTF-8"
        )
        yield "NO_HEADER", said
    elif any("\0" in name or _SURROGATE.search(name) for name in header):
        yield "NOT_UTF8", _NO_TEXT
    elif len(header) == 1 < len(column_map.columns):
        yield "MISSING_COLUMN", _ONE_CELL
    else:
        for name in sorted(column_map.columns):
            if name not in header:
                hint = did_you_mean(name, header)
                yield "MISSING_COLUMN", f"there is no column {name}{hint}; the column map names it"
            elif header.count(name) > 1:
                said = (
                    f"there are {header.count(name)} columns {name}, and the column map names one"
                )
                yield "COLUMN_TWICE", f"{said}; rename the others"


def measure_rows(
    rows: Iterable[Row],
    header: Sequence[str],
    column_map: ColumnMap,
    settings: Settings,
    file: str = "",
) -> Counters:
    """Measure rows below the header: a pure function; parted rows add up to the same."""
    measuring = _Measuring(header, column_map, settings)
    for line, cells in rows:
        measuring.row(cells, file, line)
    return measuring.ended()


class _Measuring:
    """The counting of some rows."""

    def __init__(self, header: Sequence[str], column_map: ColumnMap, settings: Settings) -> None:
        self.counters = Counters()
        self.batch = Batch(settings.key)
        self.numbers = Numbers(settings.key, settings.number_systems)
        self.header = header
        self.map = column_map
        self.asked = {record.category: _asked(record) for record in column_map.records}

    def row(self, cells: Sequence[str] | None, file: str, line: int) -> None:
        """Count one row: blank, torn, or a record for each category that it says something of."""
        self.counters.read += 1
        why = self._unreadable(cells)
        if why:
            self.counters.quarantined += 1
            self.counters.why[why] += 1
            self.counters.places.append((file, line, why))
        elif not cells or not any(cell.strip() for cell in cells):
            self.counters.blank += 1
        else:
            self.counters.ok += 1
            said = zip(self.header, cells, strict=True)
            self._take({name: cell.strip() for name, cell in said if cell.strip()})

    def _unreadable(self, cells: Sequence[str] | None) -> str:
        if cells is None:
            return "torn_row"
        if cells and len(cells) != len(self.header) and any(cell.strip() for cell in cells):
            return "row_length"
        is_text = all(cell.isascii() or not _SURROGATE.search(cell) for cell in cells)
        return "" if is_text else "not_utf8"

    def _take(self, row: dict[str, str]) -> None:
        person = row.get(self.map.person) if self.map.person else None
        if self.map.is_number:
            self.numbers.take(person)
        for record in self.map.records:
            if all(row.get(column) == cell for column, cell in record.where):
                made = _record(row, record, person, self.asked[record.category], self.map.day_first)
                if made[2][1]:
                    self.batch.take(made)
                    self.counters.measured += 1

    def ended(self) -> Counters:
        """Return what was counted."""
        self.batch.add_to(self.counters)
        self.numbers.add_to(self.counters)
        self.counters.add(Counters())  # which leaves the first places, in their order
        return self.counters


_SURROGATE = re.compile("[\ud800-\udfff]")


def _asked(record: RecordMap) -> tuple[str, ...]:
    """Elements that matter: those of any table, and of the person's own those of a Patient."""
    if record.category == "demographics":
        return tuple(KINDS["Patient"].elements)
    value = ("value",) if {"value", "unit"} & record.columns.keys() else ()
    return ("person", "code", "occurred", "recorded", "author", *value, "status")


def _record(
    row: dict[str, str],
    record: RecordMap,
    person: str | None,
    asked: tuple[str, ...],
    day_first: bool,
) -> Record:
    said = {key: row[column] for key, column in record.columns.items() if column in row}
    present = {key for key in asked if key in said}
    if said.keys() & {"display", "text"} and "code" in asked:
        present.add("code")
    if person is not None and present:
        present |= {"person", "identifier"} & set(asked)
    status = BY_STATUS.get(said.get("status", ""))
    presence: Presence = asked, tuple(key for key in asked if key in present)
    return (
        record.category,
        ROW,
        presence,
        _coded(said, record.code_system),
        _date(said.get("occurred"), day_first),
        _date(said.get("recorded"), day_first),
        person if "person" in asked else None,
        _unit(said, record),
        said.get("value", ""),
        status,
        "status" if status is not None else "",
    )


def _coded(said: dict[str, str], code_system: str | None) -> Coded | None:
    code, display = said.get("code"), said.get("display")
    codings = ((code_system, code, display),) if code else ()
    has_text = "text" in said or (display is not None and not code)
    return (codings, has_text) if codings or has_text else None


def _unit(said: dict[str, str], record: RecordMap) -> tuple[Unit, ...]:
    unit = said.get("unit")
    if unit is None and not ("unit" in record.columns and "value" in said):
        return ()
    return ((record.code_system, said.get("code"), record.unit_system, unit),)


def _date(text: str | None, day_first: bool) -> str | None:
    found = _DAY_FIRST.fullmatch(text) if text is not None and day_first else None
    if found is None:
        return text
    day, month, year, time = found.groups()
    return f"{year}-{month:0>2}-{day:0>2}{time}"
