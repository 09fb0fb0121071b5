"""Structure: what stands in a resource against what its type has, element by element."""

from collections.abc import Container
from typing import Any

from sharedcare.fhir.definitions import UNBOUNDED, Element, TypeDefinition
from sharedcare.fhir.invariants.running import check_asked, check_invariants
from sharedcare.fhir.layouts import Layout, Part, Shape, Step, layout_of
from sharedcare.fhir.narratives.narrative import narrative_faults
from sharedcare.fhir.narratives.targets import leads_nowhere
from sharedcare.fhir.primitives import CHECKS, Accepts
from sharedcare.fhir.references import check_references, note_canonical, note_local_target
from sharedcare.fhir.resources import check_family
from sharedcare.fhir.rules import RULES
from sharedcare.fhir.terminology.bindings import check_codes
from sharedcare.fhir.terminology.codings import is_known, keep
from sharedcare.fhir.walk import Json, Pointer, Scope, Walk

_LOCAL = frozenset({"uri", "url", "canonical"})
_WITH_VALUE = frozenset({"id", "extension"})
#: A snapshot and a differential name the same elements; sdf-16 and sdf-17 see to each of them.
_WITH_IDS_OF_THEIR_OWN = frozenset({"ElementDefinition"})


def check_root(walk: Walk, value: object) -> Scope | None:
    """Check a document: a resource with all that stands in it; None where it is no resource."""
    return check_resource(walk, value, None, None, None)


def check_resource(
    walk: Walk, value: object, pointer: Pointer, container: Scope | None, bundle: Scope | None
) -> Scope | None:
    """Check a resource, on its own, contained in another or in an entry of a Bundle."""
    if not isinstance(value, dict):
        walk.add("resource-object", pointer)
        return None
    name = value.get("resourceType")
    if not isinstance(name, str) or name not in walk.definitions.resource_types:
        told = "resource-type-missing" if name is None else "resource-type-unknown"
        walk.add(told, pointer if name is None else (pointer, "resourceType"))
        return None
    scope = Scope(walk, value, name, pointer, container, bundle)
    if not walk.takes(value):
        walk.add("definition-too-many", pointer)
        return scope
    layout = layout_of(walk.definitions, name)
    if pointer is None and walk.doubtful is not None:
        shape = layout.shapes.get(tuple(value)) or layout.made(value)
        _check_steps(scope, layout, shape, value, pointer, doubtful=walk.doubtful)
    else:
        _check_object(scope, layout, value, pointer)
    check_references(scope)
    check_family(scope)
    return scope


def _check_object(scope: Scope, layout: Layout, value: Json, pointer: Pointer) -> None:
    """Check an object that holds something, of a type that has elements.

    What is met most (good primitives, objects where one or any number may stand) is seen to in
    place, since a call takes longer than most checks.
    """
    shape = layout.shapes.get(tuple(value)) or layout.made(value)
    is_good = True
    try:
        for key, accepts in shape.primitives:
            if not accepts(value[key]):
                is_good = False
                break
    except TypeError:
        is_good = False
    if not is_good:
        _check_steps(scope, layout, shape, value, pointer)
        return
    for key, part in shape.parts:
        inner, place = value[key], (pointer, key)
        if part.is_one and type(inner) is dict and inner:
            _check_object(scope, part.layout, inner, place)
            for check in part.checks:
                check(scope, part.element, inner, place)
        elif part.is_many and type(inner) is list and inner:
            _check_many(scope, part, inner, place)
        else:
            _check_complex(scope, part, inner, place)
    if shape.has_more:
        _check_more(scope, layout.name, shape, value, pointer)


def _check_steps(
    scope: Scope,
    layout: Layout,
    shape: Shape,
    value: Json,
    pointer: Pointer,
    *,
    doubtful: Container[str] | None = None,
) -> None:
    """Check an object in the order of its keys, since not all of its primitives are good.

    Of the members that hold others only those in doubt are looked into, if it is told which are.
    """
    for step in layout.steps(value):
        if step.part is not None:
            if doubtful is not None and step.key not in doubtful:
                continue
            _check_complex(scope, step.part, value[step.key], (pointer, step.key))
        elif not _is_good(step.accepts, value[step.key]):
            _check_doubtful(scope, layout, step, value, pointer)
    if shape.has_more:
        _check_more(scope, layout.name, shape, value, pointer)


def _is_good(accepts: Accepts, value: object) -> bool:
    """Whether a primitive is good for certain."""
    try:
        return bool(accepts(value))
    except TypeError:
        return False


def _check_doubtful(
    scope: Scope, layout: Layout, step: Step, value: Json, pointer: Pointer
) -> None:
    """Check a key that is not known, or a primitive that is not good for certain."""
    key, element = step.key, step.element
    if element is None:
        _check_other_key(scope, layout.definition, value, key, pointer)
    else:
        _check_primitives(scope, element, value[key], value.get("_" + key), (pointer, key))


