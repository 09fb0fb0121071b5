"""Codes against the value sets that a FHIR profile binds them to.

``required``: one of the codes has to be there. ``extensible``: one of them where one fits, which
only a person can judge, so that its absence is a warning. Of ``preferred`` and ``example`` nothing
is asked. Where a value set cannot be listed whole, a code that is not listed is told as one that
was not checked. Source: http://hl7.org/fhir/R4/terminologies.html#strength.
"""

from collections.abc import Iterator
from typing import Any

from sharedcare.errors import InputRefused
from sharedcare.fhir.fhir_profiles.found import Found
from sharedcare.fhir.fhir_profiles.instance import Item
from sharedcare.fhir.fhir_profiles.shapes import Shape, Shapes, Unusable
from sharedcare.fhir.fhir_profiles.value_types import NOT_THERE, is_kind_of
from sharedcare.fhir.packages.expansion import Expansion

_REQUIRED, _EXTENSIBLE = "required", "extensible"
_VALUE_SET = "http://hl7.org/fhir/ValueSet/"
_PLAIN = frozenset({"code", "string", "uri"})
_CODED = frozenset({"CodeableConcept", "Coding"})
_QUANTITY = "Quantity"

_NOT_LISTED = "it cannot be listed, and the code comes without a code system"


def check_binding(found: Found, shapes: Shapes, shape: Shape, item: Item) -> None:
    """Check the codes of an item against the binding of its element."""
    binding = shape.element.binding
    if binding is None or binding.strength not in {_REQUIRED, _EXTENSIBLE}:
        return
    url = binding.value_set.partition("|")[0]
    if not url or not _can_have_code(shapes, item) or _is_of_base(item, shape, url):
        return
    name = url.removeprefix(_VALUE_SET)
    try:
        expansion = _expansion(shapes, shape)
        answer = has_code_of(expansion, item)
        reason = NOT_THERE if expansion is None else ", ".join(expansion.why_not) or _NOT_LISTED
    except Unusable as unusable:
        answer, reason = None, str(unusable)
    if answer is None:
        found.add("profile-code-not-checked", shape, item.pointer, value_set=name, reason=reason)
    elif not answer:
        found.add(f"profile-code-{binding.strength}", shape, item.pointer, value_set=name)


def holds_code(shapes: Shapes, shape: Shape, item: Item) -> bool | None:
    """Say whether an item has a code of its element's value set; None where it cannot be told."""
    return has_code_of(_expansion(shapes, shape), item)


def _expansion(shapes: Shapes, shape: Shape) -> Expansion | None:
    binding = shape.element.binding
    if binding is None:
        return None
    try:
        return shapes.packages.value_set(binding.value_set, shape.package)
    except InputRefused as refused:
        first = refused.faults[0].message if refused.faults else str(refused)
        raise Unusable(first) from None


def _is_of_base(item: Item, shape: Shape, url: str) -> bool:
    """Whether FHIR itself requires the same value set, so that the base rules have seen to it."""
    if shape.element.binding is None or shape.element.binding.strength != _REQUIRED:
        return False
    return item.element is not None and (item.element.codes or "").partition("|")[0] == url


def _can_have_code(shapes: Shapes, item: Item) -> bool:
    """Whether an item is of a type with codes, and there is more of it than why there is none.

    A quantity need not have a code.
    """
    if item.value is None or item.type in _PLAIN:
        return item.value is not None
    content = item.value.keys() - {"id", "extension"} if isinstance(item.value, dict) else set()
    if is_kind_of(shapes.definitions, item.type, _QUANTITY):
        return "code" in content
    return item.type in _CODED and bool(content)


def has_code_of(expansion: Expansion | None, item: Item) -> bool | None:
    """Whether one of the codes of an item is in a value set; a concept of words alone has none."""
    codings = list(_codings(item))
    if not codings:
        return False
    if expansion is None:
        return None
    answers = [_holds(expansion, item, *coding) for coding in codings]
    if True in answers:
        return True
    return None if None in answers else False


def _holds(expansion: Expansion, item: Item, code_system: str | None, code: str) -> bool | None:
    if code_system is None:
        return expansion.holds_code(code) if item.type in _PLAIN else expansion.holds("", code)
    return expansion.holds(code_system, code)


def _codings(item: Item) -> Iterator[tuple[str | None, str]]:
    """Go through the codes of an item, each with its code system where it has one."""
    value: Any = item.value
    if isinstance(value, str):
        yield None, value
        return
    listed = value.get("coding") if item.type == "CodeableConcept" else [value]
    for one in listed if isinstance(listed, list) else ():
        code = one.get("code") if isinstance(one, dict) else None
        if isinstance(code, str):
            system = one.get("system")
            yield (system if isinstance(system, str) else None), code
