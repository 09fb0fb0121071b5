"""From what a user names (a ``.tgz``, a folder, ``name#version``) to the packages themselves."""

from collections.abc import Iterator, Sequence
from pathlib import Path

from sharedcare.errors import FileTrouble
from sharedcare.fhir.packages.archive import archive_members
from sharedcare.fhir.packages.cache import cached_folder, default_cache, is_wanted
from sharedcare.fhir.packages.folder import folder_members
from sharedcare.fhir.packages.manifest import package_of
from sharedcare.fhir.packages.package import CORE_PACKAGE, Package, PackageId, Packages
from sharedcare.fhir.packages.refusal import refused
from sharedcare.places import Fault, Place, Severity
from sharedcare.reading.source import shown, trouble

#: The versions of FHIR that the built-in definitions are those of.
_R4 = ("4.0", "R4")


def read_packages(
    sources: Sequence[Path | str],
    *,
    cache: Path | None = None,
    with_dependencies: bool = False,
) -> Packages:
    """Read packages: each a ``.tgz``, a folder, or ``name#version`` in the user's cache.

    ``cache`` is the folder of the cache, by default ``~/.fhir/packages``. What the packages depend
    on is looked for there only ``with_dependencies``; what is not found is said among the warnings.
    Nothing is fetched. Raises PackageFault, LimitReached or FileTrouble as reading finds them.
    """
    given = [_opened(source, cache) for source in sources]
    _refuse_twice(given, sources)
    warnings: list[Fault] = []
    place = (cache or default_cache()) if with_dependencies else None
    found = list(_dependencies(given, place, warnings))
    warnings += [fault for package in (*given, *found) for fault in _other_version(package)]
    return Packages(given, found, warnings)


def _opened(source: Path | str, cache: Path | None) -> Package:
    name = shown(str(source))
    try:
        return _looked_up(source, name, cache)
    except OSError as error:  # not even asked whether it is there, as for a name that is too long
        raise FileTrouble(str(trouble(name, error))) from None


def _looked_up(source: Path | str, name: str, cache: Path | None) -> Package:
    wanted = PackageId.of(source) if isinstance(source, str) else None
    path = Path(source)
    if wanted is not None and not path.exists():
        folder = cached_folder(wanted, cache or default_cache())
        if folder is None:
            said = "the package is not in the cache of FHIR packages; install it, or name its file"
            raise FileTrouble(str(Fault(Place(name), "PACKAGE_MISSING", said)))
        return _read(folder, name, wanted)
    return _read(path, name, None)


def _read(path: Path, name: str, wanted: PackageId | None) -> Package:
    members = folder_members(path, name) if path.is_dir() else archive_members(path)
    package = package_of(members, name)
    if wanted is not None and not is_wanted(package.id, wanted):
        said = f"the folder of {wanted} in the cache holds {package.id}; install it again"
        raise refused([Fault(Place(name), "PACKAGE_OTHER", said)])
    return package


def _refuse_twice(given: Sequence[Package], sources: Sequence[Path | str]) -> None:
    seen: set[PackageId] = set()
    for package, source in zip(given, sources, strict=True):
        if package.id in seen:
            said = f"{package.id} is given twice; give it once"
            raise refused([Fault(Place(shown(str(source))), "PACKAGE_TWICE", said)])
        seen.add(package.id)


def _dependencies(
    given: Sequence[Package], cache: Path | None, warnings: list[Fault]
) -> Iterator[Package]:
    """Go through what is depended on and in the cache, the nearest first; warn of the rest."""
    known = {package.id for package in given}
    waiting = list(given)
    while waiting:
        package = waiting.pop(0)
        for wanted in package.dependencies:
            if wanted.name == CORE_PACKAGE or wanted in known:
                continue
            known.add(wanted)
            folder = cached_folder(wanted, cache) if cache is not None else None
            if folder is None:
                warnings.append(_missing(package.id, wanted, cache))
                continue
            found = _read(folder, str(wanted), wanted)
            waiting.append(found)
            yield found


def _missing(package: PackageId, wanted: PackageId, cache: Path | None) -> Fault:
    where = "given" if cache is None else "given, nor in the cache of FHIR packages"
    said = f"this depends on {wanted}, which is not {where}; what it defines is not looked at"
    return Fault(Place(str(package)), "DEPENDENCY_MISSING", said, Severity.WARNING)


def _other_version(package: Package) -> Iterator[Fault]:
    """Warn of a package that is of another version of FHIR than R4."""
    if package.fhir_versions and not any(
        version.startswith(_R4) for version in package.fhir_versions
    ):
        listed = ", ".join(map(shown, package.fhir_versions))
        said = f"this package is of FHIR {listed}; its definitions are read as those of R4"
        yield Fault(Place(str(package.id)), "OTHER_FHIR", said, Severity.WARNING)
