"""Structure maps: what rules work on, and which groups they call.

A rule works on variables that its group, or a rule around it, has named, and calls groups of its
map; those that a map imports are not at hand.
"""

from sharedcare.fhir.objects import objects_at
from sharedcare.fhir.walk import Json, Pointer, Scope

_SIDES = ("source", "target")


def check_structure_map(scope: Scope) -> None:
    """Check that the context of every source and target is a variable that is known there."""
    if "import" not in scope.resource:
        _check_groups(scope)
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


def _check_groups(scope: Scope) -> None:
    """Check that a map that imports nothing has the groups that its groups extend and call."""
    groups = objects_at(scope.resource, "group", scope.pointer)
    known = {str(group.get("name")) for group, _ in groups}
    for group, pointer in groups:
        if isinstance(name := group.get("extends"), str) and name not in known:
            scope.walk.add("map-group", (pointer, "extends"))
        rules = objects_at(group, "rule", pointer)
        for rule, place in rules:  # grows while it is gone through
            rules += objects_at(rule, "rule", place)
            for one, there in objects_at(rule, "dependent", place):
                if isinstance(name := one.get("name"), str) and name not in known:
                    scope.walk.add("map-group", (there, "name"))
