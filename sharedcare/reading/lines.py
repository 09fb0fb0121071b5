"""NDJSON as pieces of whole lines, in constant memory.

A line ends at a line feed and nowhere else: U+2028, U+0085 or a form feed may stand inside a text.
Where pieces end depends on the bytes alone, not on how they came, so that work on them can be done
in any process, kept, and found again: a piece holds the lines that begin between one multiple of
its size and the next, so that it can be found from any place in a file (:mod:`spans`).
"""

from collections.abc import Iterator
from dataclasses import dataclass

from sharedcare.reading.limits import CHUNK_BYTES, MAX_LINE_BYTES
from sharedcare.reading.streams import Broken


@dataclass(frozen=True, slots=True)
class Piece:
    """Whole lines: the number of the first, from 1, and the byte it begins at, from 0.

    Where ``left_out`` is set, it stands for one line of that many bytes that is too long to hold.
    """

    line: int
    byte: int
    data: bytes
    left_out: int = 0

    @property
    def end(self) -> int:
        """The byte before which it ends."""
        return self.byte + (self.left_out or len(self.data))


def pieces(
    blocks: Iterator[bytes],
    most: int = MAX_LINE_BYTES,
    size: int = CHUNK_BYTES,
    line: int = 1,
    byte: int = 0,
) -> Iterator[Piece]:
    """Go through the lines of a stream, many at once; what ``blocks`` raises comes after them.

    A line has at most ``most`` bytes, and a piece ends with the line that holds the last byte
    before a multiple of ``size``, which is not more than ``most``. ``line`` and ``byte`` are those
    at which the stream begins.
    """
    cutting = _Cutting(most, size, line, byte)
    try:
        for block in blocks:
            yield from cutting.take(block)
    except Broken:
        yield from cutting.end()
        raise
    yield from cutting.end()


class _Cutting:
    """What was read and not yet handed on.

    It is held as it came, and joined once: growing one buffer would copy a piece several times.
    """

    def __init__(self, most: int, size: int, line: int, byte: int) -> None:
        self._most, self._size = most, size
        self._line, self._byte = line, byte
        self._held: list[bytes] = []
        self._length = 0
        self._begun = 0  # where in what is held the line begins that has not ended
        self._skipped = 0

    def take(self, block: bytes) -> Iterator[Piece]:
        """Take one more block, and hand on what is complete."""
        at = 0
        if self._skipped:
            at = block.find(b"\n") + 1
            self._skipped += at or len(block)
            if not at:
                return
            yield self._skip_ends()
        while end := block.find(b"\n", at + max(self._last() - self._length, 0)) + 1:
            self._hold(block[at:end])
            yield from self._handed_on(self._let_go())
            at = end
        self._hold(block[at:])
        if self._length - self._begun > self._most:
            begun, data = self._begun, self._let_go()
            yield from self._handed_on(data[:begun])
            self._skipped = len(data) - begun

    def _last(self) -> int:
        """The last byte that a piece holds in any case, counted from the first that is held."""
        return self._size - 1 - self._byte % self._size

    def _hold(self, part: bytes) -> None:
        feed = part.rfind(b"\n") + 1
        if feed:
            self._begun = self._length + feed
        self._held.append(part)
        self._length += len(part)

    def _let_go(self) -> bytes:
        """Return all that is held, and hold nothing."""
        data = b"".join(self._held)
        self._held.clear()
        self._length = self._begun = 0
        return data

    def end(self) -> Iterator[Piece]:
        """Hand on what is left."""
        if self._skipped:
            yield self._skip_ends()
        yield from self._handed_on(self._let_go())

    def _handed_on(self, data: bytes) -> Iterator[Piece]:
        """Hand on some lines, but a last one that is too long as left out."""
        last = data.rfind(b"\n", 0, len(data) - 1) + 1
        too_long = len(data) - last - data.endswith(b"\n") > self._most
        for part in (data[:last], b"") if too_long else (data,):
            if part:
                yield Piece(self._line, self._byte, part)
                self._line += part.count(b"\n")
                self._byte += len(part)
        if too_long:
            self._skipped = len(data) - last
            yield self._skip_ends()

    def _skip_ends(self) -> Piece:
        made = Piece(self._line, self._byte, b"", self._skipped)
        self._line += 1
        self._byte += self._skipped
        self._skipped = 0
        return made
