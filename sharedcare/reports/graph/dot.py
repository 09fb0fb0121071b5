r"""The graph in the DOT language of Graphviz: each organisation a cluster, people rounded.

Every text stands in double quotes, where only the quote itself and the backslash (which begins
Graphviz's own escapes, such as ``\N``) mean anything but themselves.
"""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from sharedcare.reports.graph.shown import Cluster, in_words, shown_clusters, shown_ways
from sharedcare.reports.words.names import Names

if TYPE_CHECKING:
    from sharedcare.landscape.graph import LandscapeGraph

#: How what is not in use, and what is not known to be, is drawn.
_STYLES = {True: "solid", None: "dashed", False: "dotted"}


def as_dot(graph: "LandscapeGraph", names: Names) -> str:
    """Write a landscape's graph in DOT."""
    return "\n".join(_lines(graph, names)) + "\n"


def quoted(text: str) -> str:
    """A text as DOT writes it, on one line."""
    escaped = text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", " ")
    return f'"{escaped}"'


def _lines(graph: "LandscapeGraph", names: Names) -> Iterator[str]:
    title = in_words(graph.graph.get("title", "landscape"), names)
    yield f"digraph {quoted(title)} {{"
    yield '  graph [rankdir=LR, charset="UTF-8", fontname="sans-serif", newrank=true];'
    yield '  node [shape=box, fontname="sans-serif"];'
    yield '  edge [fontname="sans-serif", fontsize=10];'
    for cluster in shown_clusters(graph, names):
        yield from _cluster(cluster)
    ids = {number: quoted(place) for number, place in enumerate(graph, start=1)}
    for way in shown_ways(graph, names):
        said = f"label={quoted(way.words)}, style={_STYLES[way.live]}"
        yield f"  {ids[way.from_]} -> {ids[way.to]} [{said}];"
    yield "}"


def _cluster(cluster: Cluster) -> Iterator[str]:
    """The places of one organisation, in a frame; those of none stand by themselves."""
    if cluster.name:
        yield f"  subgraph cluster_{cluster.number} {{"
        yield f"    label={quoted(cluster.name)};"
    for place in cluster.places:
        style = f"rounded,{_STYLES[place.live]}" if place.is_role else _STYLES[place.live]
        yield f'    {quoted(place.id)} [label={quoted(place.name)}, style="{style}"];'
    if cluster.name:
        yield "  }"
