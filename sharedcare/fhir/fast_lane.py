"""The fast lane: tells of most valid resources that they are, in about the time of reading them.

What it accepts has no issue in the full lane; of what it does not accept it says nothing. It reads
the text into structures of the definitions (``structs``) and asks the text itself for what a reader
passes over: keys that stand twice, and texts, arrays and objects with nothing in them.
"""

import re
from collections import Counter
from collections.abc import Callable
from typing import Annotated, Any

import msgspec
from msgspec import UNSET

from sharedcare.fhir.definitions import Definitions
from sharedcare.fhir.fast_text import text_is_plain
from sharedcare.fhir.resources import FAMILIES
from sharedcare.fhir.struct_slices import Met
from sharedcare.fhir.structs import Structs

_match_type = re.compile(rb'\{\s*"resourceType":\s*"([A-Za-z]{1,60})"').match
_LOCAL = b"#"
_SERVED = re.compile(r"https?://.*/([A-Z][A-Za-z]+)/([A-Za-z0-9\-.]{1,64})")

#: Bundles of other types go to the full lane; of these, whether entries have a request.
_BUNDLES = {"transaction": True, "batch": True, "collection": False, "searchset": False}

#: Of these the full lane asks more than their structures can tell.
_FULL_LANE_ALONE = FAMILIES.keys() - {"Bundle", "Observation", "QuestionnaireResponse"}

#: Types that cannot contain resources as others do.
_NAMES_OF_WHOLES = frozenset({"Bundle", "Parameters", "Binary"})
_WHOLES = frozenset(name.encode("ascii") for name in _NAMES_OF_WHOLES)

#: Bundles inside each other; more are left to the full lane.
MAX_BUNDLES_DEEP = 3

_encode = msgspec.json.Encoder().encode
Decoders = dict[bytes, Callable[[bytes], Any]]


class _Typed(msgspec.Struct):
    """Any resource, of which nothing but the type is read; some writers do not tell it first."""

    resourceType: Annotated[str, msgspec.Meta(pattern=r"\A[A-Za-z]+\Z")]  # noqa: N815  # FHIR's name


_peek = msgspec.json.Decoder(_Typed).decode


