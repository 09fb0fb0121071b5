"""The FHIR packages that payloads are held against: read once in each process."""

import hashlib
from dataclasses import replace
from functools import cache
from pathlib import Path

from sharedcare.fhir.fhir_profiles import FhirProfiles
from sharedcare.fhir.packages import Packages, read_packages
from sharedcare.fhir.payloads.settings import FromPackages

#: What was read in this process; the digest in the key tells what has changed since apart.
_READ: dict[FromPackages, Packages] = {}


def from_packages(
    sources: tuple[str, ...],
    cache_folder: str | None = None,
    asked: tuple[str, ...] = (),
    must_support: bool = False,
) -> FromPackages:
    """Return settings with a digest of all that the packages hold.

    Raises what reading packages raises, and NotFoundError where no package has what is asked for.
    """
    plain = FromPackages(sources, cache_folder, asked, must_support)
    packages = _read(plain)
    found = replace(plain, digest=_digest(packages))
    _READ[found] = packages
    fhir_profiles(found)
    return found


def packages_of(settings: FromPackages) -> Packages:
    """Return the packages of settings, read once in a process."""
    if settings not in _READ:
        _READ[settings] = _read(settings)
    return _READ[settings]


@cache
def fhir_profiles(settings: FromPackages) -> FhirProfiles:
    """Return what holds resources against the packages of settings, made once in a process."""
    return FhirProfiles(packages_of(settings), settings.asked, must_support=settings.must_support)


def _read(settings: FromPackages) -> Packages:
    folder = None if settings.cache is None else Path(settings.cache)
    with_dependencies = folder is not None or any("#" in one for one in settings.sources)
    return read_packages(settings.sources, cache=folder, with_dependencies=with_dependencies)


def _digest(packages: Packages) -> str:
    made = hashlib.sha256()
    for package in (*packages.given, *packages.found):
        made.update(f"{package.id}\0{package.digest}\0".encode())
    return made.hexdigest()
