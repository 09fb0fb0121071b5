"""Bytes as they come, block by block: a file of any size, standard input, packed or not.

What is guarded is what is read, never the size that a file says it has. Nothing is silently
shorter: a stream that ends before its end, or is not what it says, ends with :class:`Broken`, after
the blocks that were good.
"""

import os
import sys
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

from sharedcare.places import Fault, Place
from sharedcare.reading.limits import MAX_EMPTY_PARTS, MAX_RATIO, MEBIBYTE, RATIO_FROM
from sharedcare.reading.source import OPEN_FLAGS, STDIN_NAME, kind_fault, trouble

#: How a packed file begins.
GZIP = b"\x1f\x8b"
#: How files begin that are packed by what is not read here.
OTHER_PACKINGS = {
    "zip, as archives and workbooks are": b"PK\x03\x04",
    "bzip2": b"BZh91AY&SY",
    "xz": b"\xfd7zXZ\x00",
    "zstd": b"\x28\xb5\x2f\xfd",
}
_GZIP_WINDOW = 31
_PACKED_BLOCK = MEBIBYTE // 128


class Broken(Exception):
    """A stream cannot be read further; ``fault`` says why."""

    def __init__(self, fault: Fault) -> None:
        super().__init__(str(fault))
        self.fault = fault


def file_blocks(path: str | os.PathLike[str], name: str, start: int = 0) -> Iterator[bytes]:
    """Go through the blocks of a regular file from a byte on; raises Broken for anything else.

    A file that is written to meanwhile is told after its last block.
    """
    try:
        refused = kind_fault(Path(path).stat().st_mode, name)
        if refused is not None:
            raise Broken(refused)
        descriptor = os.open(path, OPEN_FLAGS)
        with os.fdopen(descriptor, "rb", buffering=0) as stream:
            yield from _regular_blocks(stream, name, start)
    except OSError as error:
        raise Broken(trouble(name, error)) from None
    except ValueError:  # a NUL in the path
        said = "there is no such file; check the name and the folder"
        raise Broken(Fault(Place(name), "FILE_MISSING", said)) from None


def stdin_blocks() -> Iterator[bytes]:
    """Go through the blocks of standard input."""
    if sys.stdin is None:
        said = "standard input is closed; name a file"
        raise Broken(Fault(Place(STDIN_NAME), "FILE_MISSING", said))
    try:
        while block := sys.stdin.buffer.read(MEBIBYTE):
            yield block
    except OSError as error:
        raise Broken(trouble(STDIN_NAME, error)) from None


def _regular_blocks(stream: BinaryIO, name: str, start: int) -> Iterator[bytes]:
    before = os.fstat(stream.fileno())
    refused = kind_fault(before.st_mode, name)
    if refused is not None:
        raise Broken(refused)
    length = stream.seek(start)
    while block := stream.read(MEBIBYTE):
        length += len(block)
        yield block
    after = os.fstat(stream.fileno())
    if (before.st_mtime_ns, length) != (after.st_mtime_ns, after.st_size):
        raise changed(name)


def changed(name: str) -> Broken:
    """Return what is told of a file that did not stay as it was."""
    said = "the file was written to while it was read; try again when that is done"
    return Broken(Fault(Place(name), "FILE_CHANGED", said))


def unpacked(blocks: Iterator[bytes], name: str) -> Iterator[bytes]:
    """Unpack what begins as gzip does, and let through what is not packed.

    Raises Broken for what is packed otherwise, and after the blocks before the place where a packed
    stream is cut or damaged.
    """
    first = b""
    for block in blocks:
        first += block
        if len(first) >= len(GZIP):
            break
    if first.startswith(GZIP):
        yield from _Unpacking(name).blocks(_small(first, blocks))
        return
    for packing, beginning in OTHER_PACKINGS.items():
        if first.startswith(beginning):
            said = f"the file is packed by {packing}, which is not read; unpack it, or use gzip"
            raise Broken(Fault(Place(name), "PACKED_OTHERWISE", said))
    if first:
        yield first
    yield from blocks


def is_packed(head: bytes) -> bool:
    """Whether a file that begins so is packed, be it by gzip or otherwise."""
    return head.startswith((GZIP, *OTHER_PACKINGS.values()))


def _small(first: bytes, blocks: Iterator[bytes]) -> Iterator[bytes]:
    """Cut blocks, so that what is left over of one at the end of a part is cheap to copy."""
    yield from _cut(first)
    for block in blocks:
        yield from _cut(block)


def _cut(block: bytes) -> Iterator[bytes]:
    for start in range(0, len(block), _PACKED_BLOCK):
        yield block[start : start + _PACKED_BLOCK]


class _Unpacking:
    """One packed stream: gzip parts one after another, as ``cat a.gz b.gz`` makes them."""

    def __init__(self, name: str) -> None:
        self._name = name
        self._packed = self._length = self._empty = self._in_part = 0
        self._part = zlib.decompressobj(_GZIP_WINDOW)

    def blocks(self, blocks: Iterator[bytes]) -> Iterator[bytes]:
        """Go through what comes out."""
        is_open = True
        waiting = b""
        for block in blocks:
            self._packed += len(block)
            waiting += block
            while waiting:
                if not is_open:
                    waiting = waiting.lstrip(b"\0")  # tapes pad with zeros
                    if len(waiting) < len(GZIP):
                        break
                    self._begin_part(waiting)
                    is_open = True
                yield from self._unpack(waiting)
                is_open, waiting = not self._part.eof, self._part.unused_data
        if is_open or waiting:
            code = "GZIP_CUT" if is_open else "GZIP_TRAILING"
            raise self._broken(code, _CUT if is_open else _TRAILING)

    def _begin_part(self, waiting: bytes) -> None:
        if not waiting.startswith(GZIP):
            raise self._broken("GZIP_TRAILING", _TRAILING)
        self._empty += not self._in_part
        if self._empty > MAX_EMPTY_PARTS:
            raise self._broken("GZIP_DAMAGED", _DAMAGED)
        self._in_part = 0
        self._part = zlib.decompressobj(_GZIP_WINDOW)

    def _unpack(self, data: bytes) -> Iterator[bytes]:
        """Unpack until the data or the part ends, never more than a mebibyte at once."""
        while True:
            try:
                made = self._part.decompress(data, MEBIBYTE)
            except zlib.error:
                raise self._broken("GZIP_DAMAGED", _DAMAGED) from None
            data = self._part.unconsumed_tail
            self._count(len(made))
            if made:
                yield made
            if self._part.eof or (not data and len(made) < MEBIBYTE):
                return

    def _count(self, length: int) -> None:
        self._length += length
        self._in_part += length
        if self._length > max(RATIO_FROM, MAX_RATIO * self._packed):
            said = (
                f"the file unpacks to more than {MAX_RATIO} times its size; make sure where it"
                " comes from, unpack it yourself and name the unpacked file"
            )
            raise self._broken("GZIP_RATIO", said)

    def _broken(self, code: str, said: str) -> Broken:
        return Broken(Fault(Place(self._name), code, said))


_CUT = "the packed file ends before its end; get it again"
_TRAILING = "the packed file is followed by something that is not packed; get it again"
_DAMAGED = "the packed file is damaged; get it again"
