"""Which column each box stands in: bands from left to right, and within each the way of links.

Links that would lead round in a circle are taken against their direction, so that every link of a
band leads from one column to a later one. This and the next two steps are those of layered
drawing (Sugiyama, Tagawa and Toda 1981).
"""

from collections.abc import Iterable

from sharedcare.reports.drawing.model import Drawing


def columns_of(drawing: Drawing) -> dict[str, int]:
    """Return the column of each box, counted from 0 without a gap."""
    columns: dict[str, int] = {}
    first = 0
    for band in sorted({box.band for box in drawing.boxes}):
        members = [box.id for box in drawing.boxes if box.band == band]
        depths = _depths(members, drawing)
        columns |= {box: first + depth for box, depth in depths.items()}
        first += max(depths.values()) + 1
    return columns


def _depths(members: list[str], drawing: Drawing) -> dict[str, int]:
    """How many links lead to each of some boxes, on the longest way from where none leads to."""
    import networkx  # heavy

    inside = set(members)
    pairs = [(k.from_, k.to) for k in drawing.links if k.from_ in inside and k.to in inside]
    rank = _ranks(members, pairs)
    forward: networkx.DiGraph[str] = networkx.DiGraph()
    forward.add_nodes_from(members)
    for one, other in pairs:
        forward.add_edge(*((one, other) if rank[one] < rank[other] else (other, one)))
    generations = networkx.topological_generations(forward)
    return {box: depth for depth, generation in enumerate(generations) for box in generation}


def _ranks(members: list[str], pairs: Iterable[tuple[str, str]]) -> dict[str, tuple[int, int]]:
    """An order of boxes along their links; of boxes in a circle, that in which they are given."""
    import networkx  # heavy

    graph: networkx.DiGraph[str] = networkx.DiGraph()
    graph.add_nodes_from(members)
    graph.add_edges_from(pairs)
    circles = networkx.condensation(graph)
    generations = networkx.topological_generations(circles)
    depth = {circle: depth for depth, found in enumerate(generations) for circle in found}
    of_box = circles.graph["mapping"]
    return {box: (depth[of_box[box]], position) for position, box in enumerate(members)}
