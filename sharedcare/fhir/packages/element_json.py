"""From the JSON of one ElementDefinition to ours: what it says is laid over what its base says.

An element of a snapshot is read the same way, over an element that says nothing yet.
"""

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from sharedcare.fhir.definitions import r4
from sharedcare.fhir.packages.limits import MAX_STEPS
from sharedcare.fhir.packages.structure import (
    CORE,
    Binding,
    Constraint,
    Discriminator,
    ElementDefinition,
    Slicing,
    TypeReference,
    Value,
)

Json = dict[str, Any]

_FHIR_TYPE = CORE + "structuredefinition-fhir-type"
#: The id of a resource is called a string in its definition, and is an id by FHIR's text.
_RESOURCE_ID = "Resource.id"
_WIDEST = CORE + "elementdefinition-maxValueSet"
_FHIRPATH_TYPE = "http://hl7.org/fhirpath/System."
_UNBOUNDED = "*"
_DIGITS = 9
_FIXED, _PATTERN, _LEAST, _MOST = "fixed", "pattern", "minValue", "maxValue"


class NotAsFhirSays(Exception):
    """A key of a definition holds what FHIR does not have there; the text is the key."""


def overlaid(base: ElementDefinition, raw: Json) -> ElementDefinition:
    """Return an element with all that a definition says of it in place of what its base says.

    Invariants are added; everything else replaces. Raises NotAsFhirSays.
    """
    least, length = _count(raw, "min"), _count(raw, "maxLength")
    return replace(
        base,
        min=base.min if least is None else least,
        max=_most(raw, base.max),
        slicing=_slicing(raw, base.slicing),
        types=_types(raw, base.types),
        fixed=_value(raw, _FIXED, base.fixed),
        pattern=_value(raw, _PATTERN, base.pattern),
        binding=_binding(raw, base.binding),
        constraints=_constraints(raw, base.constraints),
        must_support=_flag(raw, "mustSupport", base.must_support),
        is_modifier=_flag(raw, "isModifier", base.is_modifier),
        content_reference=_reference(raw, base.content_reference),
        max_length=base.max_length if length is None else length,
        min_value=_value(raw, _LEAST, base.min_value),
        max_value=_value(raw, _MOST, base.max_value),
        short=text(raw, "short", base.short),
    )


def text(raw: Json, key: str, otherwise: str = "") -> str:
    """Return a text, or what is to be taken where the key is not there."""
    found = raw.get(key, otherwise)
    if not isinstance(found, str):
        raise NotAsFhirSays(key)
    return found


def path_of(raw: Json) -> str:
    """Return the path of an element, which has to have steps, and not too many of them."""
    found = text(raw, "path")
    if not found or found.count(".") > MAX_STEPS or ".." in found:
        raise NotAsFhirSays("path")
    return found


def slice_name_of(raw: Json) -> str:
    """Return the name of a slice, empty where an element is none."""
    return checked_slice_name(text(raw, "sliceName"))


def checked_slice_name(name: str) -> str:
    """Return the name of a slice; raises NotAsFhirSays where it is sliced again too often."""
    if name.count("/") > MAX_STEPS:
        raise NotAsFhirSays("sliceName")
    return name


def objects(raw: Json, key: str) -> list[Json]:
    """Return a list of objects, empty where the key is not there."""
    found = raw.get(key, [])
    if not isinstance(found, list) or not all(isinstance(one, dict) for one in found):
        raise NotAsFhirSays(key)
    return found


def texts(raw: Json, key: str) -> tuple[str, ...]:
    """Return a list of texts, empty where the key is not there."""
    found = raw.get(key, [])
    if not isinstance(found, list):
        raise NotAsFhirSays(key)
    # A null stands where the value is missing and only an extension of it is there.
    return tuple(one for one in found if isinstance(one, str))


def _flag(raw: Json, key: str, otherwise: bool) -> bool:
    found = raw.get(key, otherwise)
    if not isinstance(found, bool):
        raise NotAsFhirSays(key)
    return found


def _count(raw: Json, key: str) -> int | None:
    found = raw.get(key)
    if found is not None and (type(found) is not int or found < 0):
        raise NotAsFhirSays(key)
    return found


