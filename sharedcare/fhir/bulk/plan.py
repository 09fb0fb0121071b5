"""Which part of the work one task of many does: some whole files, or a span of a large one."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from sharedcare.fhir.bulk.chunk import Chunk, chunk_of
from sharedcare.fhir.bulk.done import chunks_of
from sharedcare.fhir.bulk.job import Job, R
from sharedcare.places import Fault
from sharedcare.reading.payload_paths import PayloadFile
from sharedcare.reading.spans import SPAN_BYTES, Span, pieces_in, spans, state_of
from sharedcare.reading.streams import Broken

#: Files that one task reads at most, so that many small ones are spread too.
FILES_AT_ONCE = 200


@dataclass(frozen=True, slots=True)
class Unit:
    """What one task reads: ``files`` from their beginning, or a ``span`` of one file.

    ``before`` counts the line feeds before the span.
    """

    files: tuple[PayloadFile, ...] = ()
    span: Span | None = None
    before: int = 0


@dataclass(slots=True)
class Plan:
    """What stays here, and what tasks anywhere do."""

    here: list[PayloadFile] = field(default_factory=list)
    units: list[Unit] = field(default_factory=list)


def plan(job: Job[R], files: Sequence[PayloadFile], size: int = SPAN_BYTES) -> Plan:
    """Part the work so that a task reads about ``size`` bytes, unless one file has more of a kind.

    The spans of a file follow each other; their ``before`` is not yet counted.
    """
    made = Plan()
    gathered: list[PayloadFile] = []
    held = 0
    for file in files:
        length = 0 if job.stays_here(file) else _length(file)
        if job.stays_here(file):
            made.here.append(file)
        elif length > size and job.has_lines(file):
            made.units += [Unit(span=span) for span in spans(file.path or "", file.name, size)]
        else:
            if gathered and (held + length > size or len(gathered) >= FILES_AT_ONCE):
                made.units.append(Unit(tuple(gathered)))
                gathered, held = [], 0
            gathered.append(file)
            held += length
    if gathered:
        made.units.append(Unit(tuple(gathered)))
    return made


def _length(file: PayloadFile) -> int:
    try:
        return state_of(file.path or "", file.name)[0]
    except Broken:
        return 0  # reading it tells what is the matter


def found_in(job: Job[R], unit: Unit) -> Iterator[Chunk | Fault]:
    """Go through the chunks of a unit, and what cannot be read of it."""
    if unit.span is None:
        for _, found in chunks_of(job, unit.files):
            yield found
        return
    try:
        for piece in pieces_in(unit.span, unit.before):
            yield chunk_of(piece, unit.span.name)
    except Broken as broken:
        yield broken.fault
