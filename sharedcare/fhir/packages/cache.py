"""Finding packages in the cache that FHIR's tools share: ``~/.fhir/packages/name#version``."""

from pathlib import Path

from sharedcare.errors import FileTrouble
from sharedcare.fhir.packages.package import PackageId
from sharedcare.places import Fault, Place


def default_cache() -> Path:
    """Return the cache of the user who runs this; raises FileTrouble where that has no home."""
    try:
        return Path("~/.fhir/packages").expanduser()
    except RuntimeError:
        said = "there is no home folder to look for FHIR packages in; name the cache"
        raise FileTrouble(str(Fault(Place("~/.fhir/packages"), "FILE_MISSING", said))) from None


def cached_folder(package: PackageId, cache: Path) -> Path | None:
    """Return the folder of a package in a cache, None where it is not there.

    A version may end in ``.x``, which means the latest that is there: ``4.0.x``.
    """
    if package.version.endswith(".x"):
        return _latest(package, cache)
    folder = cache / str(package)
    return folder if (folder / "package" / "package.json").is_file() else None


def is_wanted(package: PackageId, wanted: PackageId) -> bool:
    """Whether a package is the one that is wanted; ``4.0.x`` wants any version ``4.0.``."""
    if wanted.version.endswith(".x"):
        return str(package).startswith(str(wanted).removesuffix("x"))
    return package == wanted


def _latest(package: PackageId, cache: Path) -> Path | None:
    start = str(package).removesuffix("x")
    found = [folder for folder in sorted(cache.glob("*#*")) if folder.name.startswith(start)]
    usable = [folder for folder in found if (folder / "package" / "package.json").is_file()]
    return max(usable, key=lambda folder: _order(folder.name[len(start) :]), default=None)


def _order(version: str) -> tuple[list[tuple[int, str]], bool, str]:
    """Order versions by their numbers; ``1-beta`` comes before ``1``, and ``2-beta`` after it."""
    release, dash, label = version.partition("-")
    parts = [(int(part), "") if part.isdecimal() else (0, part) for part in release.split(".")]
    return parts, not dash, label
