"""Harmonisation as a job, which any driver does chunk by chunk."""

import hashlib
import json
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass
from itertools import islice
from pathlib import Path
from typing import Any

from sharedcare.errors import UsedWrongly
from sharedcare.fhir.bulk.chunk import Chunk
from sharedcare.fhir.harmonise.column_map import ColumnMap
from sharedcare.fhir.harmonise.counters import Counters
from sharedcare.fhir.harmonise.kept_counters import counters_from_json, counters_to_json
from sharedcare.fhir.harmonise.resources import Settings, measure_lines
from sharedcare.fhir.harmonise.rows import check_columns, measure_rows, table_rows
from sharedcare.fhir.harmonise.xml_documents import measure_xml
from sharedcare.fhir.payloads.inputs import chunks_of, has_lines
from sharedcare.reading.lines import pieces
from sharedcare.reading.payload_paths import PayloadFile
from sharedcare.reading.streams import file_blocks, stdin_blocks, unpacked

#: Rows of a table that are worked on together.
ROWS_AT_ONCE = 10_000

#: What a chunk of rows holds: the names of the columns, and rows with the lines that they are on.
_ROWS = "rows"


@dataclass(frozen=True, slots=True)
class Harmonising:
    """Measures what one system sends; see :class:`sharedcare.fhir.bulk.job.Job`."""

    settings: Settings
    column_map: ColumnMap | None = None

    @property
    def text(self) -> str:
        """The settings with the key as a hash, which tells nobody the key, and the column map."""
        settings = asdict(self.settings)
        settings["key"] = hashlib.sha256(self.settings.key).hexdigest()
        settings["number_systems"] = sorted(self.settings.number_systems)
        columns = asdict(self.column_map) if self.column_map is not None else None
        return f"harmonise\0{json.dumps([settings, columns], sort_keys=True)}"

    def stays_here(self, file: PayloadFile) -> bool:
        """Standard input does, and tables, whose cells may hold line ends."""
        return file.path is None or is_table(file)

    def has_lines(self, file: PayloadFile) -> bool:
        """Whether it is NDJSON, unpacked."""
        return has_lines(file, self.settings.holds)

    def chunks(self, file: PayloadFile) -> Iterator[Chunk]:
        """Go through a file; raises Broken after the chunks that could be read.

        Raises UsedWrongly for a table without a column map, InputRefused where they do not fit.
        """
        return self._rows(file) if is_table(file) else chunks_of(file, self.settings.holds)

    def begin(self) -> Callable[[Chunk], Counters]:
        """Make the function from a chunk to its counters."""
        return self._measured

    def nothing(self) -> Counters:
        """Return the counters of nothing."""
        return Counters()

    def to_json(self, result: Counters) -> Any:
        """Return counters as JSON holds them."""
        return counters_to_json(result)

    def from_json(self, kept: Any) -> Counters:
        """Make counters of their JSON."""
        return counters_from_json(kept)

    def _measured(self, chunk: Chunk) -> Counters:
        if chunk.holds == _ROWS and self.column_map is not None:
            header, rows = json.loads(chunk.data)
            return measure_rows(rows, header, self.column_map, self.settings, chunk.file)
        return measure_chunk(chunk, self.settings)

    def _rows(self, file: PayloadFile) -> Iterator[Chunk]:
        if self.column_map is None:
            said = f"{file.name} is a table: say with --columns what its columns mean"
            raise UsedWrongly(said)
        given = stdin_blocks() if file.path is None else file_blocks(file.path, file.name)
        rows = table_rows(_table_lines(unpacked(given, file.name)))
        _, header = next(rows, (1, None))
        names = [cell.strip() for cell in header or ()]
        check_columns(names, self.column_map, file.name)
        while batch := list(islice(rows, ROWS_AT_ONCE)):
            yield Chunk(file.name, _ROWS, json.dumps([names, batch]).encode(), batch[0][0])


def measure_chunk(chunk: Chunk, settings: Settings) -> Counters:
    """Measure lines, a document in JSON or XML, or a line that is too long: a pure function."""
    if chunk.left_out:
        return _left_out(chunk.file, chunk.line)
    if chunk.holds == "xml":
        return measure_xml(chunk.data, settings, chunk.file)
    whole = chunk.holds == "json"
    return measure_lines(chunk.data, settings, chunk.file, chunk.line, whole=whole)


def is_table(file: PayloadFile) -> bool:
    """Whether a file is a table, by its name."""
    name = Path(file.path or "").name.lower().removesuffix(".gz")
    return name.endswith((".csv", ".tsv"))


def _left_out(name: str, line: int) -> Counters:
    made = Counters(read=1, quarantined=1, places=[(name, line, "too_long")])
    made.why["too_long"] = 1
    return made


def _table_lines(blocks: Iterator[bytes]) -> Iterator[bytes]:
    """Lines with their ends, which a cell may hold; a line ends at a line feed alone."""
    for piece in pieces(blocks):
        for line in piece.data.removesuffix(b"\n").split(b"\n"):
            yield line + b"\n"
