"""One run at a time in a folder of results.

The lock is the operating system's own on a file: it ends with the process that holds it, however
that ends, so that none is ever left over and none has to be judged stale by the clock. A worker
that is forked from it closes its copy, since else the lock would last as long as the worker.
The standard library reaches it (``fcntl``, on Windows ``msvcrt``), so no other package is needed.
"""

import errno
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from sharedcare.errors import FileTrouble

NAME = ".lock"

_BUSY = (
    "another run keeps its results in this folder; wait until it has ended, or name another folder"
)
#: What systems answer where another process holds the lock.
_HELD = frozenset({errno.EACCES, errno.EAGAIN, errno.EDEADLK})

#: The files by which this process holds folders.
_ours: set[int] = set()


@contextmanager
def alone(folder: Path) -> Iterator[None]:
    """Hold a folder for one run.

    Raises FileTrouble where another run holds it, and OSError where there can be no lock in it.
    """
    path = folder / NAME
    handle = _taken(path)
    _ours.add(handle)
    try:
        yield
    finally:
        _ours.discard(handle)
        # Before it is let go: who has opened it meanwhile sees that another file has its name.
        with suppress(OSError):
            path.unlink()
        os.close(handle)


def _close_copies() -> None:
    """Leave the locks to the process that this one was forked from."""
    while _ours:
        os.close(_ours.pop())


if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=_close_copies)


def _taken(path: Path) -> int:
    """Open and lock a file, again where it was deleted in between."""
    while True:
        handle = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
        try:
            _lock(handle)
            if _is_still_named(handle, path):
                return handle
        except OSError as error:
            os.close(handle)
            if error.errno in _HELD:
                raise FileTrouble(_BUSY) from None
            raise
        os.close(handle)


def _lock(handle: int) -> None:
    """Lock a file for this process; raises OSError at once where another holds it."""
    if sys.platform == "win32":
        import msvcrt

        msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)
    else:
        import fcntl

        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)


def _is_still_named(handle: int, path: Path) -> bool:
    try:
        return os.path.samestat(os.fstat(handle), path.stat())
    except FileNotFoundError:
        return False
