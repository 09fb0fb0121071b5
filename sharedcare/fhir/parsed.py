"""A resource that was parsed elsewhere, as our own reader would have given it.

What a text shows wrong of a value is told of an object too: numbers that are none or are too large,
halves of surrogate pairs, more levels than are read. What only a text shows, such as keys that
stand twice, cannot be.
"""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from sharedcare.fhir.rules import MAX_DEPTH, MAX_EXPONENT
from sharedcare.fhir.walk import Fault, Pointer

_TOO_LARGE = 10**MAX_EXPONENT


class TooDeepError(Exception):
    """More objects and arrays stand inside each other than are read, or one inside itself."""


def parsed(value: Mapping[str, Any]) -> tuple[dict[str, Any], list[Fault]]:
    """Return an object with floats as decimals and tuples as lists, and what is wrong with it.

    Raises TooDeepError.
    """
    faults: list[Fault] = []
    return _object(value, None, MAX_DEPTH - 1, faults), faults


def _object(
    value: Mapping[str, Any], pointer: Pointer, depth: int, faults: list[Fault]
) -> dict[str, Any]:
    made: dict[str, Any] = {}
    for key, inner in value.items():
        name = str(key)
        if _is_torn(name):
            faults.append(Fault("json-surrogate", pointer))
        made[name] = _value(inner, (pointer, name), depth, faults)
    return made


def _value(value: object, pointer: Pointer, depth: int, faults: list[Fault]) -> Any:
    if isinstance(value, Mapping | list | tuple):
        if not depth:
            raise TooDeepError
        if isinstance(value, Mapping):
            return _object(value, pointer, depth - 1, faults)
        return [
            _value(inner, (pointer, position), depth - 1, faults)
            for position, inner in enumerate(value)
        ]
    rule = _rule_of(value)
    if rule:
        faults.append(Fault(rule, pointer))
    return Decimal(repr(value)) if isinstance(value, float) else value


def _rule_of(value: object) -> str:
    """Return the rule that a value breaks which no text in JSON could hold, empty if it is none."""
    if isinstance(value, str):
        return "json-surrogate" if _is_torn(value) else ""
    if isinstance(value, Decimal | float):
        number = Decimal(value)
        if not number.is_finite():
            return "json-number"
        return "json-number-range" if number.adjusted() > MAX_EXPONENT else ""
    is_large = isinstance(value, int) and abs(value) >= _TOO_LARGE
    return "json-number-range" if is_large else ""


def _is_torn(text: str) -> bool:
    """Whether half of a surrogate pair stands alone in a text."""
    return not text.isascii() and any("\ud800" <= letter <= "\udfff" for letter in text)
