"""What stands in a resource, as FHIR profiles see it: elements with their type and their place.

A choice is one name for all its forms, and a primitive is one with the companion beside it. The
scopes are those of the walk through the base definitions, which finds what is contained and which
entries a Bundle has.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from sharedcare.fhir.bundles import Index
from sharedcare.fhir.definitions import Definitions, Element, TypeDefinition
from sharedcare.fhir.references import type_in_address
from sharedcare.fhir.walk import Json, Pointer, Scope

_EXTENSION = "extension"


@dataclass(frozen=True, slots=True, eq=False)
class Item:
    """An element that is there: its value, what stands beside it, its type, where it is.

    ``type`` is ``Quantity``, ``code``, ``Observation.component``; of a resource what it says it is.
    ``scope`` is the resource that it stands in, or is; ``element`` what the base definition says of
    it, None for a resource that stands for itself.
    """

    value: Any
    companion: Json | None
    type: str
    pointer: Pointer
    scope: Scope
    element: Element | None = None

    @property
    def source(self) -> Json:
        """The object that holds what stands in it."""
        if isinstance(self.value, dict):
            return self.value
        return self.companion or {}


def type_definition(definitions: Definitions, name: str) -> TypeDefinition:
    """Return the type whose elements values of a type have; primitives have those of Element."""
    return definitions.type_of(name if name in definitions.raw["types"] else "Element")


def base_elements(definitions: Definitions, type_name: str, name: str) -> tuple[Element, ...]:
    """Return the elements of a type under a name: ``value[x]`` and ``value`` give all its forms."""
    definition = type_definition(definitions, type_name)
    found = definition.by_path_name.get(name.removesuffix("[x]"))
    if found is None and name in definition.elements:
        return (definition.elements[name],)
    return found or ()


class Document:
    """A document that was walked through by the base definitions."""

    def __init__(self, definitions: Definitions, root: Scope) -> None:
        self.definitions = definitions
        self.root = root
        self._indexes: dict[int, Index] = {}

    @cached_property
    def _scopes(self) -> dict[int, Scope]:
        """Every resource of the document by the object that it is."""
        return {id(scope.resource): scope for scope in self.scopes()}

    def scopes(self) -> Iterator[Scope]:
        """Go through every resource of the document: the whole, its entries, what is contained."""
        waiting = [self.root]
        while waiting:
            scope = waiting.pop()
            yield scope
            inner = [*scope.contained.values(), *scope.entries]
            waiting += reversed(inner)

    def resource(self, scope: Scope) -> Item:
        """Return a resource as an item."""
        return Item(scope.resource, None, scope.type, scope.pointer, scope)

    def resource_of(self, value: object) -> Item | None:
        """Return the resource of the document that an object is, None where it is none."""
        scope = self._scopes.get(id(value))
        return None if scope is None else self.resource(scope)

    def definition(self, item: Item) -> TypeDefinition:
        """Return the type whose elements an item has; a primitive has those of Element."""
        return type_definition(self.definitions, item.type)

    def elements(self, item: Item, name: str) -> tuple[Element, ...]:
        """Return the elements of a name: ``value[x]`` and ``value`` give all forms of it."""
        return base_elements(self.definitions, item.type, name)

    def children(self, item: Item, name: str) -> list[Item]:
        """Return what stands in an item under a name."""
        source = item.source
        return [
            found
            for element in self.elements(item, name)
            if element.name in source or f"_{element.name}" in source
            for found in self._under(item, element)
        ]

    def all_children(self, item: Item) -> Iterator[Item]:
        """Go through everything that stands just inside an item."""
        elements = self.definition(item).elements
        names = dict.fromkeys(key.removeprefix("_") for key in item.source)
        for name in names:
            if name in elements:
                yield from self._under(item, elements[name])

    def extensions(self, item: Item, url: str) -> list[Item]:
        """Return the extensions of an address that an item has."""
        found = self.children(item, _EXTENSION)
        return [one for one in found if one.source.get("url") == url]

    def _under(self, item: Item, element: Element) -> Iterator[Item]:
        source, key = item.source, element.name
        beside = source.get(f"_{key}") if element.is_primitive else None
        if key not in source and beside is None:
            return
        found = source.get(key)
        if not isinstance(found, list) and not isinstance(beside, list):
            place = (item.pointer, key if found is not None else f"_{key}")
            yield from self._one(item, element, found, beside, place)
            return
        values = found if isinstance(found, list) else []
        companions = beside if isinstance(beside, list) else []
        for at in range(max(len(values), len(companions))):
            value = values[at] if at < len(values) else None
            companion = companions[at] if at < len(companions) else None
            name = key if value is not None else f"_{key}"
            yield from self._one(item, element, value, companion, ((item.pointer, name), at))

    def _one(
        self, item: Item, element: Element, value: Any, companion: object, place: Pointer
    ) -> Iterator[Item]:
        beside = companion if isinstance(companion, dict) else None
        if value is None and beside is None:
            return
        scope = self._scopes.get(id(value)) if element.type == "Resource" else None
        if scope is None:
            yield Item(value, beside, element.type, place, item.scope, element)
        else:
            yield Item(value, beside, scope.type, place, scope, element)

    def led_to(self, item: Item) -> Item | None:
        """Return the resource that a reference leads to, None where it is not in the document."""
        address = item.source.get("reference") if isinstance(item.value, dict) else item.value
        if not isinstance(address, str) or not address:
            return None
        found = self._local(item.scope, address[1:]) if address[0] == "#" else None
        if found is None and address[0] != "#":
            found = self._entry(item.scope, address)
        return None if found is None else self.resource(found)

    def target_type(self, item: Item) -> str | None:
        """Return the type of what a reference leads to, or which its address names."""
        found = self.led_to(item)
        if found is not None:
            return found.type
        said = item.source.get("type")
        address = item.source.get("reference")
        name = type_in_address(address) if isinstance(address, str) else None
        name = name or (said.rpartition("/")[2] if isinstance(said, str) else None)
        return name if name in self.definitions.resource_types else None

    def _local(self, scope: Scope, name: str) -> Scope | None:
        return scope.outermost.contained.get(name) if name else scope.outermost

    def _entry(self, scope: Scope, address: str) -> Scope | None:
        bundle = scope.outermost.bundle
        while bundle is not None:
            found = self._index(bundle).get(address)
            if found is not None:
                return found
            bundle = bundle.bundle
        return None

    def _index(self, bundle: Scope) -> Index:
        """Return the entries of a Bundle by their names, made once."""
        key = id(bundle)
        if key not in self._indexes:
            self._indexes[key] = Index(list(_named_entries(bundle)))
        return self._indexes[key]


def _named_entries(bundle: Scope) -> Iterator[tuple[str, Scope]]:
    """Go through the entries of a Bundle with the address of each."""
    by_object = {id(found.resource): found for found in bundle.entries}
    entries = bundle.resource.get("entry")
    for entry in entries if isinstance(entries, list) else ():
        resource = entry.get("resource") if isinstance(entry, dict) else None
        found = by_object.get(id(resource)) if isinstance(resource, dict) else None
        if found is not None:
            address = entry.get("fullUrl")
            yield (address if isinstance(address, str) else ""), found
