"""The fast lane: tells of most valid resources that they are, in about the time of reading them.

It knows none of the rules. It learns what good resources look like from those in which the full
lane found nothing (``likeness``), and accepts what looks the same; of what it does not accept it
says nothing. A new rule of the full lane holds here too, unless it asks more than before of what
may vary between resources that are alike (``varying``), or asks something of elements together:
such a rule belongs to a type's family (``resources``), and types with a family are not learnt
unless ``making`` names all the checks of it.
"""

from collections import Counter
from collections.abc import Callable, Iterator
from decimal import Decimal
from typing import Any

import msgspec

from sharedcare.fhir.definitions import Definitions
from sharedcare.fhir.elements import check_root
from sharedcare.fhir.fast_lane.bundle_text import BundleText
from sharedcare.fhir.fast_lane.likeness import Key, Lead, Met, New
from sharedcare.fhir.fast_lane.making import SPACED, learn, link
from sharedcare.fhir.fast_lane.tokens import Likenesses, Unlike
from sharedcare.fhir.json_texts.quickly import read_quickly
from sharedcare.fhir.primitives import MAX_STRING
from sharedcare.fhir.references import is_urn, leads_to
from sharedcare.fhir.walk import Scope, Walk

#: Bytes of resources with the same keys after which a likeness is made of one: the full lane takes
#: about as long for ten times as many. How often the keys have to be met at least.
WORTH_A_LIKENESS = 5_000
SIGHTINGS = 3

#: A likeness has paid when so many resources were accepted; until then the next waits longer.
PAID_AFTER = 8
#: So many of any type count as one of the type itself.
AS_ONE = 4

#: Forms and links in all, how long a resource may be that is learnt, and sets of keys counted.
MAX_PARTS = 5_000
MAX_LENGTH = 30_000
MAX_COUNTED = 5_000

#: Bundles in a row that are not accepted, after which one of so many is looked at: most of what it
#: takes to judge their entries one by one is lost where one of them is strange.
PATIENCE, NOW_AND_THEN = 4, 8

#: Bytes of slices that are kept in all, and of those that are kept together.
MAX_KEPT = 20_000_000
MAX_KEPT_OF_ONE = 4_000
_OVERHEAD = 60  # of an object of bytes

_COMPACT = b'{"resourceType":"'
_BUNDLES = (_COMPACT + b'Bundle"', SPACED + b'Bundle"')
_BACKSLASH = b"\\"

#: What all elements depend on.
_OF_ALL = ("resourceType", "language")
#: What a Bundle of one entry lacks.
_NOT_THERE = frozenset({"bundle-reference", "bundle-part"})

_decode_numbers = msgspec.json.Decoder(float_hook=Decimal).decode
_items = msgspec.json.Decoder(list[msgspec.Raw]).decode
_members = msgspec.json.Decoder(dict[str, msgspec.Raw]).decode

#: Makes a likeness of a resource; raises Unlike where it cannot.
Make = Callable[[Likenesses, Definitions, bytes], None]


