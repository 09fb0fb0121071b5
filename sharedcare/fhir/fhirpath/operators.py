"""The operators of FHIRPath on collections, with three-valued logic."""

import operator
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from decimal import ROUND_DOWN, Decimal
from typing import Any

from sharedcare.fhir.fhirpath.items import Item, Kept, Node, bounded

Items = list[Item]

#: Digits of a whole number that an expression makes; one with more is rounded as a fraction is.
MAX_DIGITS = 300

#: Characters of a date to the year, month and day.
_PRECISIONS = (4, 7, 10)
_DATED = frozenset({"date", "dateTime", "instant"})


def truth(items: Items) -> bool | None:
    """What a collection says as a condition: None if nothing; what is no boolean is a yes."""
    if not items:
        return None
    if len(items) == 1:
        value = items[0]
        if value is True or value is False:
            return value
        if isinstance(value, Node) and isinstance(value.value, bool):
            return value.value
    return True


def _and(left: Items, right: Items) -> Items:
    one, two = truth(left), truth(right)
    if one is False or two is False:
        return [False]
    return [True] if one and two else []


def _or(left: Items, right: Items) -> Items:
    one, two = truth(left), truth(right)
    if one or two:
        return [True]
    return [False] if one is False and two is False else []


def _xor(left: Items, right: Items) -> Items:
    one, two = truth(left), truth(right)
    return [] if one is None or two is None else [one is not two]


def _implies(left: Items, right: Items) -> Items:
    return _or([] if (one := truth(left)) is None else [not one], right)


def plain(item: Item) -> Any:
    """The value of an item."""
    return item.value if isinstance(item, Node) else item


def key_of(item: Item) -> str:
    """Return the same text for items that are equal, and for no others."""
    import json

    value = plain(item)
    if type(value) is str:  # no JSON begins with a quote and lacks the other, but in this
        return f'"{value}'
    return json.dumps(value, sort_keys=True, default=str)


def same(one: Item, other: Item) -> bool:
    """Whether two items are equal."""
    left, right = plain(one), plain(other)
    if isinstance(left, bool) is not isinstance(right, bool):
        return False
    return bool(left == right)


def _equal(left: Items, right: Items) -> Items:
    if not left or not right:
        return []
    return [len(left) == len(right) and all(map(same, left, right))]


def _unequal(left: Items, right: Items) -> Items:
    return [not found for found in _equal(left, right)]


def _in(left: Items, right: Items) -> Items:
    if not left:
        return []
    one = plain(left[0])
    if isinstance(right, Kept) and isinstance(one, str):
        return [one in right.texts]
    return [any(same(left[0], item) for item in right)]


def _contains(left: Items, right: Items) -> Items:
    return _in(right, left)


def distinct(items: Items) -> Items:
    """Return items in their order, each of what is equal once."""
    return list({key_of(item): item for item in reversed(items)}.values())[::-1]


def _union(left: Items, right: Items) -> Items:
    return distinct([*left, *right])


def _joined(left: Items, right: Items) -> Items:
    return [bounded("".join(str(plain(item)) for item in (*left[:1], *right[:1])))]


def _added(left: Items, right: Items) -> Items:
    if not left or not right:
        return []
    one, two = plain(left[0]), plain(right[0])
    if isinstance(one, str) and isinstance(two, str):
        return [bounded(one + two)]
    return _calculated(operator.add)(left[:1], right[:1])


def _alike(left: Items, right: Items) -> Items:
    """Equivalence: texts without their case and spacing, collections without their order."""
    return [sorted(map(_form, left)) == sorted(map(_form, right))]


def _unlike(left: Items, right: Items) -> Items:
    return [not found for found in _alike(left, right)]


def _form(item: Item) -> str:
    value = plain(item)
    if isinstance(value, str):
        return " ".join(value.lower().split())
    if _is_number(value):
        return str(Decimal(str(value)).normalize())
    return key_of(item)


