"""StructureDefinitions that constrain a type of FHIR: what each element says against its base.

Only what the definitions of FHIR R4 decide is asked; where the base is another's profile, or a path
goes on into what the profile leaves open, nothing is said. Source:
https://hl7.org/fhir/R4/profiling.html and https://hl7.org/fhir/R4/elementdefinition.html.
"""

from collections.abc import Iterator
from typing import Any

from sharedcare.fhir.definitions import Definitions, Element, TypeDefinition
from sharedcare.fhir.fhirpath.names import NotAnExpression, names_of
from sharedcare.fhir.primitive_bases import MADE_FROM
from sharedcare.fhir.walk import Json, Pointer, Scope

BASE = "http://hl7.org/fhir/StructureDefinition/"

#: Types that a binding may be about.
_BINDABLE = frozenset({"code", "Coding", "CodeableConcept", "Quantity", "string", "uri"})
#: Types of which an element may be any other.
_OPEN = frozenset({"Resource", "DomainResource", "Element", "BackboneElement"})
#: Names that an expression may have besides those of elements and types.
_WORDS = frozenset({"true", "false", "FHIR", "System"})
#: What every element may be sliced by without saying so.
_SLICED_ANYWAY = frozenset({"extension", "modifierExtension"})


def check_constraining(scope: Scope) -> None:
    """Check what a StructureDefinition constrains, and its expressions."""
    resource, pointer = scope.resource, scope.pointer
    if not is_of_r4(resource):
        return
    _check_own_type(scope)
    _check_head(scope)
    _check_extension_url(scope)
    is_logical = resource.get("kind") == "logical"
    for view in ("snapshot", "differential"):
        for element, place in _elements(resource.get(view), (pointer, view)):
            _check_expressions(scope, element, place, is_logical)
    if resource.get("derivation") == "constraint" and not is_logical:
        _check_elements(scope)


def is_of_r4(resource: Json) -> bool:
    """Whether a definition is of R4, which it is where it says of no version."""
    return str(resource.get("fhirVersion", "4.0.1")).startswith("4.0")


# ── The whole ─────────────────────────────────────────────────────────────────────────────────────


def _check_own_type(scope: Scope) -> None:
    """Check that a type of one's own has an absolute address, and that what has a base says how."""
    resource, definitions = scope.resource, scope.walk.definitions
    name = resource.get("type")
    known = {*definitions.raw["types"], *definitions.primitives}
    if isinstance(name, str) and name and ":" not in name and name not in known:
        scope.walk.add("definition-type", (scope.pointer, "type"))
    if "baseDefinition" in resource and "derivation" not in resource:
        scope.walk.add("definition-derivation", scope.pointer)


def _check_head(scope: Scope) -> None:
    """Check that the base is there, and is of the type and kind that are said."""
    resource, definitions = scope.resource, scope.walk.definitions
    address = str(resource.get("baseDefinition", "")).partition("|")[0]
    if not address.startswith(BASE) or resource.get("derivation") != "constraint":
        return
    kind = resource.get("kind")
    base = _type_of_structure(definitions, address)
    if base is None:
        scope.walk.add("definition-base", (scope.pointer, "baseDefinition"))
    elif str(resource.get("type")) not in {base, BASE + base} and base not in _OPEN:
        scope.walk.add("definition-base-type", (scope.pointer, "type"), name=base)
    elif str(kind) in _KINDS and kind != _kind_of(definitions, base):
        scope.walk.add("definition-kind", (scope.pointer, "kind"), name=base)


_KINDS = frozenset({"resource", "complex-type", "primitive-type"})


def _type_of_structure(definitions: Definitions, address: str) -> str | None:
    """Return the type that a structure of HL7's package defines or is for, None without one."""
    name = address.removeprefix(BASE)
    if name in definitions.raw["types"] or name in definitions.primitives:
        return name
    if address in definitions.extensions:
        return "Extension"
    found: str | None = definitions.raw["profiles"].get(address)
    return found


def _kind_of(definitions: Definitions, name: str) -> str:
    if name in definitions.primitives:
        return "primitive-type"
    return "resource" if definitions.type_of(name).is_resource else "complex-type"


def _check_extension_url(scope: Scope) -> None:
    """Check that an extension fixes its url to the address of its definition."""
    resource = scope.resource
    if resource.get("type") != "Extension" or resource.get("derivation") != "constraint":
        return
    views = [resource.get(view) for view in ("differential", "snapshot")]
    found = [
        element.get("fixedUri")
        for view in views
        for element, _ in _elements(view, None)
        if element.get("path") == "Extension.url" and ":" not in str(element.get("id", ""))
    ]
    if resource.get("url") not in found:
        scope.walk.add("definition-extension-url", scope.pointer)


