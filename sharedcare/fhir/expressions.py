"""From the way into a JSON document to FHIRPath: ``Bundle.entry[3].resource.birthDate``.

Only names that FHIR defines are shown: an unknown key ends the expression, because it may hold
what somebody typed.
"""

from typing import Any

from sharedcare.fhir.definitions import Definitions, TypeDefinition
from sharedcare.fhir.json_texts.places import Way
from sharedcare.fhir.primitive_bases import MADE_FROM


def expression(definitions: Definitions, root: object, way: Way) -> str:
    """Return the FHIRPath expression of a way into a document."""
    definition, value = _resource(definitions, root), root
    parts = [definition.name if definition is not None else ""]
    for step in way:
        value = _inside(value, step)
        if isinstance(step, int):
            parts.append(f"[{step}]")
            if definition is not None and definition.name == "Resource":
                definition = _resource(definitions, value)
            continue
        element = definition.elements.get(step.removeprefix("_")) if definition else None
        if element is None:
            break
        parts.append(f".{element.path_name}")
        definition = _definition(definitions, element.type)
        if element.type == "Resource" and not isinstance(value, list):
            definition = _resource(definitions, value)
    return "".join(parts).lstrip(".")


#: What every element is, and what every resource is by patterns that the definitions lack.
_OF_ALL, _OF_RESOURCES = frozenset({"Element"}), frozenset({"CanonicalResource"})
_BACKBONE = "BackboneElement"


#: Ways whose names are kept; extensions stand on few elements, and on each of them often.
MAX_HOSTS = 2048


def host_names(definitions: Definitions, root_type: str, way: Way) -> frozenset[str]:
    """Return what an element may be called where the context of an extension is told.

    These are its path from the resource and from every type on the way, its type and what that is
    made from. None are returned for an element that FHIR does not know.
    """
    steps = (root_type, *[step for step in way if type(step) is str])
    found = definitions.hosts.get(steps)
    if found is None:
        found = _host_names(definitions, *steps)
        if found and len(definitions.hosts) < MAX_HOSTS:
            definitions.hosts[steps] = found
    return found


def _host_names(definitions: Definitions, root_type: str, *steps: str) -> frozenset[str]:
    definition = definitions.type_of(root_type)
    paths, types = {root_type}, {root_type, *_OF_RESOURCES, *_bases(definitions, definition)}
    for step in steps:
        element = definition.elements.get(step.removeprefix("_"))
        if element is None or element.type == "Resource":
            return frozenset()
        ends = {element.choice, element.choice.removesuffix("[x]")}
        paths = {f"{owner}.{end}" for owner in {definition.name, *paths} for end in ends}
        types = _types(definitions, element.type)
        types |= {element.type.partition(".")[0]} if element.type == definition.name else set()
        definition = _definition(definitions, element.type)
    return frozenset({*paths, *types, *_OF_ALL})


def _types(definitions: Definitions, name: str) -> set[str]:
    """Return a type and all that it is made from; what is nested in resources has no name."""
    if name in definitions.primitives:
        return {name, MADE_FROM.get(name, name)}
    owner, _, inner = name.partition(".")
    is_backbone = bool(inner) and definitions.type_of(owner).is_resource
    return {name, *_bases(definitions, definitions.type_of(name)), *[_BACKBONE] * is_backbone}


def type_at(definitions: Definitions, root_type: str, way: Way) -> str:
    """Return the type of the element at the end of a way whose elements are all known."""
    name = root_type
    for step in way:
        if isinstance(step, str):
            element = definitions.type_of(name).elements[step.removeprefix("_")]
            name = element.type if element.type not in definitions.primitives else "Element"
    return name


def _bases(definitions: Definitions, definition: TypeDefinition) -> set[str]:
    found = set()
    while definition.base:
        found.add(definition.base)
        definition = definitions.type_of(definition.base)
    return found


def _inside(value: object, step: str | int) -> Any:
    if isinstance(step, int):
        return value[step] if isinstance(value, list) and step < len(value) else None
    return value.get(step) if isinstance(value, dict) else None


def _definition(definitions: Definitions, name: str) -> TypeDefinition:
    return definitions.type_of(name if name not in definitions.primitives else "Element")


def _resource(definitions: Definitions, value: object) -> TypeDefinition | None:
    name = value.get("resourceType") if isinstance(value, dict) else None
    if isinstance(name, str) and name in definitions.resource_types:
        return definitions.type_of(name)
    return None
