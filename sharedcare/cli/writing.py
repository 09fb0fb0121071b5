"""Writing results: to standard output, or to a file that is whole or not there at all."""

import os
import sys
import tempfile
from pathlib import Path

import click

from sharedcare.errors import FileTrouble

STDOUT = "-"


def write(data: bytes, output: str, mode: int | None = None) -> None:
    """Write to a file, or to standard output where ``output`` is ``-``.

    ``mode`` are the permissions that the file gets, as the user's mask leaves them if not given. A
    file is written beside its place, flushed to the disk, and then renamed, so that a crash or a
    full disk leaves the old one as it was. Raises FileTrouble.
    """
    if output == STDOUT:
        sys.stdout.buffer.write(data)
        sys.stdout.buffer.flush()
        return
    path = Path(output)
    try:
        _write_whole(data, path, mode)
    except OSError as error:
        reason = error.strerror or type(error).__name__
        raise FileTrouble(f"{path.name} cannot be written: {reason}") from None


def _write_whole(data: bytes, path: Path, mode: int | None) -> None:
    handle, temporary = tempfile.mkstemp(dir=path.parent, prefix=".sharedcare-")
    try:
        with os.fdopen(handle, "wb") as stream:
            stream.write(data)
            stream.flush()
            os.fsync(stream.fileno())
        Path(temporary).chmod(_mode(path) if mode is None else mode)
        Path(temporary).replace(path)
    except BaseException:
        Path(temporary).unlink(missing_ok=True)
        raise


def _mode(path: Path) -> int:
    """The permissions of the file that is replaced, else what the user's mask leaves."""
    if path.exists():
        return path.stat().st_mode & 0o777
    mask = os.umask(0)
    os.umask(mask)
    return 0o666 & ~mask


def tell(message: str, quiet: bool = False) -> None:
    """Say something beside the data, on standard error."""
    if not quiet:
        click.echo(message, err=True)


def is_terminal() -> bool:
    """Whether people, not programs, read standard output."""
    return sys.stdout.isatty()
