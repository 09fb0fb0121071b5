"""The graph as JSON, node by node and link by link, with everything that the graph holds.

``networkx.node_link_graph(document, source="from", target="to", name="id", key="id",
edges="connections", nodes="places")`` reads it back. (An entry may have a ``source`` of its own:
where its facts are published.)
"""

import json
from collections.abc import Mapping
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from sharedcare.quantities import as_number

if TYPE_CHECKING:
    from sharedcare.landscape.graph import LandscapeGraph

#: Rises when a key changes or goes.
SCHEMA_VERSION = "1.0"


def as_node_link(graph: "LandscapeGraph") -> str:
    """Write a landscape's graph as JSON; a number that JSON cannot write is the nearest it can."""
    document = {
        "schema_version": SCHEMA_VERSION,
        "directed": True,
        "multigraph": True,
        "graph": _in_json(graph.graph),
        "places": [{"id": place, **_in_json(said)} for place, said in graph.nodes.items()],
        "connections": [
            {"from": from_, "to": to, "id": key, **_in_json(said)}
            for from_, to, key, said in graph.edges(keys=True, data=True)
        ],
    }
    return json.dumps(document, ensure_ascii=False, indent=2, allow_nan=False) + "\n"


def _in_json(value: Any) -> Any:
    if isinstance(value, Mapping):
        return {str(key): _in_json(part) for key, part in value.items()}
    if isinstance(value, list | tuple):
        return [_in_json(part) for part in value]
    return as_number(value) if isinstance(value, Fraction) else value
