"""What FHIRPath sees of a resource in JSON: elements with their type, not keys.

A choice is one name for all its forms, a primitive and its companion with the underscore are one
element, and an element that is there without a value is there all the same.
"""

from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from itertools import zip_longest
from typing import Any

from sharedcare.fhir.definitions import Definitions, Element

#: Characters of a text that an expression makes: as many as a line has bytes.
MAX_TEXT = 2**25

#: Names that are kept with the elements of a type that they stand for: all that invariants ask for.
MAX_NAMED = 4096


class CannotTell(Exception):
    """An expression has no answer here; the text is a reason without its full stop."""


class LooksAtTooMuch(CannotTell):
    """An expression looks at more than it may, and would perhaps go on without end."""

    def __init__(self) -> None:
        super().__init__("its expression looks at more than is looked at for one rule")


@dataclass(slots=True)
class Node:
    """An element: its value (an object, or a primitive or None), its companion, its type."""

    value: Any
    companion: dict[str, Any] | None
    type: str
    definitions: Definitions


Item = Node | bool | int | str | Decimal


def bounded(text: str) -> str:
    """Return a text that an expression makes; raises LooksAtTooMuch where it grows without end."""
    if len(text) > MAX_TEXT:
        raise LooksAtTooMuch
    return text


class Kept(list[Item]):
    """Items that are asked for again and again; they are not changed."""

    @cached_property
    def texts(self) -> frozenset[str]:
        """The texts among them."""
        values = (item.value if isinstance(item, Node) else item for item in self)
        return frozenset(value for value in values if isinstance(value, str))


def named(node: Node, name: str) -> list[Node]:
    """Return the children of a name; a resource's own type name gives the resource itself."""
    source = node.value if isinstance(node.value, dict) else node.companion
    if source is None:
        return []
    if name == node.type:
        return [node]
    elements, by_key = _elements(node, name)
    if by_key.keys().isdisjoint(source):
        return []
    if len(elements) > 1:
        there = [by_key[key] for key in source if key in by_key]
        elements = tuple(there) if len(there) == 1 else elements
    found: list[Node] = []
    for element in elements:
        _add(found, node.definitions, source, element)
    return found


def children(node: Node) -> list[Node]:
    """Return all children of an element."""
    source = node.value if isinstance(node.value, dict) else node.companion
    if source is None:
        return []
    found: list[Node] = []
    definition = node.definitions.type_of(_definition_name(node))
    for key in source:
        element = definition.elements.get(key.removeprefix("_"))
        if element is not None and not (key[0] == "_" and element.name in source):
            _add(found, node.definitions, source, element)
    return found


def _elements(node: Node, name: str) -> tuple[tuple[Element, ...], dict[str, Element]]:
    """Return the elements of a name, all forms of a choice, and each by the keys it may have."""
    key, known = (node.type, name), node.definitions.named
    found = known.get(key)
    if found is None:
        definition = node.definitions.type_of(_definition_name(node))
        elements = definition.by_path_name.get(name, ())
        found = elements, {key: one for one in elements for key in (one.name, "_" + one.name)}
        if len(known) < MAX_NAMED:
            known[key] = found
    return found


def _definition_name(node: Node) -> str:
    """The type whose elements a node has; a primitive has those of Element."""
    return node.type if node.type in node.definitions.raw["types"] else "Element"


def _add(
    made: list[Node], definitions: Definitions, source: dict[str, Any], element: Element
) -> None:
    """Add what stands under the name of an element to what was found before."""
    found, type_name = source.get(element.name), element.type
    other = source.get("_" + element.name) if element.is_primitive else None
    if other is not None:
        _add_with_companions(made, definitions, found, other, element)
    elif found is None:
        return
    elif type_name == "Resource":
        listed = found if isinstance(found, list) else [found]
        made += [Node(one, None, _type_of(one), definitions) for one in listed if one is not None]
    elif type(found) is list:
        made += [Node(one, None, type_name, definitions) for one in found if one is not None]
    else:
        made.append(Node(found, None, type_name, definitions))


def _add_with_companions(
    made: list[Node], definitions: Definitions, found: object, other: object, element: Element
) -> None:
    """Add a primitive, once or repeated, each with what stands beside it."""
    values = found if isinstance(found, list) else [found]
    companions = other if isinstance(other, list) else [other]
    for value, companion in zip_longest(values, companions):
        beside = companion if isinstance(companion, dict) else None
        if value is not None or beside is not None:
            made.append(Node(value, beside, element.type, definitions))


def _type_of(value: object) -> str:
    """The type of a resource inside another: what it says."""
    return str(value.get("resourceType", "Resource")) if isinstance(value, dict) else "Resource"
