"""The specification's invariants of error severity, run where they stand.

Most are run as the specification writes them (see ``fhirpath``). Those in :data:`ELSEWHERE` need
more than their element (the container, the Bundle, the text of a narrative), so plain Python does
them; those in :data:`UNCHECKED` are left, each with its reason.
"""

from collections.abc import Sequence

from sharedcare.fhir.fhirpath import Context
from sharedcare.fhir.fhirpath_items import Node
from sharedcare.fhir.invariant_keys import asked
from sharedcare.fhir.walk import Pointer, Scope

#: Invariants that other modules check, and which.
ELSEWHERE = {
    "ele-1": "elements",
    "ext-1": "datatypes",
    "bdl-2": "bundles",
    "bdl-3": "bundles",
    "bdl-4": "bundles",
    "bdl-7": "bundles",
    "bdl-8": "bundles",
    "dom-2": "references",
    "dom-3": "references",
    "dom-4": "references",
    "dom-5": "references",
    "ref-1": "references",
    "txt-1": "narrative",
    "txt-2": "narrative",
}

#: Invariants that nothing checks, and why.
UNCHECKED = {
    "ctm-1": "it asks for the type of a resource that lies on a server",
}


def check_invariants(
    scope: Scope, type_name: str, rules: Sequence[str], value: object, pointer: Pointer
) -> None:
    """Check the invariants that an element has by its type or by where it stands."""
    context = None
    for rule in rules:
        if rule in ELSEWHERE or rule in UNCHECKED:
            continue
        ready = asked(scope.walk.definitions, type_name, rule)
        holds = ready.known_of(value) if isinstance(value, dict) and ready.keys else None
        if holds is None:
            context = context or _context(scope, type_name, value)
            holds = ready.holds(context)
        if not holds:
            scope.walk.add_invariant(rule, pointer)


def _context(scope: Scope, type_name: str, value: object) -> Context:
    element = Node(value, None, type_name, scope.walk.definitions)
    return Context(element, _node(scope), _node(scope.outermost))


def _node(scope: Scope) -> Node:
    return Node(scope.resource, None, scope.type, scope.walk.definitions)
