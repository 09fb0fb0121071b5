"""The paths of discriminators, followed in a resource and in a FHIR profile alike.

FHIR lets them have names, ``extension('url')``, ``resolve()`` and ``ofType(Type)``, and ``$this``
for the element itself: http://hl7.org/fhir/R4/profiling.html#discriminator.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache

from sharedcare.fhir.fhir_profiles.instance import Document, Item
from sharedcare.fhir.fhir_profiles.shapes import Shape, Shapes

_STEP = re.compile(
    r"(?:(?P<this>\$this)|extension\(\s*'(?P<url>[^']+)'\s*\)|(?P<resolve>resolve\(\))"
    r"|ofType\(\s*(?:FHIR\.)?(?P<type>[A-Za-z]+)\s*\)|(?P<name>[A-Za-z_][A-Za-z0-9_]*(?:\[x\])?))"
    r"(?:\.(?=.)|\Z)"
)


@dataclass(frozen=True, slots=True)
class Step:
    """A step of a path: what kind it is of, and the name, type or address that it has."""

    kind: str
    word: str


@cache
def steps_of(path: str) -> tuple[Step, ...] | None:
    """Return the steps of a path, None where it is none that FHIR allows."""
    steps, at = [], 0
    while at < len(path):
        found = _STEP.match(path, at)
        if found is None or found.lastgroup is None:
            return None
        steps.append(Step(found.lastgroup, found[found.lastgroup]))
        at = found.end()
    return tuple(step for step in steps if step.kind != "this")


def items_at(document: Document, item: Item, steps: tuple[Step, ...]) -> list[Item] | None:
    """Return what a path leads to in a resource, None where a reference leads out of reach."""
    found = [item]
    for step in steps:
        if step.kind == "resolve":
            targets = [document.led_to(one) for one in found]
            if None in targets:
                return None
            found = [one for one in targets if one is not None]
        else:
            found = [inner for one in found for inner in _ITEMS[step.kind](document, one, step)]
    return found


def _named(document: Document, item: Item, step: Step) -> list[Item]:
    return document.children(item, step.word)


def _extension(document: Document, item: Item, step: Step) -> list[Item]:
    return document.extensions(item, step.word)


def _of_type(_document: Document, item: Item, step: Step) -> list[Item]:
    return [item] if item.type == step.word else []


_ITEMS: dict[str, Callable[[Document, Item, Step], list[Item]]] = {
    "name": _named,
    "url": _extension,
    "type": _of_type,
}


def shapes_at(shapes: Shapes, shape: Shape, steps: tuple[Step, ...]) -> list[Shape]:
    """Return what a FHIR profile says of what a path leads to, in every slice on the way.

    Raises Unusable where a definition on the way cannot be used.
    """
    found = [shape]
    for step in steps:
        found = [inner for one in found for inner in _SHAPES[step.kind](shapes, one, step)]
    return found


def _named_shapes(shapes: Shapes, shape: Shape, step: Step) -> Iterator[Shape]:
    child = shape.child(step.word)
    if child is not None:
        yield from _with_slices(child)
    for profile in _value_profiles(shapes, shape):
        yield from _named_shapes(shapes, profile, step)


def _with_slices(shape: Shape) -> Iterator[Shape]:
    yield shape
    for found in shape.slices:
        yield from _with_slices(found)


def _value_profiles(shapes: Shapes, shape: Shape) -> Iterator[Shape]:
    """Go through the FHIR profiles that an element's types name for its value."""
    if shape.is_root:
        return
    for found in shape.element.types:
        for profile in found.profiles:
            root = None if shapes.is_base(profile) else shapes.root(profile, shape.package)
            if root is not None:
                yield root


def _extension_shapes(shapes: Shapes, shape: Shape, step: Step) -> Iterator[Shape]:
    child = shape.child("extension")
    for found in _with_slices(child) if child is not None else ():
        addresses = [one for each in found.element.types for one in each.profiles]
        if step.word in (one.partition("|")[0] for one in addresses):
            yield found
            yield from _value_profiles(shapes, found)


def _resolved_shapes(shapes: Shapes, shape: Shape, _step: Step) -> Iterator[Shape]:
    for found in shape.element.types:
        for target in found.target_profiles:
            root = shapes.root(target, shape.package)
            if root is not None:
                yield root


def _typed_shapes(_shapes: Shapes, shape: Shape, step: Step) -> Iterator[Shape]:
    if step.word in {found.code for found in shape.element.types}:
        yield shape


_SHAPES: dict[str, Callable[[Shapes, Shape, Step], Iterator[Shape]]] = {
    "name": _named_shapes,
    "url": _extension_shapes,
    "type": _typed_shapes,
    "resolve": _resolved_shapes,
}
