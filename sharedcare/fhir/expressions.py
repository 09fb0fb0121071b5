"""From the way into a JSON document to FHIRPath: ``Bundle.entry[3].resource.birthDate``.

Only names that FHIR defines are shown: an unknown key ends the expression, because it may hold
what somebody typed.
"""

from typing import Any

from sharedcare.fhir.definitions import Definitions, TypeDefinition
from sharedcare.fhir.places_in_json import Way


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


#: What every element, or every resource, is besides its own type.
_OF_ALL = frozenset(
    {"Element", "BackboneElement", "Resource", "DomainResource", "CanonicalResource"}
)


#: Ways whose names are kept; extensions stand on few elements, and on each of them often.
MAX_HOSTS = 2048


def host_names(definitions: Definitions, root_type: str, way: Way) -> frozenset[str]:
    """Return what an element may be called where the context of an extension is told.

    These are its path, the path without nesting, its type and what every element is. None are
    returned for an element that FHIR does not know.
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
    names = {root_type}
    for step in steps:
        element = definition.elements.get(step.removeprefix("_"))
        if element is None or element.type == "Resource":
            return frozenset()
        plain = element.choice.removesuffix("[x]")
        names = {f"{definition.name}.{plain}", f"{definition.name}.{element.choice}", element.type}
        names |= {element.type.partition(".")[0]} if element.type == definition.name else set()
        definition = _definition(definitions, element.type)
    return frozenset({*names, *_OF_ALL, *_bases(definitions, definition)})


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
