"""Bundles: fullUrls, references between entries, documents and messages; in linear time."""

import re
from collections import deque
from collections.abc import Iterator
from functools import cached_property

from sharedcare.fhir.objects import objects_at
from sharedcare.fhir.references import check_target_type, is_urn, leads_to
from sharedcare.fhir.search_bundles import check_found, check_links, sought_types
from sharedcare.fhir.walk import Json, Pointer, Reference, Scope

_ID = r"[A-Za-z0-9\-.]{1,64}"
_SERVED = re.compile(rf"https?://.*/(?P<type>[A-Z][A-Za-z]+)/(?P<id>{_ID})")
_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.\-]*:")
_IN_NARRATIVE = re.compile(r"\b(?:href|src)=[\"']([^\"']*)[\"']")

#: In these a server may not know yet how a resource will be called.
_WITHOUT_FULL_URL = frozenset({"transaction", "transaction-response", "batch", "batch-response"})
#: What entries have a request, and a response, in.
_WITH_REQUEST = frozenset({"batch", "transaction", "history"})
_WITH_RESPONSE = frozenset({"batch-response", "transaction-response", "history"})
#: A server takes these as a whole: what a URN leads to has to be there. Others may be parts.
_WHOLE = frozenset({"transaction", "batch"})
#: These gather copies; official examples let the ids of theirs differ from where they came from.
_OF_COPIES = frozenset({"message", "collection"})
#: What the first entry is in Bundles that begin with one.
_FIRST = {"document": "Composition", "message": "MessageHeader"}
#: Elements of a MessageHeader and a Composition that lead to entries of the same Bundle.
INSIDE = {
    "Composition": frozenset(
        {"subject", "encounter", "author", "party", "custodian", "detail", "entry", "focus"}
    ),
    "MessageHeader": frozenset({"focus"}),
}


class Index:
    """The entries of a Bundle by every name that a reference may have for them."""

    def __init__(self, entries: list[tuple[str, Scope]]) -> None:
        self._entries = entries

    @cached_property
    def _found(self) -> dict[str, Scope]:
        found: dict[str, Scope] = {}
        for full_url, scope in self._entries:
            for name in _names(full_url, scope):
                found.setdefault(name, scope)
        return found

    def get(self, address: str) -> Scope | None:
        """Return the entry that an address leads to, None where it leads out of the Bundle."""
        plain = address.partition("/_history/")[0].partition("#")[0]
        return self._found.get(plain)


def check_bundle(scope: Scope) -> None:
    """Check a Bundle after its entries."""
    check_links(scope)
    entries = scope.resource.get("entry")
    if entries is None and str(scope.resource.get("type")) in _FIRST:
        scope.walk.add("bundle-no-entry", scope.pointer)
    if not isinstance(entries, list):
        return
    _check_shape(scope, entries)
    by_pointer = {id(found.resource): found for found in scope.entries}
    pairs: list[tuple[str, Scope]] = []
    sought, kind = sought_types(scope), str(scope.resource.get("type"))
    for position, entry in enumerate(entries):
        if isinstance(entry, dict):
            pointer = ((scope.pointer, "entry"), position)
            resource = entry.get("resource")
            found = by_pointer.get(id(resource)) if isinstance(resource, dict) else None
            full_url = entry.get("fullUrl")
            _check_full_url(scope, found, full_url, pointer)
            if full_url is None and found is not None and kind in _WHOLE:
                _check_needed(found, pointer)
            _check_mode(scope, found, entry, pointer)
            if found is not None:
                check_found(scope, found, entry, pointer, sought)
                pairs.append((full_url if isinstance(full_url, str) else "", found))
    index = Index(pairs)
    for _, found in pairs:
        _check_inside(index, found, kind in _WHOLE)
    _check_first(scope, index, [found for _, found in pairs])


def _check_shape(bundle: Scope, entries: list[object]) -> None:
    """Check the invariants that ask the same of every entry, in one pass over them."""
    kind = str(bundle.resource.get("type"))
    broken: dict[str, None] = {}
    seen: set[tuple[str, str]] = set()
    for position, entry in enumerate(entries):
        if not isinstance(entry, dict):
            continue
        if "search" in entry and kind != "searchset":
            broken["bdl-2"] = None
        if ("request" in entry) is not (kind in _WITH_REQUEST):
            broken["bdl-3"] = None
        if ("response" in entry) is not (kind in _WITH_RESPONSE):
            broken["bdl-4"] = None
        full_url = entry.get("fullUrl")
        if isinstance(full_url, str):
            name = (full_url, _version(entry.get("resource")))
            if name in seen and kind != "history":
                broken["bdl-7"] = None
            seen.add(name)
            if "/_history/" in full_url:
                bundle.walk.add_invariant("bdl-8", ((bundle.pointer, "entry"), position))
    for rule in broken:
        bundle.walk.add_invariant(rule, bundle.pointer)


def _version(resource: object) -> str:
    """The version that a resource tells of itself, empty where it tells none."""
    meta = resource.get("meta") if isinstance(resource, dict) else None
    return str(meta.get("versionId", "")) if isinstance(meta, dict) else ""


def _names(full_url: str, scope: Scope) -> Iterator[str]:
    name = scope.resource.get("id")
    if full_url:
        yield full_url
        if served := _SERVED.fullmatch(full_url):
            yield f"{served['type']}/{served['id']}"
    if isinstance(name, str):
        yield f"{scope.type}/{name}"


