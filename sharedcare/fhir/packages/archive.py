"""The files of a package, from a ``.tgz``: read in memory, in one pass; nothing is written.

Only what a package is made of is let through: files and folders with names inside the package.
That is stricter than the ``data`` filter of the standard library's tarfile, and that module ends
without a word at a damaged header, so only its reading of one header is used here: every byte up to
the end of the archive is accounted for.
"""

import tarfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from sharedcare.errors import FileTrouble, LimitReached, SharedcareError
from sharedcare.fhir.packages.limits import (
    MAX_MEMBER_BYTES,
    MAX_MEMBERS,
    MAX_NAME_BYTES,
    MAX_PACKAGE_BYTES,
)
from sharedcare.fhir.packages.refusal import refused
from sharedcare.places import Fault, Place
from sharedcare.reading.limits import MEBIBYTE
from sharedcare.reading.source import shown
from sharedcare.reading.streams import GZIP, Broken, file_blocks, unpacked

_BLOCK = tarfile.BLOCKSIZE
_NO_BLOCK = b"\0" * _BLOCK
_DIGITS = len(str(MAX_NAME_BYTES))
_FILES = frozenset({tarfile.REGTYPE, tarfile.AREGTYPE})
_LONG_NAME, _PAX, _PAX_ALL = tarfile.GNUTYPE_LONGNAME, tarfile.XHDTYPE, tarfile.XGLTYPE

#: A fault of the stream that is one of size or of the file system; any other is one of the package.
_LIMITS = frozenset({"GZIP_RATIO"})
_TROUBLES = frozenset(
    {"FILE_MISSING", "FILE_UNREADABLE", "NOT_A_FILE", "LINK_LOOP", "FILE_CHANGED"}
)

_CUT = "the package ends before its end; get it again"
_DAMAGED = "the package is damaged: what should say the next file says nothing; get it again"


@dataclass(frozen=True, slots=True)
class Member:
    """A file of a package: its name, as in ``package/Patient.json``, and its bytes."""

    name: str
    data: bytes


def archive_members(path: Path) -> Iterator[Member]:
    """Go through the files of a packed package, in their order.

    Raises PackageFault where the archive is none, cut, damaged or holds what no package holds;
    LimitReached where it is too large; FileTrouble where the file cannot be read.
    """
    name = shown(str(path))
    try:
        yield from _Archive(name, path).members()
    except Broken as broken:
        raise _error(broken.fault) from None


def _error(fault: Fault) -> SharedcareError:
    if fault.code in _LIMITS:
        return LimitReached(str(fault))
    return FileTrouble(str(fault)) if fault.code in _TROUBLES else refused([fault])