def _check_many(scope: Scope, part: Part, values: list[Any], pointer: Pointer) -> None:
    """Check the objects of a list that may be as long as it likes."""
    if part.are_codings:
        _check_codings(scope, part, values, pointer)
        return
    layout, checks, element = part.layout, part.checks, part.element
    for index, one in enumerate(values):
        place = (pointer, index)
        if type(one) is dict and one:
            _check_object(scope, layout, one, place)
            for check in checks:
                check(scope, element, one, place)
        else:
            _check_one(scope, part, one, place)


def _check_codings(scope: Scope, part: Part, values: list[Any], pointer: Pointer) -> None:
    """Check codings, but for those that were met: the same are met again and again."""
    walk = scope.walk
    definitions = walk.definitions
    for index, one in enumerate(values):
        if not is_known(definitions, one):
            noted = walk.noted
            _check_one(scope, part, one, (pointer, index))
            if walk.noted == noted:
                keep(walk.definitions, one, scope.resource.get("language"))


def _check_more(scope: Scope, name: str, shape: Shape, value: Json, pointer: Pointer) -> None:
    """Check an object as a whole, where its keys leave anything to ask."""
    for rule, words in shape.presence:
        scope.walk.add(rule, pointer, **words)
    if shape.has_element_id:
        _check_element_id(scope, name, value, pointer)
    if shape.asking:
        check_asked(scope, name, shape.asking, value, pointer)


def _check_other_key(
    scope: Scope, definition: TypeDefinition, value: Json, key: str, pointer: Pointer
) -> None:
    """Check a key that is no element: a companion whose element may be missing, or unknown."""
    element = definition.elements.get(key[1:]) if key[:1] == "_" else None
    if element is None or not element.is_primitive:
        guess = scope.walk.guess(key, definition.elements)
        scope.walk.add("unknown-element", (pointer, key), owner=definition.name, guess=guess)
    elif element.name not in value:
        _check_primitives(scope, element, None, value[key], (pointer, key))
    elif value[key] is None:
        scope.walk.add("null-value", (pointer, key))


def _check_element_id(scope: Scope, type_name: str, value: Json, pointer: Pointer) -> None:
    """Check that an element has more than an id, and an id that no other has."""
    if "id" not in value:
        return
    if len(value) == 1:
        scope.walk.add("ele-1", pointer)
    name = value["id"]
    if isinstance(name, str):
        is_new = scope.takes_element_id(name)
        if not is_new and type_name not in _WITH_IDS_OF_THEIR_OWN:
            scope.walk.add("element-id-duplicate", (pointer, "id"))
        if any(map(str.isspace, name)):
            scope.walk.add("element-id-format", (pointer, "id"))


def _check_complex(scope: Scope, part: Part, value: object, pointer: Pointer) -> None:
    """Check an element whose type has elements, once or repeated."""
    element = part.element
    if not part.is_list:
        if isinstance(value, list):
            scope.walk.add("array-unexpected", pointer, name=element.name)
        else:
            _check_one(scope, part, value, pointer)
        return
    if not isinstance(value, list):
        _not_a_list(scope, element, value, pointer)
        return
    _check_length(scope, element, value, pointer)
    for index, inner in enumerate(value):
        _check_one(scope, part, inner, (pointer, index))


def _not_a_list(scope: Scope, element: Element, value: object, pointer: Pointer) -> None:
    scope.walk.add("null-value" if value is None else "array-expected", pointer, name=element.name)


def _check_length(scope: Scope, element: Element, value: list[Any], pointer: Pointer) -> None:
    if not value:
        scope.walk.add("array-empty", pointer)
    if element.maximum != UNBOUNDED and len(value) > element.maximum:
        scope.walk.add("too-many", pointer, name=element.name, maximum=str(element.maximum))


def _check_one(scope: Scope, part: Part, value: object, pointer: Pointer) -> None:
    """Check one element whose type has elements."""
    element = part.element
    if not part.is_plain:
        if element.maximum == 0:
            scope.walk.add("too-many", pointer, name=element.name, maximum="0")
        else:
            _check_inner_resource(scope, element, value, pointer)
    elif value is None:
        scope.walk.add("null-value", pointer)
    elif not isinstance(value, dict):
        scope.walk.add("object-expected", pointer, name=element.name)
    else:
        if value:
            _check_object(scope, part.layout, value, pointer)
        else:
            _check_empty(scope, element, pointer)
        for check in part.checks:
            check(scope, element, value, pointer)


def _check_empty(scope: Scope, element: Element, pointer: Pointer) -> None:
    """Tell of an object with nothing in it; what its place asks of it is asked all the same."""
    scope.walk.add("object-empty", pointer)
    check_invariants(scope, element.type, element.rules, {}, pointer)


