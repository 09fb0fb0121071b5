"""Code systems as profiles write them (names or URIs), and as payloads name them (URIs)."""

from collections.abc import Iterable, Mapping

from sharedcare.fhir.harmonise.terminologies import as_uri
from sharedcare.landscape import Landscape

#: Characters of a code system's name that are kept; no real one has as many.
LONGEST = 1_000


def spellings(landscape: Landscape) -> Mapping[str, str]:
    """How a landscape writes each code system that it names: by URI, as it is written first.

    What is measured is written likewise, so that two ways of writing are not taken for two code
    systems.
    """
    found: dict[str, str] = {}
    for system in landscape.systems.values():
        for holding in system.holds.values():
            for written in holding.code_systems:
                found.setdefault(as_uri(written), written)
    return found


def as_written(code_system: str, spelled: Mapping[str, str]) -> str:
    """Write a code system of a payload as the profile would; what no profile could hold, quoted."""
    name = spelled.get(code_system, code_system).strip()
    is_name = 0 < len(name) <= LONGEST and name.casefold() not in ("unknown", "none")
    return name if is_name else ascii(code_system)[:LONGEST]


def are_same(declared: Iterable[str], measured: Iterable[str]) -> bool:
    """Whether two lists name the same code systems, however they write them."""
    return set(map(as_uri, declared)) == set(map(as_uri, measured))
