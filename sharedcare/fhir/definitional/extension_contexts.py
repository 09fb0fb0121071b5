"""Where a StructureDefinition says its extension may stand: only extensions do, on what there is.

Source: https://hl7.org/fhir/R4/defining-extensions.html#context. Contexts that name a profile, a
logical model or another extension lead to what is not at hand, and are let be.
"""

from sharedcare.fhir.definitional.constraining import check_expression, is_of_r4
from sharedcare.fhir.definitions import Definitions, Element
from sharedcare.fhir.objects import objects_at
from sharedcare.fhir.walk import Scope

#: Patterns of later versions that HL7's tools let stand for many types.
_PATTERNS = frozenset({"MetadataResource", "CanonicalResource"})


def check_contexts(scope: Scope) -> None:
    """Check what a StructureDefinition of R4 says of where its extension stands."""
    if not is_of_r4(scope.resource):
        return
    is_extension = scope.resource.get("type") == "Extension"
    for one, place in objects_at(scope.resource, "context", scope.pointer):
        if not is_extension:
            scope.walk.add("definition-no-extension", place)
        expression, kind = one.get("expression"), one.get("type")
        if not isinstance(expression, str) or not expression.strip():
            continue
        if kind == "fhirpath":
            check_expression(scope, expression, (place, "expression"))
        elif kind == "element" and not _is_there(scope.walk.definitions, expression):
            scope.walk.add("definition-context", (place, "expression"))


def _is_there(definitions: Definitions, path: str) -> bool:
    """Whether an element that a path names is one of FHIR R4's, or not ours to look for."""
    if ":" in path or "#" in path or path in _PATTERNS:
        return True
    name, *steps = path.split(".")
    types = definitions.raw["types"]
    if name not in types:
        return name in definitions.primitives and not steps
    for position, step in enumerate(steps):
        forms = _forms(definitions, name, step)
        is_last = position == len(steps) - 1
        if not forms or (is_last and step == forms[0].name != forms[0].choice):
            return False
        if len(forms) > 1 or forms[0].type == "Resource":
            return True
        name = "Element" if forms[0].is_primitive else forms[0].type
    return True


def _forms(definitions: Definitions, name: str, step: str) -> tuple[Element, ...]:
    """Return the forms of the element that a step names: with or without ``[x]``, or one alone."""
    owner = definitions.type_of(name)
    if step in owner.elements:
        return (owner.elements[step],)
    keys = owner.choices.get(step) or owner.choices.get(f"{step}[x]") or ()
    return tuple(owner.elements[key] for key in keys)
