"""Bundles in the fast lane: each entry is looked at as it stands in the text, and then the whole.

Taken are Bundles of the common types whose entries all have a resource and a fullUrl; the others
are left to the full lane. What stands around a resource is judged together with it, in a Bundle
that holds nothing else, once for each type of resource, each request, and each links of the Bundle.
"""

import re
from collections.abc import Callable

import msgspec
from msgspec import UNSET, Raw, UnsetType

from sharedcare.fhir.fast_lane.likeness import Lead
from sharedcare.fhir.fast_lane.varying import UUID
from sharedcare.fhir.json_texts.keys_twice import text_is_plain

#: Types of Bundle that are taken.
_TAKEN = frozenset({"transaction", "batch", "collection", "searchset"})
_SERVED = re.compile(r"https?://.*/([A-Z][A-Za-z]+)/([A-Za-z0-9\-.]{1,64})").fullmatch
_BEGINNING = re.compile(
    rb'\{"resourceType": ?"([A-Za-z]+)", ?"id": ?"([A-Za-z0-9\-.]{1,64})"'
).match
_ADDRESS = re.compile(rf"(?:https?://[!#-\[\]-~]*|{UUID})").fullmatch

#: One of so many entries may be strange and be judged alone, and some of the first; if there are
#: more, it takes less time to judge the whole.
FEW, SOME = 2, 10

#: What stood around resources that is remembered.
MAX_REMEMBERED = 2_000


class _Entry(msgspec.Struct, forbid_unknown_fields=True, gc=False):
    resource: Raw
    fullUrl: str | UnsetType = UNSET  # noqa: N815  # FHIR's name
    request: Raw | UnsetType = UNSET
    search: Raw | UnsetType = UNSET


class _Bundle(msgspec.Struct, forbid_unknown_fields=True):
    resourceType: str  # noqa: N815  # FHIR's name
    type: str
    entry: list[_Entry]
    id: Raw | UnsetType = UNSET
    meta: Raw | UnsetType = UNSET
    total: Raw | UnsetType = UNSET
    timestamp: Raw | UnsetType = UNSET
    link: Raw | UnsetType = UNSET


class _Named(msgspec.Struct):
    resourceType: str  # noqa: N815  # FHIR's name
    id: str | UnsetType = UNSET


_bundle = msgspec.json.Decoder(_Bundle).decode
_named = msgspec.json.Decoder(_Named).decode
_encode = msgspec.json.Encoder().encode

#: Tells where a resource leads, None if it is not good.
Leading = Callable[[bytes], list[Lead] | None]

#: Around a resource: type and links of the Bundle, the resource's type, request and search; and
#: whether the resource has an id.
_Around = tuple[str, bytes, str, bytes, bytes, bool]


class BundleText:
    """Looks at Bundles.

    Of a resource in its text ``alike`` tells where it leads if it looks like good ones, and
    ``judged`` if the full lane finds nothing in it, else both give None; ``judges`` tells whether
    the full lane finds nothing in a Bundle, except that references do not find their entry.
    """

    def __init__(self, alike: Leading, judged: Leading, judges: Callable[[bytes], bool]) -> None:
        self._alike = alike
        self._judged = judged
        self._judges = judges
        self._good: set[_Around] = set()

    def are_good(self, data: bytes) -> int:
        """Return how many resources a Bundle holds that is valid for certain, else 0."""
        bundle = _read(data)
        if bundle is None or bundle.type not in _TAKEN or not bundle.entry:
            return 0
        leads = self._leads_of(bundle.entry)
        if leads is None or not self._judges(_alone(bundle, bundle.entry[0])):
            return 0
        types: dict[str, str] = {}
        are_good = all(self._is_placed(bundle, entry, types) for entry in bundle.entry) and all(
            types.get(address.decode("utf-8")) in targets for address, targets in leads
        )
        return len(bundle.entry) if are_good else 0

    def learn(self, data: bytes) -> list[bytes]:
        """Remember what stands around the resources of a good Bundle; return these.

        There are none where it is unusual.
        """
        bundle = _read(data)
        if bundle is None:
            return []
        if bundle.type in _TAKEN:
            for entry in bundle.entry:
                self._remember(_around(bundle, entry, _name_of(entry.resource)))
        return [bytes(entry.resource) for entry in bundle.entry]

    def _remember(self, around: _Around) -> None:
        if len(self._good) >= MAX_REMEMBERED:
            self._good.clear()
        self._good.add(around)

    def _leads_of(self, entries: list[_Entry]) -> list[Lead] | None:
        """Return where resources lead, None where one is not good or many are strange."""
        leads: list[Lead] = []
        strange = 0
        for place, entry in enumerate(entries):
            resource = bytes(entry.resource)
            found = self._alike(resource)
            if found is None:
                strange += 1
                found = self._judged(resource) if strange * FEW <= SOME + place else None
            if found is None:
                return None
            leads += found
        return leads

    def _is_placed(self, bundle: _Bundle, entry: _Entry, types: dict[str, str]) -> bool:
        """Whether what stands around a resource is good; its address is noted."""
        named = _name_of(entry.resource)
        around = _around(bundle, entry, named)
        if around not in self._good:
            if not self._judges(_alone(bundle, entry)):
                return False
            self._remember(around)
        return entry.fullUrl is not UNSET and _is_named(entry.fullUrl, named, types)


def _read(data: bytes) -> _Bundle | None:
    try:
        bundle = _bundle(data)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        return None
    return bundle if text_is_plain(data, _encode(bundle)) else None


def _name_of(resource: Raw) -> _Named:
    """Return the type of a good resource, and its id, with which most begin."""
    found = _BEGINNING(resource)
    if found is None:
        return _named(resource)
    return _Named(found[1].decode(), found[2].decode())


def _is_named(address: str, named: _Named, types: dict[str, str]) -> bool:
    """Whether the address of an entry is its own and fits its resource; it is noted."""
    if address in types or "/_history/" in address or not _ADDRESS(address):
        return False
    types[address] = named.resourceType
    served = None if address.startswith("urn:") else _SERVED(address)
    return served is None or (served[1], served[2]) == (named.resourceType, named.id)


def _around(bundle: _Bundle, entry: _Entry, named: _Named) -> _Around:
    """Return all that is asked of an entry and not of its resource alone, but for its address."""
    texts = _text(entry.request), _text(entry.search)
    return (bundle.type, _text(bundle.link), named.resourceType, *texts, named.id is not UNSET)


def _alone(bundle: _Bundle, entry: _Entry) -> bytes:
    """Return a Bundle that holds one entry alone."""
    return _encode(msgspec.structs.replace(bundle, entry=[entry]))


def _text(data: Raw | UnsetType) -> bytes:
    return b"" if isinstance(data, UnsetType) else bytes(data)