def _calculated(apply: Callable[[Decimal, Decimal], Decimal]) -> Callable[[Items, Items], Items]:
    """Make an operator on two numbers; of whole numbers it gives one where the result is whole."""

    def run(left: Items, right: Items) -> Items:
        if len(left) != 1 or len(right) != 1:
            return []
        one, two = plain(left[0]), plain(right[0])
        if not (_is_number(one) and _is_number(two)):
            return []
        try:
            made = apply(Decimal(str(one)), Decimal(str(two)))
        except ArithmeticError:
            return []
        is_whole = (
            isinstance(one, int)
            and isinstance(two, int)
            and made.adjusted() < MAX_DIGITS
            and made == made.to_integral_value()
        )
        return [int(made) if is_whole else made]

    return run


def _compared(test: Callable[[Any, Any], bool]) -> Callable[[Items, Items], Items]:
    def run(left: Items, right: Items) -> Items:
        if len(left) != 1 or len(right) != 1:
            return []
        order = compare(left[0], right[0])
        return [] if order is None else [test(order, 0)]

    return run


def compare(left: Item, right: Item) -> int | None:
    """Return -1, 0 or 1, or None where the order cannot be told."""
    one, two = plain(left), plain(right)
    if isinstance(one, dict) and isinstance(two, dict):
        return compare_quantities(one, two)
    if _is_number(one) and _is_number(two):
        return _sign(Decimal(str(one)), Decimal(str(two)))
    if not isinstance(one, str) or not isinstance(two, str):
        return None
    dated = [isinstance(item, Node) and item.type in _DATED for item in (left, right)]
    return compare_dates(one, two) if all(dated) else _sign(one, two)


def compare_dates(one: str, two: str) -> int | None:
    """Compare dates to what both say; None where that leaves the order open."""
    left, right = _moment(one), _moment(two)
    if left is not None and right is not None:
        return _sign(left, right)
    shorter = min(len(one), len(two), _PRECISIONS[-1])
    length = max((size for size in _PRECISIONS if size <= shorter), default=0)
    order = _sign(one[:length], two[:length])
    if order:
        return order
    return 0 if len(one) == len(two) == length else None


def _moment(text: str) -> datetime | None:
    """A date with a time as a moment; None where there is no time or it is none that exists."""
    if "T" not in text:
        return None
    try:
        return datetime.fromisoformat(text.replace(":60", ":59")).astimezone(UTC) + (
            timedelta(seconds=1) if ":60" in text else timedelta()
        )
    except (ValueError, OverflowError):
        return None


def compare_quantities(one: dict[str, Any], two: dict[str, Any]) -> int | None:
    """Compare quantities of the same unit; without a conversion others are not told apart."""
    values = one.get("value"), two.get("value")
    alike = all(one.get(key) == two.get(key) for key in ("system", "code", "unit"))
    if alike and all(map(_is_number, values)):
        return _sign(Decimal(str(values[0])), Decimal(str(values[1])))
    return None


def _is_number(value: object) -> bool:
    return isinstance(value, int | float | Decimal) and not isinstance(value, bool)


def _sign(one: Any, two: Any) -> int:
    return int(one > two) - int(one < two)


OPERATORS: dict[str, Callable[[Items, Items], Items]] = {
    "and": _and,
    "or": _or,
    "xor": _xor,
    "implies": _implies,
    "=": _equal,
    "!=": _unequal,
    "in": _in,
    "contains": _contains,
    "|": _union,
    "&": _joined,
    "+": _added,
    "-": _calculated(operator.sub),
    "*": _calculated(operator.mul),
    "/": _calculated(operator.truediv),
    "div": _calculated(lambda one, two: (one / two).to_integral_value(ROUND_DOWN)),
    "mod": _calculated(operator.mod),
    "~": _alike,
    "!~": _unlike,
    "<": _compared(operator.lt),
    ">": _compared(operator.gt),
    "<=": _compared(operator.le),
    ">=": _compared(operator.ge),
}
