"""Whether links of a narrative find their place elsewhere in the document: ids of elements."""

import re
from typing import Any

from sharedcare.fhir.narratives.narrative import open_links
from sharedcare.fhir.walk import Json, Scope

_NAMED = re.compile(r"\s(?:id|name)\s*=\s*[\"']([^\"']*)[\"']")


def leads_nowhere(scope: Scope, narrative: str) -> bool:
    """Whether a link of a narrative leads to a place that the whole document does not have."""
    walk = scope.walk
    if walk.places is None:
        walk.places = frozenset(_places_in(_document(scope)))
    return not open_links(narrative) <= walk.places


def _document(scope: Scope) -> Json:
    """Return the outermost resource around one."""
    found = scope
    while (around := found.container or found.bundle) is not None:
        found = around
    return found.resource


def _places_in(document: Any) -> set[str]:
    """Return the ids in a document, and what its narratives name."""
    found: set[str] = set()
    waiting = [document]
    while waiting:
        value = waiting.pop()
        if isinstance(value, list):
            waiting.extend(value)
        elif isinstance(value, dict):
            waiting.extend(value.values())
            if isinstance(name := value.get("id"), str):
                found.add(name)
            if isinstance(text := value.get("div"), str):
                found.update(_NAMED.findall(text))
    return found
