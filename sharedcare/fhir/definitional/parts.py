"""Definitions: what parts of questionnaires, code systems and others ask of each other."""

import re
from collections.abc import Iterator
from typing import Any

from sharedcare.fhir.definitions import Element, TypeDefinition
from sharedcare.fhir.objects import objects_at
from sharedcare.fhir.terminology.codings import code_system_fault
from sharedcare.fhir.walk import Json, Pointer, Scope

_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.\-]*:")
_GUIDE = "/ImplementationGuide/"
_STRUCTURES = "http://hl7.org/fhir/StructureDefinition/"


def check_questionnaire(scope: Scope) -> None:
    """Check that what enables a question is another question of the same questionnaire."""
    items = list(_nested(scope.resource, scope.pointer, "item"))
    known = {item.get("linkId") for item, _ in items if isinstance(item.get("linkId"), str)}
    for item, pointer in items:
        inner: frozenset[str] | None = None
        for position, one in enumerate(_objects(item, "enableWhen")):
            place = (((pointer, "enableWhen"), position), "question")
            question = one.get("question")
            if isinstance(question, str) and question not in known:
                scope.walk.add("questionnaire-question", place)
            elif question is not None and question == item.get("linkId"):
                scope.walk.add("questionnaire-itself", place)
            elif isinstance(question, str):
                inner = _link_ids(item) if inner is None else inner
                if question in inner:
                    scope.walk.add("questionnaire-inner", place)


def _link_ids(item: Json) -> frozenset[str]:
    """Return the ids of the questions inside an item."""
    found = (inner.get("linkId") for inner, _ in _nested(item, None, "item"))
    return frozenset(one for one in found if isinstance(one, str))


def _names_inside(item: Json) -> frozenset[str]:
    """Return the linkIds of what is inside of a question."""
    return frozenset(str(inner.get("linkId")) for inner, _ in _nested(item, None, "item"))


def check_code_system(scope: Scope) -> None:
    """Check the count of concepts, that a supplement says of what, and properties."""
    resource, pointer = scope.resource, scope.pointer
    concepts = list(_nested(resource, pointer, "concept"))
    count, content = resource.get("count"), resource.get("content")
    if content == "complete" and concepts and type(count) is int and count != len(concepts):
        scope.walk.add("code-system-count", (pointer, "count"))
    if content == "supplement" and "supplements" not in resource:
        scope.walk.add("code-system-supplement", pointer)
    if "supplements" in resource and "caseSensitive" in resource:
        scope.walk.add("code-system-supplement-case", (pointer, "caseSensitive"))
    if content != "supplement" and "supplements" in resource:
        scope.walk.add("code-system-supplements", (pointer, "supplements"))
    if content == "not-present" and concepts:
        scope.walk.add("code-system-content", concepts[0][1])
    _check_declared(scope)
    declared = {str(one.get("code")): one.get("type") for one in _objects(resource, "property")}
    for concept, place in concepts:
        for position, one in enumerate(_objects(concept, "property")):
            _check_property(scope, declared, one, ((place, "property"), position))


def _check_declared(scope: Scope) -> None:
    """Check that each property is declared once, and that its address is one."""
    seen: set[tuple[str, str]] = set()
    for one, place in objects_at(scope.resource, "property", scope.pointer):
        for key in ("code", "uri"):
            said = one.get(key)
            if not isinstance(said, str):
                continue
            if (key, said) in seen:
                scope.walk.add("code-system-property-twice", (place, key))
            elif key == "uri" and not _SCHEME.match(said):
                scope.walk.add("code-system-property-address", (place, key))
            seen.add((key, said))


def _check_property(scope: Scope, declared: dict[str, Any], one: Json, place: Pointer) -> None:
    """Check that a property of a concept was declared, and with the type that its value has."""
    code = one.get("code")
    if isinstance(code, str) and code not in declared:
        scope.walk.add("code-system-property", (place, "code"))
    wanted = str(declared.get(str(code)) or "")
    forms = [key for key in one if key.startswith("value")]
    if wanted and forms and forms[0] != f"value{wanted[0].upper()}{wanted[1:]}":
        scope.walk.add("code-system-property-type", (place, forms[0]))


def check_value_set(scope: Scope) -> None:
    """Check that the code systems that a value set draws from have absolute addresses."""
    compose = scope.resource.get("compose")
    for side in ("include", "exclude"):
        for position, one in enumerate(_objects(compose, side)):
            address = one.get("system")
            place = ((((scope.pointer, "compose"), side), position), "system")
            if not isinstance(address, str) or not address:
                continue
            fault = code_system_fault(address)
            if fault in _UNFIT:
                scope.walk.add(str(fault), place)
            elif address.partition("|")[2]:
                scope.walk.add("code-system-version", place)


#: What the address of a code system may not be where a value set draws from it.
_UNFIT = frozenset({"code-system-absolute", "code-system-value-set"})


