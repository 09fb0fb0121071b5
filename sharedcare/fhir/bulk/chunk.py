"""What is worked on at once, wherever it is: bytes, and where in their file they begin."""

from dataclasses import dataclass

from sharedcare.reading.lines import Piece


@dataclass(frozen=True, slots=True)
class Chunk:
    """A piece of a file: whole lines, one document, or rows of a table.

    ``holds`` says what it is: ``ndjson``, ``json``, ``xml``, or ``rows``. It begins at ``line``,
    from 1, and ``byte``, from 0. Where ``left_out`` is set, it stands for one line of that many
    bytes, which is too long to hold.
    """

    file: str
    holds: str
    data: bytes
    line: int = 1
    byte: int = 0
    left_out: int = 0

    @property
    def end(self) -> int:
        """The byte before which it ends."""
        return self.byte + (self.left_out or len(self.data))


def chunk_of(piece: Piece, file: str) -> Chunk:
    """Return a piece of NDJSON as a chunk of a file."""
    return Chunk(file, "ndjson", piece.data, piece.line, piece.byte, piece.left_out)
