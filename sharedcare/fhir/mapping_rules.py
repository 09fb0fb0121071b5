"""Structure maps: a rule works on variables that its group, or a rule around it, has named."""

from sharedcare.fhir.objects import objects_at
from sharedcare.fhir.walk import Json, Pointer, Scope

_SIDES = ("source", "target")


def check_structure_map(scope: Scope) -> None:
    """Check that the context of every source and target is a variable that is known there."""
    for group, pointer in objects_at(scope.resource, "group", scope.pointer):
        known = {str(one.get("name")) for one, _ in objects_at(group, "input", pointer)}
        for rule, place in objects_at(group, "rule", pointer):
            _check_rule(scope, rule, place, known)


def _check_rule(scope: Scope, rule: Json, pointer: Pointer, known: set[str]) -> None:
    """Check a rule and those in it; what it names is known to them, and not beside it."""
    named: set[str] = set()
    for side in _SIDES:
        for one, place in objects_at(rule, side, pointer):
            context = one.get("context")
            if isinstance(context, str) and context not in known:
                scope.walk.add("map-context", (place, "context"))
            variable = one.get("variable")
            if isinstance(variable, str) and variable not in known:
                known.add(variable)
                named.add(variable)
    for inner, place in objects_at(rule, "rule", pointer):
        _check_rule(scope, inner, place, known)
    known -= named
