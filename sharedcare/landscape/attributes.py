"""What an entry declares as plain data: for a graph, and for programs that know nothing of ours.

Keys are those of the profile. What is not said is left out; ``unknown`` stays the word ``unknown``.
A length of time is in seconds, a rate in events per second, ``hours`` the longest closed stretch in
seconds, all exact; how it was written stands beside it under ``<key>_declared``. A range is
``{low, likely, high}``.
"""

from collections.abc import Mapping
from datetime import date
from enum import Enum
from fractions import Fraction
from typing import Any

from sharedcare.landscape.entry import Declared
from sharedcare.quantities import Duration, Hours, Money, Range, Rate, Share, Unknown
from sharedcare.vocabulary import Form

#: Behind the key of a quantity: how it was written.
DECLARED = "_declared"

Plain = dict[str, Any]


def attributes_of(entry: Declared) -> Plain:
    """Return what an entry says, key by key, as texts, numbers, flags, tuples and maps.

    What is left out of the profile and has a default stands with its default.
    """
    found: Plain = {}
    for name, field in type(entry).model_fields.items():
        value = getattr(entry, name)
        if value is not None and not (value == field.default and value in ((), {})):
            found |= _under(field.alias or name, value)
    return found


def _under(key: str, value: object) -> Plain:
    said = {key + DECLARED: str(value)} if _is_quantity(value) else {}
    return {key: plain_value(value), **said}


def _is_quantity(value: object) -> bool:
    return isinstance(value, Duration | Rate | Share | Money | Range | Hours)


def plain_value(value: object) -> Any:
    """Return a declared value as plain data; quantities as exact numbers."""
    if isinstance(value, Declared):
        return attributes_of(value)
    if isinstance(value, Mapping):
        return {_key(key): plain_value(inner) for key, inner in value.items()}
    if isinstance(value, tuple):
        return tuple(plain_value(inner) for inner in value)
    if isinstance(value, Range):
        return _range(value)
    return _single(value)


def _key(key: object) -> str:
    return str(key.value) if isinstance(key, Enum) else str(key)


def _range(value: Range[Any]) -> Plain:
    parts = {"low": value.low, "likely": value.likely, "high": value.high}
    return {name: plain_value(part) for name, part in parts.items() if part is not None}


def _single(value: object) -> Any:
    match value:
        case Duration(seconds=exact) | Rate(per_second=exact) | Share(value=exact):
            return _whole(exact)
        case Hours(longest_closed=exact) | Money(amount=exact):
            return _whole(exact)
        case Fraction():
            return _whole(value)
        case Form():
            return value.word
        case Unknown() | Enum():
            return value.value
        case date():
            return value.isoformat()
    return value


def _whole(exact: Fraction) -> int | Fraction:
    return exact.numerator if exact.denominator == 1 else exact
