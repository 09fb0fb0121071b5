"""What the invariants of a good resource look at: that may not vary freely between those alike."""

import re
from collections.abc import Iterator
from functools import cache
from typing import Any

from sharedcare.fhir.definitions import Definitions, Element
from sharedcare.fhir.fast_lane.tokens import Unlike
from sharedcare.fhir.invariants.keys import asked
from sharedcare.fhir.invariants.running import ELSEWHERE, UNCHECKED
from sharedcare.fhir.walk import Json

#: Functions that ask of each item of the path that they stand after, and operators that are words.
_OF_ITEMS = frozenset({".where", ".all", ".exists", ".select"})
_OPERATORS = frozenset({"and", "or", "xor", "implies", "in", "contains", "as", "is", "div", "mod"})
_PIECE = re.compile(r"'(?:[^'\\]|\\.)*'|\.\w+|[%$]?\w+|[^\s\w]")

#: Invariants that hold where an element of one of these names is not there.
_HOLDS_WITHOUT = {"obs-7": ("component", "value")}


def looked_into(definitions: Definitions, type_name: str, value: Json) -> Iterator[str]:
    """Go through the keys of an object of which an invariant asks more than whether they are there.

    Raises Unlike where one looks beyond the object.
    """
    for rule in definitions.raw["types"][type_name].get("rules", ()):
        if rule in ELSEWHERE or rule in UNCHECKED or _holds_without(rule, value):
            continue
        ready = asked(definitions, type_name, rule)
        if ready.known_of(value) is None:
            if ready.is_far or not ready.keys:
                raise Unlike
            expression = definitions.invariants[rule]["expression"]
            for key in ready.keys:
                if key in value and _asks_more_of(expression, key):
                    yield key


def is_looked_into(definitions: Definitions, element: Element, value: Any) -> bool:
    """Whether an invariant of an element asks more than which of its elements are there."""
    if element.type == "xhtml":
        return False
    objects = value if isinstance(value, list) else [value]
    return any(
        not isinstance(one, dict) or asked(definitions, element.type, rule).known_of(one) is None
        for rule in element.rules
        for one in objects
    )


def _holds_without(rule: str, value: Json) -> bool:
    names = _HOLDS_WITHOUT.get(rule, ())
    return any(not any(key.startswith(name) for key in value) for name in names)


def _asks_more_of(expression: str, key: str) -> bool:
    """Whether an expression may ask more of an element of its object than if it is there."""
    begun = _beginnings(expression)
    is_named = begun is None or any(_names(word, key) for word in begun)
    return is_named and not _is_only_there(expression, key)


@cache
def _beginnings(expression: str) -> frozenset[str] | None:
    """Return the names with which paths from the object begin, None where that cannot be told.

    What stands in ``where`` and the like is asked of the items of the path before it.
    """
    pieces = ["", *_PIECE.findall(expression), ""]
    found: set[str] = set()
    are_of_items: list[bool] = []
    for before, piece, after in zip(pieces, pieces[1:], pieces[2:], strict=False):
        if piece == "(":
            are_of_items.append(before in _OF_ITEMS)
        elif piece == ")":
            are_of_items.pop()
        elif _is_name(piece) and not any(are_of_items):
            if after == "(" or piece[0] in "$%":
                return None
            found.add(piece)
    return frozenset(found)


def _is_name(piece: str) -> bool:
    return (piece[:1].isalpha() and piece not in _OPERATORS) or piece[:1] in {"$", "%"}


def _is_only_there(expression: str, key: str) -> bool:
    """Whether an expression asks of an element, wherever it names it, only if it is there."""
    named = [word for word in set(re.findall(r"\w+", expression)) if _names(word, key)]
    asked_more = rf"\b(?:{'|'.join(named)})\b(?!\.(?:empty|exists)\(\))"
    return bool(named) and re.search(asked_more, expression) is None


def _names(word: str, key: str) -> bool:
    """Whether a word of FHIRPath names an element: ``value`` does so with ``valueQuantity``."""
    return key == word or (key.startswith(word) and key[len(word)].isupper())
