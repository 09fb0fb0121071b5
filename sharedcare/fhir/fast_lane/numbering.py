"""The numbers by which the core of the fast lane and Python speak of the same things."""

from dataclasses import dataclass
from functools import cached_property

from sharedcare.fhir.definitions import Definitions, Element

#: A type, and the rules of the element that it stands in.
Place = tuple[str, tuple[str, ...]]

#: The type of what stands beside primitives.
COMPANION: Place = ("Element", ())


@dataclass(frozen=True)
class Numbering:
    """What is numbered, each in the order in which it is met first.

    First come the resource types, in their order, then that of the companions of primitives, then
    the types of elements as they are met.
    """

    definitions: Definitions

    @cached_property
    def types(self) -> tuple[str, ...]:
        """The resource types."""
        return tuple(sorted(self.definitions.resource_types))

    @cached_property
    def places(self) -> dict[Place, int]:
        """The types with the rules of the elements that they stand in."""
        found: dict[Place, int] = {(name, ()): number for number, name in enumerate(self.types)}
        found[COMPANION] = len(found)
        waiting = [*found]
        while waiting:
            inner = dict.fromkeys(
                (element.type, element.rules)
                for name, _ in waiting
                for element in self.definitions.type_of(name).elements.values()
                if not is_plain(element)
            )
            waiting = [one for one in inner if one not in found]
            for one in waiting:
                found[one] = len(found)
        return found

    @cached_property
    def elements(self) -> tuple[Element, ...]:
        """The elements of all of them."""
        types = dict.fromkeys(name for name, _ in self.places)
        return tuple(
            element
            for name in types
            for element in self.definitions.type_of(name).elements.values()
        )

    @cached_property
    def value_sets(self) -> dict[str, int]:
        """The value sets that elements require, by address."""
        met = dict.fromkeys(one.codes for one in self.elements if one.codes is not None)
        return {url: number for number, url in enumerate(met)}

    @cached_property
    def targets(self) -> dict[tuple[str, ...], int]:
        """The sets of types that references may lead to."""
        met = dict.fromkeys(one.targets for one in self.elements if one.targets)
        return {names: number for number, names in enumerate(met)}


def is_plain(element: Element) -> bool:
    """Whether an element has no type with elements of its own: a primitive, or any resource."""
    return element.is_primitive or element.type == "Resource"
