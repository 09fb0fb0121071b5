"""Extensions, wherever they stand: which a package or FHIR defines, and what that asks of them."""

import re
from collections.abc import Iterator

from sharedcare.fhir.fhir_profiles.constrained import Constrained
from sharedcare.fhir.fhir_profiles.extension_places import check_place
from sharedcare.fhir.fhir_profiles.found import Found
from sharedcare.fhir.fhir_profiles.instance import Item
from sharedcare.fhir.fhir_profiles.shapes import Unusable
from sharedcare.fhir.fhir_profiles.slicing import CLOSED

_EXTENSION, _MODIFIER = "extension", "modifierExtension"
_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.\-]*:")


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
        check_place(found, constrained.looking, shape, host, item)
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
