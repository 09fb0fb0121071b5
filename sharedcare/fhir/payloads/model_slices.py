"""A large resource in slices, each small enough for the models of fhir.resources.

The library holds about a kilobyte for each object and for each fault, all at once. So a long list
of a resource is given to it part by part, and of many keys that a model does not know one stands
for all.
"""

from collections.abc import Container, Iterator
from dataclasses import dataclass
from typing import Any

Json = dict[str, Any]

#: Items of a list that are looked at together.
MOST = 2_000


@dataclass(frozen=True, slots=True)
class Slice:
    """A part of a resource; ``key`` is the list of which it has the items from ``first`` on.

    Only what is found in that list counts; without a key everything does.
    """

    value: Json
    key: str = ""
    first: int = 0

    def way_of(self, way: tuple[Any, ...]) -> tuple[Any, ...] | None:
        """Return a way into the slice as one into the resource, None where it does not count."""
        if not self.key:
            return way
        if way[:1] != (self.key,) or len(way) == 1:
            return None
        return self.key, way[1] + self.first, *way[2:]


def slices_of(resource: Json, known: Container[str]) -> Iterator[Slice]:
    """Go through a resource: its beginning with the first unknown key, then its long lists."""
    strange = unknown_keys(resource, known)[1:]
    others = resource if not strange else _without(resource, frozenset(strange))
    long = [key for key, one in others.items() if isinstance(one, list) and len(one) > MOST]
    if not long:
        yield Slice(others)
        return
    yield Slice({**others, **{key: others[key][:MOST] for key in long}})
    thin = {**others, **{key: others[key][:1] for key in long}}
    for key in long:
        if key in known:
            for first in range(MOST, len(others[key]), MOST):
                yield Slice({**thin, key: others[key][first : first + MOST]}, key, first)


def unknown_keys(resource: Json, known: Container[str]) -> list[str]:
    """Return the keys of a resource that its model does not know."""
    return [key for key in resource if key not in known]


def _without(resource: Json, keys: frozenset[str]) -> Json:
    return {key: one for key, one in resource.items() if key not in keys}
