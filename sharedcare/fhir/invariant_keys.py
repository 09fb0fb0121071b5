"""Which elements an invariant asks for: where none of them is there, its answer is known.

Most invariants are about elements that are mostly absent, and many ask only which are there. So an
invariant is run once for each set of elements, on an object made up for that, or once for none.
"""

import re
from collections.abc import Callable, Collection
from typing import Any

from sharedcare.fhir.definitions import Definitions
from sharedcare.fhir.fhirpath import Context, compiled
from sharedcare.fhir.fhirpath_items import Node

_NAME = re.compile(r"'(?:[^'\\]|\\.)*'|[%$]?[A-Za-z_]\w*")

#: An invariant that asks which elements are there, and nothing of what they hold.
_PRESENCE = re.compile(
    r"(?:\s|[()]|\b(?:and|or|xor|implies)\b|\b\w+\.(?:exists|empty)\(\)(?:\.not\(\))?)+"
)
_TEXT = re.compile(r"'(?:[^'\\]|\\.)*'")
#: What follows a name of which no more is asked than whether it is there.
_THERE = r"(?:\.trace\(''\))?\.(?:exists|empty)\(\)"
#: Types of which few values are met.
_FEW = frozenset({"code", "boolean"})

#: What these ask for lies outside the element.
_FAR = frozenset({"%resource", "%rootResource", "%context", "descendants", "children", "resolve"})


#: Invariants that compare two dates or quantities, whose order may be open: 2020 is neither before
#: nor after 2020-05. They hold then.
OPEN = frozenset({"per-1", "rng-2"})


class Asked:
    """An invariant as it is asked of one type: the keys that it names, and what is known of it."""

    def __init__(self, definitions: Definitions, type_name: str, rule: str) -> None:
        expression = definitions.invariants[rule]["expression"]
        words = set(_NAME.findall(expression))
        self._definitions = definitions
        self._type_name = type_name
        self._known: dict[tuple[bool, ...], bool] = {}
        self.holds: Callable[[Context], bool] = compiled(
            expression, when_empty=rule.partition(".")[0] in OPEN
        )
        self.keys = _keys(definitions, type_name, words)
        self.is_far = bool(words & _FAR)
        self.is_presence = _PRESENCE.fullmatch(expression) is not None
        self.looked_at = None if self.is_far else _looked_at(definitions, type_name, expression)

    def of_object(self, value: dict[str, Any]) -> bool:
        """Ask it of an object that stands alone."""
        node = Node(value, None, self._type_name, self._definitions)
        return self.holds(Context(node, node, node))

    def of_set(self, there: tuple[bool, ...]) -> bool:
        """Ask it of any object that has these of its keys, where it asks for no more than that."""
        if there not in self._known:
            made = {key: True for key, is_there in zip(self.keys, there, strict=True) if is_there}
            self._known[there] = self.of_object(made)
        return self._known[there]

    def known_of(self, keys: Collection[str]) -> bool | None:
        """Return what is known of any object that has these keys, None if that is nothing."""
        if not self.keys:
            return None
        there = tuple([key in keys or "_" + key in keys for key in self.keys])
        if self.is_presence or not (self.is_far or True in there):
            return self.of_set(there)
        return None


def asked(definitions: Definitions, type_name: str, rule: str) -> Asked:
    """Return an invariant as it is asked of a type, made ready once."""
    key = (type_name, rule)
    if key not in definitions.asked:
        definitions.asked[key] = Asked(definitions, type_name, rule)
    found: Asked = definitions.asked[key]
    return found


def _looked_at(definitions: Definitions, type_name: str, expression: str) -> frozenset[str] | None:
    """Return the codes and flags that decide an invariant.

    Of its other keys only the presence is asked; None is returned where more is.
    """
    if type_name not in definitions.raw["types"]:
        return None
    words = _TEXT.sub("''", expression)
    decide = set()
    for name, elements in definitions.type_of(type_name).by_path_name.items():
        asked_for = len(re.findall(rf"(?<![\w$%])(?:{name})\b(?!\()", words))
        if asked_for == len(re.findall(rf"(?<![\w$%.])(?:{name}){_THERE}", words)):
            continue
        if [one.type in _FEW and not one.is_list for one in elements] != [True]:
            return None
        decide.add(elements[0].name)
    return frozenset(decide)


def _keys(definitions: Definitions, type_name: str, words: set[str]) -> tuple[str, ...]:
    if type_name not in definitions.raw["types"]:
        return ()
    return tuple(
        element.name
        for name, elements in definitions.type_of(type_name).by_path_name.items()
        if name in words
        for element in elements
    )