class _Archive:
    """One pass over an archive, block by block."""

    def __init__(self, name: str, path: Path) -> None:
        self._name = name
        self._blocks = unpacked(self._packed(path), name)
        self._left = bytearray()
        self._read = self._count = 0
        self._seen: set[str] = set()

    def _packed(self, path: Path) -> Iterator[bytes]:
        """Go through the file, which has to begin as gzip does."""
        blocks = file_blocks(path, self._name)
        first = next(blocks, b"")
        if not first.startswith(GZIP):
            said = "this is no packed package (.tgz); name the folder if it is unpacked"
            raise self._broken("NOT_A_PACKAGE", said)
        yield first
        yield from blocks

    def members(self) -> Iterator[Member]:
        """Go through the files; what stands after the end has to be empty."""
        while (header := self._taken(_BLOCK)) != _NO_BLOCK:
            info = self._info(header)
            if info.isdir():
                self._check(info)
            elif info.type in _FILES:
                self._check(info)
                yield Member(_plain(info.name), self._content(info.size, MAX_MEMBER_BYTES))
            else:
                said = "the package holds a link, a device or another thing that is no file"
                raise self._broken("PACKAGE_LINK", f"{said}; do not use it before you know why")
        self._end()

    def _info(self, header: bytes) -> tarfile.TarInfo:
        """Read a header, with the long name that others before it give."""
        name = ""
        while (info := self._header(header)).type in {_LONG_NAME, _PAX, _PAX_ALL}:
            content = self._content(info.size, MAX_NAME_BYTES)
            if info.type == _LONG_NAME:
                name = content.rstrip(b"\0").decode("utf-8", "replace")
            elif info.type == _PAX:
                name = self._pax_name(content) or name
            header = self._taken(_BLOCK)
        if name:
            info.name = name
        return info

    def _header(self, header: bytes) -> tarfile.TarInfo:
        try:
            info = tarfile.TarInfo.frombuf(header, "utf-8", "surrogateescape")
        except (tarfile.TarError, ValueError, OverflowError):
            code = "PACKAGE_DAMAGED" if self._count else "NOT_A_PACKAGE"
            raise self._broken(code, _DAMAGED) from None
        self._count += 1
        if self._count > MAX_MEMBERS:
            raise LimitReached(str(self._fault("TOO_LARGE", f"{_TOO_MANY}{MAX_MEMBERS:,}")))
        if info.size < 0:
            raise self._broken("PACKAGE_DAMAGED", _DAMAGED)
        return info

    def _pax_name(self, content: bytes) -> str:
        """Return the name in records of ``length key=value``; a size there is refused."""
        found = ""
        while content:
            length, _, rest = content.partition(b" ")
            size = int(length) if length.isdigit() and len(length) <= _DIGITS else 0
            if not len(length) < size <= len(content):
                raise self._broken("PACKAGE_DAMAGED", _DAMAGED)
            key, _, value = rest[: size - len(length) - 1].rstrip(b"\n").partition(b"=")
            content = content[size:]
            if key == b"path":
                found = value.decode("utf-8", "replace")
            elif key == b"size" or key.startswith(b"GNU.sparse"):
                raise self._broken("PACKAGE_DAMAGED", _DAMAGED)
        return found

    def _check(self, info: tarfile.TarInfo) -> None:
        """Refuse a name that leads out of the package, and one that stands twice."""
        path = PurePosixPath(info.name)
        is_odd = not info.name.isprintable() or set(info.name) & set("\\:")
        if path.is_absolute() or ".." in path.parts or is_odd:
            said = (
                "the package holds a name that leads out of it; do not use it before you know why"
            )
            raise self._broken("PACKAGE_ESCAPE", said)
        if info.isdir():
            return
        plain = _plain(info.name).casefold()
        if plain in self._seen:
            said = "the package holds two files of one name, and programs disagree which counts"
            raise self._broken("PACKAGE_TWICE", f"{said}; get it again")
        self._seen.add(plain)

    def _content(self, size: int, limit: int) -> bytes:
        if size > limit:
            said = f"a file of the package has more than the {limit:,} bytes that are read of one"
            raise LimitReached(str(self._fault("TOO_LARGE", said)))
        return self._taken(-(-size // _BLOCK) * _BLOCK)[:size]

    def _end(self) -> None:
        """Read the rest, which is padding; gzip's own check sum is tested on the way."""
        while self._left or self._fill():
            if self._left.strip(b"\0"):
                raise self._broken("PACKAGE_DAMAGED", _DAMAGED)
            self._left.clear()

    def _taken(self, size: int) -> bytes:
        while len(self._left) < size:
            if not self._fill():
                raise self._broken("PACKAGE_CUT", _CUT)
        made = bytes(self._left[:size])
        del self._left[:size]
        return made

    def _fill(self) -> bool:
        block = next(self._blocks, b"")
        self._left += block
        self._read += len(block)
        if self._read > MAX_PACKAGE_BYTES:
            said = f"the package has more than {MAX_PACKAGE_BYTES // MEBIBYTE} MiB unpacked"
            raise LimitReached(str(self._fault("TOO_LARGE", f"{said}; is it the right one?")))
        return bool(block)

    def _broken(self, code: str, said: str) -> Broken:
        return Broken(self._fault(code, said))

    def _fault(self, code: str, said: str) -> Fault:
        return Fault(Place(self._name), code, said)


_TOO_MANY = "the package has more files than are read of one: "


def _plain(name: str) -> str:
    """A name without what says nothing, such as ``./``."""
    return str(PurePosixPath(name))
