"""Writing results: to standard output, or to a file that is whole or not there at all."""

import os
import sys
import tempfile
from pathlib import Path

import click

from sharedcare.errors import FileTrouble
from sharedcare.reading.source import shown

STDOUT = "-"


def write(data: bytes, output: str, mode: int | None = None) -> None:
    """Write to a file, or to standard output where ``output`` is ``-``.

    ``mode`` are the permissions that the file gets, as the user's mask leaves them if not given. A
    file is written beside its place, flushed to the disk, and then renamed, so that a crash or a
    full disk leaves the old one as it was. A link stays, and what it leads to is written; a device
    or a pipe is written to, never replaced. Raises FileTrouble.
    """
    try:
        if output == STDOUT or _is_standard_output(output):
            _write_out(data)
        elif _is_special(output):
            Path(output).write_bytes(data)
        else:
            _write_whole(data, Path(output).resolve(), mode)
    except BrokenPipeError:
        raise  # whoever read us has what they wanted
    except OSError as error:
        reason = error.strerror or type(error).__name__
        name = "standard output" if output == STDOUT else shown(Path(output).name)
        raise FileTrouble(f"{name} cannot be written: {reason}") from None


def _write_out(data: bytes) -> None:
    if sys.stdout is None:  # it was closed before the program began
        raise FileTrouble("standard output is closed; name a file with --output")
    sys.stdout.buffer.write(data)
    sys.stdout.buffer.flush()


def _is_standard_output(output: str) -> bool:
    """Whether a path is one more name of standard output, which may hold lines before ours."""
    try:
        return sys.stdout is not None and os.path.samestat(
            Path(output).stat(), os.fstat(sys.stdout.fileno())
        )
    except (OSError, ValueError):  # there is no such file yet, or a program has our output
        return False


def _is_special(output: str) -> bool:
    """Whether a path leads to what is there and neither file nor folder, such as a pipe."""
    path = Path(output)
    return path.exists() and not path.is_file() and not path.is_dir()


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