def check_structure_definition(scope: Scope) -> None:
    """Check that types exist, and that fixed values and patterns have a type of their element."""
    known = {*scope.walk.definitions.raw["types"], *scope.walk.definitions.primitives}
    is_logical = scope.resource.get("kind") == "logical"
    for view in ("snapshot", "differential"):
        inner = scope.resource.get(view)
        for position, element in enumerate(_objects(inner, "element")):
            types = [one.get("code") for one in _objects(element, "type")]
            place = (((scope.pointer, view), "element"), position)
            if not is_logical:
                _check_types(scope, types, (place, "type"), known)
            for key in element:
                if types and key.startswith(("fixed", "pattern")):
                    _check_fixed(scope, key, types, (place, key))


def check_specialised(scope: Scope) -> None:
    """Check that a new type is not called as the one that it is made from."""
    resource = scope.resource
    base, name = resource.get("baseDefinition"), resource.get("type")
    is_same = isinstance(name, str) and base == f"{_STRUCTURES}{name}"
    if is_same and resource.get("derivation") == "specialization":
        scope.walk.add("definition-specialised", (scope.pointer, "type"))


def check_paths(scope: Scope) -> None:
    """Check that a profile of a type of FHIR names elements of it, and only narrows how often.

    Paths that go on into a resource, whose type the profile leaves open, are let be.
    """
    definitions, resource = scope.walk.definitions, scope.resource
    name = str(resource.get("type"))
    is_plain = resource.get("derivation") == "constraint" and resource.get("kind") != "logical"
    is_of_r4 = str(resource.get("fhirVersion", "4.0.1")).startswith("4.0")
    if not is_plain or not is_of_r4 or name not in definitions.raw["types"]:
        return
    for position, element in enumerate(_objects(resource.get("differential"), "element")):
        steps = str(element.get("path", "")).split(".")
        place = (((scope.pointer, "differential"), "element"), position)
        if steps[0] == name and len(steps) > 1:
            _check_path(scope, element, definitions.type_of(name), steps[1:], place)


def _check_path(
    scope: Scope, element: Json, owner: TypeDefinition, steps: list[str], place: Pointer
) -> None:
    found = None
    for step in steps:
        found = _element(owner, step)
        if found is None:
            scope.walk.add("definition-path", (place, "path"), owner=owner.name)
            return
        if found.type == "Resource" or (found.choice != found.name and step.endswith("[x]")):
            break
        inner = "Element" if found.is_primitive else found.type
        owner = scope.walk.definitions.type_of(inner)
    if found is not None and len(steps) and step is steps[-1]:
        _check_bounds(scope, element, found, place)


def _element(owner: TypeDefinition, step: str) -> Element | None:
    """Return the element of a type that a step of a path names, one form of a choice for all."""
    if step in owner.elements:
        return owner.elements[step]
    forms = owner.choices.get(step)
    return owner.elements[forms[0]] if forms else None


def _check_bounds(scope: Scope, element: Json, found: Element, place: Pointer) -> None:
    """Check how often an element may be there; a slice may be there less often than all."""
    least, most = element.get("min"), element.get("max")
    is_form = str(element.get("path", "")).endswith(f".{found.name}") and found.choice != found.name
    is_slice = is_form or "sliceName" in element or ":" in str(element.get("id", ""))
    if type(least) is int and least < found.minimum and not is_slice:
        scope.walk.add("definition-minimum", (place, "min"))
    is_wider = most == "*" or (isinstance(most, str) and most.isdigit() and int(most) > 1)
    if found.maximum in {0, 1} and is_wider:
        scope.walk.add("definition-maximum", (place, "max"))


def check_guide(scope: Scope) -> None:
    """Check that a guide says of others that it depends on where their definition is."""
    for one, place in objects_at(scope.resource, "dependsOn", scope.pointer):
        address = one.get("uri")
        if isinstance(address, str) and _SCHEME.match(address) and _GUIDE not in address:
            scope.walk.add("guide-dependency", (place, "uri"))


def check_url(scope: Scope) -> None:
    """Check the address by which others name a definition."""
    url = scope.resource.get("url")
    if isinstance(url, str) and url and not _SCHEME.match(url):
        scope.walk.add("definition-url", (scope.pointer, "url"))


def _check_types(scope: Scope, types: list[Any], place: Pointer, known: set[str]) -> None:
    for position, name in enumerate(types):
        if isinstance(name, str) and ":" not in name and name not in known:
            scope.walk.add("definition-type", ((place, position), "code"))


def _check_fixed(scope: Scope, key: str, types: list[Any], place: Pointer) -> None:
    name = key.removeprefix("fixed").removeprefix("pattern")
    named = [str(one) for one in types if one and not str(one).startswith("http:")]
    if len(named) == len(types) and name not in {one[0].upper() + one[1:] for one in named}:
        scope.walk.add("definition-fixed-type", place)


def _objects(value: object, key: str) -> list[Json]:
    """Return the objects that a list holds; other values are told of elsewhere."""
    found = value.get(key) if isinstance(value, dict) else None
    listed = found if isinstance(found, list) else []
    return [one if isinstance(one, dict) else {} for one in listed]


def _nested(value: Json, pointer: Pointer, key: str) -> Iterator[tuple[Json, Pointer]]:
    """Go through objects with those that they hold under the same key."""
    for position, one in enumerate(_objects(value, key)):
        place = ((pointer, key), position)
        yield one, place
        yield from _nested(one, place, key)