def _check_expressions(scope: Scope, element: Json, place: Pointer, is_logical: bool) -> None:
    constraints = element.get("constraint")
    for position, one in enumerate(constraints if isinstance(constraints, list) else ()):
        expression = one.get("expression") if isinstance(one, dict) else None
        if isinstance(expression, str) and expression.strip():
            there = (((place, "constraint"), position), "expression")
            check_expression(scope, expression, there, any_name=is_logical)


#: Strengths of a binding that ask less than a required one does.
_WEAKER = frozenset({"extensible", "preferred", "example"})


def check_expression(
    scope: Scope, expression: str, place: Pointer, *, any_name: bool = False
) -> bool:
    """Check that an expression is FHIRPath, and names elements and functions that there are.

    Returns whether it is FHIRPath.
    """
    try:
        named = names_of(expression)
    except NotAnExpression as fault:
        scope.walk.add("expression-syntax", place, reason=str(fault))
        return False
    if named.unknown_functions:
        scope.walk.add("expression-function", place)
    if not any_name and not named.elements - _WORDS <= scope.walk.definitions.names:
        scope.walk.add("expression-element", place)
    return True


# ── Its elements ──────────────────────────────────────────────────────────────────────────────────


def _check_elements(scope: Scope) -> None:
    """Check the elements of the differential of a profile of a type of FHIR."""
    definitions, name = scope.walk.definitions, str(scope.resource.get("type"))
    if name not in definitions.raw["types"]:
        return
    found = list(_elements(scope.resource.get("differential"), (scope.pointer, "differential")))
    is_of_type = scope.resource.get("baseDefinition") == BASE + name
    for element, place in found:
        forms = _forms_at(definitions, name, str(element.get("path", "")))
        if forms:
            _check_types(scope, element, forms, place)
            _check_value_type(scope, element, forms, place)
            _check_binding(scope, element, forms, place)
    _check_order(scope, found)
    if is_of_type:
        _check_slicing(scope, found)


def _forms_at(definitions: Definitions, name: str, path: str) -> tuple[Element, ...]:
    """Return the forms of the element at a path of a type, none where that is open or unknown."""
    first, *steps = path.split(".")
    if first != name or not steps or name not in definitions.raw["types"]:
        return ()
    owner, forms = definitions.type_of(name), tuple[Element, ...]()
    for step in steps:
        if forms:
            inner = forms[0].type
            if len(forms) > 1 or inner == "Resource":
                return ()
            owner = definitions.type_of("Element" if forms[0].is_primitive else inner)
        forms = _forms_of(owner, step)
        if not forms:
            return ()
    return forms


def _forms_of(owner: TypeDefinition, step: str) -> tuple[Element, ...]:
    if step in owner.elements:
        return (owner.elements[step],)
    return tuple(owner.elements[key] for key in owner.choices.get(step, ()))


def _check_types(scope: Scope, element: Json, forms: tuple[Element, ...], place: Pointer) -> None:
    """Check that an element has no type that its base does not have, nor leads elsewhere."""
    known = {form.type: form for form in forms}
    if known.keys() & _OPEN or any("." in name for name in known):
        return
    for position, one in enumerate(_objects(element.get("type"))):
        code, there = one.get("code"), ((place, "type"), position)
        if not isinstance(code, str) or ":" in code:
            continue
        if not _is_narrower(scope.walk.definitions, code, known):
            scope.walk.add("definition-type-wider", (there, "code"), name=element["path"])
            continue
        targets = known[code].targets if code in known else ()
        _check_profiles(scope, one, "targetProfile", targets, there)
        _check_profiles(scope, one, "profile", (code,), there)


def _is_narrower(definitions: Definitions, code: str, known: dict[str, Element]) -> bool:
    """Whether a type is one of those of the base, or made from one."""
    types = definitions.raw["types"]
    while code:
        if code in known:
            return True
        code = types[code].get("base", "") if code in types else MADE_FROM.get(code, "")
    return False


def _check_profiles(
    scope: Scope, one: Json, key: str, types: tuple[str, ...], place: Pointer
) -> None:
    """Check that HL7's profiles that are named are for one of the types, if it is known which."""
    addresses = one.get(key)
    for position, address in enumerate(addresses if isinstance(addresses, list) else ()):
        found = _type_of_structure(scope.walk.definitions, str(address).partition("|")[0])
        is_ours = types and str(address).startswith(BASE) and found is not None
        if is_ours and found not in types and found not in _OPEN:
            scope.walk.add("definition-profile-type", ((place, key), position))


