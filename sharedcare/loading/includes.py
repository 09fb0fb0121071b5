"""The files that a profile includes: found, kept inside its folder, read once each.

``includes:`` lists files, each named from the folder of the file that lists it; an included file
may include others. All of them lie in the profile's folder or below it, also after symbolic links
are followed, so that a profile that someone sends cannot make anyone read files of their own. A
file that is reached twice is read once; one that includes itself, directly or through others, is a
fault.
"""

import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path, PureWindowsPath
from typing import TypeAlias

from sharedcare.errors import LimitReached
from sharedcare.places import Fault, LocatedList, LocatedMap, LocatedText, Place, place_of
from sharedcare.reading import Allowance, FaultList, Source
from sharedcare.reading.limits import MAX_INCLUDES
from sharedcare.reading.source import file_or_fault, shown
from sharedcare.reading.yaml_tree import yaml_tree

INCLUDES = "includes"

_Refusal: TypeAlias = tuple[str, str]

_LIST: _Refusal = (
    "BAD_INCLUDE",
    "a list of files is expected, such as [needs.yaml, systems.yaml]",
)
_NAME: _Refusal = (
    "BAD_INCLUDE",
    "the name of a file is expected, with / between folder and file, such as council/needs.yaml",
)
_OUTSIDE: _Refusal = (
    "INCLUDE_OUTSIDE",
    "only files in the profile's own folder are included; copy the file there and name it so",
)
_CYCLE: _Refusal = (
    "INCLUDE_CYCLE",
    "this file includes itself, directly or through others; leave the line out",
)
_NO_FOLDER: _Refusal = (
    "INCLUDE_WITHOUT_FOLDER",
    "only a profile that is read from a file includes others; leave the line out, or save it first",
)


@dataclass(frozen=True, slots=True)
class Part:
    """One file of a profile, and the map that it holds; None if it holds none."""

    source: Source
    tree: LocatedMap | None


@dataclass(frozen=True, slots=True)
class _Wanted:
    """A name under ``includes:``, the folder it starts from, and the files that led to it."""

    name: LocatedText
    folder: Path
    above: frozenset[Path]


def parts_of(
    main: Source, path: Path | None, faults: FaultList, allowance: Allowance
) -> tuple[Part, ...]:
    """Read a profile's first file and all that it includes, each file before those it includes.

    ``path`` is where the first file lies, None if it did not come from one. What is wrong is added
    to ``faults``; raises LimitReached where ``allowance`` ends.
    """
    reader = _Reader(faults, allowance)
    if path is None:
        reader.read_alone(main)
    else:
        reader.read(main, Path(os.path.realpath(path.parent)), Path(os.path.realpath(path)))
    return tuple(reader.parts)


class _Reader:
    """Reads the files of one profile."""

    def __init__(self, faults: FaultList, allowance: Allowance) -> None:
        self.parts: list[Part] = []
        self._faults = faults
        self._allowance = allowance

    def read_alone(self, main: Source) -> None:
        """Read a profile that can include nothing."""
        for name in self._names(self._tree(main)):
            self._refuse(name.place, _NO_FOLDER)

    def read(self, main: Source, base: Path, real: Path) -> None:
        """Read the first file, then what is included in the order of the lists, going deep."""
        done = {real}
        pending = self._wanted_by(main, base, frozenset(done))
        while pending:
            wanted = pending.pop(0)
            self._spend(wanted.name.place)
            found = _resolved(wanted, base)
            if not isinstance(found, Path):
                self._refuse(wanted.name.place, found)
            elif found not in done and (source := self._source(wanted, found, base)):
                done.add(found)
                above = wanted.above | {found}
                pending = self._wanted_by(source, found.parent, above) + pending

    def _wanted_by(self, source: Source, folder: Path, above: frozenset[Path]) -> list[_Wanted]:
        return [_Wanted(name, folder, above) for name in self._names(self._tree(source))]

    def _tree(self, source: Source) -> LocatedMap | None:
        self._allowance.bytes -= len(source.data)
        tree = yaml_tree(source, self._faults, self._allowance)
        self.parts.append(Part(source, tree))
        return tree

    def _names(self, tree: LocatedMap | None) -> Iterator[LocatedText]:
        given = None if tree is None else tree.get(INCLUDES)
        if isinstance(given, LocatedText):
            given = LocatedList([given] if given or not given.plain else [], given.place)
        if isinstance(given, LocatedMap):
            self._refuse(given.place, _LIST)
        for name in given if isinstance(given, LocatedList) else ():
            if isinstance(name, LocatedText) and name and "\\" not in name:
                yield name
            else:
                self._refuse(place_of(name), _NAME)

    def _source(self, wanted: _Wanted, real: Path, base: Path) -> Source | None:
        name = shown(real.relative_to(base).as_posix())
        found = file_or_fault(real, self._allowance.bytes, name, follow_link=False)
        if isinstance(found, Source):
            return found
        is_missing = found.code == "FILE_MISSING"
        code = "INCLUDE_MISSING" if is_missing else "INCLUDE_UNREADABLE"
        self._refuse(wanted.name.place, (code, found.message))
        return None

    def _spend(self, place: Place) -> None:
        """Count a line of ``includes:``, whether or not there is a file of that name."""
        self._allowance.includes -= 1
        if self._allowance.includes < 0:
            said = f"a profile includes at most {MAX_INCLUDES} files; put small ones together"
            raise LimitReached(str(Fault(place, "TOO_MANY_FILES", said)))

    def _refuse(self, place: Place | None, refusal: _Refusal) -> None:
        self._faults.add(Fault(place or Place(self.parts[0].source.name), *refusal))


def _resolved(wanted: _Wanted, base: Path) -> Path | _Refusal:
    """Return the real path of what is included, or why it is not."""
    if wanted.name.startswith("/") or PureWindowsPath(wanted.name).drive or "://" in wanted.name:
        return _OUTSIDE
    real = Path(os.path.realpath(wanted.folder / wanted.name))
    if not real.is_relative_to(base):
        return _OUTSIDE
    return _CYCLE if real in wanted.above else real
