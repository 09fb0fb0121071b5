"""The graph of a landscape with what is judged of it: verdicts at places, routes and stops on ways.

The graph itself (:meth:`sharedcare.landscape.Landscape.graph`) says what is declared and nothing
else; this adds what is found.
"""

from collections.abc import Iterable, Iterator
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from sharedcare.flows.judging import Judge
from sharedcare.flows.verdict import Step
from sharedcare.flows.why.nearest import nearest_misses
from sharedcare.flows.why.routes import routes

if TYPE_CHECKING:
    from sharedcare.landscape.graph import LandscapeGraph


def judged_graph(judge: Judge) -> "LandscapeGraph":
    """Return the landscape's graph with the verdicts on it.

    Nodes of stakeholders get ``verdicts`` (need → verdict). Edges get ``comes`` (needs of which
    something comes that way, perhaps only if what is unknown turns out well) and ``stops`` (need →
    the reasons for which the route that would nearly serve is stopped there). Left out where empty.
    """
    graph = judge.landscape.graph()
    for found in judge.judge().needs:
        said = graph.nodes[found.stakeholder].setdefault("verdicts", {})
        said[found.need] = found.verdict.value
        for route in routes(judge, found.need):
            _mark_route(graph, route.path, found.need)
        for miss in nearest_misses(judge, found.need):
            for (before, step), reasons in zip(pairwise(miss.path), miss.broken[1:], strict=True):
                for connection in _connections(graph, before, step) if reasons else ():
                    stops = connection.setdefault("stops", {})
                    stops[found.need] = tuple(reason.value for reason in reasons)
    return graph


def _mark_route(graph: "LandscapeGraph", path: Iterable[Step], need: str) -> None:
    for before, step in pairwise(path):
        for connection in _connections(graph, before, step):
            needs = connection.get("comes", ())
            connection["comes"] = (*needs, *(() if need in needs else (need,)))


def _connections(graph: "LandscapeGraph", before: Step, step: Step) -> Iterator[dict[str, Any]]:
    """The edge by which a step was made; of a use, every use of that system by that role."""
    for key, connection in graph[before.place][step.place].items():
        if key == step.flow or (step.flow is None and connection["connection"] == "use"):
            yield connection
