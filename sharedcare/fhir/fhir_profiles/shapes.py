"""What a FHIR profile says of one element, with what it says below it and of its slices.

A shape is an element of a structure in its place: children and slices are found when they are asked
for, since elements that are defined by another (``Questionnaire.item.item``) have no end.
"""

from collections.abc import Iterator
from functools import cached_property

from sharedcare.errors import InputRefused
from sharedcare.fhir.definitions import Definitions
from sharedcare.fhir.packages.package import PackageId, Packages
from sharedcare.fhir.packages.structure import (
    CORE,
    Constraint,
    ElementDefinition,
    StructureDefinition,
)


class Shape:
    """An element of a structure; ``package`` is the one that the structure stands in.

    ``name`` is the last step of its path, ``value[x]`` for a choice; ``is_root`` says whether it
    stands for the whole structure.
    """

    def __init__(
        self,
        structure: StructureDefinition,
        element: ElementDefinition,
        package: PackageId | None,
    ) -> None:
        self.structure = structure
        self.element = element
        self.package = package
        self.name = element.name
        self.is_root = element is structure.root
        #: Children that ask for more than FHIR does, by the type that they stand in.
        self.asking: dict[str, tuple[Shape, ...]] = {}
        #: Rules that are not FHIR's own, once they were asked for.
        self.added_rules: tuple[Constraint, ...] | None = None

    @cached_property
    def children(self) -> tuple["Shape", ...]:
        """The elements just below it, without their slices."""
        below = self.structure.children(self.element)
        reference = self.element.content_reference
        if not below and reference:
            other = self.structure.by_id.get(reference.rpartition("#")[2])
            below = self.structure.children(other) if other is not None else ()
        return tuple(self._other(found) for found in below if not found.slice_name)

    @cached_property
    def slices(self) -> tuple["Shape", ...]:
        """Its slices, or those of a slice that is sliced again."""
        return tuple(self._other(found) for found in self.structure.slices(self.element))

    def child(self, name: str) -> "Shape | None":
        """Return the element of a name just below it; ``value`` finds ``value[x]``."""
        return self._by_name.get(name.removesuffix("[x]"))

    @cached_property
    def _by_name(self) -> dict[str, "Shape"]:
        return {found.name.removesuffix("[x]"): found for found in reversed(self.children)}

    def _other(self, element: ElementDefinition) -> "Shape":
        return Shape(self.structure, element, self.package)


class Unusable(Exception):
    """A definition that is there cannot be used; the text says why."""


class Shapes:
    """The structures of packages as shapes, each made once."""

    def __init__(self, packages: Packages, definitions: Definitions) -> None:
        self.packages = packages
        self.definitions = definitions
        self._roots: dict[tuple[str, PackageId | None], Shape | Unusable] = {}

    def root(self, canonical: str, seen_from: PackageId | None = None) -> Shape | None:
        """Return the shape of a structure, None where nothing has it; raises Unusable."""
        key = (canonical, seen_from)
        found = self._roots.get(key)
        if found is None:
            found = self._made(canonical, seen_from)
            if found is None:  # not kept: documents may name any number of them
                return None
            self._roots[key] = found
        if isinstance(found, Unusable):
            raise found
        return found

    def asked(self, canonical: str) -> Shape | None:
        """Return the shape of a structure, None where nothing has it; raises PackageFault."""
        structure = self.packages.structure(canonical)
        return None if structure is None else self.root(canonical)

    def extension(self, url: str) -> Shape | None:
        """Return the shape of an extension, None where nothing defines it; raises Unusable."""
        found = self.root(url)
        return found if found is not None and found.structure.type == "Extension" else None

    def is_base(self, canonical: str) -> bool:
        """Whether a canonical is that of a type of FHIR itself, which the base rules check."""
        name = canonical.partition("|")[0].removeprefix(CORE)
        is_known = name in self.definitions.raw["types"] or name in self.definitions.primitives
        return canonical.startswith(CORE) and is_known

    def profiles(self, shape: Shape, type_name: str) -> Iterator[str]:
        """Go through the FHIR profiles that an element of a type has to fit one of."""
        for found in shape.element.types:
            if found.code == type_name or type_name.startswith(f"{found.code}."):
                yield from (one for one in found.profiles if not self.is_base(one))

    def _made(self, canonical: str, seen_from: PackageId | None) -> Shape | Unusable | None:
        try:
            structure = self.packages.structure(canonical, seen_from)
            if structure is None:
                return None
            home = self.packages.resource("StructureDefinition", canonical, seen_from)
        except InputRefused as refused:
            first = refused.faults[0].message if refused.faults else str(refused)
            return Unusable(first)
        return Shape(structure, structure.root, home.package if home is not None else seen_from)
