"""Bundles in the fast lane: each entry is looked at as it stands in the text, and then the whole.

Taken are Bundles of the common types whose entries all have a resource; the others are left to the
full lane. What stands around a resource is judged together with it, in a Bundle that holds nothing
else, once for each type of resource and each request.
"""

import re
from collections.abc import Callable

import msgspec
from msgspec import UNSET, Raw, UnsetType

from sharedcare.fhir.fast_text import text_is_plain
from sharedcare.fhir.likeness import Lead
from sharedcare.fhir.varying import UUID

#: Types of Bundle that are taken.
_TAKEN = frozenset({"transaction", "batch", "collection", "searchset"})
#: In these an entry may do without a fullUrl.
_WITHOUT_FULL_URL = frozenset({"transaction", "batch"})
_SERVED = re.compile(r"https?://.*/([A-Z][A-Za-z]+)/([A-Za-z0-9\-.]{1,64})").fullmatch
_ADDRESS = re.compile(rf"(?:https?://[!#-\[\]-~]*|{UUID})").fullmatch

#: One of so many entries may be strange and be judged alone; if there are more, it takes less time
#: to judge the whole.
FEW = 2

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

#: Around a resource: the type of the Bundle and of the resource, request and search.
_Around = tuple[str, str, bytes, bytes]


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

    def is_good(self, data: bytes) -> bool:
        """Whether a Bundle is valid for certain."""
        bundle = _read(data)
        if bundle is None or bundle.type not in _TAKEN or not bundle.entry:
            return False
        leads = self._leads_of(bundle.entry)
        if leads is None or not self._judges(_alone(bundle, bundle.entry[0])):
            return False
        types: dict[str, str] = {}
        return all(self._is_placed(bundle, entry, types) for entry in bundle.entry) and all(
            types.get(address.decode("utf-8")) in targets for address, targets in leads
        )

    def _leads_of(self, entries: list[_Entry]) -> list[Lead] | None:
        """Return where resources lead, None where one is not good or many are strange."""
        leads: list[Lead] = []
        strange: list[bytes] = []
        for entry in entries:
            resource = bytes(entry.resource)
            found = self._alike(resource)
            if found is None:
                strange.append(resource)
            else:
                leads += found
        if len(strange) * FEW > len(entries):
            return None
        for resource in strange:
            found = self._judged(resource)
            if found is None:
                return None
            leads += found
        return leads

    def _is_placed(self, bundle: _Bundle, entry: _Entry, types: dict[str, str]) -> bool:
        """Whether what stands around a resource is good; its address is noted."""
        named = _named(entry.resource)
        around = (bundle.type, named.resourceType, _text(entry.request), _text(entry.search))
        if around not in self._good:
            if not self._judges(_alone(bundle, entry)):
                return False
            if len(self._good) >= MAX_REMEMBERED:
                self._good.clear()
            self._good.add(around)
        if entry.fullUrl is UNSET:
            return bundle.type in _WITHOUT_FULL_URL
        return _is_named(entry.fullUrl, named, types)


def resources_in(data: bytes) -> list[bytes]:
    """Return the resources of a Bundle as they stand in its text; none where it is unusual."""
    bundle = _read(data)
    return [] if bundle is None else [bytes(entry.resource) for entry in bundle.entry]


def _read(data: bytes) -> _Bundle | None:
    try:
        bundle = _bundle(data)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        return None
    return bundle if text_is_plain(data, _encode(bundle)) else None


def _is_named(address: str, named: _Named, types: dict[str, str]) -> bool:
    """Whether the address of an entry is its own and fits its resource; it is noted."""
    if address in types or "/_history/" in address or not _ADDRESS(address):
        return False
    types[address] = named.resourceType
    served = _SERVED(address)
    return served is None or (served[1], served[2]) == (named.resourceType, named.id)


def _alone(bundle: _Bundle, entry: _Entry) -> bytes:
    """Return a Bundle that holds one entry alone."""
    return _encode(msgspec.structs.replace(bundle, entry=[entry]))


def _text(data: Raw | UnsetType) -> bytes:
    return b"" if isinstance(data, UnsetType) else bytes(data)
