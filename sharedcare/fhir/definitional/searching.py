"""Search parameters, and the capability statements that name them."""

import re
from typing import Any

from sharedcare.fhir.definitional.constraining import check_expression
from sharedcare.fhir.objects import objects_at
from sharedcare.fhir.walk import Json, Pointer, Scope

BASE = "http://hl7.org/fhir/StructureDefinition/"
_OF_ALL = frozenset({"Resource", "DomainResource"})
_TEXT = re.compile(r"'(?:[^'\\]|\\.)*'")
#: A type where a path begins; one after ``is`` or ``as`` is followed by no point.
_BEGINNING = re.compile(r"(?<![\w.`%])([A-Z][A-Za-z]+)\s*\.")


def check_search_parameter(scope: Scope) -> None:
    """Check the expression of a search parameter, and its type against what it is derived from."""
    resource, pointer = scope.resource, scope.pointer
    expression = resource.get("expression")
    is_said = isinstance(expression, str) and expression.strip()
    if is_said and check_expression(scope, str(expression), (pointer, "expression")):
        _check_beginning(scope, str(expression))
    components = resource.get("component")
    if resource.get("type") == "composite" and not (
        isinstance(components, list) and len(components) > 1
    ):
        scope.walk.add("search-components", pointer)
    wanted, *bases = _defined(scope, resource.get("derivedFrom")) or ("",)
    if wanted and resource.get("type") != wanted:
        scope.walk.add("search-type", (pointer, "type"), wanted=wanted)
    said = resource.get("base")
    for position, base in enumerate(said if isinstance(said, list) and bases else ()):
        if base not in bases and not _OF_ALL.intersection(bases):
            scope.walk.add("search-base", ((pointer, "base"), position))


def _check_beginning(scope: Scope, expression: str) -> None:
    """Check that an expression that names types of resources names one that the search is for."""
    found = set(_BEGINNING.findall(_TEXT.sub("''", expression)))
    named = found & scope.walk.definitions.resource_types
    bases = scope.resource.get("base")
    said = {str(base) for base in bases} if isinstance(bases, list) else set()
    is_for_all = not _OF_ALL.isdisjoint(said | found)
    if named and said and not is_for_all and named.isdisjoint(said):
        scope.walk.add("search-expression", (scope.pointer, "expression"))


def check_capabilities(scope: Scope) -> None:
    """Check what a capability statement says of each type of resource."""
    for rest, pointer in objects_at(scope.resource, "rest", scope.pointer):
        for one, place in objects_at(rest, "resource", pointer):
            _check_profile(scope, one, place)
            for parameter, there in objects_at(one, "searchParam", place):
                wanted, *_ = _defined(scope, parameter.get("definition")) or ("",)
                if wanted and parameter.get("type") != wanted:
                    scope.walk.add("search-type", (there, "type"), wanted=wanted)


def _check_profile(scope: Scope, one: Json, place: Pointer) -> None:
    """Check that the profile of a type is not one of HL7's for another type."""
    definitions, address = scope.walk.definitions, str(one.get("profile", ""))
    plain = address.partition("|")[0]
    name = plain.removeprefix(BASE)
    is_type = plain.startswith(BASE) and name in definitions.raw["types"]
    found = name if is_type else definitions.raw["profiles"].get(plain)
    if found is not None and found not in {str(one.get("type")), *_OF_ALL}:
        scope.walk.add("profile-type", (place, "profile"))


def _defined(scope: Scope, address: Any) -> list[str] | None:
    """Return the type of one of HL7's search parameters and what it is for, None for others."""
    plain = address.partition("|")[0] if isinstance(address, str) else ""
    found: list[str] | None = scope.walk.definitions.raw["search_parameters"].get(plain)
    return found
