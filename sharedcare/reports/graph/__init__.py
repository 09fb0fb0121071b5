"""A landscape's graph as a file: for programs that draw graphs, for pages, for other programs.

All formats hold the same places and the same ways between them. JSON is data and says everything;
the others are for people, and call organisations as reports do.
"""

from typing import TYPE_CHECKING

from sharedcare.reports.graph.dot import as_dot
from sharedcare.reports.graph.graphml import as_graphml
from sharedcare.reports.graph.mermaid import as_mermaid
from sharedcare.reports.graph.node_link import as_node_link
from sharedcare.reports.words.names import Names

if TYPE_CHECKING:
    from sharedcare.landscape.graph import LandscapeGraph

__all__ = ["as_dot", "as_graphml", "as_mermaid", "as_node_link", "render_graph"]


def render_graph(graph: "LandscapeGraph", format_: str, names: Names) -> str:
    """Write a graph, whole or in part, as ``graphml``, ``dot``, ``mermaid`` or ``json``."""
    if format_ == "json":
        return as_node_link(graph)
    if format_ == "dot":
        return as_dot(graph, names)
    return as_mermaid(graph, names) if format_ == "mermaid" else as_graphml(graph, names)
