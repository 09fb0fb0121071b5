"""The graph as a Mermaid flowchart, for pages that draw one from its text.

Places are numbered (``p1``), because an id may be a word of Mermaid's own (``end``). Every text
stands in double quotes, and whatever is no letter, digit, space or one of a few harmless signs is
written as an entity code (``#34;``), as Mermaid's documentation asks for; so no text can end its
quotes, begin a comment or directive, or be taken for Markdown.
"""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from sharedcare.reports.graph.shown import ShownPlace, shown_clusters, shown_ways
from sharedcare.reports.words.names import Names

if TYPE_CHECKING:
    from sharedcare.landscape.graph import LandscapeGraph

#: Signs that mean nothing to Mermaid within double quotes.
HARMLESS = frozenset(" .,()/'’–…")

_ARROWS = {True: "-->", None: "-.->", False: "-.-x"}


def as_mermaid(graph: "LandscapeGraph", names: Names) -> str:
    """Write a landscape's graph as a Mermaid flowchart."""
    return "\n".join(_lines(graph, names)) + "\n"


def quoted(text: str) -> str:
    """A text as Mermaid writes it; an empty one is a space, as there must be something."""
    return f'"{"".join(map(_escaped, text)) or " "}"'


def _escaped(character: str) -> str:
    is_plain = character.isalnum() or character in HARMLESS
    return character if is_plain else f"#{ord(character)};"


def _lines(graph: "LandscapeGraph", names: Names) -> Iterator[str]:
    yield "flowchart LR"
    for cluster in shown_clusters(graph, names):
        if cluster.name:
            yield f"  subgraph o{cluster.number}[{quoted(cluster.name)}]"
        yield from (f"    {_place(place)}" for place in cluster.places)
        if cluster.name:
            yield "  end"
    for way in shown_ways(graph, names):
        yield f"  p{way.from_} {_ARROWS[way.live]}|{quoted(way.words)}| p{way.to}"


def _place(place: ShownPlace) -> str:
    name = quoted(place.name)
    return f"p{place.number}({name})" if place.is_role else f"p{place.number}[{name}]"