def _check_mode(bundle: Scope, found: Scope | None, entry: Json, pointer: Pointer) -> None:
    """Check that the mode of what a search found is of an outcome where it is one."""
    search = entry.get("search")
    mode = search.get("mode") if isinstance(search, dict) else None
    if found is not None and mode == "outcome" and found.type != "OperationOutcome":
        bundle.walk.add("bundle-search-mode", ((pointer, "search"), "mode"))


def _check_full_url(bundle: Scope, found: Scope | None, full_url: object, pointer: Pointer) -> None:
    kind = str(bundle.resource.get("type"))
    if full_url is None:
        is_outcome = found is None or found.type == "OperationOutcome"
        if not is_outcome and kind not in _WITHOUT_FULL_URL:
            bundle.walk.add("bundle-full-url-missing", pointer)
        return
    if not isinstance(full_url, str):
        return
    place = (pointer, "fullUrl")
    if not _SCHEME.match(full_url):
        bundle.walk.add("bundle-full-url", place)
    elif found is None or _ends_as_it_should(full_url, found):
        return
    elif served := _SERVED.fullmatch(full_url):
        _check_served(found, served, place, kind in _OF_COPIES)


def _check_needed(found: Scope, pointer: Pointer) -> None:
    """Check that a resource without an address refers to nothing outside: where that is depends."""
    addresses = map(leads_to, _all_references(found))
    if any(address and not address.startswith("#") for address in addresses):
        found.walk.add("bundle-full-url-needed", pointer)


def _ends_as_it_should(full_url: str, found: Scope) -> bool:
    """Whether an address ends in the type and id of its resource, as most do."""
    name = found.resource.get("id")
    return type(name) is str and "/" not in name and full_url.endswith(f"/{found.type}/{name}")


def _check_served(found: Scope, served: re.Match[str], place: Pointer, is_copy: bool) -> None:
    """Check that the address of a resource on a server ends in its type and id."""
    if served["type"] not in found.walk.definitions.resource_types:
        return
    name = found.resource.get("id")
    if served["type"] != found.type:
        found.walk.add("bundle-full-url-type", place)
    elif name is None:
        found.walk.add("bundle-full-url-no-id", place)
    elif isinstance(name, str) and name != served["id"]:
        found.walk.add("bundle-copy-id" if is_copy else "bundle-full-url-id", place)


def _all_references(scope: Scope) -> Iterator[Reference]:
    """Go through the references of an entry, of what it contains and of what lies in it."""
    yield from scope.references
    for found in scope.contained.values():
        yield from found.references
    if scope.type != "Bundle":
        for found in scope.entries:
            yield from _all_references(found)


def _check_inside(index: Index, entry: Scope, is_whole: bool) -> None:
    """Check that what has a meaning only in the Bundle leads to one of its entries."""
    for reference in _all_references(entry):
        address = leads_to(reference)
        if not is_urn(address):
            continue
        found = index.get(address)
        if found is None:
            rule = "bundle-reference" if is_whole else "bundle-part"
            entry.walk.add(rule, (reference.pointer, "reference"))
        else:
            check_target_type(entry, reference, found.type)


def _check_first(bundle: Scope, index: Index, entries: list[Scope]) -> None:
    """Check that the Composition or MessageHeader finds what it is about in the Bundle."""
    wanted = _FIRST.get(str(bundle.resource.get("type")))
    if not entries or wanted is None or entries[0].type != wanted:
        return
    for reference in entries[0].references:
        address = leads_to(reference)
        inside = reference.element.name in INSIDE[wanted] and not address.startswith("#")
        if address and inside and not is_urn(address) and index.get(address) is None:
            bundle.walk.add("bundle-document-reference", (reference.pointer, "reference"))
    if wanted == "Composition":
        _check_reachable(bundle, index, entries)


def _check_reachable(bundle: Scope, index: Index, entries: list[Scope]) -> None:
    """Tell of entries that no path of references, in either direction, joins to the first.

    What a link of the Bundle or of a narrative leads to, such as a style sheet, is joined as well.
    """
    joined: dict[int, list[Scope]] = {id(entry): [] for entry in entries}
    for entry in entries:
        for reference in _all_references(entry):
            found = index.get(leads_to(reference))
            if found is not None:
                joined[id(entry)].append(found)
                joined[id(found)].append(entry)
    seen = {id(entries[0])}
    waiting = deque([entries[0]])
    while waiting:
        for found in joined[id(waiting.popleft())]:
            if id(found) not in seen:
                seen.add(id(found))
                waiting.append(found)
    apart = [entry for entry in entries if id(entry) not in seen]
    linked = {id(index.get(address)) for address in _links(bundle, entries)} if apart else set()
    for entry in apart:
        if id(entry) not in linked:
            entry.walk.add("bundle-unreachable", entry.pointer)


def _links(bundle: Scope, entries: list[Scope]) -> Iterator[str]:
    """Go through the addresses of the links of a Bundle, and of those in narratives of entries."""
    for link, _ in objects_at(bundle.resource, "link", bundle.pointer):
        yield str(link.get("url"))
    for entry in entries:
        text = entry.resource.get("text")
        if isinstance(text, dict):
            yield from _IN_NARRATIVE.findall(str(text.get("div")))
