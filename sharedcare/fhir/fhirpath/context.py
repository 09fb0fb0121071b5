"""What an expression of FHIRPath may look at, and what it is compiled to."""

import sys
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Protocol

from sharedcare.fhir.fhirpath.items import Item, Node

Items = list[Item]


class World(Protocol):
    """What an expression may ask of the world around its resource; each raises CannotTell."""

    def resolved(self, node: Node) -> Node:
        """Return what a reference leads to."""

    def is_member(self, node: Item, value_set: str) -> bool:
        """Whether a code, coding or concept is of a value set."""

    def conforms(self, node: Node, profile: str) -> bool:
        """Whether a resource fits a FHIR profile."""


@dataclass(slots=True)
class Context:
    """What an expression may look at besides its focus.

    Where it began, what that is inside of, the item that is being looked at in turn and its number
    from 0, and the world around. ``left`` is how many items more it may look at in turn or find
    there; when that is used up it raises LooksAtTooMuch.
    """

    element: Node
    resource: Node
    root: Node
    this: Item | None = None
    index: int = 0
    world: World | None = None
    known: "dict[Compiled, Items]" = field(default_factory=dict)
    left: int = sys.maxsize


Compiled = Callable[[Items, Context], Items]


class NotSupported(ValueError):
    """The expression uses what is not known here; the text is a reason without its full stop."""
