"""Composes one YAML document from the parser's events, as they come.

libyaml's own composer is not used: it ends the process by a signal on 60 kB of opening brackets,
where the events stop at the limit of depth; and it keeps all the nodes while the tree is made.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from yaml.cyaml import CBaseLoader
from yaml.events import (
    AliasEvent,
    MappingEndEvent,
    MappingStartEvent,
    ScalarEvent,
    SequenceEndEvent,
    StreamEndEvent,
)

from sharedcare.errors import LimitReached
from sharedcare.places import Fault, LocatedList, LocatedMap, LocatedText, Place
from sharedcare.reading.characters import first_refused
from sharedcare.reading.fault_list import FaultList, place_words
from sharedcare.reading.limits import MAX_ALIASED, MAX_DEPTH, MAX_NODES, Allowance

Located = LocatedText | LocatedMap | LocatedList

#: So many characters of a text that an alias repeats count as one key or value.
ALIASED_TEXT = 64

EMPTY = "the file says nothing; `sharedcare init` writes a profile to begin with"
NOT_A_MAP = "a map is expected at the top: lines such as `meta:`, with what belongs to it below"
SEVERAL = "a second document begins here; leave out the dashes, or move it to a file of its own"
TAG = "tags are not read; put quotes round a text that begins with an exclamation mark"
TOO_MANY = f"a profile has at most {MAX_NODES:,} keys and values; check that it is the right file"
TOO_DEEP = f"maps and lists stand more than {MAX_DEPTH} deep inside each other; a profile has ten"
DUPLICATE_KEY = "this key is in the map already, at {first}; rename or remove one of them"
MERGE_KEY = (
    "merge keys (<<) are not read; say values that many entries share under `defaults:` at the top,"
    " or write them out"
)
KEY_NOT_TEXT = (
    "a key is a word, and here stands a map or a list; put quotes round a text that begins with a"
    " bracket"
)
ANCHOR_TWICE = "an anchor of this name stands at {first} already; rename one of them"
ALIAS_UNKNOWN = (
    "nothing before this is named so with &; put quotes round a text that begins with an asterisk"
)
ALIAS_CYCLE = "this stands for what it is itself a part of; write out what is meant"
ALIAS_BUDGET = (
    f"aliases (*) may repeat {MAX_ALIASED:,} keys and values in all, and from here on they repeat"
    " more; write out what is meant"
)


class Stopped(Exception):
    """Reading cannot go on; the fault that says why is in the list already."""


@dataclass(frozen=True, slots=True)
class _Anchored:
    """What an anchor names, and what an alias of it takes of the allowance."""

    value: Located
    size: int


class Composer:
    """Composes one document from the events of the parser."""

    def __init__(self, text: str, name: str, faults: FaultList, allowance: Allowance) -> None:
        self._next: Callable[[], Any] = CBaseLoader(text).get_event
        self._text = text
        self._name = name
        self._faults = faults
        self._allowance = allowance
        self._anchors: dict[str, _Anchored] = {}
        self._anchored_at: dict[str, Place] = {}
        self._keys: dict[str, str] = {}
        self._size = 0

    def document(self) -> LocatedMap | None:
        """Compose the one document; None, and a fault, where it is no map."""
        self._next()  # the stream begins
        if type(self._next()) is StreamEndEvent:
            self._refuse(Place(self._name, 1, 1), "EMPTY", EMPTY)
            return None
        root = self._node(self._next(), 1)
        self._next()  # the document ends
        event = self._next()
        if type(event) is not StreamEndEvent:
            self._refuse(self._place(event), "SEVERAL_DOCUMENTS", SEVERAL)
            return None
        if isinstance(root, LocatedMap):
            return root
        if isinstance(root, LocatedText) and root.plain and not root:
            self._refuse(Place(self._name, 1, 1), "EMPTY", EMPTY)
        else:
            self._refuse(root.place, "NOT_A_MAP", NOT_A_MAP)
        return None

    def _node(self, event: Any, depth: int) -> Located:
        """Compose what begins with an event; ``depth`` counts the maps and lists around it."""
        kind = type(event)
        self._spend(event)
        if kind is AliasEvent:
            return self._aliased(event)
        if event.tag is not None or (kind is ScalarEvent and self._is_marked(event)):
            self._refuse(self._place(event), "TAG", TAG)
        if event.anchor is not None:
            return self._anchored(event, depth)
        return self._scalar(event) if kind is ScalarEvent else self._collection(event, depth)

    def _is_marked(self, event: Any) -> bool:
        """Whether a scalar has an exclamation mark alone, which the parser does not tell."""
        return self._text.startswith("!", event.start_mark.index)

    def _spend(self, event: Any) -> None:
        self._size += 1
        self._allowance.nodes -= 1
        if self._allowance.nodes < 0:
            raise LimitReached(str(Fault(self._place(event), "TOO_MANY_NODES", TOO_MANY)))

    def _scalar(self, event: Any) -> LocatedText:
        text: str = event.value
        place = self._place(event)
        self._size += len(text) // ALIASED_TEXT
        if event.style == '"' and "\\" in self._text[event.start_mark.index : event.end_mark.index]:
            refused = first_refused(text)
            if refused is not None:
                self._refuse(place, *refused)
        return LocatedText(text, place, not event.style)

    def _collection(self, event: Any, depth: int) -> LocatedMap | LocatedList:
        if depth > MAX_DEPTH:
            self._refuse(self._place(event), "TOO_DEEP", TOO_DEEP)
            raise Stopped
        return (
            self._map(event, depth)
            if type(event) is MappingStartEvent
            else self._list(event, depth)
        )

    def _list(self, event: Any, depth: int) -> LocatedList:
        made = LocatedList((), self._place(event))
        while type(event := self._next()) is not SequenceEndEvent:
            made.append(self._node(event, depth + 1))
        return made

    def _map(self, event: Any, depth: int) -> LocatedMap:
        made = LocatedMap((), self._place(event))
        while type(event := self._next()) is not MappingEndEvent:
            kind = type(event)
            is_merge = kind is ScalarEvent and event.value == "<<" and not event.style
            key = self._node(event, depth + 1)
            place = self._place(event) if kind is AliasEvent else key.place
            value = self._node(self._next(), depth + 1)
            value.key_place = place
            if is_merge:
                self._refuse(place, "MERGE_KEY", MERGE_KEY)
            elif not isinstance(key, LocatedText):
                self._refuse(place, "KEY_NOT_TEXT", KEY_NOT_TEXT)
            else:
                self._enter(made, str(key), value)
        return made

    def _enter(self, made: LocatedMap, key: str, value: Located) -> None:
        if key in made:
            self._refuse(value.key_place, "DUPLICATE_KEY", DUPLICATE_KEY, made.keys_at[key])
            _join(made[key], value)
        else:
            key = self._keys.setdefault(key, key)
            made[key] = value
            made.keys_at[key] = value.key_place

    def _anchored(self, event: Any, depth: int) -> Located:
        name, place, before = event.anchor, self._place(event), self._size
        first = self._anchored_at.setdefault(name, place)
        if first is not place:
            self._refuse(place, "ANCHOR_TWICE", ANCHOR_TWICE, first)
        value = (
            self._scalar(event) if type(event) is ScalarEvent else self._collection(event, depth)
        )
        self._anchors.setdefault(name, _Anchored(value, self._size - before + 1))
        return value

    def _aliased(self, event: Any) -> Located:
        place = self._place(event)
        anchored = self._anchors.get(event.anchor)
        if anchored is not None:
            return self._repeated(anchored, place)
        if event.anchor in self._anchored_at:  # what it names has begun and not ended
            self._refuse(place, "ALIAS_CYCLE", ALIAS_CYCLE)
        else:
            self._refuse(place, "ALIAS_UNKNOWN", ALIAS_UNKNOWN)
        return LocatedText("", place)

    def _repeated(self, anchored: _Anchored, place: Place) -> Located:
        self._size += anchored.size
        self._allowance.aliased -= anchored.size
        if self._allowance.aliased < 0:
            self._refuse(place, "ALIAS_BUDGET", ALIAS_BUDGET)
            raise Stopped
        return _again(anchored.value)

    def _place(self, event: Any) -> Place:
        mark = event.start_mark
        return Place(self._name, mark.line + 1, mark.column + 1)

    def _refuse(self, place: Place, code: str, message: str, first: Place | None = None) -> None:
        """Add a fault; ``first`` is a place that the message names."""
        if self._faults.is_full(code):
            self._faults.add_unplaced(code)
        else:
            said = message if first is None else message.format(first=place_words(first, place))
            self._faults.add(Fault(place, code, said))


def _join(first: object, second: object) -> None:
    """Add to the first of two maps behind one key what only the second holds."""
    if isinstance(first, LocatedMap) and isinstance(second, LocatedMap):
        for key in [key for key in second if key not in first]:
            first[key] = second[key]
            first.keys_at[key] = second.keys_at[key]


def _again(value: Located) -> Located:
    """Return a value once more, to stand behind another key; what is in it is shared."""
    if isinstance(value, LocatedText):
        return LocatedText(value, value.place, value.plain)
    if isinstance(value, LocatedList):
        return LocatedList(value, value.place)
    again = LocatedMap(value.items(), value.place)
    again.keys_at = dict(value.keys_at)
    return again
