"""Spans of a large NDJSON file, so that several machines can read one file at once.

A span holds the lines that begin in it, as the same pieces that are cut of the whole file
(:mod:`lines`). The number of its first line is one more than the line feeds before it, which
:func:`feeds` counts, a span at a time and anywhere.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from sharedcare.places import Fault, Place
from sharedcare.reading.limits import CHUNK_BYTES, MAX_LINE_BYTES
from sharedcare.reading.lines import Piece, pieces
from sharedcare.reading.source import trouble
from sharedcare.reading.streams import Broken, changed, file_blocks

#: Bytes of a span: some pieces, a few seconds of work.
SPAN_BYTES = 16 * CHUNK_BYTES

#: Pieces of a span that gets smaller, at most: who interrupts the work does not wait for long.
MOST_PIECES = 4


@dataclass(frozen=True, slots=True)
class Span:
    """Bytes of a file from ``begin`` up to ``end``, both multiples of the size of a piece.

    ``state`` is the size and time of change that the file had when the span was made.
    """

    path: str
    name: str
    begin: int
    end: int
    state: tuple[int, int]


def state_of(path: str, name: str) -> tuple[int, int]:
    """Return the size of a file and the time of its last change; raises Broken if there is none."""
    try:
        found = Path(path).stat()
    except OSError as error:
        raise Broken(trouble(name, error)) from None
    except ValueError:  # a NUL in the path
        said = "there is no such file; check the name and the folder"
        raise Broken(Fault(Place(name), "FILE_MISSING", said)) from None
    return found.st_size, found.st_mtime_ns


def spans(path: str, name: str, size: int = SPAN_BYTES) -> list[Span]:
    """Return the spans of a file; raises Broken where there is no such file."""
    state = state_of(path, name)
    return [
        Span(path, name, begin, begin + size, state) for begin in range(0, max(state[0], 1), size)
    ]


def shrinking_spans(path: str, name: str, workers: int) -> Iterator[Span]:
    """Go through spans of a file that get smaller, so that so many workers end at the same time.

    Each is a part of what is left, of at least one piece. Raises Broken where there is no such
    file.
    """
    state = state_of(path, name)
    begin = 0
    while begin < state[0]:
        share = (state[0] - begin) // (2 * workers * CHUNK_BYTES)
        end = begin + CHUNK_BYTES * min(max(share, 1), MOST_PIECES)
        yield Span(path, name, begin, end, state)
        begin = end


def feeds(span: Span) -> int:
    """Count the line feeds in a span; raises Broken where the file cannot be read."""
    return sum(block.count(b"\n") for block in _blocks(span, span.begin))


def pieces_in(
    span: Span, before: int, most: int = MAX_LINE_BYTES, size: int = CHUNK_BYTES
) -> Iterator[Piece]:
    """Go through the pieces of the lines that begin in a span with so many line feeds before it.

    Raises Broken where the file cannot be read, or is not what it was when the span was made.
    """
    start = _first_line(span)
    line = before + 1 + (start > span.begin)
    blocks = file_blocks(span.path, span.name, start) if start < span.end else iter(())
    for piece in pieces(blocks, most, size, line, start):
        yield piece
        if piece.end >= span.end:
            break
    if state_of(span.path, span.name) != span.state:
        raise changed(span.name)


def _first_line(span: Span) -> int:
    """Where the first line begins that does so in the span, or where the span or file ends."""
    if not span.begin:
        return 0
    at = span.begin - 1
    for block in _blocks(span, at):
        feed = block.find(b"\n")
        if feed >= 0:
            return at + feed + 1
        at += len(block)
    return span.end


def _blocks(span: Span, start: int) -> Iterator[bytes]:
    """Go through the blocks of a file from a byte up to the end of a span."""
    left = span.end - start
    for block in file_blocks(span.path, span.name, start):
        yield block[:left]
        left -= len(block)
        if left <= 0:
            return