class FastLane:
    """Accepts resources; made once, it makes the structures of each type when it meets it.

    The structures of a type are made when more than ``worth`` bytes of it were met, since making
    them takes as long as the full lane does for some resources. Each thread needs its own.
    """

    def __init__(self, definitions: Definitions, worth: int = 0) -> None:
        self._definitions = definitions
        self._worth = worth
        self._seen: Counter[bytes] = Counter()
        self._met: Met = []
        self._alone = Structs(definitions)
        self._noting = Structs(definitions, self._met)
        self._decoders: tuple[Decoders, Decoders] = ({}, {})

    def accepts(self, data: bytes) -> bool:
        """Whether a resource is valid for certain."""
        found = _match_type(data)
        noting = _LOCAL in data
        try:
            name = found[1] if found is not None else _peek(data).resourceType.encode("ascii")
            decode = self._decoders[noting].get(name)
            if decode is None and not self._is_worth_it(name, len(data)):
                return False
            if noting or decode is None or name in _WHOLES:
                made = self._made(data, noting)
                return made is not None and self._holds_together(made)
            made = decode(data)
            written = _encode(made)
            if len(written) != len(data) and not text_is_plain(data, written):
                return False
            # Nothing refers to what is contained, so nothing may be.
            return made.contained is UNSET
        except (msgspec.DecodeError, UnicodeError, RecursionError):
            return False

    def _is_worth_it(self, name: bytes, length: int) -> bool:
        """Whether enough of a type was met to make its structures."""
        self._seen[name] += length
        return self._seen[name] > self._worth

    def _made(self, data: bytes, noting: bool) -> Any:
        """Return a resource as a structure, None where it is none that the lane can take.

        Raises DecodeError where it is no such structure.
        """
        found = _match_type(data)
        name = found[1] if found is not None else _peek(data).resourceType.encode("ascii")
        decode = self._decoders[noting].get(name) or self._decoder(name, noting)
        if decode is None:
            return None
        self._met.clear()
        made = decode(data)
        return made if text_is_plain(data, _encode(made)) else None

    def _decoder(self, key: bytes, noting: bool) -> Callable[[bytes], Any] | None:
        """Make the decoder of a type, None where it has to be left to the full lane."""
        name = key.decode("ascii")
        if name not in self._definitions.resource_types or name in _FULL_LANE_ALONE:
            return None
        structs = self._noting if noting else self._alone
        made = self._decoders[noting][key] = structs.decoder(name)
        return made

    def _holds_together(self, made: Any) -> bool:
        """Whether what a resource holds as a whole is good: what it contains, its entries."""
        if made.resource_type not in _NAMES_OF_WHOLES:
            return self._contained_is_good(made)
        return self._whole_is_good(made)

    def _whole_is_good(self, made: Any) -> bool:
        """Whether a resource that holds others is good."""
        if made.resource_type == "Bundle":
            return self._bundle_is_good(made)
        if made.resource_type == "Parameters":
            return not any(map(_has_resource, made.parameter or ()))
        return True

    def _contained_is_good(self, made: Any) -> bool:
        """Whether what is contained is referred to, and nothing else is."""
        contained = getattr(made, "contained", UNSET)
        met = [one for one in self._met if one[1].startswith("#")]
        if contained is UNSET or made.resource_type == "QuestionnaireResponse":
            return contained is UNSET and not met
        types: dict[str, str] = {}
        for raw in contained:
            one = self._made(bytes(raw), noting=True)
            if one is None or not _may_be_contained(one) or f"#{one.id}" in types:
                return False
            types[f"#{one.id}"] = one.resource_type
            met += [one for one in self._met if one[1].startswith("#")]
        return {address for _, address in met} == types.keys() and all(
            not targets or types[address] in targets for targets, address in met
        )

    def _bundle_is_good(self, bundle: Any, depth: int = 0) -> bool:
        """Whether entries are named, and find each other."""
        has_requests = _BUNDLES.get(bundle.type)
        if has_requests is None or (bundle.total is not UNSET and bundle.type != "searchset"):
            return False
        types: dict[str, str] = {}
        met: Met = []
        for entry in bundle.entry or ():
            if entry.resource is UNSET or not _entry_is_plain(entry, bundle.type, has_requests):
                return False
            made = self._made(bytes(entry.resource), noting=True)
            if made is None or made.resource_type == "Parameters" or depth == MAX_BUNDLES_DEEP:
                return False
            met += [one for one in self._met if one[1].startswith("urn:")]
            is_bundle = made.resource_type == "Bundle"
            is_good = (
                self._bundle_is_good(made, depth + 1)
                if is_bundle
                else self._contained_is_good(made)
            )
            if not is_good or not _is_named(entry, made, types):
                return False
        return all(
            address in types and (not targets or types[address] in targets)
            for targets, address in met
        )


def _may_be_contained(made: Any) -> bool:
    """Whether a contained resource has an id, contains nothing and has no metadata."""
    if made.id is UNSET or getattr(made, "contained", UNSET) is not UNSET:
        return False
    return made.meta is UNSET and made.resource_type not in {"Bundle", "Parameters"}


def _has_resource(parameter: Any) -> bool:
    """Whether a parameter or a part of it holds a resource."""
    if parameter.resource is not UNSET:
        return True
    return any(map(_has_resource, getattr(parameter, "part", ()) or ()))


def _entry_is_plain(entry: Any, bundle_type: str, has_request: bool) -> bool:
    """Whether an entry has what entries of its Bundle have, and nothing that others have."""
    return (
        (entry.request is not UNSET) is has_request
        and entry.response is UNSET
        and (entry.search is UNSET or bundle_type == "searchset")
        and (entry.fullUrl is not UNSET or has_request)
    )


def _is_named(entry: Any, made: Any, types: dict[str, str]) -> bool:
    """Whether the address of an entry is its own and fits its resource; it is noted."""
    address: Any = entry.fullUrl
    if address is UNSET:
        return True
    if address in types or "/_history/" in address:
        return False
    types[address] = made.resource_type
    if address.startswith("urn:uuid:"):
        return True
    served = _SERVED.fullmatch(address)
    if served is None:  # no address of a server: it is only a name
        return bool(address.startswith(("http://", "https://")))
    return bool((served[1], served[2]) == (made.resource_type, made.id))
