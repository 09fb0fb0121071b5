"""What FHIRPath sees of a resource in JSON: elements with their type, not keys.

A choice is one name for all its forms, a primitive and its companion with the underscore are one
element, and an element that is there without a value is there all the same.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from sharedcare.fhir.definitions import Definitions, Element


@dataclass(slots=True)
class Node:
    """An element: its value (an object, or a primitive or None), its companion, its type."""

    value: Any
    companion: dict[str, Any] | None
    type: str
    definitions: Definitions


Item = Node | bool | int | str | Decimal


def named(node: Node, name: str) -> Iterator[Node]:
    """Go through the children of a name; a resource's own type name gives the resource itself."""
    source = node.value if isinstance(node.value, dict) else node.companion
    if source is None:
        return
    if name == node.type:
        yield node
        return
    for element in _elements(node, name):
        yield from _of(node, source, element)


def children(node: Node) -> Iterator[Node]:
    """Go through all children of an element."""
    source = node.value if isinstance(node.value, dict) else node.companion
    if source is None:
        return
    definition = node.definitions.type_of(_definition_name(node))
    for key in source:
        element = definition.elements.get(key.removeprefix("_"))
        if element is not None and not (key[0] == "_" and element.name in source):
            yield from _of(node, source, element)


def _elements(node: Node, name: str) -> tuple[Element, ...]:
    return node.definitions.type_of(_definition_name(node)).by_path_name.get(name, ())


def _definition_name(node: Node) -> str:
    """The type whose elements a node has; a primitive has those of Element."""
    return node.type if node.type in node.definitions.raw["types"] else "Element"


def _of(node: Node, source: dict[str, Any], element: Element) -> Iterator[Node]:
    found = source.get(element.name)
    other = source.get(f"_{element.name}") if element.is_primitive else None
    values = found if isinstance(found, list) else [found]
    companions = other if isinstance(other, list) else [other]
    for position in range(max(len(values), len(companions))):
        value = values[position] if position < len(values) else None
        companion = companions[position] if position < len(companions) else None
        if value is not None or isinstance(companion, dict):
            beside = companion if isinstance(companion, dict) else None
            yield Node(value, beside, _type_of(value, element), node.definitions)


def _type_of(value: object, element: Element) -> str:
    """The type of an element; that of a resource inside another is what it says."""
    if element.type == "Resource" and isinstance(value, dict):
        return str(value.get("resourceType", "Resource"))
    return element.type
