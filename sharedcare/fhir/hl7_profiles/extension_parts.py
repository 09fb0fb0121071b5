"""HL7's own extensions: their value, or the parts that they are made of."""

from typing import Any

from sharedcare.fhir.definitions import UNBOUNDED
from sharedcare.fhir.terminology.bindings import check_codes
from sharedcare.fhir.walk import Json, Pointer, Scope

#: What the definitions say of an extension, or of a part of one.
Defined = dict[str, Any]


def check_defined(scope: Scope, value: Json, pointer: Pointer, defined: Defined) -> None:
    """Check an extension against its definition: what it changes, its value, its parts."""
    _check_value(scope, value, pointer, defined)
    if _stands_in_modifier(pointer) is not defined.get("is_modifier", False):
        scope.walk.add("extension-modifier", pointer)
    if "parts" in defined:
        _check_parts(scope, value, pointer, defined["parts"])
    elif defined["types"] and "extension" in value:
        scope.walk.add("extension-parts", (pointer, "extension"))


def _check_value(scope: Scope, value: Json, pointer: Pointer, defined: Defined) -> None:
    """Check that a value has a type that is defined, and a code of the value set that is asked."""
    types = {one[0].upper() + one[1:] for one in defined["types"]}
    forms = [key for key in value if key.removeprefix("_").startswith("value")]
    if not forms:
        return
    form = forms[0].removeprefix("_")
    if form.removeprefix("value") not in types:
        scope.walk.add("extension-value", (pointer, forms[0]))
    elif "codes" in defined and form in value:
        element = scope.walk.definitions.type_of("Extension").elements[form]
        bound = element._replace(codes=defined["codes"])
        check_codes(scope, bound, value[form], (pointer, form))


def _check_parts(scope: Scope, value: Json, pointer: Pointer, parts: Defined) -> None:
    """Check which parts are there, how often, and what each holds."""
    met: dict[str, int] = {}
    inner = value.get("extension")
    for position, one in enumerate(inner if isinstance(inner, list) else ()):
        url = one.get("url") if isinstance(one, dict) else None
        if not isinstance(url, str) or ":" in url:
            continue
        place = ((pointer, "extension"), position)
        if url not in parts:
            scope.walk.add("extension-part-unknown", (place, "url"))
            continue
        met[url] = met.get(url, 0) + 1
        if parts[url]["max"] != UNBOUNDED and met[url] > parts[url]["max"]:
            scope.walk.add("extension-part-maximum", place)
        _check_value(scope, one, place, parts[url])
    for url, part in parts.items():
        if part["min"] and url not in met:
            scope.walk.add("extension-part-minimum", pointer, part=url)


def _stands_in_modifier(pointer: Pointer) -> bool:
    """Whether an extension stands in ``modifierExtension``."""
    return pointer is not None and pointer[0] is not None and pointer[0][1] == "modifierExtension"
