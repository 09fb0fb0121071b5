"""From a file to its chunks: what it holds, unpacked, cut into whole lines or taken whole."""

from collections.abc import Iterator
from itertools import chain

from sharedcare.fhir.bulk.chunk import Chunk, chunk_of
from sharedcare.places import Fault, Place
from sharedcare.reading.limits import MAX_DOCUMENT_BYTES, MEBIBYTE
from sharedcare.reading.lines import pieces
from sharedcare.reading.payload_paths import PayloadFile
from sharedcare.reading.streams import (
    Broken,
    file_blocks,
    is_packed,
    stdin_blocks,
    unpacked,
)

#: What a file may be said to hold.
KINDS = ("auto", "json", "ndjson", "xml")

_BLANK = b" \t\r\n"
_MARK = b"\xef\xbb\xbf"

_NOT_NDJSON = (
    "this is one document over many lines, not NDJSON; write each resource on one line, or give"
    " --input json"
)
_NOT_ONE = (
    "this has a resource on each line, so it is NDJSON; name it .ndjson, or give --input ndjson"
)
_TOO_LARGE = (
    f"the document has more than {MAX_DOCUMENT_BYTES // MEBIBYTE} MiB; give its resources as"
    " NDJSON, which may be of any size"
)
_NOTHING = "there is nothing in the file; check that it is the right one"


def chunks_of(file: PayloadFile, holds: str = "auto") -> Iterator[Chunk]:
    """Go through the chunks of a file; raises Broken after those that could be read.

    ``holds`` says what is in it; where it is ``auto`` the name tells, else how the text begins.
    """
    blocks = unpacked(_raw(file), file.name)
    kind = file.holds if holds == "auto" else holds
    head = _head(blocks)
    if not head:
        raise _broken(file, "NOTHING_THERE", _NOTHING)
    kind = kind or _kind_of(head)
    if kind == "ndjson":
        yield from _lines(file, head, blocks)
    else:
        yield Chunk(file.name, kind, _whole(file, chain((head,), blocks)))


def has_lines(file: PayloadFile, holds: str = "auto") -> bool:
    """Whether a file holds lines of NDJSON, unpacked; not where something is wrong with it."""
    kind = file.holds if holds == "auto" else holds
    try:
        head = _head(_raw(file))
    except Broken:
        return False
    is_ndjson = (kind or _kind_of(head)) == "ndjson" and not _is_one_document(head)
    return is_ndjson and bool(head) and not is_packed(head)


def _raw(file: PayloadFile) -> Iterator[bytes]:
    return stdin_blocks() if file.path is None else file_blocks(file.path, file.name)


def _head(blocks: Iterator[bytes]) -> bytes:
    """Read until the second line has begun, or there are enough bytes to tell what it is."""
    head = bytearray()
    has_begun = False
    for block in blocks:
        head += block
        new = block if has_begun else block.lstrip(_BLANK)
        has_begun = has_begun or bool(new)
        if len(head) >= MEBIBYTE or b"\n" in new:
            break
    return bytes(head)


def _kind_of(head: bytes) -> str:
    start = head.removeprefix(_MARK).lstrip(_BLANK)
    if start.startswith(b"<"):
        return "xml"
    return "ndjson" if _has_resource_lines(start) else "json"


def _has_resource_lines(head: bytes) -> bool:
    """Whether the first line is an object of its own and another begins the second."""
    first, second = _two_lines(head)
    return first.startswith(b"{") and first.endswith(b"}") and second.startswith(b"{")


def _is_one_document(head: bytes) -> bool:
    """Whether the first line is only the beginning of what goes on in the second."""
    first, second = _two_lines(head)
    if first.endswith(b"}") or not first.startswith((b"{", b"[")):
        return False
    return first in {b"{", b"["} or second.startswith((b'"', b"}", b"]"))


def _two_lines(head: bytes) -> tuple[bytes, bytes]:
    """Return the first two lines that are not blank, stripped."""
    first, _, rest = head.removeprefix(_MARK).lstrip(_BLANK).partition(b"\n")
    return first.strip(_BLANK), rest.lstrip(_BLANK).partition(b"\n")[0].strip(_BLANK)


def _lines(file: PayloadFile, head: bytes, blocks: Iterator[bytes]) -> Iterator[Chunk]:
    if _is_one_document(head):
        raise _broken(file, "NOT_NDJSON", _NOT_NDJSON)
    for piece in pieces(chain((head,), blocks)):
        yield chunk_of(piece, file.name)


def _whole(file: PayloadFile, blocks: Iterator[bytes]) -> bytes:
    parts, length = [], 0
    for block in blocks:
        length += len(block)
        if length > MAX_DOCUMENT_BYTES:
            raise _broken(file, "TOO_LARGE", _TOO_LARGE)
        parts.append(block)
    whole = b"".join(parts)
    if _has_resource_lines(whole[:MEBIBYTE]):
        raise _broken(file, "NOT_ONE_RESOURCE", _NOT_ONE)
    return whole


def _broken(file: PayloadFile, code: str, said: str) -> Broken:
    return Broken(Fault(Place(file.name), code, said))
