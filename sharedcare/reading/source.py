"""The one guarded way in for bytes: a file, standard input, or what a caller holds already.

Nothing but a regular file is opened, never more than the limit is read (whatever size the file
says it has), and what was written to meanwhile is refused. Names are shown as they were given,
with what cannot be printed escaped; where a link leads is never told.
"""

import errno
import os
import stat
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from sharedcare.errors import FileTrouble, LimitReached
from sharedcare.places import Fault, Place
from sharedcare.reading.limits import MAX_PROFILE_BYTES, MEBIBYTE

#: Given for a path, it means standard input.
STDIN = "-"
STDIN_NAME = "<stdin>"

# A pipe or device that takes the place of a file after it was looked at must not make open() wait.
OPEN_FLAGS = os.O_RDONLY | sum(
    getattr(os, flag, 0) for flag in ("O_BINARY", "O_CLOEXEC", "O_NOCTTY", "O_NONBLOCK")
)
_NO_LINK = getattr(os, "O_NOFOLLOW", 0)

_KINDS: tuple[tuple[Callable[[int], bool], str], ...] = (
    (stat.S_ISDIR, "a folder; name a file in it"),
    (stat.S_ISFIFO, "a pipe; name - to read from standard input"),
    (stat.S_ISSOCK, "a socket; name a file"),
    (stat.S_ISCHR, "a device; name a file"),
    (stat.S_ISBLK, "a device; name a file"),
)

_TROUBLES: dict[int, tuple[str, str]] = {
    errno.ENOENT: ("FILE_MISSING", "there is no such file; check the name and the folder"),
    errno.ENOTDIR: ("FILE_MISSING", "there is no such file; one of its folders is a file"),
    errno.ENAMETOOLONG: ("FILE_MISSING", "there is no such file; the name is too long for one"),
    errno.EACCES: ("FILE_UNREADABLE", "the file may not be read; ask its owner for permission"),
    errno.EPERM: ("FILE_UNREADABLE", "the file may not be read; ask its owner for permission"),
    errno.EISDIR: ("NOT_A_FILE", f"this is {_KINDS[0][1]}"),
    errno.ENXIO: ("NOT_A_FILE", "this is no file that can be read; name a file"),
    errno.ELOOP: ("LINK_LOOP", "this link leads back to itself; name the file that is meant"),
}


@dataclass(frozen=True, slots=True)
class Source:
    """Bytes and the name that faults in them are told by."""

    name: str
    data: bytes


def shown(path: str) -> str:
    """Return a path as it may be printed: as given, with what is not printable escaped."""
    return "".join(
        letter if letter.isprintable() else letter.encode("unicode_escape").decode("ascii")
        for letter in path
    )


def read_source(path: str | os.PathLike[str], limit: int = MAX_PROFILE_BYTES) -> Source:
    """Read a file, or standard input if the path is ``-``, as :func:`read_file` does."""
    if os.fspath(path) == STDIN:
        if sys.stdin is None:  # it was closed before the program began
            said = "standard input is closed; name a file"
            raise FileTrouble(str(Fault(Place(STDIN_NAME), "FILE_MISSING", said)))
        return read_stream(sys.stdin.buffer, STDIN_NAME, limit)
    return read_file(path, limit)


def read_file(path: str | os.PathLike[str], limit: int = MAX_PROFILE_BYTES) -> Source:
    """Read a regular file of at most ``limit`` bytes.

    Raises FileTrouble where there is none or it cannot be read, LimitReached where it is larger.
    """
    found = file_or_fault(path, limit)
    if isinstance(found, Fault):
        raise FileTrouble(str(found))
    return found


def file_or_fault(
    path: str | os.PathLike[str],
    limit: int = MAX_PROFILE_BYTES,
    name: str | None = None,
    follow_link: bool = True,
) -> Source | Fault:
    """Read a file as :func:`read_file` does, but return what is wrong with it.

    ``name`` is what faults are told by, the path if it is not given; with ``follow_link`` false a
    symbolic link is refused.
    """
    name = shown(os.fspath(path)) if name is None else name
    try:
        fault = kind_fault(Path(path).stat(follow_symlinks=follow_link).st_mode, name)
        if fault is not None:
            return fault
        descriptor = os.open(path, OPEN_FLAGS | (0 if follow_link else _NO_LINK))
        with os.fdopen(descriptor, "rb", buffering=0) as stream:
            return _read_regular(stream, name, limit)
    except OSError as error:
        return trouble(name, error)
    except ValueError:  # a NUL in the path
        return Fault(Place(name), *_TROUBLES[errno.ENOENT])


def read_stream(stream: BinaryIO, name: str, limit: int = MAX_PROFILE_BYTES) -> Source:
    """Read a stream to its end; raises FileTrouble and, after ``limit`` bytes, LimitReached."""
    try:
        return given(_read_up_to(stream, limit), name, limit)
    except OSError as error:
        raise FileTrouble(str(trouble(name, error))) from None


def given(data: bytes, name: str, limit: int = MAX_PROFILE_BYTES) -> Source:
    """Take bytes that a caller holds; raises LimitReached if they are more than ``limit``."""
    if len(data) > limit:
        said = (
            f"the file has more than the {limit:,} bytes that may be read of it; check that it is"
        )
        raise LimitReached(str(Fault(Place(shown(name)), "TOO_LARGE", f"{said} the right file")))
    return Source(shown(name), data)


def _read_regular(stream: BinaryIO, name: str, limit: int) -> Source | Fault:
    before = os.fstat(stream.fileno())
    fault = kind_fault(before.st_mode, name)
    if fault is not None:
        return fault
    source = given(_read_up_to(stream, limit), name, limit)
    after = os.fstat(stream.fileno())
    if (before.st_mtime_ns, len(source.data)) == (after.st_mtime_ns, after.st_size):
        return source
    said = "the file was written to while it was read; try again when that is done"
    return Fault(Place(name), "FILE_CHANGED", said)


def _read_up_to(stream: BinaryIO, limit: int) -> bytes:
    """Read to the end, or to one byte more than the limit, which tells that there is more."""
    parts, left = [], limit + 1
    while left > 0 and (part := stream.read(min(left, MEBIBYTE))):
        parts.append(part)
        left -= len(part)
    return b"".join(parts)


def kind_fault(mode: int, name: str) -> Fault | None:
    """Say what a path leads to where that is no regular file; None where it is one."""
    for is_kind, words in _KINDS:
        if is_kind(mode):
            return Fault(Place(name), "NOT_A_FILE", f"this is {words}")
    return None


def trouble(name: str, error: OSError) -> Fault:
    """Put what the operating system refused into a sentence, without its words or other paths."""
    word = errno.errorcode.get(error.errno or 0, "unknown error")
    other = ("FILE_UNREADABLE", f"the file cannot be read ({word})")
    return Fault(Place(name), *_TROUBLES.get(error.errno or 0, other))
