"""Value sets, code systems and concept maps against the code systems of HL7 that they are about."""

from typing import Any

from sharedcare.fhir.objects import objects_at
from sharedcare.fhir.terminology.check_digits import SNOMED_CT, is_impossible
from sharedcare.fhir.walk import Json, Pointer, Scope

#: HL7's own maps name these beside the codes of any code system of V3.
_REASONS_WHY_NOT = "http://terminology.hl7.org/CodeSystem/v3-NullFlavor"
_STRUCTURES = "http://hl7.org/fhir/StructureDefinition/"
#: Properties of any code system, by http://hl7.org/fhir/concept-properties of R4 and R5.
_OF_FHIR = "http://hl7.org/fhir/concept-properties#"
_TYPES_OF_PROPERTIES = {
    "alternateCode": "code",
    "child": "code",
    "comment": "string",
    "definition": "string",
    "deprecated": "dateTime",
    "deprecationDate": "dateTime",
    "effectiveDate": "dateTime",
    "inactive": "boolean",
    "itemWeight": "decimal",
    "notSelectable": "boolean",
    "order": "integer",
    "parent": "code",
    "partOf": "code",
    "retirementDate": "dateTime",
    "status": "code",
    "synonym": "code",
}
#: Properties that hold codes of another code system than the one that they are in.
_OF_OTHERS = frozenset({"status"})
#: Properties of FHIR's own that hold codes of the same code system.
_KIN = frozenset(f"{_OF_FHIR}{name}" for name in ("child", "parent", "partOf", "synonym"))
#: What a filter says by naming a concept of SNOMED CT.
_BY_CONCEPT = frozenset({"is-a", "descendent-of", "is-not-a", "generalizes", "="})
_CONCEPT_FILTERS = frozenset({"concept", "code"})
_YES_OR_NO = frozenset({"true", "false"})


def check_own_codes(scope: Scope) -> None:
    """Check that a code system that is whole refers only to codes of its own."""
    resource, pointer = scope.resource, scope.pointer
    concepts = _concepts(resource, pointer)
    codes = {concept.get("code") for concept, _ in concepts if _is_text(concept.get("code"))}
    _check_known_properties(scope)
    if resource.get("content") == "supplement":
        _check_supplement(scope, concepts)
    if resource.get("content") != "complete":
        return
    inside = {
        one["code"]: "kin" if str(one.get("uri")) in _KIN else "code"
        for one, _ in objects_at(resource, "property", pointer)
        if one.get("type") == "code" and _is_text(one.get("code"))
    }
    for concept, place in concepts:
        for one, there in objects_at(concept, "property", place):
            said = one.get("valueCode")
            kind = inside.get(str(one.get("code")))
            is_inside = kind is not None and one["code"] not in _OF_OTHERS
            if is_inside and _is_text(said) and said not in codes:
                scope.walk.add(f"code-system-property-{kind}", (there, "valueCode"))


def _check_known_properties(scope: Scope) -> None:
    """Check that properties of FHIR's own are there, and have the type that it gives them."""
    for one, place in objects_at(scope.resource, "property", scope.pointer):
        uri = one.get("uri")
        if not isinstance(uri, str) or not uri.startswith(_OF_FHIR):
            continue
        wanted = _TYPES_OF_PROPERTIES.get(uri.removeprefix(_OF_FHIR))
        if wanted is None:
            scope.walk.add("code-system-property-unknown", (place, "uri"))
        elif one.get("type") != wanted:
            scope.walk.add("code-system-property-type", (place, "type"))


def _check_supplement(scope: Scope, concepts: list[tuple[Json, Pointer]]) -> None:
    """Check that a supplement of HL7's code system adds to codes that are there."""
    address = str(scope.resource.get("supplements", "")).partition("|")[0]
    known = scope.walk.definitions.code_system(address)
    for concept, place in concepts if known is not None else ():
        if _is_text(concept.get("code")) and concept["code"] not in (known or ()):
            scope.walk.add("code-unknown", (place, "code"))


def check_drawn_from(scope: Scope) -> None:
    """Check that value sets draw from value sets, and filter by concepts that may exist."""
    code_systems = scope.walk.definitions.raw["code_systems"]
    pointer = (scope.pointer, "compose")
    own = scope.resource.get("url")
    for side in ("include", "exclude"):
        for one, place in objects_at(scope.resource.get("compose"), side, pointer):
            listed = one.get("valueSet")
            for position, address in enumerate(listed if isinstance(listed, list) else ()):
                there = ((place, "valueSet"), position)
                plain = str(address).partition("|")[0]
                if plain in code_systems:
                    scope.walk.add("value-set-code-system", there)
                elif own is not None and plain == own and side == "include":
                    scope.walk.add("value-set-itself", there)
            _check_filters(scope, one, place)


def _check_filters(scope: Scope, one: Json, pointer: Pointer) -> None:
    for found, place in objects_at(one, "filter", pointer):
        value = found.get("value")
        filtered, how = str(found.get("property")), str(found.get("op"))
        if how == "exists" and _is_text(value) and value not in _YES_OR_NO:
            scope.walk.add("value-set-filter", (place, "value"))
        is_concept = filtered in _CONCEPT_FILTERS and how in _BY_CONCEPT
        if not is_concept or not _is_text(value):
            continue
        address = str(one.get("system"))
        known = scope.walk.definitions.code_system(address)
        if address == SNOMED_CT and is_impossible(SNOMED_CT, str(value)):
            scope.walk.add("code-form", (place, "value"))
        elif known is not None and value not in known:
            scope.walk.add("code-unknown", (place, "value"))


def check_mapped_codes(scope: Scope) -> None:
    """Check that a concept map is between value sets, and maps codes that HL7 has."""
    _check_ends(scope)
    for group, pointer in objects_at(scope.resource, "group", scope.pointer):
        for element, place in objects_at(group, "element", pointer):
            _check_code(scope, group.get("source"), element, place)
            for target, there in objects_at(element, "target", place):
                _check_code(scope, group.get("target"), target, there)


def _check_ends(scope: Scope) -> None:
    """Check that what a concept map is from and to is no code system and no structure of HL7's."""
    raw = scope.walk.definitions.raw
    for key in ("sourceUri", "sourceCanonical", "targetUri", "targetCanonical"):
        plain = str(scope.resource.get(key, "")).partition("|")[0]
        if plain in raw["code_systems"] or plain.startswith(_STRUCTURES):
            scope.walk.add("map-value-set", (scope.pointer, key))


def _check_code(scope: Scope, code_system: Any, owner: Json, place: Pointer) -> None:
    code = owner.get("code")
    definitions = scope.walk.definitions
    known = definitions.code_system(code_system) if _is_text(code_system) else None
    if known is None or not _is_text(code) or code in known:
        return
    if code not in (definitions.code_system(_REASONS_WHY_NOT) or ()):
        scope.walk.add("map-code-unknown", (place, "code"))


def _is_text(value: Any) -> bool:
    return isinstance(value, str)


def _concepts(resource: Json, pointer: Pointer) -> list[tuple[Json, Pointer]]:
    """Return the concepts of a code system with those nested in them."""
    found = objects_at(resource, "concept", pointer)
    for concept, place in found:  # grows while it is gone through
        found += objects_at(concept, "concept", place)
    return found