def _check_value_type(
    scope: Scope, element: Json, forms: tuple[Element, ...], place: Pointer
) -> None:
    """Check a fixed value or pattern where the types are those of the base."""
    types = {form.type[0].upper() + form.type[1:] for form in forms}
    if "type" in element or any("." in name for name in types):
        return
    for key in element:
        for begin in ("fixed", "pattern"):
            if key.startswith(begin) and key.removeprefix(begin) not in types:
                scope.walk.add("definition-fixed-type", (place, key))


def _check_binding(scope: Scope, element: Json, forms: tuple[Element, ...], place: Pointer) -> None:
    """Check that a binding is on an element that may have a code."""
    said = {str(one.get("code")) for one in _objects(element.get("type"))}
    types = said or {form.type for form in forms}
    if "binding" in element and not types & {*_BINDABLE, "Extension", *_OPEN}:
        scope.walk.add("definition-binding", (place, "binding"))
    binding = element.get("binding")
    if not isinstance(binding, dict):
        return
    if forms[0].codes is not None and str(binding.get("strength")) in _WEAKER:
        scope.walk.add("definition-binding-weaker", ((place, "binding"), "strength"))
    address = binding.get("valueSet")
    if str(address).partition("|")[0] in scope.walk.definitions.raw["code_systems"]:
        scope.walk.add("value-set-code-system", ((place, "binding"), "valueSet"))


def _check_order(scope: Scope, elements: list[tuple[Json, Pointer]]) -> None:
    """Check that elements stand in the order in which their type has them."""
    definitions = scope.walk.definitions
    last: dict[str, int] = {}
    for element, place in elements:
        path = str(element.get("path", ""))
        owner, _, name = str(element.get("id") or path).rpartition(".")
        position = _position(definitions, path)
        if position is None or not name:
            continue
        if position < last.get(owner, 0):
            scope.walk.add("definition-order", (place, "path"), name=path)
        last[owner] = max(position, last.get(owner, 0))


def _position(definitions: Definitions, path: str) -> int | None:
    """Return the number of an element among those of its owner, None where that is not known."""
    owner_path = path.rpartition(".")[0]
    forms = _forms_at(definitions, path.partition(".")[0], path)
    if not forms or not owner_path:
        return None
    choices = list(_owner_of(definitions, owner_path).choices)
    return choices.index(forms[0].choice) if forms[0].choice in choices else None


def _owner_of(definitions: Definitions, path: str) -> TypeDefinition:
    forms = _forms_at(definitions, path.partition(".")[0], path)
    if not forms:
        return definitions.type_of(path.partition(".")[0])
    return definitions.type_of("Element" if forms[0].is_primitive else forms[0].type)


def _check_slicing(scope: Scope, elements: list[tuple[Json, Pointer]]) -> None:
    """Check that what is sliced says by what, unless every such element is sliced by that."""
    sliced = {str(element.get("path")) for element, _ in elements if "slicing" in element}
    for element, place in elements:
        path = str(element.get("path", ""))
        name = path.rpartition(".")[2]
        is_sliced_anyway = name in _SLICED_ANYWAY or _is_choice(scope, path)
        if (
            "sliceName" in element
            and path not in sliced
            and not is_sliced_anyway
            and (_repeats(scope, path))
        ):
            scope.walk.add("definition-slicing", (place, "sliceName"), name=path)
        if "slicing" in element and "." not in path:
            scope.walk.add("definition-slicing-root", (place, "slicing"))
        elif "slicing" in element and _is_single(scope, path):
            scope.walk.add("definition-slicing-single", (place, "slicing"), name=path)


def _repeats(scope: Scope, path: str) -> bool:
    """Whether there may be several of an element; HL7's profiles name single ones as slices."""
    forms = _forms_at(scope.walk.definitions, path.partition(".")[0], path)
    return bool(forms) and forms[0].is_list


def _is_single(scope: Scope, path: str) -> bool:
    """Whether an element of FHIR is there once at most, in one form, so that no slice is a part."""
    forms = _forms_at(scope.walk.definitions, path.partition(".")[0], path)
    return len(forms) == 1 and not forms[0].is_list and not _is_choice(scope, path)


def _is_choice(scope: Scope, path: str) -> bool:
    forms = _forms_at(scope.walk.definitions, path.partition(".")[0], path)
    return path.endswith("[x]") or any(form.choice != form.name for form in forms)


def _elements(view: Any, pointer: Pointer) -> Iterator[tuple[Json, Pointer]]:
    """Go through the elements of a snapshot or differential."""
    found = view.get("element") if isinstance(view, dict) else None
    for position, one in enumerate(found if isinstance(found, list) else ()):
        if isinstance(one, dict):
            yield one, ((pointer, "element"), position)


def _objects(value: Any) -> list[Json]:
    """Return the objects that a list holds; other values are told of elsewhere."""
    return [one for one in value if isinstance(one, dict)] if isinstance(value, list) else []