def _most(raw: Json, otherwise: int | None) -> int | None:
    if "max" not in raw:
        return otherwise
    found = raw["max"]
    if found == _UNBOUNDED:
        return None
    if not isinstance(found, str) or not (
        found.isascii() and found.isdigit() and len(found) <= _DIGITS
    ):
        raise NotAsFhirSays("max")
    return int(found)


def _slicing(raw: Json, otherwise: Slicing | None) -> Slicing | None:
    if "slicing" not in raw:
        return otherwise
    said = raw["slicing"]
    if not isinstance(said, dict):
        raise NotAsFhirSays("slicing")
    discriminators = tuple(
        Discriminator(text(one, "type"), text(one, "path"))
        for one in objects(said, "discriminator")
    )
    return Slicing(discriminators, text(said, "rules", "open"), _flag(said, "ordered", False))


def _types(raw: Json, otherwise: tuple[TypeReference, ...]) -> tuple[TypeReference, ...]:
    """Return the types; a narrowing of the base's that is not repeated still holds."""
    said = objects(raw, "type")
    if not said:
        return otherwise
    if _base_path(raw) == _RESOURCE_ID:
        return (TypeReference("id"),)
    made: dict[str, list[TypeReference]] = {}
    for one in said:
        found = _type(one)
        made.setdefault(found.code, []).append(found)
    before = {one.code: one for one in otherwise}
    return tuple(_joined(code, found, before.get(code)) for code, found in made.items())


def _base_path(raw: Json) -> object:
    """The path of the element that an element comes from, where a snapshot says it."""
    found = raw.get("base")
    return found.get("path") if isinstance(found, dict) else None


def _joined(code: str, found: list[TypeReference], before: TypeReference | None) -> TypeReference:
    """Join what is said of one type, in several entries perhaps, with what its base says."""
    profiles = dict.fromkeys(profile for one in found for profile in one.profiles)
    targets = dict.fromkeys(target for one in found for target in one.target_profiles)
    return TypeReference(
        code,
        tuple(profiles) or (before.profiles if before is not None else ()),
        tuple(targets) or (before.target_profiles if before is not None else ()),
    )


def _type(raw: Json) -> TypeReference:
    code = text(raw, "code")
    for extension in objects(raw, "extension"):
        if extension.get("url") == _FHIR_TYPE:
            code = text(extension, "valueUrl", text(extension, "valueUri", code))
    if code.startswith(_FHIRPATH_TYPE):
        code = code.removeprefix(_FHIRPATH_TYPE).lower()
    return TypeReference(
        code.removeprefix(CORE), texts(raw, "profile"), texts(raw, "targetProfile")
    )


def _value(raw: Json, start: str, otherwise: Value | None) -> Value | None:
    """Return the value behind the key that begins so and ends in a type."""
    for key, value in raw.items():
        end = key.removeprefix(start)
        if end != key and end[:1].isupper():
            primitive = end[0].lower() + end[1:]
            return Value(value, primitive if primitive in r4().primitives else end)
    return otherwise


def _binding(raw: Json, otherwise: Binding | None) -> Binding | None:
    if "binding" not in raw:
        return otherwise
    said = raw["binding"]
    if not isinstance(said, dict):
        raise NotAsFhirSays("binding")
    kept = otherwise or Binding("")
    widest = kept.widest
    for extension in objects(said, "extension"):
        if extension.get("url") == _WIDEST:
            widest = text(extension, "valueCanonical", text(extension, "valueUri"))
    strength = text(said, "strength", "example")
    return Binding(strength, text(said, "valueSet", kept.value_set), widest)


def _constraints(raw: Json, before: tuple[Constraint, ...]) -> tuple[Constraint, ...]:
    made = {one.key: one for one in before}
    made.update((one.key, one) for one in _said_constraints(raw))
    return tuple(made.values())


def _said_constraints(raw: Json) -> Iterator[Constraint]:
    for one in objects(raw, "constraint"):
        yield Constraint(
            text(one, "key"),
            text(one, "severity", "error"),
            text(one, "human"),
            text(one, "expression"),
        )


def _reference(raw: Json, otherwise: str) -> str:
    """Return what holds the elements below, as ``#Bundle.link``, also if its address is whole."""
    found = text(raw, "contentReference", otherwise)
    return f"#{found.rpartition('#')[2]}" if found else ""