class FastLane:
    """Accepts resources that look like good ones; each thread needs its own.

    ``worth`` says after how many bytes something is worth learning, ``patience`` after how many
    Bundles in a row that were not accepted most are passed by.
    """

    def __init__(
        self, definitions: Definitions, worth: int = WORTH_A_LIKENESS, patience: int = PATIENCE
    ) -> None:
        self._definitions = definitions
        self._worth = worth
        self._patience = patience
        self._likenesses = Likenesses(MAX_PARTS)
        self._credit: Counter[tuple[bytes, frozenset[str]]] = Counter()
        self._bundles = BundleText(self._alike, self._judged, self._judges)
        self._met = Met()
        self._unlike = b""  # what was looked at last and had no likeness
        self._room = MAX_KEPT
        self._accepted = 0
        self._refused = 0  # Bundles in a row
        self._looks_at_bundles = True

    def accepts(self, data: bytes) -> bool:
        """Whether a resource is valid for certain."""
        if data.startswith(_BUNDLES):
            accepted = self._accepted_of_bundle(data)
        else:
            accepted = self._is_known(data)
        self._accepted += accepted
        return accepted > 0

    def _accepted_of_bundle(self, data: bytes) -> int:
        """Return how many resources a Bundle holds that is valid for certain, else 0."""
        self._looks_at_bundles = self._refused < self._patience or self._refused % NOW_AND_THEN == 0
        accepted = self._bundles.are_good(data) if self._looks_at_bundles else 0
        self._refused = 0 if accepted else self._refused + 1
        return accepted

    def learn(self, data: bytes) -> None:
        """Learn what a resource looks like in which the full lane found nothing."""
        if data.startswith(_BUNDLES):
            for resource in self._bundles.learn(data) if self._looks_at_bundles else ():
                self.learn(resource)
        elif len(data) <= MAX_LENGTH and data.startswith((_COMPACT, SPACED)):
            if data is not self._unlike and self._is_alike(data):
                self._keep(self._met.new)
            elif not self._is_of_known(data) and self._is_worth_it(data):
                self._is_made(learn, data)

    def _is_worth_it(self, data: bytes) -> bool:
        """Whether enough was met that has the keys of a resource; it is counted."""
        place = _place(data)
        try:
            looks = (place, frozenset(_members(data)))
        except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
            return False
        if len(self._credit) >= MAX_COUNTED:
            self._credit.clear()
        alike = self._likenesses.at(place)
        unpaid = _unpaid(self._likenesses.made(), self._accepted) // AS_ONE
        unpaid += 1 if alike is None else _unpaid(alike.made, alike.accepted)
        self._credit[looks] += min(len(data), self._worth // SIGHTINGS + 1)
        if self._credit[looks] < self._worth * (1 + unpaid):
            return False
        self._credit[looks] = 0
        return True

    def _is_of_known(self, data: bytes) -> bool:
        """Whether all elements of a resource are in forms that are known; it is learnt then."""
        return self._likenesses.at(_place(data)) is not None and self._is_made(link, data)

    def _is_made(self, make: Make, data: bytes) -> bool:
        """Whether a likeness of a resource can be made."""
        try:
            make(self._likenesses, self._definitions, data)
        except (Unlike, msgspec.DecodeError, UnicodeDecodeError, RecursionError):
            return False
        self._unlike = b""
        if self._is_alike(data):
            self._keep(self._met.new)
        return True

    def _is_known(self, data: bytes) -> bool:
        """Whether a resource looks like good ones, and what is new in it is good too."""
        return self._is_alike(data) and (not self._met.new or self._are_good(data, self._met.new))

    def _is_alike(self, data: bytes) -> bool:
        """Whether a resource has a likeness; what was met in it is in ``_met`` then."""
        self._met.new.clear()
        alike = self._likenesses.at(_place(data))
        if alike is None or len(data) > MAX_STRING:
            self._unlike = data
            return False
        try:
            if not data.isascii():
                data.decode("utf-8")
            is_alike = alike.is_like(data, self._met)
        except (UnicodeDecodeError, IndexError, msgspec.DecodeError):
            is_alike = False
        if not is_alike:
            self._unlike = data
        return is_alike

    def _are_good(self, data: bytes, new: list[New]) -> bool:
        """Ask the full lane of nothing but the elements that hold what is new, and keep that."""
        members: dict[str, list[bytes]] = {}
        for _, key, member in new:
            members.setdefault(member, []).extend(_slices(key))
        if "" in members or any(_BACKSLASH in one for found in members.values() for one in found):
            return False
        try:
            texts = _members(data)
            looked_at = {key: _decode_numbers(texts[key]) for key in _OF_ALL if key in texts}
            looked_at |= {key: _holding(slices, texts[key]) for key, slices in members.items()}
        except (msgspec.DecodeError, UnicodeDecodeError):
            return False
        walk = Walk(self._definitions)
        check_root(walk, looked_at)
        if any(fault.pointer is not None for fault in walk.faults):  # others tell what is missing
            return False
        self._keep(new)
        return True

    def _keep(self, new: list[New]) -> None:
        """Keep slices that were good; without escapes, so that they end where they seem to."""
        for good, key, _ in new:
            slices = list(_slices(key))
            size = sum(map(len, slices))
            if size > MAX_KEPT_OF_ONE or any(_BACKSLASH in one for one in slices):
                continue
            self._room -= size + _OVERHEAD * len(slices)
            if self._room < 0:
                self._likenesses.forget()
                self._room = MAX_KEPT
            good.add(key)

    # ── What Bundles ask ──────────────────────────────────────────────────────────────────────────

    def _alike(self, data: bytes) -> list[Lead] | None:
        """Return where a resource leads within its Bundle if it is known for good."""
        met = self._met
        met.leads = []
        met.wants_leads = True
        is_known = self._is_known(data)
        met.wants_leads = False
        return met.leads if is_known else None

    def _judged(self, data: bytes) -> list[Lead] | None:
        """Return where a resource leads within its Bundle if the full lane finds nothing in it.

        One with others in it, such as a Bundle, is left to the full lane.
        """
        scope, walk = self._walked(data)
        if scope is None or walk.faults or walk.claims_core_profile or scope.entries:
            return None
        self.learn(data)
        return _leads(scope, self._definitions)

    def _judges(self, data: bytes) -> bool:
        """Whether the full lane finds nothing in a Bundle, except that something is not in it."""
        scope, walk = self._walked(data)
        is_good = all(fault.rule in _NOT_THERE for fault in walk.faults)
        return scope is not None and is_good and not walk.claims_core_profile

    def _walked(self, data: bytes) -> tuple[Scope | None, Walk]:
        """Let the full lane look at a resource."""
        walk = Walk(self._definitions)
        text = read_quickly(data)
        is_read = text.is_readable and not text.faults
        return check_root(walk, text.value) if is_read else None, walk


def _unpaid(made: int, accepted: int) -> int:
    """Return how many likenesses have not paid."""
    return max(0, made - accepted // PAID_AFTER)


def _holding(slices: list[bytes], text: msgspec.Raw) -> Any:
    """Return the value of an element, of a list the objects alone that hold some slices."""
    if not bytes(text).startswith(b"["):
        return _decode_numbers(text)
    return [
        _decode_numbers(one) for one in _items(text) if any(found in bytes(one) for found in slices)
    ]


def _place(data: bytes) -> bytes:
    """Name the place of a resource by how it begins: with its type, if it is one that is taken."""
    return data[: data.find(b'"', len(SPACED))]


def _slices(key: Key) -> Iterator[bytes]:
    if isinstance(key, bytes):
        yield key
    elif isinstance(key, tuple):
        for inner in key:
            yield from _slices(inner)


def _leads(scope: Scope, definitions: Definitions) -> list[Lead]:
    """Return the addresses in a resource and what it contains that have a meaning in a Bundle."""
    return [
        (leads_to(one).encode(), frozenset(one.element.targets) or definitions.resource_types)
        for found in (scope, *scope.contained.values())
        for one in found.references
        if is_urn(leads_to(one))
    ]
