"""Where an extension may stand, by the package that defines it.

A context names an element, another extension, or in FHIRPath what the elements are; one of them
has to fit. Rules of the context have to hold besides, for the element that the extension stands on.
What cannot be told is said. Source: https://hl7.org/fhir/R4/defining-extensions.html#context.
"""

import re

from sharedcare.fhir.expressions import host_names
from sharedcare.fhir.fhir_profiles.added_rules import asked_of, surrounded
from sharedcare.fhir.fhir_profiles.found import Found
from sharedcare.fhir.fhir_profiles.instance import Item
from sharedcare.fhir.fhir_profiles.looking import Looking
from sharedcare.fhir.fhir_profiles.shapes import Shape
from sharedcare.fhir.fhirpath.compiling import NotSupported, evaluating
from sharedcare.fhir.fhirpath.items import CannotTell, Node
from sharedcare.fhir.walk import way_of

#: Names of elements that the base definitions know.
_PLAIN_NAME = re.compile(r"[A-Za-z]+(?:\.[A-Za-z]+(?:\[x\])?)*")
_KEYS = frozenset({"extension", "modifierExtension"})

_NO_NAME = "its context is none that is looked at here, such as one that names a FHIR profile"

#: Whether something holds, or why that cannot be told.
Answer = bool | str


def check_place(found: Found, looking: Looking, shape: Shape, host: Item, item: Item) -> None:
    """Check that an extension stands where its definition lets it."""
    structure = shape.structure
    fits = [_fits(looking, shape, host, item, context) for context in structure.contexts]
    holds = [asked_of(looking, shape, host, rule) for rule in structure.context_rules]
    is_none = bool(fits) and all(answer is False for answer in fits)
    if is_none or False in holds:
        found.add("extension-place", shape, item.pointer)
        return
    unsure = [] if True in fits else fits
    for reason in (answer for answer in (*unsure, *holds) if isinstance(answer, str)):
        found.add("extension-place-not-checked", shape, item.pointer, reason=reason)
        return


def _fits(
    looking: Looking, shape: Shape, host: Item, item: Item, context: tuple[str, str]
) -> Answer:
    """Say whether one context is of the element that an extension stands on."""
    kind, expression = context
    if kind == "extension":
        return host.source.get("url") == expression
    if kind == "fhirpath":
        return _is_selected(looking, shape, host, expression)
    if kind != "element" or not _PLAIN_NAME.fullmatch(expression):
        return _NO_NAME
    names = _names(host, item)
    return not names or expression in names


def _is_selected(looking: Looking, shape: Shape, host: Item, expression: str) -> Answer:
    """Say whether an expression, asked of the resource, gives the element."""
    context = surrounded(looking, shape, looking.document.resource(host.scope))
    try:
        given = [one for one in evaluating(expression)(context) if isinstance(one, Node)]
    except (NotSupported, CannotTell) as reason:
        return str(reason)
    if isinstance(host.value, dict):
        return any(one.value is host.value for one in given)
    return any(one.companion is host.companion for one in given)


def _names(host: Item, item: Item) -> frozenset[str]:
    """Return what the element that an extension stands on may be called."""
    scope = host.scope
    way = way_of(item.pointer)[len(way_of(scope.pointer)) :]
    cut = next(at for at in reversed(range(len(way))) if way[at] in _KEYS)
    return host_names(scope.walk.definitions, scope.type, way[:cut])
