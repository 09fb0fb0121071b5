"""Results of pieces, kept in a folder, so that a run that was ended goes on where it was.

Each piece has a file of its own, named by a hash of its bytes, its place, the settings and the
version of this package. It is written beside its place, flushed to the disk and renamed, so that
under its name a file is whole or not there. Nothing is appended to and no list is kept, so there is
nothing that an end at the wrong instant could leave half.
"""

import hashlib
import json
import os
from contextlib import suppress
from importlib.metadata import version
from pathlib import Path

from sharedcare.errors import FileTrouble
from sharedcare.fhir.payloads.settings import Settings
from sharedcare.fhir.payloads.tally import Tally, tally_from_json, tally_to_json
from sharedcare.fhir.payloads.work import Work

#: Files of the folder are for their owner alone: places in patients' records are not for others.
FILE_MODE = 0o600
FOLDER_MODE = 0o700

# No ending of a payload, so that results in a folder of payloads are not taken for some.
_DONE = ".result"
_UNDER_WAY = ".under-way"


class Store:
    """A folder of results."""

    def __init__(self, folder: str, settings: Settings) -> None:
        self._folder = Path(folder)
        self._salt = hashlib.sha256(f"{version('sharedcare')}\0{settings.text}".encode())
        try:
            self._folder.mkdir(mode=FOLDER_MODE, parents=True, exist_ok=True)
            for left in self._folder.glob(f"*{_UNDER_WAY}"):
                left.unlink(missing_ok=True)
        except OSError as error:
            raise _trouble(error) from None

    def key(self, work: Work) -> str:
        """Return the name under which the result of a piece is kept."""
        made = self._salt.copy()
        place = (work.file, work.holds, work.line, work.byte, len(work.data))
        made.update(json.dumps(place).encode())
        made.update(work.data)
        return made.hexdigest()[:40]

    def kept(self, key: str) -> Tally | None:
        """Return a result that is kept, None where there is none or it cannot be used."""
        try:
            return tally_from_json(json.loads((self._folder / f"{key}{_DONE}").read_bytes()))
        except (OSError, ValueError, KeyError, TypeError):
            return None

    def keep(self, key: str, tally: Tally) -> None:
        """Keep a result; raises FileTrouble where the disk is full or the folder not ours."""
        data = (json.dumps(tally_to_json(tally), ensure_ascii=False) + "\n").encode()
        temporary = self._folder / f"{key}{_UNDER_WAY}"
        try:
            handle = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, FILE_MODE)
            with os.fdopen(handle, "wb") as stream:
                stream.write(data)
                stream.flush()
                os.fsync(stream.fileno())
            temporary.replace(self._folder / f"{key}{_DONE}")
        except OSError as error:
            with suppress(OSError):
                temporary.unlink(missing_ok=True)
            raise _trouble(error) from None


def _trouble(error: OSError) -> FileTrouble:
    reason = error.strerror or type(error).__name__
    return FileTrouble(f"the folder of results cannot be written: {reason}")
