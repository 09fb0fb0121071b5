"""Results of chunks, kept in a folder, so that a run that was ended goes on where it was.

Each chunk has a file of its own, named by a hash of its bytes, its place, the job with its
settings, and the version of this package. It is written beside its place, flushed to the disk and
renamed, so that under its name a file is whole or not there. Nothing is appended to and no list is
kept, so there is nothing that an end at the wrong instant could leave half, and nothing that two
who work on the same chunk could spoil.
"""

import hashlib
import json
import os
import tempfile
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from importlib.metadata import version
from pathlib import Path
from typing import Generic

from sharedcare.errors import FileTrouble
from sharedcare.fhir.bulk.chunk import Chunk
from sharedcare.fhir.bulk.job import Job, R
from sharedcare.fhir.bulk.locking import alone

#: The folder is for its owner alone, as its files are: places in records are not for others.
FOLDER_MODE = 0o700

# No ending of a payload, so that results in a folder of payloads are not taken for some.
_DONE = ".result"
_UNDER_WAY = ".under-way"


class Store(Generic[R]):
    """The results of a job in a folder that is there; making one changes nothing in the folder."""

    def __init__(self, folder: str, job: Job[R]) -> None:
        self.folder = folder
        self._path = Path(folder)
        self._job = job
        self._salt = hashlib.sha256(f"{version('sharedcare')}\0{job.text}".encode())

    def key(self, chunk: Chunk) -> str:
        """Return the name under which the result of a chunk is kept."""
        made = self._salt.copy()
        place = (chunk.file, chunk.holds, chunk.line, chunk.byte, chunk.end)
        made.update(json.dumps(place).encode())
        made.update(chunk.data)
        return made.hexdigest()[:40]

    def kept(self, key: str) -> R | None:
        """Return a result that is kept, None where there is none or it cannot be used."""
        try:
            return self._job.from_json(json.loads((self._path / f"{key}{_DONE}").read_bytes()))
        except (OSError, AttributeError, KeyError, TypeError, ValueError):
            return None

    def keep(self, key: str, result: R) -> None:
        """Keep a result; raises FileTrouble where the disk is full or the folder not ours."""
        data = (json.dumps(self._job.to_json(result), ensure_ascii=False) + "\n").encode()
        temporary = ""
        try:
            # For its owner alone, and of a name that nobody else who works on the chunk has.
            handle, temporary = tempfile.mkstemp(_UNDER_WAY, f"{key}.", self._path)
            with os.fdopen(handle, "wb") as stream:
                stream.write(data)
                stream.flush()
                os.fsync(stream.fileno())
            Path(temporary).replace(self._path / f"{key}{_DONE}")
        except OSError as error:
            with suppress(OSError):
                Path(temporary).unlink(missing_ok=True)
            raise _trouble(error) from None


def through(store: Store[R] | None, chunk: Chunk, work: Callable[[Chunk], R]) -> R:
    """Return the result of a chunk: as it is kept, else made, and kept where there is a store."""
    if store is None:
        return work(chunk)
    key = store.key(chunk)
    kept = store.kept(key)
    if kept is None:
        kept = work(chunk)
        store.keep(key, kept)
    return kept


@contextmanager
def opened(folder: str | None, job: Job[R]) -> Iterator[Store[R] | None]:
    """Make a folder ready for one run, and give its store; None where no folder is named.

    Raises FileTrouble where another run has the folder.
    """
    if folder is None:
        yield None
        return
    path = Path(folder)
    with ExitStack() as held:
        try:
            path.mkdir(mode=FOLDER_MODE, parents=True, exist_ok=True)
            held.enter_context(alone(path))
            for left in path.glob(f"*{_UNDER_WAY}"):
                left.unlink(missing_ok=True)
        except OSError as error:
            raise _trouble(error) from None
        yield Store(folder, job)


def _trouble(error: OSError) -> FileTrouble:
    reason = error.strerror or type(error).__name__
    return FileTrouble(f"the folder of results cannot be written: {reason}")