def _check_inner_resource(scope: Scope, element: Element, value: object, pointer: Pointer) -> None:
    """Check a contained resource, an entry of a Bundle or a parameter."""
    if element.name == "contained":
        found = check_resource(scope.walk, value, pointer, scope, scope.bundle)
        if found is not None and isinstance(name := found.resource.get("id"), str):
            if not scope.note_contained(name, found):
                scope.walk.add("contained-duplicate", (pointer, "id"))
        elif found is not None:
            scope.walk.add("contained-id", pointer)
        return
    bundle = scope if scope.type == "Bundle" else scope.bundle
    found = check_resource(scope.walk, value, pointer, None, bundle)
    if found is not None:
        scope.note_entry(found)


def _check_primitives(
    scope: Scope, element: Element, value: object, companion: object, pointer: Pointer
) -> None:
    """Check a primitive, once or repeated, together with its companion."""
    if not element.is_list:
        if isinstance(value, list) or isinstance(companion, list):
            scope.walk.add("array-unexpected", pointer, name=element.name)
        else:
            if value is None and pointer is not None and pointer[1] == element.name:
                scope.walk.add("null-value", pointer)
            _check_primitive(scope, element, value, companion, pointer)
        return
    values = [] if value is None and companion is not None else value
    companions = [] if companion is None else companion
    if not isinstance(values, list):
        _not_a_list(scope, element, value, pointer)
    elif not isinstance(companions, list):
        scope.walk.add("companion-array", pointer)
    else:
        longer = values if len(values) >= len(companions) else companions
        _check_length(scope, element, longer, pointer)
        for index in range(len(longer)):
            one = values[index] if index < len(values) else None
            two = companions[index] if index < len(companions) else None
            _check_primitive(scope, element, one, two, (pointer, index))


def _check_primitive(
    scope: Scope, element: Element, value: Any, companion: object, pointer: Pointer
) -> None:
    """Check one primitive: its value, or its companion where it has none."""
    if companion is not None:
        _check_companion(scope, value, companion, pointer)
    if value is None:
        if companion is None:
            scope.walk.add("null-value", pointer)
    elif isinstance(value, dict | list):
        scope.walk.add("primitive-expected", pointer, name=element.name)
    else:
        _check_value(scope, element, value, pointer)


def _check_value(scope: Scope, element: Element, value: Any, pointer: Pointer) -> None:
    """Check how a primitive is written, and if that is well, what it says."""
    fault = CHECKS[element.type](value)
    if fault is not None:
        scope.walk.add(fault, pointer, name=element.name)
    if fault is None or not RULES[fault].is_error:
        _check_meaning(scope, element, value, pointer)


def _check_meaning(scope: Scope, element: Element, value: Any, pointer: Pointer) -> None:
    """Check a primitive that is well written against what its element asks."""
    if element.codes is not None:
        check_codes(scope, element, value, pointer)
    if element.rules and element.type != "xhtml":
        check_invariants(scope, element.type, element.rules, value, pointer)
    if element.type == "xhtml":
        for rule in narrative_faults(value):
            if rule != "narrative-target" or leads_nowhere(scope, value):
                scope.walk.add(rule, pointer)
    elif element.type in _LOCAL:
        note_local_target(value, scope)
        if element.type == "canonical":
            note_canonical(value, scope, element.name, pointer)


def _check_companion(scope: Scope, value: object, companion: object, pointer: Pointer) -> None:
    """Check what stands beside a primitive: an id and extensions, and not an id alone."""
    if not isinstance(companion, dict) or not companion.keys() <= _WITH_VALUE:
        scope.walk.add("companion-object", pointer)
        return
    if value is None and "extension" not in companion:
        scope.walk.add("ele-1" if companion else "object-empty", pointer)
        return
    beside = _beside(pointer)
    definition = scope.walk.definitions.type_of("Element")
    if companion:
        if value is not None and "extension" not in companion:
            companion = {**companion, "": None}
        _check_companion_object(scope, definition, companion, beside)
    else:
        scope.walk.add("object-empty", beside)


def _check_companion_object(
    scope: Scope, definition: TypeDefinition, companion: Json, pointer: Pointer
) -> None:
    """Check id and extensions; the value beside them counts as their element's content."""
    for key in _WITH_VALUE & companion.keys():
        element = definition.elements[key]
        inner = companion[key]
        if element.is_primitive:
            _check_primitive(scope, element, inner, None, (pointer, key))
        else:
            part = Part(scope.walk.definitions, element)
            _check_complex(scope, part, inner, (pointer, key))
    _check_element_id(scope, definition.name, companion, pointer)


def _beside(pointer: Pointer) -> Pointer:
    """Turn the way to a primitive into the way to its companion."""
    if pointer is None:
        return None
    before, step = pointer
    if isinstance(step, int):
        return (_beside(before), step)
    return pointer if step.startswith("_") else (before, "_" + step)
