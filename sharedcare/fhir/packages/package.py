"""What a package is, and all packages that were given, looked up by canonical address."""

import re
from collections.abc import Callable, Container, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from sharedcare.errors import LimitReached
from sharedcare.fhir.packages.code_systems import CodeSystem, code_system_of
from sharedcare.fhir.packages.element_json import NotAsFhirSays
from sharedcare.fhir.packages.expansion import Expansion
from sharedcare.fhir.packages.limits import MAX_CHAIN
from sharedcare.fhir.packages.refusal import named, refused
from sharedcare.fhir.packages.structure import StructureDefinition
from sharedcare.places import Fault, Place

Json = dict[str, Any]

#: Built in: its types need no package.
CORE_PACKAGE = "hl7.fhir.r4.core"

_ID = re.compile(r"([A-Za-z0-9][A-Za-z0-9._\-]{0,99})#([A-Za-z0-9][A-Za-z0-9._\-+]{0,99})")


@dataclass(frozen=True, slots=True, order=True)
class PackageId:
    """The name and version of a package: ``hl7.fhir.uk.core#2.0.1``."""

    name: str
    version: str

    def __str__(self) -> str:
        """Give ``name#version``."""
        return f"{self.name}#{self.version}"

    @classmethod
    def of(cls, text: str) -> "PackageId | None":
        """Take ``name#version``; None where a text is no such thing."""
        found = _ID.fullmatch(text)
        return cls(found[1], found[2]) if found else None


CORE_ID = PackageId(CORE_PACKAGE, "4.0.1")


@dataclass(frozen=True, slots=True)
class PackageResource:
    """A resource of a package: what it is known by, and a function that reads all of it.

    ``place`` names its file; ``content`` raises PackageFault where the JSON breaks our rules.
    """

    package: PackageId
    place: Place
    resource_type: str
    id: str
    url: str
    version: str
    content: Callable[[], Json] = field(repr=False, compare=False)

    def __str__(self) -> str:
        """Give the canonical with its version, and the package."""
        return f"{self.url}|{self.version} ({self.package})"


@dataclass(frozen=True, slots=True)
class Package:
    """One package: its id, what it depends on, for which versions of FHIR it is, its resources.

    ``digest`` is of all that its files hold, so that two packages of one id can be told apart.
    """

    id: PackageId
    dependencies: tuple[PackageId, ...] = ()
    fhir_versions: tuple[str, ...] = ()
    resources: tuple[PackageResource, ...] = ()
    title: str = ""
    digest: str = ""


_Index = Mapping[tuple[str, str], list[PackageResource]]


def _index(resources: Iterable[PackageResource]) -> _Index:
    """Sort resources by type and address."""
    made: dict[tuple[str, str], list[PackageResource]] = {}
    for found in resources:
        if found.url:
            made.setdefault((found.resource_type, found.url), []).append(found)
    return made


