"""The specification's invariants of error severity, run where they stand.

Most are run as the specification writes them (see ``fhirpath``). Those in :data:`ELSEWHERE` need
more than their element (the container, the Bundle, the text of a narrative), so plain Python does
them; those in :data:`UNCHECKED` are left, each with its reason.
"""

from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from typing import NamedTuple

from sharedcare.fhir.definitions import Definitions
from sharedcare.fhir.fhirpath.compiling import Context
from sharedcare.fhir.fhirpath.items import Node
from sharedcare.fhir.invariants.answers import DECIDED, Answers, answers_of
from sharedcare.fhir.invariants.keys import Asked, asked
from sharedcare.fhir.walk import Json, Pointer, Scope

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


class Asking(NamedTuple):
    """An invariant that is asked of an object: ``holds`` is None where it is known not to.

    ``decided`` answers for most objects without running it; ``answers`` keeps those to what few
    values decide.
    """

    rule: str
    decided: Callable[[Json], bool | None] | None
    answers: Answers | None
    holds: Callable[[Context], bool] | None


def asked_here(
    definitions: Definitions, type_name: str, rules: Sequence[str]
) -> Iterator[tuple[str, Asked]]:
    """Go through those of the invariants of a type that are run here, made ready."""
    for rule in rules:
        if rule not in ELSEWHERE and rule not in UNCHECKED:
            yield rule, asked(definitions, type_name, rule)


def asking(invariants: Iterable[tuple[str, Asked]], keys: Collection[str]) -> Iterator[Asking]:
    """Go through the invariants that the keys of an object leave open, or show to be broken."""
    for rule, ready in invariants:
        known = ready.known_of(keys)
        if known is None:
            yield Asking(rule, DECIDED.get(rule), answers_of(ready, keys), ready.holds)
        elif not known:
            yield Asking(rule, None, None, None)


def check_asked(
    scope: Scope, type_name: str, wanted: Sequence[Asking], value: Json, pointer: Pointer
) -> None:
    """Check what the keys of an object leave open."""
    context = None
    for rule, decided, answers, holds in wanted:
        found = None if decided is None else decided(value)
        values = None
        if found is None and answers is not None:
            values = answers.key(value)
            found = None if values is None else answers.known.get(values)
        if found is None and holds is not None:
            context = context or _context(scope, type_name, value)
            found = holds(context)
            if answers is not None and values is not None:
                answers.keep(values, found)
        if not found:
            scope.walk.add_invariant(rule, pointer)


def check_invariants(
    scope: Scope, type_name: str, rules: Sequence[str], value: object, pointer: Pointer
) -> None:
    """Check the invariants that an element has by its type or by where it stands."""
    context = None
    for rule, ready in asked_here(scope.walk.definitions, type_name, rules):
        holds = ready.known_of(value) if isinstance(value, dict) else None
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
