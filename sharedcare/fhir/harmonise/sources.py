"""From the files of a system to its counters, piece by piece, in constant memory."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path

from sharedcare.errors import UsedWrongly
from sharedcare.fhir.harmonise.column_map import ColumnMap
from sharedcare.fhir.harmonise.counters import Counters
from sharedcare.fhir.harmonise.resources import Settings, measure_lines
from sharedcare.fhir.harmonise.rows import check_columns, measure_rows, table_rows
from sharedcare.places import Fault, Place
from sharedcare.reading.limits import MAX_DOCUMENT_BYTES, MEBIBYTE
from sharedcare.reading.lines import pieces
from sharedcare.reading.payload_paths import PayloadFile, payload_files
from sharedcare.reading.streams import Broken, file_blocks, stdin_blocks, unpacked

#: Rows of a table that are worked on together.
ROWS_AT_ONCE = 10_000

_XML = (
    "harmonise reads JSON, NDJSON and tables; turn FHIR XML into JSON, or export the same as NDJSON"
)
_TOO_LARGE = (
    f"the document has more than {MAX_DOCUMENT_BYTES // MEBIBYTE} MiB; write each resource on a"
    " line of its own and name the file .ndjson"
)


@dataclass(slots=True)
class Measured:
    """The counters of a system, what could not be read, and how many files were passed by."""

    counters: Counters = field(default_factory=Counters)
    faults: list[Fault] = field(default_factory=list)
    others: int = 0


def measure_system(
    paths: Iterable[str],
    settings: Settings,
    column_map: ColumnMap | None = None,
    told: Callable[[str, int], None] = lambda _name, _read: None,
) -> Measured:
    """Measure everything that a system's paths hold.

    ``told`` is called after each piece with the file's name and all that was read. Raises
    UsedWrongly for a table without a column map, InputRefused where they do not fit together.
    """
    found = payload_files(paths)
    measured = Measured(faults=list(found.faults), others=found.others)
    for file in found.files:
        try:
            for counters in _pieces(file, settings, column_map):
                measured.counters.add(counters)
                told(file.name, measured.counters.read)
        except Broken as broken:
            measured.faults.append(broken.fault)
    return measured


def _pieces(
    file: PayloadFile, settings: Settings, column_map: ColumnMap | None
) -> Iterator[Counters]:
    given = stdin_blocks() if file.path is None else file_blocks(file.path, file.name)
    blocks = unpacked(given, file.name)
    if _is_table(file):
        if column_map is None:
            said = f"{file.name} is a table: say with --columns what its columns mean"
            raise UsedWrongly(said)
        return _rows(blocks, file.name, settings, column_map)
    if file.holds == "xml":
        raise Broken(Fault(Place(file.name), "NOT_READ", _XML))
    if file.holds == "json":
        return _document(blocks, file.name, settings)
    return _lines(blocks, file.name, settings)


def _is_table(file: PayloadFile) -> bool:
    name = Path(file.path or "").name.lower().removesuffix(".gz")
    return name.endswith((".csv", ".tsv"))


def _lines(blocks: Iterator[bytes], name: str, settings: Settings) -> Iterator[Counters]:
    for piece in pieces(blocks):
        if piece.left_out:
            yield _left_out(name, piece.line)
        else:
            yield measure_lines(piece.data, settings, name, piece.line)


def _left_out(name: str, line: int) -> Counters:
    made = Counters(read=1, quarantined=1, places=[(name, line, "too_long")])
    made.why["too_long"] = 1
    return made


def _document(blocks: Iterator[bytes], name: str, settings: Settings) -> Iterator[Counters]:
    held = bytearray()
    for block in blocks:
        held += block
        if len(held) > MAX_DOCUMENT_BYTES:
            raise Broken(Fault(Place(name), "TOO_LARGE", _TOO_LARGE))
    yield measure_lines(bytes(held), settings, name, whole=True)


def _rows(
    blocks: Iterator[bytes], name: str, settings: Settings, column_map: ColumnMap
) -> Iterator[Counters]:
    rows = table_rows(_table_lines(blocks))
    _, header = next(rows, (1, None))
    names = [cell.strip() for cell in header or ()]
    check_columns(names, column_map, name)
    while batch := list(islice(rows, ROWS_AT_ONCE)):
        yield measure_rows(batch, names, column_map, settings, name)


def _table_lines(blocks: Iterator[bytes]) -> Iterator[bytes]:
    """Lines with their ends, which a cell may hold; a line ends at a line feed alone."""
    for piece in pieces(blocks):
        for line in piece.data.removesuffix(b"\n").split(b"\n"):
            yield line + b"\n"
