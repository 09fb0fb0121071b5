"""What is below an element that a snapshot does not go into: what its type, or its profile, has."""

from typing import TYPE_CHECKING

from sharedcare.errors import LimitReached
from sharedcare.fhir.packages.limits import MAX_ELEMENTS
from sharedcare.fhir.packages.part import Part, copied, copies, tree_of
from sharedcare.fhir.packages.structure import CORE, StructureDefinition, TypeReference
from sharedcare.places import Fault

if TYPE_CHECKING:
    from sharedcare.fhir.packages.package import PackageResource, Packages


class Unfolding:
    """Puts below a part what its type has; made once for each snapshot, whose size it watches."""

    def __init__(self, packages: "Packages", resource: "PackageResource", root: Part) -> None:
        self._packages = packages
        self._resource = resource
        self._untouched = copied(root)
        self._size = 0
        self.count(root)

    def count(self, part: Part) -> None:
        """Count a part that comes into the snapshot; raises LimitReached if it gets too large."""
        self._size += 1 + sum(
            1 for child in (part.children or {}).values() for _ in child.everything()
        )
        if self._size > MAX_ELEMENTS:
            said = f"its snapshot has more than the {MAX_ELEMENTS:,} elements that are taken of one"
            raise LimitReached(str(Fault(self._resource.place, "TOO_LARGE", said)))

    def unfold(self, part: Part) -> None:
        """Give a part its children; where several types are possible, those that all types have."""
        if part.element.content_reference:
            part.children = self._referred(part.element.content_reference)
        else:
            found = self._definition(part.element.types)
            root = tree_of(found.elements)[0] if found is not None else None
            part.children = (root.children if root is not None else None) or {}
        self.count(part)

    def _definition(self, types: tuple[TypeReference, ...]) -> StructureDefinition | None:
        if len(types) != 1:
            return self._packages.structure(f"{CORE}Element")
        (one,) = types
        if len(one.profiles) == 1:
            profile = self._packages.structure(one.profiles[0], self._resource.package)
            if profile is not None:
                return profile
        return self._packages.structure(CORE + one.code)

    def _referred(self, reference: str) -> dict[str, Part]:
        """Copy what is below another element of the same type, as the base has it."""
        target: Part | None = self._untouched
        for name in reference.removeprefix("#").split(".")[1:]:
            target = target.child(name) if target is not None else None
        return copies(target.children or {}) if target is not None else {}
