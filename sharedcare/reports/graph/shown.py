"""What of a graph is shown to people: a few words for each place, and for each way between two."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sharedcare.reports.drawing.labels import kinds_label, way_label
from sharedcare.reports.words.names import Names
from sharedcare.reports.words.texts import visible

if TYPE_CHECKING:
    from sharedcare.landscape.graph import LandscapeGraph

#: Kinds of information named at a line; the others are counted.
NAMED_KINDS = 3


@dataclass(frozen=True, slots=True)
class ShownPlace:
    """A place: ``number`` counts from 1, so that no format has to write an id as a name."""

    id: str
    number: int
    name: str
    is_role: bool
    live: bool | None


@dataclass(frozen=True, slots=True)
class ShownWay:
    """A way from one place to another, by their numbers."""

    from_: int
    to: int
    words: str
    live: bool | None


@dataclass(frozen=True, slots=True)
class Cluster:
    """The places of one organisation, or of none; then its name is empty."""

    number: int
    name: str
    places: tuple[ShownPlace, ...]


def shown_clusters(graph: "LandscapeGraph", names: Names) -> Iterator[Cluster]:
    """All places by organisation, in the order of the graph."""
    found: dict[str, list[ShownPlace]] = {}
    for number, (place, said) in enumerate(graph.nodes.items(), start=1):
        name, is_role = in_words(said["name"], names), said["place"] == "stakeholder"
        shown = ShownPlace(place, number, name, is_role, said["live"])
        found.setdefault(said.get("organisation", ""), []).append(shown)
    for number, (key, places) in enumerate(found.items(), start=1):
        name = in_words(names.organisation(key), names) if key else ""
        yield Cluster(number, name, tuple(places))


def shown_ways(graph: "LandscapeGraph", names: Names) -> Iterator[ShownWay]:
    """The ways in the order of the graph."""
    numbers = {place: number for number, place in enumerate(graph, start=1)}
    for from_, to, key, said in graph.edges(keys=True, data=True):
        words = in_words(_way_words(key, said, names), names)
        yield ShownWay(numbers[from_], numbers[to], words, said["live"])


def _way_words(key: str, said: dict[str, Any], names: Names) -> str:
    if said["connection"] == "use":
        return way_label(names.landscape, None)
    what = kinds_label(names.landscape, said.get("carries", ()), NAMED_KINDS)
    return ": ".join(filter(None, (way_label(names.landscape, key), what)))


def in_words(text: str, names: Names) -> str:
    """A text with organisations called as they are here, and nothing in it that cannot be seen."""
    return visible(names.in_words(text))
