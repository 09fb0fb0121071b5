"""The graph as GraphML, for yEd, Gephi, Cytoscape and networkx itself.

GraphML knows texts, numbers and truth values, so what has parts is written as one text. A quantity
is a number under its own key, and a text, as it was declared, under ``<key>_declared``; where it is
unknown or a range there is the text alone. Flags are ``yes``, ``no`` and ``unknown``.
"""

import io
from collections.abc import Iterable, Iterator, Mapping
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from sharedcare.landscape.attributes import DECLARED
from sharedcare.reports.graph.shown import in_words
from sharedcare.reports.words.names import Names

if TYPE_CHECKING:
    from sharedcare.landscape.graph import LandscapeGraph

#: What the graph says of itself.
ABOUT = ("title", "as_of", "jurisdiction")

Flat = dict[str, str | float]


def as_graphml(graph: "LandscapeGraph", names: Names) -> str:
    """Write a landscape's graph as GraphML 1.0; places and flows keep their ids."""
    import networkx  # heavy

    about = {key: in_words(graph.graph[key], names) for key in ABOUT if key in graph.graph}
    flat: LandscapeGraph = networkx.MultiDiGraph()
    flat.graph |= about
    nodes = _Flattening(names, (said for _, said in graph.nodes(data=True)))
    for place, said in graph.nodes(data=True):
        flat.add_node(place, label=in_words(said["name"], names), **nodes.flat(said))
    edges = _Flattening(names, (said for _, _, said in graph.edges(data=True)))
    for from_, to, key, said in graph.edges(keys=True, data=True):
        label = in_words(said.get("name", said["connection"]), names)
        flat.add_edge(from_, to, key=key, label=label, **edges.flat(said))
    made = io.BytesIO()
    networkx.write_graphml_xml(flat, made)
    return made.getvalue().decode() + "\n"


class _Flattening:
    """Makes attributes plain, each key with one type throughout."""

    def __init__(self, names: Names, everything: Iterable[Mapping[str, Any]]) -> None:
        self.names = names
        self.numbers = {
            key for said in everything for key, value in said.items() if _is_number(value)
        }

    def flat(self, said: Mapping[str, Any]) -> Flat:
        """The attributes of one node or edge."""
        return dict(self._pairs(said))

    def _pairs(self, said: Mapping[str, Any]) -> Iterator[tuple[str, str | float]]:
        for key, value in said.items():
            if key == "organisation":
                yield key, in_words(self.names.organisation(value), self.names)
            elif key == "organisation_name":
                continue
            elif _is_number(value):
                yield key, float(value)
            elif key in self.numbers:
                yield key + DECLARED, in_words(said.get(key + DECLARED, str(value)), self.names)
            else:
                yield key, in_words(words_of(value), self.names)


def _is_number(value: object) -> bool:
    return isinstance(value, int | Fraction) and not isinstance(value, bool)


def words_of(value: object) -> str:
    """Write any value as one text: ``medications: coded; allergies: structured``."""
    if value is None:
        return "unknown"
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, Mapping):
        return "; ".join(f"{key}: {_part(part)}" for key, part in value.items())
    if isinstance(value, tuple):
        return ", ".join(map(words_of, value))
    return str(float(value)) if isinstance(value, Fraction) else str(value)


def _part(value: object) -> str:
    """A part of a map; of a category's entry, the form in which it is held or carried."""
    if not isinstance(value, Mapping):
        return words_of(value)
    if value.get("as_held"):
        return "as held"
    return str(value.get("form", "unknown"))
