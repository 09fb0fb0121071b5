"""A landscape profile, from its files to a checked landscape, with every fault at once."""

import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path

from sharedcare.errors import ProfileRefused
from sharedcare.landscape.building import build
from sharedcare.landscape.landscape import Landscape
from sharedcare.landscape.written import locate
from sharedcare.loading.includes import Part, parts_of
from sharedcare.loading.merging import merged
from sharedcare.places import Fault, LocatedMap, Place
from sharedcare.reading import LEAVES_WHOLE, Allowance, FaultList, Source, given, read_source
from sharedcare.reading.source import STDIN, shown


@dataclass(frozen=True, slots=True)
class Checked:
    """What came of reading a profile.

    ``landscape`` is None if there is an error; ``faults`` holds errors and warnings in the order of
    their places, of each code the first hundred and a line for the rest; ``errors`` counts all
    errors. ``files`` names what was read, in that order, and ``digest`` is a SHA-256 over the names
    and bytes of these.
    """

    landscape: Landscape | None
    faults: tuple[Fault, ...]
    errors: int
    files: tuple[str, ...]
    digest: str
    written: Mapping[str, object] = field(default_factory=dict, repr=False)

    def place(self, *way: str | int) -> Place:
        """Return where something stands in the files, by the way to it: ``"flows", "hub_asc"``."""
        return locate(self.written, way, self.files[0])

    def or_refuse(self) -> Landscape:
        """Return the landscape; raises ProfileRefused with every fault if there is none."""
        if self.landscape is None:
            noun = "fault" if self.errors == 1 else "faults"
            said = f"{self.files[0]} is no landscape profile yet: {self.errors:,} {noun}"
            raise ProfileRefused(said, self.faults)
        return self.landscape


def load_landscape(path: str | os.PathLike[str]) -> Landscape:
    """Read a profile, in YAML or JSON, with the files that it includes; ``-`` is standard input.

    Raises ProfileRefused with every fault, FileTrouble if the file cannot be read, and LimitReached
    if there is more of it than is read.
    """
    return check_profile(path).or_refuse()


def load_landscape_text(text: str, name: str = "profile") -> Landscape:
    """Read a profile from a text, which can include no files; raises as :func:`load_landscape`."""
    return check_profile_text(text, name).or_refuse()


def check_profile(path: str | os.PathLike[str]) -> Checked:
    """Read a profile and tell everything about it; ``-`` is standard input.

    Raises FileTrouble if the file cannot be read, LimitReached if there is more than is read.
    """
    is_file = os.fspath(path) != STDIN
    return _checked(read_source(path), Path(path) if is_file else None)


def check_profile_text(text: str, name: str = "profile") -> Checked:
    """Read a profile from a text and tell everything about it, as :func:`check_profile` does."""
    return _checked(given(text.encode("utf-8", "surrogatepass"), name), None)


def _checked(main: Source, path: Path | None) -> Checked:
    faults = FaultList()
    parts = parts_of(main, path, faults, Allowance())
    written = _written(parts, faults)
    landscape = _built(written, faults)
    return Checked(
        landscape=None if faults.errors else landscape,
        faults=faults.listed(),
        errors=faults.errors,
        files=tuple(part.source.name for part in parts),
        digest=_digest(parts, shown(path.name) if path else main.name),
        written=written or {},
    )


def _written(parts: Sequence[Part], faults: FaultList) -> LocatedMap | None:
    """All files as one map; None where a fault leaves it torn."""
    trees = [part.tree for part in parts if part.tree is not None]
    if len(trees) < len(parts) or not faults.codes <= LEAVES_WHOLE:
        return None
    return merged(trees, faults)


def _built(written: LocatedMap | None, faults: FaultList) -> Landscape | None:
    """Build the landscape, also if it will not be taken, for the faults of its values."""
    if written is None:
        return None
    building = build(written, written.place.file)
    faults.add_all(building.faults)
    return building.landscape


def _digest(parts: Sequence[Part], first: str) -> str:
    """Hash names and bytes; the first file counts by its name alone, wherever its folder is."""
    total = sha256()
    names = [first, *(part.source.name for part in parts[1:])]
    for name, part in zip(names, parts, strict=True):
        for piece in (name.encode(), part.source.data):
            total.update(len(piece).to_bytes(8, "big") + piece)
    return total.hexdigest()
