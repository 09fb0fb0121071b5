"""The files of a package that is unpacked already: a folder with ``package/package.json`` in it.

``package`` itself may be named as well. Links are not followed, so that nothing outside is read.
"""

import os
from collections.abc import Iterator
from pathlib import Path

from sharedcare.errors import FileTrouble, LimitReached
from sharedcare.fhir.packages.archive import Member
from sharedcare.fhir.packages.limits import MAX_MEMBER_BYTES, MAX_MEMBERS, MAX_PACKAGE_BYTES
from sharedcare.places import Fault, Place
from sharedcare.reading.limits import MEBIBYTE
from sharedcare.reading.source import file_or_fault, shown, trouble


def folder_members(path: Path, name: str) -> Iterator[Member]:
    """Go through the files of an unpacked package, sorted by name, as an archive would give them.

    Raises FileTrouble where a file cannot be read, LimitReached where they are too many or too
    large.
    """
    inner = path / "package"
    folder = inner if inner.is_dir() and not inner.is_symlink() else path
    left = MAX_PACKAGE_BYTES
    for file in _files(folder, name):
        shown_name = f"{name}/package/{shown(file)}"
        found = file_or_fault(folder / file, MAX_MEMBER_BYTES, shown_name, follow_link=False)
        if isinstance(found, Fault):
            raise FileTrouble(str(found))
        left -= len(found.data)
        if left < 0:
            said = f"the package has more than {MAX_PACKAGE_BYTES // MEBIBYTE} MiB; is it the right"
            raise LimitReached(str(Fault(Place(name), "TOO_LARGE", f"{said} one?")))
        yield Member(f"package/{file}", found.data)


def _files(folder: Path, name: str) -> list[str]:
    """Return the names of the JSON files just in a folder."""
    try:
        with os.scandir(folder) as listed:
            names = [entry.name for entry in listed if entry.name.endswith(".json")]
    except OSError as error:
        raise FileTrouble(str(trouble(name, error))) from None
    if len(names) > MAX_MEMBERS:
        said = f"the package has more files than are read of one: {MAX_MEMBERS:,}"
        raise LimitReached(str(Fault(Place(name), "TOO_MANY_FILES", said)))
    return sorted(names)
