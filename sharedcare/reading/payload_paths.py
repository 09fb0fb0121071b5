"""Which files a person means who names files, folders or standard input.

A folder stands for the payloads in it and in its folders, in the order of their names. Links to
folders are not followed, so that none can lead round in a circle or out of the folder, and that is
said. Files of other kinds in a folder are counted, not read.
"""

import os
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path, PurePath

from sharedcare.places import Fault, Place
from sharedcare.reading.limits import MAX_PAYLOAD_FILES
from sharedcare.reading.source import STDIN, STDIN_NAME, shown, trouble

#: Ending of a name, without ``.gz``, to what the file holds.
ENDINGS = {
    ".json": "json",
    ".ndjson": "ndjson",
    ".jsonl": "ndjson",
    ".xml": "xml",
}

#: One file or folder, or several.
Paths = str | os.PathLike[str] | Iterable[str | os.PathLike[str]]

_FOLDER_LINK = "this link leads to a folder and was not followed; name the folder itself"
_NO_NAME = "an empty name was given; name a file or folder, and put no empty variable in its place"
_NO_PAYLOADS = "no file in the folder ends in .json, .ndjson, .jsonl or .xml, nor in these and .gz"


@dataclass(frozen=True, slots=True)
class PayloadFile:
    """A file to read: its path (None is standard input), its name in messages, what it holds.

    ``holds`` is a word of :data:`ENDINGS`, or empty where the name does not tell.
    """

    path: str | None
    name: str
    holds: str


@dataclass(slots=True)
class Found:
    """The files that are meant, what could not be looked into, and how many are of other kinds."""

    files: list[PayloadFile] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)
    others: int = 0


def payload_files(paths: Paths) -> Found:
    """Find the files, each once, in the order in which they are named; one name may be bare."""
    named = [paths] if isinstance(paths, str | os.PathLike) else paths
    found = Found()
    for path in dict.fromkeys(os.fspath(path) for path in named):
        if path == STDIN:
            found.files.append(PayloadFile(None, STDIN_NAME, ""))
        elif not path:
            found.faults.append(Fault(Place('""'), "FILE_MISSING", _NO_NAME))
        elif _is_folder(path):
            _look_into(path, found)
        else:
            found.files.append(PayloadFile(path, shown(path), kind_by_name(path)))
    once: dict[str, PayloadFile] = {}
    for file in found.files:
        once.setdefault(_plain(file.path), file)
    found.files = _told_apart(once.values())
    return found


def _plain(path: str | None) -> str:
    """Return a path without what says nothing, such as ``./``."""
    return "" if path is None else str(PurePath(path))


def _told_apart(files: Iterable[PayloadFile]) -> list[PayloadFile]:
    """Give files names of their own.

    Two names may be shown alike: one with a line feed, and one with what is shown in its place.
    """
    apart: dict[str, PayloadFile] = {}
    for file in files:
        name, number = file.name, 2
        while name in apart:
            name, number = f"{file.name} ({number})", number + 1
        apart[name] = replace(file, name=name)
    return list(apart.values())


def kind_by_name(path: str) -> str:
    """Return what a file holds by its name, empty where that does not tell."""
    name = Path(path).name.lower().removesuffix(".gz")
    return ENDINGS.get(Path(name).suffix, "")


def _is_folder(path: str) -> bool:
    try:
        return Path(path).is_dir()
    except (OSError, ValueError):
        return False  # reading it tells what is the matter


def _look_into(folder: str, found: Found) -> None:
    before = len(found.files)
    for path in _walk(folder, found):
        if kind_by_name(path):
            found.files.append(PayloadFile(path, shown(path), kind_by_name(path)))
        else:
            found.others += 1
        if len(found.files) > MAX_PAYLOAD_FILES:
            said = f"more than {MAX_PAYLOAD_FILES:,} files; name fewer folders"
            found.faults.append(Fault(Place(shown(folder)), "TOO_MANY_FILES", said))
            return
    if len(found.files) == before:
        found.faults.append(Fault(Place(shown(folder)), "NOTHING_THERE", _NO_PAYLOADS))


def _walk(folder: str, found: Found) -> Iterator[str]:
    """Go through the files of a folder and of those in it, sorted by name."""
    waiting = [folder]
    while waiting:
        here = waiting.pop()
        try:
            with os.scandir(here) as listed:
                entries = sorted(listed, key=lambda entry: entry.name, reverse=True)
        except OSError as error:
            found.faults.append(trouble(shown(here), error))
            continue
        files = []
        for entry in entries:
            if entry.is_dir(follow_symlinks=False):
                waiting.append(entry.path)
            elif entry.is_symlink() and _is_folder(entry.path):
                place = Place(shown(entry.path))
                found.faults.append(Fault(place, "FOLDER_LINK", _FOLDER_LINK))
            else:
                files.append(entry.path)
        yield from reversed(files)
