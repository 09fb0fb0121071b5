"""From a StructureDefinition as a package holds it to one with a snapshot.

Where the package gives a snapshot that is taken; else it is made from the differential and the
snapshot of the base (:mod:`sharedcare.fhir.packages.differential`).
"""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from sharedcare.errors import LimitReached
from sharedcare.fhir.packages.differential import Differential
from sharedcare.fhir.packages.element_json import (
    Json,
    NotAsFhirSays,
    objects,
    overlaid,
    path_of,
    slice_name_of,
    text,
    texts,
)
from sharedcare.fhir.packages.limits import MAX_ELEMENTS
from sharedcare.fhir.packages.part import flattened, tree_of
from sharedcare.fhir.packages.refusal import named, refused
from sharedcare.fhir.packages.structure import CORE, ElementDefinition, StructureDefinition
from sharedcare.places import Fault

if TYPE_CHECKING:
    from sharedcare.fhir.packages.package import PackageResource, Packages


def structure_of(resource: "PackageResource", packages: "Packages") -> StructureDefinition:
    """Return a structure with its snapshot; raises PackageFault with every fault of it."""
    raw = resource.content()
    try:
        own = objects(_object(raw, "snapshot"), "element")
        elements = (
            _taken(resource, own) if own else Differential(resource, raw, packages).elements()
        )
        return StructureDefinition(
            url=resource.url,
            version=resource.version,
            name=text(raw, "name"),
            type=text(raw, "type").removeprefix(CORE),
            base=text(raw, "baseDefinition"),
            kind=text(raw, "kind"),
            derivation=text(raw, "derivation"),
            abstract=raw.get("abstract") is True,
            elements=elements,
            contexts=tuple(_contexts(raw)),
            context_rules=texts(raw, "contextInvariant"),
            title=text(raw, "title"),
            is_generated=not own,
        )
    except NotAsFhirSays as wrong:
        said = f"{wrong} holds what FHIR does not have there"
        raise refused([Fault(resource.place, "BAD_DEFINITION", said)]) from None


def _object(raw: Json, key: str) -> Json:
    found = raw.get(key, {})
    if not isinstance(found, dict):
        raise NotAsFhirSays(key)
    return found


def _contexts(raw: Json) -> Iterator[tuple[str, str]]:
    for one in objects(raw, "context"):
        yield text(one, "type"), text(one, "expression")


def _taken(resource: "PackageResource", own: list[Json]) -> tuple[ElementDefinition, ...]:
    """Take a snapshot as it is given; its ids are made anew, since many are wrong."""
    if len(own) > MAX_ELEMENTS:
        said = f"its snapshot has more than the {MAX_ELEMENTS:,} elements that are taken of one"
        raise LimitReached(str(Fault(resource.place, "TOO_LARGE", said)))
    faults: list[Fault] = []
    elements = [element for raw in own if (element := _read(resource, raw, faults)) is not None]
    root, lost = tree_of(elements)
    for element in lost:
        said = f"{named(element.path)} stands in the snapshot before what it belongs to"
        faults.append(Fault(resource.place, "BAD_DEFINITION", said))
    if faults or root is None:
        said = "the snapshot has no element"
        raise refused(faults or [Fault(resource.place, "BAD_DEFINITION", said)])
    return flattened(root)


def _read(resource: "PackageResource", raw: Json, faults: list[Fault]) -> ElementDefinition | None:
    try:
        path = path_of(raw)
        return overlaid(ElementDefinition(path, path, slice_name=slice_name_of(raw)), raw)
    except NotAsFhirSays as wrong:
        name = named(str(raw.get("id", raw.get("path"))))
        said = f"{name}: {wrong} holds what FHIR does not have there"
        faults.append(Fault(resource.place, "BAD_DEFINITION", said))
        return None