class Packages:
    """Everything that was given, in order, and what it says of a canonical address.

    ``given`` are the packages that the caller named; ``found`` those that they depend on and that
    were found in the cache. ``warnings`` say what is missing or odd and stops nothing.
    """

    def __init__(
        self,
        given: Iterable[Package] = (),
        found: Iterable[Package] = (),
        warnings: Iterable[Fault] = (),
    ) -> None:
        self.given = tuple(given)
        self.found = tuple(found)
        self.warnings = tuple(warnings)
        self._structures: dict[PackageResource, StructureDefinition] = {}
        self._being_made: set[PackageResource] = set()
        self._expansions: dict[PackageResource, Expansion] = {}
        self._code_systems: dict[PackageResource, CodeSystem] = {}

    @property
    def ids(self) -> tuple[PackageId, ...]:
        """The packages that were given, then those found for them."""
        return tuple(package.id for package in (*self.given, *self.found))

    def resources(self) -> Iterator[PackageResource]:
        """Go through every resource of every package, in order."""
        for package in (*self.given, *self.found):
            yield from package.resources

    def structure(
        self, canonical: str, seen_from: PackageId | None = None
    ) -> StructureDefinition | None:
        """Return a structure with its snapshot, None where neither a package nor HL7 has it.

        ``canonical`` may carry ``|version``. Where packages define it differently, the one that
        asks (``seen_from``) and what it depends on come first, then those that were given before
        those found; raises PackageFault where that leaves several, or where the definition cannot
        be used, with every fault of it.
        """
        (built_in,) = self._built_in.get(
            ("StructureDefinition", canonical.partition("|")[0]), [None]
        )
        if built_in is not None and built_in.content().get("derivation") != "constraint":
            return self._structure(built_in)
        resource = self.resource("StructureDefinition", canonical, seen_from)
        return None if resource is None else self._structure(resource)

    def type_of(self, canonical: str, seen_from: PackageId | None = None) -> str | None:
        """Return the type that a structure is of, None where neither a package nor HL7 has it.

        Its snapshot is not needed for that, so that profiles may refer to each other.
        """
        resource = self.resource("StructureDefinition", canonical, seen_from)
        found = None if resource is None else resource.content().get("type")
        return found if isinstance(found, str) else None

    def extension(self, url: str, seen_from: PackageId | None = None) -> StructureDefinition | None:
        """Return the definition of an extension by its address, None where nothing has it."""
        found = self.structure(url, seen_from)
        return found if found is not None and found.type == "Extension" else None

    def value_set(self, canonical: str, seen_from: PackageId | None = None) -> Expansion | None:
        """Return the codes of a value set, None where neither a package nor HL7 has it.

        Raises PackageFault as :meth:`structure` does.
        """
        resource = self.resource("ValueSet", canonical, seen_from)
        return None if resource is None else self._expansion(resource)

    def nested_value_set(self, canonical: str, seen_from: PackageId) -> Expansion | str:
        """Return a value set that another one includes, or the reason why it cannot be had."""
        resource = self.resource("ValueSet", canonical, seen_from)
        if resource is None:
            return f"it includes {named(canonical)}, which is in no package that was given"
        return self._expansion(resource)

    def code_system(self, url: str, seen_from: PackageId | None = None) -> CodeSystem | None:
        """Return the concepts of a code system, None where neither a package nor HL7 has it.

        Raises PackageFault as :meth:`structure` does.
        """
        resource = self.resource("CodeSystem", url, seen_from)
        if resource is None:
            return None
        if resource not in self._code_systems:
            try:
                made = code_system_of(resource.url, resource.content())
            except NotAsFhirSays as wrong:
                said = f"{wrong} holds what FHIR does not have there"
                raise refused([Fault(resource.place, "BAD_DEFINITION", said)]) from None
            self._code_systems[resource] = made
        return self._code_systems[resource]

    def resource(
        self, resource_type: str, canonical: str, seen_from: PackageId | None = None
    ) -> PackageResource | None:
        """Return the resource that a canonical means, HL7's own where no package defines it.

        Raises PackageFault where it may be several. The types of FHIR are HL7's in any case.
        """
        url, _, version = canonical.partition("|")
        for index, near in self._circles(seen_from):
            chosen = [
                one
                for one in index.get((resource_type, url), ())
                if one.package in near and (not version or _fits(one.version, version))
            ]
            if chosen:
                return _only(chosen)
        return None

    def _circles(
        self, seen_from: PackageId | None
    ) -> Iterator[tuple[_Index, Container[PackageId]]]:
        """Go through the circles in which a definition is looked for, the nearest first."""
        for package in (*self.given, *self.found):
            if package.id == seen_from:
                yield self._all, {package.id}
                yield self._all, package.dependencies
        yield self._all, [package.id for package in self.given]
        yield self._all, [package.id for package in self.found]
        yield self._built_in, {CORE_ID}

    @cached_property
    def _all(self) -> _Index:
        return _index(self.resources())

    @cached_property
    def _built_in(self) -> _Index:
        from sharedcare.fhir.packages.core_package import core_package

        return _index(core_package().resources)

    def _structure(self, resource: PackageResource) -> StructureDefinition:
        from sharedcare.fhir.packages.snapshot import structure_of

        if resource not in self._structures:
            with self._making(resource):
                self._structures[resource] = structure_of(resource, self)
        return self._structures[resource]

    def _expansion(self, resource: PackageResource) -> Expansion:
        from sharedcare.fhir.packages.value_sets import expanded

        if resource not in self._expansions:
            with self._making(resource):
                self._expansions[resource] = expanded(self, resource)
        return self._expansions[resource]

    @contextmanager
    def _making(self, resource: PackageResource) -> Iterator[None]:
        """Note what is being made; what is needed to make itself is a fault."""
        if resource in self._being_made:
            said = "this is made from itself, directly or through others; give it another base"
            raise refused([Fault(resource.place, "PROFILE_CYCLE", said)])
        if len(self._being_made) >= MAX_CHAIN:
            said = f"more than {MAX_CHAIN} definitions are made from each other"
            raise LimitReached(str(Fault(resource.place, "TOO_DEEP", said)))
        self._being_made.add(resource)
        try:
            yield
        finally:
            self._being_made.discard(resource)


def _fits(version: str, wanted: str) -> bool:
    """Whether a version is the one wanted; ``4.0`` wants any ``4.0.x``."""
    return version == wanted or version.startswith(f"{wanted}.")


def _only(found: list[PackageResource]) -> PackageResource:
    """Choose the one that is meant; definitions that say the same are one."""
    first = found[0]
    different = [one for one in found[1:] if one.content() != first.content()]
    if different:
        listed = ", ".join(f"{one.package} (version {one.version or 'none'})" for one in found)
        said = f"{first.url} is defined differently by {listed}; give one of them, or name |version"
        raise refused([Fault(first.place, "DEFINED_TWICE", said)])
    return first
