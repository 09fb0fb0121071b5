"""Codes against the value sets that a FHIR profile binds them to.

``required``: one of the codes has to be there. ``extensible``: one of them where one fits, which
only a person can judge, so that its absence is a warning. Of ``preferred`` and ``example`` nothing
is asked. A profile may name the widest value set beyond which no code may go where other codes may
stand; that is held too, but words alone have no code that could go beyond it. Where a value set
cannot be listed whole, a code that is not listed is told as one that was not checked. Source: http://hl7.org/fhir/R4/terminologies.html#strength.
"""

from collections.abc import Iterator
from typing import Any, NamedTuple

from sharedcare.errors import InputRefused
from sharedcare.fhir.fhir_profiles.found import Found
from sharedcare.fhir.fhir_profiles.instance import Item
from sharedcare.fhir.fhir_profiles.shapes import Shape, Shapes, Unusable
from sharedcare.fhir.fhir_profiles.value_types import NOT_THERE, is_kind_of
from sharedcare.fhir.packages.expansion import Expansion
from sharedcare.fhir.packages.structure import Binding

_REQUIRED, _EXTENSIBLE = "required", "extensible"
_VALUE_SET = "http://hl7.org/fhir/ValueSet/"
_PLAIN = frozenset({"code", "string", "uri"})
_CODED = frozenset({"CodeableConcept", "Coding"})
_QUANTITY = "Quantity"

_NOT_LISTED = "it cannot be listed, and the code comes without a code system"


#: The widest value sets that FHIR itself names; what is in them the base rules tell.
_OF_FHIR = frozenset(
    {
        f"{_VALUE_SET}all-distance-units",
        f"{_VALUE_SET}all-languages",
        f"{_VALUE_SET}all-time-units",
        "http://www.rfc-editor.org/bcp/bcp13.txt",
    }
)


class _Asked(NamedTuple):
    """A value set, and how strongly its codes are asked for."""

    value_set: str
    strength: str


def check_binding(found: Found, shapes: Shapes, shape: Shape, item: Item) -> None:
    """Check the codes of an item against the binding of its element."""
    binding = shape.element.binding
    if binding is None or not _can_have_code(shapes, item):
        return
    url = binding.value_set.partition("|")[0]
    is_asked = binding.strength in {_REQUIRED, _EXTENSIBLE} and not _is_of_base(item, shape, url)
    if url and is_asked:
        _check_codes(found, shapes, shape, item, _Asked(binding.value_set, binding.strength))
    if asks_for_widest(binding) and next(_codings(item), None) is not None:
        _check_codes(found, shapes, shape, item, _Asked(binding.widest, "widest"))


def asks_for_widest(binding: Binding) -> bool:
    """Whether a binding names a value set beyond which no code may go, and FHIR itself does not."""
    return bool(binding.widest) and binding.widest.partition("|")[0] not in _OF_FHIR


def _check_codes(found: Found, shapes: Shapes, shape: Shape, item: Item, asked: _Asked) -> None:
    """Check that an item has a code of a value set, or say why that cannot be told."""
    name = asked.value_set.partition("|")[0].removeprefix(_VALUE_SET)
    try:
        expansion = _expansion(shapes, shape, asked.value_set)
        answer = has_code_of(expansion, item)
        reason = NOT_THERE if expansion is None else ", ".join(expansion.why_not) or _NOT_LISTED
    except Unusable as unusable:
        answer, reason = None, str(unusable)
    if answer is None:
        found.add("profile-code-not-checked", shape, item.pointer, value_set=name, reason=reason)
    elif not answer:
        found.add(f"profile-code-{asked.strength}", shape, item.pointer, value_set=name)


def holds_code(shapes: Shapes, shape: Shape, item: Item) -> bool | None:
    """Say whether an item has a code of its element's value set; None where it cannot be told."""
    binding = shape.element.binding
    expansion = None if binding is None else _expansion(shapes, shape, binding.value_set)
    return has_code_of(expansion, item)


def _expansion(shapes: Shapes, shape: Shape, value_set: str) -> Expansion | None:
    try:
        return shapes.packages.value_set(value_set, shape.package)
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
