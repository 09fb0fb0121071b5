"""Which files payloads were measured from: what was named, how much it is, and a digest of it.

With them somebody else can tell whether they have the same files. Files inside a folder are not
named: exports often call them by the people whom they are about.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from sharedcare.reading.payload_paths import PayloadFile, payload_files
from sharedcare.reading.source import STDIN, STDIN_NAME
from sharedcare.reading.streams import Broken, file_blocks


@dataclass(frozen=True, slots=True)
class Given:
    """One file or folder that was named for a system.

    ``digest`` is the SHA-256 of the file as it is stored; of a folder, that of the digests of its
    files (in hexadecimal, a line each) in the order of their names. It is empty of standard input,
    which is read once, and where a file cannot be read.
    """

    system: str
    name: str
    files: int
    size: int
    digest: str


def given_files(paths: Mapping[str, Iterable[str]]) -> tuple[Given, ...]:
    """Look through what was named for each system; reads every file once."""
    return tuple(
        _given(system, path) for system, found in paths.items() for path in dict.fromkeys(found)
    )


def _given(system: str, path: str) -> Given:
    if path == STDIN:
        return Given(system, STDIN_NAME, 1, 0, "")
    files = payload_files([path]).files
    made = [_digest(file) for file in files]
    digests, size = [digest for digest, _ in made], sum(read for _, read in made)
    is_folder = [file.path for file in files] != [path]
    digest = _of_all(digests) if is_folder else digests[0]
    return Given(system, Path(path).absolute().name, len(files), size, digest)


def _of_all(digests: Sequence[str]) -> str:
    lines = "".join(f"{digest}\n" for digest in digests)
    return sha256(lines.encode()).hexdigest() if digests and all(digests) else ""


def _digest(file: PayloadFile) -> tuple[str, int]:
    """The digest of a file and how many bytes it has; empty where it cannot be read."""
    total, size = sha256(), 0
    try:
        for block in file_blocks(file.path or "", file.name):
            total.update(block)
            size += len(block)
    except Broken:
        return "", size
    return total.hexdigest(), size
