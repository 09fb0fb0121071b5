"""Extensions, wherever they stand: which a package or FHIR defines, and what that asks of them."""

import re
from collections.abc import Iterator

from sharedcare.fhir.expressions import host_names
from sharedcare.fhir.fhir_profiles.constrained import Constrained
from sharedcare.fhir.fhir_profiles.found import Found
from sharedcare.fhir.fhir_profiles.instance import Item
from sharedcare.fhir.fhir_profiles.shapes import Shape, Unusable
from sharedcare.fhir.fhir_profiles.slicing import CLOSED
from sharedcare.fhir.walk import way_of

_EXTENSION, _MODIFIER = "extension", "modifierExtension"
_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.\-]*:")

#: In the context of an extension: names of elements that the base definitions know.
_PLAIN_NAME = re.compile(r"[A-Za-z]+(?:\.[A-Za-z]+(?:\[x\])?)*")


def check_extensions(found: Found, constrained: Constrained) -> None:
    """Check every extension of a document against its definition, and tell of those unknown."""
    for scope in constrained.document.scopes():
        for host, item in _extensions(constrained, constrained.document.resource(scope)):
            url = item.source.get("url")
            if not isinstance(url, str):
                continue
            if _SCHEME.match(url):
                _check(found, constrained, host, item, url)
            elif host.type == "Extension":
                _check_part(found, constrained, host, item, url)


def _extensions(constrained: Constrained, host: Item) -> Iterator[tuple[Item, Item]]:
    """Go through the extensions in an item, each with the item that it stands on.

    Resources inside it are left out: they have a turn of their own.
    """
    waiting = [host]
    while waiting:
        outer = waiting.pop()
        inner = list(constrained.document.all_children(outer))
        yield from ((outer, one) for one in inner if one.type == "Extension")
        waiting += (one for one in reversed(inner) if one.source and one.scope is host.scope)


def _check(found: Found, constrained: Constrained, host: Item, item: Item, url: str) -> None:
    is_modifier = item.element is not None and item.element.name == _MODIFIER
    try:
        shape = constrained.shapes.extension(url)
    except Unusable as unusable:
        words = f"the FHIR profile {url.rpartition('/')[2]}"
        found.note("profile-unusable", item.pointer, profile=words, reason=str(unusable))
        return
    if shape is None:
        if url not in constrained.document.definitions.extensions:
            unknown = "modifier-extension-unknown" if is_modifier else "extension-unknown"
            found.note(unknown, item.pointer)
        return
    if shape.element.is_modifier is not is_modifier:
        found.add("extension-modifier", shape, item.pointer)
    if url not in constrained.document.definitions.extensions:
        _check_place(found, shape, host, item)
    found.add_all(constrained.held(item, shape))


def _check_part(found: Found, constrained: Constrained, host: Item, item: Item, url: str) -> None:
    """Check that a part of an extension is one of those that its definition has.

    Parts of HL7's own extensions are checked by the base rules, closed slices with all others.
    """
    outer = host.source.get("url")
    if not isinstance(outer, str) or outer in constrained.document.definitions.extensions:
        return
    try:
        shape = constrained.shapes.extension(outer)
    except Unusable:  # told where the extension stands
        return
    parts = shape.child(_EXTENSION) if shape is not None else None
    slicing = parts.element.slicing if parts is not None else None
    if parts is None or shape is None or (slicing is not None and slicing.rules == CLOSED):
        return
    addresses = [part.child("url") for part in parts.slices]
    known = [one.element.fixed.value for one in addresses if one and one.element.fixed]
    if url not in known:
        found.add("extension-part-unknown", shape, item.pointer)


def _check_place(found: Found, shape: Shape, host: Item, item: Item) -> None:
    """Check that an extension stands where its definition lets it, as far as names tell that."""
    places = [name for kind, name in shape.structure.contexts if kind == "element"]
    outer = [url for kind, url in shape.structure.contexts if kind == "extension"]
    told = len(places) + len(outer) == len(shape.structure.contexts)
    if not told or not all(map(_PLAIN_NAME.fullmatch, places)):
        return
    names = _names(host, item)
    if names and names.isdisjoint(places) and host.source.get("url") not in outer:
        found.add("extension-place", shape, item.pointer)


def _names(host: Item, item: Item) -> frozenset[str]:
    """Return what the element that an extension stands on may be called."""
    scope = host.scope
    way = way_of(item.pointer)[len(way_of(scope.pointer)) :]
    cut = next(at for at in reversed(range(len(way))) if way[at] in {_EXTENSION, _MODIFIER})
    return host_names(scope.walk.definitions, scope.type, way[:cut])
