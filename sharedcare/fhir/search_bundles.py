"""Bundles that a search gave: its links, and what was found against what was sought.

Source: https://hl7.org/fhir/R4/bundle.html#searchset and https://hl7.org/fhir/R4/search.html.
"""

from urllib.parse import parse_qs, urlsplit

from sharedcare.fhir.objects import objects_at
from sharedcare.fhir.walk import Json, Pointer, Scope

#: Links that lead to one place each, by https://hl7.org/fhir/R4/http.html#paging.
_SINGLE = frozenset({"self", "first", "previous", "next", "last"})

#: Links from one page to others, and the types of Bundle that have pages.
_OF_PAGES = ("first", "previous", "next", "last")
_WITH_PAGES = frozenset({"searchset", "history"})

#: Modes of what a server had already, and so by an id.
_FOUND = frozenset({"match", "include"})


def check_links(bundle: Scope) -> None:
    """Check that links of which each says where one thing is are there once at most, and where."""
    seen: set[str] = set()
    has_pages = str(bundle.resource.get("type")) in _WITH_PAGES
    for one, place in objects_at(bundle.resource, "link", bundle.pointer):
        relation = one.get("relation")
        if relation in _OF_PAGES and not has_pages:
            bundle.walk.add("bundle-link-page", (place, "relation"))
        if isinstance(relation, str) and relation in _SINGLE and relation in seen:
            bundle.walk.add("bundle-link", (place, "relation"))
        seen.add(str(relation))


def sought_types(bundle: Scope) -> frozenset[str]:
    """Return the types that a search was for by its self link, none where that does not say."""
    if bundle.resource.get("type") != "searchset":
        return frozenset()
    for one, _ in objects_at(bundle.resource, "link", bundle.pointer):
        if one.get("relation") == "self" and isinstance(one.get("url"), str):
            return _types_in(bundle, str(one["url"]))
    return frozenset()


def _types_in(bundle: Scope, address: str) -> frozenset[str]:
    known = bundle.walk.definitions.resource_types
    try:
        parts = urlsplit(address)
        asked = parse_qs(parts.query, max_num_fields=1000).get("_type", [])
    except ValueError:  # no address, or more than anybody asks for
        return frozenset()
    last = parts.path.removesuffix("/_search").rpartition("/")[2]
    named = {last} if last in known else {name for text in asked for name in text.split(",")}
    return frozenset(named) if named <= known else frozenset()


def check_found(
    bundle: Scope, found: Scope, entry: Json, pointer: Pointer, sought: frozenset[str]
) -> None:
    """Check that what a search found has an id, and that what matches is of a type sought."""
    if bundle.resource.get("type") != "searchset" or found.type == "OperationOutcome":
        return
    search = entry.get("search")
    mode = search.get("mode") if isinstance(search, dict) else None
    place = (pointer, "resource")
    if str(mode) in _FOUND and "id" not in found.resource:
        bundle.walk.add("bundle-search-id", place)
    if mode == "match" and sought and found.type not in sought:
        bundle.walk.add("bundle-search-type", place)
