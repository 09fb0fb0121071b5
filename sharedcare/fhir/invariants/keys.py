"""Which elements an invariant asks for: where none of them is there, its answer is known.

Most invariants are about elements that are mostly absent, and many ask only which are there. So an
invariant is run once for each set of elements, on an object made up for that, or once for none.
"""

import re
from collections.abc import Callable, Collection, Iterator
from functools import cached_property
from typing import Any

from sharedcare.fhir.definitions import Definitions
from sharedcare.fhir.fhirpath.compiling import Context, compiled
from sharedcare.fhir.fhirpath.items import Node
from sharedcare.fhir.invariants.alternatives import holds_without

_NAME = re.compile(r"'(?:[^'\\]|\\.)*'|[%$]?[A-Za-z_]\w*")

#: An invariant that asks which elements are there, and nothing of what they hold.
_PRESENCE = re.compile(
    r"(?:\s|[()]|\b(?:and|or|xor|implies)\b|\b\w+\.(?:exists|empty)\(\)(?:\.not\(\))?)+"
)
_TEXT = re.compile(r"'(?:[^'\\]|\\.)*'")
#: A name of an element, and what tells that no more is asked than whether it is there. To count
#: what stands alone asks no more either.
_USED = re.compile(
    r"(?<![\w$%])(?P<name>[A-Za-z_]\w*)\b(?!\()"
    r"(?:(?=(?P<there>(?:\.trace\(''\))?\.(?:exists|empty)\(\)))|(?=(?P<count>\.count\(\)))|)"
)
#: Types of which few values are met.
_FEW = frozenset({"code", "boolean"})

#: What these ask for lies outside the element.
_FAR = frozenset({"%resource", "%rootResource", "%context", "descendants", "children", "resolve"})

#: These look at more of the element than is named, or may give all of it to what does.
_ALL = frozenset({"descendants", "children", "resolve", "repeat", "$this"})


#: Invariants that compare two dates or quantities, whose order may be open: 2020 is neither before
#: nor after 2020-05. They hold then.
OPEN = frozenset({"per-1", "rng-2"})


class Asked:
    """An invariant as it is asked of one type: the keys that it names, and what is known of it."""

    def __init__(self, definitions: Definitions, type_name: str, rule: str) -> None:
        expression = definitions.invariants[rule]["expression"]
        words = set(_NAME.findall(expression))
        self._definitions = definitions
        self._type_name, self._rule = type_name, rule
        self._known: dict[tuple[bool, ...], bool] = {}
        self.holds: Callable[[Context], bool] = compiled(
            expression, when_empty=rule.partition(".")[0] in OPEN
        )
        self.keys = _keys(definitions, type_name, words)
        self.companions = frozenset(["_" + key for key in self.keys])
        self._written = self.companions.union(self.keys)
        #: Kept answers, by those of its keys that are there (see ``answers``).
        self.answers: dict[tuple[str, ...], Any] = {}
        self.is_far = bool(words & _FAR)
        #: Whether keys may matter that it does not name.
        self.asks_all = bool(words & _ALL)
        self.is_presence = _PRESENCE.fullmatch(expression) is not None
        self.looked_at, self.wholes = _looked_at(definitions, type_name, expression)
        self.lists = _lists(definitions, type_name, self.keys)

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
        if self._written.isdisjoint(keys):
            return None if self.is_far and not self.is_presence else self.of_none
        if self.is_presence:
            return self.of_set(tuple([key in keys or "_" + key in keys for key in self.keys]))
        return True if any(absent.isdisjoint(keys) for absent in self._absent) else None

    @cached_property
    def _absent(self) -> tuple[frozenset[str], ...]:
        """Sets of keys: where none of one of them is there, it holds."""
        expression = self._definitions.invariants[self._rule]["expression"]
        return tuple(_absent(self._definitions, self._type_name, expression))

    @cached_property
    def of_none(self) -> bool:
        """Ask it of any object that has none of its keys."""
        return self.of_object({})


def asked(definitions: Definitions, type_name: str, rule: str) -> Asked:
    """Return an invariant as it is asked of a type, made ready once."""
    key = (type_name, rule)
    if key not in definitions.asked:
        definitions.asked[key] = Asked(definitions, type_name, rule)
    found: Asked = definitions.asked[key]
    return found


def _looked_at(
    definitions: Definitions, type_name: str, expression: str
) -> tuple[frozenset[str], frozenset[str]]:
    """Return the codes and flags that decide an invariant, and the keys of which all matters.

    Of its other keys only the presence is asked.
    """
    if type_name not in definitions.raw["types"]:
        return frozenset(), frozenset()
    elements = definitions.type_of(type_name).by_path_name
    words = _TEXT.sub("''", expression)
    codes: set[str] = set()
    wholes: set[str] = set()
    for used in _USED.finditer(words):
        found = elements.get(used["name"], ())
        is_first = words[used.start() - 1 : used.start()] != "."
        is_alone = not any(one.is_list for one in found)
        if is_first and (used["there"] or (used["count"] and is_alone)):
            continue
        is_code = [one.type in _FEW and not one.is_list for one in found] == [True]
        (codes if is_code else wholes).update(one.name for one in found)
    return frozenset(codes), frozenset(wholes)


def _absent(definitions: Definitions, type_name: str, expression: str) -> Iterator[frozenset[str]]:
    """Go through sets of keys: an object that has none of one of them keeps to an invariant."""
    if type_name not in definitions.raw["types"]:
        return
    elements = definitions.type_of(type_name).by_path_name
    for names in holds_without(expression):
        if names <= elements.keys():
            keys = [element.name for name in names for element in elements[name]]
            yield frozenset((*keys, *["_" + key for key in keys]))


def _lists(definitions: Definitions, type_name: str, keys: Collection[str]) -> frozenset[str]:
    """Return those of the keys of a type that hold lists."""
    return frozenset(key for key in keys if definitions.type_of(type_name).elements[key].is_list)


def _keys(definitions: Definitions, type_name: str, words: set[str]) -> tuple[str, ...]:
    if type_name not in definitions.raw["types"]:
        return ()
    return tuple(
        element.name
        for name, elements in definitions.type_of(type_name).by_path_name.items()
        if name in words
        for element in elements
    )
